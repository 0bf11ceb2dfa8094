//! Figures: rows that speak of a council of that year, once a source, with counts that can be.

use super::{Finding, Known, Problem, Table};
use crate::{
    evidence::{Evidence, Reconciled},
    figures::{Count, Field, Figures},
    holdings::Entry,
    measure::{Measure, read},
    register::{CouncilId, Register},
    year::ReportingYear,
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(entries: &[Entry], known: &Known<'_>, findings: &mut Vec<Finding>) {
    let mut keys = BTreeSet::new();
    for (row, entry) in entries.iter().enumerate() {
        let mut say = |column, problem| {
            findings.push(Finding { table: Table::Figures, row: Some(row), column, problem });
        };
        identity(entry, known, &mut say);
        // One council, whichever of its codes the row has.
        let council = known.get(entry.code).map_or(entry.code, |council| council.code);
        if !keys.insert((council, entry.year, entry.source.as_str())) {
            let key = format!("{} in {} from this source", entry.code, entry.year);
            say("source", Problem::RowTwice { key });
        }
        counts(&entry.figures, &mut say);
    }
}

fn identity(entry: &Entry, known: &Known<'_>, say: &mut impl FnMut(&'static str, Problem)) {
    let Some(council) = known.get(entry.code) else {
        say("gss_code", Problem::UnknownCode { code: entry.code });
        return;
    };
    let (name, year) = (council.name.clone(), entry.year);
    if year < council.first_year {
        say("year_ending", Problem::BeforeItsTime { council: name.clone(), year, first: council.first_year });
    } else if let Some(last) = council.last_year.filter(|last| *last < year) {
        say("year_ending", Problem::AfterItsEnd { council: name.clone(), last });
    } else if let Some(right) = council.code_in(year).filter(|right| *right != entry.code) {
        say("gss_code", Problem::OtherCode { code: entry.code, council: name.clone(), year, right });
    }
    if entry.authority_type != council.council_type {
        let (found, right) = (entry.authority_type, council.council_type);
        say("authority_type", Problem::OtherType { council: name.clone(), found, right });
    }
    if entry.slug.as_ref().is_some_and(|slug| *slug != council.slug) {
        say("slug", Problem::OtherSlug { council: name, right: council.slug.to_string() });
    }
}

pub(super) fn counts(figures: &Figures, say: &mut impl FnMut(&'static str, Problem)) {
    if *figures == Figures::default() {
        say(Field::Investigations.column(), Problem::NoFigure);
    }
    if let Some(problem) = more_than_all(figures.upheld, "upheld", figures.investigations, "detailed investigations") {
        say(Field::Upheld.column(), problem);
    }
    if let Some(problem) =
        more_than_all(figures.satisfactory_remedies, "satisfactory remedies", figures.upheld, "upheld")
    {
        say(Field::SatisfactoryRemedies.column(), problem);
    }
    for (measure, field) in [(Measure::Uphold, Field::UpholdRate), (Measure::Remedy, Field::RemedyRate)] {
        let Ok(rate) = read(measure, Some(figures)) else { continue };
        if let (true, Some(printed), Some(count), Some(total)) =
            (rate.differs_from_counts(), rate.printed, rate.count, rate.total)
        {
            let counted = (100.0 * f64::from(count) / f64::from(total)).round();
            say(field.column(), Problem::RateOffCounts { printed, count, total, counted });
        }
    }
}

/// The problem of a `count` that is more than its `total`, where both are known.
pub(super) fn more_than_all(
    count: Option<Count>,
    what: &'static str,
    total: Option<Count>,
    of: &'static str,
) -> Option<Problem> {
    let (count, total) = (count?, total?);
    (count > total).then_some(Problem::MoreThanAll { count, what, total, of })
}

/// Notes where two sources print different values for one figure, at the row that is not shown.
pub(super) fn compare_sources(entries: &[Entry], register: &Register, findings: &mut Vec<Finding>) {
    let mut groups: BTreeMap<(CouncilId, ReportingYear), Vec<(usize, Evidence)>> = BTreeMap::new();
    for (row, entry) in entries.iter().enumerate() {
        let Some(council) = register.by_code(entry.code) else { continue };
        let (year, kind, source) = (entry.year, entry.kind, entry.source.clone());
        let evidence = Evidence { council, year, kind, source, file: None, figures: entry.figures.clone() };
        groups.entry((council, year)).or_default().push((row, evidence));
    }
    for ((council, year), mut group) in groups {
        // In the order in which an edition holds them, so that the same source is shown.
        group.sort_by(|(_, a), (_, b)| (a.kind, &a.source).cmp(&(b.kind, &b.source)));
        let evidence: Vec<&Evidence> = group.iter().map(|(_, evidence)| evidence).collect();
        let name = register.get(council).map(|council| council.name.clone()).unwrap_or_default();
        for conflict in Reconciled::of(&evidence).conflicts {
            let field = conflict.field;
            let value = |place: usize| {
                let (row, evidence) = group.get(place)?;
                Some((*row, evidence.kind.key(), evidence.figures.get(field)?))
            };
            let (Some((_, shown_by, shown)), Some((row, other_by, other))) =
                (value(conflict.shown), value(conflict.other))
            else {
                continue;
            };
            let problem =
                Problem::SourcesDiffer { council: name.clone(), year, field, shown, shown_by, other, other_by };
            findings.push(Finding { table: Table::Figures, row: Some(row), column: field.column(), problem });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{council, entry, said, year};
    use crate::{
        council::CouncilType,
        evidence::SourceKind,
        holdings::{Entry, Holdings},
    };

    fn holdings(figures: Vec<Entry>) -> Holdings {
        let mut luton = council("E06000032", "Luton", CouncilType::Unitary);
        luton.former_codes = serde_json::from_str(r#"[{"code":"E06000099","until":2018}]"#).unwrap();
        Holdings { councils: vec![luton], figures, ..Holdings::default() }
    }

    fn one(code: &str, ending: u16, figures: &str) -> Vec<String> {
        said(&holdings(vec![entry(code, ending, figures)]))
    }

    #[test]
    fn a_code_is_the_one_of_that_year() {
        assert!(one("E06000099", 2018, r#"{"upheld":1}"#).is_empty());
        assert!(one("E06000032", 2019, r#"{"upheld":1}"#).is_empty());
        assert_eq!(
            one("E06000032", 2018, r#"{"upheld":1}"#),
            ["error 0 gss_code: E06000032 was not the code of Luton in 2017-18, which was E06000099"]
        );
        assert_eq!(one("E06000098", 2018, r#"{"upheld":1}"#), ["error 0 gss_code: E06000098 is not in the register"]);
    }

    #[test]
    fn a_year_after_the_end_is_a_note_and_one_before_the_beginning_an_error() {
        let mut it =
            holdings(vec![entry("E06000032", 2021, r#"{"upheld":1}"#), entry("E06000032", 2018, r#"{"upheld":1}"#)]);
        it.councils[0].former_codes.clear();
        it.councils[0].first_year = year(2019);
        it.councils[0].last_year = Some(year(2020));
        let said: Vec<String> = said(&it).into_iter().filter(|said| said.contains("year_ending")).collect();
        assert_eq!(
            said,
            [
                "note 0 year_ending: Luton came to an end with 2019-20: a complaint about it was decided later",
                "error 1 year_ending: Luton did not exist yet in 2017-18: its first year is 2018-19"
            ]
        );
    }

    #[test]
    fn there_is_no_more_upheld_than_investigated_and_no_more_remedied_than_upheld() {
        assert_eq!(
            one("E06000032", 2020, r#"{"upheld":5,"investigations":4,"satisfactory_remedies":6}"#),
            [
                "error 0 upheld: 5 upheld, of 4 detailed investigations",
                "error 0 satisfactory_remedies: 6 satisfactory remedies, of 5 upheld"
            ]
        );
        assert_eq!(one("E06000032", 2020, "{}"), ["error 0 investigations: the row holds no figure"]);
    }

    #[test]
    fn a_printed_rate_that_is_not_its_counts_is_a_note() {
        assert_eq!(
            one("E06000032", 2020, r#"{"upheld":9,"investigations":10,"uphold_rate":91}"#),
            ["note 0 uphold_pct: printed 91%, 9 of 10 is 90%"]
        );
        // Half a point is rounding, whichever way it was done.
        for printed in [62, 63] {
            let figures = format!(r#"{{"upheld":5,"investigations":8,"uphold_rate":{printed}}}"#);
            assert!(one("E06000032", 2020, &figures).is_empty());
        }
        // Remedies are a share of the upheld decisions, not of the investigations.
        assert!(
            one("E06000032", 2020, r#"{"upheld":13,"investigations":24,"satisfactory_remedies":3,"remedy_rate":23}"#)
                .is_empty()
        );
    }

    #[test]
    fn a_source_speaks_once_of_a_council_and_year_and_sources_that_differ_are_noted() {
        let row = entry("E06000032", 2020, r#"{"upheld":1}"#);
        assert_eq!(
            said(&holdings(vec![row.clone(), row.clone()])),
            ["error 1 source: E06000032 in 2019-20 from this source stands in an earlier row too"]
        );
        let better = Entry {
            kind: SourceKind::Ombudsman,
            source: "its page".to_owned(),
            ..entry("E06000032", 2020, r#"{"upheld":2}"#)
        };
        assert_eq!(
            said(&holdings(vec![row, better])),
            ["note 0 upheld: complaints upheld of Luton in 2019-20: 2 (ombudsman) is shown, 1 (press) is not"]
        );
    }

    #[test]
    fn type_and_slug_are_the_registers() {
        let row = Entry {
            authority_type: CouncilType::London,
            slug: Some("lutton".parse().unwrap()),
            ..entry("E06000032", 2020, r#"{"upheld":1}"#)
        };
        assert_eq!(
            said(&holdings(vec![row])),
            [
                "error 0 authority_type: london is not the register’s type of Luton, which is unitary",
                "error 0 slug: the slug of Luton is luton"
            ]
        );
    }
}
