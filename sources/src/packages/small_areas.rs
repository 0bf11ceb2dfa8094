use upheld_domain::boundary::Polygon;

use crate::boundaries::{GeographyError, polygons, text};

/// A Lower layer Super Output Area of 2011, some 1,500 people. Each lies in one district.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallArea {
    /// Name of the district of 2011 that it lies in, as the Office for National Statistics writes it.
    pub district: String,
    /// Where it is.
    pub polygons: Vec<Polygon>,
}

/// Reads the English small areas of a GeoJSON file of the Office for National Statistics.
///
/// # Errors
///
/// [`GeographyError`] with the feature and what is wrong with it.
pub fn read_small_areas(bytes: &[u8]) -> Result<Vec<SmallArea>, GeographyError> {
    let mut areas = Vec::new();
    for (index, feature) in geojson::FeatureReader::from_reader(bytes).features().enumerate() {
        let (number, feature) = (index + 1, feature?);
        if !text(number, &feature, "LSOA11CD")?.starts_with('E') {
            continue;
        }
        // "Cambridge 001A": the district, then the number of the area in it.
        let name = text(number, &feature, "LSOA11NM")?;
        let (district, _) =
            name.rsplit_once(' ').ok_or(GeographyError::Property { feature: number, property: "LSOA11NM" })?;
        areas
            .push(SmallArea { district: district.to_owned(), polygons: with_stray_holes(polygons(number, &feature)?) });
    }
    Ok(areas)
}

/// Gives holes that the file lists as parts of their own back to the largest part. They are known by running the other way.
fn with_stray_holes(polygons: Vec<Polygon>) -> Vec<Polygon> {
    let area = |polygon: &Polygon| polygon.outer.signed_area();
    let largest = polygons.iter().map(area).reduce(|a, b| if b.abs() > a.abs() { b } else { a });
    let runs_left = largest.unwrap_or_default() > 0.0;
    let (mut parts, strays): (Vec<_>, Vec<_>) =
        polygons.into_iter().partition(|polygon| (area(polygon) > 0.0) == runs_left);
    if let Some(part) = parts.iter_mut().max_by(|a, b| area(a).abs().total_cmp(&area(b).abs())) {
        part.holes.extend(strays.into_iter().map(|stray| stray.outer));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use upheld_domain::boundary::{Position, Ring};

    #[test]
    fn an_area_belongs_to_the_district_in_its_name_and_wales_is_left_out() {
        let feature = |code: &str, name: &str| {
            format!(
                r#"{{"type":"Feature","properties":{{"LSOA11CD":"{code}","LSOA11NM":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[[0,52],[1,52],[1,53],[0,52]]]}}}}"#
            )
        };
        let features = [feature("E01000001", "City of London 001A"), feature("W01000001", "Isle of Anglesey 001A")];
        let file = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        let areas = read_small_areas(file.as_bytes()).unwrap();
        assert_eq!(areas.iter().map(|area| area.district.as_str()).collect::<Vec<_>>(), ["City of London"]);
    }

    #[test]
    fn a_part_that_runs_the_other_way_is_a_hole() {
        let square = |from: f64, to: f64| {
            let corners = [(from, from), (from, to), (to, to), (to, from), (from, from)];
            Ring(corners.iter().map(|&(lon, lat)| Position::from_degrees(lon, lat).unwrap()).collect())
        };
        let part = |outer| Polygon { outer, holes: vec![] };
        let areas = with_stray_holes(vec![part(square(40.0, 41.0).reversed()), part(square(38.0, 43.0))]);
        assert_eq!(areas, [Polygon { outer: square(38.0, 43.0), holes: vec![square(40.0, 41.0).reversed()] }]);
    }
}
