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

/// Pairs of edges that are near enough to meet, by index, each pair once.
pub(super) fn near_pairs(edges: &[(Position, Position)]) -> Vec<(usize, usize)> {
    let mut buckets: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    for (index, (a, b)) in edges.iter().enumerate() {
        for x in bucket(a.lon.min(b.lon))..=bucket(a.lon.max(b.lon)) {
            for y in bucket(a.lat.min(b.lat))..=bucket(a.lat.max(b.lat)) {
                buckets.entry((x, y)).or_default().push(index);
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for members in buckets.values() {
        for (place, &one) in members.iter().enumerate() {
            let rest = members.iter().skip(place + 1);
            pairs.extend(rest.filter(|&&other| boxes_meet(edges, one, other)).map(|&other| (one, other)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Side of a bucket: a fiftieth of a degree.
const BUCKET: i32 = 200_000;

fn bucket(units: i32) -> i32 {
    units.div_euclid(BUCKET)
}

fn boxes_meet(edges: &[(Position, Position)], one: usize, other: usize) -> bool {
    let (Some((a, b)), Some((c, d))) = (edges.get(one), edges.get(other)) else { return false };
    let apart = |a: i32, b: i32, c: i32, d: i32| a.max(b) < c.min(d) || c.max(d) < a.min(b);
    !apart(a.lon, b.lon, c.lon, d.lon) && !apart(a.lat, b.lat, c.lat, d.lat)
}
