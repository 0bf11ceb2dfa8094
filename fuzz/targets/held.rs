//! The files of `data/` and boundaries: any bytes are rows, or errors that name their place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use upheld_sources::{averages, boundaries, council_names, councils, figures, national, public_reports};

fuzz_target!(|bytes: &[u8]| {
    let read = figures::read("figures.csv", bytes);
    assert!(read.errors.iter().all(|error| error.row >= 1));
    if let Ok(rows) = read.complete() {
        let entries: Vec<_> = rows.into_iter().map(|row| row.value).collect();
        let again = figures::read("figures.csv", figures::write(&entries).as_bytes()).complete();
        assert!(again.is_ok_and(|again| again.into_iter().map(|row| row.value).eq(entries)));
    }
    let _ = councils::read("councils.csv", bytes);
    let _ = averages::read("averages.csv", bytes);
    let _ = national::read("national.csv", bytes);
    let _ = public_reports::read("public_reports.csv", bytes);
    let _ = council_names::read_decisions("name_decisions.csv", bytes);
    let _ = boundaries::read_layer(bytes);
});
