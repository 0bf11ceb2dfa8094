//! Bands: the classes into which a measure's values fall on the map. They are the same in every year, so
//! that two maps can be held side by side.

use crate::{
    council::CouncilType,
    edition::Edition,
    grade::{Grade, Judged, judged},
    interval::Certainty,
    measure::{Measure, Reading},
    register::CouncilId,
    similar,
    year::ReportingYear,
};

/// One class of a measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Values from here on…
    pub from: f64,
    /// …and below here; none for the last class.
    pub below: Option<f64>,
    /// The class in the legend: "60% to 69%".
    pub label: &'static str,
}

const fn band(from: f64, below: f64, label: &'static str) -> Band {
    Band { from, below: Some(below), label }
}

const fn last(from: f64, label: &'static str) -> Band {
    Band { from, below: None, label }
}

const UPHOLD: &[Band] = &[
    band(0.0, 50.0, "below 50%"),
    band(50.0, 60.0, "50% to 59%"),
    band(60.0, 70.0, "60% to 69%"),
    band(70.0, 80.0, "70% to 79%"),
    band(80.0, 90.0, "80% to 89%"),
    last(90.0, "90% to 100%"),
];

const PER_100K: &[Band] = &[
    band(0.0, 1.0, "below 1"),
    band(1.0, 2.0, "1 to 1.9"),
    band(2.0, 4.0, "2 to 3.9"),
    band(4.0, 6.0, "4 to 5.9"),
    band(6.0, 9.0, "6 to 8.9"),
    last(9.0, "9 or more"),
];

/// Compliance is near 100% everywhere: no scale finer than this would say anything true.
const COMPLIANCE: &[Band] = &[band(0.0, 100.0, "below 100%"), last(100.0, "100%")];

const REMEDY: &[Band] = &[
    band(0.0, 0.5, "0%"),
    band(0.5, 10.0, "1% to 9%"),
    band(10.0, 20.0, "10% to 19%"),
    band(20.0, 30.0, "20% to 29%"),
    last(30.0, "30% to 100%"),
];

/// The most classes that a measure has.
pub const MOST: usize = 6;

/// The classes of `measure`, lowest first.
#[must_use]
pub const fn bands(measure: Measure) -> &'static [Band] {
    match measure {
        Measure::Uphold => UPHOLD,
        Measure::UpheldPer100k => PER_100K,
        Measure::Compliance => COMPLIANCE,
        Measure::Remedy => REMEDY,
    }
}

/// The place of `value` among the classes of `measure`, by the value as it is printed: 59.5% prints
/// as 60% and stands in the class that says 60%.
#[must_use]
pub fn place(measure: Measure, value: f64) -> usize {
    let value = if measure.is_percentage() && measure != Measure::Compliance { value.round() } else { value };
    let below = bands(measure).iter().take_while(|band| band.below.is_some_and(|below| value >= below));
    below.count()
}

/// How a council is filled on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fill {
    /// In the colour of the class at this place; hatched over it where the rate is not reliable.
    Band {
        /// The place among [`bands`].
        place: usize,
        /// Whether it is hatched.
        hatched: bool,
    },
    /// By how it stands against similar authorities.
    Against(Standing),
    /// Hatched without a colour: there is no rate.
    None,
}

/// How a rate stands against similar authorities, as the map shows it: only what chance does not explain has a colour, and the rest fades as it
/// becomes less certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Higher than chance explains.
    Higher,
    /// Lower than chance explains.
    Lower,
    /// Neither, on a reliable rate.
    Within,
    /// Neither, on a rate that is uncertain.
    WithinUncertain,
    /// Too few cases to judge, or counts or an average that are not known.
    NotJudged,
}

impl Standing {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 5] = [Self::Higher, Self::Lower, Self::Within, Self::WithinUncertain, Self::NotJudged];

    /// How a rate stands that is so certain and was judged so.
    #[must_use]
    pub fn of(certainty: Certainty, judged: Option<Judged>) -> Self {
        match (judged.map(|judged| judged.grade), certainty) {
            (None | Some(Grade::TooFew), _) => Self::NotJudged,
            (Some(Grade::Higher), _) => Self::Higher,
            (Some(Grade::Lower), _) => Self::Lower,
            (_, Certainty::Reliable) => Self::Within,
            _ => Self::WithinUncertain,
        }
    }

    /// The class in the legend.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Higher => "higher than chance explains",
            Self::Lower => "lower than chance explains",
            Self::Within => "no more than chance explains",
            Self::WithinUncertain => "the same, on few cases",
            Self::NotJudged => "too few cases, or counts not known",
        }
    }
}

/// How all councils of a type stand, in the order of the register: those with a rate.
#[must_use]
pub fn standings(
    edition: &Edition,
    kind: CouncilType,
    year: ReportingYear,
    measure: Measure,
) -> Vec<(CouncilId, Option<Standing>)> {
    let peers = edition.readings(kind, year, measure);
    let standing = |(id, reading): &(CouncilId, Reading)| {
        let rate = reading.as_ref().ok()?;
        let judged = similar::among(edition, *id, year, measure, &peers).and_then(|among| judged(reading, &among));
        Some(Standing::of(rate.certainty, judged))
    };
    peers.iter().map(|peer| (peer.0, standing(peer))).collect()
}

/// The fill of a council that reads `reading` on `measure`.
#[must_use]
pub fn fill(measure: Measure, reading: &Reading) -> Fill {
    match reading {
        Ok(rate) => Fill::Band { place: place(measure, rate.value), hatched: rate.certainty.is_hatched() },
        Err(_) => Fill::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_each_other_without_gap_and_are_seven_at_most() {
        for measure in Measure::ALL {
            let bands = bands(measure);
            assert!(bands.len() <= MOST);
            assert_eq!(bands.first().map(|band| band.from), Some(0.0));
            for pair in bands.windows(2) {
                assert_eq!(pair[0].below, Some(pair[1].from));
            }
            assert!(bands.last().is_some_and(|band| band.below.is_none()));
        }
    }

    #[test]
    fn a_value_stands_in_the_class_that_prints_it() {
        assert_eq!(place(Measure::Uphold, 49.4), 0);
        assert_eq!(place(Measure::Uphold, 49.5), 1);
        assert_eq!(place(Measure::Uphold, 100.0), 5);
        assert_eq!(place(Measure::Compliance, 99.9), 0);
        assert_eq!(place(Measure::Compliance, 100.0), 1);
        assert_eq!(place(Measure::Remedy, 0.0), 0);
        assert_eq!(place(Measure::Remedy, 1.0), 1);
        assert_eq!(place(Measure::UpheldPer100k, 4.6), 3);
    }
}
