//! Several councils over the years, each in a small panel of its own, all on one scale.

use crate::{
    Chart,
    forest::ForestChart,
    parts::{EDGE, LINE, SMALL, key_row, lines, many, muted, rule, set, take_line},
    picture::{About, Anchor, Ink, Label, Picture, Rect, Shape},
    scale::{Scale, Ticks},
    text::{self, wrap},
    wording::{axis, interval},
};
use upheld_domain::{
    edition::Edition,
    measure::{Measure, Rate},
    register::CouncilId,
    trend::{BREAKS, Break, Point, runs, trend},
    year::ReportingYear,
};

/// The most councils that it shows.
pub const MOST: usize = 12;

/// The least width of a panel.
const PANEL: f64 = 200.0;
/// Between two panels.
const GAP: f64 = 20.0;
/// The height of a panel's plot.
const HIGH: f64 = 108.0;
/// The size of a panel's heading.
const HEADING: f64 = 13.0;

/// Up to [`MOST`] councils on one measure over the years, one year chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct MultiplesChart {
    measure: Measure,
    chosen: ReportingYear,
    years: Vec<ReportingYear>,
    panels: Vec<Panel>,
    finding: String,
}

/// One council of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The council.
    pub council: CouncilId,
    /// What people call it.
    pub name: String,
    /// Its years, those without a rate among them.
    pub points: Vec<Point>,
}

impl Panel {
    fn rates(&self) -> impl DoubleEndedIterator<Item = (&Point, &Rate)> {
        self.points.iter().filter_map(|point| Some((point, point.reading.as_ref().ok()?)))
    }
}

impl MultiplesChart {
    /// The first [`MOST`] of `councils` on `measure`, in their order, `chosen` made to stand out: from the first year in
    /// which one of them has a rate or a published average, to the last. None where none of them is of this register.
    #[must_use]
    pub fn new(edition: &Edition, councils: &[CouncilId], chosen: ReportingYear, measure: Measure) -> Option<Self> {
        let panel = |council: &CouncilId| {
            let name = edition.register().get(*council)?.short_name.clone();
            Some(Panel { council: *council, name, points: trend(edition, *council, measure) })
        };
        let panels: Vec<Panel> = councils.iter().filter_map(panel).take(MOST).collect();
        let shown: Vec<CouncilId> = panels.iter().map(|panel| panel.council).collect();
        let finding = ForestChart::new(edition, &shown, chosen, measure)?.title();
        let worth = |point: &&Point| point.year == chosen || point.reading.is_ok() || point.similar.is_some();
        let known = || panels.iter().flat_map(|panel| &panel.points).filter(worth).map(|point| point.year);
        let (first, last) = (known().min().unwrap_or(chosen), known().max().unwrap_or(chosen));
        let years = ReportingYear::all().filter(|year| first <= *year && *year <= last).collect();
        Some(Self { measure, chosen, years, panels, finding })
    }

    /// The measure that it shows.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// Every council of the chart, in its order.
    #[must_use]
    pub fn panels(&self) -> &[Panel] {
        &self.panels
    }

    /// The definition breaks between two years of the axis.
    fn breaks(&self) -> impl Iterator<Item = &'static Break> {
        let (first, last) = (self.years.first().copied(), self.years.last().copied());
        BREAKS.iter().filter(move |at| first < Some(at.before) && Some(at.before) <= last)
    }

    /// One scale for all panels.
    fn ticks(&self) -> Ticks {
        if self.measure.is_percentage() {
            return Ticks::percent(50);
        }
        let points = || self.panels.iter().flat_map(|panel| &panel.points);
        let averages = points().filter_map(|point| Some(point.similar?.number()));
        let rates = points().filter_map(|point| Some(point.reading.as_ref().ok()?.value));
        Ticks::up_to(rates.chain(averages).fold(0.0, f64::max), 4)
    }
}

impl Chart for MultiplesChart {
    fn title(&self) -> String {
        self.finding.clone()
    }

    fn description(&self) -> String {
        let measure = self.measure;
        let mut text = format!("{} over the years, a panel for each council, on one scale.", measure.label());
        for panel in &self.panels {
            let mut years = Vec::new();
            for (point, rate) in panel.rates() {
                let range = interval(rate).map_or(String::new(), |range| format!(", 95% interval {range}"));
                years.push(format!("{} {}{range}", point.year, rate.with_counts(measure)));
            }
            let years = if years.is_empty() { "no figure in this edition".to_owned() } else { years.join("; ") };
            text.push_str(&[" ", &panel.name, ": ", &years, "."].concat());
        }
        for at in self.breaks() {
            text.push_str(&[" ", at.reason].concat());
        }
        text
    }

    fn picture(&self, width: f64) -> Picture {
        let room = width - 2.0 * EDGE;
        // As many columns as there is room for, and no more than are needed.
        let mut columns = 1;
        let mut across = room;
        for more in 2..=self.panels.len() {
            let each = (room + GAP) / (0..more).fold(0.0, |sum, _| sum + 1.0) - GAP;
            if each < PANEL {
                break;
            }
            (columns, across) = (more, each);
        }
        let mut shapes = Vec::new();
        let like = muted(String::new(), EDGE, 0.0, Anchor::Start);
        let mut y = lines(&mut shapes, wrap(axis(self.measure), SMALL, false, room), &like, EDGE, LINE) + 6.0;
        let top = y;
        let ticks = self.ticks();
        for row in self.panels.chunks(columns) {
            let heading = |panel: &Panel| wrap(&panel.name, HEADING, true, across);
            let high = row.iter().map(|panel| many(&heading(panel))).fold(0.0, f64::max) * 17.0;
            let mut left = EDGE;
            for panel in row {
                let like = Label {
                    text: String::new(),
                    x: left,
                    y: 0.0,
                    anchor: Anchor::Start,
                    size: HEADING,
                    bold: true,
                    ink: Ink::Text,
                };
                lines(&mut shapes, heading(panel), &like, y, 17.0);
                let plot = Rect { left, top: y + high + 2.0, right: left + across, bottom: y + high + 2.0 + HIGH };
                Small::new(self, panel, &ticks, plot).draw(&mut shapes);
                left += across + GAP;
            }
            y += high + 2.0 + HIGH + LINE + 12.0;
        }
        let bottom = y - 12.0 - LINE;
        y = self.key(&mut shapes, y - 4.0, width);
        let plot = Rect { left: EDGE, top, right: width - EDGE, bottom };
        Picture { width, height: y + EDGE, plot, shapes }
    }
}

impl MultiplesChart {
    /// What the signs mean.
    fn key(&self, shapes: &mut Vec<Shape>, top: f64, width: f64) -> f64 {
        let points = || self.panels.iter().flat_map(|panel| &panel.points);
        let mut y = top;
        if points().any(|point| point.similar.is_some()) {
            let sign = |x: f64, y: f64| rule((x - 7.0, y), (x + 7.0, y), 3.0, false, Ink::Dot);
            y = key_row(shapes, sign, "published average of similar authorities", y, width);
        }
        if points().any(|point| point.reading.as_ref().is_ok_and(|rate| rate.interval().is_some())) {
            let sign = |x: f64, y: f64| rule((x, y - 6.0), (x, y + 6.0), 2.0, false, Ink::Muted);
            y = key_row(shapes, sign, "95% interval", y, width);
        }
        if points().any(|point| point.after_its_end && point.reading.is_ok()) {
            let sign = |x, y| Shape::Dot { about: About::Key, x, y, radius: 3.0, filled: false, ink: Ink::Text };
            y = key_row(shapes, sign, "after the end of the council", y, width);
        }
        if self.breaks().next().is_some() {
            let sign = |x: f64, y: f64| rule((x, y - 7.5), (x, y + 7.5), 1.0, true, Ink::Muted);
            y = key_row(shapes, sign, "years on two sides of this line are not comparable", y, width);
        }
        y
    }
}

/// A panel in the making.
struct Small<'a> {
    chart: &'a MultiplesChart,
    panel: &'a Panel,
    ticks: &'a Ticks,
    plot: Rect,
    x: Scale,
    y: Scale,
}

impl<'a> Small<'a> {
    fn new(chart: &'a MultiplesChart, panel: &'a Panel, ticks: &'a Ticks, room: Rect) -> Self {
        let tick = |value: &f64| text::width(&chart.measure.write(*value), SMALL, false);
        let left = room.left + ticks.0.iter().map(tick).fold(0.0, f64::max) + 6.0;
        let plot = Rect { left, ..room };
        let x = Scale { values: (0.0, many(&chart.years).max(1.0)), places: (plot.left + 2.0, plot.right - 2.0) };
        let y = Scale { values: (0.0, ticks.end()), places: (plot.bottom - 6.0, plot.top + 23.0) };
        Self { chart, panel, ticks, plot, x, y }
    }

    /// The middle of a year.
    fn middle(&self, year: ReportingYear) -> f64 {
        let before = self.chart.years.iter().take_while(|other| **other < year);
        self.x.place(before.fold(0.5, |place, _| place + 1.0))
    }

    fn draw(&self, shapes: &mut Vec<Shape>) {
        let Rect { left, top, right, bottom } = self.plot;
        let half = self.x.place(0.5) - self.x.place(0.0);
        let mut labels = Vec::new();
        let mut taken = Vec::new();
        for value in &self.ticks.0 {
            let (y, ink) = (self.y.place(*value), if *value > 0.0 { Ink::Grid } else { Ink::Muted });
            shapes.push(rule((left, y), (right, y), 1.0, false, ink));
            labels.push(muted(self.chart.measure.write(*value), left - 6.0, y, Anchor::End));
        }
        for at in self.chart.breaks() {
            let x = self.middle(at.before) - half;
            shapes.push(rule((x, top), (x, bottom), 1.0, true, Ink::Muted));
            taken.push(Rect { left: x - 1.0, top, right: x + 1.0, bottom });
        }
        for point in &self.panel.points {
            let Some(value) = point.similar else { continue };
            let (x, y, reach) = (self.middle(point.year), self.y.place(value.number()), half * 0.8);
            shapes.push(rule((x - reach, y), (x + reach, y), 3.0, false, Ink::Dot));
            taken.push(Rect { left: x - reach, top: y - 2.0, right: x + reach, bottom: y + 2.0 });
        }
        self.lines(shapes, &mut taken);
        for (point, rate) in self.panel.rates() {
            let (x, chosen) = (self.middle(point.year), point.year == self.chart.chosen);
            if let Some(it) = rate.interval() {
                let (top, bottom) = (self.y.place(it.upper * 100.0), self.y.place(it.lower * 100.0));
                let ink = if chosen { Ink::Accent } else { Ink::Muted };
                shapes.push(rule((x, top), (x, bottom), 2.0, false, ink));
                taken.push(Rect { left: x - 2.0, top, right: x + 2.0, bottom });
            }
        }
        for (point, rate) in self.panel.rates() {
            let (x, y) = (self.middle(point.year), self.y.place(rate.value));
            let (radius, ink) = if point.year == self.chart.chosen { (4.5, Ink::Accent) } else { (3.0, Ink::Text) };
            let about = About::Of(self.panel.council, point.year);
            shapes.push(Shape::Dot { about, x, y, radius, filled: !point.after_its_end, ink });
            taken.push(Rect::around(x, y, radius));
        }
        self.value_label(&mut labels, &taken);
        self.year_labels(&mut labels);
        shapes.extend(labels.into_iter().map(Shape::Label));
    }

    /// The lines between years that may be joined.
    fn lines(&self, shapes: &mut Vec<Shape>, taken: &mut Vec<Rect>) {
        for run in runs(&self.panel.points) {
            for ends in run.windows(2) {
                let [from, to] = ends else { continue };
                let (Ok(rate), Ok(next), false) = (&from.reading, &to.reading, to.after_its_end) else { continue };
                let from = (self.middle(from.year), self.y.place(rate.value));
                let to = (self.middle(to.year), self.y.place(next.value));
                take_line(taken, from, to);
                shapes.push(Shape::Line { points: vec![from, to], thick: 1.5, ink: Ink::Text });
            }
        }
    }

    /// The rate of the chosen year, or that there is none at all.
    fn value_label(&self, labels: &mut Vec<Label>, taken: &[Rect]) {
        let Rect { left, top, right, bottom } = self.plot;
        let inside = Rect { left, top: top - 2.0, right, bottom };
        if self.panel.rates().next().is_none() {
            let (x, y) = (f64::midpoint(left, right), self.y.place(self.ticks.end() / 4.0));
            labels.push(muted("no figure in this edition".to_owned(), x, y, Anchor::Middle));
            return;
        }
        let chosen = self.panel.rates().find(|(point, _)| point.year == self.chart.chosen);
        let Some((point, rate)) = chosen else { return };
        let (x, y, text) = (self.middle(point.year), self.y.place(rate.value), rate.text(self.chart.measure));
        let place = |share: f64| self.y.place(share * 100.0);
        let ends = rate.interval().map_or((y, y), |it| (place(it.upper), place(it.lower)));
        let (upper, lower) = (ends.0.min(y - 5.0) - 9.0, ends.1.max(y + 5.0) + 9.0);
        let half = text::width(&text, SMALL, true) / 2.0;
        let middle = x.min(right - half).max(left + half);
        let places = [
            (x + 8.0, y, Anchor::Start),
            (x - 8.0, y, Anchor::End),
            (middle, upper, Anchor::Middle),
            (middle, lower, Anchor::Middle),
            (x + 5.0, y - 14.0, Anchor::Start),
            (x - 5.0, y - 14.0, Anchor::End),
            (x + 5.0, y + 14.0, Anchor::Start),
            (x - 5.0, y + 14.0, Anchor::End),
        ];
        let label = Label { text, x, y, anchor: Anchor::Start, size: SMALL, bold: true, ink: Ink::Accent };
        set(labels, taken, &inside, label, &places, true);
    }

    /// The chosen year, and the first and the last where they have room beside it.
    fn year_labels(&self, labels: &mut Vec<Label>) {
        let (left, right) = (self.plot.left, self.plot.right);
        let ends = [Some(self.chart.chosen), self.chart.years.first().copied(), self.chart.years.last().copied()];
        for year in ends.into_iter().flatten() {
            let (text, bold) = (year.to_string(), year == self.chart.chosen);
            let half = text::width(&text, SMALL, bold) / 2.0;
            let x = self.middle(year).min(right - half).max(left + half);
            let ink = if bold { Ink::Accent } else { Ink::Muted };
            let y = self.plot.bottom + 1.0 + LINE / 2.0;
            let label = Label { text, x, y, anchor: Anchor::Middle, size: SMALL, bold, ink };
            let room = label.bounds();
            let near = Rect { left: room.left - 6.0, right: room.right + 6.0, ..room };
            if !labels.iter().any(|other| other.bounds().overlaps(&near)) {
                labels.push(label);
            }
        }
    }
}
