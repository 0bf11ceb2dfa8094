//! `data/name_decisions.csv`: what people decided about names that no rule can tell.

use crate::table::{Columns, Table, read as read_table};
use serde::{Deserialize, Serialize};
use upheld_domain::{council::GssCode, year::ReportingYear};

const COLUMNS: Columns = Columns { required: &["printed_name", "year", "code", "note"], optional: &[] };

/// A decision about a printed name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The name, as printed.
    pub name: String,
    /// The reporting year of the tables in which it has that meaning; none for all.
    pub year: Option<ReportingYear>,
    /// The code, present or former, of the council that is meant; none where it is no council.
    pub code: Option<GssCode>,
    /// The reason.
    pub note: String,
}

/// Reads the decisions, called `file` in errors.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> Table<Decision> {
    read_table(file, bytes, COLUMNS, |cells| {
        let name = cells.some_text("printed_name", "the name as it was printed");
        let year = cells.optional("year");
        let code = cells.optional("code");
        let note = cells.some_text("note", "the reason");
        Some(Decision { name: name?, year: year?, code: code?, note: note? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::said;

    #[test]
    fn a_decision_is_read_and_a_wrong_one_named() {
        let file = "printed_name,year,code,note\nOld Town,2024,E06000032,Why.\nA Trust,,,Why.\n,20,E0,\n";
        let table = read("name_decisions.csv", file.as_bytes());
        let read: Vec<_> =
            table.rows.iter().map(|row| (row.value.year.map(ReportingYear::key), row.value.code.is_some())).collect();
        assert_eq!(read, [(Some(2024), true), (None, false)]);
        let errors = said(table.errors);
        assert_eq!(errors.len(), 4);
        assert!(errors.iter().all(|error| error.starts_with("name_decisions.csv:4: ")), "{errors:?}");
    }
}
