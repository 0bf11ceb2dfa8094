//! What is taken from a file once a person has answered what its reader could not tell.

use super::{FileReading, LetterReading, Question, ReadRow};
use std::collections::BTreeMap;
use upheld_domain::{
    council::GssCode,
    edition::{EvidenceRow, LetterEntry},
    evidence::SourceKind,
    figures::Figures,
    holdings::Entry,
    import::Plan,
    register::Register,
    year::ReportingYear,
};

/// What a person says about a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The council that a row means, by the places of its sheet and its row. A row that is not here is left out.
    pub councils: BTreeMap<(usize, u64), GssCode>,
    /// The council that a letter is to, where the letter does not tell.
    pub letter_council: Option<GssCode>,
    /// The year that a letter is about, where it does not tell.
    pub letter_year: Option<ReportingYear>,
}

/// What is taken from a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Its figures, one row for each council, year and source; beside each the source that the file itself names.
    pub rows: Vec<(EvidenceRow, String)>,
    /// The letter, if it is one, as JSON.
    pub letter: Option<(LetterEntry, String)>,
    /// What the file says twice, and differently: the first is taken.
    pub contradictions: Vec<String>,
    /// How many rows are left out, or how much of a letter has to be told, until somebody answers.
    pub open: usize,
}

/// What is taken from what was read of a file, with what a person answers.
#[must_use]
pub fn take(reading: &FileReading, answers: &Answers, register: &Register) -> Taken {
    match reading {
        FileReading::Refused(_) => Taken::default(),
        FileReading::Letter(letter) => from_letter(letter, answers, register),
        FileReading::Own { rows } => joined(rows.iter().map(|row| entry(row, register)), 0, register),
        FileReading::Tables { sheets, .. } => {
            let mut open = 0;
            let mut entries = Vec::new();
            for (place, sheet) in sheets.iter().enumerate() {
                entries.extend(sheet.rows.iter().map(|row| entry(row, register)));
                for question in &sheet.questions {
                    match answers.councils.get(&(place, question.row)) {
                        Some(code) => entries.push(entry(&answered(question, *code, sheet.year), register)),
                        None => open += 1,
                    }
                }
            }
            joined(entries.into_iter(), open, register)
        }
    }
}

fn answered(question: &Question, code: GssCode, year: ReportingYear) -> ReadRow {
    let (name, figures) = (question.name.clone(), question.figures.clone());
    ReadRow { code, name, year, figures, kind: SourceKind::Ombudsman, source: String::new() }
}

fn entry(row: &ReadRow, register: &Register) -> Option<Entry> {
    let council = register.get(register.by_code(row.code)?)?;
    (row.figures != Figures::default()).then(|| Entry {
        code: row.code,
        authority: row.name.clone(),
        authority_type: council.council_type,
        year: row.year,
        figures: row.figures.clone(),
        kind: row.kind,
        source: row.source.clone(),
        slug: None,
    })
}

/// Joins what is printed of one council, year and source.
fn joined(entries: impl Iterator<Item = Option<Entry>>, open: usize, register: &Register) -> Taken {
    let entries: Vec<Entry> = entries.flatten().collect();
    let plan = Plan::of(&[], &entries, register);
    let contradictions = plan.contradictions.iter().map(|it| {
        let (council, year, field) = (&it.entry.authority, it.entry.year, it.field.label());
        format!("{council} in {year}: {field} is {} and {}", it.one, it.other)
    });
    let rows = plan.figures().iter().map(|entry| {
        let (council, year, kind, figures) = (entry.code, entry.year, entry.kind, entry.figures.clone());
        (EvidenceRow { council, year, kind, figures }, entry.source.clone())
    });
    Taken { rows: rows.collect(), letter: None, contradictions: contradictions.collect(), open }
}

fn from_letter(reading: &LetterReading, answers: &Answers, register: &Register) -> Taken {
    let code = reading.council.or(answers.letter_council);
    let year = reading.letter.year.or(answers.letter_year);
    let known = code.and_then(|code| register.get(register.by_code(code)?));
    let (Some(council), Some(year)) = (known, year) else {
        return Taken { open: usize::from(known.is_none()) + usize::from(year.is_none()), ..Taken::default() };
    };
    let code = council.code_in(year).unwrap_or(council.code);
    let mut letter = reading.letter.clone();
    letter.year = Some(year);
    let figures = letter.figures();
    let rows = if figures == Figures::default() {
        Vec::new()
    } else {
        vec![(EvidenceRow { council: code, year, kind: SourceKind::Letter, figures }, String::new())]
    };
    // A letter is plain data, which can always be written.
    let letter = serde_json::to_string(&letter).ok().map(|json| (LetterEntry { council: code, year }, json));
    Taken { rows, letter, contradictions: Vec::new(), open: 0 }
}
