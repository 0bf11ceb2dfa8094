use serde::Deserialize;
use upheld_domain::boundary::Position;
use upheld_domain::council::GssCode;
use upheld_domain::postcode::{Outside, Place};

use super::wheel::wrong;
use crate::boundaries::GeographyError;
use crate::national_grid::to_wgs84;

/// A postcode of the ONS Postcode Directory. The directory as packaged does not tell live postcodes from terminated ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Postcode {
    /// The postcode in seven characters, such as "CB1 0AA", "B1  1AA" or "EC1A1AA".
    pub text: String,
    /// Its district of today in England, or the country that it is in; nowhere for large users of post without a place.
    pub place: Place,
    easting: f64,
    northing: f64,
}

impl Postcode {
    /// The code of its district, if it is in England.
    #[must_use]
    pub const fn district(&self) -> Option<GssCode> {
        if let Place::District(code) = self.place { Some(code) } else { None }
    }

    /// Where it is; none if that is not known, or not on the earth.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        let (lon, lat) = to_wgs84(self.easting, self.northing);
        Position::from_degrees(lon, lat).ok()
    }
}

/// Reads the postcodes of the United Kingdom, the Channel Islands and the Isle of Man out of one letter's file: msgpack, columns of values, compressed with brotli.
///
/// # Errors
///
/// [`GeographyError::Package`] if the bytes are neither, the columns differ in length, or a code is of no known country.
pub fn read_postcodes(member: &str, bytes: &[u8]) -> Result<Vec<Postcode>, GeographyError> {
    let unpacked = brotli::Decompressor::new(bytes, BUFFER);
    let file: File = rmp_serde::from_read(unpacked).map_err(|error| wrong(member, &error))?;
    let columns = file.data;
    let lengths = [columns.laua.len(), columns.oseast1m.len(), columns.osnrth1m.len()];
    if lengths.iter().any(|&length| length != columns.pcd.len()) {
        return Err(wrong(member, &"its columns differ in length"));
    }
    let positions = columns.oseast1m.into_iter().zip(columns.osnrth1m);
    let rows = columns.pcd.into_iter().zip(columns.laua).zip(positions);
    let rows = rows.map(|((text, code), (easting, northing))| match place(&text, &code) {
        Some(place) => Ok(Postcode { text, place, easting, northing }),
        None => Err(wrong(member, &format!("{text} is in an unknown country"))),
    });
    rows.collect()
}

/// The place of a district's code: those of the islands stand for all of their districts.
fn place(postcode: &str, code: &Cell) -> Option<Place> {
    let Cell::Text(code) = code else { return Some(Place::Nowhere) };
    let outside = match (code.as_bytes().first()?, postcode.get(..2)?) {
        (b'E', _) => return code.parse().ok().map(Place::District),
        (b'W', _) => Outside::Wales,
        (b'S', _) => Outside::Scotland,
        (b'N', _) => Outside::NorthernIreland,
        (b'M', _) => Outside::IsleOfMan,
        (b'L', "GY") => Outside::Guernsey,
        (b'L', "JE") => Outside::Jersey,
        _ => return None,
    };
    Some(Place::Outside(outside))
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
