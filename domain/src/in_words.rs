//! What a map, a chart or a comparison shows, in plain English: for readers of screens, for copied sentences, for paper.
//!
//! Every number in a sentence is in the data or follows from it by a rule of this crate, and no sentence says more than the grade
//! allows: that a rate is higher or lower than chance explains is said of a grade that says so, and of no other.

use crate::{
    council::{Council, CouncilType, Tier},
    difference::Difference,
    edition::Edition,
    figures::Count,
    funnel::{Funnel, percentile},
    grade::{BaselineOrigin, Grade, Judged},
    measure::{Measure, Rate, Reading},
    order::sorted,
    rank::RankInterval,
    register::CouncilId,
    trend::breaks_between,
    words::{counted, list, percent, possessive, range, thousands},
    year::ReportingYear,
};

/// What the cases of a measure are: "investigation", "investigations".
#[must_use]
pub const fn cases(measure: Measure) -> (&'static str, &'static str) {
    match measure {
        Measure::Uphold | Measure::UpheldPer100k => ("investigation", "investigations"),
        Measure::Compliance => ("recommendation", "recommendations"),
        Measure::Remedy => ("upheld complaint", "upheld complaints"),
    }
}

/// A place in words: "1st", "12th", "23rd".
///
/// ```
/// use upheld_domain::in_words::ordinal;
/// assert_eq!([1, 2, 3, 4, 11, 12, 21, 102, 111].map(ordinal), ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "102nd", "111th"]);
/// ```
#[must_use]
pub fn ordinal(place: u32) -> String {
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}

/// A chance in words: "about 1 time in 40", "less than 1 time in 1,000".
///
/// ```
/// use upheld_domain::in_words::chance;
/// assert_eq!(chance(0.025), "about 1 time in 40");
/// assert_eq!(chance(0.000_2), "less than 1 time in 1,000");
/// assert_eq!(chance(0.6), "more often than not");
/// ```
#[must_use]
pub fn chance(chance: f64) -> String {
    if chance < 0.001 {
        return "less than 1 time in 1,000".to_owned();
    }
    if chance > 0.5 {
        return "more often than not".to_owned();
    }
    let times = (2..=1000_u32).find(|times| chance * (f64::from(*times) + 0.5) >= 1.0).unwrap_or(1000);
    format!("about 1 time in {}", thousands(times))
}

/// The rate of the others that a judgement was held against, in a sentence: "The published average of unitary councils is 56%."
#[must_use]
pub fn baseline(judged: &Judged, kind: CouncilType) -> String {
    let plural = kind.plural();
    match judged.baseline.origin {
        BaselineOrigin::Others { .. } => {
            format!("The other {plural} in this edition come to {}.", percent(judged.baseline.share * 100.0))
        }
        BaselineOrigin::Published(average) => format!("The published average of {plural} is {average}."),
    }
}

/// What the grade of a rate rests on.
#[must_use]
pub fn grade(judged: &Judged, kind: CouncilType, measure: Measure) -> String {
    let (count, total) = (judged.count, judged.total);
    let (one, many) = cases(measure);
    let against = baseline(judged, kind);
    let mut text = match judged.grade {
        Grade::TooFew => {
            let cases = counted(total, one, many);
            return format!("With {cases} no council can be told apart from others, whatever they came to.");
        }
        Grade::NoClearDifference => format!("{against} At that rate chance alone can give {count} of {total}."),
        Grade::PossiblyHigher | Grade::Higher => format!(
            "{against} At that rate chance alone would give {} {}.",
            if count == total { format!("all {total}") } else { format!("{count} or more of {total}") },
            chance(judged.tails.at_least)
        ),
        Grade::PossiblyLower | Grade::Lower => format!(
            "{against} At that rate chance alone would give {} {}.",
            if count == 0 { format!("none of {total}") } else { format!("{count} or fewer of {total}") },
            chance(judged.tails.at_most)
        ),
    };
    if matches!(judged.grade, Grade::PossiblyHigher | Grade::PossiblyLower) {
        text.push_str(" About 1 council in 20 comes out so far off by chance. So by itself this proves nothing.");
    }
    if let Some(ceiling) = ceiling(judged, measure) {
        text.push(' ');
        text.push_str(&ceiling);
    }
    text
}

/// What so few cases could not have shown, whatever they came to.
fn ceiling(judged: &Judged, measure: Measure) -> Option<String> {
    if judged.grade != Grade::NoClearDifference {
        return None;
    }
    let (total, (one, many)) = (judged.total, cases(measure));
    let above = f64::from(judged.count) >= judged.baseline.share * f64::from(total);
    let blind = if above { judged.reach.highest } else { judged.reach.lowest } == Grade::NoClearDifference;
    let end = if above { format!("not even {total} of {total}") } else { format!("not even none of {total}") };
    blind.then(|| {
        format!(
            "With {} and a peer rate of {}, {end} would stand out.",
            counted(total, one, many),
            percent(judged.baseline.share * 100.0)
        )
    })
}

/// A rank, as an interval: "Between 12th and 41st highest by uphold rate. That is 95% certain, and of the 58 metropolitan boroughs with counts in
/// this edition."
#[must_use]
pub fn rank(rank: RankInterval, of: usize, kind: CouncilType, measure: Measure) -> String {
    let place = match (rank.from, rank.to) {
        (1, 1) => "The highest".to_owned(),
        (from, to) if from == to => format!("The {} highest", ordinal(from)),
        (from, to) => format!("Between {} and {} highest", ordinal(from), ordinal(to)),
    };
    let (measure, kind) = (measure.label().to_ascii_lowercase(), kind.plural());
    format!("{place} by {measure}. That is 95% certain, and of the {of} {kind} with counts in this edition.")
}

/// Two rates held against each other: what is clear of their difference, and how far it may go either way.
#[must_use]
pub fn difference(one: &str, other: &str, difference: Difference) -> String {
    let points = |share: f64| {
        let points = (share.abs() * 100.0).round();
        let sign = match share {
            _ if points == 0.0 => return "none".to_owned(),
            share if share > 0.0 => "higher",
            _ => "lower",
        };
        format!("{} {sign}", counted_points(points))
    };
    let interval = format!("95% interval: {} to {}", points(difference.lower), points(difference.upper));
    if difference.is_clear() {
        let side = if difference.value > 0.0 { "higher than" } else { "lower than" };
        let by = counted_points((difference.value.abs() * 100.0).round());
        format!("{} rate is {side} {}, by {by} ({interval}).", possessive(one), possessive(other))
    } else {
        format!(
            "No clear difference between {one} and {other}: {} ({interval}).",
            match points(difference.value).as_str() {
                "none" => format!("{} rate is the same", possessive(one)),
                points => format!("{} rate is {points}, which chance may explain", possessive(one)),
            }
        )
    }
}

/// Whole points: "1 point", "14 points".
fn counted_points(points: f64) -> String {
    let whole = (0..=100_u32).find(|whole| points <= f64::from(*whole)).unwrap_or(100);
    counted(whole, "point", "points")
}

/// One statistic of a council as a sentence that can stand alone: count, interval, caveat.
#[must_use]
pub fn sentence(
    council: &Council,
    year: ReportingYear,
    measure: Measure,
    reading: &Reading,
    judged: Option<&Judged>,
) -> String {
    let name = &council.name;
    let rate = match reading {
        Ok(rate) => rate,
        Err(absent) => return format!("{name}, {year}, {}: {}.", measure.label().to_ascii_lowercase(), absent.words()),
    };
    let what = match measure {
        Measure::Uphold => "upheld by the Ombudsman, of complaints investigated in detail",
        Measure::UpheldPer100k => "complaints upheld for every 100,000 residents",
        Measure::Compliance => "recommendations carried out to the Ombudsman’s satisfaction",
        Measure::Remedy => "upheld complaints that the council had put right before they reached the Ombudsman",
    };
    let mut text = format!("{name}, {year}: {} {what}", rate.with_counts(measure));
    if let Some(interval) = rate.interval() {
        text = format!("{text}; 95% interval {}", range(interval));
    }
    text.push('.');
    if let Some(judged) = judged {
        text = format!("{text} {}.", judged.grade.words());
    } else if let Some(word) = rate.certainty.word() {
        text =
            format!("{text} The rate is {}.", if word == "uncertain" { word } else { "on too few cases to judge by" });
    }
    text
}

/// What a map shows, in three steps: what it is; its extremes and spread; what stands out, with chance said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapWords {
    /// What the map shows, of how many councils.
    pub what: String,
    /// From where to where the rates run, and where half of them lie; nothing where there are none.
    pub spread: Option<String>,
    /// Which councils chance alone does not explain.
    pub standing_out: String,
}

/// The map of `councils` in `year`, in words.
#[must_use]
pub fn map(edition: &Edition, councils: &[(CouncilId, &Council)], year: ReportingYear, measure: Measure) -> MapWords {
    let rates: Vec<(&Council, Rate)> =
        councils.iter().filter_map(|(id, council)| Some((*council, edition.read(*id, year, measure).ok()?))).collect();
    let what = format!(
        "The map shows the {} of {} in {year}. {} {}.",
        measure.label().to_ascii_lowercase(),
        counted(whole(councils.len()), "council", "councils"),
        measure.explanation(),
        match rates.len() {
            0 => "None has a figure in this edition".to_owned(),
            1 => "1 has a figure in this edition".to_owned(),
            known => format!("{known} have a figure in this edition"),
        }
    );
    MapWords { what, spread: spread(&rates, measure), standing_out: standing_out(edition, councils, year, measure) }
}

/// The maps of a tier over `years`, in words: of each how many councils have a figure, and from where to where the rates run; between
/// years that are not comparable, why.
#[must_use]
pub fn maps_over_years(edition: &Edition, tier: Tier, years: &[ReportingYear], measure: Measure) -> String {
    let mut text = format!(
        "A small map for each year, all in one arrangement and the same classes. The measure is the {}. {}.",
        measure.label().to_ascii_lowercase(),
        measure.explanation()
    );
    let mut last: Option<ReportingYear> = None;
    for year in years {
        if let Some(last) = last {
            for at in breaks_between(last, *year) {
                text = format!("{text} {}", at.reason);
            }
        }
        last = Some(*year);
        let councils = edition.register().in_tier(*year, tier);
        let rates: Vec<(&Council, Result<Rate, _>)> =
            councils.map(|(id, council)| (council, edition.read(id, *year, measure))).collect();
        let of = rates.len();
        let rates: Vec<(&Council, Rate)> =
            rates.into_iter().filter_map(|(council, reading)| Some((council, reading.ok()?))).collect();
        text = format!("{text} {year}: {}.", with_figure(rates.len(), of));
        if let Some(spread) = spread(&rates, measure) {
            text = format!("{text} {spread}");
        }
    }
    text
}

/// How many of all have a figure: "64 of 153 have a figure".
#[must_use]
pub fn with_figure(known: usize, of: usize) -> String {
    if known == 1 { format!("1 of {of} has a figure") } else { format!("{known} of {of} have a figure") }
}

/// From where to where rates run, and where half of them lie.
fn spread(rates: &[(&Council, Rate)], measure: Measure) -> Option<String> {
    let by_rate = sorted(rates, &|one, other| one.1.value.total_cmp(&other.1.value));
    let (lowest, highest) = (by_rate.first()?, by_rate.last()?);
    let holders = |rate: &Rate| {
        let text = rate.text(measure);
        let names: Vec<&str> = by_rate
            .iter()
            .filter(|(_, other)| other.text(measure) == text)
            .map(|(council, _)| council.short_name.as_str())
            .collect();
        match names.as_slice() {
            [_] | [_, _] | [_, _, _] => list(&names),
            _ => counted(whole(names.len()), "council", "councils"),
        }
    };
    let end = |(_, rate): &(&Council, Rate)| format!("{} ({})", rate.with_counts(measure), holders(rate));
    if by_rate.len() == 1 {
        return Some(format!("The one rate is {}.", end(lowest)));
    }
    if lowest.1.text(measure) == highest.1.text(measure) {
        return Some(format!("All {} have the same rate, {}.", by_rate.len(), lowest.1.text(measure)));
    }
    let values: Vec<f64> = by_rate.iter().map(|(_, rate)| rate.value).collect();
    let mut text =
        format!("Rates run from {} to {}", plain_end(lowest, measure, &holders), plain_end(highest, measure, &holders));
    if let (4.., Some(low), Some(high)) = (values.len(), percentile(&values, 25), percentile(&values, 75)) {
        text = format!("{text}; half of them lie between {} and {}", measure.write(low), measure.write(high));
    }
    let unsure = by_rate.iter().filter(|(_, rate)| rate.certainty.is_hatched()).count();
    let doubt = match unsure {
        0 => ".".to_owned(),
        1 => ". 1 of them rests on few cases and is uncertain.".to_owned(),
        unsure => format!(". {unsure} of them rest on few cases and are uncertain."),
    };
    Some(text + &doubt)
}

fn plain_end((_, rate): &(&Council, Rate), measure: Measure, holders: &dyn Fn(&Rate) -> String) -> String {
    format!("{} ({})", rate.text(measure), holders(rate))
}

/// Which of `councils` chance alone does not explain, each against its own type.
fn standing_out(
    edition: &Edition,
    councils: &[(CouncilId, &Council)],
    year: ReportingYear,
    measure: Measure,
) -> String {
    if !measure.is_percentage() {
        return "This measure is no share of cases, so it is not held against chance.".to_owned();
    }
    let (mut higher, mut lower, mut judged) = (Vec::new(), Vec::new(), 0_usize);
    for kind in CouncilType::ALL {
        let Some(funnel) = Funnel::new(edition, kind, year, measure) else { continue };
        for point in &funnel.points {
            let Some((_, council)) = councils.iter().find(|(id, _)| *id == point.council) else { continue };
            let name = format!("{} ({} of {})", council.short_name, point.judged.count, point.judged.total);
            match point.judged.grade {
                Grade::TooFew => continue,
                Grade::Higher => higher.push(name),
                Grade::Lower => lower.push(name),
                _ => {}
            }
            judged += 1;
        }
    }
    if judged == 0 {
        return "No council has enough cases to be held against similar authorities.".to_owned();
    }
    let says = |names: &[String], side: &str| match names.len() {
        0 => String::new(),
        1 => format!("{} is {side} than chance explains. ", list(names)),
        _ => format!("{} are {side} than chance explains. ", list(names)),
    };
    let found = format!("{}{}", says(&higher, "higher"), says(&lower, "lower"));
    let rest = judged - higher.len() - lower.len();
    let of = counted(whole(judged), "council", "councils");
    if found.is_empty() {
        return format!("Held against similar authorities, none of {of} is further off than chance explains.");
    }
    let rest = match rest {
        0 => String::new(),
        1 => "The 1 other that can be judged is no further off than chance explains.".to_owned(),
        rest => format!("The {rest} others that can be judged are no further off than chance explains."),
    };
    format!("Held against similar authorities: {found}{rest}").trim_end().to_owned()
}

/// A number of things as a count.
fn whole(things: usize) -> Count {
    Count::try_from(things).unwrap_or(Count::MAX)
}
