//! A chart on a canvas, by plotters: in the second program.

use plotters_canvas::CanvasBackend;
use upheld_charts::{Chart, Colour, IntoDrawingArea as _, SimilarChart, Theme, TrendChart};
use upheld_domain::{edition::Edition, view::View};
use upheld_pages::html::Html;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlCanvasElement;

/// Where a chart is drawn.
pub struct Place<'a> {
    /// Its width in CSS pixels.
    pub width: u32,
    /// Device pixels to a CSS pixel.
    pub scale: f64,
    /// Background, text, muted text, grid, dots, accent: red, green and blue of each. Without them the place is only made
    /// as large as the chart will be.
    pub theme: Option<&'a [u8]>,
}

/// Writes the figure of a chart: its finding as its title, its place, named `which`, and its table beneath.
pub fn figure(html: &mut Html, which: &str, chart: &impl Chart, table: impl FnOnce(&mut Html)) {
    html.part("figure", "chart", |html| {
        html.element("figcaption", &chart.title());
        html.part("div", "drawing", |html| {
            html.within(
                "canvas",
                &[("role", "img"), ("data-chart", which), ("aria-label", &chart.description())],
                |_| {},
            );
        });
        html.within("p", &[("class", "notice"), ("hidden", "")], |html| {
            html.text("This browser could not draw the chart. Its numbers stand in the table.");
        });
        html.within("details", &[], |html| {
            html.element("summary", "The same numbers as a table");
            table(html);
        });
    });
}

/// The name of the chart of similar authorities.
pub const SIMILAR: &str = "similar";

/// The name of the chart over the years.
pub const TREND: &str = "trend";

/// Fits `canvas` to the chart `which` of the council that `view` shows, and draws the chart on it where there are colours
/// for it; whether it could.
pub fn draw(edition: &Edition, view: &View, which: &str, canvas: &HtmlCanvasElement, place: &Place<'_>) -> bool {
    let Some((id, _)) = view.council(edition) else { return false };
    if which == TREND {
        TrendChart::new(edition, id, view.year, view.measure).is_some_and(|chart| paint(&chart, canvas, place))
    } else {
        SimilarChart::new(edition, id, view.year, view.measure).is_some_and(|chart| paint(&chart, canvas, place))
    }
}

/// Draws the chart `which` where nobody sees it.
pub fn rehearse(edition: &Edition, view: &View, which: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(canvas) = document.and_then(|document| document.create_element("canvas").ok()) else { return };
    draw(edition, view, which, &canvas.unchecked_into(), &Place { width: 320, scale: 1.0, theme: Some(&[]) });
}

fn paint(chart: &impl Chart, canvas: &HtmlCanvasElement, place: &Place<'_>) -> bool {
    canvas.set_width(device_pixels(place.width, place.scale));
    canvas.set_height(device_pixels(chart.height(place.width), place.scale));
    let Some(theme) = place.theme.map(theme) else { return true };
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else { return false };
    chart.draw(&backend.into_drawing_area(), &theme, place.scale).is_ok()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen's width, some thousands at most")]
fn device_pixels(css: u32, scale: f64) -> u32 {
    (f64::from(css) * scale).round() as u32
}

fn theme(bytes: &[u8]) -> Theme {
    match bytes.as_chunks::<3>().0 {
        [background, text, muted, grid, dot, accent] => Theme {
            background: colour(*background),
            text: colour(*text),
            muted: colour(*muted),
            grid: colour(*grid),
            dot: colour(*dot),
            accent: colour(*accent),
        },
        _ => Theme::LIGHT,
    }
}

const fn colour([red, green, blue]: [u8; 3]) -> Colour {
    Colour(red, green, blue)
}
