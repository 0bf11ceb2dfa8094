//! How much of the ground an arrangement keeps.

use super::{
    Arrangement, Cell,
    ground::{Outline, connected},
};
use crate::{boundary::Layer, council::GssCode};

/// What an arrangement keeps of the layer that it arranges.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Quality {
    /// How many pairs of councils share a border, however short.
    pub pairs: u32,
    /// How many of these are side by side.
    pub kept: u32,
    /// How far councils are from where they lie on the ground on average, in widths of a cell. The ground is a map in Web Mercator,
    /// moved and scaled, not turned, to fit the cells best. Cities need more room than they have, so this is never near nothing.
    pub mean_displacement: f64,
    /// The same of the one that is farthest.
    pub most_displacement: f64,
    /// Of all pairs of councils that do not stand in one row, the share whose order from north to south is that of the ground; 0 to 1.
    pub north_south: f64,
    /// The same from west to east, of those that do not stand in one column.
    pub west_east: f64,
}

impl Quality {
    /// Measures an arrangement. Councils that it lacks count as torn from all neighbours.
    #[must_use]
    pub fn of(layer: &Layer, cells: &Arrangement) -> Self {
        let mut quality = Self::default();
        for (one, other) in layer.neighbours() {
            quality.pairs += 1;
            let side_by_side =
                cells.get(&one).zip(cells.get(&other)).is_some_and(|(one, other)| one.steps_to(*other) == 1);
            quality.kept += u32::from(side_by_side);
        }
        let places: Vec<Stands> = layer
            .shapes
            .iter()
            .filter_map(|shape| {
                Some(Stands { ground: Outline::of(shape).middle, cell: cells.get(&shape.code)?.middle() })
            })
            .collect();
        (quality.mean_displacement, quality.most_displacement) = displacement(&places);
        quality.west_east = order_held(&places, |at| at.0);
        quality.north_south = order_held(&places, |at| at.1);
        quality
    }

    /// The share of neighbours that are side by side, 0 to 1; 1 where there are none.
    #[must_use]
    pub fn share_kept(&self) -> f64 {
        if self.pairs == 0 { 1.0 } else { f64::from(self.kept) / f64::from(self.pairs) }
    }
}

/// Where a council is on the ground and where its cell is.
struct Stands {
    ground: (f64, f64),
    cell: (f64, f64),
}

/// The mean and the greatest distance of cells from places on the ground, best fitted.
fn displacement(places: &[Stands]) -> (f64, f64) {
    let count = places.iter().fold(0.0, |count, _| count + 1.0);
    if count == 0.0 {
        return (0.0, 0.0);
    }
    let mean = |part: fn(&Stands) -> f64| places.iter().map(part).sum::<f64>() / count;
    let (ground_x, ground_y) = (mean(|it| it.ground.0), mean(|it| it.ground.1));
    let (cell_x, cell_y) = (mean(|it| it.cell.0), mean(|it| it.cell.1));
    let from_means =
        |it: &Stands| ((it.ground.0 - ground_x, it.ground.1 - ground_y), (it.cell.0 - cell_x, it.cell.1 - cell_y));
    let (mut together, mut spread) = (0.0, 0.0);
    for (ground, cell) in places.iter().map(from_means) {
        together += ground.0 * cell.0 + ground.1 * cell.1;
        spread += ground.0 * ground.0 + ground.1 * ground.1;
    }
    let scale = if spread > 0.0 { together / spread } else { 0.0 };
    let away = places.iter().map(from_means).map(|(ground, cell)| {
        let (x, y) = (ground.0 * scale - cell.0, ground.1 * scale - cell.1);
        (x * x + y * y).sqrt()
    });
    away.fold((0.0, 0.0), |(mean, most), away| (mean + away / count, f64::max(most, away)))
}

/// The share of pairs whose order along an axis is the same on the ground and among the cells.
fn order_held(places: &[Stands], axis: impl Fn((f64, f64)) -> f64) -> f64 {
    let (mut held, mut all) = (0_u32, 0_u32);
    for (number, one) in places.iter().enumerate() {
        for other in places.iter().skip(number + 1) {
            let ground = axis(other.ground) - axis(one.ground);
            let cells = axis(other.cell) - axis(one.cell);
            if cells.abs() > 1e-9 {
                all += 1;
                held += u32::from((ground > 0.0) == (cells > 0.0));
            }
        }
    }
    if all == 0 { 1.0 } else { f64::from(held) / f64::from(all) }
}

/// The parts in which some councils stand: within each, one leads to the other by cells side by side.
#[must_use]
pub fn parts(cells: &Arrangement, councils: impl Iterator<Item = GssCode>) -> Vec<Vec<GssCode>> {
    let cells: Vec<(GssCode, Cell)> = councils.filter_map(|code| Some((code, *cells.get(&code)?))).collect();
    let parts = connected(&cells, |one, other| one.1.steps_to(other.1) == 1);
    parts.into_iter().map(|part| part.into_iter().map(|(code, _)| code).collect()).collect()
}
