//! Boundaries as GeoJSON (RFC 7946): the files of `geo/`.

use geojson::{Feature, GeometryValue, JsonValue};
use upheld_domain::boundary::{Layer, OutOfRange, Polygon, Position, Ring, Shape};
use upheld_domain::council::GssCode;
use upheld_domain::error::ValueError;

/// What can be wrong with a file of boundaries or of what they are made from.
#[derive(Debug, thiserror::Error)]
pub enum GeographyError {
    /// The bytes are not GeoJSON.
    #[error("not GeoJSON that can be read: {0}; a FeatureCollection (RFC 7946) is expected")]
    GeoJson(#[from] geojson::Error),
    /// A feature lacks a property, or has it in another form.
    #[error("feature {feature}: no text property {property:?}; every feature needs it")]
    Property {
        /// Which feature, counted from 1.
        feature: usize,
        /// The property looked for.
        property: &'static str,
    },
    /// A feature of a hex map lacks its column or row.
    #[error("feature {feature}: no whole number {property:?}; every hexagon has its column and row")]
    Cell {
        /// Which feature, counted from 1.
        feature: usize,
        /// The property looked for.
        property: &'static str,
    },
    /// A feature's code is no code.
    #[error("feature {feature}, property \"code\": {error}")]
    Code {
        /// Which feature, counted from 1.
        feature: usize,
        /// What was found and expected.
        error: ValueError,
    },
    /// A feature has no area.
    #[error("feature {feature}: a {found} where a Polygon or a MultiPolygon is expected")]
    NoArea {
        /// Which feature, counted from 1.
        feature: usize,
        /// The type of geometry found.
        found: &'static str,
    },
    /// A position is not on the earth.
    #[error("feature {feature}: {error}")]
    Position {
        /// Which feature, counted from 1.
        feature: usize,
        /// What was found.
        error: OutOfRange,
    },
    /// A position has fewer than two numbers.
    #[error("feature {feature}: a position without a longitude and a latitude")]
    ShortPosition {
        /// Which feature, counted from 1.
        feature: usize,
    },
    /// A line of the postcode sample cannot be read.
    #[error("line {line}: {expected} expected, {found:?} found")]
    Sample {
        /// Which line, counted from 1.
        line: usize,
        /// What should stand there.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// A package cannot be opened or a member of it not be read.
    #[cfg(feature = "packages")]
    #[error("{member}: {problem}; download the package again with scripts/fetch-packages.sh")]
    Package {
        /// The member of the package.
        member: String,
        /// What is wrong.
        problem: String,
    },
}

/// Reads a layer of councils' boundaries: features with the properties `code` and `name`.
///
/// Whether the rings are sound is asked of the result: [`Layer::faults`].
///
/// # Errors
///
/// [`GeographyError`] with the feature and what is wrong with it: not GeoJSON, no code or name, no area, or coordinates
/// that are no degrees.
///
/// ```
/// let file = br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"E07000008","name":"Cambridge"},
///   "geometry":{"type":"Polygon","coordinates":[[[0.1,52.2],[0.2,52.2],[0.2,52.3],[0.1,52.2]]]}}]}"#;
/// let layer = upheld_sources::boundaries::read_layer(file)?;
/// assert_eq!(layer.shapes[0].name, "Cambridge");
/// # Ok::<(), upheld_sources::boundaries::GeographyError>(())
/// ```
pub fn read_layer(bytes: &[u8]) -> Result<Layer, GeographyError> {
    let shapes = geojson::FeatureReader::from_reader(bytes)
        .features()
        .enumerate()
        .map(|(index, feature)| read_shape(index + 1, &feature?))
        .collect::<Result<_, _>>()?;
    Ok(Layer { shapes })
}

/// Writes a layer as compact GeoJSON, with further members (attribution, how it was made) beside its features.
///
/// Coordinates have four decimals, some ten metres: always four, which compresses better than as few as will do. Positions
/// between are rounded.
#[must_use]
pub fn write_layer(layer: &Layer, members: &[(&str, String)]) -> String {
    collection(layer.shapes.iter().map(|shape| write_shape(shape, "")), members)
}

/// A collection of features that are written already, with further members.
pub(crate) fn collection(features: impl Iterator<Item = String>, members: &[(&str, String)]) -> String {
    let features: Vec<String> = features.collect();
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| format!(",{}:{}", JsonValue::from(*name), JsonValue::from(value.as_str())))
        .collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]{}}}"#, features.join(","), members.concat())
}

pub(crate) fn read_shape(number: usize, feature: &Feature) -> Result<Shape, GeographyError> {
    let code = text(number, feature, "code")?;
    Ok(Shape {
        code: code.parse::<GssCode>().map_err(|error| GeographyError::Code { feature: number, error })?,
        name: text(number, feature, "name")?.to_owned(),
        polygons: polygons(number, feature)?,
    })
}

/// A text property of a feature.
pub(crate) fn text<'a>(number: usize, feature: &'a Feature, property: &'static str) -> Result<&'a str, GeographyError> {
    let value = feature.property(property).and_then(JsonValue::as_str);
    value.ok_or(GeographyError::Property { feature: number, property })
}

/// The polygons of a feature.
pub(crate) fn polygons(number: usize, feature: &Feature) -> Result<Vec<Polygon>, GeographyError> {
    match feature.geometry.as_ref().map(|geometry| &geometry.value) {
        Some(GeometryValue::Polygon { coordinates }) => Ok(vec![polygon(number, coordinates)?]),
        Some(GeometryValue::MultiPolygon { coordinates }) => {
            coordinates.iter().map(|rings| polygon(number, rings)).collect()
        }
        Some(other) => Err(GeographyError::NoArea { feature: number, found: other.type_name() }),
        None => Err(GeographyError::NoArea { feature: number, found: "feature without geometry" }),
    }
}

fn polygon(number: usize, rings: &[Vec<geojson::Position>]) -> Result<Polygon, GeographyError> {
    let mut rings = rings.iter().map(|ring| ring.iter().map(|at| position(number, at)).collect::<Result<_, _>>());
    let outer = rings.next().transpose()?.unwrap_or_default();
    let holes = rings.map(|ring| ring.map(Ring)).collect::<Result<_, _>>()?;
    Ok(Polygon { outer: Ring(outer), holes })
}

fn position(number: usize, at: &geojson::Position) -> Result<Position, GeographyError> {
    let [lon, lat, ..] = *at.as_slice() else {
        return Err(GeographyError::ShortPosition { feature: number });
    };
    Position::from_degrees(lon, lat).map_err(|error| GeographyError::Position { feature: number, error })
}

/// A feature, with further properties before its code.
pub(crate) fn write_shape(shape: &Shape, properties: &str) -> String {
    let polygons: Vec<String> = shape
        .polygons
        .iter()
        .map(|polygon| list(polygon.rings().map(|ring| list(ring.0.iter().copied().map(write_position)))))
        .collect();
    let (kind, coordinates) = match polygons.as_slice() {
        [polygon] => ("Polygon", polygon.clone()),
        _ => ("MultiPolygon", list(polygons.into_iter())),
    };
    let name = JsonValue::from(shape.name.as_str());
    format!(
        r#"{{"type":"Feature","properties":{{{properties}"code":"{}","name":{name}}},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#,
        shape.code
    )
}

/// A file that was written here without the names in it: the first view of a page that knows its councils by their codes is two seconds of a slow line
/// as it is. Files of another shape come out as they are.
#[must_use]
pub fn without_names(file: &str) -> String {
    let mut parts = file.split(r#"","name":""#);
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // The name ends where its feature's properties do.
        if let Some((_, rest)) = part.split_once(r#""},"geometry""#) {
            bare.push_str(r#""},"geometry""#);
            bare.push_str(rest);
        } else {
            bare.push_str(r#"","name":""#);
            bare.push_str(part);
        }
    }
    bare
}

fn write_position(at: Position) -> String {
    let (lon, lat) = at.degrees();
    // Adding zero turns a negative zero into a positive one.
    let rounded = |degrees: f64| (degrees * 1e4).round() / 1e4 + 0.0;
    format!("[{:.4},{:.4}]", rounded(lon), rounded(lat))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_left_out_and_nothing_else() {
        let odd = CAMBRIDGE.replace("Cambridge", "St Mary\\'s, \\\"Here\\\"");
        let bare = CAMBRIDGE.replace(r#","name":"Cambridge""#, "");
        assert_eq!(without_names(CAMBRIDGE), bare);
        assert_eq!(without_names(&odd), bare);
        assert_eq!(without_names(&bare), bare);
    }

    const CAMBRIDGE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"E07000008","name":"Cambridge"},"geometry":{"type":"Polygon","coordinates":[[[0.1000,52.2000],[0.2000,52.2001],[0.2000,52.3000],[0.1000,52.2000]]]}}],"attribution":"ONS"}"#;

    fn refused(from: &str, to: &str) -> String {
        read_layer(CAMBRIDGE.replace(from, to).as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_layer_reads_back_what_it_writes() {
        let layer = read_layer(CAMBRIDGE.as_bytes()).unwrap();
        assert_eq!(write_layer(&layer, &[("attribution", "ONS".to_owned())]), CAMBRIDGE);
    }

    #[test]
    fn what_is_wrong_is_said_with_the_feature_and_what_to_do() {
        assert!(refused("[0.1000,52.2000],[0.2", "[530000,180000],[0.2").contains("EPSG:27700"));
        assert!(refused("E07000008", "S07000008").contains("English GSS code"));
        assert!(refused("\"name\"", "\"label\"").contains("\"name\""));
        assert!(refused("[0.2000,52.3000]", "[0.2]").contains("feature 1"));
        assert!(refused("}}]", "").contains("GeoJSON"));
    }
}
