//! Ranks, as intervals: between which places a council's rate may stand among others.
//!
//! What a count says of the rate behind it is its posterior Beta(x + ½, n − x + ½). All councils are drawn from theirs together, 10,000 times, and
//! each is ranked among the others every time; 95% of its ranks lie between the two that are told. The numbers that are drawn are the
//! same on every machine, and in WebAssembly: the generator starts from one seed, and nothing is used whose last digits
//! differ between machines.
//!
//! Under φ = arcsin √θ the posterior's density is sin²ˣφ cos²⁽ⁿ⁻ˣ⁾φ, without poles at 0% and 100%, and φ is in the same order as θ. So ranks are
//! drawn of φ, by inverting its distribution on a grid. Source: Goldstein, H. and Spiegelhalter, D. J. (1996), “League tables and their limitations”,
//! doi 10.2307/2983325.

use crate::figures::Count;

/// How often all are drawn together.
pub const DRAWS: u32 = 10_000;

/// The share of ranks that lies below, and above, the interval.
const TAIL: u32 = DRAWS / 40;

/// The cells of the grid over φ.
const CELLS: usize = 2048;

/// The steps between the quantiles that are drawn from.
const STEPS: u32 = 1024;

/// Where the generator starts.
const SEED: u64 = 0x2026_1123_5eed_0001;

/// Between which ranks a council stands; 1 is the highest rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankInterval {
    /// The highest place, the smaller number.
    pub from: u32,
    /// The lowest place.
    pub to: u32,
}

/// The ranks of rates given as x and n, the highest first: the 95% interval of each. One without cases, or with more than there
/// were, may stand anywhere.
///
/// ```
/// use upheld_domain::rank::{RankInterval, ranks};
/// let told_apart = ranks(&[(90, 100), (10, 100)]);
/// assert_eq!(told_apart, [RankInterval { from: 1, to: 1 }, RankInterval { from: 2, to: 2 }]);
/// assert_eq!(ranks(&[(1, 2), (1, 2)]), [RankInterval { from: 1, to: 2 }; 2]);
/// ```
#[must_use]
pub fn ranks(counts: &[(Count, Count)]) -> Vec<RankInterval> {
    let grid = Grid::new();
    let tables: Vec<Vec<f64>> = counts.iter().map(|(count, total)| grid.quantiles(*count, *total)).collect();
    let mut generator = Generator::new(SEED);
    // How often each council had each rank.
    let mut times: Vec<Vec<u32>> = counts.iter().map(|_| vec![0; counts.len()]).collect();
    let mut sorter = Sorter::new(counts.len());
    let mut drawn: Vec<(u32, u32)> = Vec::with_capacity(counts.len());
    for _ in 0..DRAWS {
        drawn.clear();
        drawn.extend((0_u32..).zip(&tables).map(|(council, table)| (generator.one_of(table), council)));
        for (rank, council) in sorter.highest_first(&drawn).enumerate() {
            let of_council = usize::try_from(council).ok().and_then(|council| times.get_mut(council));
            if let Some(times) = of_council.and_then(|times| times.get_mut(rank)) {
                *times += 1;
            }
        }
    }
    times.iter().map(|times| middle(times)).collect()
}

/// The ranks between which 95% of the draws lie.
fn middle(times: &[u32]) -> RankInterval {
    let reaches = |share: u32| {
        let mut sum = 0;
        let before = times.iter().take_while(|times| {
            sum += **times;
            sum < share
        });
        u32::try_from(before.count()).unwrap_or(u32::MAX).saturating_add(1)
    };
    RankInterval { from: reaches(TAIL), to: reaches(DRAWS - TAIL) }
}

/// The middles of the cells from 0 to π/2: the logarithms of sin² and cos² there.
struct Grid {
    log_sin2: Vec<f64>,
    log_cos2: Vec<f64>,
}

impl Grid {
    fn new() -> Self {
        let middles = (0_u32..).take(CELLS).map(|cell| (f64::from(cell) + 0.5) * cell_width());
        let (mut log_sin2, mut log_cos2) = (Vec::with_capacity(CELLS), Vec::with_capacity(CELLS));
        for middle in middles {
            log_sin2.push(2.0 * libm::log(libm::sin(middle)));
            log_cos2.push(2.0 * libm::log(libm::cos(middle)));
        }
        Self { log_sin2, log_cos2 }
    }

    /// The quantiles of φ for `count` of `total`, in `STEPS` equal steps of probability, as shares of π/2; flat where there is nothing to go
    /// by.
    fn quantiles(&self, count: Count, total: Count) -> Vec<f64> {
        let (x, n) = if count <= total { (f64::from(count), f64::from(total)) } else { (0.0, 0.0) };
        let log_density = |log_sin2: f64, log_cos2: f64| x * log_sin2 + (n - x) * log_cos2;
        // At its mode, sin²φ = x/n; 0 · ln 0 is 0.
        let part = |share: f64, times: f64| if times > 0.0 { times * libm::log(share) } else { 0.0 };
        let highest = if n > 0.0 { part(x / n, x) + part(1.0 - x / n, n - x) } else { 0.0 };
        let weights: Vec<f64> = self
            .log_sin2
            .iter()
            .zip(&self.log_cos2)
            .map(|(sin2, cos2)| {
                let log = log_density(*sin2, *cos2) - highest;
                if log < -40.0 { 0.0 } else { libm::exp(log) }
            })
            .collect();
        let sum: f64 = weights.iter().sum();
        // The outermost are not at the ends of the grid, where next to nothing is, but where all but a hundred thousandth lies within.
        let last = f64::from(STEPS);
        let share = |step: u32| (f64::from(step) / last).clamp(1e-5, 1.0 - 1e-5) * sum;
        let width = 1.0 / f64::from(u32::try_from(CELLS).unwrap_or(u32::MAX));
        let mut quantiles = Vec::with_capacity(CELLS / 2 + 1);
        let (mut step, mut below) = (0, 0.0);
        for (cell, weight) in (0_u32..).map(f64::from).zip(&weights) {
            while step <= STEPS && *weight > 0.0 && below + weight >= share(step) {
                let within = ((share(step) - below) / weight).clamp(0.0, 1.0);
                quantiles.push((cell + within) * width);
                step += 1;
            }
            below += weight;
        }
        // What rounding left of the last steps.
        while step <= STEPS {
            quantiles.push(quantiles.last().copied().unwrap_or(1.0));
            step += 1;
        }
        quantiles
    }
}

fn cell_width() -> f64 {
    std::f64::consts::FRAC_PI_2 / f64::from(u32::try_from(CELLS).unwrap_or(u32::MAX))
}

/// xoshiro256++ 1.0, begun by `SplitMix64`: Blackman, D. and Vigna, S., prng.di.unimi.it, in the public domain.
struct Generator {
    state: [u64; 4],
    /// The second half of what was drawn last.
    kept: Option<u32>,
}

impl Generator {
    fn new(seed: u64) -> Self {
        let mut at = seed;
        let state = [(); 4].map(|()| {
            at = at.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (at ^ (at >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ (mixed >> 31)
        });
        Self { state, kept: None }
    }

    fn next(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let drawn = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c_next, d_next) = (c ^ a, d ^ b);
        self.state = [a ^ d_next, b ^ c_next, c_next ^ (b << 17), d_next.rotate_left(45)];
        drawn
    }

    /// 32 bits: the two halves of a draw, one after the other.
    fn half(&mut self) -> u32 {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        let drawn = self.next();
        #[expect(clippy::cast_possible_truncation, reason = "its two halves")]
        let (low, high) = (drawn as u32, (drawn >> 32) as u32);
        self.kept = Some(high);
        low
    }

    /// A draw from the distribution that has these quantiles, in 2³² parts of π/2.
    fn one_of(&mut self, quantiles: &[f64]) -> u32 {
        let bits = self.half();
        // The first ten bits choose the step, the others where in it.
        let step = usize::try_from(bits >> 22).unwrap_or(0);
        let within = f64::from(bits & 0x3f_ffff) / f64::from(0x40_0000);
        let (low, high) = match quantiles.get(step..step + 2) {
            Some([low, high]) => (*low, *high),
            _ => (0.0, 1.0),
        };
        let value = (low + (high - low) * within) * f64::from(u32::MAX);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0 and u32::MAX")]
        let drawn = value as u32;
        drawn
    }
}

/// Sorts the same number of draws again and again: into buckets by their first bits, then by insertion, as what comes out of the buckets is nearly
/// in order.
struct Sorter {
    shift: u32,
    ends: Vec<usize>,
    sorted: Vec<(u32, u32)>,
}

impl Sorter {
    fn new(count: usize) -> Self {
        let buckets = count.next_power_of_two().clamp(2, 1024);
        Self { shift: 32 - buckets.trailing_zeros(), ends: vec![0; buckets], sorted: vec![(0, 0); count] }
    }

    fn bucket(&self, value: u32) -> usize {
        usize::try_from(value >> self.shift).unwrap_or(0)
    }

    /// Which of `drawn` is highest, which next, and so on.
    fn highest_first(&mut self, drawn: &[(u32, u32)]) -> impl Iterator<Item = u32> {
        self.ends.fill(0);
        for (value, _) in drawn {
            let bucket = self.bucket(*value);
            if let Some(end) = self.ends.get_mut(bucket) {
                *end += 1;
            }
        }
        let mut sum = 0;
        for end in &mut self.ends {
            sum += *end;
            *end = sum;
        }
        for draw in drawn {
            let bucket = self.bucket(draw.0);
            let Some(end) = self.ends.get_mut(bucket) else { continue };
            *end = end.saturating_sub(1);
            if let Some(place) = self.sorted.get_mut(*end) {
                *place = *draw;
            }
        }
        for place in 1..self.sorted.len() {
            let mut at = place;
            while at > 0 && self.sorted.get(at - 1).zip(self.sorted.get(at)).is_some_and(|(before, it)| before > it) {
                self.sorted.swap(at - 1, at);
                at -= 1;
            }
        }
        self.sorted.iter().rev().map(|(_, council)| *council)
    }
}
