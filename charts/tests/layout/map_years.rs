//! What holds for the maps of all years.

use super::{common::hexagons, *};
use upheld_charts::{MapTheme, MapYears};
use upheld_domain::council::Tier;

fn all_maps(edition: &Edition) -> Vec<MapYears> {
    let cells = hexagons("");
    let of = |measure| MapYears::new(edition, &cells, Tier::Upper, measure, None, MapTheme::light(measure));
    Measure::ALL.into_iter().filter_map(of).collect()
}

/// Where the maps' years stand, left and top.
fn headings(picture: &Picture, map: &MapYears) -> Vec<(f64, f64)> {
    let years: Vec<String> = map.years.iter().map(|map| map.year.to_string()).collect();
    picture.labels().filter(|label| label.bold && years.contains(&label.text)).map(|label| (label.x, label.y)).collect()
}

#[test]
fn every_year_with_a_figure_has_a_map_of_all_councils() {
    let edition = edition();
    let maps = all_maps(&edition);
    assert_eq!(maps.len(), Measure::ALL.len());
    for map in maps {
        assert!(map.years.windows(2).all(|pair| pair[0].year < pair[1].year));
        for year in &map.years {
            assert!(year.known > 0 && year.known <= year.of, "{}", year.year);
            assert!((151..=153).contains(&year.areas.len()), "{}", year.year);
            assert!(map.description.contains(&format!("{}: {} of {}", year.year, year.known, year.of)));
        }
    }
}

#[test]
fn text_is_legible_and_maps_stand_beside_each_other_where_there_is_room() {
    let edition = edition();
    for map in all_maps(&edition) {
        for width in WIDTHS.into_iter().chain([360.0, 900.0]) {
            let picture = map.picture(width);
            text_is_legible(&picture, &format!("{} at {width}", map.title));
            assert_eq!(headings(&picture, &map).len(), map.years.len());
        }
        for (width, columns) in [(360.0, 2), (900.0, 4)] {
            let headings = headings(&map.picture(width), &map);
            let first = headings.iter().filter(|(_, y)| (y - headings[0].1).abs() < 0.5).count();
            assert_eq!(first, columns.min(map.years.len()), "{} at {width}", map.title);
        }
    }
}

#[test]
fn years_that_are_not_comparable_are_told_apart_by_a_line_and_in_words() {
    let edition = edition();
    for map in all_maps(&edition) {
        let broken: Vec<&[upheld_charts::map_years::YearMap]> =
            map.years.windows(2).filter(|pair| broken_between(pair[0].year, pair[1].year)).collect();
        assert!(!broken.is_empty());
        for width in [320.0, 900.0] {
            let picture = map.picture(width);
            let dashed = |shape: &&Shape| matches!(shape, Shape::Rule { dashed: true, .. });
            // One more in the key.
            assert_eq!(picture.shapes.iter().filter(dashed).count(), broken.len() + 1);
            let words: String = picture.labels().map(|label| label.text.clone() + " ").collect();
            assert_eq!(words.matches("not comparable with before").count(), broken.len(), "{words}");
            for pair in &broken {
                for at in trend::breaks_between(pair[0].year, pair[1].year) {
                    assert!(words.contains(at.reason) && map.description.contains(at.reason), "{words}");
                }
            }
        }
    }
}
