//! Councils of an outside file laid side by side: what comes out is sound, and what is not sound does not get in.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, which is its job")]

use proptest::prelude::*;
use upheld_domain::boundary::{Area, Mosaic, MosaicFault, Polygon, Position, Ring, Simplification, Whereabouts};
use upheld_domain::council::{Council, Tier};
use upheld_domain::register::{CouncilId, Register};
use upheld_domain::year::ReportingYear;

const GRID: i32 = 1_000;
const SPECK: f64 = 0.005;
const YEAR: ReportingYear = ReportingYear::FIRST;

/// A county with two districts, and two boroughs.
fn register() -> Register {
    let council = |code: &str, kind: &str, name: &str, county: &str| -> Council {
        let text = format!(
            r#"{{"code":"{code}","slug":"{}","name":"{name}","short":"{name}","type":"{kind}","region":"South West","first":2014{county}}}"#,
            code.to_lowercase()
        );
        serde_json::from_str(&text).unwrap()
    };
    let below = r#","county":"E10000001""#;
    Register::new(vec![
        council("E07000001", "district", "Oneham", below),
        council("E07000002", "district", "Twoham", below),
        council("E08000001", "metropolitan", "Threeham", ""),
        council("E08000002", "metropolitan", "Fourham", ""),
        council("E10000001", "county", "Shire", ""),
    ])
    .unwrap()
}

fn id(register: &Register, code: &str) -> CouncilId {
    register.by_code(code.parse().unwrap()).unwrap()
}

fn ring(corners: &[(f64, f64)]) -> Ring {
    let places = corners.iter().chain(corners.first());
    Ring(places.map(|&(lon, lat)| Position::from_degrees(lon / 100.0, 52.0 + lat / 100.0).unwrap()).collect())
}

fn square(west: f64, south: f64, side: f64) -> Polygon {
    let (east, north) = (west + side, south + side);
    Polygon { outer: ring(&[(west, south), (east, south), (east, north), (west, north)]), holes: vec![] }
}

/// Lays polygons of Oneham, Twoham, Threeham and so on.
fn lay(register: &Register, polygons: &[Vec<Polygon>]) -> Result<Mosaic, Vec<MosaicFault>> {
    let codes = ["E07000001", "E07000002", "E08000001", "E08000002"];
    let areas: Vec<Area<'_>> = codes
        .iter()
        .zip(polygons)
        .map(|(code, polygons)| Area { own: id(register, code), shown_as: id(register, code), polygons })
        .collect();
    Mosaic::lay(register, YEAR, &areas, GRID, SPECK)
}

fn said(polygons: &[Vec<Polygon>]) -> String {
    let faults = lay(&register(), polygons).unwrap_err();
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

const AS_IT_IS: Simplification<'static> = Simplification { threshold: 0.0, importance: &|_| 1.0 };

#[test]
fn neighbours_that_do_not_quite_meet_come_to_share_their_border() {
    // Two metres apart within a cell of the grid, with a vertex that only one of them has; rings that run either way.
    let register = register();
    let west = square(0.0, 0.0, 1.0);
    let east = Polygon {
        outer: ring(&[(1.00002, 0.0), (1.00002, 0.5), (1.00002, 1.0), (2.0, 1.0), (2.0, 0.0)]),
        holes: vec![],
    };
    let layer = lay(&register, &[vec![west], vec![east]]).unwrap().layer(&register, YEAR, AS_IT_IS, SPECK);
    assert_eq!(layer.faults(), []);
    let edges: Vec<_> = layer.shapes[0].rings().flat_map(Ring::edges).collect();
    let shared = layer.shapes[1].rings().flat_map(Ring::edges).filter(|&(a, b)| edges.contains(&(b, a))).count();
    assert_eq!(shared, 2);
    assert_eq!(layer.shapes[1].name, "Twoham");
}

#[test]
fn districts_are_joined_into_their_county_without_the_border_between_them() {
    let register = register();
    let polygons = [[square(0.0, 0.0, 1.0)], [square(1.0, 0.0, 1.0)], [square(2.0, 0.0, 1.0)]];
    let areas: Vec<Area<'_>> = ["E07000001", "E07000002", "E08000001"]
        .iter()
        .zip(&polygons)
        .map(|(code, polygons)| {
            let own = id(&register, code);
            let shown_as = upheld_domain::boundary::council_over(&register, own, YEAR, Tier::Upper).unwrap();
            Area { own, shown_as, polygons }
        })
        .collect();
    let mosaic = Mosaic::lay(&register, YEAR, &areas, GRID, SPECK).unwrap();
    let layer = mosaic.layer(&register, YEAR, AS_IT_IS, SPECK);
    let names: Vec<&str> = layer.shapes.iter().map(|shape| shape.name.as_str()).collect();
    assert_eq!(names, ["Threeham", "Shire"]);
    assert_eq!(layer.shapes[1].polygons.len(), 1);
    let border = Position::from_degrees(0.01, 52.005).unwrap();
    assert_eq!(layer.shapes[1].whereabouts(border), Whereabouts::Inside);
}

#[test]
fn councils_that_overlap_are_named() {
    let same = said(&[vec![square(0.0, 0.0, 1.0)], vec![square(0.0, 0.0, 1.0)]]);
    assert!(same.starts_with("Oneham and Twoham overlap at ("), "{same}");
    let across = said(&[vec![square(0.0, 0.0, 1.0)], vec![square(0.5, 0.5, 1.0)]]);
    assert!(across.contains("E07000001 and E07000002 cross near"), "{across}");
    let within = said(&[vec![square(0.0, 0.0, 1.0)], vec![square(0.4, 0.4, 0.1)]]);
    assert!(within.contains("E07000002 at (0.004, 52.004) lies within E07000001"), "{within}");
    let twice = said(&[vec![square(0.0, 0.0, 1.0), square(0.0, 0.0, 1.0)]]);
    assert!(twice.starts_with("Oneham has a part or an edge twice"), "{twice}");
}

#[test]
fn rings_that_cross_themselves_and_holes_outside_are_told() {
    let of = |outer: &[(f64, f64)]| vec![vec![Polygon { outer: ring(outer), holes: vec![] }]];
    let bow = said(&of(&[(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.5)]));
    assert!(bow.contains("E07000001 and E07000001 cross near"), "{bow}");
    // Of two halves that cancel each other nothing is left.
    let even = said(&of(&[(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)]));
    assert!(even.starts_with("Oneham covers 0.00 km²") && even.contains("a ring crosses itself"), "{even}");
    // The same with a vertex where it crosses.
    let knot = said(&of(&[(0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (1.0, 0.0), (0.5, 0.5), (0.0, 1.0)]));
    assert!(knot.starts_with("Oneham covers"), "{knot}");
    let holes = vec![square(3.0, 0.0, 0.5).outer];
    let outside = said(&[vec![Polygon { outer: square(0.0, 0.0, 1.0).outer, holes }]]);
    assert!(outside.starts_with("Oneham covers"), "{outside}");
    let flat = said(&of(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]));
    assert!(flat.starts_with("Oneham covers 0.00 km²"), "{flat}");
}

#[test]
fn a_tangle_is_refused_before_work_is_spent_on_it() {
    // Thousands of edges from end to end of the country, each past all the others' ends.
    let tooth = |number: i32| {
        let x = f64::from(number) * 0.01;
        [(x, 0.0), (x + 0.005, 300.0)]
    };
    let mut corners: Vec<(f64, f64)> = (0..20_000).flat_map(tooth).collect();
    corners.push((200.0, -1.0));
    let tangle = vec![Polygon { outer: ring(&corners), holes: vec![] }];
    assert!(lay(&register(), &[tangle]).is_err_and(|faults| faults == [MosaicFault::Crowded]));
}

const SIDE: usize = 5;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn squares_of_four_councils_laid_side_by_side_are_sound_however_much_they_are_simplified(
        region in prop::collection::vec(0_usize..4, SIDE * SIDE),
        moved in prop::collection::vec((-0.2_f64..0.2, -0.2_f64..0.2), (SIDE + 1) * (SIDE + 1)),
        apart in -0.000_02_f64..0.000_02,
        threshold in 0.0_f64..2e6,
        turned in any::<bool>(),
    ) {
        let register = register();
        let corner = |x: usize, y: usize| {
            let (dx, dy) = moved[y * (SIDE + 1) + x];
            #[allow(clippy::cast_precision_loss, reason = "five at most")]
            let (x, y) = (x as f64, y as f64);
            (x + dx, y + dy)
        };
        let mut polygons = vec![Vec::new(); 4];
        for (index, &region) in region.iter().enumerate() {
            let (x, y) = (index % SIDE, index / SIDE);
            // Each cell by itself, a few centimetres beside where its neighbours think it is.
            #[allow(clippy::cast_precision_loss, reason = "three at most")]
            let off = apart * (region as f64);
            let corners = [corner(x, y), corner(x + 1, y), corner(x + 1, y + 1), corner(x, y + 1)];
            let outer = ring(&corners.map(|(x, y)| (x + off, y)));
            polygons[region].push(Polygon { outer: if turned { outer.reversed() } else { outer }, holes: vec![] });
        }
        if polygons.iter().any(Vec::is_empty) {
            return Ok(());
        }
        let before: f64 = polygons.iter().flatten().map(|polygon| polygon.area().abs()).sum();
        let mosaic = lay(&register, &polygons);
        prop_assert!(mosaic.is_ok(), "{mosaic:?}");
        let mosaic = mosaic.unwrap();
        let layer = mosaic.layer(&register, YEAR, AS_IT_IS, SPECK);
        prop_assert_eq!(layer.faults(), []);
        let after: f64 = layer.shapes.iter().map(upheld_domain::boundary::Shape::area).sum();
        prop_assert!((before - after).abs() < 0.02 * before, "{before} {after}");
        let simpler = mosaic.layer(&register, YEAR, Simplification { threshold, importance: &|_| 1.0 }, SPECK);
        prop_assert_eq!(simpler.faults(), []);
        prop_assert_eq!(simpler.shapes.len(), 4);
        prop_assert!(simpler.vertices() <= layer.vertices());
    }
}
