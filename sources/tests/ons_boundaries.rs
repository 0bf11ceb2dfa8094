//! Files of the Open Geography Portal, as they are and as they should not be.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, which is its job")]

use proptest::prelude::*;
use upheld_sources::ons_boundaries::{Coordinates, Division, Limits, OnsBoundaries, OnsError, read};

const SQUARE: &str = "[[[0.1,52.2],[0.2,52.2],[0.2,52.3],[0.1,52.3],[0.1,52.2]]]";
/// A square kilometre about Cambridge.
const ON_GRID: &str = "[[[545000,258000],[546000,258000],[546000,259000],[545000,259000],[545000,258000]]]";
const GRID_CRS: &str = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},"#;

fn feature(properties: &str, coordinates: &str) -> String {
    let geometry = format!(r#"{{"type":"Polygon","coordinates":{coordinates}}}"#);
    format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#)
}

fn cambridge(coordinates: &str) -> String {
    feature(r#""FID":8,"LAD24CD":"E07000008","LAD24NM":"Cambridge","LAD24NMW":" ","BNG_E":545420"#, coordinates)
}

fn file(features: &[String]) -> String {
    with("", features)
}

fn with(member: &str, features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection",{member}"features":[{}]}}"#, features.join(","))
}

fn taken(file: &str) -> OnsBoundaries {
    read(file.as_bytes(), &Limits::default()).unwrap()
}

fn refused(file: impl AsRef<[u8]>) -> OnsError {
    let error = read(file.as_ref(), &Limits::default()).unwrap_err();
    assert!(!error.remedy().is_empty());
    error
}

/// What is said about one feature whose geometry is so.
fn refused_geometry(geometry: &str) -> String {
    let feature = format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{{"LAD24CD":"E07000008"}}}}"#);
    refused(file(&[feature])).to_string()
}

#[test]
fn codes_of_any_year_and_case_are_found_and_other_nations_counted() {
    for (code, name, division) in [
        ("LAD24CD", "LAD24NM", Division::Districts),
        ("lad13cd", "lad13nm", Division::Districts),
        ("LAD24CD", "LAD24NAME", Division::Districts),
        ("CTYUA23CD", "CTYUA23NM", Division::Counties),
        ("ctyua16cd", "ctyua16nm", Division::Counties),
    ] {
        let area = |of: &str| feature(&format!(r#""OBJECTID":1,"{code}":"{of}","{name}":"Somewhere""#), SQUARE);
        let areas = ["W06000001", "E07000008", "N09000001", "S12000033", "E06000032", "W06000002"].map(area);
        let read = taken(&file(&areas));
        assert_eq!((read.division, read.property.as_str()), (division, code));
        let codes: Vec<&str> = read.shapes.iter().map(|shape| shape.code.as_str()).collect();
        assert_eq!(codes, ["E06000032", "E07000008"]);
        assert_eq!(read.shapes[0].name, if name.ends_with("NAME") { "" } else { "Somewhere" });
        let left_out = read.left_out;
        assert_eq!((left_out.wales, left_out.scotland, left_out.northern_ireland), (2, 1, 1));
    }
}

#[test]
fn parts_holes_and_heights_are_read() {
    let parts = r#"{"type":"MultiPolygon","coordinates":[
        [[[0,52,7],[1,52,7],[1,53,7],[0,52,7]],[[0.5,52.2],[0.8,52.4],[0.8,52.2],[0.5,52.2]]],[[[1.5,52],[1.6,52],[1.6,52.1],[1.5,52]]]]}"#;
    let properties = r#"{"LAD24CD":"E07000008"}"#;
    let feature = format!(r#"{{"geometry":{parts},"id":3,"properties":{properties},"type":"Feature"}}"#);
    let shape = &taken(&file(&[feature])).shapes[0];
    assert_eq!(shape.polygons.len(), 2);
    assert_eq!(shape.polygons[0].holes.len(), 1);
    assert_eq!(shape.polygons[0].outer.0[1].degrees(), (1.0, 52.0));
}

#[test]
fn the_national_grid_is_put_into_degrees_whether_the_file_says_so_or_not() {
    let said = taken(&with(GRID_CRS, &[cambridge(ON_GRID)]));
    let unsaid = taken(&file(&[cambridge(ON_GRID)]));
    // The member may stand behind the features, too.
    let behind = format!(r#"{{"features":[{}],{GRID_CRS}"type":"FeatureCollection"}}"#, cambridge(ON_GRID));
    assert_eq!(said, unsaid);
    assert_eq!(said, taken(&behind));
    assert_eq!(said.coordinates, Coordinates::NationalGrid);
    let polygon = &said.shapes[0].polygons[0];
    assert!((polygon.area() - 1.0).abs() < 0.005, "{}", polygon.area());
    let (lon, lat) = polygon.outer.0[0].degrees();
    assert!((lon - 0.115).abs() < 0.01 && (lat - 52.2).abs() < 0.01, "{lon}, {lat}");
    let crs84 = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"#;
    assert_eq!(taken(&with(crs84, &[cambridge(SQUARE)])).coordinates, Coordinates::Degrees);
    assert_eq!(taken(&with(r#""crs":null,"#, &[cambridge(SQUARE)])).coordinates, Coordinates::Degrees);
}

#[test]
fn other_systems_and_what_is_not_as_it_is_said_are_refused() {
    let mercator = r#""crs":{"type":"name","properties":{"name":"EPSG:3857"}},"#;
    assert!(
        matches!(refused(with(mercator, &[cambridge(ON_GRID)])), OnsError::OtherCrs { found } if found == "EPSG:3857")
    );
    let said = refused(with(GRID_CRS, &[cambridge(SQUARE)])).to_string();
    assert!(said.contains("metres of the British National Grid (EPSG:27700), and they are not"), "{said}");
    let crs84 = r#""crs":{"type":"name","properties":{"name":"EPSG:4326"}},"#;
    assert!(matches!(refused(with(crs84, &[cambridge(ON_GRID)])), OnsError::CrsContradicted { .. }));
    // Latitude first, another country, Web Mercator and numbers that are no place at all.
    for elsewhere in [
        "[[[52.2,0.1],[52.2,0.2],[52.3,0.2],[52.2,0.1]]]",
        "[[[2.3,48.8],[2.4,48.8],[2.4,48.9],[2.3,48.8]]]",
        "[[[11131.9,6837700],[22263,6837700],[22263,6855800],[11131.9,6837700]]]",
        "[[[1e300,1e300],[2e300,1e300],[2e300,2e300],[1e300,1e300]]]",
        "[[[-1e18,0],[0,0],[0,1],[-1e18,0]]]",
        "[[[18446744073709551615,0],[0,0],[0,1],[18446744073709551615,0]]]",
    ] {
        assert!(matches!(refused(file(&[cambridge(elsewhere)])), OnsError::OutsideEngland { .. }), "{elsewhere}");
    }
}

#[test]
fn rings_that_are_none_are_named_with_their_council_and_place() {
    let open = refused(file(&[cambridge("[[[0.1,52.2],[0.2,52.2],[0.2,52.3],[0.1,52.3]]]")]));
    assert_eq!(open.to_string(), "a ring of Cambridge (E07000008) does not end where it begins, at (0.1, 52.3)");
    let short = refused(file(&[cambridge("[[[0.1,52.2],[0.2,52.2],[0.1,52.2]]]")]));
    assert!(short.to_string().contains("has only 3 positions"), "{short}");
}

#[test]
fn a_geometry_that_is_no_area_is_refused_with_its_feature() {
    assert!(refused_geometry("null").contains("empty geometry"));
    for coordinates in ["[]", "[[]]", "[[],[]]"] {
        let said = refused_geometry(&format!(r#"{{"type":"Polygon","coordinates":{coordinates}}}"#));
        assert!(said.contains("E07000008 (feature 1) has an empty geometry"), "{coordinates}: {said}");
    }
    for parts in ["[]", "[[]]", "[[[]]]", "[[[[0,52],[1,52],[1,53],[0,52]]],[]]"] {
        let said = refused_geometry(&format!(r#"{{"type":"MultiPolygon","coordinates":{parts}}}"#));
        assert!(said.contains("empty geometry"), "{parts}: {said}");
    }
    for wrong in ["5", "[1,2]", "[[1,2]]", "[[[[1,2]]]]", "[[[1],[2]]]", "[[[1,[2]]]]", "[[1,[2,3]]]", "[[[[[1,2]]]]]"]
    {
        let said = refused_geometry(&format!(r#"{{"type":"Polygon","coordinates":{wrong}}}"#));
        assert!(said.contains("feature 1: its coordinates"), "{wrong}: {said}");
    }
    assert!(refused_geometry(r#"{"type":"Point","coordinates":[0,52]}"#).contains("a Point, where a Polygon"));
    assert!(refused_geometry(r#"{"type":"GeometryCollection","geometries":[]}"#).contains("a GeometryCollection"));
}

#[test]
fn codes_that_are_missing_wrong_or_twice_are_told() {
    let none = refused(file(&[feature(r#""code":"E07000008","name":"Cambridge""#, SQUARE)])).to_string();
    assert!(none.contains("no property such as LAD24CD or CTYUA24CD; it has code, name"), "{none}");
    assert!(refused(file(&[feature("", SQUARE)])).to_string().ends_with("it has none"));
    let other = refused(file(&[cambridge(SQUARE), feature(r#""LAD23CD":"E07000009""#, SQUARE)]));
    assert!(matches!(other, OnsError::NoCode { feature: 2, .. }), "{other}");
    for wrong in ["E0700000", "e07000008", "X07000008", "", "W0600", "English"] {
        let said = refused(file(&[feature(&format!(r#""LAD24CD":"{wrong}""#), SQUARE)]));
        assert!(matches!(said, OnsError::Code { feature: 1, .. }), "{wrong}: {said}");
    }
    for wrong in ["7", "null", "true", "1.5", "-1", "[\"E07000008\"]", "{\"a\":1}"] {
        let said = refused(file(&[feature(&format!(r#""LAD24CD":{wrong}"#), SQUARE)]));
        assert!(matches!(said, OnsError::NoCode { feature: 1, .. }), "{wrong}: {said}");
    }
    let twice = refused(file(&[cambridge(SQUARE), cambridge(SQUARE)]));
    assert_eq!(twice.to_string(), "E07000008 has two features, 1 and 2");
    let wales = refused(file(&[feature(r#""LAD24CD":"W06000001""#, SQUARE)]));
    assert_eq!(wales, OnsError::NoEngland { others: 1 });
    assert_eq!(refused(file(&[])), OnsError::NoEngland { others: 0 });
}

#[test]
fn what_is_no_geojson_is_told_for_what_it_is() {
    assert_eq!(refused(""), OnsError::Empty);
    assert_eq!(refused(" \n"), OnsError::Empty);
    assert_eq!(refused("PK\u{3}\u{4}"), OnsError::OtherFormat("a zip file"));
    assert_eq!(refused("<!doctype html>"), OnsError::OtherFormat("a web page or XML"));
    assert_eq!(refused("{\n\"type\":\0"), OnsError::Nul { line: 2 });
    assert_eq!(refused(b"{\n\n\"type\":\"\xff\xfe\"}"), OnsError::NotUtf8 { line: 3 });
    assert!(
        matches!(refused(r#"{"type":"Topology","objects":{}}"#), OnsError::NotACollection { found } if found == "Topology")
    );
    assert!(matches!(refused("{}"), OnsError::NotACollection { .. }));
    for broken in ["[1,2]", "7", "\"text\"", "{\"type\":7}", "{\"features\":{}}", "{\"features\":[7]}"] {
        assert!(matches!(refused(broken), OnsError::Json(_)), "{broken}");
    }
    for number in ["NaN", "Infinity", "1e999", "0x10", "\"52\"", "null", "true"] {
        let coordinates = SQUARE.replacen("0.1", number, 1);
        assert!(matches!(refused(file(&[cambridge(&coordinates)])), OnsError::Json(_)), "{number}");
    }
    let two = file(&[cambridge(SQUARE)]) + "{}";
    assert!(matches!(refused(two), OnsError::Json(_)));
    let marked = format!("\u{feff}{}", file(&[cambridge(SQUARE)]));
    assert_eq!(taken(&marked).shapes.len(), 1);
}

#[test]
fn what_is_too_deep_is_refused() {
    let deep = "[".repeat(100_000);
    for hostile in [
        deep.clone(),
        format!(r#"{{"features":[{}"#, feature(r#""LAD24CD":"E07000008""#, &deep)),
        format!(r#"{{"features":[{{"properties":{{"LAD24CD":{deep}"#),
        format!(r#"{{"crs":{deep}"#),
    ] {
        assert!(matches!(refused(hostile), OnsError::TooDeep { .. } | OnsError::Json(_)));
    }
    let said = refused_geometry(&format!(r#"{{"type":"Polygon","coordinates":{}1{}}}"#, &deep[..200], "]".repeat(200)));
    assert!(said.contains("more than 128 deep"), "{said}");
}

#[test]
fn more_than_is_read_is_refused_whatever_it_is_of() {
    let good = file(&[cambridge(SQUARE), feature(r#""LAD24CD":"W06000001""#, SQUARE)]);
    let whole = Limits { file_bytes: good.len(), features: 2, rings: 2, positions: 10 };
    assert!(read(good.as_bytes(), &whole).is_ok());
    let refused = |limits: Limits| read(good.as_bytes(), &limits).unwrap_err();
    let bytes = good.len();
    assert_eq!(refused(Limits { file_bytes: bytes - 1, ..whole }), OnsError::TooLarge { bytes, most: bytes - 1 });
    assert_eq!(refused(Limits { features: 1, ..whole }), OnsError::TooMuch { what: "features", most: 1 });
    assert_eq!(refused(Limits { rings: 1, ..whole }), OnsError::TooMuch { what: "rings", most: 1 });
    assert_eq!(refused(Limits { positions: 9, ..whole }), OnsError::TooMuch { what: "positions", most: 9 });
}

#[test]
fn a_file_that_is_cut_off_is_refused_wherever() {
    let whole = with(GRID_CRS, &[cambridge(ON_GRID)]);
    for end in 0..whole.len() {
        refused(&whole[..end]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_make_it_panic(changes in prop::collection::vec((0_usize..2_000, any::<u8>()), 1..12)) {
        let mut bytes = with(GRID_CRS, &[cambridge(ON_GRID), feature(r#""LAD24CD":"S12000033""#, ON_GRID)]).into_bytes();
        for (place, byte) in changes {
            let place = place % bytes.len();
            bytes[place] = byte;
        }
        let _ = read(&bytes, &Limits::default());
    }

    #[test]
    fn no_nesting_makes_it_panic(tokens in prop::collection::vec(prop::sample::select(vec!["[", "]", "0.5", ",", "52", "[0,52]", "[[0,52],[1,52],[1,53],[0,52]]"]), 0..40)) {
        let _ = read(file(&[cambridge(&tokens.concat())]).as_bytes(), &Limits::default());
    }
}
