//! Steps from council to council by direction, on the shipped boundaries: each leads its way, and all of England can be walked.

#![allow(clippy::expect_used, reason = "a test stops at the first thing that is not as it should be")]

use std::{fs, path::Path};
use upheld_domain::{
    boundary::Layer,
    compass::{self, Cells, Direction, Ground, Place},
    council::Tier,
    edition::{Edition, NamesFile},
    holdings::Holdings,
    register::CouncilId,
    view::View,
    year::ReportingYear,
};
use upheld_sources::{boundaries::read_layer, councils, edition_note, hexes::read_hexes};

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
            let what = format!("{} {year}", tier.key());
            walk(&edition, &view, Ground::Boundaries(&edition, &view), &|id| edition.place(id), &what);
            let cells = cells(&edition, tier, year);
            let place = |id| cells.places.iter().find(|(of, _)| *of == id).map(|(_, place)| *place);
            walk(&edition, &view, Ground::Cells(&cells), &place, &format!("{what}, as hexagons"));
        }
    }
}

/// Goes from `ground`'s first council in every direction as far as there is a way, and asserts that each step leads its way and that no council is left out.
fn walk(edition: &Edition, view: &View, ground: Ground<'_>, place: &dyn Fn(CouncilId) -> Option<Place>, what: &str) {
    let start = compass::first(ground).expect("a middle");
    let (mut reached, mut at) = (vec![start], 0);
    while let Some(&from) = reached.get(at) {
        at += 1;
        for direction in Direction::ALL {
            let Some(to) = compass::next(ground, from, direction) else { continue };
            let (here, there) = (place(from).expect("a place"), place(to).expect("a place"));
            let leads = match direction {
                Direction::North => there.lat > here.lat,
                Direction::South => there.lat < here.lat,
                Direction::East => there.lon > here.lon,
                Direction::West => there.lon < here.lon,
            };
            assert!(leads, "{what}: {} of {from:?} is {to:?}", direction.word());
            if !reached.contains(&to) {
                reached.push(to);
            }
        }
    }
    let all = edition.register().in_tier(view.year, view.tier);
    let missed: Vec<_> = all.filter(|(id, _)| !reached.contains(id)).map(|(_, council)| &council.name).collect();
    assert!(missed.is_empty(), "{what}: no way leads to {missed:?}");
}

/// The hex map of `tier` from `year` on.
fn hexagons(edition: &Edition, tier: Tier, year: ReportingYear) -> Layer {
    let name = format!("../geo/hex-{}-{}.geojson", tier.key(), edition.register().vintage(year).key());
    let file = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("the shipped hex map");
    read_hexes(&file).expect("sound").0
}

fn cells(edition: &Edition, tier: Tier, year: ReportingYear) -> Cells {
    let hexagons = hexagons(edition, tier, year);
    Cells::of(hexagons.shapes.iter().map(|shape| (edition.register().by_code(shape.code).expect("a council"), shape)))
}

#[test]
fn on_the_hex_map_a_step_goes_to_a_cell_that_touches_wherever_one_does() {
    for tier in Tier::ALL {
        let year = ReportingYear::ending(2024).expect("a year");
        let edition = walked(tier, year);
        let (hexagons, cells) = (hexagons(&edition, tier, year), cells(&edition, tier, year));
        let id = |code| edition.register().by_code(code).expect("a council");
        let sides: Vec<_> = hexagons.neighbours().into_iter().map(|(one, other)| (id(one), id(other))).collect();
        let touch = |one, other| sides.iter().any(|(a, b)| (*a, *b) == (one, other) || (*a, *b) == (other, one));
        let place = |id| cells.places.iter().find(|(of, _)| *of == id).map(|(_, place)| *place).expect("a place");
        for (from, here) in &cells.places {
            for direction in [Direction::East, Direction::West] {
                // In a row of hexagons the next cell lies straight ahead.
                let beside = cells.places.iter().find(|(to, there)| {
                    let ahead = there.lon - here.lon;
                    touch(*from, *to) && there.lat == here.lat && (ahead > 0) == (direction == Direction::East)
                });
                if let Some((to, _)) = beside {
                    assert_eq!(compass::next(Ground::Cells(&cells), *from, direction), Some(*to));
                }
            }
            for direction in [Direction::North, Direction::South] {
                let is_ahead = |to: CouncilId| {
                    (place(to).lat > here.lat) == (direction == Direction::North) && place(to).lat != here.lat
                };
                if sides.iter().any(|(a, b)| (a == from && is_ahead(*b)) || (b == from && is_ahead(*a))) {
                    let to = compass::next(Ground::Cells(&cells), *from, direction).expect("a cell");
                    assert!(touch(*from, to), "{} of {from:?} is {to:?}", direction.word());
                }
            }
        }
    }
}

#[test]
fn what_borders_comes_first_and_islands_are_reached() {
    let year = ReportingYear::ending(2024).expect("a year");
    let edition = walked(Tier::Upper, year);
    let view = View { year, tier: Tier::Upper, ..View::read(&edition, "", "").0 };
    let ground = Ground::Boundaries(&edition, &view);
    let start = compass::first(ground).expect("a middle");
    assert_eq!(edition.register().get(start).expect("a council").short_name, "Solihull");
    let west = compass::next(ground, start, Direction::West).expect("England goes on");
    assert_eq!(edition.register().get(west).expect("a council").short_name, "Birmingham");
    // Cornwall's only neighbour on the mainland is Devon; the Isles of Scilly lie to its west, without a border.
    let at = |name: &str| edition.register().in_tier(year, Tier::Upper).find(|(_, it)| it.short_name == name);
    let (cornwall, _) = at("Cornwall").expect("a council");
    for (direction, name) in [(Direction::East, "Devon"), (Direction::West, "Isles of Scilly")] {
        let next = compass::next(ground, cornwall, direction).expect("a council there");
        assert_eq!(edition.register().get(next).expect("a council").short_name, name);
    }
}
