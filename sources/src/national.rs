//! `data/national.csv`: what was printed about all of England, year by year.

use crate::table::{Columns, Table, Whole, read as read_table};
use upheld_domain::edition::NationalYear;

const COLUMNS: Columns = Columns {
    required: &[
        "year_ending",
        "uphold_rate_pct",
        "compliance_pct",
        "detailed_investigations",
        "upheld",
        "complaints_received_or_dealt_with",
        "source_address",
        "note",
    ],
    optional: &[],
};

/// Reads the national figures, called `file` in errors.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> Table<NationalYear> {
    read_table(file, bytes, COLUMNS, |cells| {
        let year = cells.value("year_ending", "the last day of the reporting year");
        let uphold_rate = cells.optional("uphold_rate_pct");
        let compliance_rate = cells.optional("compliance_pct");
        let mut count = |column| cells.optional::<Whole>(column).map(|whole| whole.map(|whole| whole.0));
        let investigations = count("detailed_investigations");
        let upheld = count("upheld");
        let complaints = count("complaints_received_or_dealt_with");
        let source = cells.some_text("source_address", "where it was printed");
        let note = cells.text("note").to_owned();
        Some(NationalYear {
            year: year?,
            uphold_rate: uphold_rate?,
            compliance_rate: compliance_rate?,
            investigations: investigations?,
            upheld: upheld?,
            complaints: complaints?,
            source: source?,
            note,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::said;

    const HEADER: &str = "year_ending,uphold_rate_pct,compliance_pct,detailed_investigations,upheld,complaints_received_or_dealt_with,source_address,note";

    #[test]
    fn a_national_year_is_read_with_what_it_has() {
        let file = format!("{HEADER}\n2019-03-31,58,99.4,4234,2456,16899,https://example.org/,\n");
        let rows = read("national.csv", file.as_bytes()).complete().unwrap();
        assert_eq!(rows[0].value.upheld, Some(2456));
        assert_eq!(rows[0].value.compliance_rate.map(|rate| rate.to_string()), Some("99.4".to_owned()));
    }

    #[test]
    fn a_wrong_national_figure_is_named_with_its_row_and_column() {
        let file = format!("{HEADER}\n2012-03-31,x,y,\"4,234\",-1,1.5,,\n");
        let errors = said(read("national.csv", file.as_bytes()).complete().unwrap_err());
        let columns = HEADER.split(',').take(7);
        assert_eq!(errors.len(), 7);
        for (error, column) in errors.iter().zip(columns) {
            assert!(error.starts_with(&format!("national.csv:2: {column}: ")), "{error}");
        }
    }
}
