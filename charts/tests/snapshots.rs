//! The charts as they were signed off, kept as SVG. A picture that is meant to change is drawn anew with
//! `UPDATE_SNAPSHOTS=1 cargo test -p upheld-charts --test snapshots`, looked at, and committed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod common;

use common::{council, crowd, edition, england, hexagons, reorganised, year};
use std::{env, fs, path::Path};
use upheld_charts::{
    Chart, ForestChart, Frame, Framed, FunnelChart, MapPicture, MapTheme, MapYears, MultiplesChart, SimilarChart,
    StripChart, Theme, TrendChart,
    funnel::{Brush, Shown},
    svg::svg,
};
use upheld_domain::{
    council::{CouncilType, Tier},
    edition::Edition,
    measure::Measure,
    register::CouncilId,
};

fn check<C: Chart>(name: &str, chart: &C) {
    for width in [320, 700] {
        compare(&format!("{name}-{width}"), &svg(chart, width, &Theme::LIGHT).unwrap());
    }
}

fn compare(name: &str, drawn: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.svg"));
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, drawn).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(drawn == kept, "{name}.svg is drawn differently: see the top of this file for how to update it");
}

#[test]
fn in_the_dark_and_on_paper() {
    let edition = edition();
    let luton = council(&edition, "luton-borough-council");
    let similar = SimilarChart::new(&edition, luton, year(2024), Measure::Uphold).unwrap();
    let trend = TrendChart::new(&edition, luton, year(2024), Measure::Uphold).unwrap();
    for (name, theme) in [("dark", Theme::DARK), ("paper", Theme::PRINT)] {
        compare(&format!("luton_among_unitary_councils_2024-{name}"), &svg(&similar, 700, &theme).unwrap());
        compare(&format!("luton_over_the_years-{name}"), &svg(&trend, 700, &theme).unwrap());
    }
}

macro_rules! pictures {
    ($edition:ident: $($test:ident: $chart:ident of $slug:literal, $year:literal, $measure:ident;)*) => { $(
        #[test]
        fn $test() {
            let edition = $edition();
            let id = council(&edition, $slug);
            let chart = $chart::new(&edition, id, year($year), Measure::$measure).unwrap();
            check(stringify!($test), &chart);
        }
    )* };
}

pictures! {
    edition:
    luton_among_unitary_councils_2020: SimilarChart of "luton-borough-council", 2020, Uphold;
    luton_among_unitary_councils_2024: SimilarChart of "luton-borough-council", 2024, Uphold;
    luton_compliance_2024: SimilarChart of "luton-borough-council", 2024, Compliance;
    luton_remedies_2024: SimilarChart of "luton-borough-council", 2024, Remedy;
    birmingham_upheld_per_100k_2024: SimilarChart of "birmingham-city-council", 2024, UpheldPer100k;
    birmingham_among_metropolitan_boroughs_2024: SimilarChart of "birmingham-city-council", 2024, Uphold;
    allerdale_after_its_end_2024: SimilarChart of "allerdale-borough-council", 2024, Uphold;
    adur_without_a_figure_2024: SimilarChart of "adur-district-council", 2024, Uphold;
    luton_over_the_years: TrendChart of "luton-borough-council", 2024, Uphold;
    luton_over_the_years_chosen_2020: TrendChart of "luton-borough-council", 2020, Uphold;
    luton_remedies_over_the_years: TrendChart of "luton-borough-council", 2020, Remedy;
    birmingham_over_the_years: TrendChart of "birmingham-city-council", 2024, Uphold;
    birmingham_upheld_per_100k_over_the_years: TrendChart of "birmingham-city-council", 2024, UpheldPer100k;
    allerdale_over_the_years: TrendChart of "allerdale-borough-council", 2023, Uphold;
    adur_over_the_years: TrendChart of "adur-district-council", 2024, Uphold;
}

pictures! {
    reorganised:
    cumberland_beside_those_it_replaced: TrendChart of "cumberland-council", 2024, Uphold;
    westmorland_beside_those_it_replaced: TrendChart of "westmorland-and-furness-council", 2024, Uphold;
    north_yorkshire_beside_those_it_replaced: TrendChart of "north-yorkshire-council", 2024, Uphold;
    bournemouth_beside_those_it_replaced: TrendChart of "bournemouth-christchurch-and-poole-council", 2021, Uphold;
    dorset_county_beside_those_that_took_its_place: TrendChart of "dorset-county-council", 2019, Uphold;
}

/// The councils of `slugs`, in their order.
fn councils(edition: &Edition, slugs: &[&str]) -> Vec<CouncilId> {
    slugs.iter().map(|slug| council(edition, slug)).collect()
}

const SIX: [&str; 6] = [
    "luton-borough-council",
    "slough-borough-council",
    "birmingham-city-council",
    "bournemouth-christchurch-and-poole-council",
    "royal-borough-of-windsor-and-maidenhead",
    "council-of-the-isles-of-scilly",
];

#[test]
fn councils_beneath_each_other() {
    let edition = edition();
    let six = councils(&edition, &SIX);
    for measure in [Measure::Uphold, Measure::UpheldPer100k] {
        let chart = ForestChart::new(&edition, &six, year(2024), measure).unwrap();
        check(&format!("six_councils_{}_2024", measure.key()), &chart);
        if measure == Measure::Uphold {
            compare("six_councils_uphold_2024-paper", &svg(&chart, 700, &Theme::PRINT).unwrap());
        }
    }
}

#[test]
fn councils_in_small_panels() {
    let edition = edition();
    let six = councils(&edition, &SIX);
    for measure in [Measure::Uphold, Measure::UpheldPer100k] {
        let chart = MultiplesChart::new(&edition, &six, year(2024), measure).unwrap();
        check(&format!("six_councils_{}_over_the_years", measure.key()), &chart);
    }
}

#[test]
fn the_funnel_of_a_type() {
    let edition = edition();
    let luton = council(&edition, "luton-borough-council");
    let shown = Shown { chosen: Some(luton), ..Shown::default() };
    let chart = FunnelChart::new(&edition, CouncilType::Unitary, year(2024), Measure::Uphold, shown).unwrap();
    check("luton_in_the_funnel_2024", &chart);
    compare("luton_in_the_funnel_2024-paper", &svg(&chart, 700, &Theme::PRINT).unwrap());
    let fenland = FunnelChart::new(&edition, CouncilType::District, year(2023), Measure::Uphold, Shown::default());
    check("districts_in_the_funnel_2023", &fenland.unwrap());
    let compliance = FunnelChart::new(&edition, CouncilType::Unitary, year(2024), Measure::Compliance, shown);
    check("luton_compliance_in_the_funnel_2024", &compliance.unwrap());
    let remedy = FunnelChart::new(&edition, CouncilType::Metropolitan, year(2024), Measure::Remedy, Shown::default());
    check("metropolitan_remedies_in_the_funnel_2024", &remedy.unwrap());
}

#[test]
fn the_funnel_of_a_full_year_with_a_part_selected() {
    let (edition, one) = crowd();
    let plain = Shown { chosen: Some(one), ..Shown::default() };
    let mut chart = FunnelChart::new(&edition, CouncilType::District, year(2024), Measure::Uphold, plain).unwrap();
    check("crowd_in_the_funnel", &chart);
    let lit = chart.points().get(100).map(|row| row.council);
    chart.shown = Shown { lit, widened: true, brush: Some(Brush { cases: (6, 12), rates: (50, 100) }), ..plain };
    check("crowd_in_the_funnel_selected", &chart);
    compare("crowd_in_the_funnel_selected-dark", &svg(&chart, 700, &Theme::DARK).unwrap());
}

#[test]
fn the_map_to_take_away() {
    let part = ["Leicester", "Rutland", "Nottingham", "Derby", "Lincolnshire", "North East Lincolnshire"];
    let map = england(&part);
    check("map_of_the_east_midlands", &map);
    let dark = MapPicture { theme: MapTheme::dark(Measure::Uphold), ..map.clone() };
    compare("map_of_the_east_midlands-dark", &svg(&dark, 700, &Theme::DARK).unwrap());
    let frame = Frame { title: map.title.clone(), lines: vec!["Source: the Ombudsman".to_owned()] };
    compare(
        "map_of_the_east_midlands-framed",
        &svg(&Framed { chart: &map, frame: &frame }, 700, &Theme::LIGHT).unwrap(),
    );
}

#[test]
fn the_map_of_every_year() {
    let edition = edition();
    let chosen = Some(council(&edition, "manchester-city-council"));
    let light = MapTheme::light(Measure::Uphold);
    // Nine boroughs, so that the files stay small.
    let map = MapYears::new(&edition, &hexagons("E0800000"), Tier::Upper, Measure::Uphold, chosen, light).unwrap();
    let dark = MapYears { theme: MapTheme::dark(Measure::Uphold), ..map.clone() };
    compare("manchester_maps_over_the_years-dark", &svg(&dark, 360, &Theme::DARK).unwrap());
    let frame = Frame { title: map.title.clone(), lines: vec!["Source: the Ombudsman".to_owned()] };
    let framed = Framed { chart: &map, frame: &frame };
    compare("manchester_maps_over_the_years-framed", &svg(&framed, 900, &Theme::LIGHT).unwrap());
}

#[test]
fn a_rate_on_its_scale() {
    let edition = edition();
    for (slug, ending) in [("luton-borough-council", 2020), ("birmingham-city-council", 2024)] {
        let id = council(&edition, slug);
        let chart = StripChart::new(&edition, id, year(ending), Measure::Uphold).unwrap();
        compare(&format!("{slug}-strip-{ending}"), &svg(&chart, 320, &Theme::LIGHT).unwrap());
    }
}

#[test]
fn a_chart_to_take_away() {
    let edition = edition();
    let luton = council(&edition, "luton-borough-council");
    let chart = SimilarChart::new(&edition, luton, year(2020), Measure::Uphold).unwrap();
    let frame = Frame {
        title: chart.title(),
        lines: vec![
            "Source: Local Government and Social Care Ombudsman, annual letter to Luton Borough Council of 2019-20.".to_owned(),
            "Upheld, edition of 1 August 2025.".to_owned(),
            "https://upheld.example/?year=2020&measure=uphold&council=luton-borough-council&compare=slough-borough-council".to_owned(),
        ],
    };
    check("luton_among_unitary_councils_2020-framed", &Framed { chart: &chart, frame: &frame });
}
