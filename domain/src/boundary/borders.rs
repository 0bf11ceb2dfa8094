use std::collections::BTreeMap;

use super::mesh::Mesh;
use super::position::Position;
use super::shape::Polygon;
use super::snap;

/// The borders of regions that lie side by side: every edge between two regions, or between one and the outside.
///
/// A region is a number of the caller's choice. An edge is kept per direction with the region on its left; a border between
/// two regions is thus an edge and its opposite.
///
/// ```
/// use upheld_domain::boundary::{Borders, Polygon, Position, Ring};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let square = |west: f64| -> Result<Polygon, Box<dyn std::error::Error>> {
///     let corners = [(west, 51.0), (west + 1.0, 51.0), (west + 1.0, 52.0), (west, 52.0), (west, 51.0)];
///     let ring = corners.into_iter().map(|(lon, lat)| Position::from_degrees(lon, lat)).collect::<Result<_, _>>()?;
///     Ok(Polygon { outer: Ring(ring), holes: vec![] })
/// };
/// let (west, east) = (square(-1.0)?, square(0.0)?);
/// let borders = Borders::dissolve([(7, &west), (7, &east)])?;
/// assert_eq!(borders.edges().count(), 6, "the edge between the two halves of region 7 is gone");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Borders {
    left: BTreeMap<(Position, Position), usize>,
}

/// Regions that overlap: an edge has two regions on the same side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "regions {first} and {second} overlap at ({at}): both lie to the left of the same edge; the areas given have to lie side by side"
)]
pub struct DissolveError {
    /// The region that was there.
    pub first: usize,
    /// The region that came to lie over it.
    pub second: usize,
    /// Where the edge begins.
    pub at: Position,
}

impl Borders {
    /// The borders of regions that are given as small areas: edges between areas of one region cancel exactly.
    ///
    /// The areas may wind either way.
    ///
    /// # Errors
    ///
    /// [`DissolveError`] where two areas lie on the same side of an edge.
    pub fn dissolve<'a>(areas: impl IntoIterator<Item = (usize, &'a Polygon)>) -> Result<Self, DissolveError> {
        let mut tally = Tally::default();
        for (region, polygon) in areas {
            for (index, ring) in polygon.rings().enumerate() {
                let is_outer = index == 0;
                let runs_left = ring.signed_area() > 0.0;
                for (a, b) in ring.edges() {
                    if runs_left == is_outer {
                        tally.add(a, b, region);
                    } else {
                        tally.add(b, a, region);
                    }
                }
            }
        }
        tally.borders()
    }

    /// Borders of larger regions: `group` tells which each region belongs to; `None` leaves it out.
    ///
    /// # Errors
    ///
    /// None where these borders were made by [`Borders::dissolve`].
    pub fn grouped(&self, group: impl Fn(usize) -> Option<usize>) -> Result<Self, DissolveError> {
        let mut tally = Tally::default();
        for (&(a, b), &region) in &self.left {
            if let Some(group) = group(region) {
                tally.add(a, b, group);
            }
        }
        tally.borders()
    }

    /// The same borders with every vertex on a grid of so many ten-millionths of a degree, and no two borders crossing.
    ///
    /// This is snap rounding: an edge is led through the vertex of every grid cell that it passes (Hobby 1999, "Practical
    /// segment intersection with finite precision output"). What is narrower than the grid closes up.
    ///
    /// # Errors
    ///
    /// [`DissolveError`] where the regions overlapped before.
    pub fn snapped(&self, grid: i32) -> Result<Self, DissolveError> {
        let mut tally = Tally::default();
        let cells = snap::Cells::new(self.left.keys().flat_map(|&(a, b)| [a, b]), grid);
        for (&(a, b), &region) in &self.left {
            let line = cells.line(a, b);
            for (&from, &to) in line.iter().zip(line.iter().skip(1)) {
                tally.add(from, to, region);
            }
        }
        tally.borders()
    }

    /// Whether [`Borders::snapped`] would be more than so many steps of work: so many vertices so near each other, or edges
    /// so long, are no councils' borders.
    #[must_use]
    pub fn is_crowded(&self, grid: i32, most: u64) -> bool {
        let cells = snap::Cells::new(self.left.keys().flat_map(|&(a, b)| [a, b]), grid);
        let mut left = Some(most);
        for &(a, b) in self.left.keys() {
            left = left.and_then(|left| left.checked_sub(cells.work(a, b, left)));
            if left.is_none() {
                return true;
            }
        }
        false
    }

    /// Every edge, per direction, with the region on its left.
    pub fn edges(&self) -> impl Iterator<Item = (Position, Position, usize)> {
        self.left.iter().map(|(&(a, b), &region)| (a, b, region))
    }

    /// The region to the left of an edge.
    pub(super) fn left_of(&self, a: Position, b: Position) -> Option<usize> {
        self.left.get(&(a, b)).copied()
    }

    /// The same borders as arcs between the places where they meet.
    #[must_use]
    pub fn mesh(&self) -> Mesh {
        Mesh::new(self)
    }
}

/// Edges being added up: a region that lies on both sides of an edge has no border there.
///
/// The sum is taken at the end, because areas come in any order, and what closes up on a grid lies over its neighbours
/// until its other side has come.
#[derive(Default)]
struct Tally {
    /// Per edge, in the direction of its smaller end: how often each region lies on its left, less how often on its right.
    sides: BTreeMap<(Position, Position), Vec<(usize, i32)>>,
}

impl Tally {
    fn add(&mut self, a: Position, b: Position, region: usize) {
        if a == b {
            return;
        }
        let (edge, side) = if a < b { ((a, b), 1) } else { ((b, a), -1) };
        let regions = self.sides.entry(edge).or_default();
        match regions.iter_mut().find(|(known, _)| *known == region) {
            Some((_, sum)) => *sum += side,
            None => regions.push((region, side)),
        }
    }

    fn borders(self) -> Result<Borders, DissolveError> {
        let mut borders = Borders::default();
        for ((a, b), regions) in self.sides {
            for (region, sum) in regions {
                let edge = match sum {
                    0 => continue,
                    1.. => (a, b),
                    _ => (b, a),
                };
                let before = borders.left.insert(edge, region);
                let first = before.or((sum.abs() > 1).then_some(region));
                if let Some(first) = first {
                    return Err(DissolveError { first, second: region, at: edge.0 });
                }
            }
        }
        Ok(borders)
    }
}
