//! `upheld import letter`: an annual letter, as it is shown, and its figures into `figures.csv`.

use super::changes::{self, Changes};
use crate::files::{self, FileError};
use serde::Serialize;
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};
use upheld_domain::{
    council::{Council, Slug},
    evidence::SourceKind,
    figures::Figures,
    holdings::Entry,
    register::{CouncilId, Register},
    year::ReportingYear,
};
use upheld_sources::{
    council_names::{NameMatch, Names},
    letter_pdf::{self, PdfError},
    letter_text::{self, LetterError, Reading},
};

/// What `upheld import letter` is given.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The letter, as PDF or as text.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The council that it is to, by its name in addresses, where the letter does not say it.
    #[arg(long, value_name = "SLUG")]
    council: Option<Slug>,
    /// The reporting year that it is about, by the year in which it ends, where the letter does not say it.
    #[arg(long, value_name = "YEAR")]
    year: Option<ReportingYear>,
    /// Address of the letter; without it, the letter by its date.
    #[arg(long, value_name = "ADDRESS")]
    source: Option<String>,
    /// Folder with the tables that are held.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Folder with the letters that are held.
    #[arg(long, value_name = "DIR", default_value = "assets/letters")]
    letters: PathBuf,
    /// Say what would change, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print what was read and what changes as JSON, for scripts.
    #[arg(long)]
    json: bool,
}

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{file}: {problem}")]
    Text { file: String, problem: LetterError },
    #[error("{file}: {problem}")]
    Pdf { file: String, problem: PdfError },
    #[error("no council has the slug {0}; take it from councils.csv")]
    UnknownSlug(Slug),
    #[error("{file}: it cannot be told which council the letter is to: {found}. Say it with --council SLUG")]
    UnknownCouncil { file: String, found: String },
    #[error("{file}: the letter is to {found}, not to {asked}; nothing was written")]
    OtherCouncil { file: String, found: String, asked: String },
    #[error(
        "{0}: the letter does not say which reporting year it is about. Say it with --year, such as 2024 for 2023-24"
    )]
    UnknownYear(String),
    #[error("{file}: the letter is about {found}, not {asked}; nothing was written")]
    OtherYear { file: String, found: ReportingYear, asked: ReportingYear },
    #[error(transparent)]
    Changes(#[from] changes::Error),
    #[error("what was read cannot be printed: {0}")]
    Output(#[from] io::Error),
    #[error("what was read cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// What was read and what it changes, for scripts.
#[derive(Serialize)]
struct Report {
    file: String,
    council: String,
    year: ReportingYear,
    figures: Figures,
    not_found: Vec<String>,
    warnings: Vec<String>,
    letter: &'static str,
    changes: changes::Report,
    written: bool,
}

/// Reads the letter, says what it changes, and writes it.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Error> {
    let (data, register) = changes::held(&arguments.data)?;
    let file = arguments.file.display().to_string();
    let mut reading = read(&arguments.file, &file)?;
    let year = year(&reading, arguments, &file)?;
    let names = Names::new(&register, &data.decisions);
    let (_, council) = council(&reading, year, &names, &register, arguments, &file)?;
    reading.letter.year = Some(year);
    reading.letter.source.clone_from(&arguments.source);

    let entries: Vec<Entry> = entry(&reading, council, year, arguments).into_iter().collect();
    let changes = Changes::of(&data, &entries)?;
    let place = arguments.letters.join(council.slug.as_str()).join(format!("{}.json", year.key()));
    let mut text = serde_json::to_vec_pretty(&reading.letter)?;
    text.push(b'\n');
    let letter = match files::read(&place) {
        Ok(held) if held == text => "unchanged",
        Ok(_) => "changed",
        Err(_) => "new",
    };
    let writes = !arguments.dry_run && (!changes.is_empty() || letter != "unchanged");
    if writes {
        files::write(&place, &text)?;
        changes.write(&arguments.data)?;
    }
    let report = Report {
        file,
        council: council.name.clone(),
        year,
        figures: reading.letter.figures(),
        not_found: reading.missing.iter().map(ToString::to_string).collect(),
        warnings: reading.warnings.iter().map(ToString::to_string).collect(),
        letter,
        changes: changes.report(),
        written: writes,
    };
    let mut out = io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        say(&mut out, &report, &changes, &place)?;
    }
    Ok(())
}

fn read(path: &Path, file: &str) -> Result<Reading, Error> {
    let bytes = files::read(path)?;
    if bytes.starts_with(b"%PDF") {
        letter_pdf::read(&bytes).map_err(|problem| Error::Pdf { file: file.to_owned(), problem })
    } else {
        letter_text::read(&bytes).map_err(|problem| Error::Text { file: file.to_owned(), problem })
    }
}

fn year(reading: &Reading, arguments: &Arguments, file: &str) -> Result<ReportingYear, Error> {
    match (reading.letter.year, arguments.year) {
        (Some(found), Some(asked)) if found != asked => Err(Error::OtherYear { file: file.to_owned(), found, asked }),
        (Some(year), _) | (None, Some(year)) => Ok(year),
        (None, None) => Err(Error::UnknownYear(file.to_owned())),
    }
}

fn council<'a>(
    reading: &Reading,
    year: ReportingYear,
    names: &Names<'_>,
    register: &'a Register,
    arguments: &Arguments,
    file: &str,
) -> Result<(CouncilId, &'a Council), Error> {
    let printed = reading.letter.council();
    let found = names.find(printed, year, None);
    let known = |id| register.get(id).map(|council| (id, council));
    let name = |id: &CouncilId| register.get(*id).map(|council| council.name.clone()).unwrap_or_default();
    let unknown = |found: String| Error::UnknownCouncil { file: file.to_owned(), found };
    if let Some(slug) = &arguments.council {
        let asked = register.by_slug(slug.as_str()).and_then(known).ok_or_else(|| Error::UnknownSlug(slug.clone()))?;
        return match found {
            NameMatch::Council { id, .. } if id != asked.0 => {
                Err(Error::OtherCouncil { file: file.to_owned(), found: name(&id), asked: asked.1.name.clone() })
            }
            _ => Ok(asked),
        };
    }
    match found {
        NameMatch::Council { id, .. } => known(id).ok_or_else(|| unknown(printed.to_owned())),
        _ if printed.is_empty() => Err(unknown("it names none".to_owned())),
        NameMatch::Ambiguous(ids) | NameMatch::NotThen(ids) | NameMatch::Unmatched { nearest: ids } => {
            let councils = ids.iter().map(name).collect::<Vec<_>>().join("; ");
            Err(unknown(format!("it names {printed:?}, and the nearest in {year} are {councils}")))
        }
        NameMatch::NotACouncil(kind) => Err(unknown(format!("it names {printed:?}, one of the {}", kind.label()))),
    }
}

/// The letter's figures as they are held; none where it prints none.
fn entry(reading: &Reading, council: &Council, year: ReportingYear, arguments: &Arguments) -> Option<Entry> {
    let figures = reading.letter.figures();
    let by_date = || match reading.letter.date.as_str() {
        "" => format!("annual review letter for {year}"),
        date => format!("annual review letter of {date}"),
    };
    (figures != Figures::default()).then(|| Entry {
        code: council.code_in(year).unwrap_or(council.code),
        authority: council.name.clone(),
        authority_type: council.council_type,
        year,
        figures,
        kind: SourceKind::Letter,
        source: arguments.source.clone().unwrap_or_else(by_date),
        slug: None,
    })
}

fn say(out: &mut impl Write, report: &Report, changes: &Changes, place: &Path) -> io::Result<()> {
    writeln!(out, "{}: a letter to {} about {}", report.file, report.council, report.year)?;
    for line in report.not_found.iter().chain(&report.warnings) {
        writeln!(out, "  {line}")?;
    }
    changes.say(out)?;
    writeln!(out, "{}: {}", place.display(), report.letter)?;
    let nothing = changes.is_empty() && report.letter == "unchanged";
    let end = match (report.written, nothing) {
        (true, _) => "Written",
        (_, true) => "There is nothing to change",
        _ => "Nothing was written",
    };
    writeln!(out, "{end}.")
}
