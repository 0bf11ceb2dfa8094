//! `data/averages.csv`: the printed averages of the types of council.

use crate::table::{Columns, Table, read as read_table};
use upheld_domain::edition::Average;

const COLUMNS: Columns = Columns {
    required: &["authority_type", "year_ending", "uphold_pct", "compliance_pct", "remedy_pct", "upheld_per_100k"],
    optional: &[],
};

/// Reads the averages, called `file` in errors.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> Table<Average> {
    read_table(file, bytes, COLUMNS, |cells| {
        let council_type = cells.value("authority_type", "county, district, metropolitan, unitary or london");
        let year = cells.value("year_ending", "the last day of the reporting year");
        let uphold_rate = cells.optional("uphold_pct");
        let compliance_rate = cells.optional("compliance_pct");
        let remedy_rate = cells.optional("remedy_pct");
        let upheld_per_100k = cells.optional("upheld_per_100k");
        Some(Average {
            council_type: council_type?,
            year: year?,
            uphold_rate: uphold_rate?,
            compliance_rate: compliance_rate?,
            remedy_rate: remedy_rate?,
            upheld_per_100k: upheld_per_100k?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::said;

    #[test]
    fn a_wrong_average_is_named_with_its_row_and_column() {
        let file = "authority_type,year_ending,uphold_pct,compliance_pct,remedy_pct,upheld_per_100k\n\
                    county,2024-03-31,85,100,7,4.5\nshire,2030-03-31,185,,x,-1\n";
        let errors = said(read("averages.csv", file.as_bytes()).complete().unwrap_err());
        let columns = ["authority_type", "year_ending", "uphold_pct", "remedy_pct", "upheld_per_100k"];
        assert_eq!(errors.len(), columns.len());
        for (error, column) in errors.iter().zip(columns) {
            assert!(error.starts_with(&format!("averages.csv:3: {column}: ")), "{error}");
        }
    }
}
