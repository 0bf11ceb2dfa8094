//! Intervals: what range of rates a count is compatible with.

use crate::figures::Count;

/// The standard normal quantile of a two-sided 95% interval.
pub const Z_95: f64 = 1.959_964;

/// The standard normal quantile of a two-sided 99.8% interval.
pub const Z_99_8: f64 = 3.090_232;

/// A range: of rates, both within 0 to 1, except where it is said to be of counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub lower: f64,
    /// Its upper end.
    pub upper: f64,
}

impl Interval {
    /// How wide it is.
    #[must_use]
    pub fn width(self) -> f64 {
        self.upper - self.lower
    }
}

/// The Wilson score interval of `count` in `total` at the normal quantile `z`; none where nothing was
/// investigated, or where the counts contradict each other.
///
/// L,U = (2x + z² ∓ z·√(z² + 4x(1−p))) / (2(n + z²)). Source: Wilson, E. B. (1927), “Probable inference,
/// the law of succession, and statistical inference”, doi 10.1080/01621459.1927.10502953; the method that
/// England's public-health statisticians use for proportions.
///
/// ```
/// use upheld_domain::interval::{Z_95, wilson};
/// let luton = wilson(13, 24, Z_95).unwrap();
/// assert!((luton.lower - 0.350_749).abs() < 1e-5 && (luton.upper - 0.721_087).abs() < 1e-5);
/// assert_eq!(wilson(0, 0, Z_95), None);
/// ```
#[must_use]
pub fn wilson(count: Count, total: Count, z: f64) -> Option<Interval> {
    if total == 0 || count > total {
        return None;
    }
    let (x, n, z2) = (f64::from(count), f64::from(total), z * z);
    let spread = z * (z2 + 4.0 * x * (1.0 - x / n)).sqrt();
    let (centre, scale) = (2.0 * x + z2, 2.0 * (n + z2));
    // At the ends the formula is exact, but rounding could leave them a hair outside.
    let lower = if count == 0 { 0.0 } else { ((centre - spread) / scale).max(0.0) };
    let upper = if count == total { 1.0 } else { ((centre + spread) / scale).min(1.0) };
    Some(Interval { lower, upper })
}

/// Byar's approximate interval of counts, at the normal quantile `z`, of what a count of events stands for: to be divided by the number of people that it was
/// counted among.
///
/// x (1 − 1/(9x) − z/(3√x))³ to (x + 1) (1 − 1/(9(x + 1)) + z/(3√(x + 1)))³; from 0 where x is 0. Source: Breslow, N. E. and Day, N. E. (1987),
/// “Statistical methods in cancer research”, volume II, page 69; used in England's public-health statistics for rates of counts.
///
/// ```
/// use upheld_domain::interval::{Z_95, byar};
/// let three = byar(3, Z_95);
/// assert!((three.lower - 0.602_973).abs() < 1e-5 && (three.upper - 8.765_364).abs() < 1e-5);
/// ```
#[must_use]
pub fn byar(count: Count, z: f64) -> Interval {
    let cube = |x: f64, z: f64| {
        let root = 1.0 - 1.0 / (9.0 * x) + z / (3.0 * x.sqrt());
        x * root * root * root
    };
    let x = f64::from(count);
    let lower = if count == 0 { 0.0 } else { cube(x, -z).max(0.0) };
    Interval { lower, upper: cube(x + 1.0, z) }
}

/// How sure a rate of so many investigations can be. The counts are shown all the same: this is about
/// reliability, nothing is suppressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The 95% interval is at most 30 points wide.
    Reliable,
    /// The 95% interval is wider than 30 points.
    Uncertain,
    /// Fewer than five.
    TooFew,
    /// A rate is printed, but not of how many.
    Unknown,
}

impl Certainty {
    /// The certainty of `count` in `total`.
    #[must_use]
    pub fn of(count: Count, total: Count) -> Self {
        match wilson(count, total, Z_95) {
            Some(_) if total < 5 => Self::TooFew,
            Some(interval) if interval.width() > 0.3 => Self::Uncertain,
            Some(_) => Self::Reliable,
            None => Self::Unknown,
        }
    }

    /// What is said beside the rate; nothing beside a reliable one.
    #[must_use]
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Reliable => None,
            Self::TooFew => Some("too few to judge"),
            Self::Uncertain | Self::Unknown => Some("uncertain"),
        }
    }

    /// Whether the rate is hatched on the map.
    #[must_use]
    pub const fn is_hatched(self) -> bool {
        !matches!(self, Self::Reliable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reference values of an independent implementation: count, total, lower, upper.
    const GOLDEN_95: &[(Count, Count, f64, f64)] = &[
        (13, 24, 0.350_749, 0.721_087),
        (4, 4, 0.510_109, 1.0),
        (0, 5, 0.0, 0.434_482),
        (76, 94, 0.717_497, 0.875_299),
        (115, 132, 0.803_416, 0.918_013),
        (1, 1, 0.206_549, 1.0),
    ];
    const GOLDEN_99_8: &[(Count, Count, f64, f64)] =
        &[(13, 24, 0.263_712, 0.795_902), (115, 132, 0.755_633, 0.936_705)];

    #[test]
    fn wilson_agrees_with_the_reference() {
        for (z, golden) in [(Z_95, GOLDEN_95), (Z_99_8, GOLDEN_99_8)] {
            for (x, n, lower, upper) in golden.iter().copied() {
                let interval = wilson(x, n, z).unwrap();
                assert!((interval.lower - lower).abs() < 1e-5, "{x} of {n}: {interval:?}");
                assert!((interval.upper - upper).abs() < 1e-5, "{x} of {n}: {interval:?}");
            }
        }
    }

    /// Reference values of an independent implementation: count, lower, upper.
    const GOLDEN_BYAR: &[(Count, f64, f64)] =
        &[(0, 0.0, 3.668_012), (3, 0.602_973, 8.765_364), (13, 6.915_241, 22.231_727), (115, 94.942_557, 138.041_175)];

    #[test]
    fn byar_agrees_with_the_reference() {
        for (count, lower, upper) in GOLDEN_BYAR.iter().copied() {
            let interval = byar(count, Z_95);
            assert!((interval.lower - lower).abs() < 1e-5, "{count}: {interval:?}");
            assert!((interval.upper - upper).abs() < 1e-5, "{count}: {interval:?}");
        }
    }

    #[test]
    fn certainty_follows_the_number_and_the_width() {
        assert_eq!(Certainty::of(4, 4), Certainty::TooFew);
        assert_eq!(Certainty::of(13, 24), Certainty::Uncertain);
        assert_eq!(Certainty::of(115, 132), Certainty::Reliable);
        assert_eq!(Certainty::of(0, 0), Certainty::Unknown);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_rate_and_stays_within_0_and_1(n in 1_u32..5000, share in 0.0_f64..=1.0) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most n")]
            let x = (f64::from(n) * share).floor() as u32;
            let interval = wilson(x, n, Z_95).unwrap();
            let p = f64::from(x) / f64::from(n);
            prop_assert!(0.0 <= interval.lower && interval.lower <= p && p <= interval.upper && interval.upper <= 1.0);
        }

        #[test]
        fn more_of_the_same_narrows_it(n in 1_u32..500, x in 0_u32..500) {
            prop_assume!(x <= n);
            let (few, many) = (wilson(x, n, Z_95).unwrap(), wilson(x * 2, n * 2, Z_95).unwrap());
            prop_assert!(many.width() < few.width());
        }

        #[test]
        fn it_rises_with_the_count(n in 2_u32..500, x in 0_u32..499) {
            prop_assume!(x < n);
            let (less, more) = (wilson(x, n, Z_95).unwrap(), wilson(x + 1, n, Z_95).unwrap());
            prop_assert!(less.lower < more.lower && less.upper < more.upper || x + 1 == n && more.upper >= less.upper);
        }

        #[test]
        fn byar_holds_the_count_and_rises_with_it(count in 0_u32..100_000, z in 1.0_f64..4.0) {
            let (own, next) = (byar(count, z), byar(count + 1, z));
            prop_assert!(0.0 <= own.lower && own.lower <= f64::from(count) && f64::from(count) < own.upper);
            prop_assert!(own.lower <= next.lower && own.upper < next.upper);
            let wider = byar(count, z + 0.5);
            prop_assert!(wider.lower <= own.lower && own.upper < wider.upper);
        }

        #[test]
        fn a_wider_quantile_holds_a_narrower_one(n in 1_u32..500, x in 0_u32..500) {
            prop_assume!(x <= n);
            let (inner, outer) = (wilson(x, n, Z_95).unwrap(), wilson(x, n, Z_99_8).unwrap());
            prop_assert!(outer.lower <= inner.lower && inner.upper <= outer.upper);
        }
    }
}
