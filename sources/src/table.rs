//! Tables: comma-separated files whose header names the columns, read row by row into typed values.

use crate::error::{Fault, TableError};
use std::str::FromStr;
use upheld_domain::{
    error::ValueError,
    figures::{Count, Field, Figures},
};

/// A value with the row that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T> {
    /// The row, counted as an editor counts lines: the header is row 1.
    pub number: u64,
    /// What it says.
    pub value: T,
}

/// A table that has been read: the rows that could be, and all that is wrong with the others.
///
/// The rows are of use for further checks even where others are wrong; whoever needs all of them asks for
/// [`Table::complete`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<T> {
    /// The rows, in the file's order.
    pub rows: Vec<Row<T>>,
    /// What is wrong with the rows that are not among them.
    pub errors: Vec<TableError>,
}

impl<T> Table<T> {
    /// The rows, if nothing is wrong with any.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn complete(self) -> Result<Vec<Row<T>>, Vec<TableError>> {
        if self.errors.is_empty() { Ok(self.rows) } else { Err(self.errors) }
    }
}

/// The columns that a table knows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns {
    /// Those that it must have, in the order in which they are written.
    pub(crate) required: &'static [&'static str],
    /// Those that it may have.
    pub(crate) optional: &'static [&'static str],
}

/// Reads `bytes`, which are called `file` in errors, by calling `parse` on each row.
///
/// A byte-order mark, either kind of line end, and empty lines are tolerated.
/// `parse` says what is wrong in a row by way of [`Cells`]; such a row is not among the rows.
pub(crate) fn read<T>(
    file: &str,
    bytes: &[u8],
    columns: Columns,
    mut parse: impl FnMut(&mut Cells<'_>) -> Option<T>,
) -> Table<T> {
    let mut faults = Faults { file, all: Vec::new() };
    let text = match str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            faults.add(1 + line_breaks(before), None, Fault::NotUtf8);
            return Table { rows: Vec::new(), errors: faults.all };
        }
    };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes()).into_records();
    let mut lines = Lines::new(text.as_bytes());
    let Some(Ok(header)) = reader.next() else {
        faults.add(1, None, Fault::EmptyFile);
        return Table { rows: Vec::new(), errors: faults.all };
    };
    let header_row = lines.number_of(&header);
    check_header(&mut faults, header_row, &header, columns);
    if !faults.all.is_empty() {
        return Table { rows: Vec::new(), errors: faults.all };
    }
    let mut rows = Vec::new();
    for record in reader {
        // Text that is UTF-8, read from memory with any number of cells: the reader has nothing left to fail on.
        let Ok(record) = record else { continue };
        let number = lines.number_of(&record);
        if record.len() != header.len() {
            faults.add(number, None, Fault::Cells { found: record.len(), expected: header.len() });
            continue;
        }
        let mut cells = Cells { header: &header, record: &record, faults: Vec::new() };
        cells.check_text();
        let value = parse(&mut cells);
        if cells.faults.is_empty() {
            rows.extend(value.map(|value| Row { number, value }));
        }
        for (column, fault) in cells.faults {
            faults.add(number, Some(&column), fault);
        }
    }
    Table { rows, errors: faults.all }
}

fn check_header(faults: &mut Faults<'_>, row: u64, header: &csv::StringRecord, columns: Columns) {
    let known: Vec<&'static str> = columns.required.iter().chain(columns.optional).copied().collect();
    for (place, name) in header.iter().enumerate() {
        if !known.contains(&name) {
            faults.add(row, Some(name), Fault::UnknownColumn { known: known.clone() });
        } else if header.iter().take(place).any(|before| before == name) {
            faults.add(row, Some(name), Fault::ColumnTwice);
        }
    }
    for name in columns.required {
        if !header.iter().any(|found| found == *name) {
            faults.add(row, Some(name), Fault::MissingColumn);
        }
    }
}

/// What is wrong with one file.
struct Faults<'a> {
    file: &'a str,
    all: Vec<TableError>,
}

impl Faults<'_> {
    fn add(&mut self, row: u64, column: Option<&str>, fault: Fault) {
        self.all.push(TableError { file: self.file.to_owned(), row, column: column.map(str::to_owned), fault });
    }
}

/// Counts the lines before each record: the reader's own count starts before the empty lines that it skips.
pub(crate) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    number: u64,
}

impl<'a> Lines<'a> {
    /// At the first line of `bytes`.
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, number: 1 }
    }

    /// The line in which `record` begins; records are asked for in their order.
    pub(crate) fn number_of(&mut self, record: &csv::StringRecord) -> u64 {
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let rest = self.bytes.get(start..).unwrap_or_default();
        let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let start = start.saturating_add(empty);
        self.number += line_breaks(self.bytes.get(self.at..start).unwrap_or_default());
        self.at = start;
        self.number
    }
}

fn line_breaks(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// The cells of one row, by the names of their columns. What is wrong with them is kept, not returned.
pub(crate) struct Cells<'a> {
    header: &'a csv::StringRecord,
    record: &'a csv::StringRecord,
    faults: Vec<(String, Fault)>,
}

impl Cells<'_> {
    /// What holds for every cell, whatever its column.
    fn check_text(&mut self) {
        for (column, text) in self.header.iter().zip(self.record) {
            if text.contains(['\n', '\r']) {
                self.faults.push((column.to_owned(), Fault::LineBreak));
            } else if text.trim() != text {
                self.faults.push((column.to_owned(), Fault::Spaces { found: text.to_owned() }));
            }
        }
    }

    /// Says that the cell in `column` is wrong.
    pub(crate) fn fault(&mut self, column: &str, fault: impl Into<Fault>) {
        self.faults.push((column.to_owned(), fault.into()));
    }

    /// The text in `column`; empty where the table does not have the column.
    pub(crate) fn text(&self, column: &str) -> &str {
        let place = self.header.iter().position(|name| name == column);
        place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    /// The text in `column`, which must not be empty: `expected` says what should stand there.
    pub(crate) fn some_text(&mut self, column: &str, expected: &'static str) -> Option<String> {
        let text = self.text(column).to_owned();
        if text.trim().is_empty() {
            self.fault(column, Fault::Empty { expected });
            return None;
        }
        Some(text)
    }

    /// The value in `column`, which must be there: `expected` says what should stand in an empty cell.
    pub(crate) fn value<T: FromStr<Err = ValueError>>(&mut self, column: &str, expected: &'static str) -> Option<T> {
        let text = self.some_text(column, expected)?;
        self.parsed(column, &text)
    }

    /// The value in `column`, or none in an empty cell. The outer none is a fault.
    #[allow(clippy::option_option, reason = "a cell is wrong, or empty, or has a value")]
    pub(crate) fn optional<T: FromStr<Err = ValueError>>(&mut self, column: &str) -> Option<Option<T>> {
        let text = self.text(column).to_owned();
        if text.trim().is_empty() { Some(None) } else { self.parsed(column, &text).map(Some) }
    }

    /// The values in `column`, which `separator` separates; none where any is wrong.
    pub(crate) fn values<T: FromStr<Err = ValueError>>(&mut self, column: &str, separator: char) -> Option<Vec<T>> {
        let text = self.text(column).to_owned();
        let parts = text.split(separator).map(str::trim).filter(|part| !part.is_empty());
        // Not short-circuited: every wrong one is named.
        let parsed: Vec<Option<T>> = parts.map(|part| self.parsed(column, part)).collect();
        parsed.into_iter().collect()
    }

    fn parsed<T: FromStr<Err = ValueError>>(&mut self, column: &str, text: &str) -> Option<T> {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(column, error);
                None
            }
        }
    }
}

/// A whole number from 0 to 1,000,000.
pub(crate) struct Whole(pub(crate) Count);

impl FromStr for Whole {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        // The one place that knows how a count is written.
        let mut figures = Figures::default();
        figures.read(Field::Upheld, text)?;
        Ok(Self(figures.upheld.unwrap_or_default()))
    }
}

/// A table that is being written: RFC 4180 quoting where it is needed, one line feed after every row.
#[derive(Default)]
pub(crate) struct Written(String);

impl Written {
    /// Adds a row.
    pub(crate) fn row<S: AsRef<str>>(&mut self, cells: impl Iterator<Item = S>) {
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            let cell = cell.as_ref();
            if cell.contains(['"', ',', '\n', '\r']) {
                self.0.push('"');
                self.0.push_str(&cell.replace('"', "\"\""));
                self.0.push('"');
            } else {
                self.0.push_str(cell);
            }
        }
        self.0.push('\n');
    }

    /// The file.
    pub(crate) fn text(self) -> String {
        self.0
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use upheld_domain::year::ReportingYear;

    const COLUMNS: Columns = Columns { required: &["name", "year"], optional: &["note"] };

    fn years(text: &str) -> Result<Vec<Row<u16>>, Vec<String>> {
        let rows = read("t.csv", text.as_bytes(), COLUMNS, |cells| {
            cells.value::<ReportingYear>("year", "a year").map(ReportingYear::key)
        });
        rows.complete().map_err(said)
    }

    /// Errors as they are printed.
    #[allow(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
    pub(crate) fn said(errors: Vec<TableError>) -> Vec<String> {
        errors.iter().map(ToString::to_string).collect()
    }

    fn numbers(rows: &[Row<u16>]) -> Vec<(u64, u16)> {
        rows.iter().map(|row| (row.number, row.value)).collect()
    }

    #[test]
    fn rows_are_numbered_as_an_editor_numbers_lines() {
        let plain = years("name,year\na,2020\nb,2021\n").unwrap();
        assert_eq!(numbers(&plain), [(2, 2020), (3, 2021)]);
        let other = years("\u{feff}\r\nyear,name\r\n\r\n2020,a\r\n\r\n\r\n2021,\"b \"\"x\"\"\"").unwrap();
        assert_eq!(numbers(&other), [(4, 2020), (7, 2021)]);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let errors = years("name,year\n a,20\nb\n\nc,\nd,2020\n").unwrap_err();
        assert_eq!(
            errors,
            [
                "t.csv:2: name: \" a\" begins or ends with a space – take the spaces out",
                "t.csv:2: year: \"20\" is not a reporting year from 2014 (2013-14) to 2026 (2025-26) – correct it, \
                 or leave it empty where nothing is known",
                "t.csv:3: 1 cells, where the header has 2 – quote a cell that holds a comma, and write a comma for every \
                 empty cell",
                "t.csv:5: year: empty, where there must be a year – write a year",
            ]
        );
    }

    #[test]
    fn a_row_that_is_wrong_does_not_hide_the_others() {
        let table =
            read("t.csv", b"name,year\na ,2020\nb,2021\n", COLUMNS, |cells| Some(cells.text("name").to_owned()));
        assert_eq!(table.rows, [Row { number: 3, value: "b".to_owned() }]);
        assert_eq!(table.errors.len(), 1);
    }

    #[test]
    fn a_header_must_name_the_columns_it_must_and_no_others() {
        let errors = years("name,jear,name\n").unwrap_err();
        assert_eq!(errors.len(), 3);
        assert!(errors[0].starts_with("t.csv:1: jear: a column that is not known"), "{}", errors[0]);
        assert!(errors[1].starts_with("t.csv:1: name: the header names this column twice"));
        assert!(errors[2].starts_with("t.csv:1: year: the header does not name this column"));
        assert!(years("year,note,name\n2020,,a").is_ok());
        assert!(years("").unwrap_err()[0].starts_with("t.csv:1: the file is empty"));
    }

    #[test]
    fn an_open_quotation_mark_does_not_swallow_rows_in_silence() {
        let errors = years("name,year\n\"a,2020\nb,2021\n").unwrap_err();
        assert!(errors[0].starts_with("t.csv:2: "), "{}", errors[0]);
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_where_they_are() {
        let error = read("t.csv", b"name,year\na,2020\n\xff,2020\n", COLUMNS, |_| Some(())).complete().unwrap_err();
        assert_eq!(said(error), ["t.csv:3: bytes that are not UTF-8 text – save the file as UTF-8"]);
    }
}
