//! The boundaries that the map draws: fetched as GeoJSON, matched to the register by code.

use crate::{error::LoadError, fetch};
use geojson::{Geometry, GeometryValue, Position};
use serde::Deserialize;
use upheld_domain::{
    boundary,
    council::{GssCode, Tier},
    register::{CouncilId, Register},
    view::View,
    year::ReportingYear,
};

/// How closely shapes follow the boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// For England as a whole.
    Overview,
    /// For a closer look.
    Full,
    /// No boundaries: a cell for each council, all of one size.
    Hexes,
}

/// One file of boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// The tier that it covers England with.
    pub tier: Tier,
    /// The first year of the set of councils that it shows.
    pub vintage: ReportingYear,
    /// How closely.
    pub detail: Detail,
}

impl Source {
    /// What the map of `view` shows as a whole.
    #[must_use]
    pub fn of(register: &Register, view: &View) -> Self {
        let detail = if view.hexes { Detail::Hexes } else { Detail::Overview };
        Self { tier: view.tier, vintage: register.vintage(view.year), detail }
    }

    /// Where it lies, below the app's root.
    #[must_use]
    pub fn path(self) -> String {
        let (before, after) = match self.detail {
            Detail::Overview => ("", ""),
            Detail::Full => ("", "-detail"),
            Detail::Hexes => ("hex-", ""),
        };
        format!("geo/{before}{}-{}{after}.geojson", self.tier.key(), self.vintage.key())
    }
}

/// A ring, from its first position to its last.
pub type Ring = Vec<Position>;

/// The shape of one council.
pub struct Shape {
    /// The council.
    pub council: CouncilId,
    /// The code under which its shape is filed.
    pub code: GssCode,
    /// Its parts: each an outline followed by its holes.
    pub parts: Vec<Vec<Ring>>,
}

/// The shape as the domain knows it, which can tell where it lies; places that are not on the earth are left out.
impl From<Shape> for boundary::Shape {
    fn from(of: Shape) -> Self {
        let ring = |ring: Ring| {
            let place = |position: &Position| match position.as_slice() {
                [longitude, latitude, ..] => boundary::Position::from_degrees(*longitude, *latitude).ok(),
                _ => None,
            };
            boundary::Ring(ring.iter().filter_map(place).collect())
        };
        let polygon = |rings: Vec<Ring>| {
            let mut rings = rings.into_iter().map(ring);
            Some(boundary::Polygon { outer: rings.next()?, holes: rings.collect() })
        };
        Self { code: of.code, name: String::new(), polygons: of.parts.into_iter().filter_map(polygon).collect() }
    }
}

/// What is read of a feature collection: its other members, which say where it comes from, are for people.
#[derive(Deserialize)]
struct Collection {
    features: Vec<Area>,
}

#[derive(Deserialize)]
struct Area {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    code: String,
}

/// Loads the shapes of `source`.
///
/// # Errors
/// Where the file cannot be fetched, is no GeoJSON, or holds something else than areas of councils.
pub async fn load(source: Source, register: &Register) -> Result<Vec<Shape>, LoadError> {
    let path = source.path();
    let text = fetch::text(&path).await?;
    let collection: Collection = serde_json::from_str(&text).map_err(|error| fetch::damaged(&path, &error))?;
    collection
        .features
        .into_iter()
        .map(|Area { properties: Properties { code }, geometry }| {
            let known = code.parse().ok().and_then(|code| Some((code, register.by_code(code)?)));
            let (code, council) =
                known.ok_or_else(|| fetch::damaged(&path, &format_args!("“{code}” is no council")))?;
            let parts = match geometry.value {
                GeometryValue::Polygon { coordinates } => vec![coordinates],
                GeometryValue::MultiPolygon { coordinates } => coordinates,
                _ => return Err(fetch::damaged(&path, &format_args!("{code} is no area"))),
            };
            Ok(Shape { council, code, parts })
        })
        .collect()
}
