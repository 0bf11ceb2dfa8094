//! Cells as shapes: hexagons that a map of England in Web Mercator frames.

use super::{Arrangement, Cell, lattice::ROW};
use crate::{
    boundary::{Layer, OutOfRange, Polygon, Position, Ring, Shape},
    council::GssCode,
};

/// Where cells are drawn: their size and the corner that they are counted from, so that they are regular hexagons on a map in Web Mercator
/// (EPSG:3857). Longitudes and latitudes that come of it are no places on the earth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// The middle of the first cell of the first row, in Web Mercator.
    first: (f64, f64),
    /// The width of a hexagon.
    width: f64,
}

impl Frame {
    /// As large as lets the hexagons of all `cells` lie within the bounds of `ground`, in their middle. None where either is empty.
    ///
    /// Arrangements that are drawn in one frame have the same cell in the same place.
    #[must_use]
    pub fn within(ground: &Layer, cells: impl Iterator<Item = Cell>) -> Option<Self> {
        let corners = ground.shapes.iter().flat_map(Shape::rings).flat_map(|ring| &ring.0).map(|at| at.mercator());
        let ground = Bounds::of(corners)?;
        // The side of a hexagon of width 1 is 1/√3; its upper corner stands as far from its middle.
        let tip = ROW * 2.0 / 3.0;
        let corners = cells.map(Cell::middle).flat_map(|(x, y)| [(x - 0.5, -y - tip), (x + 0.5, -y + tip)]);
        let cells = Bounds::of(corners)?;
        let width = (ground.wide() / cells.wide()).min(ground.high() / cells.high());
        let middle =
            |bounds: &Bounds| (f64::midpoint(bounds.west, bounds.east), f64::midpoint(bounds.south, bounds.north));
        let (on_ground, of_cells) = (middle(&ground), middle(&cells));
        Some(Self { first: (on_ground.0 - of_cells.0 * width, on_ground.1 - of_cells.1 * width), width })
    }

    /// A hexagon. Cells side by side have the same two corners, to the last digit.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] for a cell so far off that it would lie beyond the antimeridian.
    pub fn hexagon(&self, cell: Cell) -> Result<Polygon, OutOfRange> {
        // In halves of its width and of its side, whole numbers: whichever cell a corner is asked of, it is the same.
        let (x, y) = (2 * cell.col + (cell.row & 1), 3 * cell.row);
        let corner = |(x, y): (i32, i32)| {
            let (east, south) = (f64::from(x) * self.width / 2.0, f64::from(y) * self.width * ROW / 3.0);
            Position::from_mercator(self.first.0 + east, self.first.1 - south)
        };
        // Counter-clockwise from the north, as RFC 7946 wants it.
        let corners =
            [(x, y - 2), (x - 1, y - 1), (x - 1, y + 1), (x, y + 2), (x + 1, y + 1), (x + 1, y - 1), (x, y - 2)];
        let ring = corners.into_iter().map(corner).collect::<Result<_, _>>()?;
        Ok(Polygon { outer: Ring(ring), holes: Vec::new() })
    }

    /// The layer of an arrangement; `name` names the councils.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] as [`Frame::hexagon`].
    pub fn layer(&self, cells: &Arrangement, name: impl Fn(GssCode) -> String) -> Result<Layer, OutOfRange> {
        let shape = |(&code, &cell): (&GssCode, &Cell)| {
            Ok(Shape { code, name: name(code), polygons: vec![self.hexagon(cell)?] })
        };
        Ok(Layer { shapes: cells.iter().map(shape).collect::<Result<_, _>>()? })
    }
}

/// A rectangle; north is up.
struct Bounds {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Bounds {
    fn of(mut corners: impl Iterator<Item = (f64, f64)>) -> Option<Self> {
        let (x, y) = corners.next()?;
        let start = Self { west: x, south: y, east: x, north: y };
        Some(corners.fold(start, |bounds, (x, y)| Self {
            west: bounds.west.min(x),
            south: bounds.south.min(y),
            east: bounds.east.max(x),
            north: bounds.north.max(y),
        }))
    }

    fn wide(&self) -> f64 {
        self.east - self.west
    }

    fn high(&self) -> f64 {
        self.north - self.south
    }
}
