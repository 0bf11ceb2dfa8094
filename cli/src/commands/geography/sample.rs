use std::collections::BTreeMap;

use upheld_domain::boundary::{Borders, Polygon, Position, Sample, SampleGroup, Whereabouts};
use upheld_domain::council::{GssCode, Tier};
use upheld_domain::year::ReportingYear;
use upheld_sources::packages::Postcode;

use super::Error;
use super::districts::Districts;

/// What the file of the sample says about itself.
pub(super) const NOTE: &str = "\
A fixed sample of English postcodes, to measure what share of them lies inside the boundary of their own council:
every 90th of the ONS Postcode Directory of November 2025 in the order of district and postcode.
A line a district: its GSS code today, the code of the district of 2011 to 2018, then longitude and latitude (WGS 84) in
hundred-thousandths of a degree, each but the first as the difference from the one before. Made by `upheld geography`.
Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown copyright
and database right 2026. Contains Royal Mail data © Royal Mail copyright and database right 2026.";

/// One postcode in so many is taken.
const STEP: usize = 90;

/// Draws the sample.
///
/// The directory knows each postcode's district today. Where that was made of several districts of 2011, the one is taken in
/// whose unsimplified area the postcode lies, or whose border is nearest.
pub(super) fn draw(postcodes: &[Postcode], districts: &Districts, borders: &Borders) -> Result<Sample, Error> {
    let english = |postcode| Some((Postcode::district(postcode)?, postcode));
    let mut postcodes: Vec<(GssCode, &Postcode)> = postcodes.iter().filter_map(english).collect();
    postcodes.sort_by(|a, b| (a.0, &a.1.text).cmp(&(b.0, &b.1.text)));
    let exact = borders.mesh().shapes(0.0, Some);
    let members = members_of_today(districts)?;
    let mut groups: BTreeMap<(GssCode, GssCode), Vec<Position>> = BTreeMap::new();
    for (district, postcode) in postcodes.into_iter().step_by(STEP) {
        let candidates = members.get(&district).map(Vec::as_slice).unwrap_or_default();
        let Some(place) = postcode.position() else { continue };
        let base = base_district(place, candidates, &exact).and_then(|number| districts.code(number));
        if let Some(base) = base {
            groups.entry((district, base)).or_default().push(place);
        }
    }
    let groups = groups.into_iter().map(|((today, base), mut places)| {
        // In this order the differences are small, and so is the file.
        places.sort_unstable();
        SampleGroup { today, base, places }
    });
    Ok(Sample { groups: groups.collect() })
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
