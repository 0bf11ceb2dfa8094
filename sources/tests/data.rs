//! The readers on the real files of `data/`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

use upheld_domain::{holdings::Holdings, measure::Measure, similar::published, year::ReportingYear};
use upheld_sources::{
    averages, councils, edition_note, error::TableError, figures, national, public_reports, table::Row,
};

fn values<T>(rows: Result<Vec<Row<T>>, Vec<TableError>>) -> Vec<T> {
    rows.unwrap_or_else(|errors| panic!("{errors:#?}")).into_iter().map(|row| row.value).collect()
}

fn holdings() -> Holdings {
    let councils = councils::read("councils.csv", include_bytes!("../../data/councils.csv")).complete();
    Holdings {
        edition: edition_note::read("edition.csv", include_bytes!("../../data/edition.csv")).unwrap(),
        councils: values(councils).into_iter().map(|row| row.council).collect(),
        figures: values(figures::read("figures.csv", include_bytes!("../../data/figures.csv")).complete()),
        averages: values(averages::read("averages.csv", include_bytes!("../../data/averages.csv")).complete()),
        national: values(national::read("national.csv", include_bytes!("../../data/national.csv")).complete()),
        reports: values(
            public_reports::read("public_reports.csv", include_bytes!("../../data/public_reports.csv")).complete(),
        ),
        letters: Vec::new(),
        neighbours: Vec::new(),
        places: Vec::new(),
    }
}

#[test]
fn every_row_is_read() {
    let it = holdings();
    let rows = (it.councils.len(), it.figures.len(), it.averages.len(), it.national.len(), it.reports.len());
    assert_eq!(rows, (365, 396, 22, 10, 29));
}

#[test]
fn luton_2019_20_is_what_its_letter_prints() {
    let edition = holdings().edition().unwrap();
    let id = edition.register().by_slug("luton-borough-council").unwrap();
    let council = edition.register().get(id).unwrap();
    let year = ReportingYear::ending(2020).unwrap();
    let says = |measure| {
        let rate = edition.read(id, year, measure).unwrap();
        let average = published(&edition, id, council, year, measure).unwrap();
        (rate.with_counts(measure), average.to_string())
    };
    assert_eq!(says(Measure::Uphold), ("13 of 24 (54%)".to_owned(), "56%".to_owned()));
    assert_eq!(says(Measure::Compliance), ("7 of 7 (100%)".to_owned(), "99%".to_owned()));
    assert_eq!(says(Measure::Remedy), ("3 of 13 (23%)".to_owned(), "11%".to_owned()));
}

#[test]
fn the_figures_are_written_as_they_stand_in_the_file() {
    let it = holdings();
    let written = figures::write(&it.figures);
    let file = include_str!("../../data/figures.csv");
    let without_slug: Vec<&str> = written.lines().map(|line| line.strip_suffix(',').unwrap_or(line)).collect();
    let header = file.lines().next().unwrap();
    assert_eq!(without_slug[0], format!("{header},slug"));
    assert_eq!(without_slug[1..], file.lines().skip(1).collect::<Vec<_>>());
}

#[test]
fn the_edition_survives_json() {
    fn through_json<T: serde::Serialize + serde::de::DeserializeOwned>(file: &T) -> T {
        serde_json::from_str(&serde_json::to_string(file).unwrap()).unwrap()
    }
    let holdings = holdings();
    let (edition, sources, names) = (holdings.edition_file(), holdings.sources_file(), holdings.names_file());
    assert_eq!(through_json(&edition), edition);
    assert_eq!(through_json(&sources), sources);
    assert_eq!(through_json(&names), names);
}
