//! `upheld explain`: every number about one council in one year, with its inputs, its formula and its sources.

use crate::{
    commands::check::counted,
    data::{self, Data},
    files::FileError,
};
use std::{
    io::{self, Write},
    path::PathBuf,
};
use upheld_domain::{
    edition::Edition,
    error::{EditionError, ValueError},
    explain::{Explanation, Number, explain},
    register::{CouncilId, Register},
    search::Index,
    words::list,
    year::ReportingYear,
};
use upheld_sources::council_names::{NameMatch, Names};

/// What `upheld explain` is given.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The council's name in addresses, as luton-borough-council.
    slug: String,
    /// The reporting year, as 2024 or 2023-24.
    year: String,
    /// Folder with the tables.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Print it as JSON, for scripts.
    #[arg(long)]
    json: bool,
}

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{0}; nothing can be explained of the data before that is put right, see upheld check")]
    Faults(String),
    #[error("the data contradicts itself: {0}; see upheld check")]
    Edition(#[from] EditionError),
    #[error("{0}")]
    Year(ValueError),
    #[error("no council is called {0:?} in addresses{1}")]
    Council(String, String),
    #[error("{0} did not exist in {1}, and the edition holds no figures of it for that year{2}")]
    NotThen(String, ReportingYear, String),
    #[error("it cannot be printed: {0}")]
    Output(#[from] io::Error),
    #[error("it cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// Explains, and prints it.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Error> {
    let year: ReportingYear = arguments.year.parse().map_err(Error::Year)?;
    let Data { holdings, findings, .. } = data::load(&arguments.data)?;
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    if errors > 0 {
        return Err(Error::Faults(counted(errors, "error")));
    }
    let edition = holdings.edition()?;
    let id = council(&edition, &arguments.slug, year)?;
    let unknown = || Error::Council(arguments.slug.clone(), String::new());
    let explanation = explain(&edition, id, year).ok_or_else(unknown)?;
    let mut out = io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &explanation)?;
        writeln!(out)?;
    } else {
        write(&mut out, &explanation)?;
    }
    Ok(())
}

/// The council called `slug`, of which there is something to say in `year`.
fn council(edition: &Edition, slug: &str, year: ReportingYear) -> Result<CouncilId, Error> {
    let register = edition.register();
    let found = register.by_slug(slug).and_then(|id| Some((id, register.get(id)?)));
    let Some((id, council)) = found else {
        return Err(Error::Council(slug.to_owned(), nearest(register, slug, year)));
    };
    if !council.existed_in(year) && edition.figures(id, year).is_none() {
        let years: Vec<String> = edition.years_of(id).map(|year| year.to_string()).collect();
        let held = if years.is_empty() { String::new() } else { format!("; it holds some for {}", list(&years)) };
        return Err(Error::NotThen(council.name.clone(), year, held));
    }
    Ok(id)
}

/// The slugs that are nearest to one that is none, in words.
fn nearest(register: &Register, slug: &str, year: ReportingYear) -> String {
    let query = slug.replace('-', " ");
    let mut ids: Vec<CouncilId> = Index::new(register).find(register, &query, 3).iter().map(|hit| hit.id).collect();
    if ids.is_empty()
        && let NameMatch::Unmatched { nearest } = Names::new(register, &[]).find(&query, year, None)
    {
        ids = nearest;
    }
    let slugs: Vec<&str> = ids.iter().filter_map(|id| Some(register.get(*id)?.slug.as_str())).collect();
    match slugs.as_slice() {
        [] => "; councils.csv has them all".to_owned(),
        [one] => format!("; the nearest is {one}"),
        _ => format!("; the nearest are {}", list(&slugs)),
    }
}

/// Writes it for a person to read.
fn write(out: &mut impl Write, explanation: &Explanation) -> io::Result<()> {
    let Explanation { council, slug, kind, year, period, edition, notes, sections } = explanation;
    writeln!(out, "{council} ({slug}), {kind}, {year}")?;
    writeln!(out, "{period}; edition of {edition}")?;
    for note in notes {
        writeln!(out, "{note}")?;
    }
    for section in sections.iter().filter(|section| !section.numbers.is_empty()) {
        writeln!(out, "\n{}", section.title)?;
        for number in &section.numbers {
            write_number(out, number)?;
        }
    }
    Ok(())
}

fn write_number(out: &mut impl Write, number: &Number) -> io::Result<()> {
    // A percentage says its unit itself.
    let unit = match number.unit {
        "" | "percent" => String::new(),
        unit => format!(" {unit}"),
    };
    writeln!(out, "  {}: {}{unit}", number.name, number.text)?;
    if let Some(formula) = number.formula {
        writeln!(out, "    {formula}")?;
    }
    for input in &number.inputs {
        writeln!(out, "    {} = {}", input.name, input.text)?;
    }
    for source in &number.sources {
        writeln!(out, "    {} prints {} ({}): {}", source.by, source.printed, source.status.words(), source.source)?;
    }
    if let Some(note) = &number.note {
        writeln!(out, "    {note}")?;
    }
    Ok(())
}
