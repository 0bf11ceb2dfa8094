//! `upheld import figures`: the Ombudsman's yearly tables into `figures.csv`.

use super::changes::{self, Changes};
use crate::{
    commands::check::counted,
    files::{self, FileError},
};
use serde::Serialize;
use std::{
    io::{self, IsTerminal as _, Write},
    path::{Path, PathBuf},
};
use upheld_domain::{council::GssCode, evidence::SourceKind, holdings::Entry, register::Register, year::ReportingYear};
use upheld_sources::{
    council_names::Names,
    error::TableError,
    figures,
    intake::{self, Source},
    ombudsman_table::{self, Hints, OmbudsmanTable, ReadError, Subject},
    reading::SheetReading,
};

/// What `upheld import figures` is given.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Tables as CSV, XLSX or ODS, or Upheld's own figures.csv. What several files of one source print of a council and year is joined.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Reporting year, by the year in which it ends, where the files do not say it: 2024 is 2023-24.
    #[arg(long, value_name = "YEAR")]
    year: Option<ReportingYear>,
    /// What the tables are about, where their columns leave it open.
    #[arg(long, value_name = "SUBJECT", value_parser = subject)]
    subject: Option<Subject>,
    /// Address of the tables, or what document they are; the name of the file without it.
    #[arg(long, value_name = "ADDRESS")]
    source: Option<String>,
    /// Whose tables they are: ombudsman, letter, council or press.
    #[arg(long, value_name = "KIND", default_value = "ombudsman")]
    kind: SourceKind,
    /// Folder with the tables that are held.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Import what can be, and leave out the rows and cells that are named as not understood.
    #[arg(long)]
    partly: bool,
    /// Say what would change, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print what was read and what changes as JSON, for scripts.
    #[arg(long)]
    json: bool,
}

fn subject(text: &str) -> Result<Subject, String> {
    let known = [
        ("decided", Subject::Decided),
        ("compliance", Subject::Compliance),
        ("remedies", Subject::Remedies),
        ("overview", Subject::Overview),
    ];
    let found = known.iter().find(|(key, _)| *key == text).map(|(_, subject)| *subject);
    found.ok_or_else(|| format!("write {}", known.map(|(key, _)| key).join(", ")))
}

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{file}: {problem} – {}", .problem.remedy())]
    Read { file: String, problem: Box<ReadError> },
    #[error("{0}; nothing was written")]
    Own(String),
    #[error(
        "{0} named above not understood; nothing was written. Decide the names in name_decisions.csv and correct the cells, or leave them out with --partly"
    )]
    NotUnderstood(String),
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
    files: Vec<FileReport>,
    changes: changes::Report,
    written: bool,
}

#[derive(Serialize)]
struct FileReport {
    file: String,
    /// The rows of a file in Upheld's own form, with the sources that it names.
    rows: Option<usize>,
    sheets: Vec<SheetReport>,
    /// Sheets that were not read, each with why.
    sheets_left: Vec<String>,
}

#[derive(Serialize)]
struct SheetReport {
    sheet: Option<String>,
    subject: String,
    year: ReportingYear,
    year_said_by: Vec<String>,
    header_row: u64,
    matched: usize,
    unmatched: Vec<UnmatchedReport>,
    left_out: Vec<(String, u64)>,
    columns_not_read: Vec<String>,
    problems: Vec<String>,
    warnings: Vec<String>,
    /// Problems and warnings beyond those that are listed.
    unlisted: u64,
}

#[derive(Serialize)]
struct UnmatchedReport {
    row: u64,
    name: String,
    why: String,
    councils: Vec<String>,
}

/// Reads the files, says what they change, and writes it.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Error> {
    let (data, register) = changes::held(&arguments.data)?;
    let names = Names::new(&register, &data.decisions)
        .with_statistics(data.statistics_names.iter().map(|(code, name)| (*code, name.as_str())));
    let (mut entries, mut reports) = (Vec::new(), Vec::new());
    for path in &arguments.files {
        if io::stderr().is_terminal() {
            eprintln!("upheld: reading {}", path.display());
        }
        let bytes = files::read(path)?;
        let file = path.display().to_string();
        if figures::is_own(&bytes) {
            let rows = own(&file, &bytes)?;
            reports.push(FileReport { file, rows: Some(rows.len()), sheets: Vec::new(), sheets_left: Vec::new() });
            entries.extend(rows);
            continue;
        }
        let table = read(arguments, path, &bytes)?;
        let source = arguments.source.clone().unwrap_or_else(|| file_name(path));
        let source = Source { kind: arguments.kind, source };
        let mut sheets = Vec::new();
        for sheet in &table.sheets {
            let intake = intake::take(sheet, &names, &register, &source);
            sheets.push(sheet_report(SheetReading::of(sheet, &intake, &register), &register));
            entries.extend(intake.entries);
        }
        let sheets_left = table.left.iter().map(ToString::to_string);
        reports.push(FileReport { file, rows: None, sheets, sheets_left: sheets_left.collect() });
    }
    let changes = Changes::of(&data, &entries)?;
    let not_understood = not_understood(&reports);
    let refused = not_understood.is_some() && !arguments.partly;
    let writes = !arguments.dry_run && !refused && !changes.is_empty();
    // Written before it is said, so that what is said is true.
    if writes {
        changes.write(&arguments.data)?;
    }
    let mut out = io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &Report { files: reports, changes: changes.report(), written: writes })?;
        writeln!(out)?;
    } else {
        for file in &reports {
            say(&mut out, file)?;
        }
        changes.say(&mut out)?;
        let end = if changes.is_empty() {
            "There is nothing to change"
        } else if writes {
            "Written"
        } else {
            "Nothing was written"
        };
        writeln!(out, "{end}.")?;
    }
    match not_understood {
        Some(what) if refused => Err(Error::NotUnderstood(what)),
        _ => Ok(()),
    }
}

/// The rows of a file in Upheld's own form.
fn own(file: &str, bytes: &[u8]) -> Result<Vec<Entry>, Error> {
    let wrong =
        |errors: Vec<TableError>| Error::Own(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    let rows = figures::read(file, bytes).complete().map_err(wrong)?;
    Ok(rows.into_iter().map(|row| Entry { slug: None, ..row.value }).collect())
}

fn read(arguments: &Arguments, path: &Path, bytes: &[u8]) -> Result<OmbudsmanTable, Error> {
    let hints = Hints { year: arguments.year, subject: arguments.subject };
    let wrong = |problem| Error::Read { file: path.display().to_string(), problem: Box::new(problem) };
    ombudsman_table::read(&file_name(path), bytes, hints).map_err(wrong)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// How many rows and cells were not understood, in words; none where all were.
fn not_understood(reports: &[FileReport]) -> Option<String> {
    let sheets = || reports.iter().flat_map(|file| &file.sheets);
    let rows: usize = sheets().map(|sheet| sheet.unmatched.len()).sum();
    let cells: usize = sheets().map(|sheet| sheet.problems.len()).sum();
    match (rows, cells) {
        (0, 0) => None,
        (rows, 0) => Some(format!("{} {}", counted(rows, "row"), are(rows))),
        (0, cells) => Some(format!("{} {}", counted(cells, "cell"), are(cells))),
        (rows, cells) => Some(format!("{} and {} are", counted(rows, "row"), counted(cells, "cell"))),
    }
}

const fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// What was read of a sheet, as it is reported: rows by their number, councils by their names.
fn sheet_report(sheet: SheetReading, register: &Register) -> SheetReport {
    let name = |code: &GssCode| {
        let council = register.by_code(*code).and_then(|id| register.get(id));
        council.map(|council| council.name.clone()).unwrap_or_default()
    };
    let unmatched = sheet.questions.into_iter().map(|it| UnmatchedReport {
        row: it.row,
        name: it.name,
        why: it.why,
        councils: it.councils.iter().map(name).collect(),
    });
    SheetReport {
        unmatched: unmatched.collect(),
        sheet: sheet.sheet,
        subject: sheet.subject,
        year: sheet.year,
        year_said_by: sheet.year_said_by,
        header_row: sheet.header_row,
        matched: sheet.rows.len(),
        left_out: sheet.left_out,
        columns_not_read: sheet.columns_not_read,
        problems: sheet.problems,
        warnings: sheet.warnings,
        unlisted: sheet.unlisted,
    }
}

fn say(out: &mut impl Write, file: &FileReport) -> io::Result<()> {
    if let Some(rows) = file.rows {
        writeln!(out, "{}: {} in Upheld’s own form", file.file, counted(rows, "row"))?;
    }
    for sheet in &file.sheets {
        let name = sheet.sheet.as_ref().map(|name| format!(", sheet “{name}”")).unwrap_or_default();
        let by = sheet.year_said_by.join(", ");
        writeln!(out, "{}{name}: {}, {} (says {by})", file.file, sheet.subject, sheet.year)?;
        let left = sheet.left_out.iter().map(|(what, count)| format!("{count} {what}")).collect::<Vec<_>>();
        let left = if left.is_empty() { String::new() } else { format!("; left out: {}", left.join(", ")) };
        writeln!(out, "  {} matched, {} not{left}", counted(sheet.matched, "council"), sheet.unmatched.len())?;
        if !sheet.columns_not_read.is_empty() {
            writeln!(out, "  Columns that were not read: {}", sheet.columns_not_read.join("; "))?;
        }
        for it in &sheet.unmatched {
            writeln!(out, "  row {}: {:?}: {}: {}", it.row, it.name, it.why, it.councils.join("; "))?;
        }
        for line in sheet.problems.iter().chain(&sheet.warnings) {
            writeln!(out, "  {line}")?;
        }
        if sheet.unlisted > 0 {
            writeln!(out, "  and {} more", sheet.unlisted)?;
        }
    }
    for left in &file.sheets_left {
        writeln!(out, "{}: not read: {left}", file.file)?;
    }
    Ok(())
}
