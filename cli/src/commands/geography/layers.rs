use std::collections::BTreeMap;

use upheld_domain::boundary::{Borders, Layer, Shape, Simplification};
use upheld_domain::council::{GssCode, Tier};
use upheld_domain::register::CouncilId;
use upheld_domain::year::ReportingYear;

use super::Error;
use super::districts::Districts;

/// How the boundaries of one tier are made for one purpose.
pub(super) struct Level {
    pub(super) tier: Tier,
    pub(super) purpose: &'static str,
    /// What the file's name ends in.
    suffix: &'static str,
    /// Vertices that matter less than this go, in square metres at average population.
    threshold: f64,
    /// How much more a place matters where more people live: 0 not at all, 1 in proportion.
    people: f64,
    /// Least share of postcodes inside their own council, in percent.
    pub(super) least_share: f64,
    /// Most bytes after compression.
    pub(super) most_bytes: usize,
}

/// A ten-thousandth of a degree, some ten metres: coordinates have four decimals.
const FOUR_DECIMALS: i32 = 1_000;
/// Parts with less area are dropped, in square kilometres.
const SPECK: f64 = 0.005;
/// Found by trial: in proportion to the population, coasts and moors look rough; not at all, a third more bytes are needed for the
/// same share of postcodes.
const PEOPLE: f64 = 0.5;
const FIRST_VIEW: &str = "first view";
const DETAILED: &str = "detailed";

pub(super) const LEVELS: [Level; 4] = [
    Level {
        tier: Tier::Lower,
        purpose: FIRST_VIEW,
        suffix: "",
        threshold: 450_000.0,
        people: PEOPLE,
        least_share: 99.0,
        most_bytes: 70_000,
    },
    Level {
        tier: Tier::Upper,
        purpose: FIRST_VIEW,
        suffix: "",
        threshold: 450_000.0,
        people: PEOPLE,
        least_share: 99.2,
        most_bytes: 45_000,
    },
    Level {
        tier: Tier::Lower,
        purpose: DETAILED,
        suffix: "-detail",
        threshold: 10_000.0,
        people: PEOPLE,
        least_share: 99.5,
        most_bytes: 150_000,
    },
    Level {
        tier: Tier::Upper,
        purpose: DETAILED,
        suffix: "-detail",
        threshold: 10_000.0,
        people: PEOPLE,
        least_share: 99.5,
        most_bytes: 150_000,
    },
];

const ATTRIBUTION: &str = "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. \
    Contains OS data © Crown copyright and database right 2026.";

impl Level {
    /// Such as `lower-2024-detail.geojson`.
    pub(super) fn file_name(&self, vintage: ReportingYear) -> String {
        format!("{}-{}{}.geojson", self.tier.key(), vintage.key(), self.suffix)
    }

    /// What the file says about itself.
    pub(super) fn members(&self, vintage: ReportingYear) -> [(&'static str, String); 4] {
        let made = "Dissolved from the super generalised Lower layer Super Output Areas of December 2011, clipped to the \
            coast, then simplified once per shared border, by the command `upheld geography`.";
        [
            ("attribution", ATTRIBUTION.to_owned()),
            ("made", made.to_owned()),
            ("tier", self.tier.key().to_owned()),
            ("vintage", vintage.key().to_string()),
        ]
    }
}

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
    let importance = |at| districts.population.density(at).powf(level.people);
    let mesh = borders
        .grouped(|number| region_of.get(number).copied())?
        .snapped(FOUR_DECIMALS)?
        .mesh()
        .simplified(Simplification { threshold: level.threshold, importance: &importance });
    let histories: BTreeMap<usize, &Vec<CouncilId>> =
        regions.iter().map(|(history, &region)| (region, history)).collect();
    let layers = vintages.iter().enumerate().map(|(index, &vintage)| {
        let polygons = mesh.shapes(SPECK, |region| histories.get(&region)?.get(index).copied());
        let shapes = polygons.into_iter().filter_map(|(id, polygons)| {
            let council = districts.register.get(id)?;
            Some(Shape { code: council.code_in(vintage)?, name: council.short_name.clone(), polygons })
        });
        let by_code: BTreeMap<GssCode, Shape> = shapes.map(|shape| (shape.code, shape)).collect();
        (vintage, Layer { shapes: by_code.into_values().collect() })
    });
    Ok(layers.collect())
}
