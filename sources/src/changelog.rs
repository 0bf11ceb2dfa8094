//! `data/changelog.csv`: what changed from edition to edition, as people write it.

use crate::{
    edition_note::is_day,
    table::{Columns, Table, read as read_table},
};
use upheld_domain::error::ValueError;

const COLUMNS: Columns = Columns { required: &["date", "what", "why"], optional: &[] };

/// A row of `changelog.csv`: one thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The date of the edition that has it first: "2026-11-23".
    pub date: String,
    /// What changed, in a sentence or two.
    pub what: String,
    /// Why.
    pub why: String,
}

/// Reads the changes, called `file` in errors. Whether they are in order is not asked here.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> Table<Change> {
    read_table(file, bytes, COLUMNS, |cells| {
        let date = cells.some_text("date", "the date of the edition that has the change first, as 2026-11-23");
        if let Some(date) = date.as_deref().filter(|date| !is_day(date)) {
            cells.fault("date", ValueError::new(date, "a day such as 2026-11-23"));
        }
        let what = cells.some_text("what", "what changed");
        let why = cells.some_text("why", "why it changed");
        Some(Change { date: date?, what: what?, why: why? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::said;

    #[test]
    fn a_change_has_a_date_and_says_what_and_why() {
        let rows =
            read("changelog.csv", b"date,what,why\n2026-11-23,\"All, at first.\",It began.\n").complete().unwrap();
        let change = &rows[0].value;
        assert_eq!((change.date.as_str(), change.what.as_str()), ("2026-11-23", "All, at first."));
    }

    #[test]
    fn a_wrong_change_is_named_with_its_row_and_column() {
        let file = "date,what,why\n2026-02-29,,\n,a,b\n";
        let errors = said(read("changelog.csv", file.as_bytes()).complete().unwrap_err());
        let places = ["2: date: \"2026-02-29\" is not a day", "2: what: empty", "2: why: empty", "3: date: empty"];
        assert_eq!(errors.len(), places.len(), "{errors:?}");
        for place in places {
            assert!(errors.iter().any(|error| error.starts_with(&format!("changelog.csv:{place}"))), "{errors:?}");
        }
    }
}
