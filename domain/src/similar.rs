//! Similar authorities: the councils of the same type in the same year, and their averages.

use crate::{
    council::{Council, CouncilType},
    edition::Edition,
    figures::{Count, Figures, Value},
    measure::{Measure, Reading},
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
    Comparison {
        published: published(edition, id, council, year, measure),
        computed: leave_one_out(&peers, id, measure),
        peers,
    }
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
    let own = edition.figures(id, year).and_then(|figures| beside(figures, measure));
    let compared = is_compared(edition, id, council, year);
    own.or_else(|| compared.then(|| of_type(edition, council.council_type, year, measure)).flatten())
}

/// The average that was printed for councils of `kind`, in a table of averages or beside all those that print one.
#[must_use]
pub fn of_type(edition: &Edition, kind: CouncilType, year: ReportingYear, measure: Measure) -> Option<Value> {
    let listed = edition.average(kind, year).and_then(|average| match measure {
        Measure::Uphold => average.uphold_rate.map(Value::Percentage),
        Measure::UpheldPer100k => average.upheld_per_100k.map(Value::PerHundredThousand),
        Measure::Compliance => average.compliance_rate.map(Value::Percentage),
        Measure::Remedy => average.remedy_rate.map(Value::Percentage),
    });
    listed.or_else(|| {
        let peers = edition.register().of_type(year, kind);
        let mut printed = peers.filter_map(|(peer, _)| beside(edition.figures(peer, year)?, measure));
        let first = printed.next()?;
        printed.all(|other| other == first).then_some(first)
    })
}

/// The average that a source printed beside a council's own figures.
fn beside(figures: &Figures, measure: Measure) -> Option<Value> {
    match measure {
        Measure::Uphold => figures.uphold_rate_similar.map(Value::Percentage),
        Measure::UpheldPer100k => figures.upheld_per_100k_similar.map(Value::PerHundredThousand),
        Measure::Compliance => figures.compliance_rate_similar.map(Value::Percentage),
        Measure::Remedy => figures.remedy_rate_similar.map(Value::Percentage),
    }
}

fn leave_one_out(peers: &[(CouncilId, Reading)], id: CouncilId, measure: Measure) -> Computed {
    if !measure.is_percentage() {
        return Computed::NotOfCounts;
    }
    let counts = |(id, reading): &(CouncilId, Reading)| {
        let rate = reading.as_ref().ok()?;
        Some((*id, rate.count?, rate.total?))
    };
    let known: Vec<(CouncilId, Count, Count)> = peers.iter().filter_map(counts).collect();
    let (with_figures, of) = (known.len(), peers.len());
    let others: Vec<_> = known.iter().filter(|(other, ..)| *other != id).collect();
    let (count, total) = others.iter().fold((0, 0), |(count, total), (_, x, n)| (count + x, total + n));
    if with_figures < FEWEST_FOR_AN_AVERAGE || with_figures * 2 < of || total == 0 {
        Computed::TooFewCouncils { with_figures, of }
    } else {
        Computed::Average { count, total, others: others.len(), of }
    }
}
