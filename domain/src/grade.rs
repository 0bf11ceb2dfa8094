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
    /// How far the true rate may lie from it: half of the last place that was printed, and none where it is worked out from counts. Where
    /// those leave no chance to one outcome (all or none of the others' cases came out so) it is half a case: that none has been seen yet does not
    /// mean that there can be none.
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
            let slack = if count == 0 || count == total { 0.5 / f64::from(total) } else { 0.0 };
            return Some(Self { share: f64::from(count) / f64::from(total), slack, origin });
        }
        match comparison.published {
            Some(value @ Value::Percentage(printed)) => Some(Self::printed(printed.percent(), value)),
            _ => None,
        }
    }

    fn printed(percent: f64, printed: Value) -> Self {
        // "79.4" is told from 79.35 to 79.45, "79" from 78.5 to 79.5.
        let slack = if percent.fract() > 0.0 { 0.000_5 } else { 0.005 };
        Self { share: percent / 100.0, slack, origin: BaselineOrigin::Published(printed) }
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

    /// In few words, for the cell of a table.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::PossiblyLower => "possibly lower",
            Self::NoClearDifference => "no clear difference",
            Self::PossiblyHigher => "possibly higher",
            Self::Higher => "higher",
            Self::TooFew => "too few to judge",
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

/// Judges `count` of `total` against `baseline`; none where nothing was counted, or more came out than there were.
///
/// X ~ Bin(n, p₀), exact tails: P(X ≥ x) ≤ 0.001 is higher than chance explains, P(X ≤ x) ≤ 0.001 lower, either ≤ 0.025 possibly so. Where the
/// baseline is not known exactly ([`Baseline::slack`]), each tail is that at the end which speaks against a difference.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Measure, read};
    use proptest::prelude::*;

    fn baseline(share: f64, slack: f64) -> Baseline {
        let origin = BaselineOrigin::Others { count: 80, total: 100, others: 9, of: 10 };
        Baseline { share, slack, origin }
    }

    fn grade(count: Count, total: Count, share: f64) -> Grade {
        judge(count, total, baseline(share, 0.0)).unwrap().grade
    }

    fn comparison(published: Option<&str>, computed: Computed) -> Comparison {
        let published = published.map(|text| Value::Percentage(text.parse().unwrap()));
        Comparison { published, computed, peers: Vec::new() }
    }

    const TOO_FEW: Computed = Computed::TooFewCouncils { with_figures: 3, of: 62 };

    #[test]
    fn grades_follow_the_reference_tails() {
        // The tails of the reference: 0.107374, 0.024075, 0.000841, 0.652642, 0.022213, and 0.000025 below.
        assert_eq!(grade(10, 10, 0.8), Grade::NoClearDifference);
        assert_eq!(grade(20, 20, 0.83), Grade::PossiblyHigher);
        assert_eq!(grade(38, 38, 0.83), Grade::Higher);
        assert_eq!(grade(13, 24, 0.56), Grade::NoClearDifference);
        assert_eq!(grade(115, 132, 0.8), Grade::PossiblyHigher);
        assert_eq!(grade(3, 13, 0.79), Grade::Lower);
    }

    #[test]
    fn a_chance_of_exactly_one_in_forty_or_a_thousand_is_a_grade_already() {
        let of = |at_least, at_most| Grade::of(Tails { at_least, at_most });
        assert_eq!(of(DIFFERENT, 1.0), Grade::Higher);
        assert_eq!(of(DIFFERENT + 1e-9, 1.0), Grade::PossiblyHigher);
        assert_eq!(of(POSSIBLY, 1.0), Grade::PossiblyHigher);
        assert_eq!(of(POSSIBLY + 1e-9, 1.0), Grade::NoClearDifference);
        assert_eq!(of(1.0, POSSIBLY), Grade::PossiblyLower);
        assert_eq!(of(1.0, DIFFERENT), Grade::Lower);
    }

    #[test]
    fn the_slack_of_a_printed_baseline_follows_its_decimals() {
        let of = |text| Baseline::of(&comparison(Some(text), TOO_FEW)).unwrap();
        let near = |(low, high): (f64, f64), expected: (f64, f64)| {
            assert!((low - expected.0).abs() < 1e-12 && (high - expected.1).abs() < 1e-12, "{low} {high}");
        };
        near(of("79").ends(), (0.785, 0.795));
        near(of("79.4").ends(), (0.793_5, 0.794_5));
        near(of("100").ends(), (0.995, 1.0));
        near(of("0").ends(), (0.0, 0.005));
        assert_eq!(of("79").origin, BaselineOrigin::Published(Value::Percentage("79".parse().unwrap())));
    }

    #[test]
    fn the_others_come_before_the_published_average_and_without_both_there_is_none() {
        let others = Computed::Average { count: 30, total: 40, others: 9, of: 10 };
        let own = Baseline::of(&comparison(Some("79"), others)).unwrap();
        assert_eq!((own.share, own.slack), (0.75, 0.0));
        assert_eq!(own.origin, BaselineOrigin::Others { count: 30, total: 40, others: 9, of: 10 });
        assert_eq!(Baseline::of(&comparison(None, TOO_FEW)), None);
        let per_100k = Some(Value::PerHundredThousand("4.6".parse().unwrap()));
        let comparison = Comparison { published: per_100k, computed: Computed::NotOfCounts, peers: Vec::new() };
        assert_eq!(Baseline::of(&comparison), None);
    }

    #[test]
    fn one_of_34_not_carried_out_is_no_wonder_where_the_others_carried_out_all_of_theirs() {
        // Against exactly 100% the chance of 33 or fewer of 34 would be nought. With half of 500 cases allowed for it is 1 − 0.999³⁴ = 0.033.
        let others = Computed::Average { count: 500, total: 500, others: 20, of: 36 };
        let baseline = Baseline::of(&comparison(None, others)).unwrap();
        assert_eq!(baseline.ends(), (0.999, 1.0));
        let judged = judge(33, 34, baseline).unwrap();
        assert!((judged.tails.at_most - (1.0 - 0.999_f64.powi(34))).abs() < 1e-12);
        assert_eq!(judged.grade, Grade::NoClearDifference);
        // But 30 of 34 is lower.
        assert_eq!(judge(30, 34, baseline).unwrap().grade, Grade::Lower);
    }

    #[test]
    fn nothing_is_judged_without_counts() {
        assert_eq!(judge(0, 0, baseline(0.8, 0.0)), None);
        assert_eq!(judge(3, 2, baseline(0.8, 0.0)), None);
        let figures = serde_json::from_str(r#"{"uphold_rate": 83}"#).unwrap();
        let press = read(Measure::Uphold, Some(&figures));
        assert_eq!(judged(&press, &comparison(Some("79"), TOO_FEW)), None);
        assert_eq!(judged(&read(Measure::Uphold, None), &comparison(Some("79"), TOO_FEW)), None);
    }

    proptest! {
        #[test]
        fn grades_rise_with_the_count_within_what_can_be_reached(total in 1_u32..200, share in 0.0_f64..=1.0, slack in prop::sample::select(vec![0.0, 0.0005, 0.005])) {
            let of = |count| judge(count, total, baseline(share, slack)).unwrap();
            let judged: Vec<Judged> = (0..=total).map(of).collect();
            prop_assert!(judged.iter().zip(judged.iter().skip(1)).all(|(less, more)| less.grade <= more.grade));
            let reach = Reach { lowest: of(0).grade, highest: of(total).grade };
            for own in judged {
                prop_assert_eq!(own.reach, reach);
                prop_assert!(reach.lowest <= own.grade && own.grade <= reach.highest);
                prop_assert_eq!(own.grade, if total < FEWEST_JUDGED { Grade::TooFew } else { Grade::of(own.tails) });
            }
        }

        #[test]
        fn slack_never_makes_a_difference_stronger(total in 1_u32..200, count in 0_u32..200, share in 0.0_f64..=1.0, slack in 0.0_f64..0.01, at in -1.0_f64..=1.0) {
            prop_assume!(count <= total);
            let cautious = judge(count, total, baseline(share, slack)).unwrap();
            // Wherever within its rounding the true rate lies, its ends among them.
            let (low, high) = baseline(share, slack).ends();
            for true_share in [low, high, share, (share + at * slack).clamp(low, high)] {
                let sharp = judge(count, total, baseline(true_share, 0.0)).unwrap();
                prop_assert!(cautious.tails.at_least >= sharp.tails.at_least - 1e-12);
                prop_assert!(cautious.tails.at_most >= sharp.tails.at_most - 1e-12);
                let strength = |grade: Grade| match grade {
                    Grade::NoClearDifference | Grade::TooFew => 0,
                    Grade::PossiblyLower | Grade::PossiblyHigher => 1,
                    Grade::Lower | Grade::Higher => 2,
                };
                prop_assert!(strength(cautious.grade) <= strength(sharp.grade));
            }
        }
    }
}
