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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reference values of an independent implementation: share, count, total, P(X ≤ x), P(X ≥ x).
    const GOLDEN: &[(f64, Count, Count, f64, f64)] = &[
        (0.8, 10, 10, 1.0, 0.107_374),
        (0.83, 20, 20, 1.0, 0.024_075),
        (0.83, 38, 38, 1.0, 0.000_841),
        (0.56, 13, 24, 0.506_466, 0.652_642),
        (0.8, 115, 132, 0.987_884, 0.022_213),
        (0.79, 3, 13, 0.000_025, 0.999_998),
    ];

    #[test]
    fn tails_agree_with_the_reference() {
        for (share, count, total, at_most, at_least) in GOLDEN.iter().copied() {
            let own = tails(count, total, share).unwrap();
            assert!((own.at_most - at_most).abs() < 1e-5, "{count} of {total} at {share}: {own:?}");
            assert!((own.at_least - at_least).abs() < 1e-5, "{count} of {total} at {share}: {own:?}");
        }
    }

    #[test]
    fn what_is_certain_leaves_no_chance_to_anything_else() {
        assert_eq!(chances(3, 0.0), [1.0, 0.0, 0.0, 0.0]);
        assert_eq!(chances(3, 1.0), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(chances(0, 0.3), [1.0]);
        assert_eq!(tails(2, 3, 1.0), Some(Tails { at_least: 1.0, at_most: 0.0 }));
        for share in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(chances(3, share).is_empty(), "{share}");
            assert_eq!(tails(1, 3, share), None, "{share}");
        }
    }

    #[test]
    fn many_cases_and_shares_near_the_ends_neither_overflow_nor_vanish() {
        for (total, share) in [(100_000, 0.5), (5000, 1e-12), (5000, 1.0 - 1e-12), (5000, f64::MIN_POSITIVE)] {
            let sum: f64 = chances(total, share).iter().sum();
            assert!((sum - 1.0).abs() < 1e-9, "{total} at {share}: {sum}");
        }
    }

    proptest! {
        #[test]
        fn chances_add_up_to_1_round_their_mean(total in 0_u32..600, share in 0.0_f64..=1.0) {
            let chances = chances(total, share);
            prop_assert_eq!(chances.len(), total as usize + 1);
            prop_assert!(chances.iter().all(|chance| (0.0..=1.0).contains(chance)));
            prop_assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            let mean: f64 = (0_u32..).map(f64::from).zip(&chances).map(|(k, chance)| k * chance).sum();
            prop_assert!((mean - f64::from(total) * share).abs() < 1e-9 * f64::from(total + 1));
        }

        #[test]
        fn tails_follow_the_count_and_overlap_in_it_alone(total in 1_u32..400, share in 0.0_f64..=1.0) {
            let chances = chances(total, share);
            let mut before: Option<Tails> = None;
            for (count, own) in (0..=total).zip(&chances) {
                let tails = tails(count, total, share).unwrap();
                prop_assert!((tails.at_least + tails.at_most - own - 1.0).abs() < 1e-12);
                if let Some(before) = before {
                    prop_assert!(tails.at_least <= before.at_least && tails.at_most >= before.at_most);
                }
                before = Some(tails);
            }
            prop_assert!((tails(0, total, share).unwrap().at_least - 1.0).abs() < 1e-12);
            prop_assert!((tails(total, total, share).unwrap().at_most - 1.0).abs() < 1e-12);
        }

        #[test]
        fn what_comes_out_and_what_does_not_mirror_each_other(total in 1_u32..200, count in 0_u32..200, share in 0.0_f64..=1.0) {
            prop_assume!(count <= total);
            let (own, other) = (tails(count, total, share).unwrap(), tails(total - count, total, 1.0 - share).unwrap());
            prop_assert!((own.at_least - other.at_most).abs() < 1e-9 && (own.at_most - other.at_least).abs() < 1e-9);
        }
    }
}
