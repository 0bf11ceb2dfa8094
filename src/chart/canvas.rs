//! A chart on a canvas, by plotters: in the second program.

use super::named::{MAP_YEARS, Named, STRIP};
use plotters_canvas::CanvasBackend;
use upheld_charts::{Chart, Colour, IntoDrawingArea as _, MapTheme, Theme};
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

/// Writes the figure of a chart: its finding as its title, its place, named `which`, its source, what it shows in words, its table, and what can be
/// taken away of it.
pub fn figure(html: &mut Html, edition: &Edition, which: &str, chart: &impl Chart, table: impl FnOnce(&mut Html)) {
    html.part("figure", "chart", |html| {
        html.element("figcaption", &chart.title());
        place(html, which, chart);
        html.classed("p", "source-line", &source(edition));
        html.within("details", &[], |html| {
            html.element("summary", "The same numbers as a table, and in words");
            html.element("p", &chart.description());
            table(html);
        });
        super::take::menu(html, "this chart");
    });
}

/// Writes the place of a chart alone: a canvas, and for a chart whose dots lead somewhere a way to step through them by keys.
pub fn place(html: &mut Html, which: &str, chart: &impl Chart) {
    html.part("div", "drawing", |html| {
        html.within("canvas", &[("role", "img"), ("data-chart", which), ("aria-label", &chart.description())], |_| {});
        if !which.starts_with(STRIP) && which != MAP_YEARS {
            let steps = [
                ("class", "steps"),
                ("role", "slider"),
                ("tabindex", "0"),
                ("aria-label", "Dots of the chart: arrow keys step through them, Enter opens one"),
                ("aria-valuemin", "0"),
                ("aria-valuemax", "1"),
                ("aria-valuenow", "0"),
                ("aria-valuetext", "none yet"),
            ];
            html.within("div", &steps, |_| {});
        }
    });
    html.within("p", &[("class", "notice"), ("hidden", "")], |html| {
        html.text("This browser could not draw the chart. Its numbers stand in the table.");
    });
}

/// Where the figures of a chart come from, in a line.
#[must_use]
pub fn source(edition: &Edition) -> String {
    format!(
        "Source: Local Government and Social Care Ombudsman, as published; intervals and comparisons computed by Upheld. Edition of {}.",
        edition.date()
    )
}

/// Fits `canvas` to the chart `which` of what `view` shows, and draws the chart on it where there are colours
/// for it; whether it could.
pub fn draw(edition: &Edition, view: &View, which: &str, canvas: &HtmlCanvasElement, place: &Place<'_>) -> bool {
    let Some(mut chart) = Named::of(edition, view, which) else { return false };
    if let (Named::Years(years), Some(colours)) = (&mut chart, place.theme) {
        // Its classes have colours of their own, as the map's have.
        let Colour(red, green, blue) = theme(colours).background;
        if red.max(green).max(blue) < 0x80 {
            years.theme = MapTheme::dark(view.measure);
        }
    }
    paint(&chart, canvas, place)
}

/// Draws the chart `which` where nobody sees it.
pub fn rehearse(edition: &Edition, view: &View, which: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(canvas) = document.and_then(|document| document.create_element("canvas").ok()) else { return };
    draw(edition, view, which, &canvas.unchecked_into(), &Place { width: 320, scale: 1.0, theme: Some(&[]) });
}

/// Fits `canvas` to `chart` and draws it where there are colours for it; whether it could.
pub fn paint(chart: &impl Chart, canvas: &HtmlCanvasElement, place: &Place<'_>) -> bool {
    let height = chart.height(place.width);
    let (width, height) = (device_pixels(place.width, place.scale), device_pixels(height, place.scale));
    // To set a size, even the same, wipes what is drawn: a chart that is drawn again in place does not flicker.
    if canvas.width() != width {
        canvas.set_width(width);
    }
    if canvas.height() != height {
        canvas.set_height(height);
    }
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
