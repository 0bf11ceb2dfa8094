//! The binomial distribution, exactly: how likely so many of so many are, where each has the same chance.
//!
//! Only added, multiplied and divided, which every machine does alike: no logarithm, whose last digits differ from
//! one library to the next.

use crate::figures::Count;

/// How likely it is to come out as far up, or as far down, as it did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tails {
    /// P(X ≥ x): the chance of as many or more, 0 to 1.
    pub at_least: f64,
    /// P(X ≤ x): the chance of as many or fewer, 0 to 1.
    pub at_most: f64,
}

/// The chance of each number from 0 to `total`, where each of `total` comes out with the chance `share`; empty where `share` is not
/// within 0 to 1.
///
/// P(X = k) = C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ, from the likeliest number outwards by the ratio of neighbours, so that nothing overflows and
/// what is lost is smaller than the smallest number that a machine knows.
///
/// ```
/// let coins = upheld_domain::binomial::chances(2, 0.5);
/// assert_eq!(coins, [0.25, 0.5, 0.25]);
/// ```
#[must_use]
pub fn chances(total: Count, share: f64) -> Vec<f64> {
    if !(0.0..=1.0).contains(&share) {
        return Vec::new();
    }
    let n = f64::from(total);
    if share <= 0.0 || share >= 1.0 {
        let certain = if share <= 0.0 { 0 } else { total };
        return (0..=total).map(|k| if k == certain { 1.0 } else { 0.0 }).collect();
    }
    let odds = share / (1.0 - share);
    let likeliest = ((n + 1.0) * share).floor().min(n);
    let mut below = Vec::new();
    let (mut k, mut weight) = (likeliest, 1.0);
    while k > 0.0 {
        weight *= k / ((n - k + 1.0) * odds);
        below.push(weight);
        k -= 1.0;
    }
    let mut chances: Vec<f64> = below.into_iter().rev().collect();
    chances.push(1.0);
    (k, weight) = (likeliest, 1.0);
    while k < n {
        weight *= (n - k) * odds / (k + 1.0);
        chances.push(weight);
        k += 1.0;
    }
    let sum: f64 = chances.iter().sum();
    for chance in &mut chances {
        *chance /= sum;
    }
    chances
}

/// The tails of `count` of `total` under the chance `share`; none where more came out than there were, or `share` is not within 0 to 1.
///
/// ```
/// use upheld_domain::binomial::tails;
/// let ten_of_ten = tails(10, 10, 0.8).unwrap();
/// assert!((ten_of_ten.at_least - 0.107_374).abs() < 1e-5 && (ten_of_ten.at_most - 1.0).abs() < 1e-5);
/// assert_eq!(tails(3, 2, 0.5), None);
/// ```
#[must_use]
pub fn tails(count: Count, total: Count, share: f64) -> Option<Tails> {
    let chances = chances(total, share);
    let at = usize::try_from(count).ok()?;
    let own = chances.get(at)?;
    let (below, above) = (chances.get(..at)?, chances.get(at + 1..)?);
    let (below, above) = (below.iter().sum::<f64>(), above.iter().rev().sum::<f64>());
    Some(Tails { at_least: (own + above).min(1.0), at_most: (own + below).min(1.0) })
}
