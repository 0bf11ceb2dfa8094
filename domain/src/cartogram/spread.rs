//! Every council is given the same room: where its cell would best lie, were cells not bound to a grid.

use super::{
    ground::Ground,
    tables::{of, put},
};

/// How often all are moved.
const STEPS: u32 = 400;

/// How far each goes at a time towards where its neighbours would have it.
const PULL: f64 = 0.25;

/// How much the place on the ground counts beside a neighbour.
const GROUND: f64 = 0.05;

/// The places of councils that each take a circle of width 1: pushed apart where they overlap, and drawn to where they lie from
/// their neighbours on the ground, the more the longer the border is. Like Dorling's cartogram, with directions kept.
///
/// Circles grow as it goes on, so that the crowded push the others aside instead of leaping over them.
pub(super) fn spread(ground: &Ground) -> Vec<(f64, f64)> {
    let mut places: Vec<(f64, f64)> = ground.places.iter().map(|place| place.start).collect();
    let directions: Vec<(f64, f64)> =
        ground.borders.iter().map(|border| ground.direction(border.one, border.other)).collect();
    let steps = if ground.is_anchored() { STEPS / 2 } else { STEPS };
    for step in 0..steps {
        let width = (0.1 + 1.2 * f64::from(step) / f64::from(steps)).min(1.0);
        let mut moves: Vec<(f64, f64, f64)> = vec![(0.0, 0.0, 0.0); places.len()];
        let mut draw = |council: usize, (x, y): (f64, f64), weight: f64| {
            let (dx, dy, sum) = of(&moves, council);
            put(&mut moves, council, (dx + x * weight, dy + y * weight, sum + weight));
        };
        for (border, (east, south)) in ground.borders.iter().zip(&directions) {
            let (from, to) = (of(&places, border.one), of(&places, border.other));
            let (x, y) = (to.0 - from.0 - east, to.1 - from.1 - south);
            draw(border.one, (x / 2.0, y / 2.0), border.weight);
            draw(border.other, (-x / 2.0, -y / 2.0), border.weight);
        }
        // Where places are counted from a corner of their own, the ground lies elsewhere.
        for (council, place) in ground.places.iter().enumerate().filter(|_| !ground.is_anchored()) {
            let (x, y) = of(&places, council);
            draw(council, (place.at.0 - x, place.at.1 - y), GROUND);
        }
        for ((x, y), (dx, dy, sum)) in places.iter_mut().zip(&moves) {
            if *sum > 0.0 {
                *x += PULL * dx / sum;
                *y += PULL * dy / sum;
            }
        }
        for _ in 0..2 {
            push_apart(&mut places, width);
        }
    }
    places
}

/// Moves those that are nearer than `width` half of what is missing away from each other.
fn push_apart(places: &mut [(f64, f64)], width: f64) {
    let mut moves = vec![(0.0, 0.0); places.len()];
    for (one, from) in places.iter().enumerate() {
        for (other, to) in places.iter().enumerate().skip(one + 1) {
            let (x, y) = (to.0 - from.0, to.1 - from.1);
            let squared = x * x + y * y;
            if squared >= width * width || squared <= 0.0 {
                continue;
            }
            let distance = squared.sqrt();
            let share = 0.4 * (width - distance) / distance;
            let (a, b): ((f64, f64), (f64, f64)) = (of(&moves, one), of(&moves, other));
            put(&mut moves, one, (a.0 - x * share, a.1 - y * share));
            put(&mut moves, other, (b.0 + x * share, b.1 + y * share));
        }
    }
    for ((x, y), (dx, dy)) in places.iter_mut().zip(moves) {
        *x += dx;
        *y += dy;
    }
}
