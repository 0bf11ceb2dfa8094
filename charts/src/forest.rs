//! Several councils beneath each other, each with its interval.

use crate::{
    Chart,
    parts::{EDGE, LINE, SMALL, key_row, lines, muted, rule},
    picture::{About, Anchor, Ink, Label, Picture, Rect, Shape},
    scale::{Scale, Ticks},
    text::{self, widest, wrap},
    wording::{axis, caution, interval, noun},
};
use upheld_domain::{
    edition::Edition,
    figures::Value,
    measure::{Measure, Rate, Reading},
    register::CouncilId,
    similar::published,
    words::{list, possessive},
    year::ReportingYear,
};

/// From where a picture has room for names and figures on both sides of the plot.
const WIDE: f64 = 560.0;
/// The radius of a dot.
const RADIUS: f64 = 5.0;
/// The size of names and figures.
const SIZE: f64 = 13.0;

/// Several councils on one measure in one year, a row each.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestChart {
    year: ReportingYear,
    measure: Measure,
    rows: Vec<Row>,
}

/// One council of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The council.
    pub council: CouncilId,
    /// What people call it.
    pub name: String,
    /// How it reads.
    pub reading: Reading,
    /// The printed average of councils of its own type.
    pub average: Option<Value>,
}

impl Row {
    /// Its figure in words: "13 of 24 (54%)", "no figure in this edition".
    #[must_use]
    pub fn figure(&self, measure: Measure) -> String {
        self.reading.as_ref().map_or_else(|absent| absent.words().to_owned(), |rate| rate.with_counts(measure))
    }

    /// Its figure as it stands beside its row: "13 of 24, 54%".
    fn label(&self, measure: Measure) -> String {
        match &self.reading {
            Ok(Rate { count: Some(count), total: Some(total), .. }) => {
                format!("{count} of {total}, {}", self.rate_text(measure))
            }
            _ => self.figure(measure),
        }
    }

    fn rate_text(&self, measure: Measure) -> String {
        self.reading.as_ref().map_or(String::new(), |rate| rate.text(measure))
    }
}

impl ForestChart {
    /// `councils` in their order on `measure` in `year`; those of another register are left out. None where none is left.
    #[must_use]
    pub fn new(edition: &Edition, councils: &[CouncilId], year: ReportingYear, measure: Measure) -> Option<Self> {
        let row = |id: &CouncilId| {
            let of = edition.register().get(*id)?;
            let (reading, average) = (edition.read(*id, year, measure), published(edition, *id, of, year, measure));
            Some(Row { council: *id, name: of.short_name.clone(), reading, average })
        };
        let rows: Vec<Row> = councils.iter().filter_map(row).collect();
        (!rows.is_empty()).then_some(Self { year, measure, rows })
    }

    /// The measure that it shows.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// Every council of the chart in its order, those without a rate among them.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    fn rates(&self) -> impl Iterator<Item = (&Row, &Rate)> {
        self.rows.iter().filter_map(|row| Some((row, row.reading.as_ref().ok()?)))
    }

    /// From where to where the rates go, and whether their intervals have a rate in common: no more than is drawn.
    fn finding(&self) -> String {
        let (measure, noun, year) = (self.measure, noun(self.measure), self.year);
        let rates: Vec<(&Row, &Rate)> = self.rates().collect();
        let all = self.rows.len();
        let (row, rate) = match rates.as_slice() {
            [] => {
                let names: Vec<&str> = self.rows.iter().map(|row| row.name.as_str()).take(3).collect();
                let whom = if all > 3 { format!("any of the {all} councils") } else { list(&names) };
                return format!("No {noun} for {whom} in {year}");
            }
            [one] => *one,
            [first, ..] => {
                let value = |it: &(&Row, &Rate)| it.1.value;
                let least = rates.iter().map(value).fold(first.1.value, f64::min);
                let most = rates.iter().map(value).fold(first.1.value, f64::max);
                // Who has a rate; the first of several, with how many share it.
                let at = |end: f64| {
                    let mut there = rates.iter().filter(|it| (it.1.value - end).abs() < 1e-9);
                    let Some((row, rate)) = there.next() else { return String::new() };
                    let others = match there.count() {
                        0 => String::new(),
                        1 => " and one other".to_owned(),
                        others => format!(" and {others} others"),
                    };
                    [&row.name, &others, " ", &rate.text(measure)].concat()
                };
                let span = if most - least < 1e-9 {
                    let count = if rates.len() == 2 { "Both".to_owned() } else { format!("All {}", rates.len()) };
                    format!("{count} have the same {noun} of {} in {year}", first.0.rate_text(measure))
                } else {
                    format!("{noun} in {year}: {} to {}", at(least), at(most))
                };
                return capital(&span) + self.overlap() + &self.missing();
            }
        };
        let mut text = format!("{} {noun} was {} in {year}", possessive(&row.name), rate.text(measure));
        if let Some(caution) = caution(rate, measure) {
            text = format!("{text}; {caution}");
        }
        text + &self.missing()
    }

    /// Who has no rate, or how many: to end a sentence.
    fn missing(&self) -> String {
        let without: Vec<&Row> = self.rows.iter().filter(|row| row.reading.is_err()).collect();
        match without.as_slice() {
            [] => String::new(),
            [one] => ["; no figure for ", &one.name].concat(),
            several => format!("; {} have no figure", several.len()),
        }
    }

    /// What the intervals of two or more show.
    fn overlap(&self) -> &'static str {
        let known = || self.rates().filter_map(|(_, rate)| rate.interval());
        let (lowest, highest) =
            known().fold((1.0_f64, 0.0_f64), |(upper, lower), it| (upper.min(it.upper), lower.max(it.lower)));
        // Intervals of which each two overlap have a point in common.
        match (known().count(), self.rates().count(), highest <= lowest) {
            (0 | 1, ..) => "",
            (2, 2, true) => "; their 95% intervals overlap",
            (2, 2, false) => "; their 95% intervals do not overlap",
            (known, all, true) if known == all => "; all 95% intervals overlap",
            (known, all, false) if known == all => "; not all 95% intervals overlap",
            (_, _, true) => "; the 95% intervals that are known overlap",
            (_, _, false) => "; not all 95% intervals that are known overlap",
        }
    }

    /// The printed average, where all rows have the same one.
    fn one_average(&self) -> Option<Value> {
        let first = self.rows.first()?.average?;
        self.rows.iter().all(|row| row.average == Some(first)).then_some(first)
    }

    fn ticks(&self, wide: bool) -> Ticks {
        if self.measure.is_percentage() {
            return Ticks::percent(if wide { 20 } else { 25 });
        }
        let averages = self.rows.iter().filter_map(|row| Some(row.average?.number()));
        Ticks::up_to(self.rates().map(|(_, rate)| rate.value).chain(averages).fold(0.0, f64::max), 5)
    }
}

/// `text` with its first letter as a capital: an ASCII one, as all nouns of measures begin with.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

impl Chart for ForestChart {
    fn title(&self) -> String {
        self.finding()
    }

    fn description(&self) -> String {
        let mut parts = Vec::new();
        for row in &self.rows {
            let range = row.reading.as_ref().ok().and_then(interval);
            let range = range.map_or(String::new(), |range| format!(", 95% interval {range}"));
            let average = row.average.map_or(String::new(), |value| format!(", published average of its type {value}"));
            parts.push(format!("{}: {}{range}{average}", row.name, row.figure(self.measure)));
        }
        format!("{} in {}, a row for each council. {}.", self.measure.label(), self.year, parts.join(". "))
    }

    fn picture(&self, width: f64) -> Picture {
        let (measure, wide) = (self.measure, width >= WIDE);
        let ticks = self.ticks(wide);
        let inset = EDGE + text::width(&measure.write(ticks.end()), SMALL, false) / 2.0;
        let size = |text: &str| text::width(text, SIZE, false);
        // What is said in the place of a figure may reach into the plot, where its row is empty.
        let figures = self.rates().map(|(row, _)| size(&row.label(measure))).fold(0.0, f64::max);
        let names = self.rows.iter().map(|row| size(&row.name)).fold(0.0, f64::max).min(width * 0.28);
        let (from, to) =
            if wide { (EDGE + names + 12.0, width - EDGE - figures - 12.0) } else { (inset, width - inset) };
        let (from, to) = (from.max(inset), to.min(width - inset));
        let x = Scale { values: (0.0, ticks.end()), places: (from, to) };
        let (mut marks, mut shapes) = (Vec::new(), Vec::new());
        let like = muted(String::new(), EDGE, 0.0, Anchor::Start);
        let top = lines(&mut shapes, wrap(axis(measure), SMALL, false, width - 2.0 * EDGE), &like, EDGE, LINE);
        for value in &ticks.0 {
            let label = muted(measure.write(*value), x.place(*value), top + LINE / 2.0, Anchor::Middle);
            shapes.push(Shape::Label(label));
        }
        let top = top + LINE + 2.0;
        let mut y = top + 2.0;
        for row in &self.rows {
            y = row.draw(measure, (width, wide), y, &x, (names, &mut marks, &mut shapes));
        }
        let bottom = y;
        let mut all = Vec::new();
        for value in &ticks.0 {
            let (x, ink) = (x.place(*value), if wide && *value <= 0.0 { Ink::Muted } else { Ink::Grid });
            if wide {
                all.push(rule((x, top), (x, bottom), 1.0, false, ink));
            }
            // Where names stand above the bars, the lines would run through them.
            let bars = marks.iter().filter_map(|mark| if let Shape::Dot { y, .. } = mark { Some(*y) } else { None });
            all.extend(bars.filter(|_| !wide).map(|y| rule((x, y - 9.0), (x, y + 9.0), 1.0, false, ink)));
        }
        all.append(&mut marks);
        all.append(&mut shapes);
        y += 6.0;
        if self.rows.iter().any(|row| row.average.is_some()) {
            let sign = |x: f64, y: f64| rule((x, y - 7.0), (x, y + 7.0), 2.0, false, Ink::Text);
            let value = self.one_average().map_or(String::new(), |value| format!(", {value}"));
            y = key_row(&mut all, sign, &format!("published average of similar authorities{value}"), y, width);
        }
        if self.rates().any(|(_, rate)| rate.interval().is_some()) {
            let sign = |x: f64, y: f64| rule((x - 7.0, y), (x + 7.0, y), 4.0, false, Ink::Dot);
            y = key_row(&mut all, sign, "95% interval", y, width);
        }
        let plot = Rect { left: from - RADIUS, top, right: to + RADIUS, bottom };
        Picture { width, height: y + EDGE, plot, shapes: all }
    }
}

impl Row {
    /// Draws the row from `top` on; answers where it ends.
    fn draw(
        &self,
        measure: Measure,
        (width, wide): (f64, bool),
        top: f64,
        x: &Scale,
        (names, marks, shapes): (f64, &mut Vec<Shape>, &mut Vec<Shape>),
    ) -> f64 {
        let text = self.label(measure);
        let ink = if self.reading.is_ok() { Ink::Text } else { Ink::Muted };
        let figure = text::width(&text, SIZE, false);
        let room = if wide { names } else { (width - 2.0 * EDGE - figure - 10.0).max(90.0) };
        let name = wrap(&self.name, SIZE, false, room);
        let like = Label { text: String::new(), x: EDGE, y: 0.0, anchor: Anchor::Start, size: SIZE, bold: false, ink };
        // A figure that has no room beside the name stands beneath it.
        let below = !wide && widest(&name, SIZE, false) + 10.0 + figure > width - 2.0 * EDGE;
        let count = crate::parts::many(&name);
        let (first, middle, bottom) = if wide {
            let high = (count * 17.0).max(18.0) + 8.0;
            (top + (high - count * 17.0) / 2.0, top + high / 2.0, top + high)
        } else {
            let text_end = top + 4.0 + (count + if below { 1.0 } else { 0.0 }) * 17.0;
            (top + 4.0, text_end + RADIUS + 2.0, text_end + 2.0 * RADIUS + 8.0)
        };
        let end = lines(shapes, name, &like, first, 17.0);
        let (at, anchor) = if below { (EDGE, Anchor::Start) } else { (width - EDGE, Anchor::End) };
        let y = if wide {
            middle
        } else if below {
            end + 8.5
        } else {
            first + 8.5
        };
        shapes.push(Shape::Label(Label { text, x: at, y, anchor, ..like }));
        let Ok(rate) = &self.reading else { return if wide { bottom } else { middle } };
        if let Some(it) = rate.interval() {
            let (from, to) = (x.place(it.lower * 100.0), x.place(it.upper * 100.0));
            marks.push(rule((from, middle), (to, middle), 4.0, false, Ink::Dot));
        }
        let about = About::Council(self.council);
        marks.push(Shape::Dot {
            about,
            x: x.place(rate.value),
            y: middle,
            radius: RADIUS,
            filled: true,
            ink: Ink::Accent,
        });
        if let Some(value) = self.average {
            let x = x.place(value.number());
            marks.push(rule((x, middle - 8.0), (x, middle + 8.0), 2.0, false, Ink::Text));
        }
        bottom
    }
}
