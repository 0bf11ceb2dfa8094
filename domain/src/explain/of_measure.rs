//! The numbers of one measure.

use super::{About, Amount, Number, PER_100K, Section, percent};
use crate::{
    difference::difference,
    figures::{Count, Value},
    funnel::{Funnel, FunnelPoint},
    grade::{Baseline, BaselineOrigin, FEWEST_JUDGED, Grade, Judged, judged},
    interval::{Certainty, Interval, Z_95, Z_99_8, byar, wilson},
    measure::{Measure, Rate, Reading},
    similar::{self, Comparison, Computed, FEWEST_FOR_AN_AVERAGE, Origin},
    trend::{BREAKS, broken_between},
    words::{self, list},
};

const WILSON: &str = "(2x + z² ∓ z √(z² + 4x (1 − x/n))) / (2 (n + z²)), Wilson 1927";
const BYAR: &str =
    "x (1 − 1/(9x) − z/(3√x))³ to (x + 1) (1 − 1/(9(x + 1)) + z/(3√(x + 1)))³, Byar; from 0 where x is 0";
const AT_LEAST: &str = "P(X ≥ x) of X ~ Bin(n, p₀), exactly";
const AT_MOST: &str = "P(X ≤ x) of X ~ Bin(n, p₀), exactly";
const NEWCOMBE: &str = "d − √((p₁ − L₁)² + (U₂ − p₂)²) to d + √((U₁ − p₁)² + (p₂ − L₂)²), with both Wilson intervals L, U; Newcombe 1998, method 10";
const LIMIT: &str = "(r − a)/n at q, with r the smallest number with F(r) ≥ q and a = (F(r) − q)/(F(r) − F(r − 1)), F of Bin(n, p₀); Spiegelhalter 2005";
const RANKS: &str = "10,000 joint draws from Beta(x + ½, n − x + ½) of each, the same on every machine; 95% of a council’s ranks, 1 being the highest rate";

/// What is counted, and of what.
const fn counts_of(measure: Measure) -> (&'static str, &'static str) {
    match measure {
        Measure::Uphold => ("x, complaints upheld", "n, detailed investigations"),
        Measure::UpheldPer100k => ("x, complaints upheld", ""),
        Measure::Compliance => ("x, recommendations carried out", "n, compliance outcomes recorded"),
        Measure::Remedy => ("x, satisfactory remedies", "n, complaints upheld"),
    }
}

/// All that there is on `measure`.
pub(super) fn section(about: About<'_>, measure: Measure) -> Section {
    let mut numbers: Vec<Number> = measure.fields().iter().filter_map(|field| about.figure(*field)).collect();
    let reading = about.edition.read(about.id, about.year, measure);
    let comparison = similar::compare(about.edition, about.id, about.council, about.year, measure);
    match &reading {
        Ok(rate) => numbers.extend(of_rate(measure, rate)),
        Err(absent) => numbers.push(Number::without("rate", absent.words())),
    }
    numbers.push(published(about, measure, &comparison));
    if measure.is_percentage() {
        numbers.push(of_others(about, &comparison));
        numbers.extend(against_chance(measure, &reading, &comparison));
        numbers.extend(among_others(about, measure, &comparison));
        numbers.extend(since_last_year(about, measure, &reading));
    }
    Section { key: measure.key(), title: measure.label(), numbers }
}

/// The rate and its intervals.
fn of_rate(measure: Measure, rate: &Rate) -> Vec<Number> {
    let mut numbers = Vec::new();
    let value = Amount::One(rate.value);
    let shown =
        Number::new("rate", value, rate.text(measure), if measure.is_percentage() { super::PERCENT } else { PER_100K });
    numbers.push(if rate.printed.is_some() {
        shown.noting("As printed.")
    } else {
        shown.noting("Not printed: worked out from the counts.")
    });
    let (x, n) = counts_of(measure);
    match (measure, rate.count, rate.total) {
        (Measure::UpheldPer100k, Some(count), _) => numbers.extend(of_count(rate, count)),
        (Measure::UpheldPer100k, None, _) => {
            numbers.push(Number::without("interval", "none, as the count of complaints upheld is not known"));
        }
        (_, Some(count), Some(total)) => {
            if measure == Measure::Compliance {
                numbers.extend(carried_out(rate, count, total));
            }
            let with_counts = |number: Number| number.count(x, count).count(n, total);
            let from_counts = f64::from(count) / f64::from(total);
            let counted = with_counts(Number::share("rate from the counts", from_counts).by("100 x/n"));
            numbers.push(if rate.differs_from_counts() {
                let note = format!(
                    "Printed {}, {count} of {total} is {}: they differ by more than half a point. The printed rate is shown.",
                    rate.text(measure),
                    words::percent(100.0 * from_counts)
                );
                counted.noting(note)
            } else {
                counted
            });
            for (name, z, text) in [("95% interval", Z_95, "1.959964"), ("99.8% interval", Z_99_8, "3.090232")] {
                let Some(Interval { lower, upper }) = wilson(count, total, z) else { continue };
                let number = with_counts(Number::between(name, lower, upper).by(WILSON));
                numbers.push(number.input("z", z, text.to_owned()));
            }
        }
        _ => {
            let note = match measure {
                Measure::Compliance if rate.total.is_some() => {
                    "The number that were carried out is not printed, and more than one rounds to the printed rate."
                }
                _ => "Both counts are needed.",
            };
            numbers.push(Number::without("rate from the counts", "none, and no interval").noting(note));
        }
    }
    numbers.push(certainty(measure, rate));
    numbers
}

/// "1 of 34 not carried out".
fn carried_out(rate: &Rate, count: Count, total: Count) -> [Number; 2] {
    let number = |name: &str, value: Count, text: String| Number::new(name, Amount::One(f64::from(value)), text, "");
    let printed = rate.printed.map_or(rate.value, Value::number);
    let out = number("recommendations carried out", count, count.to_string())
        .by("the only number of n that rounds to the printed rate")
        .input("printed rate, percent", printed, printed.to_string())
        .count("n, compliance outcomes recorded", total);
    let not = total.saturating_sub(count);
    let left = number("not carried out", not, format!("{not} of {total} not carried out"))
        .by("n − x")
        .count("x, recommendations carried out", count)
        .count("n, compliance outcomes recorded", total);
    [out, left]
}

/// Byar's interval of a count, and what it makes of the rate.
fn of_count(rate: &Rate, count: Count) -> Vec<Number> {
    let Interval { lower, upper } = byar(count, Z_95);
    let between = |name: &str, from: f64, to: f64, unit| {
        Number::new(name, Amount::Between([from, to]), format!("{from:.4} to {to:.4}"), unit)
    };
    let counted = between("95% interval of the count", lower, upper, "")
        .by(BYAR)
        .count("x, complaints upheld", count)
        .input("z", Z_95, "1.959964".to_owned());
    if count == 0 {
        return vec![
            counted,
            Number::without("95% interval of the rate", "none: the residents cannot be told from a rate of nought"),
        ];
    }
    let by = rate.value / f64::from(count);
    let implied = between("95% interval of the rate", lower * by, upper * by, PER_100K)
        .by("printed rate × each limit / x")
        .input("printed rate", rate.value, rate.value.to_string())
        .count("x, complaints upheld", count)
        .input("lower limit", lower, format!("{lower:.4}"))
        .input("upper limit", upper, format!("{upper:.4}"))
        .noting("The residents are those that the printed rate implies: Upheld holds no population.");
    vec![counted, implied]
}

fn certainty(measure: Measure, rate: &Rate) -> Number {
    let text = match rate.certainty {
        Certainty::Reliable => "reliable",
        Certainty::Uncertain => "uncertain",
        Certainty::TooFew => "too few to judge",
        Certainty::Unknown => "not known, as its base is not",
    };
    let number = Number::without("certainty", text);
    if measure == Measure::UpheldPer100k {
        return number.by("too few where fewer than 5 are upheld");
    }
    let number = number.by("too few where n < 5; else uncertain where the 95% interval is wider than 30 points");
    match rate.interval() {
        Some(interval) => {
            number.input("width in points", 100.0 * interval.width(), format!("{:.4}", 100.0 * interval.width()))
        }
        None => number,
    }
}

/// The printed average of similar authorities, and where it was taken from.
fn published(about: About<'_>, measure: Measure, comparison: &Comparison) -> Number {
    const NAME: &str = "published average of similar authorities";
    let Some(value) = comparison.published else { return Number::without(NAME, "none in this edition") };
    let plural = about.council.council_type.plural();
    let names = |ids: &[crate::register::CouncilId]| {
        let register = about.edition.register();
        list(&ids.iter().filter_map(|id| Some(register.get(*id)?.name.as_str())).collect::<Vec<_>>())
    };
    match similar::origin(about.edition, about.id, about.council, about.year, measure) {
        Some(Origin::Beside { listed, .. }) => {
            let note = match listed {
                None => "It stands beside the council’s own figures.".to_owned(),
                Some(listed) if listed == value => {
                    format!(
                        "It stands beside the council’s own figures, and in the edition’s list of averages for {plural}."
                    )
                }
                Some(listed) => format!(
                    "It stands beside the council’s own figures. The edition’s list of averages for {plural} has {listed}, which is not shown."
                ),
            };
            let sources = about.figure(measure.average_field()).map(|figure| figure.sources).unwrap_or_default();
            Number { sources, ..Number::printed(NAME, value).noting(note) }
        }
        Some(Origin::Listed { beside }) => {
            let mut note = format!("It is in the edition’s list of averages for {plural}.");
            if !beside.is_empty() {
                note = format!("{note} Sources print the same beside the figures of {}.", names(&beside));
            }
            Number::printed(NAME, value).noting(note)
        }
        Some(Origin::Peers(peers)) => {
            let note = format!(
                "It stands beside the figures of {}: of {plural}, all that print one print this.",
                names(&peers)
            );
            Number::printed(NAME, value).noting(note)
        }
        None => Number::printed(NAME, value),
    }
}

/// The rate of all other councils of the type, or why there is none.
fn of_others(about: About<'_>, comparison: &Comparison) -> Number {
    const NAME: &str = "average of the others, computed";
    let kind = &about.council.council_type;
    match comparison.computed {
        Computed::Average { count, total, others, of } => Number::share(NAME, f64::from(count) / f64::from(total))
            .by("100 (Σx − xᵢ)/(Σn − nᵢ)")
            .count("Σx − xᵢ", count)
            .count("Σn − nᵢ", total)
            .noting(format!("From {others} other {} with counts, of {of} in the year.", kind.plural())),
        Computed::TooFewCouncils { with_figures, of } => Number::without(NAME, "none: too few councils have counts")
            .by("at least 5 councils, and half of the type")
            .things("with counts", with_figures)
            .things("of the type in the year", of),
        Computed::NotOfCounts => Number::without(NAME, "none: the measure is no share of counts"),
        Computed::NotThen => Number::without(NAME, "none: the council did not exist in the year"),
    }
}

/// The baseline, the tails, the grade, and what could have been reached.
fn against_chance(measure: Measure, reading: &Reading, comparison: &Comparison) -> Vec<Number> {
    let Some(baseline) = Baseline::of(comparison) else {
        let text = "none: there is neither an average of the others nor a published one";
        return vec![Number::without("baseline p₀", text), Number::without("grade", "none, as there is no baseline")];
    };
    let mut numbers = vec![of_baseline(baseline)];
    let Some(judged) = judged(reading, comparison) else {
        numbers.push(Number::without("grade", "none, as the counts are not known or there are none"));
        return numbers;
    };
    let (low, high) = baseline.ends();
    let (x, n) = counts_of(measure);
    let tail = |name: &str, chance, formula, share| {
        Number::chance(name, chance).by(formula).count(x, judged.count).count(n, judged.total).of_share("p₀", share)
    };
    numbers.push(tail("chance of as many or more", judged.tails.at_least, AT_LEAST, high));
    numbers.push(tail("chance of as many or fewer", judged.tails.at_most, AT_MOST, low));
    numbers.push(of_grade(&judged));
    numbers
}

fn of_baseline(baseline: Baseline) -> Number {
    let number = Number::share("baseline p₀", baseline.share);
    let (low, high) = baseline.ends();
    let ends = format!(
        "Each tail is that at the end, from {} to {}, which speaks against a difference.",
        percent(low),
        percent(high)
    );
    match baseline.origin {
        BaselineOrigin::Others { .. } if baseline.slack > 0.0 => number.noting(format!(
            "The average of the others. As it leaves no chance to one outcome, half a case is allowed for. {ends}"
        )),
        BaselineOrigin::Others { .. } => {
            number.noting("The average of the others, as enough councils of the type have counts.")
        }
        BaselineOrigin::Published(_) => number.noting(format!(
            "The published average, as too few councils of the type have counts. It is printed rounded. {ends}"
        )),
    }
}

fn of_grade(judged: &Judged) -> Number {
    let mut note = if judged.grade == Grade::TooFew {
        format!("Fewer than {FEWEST_JUDGED} cases are not judged, whatever they come to.")
    } else {
        format!(
            "0 of {0} would be: {1}. {0} of {0} would be: {2}.",
            judged.total,
            judged.reach.lowest.words(),
            judged.reach.highest.words()
        )
    };
    for (count, reached) in [(0, judged.reach.lowest), (judged.total, judged.reach.highest)] {
        if reached != Grade::TooFew && !reached.stands_out() {
            note = format!("{note} So not even {count} of {} would stand out.", judged.total);
        }
    }
    Number::without("grade", judged.grade.words())
        .by("from 5 cases on: P(X ≥ x) ≤ 0.001 higher, ≤ 0.025 possibly higher; P(X ≤ x) ≤ 0.001 lower, ≤ 0.025 possibly lower")
        .input("P(X ≥ x)", judged.tails.at_least, format!("{:.6}", judged.tails.at_least))
        .input("P(X ≤ x)", judged.tails.at_most, format!("{:.6}", judged.tails.at_most))
        .noting(note)
}

/// The funnel's limits at the council's cases, and its place among those of its type.
fn among_others(about: About<'_>, measure: Measure, comparison: &Comparison) -> Vec<Number> {
    let About { edition, id, council, year } = about;
    if similar::counted(&comparison.peers).all(|(peer, ..)| peer != id) {
        let text = "none, as the council has no counts among its type in the year";
        return vec![Number::without("funnel limits", text), Number::without("rank", text)];
    }
    let mut numbers = match Funnel::new(edition, council.council_type, year, measure) {
        Some(funnel) => of_funnel(&funnel, funnel.points.iter().find(|point| point.council == id)),
        None => vec![Number::without("funnel limits", "none, as the type has no baseline in the year")],
    };
    let ranked = similar::ranked(edition, council.council_type, year, measure).unwrap_or_default();
    if let Some((_, interval)) = ranked.iter().find(|(of, _)| *of == id) {
        let text = format!("between {} and {} of {}", interval.from, interval.to, ranked.len());
        let value = Amount::Between([f64::from(interval.from), f64::from(interval.to)]);
        let number = Number::new("rank, 95% interval", value, text, "").by(RANKS);
        numbers.push(number.things("councils with counts", ranked.len()));
    } else {
        let why = format!("none, as fewer than {FEWEST_FOR_AN_AVERAGE} councils of the type have counts");
        numbers.push(Number::without("rank", why));
    }
    numbers
}

fn of_funnel(funnel: &Funnel, point: Option<&FunnelPoint>) -> Vec<Number> {
    let mut numbers = Vec::new();
    let total = point.map(|point| point.judged.total);
    let baseline = match funnel.published {
        Some(value) => format!("Round the published average, {value}."),
        None => "Round the rate of all councils of the type with counts, this one among them.".to_owned(),
    };
    let drawn = |numbers: &mut Vec<Number>, widened: bool| {
        let Some((total, limits)) = total.and_then(|total| Some((total, funnel.limits_at(total, widened)?))) else {
            return;
        };
        let wide = if widened { ", widened by √φ" } else { "" };
        for (name, Interval { lower, upper }) in [("95%", limits.inner), ("99.8%", limits.outer)] {
            let number = Number::between(format!("funnel limits, {name}{wide}"), lower, upper).by(LIMIT);
            numbers.push(number.count("n", total).of_share("p₀", funnel.baseline).noting(baseline.clone()));
        }
    };
    drawn(&mut numbers, false);
    let Some(dispersion) = funnel.dispersion else {
        numbers.push(Number::without(
            "overdispersion φ",
            "none: of fewer than two councils, or round a baseline of 0% or 100%",
        ));
        return numbers;
    };
    let least = 1.0 + 2.0 * (2.0 / f64::from(Count::try_from(dispersion.councils).unwrap_or(Count::MAX))).sqrt();
    let applies = if dispersion.is_over() { "Wider limits apply." } else { "Limits are not widened." };
    numbers.push(
        Number::new("overdispersion φ", Amount::One(dispersion.phi), format!("{:.4}", dispersion.phi), "")
            .by("(1/I) Σz², z = (x/n − p₀)/√(p₀ (1 − p₀)/n) of I councils, Winsorised at the 10th and the 90th percentile; wider limits where φ > 1 + 2 √(2/I)")
            .things("I, councils with counts", dispersion.councils)
            .of_share("p₀", funnel.baseline)
            .input("1 + 2 √(2/I)", least, format!("{least:.4}"))
            .noting(applies),
    );
    if dispersion.is_over() {
        drawn(&mut numbers, true);
    }
    numbers
}

/// The difference to the year before with its interval, or what forbids it.
fn since_last_year(about: About<'_>, measure: Measure, reading: &Reading) -> Vec<Number> {
    let Some(before) = about.year.previous() else { return Vec::new() };
    let name = format!("difference to {before}");
    if broken_between(before, about.year) {
        let breaks = BREAKS.iter().filter(|at| before < at.before && at.before <= about.year);
        let reasons: Vec<&str> = breaks.map(|at| at.reason).collect();
        return vec![Number::without(name, "not compared across a break").noting(reasons.join(" "))];
    }
    let earlier = about.edition.read(about.id, before, measure);
    let counts = |reading: &Reading| {
        let rate = reading.as_ref().ok()?;
        Some((rate.count?, rate.total?))
    };
    let both = counts(reading).zip(counts(&earlier));
    let Some((own, other, found)) = both.and_then(|(own, other)| Some((own, other, difference(own, other)?))) else {
        let missing = if counts(reading).is_none() { about.year } else { before };
        return vec![Number::without(name, format!("none, as there are no counts for {missing}"))];
    };
    let points = |share: f64| format!("{:.4}", 100.0 * share);
    let of_both =
        |number: Number| number.count("x₁", own.0).count("n₁", own.1).count("x₂", other.0).count("n₂", other.1);
    let clear = if found.is_clear() {
        "The interval lies on one side of nought: a clear difference."
    } else {
        "The interval spans nought: no clear difference."
    };
    let value = Number::new(&name, Amount::One(100.0 * found.value), points(found.value), "points");
    let interval = Amount::Between([100.0 * found.lower, 100.0 * found.upper]);
    let text = format!("{} to {}", points(found.lower), points(found.upper));
    let interval = Number::new(format!("{name}, 95% interval"), interval, text, "points");
    vec![
        of_both(value.by("d = 100 (x₁/n₁ − x₂/n₂), this year less the one before")),
        of_both(interval.by(NEWCOMBE)).noting(clear),
    ]
}
