//! One council in one year, explained: every number that Upheld has of it, with its formula, what went into it and who printed it.
//!
//! Plain data, in the order in which it is read, for a person to check and for a program to read.

mod of_measure;

use crate::{
    council::Council,
    edition::Edition,
    evidence::Evidence,
    figures::{Count, Field, Value},
    measure::Measure,
    register::CouncilId,
    words::list,
    year::ReportingYear,
};
use serde::Serialize;

/// A council and year, explained.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The council's name.
    pub council: String,
    /// Its name in addresses.
    pub slug: String,
    /// Its type: "unitary council".
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The year: "2019-20".
    pub year: String,
    /// The months that it covers.
    pub period: String,
    /// The date of the edition.
    pub edition: String,
    /// What to know before any number.
    pub notes: Vec<String>,
    /// The four measures, then the other figures.
    pub sections: Vec<Section>,
}

/// The numbers of one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Its key: that of the measure, or "other".
    pub key: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The numbers: what is printed, then what follows from it.
    pub numbers: Vec<Number>,
}

/// One number, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Number {
    /// What it is.
    pub name: String,
    /// Its value, to the last digit.
    pub value: Amount,
    /// Its value as it is written, or why there is none.
    pub text: String,
    /// What it is counted in; empty where it has no unit, or is no number.
    pub unit: &'static str,
    /// How it is worked out; none where it is printed.
    pub formula: Option<&'static str>,
    /// What goes into the formula.
    pub inputs: Vec<Input>,
    /// Who prints it: the source that is shown first.
    pub sources: Vec<Printed>,
    /// What else there is to say.
    pub note: Option<String>,
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Amount {
    /// There is none, or it is in words.
    Without,
    /// One number.
    One(f64),
    /// From the first to the second.
    Between([f64; 2]),
}

/// A number that goes into a formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Input {
    /// What it stands for in the formula, and what it is.
    pub name: String,
    /// Its value, to the last digit.
    pub value: f64,
    /// Its value as it is written.
    pub text: String,
}

/// What one source prints of a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Printed {
    /// The kind of source.
    pub kind: &'static str,
    /// Who that is.
    pub by: &'static str,
    /// Its address, or its title where it has none.
    pub source: String,
    /// What it prints.
    pub printed: String,
    /// Whether it is the one that is shown, prints the same, or prints another value.
    pub status: Status,
}

/// How a source stands to the value that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Its value is shown.
    Shown,
    /// It prints the same.
    Same,
    /// It prints another value, which is not shown.
    Other,
}

impl Status {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Same => "the same",
            Self::Other => "not shown",
        }
    }
}

/// Explains `id` in `year`; none where it is of another register.
#[must_use]
pub fn explain(edition: &Edition, id: CouncilId, year: ReportingYear) -> Option<Explanation> {
    let council = edition.register().get(id)?;
    let about = About { edition, id, council, year };
    let mut sections: Vec<Section> =
        Measure::ALL.into_iter().map(|measure| of_measure::section(about, measure)).collect();
    let of_measures: Vec<Field> =
        Measure::ALL.iter().flat_map(|it| it.fields().iter().copied().chain([it.average_field()])).collect();
    let others = Field::ALL.iter().filter(|field| !of_measures.contains(field));
    let numbers = others.filter_map(|field| about.figure(*field)).collect();
    sections.push(Section { key: "other", title: "Other figures", numbers });
    Some(Explanation {
        council: council.name.clone(),
        slug: council.slug.as_str().to_owned(),
        kind: council.council_type.singular(),
        year: year.to_string(),
        period: year.period(),
        edition: edition.date().to_owned(),
        notes: notes(about),
        sections,
    })
}

/// What to know before any number.
fn notes(about: About<'_>) -> Vec<String> {
    let About { edition, id, council, year } = about;
    let mut notes = Vec::new();
    if let Some(ended) = council.last_year.filter(|last| *last < year) {
        notes.push(format!(
            "It came to an end on 31 March {}. Complaints about it that were decided later are counted here, and it is not among the similar \
             authorities of other councils.",
            ended.key()
        ));
    }
    if year < council.first_year {
        notes.push(format!("It did not exist in {year}: it was created on 1 April {}.", council.first_year.begins()));
    }
    if edition.figures(id, year).is_none() {
        let years: Vec<String> = edition.years_of(id).map(|year| year.to_string()).collect();
        let held = if years.is_empty() { "none".to_owned() } else { list(&years) };
        notes.push(format!("This edition holds no figures of it for {year}. Years with figures: {held}."));
    }
    notes
}

/// What is explained.
#[derive(Clone, Copy)]
struct About<'a> {
    edition: &'a Edition,
    id: CouncilId,
    council: &'a Council,
    year: ReportingYear,
}

impl About<'_> {
    /// A printed figure with all who print it; none where nobody does.
    fn figure(self, field: Field) -> Option<Number> {
        let printed = |piece: &Evidence, value: Value, status| Printed {
            kind: piece.kind.key(),
            by: piece.label(),
            source: piece.source.clone(),
            printed: value.to_string(),
            status,
        };
        let Some(known) = self.edition.provenance(self.id, self.year, field) else {
            let pieces = self.edition.evidence_for(self.id, self.year);
            let with_value = |piece: &&Evidence| Some(printed(piece, piece.figures.get(field)?, Status::Other));
            let sources: Vec<Printed> = pieces.iter().filter_map(with_value).collect();
            let note = "It is printed only where the other figures of the statistic contradict those that are shown, so it is not shown.";
            let number = Number { sources, ..Number::without(field.label(), "not shown").noting(note) };
            return (!number.sources.is_empty()).then_some(number);
        };
        let mut sources = vec![printed(known.shown, known.value, Status::Shown)];
        sources.extend(known.agreeing.iter().map(|piece| printed(piece, known.value, Status::Same)));
        sources.extend(known.differing.iter().map(|(piece, value)| printed(piece, *value, Status::Other)));
        Some(Number { sources, ..Number::printed(field.label(), known.value) })
    }
}

impl Number {
    fn new(name: impl Into<String>, value: Amount, text: String, unit: &'static str) -> Self {
        let (inputs, sources) = (Vec::new(), Vec::new());
        Self { name: name.into(), value, text, unit, formula: None, inputs, sources, note: None }
    }

    /// What is said in words.
    fn without(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(name, Amount::Without, text.into(), "")
    }

    /// What a source printed.
    fn printed(name: impl Into<String>, value: Value) -> Self {
        let unit = match value {
            Value::Count(_) => "",
            Value::Percentage(_) => PERCENT,
            Value::PerHundredThousand(_) => PER_100K,
        };
        Self::new(name, Amount::One(value.number()), value.to_string(), unit)
    }

    /// A share of 1, told in percent.
    fn share(name: impl Into<String>, share: f64) -> Self {
        Self::new(name, Amount::One(100.0 * share), percent(share), PERCENT)
    }

    /// Shares of 1, told in percent.
    fn between(name: impl Into<String>, from: f64, to: f64) -> Self {
        let text = format!("{} to {}", percent(from), percent(to));
        Self::new(name, Amount::Between([100.0 * from, 100.0 * to]), text, PERCENT)
    }

    /// A chance from 0 to 1.
    fn chance(name: impl Into<String>, chance: f64) -> Self {
        let text = if chance > 0.0 && chance < 1e-6 { format!("{chance:.2e}") } else { format!("{chance:.6}") };
        Self::new(name, Amount::One(chance), text, "")
    }

    fn by(mut self, formula: &'static str) -> Self {
        self.formula = Some(formula);
        self
    }

    fn count(self, name: &str, count: Count) -> Self {
        self.input(name, f64::from(count), count.to_string())
    }

    fn things(self, name: &str, count: usize) -> Self {
        self.count(name, Count::try_from(count).unwrap_or(Count::MAX))
    }

    fn of_share(self, name: &str, share: f64) -> Self {
        self.input(name, 100.0 * share, percent(share))
    }

    fn input(mut self, name: &str, value: f64, text: String) -> Self {
        self.inputs.push(Input { name: name.to_owned(), value, text });
        self
    }

    fn noting(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

const PERCENT: &str = "percent";
const PER_100K: &str = "per 100,000 residents";

/// A share of 1 in percent, to four decimals.
fn percent(share: f64) -> String {
    format!("{:.4}%", 100.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        check::tests::council,
        council::CouncilType,
        edition::{EditionFile, EvidenceRow},
        evidence::SourceKind,
        figures::Figures,
    };
    use proptest::prelude::*;

    fn year() -> ReportingYear {
        ReportingYear::ending(2024).unwrap()
    }

    /// An edition of unitary councils for which one source each printed these figures.
    fn edition(printed: &[Figures]) -> Edition {
        let mut file = EditionFile::default();
        for (place, figures) in (1_u32..).zip(printed) {
            file.councils.push(council(&format!("E0600{place:04}"), &format!("here-{place}"), CouncilType::Unitary));
            let council = file.councils.last().unwrap().code;
            let figures = figures.clone();
            file.evidence.push(EvidenceRow { council, year: year(), kind: SourceKind::Ombudsman, figures });
        }
        Edition::try_from(file).unwrap()
    }

    fn counts(upheld: Count, investigations: Count) -> Figures {
        Figures { upheld: Some(upheld), investigations: Some(investigations), ..Figures::default() }
    }

    fn of_first(edition: &Edition) -> Explanation {
        explain(edition, edition.register().by_slug("here-1").unwrap(), year()).unwrap()
    }

    fn number<'a>(explanation: &'a Explanation, section: &str, name: &str) -> &'a Number {
        let section = explanation.sections.iter().find(|it| it.key == section).unwrap();
        section.numbers.iter().find(|number| number.name == name).unwrap()
    }

    #[test]
    fn limits_are_widened_where_rates_spread_more_than_chance_has_them() {
        // Half of all, and z = (x − 50)/5 of 100 each: −4, −4, −4, 4, 4, 4. So φ = 16, more than 1 + 2√(2/6) = 2.15, and limits are four times as wide.
        let spread = edition(&[30, 30, 30, 70, 70, 70].map(|x| counts(x, 100)));
        let explanation = of_first(&spread);
        let phi = number(&explanation, "uphold", "overdispersion φ");
        assert_eq!((phi.text.as_str(), phi.note.as_deref()), ("16.0000", Some("Wider limits apply.")));
        let limits = |name: &str| match number(&explanation, "uphold", name).value {
            Amount::Between(limits) => limits,
            other => panic!("{other:?}"),
        };
        let ([low, high], [wide_low, wide_high]) =
            (limits("funnel limits, 95%"), limits("funnel limits, 95%, widened by √φ"));
        assert!(
            (wide_low - (50.0 - 4.0 * (50.0 - low))).abs() < 1e-9
                && (wide_high - (50.0 + 4.0 * (high - 50.0))).abs() < 1e-9
        );
        // 220 of 500 are the others'.
        assert_eq!(number(&explanation, "uphold", "baseline p₀").text, "54.0000%");
        assert_eq!(number(&explanation, "uphold", "grade").text, "Lower than chance explains");
    }

    #[test]
    fn what_is_told_of_a_council_alone() {
        let one = of_first(&edition(&[counts(3, 4)]));
        assert_eq!(number(&one, "uphold", "certainty").text, "too few to judge");
        assert_eq!(
            number(&one, "uphold", "average of the others, computed").text,
            "none: too few councils have counts"
        );
        assert_eq!(number(&one, "uphold", "grade").text, "none, as there is no baseline");
        assert_eq!(number(&one, "uphold", "difference to 2022-23").text, "none, as there are no counts for 2022-23");
        assert_eq!(number(&one, "compliance", "rate").text, "no figure in this edition");
    }

    #[test]
    fn years_on_two_sides_of_a_break_are_not_compared() {
        let edition = edition(&[counts(3, 4)]);
        let id = edition.register().by_slug("here-1").unwrap();
        let explanation = explain(&edition, id, ReportingYear::ending(2023).unwrap()).unwrap();
        let difference = number(&explanation, "uphold", "difference to 2021-22");
        assert_eq!(difference.text, "not compared across a break");
        assert!(difference.note.as_deref().unwrap().starts_with("From 2022-23 the Ombudsman chooses more strictly"));
        assert_eq!(
            explanation.notes,
            ["This edition holds no figures of it for 2022-23. Years with figures: 2023-24."]
        );
    }

    #[test]
    fn what_a_contradicting_source_alone_prints_is_told_as_not_shown() {
        let mut file = EditionFile {
            councils: vec![council("E06000001", "here-1", CouncilType::Unitary)],
            ..EditionFile::default()
        };
        let council = file.councils[0].code;
        let page = Figures { investigations: Some(37), ..Figures::default() };
        for (kind, figures) in [(SourceKind::Ombudsman, page), (SourceKind::Press, counts(3, 8))] {
            file.evidence.push(EvidenceRow { council, year: year(), kind, figures });
        }
        let explanation = of_first(&Edition::try_from(file).unwrap());
        let upheld = number(&explanation, "uphold", "complaints upheld");
        assert_eq!((upheld.text.as_str(), upheld.value), ("not shown", Amount::Without));
        assert_eq!((upheld.sources[0].printed.as_str(), upheld.sources[0].status), ("3", Status::Other));
        let cases = number(&explanation, "uphold", "detailed investigations");
        assert_eq!(
            cases.sources.iter().map(|it| (it.printed.as_str(), it.status)).collect::<Vec<_>>(),
            [("37", Status::Shown), ("8", Status::Other)]
        );
    }

    fn figures() -> impl Strategy<Value = Figures> {
        let count = || proptest::option::of(0_u32..40);
        let percent = || proptest::option::of(0_u32..=100);
        (count(), count(), percent(), count(), percent(), percent()).prop_map(|(n, x, rate, due, done, average)| {
            let mut figures = Figures {
                investigations: n,
                upheld: n.map_or(x, |n| x.map(|x| x.min(n))),
                compliance_outcomes: due,
                ..Figures::default()
            };
            for (field, value) in
                [(Field::UpholdRate, rate), (Field::ComplianceRate, done), (Field::UpholdRateSimilar, average)]
            {
                if let Some(value) = value {
                    figures.read(field, &value.to_string()).unwrap();
                }
            }
            figures
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn every_value_is_finite_and_every_number_has_a_formula_or_a_source_or_a_note(printed in prop::collection::vec(figures(), 1..9)) {
            let explanation = of_first(&edition(&printed));
            prop_assert_eq!(explanation.sections.len(), 5);
            for number in explanation.sections.iter().flat_map(|section| &section.numbers) {
                let finite = match number.value {
                    Amount::Without => true,
                    Amount::One(value) => value.is_finite(),
                    Amount::Between([from, to]) => from.is_finite() && to.is_finite() && from <= to,
                };
                prop_assert!(finite && number.inputs.iter().all(|input| input.value.is_finite()), "{:?}", number);
                let grounded = number.formula.is_some() || number.note.is_some() || !number.sources.is_empty();
                prop_assert!(grounded || number.value == Amount::Without, "{:?}", number);
            }
        }
    }
}
