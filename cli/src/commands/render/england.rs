//! The first view's map as one inline SVG: the councils as they are filled, England framed as the page's own map frames it.

use std::fmt::Write as _;
use upheld_domain::{boundary::Layer, edition::Edition};
use upheld_pages::{choropleth::Fills, html::Html};

/// The corners of England, with the Isles of Scilly, as the page's map frames them: west, south, east, north, in degrees.
const ENGLAND: (f64, f64, f64, f64) = (-6.45, 49.86, 1.77, 55.82);

/// How many whole units England is high. At 700 CSS pixels on a screen of two pixels each, a unit is about a pixel.
const HEIGHT: f64 = 1200.0;

/// How many CSS pixels England is high on a common screen.
const TYPICAL_HEIGHT: f64 = 600.0;

/// Writes the map of `layer` with `fills`, and `label` as what it says in words.
///
/// Councils of one fill are one path: whole coordinates, each from the one before, since the first map waits for every byte of it.
pub(super) fn write(html: &mut Html, edition: &Edition, fills: &Fills, layer: &Layer, label: &str) {
    let frame = Frame::of(ENGLAND);
    let mut paths: Vec<(&'static str, Pen)> = Vec::new();
    for shape in &layer.shapes {
        let Some(id) = edition.register().by_code(shape.code) else { continue };
        let (fill, _) = fills.name(id);
        let at = paths.iter().position(|(of, _)| *of == fill).unwrap_or_else(|| {
            paths.push((fill, Pen::default()));
            paths.len() - 1
        });
        let Some((_, pen)) = paths.get_mut(at) else { continue };
        for ring in shape.rings() {
            let corners: Vec<_> = ring.0.iter().map(|position| frame.unit(position.degrees())).collect();
            pen.ring(&corners);
        }
    }
    paths.sort_by_key(|(fill, _)| *fill);
    let size = format!("0 0 {} {HEIGHT}", frame.width());
    let attributes = [("id", "england"), ("viewBox", size.as_str()), ("role", "img"), ("aria-label", label)];
    html.within("svg", &attributes, |html| {
        for (fill, pen) in &paths {
            // Patterns are measured in the drawing's own units, of which two or so make a pixel.
            let pattern = match fill.strip_suffix('h') {
                Some(class) => class,
                None if *fill == "none" => "blank",
                None => {
                    html.within("path", &[("data-fill", fill), ("d", &pen.written)], |_| {});
                    continue;
                }
            };
            let (id, from) = (format!("far-{pattern}"), format!("#hatch-{pattern}"));
            let wider = format!("rotate(45) scale({})", HEIGHT / TYPICAL_HEIGHT);
            html.within("pattern", &[("id", &id), ("href", &from), ("patternTransform", &wider)], |_| {});
            html.within("path", &[("fill", &format!("url(#{id})")), ("d", &pen.written)], |_| {});
        }
    });
}

/// From degrees to units, by Mercator's projection, in which web maps are drawn.
struct Frame {
    west: f64,
    top: f64,
    east: f64,
    /// Units in a radian.
    scale: f64,
}

impl Frame {
    fn of((west, south, east, north): (f64, f64, f64, f64)) -> Self {
        let (top, bottom) = (mercator(north), mercator(south));
        Self { west: west.to_radians(), east: east.to_radians(), top, scale: HEIGHT / (top - bottom) }
    }

    /// How many units England is wide.
    #[expect(clippy::cast_possible_truncation, reason = "some hundreds")]
    fn width(&self) -> i32 {
        ((self.east - self.west) * self.scale).round() as i32
    }

    #[expect(clippy::cast_possible_truncation, reason = "within England: some hundreds")]
    fn unit(&self, (longitude, latitude): (f64, f64)) -> (i32, i32) {
        let x = (longitude.to_radians() - self.west) * self.scale;
        let y = (self.top - mercator(latitude)) * self.scale;
        (x.round() as i32, y.round() as i32)
    }
}

fn mercator(latitude: f64) -> f64 {
    latitude.to_radians().tan().asinh()
}

/// Writes path data, as short as it goes.
#[derive(Default)]
struct Pen {
    written: String,
    /// Where the last ring began, to which closing it leads back.
    at: (i32, i32),
}

impl Pen {
    /// A closed ring through `corners`, of which those that fall into one unit are one. What has no area then is left out.
    fn ring(&mut self, corners: &[(i32, i32)]) {
        let mut kept: Vec<(i32, i32)> = Vec::new();
        for corner in corners {
            if kept.last() != Some(corner) {
                kept.push(*corner);
            }
        }
        while kept.len() > 1 && kept.first() == kept.last() {
            kept.pop();
        }
        // A council smaller than a unit is still to be seen: the Isles of Scilly, the City.
        let [first, rest @ ..] = kept.as_slice() else { return };
        self.written.push('m');
        self.step(self.at, *first);
        let mut before = *first;
        for corner in rest {
            self.step(before, *corner);
            before = *corner;
        }
        self.written.push('z');
        self.at = *first;
    }

    fn step(&mut self, from: (i32, i32), to: (i32, i32)) {
        for way in [to.0 - from.0, to.1 - from.1] {
            // A sign parts two numbers as well as a space does.
            let parted = way < 0 || self.written.ends_with(['m', 'z']) || self.written.is_empty();
            let space = if parted { "" } else { " " };
            // Writing to a string cannot fail.
            let _ = write!(self.written, "{space}{way}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_written_from_corner_to_corner_and_the_next_from_its_beginning() {
        let mut pen = Pen::default();
        pen.ring(&[(10, 20), (12, 20), (12, 20), (12, 15), (10, 20)]);
        pen.ring(&[(11, 21), (11, 22), (13, 22), (11, 21)]);
        assert_eq!(pen.written, "m10 20 2 0 0-5zm1 1 0 1 2 0z");
    }

    #[test]
    fn england_fills_its_frame() {
        let frame = Frame::of(ENGLAND);
        assert_eq!(frame.unit((ENGLAND.0, ENGLAND.3)), (0, 0));
        assert_eq!(frame.unit((ENGLAND.2, ENGLAND.1)), (frame.width(), 1200));
        // A degree of latitude is longer than one of longitude, the more so further north.
        let (low, high) = (
            frame.unit((0.0, 51.0)).1 - frame.unit((0.0, 52.0)).1,
            frame.unit((0.0, 54.0)).1 - frame.unit((0.0, 55.0)).1,
        );
        assert!(high > low && low > frame.unit((1.0, 51.0)).0 - frame.unit((0.0, 51.0)).0);
    }
}
