//! The boundaries in `geo/`, as they are committed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, which is its job")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use upheld_domain::boundary::{Layer, Position, Shape};
use upheld_sources::boundaries::read_layer;
use upheld_sources::postcodes::read_sample;

const COUNCILS: [(u16, usize, usize); 5] =
    [(2014, 326, 152), (2020, 317, 151), (2021, 314, 151), (2022, 309, 152), (2024, 296, 153)];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn layers() -> Vec<(String, usize, Layer)> {
    let mut layers = Vec::new();
    for (vintage, lower, upper) in COUNCILS {
        for (tier, councils) in [("lower", lower), ("upper", upper)] {
            for suffix in ["", "-detail"] {
                let name = format!("{tier}-{vintage}{suffix}.geojson");
                let bytes = std::fs::read(root().join("geo").join(&name)).unwrap();
                layers.push((name, councils, read_layer(&bytes).unwrap()));
            }
        }
    }
    layers
}

fn shape<'a>(layer: &'a Layer, code: &str) -> Option<&'a Shape> {
    layer.shape(code.parse().unwrap())
}

#[test]
fn every_vintage_has_its_councils_and_not_one_fault() {
    for (name, councils, layer) in layers() {
        assert_eq!(layer.shapes.len(), councils, "{name}");
        assert_eq!(layer.faults(), [], "{name}");
    }
}

#[test]
fn the_smallest_councils_are_there_at_both_levels() {
    for (name, _, layer) in layers() {
        // The City of London, and the Isles of Scilly with their islands.
        assert!((2.0..4.0).contains(&shape(&layer, "E09000001").unwrap().area()), "{name}");
        let scilly = shape(&layer, "E06000053").unwrap();
        assert!(scilly.polygons.len() >= 5 && (12.0..20.0).contains(&scilly.area()), "{name}: {}", scilly.area());
    }
}

#[test]
fn cambridge_lies_in_a_hole_of_south_cambridgeshire() {
    for (name, _, layer) in layers().into_iter().filter(|(name, ..)| name.starts_with("lower")) {
        let around = shape(&layer, "E07000012").unwrap();
        let hole: BTreeSet<&Position> = around.polygons[0].holes[0].0.iter().collect();
        let cambridge = shape(&layer, "E07000008").unwrap();
        assert_eq!(cambridge.polygons[0].outer.0.iter().collect::<BTreeSet<_>>(), hole, "{name}");
    }
}

#[test]
fn neighbours_share_every_vertex_of_their_border() {
    for (name, _, layer) in layers() {
        let edges: BTreeSet<(Position, Position)> =
            layer.shapes.iter().flat_map(Shape::rings).flat_map(upheld_domain::boundary::Ring::edges).collect();
        // Inland, every edge has its opposite: Leicester has no coast, and no border with Wales.
        let code = "E06000016".parse().unwrap();
        let inland = layer.shape(code).unwrap();
        for (a, b) in inland.rings().flat_map(upheld_domain::boundary::Ring::edges) {
            assert!(edges.contains(&(b, a)), "{name}: the edge of Leicester at {a} has no other side");
        }
    }
}

#[test]
fn codes_are_those_in_force_in_the_vintages_first_year() {
    for (name, _, layer) in layers() {
        // Barnsley and Sheffield were given new codes only later.
        assert!(shape(&layer, "E08000016").is_some() && shape(&layer, "E08000019").is_some(), "{name}");
        assert!(shape(&layer, "E08000038").is_none(), "{name}");
    }
}

#[test]
fn places_lie_in_the_council_of_their_time() {
    let kendal = Position::from_degrees(-2.7449, 54.3282).unwrap();
    let name_at = |file: &str| {
        let layer = read_layer(&std::fs::read(root().join("geo").join(file)).unwrap()).unwrap();
        layer.council_at(kendal).map(|shape| shape.name.clone()).unwrap()
    };
    assert_eq!(name_at("lower-2014.geojson"), "South Lakeland");
    assert_eq!(name_at("upper-2014.geojson"), "Cumbria");
    assert_eq!(name_at("lower-2024.geojson"), "Westmorland and Furness");
    assert_eq!(name_at("upper-2024-detail.geojson"), "Westmorland and Furness");
}

#[test]
fn attribution_travels_in_every_file_and_coordinates_have_four_decimals() {
    for file in std::fs::read_dir(root().join("geo/postcodes")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("Contains Royal Mail data © Royal Mail copyright"), "{}", path.display());
    }
    for file in std::fs::read_dir(root().join("geo")).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.contains(r#""attribution":"Source: Office for National Statistics licensed"#),
            "{}",
            path.display()
        );
        let file: serde_json::Value = serde_json::from_str(&text).unwrap();
        let first = &file["features"][0]["geometry"]["coordinates"];
        let text = first.to_string();
        let decimals = text.split(['[', ']', ',']).filter_map(|number| number.split_once('.')).map(|(_, d)| d.len());
        assert!(decimals.max() <= Some(4), "{}", path.display());
    }
}

#[test]
fn the_sample_holds_postcodes_of_every_district() {
    let text = std::fs::read_to_string(root().join("tests/postcodes-sample.txt")).unwrap();
    let sample = read_sample(&text).unwrap();
    assert!(sample.len() >= 20_000, "{}", sample.len());
    let districts: BTreeSet<_> = sample.groups.iter().map(|group| group.today).collect();
    assert_eq!(districts.len(), 296);
    let bases: BTreeSet<_> = sample.groups.iter().map(|group| group.base).collect();
    assert_eq!(bases.len(), 326);
}
