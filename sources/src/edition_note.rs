//! `data/edition.csv`: the date of the edition, and what has to be said about it.

use crate::{
    error::{Fault, TableError},
    table::{Columns, read as read_table},
};
use upheld_domain::{error::ValueError, holdings::EditionNote};

const COLUMNS: Columns = Columns { required: &["date", "note"], optional: &[] };

/// Reads the one row, from a file called `file` in errors.
///
/// # Errors
/// Everything that is wrong with a cell, and more or fewer rows than one.
pub fn read(file: &str, bytes: &[u8]) -> Result<EditionNote, Vec<TableError>> {
    let rows = read_table(file, bytes, COLUMNS, |cells| {
        let date = cells.some_text("date", "the day on which the edition was closed, as 2026-11-23");
        if let Some(date) = date.as_deref().filter(|date| !is_day(date)) {
            cells.fault("date", ValueError::new(date, "a day such as 2026-11-23"));
        }
        let note = cells.some_text("note", "what a reader has to know about the edition");
        Some(EditionNote { date: date?, note: note? })
    })
    .complete()?;
    let error = |row, fault| TableError { file: file.to_owned(), row, column: None, fault };
    let mut rows = rows.into_iter();
    let Some(first) = rows.next() else {
        return Err(vec![error(1, Fault::Empty { expected: "one row with the date and the note" })]);
    };
    let more: Vec<TableError> = rows.map(|row| error(row.number, Fault::SecondRow)).collect();
    if more.is_empty() { Ok(first.value) } else { Err(more) }
}

/// Whether `text` is a day of the calendar as 2026-11-23.
pub(crate) fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, length: usize| -> Option<u16> {
        let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| digits)
    };
    let (Some(year @ 2014..), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::said;

    #[test]
    fn an_edition_has_one_row_with_a_date_and_a_note() {
        let note = read("edition.csv", b"date,note\n2026-11-23,\"Partial, so far.\"\n").unwrap();
        assert_eq!((note.date.as_str(), note.note.as_str()), ("2026-11-23", "Partial, so far."));
        let wrong: [(&str, &str); 4] = [
            ("date,note\n", "edition.csv:1: empty"),
            ("date,note\n2026-13-01,a\n", "edition.csv:2: date: "),
            ("date,note\n2026-11-23,\n", "edition.csv:2: note: "),
            ("date,note\n2026-11-23,a\n2026-11-24,b\n", "edition.csv:3: a second row"),
        ];
        for (file, start) in wrong {
            let errors = said(read("edition.csv", file.as_bytes()).unwrap_err());
            assert!(errors[0].starts_with(start), "{errors:?}");
        }
    }

    #[test]
    fn a_day_is_one_of_the_calendar() {
        for day in ["2014-01-01", "2026-11-30", "2028-02-29", "2400-02-29", "9999-12-31"] {
            assert!(is_day(day), "{day}");
        }
        for no_day in [
            "2026-11-31",
            "2026-02-29",
            "2100-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-11-00",
            "2013-12-31",
            "26-11-23",
            "2026-1-23",
            "2026-11-3x",
            "2026-11-23-1",
            "23/11/2026",
            "+026-11-23",
            "",
        ] {
            assert!(!is_day(no_day), "{no_day}");
        }
    }
}
