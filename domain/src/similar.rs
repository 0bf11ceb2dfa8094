//! Similar authorities: the councils of the same type in the same year, and their averages.

use crate::{
    council::{Council, CouncilType},
    edition::{Edition, Provenance},
    figures::{Count, Value},
    measure::{Measure, Reading},
    rank::{RankInterval, ranks},
    register::CouncilId,
    year::ReportingYear,
};

/// The fewest councils of a type from whose figures an average is worked out.
pub const FEWEST_FOR_AN_AVERAGE: usize = 5;

/// A council beside its similar authorities, on one measure in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The average that the Ombudsman printed.
    pub published: Option<Value>,
    /// What Upheld works out from the edition's counts.
    pub computed: Computed,
    /// Every council of the type with how it reads, this one among them.
    pub peers: Vec<(CouncilId, Reading)>,
}

/// The pooled rate of all other councils of the type, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Computed {
    /// (Σx − xᵢ) of (Σn − nᵢ).
    Average {
        /// Σx − xᵢ.
        count: Count,
        /// Σn − nᵢ, more than zero.
        total: Count,
        /// How many other councils of the type have both counts: those whose counts these are.
        others: usize,
        /// How many councils of the type there were.
        of: usize,
    },
    /// Fewer than half of the type, or fewer than [`FEWEST_FOR_AN_AVERAGE`], have figures.
    TooFewCouncils {
        /// How many have, this one included where it has.
        with_figures: usize,
        /// How many there were.
        of: usize,
    },
    /// The measure is not a share of counts.
    NotOfCounts,
    /// The council did not exist in the year, and nothing is known of it: it has no similar authorities.
    NotThen,
}

impl Computed {
    /// The rate in percent, where there is one.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        match self {
            Self::Average { count, total, .. } => Some(100.0 * f64::from(count) / f64::from(total)),
            Self::TooFewCouncils { .. } | Self::NotOfCounts | Self::NotThen => None,
        }
    }
}

/// Compares `council` with its type in `year`.
#[must_use]
pub fn compare(
    edition: &Edition,
    id: CouncilId,
    council: &Council,
    year: ReportingYear,
    measure: Measure,
) -> Comparison {
    if !is_compared(edition, id, council, year) {
        return Comparison { published: None, computed: Computed::NotThen, peers: Vec::new() };
    }
    let peers = edition.readings(council.council_type, year, measure);
    let computed = leave_one_out(&peers, id, measure);
    Comparison { published: published(edition, id, council, year, measure), computed, peers }
}

/// The comparison of one of `peers`, which are its type in `year`, without the peers themselves; none where it is of another register.
#[must_use]
pub fn among(
    edition: &Edition,
    id: CouncilId,
    year: ReportingYear,
    measure: Measure,
    peers: &[(CouncilId, Reading)],
) -> Option<Comparison> {
    let council = edition.register().get(id)?;
    let computed = leave_one_out(peers, id, measure);
    Some(Comparison { published: published(edition, id, council, year, measure), computed, peers: Vec::new() })
}

/// Whether a council has similar authorities in a year: where it existed, or where figures of it were still printed.
fn is_compared(edition: &Edition, id: CouncilId, council: &Council, year: ReportingYear) -> bool {
    council.existed_in(year) || edition.figures(id, year).is_some()
}

/// The printed average: the one beside the council's own figures, else the one printed for its type, else
/// the one that stands beside every other council of the type that prints one.
#[must_use]
pub fn published(
    edition: &Edition,
    id: CouncilId,
    council: &Council,
    year: ReportingYear,
    measure: Measure,
) -> Option<Value> {
    let own = edition.figures(id, year).and_then(|figures| figures.get(measure.average_field()));
    let compared = is_compared(edition, id, council, year);
    own.or_else(|| compared.then(|| of_type(edition, council.council_type, year, measure)).flatten())
}

/// The average that was printed for councils of `kind`, in a table of averages or beside all those that print one.
#[must_use]
pub fn of_type(edition: &Edition, kind: CouncilType, year: ReportingYear, measure: Measure) -> Option<Value> {
    listed(edition, kind, year, measure).or_else(|| {
        let mut printed = beside_peers(edition, kind, year, measure);
        let (_, first) = printed.next()?;
        printed.all(|(_, other)| other == first).then_some(first)
    })
}

/// Where a printed average was taken from.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin<'edition> {
    /// It stands beside the council's own figures; `listed` is what the table of averages has for its type.
    Beside {
        /// Who printed it.
        provenance: Provenance<'edition>,
        /// The value in the table of averages, where it has one.
        listed: Option<Value>,
    },
    /// It stands in the table of averages, which was gathered from the Ombudsman's pages of councils of the type.
    Listed {
        /// The councils of the type beside whose own figures the same stands.
        beside: Vec<CouncilId>,
    },
    /// It stands beside the figures of these councils of the type: all that print one, and all print the same.
    Peers(Vec<CouncilId>),
}

/// Where the average comes from that [`published`] answers; none where it answers none.
#[must_use]
pub fn origin<'edition>(
    edition: &'edition Edition,
    id: CouncilId,
    council: &Council,
    year: ReportingYear,
    measure: Measure,
) -> Option<Origin<'edition>> {
    let (value, kind) = (published(edition, id, council, year, measure)?, council.council_type);
    let listed = listed(edition, kind, year, measure);
    if let Some(provenance) = edition.provenance(id, year, measure.average_field()) {
        return Some(Origin::Beside { provenance, listed });
    }
    let printed = beside_peers(edition, kind, year, measure);
    let beside = printed.filter(|(_, other)| *other == value).map(|(peer, _)| peer).collect();
    Some(if listed.is_some() { Origin::Listed { beside } } else { Origin::Peers(beside) })
}

/// The average that the table of averages has.
fn listed(edition: &Edition, kind: CouncilType, year: ReportingYear, measure: Measure) -> Option<Value> {
    let average = edition.average(kind, year)?;
    match measure {
        Measure::Uphold => average.uphold_rate.map(Value::Percentage),
        Measure::UpheldPer100k => average.upheld_per_100k.map(Value::PerHundredThousand),
        Measure::Compliance => average.compliance_rate.map(Value::Percentage),
        Measure::Remedy => average.remedy_rate.map(Value::Percentage),
    }
}

/// The averages that sources printed beside the figures of councils of `kind`, each with its council.
fn beside_peers(
    edition: &Edition,
    kind: CouncilType,
    year: ReportingYear,
    measure: Measure,
) -> impl Iterator<Item = (CouncilId, Value)> {
    let peers = edition.register().of_type(year, kind);
    peers.filter_map(move |(peer, _)| Some((peer, edition.figures(peer, year)?.get(measure.average_field())?)))
}

/// Those of `peers` that have both counts, x and n: what a computed average is made of.
pub fn counted(peers: &[(CouncilId, Reading)]) -> impl Iterator<Item = (CouncilId, Count, Count)> {
    peers.iter().filter_map(|(id, reading)| {
        let rate = reading.as_ref().ok()?;
        Some((*id, rate.count?, rate.total?))
    })
}

fn leave_one_out(peers: &[(CouncilId, Reading)], id: CouncilId, measure: Measure) -> Computed {
    if !measure.is_percentage() {
        return Computed::NotOfCounts;
    }
    let (mut with_figures, mut others, of) = (0, 0, peers.len());
    let (mut count, mut total) = (0, 0);
    for (other, x, n) in counted(peers) {
        with_figures += 1;
        if other != id {
            (others, count, total) = (others + 1, count + x, total + n);
        }
    }
    if with_figures < FEWEST_FOR_AN_AVERAGE || with_figures * 2 < of || total == 0 {
        Computed::TooFewCouncils { with_figures, of }
    } else {
        Computed::Average { count, total, others, of }
    }
}

/// The councils of `kind` in `year` that can be ranked on `measure`, each with its rank as an interval: all with counts, where at least
/// [`FEWEST_FOR_AN_AVERAGE`] have some; none otherwise, or where the measure is no share.
#[must_use]
pub fn ranked(
    edition: &Edition,
    kind: CouncilType,
    year: ReportingYear,
    measure: Measure,
) -> Option<Vec<(CouncilId, RankInterval)>> {
    let peers = edition.readings(kind, year, measure);
    let counted: Vec<(CouncilId, Count, Count)> = counted(&peers).filter(|(.., total)| *total > 0).collect();
    if !measure.is_percentage() || counted.len() < FEWEST_FOR_AN_AVERAGE {
        return None;
    }
    let counts: Vec<(Count, Count)> = counted.iter().map(|(_, count, total)| (*count, *total)).collect();
    Some(counted.iter().map(|(id, ..)| *id).zip(ranks(&counts)).collect())
}
