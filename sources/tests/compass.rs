//! Steps from council to council by direction, on the shipped boundaries: each leads its way, and all of England can be walked.

#![allow(clippy::expect_used, reason = "a test stops at the first thing that is not as it should be")]

use std::{fs, path::Path};
use upheld_domain::{
    compass::{self, Direction},
    council::Tier,
    edition::{Edition, NamesFile},
    holdings::Holdings,
    register::CouncilId,
    view::View,
    year::ReportingYear,
};
use upheld_sources::{boundaries::read_layer, councils, edition_note};

/// The councils of the register, with the neighbours and the places that the shapes of `tier` from `year` on give them.
fn walked(tier: Tier, year: ReportingYear) -> Edition {
    let councils = councils::read("councils.csv", include_bytes!("../../data/councils.csv"));
    let councils = councils.complete().expect("the shipped register is sound");
    let holdings = Holdings {
        edition: edition_note::read("edition.csv", include_bytes!("../../data/edition.csv")).expect("sound"),
        councils: councils.into_iter().map(|row| row.value.council).collect(),
        ..Holdings::default()
    };
    let edition = holdings.edition().expect("sound");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../geo");
    let file = folder.join(format!("{}-{}.geojson", tier.key(), edition.register().vintage(year).key()));
    let layer = read_layer(&fs::read(file).expect("the shipped boundaries")).expect("sound");
    let code = |code| {
        let id = edition.register().by_code(code).expect("a council");
        edition.register().get(id).expect("a council").code
    };
    let names = NamesFile {
        date: edition.date().to_owned(),
        names: Vec::new(),
        neighbours: layer.neighbours().into_iter().map(|(one, other)| (code(one), code(other))).collect(),
        places: layer.shapes.iter().filter_map(|shape| Some((code(shape.code), shape.place()?))).collect(),
    };
    edition.with_names(names).expect("of this edition")
}

#[test]
fn every_step_leads_its_way_and_all_of_england_can_be_walked() {
    for tier in Tier::ALL {
        for year in [2014, 2020, 2021, 2022, 2024] {
            let year = ReportingYear::ending(year).expect("a year");
            let edition = walked(tier, year);
            let view = View { year, tier, ..View::read(&edition, "", "").0 };
            let all: Vec<CouncilId> = edition.register().in_tier(year, tier).map(|(id, _)| id).collect();
            let start = compass::first(&edition, &view).expect("a middle");
            let (mut reached, mut at) = (vec![start], 0);
            while let Some(&from) = reached.get(at) {
                at += 1;
                for direction in Direction::ALL {
                    let Some(to) = compass::next(&edition, &view, from, direction) else { continue };
                    let (here, there) = (edition.place(from).expect("a place"), edition.place(to).expect("a place"));
                    let leads = match direction {
                        Direction::North => there.lat > here.lat,
                        Direction::South => there.lat < here.lat,
                        Direction::East => there.lon > here.lon,
                        Direction::West => there.lon < here.lon,
                    };
                    assert!(leads, "{} of {from:?} is {to:?}", direction.word());
                    if !reached.contains(&to) {
                        reached.push(to);
                    }
                }
            }
            let missed: Vec<_> = all.iter().filter(|id| !reached.contains(id)).collect();
            let names: Vec<_> =
                missed.iter().filter_map(|id| edition.register().get(**id)).map(|it| &it.name).collect();
            assert!(names.is_empty(), "{} {year}: no way leads to {names:?}", tier.key());
        }
    }
}

#[test]
fn what_borders_comes_first_and_islands_are_reached() {
    let year = ReportingYear::ending(2024).expect("a year");
    let edition = walked(Tier::Upper, year);
    let view = View { year, tier: Tier::Upper, ..View::read(&edition, "", "").0 };
    let start = compass::first(&edition, &view).expect("a middle");
    assert_eq!(edition.register().get(start).expect("a council").short_name, "Solihull");
    let west = compass::next(&edition, &view, start, Direction::West).expect("England goes on");
    assert_eq!(edition.register().get(west).expect("a council").short_name, "Birmingham");
    // Cornwall's only neighbour on the mainland is Devon; the Isles of Scilly lie to its west, without a border.
    let at = |name: &str| edition.register().in_tier(year, Tier::Upper).find(|(_, it)| it.short_name == name);
    let (cornwall, _) = at("Cornwall").expect("a council");
    for (direction, name) in [(Direction::East, "Devon"), (Direction::West, "Isles of Scilly")] {
        let next = compass::next(&edition, &view, cornwall, direction).expect("a council there");
        assert_eq!(edition.register().get(next).expect("a council").short_name, name);
    }
}
