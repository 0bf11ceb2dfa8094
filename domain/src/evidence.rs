//! Evidence: who printed what, and what is shown where sources differ.

use crate::{
    error::ValueError,
    figures::{Field, Figures},
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
    #[must_use]
    pub fn of(evidence: &[&Evidence]) -> Self {
        let ranked: Vec<(usize, &Evidence)> = evidence.iter().copied().enumerate().collect();
        let ranked = sorted(&ranked, &|(_, one), (_, other)| one.kind.cmp(&other.kind));
        let mut known = Self::default();
        for field in Field::ALL.iter().copied() {
            let mut printed = ranked.iter().filter(|(_, evidence)| evidence.figures.get(field).is_some());
            let Some((shown, best)) = printed.next() else { continue };
            known.figures.take(field, &best.figures);
            known.from.push((field, *shown));
            let differing = printed.filter(|(_, other)| other.figures.get(field) != best.figures.get(field));
            known.conflicts.extend(differing.map(|(other, _)| Conflict { field, shown: *shown, other: *other }));
        }
        known
    }
}
