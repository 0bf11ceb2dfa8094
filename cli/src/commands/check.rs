//! `upheld check`: every fault of the data with its file, row, column and what to do.

use crate::{
    boundaries::{self, Measured, hexes::MeasuredHexes},
    data,
    files::FileError,
    finding::Finding,
    postcodes,
    size::kilobytes,
};
use serde::Serialize;
use std::{
    collections::BTreeSet,
    io::{self, Write},
    path::PathBuf,
};
use upheld_domain::{holdings::Holdings, register::Register};

/// What `upheld check` is given.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with the tables.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Folder with the boundaries.
    #[arg(long, value_name = "DIR", default_value = "geo")]
    geo: PathBuf,
    /// Sample of postcodes by which the boundaries are measured.
    #[arg(long, value_name = "FILE", default_value = "tests/postcodes-sample.txt")]
    sample: PathBuf,
    /// Print the findings as JSON, for scripts.
    #[arg(long)]
    json: bool,
}

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{0}; nothing can be built of the data before that is put right")]
    Faults(String),
    #[error("the findings cannot be printed: {0}")]
    Output(#[from] io::Error),
    #[error("the findings cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// What was checked, and what was found.
#[derive(Serialize)]
struct Report<'a> {
    errors: usize,
    notes: usize,
    findings: &'a [Finding],
    boundaries: &'a [Measured],
    hexes: &'a [MeasuredHexes],
    postcodes: Option<&'a postcodes::Measured>,
}

/// Checks, and prints what was found.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Error> {
    let data = data::load(&arguments.data)?;
    let mut findings = data.findings;
    // A register that contradicts itself is among the findings already.
    let (shapes, looked_up) = match Register::new(data.holdings.councils.clone()) {
        Ok(register) => (
            boundaries::check(&arguments.geo, &register, Some(&arguments.sample))?,
            postcodes::check(&arguments.geo, &register, true)?,
        ),
        Err(_) => Default::default(),
    };
    findings.extend(shapes.findings);
    findings.extend(looked_up.findings);
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let notes = findings.len() - errors;
    let mut out = io::stdout().lock();
    if arguments.json {
        let postcodes = looked_up.measured.as_ref();
        let (boundaries, hexes) = (&shapes.files[..], &shapes.hexes[..]);
        serde_json::to_writer_pretty(
            &mut out,
            &Report { errors, notes, findings: &findings, boundaries, hexes, postcodes },
        )?;
        writeln!(out)?;
    } else {
        list(&mut out, "Errors", findings.iter().filter(|finding| finding.is_error()))?;
        list(&mut out, "Notes", findings.iter().filter(|finding| !finding.is_error()))?;
        table(&mut out, &shapes.files)?;
        hexes(&mut out, &shapes.hexes)?;
        if let Some(measured) = &looked_up.measured {
            writeln!(out, "{measured}")?;
        }
        writeln!(out, "{}", summary(&data.holdings))?;
        writeln!(out, "{}, {}.", counted(errors, "error"), counted(notes, "note"))?;
    }
    if errors > 0 { Err(Error::Faults(counted(errors, "error"))) } else { Ok(()) }
}

fn list<'a>(out: &mut impl Write, title: &str, findings: impl Iterator<Item = &'a Finding>) -> io::Result<()> {
    let mut findings = findings.peekable();
    if findings.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "{title}")?;
    for finding in findings {
        writeln!(out, "{finding}")?;
    }
    writeln!(out)
}

/// The files of boundaries with what they have to keep to.
fn table(out: &mut impl Write, files: &[Measured]) -> io::Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let mut row = |[file, numbers @ ..]: [&str; 8]| {
        let numbers = numbers.map(|number| format!("{number:>9}")).join(" ");
        writeln!(out, "{file:34} {numbers}")
    };
    row(["Boundaries", "councils", "vertices", "bytes", "brotli", "at most", "postcodes", "at least"])?;
    for it in files {
        let most = it.most_brotli.map_or_else(|| "-".to_owned(), kilobytes);
        let share = it.share_percent.map_or_else(|| "-".to_owned(), |share| format!("{share:.2}%"));
        row([
            &it.file,
            &it.councils.to_string(),
            &it.vertices.to_string(),
            &kilobytes(it.bytes),
            &kilobytes(it.brotli),
            &most,
            &share,
            &format!("{:.1}%", it.least_share_percent),
        ])?;
    }
    writeln!(out)
}

/// The hex maps with what they keep of the ground.
fn hexes(out: &mut impl Write, files: &[MeasuredHexes]) -> io::Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let mut row = |[file, numbers @ ..]: [&str; 9]| {
        let numbers = numbers.map(|number| format!("{number:>9}")).join(" ");
        writeln!(out, "{file:34} {numbers}")
    };
    row(["Hex maps", "councils", "brotli", "kept", "of", "astray", "at most", "N to S", "W to E"])?;
    for it in files {
        row([
            &it.file,
            &it.councils.to_string(),
            &kilobytes(it.brotli),
            &format!("{:.1}%", it.neighbours_kept_percent),
            &it.neighbours.to_string(),
            &format!("{:.2}", it.mean_displacement),
            &format!("{:.2}", it.most_displacement),
            &format!("{:.1}%", it.north_south_percent),
            &format!("{:.1}%", it.west_east_percent),
        ])?;
    }
    for it in files {
        if let Some((same, all)) = it.stay {
            writeln!(out, "{:34} {same} of {all} councils stand where they stand in the next vintage", it.file)?;
        }
    }
    writeln!(out)
}

/// "1 error", "no errors".
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

fn summary(holdings: &Holdings) -> String {
    let about: BTreeSet<_> = holdings.figures.iter().map(|entry| entry.code).collect();
    let years: BTreeSet<_> = holdings.figures.iter().map(|entry| entry.year).collect();
    format!(
        "{} councils; {} rows of figures with {} codes in {} years; {} averages; {} national years; {} public reports.",
        holdings.councils.len(),
        holdings.figures.len(),
        about.len(),
        years.len(),
        holdings.averages.len(),
        holdings.national.len(),
        holdings.reports.len()
    )
}
