//! The boundaries folder: its files, checked against the register and the postcode sample.

pub(crate) mod hexes;
pub(crate) mod levels;
pub(crate) mod population;

use crate::{
    files::{self, FileError},
    finding::Finding,
    size::compressed,
};
use hexes::{Detailed, MeasuredHexes};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};
use upheld_domain::{
    boundary::{Layer, Sample, own_council, share_inside},
    check::Severity,
    compass::Place,
    council::{GssCode, Tier},
    register::Register,
    year::ReportingYear,
};
use upheld_sources::{boundaries::read_layer, postcodes::read_sample};

/// What a file of boundaries is for, and what it has to keep to.
#[derive(Clone, Copy)]
struct Level {
    /// What the file's name ends in.
    suffix: &'static str,
    /// The least share of postcodes inside their own council, in percent.
    least_share: f64,
    /// The most bytes that a web server may send.
    most_bytes: Option<usize>,
}

impl Level {
    fn is_detailed(&self) -> bool {
        !self.suffix.is_empty()
    }
}

const LEVELS: [Level; 2] = [
    // The first view.
    Level { suffix: "", least_share: 99.0, most_bytes: Some(70_000) },
    // What is loaded on zoom.
    Level { suffix: "-detail", least_share: 99.5, most_bytes: None },
];

/// How many faults of one file are listed: more say nothing new.
const MOST_LISTED: usize = 20;

const AGAIN: &str = "make the boundaries again: upheld geography";

/// A file of boundaries, measured.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Measured {
    /// The file.
    pub(crate) file: String,
    /// How many councils have a shape in it.
    pub(crate) councils: usize,
    /// How many vertices it draws.
    pub(crate) vertices: usize,
    /// Its size in bytes.
    pub(crate) bytes: usize,
    /// Bytes as a web server sends them.
    pub(crate) brotli: usize,
    /// The most of these that are allowed.
    pub(crate) most_brotli: Option<usize>,
    /// The share of sampled postcodes inside the shape of their own council, in percent.
    pub(crate) share_percent: Option<f64>,
    /// The least that is wanted.
    pub(crate) least_share_percent: f64,
}

impl Measured {
    /// Which of its budgets it misses, if any.
    pub(crate) fn missed(&self) -> Option<String> {
        if let Some(share) = self.too_coarse() {
            let least = self.least_share_percent;
            return Some(format!("{share:.2}% of postcodes in their own council, {least}% wanted"));
        }
        let most = self.most_brotli.filter(|most| self.brotli > *most)?;
        Some(format!("{} bytes compressed, {most} allowed", self.brotli))
    }

    /// The share of postcodes in their own council, in percent, where it is less than wanted.
    pub(crate) fn too_coarse(&self) -> Option<f64> {
        self.share_percent.filter(|share| *share < self.least_share_percent)
    }

    /// A line about it.
    pub(crate) fn line(&self) -> String {
        let Self { file, councils, vertices, brotli, .. } = self;
        let most = self.most_brotli.map(|most| format!(" of {most}")).unwrap_or_default();
        let share = self.share_percent.map_or_else(
            || "not measured by postcodes".to_owned(),
            |share| format!("{share:6.2}% of postcodes in their own council"),
        );
        format!("{file:28} {councils:3} councils {vertices:6} vertices {brotli:7}{most} bytes brotli {share}")
    }
}

/// What was found about the boundaries.
#[derive(Default)]
pub(crate) struct Checked {
    /// What is wrong with the files, or to be known about them.
    pub(crate) findings: Vec<Finding>,
    /// The files.
    pub(crate) files: Vec<Measured>,
    /// The hex maps.
    pub(crate) hexes: Vec<MeasuredHexes>,
}

/// The files of boundaries in `folder`.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let mut found = files::list_if_there(folder)?;
    found.retain(|path| path.extension().is_some_and(|extension| extension == "geojson"));
    Ok(found)
}

/// Which councils border on each other in any file of the first view in `folder`: each pair once, in order, by the codes that the
/// register files them under. Files that cannot be read have none; [`check`] says what is wrong with them.
///
/// # Errors
/// A file that cannot be opened.
pub(crate) fn neighbours(folder: &Path, register: &Register) -> Result<Vec<(GssCode, GssCode)>, FileError> {
    let mut pairs = BTreeSet::new();
    let found = list(folder)?;
    let known = |code| register.by_code(code).and_then(|id| register.get(id)).map(|council| council.code);
    for path in found.iter().filter(|path| !hexes::is_one(path)) {
        let is_detail = path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("-detail"));
        let Some(layer) = (if is_detail { None } else { read_layer(&files::read(path)?).ok() }) else { continue };
        for (one, other) in layer.neighbours() {
            if let (Some(one), Some(other)) = (known(one), known(other)) {
                pairs.insert((one.min(other), one.max(other)));
            }
        }
    }
    Ok(pairs.into_iter().collect())
}

/// Where each council lies that has a shape in any file of the first view in `folder`, by the code that the register files it under: in the last of them.
///
/// # Errors
/// A file that cannot be opened.
pub(crate) fn places(folder: &Path, register: &Register) -> Result<Vec<(GssCode, Place)>, FileError> {
    let mut places = BTreeMap::new();
    for tier in Tier::ALL {
        for vintage in register.vintages() {
            let path = folder.join(format!("{}-{}.geojson", tier.key(), vintage.key()));
            let layer = if path.is_file() { read_layer(&files::read(&path)?).ok() } else { None };
            for shape in layer.iter().flat_map(|layer| &layer.shapes) {
                let council = register.by_code(shape.code).and_then(|id| register.get(id));
                if let Some((council, place)) = council.zip(shape.place()) {
                    places.insert(council.code, place);
                }
            }
        }
    }
    Ok(places.into_iter().collect())
}

/// Checks the shapes of every file in `folder` and, where there is a `sample` of postcodes, measures them.
///
/// # Errors
/// A file that cannot be opened. What is wrong with a file is among the findings.
pub(crate) fn check(folder: &Path, register: &Register, sample: Option<&Path>) -> Result<Checked, FileError> {
    let mut checked = Checked::default();
    let found = list(folder)?;
    if found.is_empty() {
        // The tables can be built alone, and are by those who only want them.
        checked.say(Severity::Note, folder, "no boundaries, so that the map stays empty", AGAIN);
        return Ok(checked);
    }
    let measure_by = sample.map(|path| checked.sample(path)).transpose()?.flatten();
    let mut expected = Vec::new();
    let mut detailed = Detailed::new();
    for level in LEVELS {
        for tier in Tier::ALL {
            for vintage in register.vintages() {
                let name = format!("{}-{}{}.geojson", tier.key(), vintage.key(), level.suffix);
                let path = folder.join(name);
                if found.contains(&path) {
                    let file = Boundaries { path: &path, level, tier, vintage, register };
                    let layer = checked.file(&file, sample.is_some(), measure_by.as_ref())?;
                    if level.is_detailed() {
                        detailed.extend(layer.map(|layer| ((tier, vintage), layer)));
                    }
                } else {
                    checked.say(Severity::Error, &path, "no such file", AGAIN);
                }
                expected.push(path);
            }
        }
    }
    checked.hexes(folder, register, &detailed)?;
    let hexes =
        Tier::ALL.into_iter().flat_map(|tier| register.vintages().into_iter().map(move |vintage| (tier, vintage)));
    expected.extend(hexes.map(|(tier, vintage)| folder.join(hexes::file_name(tier, vintage))));
    for path in found.iter().filter(|path| !expected.contains(path)) {
        checked.say(
            Severity::Error,
            path,
            "boundaries of no tier and first year of a set of councils",
            "take the file away, or name it as lower-2024.geojson, lower-2024-detail.geojson or hex-lower-2024.geojson",
        );
    }
    Ok(checked)
}

/// One file and what it is to hold.
struct Boundaries<'a> {
    path: &'a Path,
    level: Level,
    tier: Tier,
    /// The first year of the set of councils that it shows.
    vintage: ReportingYear,
    register: &'a Register,
}

impl Checked {
    fn say(&mut self, severity: Severity, path: &Path, what: impl Into<String>, remedy: &str) {
        self.findings.push(Finding {
            severity,
            file: path.display().to_string(),
            row: None,
            column: None,
            what: what.into(),
            remedy: remedy.to_owned(),
        });
    }

    fn sample(&mut self, path: &Path) -> Result<Option<Sample>, FileError> {
        let text = String::from_utf8_lossy(&files::read(path)?).into_owned();
        match read_sample(&text) {
            Ok(sample) => Ok(Some(sample)),
            Err(error) => {
                self.say(Severity::Error, path, error.to_string(), AGAIN);
                Ok(None)
            }
        }
    }

    /// Checks one file; answers what it holds.
    fn file(
        &mut self,
        file: &Boundaries<'_>,
        measured: bool,
        sample: Option<&Sample>,
    ) -> Result<Option<Layer>, FileError> {
        let bytes = files::read(file.path)?;
        let layer = match read_layer(&bytes) {
            Ok(layer) => layer,
            Err(error) => {
                self.say(Severity::Error, file.path, error.to_string(), AGAIN);
                return Ok(None);
            }
        };
        self.shapes(file, &layer);
        if measured {
            self.measure(file, &layer, &bytes, sample);
        }
        Ok(Some(layer))
    }

    fn shapes(&mut self, file: &Boundaries<'_>, layer: &Layer) {
        let councils = file.register.in_tier(file.vintage, file.tier);
        let mut faults = layer.faults();
        faults.extend(layer.faults_against(councils.filter_map(|(_, council)| council.code_in(file.vintage))));
        for fault in faults.iter().take(MOST_LISTED) {
            self.say(Severity::Error, file.path, fault.to_string(), AGAIN);
        }
        if let Some(more) = faults.len().checked_sub(MOST_LISTED).filter(|more| *more > 0) {
            self.say(Severity::Error, file.path, format!("and {more} more faults of its shapes"), AGAIN);
        }
    }

    fn measure(&mut self, file: &Boundaries<'_>, layer: &Layer, bytes: &[u8], sample: Option<&Sample>) {
        let Level { least_share, most_bytes, .. } = file.level;
        let own = |group: &_| own_council(file.register, group, file.vintage, file.tier);
        let share = sample.map(|sample| share_inside(layer, sample, own).percent());
        let brotli = compressed(bytes);
        if let Some(share) = share.filter(|share| *share < least_share) {
            let what = format!(
                "{share:.2}% of the sampled postcodes lie inside their own council, of {least_share}% at least"
            );
            self.say(Severity::Error, file.path, what, "simplify it less, and make the boundaries again");
        }
        if let Some(most) = most_bytes.filter(|most| brotli > *most) {
            let what = format!("{brotli} bytes compressed, of {most} at most");
            self.say(Severity::Error, file.path, what, "simplify it more, and make the boundaries again");
        }
        self.files.push(Measured {
            file: file.path.display().to_string(),
            councils: layer.shapes.len(),
            vertices: layer.vertices(),
            bytes: bytes.len(),
            brotli,
            most_brotli: most_bytes,
            share_percent: share,
            least_share_percent: least_share,
        });
    }
}
