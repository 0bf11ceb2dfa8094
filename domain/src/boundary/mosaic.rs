use super::weld::Weld;
use super::{Borders, Fault, Layer, Mesh, Polygon, Position, Ring, Simplification, council_layer};
use crate::{
    register::{CouncilId, Register},
    year::ReportingYear,
};
use std::collections::{BTreeMap, BTreeSet};

/// The area of a council in an outside file.
#[derive(Clone, Copy, Debug)]
pub struct Area<'a> {
    /// Whose it is.
    pub own: CouncilId,
    /// As part of which council it is to be shown: the same, or the county council above it.
    pub shown_as: CouncilId,
    /// Where it is. Its rings are closed, and may run either way.
    pub polygons: &'a [Polygon],
}

/// Councils side by side: their borders on a grid, each there once.
#[derive(Clone, Debug)]
pub struct Mosaic {
    /// The council of each region of the mesh.
    councils: Vec<CouncilId>,
    mesh: Mesh,
}

/// Why areas cannot be laid side by side.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[allow(missing_docs, reason = "the message beside each variant says what it is, and its fields are what it names")]
pub enum MosaicFault {
    #[error("{first} and {second} overlap at ({at})")]
    Overlap { first: String, second: String, at: Position },
    #[error("{name} has a part or an edge twice, at ({at})")]
    Doubled { name: String, at: Position },
    #[error("its vertices stand so near each other, or its edges are so long, as no boundaries of councils are")]
    Crowded,
    #[error(transparent)]
    Unsound(Fault),
    #[error(
        "{name} covers {after:.2} km² once its rings are put in order, and {before:.2} by the file: a ring crosses itself, \
         a hole lies outside, or parts lie over each other"
    )]
    AreaDiffers { name: String, before: f64, after: f64 },
}

/// Steps of work that laying out may take: two hundred times as many as the generalised boundaries of England need.
const MOST_WORK: u64 = 300_000_000;
/// Vertices nearer than this, a metre or so, are the same: in ten-millionths of a degree.
const WELDED: i32 = 100;
/// How much of a council's area may be lost on the grid: narrow creeks close up, and specks of islands are dropped.
const AREA_LOST: f64 = 0.02;

impl Mosaic {
    /// Lays areas side by side on a grid of so many ten-millionths of a degree; see [`Borders::snapped`]. Vertices
    /// of neighbours that are within a metre of each other become one.
    ///
    /// # Errors
    ///
    /// Every [`MosaicFault`]: none of them would be seen on the map, or worse, some would.
    pub fn lay(
        register: &Register,
        vintage: ReportingYear,
        areas: &[Area<'_>],
        grid: i32,
        speck: f64,
    ) -> Result<Self, Vec<MosaicFault>> {
        let name = |number: usize| {
            let council = areas.get(number).and_then(|area| register.get(area.own));
            council.map(|council| council.name.clone()).unwrap_or_default()
        };
        let mut weld = Weld::new(WELDED);
        let mut welded: Vec<(usize, Polygon)> = Vec::new();
        for (number, area) in areas.iter().enumerate() {
            welded.extend(area.polygons.iter().map(|polygon| (number, weld.polygon(polygon))));
        }
        drop(weld);
        let polygons = welded.iter().map(|(number, polygon)| (*number, polygon));
        let districts = Borders::dissolve(polygons).map_err(|error| {
            let (first, second, at) = (name(error.first), name(error.second), error.at);
            vec![if first == second {
                MosaicFault::Doubled { name: first, at }
            } else {
                MosaicFault::Overlap { first, second, at }
            }]
        })?;
        if districts.is_crowded(grid, MOST_WORK) {
            return Err(vec![MosaicFault::Crowded]);
        }
        let councils: Vec<CouncilId> =
            areas.iter().map(|area| area.shown_as).collect::<BTreeSet<_>>().into_iter().collect();
        let region = |number: usize| councils.binary_search(&areas.get(number)?.shown_as).ok();
        let snapped = districts.grouped(region).and_then(|borders| borders.snapped(grid));
        let council_name = |region: usize| {
            let council = councils.get(region).and_then(|id| register.get(*id));
            council.map(|council| council.name.clone()).unwrap_or_default()
        };
        let borders = snapped.map_err(|error| {
            let (first, second) = (council_name(error.first), council_name(error.second));
            vec![MosaicFault::Overlap { first, second, at: error.at }]
        })?;
        let mosaic = Self { mesh: borders.mesh(), councils };
        let faults = mosaic.faults(register, vintage, areas, speck);
        if faults.is_empty() { Ok(mosaic) } else { Err(faults) }
    }

    /// The councils' shapes, with the codes in force in `vintage`, simplified; see [`Mesh::simplified`] and [`council_layer`].
    #[must_use]
    pub fn layer(&self, register: &Register, vintage: ReportingYear, by: Simplification<'_>, speck: f64) -> Layer {
        self.drawn(register, vintage, &self.mesh.simplified(by), speck)
    }

    fn drawn(&self, register: &Register, vintage: ReportingYear, mesh: &Mesh, speck: f64) -> Layer {
        council_layer(register, mesh, vintage, speck, |region| self.councils.get(region).copied())
    }

    /// What is wrong before anything was simplified.
    fn faults(&self, register: &Register, vintage: ReportingYear, areas: &[Area<'_>], speck: f64) -> Vec<MosaicFault> {
        let whole = self.drawn(register, vintage, &self.mesh, speck);
        // What has no area left is told below, by its name.
        let unsound = whole.faults().into_iter().filter(|fault| !matches!(fault, Fault::Empty { .. }));
        let faults: Vec<MosaicFault> = unsound.map(MosaicFault::Unsound).collect();
        if !faults.is_empty() {
            return faults;
        }
        let mut before: BTreeMap<CouncilId, f64> = BTreeMap::new();
        for area in areas {
            *before.entry(area.shown_as).or_default() += area.polygons.iter().map(printed_area).sum::<f64>();
        }
        let differs = |(id, before): (CouncilId, f64)| {
            let council = register.get(id)?;
            // Adding zero turns the negative zero of no parts into a positive one.
            let after = whole.shape(council.code_in(vintage)?).map_or(0.0, super::Shape::area) + 0.0;
            ((before - after).abs() > AREA_LOST * before.abs() || after <= 0.0).then(|| MosaicFault::AreaDiffers {
                name: council.name.clone(),
                before,
                after,
            })
        };
        before.into_iter().filter_map(differs).collect()
    }
}

/// The area of a polygon whose rings may run either way, in square kilometres.
fn printed_area(polygon: &Polygon) -> f64 {
    let holes: f64 = polygon.holes.iter().map(|hole| Ring::signed_area(hole).abs()).sum();
    polygon.outer.signed_area().abs() - holes
}
