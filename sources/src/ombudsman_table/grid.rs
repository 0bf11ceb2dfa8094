//! Sheets as they were found, of whichever format: cells by row and column, the empty ones left out.

use super::{error::ReadError, limits::Limits};
use std::collections::BTreeMap;

/// A row that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GridRow {
    /// As an editor counts.
    pub(super) number: u64,
    /// What a reader sees, by column, in order.
    cells: Vec<(usize, String)>,
}

impl GridRow {
    /// What a reader sees in `column`; nothing in an empty cell.
    pub(super) fn text(&self, column: usize) -> &str {
        let place = self.cells.binary_search_by_key(&column, |(place, _)| *place).ok();
        place.and_then(|place| self.cells.get(place)).map_or("", |(_, text)| text)
    }

    /// The cells that are not empty, with their columns.
    pub(super) fn cells(&self) -> impl DoubleEndedIterator<Item = (usize, &str)> + Clone {
        self.cells.iter().map(|(column, text)| (*column, text.as_str()))
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
    rows: BTreeMap<u64, BTreeMap<usize, String>>,
}

/// How much a file may still hold.
pub(super) struct Budget<'a> {
    pub(super) limits: &'a Limits,
    cells: usize,
    /// Of text: one that a workbook holds once can stand in many cells.
    bytes: usize,
}

impl<'a> Budget<'a> {
    pub(super) const fn new(limits: &'a Limits) -> Self {
        Self { limits, cells: limits.cells, bytes: limits.unpacked_bytes }
    }
}

impl Gathering {
    pub(super) const fn new() -> Self {
        Self { rows: BTreeMap::new() }
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
            return too_much("bytes of text in cells", limits.unpacked_bytes);
        };
        budget.bytes = left;
        self.rows.entry(number).or_default().insert(column, text.to_owned());
        Ok(())
    }

    /// The sheet, called `name`.
    pub(super) fn finish(self, name: Option<String>) -> Grid {
        let span = self.rows.first_key_value().zip(self.rows.last_key_value());
        let span = span.map_or(0, |((first, _), (last, _))| (last - first).saturating_add(1));
        let rows: Vec<GridRow> = self
            .rows
            .into_iter()
            .map(|(number, cells)| GridRow { number, cells: cells.into_iter().collect() })
            .collect();
        let blank = span.saturating_sub(u64::try_from(rows.len()).unwrap_or(u64::MAX));
        Grid { name, rows, blank }
    }
}
