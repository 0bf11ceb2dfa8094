//! The ranks of all councils, within their type and year: drawn once for each, as all are drawn together.

use std::collections::BTreeMap;
use upheld_domain::{
    council::CouncilType, edition::Edition, measure::Measure, rank::RankInterval, register::CouncilId, similar,
    year::ReportingYear,
};

/// Between which places a council stands, among how many of its type with counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) rank: RankInterval,
    pub(super) of: usize,
}

/// The places of all councils.
pub(super) struct Ranks(BTreeMap<(CouncilId, ReportingYear, Measure), Place>);

impl Ranks {
    /// Ranks every council with counts, in every year, among the others of its type; none where fewer than five have counts.
    pub(super) fn of(edition: &Edition) -> Self {
        let mut places = BTreeMap::new();
        for year in edition.years() {
            for kind in CouncilType::ALL {
                for measure in Measure::ALL {
                    let Some(ranked) = similar::ranked(edition, kind, year, measure) else { continue };
                    let of = ranked.len();
                    places.extend(ranked.into_iter().map(|(id, rank)| ((id, year, measure), Place { rank, of })));
                }
            }
        }
        Self(places)
    }

    /// The place of a council.
    pub(super) fn get(&self, id: CouncilId, year: ReportingYear, measure: Measure) -> Option<Place> {
        self.0.get(&(id, year, measure)).copied()
    }
}
