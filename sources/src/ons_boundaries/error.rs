//! Why a file of boundaries cannot be read, and what to do.

use super::Coordinates;
use upheld_domain::{boundary::Position, council::GssCode};

/// Why a file gives no boundaries.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OnsError {
    /// More bytes than are read.
    #[error("the file has {bytes} bytes, and at most {most} are read")]
    TooLarge {
        /// The file's.
        bytes: usize,
        /// As many as are read.
        most: usize,
    },
    /// More of something than is read.
    #[error("more than {most} {what}")]
    TooMuch {
        /// Of what, in the plural.
        what: &'static str,
        /// As many as are read.
        most: usize,
    },
    /// Nothing at all.
    #[error("the file is empty")]
    Empty,
    /// Some other kind of file.
    #[error("{0}, not GeoJSON")]
    OtherFormat(&'static str),
    /// A byte that text never has.
    #[error("line {line} holds a NUL byte")]
    Nul {
        /// The line, counted as an editor counts.
        line: usize,
    },
    /// Text in some other coding.
    #[error("line {line} is not UTF-8 text")]
    NotUtf8 {
        /// The line, counted as an editor counts.
        line: usize,
    },
    /// Not JSON, cut off, or JSON where GeoJSON has something else.
    #[error("not GeoJSON that can be read: {0}")]
    Json(String),
    /// Lists within lists, deeper than any boundary has them.
    #[error("lists or objects stand more than {most} deep in each other")]
    TooDeep {
        /// As deep as is read.
        most: usize,
    },
    /// JSON of some other kind.
    #[error("a {found}, where a FeatureCollection is expected")]
    NotACollection {
        /// Its type.
        found: String,
    },
    /// No property with the codes of areas.
    #[error(
        "feature {feature} has no property such as LAD24CD or CTYUA24CD; it has {}",
        if .found.is_empty() { "none".to_owned() } else { .found.join(", ") }
    )]
    NoCodes {
        /// Which feature, counted from 1.
        feature: usize,
        /// The properties that it has, the first of them.
        found: Vec<String>,
    },
    /// A feature whose code stands elsewhere than in the features before it.
    #[error(
        "feature {feature} has no text in the property {property}, in which the codes of the features before it stand"
    )]
    NoCode {
        /// Which feature, counted from 1.
        feature: usize,
        /// The property.
        property: String,
    },
    /// A code that is no nation's.
    #[error("feature {feature}, {property}: {found:?} is no GSS code such as E07000008")]
    Code {
        /// Which feature, counted from 1.
        feature: usize,
        /// The property.
        property: String,
        /// What stands there.
        found: String,
    },
    /// A feature that is no area.
    #[error("feature {feature}: {found}, where a Polygon or a MultiPolygon is expected")]
    NoArea {
        /// Which feature, counted from 1.
        feature: usize,
        /// What it is, with its article.
        found: String,
    },
    /// Lists of numbers that are nested in some other way than those of an area.
    #[error("feature {feature}: its coordinates are not lists of rings of two numbers or more")]
    Coordinates {
        /// Which feature, counted from 1.
        feature: usize,
    },
    /// An area without a position, or with a part or ring without one.
    #[error("{code} (feature {feature}) has an empty geometry, or an empty part in it")]
    EmptyGeometry {
        /// Which feature, counted from 1.
        feature: usize,
        /// Its code.
        code: GssCode,
    },
    /// Two features of one council.
    #[error("{code} has two features, {first} and {second}")]
    Twice {
        /// The code.
        code: GssCode,
        /// Which feature has it first, counted from 1.
        first: usize,
        /// Which has it again.
        second: usize,
    },
    /// A coordinate reference system that is not known.
    #[error("its coordinates are in {found:?}")]
    OtherCrs {
        /// Its name.
        found: String,
    },
    /// What the file says of its coordinates is not so.
    #[error("its member \"crs\" says that the coordinates are {}, and they are not", of(*.said))]
    CrsContradicted {
        /// What the file says.
        said: Coordinates,
    },
    /// No area of England.
    #[error("no council of England: {others} areas of other nations")]
    NoEngland {
        /// Areas of other nations.
        others: usize,
    },
    /// A position that is elsewhere.
    #[error("{code} has a position outside England: ({x}, {y})")]
    OutsideEngland {
        /// Whose.
        code: GssCode,
        /// Longitude or easting, as printed.
        x: f64,
        /// Latitude or northing, as printed.
        y: f64,
    },
    /// A ring that does not end where it begins.
    #[error("a ring of {name} ({code}) does not end where it begins, at ({at})")]
    Unclosed {
        /// Whose.
        code: GssCode,
        /// Its name in the file.
        name: String,
        /// Where it ends.
        at: Position,
    },
    /// A ring that is a line.
    #[error("a ring of {name} ({code}) has only {positions} positions, at ({at}); four are the least")]
    ShortRing {
        /// Whose.
        code: GssCode,
        /// Its name in the file.
        name: String,
        /// As many as it has.
        positions: usize,
        /// Where it is.
        at: Position,
    },
}

const fn of(coordinates: Coordinates) -> &'static str {
    match coordinates {
        Coordinates::Degrees => "longitude and latitude in degrees",
        Coordinates::NationalGrid => "metres of the British National Grid (EPSG:27700)",
    }
}

impl OnsError {
    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } | Self::TooMuch { .. } => {
                "take the same boundaries at a coarser level of detail: generalised (BGC) or super generalised (BSC)"
            }
            Self::Empty | Self::Nul { .. } | Self::Json(_) => "download the file again, as GeoJSON",
            Self::NotUtf8 { .. } => "download the file again, or save it as UTF-8",
            Self::OtherFormat(_) | Self::NotACollection { .. } | Self::TooDeep { .. } => {
                "download the boundaries as GeoJSON: the Open Geography Portal offers it beside the other formats"
            }
            Self::NoCodes { .. } | Self::NoCode { .. } | Self::Code { .. } => {
                "take the boundaries of local authority districts (LAD) or of counties and unitary authorities (CTYUA)"
            }
            Self::NoArea { .. } | Self::Coordinates { .. } | Self::EmptyGeometry { .. } => {
                "take the file of boundaries, not that of their centres or names, and download it again"
            }
            Self::Twice { .. } => "keep one of the two, or join their parts into one MultiPolygon",
            Self::OtherCrs { .. } => {
                "download it in longitude and latitude (WGS 84, EPSG:4326) or in the British National Grid (EPSG:27700)"
            }
            Self::CrsContradicted { .. } => "correct the member \"crs\" or take it out",
            Self::NoEngland { .. } => "take the file of the United Kingdom or of England",
            Self::OutsideEngland { .. } => {
                "take longitude before latitude in WGS 84, or easting before northing in the British National Grid"
            }
            Self::Unclosed { .. } | Self::ShortRing { .. } => {
                "download the file again; if it was edited, repair its geometry"
            }
        }
    }
}
