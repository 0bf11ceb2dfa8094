//! The files in which postcodes are looked up: checked against the register, and measured.

use crate::{
    files::{self, FileError},
    finding::Finding,
    size::{compressed, kilobytes},
};
use serde::Serialize;
use std::{
    collections::BTreeSet,
    fmt,
    path::{Path, PathBuf},
};
use upheld_domain::{
    check::Severity,
    council::{CouncilType, GssCode},
    postcode::{Outside, Place, Shard, english_areas, file_name},
    register::Register,
};

/// The folder of these files, below that of the boundaries and below a site's root.
pub(crate) const FOLDER: &str = "postcodes";

/// The most bytes that a look-up may cost, as brotli: in the worst case, and in the mean over all English postcodes.
const MOST_BYTES: usize = 30_000;
const MOST_MEAN_BYTES: usize = 15_000;

const AGAIN: &str = "make the files again: upheld geography --only postcodes";

/// What the files hold, and what a look-up costs.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Measured {
    /// How many files there are: one for each postcode area.
    files: usize,
    /// How many postcodes are in England, terminated ones among them.
    english: u64,
    /// How many are across the border, in areas that cross it.
    outside: u64,
    /// How many are listed without a place.
    nowhere: u64,
    /// All files together, in bytes as they lie there.
    bytes: usize,
    /// All files together, as brotli.
    brotli: usize,
    /// What the look-up of an English postcode costs in the mean, as brotli.
    mean_brotli: usize,
    /// The most that it costs, as brotli.
    largest_brotli: usize,
    /// The file that costs most.
    largest: String,
    /// The sum of every file's size times its English postcodes, of which the mean is made.
    #[serde(skip)]
    weighed: u64,
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { files, english, outside, nowhere, bytes, brotli, mean_brotli, largest_brotli, largest, .. } = self;
        let [bytes, brotli, mean, most] = [*bytes, *brotli, *mean_brotli, *largest_brotli].map(kilobytes);
        let [most_mean, most_allowed] = [MOST_MEAN_BYTES, MOST_BYTES].map(kilobytes);
        write!(
            f,
            "{english} English postcodes ({outside} across a border, {nowhere} without a place) in {files} files: {bytes}, {brotli} brotli. \
             A look-up costs {mean} brotli in the mean (at most {most_mean}), {most} for {largest} (at most {most_allowed})."
        )
    }
}

impl Measured {
    fn add(&mut self, name: &str, shard: &Shard<'_>, bytes: usize, brotli: usize) {
        for share in shard.totals() {
            let count = match share.place {
                Place::District(_) => &mut self.english,
                Place::Outside(_) => &mut self.outside,
                Place::Nowhere => &mut self.nowhere,
            };
            *count += u64::from(share.postcodes);
        }
        self.files += 1;
        self.bytes += bytes;
        self.brotli += brotli;
        self.weighed += brotli as u64 * u64::from(shard.english());
        let mean = self.weighed.checked_div(self.english).unwrap_or_default();
        self.mean_brotli = usize::try_from(mean).unwrap_or(usize::MAX);
        if brotli > self.largest_brotli {
            self.largest_brotli = brotli;
            name.clone_into(&mut self.largest);
        }
    }
}

/// What was found about the files.
#[derive(Default)]
pub(crate) struct Checked {
    /// What is wrong with them, or to be known about them.
    pub(crate) findings: Vec<Finding>,
    /// What they hold; none where there are none, or where nothing was measured.
    pub(crate) measured: Option<Measured>,
}

/// The files of `geo` that are served, with what they hold: those for look-ups, and what says how to read them.
pub(crate) fn list(geo: &Path) -> Result<Vec<PathBuf>, FileError> {
    let mut found = files::list_if_there(&geo.join(FOLDER))?;
    found.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    Ok(found)
}

/// Checks the files below `geo` against `register` and, if they are to be measured, against what a look-up may cost.
///
/// # Errors
/// A file that cannot be opened. What is wrong with a file is among the findings.
pub(crate) fn check(geo: &Path, register: &Register, measured: bool) -> Result<Checked, FileError> {
    let folder = geo.join(FOLDER);
    let mut named = Vec::new();
    for path in list(geo)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        named.push((name, String::from_utf8_lossy(&files::read(&path)?).into_owned()));
    }
    Ok(check_texts(&folder, &named, register, measured))
}

/// Checks files by their names, as they lie, or are to lie, in `folder`.
pub(crate) fn check_texts(folder: &Path, named: &[(String, String)], register: &Register, measured: bool) -> Checked {
    let mut checked = Checked::default();
    if named.is_empty() {
        checked.say(Severity::Note, folder, "no postcodes, so that none can be looked up");
        return checked;
    }
    let mut with_postcodes = BTreeSet::new();
    let mut sums = Measured::default();
    for area in english_areas() {
        let name = file_name(area);
        let path = folder.join(&name);
        let Some((_, text)) = named.iter().find(|(other, _)| *other == name) else {
            checked.say(Severity::Error, &path, "no such file");
            continue;
        };
        let shard = match Shard::read(text) {
            Ok(shard) => shard,
            Err(error) => {
                checked.say(Severity::Error, &path, error.to_string());
                continue;
            }
        };
        if shard.area() != area {
            checked.say(Severity::Error, &path, format!("it holds the postcodes of {}", shard.area()));
        }
        for place in shard.places() {
            if let Some(wrong) = unknown(place, register) {
                checked.say(Severity::Error, &path, wrong);
            }
            if let Place::District(code) = place {
                with_postcodes.insert(code);
            }
        }
        if measured {
            let brotli = compressed(text.as_bytes());
            sums.add(&name, &shard, text.len(), brotli);
            if brotli > MOST_BYTES {
                checked.say(Severity::Error, &path, format!("{brotli} bytes compressed, of {MOST_BYTES} at most"));
            }
        }
    }
    for (name, _) in named {
        if name != "README.txt" && !english_areas().any(|area| file_name(area) == *name) {
            checked.say(Severity::Error, &folder.join(name), "a file of no English postcode area");
        }
    }
    for council in missing(&with_postcodes, register) {
        checked.say(Severity::Error, folder, format!("no postcode is in {council}"));
    }
    if measured {
        if sums.mean_brotli > MOST_MEAN_BYTES {
            let what = format!(
                "{} bytes compressed for a look-up in the mean, of {MOST_MEAN_BYTES} at most",
                sums.mean_brotli
            );
            checked.say(Severity::Error, folder, what);
        }
        checked.measured = Some(sums);
    }
    checked
}

/// What is wrong with a place, if anything is: not a district or single-tier council of today, nor across a border.
fn unknown(place: Place, register: &Register) -> Option<String> {
    match place {
        Place::Nowhere | Place::Outside(Outside::Wales | Outside::Scotland) => None,
        Place::Outside(outside) => Some(format!("{outside:?} is across no border of England")),
        Place::District(code) => {
            let council = register.by_code(code).and_then(|id| register.get(id));
            match council {
                None => Some(format!("{code} is not in the register")),
                Some(council) if council.code != code || council.last_year.is_some() => {
                    Some(format!("{code}, of {}, is not a code of today", council.name))
                }
                Some(council) if council.council_type == CouncilType::County => {
                    Some(format!("{code} is a county’s, {}: postcodes go by districts", council.name))
                }
                Some(_) => None,
            }
        }
    }
}

/// The names of districts and single-tier councils of today in which no postcode lies.
fn missing<'a>(with_postcodes: &BTreeSet<GssCode>, register: &'a Register) -> impl Iterator<Item = &'a str> {
    let today = register.councils().iter().filter(|council| council.last_year.is_none());
    let lower = today.filter(|council| council.council_type != CouncilType::County);
    lower.filter(|council| !with_postcodes.contains(&council.code)).map(|council| council.name.as_str())
}

impl Checked {
    fn say(&mut self, severity: Severity, path: &Path, what: impl Into<String>) {
        self.findings.push(Finding {
            severity,
            file: path.display().to_string(),
            row: None,
            column: None,
            what: what.into(),
            remedy: AGAIN.to_owned(),
        });
    }
}
