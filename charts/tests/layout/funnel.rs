//! What holds for every funnel plot.

use super::comparing::{THESE, all_is_within, text_of};
use super::*;
use upheld_charts::{
    FunnelChart,
    funnel::{Brush, Shown},
};

fn all_funnels(edition: &Edition) -> Vec<FunnelChart> {
    let kinds = [CouncilType::Unitary, CouncilType::Metropolitan, CouncilType::District];
    let of = kinds.into_iter().flat_map(|kind| Measure::ALL.map(|measure| (kind, measure)));
    let of = of.flat_map(|(kind, measure)| edition.years().into_iter().map(move |year| (kind, year, measure)));
    of.filter_map(|(kind, year, measure)| FunnelChart::new(edition, kind, year, measure, Shown::default())).collect()
}

#[test]
fn each_council_with_counts_has_one_dot_whatever_is_lit_chosen_or_selected() {
    for edition in [edition(), crowd().0] {
        for mut chart in all_funnels(&edition) {
            let rows = chart.points().to_vec();
            let (first, last) = (rows.first().map(|row| row.council), rows.last().map(|row| row.council));
            let brush = Some(Brush { cases: (3, 8), rates: (40, 100) });
            let plain = Shown::default();
            for shown in [
                plain,
                Shown { chosen: last, ..plain },
                Shown { chosen: first, lit: last, widened: true, brush },
                Shown { lit: first, chosen: first, widened: false, brush },
            ] {
                chart.shown = shown;
                for width in THESE {
                    let what = format!("{} {shown:?} {width}", chart.title());
                    let picture = chart.picture(width);
                    all_is_within(&picture, &what);
                    let mut found: Vec<About> = dots(&picture).into_iter().map(|dot| dot.0).collect();
                    assert_eq!(found.len(), rows.len(), "{what}");
                    let mut expected: Vec<About> = rows.iter().map(|row| About::Council(row.council)).collect();
                    let order = |one: &About, other: &About| format!("{one:?}").cmp(&format!("{other:?}"));
                    found.sort_by(order);
                    expected.sort_by(order);
                    assert_eq!(found, expected, "{what}");
                    let text = text_of(&picture);
                    let named = |row: &upheld_charts::funnel::Row| text.contains(&row.name);
                    assert!(rows.iter().filter(|row| Some(row.council) == shown.chosen).all(named), "{what}: {text}");
                }
            }
        }
    }
}

#[test]
fn a_title_says_who_stands_out_and_no_more() {
    let title = |edition: &Edition, kind, ending, measure| {
        FunnelChart::new(edition, kind, year(ending), measure, Shown::default()).unwrap().title()
    };
    let some = edition();
    let (unitary, district) = (CouncilType::Unitary, CouncilType::District);
    assert_eq!(
        title(&some, unitary, 2024, Measure::Uphold),
        "Uphold rate in 2023-24: none of the 23 unitary councils with counts lies outside what chance explains"
    );
    assert_eq!(
        title(&some, district, 2023, Measure::Uphold),
        "Uphold rate in 2022-23: 1 of 8 district councils with counts lies outside what chance explains: Fenland (lower)"
    );
    assert_eq!(
        title(&crowd().0, district, 2024, Measure::Uphold),
        "Uphold rate in 2023-24: 5 of 164 district councils lie outside what chance explains: District 47 (higher), \
         District 163 (higher), District 53 (higher) and 2 others"
    );
    assert_eq!(FunnelChart::new(&some, unitary, year(2024), Measure::UpheldPer100k, Shown::default()), None);
}

#[test]
fn the_points_are_stepped_through_by_cases_and_say_what_they_are() {
    let edition = edition();
    let chart =
        FunnelChart::new(&edition, CouncilType::Unitary, year(2020), Measure::Uphold, Shown::default()).unwrap();
    let rows = chart.points();
    assert!(rows.windows(2).all(|pair| (pair[0].total, pair[0].count) <= (pair[1].total, pair[1].count)));
    let luton = rows.iter().find(|row| row.name == "Luton").unwrap();
    assert_eq!(luton.words(), "Luton, 13 of 24 (54%), no clear difference from similar authorities");
}

#[test]
fn a_place_says_its_values_and_a_part_of_the_plot_its_councils() {
    let edition = edition();
    let mut chart =
        FunnelChart::new(&edition, CouncilType::Unitary, year(2024), Measure::Uphold, Shown::default()).unwrap();
    assert!(chart.selected().is_empty());
    for width in THESE {
        for (about, x, y, _) in dots(&chart.picture(width)) {
            let About::Council(council) = about else { panic!("{about:?}") };
            let row = chart.points().iter().find(|row| row.council == council).unwrap();
            let (cases, percent) = chart.value_at(width, x, y).unwrap();
            assert!((cases - f64::from(row.total)).abs() < 0.5 && (percent - row.rate).abs() < 0.5, "{row:?}");
        }
        assert_eq!(chart.value_at(width, 1.0, 1.0), None);
    }
    chart.shown.brush = Some(Brush { cases: (20, 10), rates: (100, 60) });
    let expected = chart.points().iter().filter(|row| (10..=20).contains(&row.total) && row.rate >= 60.0);
    assert_eq!(chart.selected(), expected.map(|row| row.council).collect::<Vec<_>>());
    assert!(!chart.selected().is_empty() && chart.selected().len() < chart.points().len());
}

#[test]
fn widened_limits_say_so_and_only_where_there_is_a_reason() {
    let (edition, one) = crowd();
    let shown = Shown { widened: true, chosen: Some(one), ..Shown::default() };
    let text = |edition: &Edition, kind, shown| {
        let chart = FunnelChart::new(edition, kind, year(2024), Measure::Uphold, shown).unwrap();
        text_of(&chart.picture(700.0)) + &chart.description()
    };
    let said = |text: &str| text.contains("imits widened for overdispersion, φ = 2.4");
    assert!(said(&text(&edition, CouncilType::District, shown)));
    assert!(!said(&text(&edition, CouncilType::District, Shown::default())));
    assert!(!said(&text(&edition, CouncilType::Unitary, shown)), "they spread no more than chance has them");
}

#[test]
fn what_is_lit_moves_nothing() {
    for edition in [edition(), crowd().0] {
        for mut chart in all_funnels(&edition) {
            let plain = Shown { chosen: chart.points().first().map(|row| row.council), ..Shown::default() };
            for width in [320.0, 700.0] {
                chart.shown = plain;
                let before = chart.picture(width);
                for row in chart.points().to_vec().iter().step_by(7) {
                    chart.shown = Shown { lit: Some(row.council), ..plain };
                    let after = chart.picture(width);
                    assert!((after.height - before.height).abs() < 1e-9, "{} {width} {row:?}", chart.title());
                    let labels: Vec<_> = after.labels().collect();
                    for label in before.labels() {
                        // But for the name of the baseline, which gives way.
                        let kept =
                            labels.contains(&label) || label.text.contains("average") || label.text.contains('%');
                        assert!(kept, "{} {width} {row:?}: “{}” has moved", chart.title(), label.text);
                    }
                }
            }
        }
    }
}

#[test]
fn a_chosen_council_without_a_dot_says_why() {
    let edition = edition();
    let adur = council(&edition, "adur-district-council");
    let mut chart =
        FunnelChart::new(&edition, CouncilType::District, year(2024), Measure::Uphold, Shown::default()).unwrap();
    let said = |chart: &FunnelChart| {
        (text_of(&chart.picture(320.0)) + &chart.description()).matches("Adur: no figure in this edition").count()
    };
    assert_eq!(said(&chart), 0);
    chart.shown.chosen = Some(adur);
    assert_eq!(said(&chart), 2);
}

#[test]
fn names_stand_on_no_dot() {
    for edition in [edition(), crowd().0] {
        for chart in all_funnels(&edition) {
            for width in THESE {
                let picture = chart.picture(width);
                let names: Vec<&str> = chart.points().iter().map(|row| row.name.as_str()).collect();
                for label in picture.labels().filter(|label| names.contains(&label.text.as_str())) {
                    for dot in dots(&picture) {
                        let what = format!("{} {width}: “{}” on {dot:?}", chart.title(), label.text);
                        assert!(!label.bounds().overlaps(&around(dot)), "{what}");
                    }
                }
            }
        }
    }
}

#[test]
fn round_a_rate_of_100_percent_there_are_no_limits() {
    let edition = edition();
    let chart =
        |measure| FunnelChart::new(&edition, CouncilType::Unitary, year(2024), measure, Shown::default()).unwrap();
    let (compliance, uphold) = (chart(Measure::Compliance), chart(Measure::Uphold));
    assert!(compliance.funnel().baseline >= 1.0, "{}", compliance.funnel().baseline);
    let said = |chart: &FunnelChart| (text_of(&chart.picture(700.0)), chart.description());
    let (picture, description) = said(&compliance);
    assert!(picture.contains("no limits are drawn round a rate of 100%") && !picture.contains("99.8%"), "{picture}");
    assert!(description.contains("No limits are drawn round a rate of 100%"), "{description}");
    let (picture, description) = said(&uphold);
    assert!(picture.contains("99.8% limits") && !picture.contains("no limits"), "{picture}");
    assert!(description.contains("95% of councils would lie within"), "{description}");
}
