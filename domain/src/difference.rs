//! The difference of two rates, with its interval: two councils, or two years of one.

use crate::{
    figures::Count,
    interval::{Z_95, wilson},
};

/// A difference of two rates, each within 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// p₁ − p₂, −1 to 1.
    pub value: f64,
    /// The lower end of its 95% interval.
    pub lower: f64,
    /// The upper end of its 95% interval.
    pub upper: f64,
}

impl Difference {
    /// Whether the interval lies on one side of none.
    #[must_use]
    pub fn is_clear(self) -> bool {
        self.lower > 0.0 || self.upper < 0.0
    }

    /// The same seen from the other side.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { value: -self.value, lower: -self.upper, upper: -self.lower }
    }
}

/// The difference p₁ − p₂ of x₁ of n₁ and x₂ of n₂, with Newcombe's hybrid score interval; none where either has no rate.
///
/// With the Wilson intervals L, U of both: d − √((p₁ − L₁)² + (U₂ − p₂)²) to d + √((U₁ − p₁)² + (p₂ − L₂)²). Source: Newcombe, R. G. (1998),
/// “Interval estimation for the difference between independent proportions”, method 10, doi
/// `10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I`.
///
/// ```
/// let difference = upheld_domain::difference::difference((13, 24), (20, 29)).unwrap();
/// assert!((difference.lower + 0.383_319).abs() < 1e-5 && (difference.upper - 0.107_550).abs() < 1e-5);
/// assert!(!difference.is_clear());
/// ```
#[must_use]
pub fn difference(one: (Count, Count), other: (Count, Count)) -> Option<Difference> {
    let (first, second) = (wilson(one.0, one.1, Z_95)?, wilson(other.0, other.1, Z_95)?);
    let (p, q) = (share(one), share(other));
    let value = p - q;
    let away = |a: f64, b: f64| (a * a + b * b).sqrt();
    let lower = value - away(p - first.lower, second.upper - q);
    let upper = value + away(first.upper - p, q - second.lower);
    Some(Difference { value, lower: lower.max(-1.0), upper: upper.min(1.0) })
}

fn share((count, total): (Count, Count)) -> f64 {
    f64::from(count) / f64::from(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Counts = (Count, Count);

    /// Reference values of an independent implementation: both counts, the difference, lower, upper.
    const GOLDEN: &[(Counts, Counts, f64, f64, f64)] = &[
        ((13, 24), (20, 29), -0.147_989, -0.383_319, 0.107_550),
        ((76, 94), (115, 132), -0.062_701, -0.165_043, 0.032_467),
        ((0, 5), (5, 5), -1.0, -1.0, -0.385_549),
    ];

    #[test]
    fn newcombe_agrees_with_the_reference() {
        for (one, other, value, lower, upper) in GOLDEN.iter().copied() {
            let it = difference(one, other).unwrap();
            for (own, reference) in [(it.value, value), (it.lower, lower), (it.upper, upper)] {
                assert!((own - reference).abs() < 1e-5, "{one:?} {other:?}: {it:?}");
            }
        }
        assert!(difference((0, 5), (5, 5)).unwrap().is_clear());
    }

    #[test]
    fn there_is_no_difference_to_what_has_no_rate() {
        for (one, other) in [((0, 0), (1, 2)), ((1, 2), (0, 0)), ((3, 2), (1, 2))] {
            assert_eq!(difference(one, other), None);
        }
    }

    fn counts() -> impl Strategy<Value = Counts> {
        (1_u32..400).prop_flat_map(|total| (0..=total).prop_map(move |count| (count, total)))
    }

    proptest! {
        #[test]
        fn it_holds_its_value_within_minus_1_and_1_and_turns_round(one in counts(), other in counts()) {
            let it = difference(one, other).unwrap();
            prop_assert!(-1.0 <= it.lower && it.lower <= it.value && it.value <= it.upper && it.upper <= 1.0, "{:?}", it);
            prop_assert_eq!(difference(other, one).unwrap(), it.reversed());
            prop_assert_eq!(it.reversed().reversed(), it);
            prop_assert_eq!(it.is_clear(), it.reversed().is_clear());
        }

        #[test]
        fn nothing_differs_from_itself(one in counts()) {
            prop_assert!(!difference(one, one).unwrap().is_clear());
        }

        #[test]
        fn more_of_the_same_narrows_it(one in counts(), other in counts()) {
            let twice = |(count, total): Counts| (2 * count, 2 * total);
            let (few, many) = (difference(one, other).unwrap(), difference(twice(one), twice(other)).unwrap());
            prop_assert!(many.upper - many.lower <= few.upper - few.lower + 1e-12);
        }

        #[test]
        fn it_rises_with_the_first_count(one in counts(), other in counts()) {
            prop_assume!(one.0 < one.1);
            let (less, more) = (difference(one, other).unwrap(), difference((one.0 + 1, one.1), other).unwrap());
            prop_assert!(less.value < more.value);
        }
    }
}
