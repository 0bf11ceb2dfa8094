use core::fmt;

/// Mean radius of the earth, in metres.
const EARTH_RADIUS: f64 = 6_371_008.8;
/// Units of a [`Position`] in a degree.
const UNITS: f64 = 10_000_000.0;

/// A place on the earth (WGS 84) in whole ten-millionths of a degree, about a centimetre.
///
/// Whole numbers, so that two councils' vertices are the same or not, and so that the turn of three vertices is exact.
///
/// ```
/// use upheld_domain::boundary::Position;
///
/// let luton = Position::from_degrees(-0.4153, 51.8787)?;
/// assert_eq!(luton.to_string(), "-0.4153, 51.8787");
/// assert_eq!(luton.degrees(), (-0.4153, 51.8787));
/// # Ok::<(), upheld_domain::boundary::OutOfRange>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    pub(super) lon: i32,
    pub(super) lat: i32,
}

/// A longitude or latitude that is not on the earth.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "({lon}, {lat}) is not a longitude and latitude in degrees: coordinates in metres (British National Grid, EPSG:27700) have to be reprojected to WGS 84 first"
)]
pub struct OutOfRange {
    /// What was given as the longitude.
    pub lon: f64,
    /// What was given as the latitude.
    pub lat: f64,
}

impl Position {
    /// The place at a longitude and latitude in degrees, rounded to a ten-millionth of a degree.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] if the longitude is not within ±180 or the latitude not within ±90, as are coordinates in metres.
    pub fn from_degrees(lon: f64, lat: f64) -> Result<Self, OutOfRange> {
        if !(-180.0..=180.0).contains(&lon) || !(-90.0..=90.0).contains(&lat) {
            return Err(OutOfRange { lon, lat });
        }
        Ok(Self { lon: whole(lon * UNITS), lat: whole(lat * UNITS) })
    }

    /// Longitude and latitude in degrees.
    #[must_use]
    pub fn degrees(self) -> (f64, f64) {
        (f64::from(self.lon) / UNITS, f64::from(self.lat) / UNITS)
    }

    /// East and north of the middle of a map in Web Mercator (EPSG:3857), as tiled maps are drawn in, in radii of the earth. The same on every machine.
    ///
    /// ```
    /// use upheld_domain::boundary::Position;
    ///
    /// let (east, north) = Position::from_degrees(-1.5, 53.0)?.mercator();
    /// assert!((east + 0.02618).abs() < 1e-5 && (north - 1.09483).abs() < 1e-5, "{east}, {north}");
    /// let back = Position::from_mercator(east, north)?;
    /// assert_eq!(back.to_string(), "-1.5, 53");
    /// # Ok::<(), upheld_domain::boundary::OutOfRange>(())
    /// ```
    #[must_use]
    pub fn mercator(self) -> (f64, f64) {
        let (lon, lat) = self.degrees();
        mercator(lon, lat)
    }

    /// The place that is so far east and north in Web Mercator; see [`Position::mercator`].
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] if that is beyond the antimeridian, or no number.
    pub fn from_mercator(east: f64, north: f64) -> Result<Self, OutOfRange> {
        Self::from_degrees(east.to_degrees(), libm::asin(libm::tanh(north)).to_degrees())
    }

    /// The place in metres on a cylinder of equal area, on which the area of a polygon is its area on the earth.
    pub(super) fn equal_area(self) -> (f64, f64) {
        let (lon, lat) = self.degrees();
        (EARTH_RADIUS * lon.to_radians(), EARTH_RADIUS * lat.to_radians().sin())
    }

    /// Metres east and north of another place near by.
    pub(super) fn metres_from(self, origin: Self) -> (f64, f64) {
        let (lon, lat) = self.degrees();
        let (lon_0, lat_0) = origin.degrees();
        (
            EARTH_RADIUS * (lon - lon_0).to_radians() * lat_0.to_radians().cos(),
            EARTH_RADIUS * (lat - lat_0).to_radians(),
        )
    }

    /// In halves of a unit, so that the middle of an edge is a whole number too.
    pub(super) fn halves(self) -> Halves {
        Halves { x: 2 * i64::from(self.lon), y: 2 * i64::from(self.lat) }
    }

    /// The middle between two places.
    pub(super) fn middle(self, other: Self) -> Halves {
        Halves { x: i64::from(self.lon) + i64::from(other.lon), y: i64::from(self.lat) + i64::from(other.lat) }
    }
}

/// The same as [`Position::mercator`] of a longitude and latitude in degrees.
#[must_use]
pub fn mercator(longitude: f64, latitude: f64) -> (f64, f64) {
    (longitude.to_radians(), libm::atanh(libm::sin(latitude.to_radians())))
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lon, lat) = self.degrees();
        write!(formatter, "{lon}, {lat}")
    }
}

/// A place in halves of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Halves {
    pub(super) x: i64,
    pub(super) y: i64,
}

/// Which way three places turn: positive to the left, negative to the right, 0 straight. Exact.
pub(super) fn turn(a: Halves, b: Halves, c: Halves) -> i128 {
    let across = i128::from(b.x - a.x) * i128::from(c.y - a.y);
    across - i128::from(b.y - a.y) * i128::from(c.x - a.x)
}

/// Which way three positions turn; see [`turn`].
pub(super) fn turning(a: Position, b: Position, c: Position) -> i128 {
    turn(a.halves(), b.halves(), c.halves())
}

#[allow(clippy::cast_possible_truncation, reason = "callers pass degrees within ±180, in units: within ±1.8e9")]
fn whole(units: f64) -> i32 {
    units.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grid_coordinates_in_metres_are_refused_with_what_to_do() {
        let refused = Position::from_degrees(530_000.0, 180_000.0).unwrap_err();
        assert!(refused.to_string().contains("reprojected"), "{refused}");
        assert!(Position::from_degrees(f64::NAN, 51.0).is_err());
    }

    #[test]
    fn a_turn_to_the_left_is_positive() {
        let at = |lon, lat| Position { lon, lat };
        assert!(turning(at(0, 0), at(10, 0), at(10, 10)) > 0);
        assert!(turning(at(0, 0), at(10, 0), at(10, -10)) < 0);
        assert_eq!(turning(at(0, 0), at(10, 0), at(20, 0)), 0);
    }
}
