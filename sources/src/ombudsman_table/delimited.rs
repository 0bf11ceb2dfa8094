//! Tables as text: whatever the coding, the separator and the kind of line end.

use super::{
    error::{OtherFormat, ReadError},
    grid::{Budget, Gathering, Grid},
    header,
    limits::Limits,
};
use crate::table::Lines;
use std::borrow::Cow;

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// As much of a file as tells how its cells are separated.
const SAMPLE: usize = 64 * 1024;

/// The sheet that `bytes` hold.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Grid, ReadError> {
    let text = decoded(bytes)?;
    let separator = separator(&text, limits);
    if let Some(line) = open_quote(text.as_bytes(), separator) {
        return Err(ReadError::OpenQuote { line });
    }
    records(&text, separator, limits)
}

/// `bytes` as text: by its byte-order mark, or as UTF-8, or as Windows-1252.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    let text = if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
        text.ok_or_else(|| broken(rest))?
    } else if let Ok(text) = str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else {
        windows_1252(bytes)?
    };
    if text.contains('\0') {
        return Err(ReadError::OtherFormat(OtherFormat::Binary));
    }
    // Only a program of the last century ends its lines so.
    let other_ends = !text.contains('\n') && text.contains('\r');
    Ok(if other_ends { text.replace('\r', "\n").into() } else { text })
}

/// `bytes`, which are not UTF-8, as Windows-1252; refused where they rather look like UTF-8 that was broken.
fn windows_1252(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
        return Err(broken(bytes));
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    let unassigned = |character: char| matches!(character, '\u{80}'..='\u{9f}');
    match text.find(unassigned) {
        Some(at) => Err(ReadError::NotText { line: line_of(text.as_bytes(), at) }),
        None => Ok(text),
    }
}

fn broken(bytes: &[u8]) -> ReadError {
    let at = str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    ReadError::NotText { line: line_of(bytes, at) }
}

fn line_of(bytes: &[u8], at: usize) -> u64 {
    let before = bytes.get(..at).unwrap_or_default();
    1 + before.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>()
}

/// The separator with which the most columns of the header are known; a comma where none are.
fn separator(text: &str, limits: &Limits) -> u8 {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or_default();
    let known = |separator: u8| {
        let grid = records(sample, separator, limits).ok();
        grid.and_then(|grid| header::find(&grid.rows, limits)).map_or(0, |header| header.known())
    };
    // The last of those that are equal is taken: the comma.
    SEPARATORS.into_iter().rev().max_by_key(|separator| known(*separator)).unwrap_or(b',')
}

fn records(text: &str, separator: u8, limits: &Limits) -> Result<Grid, ReadError> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut lines = Lines::new(text.as_bytes());
    let mut budget = Budget::new(limits);
    let mut sheet = Gathering::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| ReadError::Damaged(error.to_string()))? {
        let number = lines.number_of(&record);
        for (column, cell) in record.iter().enumerate() {
            sheet.put(&mut budget, number, column, cell)?;
        }
    }
    Ok(sheet.finish(None))
}

/// The line of the quotation mark that opens a cell and is never closed, if there is one.
fn open_quote(text: &[u8], separator: u8) -> Option<u64> {
    let (mut line, mut begins) = (1, true);
    let mut open: Option<u64> = None;
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        line += u64::from(byte == b'\n');
        if open.is_some() {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                open = None;
            }
        } else if byte == b'"' && begins {
            open = Some(line);
        }
        begins = matches!(byte, b'\n' | b'\r') || byte == separator;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
        let grid = read(bytes, &Limits::default()).unwrap();
        let texts = |row: &super::super::grid::GridRow| row.cells().map(|(_, cell)| cell.to_owned()).collect();
        grid.rows.iter().map(|row| (row.number, texts(row))).collect()
    }

    #[test]
    fn the_coding_is_told_by_the_bytes() {
        let expected = "A, £–é’";
        let quoted = format!("\"{expected}\",x\n");
        let utf_16: Vec<u8> = [0xfeff].into_iter().chain(quoted.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = [0xfeff].into_iter().chain(quoted.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        let marked = format!("\u{feff}{quoted}").into_bytes();
        let windows = b"\"A, \xa3\x96\xe9\x92\",x\r\n".to_vec();
        for bytes in [quoted.clone().into_bytes(), marked, utf_16, big, windows] {
            assert_eq!(texts(&bytes), [(1, vec![expected.to_owned(), "x".to_owned()])]);
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        let fault = |bytes: &[u8]| read(bytes, &Limits::default()).unwrap_err();
        assert_eq!(fault(b"a,b\nc\0,d\n"), ReadError::OtherFormat(OtherFormat::Binary));
        assert_eq!(fault(b"a,b\nc\x81,d\n"), ReadError::NotText { line: 2 });
        assert_eq!(
            fault(
                "a,é\nb,\n"
                    .replace('b', "x")
                    .as_bytes()
                    .iter()
                    .chain(b"\xff\n")
                    .copied()
                    .collect::<Vec<u8>>()
                    .as_slice()
            ),
            ReadError::NotText { line: 3 }
        );
        assert_eq!(fault(b"\xff\xfea"), ReadError::NotText { line: 1 });
    }

    #[test]
    fn an_open_quotation_mark_is_named_with_its_line() {
        for (text, line) in [
            ("a,b\nc,\"d\ne,f\n", Some(2)),
            ("a,\"b\"\"\"\n5\" pipe,c\n", None),
            ("\"", Some(1)),
            ("\"a\nb\",c\n", None),
        ] {
            assert_eq!(open_quote(text.as_bytes(), b','), line, "{text:?}");
        }
    }

    #[test]
    fn rows_are_counted_with_the_empty_ones_and_those_within_cells() {
        let rows = texts(b"a\n\n\"b\nc\"\nd\n");
        assert_eq!(rows.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 3, 5]);
    }
}
