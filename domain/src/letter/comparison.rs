//! A letter beside what the edition holds: where the two agree, and which is shown where they do not.

use crate::{
    edition::Edition,
    evidence::{Evidence, Reconciled, SourceKind},
    figures::{Field, Figures, Value},
    register::CouncilId,
    year::ReportingYear,
};

/// One figure of a letter beside the one that the edition shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared<'edition> {
    /// The figure.
    pub field: Field,
    /// What the letter prints.
    pub letter: Value,
    /// What the edition shows, and by which source; none where it has no such figure.
    pub edition: Option<(Value, &'edition Evidence)>,
    /// What follows.
    pub outcome: Outcome,
}

/// What follows from a figure of a letter beside the edition's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Both print the same.
    Agreement,
    /// The edition has no such figure, and would show the letter's.
    Addition,
    /// They differ, and the letter's would be shown: it is the better source.
    LetterShown,
    /// They differ, and the edition's would be shown still: its source is the better one, or as good and there before.
    EditionShown,
}

impl Edition {
    /// Compares the figures of a letter to `council` about `year` with what the edition shows, figure by figure.
    #[must_use]
    pub fn compare_letter(&self, council: CouncilId, year: ReportingYear, figures: &Figures) -> Vec<Compared<'_>> {
        let held = self.evidence_for(council, year);
        let letter = Evidence {
            council,
            year,
            kind: SourceKind::Letter,
            source: String::new(),
            file: None,
            figures: figures.clone(),
        };
        // Which is shown is decided where it is always decided; the letter comes last among its equals.
        let together: Vec<&Evidence> = held.iter().copied().chain([&letter]).collect();
        let together = Reconciled::of(&together);
        let compare = |field: Field| {
            let printed = figures.get(field)?;
            let edition = held.iter().find_map(|piece| Some((piece.figures.get(field)?, *piece)));
            let letter_shown = together.from.contains(&(field, held.len()));
            let outcome = match edition {
                None => Outcome::Addition,
                Some((value, _)) if value == printed => Outcome::Agreement,
                Some(_) if letter_shown => Outcome::LetterShown,
                Some(_) => Outcome::EditionShown,
            };
            Some(Compared { field, letter: printed, edition, outcome })
        };
        Field::ALL.iter().copied().filter_map(compare).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        check::tests::{council, entry, year},
        council::CouncilType,
        holdings::{Entry, Holdings},
    };

    fn figures(json: &str) -> Figures {
        serde_json::from_str(json).unwrap()
    }

    fn compared(held: Vec<Entry>, letter: &str) -> Vec<String> {
        let holdings = Holdings {
            councils: vec![council("E06000032", "Luton", CouncilType::Unitary)],
            figures: held,
            ..Holdings::default()
        };
        let edition = holdings.edition().unwrap();
        let id = edition.register().by_code("E06000032".parse().unwrap()).unwrap();
        let compared = edition.compare_letter(id, year(2020), &figures(letter));
        let said = |it: &Compared<'_>| {
            let edition = it.edition.map(|(value, by)| format!(" {value} ({})", by.kind.key())).unwrap_or_default();
            format!("{} {}{edition} {:?}", it.field.column(), it.letter, it.outcome)
        };
        compared.iter().map(said).collect()
    }

    fn of_kind(kind: SourceKind, figures: &str) -> Entry {
        Entry { kind, source: kind.key().to_owned(), ..entry("E06000032", 2020, figures) }
    }

    #[test]
    fn the_better_source_is_shown_and_every_figure_of_the_letter_is_compared() {
        let held = vec![
            of_kind(SourceKind::Press, r#"{"investigations":23,"upheld":12,"compliance_rate":100}"#),
            of_kind(SourceKind::Ombudsman, r#"{"upheld":13,"uphold_rate":55}"#),
        ];
        let letter = r#"{"investigations":24,"upheld":13,"uphold_rate":54,"compliance_rate":100,"remedy_rate":23}"#;
        assert_eq!(
            compared(held, letter),
            [
                "investigations 24 23 (press) LetterShown",
                "upheld 13 13 (ombudsman) Agreement",
                "uphold_pct 54% 55% (ombudsman) EditionShown",
                "compliance_pct 100% 100% (press) Agreement",
                "satisfactory_remedy_pct 23% Addition",
            ]
        );
    }

    #[test]
    fn of_two_letters_the_one_that_was_there_before_is_shown() {
        let held = vec![of_kind(SourceKind::Letter, r#"{"upheld":12}"#)];
        assert_eq!(compared(held, r#"{"upheld":13}"#), ["upheld 13 12 (letter) EditionShown"]);
    }

    #[test]
    fn a_letter_without_figures_has_nothing_to_compare() {
        assert!(compared(Vec::new(), "{}").is_empty());
        assert_eq!(compared(Vec::new(), r#"{"upheld":13}"#), ["upheld 13 Addition"]);
    }
}
