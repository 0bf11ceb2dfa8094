use super::*;
use crate::boundary::{Polygon, Position, Ring, Shape};
use proptest::prelude::*;

const BRIEF: Search = Search { thousands: 60, seed: 1 };

fn code(number: usize) -> GssCode {
    format!("E07{number:06}").parse().unwrap()
}

/// A council with straight borders between corners in hundredths of a degree.
fn council(number: usize, corners: &[(i32, i32)]) -> Shape {
    let at = |(east, north): &(i32, i32)| {
        Position::from_degrees(-2.0 + f64::from(*east) / 100.0, 52.0 + f64::from(*north) / 100.0).unwrap()
    };
    let ring = corners.iter().chain(corners.first()).map(at).collect();
    Shape { code: code(number), name: number.to_string(), polygons: vec![Polygon { outer: Ring(ring), holes: vec![] }] }
}

fn square(number: usize, east: i32, north: i32) -> Shape {
    let (e, n) = (east * 20, north * 12);
    council(number, &[(e, n), (e + 20, n), (e + 20, n + 12), (e, n + 12)])
}

/// A wall of bricks: each has two beside it, two above and two below, as a hexagon has.
fn wall(columns: i32, rows: i32) -> Layer {
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
    let brick = |(number, (column, row)): (usize, (i32, i32))| {
        let (e, n) = (column * 20 + (row & 1) * 10, row * 12);
        council(number, &[(e, n), (e + 10, n), (e + 20, n), (e + 20, n + 12), (e + 10, n + 12), (e, n + 12)])
    };
    Layer { shapes: places.enumerate().map(brick).collect() }
}

fn alone(layer: &Layer) -> Arrangement {
    arrange(layer, &|_| About::default(), BRIEF)
}

#[test]
fn a_chain_keeps_all_neighbours_and_its_direction() {
    let layer = Layer { shapes: (0..8).map(|east| square(usize::try_from(east).unwrap(), east, 0)).collect() };
    let cells = alone(&layer);
    let quality = Quality::of(&layer, &cells);
    assert_eq!((quality.pairs, quality.kept), (7, 7));
    assert!(quality.west_east > 0.999 && quality.mean_displacement < 0.5, "{quality:?}");
}

#[test]
fn a_wall_of_bricks_keeps_all_neighbours_where_they_are() {
    let layer = wall(5, 4);
    let quality = Quality::of(&layer, &alone(&layer));
    assert!(quality.pairs > 40);
    assert_eq!(quality.kept, quality.pairs);
    assert!(quality.north_south > 0.999 && quality.west_east > 0.9 && quality.most_displacement < 1.0, "{quality:?}");
}

#[test]
fn an_island_lies_off_its_own_coast_and_beside_nobody() {
    let mut layer = wall(4, 3);
    // South of the south-east, as the rows count from the south.
    layer.shapes.push(square(90, 3, -3));
    let cells = alone(&layer);
    let isle = cells[&code(90)];
    let nearest = layer.shapes.iter().filter(|shape| shape.code != code(90));
    let steps: Vec<u32> = nearest.map(|shape| cells[&shape.code].steps_to(isle)).collect();
    assert_eq!(steps.iter().min(), Some(&2), "{steps:?}");
    assert_eq!(cells[&code(3)].steps_to(isle), 2, "its own coast");
    assert!(cells.values().all(|cell| cell.row <= isle.row));
}

#[test]
fn regions_hang_together_and_nothing_is_shut_in() {
    let layer = wall(6, 6);
    let east = |code: GssCode| code.as_str()[3..].parse::<usize>().unwrap() % 6 >= 3;
    let about =
        |code| About { region: Some(if east(code) { Region::East } else { Region::WestMidlands }), ..About::default() };
    let cells = arrange(&layer, &about, BRIEF);
    for side in [true, false] {
        let of_side = cells.keys().copied().filter(|code| east(*code) == side);
        assert_eq!(parts(&cells, of_side).len(), 1);
    }
    let taken: std::collections::BTreeSet<Cell> = cells.values().copied().collect();
    let shut_in = |cell: Cell| !taken.contains(&cell) && cell.beside().iter().all(|beside| taken.contains(beside));
    assert!(!taken.iter().flat_map(|cell| cell.beside()).any(shut_in));
}

#[test]
fn an_arrangement_like_another_stays_where_it_was() {
    let layer = wall(5, 4);
    let before = alone(&layer);
    // The last is gone: everybody else has no reason to move.
    let mut fewer = layer.clone();
    fewer.shapes.pop();
    let about = |code| About { before: before.get(&code).map(|cell| Before::Same(*cell)), ..About::default() };
    for (code, cell) in arrange(&fewer, &about, BRIEF) {
        assert_eq!(cell, before[&code], "{code}");
    }
}

#[test]
fn hexagons_are_regular_in_web_mercator_and_share_their_corners() {
    let layer = wall(5, 4);
    let cells = alone(&layer);
    let frame = Frame::within(&layer, cells.values().copied()).unwrap();
    let hexagons = frame.layer(&cells, |code| code.to_string()).unwrap();
    assert_eq!(hexagons.faults(), []);
    let beside = cells.iter().flat_map(|(one, cell)| {
        let of_one = cells.iter().filter(move |(other, there)| one < *other && cell.steps_to(**there) == 1);
        of_one.map(move |(other, _)| (*one, *other))
    });
    assert_eq!(hexagons.neighbours(), beside.collect());
    let mut sides = Vec::new();
    for (from, to) in hexagons.shapes.iter().flat_map(Shape::rings).flat_map(Ring::edges) {
        let ((ax, ay), (bx, by)) = (from.mercator(), to.mercator());
        sides.push((bx - ax).hypot(by - ay));
    }
    let longest = sides.iter().copied().fold(0.0, f64::max);
    assert!(sides.iter().all(|side| side / longest > 0.9999), "{sides:?}");
    // Within the bounds of what is arranged, and as wide or as high.
    let bounds = |layer: &Layer| {
        let all = || layer.shapes.iter().flat_map(Shape::rings).flat_map(|ring| &ring.0).map(|at| at.degrees());
        let ends = |part: fn((f64, f64)) -> f64| {
            (all().map(part).fold(f64::INFINITY, f64::min), all().map(part).fold(f64::NEG_INFINITY, f64::max))
        };
        (ends(|at| at.0), ends(|at| at.1))
    };
    let ((west, east), (south, north)) = bounds(&layer);
    let ((left, right), (low, high)) = bounds(&hexagons);
    assert!(left >= west - 1e-6 && right <= east + 1e-6 && low >= south - 1e-6 && high <= north + 1e-6);
    assert!((right - left) / (east - west) > 0.999 || (high - low) / (north - south) > 0.999);
}

#[test]
fn it_is_the_same_on_every_machine() {
    // Squares have four neighbours and hexagons six, so that there are many ways to arrange them: two that draw different numbers, or round
    // otherwise, do not come to the same.
    let places = (0..5).flat_map(|north| (0..6).map(move |east| (east, north)));
    let some = places.enumerate().filter(|(number, _)| number % 7 != 3);
    let layer = Layer { shapes: some.map(|(number, (east, north))| square(number, east, north)).collect() };
    let cells = arrange(&layer, &|_| About::default(), Search { thousands: 5, seed: 3 });
    let (west, north) =
        (cells.values().map(|cell| cell.col).min().unwrap(), cells.values().map(|cell| cell.row).min().unwrap());
    let places: Vec<String> = cells.values().map(|cell| format!("{}.{}", cell.col - west, cell.row - north)).collect();
    let held =
        "0.4 1.4 2.4 5.5 6.5 0.3 1.3 2.3 3.4 6.4 1.2 2.2 3.2 3.3 4.2 0.1 1.1 2.1 3.1 4.1 5.1 1.0 2.0 3.0 4.0 5.0";
    assert_eq!(places.join(" "), held);
}

#[test]
fn nothing_is_arranged_as_nothing() {
    assert!(alone(&Layer::default()).is_empty());
    assert_eq!(Frame::within(&Layer::default(), [].into_iter()), None);
    assert!((Quality::of(&Layer::default(), &Arrangement::new()).share_kept() - 1.0).abs() < 1e-9);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_council_has_one_cell_whatever_the_order_they_come_in(
        there in proptest::collection::vec(proptest::bool::weighted(0.7), 30),
        turned in 0_usize..30,
    ) {
        let places = (0..5).flat_map(|north| (0..6).map(move |east| (east, north)));
        let some = places.enumerate().filter(|(number, _)| there[*number]);
        let layer = Layer { shapes: some.map(|(number, (east, north))| square(number, east, north)).collect() };
        let search = Search { thousands: 5, seed: 3 };
        let cells = arrange(&layer, &|_| About::default(), search);
        prop_assert_eq!(cells.len(), layer.shapes.len());
        let taken: std::collections::BTreeSet<Cell> = cells.values().copied().collect();
        prop_assert_eq!(taken.len(), cells.len());
        let mut otherwise = layer.clone();
        let count = otherwise.shapes.len().max(1);
        otherwise.shapes.rotate_left(turned % count);
        otherwise.shapes.reverse();
        prop_assert_eq!(arrange(&otherwise, &|_| About::default(), search), cells);
    }

    #[test]
    fn steps_are_those_of_a_walk(col in -9..9_i32, row in -9..9_i32, to_col in -9..9_i32, to_row in -9..9_i32) {
        let (from, to) = (Cell { col, row }, Cell { col: to_col, row: to_row });
        prop_assert_eq!(from.steps_to(to), to.steps_to(from));
        // One of those beside is one step nearer, unless it is there; none is nearer by more.
        let nearest = from.beside().map(|cell| cell.steps_to(to)).into_iter().min().unwrap();
        prop_assert_eq!(nearest, from.steps_to(to).checked_sub(1).unwrap_or(1));
    }
}
