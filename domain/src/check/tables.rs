//! The smaller tables: averages, national figures and public reports.

use super::{Finding, Known, Problem, Table, figures::more_than_all};
use crate::{
    edition::Average,
    figures::{Figures, Value},
    holdings::Holdings,
};
use std::collections::BTreeSet;

pub(super) fn check(holdings: &Holdings, known: &Known<'_>, findings: &mut Vec<Finding>) {
    averages(holdings, known, findings);
    national(holdings, findings);
    reports(holdings, known, findings);
}

fn averages(holdings: &Holdings, known: &Known<'_>, findings: &mut Vec<Finding>) {
    let mut keys = BTreeSet::new();
    for (row, average) in holdings.averages.iter().enumerate() {
        let mut say = |column, problem| {
            findings.push(Finding { table: Table::Averages, row: Some(row), column, problem });
        };
        if !keys.insert((average.council_type, average.year)) {
            let key = format!("{} in {}", average.council_type.key(), average.year);
            say("year_ending", Problem::RowTwice { key });
        }
        if COLUMNS.iter().all(|(_, of, _)| of(average).is_none()) {
            say("uphold_pct", Problem::NoFigure);
        }
        for (column, of, beside) in COLUMNS {
            let Some(found) = of(average) else { continue };
            let similar = holdings.figures.iter().filter(|entry| {
                entry.authority_type == average.council_type
                    && entry.year == average.year
                    && known.get(entry.code).is_some_and(|council| council.existed_in(entry.year))
            });
            let mut differing = similar.filter_map(|entry| Some((entry, beside(&entry.figures)?)));
            if let Some((entry, other)) = differing.find(|(_, other)| *other != found) {
                say(column, Problem::AveragesDiffer { found, other, council: entry.authority.clone() });
            }
        }
    }
}

type Of<T> = fn(&T) -> Option<Value>;

/// The averages: their column, their value, and what stands beside a council's own figures.
const COLUMNS: [(&str, Of<Average>, Of<Figures>); 4] = [
    ("uphold_pct", |it| it.uphold_rate.map(Value::Percentage), |it| it.uphold_rate_similar.map(Value::Percentage)),
    (
        "compliance_pct",
        |it| it.compliance_rate.map(Value::Percentage),
        |it| it.compliance_rate_similar.map(Value::Percentage),
    ),
    ("remedy_pct", |it| it.remedy_rate.map(Value::Percentage), |it| it.remedy_rate_similar.map(Value::Percentage)),
    (
        "upheld_per_100k",
        |it| it.upheld_per_100k.map(Value::PerHundredThousand),
        |it| it.upheld_per_100k_similar.map(Value::PerHundredThousand),
    ),
];

fn national(holdings: &Holdings, findings: &mut Vec<Finding>) {
    let mut years = BTreeSet::new();
    for (row, national) in holdings.national.iter().enumerate() {
        let mut say = |column, problem| {
            findings.push(Finding { table: Table::National, row: Some(row), column, problem });
        };
        if !years.insert(national.year) {
            say("year_ending", Problem::RowTwice { key: national.year.to_string() });
        }
        if let Some(problem) =
            more_than_all(national.upheld, "upheld", national.investigations, "detailed investigations")
        {
            say("upheld", problem);
        }
    }
}

fn reports(holdings: &Holdings, known: &Known<'_>, findings: &mut Vec<Finding>) {
    let mut keys = BTreeSet::new();
    for (row, report) in holdings.reports.iter().enumerate() {
        let mut say = |column, problem| {
            findings.push(Finding { table: Table::PublicReports, row: Some(row), column, problem });
        };
        if known.get(report.council).is_none() {
            say("gss_code", Problem::UnknownCode { code: report.council });
        }
        if !keys.insert((report.council, report.title.as_str())) {
            say("title", Problem::RowTwice { key: format!("this report about {}", report.council) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{council, entry, said, year};
    use crate::{
        council::CouncilType,
        edition::{Average, NationalYear, PublicReport},
        holdings::Holdings,
    };

    fn average(uphold_rate: Option<&str>) -> Average {
        let uphold_rate = uphold_rate.map(|rate| rate.parse().unwrap());
        let (compliance_rate, remedy_rate, upheld_per_100k) = (None, None, None);
        let (council_type, year) = (CouncilType::Unitary, year(2020));
        Average { council_type, year, uphold_rate, compliance_rate, remedy_rate, upheld_per_100k }
    }

    #[test]
    fn an_average_is_there_once_and_differs_from_none_that_is_printed_beside_a_figure() {
        let it = Holdings {
            councils: vec![council("E06000032", "Luton", CouncilType::Unitary)],
            figures: vec![entry("E06000032", 2020, r#"{"uphold_rate":54,"uphold_rate_similar":56}"#)],
            averages: vec![average(Some("57")), average(None)],
            ..Holdings::default()
        };
        assert_eq!(
            said(&it),
            [
                "note 0 uphold_pct: 57%, where figures.csv has 56% beside the figures of A council",
                "error 1 year_ending: unitary in 2019-20 stands in an earlier row too",
                "error 1 uphold_pct: the row holds no figure"
            ]
        );
    }

    #[test]
    fn national_years_and_reports_are_there_once() {
        let national = NationalYear {
            year: year(2019),
            uphold_rate: None,
            compliance_rate: None,
            investigations: Some(2),
            upheld: Some(3),
            complaints: None,
            source: "a".to_owned(),
            note: String::new(),
        };
        let council = "E06000032".parse().unwrap();
        let report = PublicReport { council, title: "A title".to_owned(), source: "a".to_owned() };
        let it = Holdings {
            national: vec![national.clone(), NationalYear { upheld: None, ..national }],
            reports: vec![report.clone(), report],
            ..Holdings::default()
        };
        assert_eq!(
            said(&it),
            [
                "error 0 upheld: 3 upheld, of 2 detailed investigations",
                "error 1 year_ending: 2018-19 stands in an earlier row too",
                "error 0 gss_code: E06000032 is not in the register",
                "error 1 gss_code: E06000032 is not in the register",
                "error 1 title: this report about E06000032 stands in an earlier row too"
            ]
        );
    }
}
