//! What a part of an XLSX workbook must keep to before calamine reads it.
//!
//! Calamine sets aside memory for as many strings as a part claims to have, counts rows and columns without
//! regard to overflow, and copies every style's texts into each that uses it: a file made to do harm would stop the
//! program. So each part is read once before: its elements, their depth, and the attributes that say how many or where.

use super::{
    error::ReadError,
    limits::Limits,
    package::{Parts, damaged},
};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::io::Write as _;

/// The last row and column of a spreadsheet.
const LAST: (u32, u32) = (1_048_576, 16_384);
/// Bytes of an attribute: the formulas of validations and the like may be as long as a cell.
const ATTRIBUTE: usize = 65_536;
/// Bytes of a text in the part of the styles, and how many styles there may be: a spreadsheet program's own limits.
const STYLE_TEXT: usize = 1_536;
const STYLES: usize = 65_490;

/// A workbook that is safe to be read.
pub(super) struct Vetted {
    /// A zip file.
    pub(super) bytes: Vec<u8>,
    /// Whether it holds a formula without the value that was last worked out.
    pub(super) unvalued: bool,
}

/// The workbook of `parts`, with nothing in it but those.
pub(super) fn vetted(parts: &Parts, limits: &Limits) -> Result<Vetted, ReadError> {
    let mut unvalued = false;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in parts {
        unvalued |= vet(name, part, limits)?;
        archive.start_file(name.as_str(), options).map_err(|error| damaged(&error))?;
        archive.write_all(part).map_err(|error| damaged(&error))?;
    }
    let bytes = archive.finish().map_err(|error| damaged(&error))?.into_inner();
    Ok(Vetted { bytes, unvalued })
}

/// Whether a part that is safe holds a formula without a value.
fn vet(name: &str, part: &[u8], limits: &Limits) -> Result<bool, ReadError> {
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    let (mut depth, mut styles, mut sheets) = (0_usize, None, 0_usize);
    let (mut formula, mut unvalued) = (false, false);
    loop {
        buffer.clear();
        let event =
            reader.read_event_into(&mut buffer).map_err(|error| ReadError::Damaged(format!("{name}: {error}")))?;
        let (element, opens) = match &event {
            Event::Start(element) => (element, true),
            Event::Empty(element) => (element, false),
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                unvalued |= formula && element.local_name().into_inner() == "c";
                continue;
            }
            Event::Eof => return Ok(unvalued),
            _ => continue,
        };
        depth += usize::from(opens);
        if depth > limits.depth {
            return Err(ReadError::TooMuch { what: "elements within each other", most: limits.depth });
        }
        let local = element.local_name().into_inner();
        if depth == usize::from(opens) && local == "styleSheet" {
            styles = Some(0_usize);
        }
        if let (Some(count), "xf") = (&mut styles, local) {
            *count += 1;
            if *count > STYLES {
                return Err(ReadError::TooMuch { what: "styles", most: STYLES });
            }
        }
        formula = match local {
            "c" => false,
            "f" => true,
            "v" if opens => false,
            _ => formula,
        };
        sheets += usize::from(local == "sheet");
        if sheets > limits.sheets {
            return Err(ReadError::TooMuch { what: "sheets", most: limits.sheets });
        }
        attributes(name, element, part.len(), if styles.is_some() { STYLE_TEXT } else { ATTRIBUTE })?;
    }
}

/// Checks the attributes of `element`, which stands in a part of `bytes` bytes.
fn attributes(name: &str, element: &BytesStart<'_>, bytes: usize, longest: usize) -> Result<(), ReadError> {
    let local = element.local_name().into_inner();
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| ReadError::Damaged(format!("{name}: {error}")))?;
        let value = attribute.value.as_ref();
        let fits = match (local, attribute.key.0) {
            // A string takes more than four bytes of the part.
            (_, "uniqueCount") => value.parse::<usize>().is_ok_and(|count| count <= bytes / 4),
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
