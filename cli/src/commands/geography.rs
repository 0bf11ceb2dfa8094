//! `upheld geography`: makes the boundaries and the postcodes in `geo/`, and the postcode sample, from the published packages, and the hex maps from the boundaries.

mod directory;
mod districts;
mod layers;
mod sample;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use upheld_domain::boundary::{DissolveError, Fault, Layer, OutOfRange, Sample};
use upheld_domain::register::Register;
use upheld_domain::year::ReportingYear;
use upheld_sources::boundaries::{GeographyError, read_layer, write_layer};
use upheld_sources::packages::{Postcode, Wheel};
use upheld_sources::postcodes::{read_sample, write_sample};

use crate::boundaries::hexes::{self, Detailed};
use crate::boundaries::levels::{LEVELS, Level, faults};
use crate::data::{RegisterError, register};
use crate::files::{self, FileError};
use crate::finding::Finding;
use crate::postcodes;
use districts::Districts;

/// What `upheld geography` is given.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with the packages that `scripts/fetch-packages.sh` downloads.
    #[arg(long, value_name = "DIR", required_unless_present = "only")]
    packages: Option<PathBuf>,
    /// Make only a part.
    #[arg(long, value_enum, value_name = "PART")]
    only: Option<Part>,
    /// Folder that the boundaries and hex maps are written to, and the postcodes below it.
    #[arg(long, value_name = "DIR", default_value = "geo")]
    out: PathBuf,
    /// File that the postcode sample is written to.
    #[arg(long, value_name = "FILE", default_value = "tests/postcodes-sample.txt")]
    sample: PathBuf,
    /// Folder with the register of councils.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

/// A part of what is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The boundaries with their hex maps, and the postcode sample by which they are measured.
    Boundaries,
    /// The files in which postcodes are looked up.
    Postcodes,
    /// The hex maps, from the detailed boundaries that are in the folder: no packages are needed.
    Hexes,
}

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{file}: {error}")]
    Source { file: String, error: GeographyError },
    #[error("{0}: no file {prefix}*.whl; download the packages: scripts/fetch-packages.sh {0}", .folder.display())]
    NoPackage { folder: PathBuf, prefix: &'static str },
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error("the register has no lower-tier council of 2014 with the ons_name {0:?}; add it to data/councils.csv")]
    UnknownDistrict(String),
    #[error("the small areas hold no district {0:?}, which the register has as a lower-tier council of 2014")]
    DistrictWithoutArea(String),
    #[error(
        "the register does not say which {tier} council {district} belonged to in {year}; complete its county or successors in data/councils.csv"
    )]
    NoCouncilOver { district: String, year: ReportingYear, tier: &'static str },
    #[error(transparent)]
    Dissolve(#[from] DissolveError),
    #[error("{file} would be unsound: {first} ({count} faults in all); nothing was written")]
    Unsound { file: String, first: Fault, count: usize },
    #[error(
        "no packages: give their folder by --packages, as scripts/fetch-packages.sh fills it; only --only hexes needs none"
    )]
    NoPackages,
    #[error("{}: {error}; make the boundaries first", .file.display())]
    Detailed { file: PathBuf, error: GeographyError },
    #[error("the hex maps would not lie on the earth: {0}; nothing was written")]
    Hexes(#[from] OutOfRange),
    #[error("{file} would miss its budget: {problem}; nothing was written")]
    Budget { file: String, problem: String },
    #[error(transparent)]
    Directory(#[from] directory::DirectoryError),
    #[error("{0}; nothing was written")]
    Postcodes(Box<Finding>),
}

/// What the files say about how they were made.
const MADE: &str = "Dissolved from the super generalised Lower layer Super Output Areas of December 2011, clipped to the \
    coast, then simplified once per shared border, by the command `upheld geography`.";

/// Makes everything, checks it, and only then writes it.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Error> {
    let mut making = Making { progress: Progress::new(), files: Vec::new(), table: Vec::new() };
    if arguments.only == Some(Part::Hexes) {
        making.hexes_alone(arguments)?;
        return making.write();
    }
    let packages = arguments.packages.as_deref().ok_or(Error::NoPackages)?;
    making.progress.step("reading the postcode directory");
    let postcodes = directory::read_directory(packages)?;
    if arguments.only != Some(Part::Boundaries) {
        making.postcodes(arguments, &postcodes)?;
    }
    if arguments.only != Some(Part::Postcodes) {
        making.boundaries(arguments, packages, &postcodes)?;
    }
    making.write()
}

/// What is being made.
struct Making {
    progress: Progress,
    /// What is to be written.
    files: Vec<(PathBuf, String)>,
    /// What is to be said of it.
    table: Vec<String>,
}

impl Making {
    fn postcodes(&mut self, arguments: &Arguments, postcodes: &[Postcode]) -> Result<(), Error> {
        self.progress.step("files in which postcodes are looked up");
        let named = directory::lookup_files(postcodes)?;
        self.progress.step("checking and measuring them");
        let (register, _) = register(&arguments.data)?;
        let folder = arguments.out.join(postcodes::FOLDER);
        let checked = postcodes::check_texts(&folder, &named, &register, true);
        if let Some(finding) = checked.findings.into_iter().find(Finding::is_error) {
            return Err(Error::Postcodes(Box::new(finding)));
        }
        self.table.extend(checked.measured.map(|measured| measured.to_string()));
        self.files.extend(named.into_iter().map(|(name, text)| (folder.join(name), text)));
        Ok(())
    }

    fn boundaries(&mut self, arguments: &Arguments, packages: &Path, postcodes: &[Postcode]) -> Result<(), Error> {
        self.progress.step("reading the register and the small areas");
        let districts = Districts::read(&arguments.data, packages)?;
        self.progress.step("dissolving the small areas into districts");
        let borders = districts.borders()?;
        self.progress.step("sampling postcodes");
        let sample = write_sample(&sample::draw(postcodes, &districts, &borders)?, sample::NOTE);

        self.files.push((arguments.sample.clone(), sample.clone()));
        // Measured by what is written, to the metre, as everybody else will measure it.
        let source = |error| Error::Source { file: arguments.sample.display().to_string(), error };
        let sample = read_sample(&sample).map_err(source)?;
        let mut detailed = Detailed::new();
        for level in &LEVELS {
            self.progress.step(&format!("{} boundaries, {}", level.tier.key(), level.purpose));
            for (vintage, layer) in layers::make(&districts, &borders, level)? {
                let name = level.file_name(vintage);
                let text = write_layer(&layer, &level.members(vintage, MADE));
                self.table.push(checked(&name, &layer, &text, level, vintage, &districts.register, &sample)?);
                self.files.push((arguments.out.join(name), text));
                if level.is_detailed() {
                    detailed.insert((level.tier, vintage), layer);
                }
            }
        }
        self.hexes(arguments, &districts.register, &detailed)
    }

    /// Makes the hex maps from the detailed boundaries that are there.
    fn hexes_alone(&mut self, arguments: &Arguments) -> Result<(), Error> {
        self.progress.step("reading the register and the boundaries");
        let (register, _) = register(&arguments.data)?;
        let mut detailed = Detailed::new();
        for level in LEVELS.iter().filter(|level| level.is_detailed()) {
            for vintage in register.vintages() {
                let file = arguments.out.join(level.file_name(vintage));
                let layer = read_layer(&files::read(&file)?).map_err(|error| Error::Detailed { file, error })?;
                detailed.insert((level.tier, vintage), layer);
            }
        }
        self.hexes(arguments, &register, &detailed)
    }

    fn hexes(&mut self, arguments: &Arguments, register: &Register, detailed: &Detailed) -> Result<(), Error> {
        self.progress.step("arranging the councils as hexagons");
        let made = hexes::make(register, detailed)?;
        self.files.extend(made.into_iter().map(|(name, text)| (arguments.out.join(name), text)));
        Ok(())
    }

    fn write(mut self) -> Result<(), Error> {
        self.progress.step("writing");
        for (path, text) in &self.files {
            files::write(path, text.as_bytes())?;
        }
        self.progress.done(self.files.len());
        let mut out = std::io::stdout().lock();
        for row in self.table {
            // A reader that closed the pipe has seen enough.
            let _ = writeln!(out, "{row}");
        }
        Ok(())
    }
}

/// A line about a layer that is sound and within its budget.
fn checked(
    file: &str,
    layer: &Layer,
    text: &str,
    level: &Level,
    vintage: ReportingYear,
    register: &Register,
    sample: &Sample,
) -> Result<String, Error> {
    let faults = faults(layer, vintage, level.tier, register);
    if let Some(&first) = faults.first() {
        return Err(Error::Unsound { file: file.to_owned(), first, count: faults.len() });
    }
    let measured = level.measure(file.to_owned(), layer, text, vintage, register, Some(sample));
    if let Some(problem) = measured.missed() {
        return Err(Error::Budget { file: file.to_owned(), problem });
    }
    Ok(measured.line())
}

/// The one package of a folder whose name begins so.
fn package(folder: &Path, prefix: &'static str) -> Result<(String, Vec<u8>), Error> {
    let is_it = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(prefix) && path.extension().is_some_and(|extension| extension == "whl")
    };
    let found = files::list(folder)?.into_iter().find(is_it);
    let path = found.ok_or_else(|| Error::NoPackage { folder: folder.to_owned(), prefix })?;
    Ok((path.display().to_string(), files::read(&path)?))
}

/// Opens a package that [`package`] read.
fn open<'a>(file: &str, bytes: &'a [u8]) -> Result<Wheel<'a>, Error> {
    Wheel::open(bytes).map_err(|error| Error::Source { file: file.to_owned(), error })
}

/// Says what is being done, on a terminal; in a pipe it is quiet.
struct Progress {
    begun: Instant,
    shown: bool,
}

impl Progress {
    fn new() -> Self {
        Self { begun: Instant::now(), shown: std::io::stderr().is_terminal() }
    }

    fn step(&mut self, what: &str) {
        if self.shown {
            eprintln!("{:5.1} s  {what}", self.begun.elapsed().as_secs_f64());
        }
    }

    fn done(&mut self, files: usize) {
        self.step(&format!("{files} files written"));
    }
}
