//! What a sheet gives, in words.

use super::{Question, ReadRow, SheetReading};
use crate::{
    intake::Intake,
    ombudsman_table::{LeftOut, Reading, SheetTable},
};
use upheld_domain::{
    holdings::Entry,
    register::{CouncilId, Register},
};

impl SheetReading {
    /// What `sheet` gives, of which `intake` was taken.
    #[must_use]
    pub fn of(sheet: &SheetTable, intake: &Intake, register: &Register) -> Self {
        let code =
            |id: &CouncilId| register.get(*id).map(|council| council.code_in(sheet.year).unwrap_or(council.code));
        let questions = intake.unmatched.iter().map(|it| Question {
            row: it.row,
            name: it.name.clone(),
            why: it.why.words().to_owned(),
            councils: it.why.councils().iter().filter_map(code).collect(),
            figures: it.figures.clone(),
        });
        let bodies = intake.bodies.iter().map(|(kind, count)| (kind.label().to_owned(), *count));
        let counts = &sheet.left_out.counts;
        let others = counts.iter().filter_map(|(why, count)| Some((left_out(*why)?.to_owned(), *count)));
        let not_read = sheet.columns.iter().filter_map(|column| {
            let why = match column.reading {
                Reading::Unknown if column.heading.is_empty() => return None,
                Reading::Unknown => "not known".to_owned(),
                Reading::Twice(_) => "says the same as another".to_owned(),
                Reading::OtherYear(year) => format!("of {year}"),
                Reading::Read(_) | Reading::ReadAs(..) | Reading::Known(_) => return None,
            };
            Some(format!("{} ({why})", column.heading))
        });
        Self {
            sheet: sheet.sheet.clone(),
            subject: sheet.subject.label().to_owned(),
            year: sheet.year,
            year_said_by: sheet.year_from.iter().map(ToString::to_string).collect(),
            header_row: sheet.header_row,
            rows: intake.entries.iter().map(ReadRow::of).collect(),
            questions: questions.collect(),
            left_out: bodies.chain(others).collect(),
            columns_not_read: not_read.collect(),
            problems: sheet.problems.iter().map(ToString::to_string).collect(),
            warnings: sheet.warnings.iter().map(ToString::to_string).collect(),
            unlisted: sheet.unlisted,
        }
    }
}

impl ReadRow {
    /// The row of `entry`.
    pub(super) fn of(entry: &Entry) -> Self {
        let (code, year, kind) = (entry.code, entry.year, entry.kind);
        let (name, source) = (entry.authority.clone(), entry.source.clone());
        Self { code, name, year, figures: entry.figures.clone(), kind, source }
    }
}

/// What a row that was left out is, several of them; none for bodies, which are counted by kind.
const fn left_out(why: LeftOut) -> Option<&'static str> {
    Some(match why {
        LeftOut::Body(_) => return None,
        LeftOut::Total => "totals",
        LeftOut::Average => "averages",
        LeftOut::Note => "notes",
        LeftOut::HeaderAgain => "repeated headers",
        LeftOut::NameOnly => "names with nothing beside them",
        LeftOut::NoName => "rows without a name",
    })
}
