use super::{Layer, Mesh, SampleGroup, Shape};
use crate::{
    council::{CouncilType, GssCode, Tier},
    register::{CouncilId, Register},
    year::ReportingYear,
};
use std::collections::BTreeMap;

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

/// The shapes of councils, out of the borders of regions of which `council` tells whose they are: with the codes in force in
/// `year`, and in their order. Parts below `speck` square kilometres are dropped as [`Mesh::shapes`] does.
#[must_use]
pub fn council_layer(
    register: &Register,
    mesh: &Mesh,
    year: ReportingYear,
    speck: f64,
    council: impl Fn(usize) -> Option<CouncilId>,
) -> Layer {
    let shapes = mesh.shapes(speck, council).into_iter().filter_map(|(id, polygons)| {
        let council = register.get(id)?;
        Some(Shape { code: council.code_in(year)?, name: council.short_name.clone(), polygons })
    });
    let by_code: BTreeMap<GssCode, Shape> = shapes.map(|shape| (shape.code, shape)).collect();
    Layer { shapes: by_code.into_values().collect() }
}
