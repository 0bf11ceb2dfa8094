use std::collections::{BTreeMap, BTreeSet};

use super::borders::Borders;
use super::position::Position;
use super::rings;
use super::shape::{Polygon, Ring};
use super::simplify::{self, Simplification};

/// Borders as arcs: lines between the places where three regions (or two and the outside) meet, and closed lines where none do.
///
/// Each arc is there once, whatever shapes it will be part of; so what is done to it is done to both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mesh {
    pub(super) arcs: Vec<Arc>,
}

/// One border between two regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    /// From junction to junction; a closed arc ends where it begins.
    pub(super) line: Vec<Position>,
    /// The region on its left, if any.
    pub(super) left: Option<usize>,
    /// The region on its right, if any.
    pub(super) right: Option<usize>,
}

impl Mesh {
    pub(super) fn new(borders: &Borders) -> Self {
        let mut neighbours: BTreeMap<Position, BTreeSet<Position>> = BTreeMap::new();
        for (a, b, _) in borders.edges() {
            neighbours.entry(a).or_default().insert(b);
            neighbours.entry(b).or_default().insert(a);
        }
        let junctions = neighbours.iter().filter(|(_, ends)| ends.len() != 2);
        let mut mesh = Self::default();
        let mut walked: BTreeSet<(Position, Position)> = BTreeSet::new();
        let starts = junctions.flat_map(|(&from, ends)| ends.iter().map(move |&to| (from, to)));
        // From the junctions first; what is left after them are closed lines without one.
        let rest = neighbours.iter().flat_map(|(&from, ends)| ends.iter().map(move |&to| (from, to)));
        for (from, to) in starts.chain(rest) {
            if walked.contains(&(from, to)) {
                continue;
            }
            let mut line = vec![from, to];
            let (mut before, mut here) = (from, to);
            walked.extend([(from, to), (to, from)]);
            while here != from
                && let Some(ends) = neighbours.get(&here).filter(|ends| ends.len() == 2)
                && let Some(&next) = ends.iter().find(|&&end| end != before)
            {
                line.push(next);
                walked.extend([(here, next), (next, here)]);
                (before, here) = (here, next);
            }
            mesh.arcs.push(Arc { line, left: borders.left_of(from, to), right: borders.left_of(to, from) });
        }
        mesh
    }

    /// The same arcs, each simplified once, so that neighbours stay side by side.
    ///
    /// No arc comes to cross or touch another or itself, no region vanishes, and an island stays on its side of the coast.
    #[must_use]
    pub fn simplified(&self, by: Simplification<'_>) -> Self {
        simplify::simplified(self, by)
    }

    /// The polygons of every group of regions, by what `group` names it; regions without a group are left out.
    ///
    /// A part that has no neighbour and an area below `speck` square kilometres is dropped, unless it is all that the group has.
    #[must_use]
    pub fn shapes<G: Ord + Copy>(&self, speck: f64, group: impl Fn(usize) -> Option<G>) -> BTreeMap<G, Vec<Polygon>> {
        let mut lines: BTreeMap<G, Vec<Vec<Position>>> = BTreeMap::new();
        for arc in &self.arcs {
            let (left, right) = (arc.left.and_then(&group), arc.right.and_then(&group));
            if left == right {
                continue;
            }
            if let Some(left) = left {
                lines.entry(left).or_default().push(arc.line.clone());
            }
            if let Some(right) = right {
                lines.entry(right).or_default().push(arc.line.iter().rev().copied().collect());
            }
        }
        let shared = self.between_groups(&group);
        lines
            .into_iter()
            .map(|(group, lines)| {
                let mut polygons = rings::polygons(&lines);
                polygons.sort_by(|a, b| b.area().total_cmp(&a.area()));
                let mut index = 0;
                polygons.retain(|polygon| {
                    index += 1;
                    index == 1 || polygon.area() >= speck || borders_any(&polygon.outer, &shared)
                });
                (group, polygons)
            })
            .collect()
    }

    /// How many vertices the arcs have.
    #[must_use]
    pub fn vertices(&self) -> usize {
        self.arcs.iter().map(|arc| arc.line.len()).sum()
    }

    /// Edges that two groups share.
    fn between_groups<G: PartialEq>(&self, group: &impl Fn(usize) -> Option<G>) -> BTreeSet<(Position, Position)> {
        self.arcs
            .iter()
            .filter(|arc| match (arc.left.and_then(group), arc.right.and_then(group)) {
                (Some(left), Some(right)) => left != right,
                _ => false,
            })
            .flat_map(|arc| arc.line.iter().copied().zip(arc.line.iter().copied().skip(1)))
            .collect()
    }
}

/// Whether a ring has one of the edges, in either direction.
fn borders_any(ring: &Ring, edges: &BTreeSet<(Position, Position)>) -> bool {
    ring.edges().any(|(a, b)| edges.contains(&(a, b)) || edges.contains(&(b, a)))
}
