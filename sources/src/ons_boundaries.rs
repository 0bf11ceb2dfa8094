//! Boundaries as the Office for National Statistics publishes them on its Open Geography Portal: GeoJSON of local authority districts
//! (`LAD24CD`) or of counties and unitary authorities (`CTYUA24CD`), at any level of detail.
//!
//! The portal gives longitude and latitude, or the British National Grid, which is put into degrees on reading
//! ([`crate::national_grid`]). Whether the councils are those of a year, and whether they lie side by side, is asked of what comes out.

mod coordinates;
mod error;
mod features;
mod limits;

pub use error::OnsError;
pub use limits::Limits;

use crate::national_grid::to_wgs84;
use features::{Collection, Feature};
use std::collections::BTreeMap;
use upheld_domain::boundary::{Polygon, Position, Ring, Shape};
use upheld_domain::council::GssCode;

/// The English areas of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct OnsBoundaries {
    /// Which councils its areas are.
    pub division: Division,
    /// The property that its codes stand in, as the file writes it: `LAD24CD`.
    pub property: String,
    /// In what its coordinates are.
    pub coordinates: Coordinates,
    /// The areas, in the order of their codes, each with the name that the file has for it (empty if none). Rings are closed, but may
    /// run either way.
    pub shapes: Vec<Shape>,
    /// What is not England's.
    pub left_out: LeftOut,
}

/// Which councils the areas of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Division {
    /// Local authority districts: districts and single-tier councils.
    Districts,
    /// Counties and unitary authorities: counties and single-tier councils.
    Counties,
}

/// In what a file's coordinates are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coordinates {
    /// Longitude and latitude in degrees.
    Degrees,
    /// Eastings and northings in metres: British National Grid, EPSG:27700.
    NationalGrid,
}

/// How many areas of other nations a file has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Codes with W.
    pub wales: usize,
    /// Codes with S.
    pub scotland: usize,
    /// Codes with N.
    pub northern_ireland: usize,
}

impl LeftOut {
    /// All of them.
    #[must_use]
    pub const fn count(self) -> usize {
        self.wales + self.scotland + self.northern_ireland
    }
}

/// Reads the English areas of a file, within limits.
///
/// # Errors
///
/// The first [`OnsError`]: what it is about, and what to do ([`OnsError::remedy`]).
///
/// ```
/// use upheld_sources::ons_boundaries::{Division, Limits, read};
///
/// let file = br#"{"type":"FeatureCollection","features":[
///   {"type":"Feature","properties":{"LAD24CD":"E07000008","LAD24NM":"Cambridge"},
///    "geometry":{"type":"Polygon","coordinates":[[[0.1,52.2],[0.2,52.2],[0.2,52.3],[0.1,52.2]]]}},
///   {"type":"Feature","properties":{"LAD24CD":"W06000015","LAD24NM":"Cardiff"},
///    "geometry":{"type":"Polygon","coordinates":[[[-3.2,51.4],[-3.1,51.4],[-3.1,51.5],[-3.2,51.4]]]}}]}"#;
/// let read = read(file, &Limits::default())?;
/// assert_eq!((read.division, read.shapes[0].name.as_str()), (Division::Districts, "Cambridge"));
/// assert_eq!(read.left_out.wales, 1);
/// # Ok::<(), upheld_sources::ons_boundaries::OnsError>(())
/// ```
pub fn read(bytes: &[u8], limits: &Limits) -> Result<OnsBoundaries, OnsError> {
    let text = text(bytes, limits)?;
    let Collection { crs, features, property, division, left_out } = features::read(text, limits)?;
    if features.is_empty() {
        return Err(OnsError::NoEngland { others: left_out.count() });
    }
    let coordinates = coordinates(crs.as_deref(), &features)?;
    let mut shapes: BTreeMap<GssCode, (usize, Shape)> = BTreeMap::new();
    for feature in features {
        let (number, code) = (feature.number, feature.code);
        let placed = (number, shape(feature, coordinates)?);
        if let Some((first, _)) = shapes.insert(code, placed) {
            return Err(OnsError::Twice { code, first, second: number });
        }
    }
    let shapes = shapes.into_values().map(|(_, shape)| shape).collect();
    Ok(OnsBoundaries { division, property, coordinates, shapes, left_out })
}

/// The file as text, if it may be GeoJSON at all.
fn text<'a>(bytes: &'a [u8], limits: &Limits) -> Result<&'a str, OnsError> {
    if bytes.len() > limits.file_bytes {
        return Err(OnsError::TooLarge { bytes: bytes.len(), most: limits.file_bytes });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let line = |before: usize| 1 + bytes.iter().take(before).filter(|byte| **byte == b'\n').count();
    match bytes.trim_ascii_start() {
        [] => return Err(OnsError::Empty),
        [b'P', b'K', ..] => return Err(OnsError::OtherFormat("a zip file")),
        [b'<', ..] => return Err(OnsError::OtherFormat("a web page or XML")),
        [b'S', b'Q', b'L', b'i', ..] => return Err(OnsError::OtherFormat("a GeoPackage")),
        _ => {}
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(OnsError::Nul { line: line(at) });
    }
    str::from_utf8(bytes).map_err(|error| OnsError::NotUtf8 { line: line(error.valid_up_to()) })
}

/// In what the coordinates are: what the file says, held against the coordinates; by them alone where it says nothing.
fn coordinates(crs: Option<&str>, features: &[Feature]) -> Result<Coordinates, OnsError> {
    let all_within = |x: f64, y: f64| {
        let mut places = features.iter().flat_map(|feature| feature.area.iter().flatten().flatten());
        places.all(|[east, north]| east.abs() <= x && north.abs() <= y)
    };
    let in_degrees = all_within(180.0, 90.0);
    let said = match crs {
        None => return Ok(if in_degrees { Coordinates::Degrees } else { Coordinates::NationalGrid }),
        Some(name) if name.contains("27700") => Coordinates::NationalGrid,
        Some(name) if ["CRS84", "4326", "4258"].iter().any(|known| name.contains(known)) => Coordinates::Degrees,
        Some(name) => return Err(OnsError::OtherCrs { found: name.chars().take(80).collect() }),
    };
    if in_degrees == (said == Coordinates::Degrees) { Ok(said) } else { Err(OnsError::CrsContradicted { said }) }
}

fn shape(feature: Feature, coordinates: Coordinates) -> Result<Shape, OnsError> {
    let Feature { number, code, name, area } = feature;
    let ring = |line: &Vec<[f64; 2]>| {
        let ring = line.iter().map(|&at| place(code, at, coordinates)).collect::<Result<Vec<_>, _>>()?;
        let (Some(first), Some(last)) = (ring.first(), ring.last()) else {
            return Err(OnsError::EmptyGeometry { feature: number, code });
        };
        if first != last {
            return Err(OnsError::Unclosed { code, name: name.clone(), at: *last });
        }
        if ring.len() < 4 {
            return Err(OnsError::ShortRing { code, name: name.clone(), positions: ring.len(), at: *last });
        }
        Ok(Ring(ring))
    };
    let polygon = |rings: &Vec<Vec<[f64; 2]>>| {
        let mut rings = rings.iter().map(ring);
        let outer = rings.next().transpose()?.ok_or(OnsError::EmptyGeometry { feature: number, code })?;
        Ok(Polygon { outer, holes: rings.collect::<Result<_, _>>()? })
    };
    let polygons = area.iter().map(polygon).collect::<Result<Vec<_>, OnsError>>()?;
    if polygons.is_empty() {
        return Err(OnsError::EmptyGeometry { feature: number, code });
    }
    Ok(Shape { code, name, polygons })
}

/// The box about England, in degrees: from west of Scilly to east of Lowestoft, from south of Scilly to north of Berwick.
const ENGLAND: ((f64, f64), (f64, f64)) = ((-7.0, 2.5), (49.5, 56.0));
/// The National Grid's own extent, in metres: beyond it the projection means nothing.
const GRID: (f64, f64) = (700_000.0, 1_300_000.0);

fn place(code: GssCode, [x, y]: [f64; 2], coordinates: Coordinates) -> Result<Position, OnsError> {
    let elsewhere = || OnsError::OutsideEngland { code, x, y };
    let (lon, lat) = match coordinates {
        Coordinates::Degrees => (x, y),
        Coordinates::NationalGrid if (0.0..=GRID.0).contains(&x) && (0.0..=GRID.1).contains(&y) => to_wgs84(x, y),
        Coordinates::NationalGrid => return Err(elsewhere()),
    };
    let ((west, east), (south, north)) = ENGLAND;
    if !(west..=east).contains(&lon) || !(south..=north).contains(&lat) {
        return Err(elsewhere());
    }
    Position::from_degrees(lon, lat).map_err(|_| elsewhere())
}
