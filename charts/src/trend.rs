//! One council over the years.

mod beside;

use crate::{
    Chart,
    parts::{self, EDGE, LINE, SMALL, STRONG, muted, rule, take_line},
    picture::{About, Anchor, Ink, Label, Picture, Rect, Shape},
    scale::{Scale, Ticks},
    text::{self, balance, widest, wrap},
    wording::{axis, caution, interval, noun},
};
use upheld_domain::{
    edition::Edition,
    figures::Value,
    measure::{Measure, Rate, Reading},
    order::sorted,
    register::CouncilId,
    similar::FEWEST_FOR_AN_AVERAGE,
    trend::{BREAKS, Break, Point, broken_between, runs, trend},
    words::possessive,
    year::ReportingYear,
};

use beside::Beside;

/// From where a picture is wide.
const WIDE: f64 = 480.0;
/// Between a line and what is said beside it.
const ASIDE: f64 = 5.0;
/// The least room in which the reason of a break is set beside its line.
const BESIDE: f64 = 64.0;

/// A council on one measure over the years, one of them chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendChart {
    name: String,
    measure: Measure,
    chosen: ReportingYear,
    points: Vec<Point>,
    /// Of each point the median of its peers.
    medians: Vec<Option<(f64, usize)>>,
    /// The councils before and after it.
    beside: Vec<Beside>,
    began: ReportingYear,
    ended: Option<ReportingYear>,
}

/// One year of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The year.
    pub year: ReportingYear,
    /// How the council reads.
    pub reading: Reading,
    /// The printed average of similar authorities.
    pub similar: Option<Value>,
    /// The median of the other councils of the type, as far as the edition has their rates: its value, in percent or per
    /// 100,000 residents, and of how many. None where fewer than five have one.
    pub median: Option<(f64, usize)>,
    /// Whether the year lies after the council's end.
    pub after_its_end: bool,
    /// Why the year is not comparable with the years before it.
    pub break_before: Option<&'static str>,
}

impl Row {
    /// Its figure in words: "13 of 24 (54%)", "no figure in this edition".
    #[must_use]
    pub fn figure(&self, measure: Measure) -> String {
        self.reading.as_ref().map_or_else(|absent| absent.words().to_owned(), |rate| rate.with_counts(measure))
    }
}

impl TrendChart {
    /// `council` over the years, `chosen` made to stand out: from the first year to the last for which the
    /// edition has the measure, of any council, as far as the council existed or has a figure; and beside it the councils
    /// that it replaced or that replaced it, in every year in which they have a figure. None where `council` is of
    /// another register.
    #[must_use]
    pub fn new(edition: &Edition, council: CouncilId, chosen: ReportingYear, measure: Measure) -> Option<Self> {
        let of = edition.register().get(council)?;
        let mut points = trend(edition, council, measure);
        let printed =
            |year: ReportingYear| edition.register().iter().any(|(id, _)| edition.read(id, year, measure).is_ok());
        let worth = |point: &Point| {
            point.year == chosen || point.reading.is_ok() || point.similar.is_some() || printed(point.year)
        };
        if let (Some(first), Some(last)) = (points.iter().position(worth), points.iter().rposition(worth)) {
            points.truncate(last + 1);
            points.drain(..first);
        } else {
            points.clear();
        }
        let (name, beside) = (of.short_name.clone(), Beside::all(edition, council, measure));
        let median = |point: &Point| {
            let peers = edition.readings(of.council_type, point.year, measure).into_iter();
            let others = peers.filter(|(peer, _)| *peer != council);
            median(&others.filter_map(|(_, reading)| Some(reading.ok()?.value)).collect::<Vec<f64>>())
        };
        let medians = points.iter().map(median).collect();
        Some(Self { name, measure, chosen, points, medians, beside, began: of.first_year, ended: of.last_year })
    }

    /// The measure that it shows.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// Every year of the chart, those without a rate among them.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let row = |(point, median): (&Point, &Option<(f64, usize)>)| Row {
            year: point.year,
            reading: point.reading,
            similar: point.similar,
            median: *median,
            after_its_end: point.after_its_end,
            break_before: BREAKS.iter().find(|at| at.before == point.year).map(|at| at.reason),
        };
        self.points.iter().zip(&self.medians).map(row).collect()
    }

    /// The years that have a median of peers, each with its value and of how many.
    fn medians(&self) -> impl Iterator<Item = (ReportingYear, f64, usize)> {
        let known =
            |(point, median): (&Point, &Option<(f64, usize)>)| median.map(|(value, of)| (point.year, value, of));
        self.points.iter().zip(&self.medians).filter_map(known)
    }

    fn rates(&self) -> impl DoubleEndedIterator<Item = (&Point, &Rate)> + Clone {
        self.points.iter().filter_map(|point| Some((point, point.reading.as_ref().ok()?)))
    }

    /// The first and the last year of the axis: the council's own, and those of the councils beside it.
    #[must_use]
    pub fn span(&self) -> Option<(ReportingYear, ReportingYear)> {
        let beside = self.beside.iter().flat_map(|it| &it.points);
        let years = || self.points.iter().chain(beside.clone()).map(|point| point.year);
        years().min().zip(years().max())
    }

    /// The years of the axis, those between two of the edition that it does not hold among them.
    fn years(&self) -> Vec<ReportingYear> {
        let span = self.span();
        ReportingYear::all().filter(|year| span.is_some_and(|(first, last)| first <= *year && *year <= last)).collect()
    }

    /// The breaks between two years of the axis.
    fn breaks(&self) -> Vec<&'static Break> {
        let span = self.span();
        let within = |at: &&Break| span.is_some_and(|(first, last)| first < at.before && at.before <= last);
        BREAKS.iter().filter(within).collect()
    }

    fn ticks(&self, wide: bool) -> Ticks {
        if self.measure.is_percentage() {
            return Ticks::percent(if wide { 25 } else { 50 });
        }
        let similar = self.points.iter().filter_map(|point| Some(point.similar?.number()));
        let similar = similar.chain(self.medians().map(|(_, value, _)| value));
        let beside = self.beside.iter().flat_map(Beside::rates);
        let largest = self.rates().chain(beside).map(|(_, rate)| rate.value).chain(similar).fold(0.0, f64::max);
        Ticks::up_to(largest, 4)
    }
}

impl Chart for TrendChart {
    fn title(&self) -> String {
        let (name, measure) = (&self.name, self.measure);
        let noun = noun(measure);
        let chosen = self.points.iter().find(|point| point.year == self.chosen);
        let Some((point, rate)) = chosen.and_then(|point| Some((point, point.reading.as_ref().ok()?))) else {
            if self.rates().next().is_none() {
                let beside = beside::finding(&self.beside);
                return format!("No {noun} for {name} in any year of this edition{beside}");
            }
            let why = chosen.and_then(|point| point.reading.as_ref().err()).map(|absent| absent.words());
            let why = why.unwrap_or("no figure in this edition");
            return format!("No {noun} for {name} in {}: {why}", self.chosen);
        };
        let mut finding = format!("{} {noun} was {} in {}", possessive(name), rate.text(measure), point.year);
        let earlier: Vec<(&Point, &Rate)> = self.rates().filter(|(earlier, _)| earlier.year < point.year).collect();
        let comparable = earlier.iter().rfind(|(earlier, _)| !broken_between(earlier.year, point.year));
        if let Some((before, rate)) = comparable {
            finding = format!("{finding}, after {} in {}", rate.text(measure), before.year);
        } else if !earlier.is_empty() {
            finding = format!("{finding}; earlier years are not comparable");
        }
        match caution(rate, measure) {
            Some(caution) => format!("{finding}; {caution}"),
            None => finding,
        }
    }

    fn description(&self) -> String {
        let measure = self.measure;
        let noun = noun(measure);
        let mut parts = Vec::new();
        let years = self.points.first().zip(self.points.last());
        let years = years.map_or(String::new(), |(first, last)| format!(" from {} to {}", first.year, last.year));
        parts.push(format!("{} {noun}{years}, year by year", possessive(&self.name)));
        for (point, rate) in self.rates() {
            let range = interval(rate).map_or(String::new(), |range| format!(", 95% interval {range}"));
            let similar = point.similar.map_or(String::new(), |value| format!(", published average {value}"));
            let median =
                self.medians().find(|(year, ..)| *year == point.year).map_or(String::new(), |(_, value, of)| {
                    format!(", median of {of} similar authorities {}", measure.write(value))
                });
            let end = if point.after_its_end { ", after the end of the council" } else { "" };
            parts.push(format!("{}: {}{range}{similar}{median}{end}", point.year, rate.with_counts(measure)));
        }
        let without = self.points.iter().filter(|point| point.reading.is_err()).map(|point| point.year.to_string());
        let without: Vec<String> = without.collect();
        if !without.is_empty() {
            parts.push(format!("No figure for {}", without.join(", ")));
        }
        parts.extend(beside::described(&self.beside, measure, self.began, self.ended));
        let reasons = self.breaks().into_iter().map(|at| at.reason.trim_end_matches('.').to_owned());
        parts.extend(reasons);
        parts.join(". ") + "."
    }

    fn picture(&self, width: f64) -> Picture {
        Layout::new(self, width).draw()
    }
}

/// A picture in the making.
struct Layout<'chart> {
    chart: &'chart TrendChart,
    width: f64,
    wide: bool,
    years: Vec<ReportingYear>,
    ticks: Ticks,
    x: Scale,
    y: Scale,
    /// How much of the width is one year's.
    slot: f64,
    plot: Rect,
    shapes: Vec<Shape>,
    labels: Vec<Label>,
    /// What a label is better not set on.
    taken: Vec<Rect>,
}

impl<'chart> Layout<'chart> {
    fn new(chart: &'chart TrendChart, width: f64) -> Self {
        let wide = width >= WIDE;
        let years = chart.years();
        let ticks = chart.ticks(wide);
        let tick_width = |value: &f64| text::width(&chart.measure.write(*value), SMALL, false);
        let left = EDGE + ticks.0.iter().map(tick_width).fold(0.0, f64::max) + 6.0;
        let right = width - EDGE;
        let count = years.iter().fold(0.0, |count: f64, _| count + 1.0).max(1.0);
        let slot = (right - left) / count;
        let x = Scale { values: (0.0, count), places: (left, right) };
        let plot = Rect { left, top: 0.0, right, bottom: 0.0 };
        let y = Scale { values: (0.0, ticks.end()), places: (0.0, 0.0) };
        Self { chart, width, wide, years, ticks, x, y, slot, plot, shapes: vec![], labels: vec![], taken: vec![] }
    }

    fn draw(mut self) -> Picture {
        let chart = self.chart;
        let mut top = EDGE;
        for line in wrap(axis(chart.measure), SMALL, false, self.width - 2.0 * EDGE) {
            self.labels.push(muted(line, EDGE, top + LINE / 2.0, Anchor::Start));
            top += LINE;
        }
        top += 4.0;
        top = self.breaks_above(top);
        // Room for half a point at 0%, and more at 100%, for a label.
        let inset = 10.0;
        let high = if self.wide { 200.0 } else { 160.0 };
        self.plot.top = top + 2.0;
        self.plot.bottom = self.plot.top + high;
        self.y.places = (self.plot.bottom - 7.0, self.plot.top + inset);
        self.frame();
        self.similar();
        self.medians();
        self.beside();
        self.points();
        self.value_labels();
        let unnamed = self.beside_labels();
        self.nothing_to_show();
        let mut bottom = self.year_labels(self.plot.bottom + 1.0);
        let averages = self.average_label();
        bottom = self.key(bottom, !averages);
        bottom = self.beside_key(bottom, &unnamed);
        let mut shapes = self.shapes;
        for label in self.labels {
            shapes.push(Shape::Label(label));
        }
        Picture { width: self.width, height: bottom + EDGE, plot: self.plot, shapes }
    }

    /// The middle of a year.
    fn middle(&self, year: ReportingYear) -> f64 {
        let before = self.years.iter().take_while(|other| **other < year);
        self.x.place(before.fold(0.5, |place, _| place + 1.0))
    }

    /// The reasons of the breaks, above the plot, and the lines that lead from them through it. The first
    /// stands to the left of its line and the last to the right; one between them, or one without room
    /// there, higher up, where no other line reaches.
    fn breaks_above(&mut self, top: f64) -> f64 {
        struct Reason {
            x: f64,
            lines: Vec<String>,
            anchor: Anchor,
        }
        let breaks = self.chart.breaks();
        let last = breaks.len().saturating_sub(1);
        let (mut beside, mut above) = (Vec::new(), Vec::new());
        for (place, at) in breaks.iter().enumerate() {
            let x = self.middle(at.before) - self.slot / 2.0;
            let (left, right) = (x - ASIDE - EDGE, self.plot.right - x - ASIDE);
            let to_the_left = if last == 0 { left > right } else { place == 0 };
            let outermost = place == 0 || place == last;
            let room = if to_the_left { left } else { right };
            let lines = balance(at.short, SMALL, false, room.min(190.0));
            if outermost && room >= BESIDE && widest(&lines, SMALL, false) <= room {
                beside.push(Reason { x, lines, anchor: if to_the_left { Anchor::End } else { Anchor::Start } });
            } else {
                above.push((outermost, x, at.short));
            }
        }
        // The outermost first: what is said higher up has its line pass by what is said below.
        let above = chosen_first(above.iter(), |(outermost, ..)| *outermost);
        let mut y = top;
        let mut starts: Vec<(f64, f64)> = Vec::new();
        for &(_, x, reason) in above {
            let lines = balance(reason, SMALL, false, self.width - 2.0 * EDGE);
            let wide = widest(&lines, SMALL, false);
            let clamped = (x - wide / 2.0).min(self.width - EDGE - wide).max(EDGE);
            let passed = |left: &&f64| {
                let inside = **left >= EDGE && **left + wide <= self.width - EDGE;
                inside && starts.iter().all(|(line, _)| *line < **left - 2.0 || *line > **left + wide + 2.0)
            };
            let lefts = [clamped, x - ASIDE - wide, x + ASIDE];
            let left = lefts.iter().find(passed).copied().unwrap_or(clamped);
            for line in lines {
                self.labels.push(muted(line, left, y + LINE / 2.0, Anchor::Start));
                y += LINE;
            }
            starts.push((x, y));
        }
        let rows = beside.iter().map(|reason| reason.lines.len()).max().unwrap_or(0);
        for reason in beside {
            let nudge = if reason.anchor == Anchor::End { -ASIDE } else { ASIDE };
            let mut line_y = y;
            for line in reason.lines {
                self.labels.push(muted(line, reason.x + nudge, line_y + LINE / 2.0, reason.anchor));
                line_y += LINE;
            }
            starts.push((reason.x, y));
        }
        let bottom = (0..rows).fold(y, |y, _| y + LINE);
        for (x, start) in starts {
            // Its lower end is settled with the plot.
            self.shapes.push(rule((x, start), (x, start), 1.0, true, Ink::Muted));
        }
        bottom
    }

    /// The lines of the axes, and the lower ends of the breaks.
    fn frame(&mut self) {
        let Rect { left, right, bottom, top } = self.plot;
        for shape in &mut self.shapes {
            if let Shape::Rule { to, .. } = shape {
                to.1 = bottom;
                self.taken.push(Rect { left: to.0 - 1.0, top, right: to.0 + 1.0, bottom });
            }
        }
        let mut shapes = Vec::new();
        for value in &self.ticks.0 {
            let y = self.y.place(*value);
            let ink = if *value > 0.0 { Ink::Grid } else { Ink::Muted };
            shapes.push(rule((left, y), (right, y), 1.0, false, ink));
            let label = muted(self.chart.measure.write(*value), left - 6.0, y, Anchor::End);
            self.labels.push(label);
        }
        shapes.append(&mut self.shapes);
        self.shapes = shapes;
    }

    /// The printed averages of similar authorities, a dash each.
    fn similar(&mut self) {
        for (x, y, _) in self.averages() {
            let half = (self.slot * 0.36).clamp(6.0, 16.0);
            self.shapes.push(rule((x - half, y), (x + half, y), 3.0, false, Ink::Dot));
            self.taken.push(Rect { left: x - half, top: y - 2.0, right: x + half, bottom: y + 2.0 });
        }
    }

    /// The medians of the peers, thin and dashed.
    fn medians(&mut self) {
        // Three dashes, or five, with the gaps between.
        let half = if self.slot > 40.0 { 13.5 } else { 7.5 };
        for (year, value, _) in self.chart.medians() {
            let (x, y) = (self.middle(year), self.y.place(value));
            self.shapes.push(rule((x - half, y), (x + half, y), 1.5, true, Ink::Text));
            self.taken.push(Rect { left: x - half, top: y - 2.0, right: x + half, bottom: y + 2.0 });
        }
    }

    /// The places of the printed averages, the chosen year's first, then from the last to the first.
    fn averages(&self) -> Vec<(f64, f64, Value)> {
        let points = chosen_first(self.chart.points.iter().rev(), |point| point.year == self.chart.chosen);
        let place = |point: &Point| {
            let value = point.similar?;
            Some((self.middle(point.year), self.y.place(value.number()), value))
        };
        points.filter_map(place).collect()
    }

    fn ink(&self, year: ReportingYear) -> Ink {
        if year == self.chart.chosen { Ink::Accent } else { Ink::Text }
    }

    fn radius(&self, year: ReportingYear) -> f64 {
        if year == self.chart.chosen { 6.0 } else { 4.0 }
    }

    /// The rates with their intervals, joined where they may be.
    fn points(&mut self) {
        let chart = self.chart;
        for run in runs(&chart.points) {
            for ends in run.windows(2) {
                let [from, to] = ends else { continue };
                // What was decided after the council's end is shown, but leads nowhere.
                let (Ok(rate), Ok(next), false) = (&from.reading, &to.reading, to.after_its_end) else { continue };
                let from = (self.middle(from.year), self.y.place(rate.value));
                let to = (self.middle(to.year), self.y.place(next.value));
                take_line(&mut self.taken, from, to);
                self.shapes.push(Shape::Line { points: vec![from, to], thick: 2.0, ink: Ink::Text });
            }
        }
        for (point, rate) in chart.rates() {
            let x = self.middle(point.year);
            if let Some(interval) = rate.interval() {
                let (top, bottom) = (self.y.place(interval.upper * 100.0), self.y.place(interval.lower * 100.0));
                let ink = if point.year == chart.chosen { Ink::Accent } else { Ink::Muted };
                self.shapes.push(rule((x, top), (x, bottom), 2.0, false, ink));
                self.taken.push(Rect { left: x - 2.0, top, right: x + 2.0, bottom });
            }
        }
        for (point, rate) in chart.rates() {
            let (x, y, radius) = (self.middle(point.year), self.y.place(rate.value), self.radius(point.year));
            let (about, filled, ink) = (About::Year(point.year), !point.after_its_end, self.ink(point.year));
            self.shapes.push(Shape::Dot { about, x, y, radius, filled, ink });
            self.taken.push(Rect::around(x, y, radius));
        }
    }

    /// The value at each point, where it has room; the chosen year's always, with its counts where they have.
    fn value_labels(&mut self) {
        let chart = self.chart;
        for (point, rate) in chosen_first(chart.rates().rev(), |(point, _)| point.year == chart.chosen) {
            let short = rate.text(chart.measure);
            let chosen = point.year == chart.chosen;
            let counts = rate.count.zip(rate.total).filter(|_| chosen);
            let counted = counts.map(|(count, total)| format!("{count} of {total}, {short}"));
            if !counted.is_some_and(|text| self.set_around(point.year, rate, text, false)) {
                self.set_around(point.year, rate, short, chosen);
            }
        }
    }

    /// Sets `text` in the best place that it may have at the point of a year.
    fn set_around(&mut self, year: ReportingYear, rate: &Rate, text: String, must: bool) -> bool {
        let bold = year == self.chart.chosen;
        let size = if bold { STRONG } else { SMALL };
        let (x, y) = (self.middle(year), self.y.place(rate.value));
        let away = self.radius(year) + 3.0;
        let half = size * 0.6 + 2.0;
        let place = |share: f64| self.y.place(share * 100.0);
        let ends = rate.interval().map_or((y, y), |interval| (place(interval.upper), place(interval.lower)));
        let (upper, lower) = (ends.0.min(y - away), ends.1.max(y + away));
        let middle = x.min(self.width - EDGE - text::width(&text, size, bold) / 2.0);
        let places = [
            (x + away, y, Anchor::Start),
            (x - away, y, Anchor::End),
            (x + 5.0, y - half - away, Anchor::Start),
            (x - 5.0, y - half - away, Anchor::End),
            (x + 5.0, y + half + away, Anchor::Start),
            (x - 5.0, y + half + away, Anchor::End),
            (middle, upper - half, Anchor::Middle),
            (middle, lower + half, Anchor::Middle),
        ];
        let ink = self.ink(year);
        self.set(Label { text, x, y, anchor: Anchor::Start, size, bold, ink }, &places, must)
    }

    /// Says so where no year has a rate.
    fn nothing_to_show(&mut self) {
        let beside = self.chart.beside.iter().flat_map(Beside::rates);
        if self.chart.rates().chain(beside).next().is_some() {
            return;
        }
        let (x, mut y) = (f64::midpoint(self.plot.left, self.plot.right), self.plot.bottom - 42.0);
        let text = format!("no figure for {}", self.chart.name);
        for text in balance(&text, STRONG, true, self.plot.right - self.plot.left) {
            let label = Label { text, x, y, anchor: Anchor::Middle, size: STRONG, bold: true, ink: Ink::Accent };
            self.labels.push(label);
            y += 18.0;
        }
    }

    /// Sets `label` in the first of `places` that has room; where none has and it `must` stand, in the first where
    /// it runs over no other text. Whether it stands.
    fn set(&mut self, label: Label, places: &[(f64, f64, Anchor)], must: bool) -> bool {
        let inside = Rect { left: self.plot.left, right: self.width - EDGE, ..self.plot };
        parts::set(&mut self.labels, &self.taken, &inside, label, places, must)
    }

    /// What the dashes are, at one of them where there is room. Whether it has been said, or there are none.
    fn average_label(&mut self) -> bool {
        let averages = self.averages();
        if averages.is_empty() {
            return true;
        }
        for (x, y, value) in averages {
            let text = format!("published average {value}");
            let half = text::width(&text, SMALL, false) / 2.0;
            let clamped = x.min(self.width - EDGE - half).max(self.plot.left + half);
            let across = (self.slot * 0.36).clamp(6.0, 16.0) + 4.0;
            let places = [
                (x - across, y, Anchor::End),
                (x + across, y, Anchor::Start),
                (clamped, y - 12.0, Anchor::Middle),
                (clamped, y + 12.0, Anchor::Middle),
            ];
            if self.set(muted(text, x, y, Anchor::Middle), &places, false) {
                return true;
            }
        }
        false
    }

    /// The years under the plot: all of them, else in short, else as many as have room, the chosen one always.
    fn year_labels(&mut self, top: f64) -> f64 {
        let full = |year: ReportingYear| year.to_string();
        let short = |year: ReportingYear| year.to_string().chars().skip(2).collect::<String>();
        let room = |write: &dyn Fn(ReportingYear) -> String, bold: bool| {
            self.years.iter().map(|year| text::width(&write(*year), SMALL, bold)).fold(0.0, f64::max) + 10.0
        };
        let (full_room, short_room) = (room(&full, true), room(&short, true));
        let all_short = self.slot >= short_room && self.slot < full_room;
        let fits = |step: &u8| all_short || f64::from(*step) * self.slot >= full_room;
        let every = usize::from((1..=60).find(fits).unwrap_or(1));
        let chosen = self.years.iter().position(|year| *year == self.chart.chosen).unwrap_or(0);
        // The chosen one first: one that was moved in from the edge may come too near to the next.
        for (place, year) in chosen_first(self.years.iter().enumerate(), |(_, year)| **year == self.chart.chosen) {
            if place.abs_diff(chosen) % every != 0 {
                continue;
            }
            let bold = *year == self.chart.chosen;
            let text = if all_short { short(*year) } else { full(*year) };
            let half = text::width(&text, SMALL, bold) / 2.0;
            let x = self.middle(*year).min(self.width - EDGE - half).max(EDGE + half);
            let ink = if bold { Ink::Accent } else { Ink::Muted };
            let label = Label { text, x, y: top + LINE / 2.0, anchor: Anchor::Middle, size: SMALL, bold, ink };
            let Rect { left, right, .. } = label.bounds();
            let near = Rect { left: left - 4.0, right: right + 4.0, ..label.bounds() };
            if !self.labels.iter().any(|other| other.bounds().overlaps(&near)) {
                self.labels.push(label);
            }
        }
        top + LINE
    }

    /// What the signs mean that are not said beside them.
    fn key(&mut self, top: f64, averages: bool) -> f64 {
        let mut y = top + 2.0;
        let room = self.width - 2.0 * EDGE - 20.0;
        if averages {
            let middle = y + LINE / 2.0;
            self.shapes.push(rule((EDGE, middle), (EDGE + 14.0, middle), 3.0, false, Ink::Dot));
            y = self.words("published average of similar authorities", y, room);
        }
        if self.chart.medians().next().is_some() {
            let middle = y + LINE / 2.0;
            self.shapes.push(rule((EDGE, middle), (EDGE + 15.0, middle), 1.5, true, Ink::Text));
            y = self.words("median of similar authorities in this edition", y, room);
        }
        if self.chart.rates().any(|(_, rate)| rate.interval().is_some()) {
            self.shapes.push(rule((EDGE + 7.0, y + 2.0), (EDGE + 7.0, y + LINE - 2.0), 2.0, false, Ink::Muted));
            y = self.words("95% interval", y, room);
        }
        if self.chart.rates().any(|(point, _)| point.after_its_end) {
            let (about, x, radius) = (About::Key, EDGE + 7.0, 4.0);
            self.shapes.push(Shape::Dot { about, x, y: y + LINE / 2.0, radius, filled: false, ink: Ink::Text });
            let ended = self.chart.ended.map_or(String::new(), |year| format!(", on 31 March {}", year.key()));
            y = self.words(&format!("after the end of the council{ended}"), y, room);
        }
        y
    }

    fn words(&mut self, words: &str, top: f64, room: f64) -> f64 {
        let mut y = top;
        for line in wrap(words, SMALL, false, room) {
            self.labels.push(muted(line, EDGE + 20.0, y + LINE / 2.0, Anchor::Start));
            y += LINE;
        }
        y
    }
}

/// The median of `values` and how many they are; none where they are too few to say anything of similar authorities.
fn median(values: &[f64]) -> Option<(f64, usize)> {
    let count = values.len();
    let values = sorted(values, &|one, other| one.total_cmp(other));
    let (lower, upper) = (values.get(count.checked_sub(1)? / 2)?, values.get(count / 2)?);
    (count >= FEWEST_FOR_AN_AVERAGE).then_some((f64::midpoint(*lower, *upper), count))
}

/// `items` with the chosen ones first, otherwise as they come.
fn chosen_first<'a, T: 'a>(
    items: impl Iterator<Item = T> + Clone + 'a,
    chosen: impl Fn(&T) -> bool + Copy + 'a,
) -> impl Iterator<Item = T> + 'a {
    items.clone().filter(move |item| chosen(item)).chain(items.filter(move |item| !chosen(item)))
}
