use std::collections::BTreeMap;

use upheld_domain::boundary::{Borders, Layer, Simplification, council_layer};
use upheld_domain::register::CouncilId;
use upheld_domain::year::ReportingYear;

use super::Error;
use super::districts::Districts;
use crate::boundaries::levels::{FOUR_DECIMALS, Level, SPECK};

/// The layers of a level, by the first reporting year of each set of councils.
pub(super) fn make(
    districts: &Districts,
    borders: &Borders,
    level: &Level,
) -> Result<Vec<(ReportingYear, Layer)>, Error> {
    let vintages = districts.register.vintages();
    let councils = vintages
        .iter()
        .map(|&vintage| districts.councils_over(vintage, level.tier))
        .collect::<Result<Vec<Vec<CouncilId>>, Error>>()?;
    // Districts that were never parted in this tier are one region, so that no border within it leaves a vertex behind.
    let mut regions: BTreeMap<Vec<CouncilId>, usize> = BTreeMap::new();
    let region_of: Vec<usize> = (0..districts.councils.len())
        .map(|number| {
            let history = councils.iter().filter_map(|over| over.get(number).copied()).collect();
            let next = regions.len();
            *regions.entry(history).or_insert(next)
        })
        .collect();
    let importance = |at| districts.population.importance(at, level);
    let mesh = borders
        .grouped(|number| region_of.get(number).copied())?
        .snapped(FOUR_DECIMALS)?
        .mesh()
        .simplified(Simplification { threshold: level.threshold, importance: &importance });
    let histories: BTreeMap<usize, &Vec<CouncilId>> =
        regions.iter().map(|(history, &region)| (region, history)).collect();
    let layers = vintages.iter().enumerate().map(|(index, &vintage)| {
        let council = |region| histories.get(&region)?.get(index).copied();
        (vintage, council_layer(&districts.register, &mesh, vintage, SPECK, council))
    });
    Ok(layers.collect())
}
