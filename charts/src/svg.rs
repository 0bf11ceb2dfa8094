//! Charts as SVG text.

use crate::{Chart, Colour, Theme};
use plotters::{
    drawing::{DrawingAreaErrorKind, IntoDrawingArea as _},
    prelude::SVGBackend,
};
use std::io;

/// plotters places everything on whole pixels; in an SVG these are eighths of a CSS pixel.
const SCALE: u32 = 8;

/// plotters' SVG divides the size of letters by this, as its other backends do not.
const LETTERS: f64 = 1.24;

/// `chart` as a stand-alone SVG, `width` CSS pixels wide, that carries its title and its description.
///
/// # Errors
/// Where plotters fails.
pub fn svg<C: Chart>(chart: &C, width: u32, theme: &Theme) -> Result<String, DrawingAreaErrorKind<io::Error>> {
    let picture = chart.picture(f64::from(width));
    let height = chart.height(width);
    let (wide, high) = (width * SCALE, height * SCALE);
    let mut drawn = String::new();
    {
        let area = SVGBackend::with_string(&mut drawn, (wide, high)).into_drawing_area();
        picture.draw(&area, theme, f64::from(SCALE), LETTERS)?;
    }
    let shapes = drawn.split_once('>').map(|(_, shapes)| shapes).unwrap_or_default();
    let (title, description) = (escape(&chart.title()), escape(&chart.description()));
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {wide} {high}\" \
         role=\"img\">\n<title>{title}</title>\n<desc>{description}</desc>{shapes}"
    ))
}

/// `chart` as an SVG to stand in a page, `width` CSS pixels wide at most, in the colours that the page's style sheet gives charts.
///
/// # Errors
/// Where plotters fails.
pub fn inline_svg<C: Chart>(chart: &C, width: u32) -> Result<String, DrawingAreaErrorKind<io::Error>> {
    // Colours that no theme has stand for roles, and give way to the style sheet's names for them.
    let role = |place: u8| Colour(1, 254, place);
    let theme =
        Theme { background: role(0), text: role(1), muted: role(2), grid: role(3), dot: role(4), accent: role(5) };
    let mut drawn = svg(chart, width, &theme)?;
    for (place, name) in ["paper", "text", "muted", "grid", "dot", "accent"].iter().enumerate() {
        drawn = drawn.replace(&format!("#01FE{place:02X}"), &format!("var(--chart-{name})"));
    }
    Ok(drawn)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
