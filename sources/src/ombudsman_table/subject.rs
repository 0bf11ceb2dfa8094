//! What a table is about.

use super::columns::Meaning;
use std::fmt;
use upheld_domain::figures::Field;

/// The Ombudsman's yearly tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Complaints decided, and how.
    Decided,
    /// Compliance with recommendations.
    Compliance,
    /// Satisfactory remedies that councils had offered.
    Remedies,
    /// The overview of 2024-25 and later: dealt with, not for us, assessed and closed, investigated.
    Overview,
    /// Complaints received by service area: recognised, and nothing in it is taken.
    Received,
}

impl Subject {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Decided, Self::Compliance, Self::Remedies, Self::Overview, Self::Received];

    /// In the middle of a sentence: "complaints decided".
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Decided => "complaints decided",
            Self::Compliance => "compliance with recommendations",
            Self::Remedies => "satisfactory remedies",
            Self::Overview => "the overview of complaints",
            Self::Received => "complaints received",
        }
    }

    /// The subject for which a column of `meaning` speaks most.
    pub(super) const fn of(meaning: Meaning) -> Option<Self> {
        Some(match meaning {
            Meaning::NotUpheld
            | Meaning::InvalidOrIncomplete
            | Meaning::AdviceGiven
            | Meaning::ReferredBack
            | Meaning::ClosedAfterEnquiries
            | Meaning::Figure(
                Field::UpholdRate | Field::UpholdRateSimilar | Field::UpheldPer100k | Field::UpheldPer100kSimilar,
            ) => Self::Decided,
            Meaning::CompliedOnTime
            | Meaning::CompliedLate
            | Meaning::NotCompliedWith
            | Meaning::Figure(Field::ComplianceOutcomes | Field::ComplianceRate | Field::ComplianceRateSimilar) => {
                Self::Compliance
            }
            Meaning::Figure(Field::SatisfactoryRemedies | Field::RemedyRate | Field::RemedyRateSimilar) => {
                Self::Remedies
            }
            Meaning::Figure(Field::DealtWith | Field::NotForUs | Field::AssessedAndClosed) => Self::Overview,
            Meaning::ServiceArea => Self::Received,
            _ => return None,
        })
    }

    /// The subject that a title, or the name of a sheet or file, speaks of, if it is one.
    pub(super) fn named(words: &[String]) -> Option<Self> {
        let begins = |start: &str| words.iter().any(|word| word.starts_with(start));
        let subjects = [
            (begins("decided") || begins("decision"), Self::Decided),
            (begins("complian") || begins("compli") && begins("recommend"), Self::Compliance),
            (begins("remed"), Self::Remedies),
            (begins("overview"), Self::Overview),
            (begins("received"), Self::Received),
        ];
        let mut named = subjects.into_iter().filter(|(named, _)| *named).map(|(_, subject)| subject);
        named.next().filter(|_| named.next().is_none())
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
