//! What opening files changes, told before it is done.

use crate::{
    edition::Edition,
    evidence::Evidence,
    figures::{Field, Value},
    register::CouncilId,
    year::ReportingYear,
};

/// What an edition gains by the files of a reader's own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    /// Each year of which the files print anything, in order.
    pub years: Vec<YearGained>,
    /// Figures that the files print otherwise than the edition, or than each other.
    pub differences: Vec<Differing>,
    /// How many figures the files print that the edition has too, and no different.
    pub confirmed: usize,
}

/// What is gained for one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearGained {
    /// The year.
    pub year: ReportingYear,
    /// How many councils have figures in the edition alone.
    pub before: usize,
    /// How many have with the files.
    pub after: usize,
    /// How many councils there were.
    pub of: usize,
}

/// A figure that is printed in two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// The council.
    pub council: CouncilId,
    /// The year.
    pub year: ReportingYear,
    /// The figure.
    pub field: Field,
    /// The value that is shown, and who prints it.
    pub shown: (Value, String),
    /// The value that is not.
    pub other: (Value, String),
    /// Whether what is shown is of the reader's own files.
    pub own_is_shown: bool,
}

impl Review {
    /// What `after` has by files of the reader's own that `before` has not.
    #[must_use]
    pub fn of(before: &Edition, after: &Edition) -> Self {
        let mut review = Self::default();
        let mut about: Vec<(ReportingYear, CouncilId)> = Vec::new();
        for piece in after.evidence().iter().filter(|piece| piece.file.is_some()) {
            about.push((piece.year, piece.council));
            let held = before.evidence_for(piece.council, piece.year);
            let printed = Field::ALL.iter().filter_map(|field| Some((*field, piece.figures.get(*field)?)));
            let same = printed.filter(|(field, value)| held.iter().any(|it| it.figures.get(*field) == Some(*value)));
            review.confirmed += same.count();
        }
        about.sort_unstable();
        about.dedup();
        for of_year in about.chunk_by(|one, other| one.0 == other.0) {
            let Some((year, _)) = of_year.first().copied() else { continue };
            let known = |edition: &Edition| {
                edition.register().in_year(year).filter(|(id, _)| edition.figures(*id, year).is_some()).count()
            };
            let of = after.register().in_year(year).count();
            review.years.push(YearGained { year, before: known(before), after: known(after), of });
        }
        for (year, council) in about {
            for it in after.disagreements(council, year) {
                let value = |piece: &Evidence| Some((piece.figures.get(it.field)?, said(piece)));
                if it.shown.file.is_none() && it.other.file.is_none() {
                    continue;
                }
                let (Some(shown), Some(other)) = (value(it.shown), value(it.other)) else { continue };
                let own_is_shown = it.shown.file.is_some();
                review.differences.push(Differing { council, year, field: it.field, shown, other, own_is_shown });
            }
        }
        review
    }
}

/// Who prints it: the reader's own file by its name.
fn said(piece: &Evidence) -> String {
    if piece.file.is_some() { format!("your file ({})", piece.source) } else { piece.kind.in_a_sentence().to_owned() }
}
