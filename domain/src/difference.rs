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
