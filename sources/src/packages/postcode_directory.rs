use serde::Deserialize;
use upheld_domain::boundary::Position;
use upheld_domain::council::GssCode;

use super::wheel::wrong;
use crate::boundaries::GeographyError;
use crate::national_grid::to_wgs84;

/// A postcode of the ONS Postcode Directory. The directory as packaged does not tell live postcodes from terminated ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Postcode {
    /// The postcode, such as "CB1 0AA".
    pub text: String,
    /// GSS code of its district.
    pub district: GssCode,
    easting: f64,
    northing: f64,
}

impl Postcode {
    /// Where it is; none if that is not on the earth.
    #[must_use]
    pub fn place(&self) -> Option<Position> {
        let (lon, lat) = to_wgs84(self.easting, self.northing);
        Position::from_degrees(lon, lat).ok()
    }
}

/// Reads the English postcodes with a place out of one letter's file: msgpack, columns of values, compressed with brotli.
///
/// # Errors
///
/// [`GeographyError::Package`] if the bytes are neither, or the columns differ in length.
pub fn read_postcodes(member: &str, bytes: &[u8]) -> Result<Vec<Postcode>, GeographyError> {
    let unpacked = brotli::Decompressor::new(bytes, BUFFER);
    let file: File = rmp_serde::from_read(unpacked).map_err(|error| wrong(member, &error))?;
    let columns = file.data;
    let lengths = [columns.laua.len(), columns.oseast1m.len(), columns.osnrth1m.len()];
    if lengths.iter().any(|&length| length != columns.pcd.len()) {
        return Err(wrong(member, &"its columns differ in length"));
    }
    let places = columns.oseast1m.into_iter().zip(columns.osnrth1m);
    let rows = columns.pcd.into_iter().zip(columns.laua).zip(places);
    Ok(rows.filter_map(|((text, district), (easting, northing))| postcode(text, district, easting, northing)).collect())
}

/// A row with an English district and a place; others (Wales, Scotland, large users without a place) are none.
fn postcode(text: String, district: Cell, easting: f64, northing: f64) -> Option<Postcode> {
    let Cell::Text(district) = district else { return None };
    let has_place = easting.is_finite() && northing.is_finite();
    has_place.then_some(Postcode { text, district: district.parse().ok()?, easting, northing })
}

const BUFFER: usize = 1 << 16;

#[derive(Deserialize)]
struct File {
    data: Columns,
}

#[derive(Deserialize)]
struct Columns {
    pcd: Vec<String>,
    laua: Vec<Cell>,
    oseast1m: Vec<f64>,
    osnrth1m: Vec<f64>,
}

/// A text, or what stands for none: nothing, or not a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Cell {
    Text(String),
    #[allow(dead_code, reason = "only that it is no text matters")]
    None(Option<f64>),
}
