//! Names of councils, over the register of `data/`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

use proptest::prelude::*;
use std::{collections::BTreeSet, sync::LazyLock};
use upheld_domain::{
    council::{Council, CouncilType, GssCode},
    register::{CouncilId, Register},
    search::words,
    year::ReportingYear,
};
use upheld_sources::{
    council_names::{BodyKind, Decision, How, NameMatch, Names, read_decisions},
    councils, figures,
};

struct England {
    register: Register,
    statistics: Vec<(GssCode, String)>,
    decisions: Vec<Decision>,
}

static ENGLAND: LazyLock<England> = LazyLock::new(|| {
    let rows = councils::read("councils.csv", include_bytes!("../../data/councils.csv")).complete().unwrap();
    let statistics = rows.iter().map(|row| (row.value.council.code, row.value.ons_name.clone())).collect();
    let register = Register::new(rows.into_iter().map(|row| row.value.council).collect()).unwrap();
    let decisions = read_decisions("name_decisions.csv", include_bytes!("../../data/name_decisions.csv"));
    let decisions = decisions.complete().unwrap().into_iter().map(|row| row.value).collect();
    England { register, statistics, decisions }
});

static NAMES: LazyLock<Names<'static>> = LazyLock::new(|| {
    let statistics = ENGLAND.statistics.iter().map(|(code, name)| (*code, name.as_str()));
    Names::new(&ENGLAND.register, &ENGLAND.decisions).with_statistics(statistics)
});

fn year(key: u16) -> ReportingYear {
    ReportingYear::ending(key).unwrap()
}

fn find(name: &str, key: u16) -> NameMatch {
    NAMES.find(name, year(key), None)
}

fn council(id: CouncilId) -> &'static Council {
    ENGLAND.register.get(id).unwrap()
}

/// The official name of the council that `name` means, or what else is said.
fn said(name: &str, key: u16) -> String {
    let names = |ids: &[CouncilId]| ids.iter().map(|id| council(*id).name.as_str()).collect::<Vec<_>>().join(" | ");
    match find(name, key) {
        NameMatch::Council { id, .. } => council(id).name.clone(),
        NameMatch::Ambiguous(ids) => format!("ambiguous: {}", names(&ids)),
        NameMatch::NotThen(ids) => format!("not then: {}", names(&ids)),
        NameMatch::NotACouncil(kind) => format!("no council: {kind:?}"),
        NameMatch::Unmatched { nearest } => format!("unmatched: {}", names(&nearest)),
    }
}

#[test]
fn a_name_is_matched_in_any_of_its_forms() {
    for (printed, expected) in [
        ("Luton BC", "Luton Borough Council"),
        ("LUTON  B.C.", "Luton Borough Council"),
        ("Newham LB", "London Borough of Newham"),
        ("L B Newham", "London Borough of Newham"),
        ("LB of Newham", "London Borough of Newham"),
        ("Newham, London Borough of", "London Borough of Newham"),
        ("London Borough of Hammersmith and Fulham", "London Borough of Hammersmith & Fulham"),
        ("York City Council", "City of York Council"),
        ("York, City of", "City of York Council"),
        ("Bristol, City of", "Bristol City Council"),
        ("City of Bristol Council", "Bristol City Council"),
        ("Hull", "Hull City Council"),
        ("Kingston-upon-Hull City Council", "Hull City Council"),
        ("Herefordshire, County of", "Herefordshire Council"),
        ("Devon CC", "Devon County Council"),
        ("Derby CC", "Derby City Council"),
        ("Durham County Council", "Durham County Council"),
        ("County Durham", "Durham County Council"),
        ("RB Kensington & Chelsea", "Royal Borough of Kensington and Chelsea"),
        ("The Royal Borough of Kingston-upon-Thames", "Royal Borough of Kingston upon Thames"),
        ("Kings Lynn and West Norfolk BC", "Borough Council of King's Lynn and West Norfolk"),
        ("Saint Helens MBC", "St Helens Council"),
        ("St. Helens", "St Helens Council"),
        ("Bolton MBC", "Bolton Metropolitan Borough Council"),
        ("Doncaster MBC", "City of Doncaster Council"),
        ("Corporation of London", "City of London"),
        ("City of London", "City of London"),
        ("City of Westminster", "Westminster City Council"),
        ("Isles of Scilly", "Council of the Isles of Scilly"),
        ("Wrekin & Telford Council", "Telford & Wrekin Council"),
        ("Shepway District Council", "Folkestone and Hythe District Council"),
        ("Shepway DC", "Folkestone and Hythe District Council"),
        ("Bath & North East Somerset", "Bath and North East Somerset Council"),
        ("Southend on Sea BC", "Southend-on-Sea City Council"),
    ] {
        assert_eq!(said(printed, 2024), expected, "{printed}");
    }
}

#[test]
fn the_year_decides_which_council_it_was() {
    for (printed, key, expected) in [
        ("Dorset", 2019, "Dorset County Council"),
        ("Dorset", 2020, "Dorset Council"),
        ("Dorset County Council", 2020, "not then: Dorset County Council"),
        ("Dorset CC", 2019, "Dorset County Council"),
        ("Somerset Council", 2024, "Somerset Council"),
        ("Somerset CC", 2023, "Somerset County Council"),
        ("Buckinghamshire", 2020, "Buckinghamshire County Council"),
        ("Buckinghamshire", 2021, "Buckinghamshire Council"),
        ("Cumbria", 2023, "Cumbria County Council"),
        ("Cumbria", 2024, "not then: Cumbria County Council"),
        ("Northamptonshire CC", 2021, "Northamptonshire County Council"),
        ("Northampton BC", 2021, "Northampton Borough Council"),
        // Towns by which a later council is looked for, and names of councils that were.
        ("Northampton", 2023, "not then: Northampton Borough Council"),
        ("Carlisle City Council", 2024, "not then: Carlisle City Council"),
        ("Westmorland & Furness", 2023, "not then: Westmorland and Furness Council"),
        ("North Yorkshire", 2024, "North Yorkshire Council"),
        ("Poole Borough Council", 2020, "not then: Borough of Poole"),
    ] {
        assert_eq!(said(printed, key), expected, "{printed} {key}");
    }
}

#[test]
fn what_is_nearly_a_name_is_only_named() {
    assert_eq!(said("Lutn Borough Council", 2024).split(" | ").next(), Some("unmatched: Luton Borough Council"));
    assert_eq!(said("Luton City Council", 2024).split(" | ").next(), Some("unmatched: Luton Borough Council"));
    assert!(said("Leicester County Council", 2024).contains("Leicester City Council"));
    assert_eq!(said("Zzzzzzzz", 2024), "unmatched: ");
    for name in ["", " ", "Council", "London Borough", "London", "of", "*", "\u{0}"] {
        assert!(matches!(find(name, 2024), NameMatch::Unmatched { .. }), "{name:?} {}", said(name, 2024));
    }
}

#[test]
fn other_bodies_are_told_by_their_words() {
    for (name, kind) in [
        ("Peak District National Park Authority", BodyKind::NationalPark),
        ("Broads Authority", BodyKind::NationalPark),
        ("Greater Manchester Combined Authority", BodyKind::CombinedAuthority),
        ("Greater London Authority", BodyKind::GreaterLondonAuthority),
        ("Cheshire Fire and Rescue Service", BodyKind::Fire),
        ("Kent Police and Crime Panel", BodyKind::Police),
        ("St Mary's C of E Primary School, Slough", BodyKind::School),
        ("Harris Academy", BodyKind::School),
        ("Transport for London", BodyKind::Transport),
        ("Bedford Group of Internal Drainage Boards", BodyKind::DrainageBoard),
        ("Luton Community Housing", BodyKind::Housing),
        ("Kendal Town Council", BodyKind::Parish),
        ("Newham Care Ltd", BodyKind::Company),
        ("West London Waste Authority", BodyKind::Waste),
    ] {
        assert_eq!(find(name, 2024), NameMatch::NotACouncil(kind), "{name}");
    }
    for council in ENGLAND.register.councils() {
        for name in council.aliases.iter().chain([&council.name, &council.short_name]) {
            assert_eq!(BodyKind::of(name), None, "{name}");
        }
    }
}

#[test]
fn the_type_that_a_table_prints_beside_it_is_heard() {
    let hinted = |hint| NAMES.find("Dorset", year(2019), Some(hint));
    assert!(matches!(hinted(CouncilType::County), NameMatch::Council { .. }));
    assert!(!matches!(hinted(CouncilType::London), NameMatch::Council { .. }));
}

#[test]
fn a_decision_comes_first() {
    let NameMatch::Council { id, how: How::Decision(_) } = find("Cumbria County Council", 2024) else { panic!() };
    assert_eq!(council(id).code.as_str(), "E10000006");
    let decided = |name: &str, year: Option<u16>, code: Option<&str>| Decision {
        name: name.to_owned(),
        year: year.map(self::year),
        code: code.map(|code| code.parse().unwrap()),
        note: "Why.".to_owned(),
    };
    let decisions = [decided("Luton", None, None), decided("LUTON", Some(2020), Some("E06000032"))];
    let names = Names::new(&ENGLAND.register, &decisions);
    assert_eq!(names.find("luton", year(2019), None), NameMatch::NotACouncil(BodyKind::Decided));
    assert!(matches!(names.find("Luton", year(2020), None), NameMatch::Council { how: How::Decision(_), .. }));
}

#[test]
fn every_decision_is_of_a_figure_that_the_edition_holds_after_the_end_of_its_council() {
    let shipped = figures::read("figures.csv", include_bytes!("../../data/figures.csv")).complete().unwrap();
    let late = shipped.iter().map(|row| &row.value).filter_map(|entry| {
        let id = ENGLAND.register.by_code(entry.code)?;
        (!council(id).existed_in(entry.year)).then_some((entry.code, Some(entry.year)))
    });
    let decided: BTreeSet<_> = ENGLAND.decisions.iter().map(|it| (it.code.unwrap(), it.year)).collect();
    assert_eq!(decided, late.collect());
}

#[test]
fn every_name_in_the_edition_is_matched_to_its_code() {
    let shipped = figures::read("figures.csv", include_bytes!("../../data/figures.csv")).complete().unwrap();
    for row in shipped {
        let entry = row.value;
        let id = ENGLAND.register.by_code(entry.code).unwrap();
        let found = NAMES.find(&entry.authority, entry.year, None);
        assert!(
            matches!(found, NameMatch::Council { id: found, .. } if found == id),
            "{} {}",
            entry.authority,
            entry.year
        );
    }
}

/// The forms that follow by rule from the names of a council.
fn forms(council: &Council) -> Vec<String> {
    let place = &council.short_name;
    let mut forms = vec![format!("{place} Council"), format!("The {place} Council"), place.replace(" and ", " & ")];
    let kinds: &[&str] = match council.council_type {
        CouncilType::County => &["{} CC", "{} County Council", "County of {}", "{} County"],
        CouncilType::District => &["{} DC", "{} District Council", "{} District", "{} BC"],
        CouncilType::Metropolitan => &["{} MBC", "{} MB", "{} Metropolitan Borough Council", "{} BC"],
        CouncilType::Unitary => &["{} BC", "{} Borough Council", "{} UA"],
        CouncilType::London => &["{} LB", "LB {}", "L B of {}", "London Borough of {}", "{} London Borough Council"],
    };
    // The City's place is itself a word for a kind.
    if council.code.as_str() == "E09000001" {
        forms.clear();
    } else {
        forms.extend(kinds.iter().map(|form| form.replace("{}", place)));
    }
    if council.name.contains("City") {
        forms.extend(["{} City Council", "City of {}", "{}, City of"].iter().map(|form| form.replace("{}", place)));
    }
    let upper = council.name.to_uppercase();
    let pointed = council.name.replace(' ', ". ").replace('-', " ");
    forms.extend([upper, pointed, council.name.replace(" and ", " & "), format!("  {}\u{a0}", council.name)]);
    forms.extend([council.name.replace('\'', "’"), council.name.replace('\'', "")]);
    forms
}

#[test]
fn every_council_is_matched_by_each_form_of_its_names_in_each_year_that_it_existed_and_no_other_is() {
    let mut matched = 0;
    for (id, council) in ENGLAND.register.iter() {
        let (_, statistics) = ENGLAND.statistics.iter().find(|(code, _)| *code == council.code).unwrap();
        let exact = [council.name.clone(), council.short_name.clone(), statistics.clone()];
        let all: Vec<String> = exact.iter().cloned().chain(forms(council)).collect();
        for year in ReportingYear::all().filter(|year| council.existed_in(*year)) {
            for name in &all {
                match NAMES.find(name, year, None) {
                    NameMatch::Council { id: found, .. } => {
                        assert_eq!(found, id, "{name} {year}");
                        matched += 1;
                    }
                    NameMatch::Ambiguous(ids) => assert!(ids.contains(&id), "{name} {year}"),
                    other => panic!("{name} {year}: {other:?}"),
                }
            }
        }
    }
    assert!(matched > 50_000, "{matched}");
}

#[test]
fn another_name_of_a_council_is_never_taken_for_another_council_without_doubt() {
    for (id, council) in ENGLAND.register.iter() {
        for year in ReportingYear::all().filter(|year| council.existed_in(*year)) {
            for alias in &council.aliases {
                if let NameMatch::Council { id: found, how } = NAMES.find(alias, year, None) {
                    // A town within one council that gives another its name: "Richmond", "Wellington".
                    let own = matches!(how, How::Official | How::Short | How::Statistics | How::Form);
                    assert!(found == id || own, "{alias} {year}: {}", self::council(found).name);
                }
            }
        }
    }
}

/// Every name that the register holds, as it is compared.
static KNOWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let names = |council: &Council| {
        let own = [council.name.clone(), council.short_name.clone()];
        own.into_iter().chain(council.aliases.clone()).chain(forms(council)).collect::<Vec<_>>()
    };
    let all = ENGLAND.register.councils().iter().flat_map(names);
    all.chain(ENGLAND.statistics.iter().map(|(_, name)| name.clone())).map(|name| compared(&name)).collect()
});

fn compared(name: &str) -> String {
    let mut words: Vec<String> = words(name).into_iter().map(|(word, _)| word).filter(|word| word != "and").collect();
    words.sort_unstable();
    words.join(" ")
}

/// The words of `name` but those for a kind of council.
fn place(name: &str) -> String {
    const KINDS: [&str; 11] =
        ["council", "county", "district", "borough", "city", "metropolitan", "london", "royal", "of", "the", "and"];
    let compared = compared(name);
    compared.split(' ').filter(|word| !KINDS.contains(word)).collect::<Vec<_>>().join(" ")
}

/// Whether `typed`, a misspelling of a name of `council`, is a name all the same, or that of another place: Boston and Bolton.
fn is_name(typed: &str, council: &Council) -> bool {
    let others = ENGLAND.register.councils().iter().filter(|other| other.code != council.code);
    KNOWN.contains(&compared(typed)) || others.into_iter().any(|other| place(&other.short_name) == place(typed))
}

/// `name` with one letter left out (0), written twice (1), changed (2) or swapped with the one before (3).
fn misspelled(name: &str, slip: usize, at: usize, letter: char) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = at % letters.len();
    match slip {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letter),
        2 => letters[at] = letter,
        _ => letters.swap(at, at.saturating_sub(1)),
    }
    letters.into_iter().collect()
}

#[test]
fn no_name_with_a_letter_left_out_is_taken() {
    // Every third letter, another third for each next council.
    for (number, (id, council)) in ENGLAND.register.iter().enumerate() {
        let year = council.first_year;
        for name in [&council.name, &council.short_name] {
            for at in (0..name.len()).filter(|at| at % 3 == number % 3 && name.as_bytes()[*at].is_ascii_alphabetic()) {
                let typed = misspelled(name, 0, at, 'x');
                let NameMatch::Council { id: found, how } = NAMES.find(&typed, year, None) else { continue };
                assert!(KNOWN.contains(&compared(&typed)), "{typed} → {} {how:?} ({id:?})", self::council(found).name);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_misspelling_that_is_not_itself_a_name_is_taken(
        of in 0_usize..365, short: bool, slip in 0_usize..4, at in 0_usize..80, letter in prop::char::range('a', 'z'),
    ) {
        let (id, council) = ENGLAND.register.iter().nth(of % ENGLAND.register.councils().len()).unwrap();
        let typed = misspelled(if short { &council.short_name } else { &council.name }, slip, at, letter);
        if !is_name(&typed, council) {
            let found = NAMES.find(&typed, council.first_year, None);
            let taken = matches!(found, NameMatch::Council { .. } | NameMatch::Ambiguous(_) | NameMatch::NotThen(_));
            prop_assert!(!taken, "{typed}: {found:?}");
            if let NameMatch::Unmatched { nearest } = &found {
                prop_assert!(nearest.len() <= 3);
                prop_assert!(short || nearest.contains(&id), "{typed}: {nearest:?}");
            }
        }
    }

    #[test]
    fn whatever_is_printed_is_answered(name in "\\PC{0,300}", key in 2014_u16..=2026) {
        let _ = find(&name, key);
    }
}
