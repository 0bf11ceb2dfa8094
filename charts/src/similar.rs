//! All councils of a type in one year, each a dot at its rate, with one of them marked.

use crate::{
    Chart,
    parts::{EDGE, SMALL, STRONG, muted, rule},
    picture::{About, Anchor, Ink, Label, Picture, Rect, Shape},
    scale::{Scale, Ticks},
    swarm::{Aside, Bead, place},
    text::{self, widest, wrap},
    wording::{axis, caution, interval, noun},
};
use upheld_domain::{
    council::CouncilType,
    edition::Edition,
    figures::Value,
    grade::{Grade, judged},
    interval::Certainty,
    measure::{Measure, Rate, Reading},
    order::sorted,
    register::CouncilId,
    similar::{Computed, compare},
    words::possessive,
    year::ReportingYear,
};

/// From one line of small text to the next.
const LINE: f64 = 17.0;
/// From where a picture is wide.
const WIDE: f64 = 480.0;

/// All councils of a type on one measure in one year, with one of them marked.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarChart {
    council: CouncilId,
    name: String,
    kind: CouncilType,
    year: ReportingYear,
    measure: Measure,
    published: Option<Value>,
    computed: Computed,
    grade: Option<Grade>,
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
    /// Whether it is the one that the chart is about.
    pub marked: bool,
}

impl Row {
    /// Its figure in words: "13 of 24 (54%)", "no figure in this edition".
    #[must_use]
    pub fn figure(&self, measure: Measure) -> String {
        self.reading.as_ref().map_or_else(|absent| absent.words().to_owned(), |rate| rate.with_counts(measure))
    }
}

impl SimilarChart {
    /// The councils of the type of `council` in `year`, and `council` itself, should it have a figure from
    /// after its end. None where `council` is of another register.
    #[must_use]
    pub fn new(edition: &Edition, council: CouncilId, year: ReportingYear, measure: Measure) -> Option<Self> {
        let marked = edition.register().get(council)?;
        let comparison = compare(edition, council, marked, year, measure);
        let grade = judged(&edition.read(council, year, measure), &comparison).map(|judged| judged.grade);
        let mut readings = comparison.peers;
        if readings.iter().all(|(peer, _)| *peer != council) {
            readings.push((council, edition.read(council, year, measure)));
        }
        let row = |(id, reading): (CouncilId, Reading)| {
            let name = edition.register().get(id)?.short_name.clone();
            Some(Row { council: id, name, reading, marked: id == council })
        };
        let rows: Vec<Row> = readings.into_iter().filter_map(row).collect();
        let rows = sorted(&rows, &|one, other| one.name.cmp(&other.name).then(one.council.cmp(&other.council)));
        Some(Self {
            council,
            name: marked.short_name.clone(),
            kind: marked.council_type,
            year,
            measure,
            published: comparison.published,
            computed: comparison.computed,
            grade,
            rows,
        })
    }

    /// The measure that it shows.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// Every council of the chart by its name, those without a rate among them.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    fn own(&self) -> Option<&Reading> {
        self.rows.iter().find(|row| row.marked).map(|row| &row.reading)
    }

    fn own_rate(&self) -> Option<&Rate> {
        self.own()?.as_ref().ok()
    }

    fn rates(&self) -> impl Iterator<Item = (&Row, &Rate)> {
        self.rows.iter().filter_map(|row| Some((row, row.reading.as_ref().ok()?)))
    }

    /// The averages: value, as written, whether printed.
    fn averages(&self) -> Vec<(f64, String, bool)> {
        let published = self.published.map(|printed| (printed.number(), printed.to_string(), true));
        let computed = self.computed.percent().map(|at| (at, self.measure.write(at), false));
        [published, computed].into_iter().flatten().collect()
    }

    /// What stands at the marked dot: "Luton 13 of 24, 54%", or why there is none.
    fn own_label(&self) -> String {
        let name = &self.name;
        match self.own() {
            Some(Ok(rate)) => match (rate.count, rate.total) {
                (Some(count), Some(total)) => format!("{name} {count} of {total}, {}", rate.text(self.measure)),
                _ => format!("{name} {}", rate.text(self.measure)),
            },
            Some(Err(absent)) => format!("{name}: {}", absent.words()),
            None => name.clone(),
        }
    }

    /// On which side of the average the rate stands: no more than its grade says. None where nothing was judged.
    fn side(&self) -> Option<&'static str> {
        Some(match self.grade? {
            Grade::Higher => "more above",
            Grade::Lower => "more below",
            Grade::PossiblyHigher => "possibly above",
            Grade::PossiblyLower => "possibly below",
            Grade::NoClearDifference | Grade::TooFew => "not clearly different from",
        })
    }

    fn ticks(&self, wide: bool) -> Ticks {
        if self.measure.is_percentage() {
            return Ticks::percent(if wide { 20 } else { 25 });
        }
        let largest = self.rates().map(|(_, rate)| rate.value).chain(self.averages().into_iter().map(|(at, ..)| at));
        Ticks::up_to(largest.fold(0.0, f64::max), if wide { 8 } else { 5 })
    }
}

/// Who says an average.
const fn by(printed: bool) -> &'static str {
    if printed { "published" } else { "computed" }
}

impl Chart for SimilarChart {
    fn title(&self) -> String {
        let (name, measure) = (&self.name, self.measure);
        let rate = match self.own() {
            Some(Ok(rate)) => rate,
            Some(Err(absent)) => {
                return format!("No {} for {name} in {}: {}", noun(measure), self.year, absent.words());
            }
            None => return format!("No {} for {name} in {}", noun(measure), self.year),
        };
        let whose = format!("{} {}", possessive(name), rate.text(measure));
        let unit = if measure.is_percentage() { "" } else { " per 100,000 residents" };
        let average = self.averages().into_iter().next().map(|(at, text, printed)| (at, text, by(printed)));
        if let (Measure::Compliance, Some(count), Some(total)) = (measure, rate.count, rate.total) {
            let recommendations = if total == 1 { "recommendation" } else { "recommendations" };
            let done = match total.saturating_sub(count) {
                0 if total == 1 => format!("{name} carried out the one recommendation that was due"),
                0 => format!("{name} carried out all {total} recommendations"),
                left => format!("{name} did not carry out {left} of {total} {recommendations}"),
            };
            return match average {
                Some((_, text, by)) => format!("{done}; the {by} average is {text}"),
                None => done,
            };
        }
        let finding = match average {
            Some((_, text, by)) if text == rate.text(measure) => format!("{whose}{unit} equals the {by} average"),
            Some((_, text, by)) => match self.side() {
                Some(side) => {
                    let stands_out = self.grade.is_some_and(Grade::stands_out);
                    let chance = if stands_out { " than chance explains" } else { "" };
                    format!("{whose}{unit} is {side} the {by} average of {text}{chance}")
                }
                None => format!("{whose}{unit} beside the {by} average of {text}"),
            },
            None => {
                let others = self.rates().filter(|(row, _)| !row.marked).count();
                let kind = if others == 1 { self.kind.singular() } else { self.kind.plural() };
                format!("{whose}{unit} beside {others} other {kind} with a figure")
            }
        };
        match caution(rate, measure) {
            Some(caution) => format!("{finding}; {caution}"),
            None => finding,
        }
    }

    fn description(&self) -> String {
        let measure = self.measure;
        let (with, of) = (self.rates().count(), self.rows.len());
        let (noun, kind, year) = (noun(measure), self.kind.plural(), self.year);
        let mut parts = Vec::new();
        let mut all = format!("One dot for each council: {noun} of {with} of {of} {kind} in {year}");
        let by_value = |one: &&Rate, other: &&Rate| one.value.total_cmp(&other.value);
        let rates = || self.rates().map(|(_, rate)| rate);
        if let (Some(least), Some(most)) = (rates().min_by(by_value), rates().max_by(by_value)) {
            all = format!("{all}, from {} to {}", least.text(measure), most.text(measure));
        }
        parts.push(all);
        let name = &self.name;
        match self.own() {
            Some(Ok(rate)) => parts.push(match interval(rate) {
                Some(range) => format!("{name}: {}, 95% interval {range}", rate.with_counts(measure)),
                None => format!("{name}: {}", rate.with_counts(measure)),
            }),
            Some(Err(absent)) => parts.push(format!("{name}: {}", absent.words())),
            None => {}
        }
        parts.extend(
            self.averages().into_iter().map(|(_, text, printed)| format!("The {} average is {text}", by(printed))),
        );
        let unsure = rates().filter(|rate| rate.certainty != Certainty::Reliable).count();
        if unsure > 0 {
            parts.push(format!("Of the {with} rates {unsure} are not reliable, and drawn hollow"));
        }
        parts.join(". ") + "."
    }

    fn picture(&self, width: f64) -> Picture {
        let wide = width >= WIDE;
        let layout = Layout::new(self, width, wide);
        layout.draw(self)
    }
}

/// The measures of a picture, settled before anything is drawn.
struct Layout {
    width: f64,
    ticks: Ticks,
    scale: Scale,
    /// The radius of a dot, and of the marked one.
    radius: (f64, f64),
    /// Council, x, height above the line, rate: the marked one last, to be drawn on top.
    dots: Vec<(CouncilId, f64, f64, Rate)>,
    /// How high the swarm stands.
    swarm: f64,
}

impl Layout {
    fn new(chart: &SimilarChart, width: f64, wide: bool) -> Self {
        let count = chart.rates().count();
        let radius = match (wide, count) {
            (true, 0..=40) => 6.0,
            (true, 41..=90) | (false, 0..=40) => 5.0,
            (true, _) | (false, 41..=90) => 4.0,
            (false, _) => 3.0,
        };
        let ceiling = if wide { 130.0 } else { 110.0 };
        let ticks = chart.ticks(wide);
        let (gap, own_radius) = (0.5, radius + 2.0);
        // Dots of one value stand beside each other where they would stand too high: at the two ends of
        // the scale they do so outside of it, where there are no values to be mistaken for.
        let across = 2.0 * (radius + gap);
        let beside = |value: f64| {
            let there = chart.rates().filter(|(_, rate)| (rate.value - value).abs() < ticks.end() * 0.025).count();
            let room = ceiling - 2.0 * (own_radius + gap);
            let rows = (1_u16..200).take_while(|rows| f64::from(*rows) * across <= room).count().max(1);
            there.saturating_sub(1) / rows
        };
        let wide_of = |columns: usize| (0..columns).fold(0.0, |room, _| room + across);
        let percentage = chart.measure.is_percentage();
        let (beside_lowest, beside_highest) = (beside(0.0), if percentage { beside(100.0) } else { 0 });
        let tick = text::width(&tick(chart.measure, ticks.end()), SMALL, false) / 2.0;
        let inset = EDGE + tick.max(own_radius + gap);
        let (left, right) = (inset + wide_of(beside_lowest), inset + wide_of(beside_highest));
        let scale = Scale { values: (0.0, ticks.end()), places: (left, width - right) };

        let rates: Vec<(&Row, &Rate)> = chart.rates().collect();
        let rates = sorted(&rates, &|one, other| {
            let marked_first = other.0.marked.cmp(&one.0.marked);
            marked_first.then(one.1.value.total_cmp(&other.1.value)).then(one.0.council.cmp(&other.0.council))
        });
        let (mut lowest, mut highest) = (0, 0);
        let mut beads = Vec::with_capacity(rates.len());
        for (row, rate) in &rates {
            let x = scale.place(rate.value);
            // A pile at an end of the scale is set row by row, to come out as a block.
            let (x, aside) = if rate.value <= 0.0 {
                lowest += 1;
                (x - wide_of((lowest - 1) % (beside_lowest + 1)), Aside::Left)
            } else if percentage && rate.value >= 100.0 {
                highest += 1;
                (x + wide_of((highest - 1) % (beside_highest + 1)), Aside::Right)
            } else {
                (x, Aside::Either)
            };
            let radius = if row.marked { own_radius } else { radius };
            beads.push(Bead { x, radius: radius + gap, aside });
        }
        let placed = place(&beads, EDGE, width - EDGE, ceiling);
        let tops = beads.iter().zip(&placed).map(|(bead, placed)| placed.up + bead.radius);
        let swarm = tops.fold(0.0, f64::max).max(24.0);
        let dots = rates.iter().zip(&placed).map(|((row, rate), at)| (row.council, at.x, at.up, **rate));
        let mut dots: Vec<(CouncilId, f64, f64, Rate)> = dots.collect();
        dots.reverse();
        Self { width, ticks, scale, radius: (radius, own_radius), dots, swarm }
    }

    fn draw(&self, chart: &SimilarChart) -> Picture {
        let mut marks = Vec::new();
        let averages = self.average_labels(chart);
        let rows = averages.iter().map(|(label, ..)| label.y).fold(0.0, f64::max);
        let top = if averages.is_empty() { EDGE } else { rows + SMALL * 0.6 + 4.0 };
        let line = top + self.swarm;

        // Below the line: the interval, the label of the marked council, the axis.
        let mut below = Vec::new();
        let mut y = line + 2.0;
        let interval_of = chart.own_rate().and_then(|rate| Some((rate, rate.interval()?)));
        let whisker = y + 8.0;
        if interval_of.is_some() {
            y = whisker + 6.0;
        }
        let reference_end = y;
        y = self.own_labels(chart, y + 2.0, &mut below);
        y += 2.0;
        let axis_end = y;
        y = self.axis_labels(chart, y, &mut below);
        y = self.key(chart, y, &mut below);
        let height = y + EDGE;

        for value in &self.ticks.0 {
            let x = self.scale.place(*value);
            marks.push(rule((x, top), (x, axis_end), 1.0, false, Ink::Grid));
        }
        let (from, to) = self.scale.places;
        marks.push(rule((from, line), (to, line), 1.0, false, Ink::Muted));
        for (label, x, printed) in &averages {
            let start = label.bounds().bottom;
            marks.push(rule(
                (*x, start),
                (*x, reference_end),
                2.0,
                !printed,
                if *printed { Ink::Text } else { Ink::Muted },
            ));
        }
        for (council, x, up, rate) in &self.dots {
            let marked = *council == chart.council;
            let (radius, ink) = if marked { (self.radius.1, Ink::Accent) } else { (self.radius.0, Ink::Dot) };
            let filled = rate.certainty == Certainty::Reliable;
            marks.push(Shape::Dot { about: About::Council(*council), x: *x, y: line - up, radius, filled, ink });
        }
        if let Some((rate, interval)) = interval_of {
            let place = |share: f64| self.scale.place(share * 100.0);
            let (from, to, at) = (place(interval.lower), place(interval.upper), self.scale.place(rate.value));
            marks.push(rule((from, whisker), (to, whisker), 2.0, false, Ink::Accent));
            for x in [from, to, at] {
                marks.push(rule((x, whisker - 4.0), (x, whisker + 5.0), 2.0, false, Ink::Accent));
            }
        }
        marks.extend(self.pile_labels(chart, line).into_iter().map(Shape::Label));
        marks.extend(averages.into_iter().map(|(label, ..)| Shape::Label(label)));
        marks.extend(below);
        let plot = Rect { left: EDGE, top, right: self.width - EDGE, bottom: line };
        Picture { width: self.width, height, plot, shapes: marks }
    }

    /// The labels of the averages above the swarm: one beside its line where there is room, else a row higher.
    fn average_labels(&self, chart: &SimilarChart) -> Vec<(Label, f64, bool)> {
        let averages: Vec<(f64, String, bool)> = chart
            .averages()
            .into_iter()
            .map(|(at, text, printed)| (at, format!("{} average {text}", by(printed)), printed))
            .collect();
        let inside = Rect { left: EDGE, top: 0.0, right: self.width - EDGE, bottom: f64::INFINITY };
        let rows = averages.len();
        let row_y = |row: usize| (0..row).fold(EDGE + SMALL * 0.6, |y, _| y + LINE);
        let label = |text: &str, x: f64, anchor: Anchor, row: usize, printed: bool| {
            let ink = if printed { Ink::Text } else { Ink::Muted };
            Label { text: text.to_owned(), x, y: row_y(row), anchor, size: SMALL, bold: false, ink }
        };
        let centred = |text: &str, x: f64, row: usize, printed: bool| {
            let half = text::width(text, SMALL, false) / 2.0;
            let x = x.min(self.width - EDGE - half).max(EDGE + half);
            label(text, x, Anchor::Middle, row, printed)
        };
        let places: Vec<f64> = averages.iter().map(|(value, ..)| self.scale.place(*value)).collect();
        // Two that stand back to back share a row.
        if let ([(_, one, one_printed), (_, other, other_printed)], [at, other_at]) =
            (averages.as_slice(), places.as_slice())
        {
            let (one_side, other_side) =
                if at <= other_at { (Anchor::End, Anchor::Start) } else { (Anchor::Start, Anchor::End) };
            let nudge = |side: Anchor| if side == Anchor::End { 1.0 } else { -1.0 };
            let one = label(one, at + nudge(one_side), one_side, 0, *one_printed);
            let other = label(other, other_at + nudge(other_side), other_side, 0, *other_printed);
            if inside.holds(&one.bounds()) && inside.holds(&other.bounds()) {
                return vec![(one, *at, *one_printed), (other, *other_at, *other_printed)];
            }
        }
        let labels = averages.iter().zip(&places).enumerate();
        labels
            .map(|(row, ((_, text, printed), x))| (centred(text, *x, row.min(rows), *printed), *x, *printed))
            .collect()
    }

    /// How many stand at 0% and at 100%, beside the pile where it is high and there is room.
    fn pile_labels(&self, chart: &SimilarChart, line: f64) -> Vec<Label> {
        if !chart.measure.is_percentage() {
            return Vec::new();
        }
        let with = self.dots.len();
        let reach = self.radius.1 + 8.0;
        let ends = [(0.0, reach, Anchor::Start), (100.0, -reach, Anchor::End)];
        let label = |(value, away, anchor): (f64, f64, Anchor)| {
            let there = self.dots.iter().filter(|(.., rate)| (rate.value - value).abs() < 1e-9).count();
            let text = format!("{there} of {with} at {}", tick(chart.measure, value));
            let label = muted(text, self.scale.place(value) + away, line - self.swarm * 0.6, anchor);
            let room = label.bounds();
            let dot = |x: f64, up: f64| Rect::around(x, line - up, self.radius.1);
            let on_a_dot = self.dots.iter().any(|(_, x, up, _)| dot(*x, *up).overlaps(&room));
            let averages = chart.averages().into_iter().map(|(value, ..)| self.scale.place(value));
            let on_a_line = averages.into_iter().any(|x| room.left - 4.0 < x && x < room.right + 4.0);
            (there >= 6 && !on_a_dot && !on_a_line).then_some(label)
        };
        ends.into_iter().filter_map(label).collect()
    }

    fn own_labels(&self, chart: &SimilarChart, top: f64, below: &mut Vec<Shape>) -> f64 {
        let room = self.width - 2.0 * EDGE;
        let mut y = top;
        let middle = chart.own_rate().map_or(0.0, |rate| self.scale.place(rate.value));
        let mut put = |text: String, size: f64, bold: bool, line: f64| {
            let half = text::width(&text, size, bold) / 2.0;
            let x = middle.min(self.width - EDGE - half).max(EDGE + half);
            below.push(Shape::Label(Label {
                text,
                x,
                y: y + line / 2.0,
                anchor: Anchor::Middle,
                size,
                bold,
                ink: Ink::Accent,
            }));
            y += line;
        };
        for text in wrap(&chart.own_label(), STRONG, true, room) {
            put(text, STRONG, true, 19.0);
        }
        if let Some(range) = chart.own_rate().and_then(interval) {
            put(format!("95% interval {range}"), SMALL, false, LINE);
        }
        y
    }

    fn axis_labels(&self, chart: &SimilarChart, top: f64, below: &mut Vec<Shape>) -> f64 {
        let mut y = top;
        for value in &self.ticks.0 {
            let label = muted(tick(chart.measure, *value), self.scale.place(*value), y + LINE / 2.0, Anchor::Middle);
            below.push(Shape::Label(label));
        }
        y += LINE;
        for text in wrap(axis(chart.measure), SMALL, false, self.width - 2.0 * EDGE) {
            below.push(Shape::Label(muted(text, EDGE, y + LINE / 2.0, Anchor::Start)));
            y += LINE;
        }
        y
    }

    /// What hollow and filled mean, where the picture has both or only hollow ones.
    fn key(&self, chart: &SimilarChart, top: f64, below: &mut Vec<Shape>) -> f64 {
        let reliable = |filled: bool| chart.rates().any(|(_, rate)| (rate.certainty == Certainty::Reliable) == filled);
        if !reliable(false) {
            return top;
        }
        let (mut x, mut y) = (EDGE, top);
        let entries = [(true, "reliable"), (false, "uncertain: few or unknown cases")];
        for (filled, words) in entries {
            if !reliable(filled) {
                continue;
            }
            let dot = self.radius.0.min(5.0);
            let indent = 2.0 * dot + 5.0;
            if x > EDGE && x + indent + text::width(words, SMALL, false) > self.width - EDGE {
                (x, y) = (EDGE, y + LINE);
            }
            let lines = wrap(words, SMALL, false, self.width - EDGE - x - indent);
            let centre = (x + dot, y + LINE / 2.0);
            below.push(Shape::Dot { about: About::Key, x: centre.0, y: centre.1, radius: dot, filled, ink: Ink::Dot });
            let wide = widest(&lines, SMALL, false);
            for (row, text) in lines.into_iter().enumerate() {
                y += if row > 0 { LINE } else { 0.0 };
                below.push(Shape::Label(muted(text, x + indent, y + LINE / 2.0, Anchor::Start)));
            }
            x += indent + wide + 14.0;
        }
        y + LINE
    }
}

fn tick(measure: Measure, value: f64) -> String {
    measure.write(value)
}
