use std::collections::{BTreeMap, BTreeSet};

use super::position::{Position, turning};

/// Cells of a grid in which there is a vertex: "hot pixels". A line that passes one is led through its middle.
pub(super) struct Cells {
    grid: i32,
    /// Hot cells by bucket, so that few are asked about each line.
    buckets: BTreeMap<(i32, i32), BTreeSet<Position>>,
    bucket: i32,
}

/// Cells along one side of a bucket.
const CELLS_A_BUCKET: i32 = 32;

impl Cells {
    pub(super) fn new(vertices: impl Iterator<Item = Position>, grid: i32) -> Self {
        let grid = grid.max(1);
        let mut cells = Self { grid, buckets: BTreeMap::new(), bucket: grid.saturating_mul(CELLS_A_BUCKET) };
        for vertex in vertices {
            let cell = cells.nearest(vertex);
            cells.buckets.entry(cells.bucket_of(cell)).or_default().insert(cell);
        }
        cells
    }

    /// The middle of the cell that a vertex lies in.
    fn nearest(&self, vertex: Position) -> Position {
        let round = |units: i32| units.saturating_add(self.grid / 2).div_euclid(self.grid).saturating_mul(self.grid);
        Position { lon: round(vertex.lon), lat: round(vertex.lat) }
    }

    fn bucket_of(&self, cell: Position) -> (i32, i32) {
        (cell.lon.div_euclid(self.bucket), cell.lat.div_euclid(self.bucket))
    }

    /// How many cells [`Cells::line`] would look at, a bucket counting as ten. Counts the buckets alone where these are more than
    /// `most`.
    pub(super) fn work(&self, a: Position, b: Position, most: u64) -> u64 {
        let (south_west, north_east) = self.buckets_of(self.nearest(a), self.nearest(b));
        let buckets = u64::from(north_east.0.abs_diff(south_west.0) + 1)
            .saturating_mul(u64::from(north_east.1.abs_diff(south_west.1) + 1))
            .saturating_mul(10);
        if buckets > most {
            return buckets;
        }
        let hot: u64 =
            self.hot(south_west, north_east).map(|bucket| u64::try_from(bucket.len()).unwrap_or(u64::MAX)).sum();
        buckets.saturating_add(hot)
    }

    /// The corners of the box about a line, as buckets.
    fn buckets_of(&self, start: Position, end: Position) -> ((i32, i32), (i32, i32)) {
        (
            self.bucket_of(Position { lon: start.lon.min(end.lon), lat: start.lat.min(end.lat) }),
            self.bucket_of(Position { lon: start.lon.max(end.lon), lat: start.lat.max(end.lat) }),
        )
    }

    /// The hot cells by bucket of a box.
    fn hot(&self, south_west: (i32, i32), north_east: (i32, i32)) -> impl Iterator<Item = &BTreeSet<Position>> {
        (south_west.0..=north_east.0)
            .flat_map(move |x| (south_west.1..=north_east.1).map(move |y| (x, y)))
            .filter_map(|bucket| self.buckets.get(&bucket))
    }

    /// The middles of the hot cells that a straight line passes, in its direction.
    pub(super) fn line(&self, a: Position, b: Position) -> Vec<Position> {
        let (start, end) = (self.nearest(a), self.nearest(b));
        let (south_west, north_east) = self.buckets_of(start, end);
        let mut passed: Vec<Position> =
            self.hot(south_west, north_east).flatten().copied().filter(|&cell| self.passes(a, b, cell)).collect();
        let along = |cell: &Position| {
            let (dx, dy) = (i64::from(b.lon) - i64::from(a.lon), i64::from(b.lat) - i64::from(a.lat));
            let (x, y) = (i64::from(cell.lon) - i64::from(a.lon), i64::from(cell.lat) - i64::from(a.lat));
            i128::from(dx) * i128::from(x) + i128::from(dy) * i128::from(y)
        };
        passed.sort_by_key(along);
        // The ends are hot, and stay the ends even where the middle of another cell lies beyond.
        passed.retain(|&cell| cell != start && cell != end);
        passed.insert(0, start);
        if start != end {
            passed.push(end);
        }
        passed
    }

    /// Whether the line from `a` to `b` passes a cell, of which the lower and left edges are part.
    fn passes(&self, a: Position, b: Position, cell: Position) -> bool {
        let below = self.grid / 2;
        let above = self.grid - below - 1;
        let (west, east) = (cell.lon.saturating_sub(below), cell.lon.saturating_add(above));
        let (south, north) = (cell.lat.saturating_sub(below), cell.lat.saturating_add(above));
        let misses =
            a.lon.max(b.lon) < west || a.lon.min(b.lon) > east || a.lat.max(b.lat) < south || a.lat.min(b.lat) > north;
        if misses {
            return false;
        }
        let corners = [(west, south), (east, south), (east, north), (west, north)]
            .map(|(lon, lat)| turning(a, b, Position { lon, lat }).signum());
        !(corners.iter().all(|&side| side > 0) || corners.iter().all(|&side| side < 0))
    }
}
