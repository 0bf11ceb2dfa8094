//! Reads a file of whatever kind: a table, an annual letter, figures in Upheld's own form.

use super::{FileReading, LetterReading, ReadRow, Refusal, SheetReading};
use crate::{
    council_names::{NameMatch, Names},
    error::TableError,
    figures,
    intake::{self, Source},
    letter_pdf,
    letter_text::{self, Reading},
    ombudsman_table::{self, Hints, ReadError, SheetFault},
};
use upheld_domain::{
    evidence::SourceKind,
    register::{CouncilId, Register},
    year::ReportingYear,
};

/// Reads `bytes`, a file called `name`, whose year is `year` where whoever opens it says so.
#[must_use]
pub fn read(
    name: &str,
    bytes: &[u8],
    year: Option<ReportingYear>,
    names: &Names<'_>,
    register: &Register,
) -> FileReading {
    if bytes.starts_with(b"%PDF") {
        return match letter_pdf::read(bytes) {
            Ok(reading) => letter(reading, year, names, register),
            Err(problem) => refused(&problem.to_string()),
        };
    }
    if figures::is_own(bytes) {
        return own(name, bytes);
    }
    match ombudsman_table::read(name, bytes, Hints { year, subject: None }) {
        Ok(table) => {
            let source = Source { kind: SourceKind::Ombudsman, source: String::new() };
            let sheets = table
                .sheets
                .iter()
                .map(|sheet| SheetReading::of(sheet, &intake::take(sheet, names, register, &source), register));
            FileReading::Tables { sheets: sheets.collect(), left: table.left.iter().map(ToString::to_string).collect() }
        }
        // Text that is no table may be a letter's.
        Err(ReadError::Sheet(fault @ SheetFault::NoHeader { .. })) => match letter_text::read(bytes) {
            Ok(reading) => letter(reading, year, names, register),
            Err(_) => no_table(&ReadError::Sheet(fault)),
        },
        Err(error) => no_table(&error),
    }
}

/// The refusal of a file of so many bytes, where that is more than is read at all: it need not be read first.
#[must_use]
pub fn too_large(bytes: f64) -> Option<FileReading> {
    let most = ombudsman_table::Limits::default().file_bytes;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is whole, and no file has 2^53 bytes"
    )]
    let (is_larger, bytes) = (bytes > most as f64, bytes as usize);
    is_larger.then(|| no_table(&ReadError::TooLarge { bytes, most }))
}

fn own(name: &str, bytes: &[u8]) -> FileReading {
    match figures::read(name, bytes).complete() {
        Ok(rows) => FileReading::Own { rows: rows.iter().map(|row| ReadRow::of(&row.value)).collect() },
        Err(errors) => {
            const MOST: usize = 5;
            let mut said: Vec<String> = errors.iter().take(MOST).map(TableError::to_string).collect();
            if errors.len() > MOST {
                said.push(format!("and {} more", errors.len() - MOST));
            }
            refused(&said.join("; "))
        }
    }
}

fn no_table(error: &ReadError) -> FileReading {
    let (asks_year, years) = match error {
        ReadError::Sheet(SheetFault::YearUnknown { found }) => (true, found.clone()),
        ReadError::Sheet(SheetFault::YearsDiffer { one, other }) => (true, vec![one.year, other.year]),
        _ => (false, Vec::new()),
    };
    FileReading::Refused(Refusal { problem: error.to_string(), remedy: error.remedy(), asks_year, years })
}

/// A refusal whose words say what to do after a dash.
fn refused(said: &str) -> FileReading {
    let (problem, remedy) = said.rsplit_once(" – ").unwrap_or((said, "open the file as the Ombudsman publishes it"));
    let (problem, remedy) = (problem.to_owned(), remedy.to_owned());
    FileReading::Refused(Refusal { problem, remedy, asks_year: false, years: Vec::new() })
}

fn letter(mut reading: Reading, year: Option<ReportingYear>, names: &Names<'_>, register: &Register) -> FileReading {
    reading.letter.year = reading.letter.year.or(year);
    let code = |id: CouncilId| register.get(id).map(|council| council.code);
    // Without a year any council may be meant: the name alone tells.
    let found = names.find(reading.letter.council(), reading.letter.year.unwrap_or(ReportingYear::LAST), None);
    let (council, councils) = match found {
        NameMatch::Council { id, .. } => (code(id), Vec::new()),
        NameMatch::Ambiguous(ids) | NameMatch::NotThen(ids) | NameMatch::Unmatched { nearest: ids } => (None, ids),
        NameMatch::NotACouncil(_) => (None, Vec::new()),
    };
    FileReading::Letter(Box::new(LetterReading {
        council,
        councils: councils.into_iter().filter_map(code).collect(),
        not_found: reading.missing.iter().map(ToString::to_string).collect(),
        warnings: reading.warnings.iter().map(ToString::to_string).collect(),
        letter: reading.letter,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        council_names::Names,
        councils,
        reading::{Answers, take},
    };

    fn register() -> Register {
        let rows = councils::read("councils.csv", include_bytes!("../../../data/councils.csv")).rows;
        Register::new(rows.into_iter().map(|row| row.value.council).collect()).unwrap()
    }

    fn reading(name: &str, bytes: &[u8], year: Option<u16>) -> FileReading {
        let register = register();
        let names = Names::new(&register, &[]);
        read(name, bytes, year.and_then(ReportingYear::ending), &names, &register)
    }

    const TABLE: &str =
        "Authority,Not upheld,Upheld,Uphold rate\nLuton BC,11,13,54%\nLutton,1,1,50%\nTotal,12,14,54%\n";

    #[test]
    fn a_table_gives_rows_questions_and_what_was_left_out() {
        let FileReading::Tables { sheets, .. } = reading("decided 2023-24.csv", TABLE.as_bytes(), None) else {
            panic!()
        };
        let [sheet] = sheets.as_slice() else { panic!("{sheets:?}") };
        assert_eq!((sheet.subject.as_str(), sheet.year.key(), sheet.rows.len()), ("complaints decided", 2024, 1));
        assert_eq!(sheet.questions[0].name, "Lutton");
        assert_eq!(sheet.questions[0].councils[0].as_str(), "E06000032");
        assert_eq!(sheet.left_out, [("totals".to_owned(), 1)]);
        let json = serde_json::to_string(&FileReading::Tables { sheets, left: Vec::new() }).unwrap();
        assert!(matches!(serde_json::from_str(&json), Ok(FileReading::Tables { .. })));
    }

    #[test]
    fn a_table_without_a_year_asks_for_it_and_is_read_with_it() {
        let FileReading::Refused(refusal) = reading("pasted", TABLE.as_bytes(), None) else { panic!() };
        assert!(refusal.asks_year, "{refusal:?}");
        let FileReading::Tables { sheets, .. } = reading("pasted", TABLE.as_bytes(), Some(2024)) else { panic!() };
        assert_eq!(sheets[0].year.key(), 2024);
    }

    #[test]
    fn a_letter_is_told_from_a_table() {
        let text = "22 July 2020\n\nMr Moor\nChief Executive\nLuton Borough Council\n\nDear Mr Moor\n\n\
            Annual Review letter 2020\n\nThis is the year to 31 March 2020.\n\nYours sincerely\n\nA. Person\n";
        let FileReading::Letter(letter) = reading("letter.txt", text.as_bytes(), None) else { panic!() };
        assert_eq!(letter.council.map(|code| code.to_string()).as_deref(), Some("E06000032"));
        let FileReading::Refused(refusal) = reading("notes.txt", b"Dinner at eight.\nBring wine.\n", None) else {
            panic!()
        };
        assert!(!refusal.asks_year && !refusal.remedy.is_empty(), "{refusal:?}");
    }

    #[test]
    fn what_was_read_is_taken_with_what_a_person_answers() {
        let register = register();
        let reading = reading("decided 2023-24.csv", TABLE.as_bytes(), None);
        let taken = take(&reading, &Answers::default(), &register);
        assert_eq!((taken.rows.len(), taken.open), (1, 1));
        let mut answers = Answers::default();
        answers.councils.insert((0, 3), "E06000032".parse().unwrap());
        let taken = take(&reading, &answers, &register);
        assert_eq!((taken.rows.len(), taken.open, taken.contradictions.len()), (1, 0, 3), "{taken:?}");
        answers.councils.insert((0, 3), "E06000033".parse().unwrap());
        let taken = take(&reading, &answers, &register);
        assert_eq!((taken.rows.len(), taken.open, taken.contradictions.len()), (2, 0, 0), "{taken:?}");
    }

    #[test]
    fn figures_in_upholds_own_form_keep_their_sources() {
        let file = include_bytes!("../../../data/figures.csv");
        let FileReading::Own { rows } = reading("figures.csv", file, None) else { panic!() };
        assert!(rows.iter().all(|row| !row.source.is_empty()));
        let FileReading::Refused(refusal) = reading("figures.csv", &file[..file.len() / 2 - 7], None) else { return };
        assert!(refusal.problem.contains("figures.csv:"), "{refusal:?}");
    }
}
