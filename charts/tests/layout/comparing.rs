//! What holds for the charts that compare, and for those that are taken away.

use super::*;
use common::england;
use upheld_charts::{ForestChart, Frame, Framed, MapPicture, MultiplesChart, StripChart};

/// The widths that these charts are laid out for.
pub(super) const THESE: [f64; 5] = [280.0, 320.0, 480.0, 700.0, 1100.0];

/// Nothing leaves the picture, no text runs over text, every dot lies in the plot.
pub(super) fn all_is_within(picture: &Picture, what: &str) {
    text_is_legible(picture, what);
    let inside = Rect { left: 0.0, top: 0.0, right: picture.width, bottom: picture.height };
    assert!(inside.holds(&picture.plot), "{what}: {:?} in {} × {}", picture.plot, picture.width, picture.height);
    let holds =
        |x: f64, y: f64| assert!(inside.holds(&Rect { left: x, top: y, right: x, bottom: y }), "{what}: {x}, {y}");
    for shape in &picture.shapes {
        match shape {
            Shape::Rule { from, to, .. } => [from, to].into_iter().for_each(|(x, y)| holds(*x, *y)),
            Shape::Line { points, .. } | Shape::Area { points, .. } => points.iter().for_each(|(x, y)| holds(*x, *y)),
            Shape::Dot { x, y, radius, .. } => {
                holds(x - radius, y - radius);
                holds(x + radius, y + radius);
            }
            Shape::Label(_) => {}
        }
    }
    for dot in dots(picture) {
        assert!(picture.plot.holds(&around(dot)), "{what}: {dot:?} outside of {:?}", picture.plot);
    }
}

pub(super) fn text_of(picture: &Picture) -> String {
    picture.labels().map(|label| label.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_strip_shows_every_rate_with_counts_and_no_other() {
    let edition = edition();
    for (id, measure) in telling(&edition).iter().flat_map(|id| Measure::ALL.map(|measure| (*id, measure))) {
        for year in edition.years() {
            let reading = edition.read(id, year, measure);
            let interval = reading
                .as_ref()
                .ok()
                .filter(|_| measure.is_percentage())
                .and_then(upheld_domain::measure::Rate::interval);
            let chart = StripChart::new(&edition, id, year, measure);
            assert_eq!(chart.is_some(), interval.is_some(), "{id:?} {year} {measure:?}");
            for (chart, width) in chart.iter().flat_map(|chart| THESE.map(|width| (chart, width))) {
                let picture = chart.picture(width);
                all_is_within(&picture, &format!("{id:?} {year} {measure:?} {width}"));
                assert!((48.0..=64.0).contains(&picture.height), "{}", picture.height);
                assert_eq!(dots(&picture).len(), 1);
            }
        }
    }
}

#[test]
fn a_strip_says_its_numbers() {
    let edition = edition();
    let luton = council(&edition, "luton-borough-council");
    let chart = StripChart::new(&edition, luton, year(2020), Measure::Uphold).unwrap();
    assert_eq!(
        chart.title(),
        "Luton’s uphold rate of 54% in 2019-20, 95% interval 35% to 72%; the published average is 56%"
    );
    assert!(text_of(&chart.picture(320.0)).contains("average 56%"));
}

#[test]
fn councils_beneath_each_other_have_a_row_each() {
    let edition = edition();
    let all: Vec<CouncilId> = edition.register().iter().map(|(id, _)| id).collect();
    for (measure, width) in Measure::ALL.iter().flat_map(|measure| THESE.map(|width| (*measure, width))) {
        for of in [&all[..2], &all[20..40], &all[30..70], &all[..1]] {
            for year in [year(2020), year(2024)] {
                let chart = ForestChart::new(&edition, of, year, measure).unwrap();
                let what = format!("{} {year} {measure:?} {width}", of.len());
                let picture = chart.picture(width);
                all_is_within(&picture, &what);
                let with = of.iter().filter(|id| edition.read(**id, year, measure).is_ok());
                let drawn: Vec<About> = dots(&picture).into_iter().map(|dot| dot.0).collect();
                assert_eq!(drawn, with.map(|id| About::Council(*id)).collect::<Vec<_>>(), "{what}");
                let text = text_of(&picture);
                for row in chart.rows() {
                    assert!(text.contains(&row.name), "{what}: {} is not in {text}", row.name);
                    let absent = row.reading.as_ref().err().map(|absent| absent.words());
                    assert!(absent.is_none_or(|why| text.contains(why)), "{what}: {text}");
                }
            }
        }
    }
    assert_eq!(ForestChart::new(&edition, &[], year(2024), Measure::Uphold), None);
}

#[test]
fn the_title_of_several_councils_says_what_their_intervals_show_and_no_more() {
    let edition = edition();
    let title = |slugs: &[&str], ending: u16, measure: Measure| {
        let councils: Vec<CouncilId> = slugs.iter().map(|slug| council(&edition, slug)).collect();
        ForestChart::new(&edition, &councils, year(ending), measure).unwrap().title()
    };
    let (luton, birmingham, adur) = ("luton-borough-council", "birmingham-city-council", "adur-district-council");
    assert_eq!(
        title(&[luton, birmingham], 2024, Measure::Uphold),
        "Uphold rate in 2023-24: Luton 69% to Birmingham 87%; their 95% intervals overlap"
    );
    assert_eq!(
        title(&[luton, adur], 2020, Measure::Uphold),
        "Luton’s uphold rate was 54% in 2019-20; on 24 investigations the range is wide, 35% to 72%; no figure for Adur"
    );
    assert_eq!(
        title(&[luton, birmingham, luton], 2024, Measure::Uphold),
        "Uphold rate in 2023-24: Luton and one other 69% to Birmingham 87%; all 95% intervals overlap"
    );
    assert_eq!(
        title(&[luton, birmingham], 2024, Measure::UpheldPer100k),
        "Rate of upheld complaints per 100,000 residents in 2023-24: Luton 4 to Birmingham 9.9"
    );
    assert_eq!(title(&[adur], 2024, Measure::Uphold), "No uphold rate for Adur in 2023-24");
    assert_eq!(
        title(&[luton, luton, adur], 2020, Measure::Uphold),
        "Both have the same uphold rate of 54% in 2019-20; their 95% intervals overlap; no figure for Adur"
    );
}

#[test]
fn what_is_taken_away_has_its_title_and_every_line_whole() {
    let edition = edition();
    let luton = council(&edition, "luton-borough-council");
    let chart = SimilarChart::new(&edition, luton, year(2020), Measure::Uphold).unwrap();
    let address = "https://upheld.example/?year=2020&measure=uphold&council=luton-borough-council&a=abcdefghijklmnopqrstuvwxyz01234567890";
    let frame = Frame { title: chart.title(), lines: vec!["Source: the Ombudsman".to_owned(), address.to_owned()] };
    let framed = Framed { chart: &chart, frame: &frame };
    assert_eq!(framed.title(), frame.title);
    for width in THESE {
        let picture = framed.picture(width);
        all_is_within(&picture, &format!("{width}"));
        let text = text_of(&picture);
        for part in [frame.title.as_str(), "Source: the Ombudsman"] {
            assert!(text.contains(part), "{width}: “{part}” is not in “{text}”");
        }
        let text: String = picture.labels().map(|label| label.text.as_str()).collect();
        assert!(text.contains(address), "{width}: {text}");
        assert_eq!(dots(&picture).len(), dots(&chart.picture(width)).len());
    }
}

#[test]
fn small_panels_have_a_dot_for_each_figure_and_join_none_across_a_break() {
    let (some, reorganised) = (edition(), reorganised());
    let ids = |edition: &Edition| edition.register().iter().map(|(id, _)| id).collect::<Vec<_>>();
    let (all, ended) = (ids(&some), ids(&reorganised));
    let sets = [(&some, &all[..1]), (&some, &all[28..33]), (&some, &all[20..40]), (&reorganised, &ended[..])];
    for ((edition, of), measure) in sets.iter().flat_map(|it| Measure::ALL.map(|measure| (*it, measure))) {
        for (chosen, width) in [2020, 2024].iter().flat_map(|chosen| THESE.map(|width| (year(*chosen), width))) {
            let chart = MultiplesChart::new(edition, of, chosen, measure).unwrap();
            let what = format!("{} {chosen} {measure:?} {width}", of.len());
            let picture = chart.picture(width);
            all_is_within(&picture, &what);
            let shown = of.len().min(12);
            assert_eq!(chart.panels().len(), shown);
            let rate = |id: CouncilId, of: ReportingYear| edition.read(id, of, measure).is_ok().then_some((id, of));
            let mut expected: Vec<(CouncilId, ReportingYear)> =
                of[..shown].iter().flat_map(|id| edition.years().into_iter().filter_map(|of| rate(*id, of))).collect();
            let about = |about| if let About::Of(id, of) = about { (id, of) } else { panic!("{what}: {about:?}") };
            let mut found: Vec<(CouncilId, ReportingYear)> = dots(&picture).iter().map(|dot| about(dot.0)).collect();
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expected, "{what}");
            let at = |(x, y): (f64, f64)| {
                about(dots(&picture).into_iter().find(|dot| (dot.1 - x).hypot(dot.2 - y) < 1e-6).unwrap().0)
            };
            for shape in &picture.shapes {
                let Shape::Line { points, .. } = shape else { continue };
                let (from, to) = (at(points[0]), at(points[1]));
                assert!(from.0 == to.0 && from.1.next() == Some(to.1) && !broken_between(from.1, to.1), "{what}");
            }
        }
    }
    assert_eq!(MultiplesChart::new(&some, &[], year(2024), Measure::Uphold), None);
}

#[test]
fn small_panels_say_in_words_what_they_show() {
    let edition = edition();
    let of = ["luton-borough-council", "birmingham-city-council", "adur-district-council"];
    let of = of.map(|slug| council(&edition, slug));
    let chart = MultiplesChart::new(&edition, &of, year(2024), Measure::Uphold).unwrap();
    assert_eq!(
        chart.title(),
        "Uphold rate in 2023-24: Luton 69% to Birmingham 87%; their 95% intervals overlap; no figure for Adur"
    );
    let text = chart.description();
    for part in [
        "Luton: 2019-20 13 of 24 (54%), 95% interval 35% to 72%; 2023-24 9 of 13 (69%)",
        "Adur: no figure in this edition.",
        "took no new complaints for three months",
    ] {
        assert!(text.contains(part), "“{part}” is not in “{text}”");
    }
}

#[test]
fn the_map_and_its_legend_have_room_and_do_not_run_over_each_other() {
    for part in [&[][..], &["Leicester", "Rutland"], &["Cornwall"]] {
        let map = england(part);
        for width in [280.0, 320.0, 480.0, 560.0, 700.0, 900.0, 1100.0] {
            let what = format!("{part:?} {width}");
            let picture = map.picture(width);
            all_is_within(&picture, &what);
            assert!(picture.height <= 1200.0, "{what}: {} high", picture.height);
            for shape in &picture.shapes {
                let Shape::Line { points, ink: upheld_charts::Ink::Background, .. } = shape else { continue };
                for (x, y) in points {
                    let here = Rect { left: x - 1.0, top: y - 1.0, right: x + 1.0, bottom: y + 1.0 };
                    let over = picture.labels().find(|label| label.bounds().overlaps(&here));
                    assert_eq!(over, None, "{what}: {x}, {y}");
                }
            }
        }
    }
    let nowhere = MapPicture { areas: Vec::new(), ..england(&["Rutland"]) };
    all_is_within(&nowhere.picture(320.0), "no areas");
}
