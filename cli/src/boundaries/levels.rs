//! How the boundaries are made: the levels of detail of each tier, and what each has to keep to.

use super::Measured;
use crate::size::compressed;
use upheld_domain::{
    boundary::{Fault, Layer, Sample, own_council, share_inside},
    council::Tier,
    register::Register,
    year::ReportingYear,
};

/// How the boundaries of one tier are made for one purpose.
pub(crate) struct Level {
    pub(crate) tier: Tier,
    pub(crate) purpose: &'static str,
    /// What the file's name ends in.
    suffix: &'static str,
    /// Vertices that matter less than this go, in square metres at average population.
    pub(crate) threshold: f64,
    /// How much more a place matters where more people live: 0 not at all, 1 in proportion.
    pub(super) people: f64,
    /// Least share of postcodes inside their own council, in percent.
    pub(crate) least_share: f64,
    /// Most bytes after compression.
    pub(crate) most_bytes: usize,
}

/// A ten-thousandth of a degree, some ten metres: coordinates have four decimals.
pub(crate) const FOUR_DECIMALS: i32 = 1_000;
/// Parts with less area are dropped, in square kilometres.
pub(crate) const SPECK: f64 = 0.005;
/// Found by trial: in proportion to the population, coasts and moors look rough; not at all, a third more bytes are needed for the
/// same share of postcodes.
const PEOPLE: f64 = 0.5;
const FIRST_VIEW: &str = "first view";
const DETAILED: &str = "detailed";

pub(crate) const LEVELS: [Level; 4] = [
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
    /// Whether it is what is loaded on zoom.
    pub(crate) fn is_detailed(&self) -> bool {
        self.purpose == DETAILED
    }

    /// Such as `lower-2024-detail.geojson`.
    pub(crate) fn file_name(&self, vintage: ReportingYear) -> String {
        format!("{}-{}{}.geojson", self.tier.key(), vintage.key(), self.suffix)
    }

    /// What the file says about itself: `made` tells of what, and by which command.
    pub(crate) fn members(&self, vintage: ReportingYear, made: &str) -> [(&'static str, String); 4] {
        members(self.tier, vintage, made)
    }

    /// Measures a layer as it is written.
    pub(crate) fn measure(
        &self,
        file: String,
        layer: &Layer,
        text: &str,
        vintage: ReportingYear,
        register: &Register,
        sample: Option<&Sample>,
    ) -> Measured {
        let own = |group: &_| own_council(register, group, vintage, self.tier);
        Measured {
            file,
            councils: layer.shapes.len(),
            vertices: layer.vertices(),
            bytes: text.len(),
            brotli: compressed(text.as_bytes()),
            most_brotli: Some(self.most_bytes),
            share_percent: sample.map(|sample| share_inside(layer, sample, own).percent()),
            least_share_percent: self.least_share,
        }
    }
}

/// What a file of a tier and vintage says about itself: `made` tells of what, and by which command.
pub(crate) fn members(tier: Tier, vintage: ReportingYear, made: &str) -> [(&'static str, String); 4] {
    [
        ("attribution", ATTRIBUTION.to_owned()),
        ("made", made.to_owned()),
        ("tier", tier.key().to_owned()),
        ("vintage", vintage.key().to_string()),
    ]
}

/// Everything that is wrong with a layer that is to be written: its shapes, and councils missing or too many.
pub(crate) fn faults(layer: &Layer, vintage: ReportingYear, tier: Tier, register: &Register) -> Vec<Fault> {
    let councils = register.in_tier(vintage, tier).filter_map(|(_, council)| council.code_in(vintage));
    let mut faults = layer.faults();
    faults.extend(layer.faults_against(councils));
    faults
}
