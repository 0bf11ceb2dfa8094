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

/// The limits for `total` cases round `share`, widened `wider` times round it: once for limits of chance alone.
#[must_use]
pub fn limits(total: Count, share: f64, wider: f64) -> Option<Limits> {
    if total == 0 {
        return None;
    }
    let chances = chances(total, share);
    let at = |q| Some((share + (interpolated(&chances, q)? - share) * wider).clamp(0.0, 1.0));
    let between = |low, high| Some(Interval { lower: at(low)?, upper: at(high)? });
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
    /// The φ of rates round `share`, given as x and n; none where there are fewer than two, or `share` is 0 or 1.
    ///
    /// zᵢ = (pᵢ − p₀) / √(p₀ (1 − p₀) / nᵢ), Winsorised: what lies beyond their 10th and 90th percentile (between two
    /// of them, interpolated) is set there.
    #[must_use]
    pub fn of(counts: &[(Count, Count)], share: f64) -> Option<Self> {
        let variance = share * (1.0 - share);
        if variance <= 0.0 {
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
