//! The funnel plot of a type and year: every council's rate against its number of cases, with the limits within which chance alone
//! would keep it.
//!
//! Source: Spiegelhalter, D. J. (2005), “Funnel plots for comparing institutional performance”, doi 10.1002/sim.1970.

use crate::{
    binomial::chances,
    council::CouncilType,
    edition::Edition,
    figures::{Count, Value},
    grade::{Baseline, Judged, judged},
    interval::Interval,
    measure::{Measure, Reading},
    order::sorted,
    register::CouncilId,
    similar::{self, FEWEST_FOR_AN_AVERAGE},
    year::ReportingYear,
};

/// The limits at one number of cases, each within 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Between 0.025 and 0.975.
    pub inner: Interval,
    /// Between 0.001 and 0.999.
    pub outer: Interval,
}

/// The limit at probability `q` for `total` cases under the chance `share`; none where there are no cases, or either is not within 0 to 1.
///
/// r is the smallest number with F(r) ≥ q, a = (F(r) − q) / (F(r) − F(r − 1)), the limit (r − a) / n, kept within 0 to 1.
///
/// ```
/// use upheld_domain::funnel::limit;
/// assert!((limit(24, 0.56, 0.025).unwrap() - 0.338_189).abs() < 1e-5);
/// assert_eq!(limit(0, 0.56, 0.025), None);
/// ```
#[must_use]
pub fn limit(total: Count, share: f64, q: f64) -> Option<f64> {
    if total == 0 || !(0.0..=1.0).contains(&q) {
        return None;
    }
    interpolated(&chances(total, share), q)
}

fn interpolated(chances: &[f64], q: f64) -> Option<f64> {
    let n = chances.len().checked_sub(1).and_then(|n| u32::try_from(n).ok())?;
    let mut reached = 0.0;
    for (r, chance) in (0_u32..).zip(chances) {
        reached += chance;
        if reached >= q || r == n {
            let over = if *chance > 0.0 { (reached - q).max(0.0) / chance } else { 0.0 };
            return Some(((f64::from(r) - over) / f64::from(n)).clamp(0.0, 1.0));
        }
    }
    None
}

/// The limits for `total` cases round `share`, widened `wider` times round it: once for limits of chance alone. None where [`limit`] is
/// none.
///
/// They never leave `share` outside, as the interpolated formula does where next to no case is expected to come out otherwise (one case at 99% has
/// its upper limit at 97.5%). The inner limits lie within the outer ones. Interpolated limits jiggle, so that one case more
/// can widen them by a hair; but twice as many never do, where at least one case is expected to come out so, and one otherwise.
///
/// ```
/// use upheld_domain::funnel::limits;
/// let of_24 = limits(24, 0.56, 1.0).unwrap();
/// assert!((of_24.inner.lower - 0.338_189).abs() < 1e-5 && (of_24.inner.upper - 0.737_259).abs() < 1e-5);
/// assert_eq!(limits(1, 0.99, 1.0).unwrap().inner.upper, 0.99);
/// ```
#[must_use]
pub fn limits(total: Count, share: f64, wider: f64) -> Option<Limits> {
    if total == 0 {
        return None;
    }
    let chances = chances(total, share);
    let at = |q| Some((share + (interpolated(&chances, q)? - share) * wider).clamp(0.0, 1.0));
    let between = |low, high| Some(Interval { lower: at(low)?.min(share), upper: at(high)?.max(share) });
    Some(Limits { inner: between(0.025, 0.975)?, outer: between(0.001, 0.999)? })
}

/// How much more the rates of a type spread than chance alone would have them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// φ = (1/I) Σ zᵢ²: 1 where they spread as chance has them.
    pub phi: f64,
    /// I: how many councils it was worked out from.
    pub councils: usize,
}

impl Dispersion {
    /// The φ of rates round `share`, given as x and n; none where there are fewer than two, or `share` is not between 0 and 1.
    ///
    /// z = (x/n − p₀) / √(p₀ (1 − p₀) / n), those below the 10th and above the 90th percentile moved to it (Winsorised): so that a few far-off councils,
    /// which are to be seen against the limits, do not widen them.
    ///
    /// ```
    /// use upheld_domain::funnel::Dispersion;
    /// let apart = Dispersion::of(&[(10, 100), (30, 100), (70, 100), (90, 100)], 0.5).unwrap();
    /// assert!(apart.is_over() && apart.wider() > 5.0);
    /// ```
    ///
    /// zᵢ = (pᵢ − p₀) / √(p₀ (1 − p₀) / nᵢ), Winsorised: what lies beyond their 10th and 90th percentile (between two
    /// of them, interpolated) is set there.
    #[must_use]
    pub fn of(counts: &[(Count, Count)], share: f64) -> Option<Self> {
        let variance = share * (1.0 - share);
        if !(0.0..=1.0).contains(&share) || variance <= 0.0 {
            return None;
        }
        let counted = counts.iter().filter(|(_, total)| *total > 0);
        let z: Vec<f64> = counted
            .map(|(count, total)| {
                let n = f64::from(*total);
                (f64::from(*count) / n - share) / (variance / n).sqrt()
            })
            .collect();
        if z.len() < 2 {
            return None;
        }
        let z = sorted(&z, &f64::total_cmp);
        let (low, high) = (percentile(&z, 10)?, percentile(&z, 90)?);
        let squares: f64 = z.iter().map(|z| z.clamp(low, high)).map(|z| z * z).sum();
        Some(Self { phi: squares / count_of(z.len()), councils: z.len() })
    }

    /// Whether they spread so much more that wider limits are fair: φ > 1 + 2√(2/I).
    #[must_use]
    pub fn is_over(self) -> bool {
        self.phi > 1.0 + 2.0 * (2.0 / count_of(self.councils)).sqrt()
    }

    /// How many times wider limits are that allow for it: √φ, at least 1.
    #[must_use]
    pub fn wider(self) -> f64 {
        self.phi.max(1.0).sqrt()
    }
}

/// The percentile of values in order, between two of them by their distance; none where there are none.
pub(crate) fn percentile(values: &[f64], percent: u8) -> Option<f64> {
    let at = count_of(values.len().checked_sub(1)?) * f64::from(percent) / 100.0;
    let mut lower = None;
    for (place, value) in (0_u32..).map(f64::from).zip(values) {
        match lower {
            Some(before) if place >= at => {
                let share = at - (place - 1.0);
                return Some(before + (value - before) * share);
            }
            _ => lower = Some(*value),
        }
    }
    lower
}

fn count_of(things: usize) -> f64 {
    u32::try_from(things).map_or(f64::INFINITY, f64::from)
}

/// One council of a funnel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelPoint {
    /// The council.
    pub council: CouncilId,
    /// Its count, its cases, and how they stand against the others: the grade decides, not the drawn limits.
    pub judged: Judged,
}

/// A funnel plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// The type.
    pub kind: CouncilType,
    /// The year.
    pub year: ReportingYear,
    /// The measure: a share.
    pub measure: Measure,
    /// The rate of the type, 0 to 1.
    pub baseline: f64,
    /// The published average that this is, where too few councils have counts for one of our own.
    pub published: Option<Value>,
    /// Every council with counts, by its cases, then by its rate.
    pub points: Vec<FunnelPoint>,
    /// How many councils of the type there were.
    pub of: usize,
    /// How much more they spread than by chance.
    pub dispersion: Option<Dispersion>,
}

impl Funnel {
    /// The funnel of `kind` in `year`; none where the measure is no share, no council has counts, or there is no baseline.
    #[must_use]
    pub fn new(edition: &Edition, kind: CouncilType, year: ReportingYear, measure: Measure) -> Option<Self> {
        if !measure.is_percentage() {
            return None;
        }
        let peers = edition.readings(kind, year, measure);
        let counts: Vec<(Count, Count)> = similar::counted(&peers).map(|(_, x, n)| (x, n)).collect();
        let (x, n) = counts.iter().fold((0, 0), |(x, n), (count, total)| (x + count, n + total));
        let covered = counts.len() >= FEWEST_FOR_AN_AVERAGE && counts.len() * 2 >= peers.len() && n > 0;
        let published = if covered { None } else { similar::of_type(edition, kind, year, measure) };
        let baseline = if covered { f64::from(x) / f64::from(n) } else { published?.number() / 100.0 };
        let point = |(id, reading): &(CouncilId, Reading)| {
            let comparison = similar::among(edition, *id, year, measure, &peers)?;
            Some(FunnelPoint { council: *id, judged: judged(reading, &comparison)? })
        };
        let points: Vec<FunnelPoint> = peers.iter().filter_map(point).collect();
        let points = sorted(&points, &|one, other| {
            let cases = one.judged.total.cmp(&other.judged.total);
            cases.then(one.judged.count.cmp(&other.judged.count)).then(one.council.cmp(&other.council))
        });
        if points.is_empty() {
            return None;
        }
        let dispersion = Dispersion::of(&counts, baseline);
        Some(Self { kind, year, measure, baseline, published, points, of: peers.len(), dispersion })
    }

    /// The most cases that a council has.
    #[must_use]
    pub fn most_cases(&self) -> Count {
        self.points.iter().map(|point| point.judged.total).max().unwrap_or(0)
    }

    /// The limits at `total` cases; `widened` for the spread that chance does not explain, where there is such.
    #[must_use]
    pub fn limits_at(&self, total: Count, widened: bool) -> Option<Limits> {
        let wider = self.dispersion.filter(|it| widened && it.is_over()).map_or(1.0, Dispersion::wider);
        limits(total, self.baseline, wider)
    }

    /// The limits at every number of cases, from one to the most that a council has: what the curves are drawn through.
    #[must_use]
    pub fn curve(&self, widened: bool) -> Vec<(Count, Limits)> {
        (1..=self.most_cases()).filter_map(|total| Some((total, self.limits_at(total, widened)?))).collect()
    }

    /// The councils that chance alone does not explain.
    pub fn standing_out(&self) -> impl Iterator<Item = &FunnelPoint> {
        self.points.iter().filter(|point| point.judged.grade.stands_out())
    }
}

/// The baseline that a council's rate is held against, with the comparison it was taken from.
#[must_use]
pub fn baseline(edition: &Edition, id: CouncilId, year: ReportingYear, measure: Measure) -> Option<Baseline> {
    let council = edition.register().get(id)?;
    Baseline::of(&similar::compare(edition, id, council, year, measure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        check::tests::council,
        edition::{EditionFile, EvidenceRow},
        evidence::SourceKind,
        figures::Figures,
        grade::Grade,
    };
    use proptest::prelude::*;

    /// Reference values of an independent implementation: baseline, cases, lower, upper.
    const GOLDEN_95: &[(f64, Count, f64, f64)] = &[
        (0.56, 24, 0.338_189, 0.737_259),
        (0.8, 10, 0.470_506, 0.976_717),
        (0.83, 20, 0.621_859, 0.949_531),
        (0.5, 1, 0.0, 0.95),
        (0.8, 132, 0.725_801, 0.862_327),
    ];
    const GOLDEN_99_8: &[(f64, Count, f64, f64)] = &[
        (0.56, 24, 0.221_897, 0.836_163),
        (0.8, 10, 0.302_464, 0.999_069),
        (0.83, 38, 0.607_370, 0.973_047),
        (0.8, 132, 0.682_678, 0.897_003),
    ];

    #[test]
    fn limits_agree_with_the_reference() {
        let near = |own: f64, reference: f64| assert!((own - reference).abs() < 1e-5, "{own}, not {reference}");
        for (share, total, lower, upper) in GOLDEN_95.iter().copied() {
            near(limit(total, share, 0.025).unwrap(), lower);
            near(limit(total, share, 0.975).unwrap(), upper);
            let inner = limits(total, share, 1.0).unwrap().inner;
            near(inner.lower, lower);
            near(inner.upper, upper);
        }
        for (share, total, lower, upper) in GOLDEN_99_8.iter().copied() {
            near(limit(total, share, 0.001).unwrap(), lower);
            near(limit(total, share, 0.999).unwrap(), upper);
            let outer = limits(total, share, 1.0).unwrap().outer;
            near(outer.lower, lower);
            near(outer.upper, upper);
        }
    }

    #[test]
    fn there_are_no_limits_without_cases_or_a_share() {
        for (total, share, q) in
            [(0, 0.5, 0.5), (5, -0.1, 0.5), (5, 1.1, 0.5), (5, f64::NAN, 0.5), (5, 0.5, 1.1), (5, 0.5, f64::NAN)]
        {
            assert_eq!(limit(total, share, q), None, "{total} {share} {q}");
        }
        assert_eq!(limits(0, 0.5, 1.0), None);
        assert_eq!(limits(5, f64::NAN, 1.0), None);
    }

    #[test]
    fn where_all_or_none_come_out_the_limits_end_there() {
        for total in [1, 2, 10, 132] {
            let (none, all) = (limits(total, 0.0, 1.0).unwrap(), limits(total, 1.0, 1.0).unwrap());
            assert_eq!((none.inner.lower, none.inner.upper, none.outer.upper), (0.0, 0.0, 0.0));
            assert_eq!((all.inner.upper, all.outer.upper), (1.0, 1.0));
            // One fewer would be outside.
            assert!(all.outer.lower > f64::from(total - 1) / f64::from(total));
        }
    }

    #[test]
    fn percentiles_lie_between_values() {
        assert_eq!(percentile(&[], 10), None);
        assert_eq!(percentile(&[7.0], 10), Some(7.0));
        let values = [0.0, 10.0, 20.0, 30.0, 40.0];
        for (percent, expected) in [(0, 0.0), (10, 4.0), (25, 10.0), (50, 20.0), (90, 36.0), (100, 40.0)] {
            assert!((percentile(&values, percent).unwrap() - expected).abs() < 1e-12, "{percent}");
        }
    }

    #[test]
    fn what_lies_far_out_is_moved_to_the_10th_and_90th_percentile() {
        // Eleven councils of 100 cases round a half: z = (x − 50) / 5, that is −2, nine times 0, and 20. The 10th and the 90th percentile are the second and the
        // tenth of them, 0 and 0: nothing is left of the two that lie far out.
        let mut counts = vec![(50, 100); 9];
        counts.extend([(40, 100), (100, 100)]);
        assert!(Dispersion::of(&counts, 0.5).unwrap().phi < 1e-12);
        // Of −2, −2, 0 … 0, 4, 4 the second and the tenth are −2 and 4: (2·4 + 2·16) / 11 = 40/11.
        let mut counts = vec![(50, 100); 7];
        counts.extend([(40, 100), (40, 100), (70, 100), (70, 100)]);
        let spread = Dispersion::of(&counts, 0.5).unwrap();
        assert!((spread.phi - 40.0 / 11.0).abs() < 1e-12);
        assert_eq!(spread.councils, 11);
        // 1 + 2√(2/11) = 1.853: more than chance has.
        assert!(spread.is_over() && (spread.wider() - (40.0_f64 / 11.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn there_is_no_dispersion_of_one_council_or_round_what_is_certain() {
        for share in [0.0, 1.0, 1.5, -0.5, f64::NAN] {
            assert_eq!(Dispersion::of(&[(1, 2), (1, 2)], share), None, "{share}");
        }
        assert_eq!(Dispersion::of(&[(1, 2)], 0.5), None);
        assert_eq!(Dispersion::of(&[(1, 2), (0, 0)], 0.5), None);
    }

    fn year() -> ReportingYear {
        ReportingYear::ending(2024).unwrap()
    }

    /// An edition of unitary councils with these counts.
    fn edition(counts: &[(Count, Count)]) -> Edition {
        let mut file = EditionFile::default();
        for (place, (upheld, investigations)) in (1_u32..).zip(counts) {
            let code = format!("E0600{place:04}");
            file.councils.push(council(&code, &format!("here-{place}"), CouncilType::Unitary));
            let figures =
                Figures { upheld: Some(*upheld), investigations: Some(*investigations), ..Figures::default() };
            let council = file.councils.last().unwrap().code;
            file.evidence.push(EvidenceRow { council, year: year(), kind: SourceKind::Ombudsman, figures });
        }
        Edition::try_from(file).unwrap()
    }

    fn counts(most: Count, councils: std::ops::Range<usize>) -> impl Strategy<Value = Vec<(Count, Count)>> {
        let one = (0..=most).prop_flat_map(|total| (0..=total).prop_map(move |count| (count, total)));
        prop::collection::vec(one, councils)
    }

    #[test]
    fn a_funnel_is_of_the_pooled_rate_and_its_curve_goes_as_far_as_the_most_cases() {
        let edition = edition(&[(5, 10), (10, 20), (6, 12), (20, 40), (0, 0), (39, 40)]);
        let funnel = Funnel::new(&edition, CouncilType::Unitary, year(), Measure::Uphold).unwrap();
        // 80 of 122; the one without cases is none of its points.
        assert_eq!((funnel.baseline, funnel.published, funnel.of), (80.0 / 122.0, None, 6));
        let cases: Vec<Count> = funnel.points.iter().map(|point| point.judged.total).collect();
        assert_eq!(cases, [10, 12, 20, 40, 40]);
        // 39 of 40 where the others have 41 of 82.
        let out: Vec<_> = funnel.standing_out().map(|point| (point.judged.count, point.judged.grade)).collect();
        assert_eq!(out, [(39, Grade::Higher)]);
        for widened in [false, true] {
            let curve = funnel.curve(widened);
            assert!(curve.iter().map(|(total, _)| *total).eq(1..=40));
            assert!(curve.iter().all(|(total, limits)| funnel.limits_at(*total, widened) == Some(*limits)));
        }
        assert_eq!(Funnel::new(&edition, CouncilType::Unitary, year(), Measure::UpheldPer100k), None);
        assert_eq!(Funnel::new(&edition, CouncilType::County, year(), Measure::Uphold), None);
    }

    proptest! {
        #[test]
        fn limits_hold_the_baseline_and_the_outer_hold_the_inner(total in 1_u32..400, share in 0.0_f64..=1.0, wider in 1.0_f64..3.0) {
            let Limits { inner, outer } = limits(total, share, wider).unwrap();
            prop_assert!(0.0 <= outer.lower && outer.upper <= 1.0);
            prop_assert!(inner.lower <= share && share <= inner.upper);
            prop_assert!(outer.lower <= inner.lower + 1e-12 && inner.upper <= outer.upper + 1e-12);
            let chance = limits(total, share, 1.0).unwrap();
            prop_assert!(outer.lower <= chance.outer.lower && chance.outer.upper <= outer.upper);
        }

        #[test]
        fn the_formula_itself_holds_a_baseline_from_one_case_expected_either_way(total in 2_u32..400, at in 0.0_f64..=1.0) {
            let n = f64::from(total);
            let share = (1.0 + at * (n - 2.0)) / n;
            for (low, high) in [(0.025, 0.975), (0.001, 0.999)] {
                prop_assert!(limit(total, share, low).unwrap() < share && share < limit(total, share, high).unwrap());
            }
        }

        #[test]
        fn twice_as_many_cases_narrow_the_limits(total in 2_u32..200, at in 0.0_f64..=1.0) {
            let n = f64::from(total);
            // At least one case is expected either way.
            let share = (1.0 + at * (n - 2.0)) / n;
            let (few, many) = (limits(total, share, 1.0).unwrap(), limits(2 * total, share, 1.0).unwrap());
            prop_assert!(many.inner.width() < few.inner.width() && many.outer.width() < few.outer.width());
        }

        #[test]
        fn limits_rise_with_the_probability(total in 1_u32..200, share in 0.0_f64..=1.0, one in 0.0_f64..=1.0, other in 0.0_f64..=1.0) {
            let (low, high) = (one.min(other), one.max(other));
            prop_assert!(limit(total, share, low).unwrap() <= limit(total, share, high).unwrap() + 1e-12);
        }

        #[test]
        fn what_lies_at_the_baseline_does_not_spread(counts in prop::collection::vec(1_u32..50, 2..30), tenths in 1_u32..10) {
            let counts: Vec<_> = counts.into_iter().map(|n| (n * tenths, n * 10)).collect();
            let spread = Dispersion::of(&counts, f64::from(tenths) / 10.0).unwrap();
            prop_assert!(spread.phi < 1e-20 && !spread.is_over());
            prop_assert!((spread.wider() - 1.0).abs() < 1e-12);
        }

        #[test]
        fn a_council_is_never_held_against_itself(counts in counts(30, 2..12)) {
            let edition = edition(&counts);
            let with_cases: Vec<_> = counts.iter().filter(|(_, total)| *total > 0).collect();
            let (x, n) = with_cases.iter().fold((0, 0), |(x, n), (count, total)| (x + count, n + total));
            let covered = with_cases.len() >= FEWEST_FOR_AN_AVERAGE && with_cases.len() * 2 >= counts.len();
            let funnel = Funnel::new(&edition, CouncilType::Unitary, year(), Measure::Uphold);
            prop_assert_eq!(funnel.is_some(), covered);
            for point in funnel.iter().flat_map(|funnel| &funnel.points) {
                let crate::grade::BaselineOrigin::Others { count, total, others, of } = point.judged.baseline.origin else {
                    return Err(TestCaseError::fail("no average is printed"));
                };
                prop_assert_eq!((count + point.judged.count, total + point.judged.total), (x, n));
                prop_assert_eq!((others + 1, of), (with_cases.len(), counts.len()));
                prop_assert_eq!(baseline(&edition, point.council, year(), Measure::Uphold), Some(point.judged.baseline));
            }
        }
    }
}
