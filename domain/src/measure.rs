//! The four measures that the map can be coloured by, and how one council reads on each.

use crate::{
    council::CouncilType,
    edition::Edition,
    error::ValueError,
    figures::{Count, Field, Figures, Value, tenths},
    interval::{Certainty, Interval, Z_95, wilson},
    register::CouncilId,
    words::percent,
    year::ReportingYear,
};
use std::str::FromStr;

/// A measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Measure {
    /// Upheld of detailed investigations.
    #[default]
    Uphold,
    /// Upheld decisions per 100,000 residents.
    UpheldPer100k,
    /// Recommendations carried out, of the compliance outcomes recorded in the year.
    Compliance,
    /// Satisfactory remedies before the complaint reached the Ombudsman, of the upheld decisions.
    Remedy,
}

impl Measure {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Uphold, Self::UpheldPer100k, Self::Compliance, Self::Remedy];

    /// Its key in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Uphold => "uphold",
            Self::UpheldPer100k => "upheld-per-100k",
            Self::Compliance => "compliance",
            Self::Remedy => "remedy",
        }
    }

    /// Its name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Uphold => "Uphold rate",
            Self::UpheldPer100k => "Upheld per 100,000 residents",
            Self::Compliance => "Compliance rate",
            Self::Remedy => "Satisfactory remedy rate",
        }
    }

    /// What it says, in a sentence.
    #[must_use]
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Uphold => {
                "Of the complaints that the Ombudsman investigated in detail, the share in which it found fault."
            }
            Self::UpheldPer100k => {
                "Complaints in which the Ombudsman found fault, for every 100,000 people who live there."
            }
            Self::Compliance => {
                "Of the recommendations that fell due in the year, the share that the council carried out."
            }
            Self::Remedy => {
                "Of the upheld complaints, the share that the council had already put right before the Ombudsman came in."
            }
        }
    }

    /// Whether it is a share of something, in percent.
    #[must_use]
    pub const fn is_percentage(self) -> bool {
        !matches!(self, Self::UpheldPer100k)
    }

    /// The figures that it is read from, counts before rates.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Uphold => &[Field::Upheld, Field::Investigations, Field::UpholdRate],
            Self::UpheldPer100k => &[Field::Upheld, Field::UpheldPer100k],
            Self::Compliance => &[Field::ComplianceOutcomes, Field::ComplianceRate],
            Self::Remedy => &[Field::SatisfactoryRemedies, Field::Upheld, Field::RemedyRate],
        }
    }

    /// The figure that is its average of similar authorities, where a source prints it beside a council's own.
    #[must_use]
    pub const fn average_field(self) -> Field {
        match self {
            Self::Uphold => Field::UpholdRateSimilar,
            Self::UpheldPer100k => Field::UpheldPer100kSimilar,
            Self::Compliance => Field::ComplianceRateSimilar,
            Self::Remedy => Field::RemedyRateSimilar,
        }
    }

    /// Its value written for a reader: "54%", "4.6".
    #[must_use]
    pub fn write(self, value: f64) -> String {
        if self.is_percentage() { percent(value) } else { tenths(value) }
    }
}

impl FromStr for Measure {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let found = Self::ALL.into_iter().find(|measure| measure.key() == text);
        found.ok_or_else(|| ValueError::new(text, "uphold, upheld-per-100k, compliance or remedy"))
    }
}

/// Why there is no rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absent {
    /// No source of this edition prints it.
    NotInEdition,
    /// The Ombudsman investigated no complaint in detail.
    NoInvestigations,
    /// No recommendation fell due in the year.
    NothingDue,
    /// No complaint was upheld, so that there was none to remedy.
    NothingUpheld,
}

impl Absent {
    /// In few words, for the cell of a table.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::NotInEdition => "no figure",
            Self::NoInvestigations => "none investigated",
            Self::NothingDue => "none due",
            Self::NothingUpheld => "none upheld",
        }
    }

    /// In words, to stand in the place of the figure.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotInEdition => "no figure in this edition",
            Self::NoInvestigations => "no detailed investigations",
            Self::NothingDue => "no recommendations were due",
            Self::NothingUpheld => "no complaints were upheld",
        }
    }
}

/// A rate that is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Its value: in percent, or per 100,000 residents.
    pub value: f64,
    /// The value as printed; none where Upheld worked it out from the counts.
    pub printed: Option<Value>,
    /// How many; for compliance worked out, where the printed rate leaves no other number.
    pub count: Option<Count>,
    /// Of how many.
    pub total: Option<Count>,
    /// How sure it is.
    pub certainty: Certainty,
}

impl Rate {
    /// The rate as a reader sees it: as printed, else worked out and rounded.
    #[must_use]
    pub fn text(&self, measure: Measure) -> String {
        self.printed.map_or_else(|| measure.write(self.value), |printed| printed.to_string())
    }

    /// Counts before rates: "13 of 24 (54%)", or the rate alone where the counts are not known.
    #[must_use]
    pub fn with_counts(&self, measure: Measure) -> String {
        match (measure, self.count, self.total) {
            (Measure::UpheldPer100k, Some(count), _) => format!("{} ({count} upheld)", self.text(measure)),
            (_, Some(count), Some(total)) => format!("{count} of {total} ({})", self.text(measure)),
            (_, None, Some(total)) => format!("{} of {total}", self.text(measure)),
            _ => self.text(measure),
        }
    }

    /// The 95% Wilson interval of the counts, as shares of 1.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        wilson(self.count?, self.total?, Z_95)
    }

    /// The rate in percent that follows from the counts, where both are known and there is one.
    #[must_use]
    pub fn from_counts(&self) -> Option<f64> {
        worked_out(self.count, self.total)
    }

    /// Whether the printed percentage is not the counts' by more than half a point.
    #[must_use]
    pub fn differs_from_counts(&self) -> bool {
        match (self.printed, self.from_counts()) {
            (Some(Value::Percentage(printed)), Some(counted)) => (printed.percent() - counted).abs() > 0.5 + 1e-9,
            _ => false,
        }
    }
}

/// How one council reads on a measure in a year.
pub type Reading = Result<Rate, Absent>;

/// Reads `measure` from what is known of one council in one year.
///
/// # Errors
/// The reason why there is no rate.
pub fn read(measure: Measure, figures: Option<&Figures>) -> Reading {
    let figures = figures.ok_or(Absent::NotInEdition)?;
    match measure {
        Measure::Uphold => {
            if figures.investigations == Some(0) {
                return Err(Absent::NoInvestigations);
            }
            share(figures.uphold_rate.map(Value::Percentage), figures.upheld, figures.investigations)
        }
        Measure::UpheldPer100k => {
            let printed = figures.upheld_per_100k.ok_or(Absent::NotInEdition)?;
            let certainty = match figures.upheld {
                Some(0..5) => Certainty::TooFew,
                Some(_) => Certainty::Reliable,
                None => Certainty::Unknown,
            };
            let printed_value = Some(Value::PerHundredThousand(printed));
            Ok(Rate { value: printed.rate(), printed: printed_value, count: figures.upheld, total: None, certainty })
        }
        Measure::Compliance => {
            if figures.compliance_outcomes == Some(0) {
                return Err(Absent::NothingDue);
            }
            let printed = figures.compliance_rate.ok_or(Absent::NotInEdition)?;
            let total = figures.compliance_outcomes;
            let count = total.and_then(|total| only_count(printed.percent(), total));
            share(Some(Value::Percentage(printed)), count, total)
        }
        Measure::Remedy => {
            if figures.upheld == Some(0) {
                return Err(Absent::NothingUpheld);
            }
            share(figures.remedy_rate.map(Value::Percentage), figures.satisfactory_remedies, figures.upheld)
        }
    }
}

fn share(printed: Option<Value>, count: Option<Count>, total: Option<Count>) -> Reading {
    let value = match printed {
        Some(Value::Percentage(printed)) => printed.percent(),
        _ => worked_out(count, total).ok_or(Absent::NotInEdition)?,
    };
    let certainty = match (count, total) {
        (Some(count), Some(total)) => Certainty::of(count, total),
        (None, Some(0..5)) => Certainty::TooFew,
        _ => Certainty::Unknown,
    };
    Ok(Rate { value, printed, count, total, certainty })
}

/// `count` of `total` in percent.
fn worked_out(count: Option<Count>, total: Option<Count>) -> Option<f64> {
    match (count, total) {
        (Some(count), Some(total)) if total > 0 => Some(100.0 * f64::from(count) / f64::from(total)),
        _ => None,
    }
}

/// The one count of `total` that rounds to `percent`, to as many decimals as it was printed with, where there is only one.
fn only_count(percent: f64, total: Count) -> Option<Count> {
    let places = if percent.fract() > 0.0 { 10.0 } else { 1.0 };
    let printed = (percent * places).round();
    let fits = |count: &Count| (100.0 * places * f64::from(*count) / f64::from(total)).round() - printed == 0.0;
    let mut fitting = (0..=total).filter(fits);
    fitting.next().filter(|_| fitting.next().is_none())
}

impl Edition {
    /// How `council` reads on `measure` in `year`.
    ///
    /// # Errors
    /// The reason why there is no rate.
    pub fn read(&self, council: CouncilId, year: ReportingYear, measure: Measure) -> Reading {
        read(measure, self.figures(council, year))
    }

    /// How every council of `kind` in `year` reads on `measure`.
    #[must_use]
    pub fn readings(&self, kind: CouncilType, year: ReportingYear, measure: Measure) -> Vec<(CouncilId, Reading)> {
        self.register().of_type(year, kind).map(|(id, _)| (id, self.read(id, year, measure))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(json: &str) -> Figures {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_printed_rate_is_shown_as_printed_and_kept_where_it_differs_from_its_counts() {
        let hounslow = figures(r#"{"investigations":24,"upheld":22,"uphold_rate":93}"#);
        let rate = read(Measure::Uphold, Some(&hounslow)).unwrap();
        assert_eq!(rate.with_counts(Measure::Uphold), "22 of 24 (93%)");
        assert!(rate.differs_from_counts());
    }

    #[test]
    fn luton_2020_reads_as_its_letter_prints_it() {
        let luton = figures(
            r#"{"investigations":24,"upheld":13,"uphold_rate":54,"compliance_outcomes":7,"compliance_rate":100,"satisfactory_remedies":3,"remedy_rate":23}"#,
        );
        let text = |measure: Measure| read(measure, Some(&luton)).unwrap().with_counts(measure);
        assert_eq!(text(Measure::Uphold), "13 of 24 (54%)");
        assert_eq!(text(Measure::Compliance), "7 of 7 (100%)");
        assert_eq!(text(Measure::Remedy), "3 of 13 (23%)");
        assert!(!read(Measure::Remedy, Some(&luton)).unwrap().differs_from_counts());
    }

    #[test]
    fn what_was_not_due_is_told_apart_from_what_is_not_known() {
        let none =
            figures(r#"{"investigations":0,"upheld":0,"compliance_outcomes":0,"compliance_rate":0,"remedy_rate":0}"#);
        assert_eq!(read(Measure::Uphold, Some(&none)), Err(Absent::NoInvestigations));
        assert_eq!(read(Measure::Compliance, Some(&none)), Err(Absent::NothingDue));
        assert_eq!(read(Measure::Remedy, Some(&none)), Err(Absent::NothingUpheld));
        assert_eq!(read(Measure::UpheldPer100k, Some(&none)), Err(Absent::NotInEdition));
        assert_eq!(read(Measure::Uphold, None), Err(Absent::NotInEdition));
    }

    #[test]
    fn a_count_is_worked_out_only_where_the_rate_leaves_no_other() {
        assert_eq!(only_count(92.0, 26), Some(24));
        assert_eq!(only_count(100.0, 7), Some(7));
        assert_eq!(only_count(99.0, 300), None);
        assert_eq!(only_count(50.0, 3), None);
        // To the tenth, where tenths are printed: 296 of 300 is 98.67%; 49 of 50 is 98%, not 97.5%.
        assert_eq!(only_count(98.7, 300), Some(296));
        assert_eq!(only_count(97.5, 50), None);
    }

    #[test]
    fn a_rate_of_unknown_base_is_not_called_reliable() {
        let press = figures(r#"{"uphold_rate":83}"#);
        assert_eq!(read(Measure::Uphold, Some(&press)).unwrap().certainty, Certainty::Unknown);
    }
}
