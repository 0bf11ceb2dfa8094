//! Where everything of a funnel plot stands.

use super::{Brush, FunnelChart, Row};
use crate::{
    parts::{EDGE, LINE, SMALL, dashes, key_row, lines, muted, rule, set, take_line},
    picture::{About, Anchor, Ink, Label, Picture, Rect, Shape},
    scale::{Scale, Ticks},
    text::{self, wrap},
    wording::{axis, cases},
};
use upheld_domain::{figures::Count, funnel::Limits, interval::Certainty, measure::Measure, register::CouncilId};

/// From where a picture is wide.
const WIDE: f64 = 480.0;
/// The size of the name of the chosen council, and of the one that is lit.
const NAME: f64 = 13.0;
/// The least distance between two labels of limits.
const APART: f64 = 15.0;
/// The directions in which a name may stand from its dot: right, left, above, below, and between.
const SIDES: [(f64, f64); 16] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (0.8, -0.6),
    (-0.8, -0.6),
    (0.8, 0.6),
    (-0.8, 0.6),
    (0.96, -0.28),
    (-0.96, -0.28),
    (0.96, 0.28),
    (-0.96, 0.28),
    (0.5, -0.87),
    (-0.5, -0.87),
    (0.5, 0.87),
    (-0.5, 0.87),
];
/// How far away from its dot.
const AWAY: [f64; 7] = [3.0, 9.0, 16.0, 24.0, 34.0, 46.0, FARTHEST];
/// How far away at most where no line leads there.
const NEAR: f64 = 9.0;
/// How far away at most.
const FARTHEST: f64 = 60.0;

/// Where a name may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Beside its dot.
    Near,
    /// Where a line leads.
    Far,
    /// There too, and over other dots.
    Anywhere,
}

/// The plot and its scales.
pub(super) struct Frame {
    plot: Rect,
    ticks: Ticks,
    /// Cases to the right.
    x: Scale,
    /// Percent upwards.
    y: Scale,
    radius: f64,
    /// What the y axis counts, in lines.
    axis: Vec<String>,
}

impl Frame {
    pub(super) fn new(chart: &FunnelChart, width: f64) -> Self {
        let (wide, most) = (width >= WIDE, f64::from(chart.funnel.most_cases()));
        let radius = match (wide, chart.rows.len()) {
            (true, 0..=100) => 5.0,
            (true, _) | (false, 0..=60) => 4.0,
            (false, _) => 3.0,
        };
        let axis = wrap(axis(chart.funnel.measure), SMALL, false, width - 2.0 * EDGE);
        let top = axis.iter().fold(EDGE + 4.0, |top, _| top + LINE);
        let size = |text: &str| text::width(text, SMALL, false);
        let left = EDGE + size("100%") + 6.0;
        let right = width - EDGE - size("99.8%") - 4.0;
        let plot = Rect { left, top, right, bottom: top + if wide { 340.0 } else { 280.0 } };
        let ticks = Ticks::up_to(most.max(5.0), if wide { 8 } else { 5 });
        // The axis ends with the cases, not with the tick after them.
        let x = Scale {
            values: (0.0, (most * 1.03).max(most + 0.5).max(5.0)),
            places: (left + radius, right - radius - 3.0),
        };
        // With room for a name above 100%.
        let y = Scale { values: (0.0, 100.0), places: (plot.bottom - radius - 4.0, top + radius + 21.0) };
        Self { plot, ticks, x, y, radius, axis }
    }

    pub(super) fn value_at(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let value = |scale: &Scale, place: f64| {
            let (from, to) = scale.places;
            ((place - from) / (to - from) * scale.values.1).clamp(0.0, scale.values.1)
        };
        let within = self.plot.holds(&Rect::around(x, y, 0.0));
        within.then(|| (value(&self.x, x), value(&self.y, y)))
    }

    /// The outline of the selected part.
    fn brushed(&self, brush: &Brush) -> Rect {
        let (cases, rates) = (brush.cases, brush.rates);
        let place = |cases: f64| self.x.place(cases).clamp(self.plot.left, self.plot.right);
        Rect {
            left: place(f64::from(cases.0.min(cases.1)) - 0.5),
            right: place(f64::from(cases.0.max(cases.1)) + 0.5),
            top: (self.y.place(f64::from(rates.0.max(rates.1))) - 2.0).max(self.plot.top),
            bottom: (self.y.place(f64::from(rates.0.min(rates.1))) + 2.0).min(self.plot.bottom),
        }
    }

    /// The place of each dot. Those of the same counts stand beside each other, within the room of their number of cases.
    fn places(&self, rows: &[Row]) -> Vec<(f64, f64)> {
        let slot = (self.x.place(1.0) - self.x.place(0.0)) * 0.8;
        let place = |(at, row): (usize, &Row)| {
            let same = |other: &&Row| other.total == row.total && other.count == row.count;
            let before = rows.iter().take(at).filter(same).fold(0.0, |count, _| count + 1.0);
            let others = rows.iter().filter(same).fold(-1.0, |count, _| count + 1.0);
            let step = if others > 0.0 { (slot / others).min(2.0 * self.radius + 1.0) } else { 0.0 };
            let aside = (before - others / 2.0) * step;
            (self.x.place(f64::from(row.total)) + aside, self.y.place(row.rate))
        };
        rows.iter().enumerate().map(place).collect()
    }
}

/// A picture in the making.
struct Making<'a> {
    chart: &'a FunnelChart,
    frame: Frame,
    width: f64,
    shapes: Vec<Shape>,
    labels: Vec<Label>,
    /// What no label may be set on.
    dots: Vec<Rect>,
    /// What a label is better not set on.
    taken: Vec<Rect>,
    /// The dots that have a name, which no other name may seem to be.
    named: Vec<(CouncilId, (f64, f64))>,
    /// The councils whose names found no room at their dots.
    unnamed: Vec<(&'a Row, Ink)>,
}

/// Whether the dot of a council is filled: a rate that is reliable, or that chance does not explain.
fn is_filled(row: &Row) -> bool {
    row.certainty == Certainty::Reliable || row.grade.stands_out()
}

/// How far a text is from the middle of a dot.
fn distance(room: &Rect, (x, y): (f64, f64)) -> f64 {
    (x.clamp(room.left, room.right) - x).hypot(y.clamp(room.top, room.bottom) - y)
}

/// How far a line leads from a dot to one side over no other of `dots`.
fn free(dots: &[Rect], (x, y): (f64, f64), (right, down): (f64, f64), radius: f64) -> f64 {
    let mut reached = radius + 2.0;
    while reached < radius + FARTHEST {
        let here = Rect::around(x + right * reached, y + down * reached, 0.5);
        if dots.iter().any(|dot| dot.overlaps(&here)) {
            break;
        }
        reached += 3.0;
    }
    reached
}

pub(super) fn draw(chart: &FunnelChart, width: f64) -> Picture {
    let frame = Frame::new(chart, width);
    let (shapes, labels, dots, taken, named, unnamed) = (vec![], vec![], vec![], vec![], vec![], vec![]);
    let mut making = Making { chart, frame, width, shapes, labels, dots, taken, named, unnamed };
    making.axes();
    making.limits();
    making.brush();
    making.dots();
    let said = making.baseline_label();
    making.lit_label();
    let height = making.key(said);
    let Making { mut shapes, labels, frame, .. } = making;
    shapes.extend(labels.into_iter().map(Shape::Label));
    Picture { width, height, plot: frame.plot, shapes }
}

impl Making<'_> {
    fn axes(&mut self) {
        let Rect { left, top, right, bottom } = self.frame.plot;
        let like = muted(String::new(), EDGE, 0.0, Anchor::Start);
        lines(&mut self.shapes, self.frame.axis.clone(), &like, EDGE, LINE);
        for value in Ticks::percent(if self.width >= WIDE { 20 } else { 25 }).0 {
            let y = self.frame.y.place(value);
            self.shapes.push(rule((left, y), (right, y), 1.0, false, Ink::Grid));
            self.labels.push(muted(self.chart.funnel.measure.write(value), left - 6.0, y, Anchor::End));
        }
        self.shapes.push(rule((left, bottom), (right, bottom), 1.0, false, Ink::Muted));
        self.shapes.push(rule((left, top), (left, bottom), 1.0, false, Ink::Muted));
        for value in self.frame.ticks.0.iter().filter(|value| **value <= self.frame.x.values.1) {
            let x = self.frame.x.place(*value);
            self.shapes.push(rule((x, bottom), (x, bottom + 4.0), 1.0, false, Ink::Muted));
            // A whole number, written without decimals.
            self.labels.push(muted(Measure::UpheldPer100k.write(*value), x, bottom + 5.0 + LINE / 2.0, Anchor::Middle));
        }
    }

    /// The line of the baseline and the curves of the limits, each named at its end where there is room.
    fn limits(&mut self) {
        let (chart, right) = (self.chart, self.frame.plot.right);
        let y = self.frame.y.place(chart.funnel.baseline * 100.0);
        let most = chart.funnel.most_cases().max(5);
        // A limit for every number of cases, or for as many as can be told apart.
        let step = usize::try_from(most / 240 + 1).unwrap_or(1);
        let at = |cases: Count| Some((cases, chart.limits_at(cases)?));
        let mut limits: Vec<(Count, Limits)> = (1..=most).step_by(step).filter_map(at).collect();
        if limits.last().is_some_and(|(cases, _)| *cases < most) {
            limits.extend(at(most));
        }
        let mut ends: Vec<(&str, f64)> = Vec::new();
        for (upper, dashed) in [(true, false), (true, true), (false, true), (false, false)] {
            let name = if dashed { "95%" } else { "99.8%" };
            let place = |(cases, limits): &(Count, Limits)| {
                let interval = if dashed { limits.inner } else { limits.outer };
                let limit = if upper { interval.upper } else { interval.lower };
                (self.frame.x.place(f64::from(*cases)), self.frame.y.place(limit * 100.0))
            };
            let curve: Vec<(f64, f64)> = limits.iter().map(place).collect();
            for ends in curve.windows(2) {
                if let [from, to] = ends {
                    take_line(&mut self.taken, *from, *to);
                }
            }
            ends.extend(curve.last().map(|(_, y)| (name, *y)));
            let pieces = if dashed { dashes(&curve) } else { vec![curve] };
            let line = |points| Shape::Line { points, thick: 1.0, ink: Ink::Muted };
            self.shapes.extend(pieces.into_iter().map(line));
        }
        self.shapes.push(rule((self.frame.plot.left, y), (right, y), 1.5, false, Ink::Text));
        take_line(&mut self.taken, (self.frame.plot.left, y), (right, y));
        // Below and above, where the two are far enough apart from each other and from the line.
        for pair in ends.chunks(2) {
            let [one, other] = pair else { continue };
            let apart = |from: f64, to: f64| (from - to).abs() >= APART;
            if apart(one.1, other.1) && apart(one.1, y) && apart(other.1, y) {
                let label = |(name, y): &(&str, f64)| muted((*name).to_owned(), right, *y, Anchor::Start);
                self.labels.extend(pair.iter().map(label));
            }
        }
    }

    fn brush(&mut self) {
        let Some(brush) = self.chart.shown.brush else { return };
        let Rect { left, top, right, bottom } = self.frame.brushed(&brush);
        for (from, to) in [
            ((left, top), (right, top)),
            ((left, bottom), (right, bottom)),
            ((left, top), (left, bottom)),
            ((right, top), (right, bottom)),
        ] {
            self.shapes.push(rule(from, to, 1.0, false, Ink::Text));
        }
    }

    /// The dots, those to be told first on top, and their names.
    fn dots(&mut self) {
        let shown = self.chart.shown;
        let places = self.frame.places(&self.chart.rows);
        let chart = self.chart;
        let rows = || chart.rows.iter().zip(&places);
        let rank = |row: &Row| {
            let council = Some(row.council);
            if council == shown.chosen {
                3
            } else if council == shown.lit {
                2
            } else {
                i32::from(row.grade.stands_out())
            }
        };
        for level in 0..=3 {
            for (row, (x, y)) in rows().filter(|(row, _)| rank(row) == level) {
                let radius = self.frame.radius + if level == 3 { 2.0 } else { 0.0 };
                let (x, y) = (*x, *y);
                if Some(row.council) == shown.lit {
                    let ring = radius + 4.0;
                    let about = About::Key;
                    self.shapes.push(Shape::Dot { about, x, y, radius: ring, filled: false, ink: Ink::Text });
                }
                let left_out = shown.brush.is_some_and(|brush| !row.is_within(&brush));
                let ink = match (level, left_out) {
                    (3, _) => Ink::Accent,
                    (_, true) => Ink::Grid,
                    (0, _) => Ink::Dot,
                    (_, false) => Ink::Text,
                };
                let (about, filled) = (About::Council(row.council), is_filled(row));
                self.shapes.push(Shape::Dot { about, x, y, radius, filled, ink });
                self.dots.push(Rect::around(x, y, radius));
            }
        }
        let chosen = |row: &Row| Some(row.council) == shown.chosen;
        let prominent = rows().filter(|(row, _)| chosen(row) || row.grade.stands_out());
        self.named = prominent.map(|(row, at)| (row.council, *at)).collect();
        for (row, at) in rows().filter(|(row, _)| chosen(row)) {
            let ink = (true, Ink::Accent);
            if !self.name(row, *at, self.frame.radius + 2.0, ink, Reach::Far) {
                self.unnamed.push((row, Ink::Accent));
            }
        }
        // All that can stand beside their dots do so before others are led away, which would stand beside a dot not theirs.
        let mut named: Vec<CouncilId> = Vec::new();
        for reach in [Reach::Near, Reach::Far] {
            for (row, at) in rows().filter(|(row, _)| row.grade.stands_out() && !chosen(row)) {
                let left_out = shown.brush.is_some_and(|brush| !row.is_within(&brush));
                let ink = if left_out { Ink::Muted } else { Ink::Text };
                if named.contains(&row.council) {
                    continue;
                }
                if self.name(row, *at, self.frame.radius, (false, ink), reach) {
                    named.push(row.council);
                } else if reach == Reach::Far {
                    self.unnamed.push((row, ink));
                }
            }
        }
    }

    /// The name of the council that is lit, after all else: it changes neither where other names stand, nor the height.
    fn lit_label(&mut self) {
        let (chart, shown) = (self.chart, self.chart.shown);
        let places = self.frame.places(&chart.rows);
        let lit = chart.rows.iter().zip(&places).find(|(row, _)| Some(row.council) == shown.lit);
        let Some((row, at)) = lit else { return };
        let in_key = self.unnamed.iter().any(|(other, _)| other.council == row.council);
        if in_key || shown.chosen != shown.lit && !row.grade.stands_out() {
            let ink = if shown.chosen == shown.lit { Ink::Accent } else { Ink::Text };
            self.name(row, *at, self.frame.radius + 4.0, (true, ink), Reach::Anywhere);
        }
    }

    /// The name of a council at its dot, or as near as there is room, with a line that leads there. Whether it stands.
    fn name(&mut self, row: &Row, (x, y): (f64, f64), radius: f64, (bold, ink): (bool, Ink), reach: Reach) -> bool {
        let size = if bold { NAME } else { SMALL };
        let figure = bold.then(|| [&row.name, " ", &row.figure].concat());
        let texts: Vec<String> = figure.into_iter().chain([row.name.clone()]).collect();
        let inside = Rect { right: self.width - EDGE, ..self.frame.plot };
        // What a text could come upon at all.
        let far = FARTHEST + radius + 2.0 * size;
        let across = far + texts.first().map_or(0.0, |text| text::width(text, size, bold));
        let near = Rect { left: x - across, top: y - far, right: x + across, bottom: y + far };
        let in_reach = |rects: &[Rect]| rects.iter().filter(|it| it.overlaps(&near)).copied().collect::<Vec<_>>();
        let dots = in_reach(&self.dots);
        let mut all = in_reach(&self.taken);
        all.extend(&dots);
        let most = radius + if reach == Reach::Near { NEAR } else { FARTHEST };
        let free = SIDES.map(|side| free(&dots, (x, y), side, radius).min(most));
        // Where there is no room beside the lines, over them, but over no dot, unless it must stand.
        let passes = match reach {
            Reach::Near => 1,
            Reach::Far => 2,
            Reach::Anywhere => 3,
        };
        let mut stands = false;
        for taken in [&all[..], &dots[..], &[]].into_iter().take(passes) {
            for text in &texts {
                if !stands {
                    let mut places =
                        self.around(text::width(text, size, bold) / 2.0, size * 0.6, (x, y), radius, &free);
                    let label = Label { text: text.clone(), x, y, anchor: Anchor::Start, size, bold, ink };
                    places.retain(|(left, middle, anchor)| {
                        let room = Label { x: *left, y: *middle, anchor: *anchor, ..label.clone() }.bounds();
                        let own = distance(&room, (x, y));
                        let mut others = self.named.iter().filter(|(other, _)| *other != row.council);
                        others.all(|(_, at)| distance(&room, *at) >= (own + 6.0).min(12.0))
                    });
                    stands = set(&mut self.labels, taken, &inside, label, &places, false);
                }
            }
        }
        let Some(label) = self.labels.last().filter(|_| stands) else { return false };
        let room = label.bounds();
        let near = (x.clamp(room.left, room.right), y.clamp(room.top, room.bottom));
        let distance = distance(&room, (x, y));
        if distance > radius + 8.0 {
            let share = radius / distance;
            let from = (x + (near.0 - x) * share, y + (near.1 - y) * share);
            take_line(&mut self.taken, from, near);
            self.shapes.push(Shape::Line { points: vec![from, near], thick: 1.0, ink: Ink::Text });
        }
        true
    }

    /// What the line of the baseline is, on it where there is room. Whether it has been said.
    fn baseline_label(&mut self) -> bool {
        let text = self.chart.baseline();
        let (right, y) = (self.frame.plot.right, self.frame.y.place(self.chart.funnel.baseline * 100.0));
        let all: Vec<Rect> = self.dots.iter().chain(&self.taken).copied().collect();
        let places = [(right, y - 11.0, Anchor::End), (right, y + 11.0, Anchor::End)];
        let label = Label { ink: Ink::Text, ..muted(text, right, y, Anchor::End) };
        let inside = self.frame.plot;
        if set(&mut self.labels, &all, &inside, label.clone(), &places, false) {
            return true;
        }
        let text = self.chart.funnel.measure.write(self.chart.funnel.baseline * 100.0);
        let whole = Rect { right: self.width, ..inside };
        let places = [(right + 2.0, y, Anchor::Start)];
        set(&mut self.labels, &[], &whole, Label { text, ..label }, &places, false);
        false
    }

    /// The places that a text may have about a dot, the nearest first, as far as a line leads there over no other dot.
    fn around(
        &self,
        wide: f64,
        half: f64,
        (x, y): (f64, f64),
        radius: f64,
        free: &[f64; SIDES.len()],
    ) -> Vec<(f64, f64, Anchor)> {
        let (left, edges) = (self.frame.plot.left, [self.frame.plot.right, self.width - EDGE]);
        let mut places = Vec::new();
        for away in AWAY {
            let away = radius + away;
            for ((right, down), _) in SIDES.iter().zip(free).filter(|(_, free)| away <= **free) {
                let anchor = if *right > 0.0 {
                    Anchor::Start
                } else if *right < 0.0 {
                    Anchor::End
                } else {
                    Anchor::Middle
                };
                places.push((x + right * away, y + down * (away + half * down.abs()), anchor));
                // A long name near an edge stands as far from it as it must.
                if anchor == Anchor::Middle {
                    let up = y + down * (away + half);
                    places.extend(edges.map(|edge| (x.min(edge - wide).max(left + wide), up, anchor)));
                }
            }
        }
        places
    }

    /// The number of cases beneath the axis, and what the signs mean.
    fn key(&mut self, said: bool) -> f64 {
        let (chart, width) = (self.chart, self.width);
        let like = muted(String::new(), EDGE, 0.0, Anchor::Start);
        let shapes = &mut self.shapes;
        let mut y = self.frame.plot.bottom + 5.0 + LINE;
        let title = muted(cases(chart.funnel.measure).to_owned(), self.frame.plot.left, y + LINE / 2.0, Anchor::Start);
        shapes.push(Shape::Label(title));
        y += LINE + 4.0;
        for (row, ink) in &self.unnamed {
            let filled = is_filled(row);
            let sign = |x, y| Shape::Dot { about: About::Key, x, y, radius: 5.0, filled, ink: *ink };
            y = key_row(shapes, sign, &[&row.name, ", ", &row.figure].concat(), y, width);
        }
        if !said {
            let sign = |x: f64, y: f64| rule((x - 7.0, y), (x + 7.0, y), 1.5, false, Ink::Text);
            y = key_row(shapes, sign, &chart.baseline(), y, width);
        }
        let outer = |x: f64, y: f64| rule((x - 7.0, y), (x + 7.0, y), 1.0, false, Ink::Muted);
        let inner = |x: f64, y: f64| rule((x - 7.5, y), (x + 7.5, y), 1.0, true, Ink::Muted);
        let without = chart.without_limits();
        if without.is_none() {
            y = key_row(shapes, outer, "99.8% limits: by chance 1 council in 500 would lie outside", y, width);
            y = key_row(shapes, inner, "95% limits: by chance 1 in 20 would", y, width);
        }
        let signs = [(Certainty::Reliable, "reliable"), (Certainty::Uncertain, "uncertain: few cases")];
        for (certainty, words) in signs {
            let filled = certainty == Certainty::Reliable;
            if chart.rows.iter().any(|row| (row.certainty == Certainty::Reliable) == filled) {
                let sign = |x, y| Shape::Dot { about: About::Key, x, y, radius: 4.0, filled, ink: Ink::Dot };
                y = key_row(shapes, sign, words, y, width);
            }
        }
        for words in chart.widening().or(without).into_iter().chain(chart.absent()) {
            y = lines(shapes, wrap(&words, SMALL, false, width - 2.0 * EDGE), &like, y, LINE);
        }
        y + EDGE
    }
}
