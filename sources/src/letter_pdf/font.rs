//! A font of a PDF: which letters its codes stand for, and how wide they are.

use super::{PdfError, document::unpack, to_unicode::ToUnicode};
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;

/// A font.
pub(super) struct Font {
    to_unicode: Option<ToUnicode>,
    /// The letter of each code; none in a font whose codes have two bytes.
    letters: Option<Vec<Option<char>>>,
    /// In parts of the font's size.
    widths: BTreeMap<u32, f64>,
    default_width: Option<f64>,
    /// Whether its name says that it is a bold one.
    pub(super) bold: bool,
}

/// A letter of a string.
pub(super) struct Drawn {
    /// What it stands for; U+FFFD where the font does not say.
    pub(super) text: String,
    /// In parts of the font's size.
    pub(super) width: f64,
    /// Whether it is the space to which the spacing of words is added.
    pub(super) word_space: bool,
}

impl Font {
    /// Reads a font.
    pub(super) fn read(document: &Document, font: &Dictionary) -> Result<Self, PdfError> {
        let name = |key: &[u8]| font.get_deref(key, document).and_then(Object::as_name).unwrap_or_default();
        let composite = name(b"Subtype") == b"Type0";
        let to_unicode = match font.get_deref(b"ToUnicode", document).and_then(Object::as_stream) {
            Ok(stream) => Some(ToUnicode::read(&unpack(stream)?)),
            Err(_) => None,
        };
        let bold = String::from_utf8_lossy(name(b"BaseFont")).to_lowercase();
        let mut read = Self {
            to_unicode,
            letters: (!composite).then(|| letters(document, font)),
            widths: BTreeMap::new(),
            default_width: None,
            bold: ["bold", "black", "heavy", "semibold"].iter().any(|weight| bold.contains(weight)),
        };
        if composite {
            read.read_composite_widths(document, font);
        } else {
            read.read_widths(document, font);
        }
        Ok(read)
    }

    fn read_widths(&mut self, document: &Document, font: &Dictionary) {
        // Fonts that are drawn by the file itself measure in units of their own.
        let matrix = font.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
        let unit = matrix.and_then(|matrix| number(document, matrix.first()?)).map_or(0.001, f64::abs);
        let Ok(widths) = font.get_deref(b"Widths", document).and_then(Object::as_array) else { return };
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        let first = u32::try_from(first).unwrap_or(0);
        for (code, width) in (first..256).zip(widths) {
            if let Some(width) = number(document, width).filter(|width| *width > 0.0) {
                self.widths.insert(code, width * unit);
            }
        }
    }

    fn read_composite_widths(&mut self, document: &Document, font: &Dictionary) {
        let descendant = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|fonts| document.dereference(fonts.first()?).ok()?.1.as_dict().ok());
        let Some(descendant) = descendant else { return };
        let default = descendant.get_deref(b"DW", document).ok().and_then(|width| number(document, width));
        self.default_width = Some(default.unwrap_or(1000.0) / 1000.0);
        let Ok(widths) = descendant.get_deref(b"W", document).and_then(Object::as_array) else { return };
        // "code [width width …]", or "code code width".
        let mut widths = widths.iter().filter_map(|width| document.dereference(width).ok()).map(|(_, width)| width);
        while let (Some(first), Some(second)) = (widths.next(), widths.next()) {
            let Some(first) = first.as_i64().ok().and_then(|first| u32::try_from(first).ok()) else { return };
            if let Ok(list) = second.as_array() {
                for (code, width) in (first..=0xffff).zip(list) {
                    self.insert_width(code, number(document, width));
                }
            } else {
                let Some(last) = second.as_i64().ok().and_then(|last| u32::try_from(last).ok()) else { return };
                let width = widths.next().and_then(|width| number(document, width));
                for code in first..=last.min(0xffff) {
                    self.insert_width(code, width);
                }
            }
        }
    }

    fn insert_width(&mut self, code: u32, width: Option<f64>) {
        if let Some(width) = width {
            self.widths.insert(code, width / 1000.0);
        }
    }

    /// The letters of a string.
    pub(super) fn drawn(&self, bytes: &[u8]) -> Vec<Drawn> {
        let size = if self.letters.is_some() { 1 } else { 2 };
        let codes = bytes.chunks(size).map(|code| code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)));
        codes.map(|code| self.drawn_code(code, size)).collect()
    }

    fn drawn_code(&self, code: u32, size: usize) -> Drawn {
        let told = self.to_unicode.as_ref().and_then(|table| table.get(code));
        let told = told.filter(|text| !text.is_empty() && !text.contains(['\u{0}', '\u{fffd}', '\u{ffff}']));
        let by_encoding = || {
            let place = usize::try_from(code).unwrap_or(usize::MAX);
            self.letters.as_ref()?.get(place).copied().flatten().map(String::from)
        };
        let text = told.or_else(by_encoding).unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string());
        let width = self.widths.get(&code).copied().or(self.default_width);
        let width = width.unwrap_or_else(|| text.chars().map(usual_width).sum());
        Drawn { text: plain(&text), width, word_space: size == 1 && code == 32 }
    }
}

/// Letters that are written as one, apart; spaces of any kind as a space.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            letter if letter.is_whitespace() || letter.is_control() => plain.push(' '),
            letter => plain.push(letter),
        }
    }
    plain
}

/// How wide a letter of a font that does not say is, about: as in Helvetica, which such files mostly mean.
fn usual_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '’' | '‘' | '|' => 0.222,
        ' ' | 'f' | 't' | 'I' | '.' | ',' | ':' | ';' | '!' | '/' => 0.278,
        'r' | '-' | '(' | ')' => 0.333,
        'm' | 'M' => 0.833,
        '%' => 0.889,
        'w' | 'W' => 0.8,
        letter if letter.is_uppercase() => 0.69,
        _ => 0.55,
    }
}

fn number(document: &Document, object: &Object) -> Option<f64> {
    let (_, object) = document.dereference(object).ok()?;
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite() && number.abs() < 1e6)
}

/// The letters that the codes of a simple font stand for.
fn letters(document: &Document, font: &Dictionary) -> Vec<Option<char>> {
    let encoding = font.get_deref(b"Encoding", document).ok();
    let base = encoding.and_then(|encoding| match encoding {
        Object::Name(name) => Some(name.as_slice()),
        Object::Dictionary(encoding) => encoding.get_deref(b"BaseEncoding", document).and_then(Object::as_name).ok(),
        _ => None,
    });
    let base = base.unwrap_or(b"StandardEncoding");
    let mut letters: Vec<Option<char>> = (0..=u8::MAX).map(|code| letter(Object::Name(base.to_vec()), code)).collect();
    let differences = encoding.and_then(|encoding| encoding.as_dict().ok());
    let differences = differences.and_then(|encoding| encoding.get_deref(b"Differences", document).ok());
    let mut code = 0_usize;
    for difference in differences.and_then(|list| list.as_array().ok()).into_iter().flatten().take(1024) {
        match document.dereference(difference) {
            Ok((_, Object::Integer(next))) => code = usize::try_from(*next).unwrap_or(usize::MAX),
            Ok((_, Object::Name(name))) => {
                if let Some(place) = letters.get_mut(code) {
                    *place = named(name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    letters
}

/// The letter of a name of a glyph: "A", "quoteright", "uni2019".
fn named(name: &[u8]) -> Option<char> {
    let differences = Object::Array(vec![Object::Integer(65), Object::Name(name.to_vec())]);
    let known = letter(Object::Dictionary(Dictionary::from_iter([("Differences", differences)])), 65);
    let coded = || {
        let name = str::from_utf8(name).ok()?;
        let digits = name.strip_prefix("uni").and_then(|digits| digits.get(..4)).or_else(|| name.strip_prefix('u'))?;
        u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
    };
    // A name that `lopdf` does not know gives what the code would be without it: "A".
    known.filter(|letter| *letter != 'A' || name == b"A").or_else(coded)
}

/// The letter that `code` stands for in an encoding. `lopdf` has the tables, and gives them for fonts only.
fn letter(encoding: Object, code: u8) -> Option<char> {
    let font = Dictionary::from_iter([("Type", Object::Name(b"Font".to_vec())), ("Encoding", encoding)]);
    let document = Document::new();
    let text = font.get_font_encoding(&document).and_then(|encoding| encoding.bytes_to_string(&[code])).ok()?;
    text.chars().next()
}
