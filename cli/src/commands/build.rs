//! `upheld build`: checks the data, then writes the files that the app loads and that others reuse.

mod changelog;
mod council_file;
mod metadata;
mod ranks;

use crate::{
    boundaries,
    commands::check::counted,
    data::{self, Data},
    files::{self, FileError},
    finding::Finding,
    postcodes,
    size::{compressed, kilobytes},
};
use ranks::Ranks;
use std::{
    collections::BTreeSet,
    io::{self, Write},
    path::{Path, PathBuf},
};
use upheld_domain::{
    council::GssCode,
    edition::LetterEntry,
    error::{EditionError, ValueError},
    holdings::{Entry, Holdings},
    letter::Letter,
    register::Register,
    year::ReportingYear,
};
use upheld_pages::html::Html;
use upheld_sources::{boundaries::without_names, changelog::Change, figures, reading::PrintedNames};

/// What `upheld build` is given.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with the tables.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Folder with the boundaries.
    #[arg(long, value_name = "DIR", default_value = "geo")]
    geo: PathBuf,
    /// Folder with letters that have been imported; it need not exist.
    #[arg(long, value_name = "DIR", default_value = "assets/letters")]
    letters: PathBuf,
    /// Folder that the files are written to.
    #[arg(long, value_name = "DIR", default_value = ".build/site")]
    out: PathBuf,
}

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{}\n{}; nothing was written, see upheld check", lines(.0), counted(.0.len(), "error"))]
    Faults(Vec<Finding>),
    #[error("the data contradicts itself: {0}; see upheld check")]
    Edition(#[from] EditionError),
    #[error("{file}: {problem}; nothing was written")]
    Letter { file: String, problem: LetterProblem },
    #[error("what was written cannot be printed: {0}")]
    Output(#[from] io::Error),
    #[error("a file cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// What can be wrong with an imported letter.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LetterProblem {
    #[error("the folder {0:?} is no council’s slug; rename it to one of councils.csv")]
    UnknownCouncil(String),
    #[error("the file is to be named after its year, as 2020.json: {0}")]
    Year(ValueError),
    #[error("not a letter that can be read: {0}; import it again")]
    Unreadable(serde_json::Error),
}

fn lines(findings: &[Finding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The files of a site, by their place below its root.
type Site = Vec<(PathBuf, Vec<u8>)>;

/// Makes every file, and only then writes them.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Error> {
    let Data { mut holdings, findings, statistics_names, decisions, changes } = data::load(&arguments.data)?;
    refuse_errors(findings)?;
    let printed = PrintedNames { statistics: statistics_names, decisions };
    let register = Register::new(holdings.councils.clone())?;
    // How well they fit the postcodes is asked by upheld check: it takes longer than a build should.
    let shapes = boundaries::check(&arguments.geo, &register, None)?;
    let mut findings = shapes.findings;
    findings.extend(postcodes::check(&arguments.geo, &register, false)?.findings);
    for note in findings.iter().filter(|finding| !finding.is_error()) {
        eprintln!("upheld: {note}");
    }
    refuse_errors(findings)?;
    holdings.neighbours = boundaries::neighbours(&arguments.geo, &register)?;
    holdings.places = boundaries::places(&arguments.geo, &register)?;
    let letters = letters(&arguments.letters, &register)?;
    holdings.letters = letters.iter().map(|(entry, _)| entry.clone()).collect();

    let mut site = data_files(&holdings, &register, &printed, &changes)?;
    for path in boundaries::list(&arguments.geo)? {
        let bytes = files::read(&path)?;
        // The first map waits for the file of the first view, and takes its names from the edition.
        let is_detail = path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("-detail"));
        let served = if is_detail { bytes } else { without_names(&String::from_utf8_lossy(&bytes)).into_bytes() };
        site.push((Path::new("geo").join(name(&path)), served));
    }
    for path in postcodes::list(&arguments.geo)? {
        site.push((Path::new(postcodes::FOLDER).join(name(&path)), files::read(&path)?));
    }
    site.extend(letters.into_iter().flat_map(|(_, files)| files));

    // The bundler copies these folders, and one that is empty too.
    for folder in ["data", "geo", postcodes::FOLDER, "letters"] {
        files::make_folder(&arguments.out.join(folder))?;
    }
    for (place, bytes) in &site {
        files::write_if_changed(&arguments.out.join(place), bytes)?;
    }
    remove_others(&arguments.out, &site)?;
    say_what_was_written(&arguments.out, &site)?;
    Ok(())
}

fn refuse_errors(findings: Vec<Finding>) -> Result<(), Error> {
    let errors: Vec<Finding> = findings.into_iter().filter(Finding::is_error).collect();
    if errors.is_empty() { Ok(()) } else { Err(Error::Faults(errors)) }
}

/// The files below `data/v1`.
fn data_files(
    holdings: &Holdings,
    register: &Register,
    printed: &PrintedNames,
    changes: &[Change],
) -> Result<Site, Error> {
    let v1 = Path::new("data/v1");
    let parts = [
        ("edition.json", serde_json::to_vec(&holdings.edition_file())?),
        ("sources.json", serde_json::to_vec(&holdings.sources_file())?),
        ("names.json", serde_json::to_vec(&holdings.names_file())?),
        ("printed-names.json", serde_json::to_vec(printed)?),
        ("changelog.json", pretty(&changelog::json(changes))?),
        ("CHANGELOG.md", changelog::markdown(changes).into_bytes()),
        ("council.schema.json", council_file::SCHEMA.as_bytes().to_vec()),
    ];
    let figures = figures::write(&published(holdings, register)).into_bytes();
    let sizes: Vec<(&str, usize)> = parts.iter().map(|(name, bytes)| (*name, bytes.len())).collect();
    let package = metadata::data_package(holdings, figures.len(), &sizes);
    let mut site: Site = parts.into_iter().map(|(name, bytes)| (v1.join(name), bytes)).collect();
    site.push((v1.join("figures.csv"), figures));
    site.push((v1.join("figures.csv-metadata.json"), pretty(&metadata::csv_on_the_web(holdings))?));
    site.push((v1.join("datapackage.json"), pretty(&package)?));
    let edition = holdings.edition()?;
    let ranks = Ranks::of(&edition);
    for (id, council) in edition.register().iter() {
        let place = v1.join("council").join(format!("{}.json", council.slug));
        site.push((place, pretty(&council_file::council_file(&edition, &ranks, id, council))?));
    }
    Ok(site)
}

/// The rows of figures as they are published: sorted, each with its council's slug.
fn published(holdings: &Holdings, register: &Register) -> Vec<Entry> {
    let mut entries = holdings.figures.clone();
    entries.sort_by(|a, b| a.order().cmp(&b.order()));
    for entry in &mut entries {
        let council = register.by_code(entry.code).and_then(|id| register.get(id));
        entry.slug = council.map(|council| council.slug.clone());
    }
    entries
}

/// JSON for people: indented, with a line feed at its end.
fn pretty(value: &impl serde::Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The letters below `folder`, as `<slug>/<year>.json`: what each is, and its files on the site: as data, and set as HTML.
fn letters(folder: &Path, register: &Register) -> Result<Vec<(LetterEntry, Site)>, Error> {
    let mut letters = Vec::new();
    for council_folder in files::list_if_there(folder)?.into_iter().filter(|path| path.is_dir()) {
        let slug = name(&council_folder);
        let council = register.by_slug(&slug).and_then(|id| register.get(id)).map(|council| council.code);
        for path in files::list_if_there(&council_folder)? {
            let wrong = |problem| Error::Letter { file: path.display().to_string(), problem };
            let code: GssCode = council.ok_or_else(|| wrong(LetterProblem::UnknownCouncil(slug.clone())))?;
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let year: ReportingYear = stem.parse().map_err(|error| wrong(LetterProblem::Year(error)))?;
            let bytes = files::read(&path)?;
            let letter: Letter =
                serde_json::from_slice(&bytes).map_err(|error| wrong(LetterProblem::Unreadable(error)))?;
            let mut html = Html::default();
            upheld_pages::letter::write(&mut html, &letter);
            let place = |kind| Path::new("letters").join(&slug).join(format!("{}.{kind}", year.key()));
            let files = vec![(place("json"), bytes), (place("part"), html.written().into_bytes())];
            letters.push((LetterEntry { council: code, year }, files));
        }
    }
    Ok(letters)
}

fn name(path: &Path) -> String {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned()
}

/// Takes away what an earlier build wrote and this one did not: a council, a boundary, a postcode area or a letter that is gone.
fn remove_others(out: &Path, site: &Site) -> Result<(), FileError> {
    let kept: BTreeSet<PathBuf> = site.iter().map(|(place, _)| out.join(place)).collect();
    let mut folders = vec![out.join("data/v1/council"), out.join("geo"), out.join(postcodes::FOLDER)];
    folders.extend(files::list_if_there(&out.join("letters"))?);
    for folder in folders.into_iter().filter(|folder| folder.is_dir()) {
        for path in files::list_if_there(&folder)? {
            let kinds = ["json", "geojson", "part", "txt"];
            let ours = path.extension().is_some_and(|kind| kinds.iter().any(|ours| kind == *ours));
            if ours && !kept.contains(&path) {
                files::remove(&path)?;
            }
        }
    }
    Ok(())
}

fn say_what_was_written(out: &Path, site: &Site) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let many = ["data/v1/council", postcodes::FOLDER];
    for (place, bytes) in site.iter().filter(|(place, _)| !many.iter().any(|folder| place.starts_with(folder))) {
        let sent = kilobytes(compressed(bytes));
        writeln!(stdout, "{:44} {:>11} {sent:>11} brotli", place.display(), kilobytes(bytes.len()))?;
    }
    // Compressing these takes longer than a build should; upheld check tells what a look-up of a postcode costs.
    for folder in many {
        let sizes: Vec<usize> =
            site.iter().filter(|(place, _)| place.starts_with(folder)).map(|(_, bytes)| bytes.len()).collect();
        let place = format!("{folder}/ ({})", counted(sizes.len(), "file"));
        writeln!(stdout, "{place:44} {:>11}", kilobytes(sizes.iter().sum()))?;
    }
    writeln!(stdout, "{} in {}", counted(site.len(), "file"), out.display())
}
