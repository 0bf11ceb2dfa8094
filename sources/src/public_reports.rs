//! `data/public_reports.csv`: public interest reports, as cited on the Ombudsman's pages.

use crate::table::{Columns, Table, read as read_table};
use upheld_domain::edition::PublicReport;

const COLUMNS: Columns = Columns { required: &["gss_code", "authority", "title", "source"], optional: &[] };

/// Reads the reports, called `file` in errors.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> Table<PublicReport> {
    read_table(file, bytes, COLUMNS, |cells| {
        let council = cells.value("gss_code", "a GSS code");
        let authority = cells.some_text("authority", "the council's name");
        let title = cells.some_text("title", "the report's title, as cited");
        let source = cells.some_text("source", "the address at which it is cited");
        authority?;
        Some(PublicReport { council: council?, title: title?, source: source? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::said;

    #[test]
    fn a_wrong_report_is_named_with_its_row_and_column() {
        let file = "gss_code,authority,title,source\nX,,,\n";
        let errors = said(read("public_reports.csv", file.as_bytes()).complete().unwrap_err());
        assert_eq!(errors.len(), 4);
        for (error, column) in errors.iter().zip(["gss_code", "authority", "title", "source"]) {
            assert!(error.starts_with(&format!("public_reports.csv:2: {column}: ")), "{error}");
        }
    }
}
