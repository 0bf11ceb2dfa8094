//! Where people live, for whom boundaries matter more there.

use super::levels::Level;
use std::collections::BTreeMap;
use upheld_domain::boundary::Position;

/// How densely people live, told by places that each stand for as many of them: small areas, or sampled postcodes.
pub(crate) struct Population {
    /// Places by cell.
    cells: BTreeMap<(i32, i32), f64>,
    /// Places about the average cell that has one.
    average: f64,
}

/// Cells in a degree: a cell is some four kilometres each way.
const CELLS: (f64, f64) = (16.0, 28.0);

impl Population {
    /// Of places of which each stands for as many people, some twenty-five thousand of them.
    pub(crate) fn of(places: impl Iterator<Item = Position>) -> Self {
        let mut cells = BTreeMap::new();
        for at in places {
            *cells.entry(cell(at)).or_default() += 1.0;
        }
        let mut population = Self { cells, average: 1.0 };
        let total: f64 = population.cells.keys().map(|&cell| population.about(cell)).sum();
        let cells = population.cells.values().map(|_| 1.0).sum::<f64>();
        population.average = (total / cells).max(1.0);
        population
    }

    /// Places in a cell and the eight about it, and one so that no place counts for nothing.
    fn about(&self, (x, y): (i32, i32)) -> f64 {
        let near = (x - 1..=x + 1).flat_map(|x| self.cells.range((x, y - 1)..=(x, y + 1)));
        1.0 + near.map(|(_, count)| count).sum::<f64>()
    }

    /// How many times a place matters at a level of detail.
    pub(crate) fn importance(&self, at: Position, level: &Level) -> f64 {
        self.density(at).powf(level.people)
    }

    /// How densely people live about a place, as a multiple of the average.
    fn density(&self, at: Position) -> f64 {
        self.about(cell(at)) / self.average
    }
}

#[allow(clippy::cast_possible_truncation, reason = "degrees within ±180, a few tens of cells each")]
fn cell(at: Position) -> (i32, i32) {
    let (lon, lat) = at.degrees();
    ((lon * CELLS.0).floor() as i32, (lat * CELLS.1).floor() as i32)
}
