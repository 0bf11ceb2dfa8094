//! A chart laid out: plain shapes in CSS pixels, in the order in which they are drawn.

use crate::{
    text,
    theme::{Colour, Theme},
};
use plotters::{
    coord::Shift,
    drawing::{DrawingArea, DrawingAreaErrorKind},
    element::{Circle, PathElement, Polygon, Rectangle},
    prelude::DrawingBackend,
    style::{
        Color as _, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};
use upheld_domain::{register::CouncilId, year::ReportingYear};

/// The fonts of a chart: the system's own.
const FAMILY: &str = "system-ui, sans-serif";

/// The length of a dash, and of the gap after it.
const DASH: (f64, f64) = (3.0, 3.0);

/// The role of a colour; a theme gives the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// What the chart is drawn on.
    Background,
    /// Text to be read first.
    Text,
    /// Text to be read second, lines of reference.
    Muted,
    /// Lines to be hardly seen.
    Grid,
    /// The other councils.
    Dot,
    /// The council that the chart is about.
    Accent,
    /// A colour of its own, the same in every theme: a class of the map.
    Exact(Colour),
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its lower edge.
    pub bottom: f64,
}

impl Rect {
    /// Whether the two share more than an edge.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether `other` lies within, edges included.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }

    /// The rectangle round a point.
    pub(crate) fn around(x: f64, y: f64, reach: f64) -> Self {
        Self { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach }
    }
}

/// What of a line of text stands at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The text.
    pub text: String,
    /// Where it is anchored.
    pub x: f64,
    /// Its middle, from top to bottom.
    pub y: f64,
    /// What of it stands at `x`.
    pub anchor: Anchor,
    /// The size of its letters.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Its colour.
    pub ink: Ink,
}

impl Label {
    /// The room that it takes at most.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        let width = text::width(&self.text, self.size, self.bold);
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        let half = self.size * 0.6;
        Rect { left, top: self.y - half, right: left + width, bottom: self.y + half }
    }
}

/// What a dot stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A council.
    Council(CouncilId),
    /// A year of the council that the chart is about.
    Year(ReportingYear),
    /// A year of a council that stood before or after the one that the chart is about.
    Kin(CouncilId, ReportingYear),
    /// One of several councils in one of several years.
    Of(CouncilId, ReportingYear),
    /// Nothing: it shows what dots of its kind mean.
    Key,
}

/// One thing to draw.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A straight line along one of the axes.
    Rule {
        /// From where.
        from: (f64, f64),
        /// To where: to the right of it, or below.
        to: (f64, f64),
        /// How thick.
        thick: f64,
        /// Whether it is dashed.
        dashed: bool,
        /// Its colour.
        ink: Ink,
    },
    /// A line that joins points.
    Line {
        /// The points.
        points: Vec<(f64, f64)>,
        /// How thick.
        thick: f64,
        /// Its colour.
        ink: Ink,
    },
    /// What a line encloses that never crosses itself.
    Area {
        /// Its corners.
        points: Vec<(f64, f64)>,
        /// Its colour.
        ink: Ink,
    },
    /// A round dot.
    Dot {
        /// What it stands for.
        about: About,
        /// Its centre.
        x: f64,
        /// Its centre.
        y: f64,
        /// Its radius, to the outside of its edge.
        radius: f64,
        /// Whether it is filled; otherwise a ring.
        filled: bool,
        /// Its colour.
        ink: Ink,
    },
    /// Text, on a piece of background so that no line runs through it.
    Label(Label),
}

/// A chart laid out for one width.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// How wide it is.
    pub width: f64,
    /// How high it came out.
    pub height: f64,
    /// The part in which values are shown.
    pub plot: Rect,
    /// What to draw, in order.
    pub shapes: Vec<Shape>,
}

impl Picture {
    /// Its text.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.shapes.iter().filter_map(|shape| if let Shape::Label(label) = shape { Some(label) } else { None })
    }

    /// What the dot at (x, y), or the nearest within `reach` of there, stands for.
    #[must_use]
    pub fn dot_at(&self, x: f64, y: f64, reach: f64) -> Option<About> {
        let distance = |shape: &Shape| match shape {
            Shape::Dot { about, x: at_x, y: at_y, radius, .. } if *about != About::Key => {
                Some((*about, (x - at_x).hypot(y - at_y) - radius))
            }
            _ => None,
        };
        let near = self.shapes.iter().filter_map(distance).filter(|(_, distance)| *distance <= reach);
        near.min_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(about, _)| about)
    }

    /// Draws it with `scale` device pixels to a CSS pixel, and letters `letters` times their size.
    pub(crate) fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        theme: &Theme,
        scale: f64,
        letters: f64,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        let colour = |ink: Ink| {
            let colour = theme.colour(ink);
            RGBColor(colour.0, colour.1, colour.2)
        };
        let at = |x: f64, y: f64| (whole(x * scale), whole(y * scale));
        let length = |css: f64| whole(css * scale).max(1);
        // Filled rectangles come out sharp on every backend; lines of one pixel do not.
        let bar = |left: f64, top: f64, right: f64, bottom: f64, thick: f64, ink: Ink| {
            let (half, (x, y)) = (length(thick) / 2, at(left, top));
            let (to_x, to_y) = at(right, bottom);
            let corners = if to_y - y > to_x - x {
                [(x - half, y), (x - half + length(thick), to_y)]
            } else {
                [(x, y - half), (to_x, y - half + length(thick))]
            };
            area.draw(&Rectangle::new(corners, colour(ink).filled()))
        };
        area.fill(&colour(Ink::Background))?;
        for shape in &self.shapes {
            match shape {
                Shape::Rule { from, to, thick, dashed: false, ink } => bar(from.0, from.1, to.0, to.1, *thick, *ink)?,
                Shape::Rule { from, to, thick, dashed: true, ink } => {
                    let (mut x, mut y) = *from;
                    let upright = to.1 - from.1 > to.0 - from.0;
                    while if upright { y < to.1 } else { x < to.0 } {
                        let (dash, step) = (DASH.0, DASH.0 + DASH.1);
                        if upright {
                            bar(x, y, x, (y + dash).min(to.1), *thick, *ink)?;
                            y += step;
                        } else {
                            bar(x, y, (x + dash).min(to.0), y, *thick, *ink)?;
                            x += step;
                        }
                    }
                }
                Shape::Line { points, thick, ink } => {
                    let points: Vec<(i32, i32)> = points.iter().map(|(x, y)| at(*x, *y)).collect();
                    area.draw(&PathElement::new(points, stroke(colour(*ink), length(*thick))))?;
                }
                Shape::Area { points, ink } => {
                    let points: Vec<(i32, i32)> = points.iter().map(|(x, y)| at(*x, *y)).collect();
                    area.draw(&Polygon::new(points, colour(*ink).filled()))?;
                }
                Shape::Dot { x, y, radius, filled, ink, .. } => {
                    let (centre, radius, edge) = (at(*x, *y), length(*radius), length(radius * 0.3));
                    if *filled {
                        area.draw(&Circle::new(centre, radius, colour(*ink).filled()))?;
                    } else {
                        area.draw(&Circle::new(centre, radius - edge / 2, colour(Ink::Background).filled()))?;
                        area.draw(&Circle::new(centre, radius - edge / 2, stroke(colour(*ink), edge)))?;
                    }
                }
                Shape::Label(label) => {
                    let room = label.bounds();
                    let corners = [at(room.left, room.top), at(room.right, room.bottom)];
                    area.draw(&Rectangle::new(corners, colour(Ink::Background).filled()))?;
                    let weight = if label.bold { FontStyle::Bold } else { FontStyle::Normal };
                    let side = match label.anchor {
                        Anchor::Start => HPos::Left,
                        Anchor::Middle => HPos::Center,
                        Anchor::End => HPos::Right,
                    };
                    let font = FontDesc::new(FontFamily::Name(FAMILY), label.size * scale * letters, weight);
                    let ink = colour(label.ink);
                    let style = TextStyle::from(font).color(&ink).pos(Pos::new(side, VPos::Center));
                    area.draw_text(&label.text, &style, at(label.x, label.y))?;
                }
            }
        }
        area.present()
    }
}

fn stroke(colour: RGBColor, thick: i32) -> ShapeStyle {
    ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: thick.unsigned_abs() }
}

#[expect(clippy::cast_possible_truncation, reason = "a place within a picture; one outside of i32 saturates")]
fn whole(pixels: f64) -> i32 {
    pixels.round() as i32
}
