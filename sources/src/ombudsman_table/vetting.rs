//! What a part of an XLSX workbook must keep to before calamine reads it.
//!
//! Calamine sets aside memory for as many strings as a part claims to have, counts rows and columns without
//! regard to overflow, keeps every string, even an empty one, and copies every style's texts into each that uses it: a file
//! made to do harm would stop the program. So each part is read once before: its elements, their depth, how many there are
//! of those that are kept, and the attributes that say how many or where.

use super::{
    error::ReadError,
    limits::Limits,
    package::{Package, Unpacked, Unpacking, broken, damaged},
};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::io::{self, Cursor};

/// The last row and column of a spreadsheet.
const LAST: (u32, u32) = (1_048_576, 16_384);
/// Bytes of an attribute: the formulas of validations and the like may be as long as a cell.
const ATTRIBUTE: usize = 65_536;
/// Bytes of a text in the part of the styles, and how many styles there may be: a spreadsheet program's own limits.
const STYLE_TEXT: usize = 1_536;
const STYLES: usize = 65_490;
/// Bytes of the longest of those texts once for each style.
const STYLES_TEXTS: usize = 32 << 20;

/// A workbook that is safe to be read.
pub(super) struct Vetted {
    /// A zip file.
    pub(super) bytes: Vec<u8>,
    /// Whether it holds a formula without the value that was last worked out.
    pub(super) unvalued: bool,
}

/// The workbook in `package`, with nothing in it but the parts that are read.
pub(super) fn vetted(package: &mut Package<'_>, limits: &Limits) -> Result<Vetted, ReadError> {
    let mut unvalued = false;
    let parts = package.parts();
    let mut budget = Unpacked::new(limits);
    let mut strings = Strings { count: 0, bytes: 0 };
    for (place, name) in &parts {
        (unvalued, budget) = {
            let mut vetting = Vetting::new(name, limits, &mut strings);
            let budget = vetting.vet(package.unpack(*place, budget)?)?;
            (unvalued || vetting.unvalued, budget)
        };
    }
    // What unpacks to more than a file may have is packed again: it is not to take more memory than that.
    let large = budget.bytes() > limits.file_bytes;
    let method = if large { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    let options = if large { options.compression_level(Some(1)) } else { options };
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut budget = Unpacked::new(limits);
    for (place, name) in &parts {
        let mut part = package.unpack(*place, budget)?;
        archive.start_file(name.as_str(), options).map_err(|error| damaged(&error))?;
        loop {
            part.ends_piece();
            if io::copy(&mut io::Read::take(&mut part, 1 << 16), &mut archive).map_err(|error| damaged(&error))? == 0 {
                break;
            }
        }
        budget = part.budget();
    }
    let bytes = archive.finish().map_err(|error| damaged(&error))?.into_inner();
    Ok(Vetted { bytes, unvalued })
}

/// The strings of all parts, which calamine keeps.
struct Strings {
    count: usize,
    bytes: usize,
}

/// A part that is being read.
struct Vetting<'a> {
    name: &'a str,
    limits: &'a Limits,
    strings: &'a mut Strings,
    depth: usize,
    /// Elements that are kept besides strings: styles and what they consist of, names of ranges, relationships.
    kept: usize,
    sheets: usize,
    /// The most bytes of a text, where it is the part of the styles.
    longest: Option<usize>,
    in_string: bool,
    formula: bool,
    /// Whether it holds a formula without a value.
    unvalued: bool,
}

impl<'a> Vetting<'a> {
    fn new(name: &'a str, limits: &'a Limits, strings: &'a mut Strings) -> Self {
        let styles = name.to_ascii_lowercase().ends_with("styles.xml");
        let longest = styles.then_some(0);
        let (depth, kept, sheets) = (0, 0, 0);
        let (in_string, formula, unvalued) = (false, false, false);
        Self { name, limits, strings, depth, kept, sheets, longest, in_string, formula, unvalued }
    }

    /// Reads `part`, and answers how much may still be unpacked.
    fn vet(&mut self, part: Unpacking<'_, '_>) -> Result<Unpacked, ReadError> {
        let mut reader = Reader::from_reader(part);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let event = reader.read_event_into(&mut buffer).map_err(|error| broken(self.name, &error))?;
            match &event {
                Event::Start(element) => self.element(element, true)?,
                Event::Empty(element) => self.element(element, false)?,
                Event::End(element) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.unvalued |= self.formula && element.local_name().into_inner() == "c";
                    self.in_string &= element.local_name().into_inner() != "si";
                }
                Event::Text(text) => self.text(text.len())?,
                Event::CData(text) => self.text(text.len())?,
                Event::GeneralRef(entity) => self.text(entity.len())?,
                Event::Eof => break,
                _ => {}
            }
            reader.get_mut().ends_piece();
        }
        if self.kept.saturating_mul(self.longest.unwrap_or_default()) > STYLES_TEXTS {
            return Err(ReadError::TooMuch { what: "bytes in the texts of styles", most: STYLES_TEXTS });
        }
        Ok(reader.get_ref().budget())
    }

    /// Counts `bytes` of text.
    fn text(&mut self, bytes: usize) -> Result<(), ReadError> {
        let most = self.limits.file_bytes;
        self.strings.bytes = self.strings.bytes.saturating_add(if self.in_string { bytes } else { 0 });
        if self.strings.bytes > most {
            return Err(ReadError::TooMuch { what: "bytes of text in cells", most });
        }
        Ok(())
    }

    /// Checks an element that begins, and ends at once unless it `opens`.
    fn element(&mut self, element: &BytesStart<'_>, opens: bool) -> Result<(), ReadError> {
        let too_much = |what, most| Err(ReadError::TooMuch { what, most });
        let limits = self.limits;
        self.depth += usize::from(opens);
        if self.depth > limits.depth {
            return too_much("elements within each other", limits.depth);
        }
        let local = element.local_name().into_inner();
        match local {
            "si" => {
                self.strings.count += 1;
                self.in_string = opens;
            }
            "xf" | "font" | "fill" | "border" | "numFmt" | "definedName" | "Relationship" => self.kept += 1,
            "sheet" => self.sheets += 1,
            "c" => self.formula = false,
            "f" => self.formula = true,
            "v" if opens => self.formula = false,
            _ => {}
        }
        if self.strings.count > limits.cells {
            return too_much("strings", limits.cells);
        }
        if self.kept > STYLES {
            return too_much("styles", STYLES);
        }
        if self.sheets > limits.sheets {
            return too_much("sheets", limits.sheets);
        }
        if let Some(longest) = &mut self.longest {
            let lengths = element.attributes().flatten().map(|attribute| attribute.value.len());
            *longest = lengths.fold(*longest, usize::max);
        }
        attributes(self.name, element, limits.cells, self.longest.map_or(ATTRIBUTE, |_| STYLE_TEXT))
    }
}

/// Checks the attributes of `element`, which stands in the part `name`: there can be `strings` at most.
fn attributes(name: &str, element: &BytesStart<'_>, strings: usize, longest: usize) -> Result<(), ReadError> {
    let local = element.local_name().into_inner();
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| ReadError::Damaged(format!("{name}: {error}")))?;
        let value = attribute.value.as_ref();
        let fits = match (local, attribute.key.0) {
            (_, "uniqueCount") => value.parse::<usize>().is_ok_and(|count| count <= strings),
            ("row", "r") => value.parse::<u32>().is_ok_and(|row| (1..=LAST.0).contains(&row)),
            ("c", "r") => position(value).is_some(),
            ("dimension" | "f", "ref") => match value.split_once(':') {
                Some((one, other)) => {
                    position(one).zip(position(other)).is_some_and(|(one, other)| one.0 <= other.0 && one.1 <= other.1)
                }
                None => position(value).is_some(),
            },
            _ => value.len() <= longest,
        };
        if !fits {
            let start: String = value.chars().take(40).collect();
            return Err(ReadError::Damaged(format!("{name}: {local} has {} “{start}”", attribute.key.0)));
        }
    }
    Ok(())
}

/// The row and column of a reference such as "C7", both from 1.
fn position(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.find(|character: char| character.is_ascii_digit())?;
    let (letters, row) = reference.split_at_checked(digits)?;
    if letters.is_empty() || letters.len() > 3 || !row.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        letter.is_ascii_alphabetic().then(|| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    let row = row.parse::<u32>().ok().filter(|row| (1..=LAST.0).contains(row))?;
    (column <= LAST.1).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_lies_within_a_spreadsheet() {
        assert_eq!(position("C7"), Some((7, 3)));
        assert_eq!(position("XFD1048576"), Some(LAST));
        for text in ["", "7", "C", "C0", "XFE1", "A1048577", "AAAA1", "A99999999999", "A1B", "é1", "A-1"] {
            assert_eq!(position(text), None, "{text}");
        }
    }
}
