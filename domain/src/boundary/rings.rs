use std::collections::{BTreeMap, BTreeSet};

use super::position::{Position, turning};
use super::shape::{Polygon, Ring, Whereabouts};

/// Polygons out of the lines that bound them, each with the inside on its left.
///
/// Where rings touch in a vertex they are taken apart there, so that no ring visits a vertex twice.
pub(super) fn polygons(lines: &[Vec<Position>]) -> Vec<Polygon> {
    let (mut outers, holes): (Vec<Ring>, Vec<Ring>) =
        walks(lines).into_iter().flat_map(simple_rings).partition(|ring| ring.signed_area() > 0.0);
    // The smallest ring round a hole is the one that the hole is in.
    outers.sort_by(|a, b| a.signed_area().total_cmp(&b.signed_area()).then_with(|| a.0.cmp(&b.0)));
    let mut polygons: Vec<Polygon> = outers.into_iter().map(|outer| Polygon { outer, holes: Vec::new() }).collect();
    for hole in holes {
        if let Some(around) = polygons.iter_mut().find(|polygon| lies_in(&hole, &polygon.outer)) {
            around.holes.push(hole);
        }
    }
    // The largest part first: it is the one to name and to frame.
    polygons.reverse();
    polygons
}

/// Whether a ring lies within another, which it may touch but does not cross.
pub(super) fn lies_in(inner: &Ring, outer: &Ring) -> bool {
    inner
        .edges()
        .flat_map(|(a, b)| [a.halves(), a.middle(b)])
        .map(|place| outer.whereabouts_of(place))
        .find(|&place| place != Whereabouts::Edge)
        == Some(Whereabouts::Inside)
}

/// Closed walks along the lines: at a vertex where several begin, the first clockwise from where we came is taken, which keeps
/// the inside on the left.
fn walks(lines: &[Vec<Position>]) -> Vec<Vec<Position>> {
    let mut starting: BTreeMap<Position, Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some(&start) = line.first() {
            starting.entry(start).or_default().push(index);
        }
    }
    let mut unused: BTreeSet<usize> = (0..lines.len()).collect();
    let mut walks = Vec::new();
    while let Some(first) = unused.pop_first() {
        let mut walk: Vec<Position> = lines.get(first).cloned().unwrap_or_default();
        while let (Some(&here), Some(&before)) = (walk.last(), walk.iter().nth_back(1)) {
            if walk.first() == Some(&here) {
                break;
            }
            let onward = starting
                .get(&here)
                .into_iter()
                .flatten()
                .copied()
                .filter(|index| unused.contains(index))
                .filter_map(|index| Some((index, *lines.get(index)?.get(1)?)))
                .reduce(|best, next| if is_before(here, before, next.1, best.1) { next } else { best });
            let Some((index, _)) = onward else { break };
            unused.remove(&index);
            walk.extend(lines.get(index).into_iter().flatten().skip(1));
        }
        walks.push(walk);
    }
    walks
}

/// Whether, turning clockwise about `here` from the way to `before`, the way to `one` comes before the way to `other`.
fn is_before(here: Position, before: Position, one: Position, other: Position) -> bool {
    // Left of the way back is the last half turn clockwise.
    let late = |to: Position| turning(here, before, to) > 0;
    match (late(one), late(other)) {
        (false, true) => true,
        (true, false) => false,
        _ => turning(here, one, other) < 0,
    }
}

/// Cuts a closed walk apart wherever it comes back to a vertex.
fn simple_rings(walk: Vec<Position>) -> Vec<Ring> {
    let mut rings = Vec::new();
    let mut open: Vec<Position> = Vec::new();
    let mut on: BTreeSet<Position> = BTreeSet::new();
    for position in walk {
        if !on.insert(position) {
            let mut ring = vec![position];
            while let Some(last) = open.pop() {
                ring.push(last);
                if last == position {
                    break;
                }
                on.remove(&last);
            }
            ring.reverse();
            if ring.len() > 3 {
                rings.push(Ring(ring));
            }
        }
        open.push(position);
    }
    rings
}
