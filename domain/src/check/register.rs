//! The register: codes and slugs are one council's, counties and successions hold together in time.

use super::{Finding, Known, Problem, Table};
use crate::{
    council::{Council, CouncilType, GssCode},
    year::ReportingYear,
};
use std::collections::BTreeMap;

/// How many councils of each type England has in [`ReportingYear::LAST`], the Isles of Scilly and the City of
/// London among them. Source: Office for National Statistics, local authority districts and counties of April 2025.
const COUNCILS_TODAY: [(CouncilType, usize); 5] = [
    (CouncilType::County, 21),
    (CouncilType::District, 164),
    (CouncilType::Metropolitan, 36),
    (CouncilType::Unitary, 63),
    (CouncilType::London, 33),
];

pub(super) fn check(councils: &[Council], known: &Known<'_>, findings: &mut Vec<Finding>) {
    let mut slugs: BTreeMap<&str, &Council> = BTreeMap::new();
    for (row, council) in councils.iter().enumerate() {
        let mut say = |column, problem| {
            findings.push(Finding { table: Table::Councils, row: Some(row), column, problem });
        };
        codes(council, known, &mut say);
        if let Some(other) = slugs.insert(council.slug.as_str(), council) {
            say("slug", Problem::SlugTwice { other: other.name.clone() });
        }
        if let Some(last) = council.last_year.filter(|last| *last < council.first_year) {
            say("last_year", Problem::YearsReversed { first: council.first_year, last });
        }
        county(council, known, &mut say);
        succession(council, known, &mut say);
    }
    for (kind, expected) in COUNCILS_TODAY {
        let of_type = councils.iter().filter(|council| council.council_type == kind);
        let found = of_type.filter(|council| council.existed_in(ReportingYear::LAST)).count();
        if found != expected {
            let problem = Problem::CountOfType { kind, found, expected };
            findings.push(Finding { table: Table::Councils, row: None, column: "type", problem });
        }
    }
}

fn codes(council: &Council, known: &Known<'_>, say: &mut impl FnMut(&'static str, Problem)) {
    let mut own: Vec<GssCode> = Vec::new();
    let former = council.former_codes.iter().map(|former| ("former_codes", former.code));
    for (column, code) in [("code", council.code)].into_iter().chain(former) {
        let other = known.get(code).filter(|holder| !std::ptr::eq(*holder, council));
        if let Some(other) = other {
            say(column, Problem::CodeTwice { code, other: other.name.clone() });
        } else if own.contains(&code) {
            say(column, Problem::CodeTwice { code, other: council.name.clone() });
        }
        own.push(code);
    }
}

fn county(council: &Council, known: &Known<'_>, say: &mut impl FnMut(&'static str, Problem)) {
    let mut say = |problem| say("county", problem);
    let Some(code) = council.county else {
        if council.council_type == CouncilType::District {
            say(Problem::NoCounty);
        }
        return;
    };
    if council.council_type != CouncilType::District {
        say(Problem::CountyAbove(council.council_type));
        return;
    }
    let Some(county) = known.get(code) else {
        say(Problem::UnknownCode { code });
        return;
    };
    if county.council_type != CouncilType::County {
        say(Problem::NotACounty { other: county.name.clone() });
        return;
    }
    let last = |council: &Council| council.last_year.unwrap_or(ReportingYear::LAST);
    if county.first_year > council.first_year || last(county) < last(council) {
        say(Problem::CountyOfOtherYears { county: county.name.clone() });
    }
}

fn succession(council: &Council, known: &Known<'_>, say: &mut impl FnMut(&'static str, Problem)) {
    if council.last_year.is_some() && council.successors.is_empty() {
        say("successors", Problem::NoSuccessor);
    }
    if council.first_year > ReportingYear::FIRST && council.predecessors.is_empty() {
        say("predecessors", Problem::NoPredecessor);
    }
    for code in council.predecessors.iter().copied() {
        let Some(other) = known.get(code) else {
            say("predecessors", Problem::UnknownCode { code });
            continue;
        };
        if !names(&other.successors, council) {
            say("predecessors", Problem::OneSided { other: other.name.clone(), list: "successors" });
        }
        if other.last_year.and_then(ReportingYear::next) != Some(council.first_year) {
            say("first_year", Problem::Gap { other: other.name.clone(), first: council.first_year });
        }
    }
    for code in council.successors.iter().copied() {
        let Some(other) = known.get(code) else {
            say("successors", Problem::UnknownCode { code });
            continue;
        };
        if !names(&other.predecessors, council) {
            say("successors", Problem::OneSided { other: other.name.clone(), list: "predecessors" });
        }
    }
}

fn names(codes: &[GssCode], council: &Council) -> bool {
    codes.contains(&council.code) || council.former_codes.iter().any(|former| codes.contains(&former.code))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{council, said, year};
    use crate::{council::CouncilType, holdings::Holdings};

    fn reorganised() -> Holdings {
        let mut county = council("E10000001", "Shire", CouncilType::County);
        let mut district = council("E07000001", "Town", CouncilType::District);
        let mut unitary = council("E06000001", "New Town", CouncilType::Unitary);
        district.county = Some(county.code);
        for ended in [&mut county, &mut district] {
            ended.last_year = Some(year(2020));
            ended.successors = vec![unitary.code];
        }
        unitary.first_year = year(2021);
        unitary.predecessors = vec![district.code, county.code];
        Holdings { councils: vec![county, district, unitary], ..Holdings::default() }
    }

    fn with(change: impl Fn(&mut Holdings)) -> Vec<String> {
        let mut holdings = reorganised();
        change(&mut holdings);
        said(&holdings)
    }

    #[test]
    fn a_reorganisation_that_holds_together_is_not_found_fault_with() {
        assert!(with(|_| ()).is_empty());
    }

    #[test]
    fn codes_and_slugs_belong_to_one_council() {
        let codes = with(|it| {
            it.councils[2].former_codes = serde_json::from_str(r#"[{"code":"E10000001","until":2010}]"#).unwrap();
        });
        assert_eq!(codes, ["error 2 former_codes: E10000001 also belongs to Shire"]);
        let slugs = with(|it| it.councils[1].slug = it.councils[0].slug.clone());
        assert_eq!(slugs, ["error 1 slug: the slug also belongs to Shire"]);
    }

    #[test]
    fn a_link_in_the_succession_holds_both_ways_and_its_years_join() {
        assert_eq!(
            with(|it| it.councils[2].predecessors.truncate(1)),
            ["error 0 successors: New Town does not name this council among its predecessors"]
        );
        assert_eq!(
            with(|it| it.councils[0].successors.clear()),
            [
                "error 0 successors: a council that has ended, and none that took over",
                "error 2 predecessors: Shire does not name this council among its successors"
            ]
        );
        assert_eq!(
            with(|it| it.councils[2].first_year = year(2022)),
            [
                "error 2 first_year: this council begins with 2021-22, and Town does not end with the year before",
                "error 2 first_year: this council begins with 2021-22, and Shire does not end with the year before"
            ]
        );
    }

    #[test]
    fn a_district_has_a_county_in_all_its_years_and_no_other_council_has_one() {
        assert_eq!(
            with(|it| it.councils[1].county = None),
            ["error 1 county: a district council needs the county council above it"]
        );
        assert_eq!(
            with(|it| it.councils[1].county = Some(it.councils[2].code)),
            ["error 1 county: New Town is no county council"]
        );
        assert_eq!(
            with(|it| it.councils[2].county = Some(it.councils[0].code)),
            ["error 2 county: a unitary council has no county council above it"]
        );
        let years = with(|it| it.councils[0].last_year = Some(year(2019)));
        assert!(years.contains(&"error 1 county: Shire did not exist in all the years of the district".to_owned()));
    }

    #[test]
    fn a_council_does_not_end_before_it_begins() {
        let reversed = with(|it| it.councils[2].last_year = Some(year(2019)));
        assert!(reversed.iter().any(|said| said.starts_with("error 2 last_year: the last year, 2018-19, lies before")));
    }

    #[test]
    fn the_number_of_councils_of_each_type_is_englands() {
        let findings = reorganised().check();
        assert!(
            findings.iter().any(|it| it.problem.to_string() == "1 unitary councils in 2025-26, where England has 63")
        );
    }
}
