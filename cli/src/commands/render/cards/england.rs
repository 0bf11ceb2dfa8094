//! The map of England as the first page shows it first, for its card.

use super::Error;
use crate::files;
use std::path::Path;
use upheld_charts::{Area, EnglandCard, LegendRow, MapPicture, MapTheme};
use upheld_domain::{
    bands::{self, Fill},
    boundary::Shape,
    edition::Edition,
    figures::Count,
    in_words,
    view::View,
};
use upheld_sources::boundaries::read_layer;

/// The card of the first page, with the boundaries of the first view from the folder `geo`.
pub(super) fn card(edition: &Edition, geo: &Path) -> Result<EnglandCard, Error> {
    let (view, _) = View::read(edition, "", "");
    let vintage = edition.register().vintage(view.year);
    let path = geo.join(format!("{}-{}.geojson", view.tier.key(), vintage.key()));
    let layer = read_layer(&files::read(&path).map_err(Error::File)?)
        .map_err(|error| Error::Boundaries { file: path.display().to_string(), error })?;
    let fill = |shape: &Shape| {
        let council = edition.register().by_code(shape.code);
        council.map_or(Fill::None, |id| bands::fill(view.measure, &edition.read(id, view.year, view.measure)))
    };
    let areas: Vec<Area> = layer
        .shapes
        .iter()
        .map(|shape| Area { outline: outline(shape), fill: fill(shape), out: false, chosen: false })
        .collect();
    let councils: Vec<_> = edition.register().in_tier(view.year, view.tier).collect();
    let words = in_words::map(edition, &councils, view.year, view.measure);
    let map = MapPicture {
        title: view.heading(),
        description: [words.what, words.spread.unwrap_or_default(), words.standing_out].join(" "),
        heading: format!("Councils by {}, {}", view.measure.label().to_ascii_lowercase(), view.year),
        legend: legend(view.measure, &areas),
        areas,
        theme: MapTheme::light(view.measure),
    };
    Ok(EnglandCard { map, heading: "How English councils handle complaints".to_owned() })
}

fn outline(shape: &Shape) -> Vec<Vec<(f64, f64)>> {
    shape.rings().map(|ring| ring.0.iter().map(|position| position.degrees()).collect()).collect()
}

/// What each colour means, and how many councils have it.
fn legend(measure: upheld_domain::measure::Measure, areas: &[Area]) -> Vec<LegendRow> {
    let count = |of: &dyn Fn(Fill) -> bool| Count::try_from(areas.iter().filter(|area| of(area.fill)).count()).ok();
    let bands = bands::bands(measure);
    let of_band = |(place, band): (usize, &bands::Band)| LegendRow {
        fill: Fill::Band { place, hatched: false },
        label: band.label.to_owned(),
        count: count(&|fill| matches!(fill, Fill::Band { place: its, .. } if its == place)),
    };
    let mut rows: Vec<LegendRow> = bands.iter().enumerate().rev().map(of_band).collect();
    rows.push(LegendRow {
        fill: Fill::Band { place: bands.len() / 2, hatched: true },
        label: "of these, few cases: hatched".to_owned(),
        count: count(&|fill| matches!(fill, Fill::Band { hatched: true, .. })),
    });
    rows.push(LegendRow { fill: Fill::None, label: "no figure".to_owned(), count: count(&|fill| fill == Fill::None) });
    rows
}
