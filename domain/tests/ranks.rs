//! Rank intervals: what they come to exactly, and that an independent simulation comes to the same.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

use proptest::prelude::*;
use upheld_domain::{
    figures::Count,
    rank::{RankInterval, ranks},
};

type Counts = (Count, Count);

/// Eight councils as they may be, some with few cases.
const EIGHT: [Counts; 8] = [(13, 24), (20, 29), (76, 94), (115, 132), (4, 4), (0, 5), (1, 1), (9, 13)];

/// So many councils of few and of many cases, at rates from 40% to 94%.
fn councils(count: u32) -> Vec<Counts> {
    let one = |place: u32| {
        let total = 3 + (place * 37) % 61 + (place * place) % 23;
        (total * (40 + (place * 29) % 55) / 100, total)
    };
    (0..count).map(one).collect()
}

fn as_pairs(intervals: &[RankInterval]) -> Vec<(u32, u32)> {
    intervals.iter().map(|it| (it.from, it.to)).collect()
}

/// A generator of another kind than the one that is tested: Lehmer's, of 1951.
struct Lehmer(u64);

impl Lehmer {
    /// Within 0 and 1, neither of them.
    fn next(&mut self) -> f64 {
        self.0 = self.0 * 48_271 % 0x7fff_ffff;
        f64::from(u32::try_from(self.0).unwrap()) / f64::from(0x7fff_ffff_u32)
    }

    /// From Gamma(k + ½): k exponential draws, and half of a squared normal one.
    fn gamma_and_a_half(&mut self, k: Count) -> f64 {
        let whole: f64 = (0..k).map(|_| -self.next().ln()).sum();
        let normal = (-2.0 * self.next().ln()).sqrt() * (std::f64::consts::TAU * self.next()).cos();
        whole + normal * normal / 2.0
    }

    /// From Beta(x + ½, n − x + ½), as a share of two Gammas.
    fn beta(&mut self, (x, n): Counts) -> f64 {
        let (one, other) = (self.gamma_and_a_half(x), self.gamma_and_a_half(n - x));
        one / (one + other)
    }
}

/// The ranks as plainly as they can be worked out: all are drawn and sorted, `draws` times. Those of each council, in order.
fn simulated(counts: &[Counts], draws: usize) -> Vec<Vec<u32>> {
    let mut generator = Lehmer(20_261_123);
    let mut ranks = vec![Vec::with_capacity(draws); counts.len()];
    for _ in 0..draws {
        let mut shares: Vec<(f64, usize)> =
            counts.iter().enumerate().map(|(council, it)| (generator.beta(*it), council)).collect();
        shares.sort_by(|one, other| other.0.total_cmp(&one.0));
        for (rank, (_, council)) in (1..).zip(shares) {
            ranks[council].push(rank);
        }
    }
    for ranks in &mut ranks {
        ranks.sort_unstable();
    }
    ranks
}

/// Four and a half standard errors of a share of 2.5%, of so many draws and of our own 10,000.
fn sampling_error(draws: u32) -> f64 {
    4.5 * (0.025 * 0.975 * (1.0 / 10_000.0 + 1.0 / f64::from(draws))).sqrt()
}

#[test]
fn an_independent_simulation_comes_to_the_same() {
    // Where so many stand close together that a place is a small part of a percent, the same within what chance leaves is more than a place.
    for (counts, draws, off) in [
        (EIGHT.to_vec(), 10_000, 1),
        (councils(21), 10_000, 1),
        (councils(36), 10_000, 1),
        (councils(164), 6_000, 6),
        (vec![(0, 3), (3, 3), (0, 40), (40, 40), (1, 2)], 10_000, 1),
    ] {
        let error = sampling_error(draws);
        let draws = draws as usize;
        for ((own, ranks), counts) in ranks(&counts).iter().zip(simulated(&counts, draws)).zip(&counts) {
            let (from, to) = (ranks[draws / 40 - 1], ranks[draws - draws / 40 - 1]);
            let near = own.from.abs_diff(from) <= off && own.to.abs_diff(to) <= off;
            assert!(near, "{counts:?}: {own:?}, simulated {from} to {to}");
            let below = |rank: u32| share(ranks.partition_point(|other| *other < rank), draws);
            let up_to = |rank: u32| share(ranks.partition_point(|other| *other <= rank), draws);
            assert!(below(own.from) <= 0.025 + error && 0.025 - error <= up_to(own.from), "{counts:?}: {own:?}");
            assert!(below(own.to) <= 0.975 + error && 0.975 - error <= up_to(own.to), "{counts:?}: {own:?}");
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
}

/// What every machine must come to, WebAssembly among them.
const OF_EIGHT: [(u32, u32); 8] = [(4, 7), (3, 7), (2, 5), (1, 4), (1, 6), (8, 8), (1, 7), (2, 7)];
#[rustfmt::skip]
const OF_21: [(u32, u32); 21] = [
    (5, 21), (5, 15), (12, 21), (5, 14), (13, 21), (1, 20), (12, 20), (2, 14), (12, 20), (2, 11), (6, 21), (1, 8), (7, 20), (1, 7), (7, 18), (1, 8),
    (7, 17), (1, 6), (6, 15), (15, 21), (3, 17),
];
#[rustfmt::skip]
const OF_36: [(u32, u32); 36] = [
    (7, 36), (8, 26), (21, 36), (8, 23), (22, 36), (1, 35), (21, 35), (2, 24), (20, 34), (3, 18), (11, 36), (2, 14), (12, 34), (1, 12), (13, 31), (1, 13),
    (12, 29), (1, 10), (11, 26), (26, 36), (5, 29), (24, 36), (5, 26), (22, 35), (5, 23), (15, 36), (4, 18), (17, 34), (3, 15), (16, 33), (1, 20), (15, 30),
    (1, 12), (8, 35), (1, 10), (10, 33),
];
/// The sums of both ends of 164 councils.
const SUMS_OF_164: (u32, u32) = (7449, 19_574);

#[test]
fn every_machine_comes_to_the_same() {
    assert_eq!(as_pairs(&ranks(&EIGHT)), OF_EIGHT);
    assert_eq!(as_pairs(&ranks(&councils(21))), OF_21);
    assert_eq!(as_pairs(&ranks(&councils(36))), OF_36);
    let sums = ranks(&councils(164)).iter().fold((0, 0), |(from, to), it| (from + it.from, to + it.to));
    assert_eq!(sums, SUMS_OF_164);
}

#[test]
fn one_that_dominates_stands_above() {
    let intervals = ranks(&[(2, 100), (98, 100), (50, 100)]);
    assert_eq!(as_pairs(&intervals), [(3, 3), (1, 1), (2, 2)]);
}

#[test]
fn who_has_no_cases_may_stand_anywhere() {
    let mut counts = vec![(50, 100); 6];
    counts.extend([(0, 0), (9, 3)]);
    let intervals = ranks(&counts);
    assert_eq!(as_pairs(&intervals[6..]), [(1, 8), (1, 8)]);
    assert_eq!(ranks(&[]), []);
    assert_eq!(as_pairs(&ranks(&[(0, 0)])), [(1, 1)]);
    assert_eq!(as_pairs(&ranks(&[(3, 7)])), [(1, 1)]);
    assert!(ranks(&vec![(1, 2); 8192]).iter().all(|it| (it.from, it.to) == (1, 8192)));
}

fn counts() -> impl Strategy<Value = Vec<Counts>> {
    let one = (0_u32..80).prop_flat_map(|total| (0..=total).prop_map(move |count| (count, total)));
    prop::collection::vec(one, 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn ranks_are_of_the_counts_not_of_their_order(counts in counts(), turn in 0_usize..24) {
        let own = ranks(&counts);
        let mut turned: Vec<Counts> = counts.iter().rev().copied().collect();
        let turn = turn % counts.len();
        turned.rotate_left(turn);
        let mut other = ranks(&turned);
        other.rotate_right(turn);
        other.reverse();
        prop_assert_eq!(&own, &other);
        for (one, of_one) in own.iter().zip(&counts) {
            prop_assert!(1 <= one.from && one.from <= one.to && one.to as usize <= counts.len());
            prop_assert!(own.iter().zip(&counts).all(|(other, of_other)| of_one != of_other || one == other));
        }
    }

    #[test]
    fn more_upheld_of_as_many_stands_no_lower(total in 1_u32..80, counts in counts()) {
        let mut all = counts;
        let first = all.len();
        all.extend((0..=total).step_by(4).map(|count| (count, total)));
        let own = ranks(&all);
        // By a place at most, which chance may give.
        prop_assert!(own[first..].windows(2).all(|pair| pair[1].from <= pair[0].from + 1 && pair[1].to <= pair[0].to + 1));
    }
}
