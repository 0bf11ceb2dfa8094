//! Hex maps as GeoJSON (RFC 7946): the files `geo/hex-*.geojson`.

use crate::boundaries::{GeographyError, collection, read_shape, write_shape};
use geojson::{Feature, JsonValue};
use upheld_domain::{
    boundary::Layer,
    cartogram::{Arrangement, Cell},
};

/// Writes the hexagons of an arrangement as [`write_layer`](crate::boundaries::write_layer) writes boundaries, each with its `col` and `row` before its code and name.
#[must_use]
pub fn write_hexes(hexagons: &Layer, cells: &Arrangement, members: &[(&str, String)]) -> String {
    let features = hexagons.shapes.iter().filter_map(|shape| {
        let Cell { col, row } = cells.get(&shape.code)?;
        Some(write_shape(shape, &format!(r#""col":{col},"row":{row},"#)))
    });
    collection(features, members)
}

/// Reads a hex map: the hexagons, and the cell of each council. Of a council that is there twice it is the last; [`Layer::faults`] tells.
///
/// # Errors
///
/// [`GeographyError`] as [`read_layer`](crate::boundaries::read_layer), or where a column or row is missing.
///
/// ```
/// use upheld_domain::cartogram::Cell;
/// let file = br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"col":2,"row":1,"code":"E07000008","name":"Cambridge"},
///   "geometry":{"type":"Polygon","coordinates":[[[0.1,52.2],[0.2,52.2],[0.2,52.3],[0.1,52.2]]]}}]}"#;
/// let (hexagons, cells) = upheld_sources::hexes::read_hexes(file)?;
/// assert_eq!(cells[&hexagons.shapes[0].code], Cell { col: 2, row: 1 });
/// # Ok::<(), upheld_sources::boundaries::GeographyError>(())
/// ```
pub fn read_hexes(bytes: &[u8]) -> Result<(Layer, Arrangement), GeographyError> {
    let (mut layer, mut cells) = (Layer::default(), Arrangement::new());
    for (index, feature) in geojson::FeatureReader::from_reader(bytes).features().enumerate() {
        let (number, feature) = (index + 1, feature?);
        let shape = read_shape(number, &feature)?;
        let cell = Cell { col: whole(number, &feature, "col")?, row: whole(number, &feature, "row")? };
        cells.insert(shape.code, cell);
        layer.shapes.push(shape);
    }
    Ok((layer, cells))
}

fn whole(number: usize, feature: &Feature, property: &'static str) -> Result<i32, GeographyError> {
    let value = feature.property(property).and_then(JsonValue::as_i64).and_then(|value| i32::try_from(value).ok());
    value.ok_or(GeographyError::Cell { feature: number, property })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"col":2,"row":1,"code":"E07000008","name":"Cambridge"},"geometry":{"type":"Polygon","coordinates":[[[0.1000,52.2000],[0.2000,52.2001],[0.2000,52.3000],[0.1000,52.2000]]]}}],"made":"by hand"}"#;

    #[test]
    fn a_hex_map_reads_back_what_it_writes() {
        let (hexagons, cells) = read_hexes(FILE.as_bytes()).unwrap();
        assert_eq!(write_hexes(&hexagons, &cells, &[("made", "by hand".to_owned())]), FILE);
    }

    #[test]
    fn names_are_left_out_of_it_and_cells_are_not() {
        let bare = crate::boundaries::without_names(FILE);
        assert_eq!(bare, FILE.replace(r#","name":"Cambridge""#, ""));
    }

    #[test]
    fn a_hexagon_without_a_place_is_refused() {
        let refused = read_hexes(FILE.replace(r#""row":1,"#, "").as_bytes()).unwrap_err().to_string();
        assert!(refused.contains("feature 1") && refused.contains("row"), "{refused}");
    }
}
