//! The Ombudsman's tables: whatever a file holds, reading it ends in a table or a typed error, within its limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use upheld_domain::year::ReportingYear;
use upheld_sources::ombudsman_table::{Hints, Limits, read_within};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { file_bytes: 1 << 20, unpacked_bytes: 4 << 20, cells: 100_000, ..Limits::default() };
    for year in [None, ReportingYear::ending(2024)] {
        if let Ok(table) = read_within("fuzz.csv", bytes, Hints { year, subject: None }, &limits) {
            assert!(!table.sheets.is_empty());
            for sheet in &table.sheets {
                assert!(sheet.rows.iter().all(|row| !row.name.trim().is_empty()));
            }
        }
    }
});
