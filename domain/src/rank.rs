//! Ranks, as intervals: between which places a council's rate may stand among others.
//!
//! What a count says of the rate behind it is its posterior Beta(x + ½, n − x + ½). All councils are drawn from theirs together, 10,000 times, and
//! each is ranked among the others every time; 95% of its ranks lie between the two that are told. The numbers that are drawn are the
//! same on every machine, and in WebAssembly: the generator starts from one seed, and nothing is used whose last digits
//! differ between machines.
//!
//! Under φ = arcsin √θ the posterior's density is sin²ˣφ cos²⁽ⁿ⁻ˣ⁾φ, without poles at 0% and 100%, and φ is in the same order as θ. So ranks are
//! drawn of φ, by inverting its distribution on a grid, and then only compared. Source: Goldstein, H. and Spiegelhalter, D. J. (1996), “League tables and their limitations”,
//! doi 10.2307/2983325.

use crate::{
    figures::{Count, small},
    order::in_order,
    random::Generator,
};

/// How often all are drawn together.
pub const DRAWS: u32 = 10_000;

/// The share of ranks that lies below, and above, the interval.
const TAIL: u32 = DRAWS / 40;

/// The cells of the grid over φ, as bits.
const CELL_BITS: u32 = 10;
const CELLS: usize = 1 << CELL_BITS;

/// The parts that a cell is told apart into, as bits.
const PART_BITS: u32 = 14;

/// The steps between the quantiles that are drawn from. Of the sixteen bits of a draw the upper eight choose the step, the lower where in
/// it.
const STEPS: u32 = 256;

/// The share of all that lies outside of the outermost quantiles, on either side.
const OUTERMOST: f64 = 1.0 / 2048.0;

/// The quantiles at the ends of all steps.
type Table = [u32; STEPS as usize + 1];

/// The most councils whose ranks can be told.
const MOST: usize = 8191;

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

/// The ranks of rates given as x and n, the highest first: the 95% interval of each, within 1 and their number. One without
/// cases, or with more than there were, may stand anywhere.
///
/// The order in which they are given does not matter, and those with the same x and n have the same interval. Of more than 8,191 nothing is
/// told: each may stand anywhere.
///
/// ```
/// use upheld_domain::rank::{RankInterval, ranks};
/// let told_apart = ranks(&[(90, 100), (10, 100)]);
/// assert_eq!(told_apart, [RankInterval { from: 1, to: 1 }, RankInterval { from: 2, to: 2 }]);
/// assert_eq!(ranks(&[(1, 2), (1, 2)]), [RankInterval { from: 1, to: 2 }; 2]);
/// ```
#[must_use]
pub fn ranks(counts: &[(Count, Count)]) -> Vec<RankInterval> {
    // Drawn in the order of their counts, so that what comes out does not depend on the order in which they came.
    let at = |place: usize| counts.get(place).map_or((0, 0), |(x, n)| if x <= n { (*x, *n) } else { (0, 0) });
    let places = in_order(counts.len(), &mut |one, other| at(one).cmp(&at(other)));
    let alike: Vec<&[usize]> = places.chunk_by(|one, other| at(*one) == at(*other)).collect();
    let anywhere = RankInterval { from: 1, to: u32::try_from(counts.len()).unwrap_or(u32::MAX) };
    let mut ranks = vec![anywhere; counts.len()];
    if counts.is_empty() || counts.len() > MOST {
        return ranks;
    }
    let grid = Grid::new();
    let mut tables = Vec::with_capacity(alike.len());
    for place in alike.iter().filter_map(|places| places.first()) {
        let (count, total) = at(*place);
        tables.push(grid.quantiles(count, total));
    }
    let sizes = Sizes::new(places.len());
    spread_evenly(&mut tables, sizes);
    let of_each: Vec<&Table> =
        alike.iter().zip(&tables).flat_map(|(places, table)| places.iter().map(move |_| table)).collect();
    let times = draw(&of_each, sizes);
    let mut of_each = times.chunks_exact(places.len());
    for places in alike {
        // From the highest rank to the lowest, all that are alike taken together.
        let mut sums = vec![0_u32; counts.len()];
        for times in of_each.by_ref().take(places.len()) {
            for (sum, times) in sums.iter_mut().rev().zip(times) {
                *sum += u32::from(*times);
            }
        }
        let interval = middle(&sums);
        for place in places {
            if let Some(rank) = ranks.get_mut(*place) {
                *rank = interval;
            }
        }
    }
    ranks
}

/// The ranks between which 95% of the draws lie.
fn middle(times: &[u32]) -> RankInterval {
    let all: u32 = times.iter().sum();
    let tail = all / (DRAWS / TAIL);
    let reaches = |share: u32| {
        let mut sum = 0;
        let before = times.iter().take_while(|times| {
            sum += **times;
            sum < share
        });
        u32::try_from(before.count()).unwrap_or(u32::MAX).saturating_add(1)
    };
    RankInterval { from: reaches(tail), to: reaches(all - tail) }
}

/// What so many councils need: a draw is kept as a key, its value in the upper bits and whose it is in the lower.
#[derive(Clone, Copy)]
struct Sizes {
    /// The lower bits.
    member_bits: u32,
    /// Places into which draws are put: so many more than there are draws that most are put where nothing is.
    slots: u32,
    /// The bits of a value below those that say its place.
    slot_bits: u32,
}

impl Sizes {
    /// For 1 to [`MOST`].
    fn new(members: usize) -> Self {
        let count = u32::try_from(members).unwrap_or(0);
        let (member_bits, slots) = (bits(count), 4 * count);
        Self { member_bits, slots, slot_bits: (31 - member_bits).min(24).saturating_sub(bits(slots)) }
    }
}

/// How many bits `number` needs.
const fn bits(number: u32) -> u32 {
    u32::BITS - number.leading_zeros()
}

/// Draws all, as often as [`DRAWS`], from the table of each: how often each had each rank, the lowest first.
#[expect(clippy::indexing_slicing, reason = "a table has one quantile more than eight bits can choose")]
fn draw(tables: &[&Table], sizes: Sizes) -> Vec<u16> {
    const EMPTY: u32 = u32::MAX;
    let members = tables.len();
    let (shift, mask) = (sizes.member_bits + sizes.slot_bits, (1_u32 << sizes.member_bits) - 1);
    let mut times = vec![0_u16; members * members];
    let mut generator = Generator::new(SEED);
    // Past the last place there is room for all, were they all to be put there.
    let mut places = vec![EMPTY; sizes.slots as usize + members];
    // Which of them are taken, a bit each.
    let mut taken = vec![0_u64; places.len() / 64 + 1];
    for _ in 0..DRAWS {
        let mut member = 0;
        for four in tables.chunks(4) {
            let mut bits = generator.next();
            for table in four {
                #[expect(clippy::cast_possible_truncation, reason = "its lowest eight bits, and the eight above")]
                let (within, step) = (u32::from(bits as u8), usize::from((bits >> 8) as u8));
                bits >>= 16;
                let (low, high) = (table[step], table[step + 1]);
                let value = low + (((high - low) * within) >> 8);
                let mut key = value << sizes.member_bits | member;
                member += 1;
                // Into the place of its upper bits, or past those that are there, the larger key making way: so all are in order.
                let mut at = (key >> shift) as usize;
                while let Some(place) = places.get_mut(at) {
                    let held = *place;
                    *place = held.min(key);
                    if held == EMPTY {
                        break;
                    }
                    key = held.max(key);
                    at += 1;
                }
                if let Some(word) = taken.get_mut(at / 64) {
                    *word |= 1 << (at % 64);
                }
            }
        }
        let mut rank = 0;
        for (word, places) in taken.iter_mut().zip(places.chunks_mut(64)) {
            let mut left = std::mem::take(word);
            while left != 0 {
                if let Some(place) = places.get_mut(left.trailing_zeros() as usize) {
                    let key = std::mem::replace(place, EMPTY);
                    if let Some(times) = times.get_mut((key & mask) as usize * members + rank) {
                        *times += 1;
                    }
                }
                rank += 1;
                left &= left - 1;
            }
        }
    }
    times
}

/// Writes the quantiles of all tables, which are in parts of cells, in such units that all tables together fill the places evenly. Their order
/// stays.
fn spread_evenly(tables: &mut [Table], sizes: Sizes) {
    let mut in_cell = [0_u32; CELLS];
    for quantile in tables.iter().flatten() {
        if let Some(count) = in_cell.get_mut((quantile >> PART_BITS) as usize) {
            *count += 1;
        }
    }
    let mut below = 0.0;
    let before: Vec<(f64, f64)> = in_cell
        .iter()
        .map(|count| {
            let (before, count) = (below, f64::from(*count));
            below += count;
            (before, count / f64::from(1_u32 << PART_BITS))
        })
        .collect();
    let most = (sizes.slots << sizes.slot_bits) - 1;
    let unit = f64::from(most) / below;
    for quantile in tables.iter_mut().flatten() {
        let part = f64::from(*quantile & ((1 << PART_BITS) - 1));
        if let Some((before, by_part)) = before.get((*quantile >> PART_BITS) as usize) {
            *quantile = small((before + by_part * part) * unit).min(most);
        }
    }
}

/// The middles of the cells from 0 to π/2: the logarithms of sin² and cos² there.
struct Grid {
    logs: Vec<(f64, f64)>,
}

impl Grid {
    fn new() -> Self {
        let width = std::f64::consts::FRAC_PI_2 / f64::from(1_u32 << CELL_BITS);
        let log = |middle: f64| (2.0 * libm::log(libm::sin(middle)), 2.0 * libm::log(libm::cos(middle)));
        Self { logs: (0_u32..1 << CELL_BITS).map(|cell| log((f64::from(cell) + 0.5) * width)).collect() }
    }

    /// The quantiles of φ for `count` of `total`, in [`STEPS`] equal steps of probability, in parts of cells; flat where there is nothing to go
    /// by.
    fn quantiles(&self, count: Count, total: Count) -> Table {
        let (x, not) = (f64::from(count), f64::from(total.saturating_sub(count)));
        let n = x + not;
        // At its mode, sin²φ = x/n; 0 · ln 0 is 0.
        let part = |times: f64| if times > 0.0 { times * libm::log(times / n) } else { 0.0 };
        let highest = part(x) + part(not);
        let weight = |(sin2, cos2): &(f64, f64)| {
            let log = x * sin2 + not * cos2 - highest;
            // Seven standard deviations off.
            if log < -25.0 { 0.0 } else { libm::exp(log) }
        };
        let weights: Vec<f64> = self.logs.iter().map(weight).collect();
        let sum: f64 = weights.iter().sum();
        // The outermost are not at the ends of the grid, where next to nothing is, but where what is drawn between them and the next lies as far
        // out on average as it should.
        let share = |step: u32| (f64::from(step) / f64::from(STEPS)).clamp(OUTERMOST, 1.0 - OUTERMOST) * sum;
        let mut quantiles = [0; STEPS as usize + 1];
        let mut left = (0_u32..).map(share).zip(&mut quantiles).peekable();
        let (mut below, mut last) = (0.0, 0);
        for (cell, weight) in (0_u32..).zip(&weights).filter(|(_, weight)| **weight > 0.0) {
            let above = below + weight;
            while let Some((share, quantile)) = left.next_if(|(share, _)| above >= *share) {
                let within = small((share - below) / weight * f64::from(1_u32 << PART_BITS)).min((1 << PART_BITS) - 1);
                last = cell << PART_BITS | within;
                *quantile = last;
            }
            below = above;
        }
        // What rounding left of the last steps.
        left.for_each(|(_, quantile)| *quantile = last);
        quantiles
    }
}
