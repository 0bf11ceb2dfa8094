//! The hexagons: where each lies, and which are side by side.

use super::tables::of;

/// Half of the square root of 3: from one row to the next, where the hexagons of a row are 1 apart.
pub(super) const ROW: f64 = 0.866_025_403_784_438_6;

/// A hexagon with a corner at its top. Columns count from the west, rows from the north; odd rows stand half a cell farther east.
///
/// ```
/// use upheld_domain::cartogram::Cell;
/// let here = Cell { col: 2, row: 1 };
/// assert_eq!(here.steps_to(Cell { col: 3, row: 2 }), 1, "to the south-east, as the row is odd");
/// assert_eq!(here.steps_to(Cell { col: 1, row: 2 }), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cell {
    /// The column.
    pub col: i32,
    /// The row.
    pub row: i32,
}

impl Cell {
    /// Its middle, the width of a hexagon being 1: to the east, and to the south.
    #[must_use]
    pub fn middle(self) -> (f64, f64) {
        (f64::from(self.col) + 0.5 * f64::from(self.row & 1), f64::from(self.row) * ROW)
    }

    /// The six that share a side with it, clockwise from the west.
    #[must_use]
    pub fn beside(self) -> [Self; 6] {
        let Self { col, row } = self;
        let west = col - 1 + (row & 1);
        [(col - 1, row), (west, row - 1), (west + 1, row - 1), (col + 1, row), (west + 1, row + 1), (west, row + 1)]
            .map(|(col, row)| Self { col, row })
    }

    /// How many steps from side to side lead to another: 1 to those beside it.
    #[must_use]
    pub fn steps_to(self, other: Self) -> u32 {
        // Along two of the three directions in which rows of hexagons run.
        let slanted = |cell: Self| cell.col - (cell.row - (cell.row & 1)) / 2;
        let (across, down) = (slanted(other) - slanted(self), other.row - self.row);
        across.unsigned_abs().max(down.unsigned_abs()).max((across + down).unsigned_abs())
    }
}

/// A field of hexagons, told by number, with a rim two wide on which nothing is put: so all that stand have six beside them.
pub(super) struct Field {
    cols: i32,
    rows: i32,
    /// The cell of number 0.
    first: Cell,
    /// The numbers of those beside each.
    beside: Vec<[usize; 6]>,
    middles: Vec<(f64, f64)>,
}

impl Field {
    /// All cells from one corner to the other, and the rim about them.
    pub(super) fn new(north_west: Cell, south_east: Cell) -> Self {
        let first = Cell { col: north_west.col - 2, row: north_west.row - 2 };
        let (cols, rows) = (south_east.col + 3 - first.col, south_east.row + 3 - first.row);
        let mut field = Self { cols, rows, first, beside: Vec::new(), middles: Vec::new() };
        let cells: Vec<Cell> = (0..rows)
            .flat_map(|row| (0..cols).map(move |col| Cell { col: first.col + col, row: first.row + row }))
            .collect();
        let beside: Vec<[usize; 6]> =
            cells.iter().map(|cell| cell.beside().map(|beside| field.number(beside).unwrap_or(0))).collect();
        field.middles = cells.iter().map(|cell| cell.middle()).collect();
        field.beside = beside;
        field
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.beside.len()
    }

    /// The number of a cell, if it is of the field.
    pub(super) fn number(&self, cell: Cell) -> Option<usize> {
        let (col, row) = (cell.col - self.first.col, cell.row - self.first.row);
        let within = (0..self.cols).contains(&col) && (0..self.rows).contains(&row);
        within.then(|| usize::try_from(row * self.cols + col).unwrap_or(0))
    }

    /// The cell of a number.
    pub(super) fn cell(&self, number: usize) -> Cell {
        let number = i32::try_from(number).unwrap_or(0);
        Cell { col: self.first.col + number % self.cols.max(1), row: self.first.row + number / self.cols.max(1) }
    }

    /// Whether it is no part of the rim.
    pub(super) fn is_open(&self, number: usize) -> bool {
        let cell = self.cell(number);
        let (col, row) = (cell.col - self.first.col, cell.row - self.first.row);
        (2..self.cols - 2).contains(&col) && (2..self.rows - 2).contains(&row)
    }

    /// The numbers of those beside one that is no part of the rim.
    pub(super) fn beside(&self, number: usize) -> [usize; 6] {
        of(&self.beside, number)
    }

    /// The middle of a cell; see [`Cell::middle`].
    pub(super) fn middle(&self, number: usize) -> (f64, f64) {
        of(&self.middles, number)
    }
}

/// The cell whose middle is nearest to a place.
pub(super) fn nearest((x, y): (f64, f64)) -> Cell {
    #[expect(clippy::cast_possible_truncation, reason = "a place on a map of some hundred cells")]
    let whole = |value: f64| value.round() as i32;
    let row = whole(y / ROW);
    let here = Cell { col: whole(x - 0.5 * f64::from(row & 1)), row };
    let away = |cell: Cell| {
        let (east, south) = cell.middle();
        (east - x) * (east - x) + (south - y) * (south - y)
    };
    here.beside().into_iter().fold(here, |best, cell| if away(cell) < away(best) { cell } else { best })
}
