//! The map as a picture to take away, with the same fills and the same legend as on the screen.

use super::boundaries::{self, Detail, Shape, Source};
use crate::error::LoadError;
use upheld_charts::{Area, LegendRow, MapPicture, MapTheme};
use upheld_domain::{
    bands::{self, Fill, Standing},
    edition::Edition,
    figures::Count,
    in_words,
    view::View,
};
use upheld_pages::choropleth::Fills;

/// The map that `view` shows, as a picture.
///
/// # Errors
/// Where the boundaries cannot be loaded.
pub async fn picture(edition: &Edition, view: &View) -> Result<MapPicture, LoadError> {
    let vintage = edition.register().vintage(view.year);
    let source = Source { tier: view.tier, vintage, detail: Detail::Overview };
    let shapes = boundaries::load(source, edition.register()).await?;
    Ok(of_shapes(edition, view, shapes))
}

fn of_shapes(edition: &Edition, view: &View, shapes: Vec<Shape>) -> MapPicture {
    let fills = Fills::of(edition, view);
    let chosen = view.council(edition).map(|(id, _)| id);
    let area = |shape: Shape| {
        let rings = shape.parts.into_iter().flatten();
        let at = |position: &[f64]| match position {
            [longitude, latitude, ..] => Some((*longitude, *latitude)),
            _ => None,
        };
        let outline = rings.map(|ring| ring.iter().filter_map(|position| at(position.as_slice())).collect()).collect();
        let (fill, out) = fills.get(shape.council);
        Area { outline, fill, out, chosen: chosen == Some(shape.council) }
    };
    let councils: Vec<_> = edition.register().in_tier(view.year, view.tier).collect();
    let words = in_words::map(edition, &councils, view.year, view.measure);
    MapPicture {
        title: view.heading(),
        description: [words.what, words.spread.unwrap_or_default(), words.standing_out].join(" "),
        heading: format!("{}, {}", view.measure.label(), view.year),
        areas: shapes.into_iter().map(area).collect(),
        legend: legend(view, &fills),
        theme: MapTheme::light(view.measure),
    }
}

fn legend(view: &View, fills: &Fills) -> Vec<LegendRow> {
    let row = |fill, label: &str, councils: usize| LegendRow {
        fill,
        label: label.to_owned(),
        count: Count::try_from(councils).ok(),
    };
    let mut rows = Vec::new();
    if view.is_against() {
        rows.extend(
            Standing::ALL.map(|standing| row(Fill::Against(standing), standing.label(), fills.standing(standing))),
        );
    } else {
        let bands = bands::bands(view.measure);
        for (place, band) in bands.iter().enumerate().rev() {
            rows.push(row(Fill::Band { place, hatched: false }, band.label, fills.in_band(place)));
        }
        let place = if bands.len() > 3 { 3 } else { 1 };
        rows.push(row(Fill::Band { place, hatched: true }, "of these hatched: few cases, uncertain", fills.hatched()));
    }
    rows.push(row(Fill::None, "no figure", fills.councils() - fills.with_figure()));
    rows
}
