use super::share::SampleGroup;
use crate::{
    council::{CouncilType, GssCode, Tier},
    register::{CouncilId, Register},
    year::ReportingYear,
};

/// The council of `tier` that the area of a lower-tier council of an earlier year belonged to in `year`: the council itself,
/// what came after it, or the county council above either.
///
/// None where that is not one council: nothing came after it, or it was divided.
#[must_use]
pub fn council_over(register: &Register, district: CouncilId, year: ReportingYear, tier: Tier) -> Option<CouncilId> {
    let standing = register.in_place_of(district, year);
    let [id] = standing.as_slice() else { return None };
    let council = register.get(*id)?;
    if council.council_type.stands_in(tier) {
        return Some(*id);
    }
    let county = register.by_code(council.county?)?;
    let above = register.get(county)?;
    (above.council_type == CouncilType::County && above.existed_in(year)).then_some(county)
}

/// The code, as it was in `year`, of the council of `tier` that a group of sampled postcodes belonged to.
#[must_use]
pub fn own_council(register: &Register, group: &SampleGroup, year: ReportingYear, tier: Tier) -> Option<GssCode> {
    // The postcode directory knows today's district for certain; the district of 2011 stands in for the years before it.
    let today = register.by_code(group.today)?;
    let existed = register.get(today).is_some_and(|council| council.existed_in(year));
    let district = if existed { today } else { register.by_code(group.base)? };
    register.get(council_over(register, district, year, tier)?)?.code_in(year)
}
