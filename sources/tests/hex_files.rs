//! The hex maps in `geo/`, as they are committed: how much of the ground they keep.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, which is its job")]

use std::path::PathBuf;
use upheld_domain::{
    boundary::Layer,
    cartogram::{Arrangement, Quality},
};
use upheld_sources::{boundaries::read_layer, hexes::read_hexes};

/// A vintage, and the least share of neighbours that are side by side in the lower and in the upper tier, in percent.
const KEPT: [(u16, f64, f64); 5] =
    [(2014, 75.4, 70.4), (2020, 75.3, 70.3), (2021, 74.6, 70.3), (2022, 75.9, 70.5), (2024, 76.1, 70.4)];

fn file(name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../geo").join(name)).unwrap()
}

fn hexes(tier: &str, vintage: u16) -> (Layer, Arrangement) {
    read_hexes(&file(&format!("hex-{tier}-{vintage}.geojson"))).unwrap()
}

#[test]
fn neighbours_are_kept_and_so_is_which_way_they_lie() {
    for (vintage, lower, upper) in KEPT {
        for (tier, least) in [("lower", lower), ("upper", upper)] {
            let ground = read_layer(&file(&format!("{tier}-{vintage}-detail.geojson"))).unwrap();
            let quality = Quality::of(&ground, &hexes(tier, vintage).1);
            assert!(quality.share_kept() * 100.0 >= least, "{tier} {vintage}: {quality:?}");
            assert!(quality.north_south > 0.95 && quality.west_east > 0.92, "{tier} {vintage}: {quality:?}");
            assert!(quality.mean_displacement < 1.8, "{tier} {vintage}: {quality:?}");
        }
    }
}

#[test]
fn england_is_to_be_recognised() {
    for (vintage, ..) in KEPT {
        for tier in ["lower", "upper"] {
            let (hexagons, cells) = hexes(tier, vintage);
            let place = |name: &str| {
                let shape = hexagons.shapes.iter().find(|shape| shape.name == name).unwrap();
                cells.get(&shape.code).unwrap().middle()
            };
            let what = format!("{tier} {vintage}");
            let count = f64::from(u16::try_from(cells.len()).unwrap());
            // How much of all stands farther west, or farther north, than a place.
            let share = |farther: &dyn Fn((f64, f64)) -> bool| {
                f64::from(u16::try_from(cells.values().filter(|cell| farther(cell.middle())).count()).unwrap()) / count
            };
            let (from_west, from_north) =
                (|name: &str| share(&|(x, _)| x < place(name).0), |name: &str| share(&|(_, y)| y < place(name).1));
            assert!(from_north("Northumberland") < 0.05 && from_north("Isle of Wight") > 0.85, "{what}");
            assert!(from_west("Liverpool") < 0.06 && from_west("Wirral") < 0.1, "{what}");
            assert!(from_west("Cornwall") < 0.06 && from_north("Cornwall") > 0.7, "{what}");
            assert!(from_west("Isles of Scilly") < from_west("Cornwall"), "{what}");
            let south_east = if tier == "lower" { "Dover" } else { "Kent" };
            assert!(from_north(south_east) > 0.9 && from_west(south_east) > 0.75, "{what}");
            // The Thames.
            for (north, south) in [("Westminster", "Lambeth"), ("Tower Hamlets", "Lewisham"), ("Newham", "Bexley")] {
                assert!(place(north).1 < place(south).1, "{what}: {north} and {south}");
            }
        }
    }
}
