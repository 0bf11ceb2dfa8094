//! Evidence: who printed what, and what is shown where sources differ.

use crate::{
    error::ValueError,
    figures::{Count, Field, Figures},
    order::sorted,
    register::CouncilId,
    year::ReportingYear,
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Who prints a figure, the better source first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// The Ombudsman's own page on the council.
    Ombudsman,
    /// The Ombudsman's annual letter to the council.
    Letter,
    /// A paper of the council's own.
    Council,
    /// A newspaper.
    Press,
}

impl SourceKind {
    /// All of them, best first.
    pub const ALL: [Self; 4] = [Self::Ombudsman, Self::Letter, Self::Council, Self::Press];

    /// Its key in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ombudsman => "ombudsman",
            Self::Letter => "letter",
            Self::Council => "council",
            Self::Press => "press",
        }
    }

    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ombudsman => "The Ombudsman’s page on the council",
            Self::Letter => "The Ombudsman’s annual letter",
            Self::Council => "A paper of the council",
            Self::Press => "A press report",
        }
    }
}

impl SourceKind {
    /// In the middle of a sentence: "the Ombudsman’s page".
    #[must_use]
    pub const fn in_a_sentence(self) -> &'static str {
        match self {
            Self::Ombudsman => "the Ombudsman’s page",
            Self::Letter => "the Ombudsman’s letter",
            Self::Council => "a paper of the council",
            Self::Press => "a press report",
        }
    }
}

impl FromStr for SourceKind {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let found = Self::ALL.into_iter().find(|kind| kind.key() == text.trim());
        found.ok_or_else(|| ValueError::new(text, "ombudsman, letter, council or press"))
    }
}

/// One source's statement of some figures for one council and one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The council.
    pub council: CouncilId,
    /// The year.
    pub year: ReportingYear,
    /// What kind of source it is.
    pub kind: SourceKind,
    /// Its address, or its title where it has none; empty as long as the edition has no sources.
    pub source: String,
    /// The reader's own file that it was opened from, by its place among the edition's files; none where it is of the
    /// edition itself.
    pub file: Option<usize>,
    /// What it printed.
    pub figures: Figures,
}

impl Evidence {
    /// Who prints it, in words: of a file of the reader's own, that it is.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        if self.file.is_some() { "Your own file" } else { self.kind.label() }
    }

    /// The same in the middle of a sentence.
    #[must_use]
    pub const fn in_a_sentence(&self) -> &'static str {
        if self.file.is_some() { "your own file" } else { self.kind.in_a_sentence() }
    }

    /// The source's address, if it is one that can be opened.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        Some(self.source.as_str()).filter(|source| source.starts_with("https://") || source.starts_with("http://"))
    }
}

/// Two sources that print different values for one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// The figure.
    pub field: Field,
    /// The place, in the evidence that was reconciled, of the source that is shown.
    pub shown: usize,
    /// The place of the source that is not.
    pub other: usize,
}

/// What is known of one council and one year, from all its evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Field by field the value of the best source that prints it.
    pub figures: Figures,
    /// Which piece of evidence each known field was taken from.
    pub from: Vec<(Field, usize)>,
    /// Where sources differ.
    pub conflicts: Vec<Conflict>,
}

impl Reconciled {
    /// Reconciles `evidence` about one council and one year: field by field, the better source wins, the
    /// earlier among equals, and a differing value is listed as a conflict.
    ///
    /// A statistic is not put together from sources that contradict each other: what a source lacks is taken from
    /// another only where that one prints the same of the statistic as far as both print it, and no part is more than
    /// its whole.
    #[must_use]
    pub fn of(evidence: &[&Evidence]) -> Self {
        let ranked: Vec<(usize, &Evidence)> = evidence.iter().copied().enumerate().collect();
        let ranked = sorted(&ranked, &|(_, one), (_, other)| one.kind.cmp(&other.kind));
        let mut known = Self::default();
        for field in Field::ALL.iter().copied() {
            let mut printed = ranked.iter().filter(|(_, evidence)| evidence.figures.get(field).is_some());
            let Some((shown, best)) = printed.find(|(_, evidence)| known.fits(field, &evidence.figures)) else {
                continue;
            };
            known.figures.take(field, &best.figures);
            known.from.push((field, *shown));
        }
        for (field, shown) in known.from.iter().copied() {
            let differs = |(_, other): &&(usize, &Evidence)| {
                let other = other.figures.get(field);
                other.is_some() && other != known.figures.get(field)
            };
            let differing = ranked.iter().filter(differs);
            known.conflicts.extend(differing.map(|(other, _)| Conflict { field, shown, other: *other }));
        }
        known
    }

    /// Whether `field` of `figures` can stand beside what is known already.
    fn fits(&self, field: Field, figures: &Figures) -> bool {
        let same = |of: &[Field]| {
            of.iter().all(|it| match (self.figures.get(*it), figures.get(*it)) {
                (Some(known), Some(printed)) => known == printed,
                _ => true,
            })
        };
        let within =
            |part: Option<Count>, whole: Option<Count>| part.zip(whole).is_none_or(|(part, whole)| part <= whole);
        let known = &self.figures;
        match field {
            Field::Upheld => same(&[Field::Investigations]) && within(figures.upheld, known.investigations),
            Field::UpholdRate => same(&[Field::Investigations, Field::Upheld]),
            Field::ComplianceRate => same(&[Field::ComplianceOutcomes]),
            Field::SatisfactoryRemedies => {
                same(&[Field::Upheld]) && within(figures.satisfactory_remedies, known.upheld)
            }
            Field::RemedyRate => same(&[Field::Upheld, Field::SatisfactoryRemedies]),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check::tests::council, council::CouncilType, register::Register};
    use proptest::prelude::*;

    fn piece(kind: SourceKind, figures: &str) -> Evidence {
        let register = Register::new(vec![council("E06000001", "here", CouncilType::Unitary)]).unwrap();
        Evidence {
            council: register.by_slug("here").unwrap(),
            year: ReportingYear::LAST,
            kind,
            source: kind.key().to_owned(),
            file: None,
            figures: serde_json::from_str(figures).unwrap(),
        }
    }

    #[test]
    fn a_statistic_is_not_put_together_from_sources_that_contradict_each_other() {
        let page = piece(SourceKind::Ombudsman, r#"{"investigations": 37}"#);
        let file = piece(SourceKind::Press, r#"{"investigations": 8, "upheld": 3}"#);
        let known = Reconciled::of(&[&page, &file]);
        assert_eq!((known.figures.investigations, known.figures.upheld), (Some(37), None));
        assert_eq!(known.conflicts, [Conflict { field: Field::Investigations, shown: 0, other: 1 }]);
        let agrees = piece(SourceKind::Press, r#"{"investigations": 37, "upheld": 3}"#);
        assert_eq!(Reconciled::of(&[&page, &agrees]).figures.upheld, Some(3), "what agrees is added");
        let more = piece(SourceKind::Press, r#"{"upheld": 40}"#);
        assert_eq!(Reconciled::of(&[&page, &more]).figures.upheld, None, "no more upheld than investigated");
    }

    fn figures() -> impl Strategy<Value = Figures> {
        let count = || proptest::option::of(0_u32..9);
        (count(), count(), count()).prop_map(|(investigations, upheld, satisfactory_remedies)| Figures {
            investigations,
            upheld: upheld.zip(investigations).map_or(upheld, |(x, n)| Some(x.min(n))),
            satisfactory_remedies,
            ..Figures::default()
        })
    }

    proptest! {
        #[test]
        fn no_part_is_more_than_its_whole(all in proptest::collection::vec((0_usize..4, figures()), 0..5)) {
            let mut pieces: Vec<Evidence> = Vec::new();
            for (kind, figures) in all {
                let mut it = piece(SourceKind::ALL[kind], "{}");
                it.figures = figures;
                pieces.push(it);
            }
            let known = Reconciled::of(&pieces.iter().collect::<Vec<_>>()).figures;
            prop_assert!(known.upheld.zip(known.investigations).is_none_or(|(x, n)| x <= n));
        }
    }
}
