//! What an import of boundaries says: to a reader, or to a script.

use super::{Arguments, Error, Findings};
use crate::{boundaries::Measured, commands::check::counted, finding::Finding};
use serde::Serialize;
use std::{
    io::{self, Write},
    path::Path,
};
use upheld_domain::{check::Severity, council::Tier, year::ReportingYear};
use upheld_sources::ons_boundaries::{Coordinates, OnsBoundaries};

/// What came of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    Refused,
    NothingToChange,
    DryRun,
    Written,
}

/// What writing a file does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Change {
    New,
    Replaced,
    None,
}

/// What an import found, and did.
pub(super) struct Report {
    pub(super) outcome: Outcome,
    file: String,
    year: ReportingYear,
    /// The first year of the set of councils.
    pub(super) vintage: ReportingYear,
    tier: Tier,
    /// How many councils the result shows.
    pub(super) councils: usize,
    read: Option<Contents>,
    pub(super) files: Vec<(Change, Measured)>,
    pub(super) findings: Findings,
}

/// What the file holds.
#[derive(Debug, Clone, Serialize)]
struct Contents {
    property: String,
    national_grid: bool,
    areas: usize,
    wales: usize,
    scotland: usize,
    northern_ireland: usize,
}

#[derive(Serialize)]
struct Json<'a> {
    outcome: Outcome,
    file: &'a str,
    year: u16,
    vintage: u16,
    tier: &'static str,
    councils: usize,
    contents: Option<&'a Contents>,
    files: Vec<JsonFile<'a>>,
    findings: &'a [Finding],
}

#[derive(Serialize)]
struct JsonFile<'a> {
    change: Change,
    #[serde(flatten)]
    measured: &'a Measured,
}

impl Report {
    pub(super) fn new(arguments: &Arguments, vintage: ReportingYear) -> Self {
        Self {
            outcome: Outcome::Refused,
            file: arguments.file.display().to_string(),
            year: arguments.vintage,
            vintage,
            tier: arguments.tier,
            councils: 0,
            read: None,
            files: Vec::new(),
            findings: Vec::new(),
        }
    }

    pub(super) fn read(&mut self, read: &OnsBoundaries) {
        self.read = Some(Contents {
            property: read.property.clone(),
            national_grid: read.coordinates == Coordinates::NationalGrid,
            areas: read.shapes.len(),
            wales: read.left_out.wales,
            scotland: read.left_out.scotland,
            northern_ireland: read.left_out.northern_ireland,
        });
    }

    pub(super) fn print(&self, json: bool) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        if json {
            serde_json::to_writer_pretty(&mut out, &self.json())?;
            writeln!(out)?;
            return Ok(());
        }
        self.print_contents(&mut out)?;
        for (change, measured) in &self.files {
            let what = match change {
                Change::New => "new",
                Change::Replaced => "replaced",
                Change::None => "the same",
            };
            writeln!(out, "{what:9} {}", measured.line())?;
        }
        let changed = self.files.iter().filter(|(change, _)| *change != Change::None).count();
        match self.outcome {
            Outcome::Refused => Ok(()),
            Outcome::NothingToChange => writeln!(out, "Nothing to change."),
            Outcome::DryRun => writeln!(out, "{} to write; nothing was written.", counted(changed, "file")),
            Outcome::Written => writeln!(out, "{} written.", counted(changed, "file")),
        }?;
        Ok(())
    }

    fn print_contents(&self, out: &mut impl Write) -> io::Result<()> {
        let Some(read) = &self.read else { return Ok(()) };
        let put = if read.national_grid { ", put from the British National Grid into degrees" } else { "" };
        writeln!(out, "{}: {} of England by {}{put}", self.file, counted(read.areas, "area"), read.property)?;
        let others = [(read.wales, "Wales"), (read.scotland, "Scotland"), (read.northern_ireland, "Northern Ireland")];
        let others: Vec<String> = others
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, nation)| format!("{count} of {nation}"))
            .collect();
        if !others.is_empty() {
            writeln!(out, "left out: {}", others.join(", "))?;
        }
        if self.councils == 0 {
            return Ok(());
        }
        writeln!(out, "{}, {} tier: all {}", self.year, self.tier.key(), counted(self.councils, "council"))?;
        if self.year != self.vintage {
            writeln!(
                out,
                "The councils of {} are those of the set that began with {}: it is this set's boundaries that are replaced.",
                self.year, self.vintage
            )?;
        }
        Ok(())
    }

    fn json(&self) -> Json<'_> {
        Json {
            outcome: self.outcome,
            file: &self.file,
            year: self.year.key(),
            vintage: self.vintage.key(),
            tier: self.tier.key(),
            councils: self.councils,
            contents: self.read.as_ref(),
            files: self.files.iter().map(|(change, measured)| JsonFile { change: *change, measured }).collect(),
            findings: &self.findings,
        }
    }
}

/// A reason why a file is not taken.
pub(super) fn refusal(file: &Path, what: String, remedy: &str) -> Finding {
    Finding {
        severity: Severity::Error,
        file: file.display().to_string(),
        row: None,
        column: None,
        what,
        remedy: remedy.to_owned(),
    }
}

/// How many reasons are listed: more say nothing new. A whole tier of councils may be missing, and each is named.
const MOST_LISTED: usize = 500;

/// All reasons; only their number where they were printed as JSON.
pub(super) fn refusals(findings: &[Finding], json: bool) -> String {
    let summary = format!("{}; nothing was written", counted(findings.len(), "error"));
    if json {
        return summary;
    }
    let mut lines: Vec<String> = findings.iter().take(MOST_LISTED).map(Finding::to_string).collect();
    let more = findings.len().saturating_sub(MOST_LISTED);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines.push(summary);
    lines.join("\n")
}
