//! The ranks of all councils, within their type and year: drawn once for each, as all are drawn together.

use std::collections::BTreeMap;
use upheld_domain::{
    council::CouncilType,
    edition::Edition,
    figures::Count,
    measure::Measure,
    rank::{RankInterval, ranks},
    register::CouncilId,
    similar::{self, FEWEST_FOR_AN_AVERAGE},
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
                for measure in Measure::ALL.into_iter().filter(|measure| measure.is_percentage()) {
                    let peers = edition.readings(kind, year, measure);
                    let counted: Vec<(CouncilId, Count, Count)> =
                        similar::counted(&peers).filter(|(.., total)| *total > 0).collect();
                    if counted.len() < FEWEST_FOR_AN_AVERAGE {
                        continue;
                    }
                    let counts: Vec<(Count, Count)> = counted.iter().map(|(_, x, n)| (*x, *n)).collect();
                    let of = counts.len();
                    let ranked = counted.into_iter().zip(ranks(&counts));
                    places.extend(ranked.map(|((id, ..), rank)| ((id, year, measure), Place { rank, of })));
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
