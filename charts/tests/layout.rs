//! What holds for every picture, whatever the council, year, measure and width.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod common;
#[path = "layout/comparing.rs"]
mod comparing;
#[path = "layout/funnel.rs"]
mod funnel;
#[path = "layout/map_years.rs"]
mod map_years;

use common::{council, crowd, edition, file, reorganised, year};
use std::collections::BTreeMap;
use upheld_charts::{About, Chart, Picture, Rect, Shape, SimilarChart, TrendChart};
use upheld_domain::{
    council::CouncilType,
    edition::{Edition, EvidenceRow},
    evidence::SourceKind,
    figures::Figures,
    measure::Measure,
    register::CouncilId,
    trend::{self, BREAKS, broken_between},
    year::ReportingYear,
};

const WIDTHS: [f64; 7] = [280.0, 300.0, 320.0, 375.0, 640.0, 700.0, 1100.0];

/// Dots that stand for something: what, and the centre and radius.
fn dots(picture: &Picture) -> Vec<(About, f64, f64, f64)> {
    let dot = |shape: &Shape| match shape {
        Shape::Dot { about, x, y, radius, .. } if *about != About::Key => Some((*about, *x, *y, *radius)),
        _ => None,
    };
    picture.shapes.iter().filter_map(dot).collect()
}

fn around((_, x, y, radius): (About, f64, f64, f64)) -> Rect {
    Rect { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
}

fn text_is_legible(picture: &Picture, what: &str) {
    let inside = Rect { left: 0.0, top: 0.0, right: picture.width, bottom: picture.height };
    let labels: Vec<_> = picture.labels().collect();
    for (place, label) in labels.iter().enumerate() {
        assert!(label.size >= 11.0, "{what}: “{}” is too small", label.text);
        assert!(inside.holds(&label.bounds()), "{what}: “{}” runs out of the picture", label.text);
        for other in labels.iter().skip(place + 1) {
            assert!(!label.bounds().overlaps(&other.bounds()), "{what}: “{}” over “{}”", label.text, other.text);
        }
    }
}

fn every_council_stands_once(chart: &SimilarChart, picture: &Picture, what: &str) {
    let drawn = dots(picture);
    let mut expected: Vec<CouncilId> =
        chart.rows().iter().filter(|row| row.reading.is_ok()).map(|row| row.council).collect();
    let council = |about: About| if let About::Council(id) = about { Some(id) } else { None };
    let mut found: Vec<CouncilId> = drawn.iter().filter_map(|dot| council(dot.0)).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected, "{what}");
    for (place, dot) in drawn.iter().enumerate() {
        assert!(picture.plot.holds(&around(*dot)), "{what}: {dot:?} outside of {:?}", picture.plot);
        for other in drawn.iter().skip(place + 1) {
            let distance = (dot.1 - other.1).hypot(dot.2 - other.2);
            assert!(distance >= dot.3 + other.3, "{what}: {dot:?} over {other:?}");
        }
    }
}

/// Councils that have anything at all, and one that has nothing.
fn telling(edition: &Edition) -> Vec<CouncilId> {
    let known = edition.register().iter().map(|(id, _)| id).filter(|id| edition.years_of(*id).next().is_some());
    known.chain([council(edition, "adur-district-council")]).collect()
}

#[test]
fn each_council_with_a_rate_has_one_dot_in_the_plot_and_all_text_is_legible() {
    let edition = edition();
    let councils = telling(&edition);
    for (id, measure) in councils.iter().flat_map(|id| Measure::ALL.map(|measure| (*id, measure))) {
        for year in [year(2018), year(2020), year(2023), year(2024), year(2025)] {
            let chart = SimilarChart::new(&edition, id, year, measure).unwrap();
            for width in WIDTHS {
                let what = format!("{id:?} {year} {measure:?} {width}");
                let picture = chart.picture(width);
                every_council_stands_once(&chart, &picture, &what);
                text_is_legible(&picture, &what);
            }
        }
    }
}

#[test]
fn a_picture_of_the_years_has_a_dot_for_each_figure_and_none_for_a_missing_one() {
    let (some, reorganised) = (edition(), reorganised());
    let councils = telling(&some).into_iter().map(|id| (&some, id));
    let councils = councils.chain(reorganised.register().iter().map(|(id, _)| (&reorganised, id)));
    for ((edition, id), measure) in councils.flat_map(|it| Measure::ALL.map(|measure| (it, measure))) {
        for chosen in [year(2020), year(2024)] {
            let chart = TrendChart::new(edition, id, chosen, measure).unwrap();
            let with: Vec<About> =
                chart.rows().iter().filter(|row| row.reading.is_ok()).map(|row| About::Year(row.year)).collect();
            for width in WIDTHS {
                let what = format!("{id:?} {chosen} {measure:?} {width}");
                let picture = chart.picture(width);
                let drawn = dots(&picture);
                let own = drawn.iter().map(|dot| dot.0).filter(|about| matches!(about, About::Year(_)));
                assert_eq!(own.collect::<Vec<_>>(), with, "{what}");
                each_figure_beside_has_its_dot(edition, id, measure, &picture, &what);
                for dot in drawn {
                    assert!(picture.plot.holds(&around(dot)), "{what}: {dot:?} outside of {:?}", picture.plot);
                }
                text_is_legible(&picture, &what);
            }
        }
    }
}

/// Each year of a council before or after has one dot of its own, and is called by its name.
fn each_figure_beside_has_its_dot(edition: &Edition, id: CouncilId, measure: Measure, picture: &Picture, what: &str) {
    let kin = trend::kin(edition, id, measure);
    let point = |it: &trend::Kin| it.points.iter().map(|point| (it.council, point.year)).collect::<Vec<_>>();
    let mut expected: Vec<(CouncilId, ReportingYear)> = kin.iter().flat_map(point).collect();
    let about = |(about, ..): (About, f64, f64, f64)| {
        if let About::Kin(council, year) = about { Some((council, year)) } else { None }
    };
    let mut found: Vec<(CouncilId, ReportingYear)> = dots(picture).into_iter().filter_map(about).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected, "{what}");
    let text = picture.labels().map(|label| label.text.as_str()).collect::<Vec<_>>().join(" ");
    for it in kin.iter().filter(|it| !it.points.is_empty()) {
        let council = edition.register().get(it.council).unwrap();
        let name = format!("{} ({})", council.short_name, council.council_type.key());
        assert!(text.contains(&name), "{what}: “{name}” is not in “{text}”");
    }
}

/// The years that a line joins, found by the dots at its ends.
fn joined(picture: &Picture) -> Vec<(ReportingYear, ReportingYear)> {
    let at = |(x, y): (f64, f64)| {
        let here = dots(picture).into_iter().find(|dot| (dot.1 - x).hypot(dot.2 - y) < 1e-6);
        if let Some((About::Year(year), ..)) = here { year } else { panic!("a line ends where no year is") }
    };
    let line = |shape: &Shape| if let Shape::Line { points, .. } = shape { Some(points.clone()) } else { None };
    let lines: Vec<_> = picture.shapes.iter().filter_map(line).collect();
    lines.iter().flat_map(|points| points.windows(2)).map(|ends| (at(ends[0]), at(ends[1]))).collect()
}

#[test]
fn years_are_joined_only_where_they_follow_each_other_without_a_break() {
    let mut file = file();
    // A council with a figure in every year.
    let code = file.councils.iter().find(|council| council.slug.as_str() == "luton-borough-council").unwrap().code;
    file.evidence.retain(|row| row.council != code);
    for year in ReportingYear::all() {
        let figures: Figures = serde_json::from_str(r#"{"investigations":30,"upheld":20,"uphold_rate":67}"#).unwrap();
        file.evidence.push(EvidenceRow { council: code, year, kind: SourceKind::Letter, figures });
    }
    let edition: Edition = file.try_into().unwrap();
    let luton = council(&edition, "luton-borough-council");
    let picture = TrendChart::new(&edition, luton, year(2024), Measure::Uphold).unwrap().picture(700.0);
    let joined = joined(&picture);
    assert_eq!(joined.len(), ReportingYear::all().count() - 1 - BREAKS.len());
    for (earlier, later) in joined {
        assert_eq!(earlier.next(), Some(later));
        assert!(!broken_between(earlier, later), "{earlier} is joined to {later}");
    }
}

#[test]
fn each_break_has_its_line_and_its_whole_reason() {
    let edition = edition();
    let luton = council(&edition, "luton-borough-council");
    for width in WIDTHS {
        let picture = TrendChart::new(&edition, luton, year(2024), Measure::Uphold).unwrap().picture(width);
        let dashed = |shape: &&Shape| matches!(shape, Shape::Rule { dashed: true, from, to, .. } if from.1 < to.1);
        assert_eq!(picture.shapes.iter().filter(dashed).count(), BREAKS.len());
        let text: Vec<&str> = picture.labels().map(|label| label.text.as_str()).collect();
        let text = text.join(" ");
        for at in BREAKS {
            assert!(text.contains(at.short), "“{}” is not in “{text}”", at.short);
        }
    }
}

#[test]
fn a_figure_from_after_the_end_is_a_ring_that_nothing_leads_to() {
    let edition = edition();
    let allerdale = council(&edition, "allerdale-borough-council");
    let picture = TrendChart::new(&edition, allerdale, year(2023), Measure::Uphold).unwrap().picture(320.0);
    let filled = |shape: &Shape| match shape {
        Shape::Dot { about: About::Year(year), filled, .. } => Some((*year, *filled)),
        _ => None,
    };
    let found: BTreeMap<ReportingYear, bool> = picture.shapes.iter().filter_map(filled).collect();
    assert_eq!(found, BTreeMap::from([(year(2023), true), (year(2024), false)]));
    assert!(joined(&picture).is_empty());
}

#[test]
fn a_full_year_of_districts_finds_room() {
    let (edition, one) = crowd();
    for measure in Measure::ALL {
        let chart = SimilarChart::new(&edition, one, year(2024), measure).unwrap();
        for width in WIDTHS {
            let what = format!("{measure:?} {width}");
            let picture = chart.picture(width);
            every_council_stands_once(&chart, &picture, &what);
            text_is_legible(&picture, &what);
            assert!(picture.height <= 420.0, "{what}: {} high", picture.height);
        }
    }
}

#[test]
fn rows_say_what_the_edition_holds() {
    let edition = edition();
    let luton = council(&edition, "luton-borough-council");
    let chart = SimilarChart::new(&edition, luton, year(2020), Measure::Uphold).unwrap();
    assert_eq!(chart.rows().len(), edition.register().of_type(year(2020), CouncilType::Unitary).count());
    for row in chart.rows() {
        assert_eq!(row.reading, edition.read(row.council, year(2020), Measure::Uphold));
        assert_eq!(row.marked, row.council == luton);
    }
    let own = chart.rows().iter().find(|row| row.marked).unwrap();
    assert_eq!((own.name.as_str(), own.figure(Measure::Uphold).as_str()), ("Luton", "13 of 24 (54%)"));

    let rows = TrendChart::new(&edition, luton, year(2020), Measure::Uphold).unwrap().rows();
    for row in &rows {
        assert_eq!(row.reading, edition.read(luton, row.year, Measure::Uphold));
        assert_eq!(row.break_before.is_some(), BREAKS.iter().any(|at| at.before == row.year));
    }
    let of_2020 = rows.iter().find(|row| row.year == year(2020)).unwrap();
    assert_eq!(of_2020.similar.unwrap().to_string(), "56%");
    assert!(rows.iter().any(|row| row.figure(Measure::Uphold) == "no figure in this edition"));
    // Of the peers alone: the middle of those that have a rate.
    for row in &rows {
        let peers = edition.readings(CouncilType::Unitary, row.year, Measure::Uphold).into_iter();
        let mut values: Vec<f64> =
            peers.filter_map(|(id, reading)| Some(reading.ok().filter(|_| id != luton)?.value)).collect();
        values.sort_by(f64::total_cmp);
        let (count, half) = (values.len(), values.len() / 2);
        let median = (count >= 5)
            .then(|| if count % 2 == 1 { values[half] } else { f64::midpoint(values[half - 1], values[half]) });
        assert_eq!(row.median, median.map(|value| (value, count)), "{}", row.year);
    }
    assert!(rows.iter().any(|row| row.median.is_some()) && rows.iter().any(|row| row.median.is_none()));
}

#[test]
fn titles_say_the_finding_and_no_more() {
    let edition = edition();
    let similar = |slug: &str, ending: u16, measure: Measure| {
        SimilarChart::new(&edition, council(&edition, slug), year(ending), measure).unwrap().title()
    };
    let trend = |slug: &str, ending: u16, measure: Measure| {
        TrendChart::new(&edition, council(&edition, slug), year(ending), measure).unwrap().title()
    };
    let (luton, birmingham, allerdale, adur) =
        ("luton-borough-council", "birmingham-city-council", "allerdale-borough-council", "adur-district-council");
    assert_eq!(
        similar(luton, 2020, Measure::Uphold),
        "Luton’s 54% is not clearly different from the published average of 56%; on 24 investigations the range is wide, 35% to 72%"
    );
    assert_eq!(
        similar(birmingham, 2024, Measure::Uphold),
        "Birmingham’s 87% is not clearly different from the published average of 80%"
    );
    assert_eq!(
        similar(birmingham, 2024, Measure::Compliance),
        "Birmingham did not carry out 1 of 107 recommendations; the published average is 99%"
    );
    assert_eq!(
        similar(birmingham, 2024, Measure::UpheldPer100k),
        "Birmingham’s 9.9 per 100,000 residents beside the published average of 4.4"
    );
    assert_eq!(
        similar(allerdale, 2023, Measure::Uphold),
        "Allerdale’s 25% is not clearly different from the published average of 59%; 4 investigations are too few to judge"
    );
    assert_eq!(
        similar(allerdale, 2023, Measure::Compliance),
        "No compliance rate for Allerdale in 2022-23: no recommendations were due"
    );
    assert_eq!(similar(adur, 2024, Measure::Uphold), "No uphold rate for Adur in 2023-24: no figure in this edition");
    assert_eq!(
        trend(birmingham, 2024, Measure::Uphold),
        "Birmingham’s uphold rate was 87% in 2023-24, after 84% in 2022-23"
    );
    assert_eq!(
        trend(luton, 2024, Measure::Uphold),
        "Luton’s uphold rate was 69% in 2023-24; earlier years are not comparable; on 13 investigations the range is \
         wide, 42% to 87%"
    );
    assert_eq!(trend(adur, 2024, Measure::Uphold), "No uphold rate for Adur in any year of this edition");
}

#[test]
fn a_description_says_what_the_picture_shows() {
    let edition = edition();
    let luton = council(&edition, "luton-borough-council");
    let text = SimilarChart::new(&edition, luton, year(2020), Measure::Uphold).unwrap().description();
    for part in
        ["Luton: 13 of 24 (54%), 95% interval 35% to 72%", "published average is 56%", "unitary councils in 2019-20"]
    {
        assert!(text.contains(part), "“{part}” is not in “{text}”");
    }
    let text = TrendChart::new(&edition, luton, year(2020), Measure::Uphold).unwrap().description();
    for part in [
        "2019-20: 13 of 24 (54%)",
        "No figure for 2014-15",
        "2024-25: 10 of 13 (77%)",
        "no new complaints for three months",
    ] {
        assert!(text.contains(part), "“{part}” is not in “{text}”");
    }
}

/// A council that has replaced nine, all with figures in every year but every third, and goes on with its own.
fn heir(own: bool) -> (Edition, CouncilId) {
    let mut file = file();
    let pattern =
        file.councils.iter().find(|council| council.slug.as_str() == "luton-borough-council").unwrap().clone();
    let mut heir = pattern.clone();
    (heir.code, heir.slug) = ("E06000900".parse().unwrap(), "heir".parse().unwrap());
    (heir.short_name, heir.first_year) = ("Heir".to_owned(), year(2024));
    let mut print = |code, of: ReportingYear, upheld: u32| {
        let figures = format!(r#"{{"investigations":30,"upheld":{upheld},"upheld_per_100k":{}.5}}"#, upheld / 2);
        let figures = serde_json::from_str(&figures).unwrap();
        file.evidence.push(EvidenceRow { council: code, year: of, kind: SourceKind::Letter, figures });
    };
    for number in 0_u32..9 {
        let mut former = pattern.clone();
        former.code = format!("E07000{}", 900 + number).parse().unwrap();
        former.slug = format!("former-{number}").parse().unwrap();
        former.short_name = format!("Former Place of Number {number}");
        (former.council_type, former.last_year) = (CouncilType::District, Some(year(2023)));
        former.successors = vec![heir.code];
        heir.predecessors.push(former.code);
        for of in ReportingYear::all().take_while(|of| *of <= year(2024)).filter(|of| of.key() % 3 != 0) {
            print(former.code, of, (number * 7 + u32::from(of.key())) % 31);
        }
        file.councils.push(former);
    }
    if own {
        print(heir.code, year(2024), 20);
        print(heir.code, year(2025), 22);
    }
    file.councils.push(heir);
    let edition: Edition = file.try_into().unwrap();
    let heir = council(&edition, "heir");
    (edition, heir)
}

#[test]
fn many_predecessors_stand_beside_within_the_frame_each_by_itself_and_by_its_name() {
    for own in [true, false] {
        let (edition, heir) = heir(own);
        for (measure, width) in Measure::ALL.iter().flat_map(|measure| WIDTHS.map(|width| (*measure, width))) {
            let what = format!("{own} {measure:?} {width}");
            let picture = TrendChart::new(&edition, heir, year(2024), measure).unwrap().picture(width);
            each_figure_beside_has_its_dot(&edition, heir, measure, &picture, &what);
            text_is_legible(&picture, &what);
            for dot in dots(&picture) {
                assert!(picture.plot.holds(&around(dot)), "{what}: {dot:?} outside of {:?}", picture.plot);
            }
        }
    }
}

#[test]
fn lines_of_predecessors_join_only_their_own_years_and_cross_no_break() {
    let (edition, heir) = heir(true);
    let picture = TrendChart::new(&edition, heir, year(2024), Measure::Uphold).unwrap().picture(700.0);
    let at = |(x, y): (f64, f64)| dots(&picture).into_iter().find(|dot| (dot.1 - x).hypot(dot.2 - y) < 1e-6).unwrap().0;
    let mut joined = 0;
    for shape in &picture.shapes {
        let Shape::Line { points, .. } = shape else { continue };
        let (from, to) = match (at(points[0]), at(points[1])) {
            (About::Kin(one, from), About::Kin(other, to)) if one == other => (from, to),
            (About::Year(from), About::Year(to)) => (from, to),
            ends => panic!("{ends:?} are joined"),
        };
        assert!(from.next() == Some(to) && !broken_between(from, to), "{from} is joined to {to}");
        joined += 1;
    }
    // Of each 2013-14 to 2014-15 and 2016-17 to 2017-18; and the heir's own two years.
    assert_eq!(joined, 9 * 2 + 1);
}

#[test]
fn a_council_without_figures_still_shows_those_of_the_councils_that_it_replaced() {
    let edition = reorganised();
    let cumberland = council(&edition, "cumberland-council");
    let chart = TrendChart::new(&edition, cumberland, year(2024), Measure::Uphold).unwrap();
    assert_eq!(
        chart.title(),
        "No uphold rate for Cumberland in any year of this edition; Allerdale (district) and Cumbria (county), which it \
         replaced, have figures"
    );
    assert_eq!(chart.span(), Some((year(2023), year(2025))));
    assert!(chart.rows().iter().all(|row| row.reading.is_err()), "nothing of theirs is taken for its own");
    let text = chart.description();
    for part in [
        "Of the councils it replaced on 1 April 2023, each by itself: Allerdale (district) 2022-23: 1 of 4 (25%); ",
        "Cumbria (county) 2023-24, after its end: 9 of 10 (91%)",
        "no figure for Carlisle (district) and Copeland (district)",
    ] {
        assert!(text.contains(part), "“{part}” is not in “{text}”");
    }
    let picture = chart.picture(320.0);
    let text = picture.labels().map(|label| label.text.as_str()).collect::<Vec<_>>().join(" ");
    assert!(text.contains("the councils it replaced on 1 April 2023, each by itself"), "{text}");
    assert!(text.contains("Allerdale (district) 25%"), "{text}");
}

#[test]
fn the_dot_under_the_pointer_is_found() {
    let edition = edition();
    let luton = council(&edition, "luton-borough-council");
    let picture = SimilarChart::new(&edition, luton, year(2020), Measure::Uphold).unwrap().picture(320.0);
    for (about, x, y, radius) in dots(&picture) {
        assert_eq!(picture.dot_at(x, y, 0.0), Some(about));
        assert_eq!(picture.dot_at(x, y - radius + 0.1, 4.0), Some(about));
    }
    assert_eq!(picture.dot_at(2.0, 2.0, 4.0), None);
}
