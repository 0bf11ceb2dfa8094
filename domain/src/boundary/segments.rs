use core::ops::ControlFlow;
use std::collections::BTreeMap;

use super::position::{Position, turning};

/// How two edges meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meeting {
    /// Not at all, or at a vertex that both have.
    Apart,
    /// The same edge, in the same direction.
    Same,
    /// The same edge, in opposite directions.
    Opposite,
    /// A vertex of one lies on the other, between its ends.
    Touching,
    /// They cross.
    Crossing,
}

/// How the edge from `a` to `b` meets the edge from `c` to `d`. Exact.
pub(super) fn meeting((a, b): (Position, Position), (c, d): (Position, Position)) -> Meeting {
    if (a, b) == (c, d) {
        return Meeting::Same;
    }
    if (a, b) == (d, c) {
        return Meeting::Opposite;
    }
    let on = |p: Position, (q, r): (Position, Position)| {
        p != q
            && p != r
            && p.lon >= q.lon.min(r.lon)
            && p.lon <= q.lon.max(r.lon)
            && p.lat >= q.lat.min(r.lat)
            && p.lat <= q.lat.max(r.lat)
            && turning(q, r, p) == 0
    };
    if on(a, (c, d)) || on(b, (c, d)) || on(c, (a, b)) || on(d, (a, b)) {
        return Meeting::Touching;
    }
    let parted = |p: Position, q: Position, (r, s): (Position, Position)| {
        turning(r, s, p).signum() * turning(r, s, q).signum() < 0
    };
    if parted(a, b, (c, d)) && parted(c, d, (a, b)) { Meeting::Crossing } else { Meeting::Apart }
}

/// Tells `meet` the pairs of edges that are near enough to meet, by index, each pair once, until it breaks off.
pub(super) fn near_pairs(edges: &[(Position, Position)], mut meet: impl FnMut(usize, usize) -> ControlFlow<()>) {
    let mut buckets: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    let boxes: Vec<Extent> = edges.iter().map(|&edge| Extent::of(edge)).collect();
    for (index, extent) in boxes.iter().enumerate() {
        for x in bucket(extent.west)..=bucket(extent.east) {
            for y in bucket(extent.south)..=bucket(extent.north) {
                buckets.entry((x, y)).or_default().push(index);
            }
        }
    }
    for (&place, members) in &buckets {
        let mut members: Vec<(Extent, usize)> =
            members.iter().filter_map(|&index| Some((*boxes.get(index)?, index))).collect();
        members.sort_unstable_by_key(|(extent, index)| (extent.west, *index));
        for (rank, &(one, index)) in members.iter().enumerate() {
            // From west to east: what begins beyond the east end of this one is near none of it.
            let rest = members.iter().skip(rank + 1).take_while(|(other, _)| other.west <= one.east);
            for &(other, other_index) in rest.filter(|(other, _)| other.south <= one.north && one.south <= other.north)
            {
                // Two edges may share several buckets: they count in the one where what they share begins.
                let shared = (bucket(one.west.max(other.west)), bucket(one.south.max(other.south)));
                if shared == place && meet(index.min(other_index), index.max(other_index)).is_break() {
                    return;
                }
            }
        }
    }
}

/// The box about an edge.
#[derive(Clone, Copy)]
struct Extent {
    west: i32,
    east: i32,
    south: i32,
    north: i32,
}

impl Extent {
    fn of((a, b): (Position, Position)) -> Self {
        Self { west: a.lon.min(b.lon), east: a.lon.max(b.lon), south: a.lat.min(b.lat), north: a.lat.max(b.lat) }
    }
}

/// Side of a bucket: a fiftieth of a degree.
const BUCKET: i32 = 200_000;

fn bucket(units: i32) -> i32 {
    units.div_euclid(BUCKET)
}
