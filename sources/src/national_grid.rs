//! British National Grid (OSGB36) to WGS 84, after Ordnance Survey, "A guide to coordinate systems in Great Britain" (2020),
//! annexes B and C.

/// Longitude and latitude (WGS 84, degrees) of an easting and northing (OSGB36, metres). Within some five metres: the
/// transformation of seven parameters does not follow the distortions of the old triangulation.
///
/// ```
/// // Caister water tower, the guide's own example, and where its seven parameters put it.
/// let (lon, lat) = upheld_sources::national_grid::to_wgs84(651_409.903, 313_177.270);
/// assert!((lon - 1.716_052).abs() < 1e-6 && (lat - 52.657_979).abs() < 1e-6, "{lon}, {lat}");
/// ```
#[must_use]
pub fn to_wgs84(easting: f64, northing: f64) -> (f64, f64) {
    let (lat, lon) = from_grid(easting, northing);
    let (x, y, z) = helmert(to_cartesian(lat, lon, &AIRY_1830));
    let (lat, lon) = from_cartesian(x, y, z, &WGS84);
    (lon.to_degrees(), lat.to_degrees())
}

/// An ellipsoid: half its axes, in metres.
struct Ellipsoid {
    equatorial: f64,
    polar: f64,
}

const AIRY_1830: Ellipsoid = Ellipsoid { equatorial: 6_377_563.396, polar: 6_356_256.909 };
const WGS84: Ellipsoid = Ellipsoid { equatorial: 6_378_137.0, polar: 6_356_752.314_2 };

/// The National Grid's projection: scale on its central meridian, and its origin.
const SCALE: f64 = 0.999_601_271_7;
const ORIGIN_LAT_DEGREES: f64 = 49.0;
const ORIGIN_LON_DEGREES: f64 = -2.0;
const ORIGIN_EASTING: f64 = 400_000.0;
const ORIGIN_NORTHING: f64 = -100_000.0;

impl Ellipsoid {
    fn eccentricity_squared(&self) -> f64 {
        1.0 - (self.polar / self.equatorial).powi(2)
    }

    /// Length along the meridian from the grid's origin (annex C, C3).
    fn meridian(&self, lat: f64) -> f64 {
        let n = (self.equatorial - self.polar) / (self.equatorial + self.polar);
        let origin = ORIGIN_LAT_DEGREES.to_radians();
        let (difference, sum) = (lat - origin, lat + origin);
        let (n2, n3) = (n * n, n * n * n);
        self.polar
            * SCALE
            * ((1.0 + n + 1.25 * (n2 + n3)) * difference
                - (3.0 * n + 3.0 * n2 + 2.625 * n3) * difference.sin() * sum.cos()
                + 1.875 * (n2 + n3) * (2.0 * difference).sin() * (2.0 * sum).cos()
                - 35.0 / 24.0 * n3 * (3.0 * difference).sin() * (3.0 * sum).cos())
    }
}

/// Latitude and longitude (Airy 1830, radians) of a place on the grid (annex C, C.2).
fn from_grid(easting: f64, northing: f64) -> (f64, f64) {
    let ellipsoid = AIRY_1830;
    let along = ellipsoid.equatorial * SCALE;
    let mut lat = ORIGIN_LAT_DEGREES.to_radians() + (northing - ORIGIN_NORTHING) / along;
    // Converges to a hundredth of a millimetre in three or four rounds.
    for _ in 0..8 {
        lat += (northing - ORIGIN_NORTHING - ellipsoid.meridian(lat)) / along;
    }
    let e2 = ellipsoid.eccentricity_squared();
    let curved = 1.0 - e2 * lat.sin().powi(2);
    let nu = along / curved.sqrt();
    let rho = along * (1.0 - e2) / curved.powf(1.5);
    let eta2 = nu / rho - 1.0;
    let (tan, sec) = (lat.tan(), 1.0 / lat.cos());
    let (tan2, tan4, tan6) = (tan.powi(2), tan.powi(4), tan.powi(6));
    let east = easting - ORIGIN_EASTING;
    let vii = tan / (2.0 * rho * nu);
    let viii = tan / (24.0 * rho * nu.powi(3)) * (5.0 + 3.0 * tan2 + eta2 - 9.0 * tan2 * eta2);
    let ix = tan / (720.0 * rho * nu.powi(5)) * (61.0 + 90.0 * tan2 + 45.0 * tan4);
    let x = sec / nu;
    let xi = sec / (6.0 * nu.powi(3)) * (nu / rho + 2.0 * tan2);
    let xii = sec / (120.0 * nu.powi(5)) * (5.0 + 28.0 * tan2 + 24.0 * tan4);
    let xiia = sec / (5040.0 * nu.powi(7)) * (61.0 + 662.0 * tan2 + 1320.0 * tan4 + 720.0 * tan6);
    (
        lat - vii * east.powi(2) + viii * east.powi(4) - ix * east.powi(6),
        ORIGIN_LON_DEGREES.to_radians() + x * east - xi * east.powi(3) + xii * east.powi(5) - xiia * east.powi(7),
    )
}

/// Annex B, B.1, at height 0.
fn to_cartesian(lat: f64, lon: f64, ellipsoid: &Ellipsoid) -> (f64, f64, f64) {
    let e2 = ellipsoid.eccentricity_squared();
    let nu = ellipsoid.equatorial / (1.0 - e2 * lat.sin().powi(2)).sqrt();
    (nu * lat.cos() * lon.cos(), nu * lat.cos() * lon.sin(), (1.0 - e2) * nu * lat.sin())
}

/// Annex B, B.2.
fn from_cartesian(x: f64, y: f64, z: f64, ellipsoid: &Ellipsoid) -> (f64, f64) {
    let e2 = ellipsoid.eccentricity_squared();
    let p = x.hypot(y);
    let mut lat = z.atan2(p * (1.0 - e2));
    for _ in 0..8 {
        let nu = ellipsoid.equatorial / (1.0 - e2 * lat.sin().powi(2)).sqrt();
        lat = (z + e2 * nu * lat.sin()).atan2(p);
    }
    (lat, y.atan2(x))
}

/// OSGB36 to WGS 84: the guide's seven parameters (section 6.6), with their signs turned.
fn helmert((x, y, z): (f64, f64, f64)) -> (f64, f64, f64) {
    let seconds = |seconds: f64| (seconds / 3600.0).to_radians();
    let (tx, ty, tz) = (446.448, -125.157, 542.060);
    let scale = 1.0 - 20.489_4e-6;
    let (rx, ry, rz) = (seconds(0.1502), seconds(0.2470), seconds(0.8421));
    (tx + scale * x - rz * y + ry * z, ty + rz * x + scale * y - rx * z, tz - ry * x + rx * y + scale * z)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projection_meets_the_guides_worked_example() {
        // Annex C: E 651409.903, N 313177.270 is 52°39′27.2531″ N, 1°43′4.5177″ E on Airy 1830.
        let (lat, lon) = from_grid(651_409.903, 313_177.270);
        assert!((lat.to_degrees() - (52.0 + 39.0 / 60.0 + 27.2531 / 3600.0)).abs() < 1e-8);
        assert!((lon.to_degrees() - (1.0 + 43.0 / 60.0 + 4.5177 / 3600.0)).abs() < 1e-8);
    }

    #[test]
    fn the_surveys_test_points_are_met_within_five_metres() {
        // Ordnance Survey's test points for its exact transformation OSTN15: easting and northing, then ETRS89 latitude and
        // longitude. From Cornwall to Tyneside.
        let points = [
            (170_370.718, 11_572.405, 49.960_061_378_20, -5.203_046_099_98),
            (250_359.811, 62_016.569, 50.438_858_256_10, -4.108_645_635_61),
            (449_816.371, 75_335.861, 50.575_636_650_00, -1.297_822_772_40),
            (292_184.870, 168_003.465, 51.400_782_202_40, -3.551_283_492_40),
            (639_821.835, 169_565.858, 51.374_470_255_50, 1.444_547_304_09),
            (530_624.974, 178_388.464, 51.489_365_649_50, -0.119_925_571_80),
            (389_544.190, 261_912.153, 52.255_293_816_30, -2.154_586_143_87),
            (562_180.547, 319_784.995, 52.751_366_871_70, 0.401_535_470_65),
            (357_455.843, 383_290.436, 53.344_802_801_90, -2.640_493_208_10),
            (422_242.186, 433_818.701, 53.800_215_196_30, -1.663_791_682_42),
            (525_745.670, 470_703.214, 54.116_851_442_90, -0.077_731_331_87),
            (339_921.145, 556_034.761, 54.895_423_404_20, -2.938_277_411_49),
            (424_639.355, 565_012.703, 54.979_122_736_60, -1.616_576_851_84),
        ];
        for (easting, northing, lat, lon) in points {
            let (found_lon, found_lat) = to_wgs84(easting, northing);
            let metres_a_degree = 111_320.0;
            let east = (found_lon - lon) * metres_a_degree * f64::to_radians(lat).cos();
            let away = east.hypot((found_lat - lat) * metres_a_degree);
            assert!(away < 5.0, "{easting}, {northing}: {away} m away");
        }
    }

    #[test]
    fn the_seven_parameters_give_what_another_program_gives() {
        // As PROJ 9.5.1 works them out from EPSG:27700 to EPSG:4326 with its seven parameters (code 1314), which it rounds to a
        // thousandth of a second. From Scilly to Lowestoft and Berwick, and in towns between them.
        let points = [
            (90_000.0, 10_000.0, -6.319_380_97, 49.909_670_71),
            (292_000.0, 92_500.0, -3.531_360_90, 50.722_055_94),
            (530_000.0, 180_000.0, -0.128_353_94, 51.503_990_83),
            (655_000.0, 300_000.0, 1.758_868_87, 52.538_098_92),
            (651_409.903, 313_177.270, 1.716_051_99, 52.657_978_60),
            (345_000.0, 390_000.0, -2.828_736_09, 53.403_939_49),
            (430_000.0, 433_500.0, -1.546_037_67, 53.796_947_70),
            (400_000.0, 650_000.0, -2.001_566_84, 55.743_382_83),
        ];
        for (easting, northing, lon, lat) in points {
            let (found_lon, found_lat) = to_wgs84(easting, northing);
            let (east, north) = ((found_lon - lon).abs(), (found_lat - lat).abs());
            // Two centimetres.
            assert!(east < 3e-7 && north < 2e-7, "{easting}, {northing}: {east}, {north}");
        }
    }

    #[test]
    fn known_places_are_where_they_are_within_ten_metres() {
        // Centroids of small areas of 2011, as the Office for National Statistics gives them on both systems.
        for (easting, northing, lon, lat) in
            [(532_129.0, 181_625.0, -0.097_06, 51.5181), (532_480.0, 181_699.0, -0.091_97, 51.518_68)]
        {
            let (found_lon, found_lat) = to_wgs84(easting, northing);
            assert!((found_lon - lon).abs() < 1.5e-4 && (found_lat - lat).abs() < 1e-4, "{found_lon}, {found_lat}");
        }
    }
}
