//! Printed names: any text is a council of the year, or a question, and finding that out ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use upheld_domain::{register::Register, year::ReportingYear};
use upheld_sources::{
    council_names::{NameMatch, Names},
    councils,
};

static REGISTER: LazyLock<Register> = LazyLock::new(|| {
    let rows = councils::read("councils.csv", include_bytes!("../../data/councils.csv")).rows;
    Register::new(rows.into_iter().map(|row| row.value.council).collect()).unwrap_or_default()
});
static NAMES: LazyLock<Names<'static>> = LazyLock::new(|| Names::new(&REGISTER, &[]));

fuzz_target!(|printed: &str| {
    let Some(year) = ReportingYear::ending(2024) else { return };
    match NAMES.find(printed, year, None) {
        NameMatch::Council { id, .. } => assert!(REGISTER.get(id).is_some_and(|council| council.existed_in(year))),
        NameMatch::Unmatched { nearest } => assert!(nearest.len() <= 3),
        _ => {}
    }
});
