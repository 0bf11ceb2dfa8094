//! A council in few words, for where its page is only named: a picture that is shared, the results of a search engine.
//!
//! What is said is the uphold rate, which every page shows first, with its count before the rate and its caveat beside it.

use crate::{
    council::{Council, CouncilType},
    edition::Edition,
    figures::Value,
    grade::{Grade, judged},
    in_words::cases,
    interval::Certainty,
    measure::{Absent, Measure, Rate, Reading},
    register::CouncilId,
    similar,
    words::range,
    year::ReportingYear,
};

/// The most letters of a description that search engines show.
pub const MOST: usize = 160;

/// A council's uphold rate in one year, to be told in few words.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The council's official name.
    pub name: String,
    /// Its type.
    pub kind: CouncilType,
    /// The year.
    pub year: ReportingYear,
    /// The last year of its life, where it came to an end.
    pub ended: Option<ReportingYear>,
    /// Its uphold rate.
    pub reading: Reading,
    /// The published average of similar authorities.
    pub average: Option<Value>,
    /// Whether chance explains how far it is from them, where that can be judged.
    pub grade: Option<Grade>,
    /// Where there is no rate in the year: the latest year that has one.
    pub latest: Option<(ReportingYear, Rate)>,
}

/// A finding in two parts, of which the first is to be read first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The count, the rate where no count is known, or that there is none: "9 of 13", "No uphold rate for 2023-24".
    pub figure: String,
    /// What it is of: "investigations upheld (69%)".
    pub what: String,
}

impl Preview {
    /// The preview of `council` in `year`.
    #[must_use]
    pub fn of(edition: &Edition, id: CouncilId, council: &Council, year: ReportingYear) -> Self {
        let reading = edition.read(id, year, Measure::Uphold);
        let comparison = similar::compare(edition, id, council, year, Measure::Uphold);
        let rate = |year| Some((year, edition.read(id, year, Measure::Uphold).ok()?));
        let latest = if reading.is_ok() { None } else { edition.years_of(id).rev().find_map(rate) };
        Self {
            name: council.name.clone(),
            kind: council.council_type,
            year,
            ended: council.last_year,
            average: similar::published(edition, id, council, year, Measure::Uphold),
            grade: judged(&reading, &comparison).map(|judged| judged.grade),
            reading,
            latest,
        }
    }

    /// What it is, and until when: "Unitary council", "County council until 31 March 2023".
    #[must_use]
    pub fn kind(&self) -> String {
        let mut kind = self.kind.singular().to_owned();
        if let Some(first) = kind.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        self.ended.map_or(kind.clone(), |ended| format!("{kind} until 31 March {}", ended.key()))
    }

    /// The year, and whether it was the council's last: "2023-24", "2022-23, its last year".
    #[must_use]
    pub fn year(&self) -> String {
        let last = if self.ended == Some(self.year) { ", its last year" } else { "" };
        format!("{}{last}", self.year)
    }

    /// What was found: "9 of 13", "investigations upheld (69%)".
    #[must_use]
    pub fn finding(&self) -> Finding {
        match &self.reading {
            Ok(rate) => of_rate(rate, ""),
            Err(Absent::NoInvestigations) => Finding {
                figure: format!("No detailed investigations in {}", self.year),
                what: "so there is no uphold rate".to_owned(),
            },
            Err(_) => {
                Finding { figure: format!("No uphold rate for {}", self.year), what: "in this edition".to_owned() }
            }
        }
    }

    /// How sure the rate is; in place of a rate, the latest year that has one.
    #[must_use]
    pub fn sureness(&self) -> Option<String> {
        let Ok(rate) = &self.reading else {
            return self.latest();
        };
        match (rate.certainty, rate.interval()) {
            (Certainty::Unknown, _) if rate.total.is_some() => {
                Some("How many were upheld is not in this edition".to_owned())
            }
            (Certainty::Unknown, _) => Some("Of how many is not in this edition".to_owned()),
            (Certainty::Uncertain, Some(interval)) => Some(format!("Uncertain: 95% interval {}", range(interval))),
            (_, interval) => interval.map(|interval| format!("95% interval {}", range(interval))),
        }
    }

    /// The latest year that has a rate, where this one has none: "Latest known: 7 of 9 investigations upheld (78%, uncertain) in 2019-20".
    fn latest(&self) -> Option<String> {
        let (year, rate) = self.latest.as_ref()?;
        let Finding { figure, what } = of_rate(rate, &caution(rate));
        Some(format!("Latest known: {figure} {what} in {year}"))
    }

    /// Whether it differs from similar authorities by more than chance; nothing where that cannot be judged.
    #[must_use]
    pub fn grade(&self) -> Option<&'static str> {
        self.grade.filter(|grade| *grade != Grade::TooFew).map(Grade::words)
    }

    /// The grade in words, or that there are too few cases for one.
    #[must_use]
    pub fn verdict(&self) -> Option<&'static str> {
        let too_few = self.reading.is_ok_and(|rate| rate.certainty == Certainty::TooFew);
        self.grade().or_else(|| too_few.then(|| Grade::TooFew.words()))
    }

    /// What not to conclude from a figure that is missing.
    #[must_use]
    pub fn note(&self) -> Option<&'static str> {
        let missing = self.reading == Err(Absent::NotInEdition);
        missing.then_some("That does not mean that there were no complaints.")
    }

    /// The published average: "Published average of unitary councils: 80%".
    #[must_use]
    pub fn average(&self) -> Option<String> {
        self.average.map(|average| format!("Published average of {}: {average}", self.kind.plural()))
    }

    /// All of it in sentences, for who does not see the picture.
    #[must_use]
    pub fn in_words(&self) -> String {
        let Finding { figure, what } = self.finding();
        let first = format!("{}, {}: {figure} {what}", self.name, self.year());
        let rest = [self.sureness(), self.average(), self.verdict().or(self.note()).map(str::to_owned)];
        let said: Vec<String> = [Some(first)].into_iter().chain(rest).flatten().collect();
        said.join(". ").trim_end_matches('.').to_owned() + "."
    }

    /// The page described to a search engine: of what there is to say as much as fits into [`MOST`] letters, the finding first.
    #[must_use]
    pub fn description(&self) -> String {
        let Self { name, year, .. } = self;
        let (one, many) = ("complaint that it investigated", "complaints that it investigated");
        let first = match &self.reading {
            Ok(rate) => {
                let (text, caution) = (rate.text(Measure::Uphold), caution(rate));
                match (rate.count, rate.total) {
                    (Some(count), Some(total)) => format!(
                        "{name}: the Ombudsman upheld {count} of {total} {} in detail in {year} ({text}{caution}).",
                        if total == 1 { one } else { many },
                    ),
                    (_, Some(total)) => format!(
                        "{name}: the Ombudsman upheld {text} of {total} {} in detail in {year}{caution}.",
                        if total == 1 { one } else { many },
                    ),
                    _ => format!("{name}: the Ombudsman upheld {text} of {many} in detail in {year}."),
                }
            }
            Err(Absent::NoInvestigations) => format!(
                "{name}: the Ombudsman investigated no complaint in detail in {year}, so there is no uphold rate."
            ),
            Err(_) => format!("{name}: no uphold rate for {year} in this edition."),
        };
        let stop = |text: String| text + ".";
        let ended = self.ended.map(|ended| format!("It came to an end on 31 March {}.", ended.key()));
        let rest = [
            self.latest().map(stop),
            self.grade().map(|grade| stop(grade.to_owned())),
            self.average().map(stop),
            ended,
        ];
        as_fits(first, rest.into_iter().flatten())
    }
}

/// England described to a search engine: of how many councils the edition has an uphold rate in `year`.
#[must_use]
pub fn england(edition: &Edition, year: ReportingYear) -> String {
    let (known, of) = known(edition, year);
    let first = "How English councils handle complaints, as the Ombudsman measures it: a map, a page for each council.";
    as_fits(first.to_owned(), [format!("{year}: uphold rates of {known} of {of} councils.")])
}

/// Of how many councils the edition has an uphold rate in `year`, and how many there were.
#[must_use]
pub fn known(edition: &Edition, year: ReportingYear) -> (usize, usize) {
    let councils = edition.register().in_year(year);
    let rates = councils.map(|(id, _)| edition.read(id, year, Measure::Uphold).is_ok());
    rates.fold((0, 0), |(known, of), rate| (known + usize::from(rate), of + 1))
}

/// `first`, and of `rest` what still fits into [`MOST`] letters.
fn as_fits(first: String, rest: impl IntoIterator<Item = String>) -> String {
    rest.into_iter().fold(first, |text, more| {
        let fits = text.chars().count() + 1 + more.chars().count() <= MOST;
        if fits { format!("{text} {more}") } else { text }
    })
}

/// A rate as a finding, with `caution` beside it.
fn of_rate(rate: &Rate, caution: &str) -> Finding {
    let text = rate.text(Measure::Uphold);
    let computed = if rate.printed.is_none() { ", computed" } else { "" };
    let (one, many) = cases(Measure::Uphold);
    match (rate.count, rate.total) {
        (Some(count), Some(total)) => Finding {
            figure: format!("{count} of {total}"),
            what: format!("{} upheld ({text}{computed}{caution})", if total == 1 { one } else { many }),
        },
        (None, Some(total)) => Finding { figure: text, what: format!("of {total} {many} upheld{caution}") },
        (_, None) => Finding { figure: text, what: format!("of {many} upheld{caution}") },
    }
}

fn caution(rate: &Rate) -> String {
    rate.certainty.word().map(|word| format!(", {word}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{EditionFile, EvidenceRow};
    use crate::evidence::SourceKind;

    /// A council with `figures` in 2023-24, of which `more` is told too; the preview of `year`.
    fn preview(figures: &str, more: &str, year: u16) -> Preview {
        let council = format!(
            r#"[{{"code": "E06000001", "slug": "a", "name": "Aby Council", "short": "Aby", "type": "unitary",
                "region": "London", "first": 2014 {more}}}]"#
        );
        let year_of = |ending| ReportingYear::ending(ending).unwrap();
        let mut file = EditionFile {
            date: "2026-11-23".to_owned(),
            councils: serde_json::from_str(&council).unwrap(),
            default_year: Some(year_of(2024)),
            ..EditionFile::default()
        };
        file.evidence.push(EvidenceRow {
            council: file.councils[0].code,
            year: year_of(2024),
            kind: SourceKind::Ombudsman,
            figures: serde_json::from_str(figures).unwrap(),
        });
        let edition = Edition::try_from(file).unwrap();
        let (id, council) = edition.register().iter().next().unwrap();
        Preview::of(&edition, id, council, year_of(year))
    }

    const MANY: &str = r#"{"upheld": 44, "investigations": 60, "uphold_rate": 73, "uphold_rate_similar": 80}"#;

    #[test]
    fn a_count_comes_before_its_rate_and_the_average_and_the_grade_after() {
        let said = preview(MANY, "", 2024);
        let finding = Finding { figure: "44 of 60".to_owned(), what: "investigations upheld (73%)".to_owned() };
        assert_eq!(said.finding(), finding);
        assert_eq!((said.kind().as_str(), said.year().as_str()), ("Unitary council", "2023-24"));
        assert_eq!(
            said.in_words(),
            "Aby Council, 2023-24: 44 of 60 investigations upheld (73%). 95% interval 61% to 83%. Published average of \
             unitary councils: 80%. No clear difference from similar authorities."
        );
        assert_eq!(
            said.description(),
            "Aby Council: the Ombudsman upheld 44 of 60 complaints that it investigated in detail in 2023-24 (73%). No clear \
             difference from similar authorities."
        );
    }

    #[test]
    fn few_cases_are_cautioned_against_and_never_graded() {
        let said = preview(r#"{"upheld": 3, "investigations": 3, "uphold_rate_similar": 80}"#, "", 2024);
        assert_eq!(said.finding().what, "investigations upheld (100%, computed)");
        assert_eq!(said.sureness().unwrap(), "95% interval 44% to 100%");
        assert_eq!((said.grade(), said.verdict()), (None, Some("Too few to judge")));
        assert!(said.description().contains("(100%, too few to judge)"), "{}", said.description());
        let one = preview(r#"{"upheld": 1, "investigations": 1, "uphold_rate": 100}"#, "", 2024);
        assert_eq!(one.finding().what, "investigation upheld (100%)");
        assert!(one.description().contains("1 of 1 complaint that"), "{}", one.description());
        let some = preview(r#"{"upheld": 9, "investigations": 13, "uphold_rate": 69}"#, "", 2024);
        assert_eq!(some.sureness().unwrap(), "Uncertain: 95% interval 42% to 87%");
    }

    #[test]
    fn a_rate_without_its_counts_says_that_they_are_not_known() {
        let said = preview(r#"{"uphold_rate": 63}"#, "", 2024);
        let finding = Finding { figure: "63%".to_owned(), what: "of investigations upheld".to_owned() };
        assert_eq!(
            (said.finding(), said.sureness().unwrap().as_str()),
            (finding, "Of how many is not in this edition")
        );
        let said = preview(r#"{"uphold_rate": 63, "investigations": 27}"#, "", 2024);
        assert_eq!(said.finding().what, "of 27 investigations upheld");
        assert_eq!(said.sureness().unwrap(), "How many were upheld is not in this edition");
        assert!(said.description().contains("upheld 63% of 27 complaints"), "{}", said.description());
    }

    #[test]
    fn a_year_without_a_figure_says_so_and_which_year_has_one() {
        let said = preview(MANY, "", 2023);
        assert_eq!(said.finding().figure, "No uphold rate for 2022-23");
        assert_eq!(said.note().unwrap(), "That does not mean that there were no complaints.");
        assert_eq!(said.sureness().unwrap(), "Latest known: 44 of 60 investigations upheld (73%) in 2023-24");
        assert_eq!(
            said.description(),
            "Aby Council: no uphold rate for 2022-23 in this edition. Latest known: 44 of 60 investigations upheld (73%) in \
             2023-24."
        );
        let none = preview(r#"{"investigations": 0}"#, "", 2024);
        assert_eq!(none.finding().figure, "No detailed investigations in 2023-24");
        assert_eq!((none.sureness(), none.verdict(), none.note()), (None, None, None));
    }

    #[test]
    fn a_council_that_came_to_an_end_says_when() {
        let said = preview(MANY, r#", "last": 2023"#, 2023);
        assert_eq!(said.kind(), "Unitary council until 31 March 2023");
        assert_eq!(said.year(), "2022-23, its last year");
        // Figures of it that were printed later are told of, in their year.
        assert!(said.sureness().unwrap().ends_with("in 2023-24"));
    }

    #[test]
    fn a_description_keeps_what_comes_first_and_fits() {
        let words = |length: usize| "x".repeat(length);
        assert_eq!(as_fits(words(100), [words(60), words(59)]), format!("{} {}", words(100), words(59)));
        assert_eq!(as_fits(words(200), [words(1)]), words(200));
    }
}
