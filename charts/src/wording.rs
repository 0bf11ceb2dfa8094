//! Words that the charts share.

use upheld_domain::{
    interval::Certainty,
    measure::{Measure, Rate},
    words::range,
};

/// The measure within a sentence.
pub(crate) const fn noun(measure: Measure) -> &'static str {
    match measure {
        Measure::Uphold => "uphold rate",
        Measure::UpheldPer100k => "rate of upheld complaints per 100,000 residents",
        Measure::Compliance => "compliance rate",
        Measure::Remedy => "satisfactory remedy rate",
    }
}

/// What the axis of the measure counts.
pub(crate) const fn axis(measure: Measure) -> &'static str {
    match measure {
        Measure::Uphold => "Upheld, % of detailed investigations",
        Measure::UpheldPer100k => "Upheld complaints per 100,000 residents",
        Measure::Compliance => "Carried out, % of recommendations due",
        Measure::Remedy => "Already remedied, % of upheld complaints",
    }
}

/// What the cases of the measure are, as the name of an axis.
pub(crate) const fn cases(measure: Measure) -> &'static str {
    match measure {
        Measure::Uphold => "Detailed investigations",
        Measure::Compliance => "Recommendations due",
        Measure::Remedy | Measure::UpheldPer100k => "Upheld complaints",
    }
}

/// What a rate of the measure is out of: one, several.
const fn base(measure: Measure) -> (&'static str, &'static str) {
    match measure {
        Measure::Uphold => ("investigation", "investigations"),
        Measure::UpheldPer100k | Measure::Remedy => ("upheld complaint", "upheld complaints"),
        Measure::Compliance => ("recommendation", "recommendations"),
    }
}

/// The 95% interval of a rate, "35% to 72%".
pub(crate) fn interval(rate: &Rate) -> Option<String> {
    rate.interval().map(range)
}

/// What a sentence with the rate has to add where the rate is not reliable.
pub(crate) fn caution(rate: &Rate, measure: Measure) -> Option<String> {
    let number = if measure.is_percentage() { rate.total } else { rate.count };
    let (one, several) = base(measure);
    match (rate.certainty, number) {
        (Certainty::Reliable, _) => None,
        (Certainty::TooFew, Some(1)) => Some(format!("1 {one} is too few to judge")),
        (Certainty::TooFew, Some(number)) => Some(format!("{number} {several} are too few to judge")),
        (Certainty::Uncertain, Some(number)) => {
            let range = interval(rate)?;
            Some(format!("on {number} {several} the range is wide, {range}"))
        }
        _ => Some(format!("from how many {several} is not known")),
    }
}
