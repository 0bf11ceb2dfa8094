//! The hex maps in `geo/`: how they are made, and what has to be true of them.

use super::{Checked, levels};
use crate::{
    files::{self, FileError},
    size::compressed,
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};
use upheld_domain::{
    boundary::{Layer, OutOfRange},
    cartogram::{Arrangement, Cell, Frame, Quality, Search, arrange_all, parts},
    check::Severity,
    council::{GssCode, Region, Tier},
    register::Register,
    year::ReportingYear,
};
use upheld_sources::{
    boundaries::without_names,
    hexes::{read_hexes, write_hexes},
};

/// How the arrangement of a tier is sought: more moves keep hardly one neighbour more. Of thirty seeds each, these keep about as many neighbours as the best, and
/// their England is the easiest to recognise.
const fn search(tier: Tier) -> Search {
    let seed = match tier {
        Tier::Upper => 5,
        Tier::Lower => 22,
    };
    Search { thousands: 3_000, seed }
}

/// The most bytes that a web server may send of one.
const MOST_BYTES: usize = 8_192;

const AGAIN: &str = "arrange the councils again: upheld geography --only hexes";

const MADE: &str = "An arrangement made by Upheld, not a geography: every council is one equal hexagon, beside its neighbours as far as they can all \
    be kept. Longitudes and latitudes are such that the hexagons are regular in Web Mercator. Made by the command `upheld geography`.";

/// The detailed boundaries of each vintage of each tier.
pub(crate) type Detailed = BTreeMap<(Tier, ReportingYear), Layer>;

/// Such as `hex-lower-2024.geojson`.
pub(crate) fn file_name(tier: Tier, vintage: ReportingYear) -> String {
    format!("hex-{}-{}.geojson", tier.key(), vintage.key())
}

/// Whether a file of the folder is a hex map.
pub(crate) fn is_one(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("hex-"))
}

/// The files of all hex maps, by their names, out of the detailed boundaries.
///
/// # Errors
/// None where the boundaries lie in England.
pub(crate) fn make(register: &Register, detailed: &Detailed) -> Result<Vec<(String, String)>, OutOfRange> {
    let of_tier = |tier: Tier| {
        let layers: Vec<(ReportingYear, Layer)> = detailed
            .iter()
            .filter(|((of, _), _)| *of == tier)
            .map(|((_, vintage), layer)| (*vintage, layer.clone()))
            .collect();
        files_of(register, tier, &layers)
    };
    // A processor for each tier, if there are two.
    let (upper, lower) = std::thread::scope(|scope| {
        let upper = scope.spawn(|| of_tier(Tier::Upper));
        let lower = of_tier(Tier::Lower);
        (upper.join().unwrap_or_else(|_| of_tier(Tier::Upper)), lower)
    });
    let mut files = lower?;
    files.extend(upper?);
    Ok(files)
}

fn files_of(
    register: &Register,
    tier: Tier,
    layers: &[(ReportingYear, Layer)],
) -> Result<Vec<(String, String)>, OutOfRange> {
    let arranged = arrange_all(register, layers, search(tier));
    let all = arranged.values().flat_map(BTreeMap::values).copied();
    let Some(frame) = layers.last().and_then(|(_, ground)| Frame::within(ground, all)) else { return Ok(Vec::new()) };
    let short_name = |code: GssCode| {
        let council = register.by_code(code).and_then(|id| register.get(id));
        council.map(|council| council.short_name.clone()).unwrap_or_default()
    };
    let file = |(vintage, cells): (&ReportingYear, &Arrangement)| {
        let hexagons = frame.layer(cells, short_name)?;
        let text = write_hexes(&hexagons, cells, &levels::members(tier, *vintage, MADE));
        Ok((file_name(tier, *vintage), text))
    };
    arranged.iter().map(file).collect()
}

/// A hex map, measured.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MeasuredHexes {
    /// The file.
    pub(crate) file: String,
    /// How many councils have a hexagon in it.
    pub(crate) councils: usize,
    /// Bytes as a web server sends them, without names.
    pub(crate) brotli: usize,
    /// How many pairs of councils share a border on the ground.
    pub(crate) neighbours: u32,
    /// How many of these are side by side.
    pub(crate) neighbours_kept: u32,
    /// The same as a share, in percent.
    pub(crate) neighbours_kept_percent: f64,
    /// How far councils are from the ground, best fitted, on average, in widths of a cell.
    pub(crate) mean_displacement: f64,
    /// How far the farthest is.
    pub(crate) most_displacement: f64,
    /// The share of pairs whose order from north to south is that of the ground, in percent.
    pub(crate) north_south_percent: f64,
    /// The same from west to east.
    pub(crate) west_east_percent: f64,
    /// Of the councils that are in the next vintage too, how many have the same cell there; none for the last vintage.
    pub(crate) stay: Option<(usize, usize)>,
}

impl Checked {
    /// Checks the hex maps of a folder against the boundaries.
    pub(super) fn hexes(&mut self, folder: &Path, register: &Register, detailed: &Detailed) -> Result<(), FileError> {
        for tier in Tier::ALL {
            let mut later: Option<Arrangement> = None;
            for vintage in register.vintages().into_iter().rev() {
                let path = folder.join(file_name(tier, vintage));
                if !path.exists() {
                    self.say(Severity::Error, &path, "no such file", AGAIN);
                    continue;
                }
                let bytes = files::read(&path)?;
                match read_hexes(&bytes) {
                    Ok((hexagons, cells)) => {
                        // What is wrong with the boundaries themselves is said of them.
                        let ground = detailed.get(&(tier, vintage));
                        for what in faults(&hexagons, &cells, ground, register, tier, vintage) {
                            self.say(Severity::Error, &path, what, AGAIN);
                        }
                        let measured = measure(&path, &bytes, ground, &cells, later.as_ref(), register);
                        if measured.brotli > MOST_BYTES {
                            let what = format!("{} bytes compressed, of {MOST_BYTES} at most", measured.brotli);
                            self.say(Severity::Error, &path, what, AGAIN);
                        }
                        self.hexes.push(measured);
                        later = Some(cells);
                    }
                    Err(error) => self.say(Severity::Error, &path, error.to_string(), AGAIN),
                }
            }
        }
        Ok(())
    }
}

/// What is wrong with a hex map, in words.
fn faults(
    hexagons: &Layer,
    cells: &Arrangement,
    ground: Option<&Layer>,
    register: &Register,
    tier: Tier,
    vintage: ReportingYear,
) -> Vec<String> {
    let mut faults: Vec<String> =
        levels::faults(hexagons, vintage, tier, register).iter().map(ToString::to_string).collect();
    let mut held: BTreeMap<Cell, GssCode> = BTreeMap::new();
    for (code, cell) in cells {
        if let Some(other) = held.insert(*cell, *code) {
            faults.push(format!("{other} and {code} have the same cell, column {}, row {}", cell.col, cell.row));
        }
    }
    let drawn = hexagons.neighbours();
    let beside: BTreeSet<(GssCode, GssCode)> = held
        .iter()
        .flat_map(|(cell, code)| cell.beside().map(|beside| (*code, held.get(&beside).copied())))
        .filter_map(|(code, other)| other.filter(|other| code < *other).map(|other| (code, other)))
        .collect();
    for (one, other) in drawn.symmetric_difference(&beside) {
        faults.push(format!("{one} and {other} are side by side by their cells or by their hexagons, and not by both"));
    }
    let Some(ground) = ground else { return faults };
    let borders: BTreeSet<GssCode> = ground.neighbours().into_iter().flat_map(|(one, other)| [one, other]).collect();
    let apart = |named: &str, councils: &mut dyn Iterator<Item = GssCode>| {
        let parts = parts(cells, councils.filter(|code| borders.contains(code)));
        (parts.len() > 1).then(|| format!("{named} is in {} parts, islands aside", parts.len()))
    };
    faults.extend(apart("England", &mut cells.keys().copied()));
    for region in Region::ALL {
        let is_of = |code: &GssCode| {
            register.by_code(*code).and_then(|id| register.get(id)).is_some_and(|council| council.region == region)
        };
        faults.extend(apart(region.name(), &mut cells.keys().copied().filter(is_of)));
    }
    for code in cells.keys().filter(|code| !borders.contains(code)) {
        if drawn.iter().any(|(one, other)| one == code || other == code) {
            faults.push(format!("{code} is an island, and stands beside another council"));
        }
    }
    faults
}

fn measure(
    path: &Path,
    bytes: &[u8],
    ground: Option<&Layer>,
    cells: &Arrangement,
    later: Option<&Arrangement>,
    register: &Register,
) -> MeasuredHexes {
    let quality = ground.map(|ground| Quality::of(ground, cells)).unwrap_or_default();
    let served = without_names(&String::from_utf8_lossy(bytes));
    let stay = later.map(|later| {
        let later: BTreeMap<_, Cell> =
            later.iter().filter_map(|(code, cell)| Some((register.by_code(*code)?, *cell))).collect();
        let both = cells.iter().filter_map(|(code, cell)| Some((*cell, *later.get(&register.by_code(*code)?)?)));
        both.fold((0, 0), |(same, all), (cell, then)| (same + usize::from(cell == then), all + 1))
    });
    MeasuredHexes {
        file: path.display().to_string(),
        councils: cells.len(),
        brotli: compressed(served.as_bytes()),
        neighbours: quality.pairs,
        neighbours_kept: quality.kept,
        neighbours_kept_percent: quality.share_kept() * 100.0,
        mean_displacement: quality.mean_displacement,
        most_displacement: quality.most_displacement,
        north_south_percent: quality.north_south * 100.0,
        west_east_percent: quality.west_east * 100.0,
        stay,
    }
}
