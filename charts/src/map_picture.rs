//! The map as a picture to take away: areas by their class, and the legend.

use crate::{
    Chart,
    parts::{EDGE, LINE, SMALL, STRONG, lines, muted, rule},
    picture::{Anchor, Ink, Label, Picture, Rect, Shape},
    text::{self, wrap},
    theme::{Colour, MapTheme},
};
use upheld_domain::{bands::Fill, boundary::mercator, figures::Count, order::sorted, words::counted};

/// The most that the map is high.
const HIGHEST: f64 = 900.0;
/// The width of the legend where it stands beside the map.
const LEGEND: f64 = 200.0;
/// The least width of a map that has its legend beside it.
const LEAST: f64 = 220.0;
/// A swatch.
const SWATCH: (f64, f64) = (22.0, 14.0);
/// From one line of the hatching to the next.
pub(crate) const HATCH: f64 = 6.0;

/// Areas with their fills, and the legend that explains them.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPicture {
    /// What the map shows, in a sentence.
    pub title: String,
    /// The same as the picture in words.
    pub description: String,
    /// What the legend is headed by: the measure and the year.
    pub heading: String,
    /// The areas.
    pub areas: Vec<Area>,
    /// The rows of the legend.
    pub legend: Vec<LegendRow>,
    /// The colours of the fills.
    pub theme: MapTheme,
}

/// An area of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its rings, each of longitudes and latitudes in degrees: a place within an odd number of them belongs to the area.
    pub outline: Vec<Vec<(f64, f64)>>,
    /// How it is filled.
    pub fill: Fill,
    /// Whether it lies outside of what is selected: paler.
    pub out: bool,
    /// Whether it is the council that is chosen: with an outline.
    pub chosen: bool,
}

/// A row of the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendRow {
    /// What it explains.
    pub fill: Fill,
    /// In words.
    pub label: String,
    /// How many councils have it, where that is said.
    pub count: Option<Count>,
}

impl Chart for MapPicture {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn description(&self) -> String {
        let row = |row: &LegendRow| match row.count {
            Some(count) => [&row.label, ": ", &counted(count, "council", "councils")].concat(),
            None => row.label.clone(),
        };
        let rows: Vec<String> = self.legend.iter().map(row).collect();
        [&self.description, " ", &self.heading, ". ", &rows.join("; "), "."].concat()
    }

    fn picture(&self, width: f64) -> Picture {
        let room = width - 2.0 * EDGE;
        let rings = || self.areas.iter().flat_map(|area| &area.outline);
        let Some(bounds) = bounds(rings().flatten().map(|at| flat(*at))) else {
            let mut shapes = Vec::new();
            let height = self.legend(&mut shapes, EDGE, EDGE, room) + EDGE;
            let plot = Rect { left: EDGE, top: EDGE, right: width - EDGE, bottom: height - EDGE };
            return Picture { width, height, plot, shapes };
        };
        let (wide, high) = ((bounds.right - bounds.left).max(1e-6), (bounds.bottom - bounds.top).max(1e-6));
        let legend_height = self.legend(&mut Vec::new(), EDGE, EDGE, LEGEND);
        let largest = (room / wide).min(HIGHEST / high);
        let place = |scale: f64, top: f64, at: (f64, f64)| {
            let (x, y) = flat(at);
            (EDGE + (x - bounds.left) * scale, top + (y - bounds.top) * scale)
        };
        // As large as leaves room for the legend in the upper right corner, where England is narrow.
        let beside = width - EDGE - LEGEND;
        let clear = |scale: &f64| {
            let reaches = |at: &(f64, f64)| {
                let (x, y) = place(*scale, EDGE, *at);
                x > beside - 12.0 && y < legend_height + 12.0
            };
            *scale * wide >= LEAST && !rings().flatten().any(reaches)
        };
        let sizes = (0_u8..40).map(|step| largest * (1.0 - f64::from(step) * 0.02));
        let mut shapes = Vec::new();
        let (scale, top, legend_end) = if let Some(scale) = sizes.into_iter().find(clear) {
            // No farther from a map that does not reach there than beside it.
            let left = beside.min(EDGE + wide * scale + 24.0);
            (scale, EDGE, self.legend(&mut shapes, left, EDGE, LEGEND))
        } else {
            let end = self.legend(&mut shapes, EDGE, EDGE, room.min(340.0));
            (largest, end + 12.0, end)
        };
        let plot = Rect { left: EDGE, top, right: EDGE + wide * scale, bottom: top + high * scale };
        let mut drawn = self.land(|at| place(scale, top, at));
        drawn.append(&mut shapes);
        Picture { width, height: plot.bottom.max(legend_end) + EDGE, plot, shapes: drawn }
    }
}

impl MapPicture {
    /// All areas within a rectangle, as large as they fit, in its middle.
    pub(crate) fn land_within(&self, room: Rect) -> Vec<Shape> {
        let rings = self.areas.iter().flat_map(|area| &area.outline);
        let Some(bounds) = bounds(rings.flatten().map(|at| flat(*at))) else { return Vec::new() };
        let (wide, high) = ((bounds.right - bounds.left).max(1e-6), (bounds.bottom - bounds.top).max(1e-6));
        let scale = ((room.right - room.left) / wide).min((room.bottom - room.top) / high);
        let left = f64::midpoint(room.left, room.right) - wide * scale / 2.0;
        let top = f64::midpoint(room.top, room.bottom) - high * scale / 2.0;
        self.land(|at| {
            let (x, y) = flat(at);
            (left + (x - bounds.left) * scale, top + (y - bounds.top) * scale)
        })
    }

    /// All areas, each of their places put where `place` says.
    fn land(&self, place: impl Fn((f64, f64)) -> (f64, f64)) -> Vec<Shape> {
        let mut drawn = Vec::new();
        let mut outlines = Vec::new();
        let mut chosen = Vec::new();
        for area in &self.areas {
            let ring = |ring: &Vec<(f64, f64)>| ring.iter().map(|at| place(*at)).collect::<Vec<_>>();
            let rings: Vec<Vec<(f64, f64)>> = area.outline.iter().map(ring).collect();
            fill(&mut drawn, &rings, Look { theme: &self.theme, fill: area.fill, out: area.out, hatch: HATCH });
            for mut points in rings {
                // Rings may come closed or not.
                points.extend(points.first().copied());
                if area.chosen {
                    chosen.push(Shape::Line { points: points.clone(), thick: 2.5, ink: Ink::Text });
                }
                outlines.push(Shape::Line { points, thick: 0.7, ink: Ink::Background });
            }
        }
        drawn.append(&mut outlines);
        drawn.append(&mut chosen);
        drawn
    }

    /// The legend from a corner on; answers where it ends.
    pub(crate) fn legend(&self, shapes: &mut Vec<Shape>, left: f64, top: f64, width: f64) -> f64 {
        legend(shapes, &self.theme, &self.heading, &self.legend, (left, top), width)
    }
}

/// A legend under its heading from a corner on; answers where it ends.
pub(crate) fn legend(
    shapes: &mut Vec<Shape>,
    theme: &MapTheme,
    heading: &str,
    rows: &[LegendRow],
    (left, top): (f64, f64),
    width: f64,
) -> f64 {
    let like = Label { size: STRONG, bold: true, ink: Ink::Text, ..muted(String::new(), left, 0.0, Anchor::Start) };
    let mut y = lines(shapes, wrap(heading, STRONG, true, width), &like, top, 19.0) + 4.0;
    let counts = rows.iter().filter_map(|row| Some(text::width(&row.count?.to_string(), SMALL, false)));
    let counts = counts.fold(0.0, f64::max);
    let indent = SWATCH.0 + 8.0;
    for row in rows {
        let middle = y + LINE / 2.0 + 1.0;
        let (up, down, right) = (middle - SWATCH.1 / 2.0, middle + SWATCH.1 / 2.0, left + SWATCH.0);
        let ring = vec![(left, up), (right, up), (right, down), (left, down)];
        fill(shapes, &[ring], Look { theme, fill: row.fill, out: false, hatch: HATCH });
        for (from, to) in [
            ((left, up), (right, up)),
            ((left, down), (right, down)),
            ((left, up), (left, down)),
            ((right, up), (right, down)),
        ] {
            shapes.push(rule(from, to, 1.0, false, Ink::Muted));
        }
        let like = muted(String::new(), left + indent, 0.0, Anchor::Start);
        let words = wrap(&row.label, SMALL, false, width - indent - counts - 10.0);
        let text = Label { ink: Ink::Text, ..like };
        let end = lines(shapes, words, &text, y + 1.0, LINE);
        if let Some(count) = row.count {
            shapes.push(Shape::Label(muted(count.to_string(), left + width, middle, Anchor::End)));
        }
        y = end + 4.0;
    }
    y
}

/// Degrees on the plane of the map on the page, Web Mercator, in which the cells of a hex map are regular; south is down.
pub(crate) fn flat((longitude, latitude): (f64, f64)) -> (f64, f64) {
    let (east, north) = mercator(longitude, latitude);
    (east, -north)
}

/// The rectangle that holds all of `points`.
pub(crate) fn bounds(points: impl Iterator<Item = (f64, f64)>) -> Option<Rect> {
    let mut bounds: Option<Rect> = None;
    for (x, y) in points {
        let Rect { left, top, right, bottom } = bounds.unwrap_or(Rect::around(x, y, 0.0));
        bounds = Some(Rect { left: left.min(x), top: top.min(y), right: right.max(x), bottom: bottom.max(y) });
    }
    bounds
}

/// How an area is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) theme: &'a MapTheme,
    pub(crate) fill: Fill,
    /// Whether it is pale.
    pub(crate) out: bool,
    /// From one line of the hatching to the next.
    pub(crate) hatch: f64,
}

/// Draws an area: its colour, and the lines of its hatching.
pub(crate) fn fill(shapes: &mut Vec<Shape>, rings: &[Vec<(f64, f64)>], look: Look<'_>) {
    let Look { theme, fill, out, hatch: step } = look;
    let (colour, hatching) = theme.fill(fill);
    let pale = |colour: Colour| Ink::Exact(if out { colour.over(theme.edge, 0.18) } else { colour });
    for points in outlines(rings) {
        shapes.push(Shape::Area { points, ink: pale(colour) });
    }
    let Some((hatching, thick)) = hatching else { return };
    for (from, to) in hatch(rings, step) {
        shapes.push(Shape::Line {
            points: vec![from, to],
            thick: thick * (step / HATCH).min(1.0),
            ink: pale(hatching),
        });
    }
}

/// Twice the area of a ring: above 0 where it runs clockwise as seen.
fn turning(ring: &[(f64, f64)]) -> f64 {
    edges(ring).map(|(from, to)| from.0 * to.1 - to.0 * from.1).sum()
}

/// The edges of a ring, the last one back to its beginning.
fn edges(ring: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Whether a place lies within a ring.
fn holds(ring: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let crosses = |(from, to): &((f64, f64), (f64, f64))| {
        (from.1 > y) != (to.1 > y) && x < from.0 + (y - from.1) / (to.1 - from.1) * (to.0 - from.0)
    };
    edges(ring).filter(crosses).count() % 2 == 1
}

/// Outlines without holes that cover what lies within an odd number of `rings`: a ring and those that are cut out of it become one,
/// by a seam without width. Holes run the other way round, so that it does not matter by which rule an outline is filled.
fn outlines(rings: &[Vec<(f64, f64)>]) -> Vec<Vec<(f64, f64)>> {
    // The middle of an edge, as a corner may lie on another ring.
    let within = |inner: &[(f64, f64)], outer: &[(f64, f64)]| {
        let (from, to) = edges(inner).next()?;
        Some(holds(outer, (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1))))
    };
    let is_within = |one: usize, inner: &[(f64, f64)], other: usize, outer: &[(f64, f64)]| {
        one != other && within(inner, outer).unwrap_or(false)
    };
    let depth = |one: usize, ring: &[(f64, f64)]| {
        rings.iter().enumerate().filter(|(other, outer)| is_within(one, ring, *other, outer)).count()
    };
    let depths: Vec<usize> = rings.iter().enumerate().map(|(one, ring)| depth(one, ring)).collect();
    let mut outlines = Vec::new();
    for (place, (outer, level)) in rings.iter().zip(&depths).enumerate().filter(|(_, (_, level))| *level % 2 == 0) {
        let mut outline = along(outer, true);
        let Some(start) = outline.last().copied() else { continue };
        for (other, (hole, _)) in rings.iter().zip(&depths).enumerate().filter(|(_, (_, its))| **its == level + 1) {
            if is_within(other, hole, place, outer) {
                outline.extend(along(hole, false));
                outline.push(start);
            }
        }
        outlines.push(outline);
    }
    outlines
}

/// A ring from its beginning to its beginning, clockwise or not.
fn along(ring: &[(f64, f64)], clockwise: bool) -> Vec<(f64, f64)> {
    let mut points = ring.to_vec();
    points.extend(ring.first().copied());
    if (turning(ring) > 0.0) != clockwise {
        points.reverse();
    }
    points
}

/// The pieces of slanted lines, always the same ones, that lie within an odd number of `rings`.
fn hatch(rings: &[Vec<(f64, f64)>], step: f64) -> Vec<((f64, f64), (f64, f64))> {
    let root = std::f64::consts::SQRT_2;
    // A line has one `across`; `along` runs on it.
    let turned = |(x, y): (f64, f64)| ((y - x) / root / step, (x + y) / root);
    let mut crossings: Vec<(f64, f64)> = Vec::new();
    for (from, to) in rings.iter().flat_map(|ring| edges(ring)) {
        let (one, other) = (turned(from), turned(to));
        let (low, high) = if one.0 <= other.0 { (one, other) } else { (other, one) };
        // No line is called −0, which would be sorted before 0.
        let mut line = low.0.ceil() + 0.0;
        // A corner on a line counts for one of its two edges.
        while line < high.0 {
            let share = (line - low.0) / (high.0 - low.0);
            crossings.push((line, low.1 + share * (high.1 - low.1)));
            line += 1.0;
        }
    }
    let crossings = sorted(&crossings, &|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let back = |(across, along): (f64, f64)| {
        let across = across * step;
        ((along - across) / root, (along + across) / root)
    };
    let piece = |pair: &[(f64, f64)]| match pair {
        [from, to] if to.1 - from.1 > 0.5 => Some((back(*from), back(*to))),
        _ => None,
    };
    crossings.chunks(2).filter_map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [(f64, f64); 4] = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)];

    fn square(by: f64) -> Vec<(f64, f64)> {
        SQUARE.iter().map(|(x, y)| (50.0 + (x - 50.0) * by, 50.0 + (y - 50.0) * by)).collect()
    }

    #[test]
    fn a_hole_is_no_part_of_an_area_and_an_island_in_it_is() {
        for backwards in [false, true] {
            let mut rings = vec![square(1.0), square(0.6), square(0.2)];
            if backwards {
                for ring in &mut rings {
                    ring.reverse();
                }
            }
            let outlines = outlines(&rings);
            assert_eq!(outlines.len(), 2);
            let total: f64 = outlines.iter().map(|outline| turning(outline).abs() / 2.0).sum();
            assert!((total - (10_000.0 - 3600.0 + 400.0)).abs() < 1e-6, "{total}");
            let covered = |at| outlines.iter().filter(|outline| holds(outline, at)).count();
            assert_eq!([(5.0, 50.0), (30.0, 50.0), (50.0, 50.5)].map(covered), [1, 0, 1]);
        }
    }

    #[test]
    fn hatching_stays_within_its_area() {
        let rings = vec![square(1.0), square(0.6)];
        let pieces = hatch(&rings, HATCH);
        assert!(pieces.len() > 20);
        for (from, to) in pieces {
            let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
            assert!(holds(&rings[0], middle) && !holds(&rings[1], middle), "{from:?} to {to:?}");
            assert!(((to.1 - from.1) - (to.0 - from.0)).abs() < 1e-6, "{from:?} to {to:?}");
        }
    }
}
