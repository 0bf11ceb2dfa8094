//! Cards: the picture that stands for a page where a link to it is shared. They are as large as social networks want them, and are mostly
//! seen at half that size, so that no text that matters is small.

use crate::{
    Chart, MapPicture,
    map_picture::{HATCH, Look, fill},
    parts::{many, rule},
    picture::{Anchor, Ink, Label, Picture, Rect, Shape},
    strip::{strip, track},
    text::{self, wrap},
    theme::{Colour, MapTheme},
};
use std::f64::consts::FRAC_PI_2;
use upheld_domain::{
    bands::{self, Fill},
    council::Council,
    edition::Edition,
    measure::Measure,
    preview::{Finding, Preview},
    register::CouncilId,
    year::ReportingYear,
};

/// How wide a card is.
pub const WIDTH: u32 = 1200;
/// How high a card is.
pub const HEIGHT: u32 = 630;

/// The same as numbers to reckon with.
const SIZE: (f64, f64) = (1200.0, 630.0);
/// The spine at the left, in the colour that the map has.
const SPINE: f64 = 40.0;
/// Where text begins and where it ends.
const TEXT: (f64, f64) = (96.0, 1140.0);
/// How much narrower the letters of cards are than [`text::width`] reckons: they are set in a typeface of their own.
const NARROWER: f64 = 0.82;
/// The same of a few large and bold numbers.
const NARROWER_NUMBERS: f64 = 0.72;
/// How much larger a chart, made for a page, is on a card.
const LARGER: f64 = 2.2;
/// Where the scale begins, from the top.
const SCALE: f64 = 399.0;
/// Whose figures these are.
const SOURCE: &str = "Upheld – source: Local Government and Social Care Ombudsman";
/// Whose boundaries these are.
const BOUNDARIES: &str =
    "Boundaries: Source: Office for National Statistics licensed under the Open Government Licence v.3.0.";
const BOUNDARIES_TOO: &str = "Contains OS data © Crown copyright and database right 2026.";

/// The card of one council in one year: its uphold rate on its scale, with the average of similar authorities.
#[derive(Debug, Clone, PartialEq)]
pub struct CouncilCard {
    council: CouncilId,
    preview: Preview,
    fill: Fill,
}

impl CouncilCard {
    /// The card of `council` in `year`.
    #[must_use]
    pub fn new(edition: &Edition, id: CouncilId, council: &Council, year: ReportingYear) -> Self {
        let preview = Preview::of(edition, id, council, year);
        let fill = bands::fill(Measure::Uphold, &preview.reading);
        Self { council: id, preview, fill }
    }
}

impl Chart for CouncilCard {
    fn title(&self) -> String {
        format!("{}, {}", self.preview.name, self.preview.year())
    }

    fn description(&self) -> String {
        self.preview.in_words()
    }

    fn picture(&self, width: f64) -> Picture {
        let mut shapes = Vec::new();
        let theme = MapTheme::light(Measure::Uphold);
        let (wide, high) = SIZE;
        fill(
            &mut shapes,
            &[vec![(0.0, 0.0), (SPINE, 0.0), (SPINE, high), (0.0, high)]],
            Look { theme: &theme, fill: self.fill, out: false, hatch: HATCH },
        );
        brand(&mut shapes);
        shapes.push(end(format!("Reporting year {}", self.preview.year()), 64.0, 30.0));
        let below = self.name(&mut shapes);
        self.finding(&mut shapes, f64::midpoint(below, SCALE + 8.0));
        self.scale(&mut shapes);
        if let Some(verdict) = self.preview.verdict() {
            shapes.push(start(verdict, TEXT.0, 553.0, 30.0, true, Ink::Text));
        } else if let Some(note) = self.preview.note() {
            shapes.push(start(note, TEXT.0, 553.0, 28.0, false, Ink::Muted));
        }
        shapes.push(rule((TEXT.0, 583.0), (TEXT.1, 583.0), 1.5, false, Ink::Grid));
        source(&mut shapes);
        let plot = Rect { left: 0.0, top: 0.0, right: wide, bottom: high };
        scaled(Picture { width: wide, height: high, plot, shapes }, width / wide)
    }
}

impl CouncilCard {
    /// The name, in one line or in two, and what kind of council it is; answers where they end.
    fn name(&self, shapes: &mut Vec<Shape>) -> f64 {
        let room = (TEXT.1 - TEXT.0) / NARROWER;
        let name = &self.preview.name;
        let one_line = text::width(name, 68.0, true) <= room;
        let (size, high, mut y) = if one_line { (68.0, 80.0, 108.0) } else { (58.0, 62.0, 100.0) };
        for line in in_two(name, size, room) {
            shapes.push(start(&line, TEXT.0, y + high / 2.0, size, true, Ink::Text));
            y += high;
        }
        shapes.push(start(&self.preview.kind(), TEXT.0, y + 18.0, 28.0, false, Ink::Muted));
        y + 36.0
    }

    /// What was found, about `middle`: its count large, and the rest beside it; in words, one line below the other.
    fn finding(&self, shapes: &mut Vec<Shape>, middle: f64) {
        let Finding { figure, what } = self.preview.finding();
        let beside: Vec<String> = [self.preview.sureness(), self.preview.average()].into_iter().flatten().collect();
        let (left, room) = (TEXT.0, TEXT.1 - TEXT.0);
        let wide = |text: &str, size: f64, bold: bool| text::width(text, size, bold) * NARROWER;
        let rest = beside.iter().map(|text| wide(text, 28.0, false)).fold(wide(&what, 42.0, true), f64::max);
        // The sign for percent is as wide as reckoned.
        let narrower = if figure.contains('%') { NARROWER } else { NARROWER_NUMBERS };
        let numbers = |size: f64| text::width(&figure, size, true) * narrower + 28.0;
        let fits = |size: &f64| numbers(*size) + rest <= room;
        if let Some(size) = [116.0, 104.0, 92.0, 80.0].into_iter().find(fits) {
            shapes.push(start(&figure, left, middle, size, true, Ink::Accent));
            column(shapes, left + numbers(size), middle, &what, (42.0, true), &beside);
        } else {
            let (whole, size) = (format!("{figure} {what}"), 44.0);
            if wide(&whole, size, true) <= room {
                column(shapes, left, middle, &whole, (size, true), &beside);
            } else {
                let lines: Vec<String> = [what].into_iter().chain(beside).collect();
                column(shapes, left, middle, &figure, (size, true), &lines);
            }
        }
    }

    /// The rate on its scale, which runs from where text begins to where it ends.
    fn scale(&self, shapes: &mut Vec<Shape>) {
        let beyond = track(0.0).left;
        let width = (TEXT.1 - TEXT.0) / LARGER + 2.0 * beyond;
        let rate = self.preview.reading.as_ref().ok();
        let found = rate.map(|rate| (rate.value, rate.interval()));
        let mut drawn = Vec::new();
        if found.is_none() {
            let Rect { left, top, right, bottom } = track(width);
            let bar = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
            let theme = MapTheme::light(Measure::Uphold);
            fill(&mut drawn, &[bar], Look { theme: &theme, fill: Fill::None, out: false, hatch: HATCH });
        }
        drawn.extend(strip(width, self.council, Measure::Uphold, found, self.preview.average).shapes);
        shapes.extend(drawn.into_iter().map(|shape| shape.scaled(LARGER).moved(TEXT.0 - beyond * LARGER, SCALE)));
    }
}

/// The card of the first page: the map of England, and its legend.
#[derive(Debug, Clone, PartialEq)]
pub struct EnglandCard {
    /// The map.
    pub map: MapPicture,
    /// What it is about: "How English councils handle complaints".
    pub heading: String,
}

impl Chart for EnglandCard {
    fn title(&self) -> String {
        self.map.title()
    }

    fn description(&self) -> String {
        self.map.description()
    }

    fn picture(&self, width: f64) -> Picture {
        let (wide, high) = SIZE;
        // Down to where Cornwall would run into the text.
        let room = Rect { left: 720.0, top: 22.0, right: 1176.0, bottom: 584.0 };
        let mut shapes = self.map.land_within(room);
        let mut top = 0.0;
        for colour in self.map.theme.bands.into_iter().rev() {
            let bottom = top + high / 6.0;
            let points = vec![(0.0, top), (SPINE, top), (SPINE, bottom), (0.0, bottom)];
            shapes.push(Shape::Area { points, ink: Ink::Exact(colour) });
            top = bottom;
        }
        brand(&mut shapes);
        let mut y = 104.0;
        for line in wrap(&self.heading, 50.0, true, 560.0 / NARROWER) {
            shapes.push(start(&line, TEXT.0, y + 29.0, 50.0, true, Ink::Text));
            y += 58.0;
        }
        let mut legend = Vec::new();
        self.map.legend(&mut legend, 0.0, 0.0, 280.0);
        shapes.extend(legend.into_iter().map(|shape| shape.scaled(1.64).moved(TEXT.0, y + 10.0)));
        for (text, y) in [(BOUNDARIES, 558.0), (BOUNDARIES_TOO, 575.0)] {
            shapes.push(start(text, TEXT.0, y, 13.0, false, Ink::Muted));
        }
        source(&mut shapes);
        let plot = Rect { left: 0.0, top: 0.0, right: wide, bottom: high };
        scaled(Picture { width: wide, height: high, plot, shapes }, width / wide)
    }
}

/// `first` and below it `rest`, about `middle`.
fn column(shapes: &mut Vec<Shape>, x: f64, middle: f64, first: &str, (size, bold): (f64, bool), rest: &[String]) {
    const LINE: f64 = 38.0;
    let high = size * 1.2;
    let mut y = middle - f64::midpoint(high, LINE * many(rest));
    shapes.push(start(first, x, y + high / 2.0, size, bold, Ink::Text));
    y += high;
    for text in rest {
        shapes.push(start(text, x, y + LINE / 2.0, 28.0, false, Ink::Muted));
        y += LINE;
    }
}

/// A name in as few lines as it takes; in two, "of" stands before what it belongs to.
fn in_two(name: &str, size: f64, room: f64) -> Vec<String> {
    let fits = |text: &str| text::width(text, size, true) <= room;
    match name.split_once(" of ").map(|(first, rest)| [first.to_owned(), format!("of {rest}")]) {
        Some(lines) if !fits(name) && lines.iter().all(|line| fits(line)) => lines.to_vec(),
        _ => text::balance(name, size, true, room),
    }
}

/// The mark of Upheld and its name, at the top.
fn brand(shapes: &mut Vec<Shape>) {
    // The mark is drawn on a square of 26: `upheld_pages::LOGO`.
    let (left, top, unit) = (TEXT.0, 42.0, 44.0 / 26.0);
    let at = |x: f64, y: f64| (left + x * unit, top + y * unit);
    // Quarters of a circle, clockwise from its right.
    let bow = |(x, y): (f64, f64), radius: f64, from: f64, to: f64| {
        let angles = (0_u8..=12).map(move |step| (from + (to - from) * f64::from(step) / 12.0) * FRAC_PI_2);
        angles.map(move |angle| at(x + radius * angle.cos(), y + radius * angle.sin()))
    };
    let corners = [((21.0, 21.0), 0.0), ((5.0, 21.0), 1.0), ((5.0, 5.0), 2.0), ((21.0, 5.0), 3.0)];
    let ground = corners.into_iter().flat_map(|(centre, from)| bow(centre, 5.0, from, from + 1.0)).collect();
    shapes.push(Shape::Area { points: ground, ink: Ink::Accent });
    let cup = [at(7.0, 5.0)].into_iter().chain(bow((13.0, 13.0), 6.0, 2.0, 0.0)).chain([at(19.0, 5.0)]).collect();
    for points in [cup, vec![at(6.0, 23.0), at(20.0, 23.0)]] {
        shapes.push(Shape::Line { points, thick: 2.6 * unit, ink: Ink::Exact(Colour(255, 255, 255)) });
    }
    shapes.push(start("Upheld", left + 60.0, 64.0, 36.0, true, Ink::Text));
}

/// Whose figures these are, at the bottom.
fn source(shapes: &mut Vec<Shape>) {
    shapes.push(start(SOURCE, TEXT.0, 604.0, 24.0, false, Ink::Muted));
}

fn start(text: &str, x: f64, y: f64, size: f64, bold: bool, ink: Ink) -> Shape {
    Shape::Label(Label { text: text.to_owned(), x, y, anchor: Anchor::Start, size, bold, ink })
}

/// Text that ends where all text ends.
fn end(text: String, y: f64, size: f64) -> Shape {
    Shape::Label(Label { text, x: TEXT.1, y, anchor: Anchor::End, size, bold: false, ink: Ink::Muted })
}

fn scaled(picture: Picture, by: f64) -> Picture {
    let Picture { width, height, plot, shapes } = picture;
    let plot = Rect { left: plot.left * by, top: plot.top * by, right: plot.right * by, bottom: plot.bottom * by };
    let shapes = shapes.into_iter().map(|shape| shape.scaled(by)).collect();
    Picture { width: width * by, height: height * by, plot, shapes }
}

impl Shape {
    /// The same, so much larger about the corner of the picture.
    fn scaled(mut self, by: f64) -> Self {
        let place = |(x, y): &mut (f64, f64)| (*x, *y) = (*x * by, *y * by);
        match &mut self {
            Self::Rule { from, to, thick, .. } => {
                [from, to].into_iter().for_each(place);
                *thick *= by;
            }
            Self::Line { points, thick, .. } => {
                points.iter_mut().for_each(place);
                *thick *= by;
            }
            Self::Area { points, .. } => points.iter_mut().for_each(place),
            Self::Dot { x, y, radius, .. } | Self::Label(Label { x, y, size: radius, .. }) => {
                (*x, *y, *radius) = (*x * by, *y * by, *radius * by);
            }
        }
        self
    }
}
