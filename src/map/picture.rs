//! The map as a picture to take away, with the same fills and the same legend as on the screen.

use super::boundaries::{self, Detail, Ring, Shape, Source};
use crate::error::LoadError;
use upheld_charts::{Area, Cell, LegendRow, MapPicture, MapTheme};
use upheld_domain::{
    bands::{self, Fill, Standing},
    council::Tier,
    edition::Edition,
    figures::Count,
    in_words,
    view::View,
    year::ReportingYear,
};
use upheld_pages::choropleth::Fills;

/// The map that `view` shows, as a picture.
///
/// # Errors
/// Where the boundaries cannot be loaded.
pub async fn picture(edition: &Edition, view: &View) -> Result<MapPicture, LoadError> {
    let shapes = boundaries::load(Source::of(edition.register(), view), edition.register()).await?;
    Ok(of_shapes(edition, view, shapes))
}

/// The cell of every council of a tier, for each set of councils that there has been, by its first year.
///
/// # Errors
/// Where the cells of one cannot be loaded.
pub async fn cells(edition: &Edition, tier: Tier) -> Result<Vec<(ReportingYear, Vec<Cell>)>, LoadError> {
    let register = edition.register();
    let mut all = Vec::new();
    for vintage in register.vintages() {
        let shapes = boundaries::load(Source { tier, vintage, detail: Detail::Hexes }, register).await?;
        all.push((vintage, shapes.into_iter().map(|shape| (shape.code, outline(shape.parts))).collect()));
    }
    Ok(all)
}

/// The rings of a shape as pairs of longitude and latitude.
fn outline(parts: Vec<Vec<Ring>>) -> Vec<Vec<(f64, f64)>> {
    let at = |position: &[f64]| match position {
        [longitude, latitude, ..] => Some((*longitude, *latitude)),
        _ => None,
    };
    let rings = parts.into_iter().flatten();
    rings.map(|ring| ring.iter().filter_map(|position| at(position.as_slice())).collect()).collect()
}

fn of_shapes(edition: &Edition, view: &View, shapes: Vec<Shape>) -> MapPicture {
    let fills = Fills::of(edition, view);
    let chosen = view.council(edition).map(|(id, _)| id);
    let area = |shape: Shape| {
        let (fill, out) = fills.get(shape.council);
        Area { outline: outline(shape.parts), fill, out, chosen: chosen == Some(shape.council) }
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
