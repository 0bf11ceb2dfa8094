//! The hex map: every council one equal cell, beside its neighbours as far as they can all be kept.
//!
//! 1. What is to be kept is read off the shapes (`ground`): who shares a border and how much of its outline, who lies across
//!    water from whom, which way each lies from the other, what hangs together, who has a coast.
//! 2. Each council is given the same room (`spread`): like Dorling's circles, drawn to where their neighbours would have them.
//! 3. Each is put on a hexagon (`anneal`): simulated annealing, by cells that change places or are shifted in lines.
//! 4. Islands come last, off the coast that is nearest to them (`isles`).
//!
//! The vintages of a tier are arranged one after the other, the latest first, each like the one after it, so that a council stays about where it was:
//! [`arrange_all`]. Everything is the same on every machine. It takes seconds: it is for when the files of `geo/` are made, and not for the
//! page, which reads these. [`Quality`] measures what came of it.
//!
//! Sources: Dorling, D. (1996), “Area cartograms: their use and creation”, CATMOG 59; Kirkpatrick, S., Gelatt, C. D. and Vecchi, M. P. (1983),
//! “Optimization by simulated annealing”, doi 10.1126/science.220.4598.671.

mod anneal;
mod drawing;
mod ground;
mod isles;
mod lattice;
mod outline;
mod quality;
mod spread;
mod tables;

use crate::{
    boundary::Layer,
    council::{GssCode, Region},
    register::{CouncilId, Register},
    year::ReportingYear,
};
use ground::{Ground, Like, Member};
use lattice::Field;
use std::collections::BTreeMap;

pub use drawing::Frame;
pub use lattice::Cell;
pub use outline::{Edge, is_outline};
pub use quality::{Quality, parts};

/// The cell of each council of a layer.
pub type Arrangement = BTreeMap<GssCode, Cell>;

/// How long an arrangement is sought, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Search {
    /// How many thousand moves are tried: 3,000 are enough for England.
    pub thousands: u32,
    /// Where the generator of what looks like chance starts. Arrangements that cost about the same can look different: a seed chooses one.
    pub seed: u64,
}

/// What is known of a council beside its shape.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct About {
    /// The region that it is to hang together with.
    pub region: Option<Region>,
    /// The county that it is to hang together with.
    pub county: Option<GssCode>,
    /// Where it stands in another arrangement that this one is to be like.
    pub before: Option<Before>,
}

/// Where a council stands in another arrangement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Before {
    /// It has this cell itself.
    Same(Cell),
    /// What stands in its place has its middle here; see [`Cell::middle`].
    InItsPlace((f64, f64)),
}

/// Arranges the councils of a layer, none of which may be there twice. The order in which they come does not matter.
#[must_use]
pub fn arrange(layer: &Layer, about: &dyn Fn(GssCode) -> About, search: Search) -> Arrangement {
    let mut shapes: Vec<_> = layer.shapes.iter().collect();
    shapes.sort_by_key(|shape| shape.code);
    let members: Vec<Member<'_>> = shapes
        .iter()
        .map(|shape| {
            let about = about(shape.code);
            let like = about.before.map(|before| match before {
                Before::Same(cell) => Like { at: cell.middle(), own: true },
                Before::InItsPlace(at) => Like { at, own: false },
            });
            Member { shape, region: about.region, county: about.county, like }
        })
        .collect();
    let (ground, isles) = Ground::of(&members);
    let targets = centred(spread::spread(&ground), ground.is_anchored());
    let mut north_west = Cell::default();
    let mut south_east = Cell::default();
    for target in &targets {
        let Cell { col, row } = lattice::nearest(*target);
        north_west = Cell { col: north_west.col.min(col), row: north_west.row.min(row) };
        south_east = Cell { col: south_east.col.max(col), row: south_east.row.max(row) };
    }
    // Room for councils that are pushed out, and beyond them for islands.
    let field = Field::new(
        Cell { col: north_west.col - 7, row: north_west.row - 7 },
        Cell { col: south_east.col + 7, row: south_east.row + 7 },
    );
    let cells = anneal::anneal(&ground, &field, &targets, search);
    let mut arrangement: Arrangement = ground
        .places
        .iter()
        .zip(&cells)
        .filter_map(|(place, cell)| Some((members.get(place.member)?.shape.code, field.cell(*cell))))
        .collect();
    isles::place(&ground, &field, &cells, &isles, &members, &mut arrangement);
    arrangement
}

/// So that their middle is at nothing; where they are like others, they stay.
fn centred(mut places: Vec<(f64, f64)>, stay: bool) -> Vec<(f64, f64)> {
    let mut sum = (0.0, 0.0, 0.0);
    for (x, y) in &places {
        sum = (sum.0 + x, sum.1 + y, sum.2 + 1.0);
    }
    if !stay && sum.2 > 0.0 {
        for (x, y) in &mut places {
            *x -= sum.0 / sum.2;
            *y -= sum.1 / sum.2;
        }
    }
    places
}

/// Arranges all vintages of a tier, given the first year and the layer of each, the latest first and each like the one after it. Cells of
/// all are counted from the same corner, so that the same cell is the same place.
#[must_use]
pub fn arrange_all(
    register: &Register,
    layers: &[(ReportingYear, Layer)],
    search: Search,
) -> BTreeMap<ReportingYear, Arrangement> {
    let mut years: Vec<&(ReportingYear, Layer)> = layers.iter().collect();
    years.sort_by_key(|(year, _)| core::cmp::Reverse(*year));
    let mut made: BTreeMap<ReportingYear, Arrangement> = BTreeMap::new();
    for (year, layer) in years {
        let later = made.first_key_value().map(|(year, cells)| (*year, by_council(register, cells)));
        let about = |code: GssCode| {
            let id = register.by_code(code);
            let council = id.and_then(|id| register.get(id));
            About {
                region: council.map(|council| council.region),
                county: council.and_then(|council| council.county),
                before: later.as_ref().zip(id).and_then(|((later, cells), id)| before(register, id, *later, cells)),
            }
        };
        let codes: Vec<GssCode> = layer.shapes.iter().map(|shape| shape.code).collect();
        let stayed = |code: &GssCode| match about(*code).before {
            Some(Before::Same(cell)) => Some((*code, cell)),
            _ => None,
        };
        // The same councils in both are arranged the same, whatever their codes.
        let same: Option<Arrangement> = codes.iter().map(stayed).collect();
        let all = later.as_ref().map(|(_, cells)| cells.len());
        let arrangement = same.filter(|same| Some(same.len()) == all);
        made.insert(*year, arrangement.unwrap_or_else(|| arrange(layer, &about, search)));
    }
    from_the_corner(&mut made);
    made
}

fn by_council(register: &Register, cells: &Arrangement) -> BTreeMap<CouncilId, Cell> {
    cells.iter().filter_map(|(code, cell)| Some((register.by_code(*code)?, *cell))).collect()
}

/// Where a council, or what came after it, stands in the arrangement of a later year.
fn before(
    register: &Register,
    id: CouncilId,
    later: ReportingYear,
    cells: &BTreeMap<CouncilId, Cell>,
) -> Option<Before> {
    if let Some(cell) = cells.get(&id) {
        return Some(Before::Same(*cell));
    }
    let mut sum = (0.0, 0.0, 0.0);
    for (x, y) in register.in_place_of(id, later).iter().filter_map(|id| cells.get(id)).map(|cell| cell.middle()) {
        sum = (sum.0 + x, sum.1 + y, sum.2 + 1.0);
    }
    (sum.2 > 0.0).then(|| Before::InItsPlace((sum.0 / sum.2, sum.1 / sum.2)))
}

/// Counts columns and rows from the westernmost and northernmost cell of any.
fn from_the_corner(all: &mut BTreeMap<ReportingYear, Arrangement>) {
    let cells = || all.values().flat_map(BTreeMap::values);
    let west = cells().map(|cell| cell.col).min().unwrap_or(0);
    // An even number of rows, as odd ones stand farther east.
    let north = cells().map(|cell| cell.row).min().unwrap_or(0) & !1;
    for cell in all.values_mut().flat_map(BTreeMap::values_mut) {
        *cell = Cell { col: cell.col - west, row: cell.row - north };
    }
}

#[cfg(test)]
mod tests;
