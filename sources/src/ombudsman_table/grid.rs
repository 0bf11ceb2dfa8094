//! Sheets as they were found, of whichever format: cells by row and column, the empty ones left out.

use super::{error::ReadError, limits::Limits};
use std::collections::BTreeMap;

/// A row that is not empty. Its cells' texts stand one after the other in one string: a string for each would take more memory
/// than what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GridRow {
    /// As an editor counts.
    pub(super) number: u64,
    text: String,
    /// By column, in order.
    cells: Vec<Place>,
}

/// Where in a row's text what a reader sees in one of its cells stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    column: u32,
    start: u32,
    end: u32,
}

impl Place {
    fn column(self) -> usize {
        usize::try_from(self.column).unwrap_or(usize::MAX)
    }

    fn of(self, text: &str) -> &str {
        let place = |at| usize::try_from(at).unwrap_or(usize::MAX);
        text.get(place(self.start)..place(self.end)).unwrap_or_default()
    }
}

impl GridRow {
    const fn new(number: u64) -> Self {
        Self { number, text: String::new(), cells: Vec::new() }
    }

    /// What a reader sees in `column`; nothing in an empty cell.
    pub(super) fn text(&self, column: usize) -> &str {
        let place = self.cells.binary_search_by_key(&column, |place| place.column()).ok();
        place.and_then(|place| self.cells.get(place)).map_or("", |place| place.of(&self.text))
    }

    /// The cells that are not empty, with their columns.
    pub(super) fn cells(&self) -> impl DoubleEndedIterator<Item = (usize, &str)> + Clone {
        self.cells.iter().map(|place| (place.column(), place.of(&self.text)))
    }

    /// Puts `text` into `column`, in place of what stands there; false where the row is too long for it.
    fn put(&mut self, column: usize, text: &str) -> bool {
        let start = u32::try_from(self.text.len());
        let end = u32::try_from(self.text.len().saturating_add(text.len()));
        let (Ok(start), Ok(end), Ok(column)) = (start, end, u32::try_from(column)) else { return false };
        self.text.push_str(text);
        let place = Place { column, start, end };
        match self.cells.binary_search_by_key(&column, |place| place.column) {
            Ok(at) => self.cells.iter_mut().skip(at).take(1).for_each(|there| *there = place),
            Err(at) => self.cells.insert(at, place),
        }
        true
    }

    /// Gives back the memory that was set aside for more.
    fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.cells.shrink_to_fit();
    }
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    /// None in a file without sheets.
    pub(super) name: Option<String>,
    /// In order, the empty ones left out.
    pub(super) rows: Vec<GridRow>,
    /// How many rows between the first and the last are empty.
    pub(super) blank: u64,
}

/// A sheet that is being gathered, cell by cell in any order, within limits.
pub(super) struct Gathering {
    rows: BTreeMap<u64, GridRow>,
    /// The row into which something was put last.
    last: u64,
}

/// How much a file may still hold.
pub(super) struct Budget<'a> {
    pub(super) limits: &'a Limits,
    cells: usize,
    /// Of text, of which there is no more than a file may have bytes: one that a workbook holds once can stand in many cells.
    bytes: usize,
}

impl<'a> Budget<'a> {
    pub(super) const fn new(limits: &'a Limits) -> Self {
        Self { limits, cells: limits.cells, bytes: limits.file_bytes }
    }
}

impl Gathering {
    pub(super) const fn new() -> Self {
        Self { rows: BTreeMap::new(), last: 0 }
    }

    /// Puts `text` into row `number` (from 1) and `column` (from 0), unless nothing is in it.
    pub(super) fn put(
        &mut self,
        budget: &mut Budget<'_>,
        number: u64,
        column: usize,
        text: &str,
    ) -> Result<(), ReadError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let limits = budget.limits;
        let too_much = |what, most| Err(ReadError::TooMuch { what, most });
        if column >= limits.columns {
            return too_much("columns", limits.columns);
        }
        if text.len() > limits.cell_bytes {
            return too_much("bytes in one cell", limits.cell_bytes);
        }
        if self.rows.len() >= limits.rows && !self.rows.contains_key(&number) {
            return too_much("rows", limits.rows);
        }
        let Some(left) = budget.cells.checked_sub(1) else { return too_much("cells", limits.cells) };
        budget.cells = left;
        let Some(left) = budget.bytes.checked_sub(text.len()) else {
            return too_much("bytes of text in cells", limits.file_bytes);
        };
        budget.bytes = left;
        if self.last != number {
            self.rows.get_mut(&self.last).into_iter().for_each(GridRow::shrink);
            self.last = number;
        }
        let row = self.rows.entry(number).or_insert_with(|| GridRow::new(number));
        if row.put(column, text) { Ok(()) } else { too_much("bytes of text in cells", limits.file_bytes) }
    }

    /// The sheet, called `name`.
    pub(super) fn finish(self, name: Option<String>) -> Grid {
        let span = self.rows.first_key_value().zip(self.rows.last_key_value());
        let span = span.map_or(0, |((first, _), (last, _))| (last - first).saturating_add(1));
        let rows: Vec<GridRow> = self.rows.into_values().collect();
        let blank = span.saturating_sub(u64::try_from(rows.len()).unwrap_or(u64::MAX));
        Grid { name, rows, blank }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_gathered_in_any_order_and_the_last_in_a_place_stays() {
        let limits = Limits::default();
        let (mut budget, mut sheet) = (Budget::new(&limits), Gathering::new());
        for (row, column, text) in [(7, 3, "d"), (7, 0, "Kent"), (2, 1, "é"), (7, 3, "later"), (7, 1, " "), (7, 9, "–")]
        {
            sheet.put(&mut budget, row, column, text).unwrap();
        }
        let grid = sheet.finish(None);
        let cells: Vec<(u64, Vec<(usize, &str)>)> =
            grid.rows.iter().map(|row| (row.number, row.cells().collect())).collect();
        assert_eq!(cells, [(2, vec![(1, "é")]), (7, vec![(0, "Kent"), (3, "later"), (9, "–")])]);
        assert_eq!((grid.rows[1].text(3), grid.rows[1].text(4), grid.blank), ("later", "", 4));
    }
}
