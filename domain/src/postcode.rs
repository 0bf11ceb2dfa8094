//! Postcodes: what somebody typed, read leniently, and what the files of the directory say of it.
//!
//! The directory lies in files by postcode area, such as `LU.txt` ([`shard`]); so a look-up is one request, and all that it tells the
//! server is the area. [`read`] says which file, or why none is needed; [`Shard::find`] answers.
//!
//! A postcode has four parts, each within the one before: the area ("LU"), the district ("LU1"), the sector ("LU1 2") and two letters
//! of the twenty in [`UNIT_LETTERS`].

mod area;
pub mod shard;
mod writing;

pub use area::{Outside, is_area};
pub use shard::{Answer, Holding, Place, Shard, ShardError, Share};
pub use writing::{UnwritablePostcodes, write_shard};

use area::{Land, land_of};
use std::{cmp::Ordering, fmt};

/// The letters that a postcode may end in, as the Royal Mail gives them out: none that is easily taken for another or for a digit.
pub const UNIT_LETTERS: &[u8; 20] = b"ABDEFGHJLNPQRSTUWXYZ";

/// Of how many units, pairs of [`UNIT_LETTERS`], a sector has room.
const UNITS: u16 = 400;

/// A text that is no postcode, nor the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAPostcode {
    /// It has another form.
    #[error("That is not a postcode, nor the beginning of one, such as LU1 2AB, LU1 2 or LU1.")]
    Form,
    /// It has the form of a postcode, but there is no such area.
    #[error("There is no such postcode: none begins with {0}.")]
    Area(String),
    /// It has the form of a postcode, but ends in letters of which no postcode is made.
    #[error("There is no such postcode: none has the letter {0} in its last two places.")]
    Letter(char),
}

/// What [`read`] made of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// It may lie in England: to be looked up in [`Query::file_name`].
    Query(Query),
    /// Its area lies wholly outside England, so there is nothing to look up.
    Outside(Outside),
}

/// A postcode to be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What is meant.
    part: Part,
    /// What is meant where the directory has nothing of the first: "LU12" is the district or, without its space, the sector LU1 2.
    or: Option<Part>,
}

impl Query {
    /// The name of the file to look in: "LU.txt".
    #[must_use]
    pub fn file_name(&self) -> String {
        file_name(self.part.area)
    }

    /// What was typed, as it is written: "LU1 2AB".
    #[must_use]
    pub const fn part(&self) -> &Part {
        &self.part
    }

    /// Its readings, the likeliest first.
    fn readings(&self) -> impl Iterator<Item = &Part> {
        [Some(&self.part), self.or.as_ref()].into_iter().flatten()
    }
}

/// The name of the file that holds `area`.
#[must_use]
pub fn file_name(area: &str) -> String {
    [area, ".txt"].concat()
}

/// Every area of which something lies in England: each has a file.
///
/// ```
/// assert!(upheld_domain::postcode::english_areas().any(|area| area == "LU"));
/// ```
pub fn english_areas() -> impl Iterator<Item = &'static str> {
    area::ENGLAND.split(' ')
}

/// A postcode, or the part of the country that the beginning of one covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    area: &'static str,
    /// Without the area: "1", "1A". Empty where all of the area is meant.
    district: String,
    /// The digit after the space.
    sector: Option<u8>,
    /// Places of the last letters in [`UNIT_LETTERS`], two at most.
    letters: Vec<u8>,
}

/// How much of a postcode a [`Part`] has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// "LU".
    Area,
    /// "LU1".
    District,
    /// "LU1 2".
    Sector,
    /// "LU1 2A".
    Begun,
    /// "LU1 2AB".
    Postcode,
}

impl Part {
    /// How much of a postcode it has.
    #[must_use]
    pub fn extent(&self) -> Extent {
        match (self.district.as_str(), self.sector, self.letters.len()) {
            ("", ..) => Extent::Area,
            (_, None, _) => Extent::District,
            (_, _, 0) => Extent::Sector,
            (_, _, 1) => Extent::Begun,
            _ => Extent::Postcode,
        }
    }

    /// The part around it, of which a postcode has one element less; none for an area.
    fn larger(&self) -> Option<Self> {
        let mut larger = self.clone();
        if larger.letters.pop().is_none() && larger.sector.take().is_none() {
            if larger.district.is_empty() {
                return None;
            }
            larger.district.clear();
        }
        Some(larger)
    }

    /// The units that it spans in each of its sectors: the first, and how many.
    fn units(&self) -> (u16, u16) {
        match self.letters.as_slice() {
            [] => (0, UNITS),
            [first] => (20 * u16::from(*first), 20),
            [first, second, ..] => (20 * u16::from(*first) + u16::from(*second), 1),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.area)?;
        f.write_str(&self.district)?;
        if let Some(sector) = self.sector {
            f.write_str(" ")?;
            f.write_str(char::from(sector).encode_utf8(&mut [0; 4]))?;
        }
        for letter in self.letters.iter().filter_map(|place| UNIT_LETTERS.get(usize::from(*place))) {
            f.write_str(char::from(*letter).encode_utf8(&mut [0; 4]))?;
        }
        Ok(())
    }
}

/// Reads what somebody typed as a postcode or the beginning of one, in any case and spacing, with O for 0 and I for 1 and the other
/// way round where only a digit, or only a letter, can stand.
///
/// # Errors
/// [`NotAPostcode`], with the sentence to say.
///
/// ```
/// use upheld_domain::postcode::{Extent, Outside, Reading, read};
/// let Reading::Query(query) = read(" luI2 ab")? else { panic!() };
/// assert_eq!((query.part().to_string().as_str(), query.file_name().as_str()), ("LU1 2AB", "LU.txt"));
/// assert_eq!(query.part().extent(), Extent::Postcode);
/// assert_eq!(read("EH1 1YZ"), Ok(Reading::Outside(Outside::Scotland)));
/// assert!(read("Luton").is_err());
/// # Ok::<(), upheld_domain::postcode::NotAPostcode>(())
/// ```
pub fn read(text: &str) -> Result<Reading, NotAPostcode> {
    let typed = Typed::new(text).ok_or(NotAPostcode::Form)?;
    if let Some(outside) = area::by_form(&typed.letters) {
        return Ok(Reading::Outside(outside));
    }
    let mut found: Option<Fit> = None;
    let mut or = None;
    let mut refused = NotAPostcode::Form;
    for form in FORMS {
        let fit = match typed.fit(form) {
            None => continue,
            Some(Err(reason)) => {
                // That the area is right and the end is not says more than that there is no such area.
                let said = matches!(refused, NotAPostcode::Letter(_));
                refused = if said { refused } else { reason };
                continue;
            }
            Some(Ok(fit)) => fit,
        };
        match fit.slips.cmp(&found.as_ref().map_or(usize::MAX, |found| found.slips)) {
            Ordering::Less => (found, or) = (Some(fit), None),
            // A district comes before the sector that is written with the same letters and digits; the area is the same.
            Ordering::Equal => or = or.or(Some(fit)),
            Ordering::Greater => {}
        }
    }
    let found = found.ok_or(refused)?;
    let area = match found.land {
        Land::England(area) => area,
        Land::Outside(outside) => return Ok(Reading::Outside(outside)),
    };
    let part = |fit: Fit| Part { area, district: fit.district, sector: fit.sector, letters: fit.letters };
    let query = match or {
        // "LU1 2": whoever typed the space means the sector.
        Some(sector) if typed.last_apart => Query { part: part(sector), or: None },
        or => Query { part: part(found), or: or.map(part) },
    };
    Ok(Reading::Query(query))
}

/// Whether `text` looks like a postcode rather than a name: it has a digit, and the form of one or of the beginning of one, whether or
/// not there is such a postcode. Letters alone are no sign; [`is_area`] says whether they are an area.
///
/// ```
/// use upheld_domain::postcode::looks_like_postcode;
/// assert!(["LU1", "sw1a 1aa", "ZZ1 1AA"].into_iter().all(looks_like_postcode));
/// assert!(!["Ely", "Hull", "E", "2024"].into_iter().any(looks_like_postcode));
/// ```
#[must_use]
pub fn looks_like_postcode(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && read(text) != Err(NotAPostcode::Form)
}

/// Letters and digits that somebody typed, in capitals.
struct Typed {
    letters: Vec<u8>,
    /// Whether the last one stands by itself.
    last_apart: bool,
}

/// The most letters and digits that any postcode has: that of a British Forces Post Office may be written "BFPO 5300".
const LONGEST: usize = 8;

impl Typed {
    /// None where there are other letters, none at all, or more than a postcode has.
    fn new(text: &str) -> Option<Self> {
        let mut letters = Vec::new();
        let (mut apart, mut last_apart) = (false, false);
        for letter in text.chars() {
            if letter.is_ascii_alphanumeric() {
                letters.push(u8::try_from(letter.to_ascii_uppercase()).ok()?);
                last_apart = apart;
                apart = false;
            } else if letter.is_ascii()
                || matches!(letter, '\u{a0}' | '\u{2000}'..='\u{206f}' | '\u{3000}' | '\u{feff}')
            {
                // Spaces of any width, hyphens, a full stop that was copied along.
                apart = true;
            } else {
                return None;
            }
            if letters.len() > LONGEST {
                return None;
            }
        }
        (!letters.is_empty()).then_some(Self { letters, last_apart })
    }
}

/// The forms of a district without its area, with how much may follow: nothing, the sector, one letter, two.
const DISTRICTS: [&[u8]; 3] = [b"99", b"9", b"9A"];

/// A form: how many letters the area has, what of [`DISTRICTS`] follows.
const FORMS: [(usize, &[u8]); 6] = {
    let [two, one, mixed] = DISTRICTS;
    [(2, two), (1, two), (2, one), (1, one), (2, mixed), (1, mixed)]
};

/// A text in one of the forms.
struct Fit {
    /// How many letters and digits had to be taken for each other.
    slips: usize,
    land: Land,
    district: String,
    sector: Option<u8>,
    letters: Vec<u8>,
}

impl Typed {
    /// The text in a form; none if it does not fit.
    fn fit(&self, (area, district): (usize, &[u8])) -> Option<Result<Fit, NotAPostcode>> {
        let (letters, rest) = self.letters.split_at_checked(area)?;
        let mut slips = 0;
        let letters: String = letters.iter().map(|byte| letter(*byte, &mut slips)).collect::<Option<_>>()?;
        let mut fit = Fit {
            slips: 0,
            land: Land::Outside(Outside::Nowhere),
            district: String::new(),
            sector: None,
            letters: Vec::new(),
        };
        let mut unknown = None;
        if rest.is_empty() {
            // An area alone: said by one of the forms, and only by its own letters.
            if slips > 0 || district != b"9" {
                return None;
            }
        } else {
            let (own, rest) = rest.split_at_checked(district.len())?;
            for (kind, byte) in district.iter().zip(own) {
                fit.district.push(if *kind == b'9' { digit(*byte, &mut slips)? } else { district_letter(*byte)? });
            }
            if fit.district.len() == 2 && fit.district.starts_with('0') {
                return None;
            }
            if rest.len() > 3 {
                return None;
            }
            let mut rest = rest.iter();
            if let Some(sector) = rest.next() {
                fit.sector = Some(u8::try_from(digit(*sector, &mut slips)?).ok()?);
            }
            for byte in rest {
                let letter = letter(*byte, &mut slips)?;
                match UNIT_LETTERS.iter().position(|known| char::from(*known) == letter) {
                    Some(place) => fit.letters.push(u8::try_from(place).ok()?),
                    None => unknown = Some(NotAPostcode::Letter(letter)),
                }
            }
            // A digit at least has to be one: "IO" and "SOI" are no postcodes.
            if !self.letters.iter().any(u8::is_ascii_digit) {
                return None;
            }
        }
        let Some(land) = land_of(&letters) else {
            // Digits are taken for letters only where these are an area: "1066" is no postcode.
            let meant = !fit.district.is_empty() && self.letters.starts_with(letters.as_bytes());
            return meant.then_some(Err(NotAPostcode::Area(letters)));
        };
        if let Some(unknown) = unknown {
            return Some(Err(unknown));
        }
        Some(Ok(Fit { slips, land, ..fit }))
    }
}

/// A letter, or the one that a digit is easily typed for.
fn letter(byte: u8, slips: &mut usize) -> Option<char> {
    slip(byte, u8::is_ascii_uppercase, [(b'0', 'O'), (b'1', 'I')], slips)
}

/// A digit, or the one that a letter is easily typed for.
fn digit(byte: u8, slips: &mut usize) -> Option<char> {
    slip(byte, u8::is_ascii_digit, [(b'O', '0'), (b'I', '1')], slips)
}

fn slip(byte: u8, fits: fn(&u8) -> bool, taken_for: [(u8, char); 2], slips: &mut usize) -> Option<char> {
    if fits(&byte) {
        return Some(char::from(byte));
    }
    *slips += 1;
    taken_for.into_iter().find(|(typed, _)| *typed == byte).map(|(_, meant)| meant)
}

/// The letter of a district such as W1A: there is none with I or O, so these stand for digits.
fn district_letter(byte: u8) -> Option<char> {
    (byte.is_ascii_uppercase() && !matches!(byte, b'I' | b'O')).then(|| char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn query(text: &str) -> Query {
        match read(text) {
            Ok(Reading::Query(query)) => query,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn any_spacing_and_case_are_read() {
        for text in ["LU1 2AB", "lu12ab", " L u 1 2 a b ", "LU1\u{a0}2AB", "lu1-2ab.", "LU 12AB"] {
            assert_eq!(query(text).part().to_string(), "LU1 2AB", "{text}");
        }
        for text in ["SW1A 1AA", "W1A 1AA", "M1 1AA", "M60 1AA", "CR0 1AA", "DN55 1AA", "EC1A 1BB", "E1W 1AA"] {
            let part = query(text).part;
            assert_eq!((part.to_string().as_str(), part.extent()), (text, Extent::Postcode));
            assert_eq!(query(&text.replace(' ', "").to_lowercase()).part, part);
        }
    }

    #[test]
    fn a_letter_and_a_digit_that_look_alike_may_stand_for_each_other() {
        for (typed, meant) in [
            ("CRO 1AA", "CR0 1AA"),
            ("LUI 2AB", "LU1 2AB"),
            ("LU1 OAB", "LU1 0AB"),
            ("0X1 2JD", "OX1 2JD"),
            ("1P1 2AB", "IP1 2AB"),
            ("SWIA 1AA", "SW1A 1AA"),
            ("S01 4AA", "SO1 4AA"),
            ("E1O 1AA", "E10 1AA"),
            ("OLO 1AA", "OL0 1AA"),
            ("BI2 IAB", "B12 1AB"),
        ] {
            assert_eq!(query(typed).part().to_string(), meant, "{typed}");
        }
    }

    #[test]
    fn beginnings_of_postcodes_are_read_as_far_as_they_go() {
        for (typed, part, extent) in [
            ("lu", "LU", Extent::Area),
            ("E", "E", Extent::Area),
            ("lu1", "LU1", Extent::District),
            ("W1a", "W1A", Extent::District),
            ("ec1a", "EC1A", Extent::District),
            ("LU12A", "LU1 2A", Extent::Begun),
            ("LU123", "LU12 3", Extent::Sector),
            ("EC1A1", "EC1A 1", Extent::Sector),
            ("sw1a1a", "SW1A 1A", Extent::Begun),
        ] {
            let read = query(typed);
            assert_eq!((read.part().to_string().as_str(), read.part().extent()), (part, extent), "{typed}");
            assert_eq!(read.or, None, "{typed}");
        }
    }

    #[test]
    fn two_digits_are_a_district_or_else_a_sector_unless_a_space_tells() {
        let together = query("LU12");
        assert_eq!(together.part().to_string(), "LU12");
        assert_eq!(together.or.map(|or| or.to_string()).as_deref(), Some("LU1 2"));
        let apart = query("lu1 2");
        assert_eq!((apart.part().to_string().as_str(), apart.or), ("LU1 2", None));
        assert_eq!(query("lu 12").part().extent(), Extent::District);
        // No district has a number that begins with nought.
        assert_eq!(query("CR01").part().to_string(), "CR0 1");
    }

    #[test]
    fn what_lies_elsewhere_is_known_by_its_area() {
        for (text, outside) in [
            ("EH1 1YZ", Outside::Scotland),
            ("g", Outside::Scotland),
            ("ze1 0aa", Outside::Scotland),
            ("CF10 1AA", Outside::Wales),
            ("NPT 0VA", Outside::Wales),
            ("BT1", Outside::NorthernIreland),
            ("IM1 1AA", Outside::IsleOfMan),
            ("GY1", Outside::Guernsey),
            ("JE2 3AB", Outside::Jersey),
            ("GX11 1AA", Outside::Overseas("Gibraltar")),
            ("fiqq 1zz", Outside::Overseas("the Falkland Islands")),
            ("BFPO 57", Outside::Forces),
            ("BF1 3AA", Outside::Forces),
            ("BX9 1AS", Outside::Nowhere),
            ("GIR 0AA", Outside::Nowhere),
        ] {
            assert_eq!(read(text), Ok(Reading::Outside(outside)), "{text}");
        }
        assert_eq!(Outside::Scotland.sentence(), "This postcode is in Scotland, not in England.");
    }

    #[test]
    fn what_is_no_postcode_is_told_from_one_that_there_cannot_be() {
        for text in [
            "",
            " ",
            "Ely",
            "Hull",
            "Io",
            "SOI",
            "2024",
            "1066",
            "LU1 2ABC",
            "Luton 1",
            "é1",
            "12 High Street",
            "LU0123",
        ] {
            assert_eq!(read(text), Err(NotAPostcode::Form), "{text}");
        }
        assert_eq!(read("ZZ1 1AA"), Err(NotAPostcode::Area("ZZ".into())));
        assert_eq!(read("LU1 2CB"), Err(NotAPostcode::Letter('C')));
    }

    #[test]
    fn a_postcode_is_told_from_a_name() {
        for text in [
            "LU1 2BQ",
            "lu12bq",
            "LU1",
            "LU1 2",
            "LU1 2B",
            "sw1a 2aa",
            "SW1A2",
            " ec1a  1bb ",
            "W1A\u{a0}0AX",
            "LU1-2BQ",
            "CRO 1AA",
            "LU1 2CB",
            "BFPO 57",
        ] {
            assert!(looks_like_postcode(text), "{text}");
        }
        for text in
            ["", " ", "York", "Bath", "LU", "E", "LU1 2BQX", "LUT1 2BQ", "1LU 2BQ", "LU1 BB2", "ÅU1 2BQ", "1974", "100"]
        {
            assert!(!looks_like_postcode(text), "{text}");
        }
    }

    /// A postcode in its right spelling, of an area with a file.
    fn postcodes() -> impl Strategy<Value = (String, String)> {
        let areas: Vec<&str> = english_areas().collect();
        let district = prop_oneof!["[0-9]", "[1-9][0-9]", "[1-9][ABEHKMNPRSTUVWXY]"];
        let unit = proptest::sample::select(UNIT_LETTERS.to_vec());
        (proptest::sample::select(areas), district, "[0-9]", unit.clone(), unit).prop_map(
            |(area, district, sector, first, second)| {
                (format!("{area}{district}"), format!("{sector}{}{}", char::from(first), char::from(second)))
            },
        )
    }

    proptest! {
        #[test]
        fn a_postcode_reads_back_as_it_is_written((outward, inward) in postcodes(), gap in "[ -]{0,3}", low: bool) {
            let typed = format!("{gap}{outward}{gap}{inward}{gap}");
            let read = query(&if low { typed.to_lowercase() } else { typed });
            prop_assert_eq!(read.part().to_string(), format!("{outward} {inward}"));
            prop_assert_eq!(read.or, None);
            // Each larger part is what one types on the way to it.
            let mut around = read.part.larger();
            while let Some(larger) = around {
                let again = query(&larger.to_string());
                prop_assert_eq!(&again.part, &larger);
                prop_assert!(again.or.is_none_or(|or| or.area == larger.area));
                around = larger.larger();
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}", near in "[A-Za-z01OI9 ]{0,9}") {
            for text in [text, near] {
                match read(&text) {
                    Ok(Reading::Query(query)) => {
                        prop_assert!(english_areas().any(|area| file_name(area) == query.file_name()));
                        prop_assert_eq!(looks_like_postcode(&text), query.part().extent() > Extent::Area);
                    }
                    Ok(Reading::Outside(outside)) => prop_assert!(outside.sentence().ends_with('.')),
                    Err(error) => prop_assert!(!error.to_string().is_empty()),
                }
            }
        }
    }
}
