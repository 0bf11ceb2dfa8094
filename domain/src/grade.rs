//! Is it different, or chance? What of a council's rate chance alone does not explain.

use crate::{
    binomial::{Tails, tails},
    figures::{Count, Value},
    measure::Reading,
    similar::{Comparison, Computed},
};

/// At or below this chance a rate is called different: one in a thousand.
pub const DIFFERENT: f64 = 0.001;

/// At or below this chance a rate is called possibly different: one in forty. Of 317 councils some 16 come out so by chance alone.
pub const POSSIBLY: f64 = 0.025;

/// What a rate is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baseline {
    /// The rate of similar authorities, 0 to 1.
    pub share: f64,
    /// How far the true rate may lie from it, as it was printed in whole percent: 0 where it is worked out from counts.
    pub slack: f64,
    /// Where it comes from.
    pub origin: BaselineOrigin,
}

/// Where a baseline comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BaselineOrigin {
    /// The counts of all other councils of the type that have some: `count` of `total`, from `others` of `of` councils.
    Others {
        /// Σx − xᵢ.
        count: Count,
        /// Σn − nᵢ.
        total: Count,
        /// How many councils these are.
        others: usize,
        /// How many councils of the type there were.
        of: usize,
    },
    /// The published average, where too few councils of the type have counts in the edition. The council itself is part of it,
    /// which brings the two closer together and never makes a difference of none.
    Published(Value),
}

impl Baseline {
    /// The baseline of `comparison`: the rate of the others, else the published average; none where there is neither, or the measure is no
    /// share.
    #[must_use]
    pub fn of(comparison: &Comparison) -> Option<Self> {
        if let Computed::Average { count, total, others, of } = comparison.computed {
            let origin = BaselineOrigin::Others { count, total, others, of };
            return Some(Self { share: f64::from(count) / f64::from(total), slack: 0.0, origin });
        }
        match comparison.published {
            Some(Value::Percentage(printed)) => Some(Self::printed(printed.percent(), Value::Percentage(printed))),
            _ => None,
        }
    }

    fn printed(percent: f64, printed: Value) -> Self {
        Self { share: percent / 100.0, slack: 0.005, origin: BaselineOrigin::Published(printed) }
    }

    /// The lowest and the highest rate that it may stand for.
    #[must_use]
    pub fn ends(self) -> (f64, f64) {
        ((self.share - self.slack).max(0.0), (self.share + self.slack).min(1.0))
    }
}

/// Whether a rate is different from that of similar authorities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// P(X ≤ x) ≤ 0.001.
    Lower,
    /// P(X ≤ x) ≤ 0.025.
    PossiblyLower,
    /// Neither tail is at or below 0.025.
    NoClearDifference,
    /// P(X ≥ x) ≤ 0.025.
    PossiblyHigher,
    /// P(X ≥ x) ≤ 0.001.
    Higher,
    /// Fewer than five cases: not judged, whatever they came to.
    TooFew,
}

/// The fewest cases that are judged.
pub const FEWEST_JUDGED: Count = 5;

impl Grade {
    /// All of them, from lower to higher.
    pub const ALL: [Self; 6] =
        [Self::Lower, Self::PossiblyLower, Self::NoClearDifference, Self::PossiblyHigher, Self::Higher, Self::TooFew];

    /// The grade of the exact tails.
    #[must_use]
    pub fn of(tails: Tails) -> Self {
        match (tails.at_least, tails.at_most) {
            (high, _) if high <= DIFFERENT => Self::Higher,
            (_, low) if low <= DIFFERENT => Self::Lower,
            (high, _) if high <= POSSIBLY => Self::PossiblyHigher,
            (_, low) if low <= POSSIBLY => Self::PossiblyLower,
            _ => Self::NoClearDifference,
        }
    }

    /// Its key in data files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::PossiblyLower => "possibly-lower",
            Self::NoClearDifference => "no-clear-difference",
            Self::PossiblyHigher => "possibly-higher",
            Self::Higher => "higher",
            Self::TooFew => "too-few",
        }
    }

    /// In words, as a heading.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Lower => "Lower than chance explains",
            Self::PossiblyLower => "Possibly lower than similar authorities",
            Self::NoClearDifference => "No clear difference from similar authorities",
            Self::PossiblyHigher => "Possibly higher than similar authorities",
            Self::Higher => "Higher than chance explains",
            Self::TooFew => "Too few to judge",
        }
    }

    /// Whether chance alone does not explain it: only these are given a colour.
    #[must_use]
    pub const fn stands_out(self) -> bool {
        matches!(self, Self::Lower | Self::Higher)
    }
}

/// How far up a number of cases could reach at most, and how far down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach {
    /// The grade of 0 of n.
    pub lowest: Grade,
    /// The grade of n of n.
    pub highest: Grade,
}

/// A rate, held against a baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// x.
    pub count: Count,
    /// n.
    pub total: Count,
    /// What it is held against.
    pub baseline: Baseline,
    /// The exact tails, each at the end of the baseline that speaks against a difference.
    pub tails: Tails,
    /// What follows.
    pub grade: Grade,
    /// What so many cases could have come to at all.
    pub reach: Reach,
}

/// Judges `count` of `total` against `baseline`; none where nothing was counted.
///
/// X ~ Bin(n, p₀), exact tails: P(X ≥ x) ≤ 0.001 is higher than chance explains, P(X ≤ x) ≤ 0.001 lower, either ≤ 0.025 possibly so. Where the
/// baseline is printed in whole percent, each tail is that at the end of its rounding that speaks against a difference.
///
/// ```
/// use upheld_domain::grade::{Baseline, BaselineOrigin, Grade, judge};
/// let origin = BaselineOrigin::Others { count: 80, total: 100, others: 9, of: 10 };
/// let ten_of_ten = judge(10, 10, Baseline { share: 0.8, slack: 0.0, origin }).unwrap();
/// assert_eq!(ten_of_ten.grade, Grade::NoClearDifference);
/// // Not even 10 of 10 would have stood out.
/// assert_eq!(ten_of_ten.reach.highest, Grade::NoClearDifference);
/// ```
#[must_use]
pub fn judge(count: Count, total: Count, baseline: Baseline) -> Option<Judged> {
    if total == 0 {
        return None;
    }
    let cautious = |count| {
        let (low, high) = baseline.ends();
        Some(Tails { at_least: tails(count, total, high)?.at_least, at_most: tails(count, total, low)?.at_most })
    };
    let graded = |tails| if total < FEWEST_JUDGED { Grade::TooFew } else { Grade::of(tails) };
    let own = cautious(count)?;
    let reach = Reach { lowest: graded(cautious(0)?), highest: graded(cautious(total)?) };
    Some(Judged { count, total, baseline, tails: own, grade: graded(own), reach })
}

/// Judges how a council reads against its similar authorities; none where its counts or a baseline are not known.
#[must_use]
pub fn judged(reading: &Reading, comparison: &Comparison) -> Option<Judged> {
    let rate = reading.as_ref().ok()?;
    judge(rate.count?, rate.total?, Baseline::of(comparison)?)
}
