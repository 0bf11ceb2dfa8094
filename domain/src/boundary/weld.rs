use super::position::Position;
use super::shape::{Polygon, Ring};
use std::collections::BTreeMap;

/// Makes one vertex of those that lie within so many ten-millionths of a degree of each other, whosever they are: two that nearly
/// meet could else be rounded to cells beside each other.
pub(super) struct Weld {
    within: i32,
    /// The vertices that stand for those about them, by cell of that size: no two of them are nearer.
    kept: BTreeMap<(i32, i32), Vec<Position>>,
}

impl Weld {
    pub(super) fn new(within: i32) -> Self {
        Self { within: within.max(1), kept: BTreeMap::new() }
    }

    pub(super) fn polygon(&mut self, polygon: &Polygon) -> Polygon {
        let outer = self.ring(&polygon.outer);
        Polygon { outer, holes: polygon.holes.iter().map(|hole| self.ring(hole)).collect() }
    }

    fn ring(&mut self, ring: &Ring) -> Ring {
        Ring(ring.0.iter().map(|&at| self.vertex(at)).collect())
    }

    fn vertex(&mut self, at: Position) -> Position {
        let (x, y) = (at.lon.div_euclid(self.within), at.lat.div_euclid(self.within));
        let near = |other: &&Position| {
            at.lon.abs_diff(other.lon) < self.within.unsigned_abs()
                && at.lat.abs_diff(other.lat) < self.within.unsigned_abs()
        };
        let cells = (x - 1..=x + 1).flat_map(|x| self.kept.range((x, y - 1)..=(x, y + 1)));
        let found = cells.flat_map(|(_, kept)| kept).find(near).copied();
        found.unwrap_or_else(|| {
            self.kept.entry((x, y)).or_default().push(at);
            at
        })
    }
}
