//! Laws that boundaries keep, whatever the districts look like: patches of squares, grouped at random, with wobbly corners.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, which is its job")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use upheld_domain::boundary::{Borders, Fault, Layer, Polygon, Position, Ring, Shape, Simplification, Whereabouts};
use upheld_domain::council::GssCode;

const SIDE: i32 = 6;

/// Squares of a hundredth of a degree whose inner corners are moved a little, each belonging to one of four regions.
#[derive(Clone, Debug)]
struct Patchwork {
    region_of: Vec<usize>,
    moved: Vec<(i32, i32)>,
}

impl Patchwork {
    fn corner(&self, x: i32, y: i32) -> Position {
        let (dx, dy) = self.moved[usize::try_from(y * (SIDE + 1) + x).unwrap()];
        let degrees = |cells: i32, units: i32| f64::from(cells) * 0.01 + f64::from(units) * 1e-7;
        Position::from_degrees(degrees(x, dx) - 1.0, degrees(y, dy) + 52.0).unwrap()
    }

    fn squares(&self) -> Vec<(usize, Polygon)> {
        let square = |(x, y): (i32, i32)| {
            let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)];
            let outer = Ring(corners.iter().map(|&(x, y)| self.corner(x, y)).collect());
            (self.region_of[usize::try_from(y * SIDE + x).unwrap()], Polygon { outer, holes: vec![] })
        };
        (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (x, y))).map(square).collect()
    }

    fn borders(&self) -> Borders {
        let squares = self.squares();
        Borders::dissolve(squares.iter().map(|(region, square)| (*region, square))).unwrap()
    }
}

fn patchworks() -> impl Strategy<Value = Patchwork> {
    let regions = prop::collection::vec(0..4_usize, usize::try_from(SIDE * SIDE).unwrap());
    let corners = usize::try_from((SIDE + 1) * (SIDE + 1)).unwrap();
    // At most a quarter of a square: the squares stay convex.
    let moved = prop::collection::vec((-24_000..24_000, -24_000..24_000), corners);
    (regions, moved).prop_map(|(region_of, moved)| Patchwork { region_of, moved })
}

fn code(region: usize) -> GssCode {
    format!("E0700000{region}").parse().unwrap()
}

fn layer(polygons: BTreeMap<usize, Vec<Polygon>>) -> Layer {
    let shape = |(region, polygons)| Shape { code: code(region), name: region.to_string(), polygons };
    Layer { shapes: polygons.into_iter().map(shape).collect() }
}

fn vertices(layer: &Layer) -> BTreeSet<Position> {
    layer.shapes.iter().flat_map(Shape::rings).flat_map(|ring| ring.0.iter().copied()).collect()
}

const SIMPLER: Simplification<'_> = Simplification { threshold: 300_000.0, importance: &|_| 1.0 };

proptest! {
    #[test]
    fn dissolving_keeps_every_regions_area(patchwork in patchworks()) {
        let layer = layer(patchwork.borders().mesh().shapes(0.0, Some));
        let mut areas: BTreeMap<usize, f64> = BTreeMap::new();
        for (region, square) in patchwork.squares() {
            *areas.entry(region).or_default() += square.area();
        }
        prop_assert_eq!(layer.shapes.len(), areas.len());
        for (region, area) in areas {
            let shape = layer.shape(code(region)).unwrap();
            prop_assert!((shape.area() - area).abs() < 1e-6, "{} is {area} km², dissolved {}", region, shape.area());
        }
    }

    #[test]
    fn a_dissolve_of_everything_is_the_outline(patchwork in patchworks()) {
        let polygons = patchwork.borders().mesh().shapes(0.0, |_| Some(0));
        prop_assert_eq!(polygons[&0].len(), 1);
        prop_assert!(polygons[&0][0].holes.is_empty());
        prop_assert_eq!(polygons[&0][0].outer.edges().count(), usize::try_from(4 * SIDE).unwrap());
    }

    #[test]
    fn every_layer_is_sound_dissolved_snapped_and_simplified(patchwork in patchworks(), grid in 1..120_000_i32) {
        let exact = patchwork.borders();
        let snapped = exact.snapped(grid).unwrap();
        for mesh in [exact.mesh(), exact.mesh().simplified(SIMPLER), snapped.mesh(), snapped.mesh().simplified(SIMPLER)] {
            let layer = layer(mesh.shapes(0.0, Some));
            prop_assert_eq!(layer.faults(), vec![]);
        }
    }

    #[test]
    fn simplifying_keeps_junctions_and_adds_no_vertex(patchwork in patchworks()) {
        let mesh = patchwork.borders().mesh();
        let (before, after) = (layer(mesh.shapes(0.0, Some)), layer(mesh.simplified(SIMPLER).shapes(0.0, Some)));
        let (all, kept) = (vertices(&before), vertices(&after));
        prop_assert!(kept.is_subset(&all));
        prop_assert_eq!(before.shapes.len(), after.shapes.len());
        let regions_at = |layer: &Layer, at: Position| {
            layer.shapes.iter().filter(|shape| shape.rings().any(|ring| ring.0.contains(&at))).count()
        };
        for junction in all.iter().filter(|&&at| regions_at(&before, at) > 2) {
            prop_assert!(kept.contains(junction), "the junction at {} is gone", junction);
            prop_assert_eq!(regions_at(&before, *junction), regions_at(&after, *junction));
        }
    }

    #[test]
    fn every_square_lies_in_its_own_region_and_in_no_other(patchwork in patchworks()) {
        let layer = layer(patchwork.borders().mesh().shapes(0.0, Some));
        for (region, square) in patchwork.squares() {
            let (sum_lon, sum_lat) = square.outer.edges().fold((0.0, 0.0), |(lon, lat), (at, _)| {
                (lon + at.degrees().0, lat + at.degrees().1)
            });
            let middle = Position::from_degrees(sum_lon / 4.0, sum_lat / 4.0).unwrap();
            prop_assert_eq!(layer.council_at(middle).map(|shape| shape.code), Some(code(region)));
            let holding = layer.shapes.iter().filter(|shape| shape.whereabouts(middle) != Whereabouts::Outside);
            prop_assert_eq!(holding.count(), 1);
        }
    }

    #[test]
    fn a_vertex_left_out_on_one_side_that_takes_from_the_neighbour_is_a_fault(patchwork in patchworks()) {
        let mut layer = layer(patchwork.borders().mesh().shapes(0.0, Some));
        prop_assume!(layer.shapes.len() > 1);
        let other: BTreeSet<(Position, Position)> =
            layer.shapes[1..].iter().flat_map(Shape::rings).flat_map(Ring::edges).collect();
        let ring = &mut layer.shapes[0].polygons[0].outer;
        let edges: Vec<_> = ring.edges().collect();
        // A vertex between two edges that are both shared, without which the ring would be larger.
        let shared = |&(a, b): &(Position, Position)| other.contains(&(b, a));
        let without = |at: usize| {
            let mut smaller = ring.clone();
            smaller.0.remove(at);
            smaller
        };
        let at = (1..edges.len()).find(|&at| {
            shared(&edges[at - 1]) && shared(&edges[at]) && without(at).signed_area() > ring.signed_area() + 1e-9
        });
        prop_assume!(at.is_some() && ring.0.len() > 4);
        *ring = without(at.unwrap());
        prop_assert_ne!(layer.faults(), vec![]);
    }
}

fn square(from: f64, to: f64) -> Ring {
    let corners = [(from, from), (to, from), (to, to), (from, to), (from, from)];
    Ring(corners.iter().map(|&(lon, lat)| Position::from_degrees(lon, lat).unwrap()).collect())
}

fn of_squares(squares: &[(Ring, Vec<Ring>)]) -> Layer {
    let shape = |(number, (outer, holes)): (usize, &(Ring, Vec<Ring>))| Shape {
        code: code(number),
        name: number.to_string(),
        polygons: vec![Polygon { outer: outer.clone(), holes: holes.clone() }],
    };
    Layer { shapes: squares.iter().enumerate().map(shape).collect() }
}

#[test]
fn a_council_within_another_needs_a_hole_there() {
    let (outside, inside) = (square(50.0, 53.0), square(51.0, 52.0));
    let with_hole = of_squares(&[(outside.clone(), vec![inside.reversed()]), (inside.clone(), vec![])]);
    assert_eq!(with_hole.faults(), []);
    let without = of_squares(&[(outside, vec![]), (inside, vec![])]);
    assert!(matches!(without.faults()[..], [Fault::Within { .. }]), "{:?}", without.faults());
}

#[test]
fn each_fault_of_a_ring_is_found() {
    let good = square(50.0, 53.0);
    let faults = |outer: Ring, holes: Vec<Ring>| of_squares(&[(outer, holes)]).faults();
    assert!(matches!(faults(good.reversed(), vec![])[..], [Fault::WrongWinding { .. }]));
    assert!(matches!(faults(good.clone(), vec![square(51.0, 52.0)])[..], [Fault::WrongWinding { .. }]));
    let outside = square(60.0, 61.0).reversed();
    assert!(faults(good.clone(), vec![outside]).iter().any(|fault| matches!(fault, Fault::HoleOutside { .. })));
    let mut open = good.clone();
    open.0.pop();
    assert!(matches!(faults(open, vec![])[..], [Fault::Unclosed { .. }]));
    let mut short = good.clone();
    short.0.truncate(3);
    assert!(matches!(faults(short, vec![])[..], [Fault::TooShort { positions: 3, .. }]));
    let mut crossed = good.clone();
    crossed.0.swap(1, 2);
    assert!(faults(crossed, vec![]).iter().any(|fault| matches!(fault, Fault::Crossing { .. })));
    let mut twice = good;
    twice.0.insert(1, twice.0[1]);
    assert!(faults(twice, vec![]).iter().any(|fault| matches!(fault, Fault::RepeatedPosition { .. })));
}

#[test]
fn councils_that_overlap_are_found() {
    let crossing = of_squares(&[(square(50.0, 52.0), vec![]), (square(51.0, 53.0), vec![])]);
    assert!(crossing.faults().iter().any(|fault| matches!(fault, Fault::Crossing { .. })));
    let twice = of_squares(&[(square(50.0, 52.0), vec![]), (square(50.0, 52.0), vec![])]);
    assert!(twice.faults().iter().any(|fault| matches!(fault, Fault::SameSide { .. })));
}

#[test]
fn a_council_without_a_shape_and_a_shape_without_a_council_are_named() {
    let layer = of_squares(&[(square(50.0, 52.0), vec![])]);
    assert_eq!(layer.faults_against([code(5)]), [Fault::NoShape { code: code(5) }, Fault::NoCouncil { code: code(0) }]);
}

#[test]
fn an_island_stays_on_its_side_of_a_simplified_coast_and_keeps_four_corners() {
    let at = |lon: f64, lat: f64| Position::from_degrees(lon / 100.0, 52.0 + lat / 100.0).unwrap();
    let part = |corners: &[(f64, f64)]| {
        let outer = Ring(corners.iter().map(|&(lon, lat)| at(lon, lat)).collect());
        Polygon { outer, holes: vec![] }
    };
    let simplified = |parts: &[(usize, &Polygon)]| {
        let by = Simplification { threshold: 1e9, importance: &|_| 1.0 };
        layer(Borders::dissolve(parts.iter().copied()).unwrap().mesh().simplified(by).shapes(0.0, Some))
    };
    // A small bay with an island in it, which has one corner that hardly matters.
    let coast = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (6.0, 10.0), (5.0, 9.0), (4.0, 10.0), (0.0, 10.0), (0.0, 0.0)];
    let island = [(4.9, 9.5), (5.0, 9.498), (5.1, 9.5), (5.1, 9.6), (4.9, 9.6), (4.9, 9.5)];
    let (coast, island) = (part(&coast), part(&island));
    let alone = simplified(&[(0, &coast)]);
    assert_ne!(alone.shapes[0].whereabouts(at(5.0, 9.55)), Whereabouts::Outside, "without the island the bay goes");
    let both = simplified(&[(0, &coast), (1, &island)]);
    assert_eq!(both.faults(), []);
    assert_eq!(both.shapes[0].whereabouts(at(5.0, 9.55)), Whereabouts::Outside);
    assert_eq!(both.shapes[1].polygons[0].outer.0.len(), 5, "four corners, the first of them twice");
}

#[test]
fn a_speck_goes_unless_it_is_all_there_is() {
    let mainland = Polygon { outer: square(50.0, 51.0), holes: vec![] };
    let speck = Polygon { outer: square(52.0, 52.0003), holes: vec![] };
    let borders = Borders::dissolve([(0, &mainland), (0, &speck)]).unwrap();
    assert_eq!(borders.mesh().shapes(0.005, Some)[&0].len(), 1);
    let alone = Borders::dissolve([(0, &speck)]).unwrap();
    assert_eq!(alone.mesh().shapes(0.005, Some)[&0].len(), 1);
}
