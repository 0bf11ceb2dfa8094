//! Beside a council's years those of the councils that it replaced, or that replaced it: each by itself, small, never summed.

use super::Layout;
use crate::{
    parts::{EDGE, LINE, SMALL, muted, take_line},
    picture::{About, Anchor, Ink, Rect, Shape},
    text,
};
use upheld_domain::{
    edition::Edition,
    measure::{Measure, Rate},
    register::CouncilId,
    trend::{Kin, Point, Relation, kin, runs},
    words::list,
    year::ReportingYear,
};

/// The radius of a dot.
const RADIUS: f64 = 3.0;

/// A council that stood before or after the one that the chart is about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beside {
    council: CouncilId,
    /// Its name and type: a county and the unitary council after it may share a name.
    name: String,
    relation: Relation,
    /// Its years with a rate.
    pub(super) points: Vec<Point>,
}

impl Beside {
    /// All that stood before and after `council`, those without a rate among them.
    pub(super) fn all(edition: &Edition, council: CouncilId, measure: Measure) -> Vec<Self> {
        let named = |Kin { council, relation, points }| {
            let of = edition.register().get(council)?;
            let name = format!("{} ({})", of.short_name, of.council_type.key());
            Some(Self { council, name, relation, points })
        };
        kin(edition, council, measure).into_iter().filter_map(named).collect()
    }

    pub(super) fn rates(&self) -> impl DoubleEndedIterator<Item = (&Point, &Rate)> + Clone {
        self.points.iter().filter_map(|point| Some((point, point.reading.as_ref().ok()?)))
    }
}

/// Both relations, with what they are called: "the councils it replaced on 1 April 2023".
fn relations(began: ReportingYear, ended: Option<ReportingYear>) -> [(Relation, String); 2] {
    let on = ended.map_or(String::new(), |last| format!(" on 1 April {}", last.key()));
    [
        (Relation::Before, format!("the councils it replaced on 1 April {}", began.begins())),
        (Relation::After, format!("the councils that took its place{on}")),
    ]
}

/// What the title of a council without any rate adds: whose figures are shown all the same. Nothing where there are none.
pub(super) fn finding(beside: &[Beside]) -> String {
    let mut finding = String::new();
    for (relation, what) in [(Relation::Before, "which it replaced"), (Relation::After, "which took its place")] {
        let shown = beside.iter().filter(|it| it.relation == relation && !it.points.is_empty());
        let names: Vec<&str> = shown.map(|it| it.name.as_str()).collect();
        if !names.is_empty() {
            let have = if names.len() == 1 { "has" } else { "have" };
            finding.push_str(&["; ", &list(&names), ", ", what, ", ", have, " figures"].concat());
        }
    }
    finding
}

/// The same as is drawn, in words: a sentence for each relation, and one for those without figures.
pub(super) fn described(
    beside: &[Beside],
    measure: Measure,
    began: ReportingYear,
    ended: Option<ReportingYear>,
) -> Vec<String> {
    let mut sentences = Vec::new();
    for (relation, what) in relations(began, ended) {
        let related = || beside.iter().filter(|it| it.relation == relation);
        let mut parts = Vec::new();
        for it in related() {
            for (point, rate) in it.rates() {
                let end = if point.after_its_end { ", after its end" } else { "" };
                parts.push(format!("{} {}{end}: {}", it.name, point.year, rate.with_counts(measure)));
            }
        }
        let without: Vec<&str> = related().filter(|it| it.points.is_empty()).map(|it| it.name.as_str()).collect();
        if !parts.is_empty() {
            sentences.push(format!("Of {what}, each by itself: {}", parts.join("; ")));
        }
        if !without.is_empty() {
            sentences.push(format!("Of {what}, no figure for {}", list(&without)));
        }
    }
    sentences
}

impl<'chart> Layout<'chart> {
    /// The dots of the councils beside, joined where they may be.
    pub(super) fn beside(&mut self) {
        for it in &self.chart.beside {
            for run in runs(&it.points) {
                for ends in run.windows(2) {
                    let [from, to] = ends else { continue };
                    let (Ok(rate), Ok(next), false) = (&from.reading, &to.reading, to.after_its_end) else { continue };
                    let from = (self.beside_x(it, from.year), self.y.place(rate.value));
                    let to = (self.beside_x(it, to.year), self.y.place(next.value));
                    take_line(&mut self.taken, from, to);
                    self.shapes.push(Shape::Line { points: vec![from, to], thick: 1.0, ink: Ink::Muted });
                }
            }
        }
        for it in &self.chart.beside {
            for (point, rate) in it.rates() {
                let (x, y) = (self.beside_x(it, point.year), self.y.place(rate.value));
                let (about, filled) = (About::Kin(it.council, point.year), !point.after_its_end);
                self.shapes.push(Shape::Dot { about, x, y, radius: RADIUS, filled, ink: Ink::Muted });
                self.taken.push(Rect::around(x, y, RADIUS));
            }
        }
    }

    /// Where the dot of a council beside stands: beside the council's own in the same year, and beside each other.
    fn beside_x(&self, it: &Beside, year: ReportingYear) -> f64 {
        let has = |other: &&Beside| other.points.iter().any(|point| point.year == year);
        let others = || self.chart.beside.iter().filter(has);
        let before = others().take_while(|other| other.council != it.council);
        let (place, count) = (before.fold(0.0, |place, _| place + 1.0), others().fold(0.0, |count, _| count + 1.0));
        let reach = (self.slot / 2.0 - RADIUS - 0.5).max(0.0);
        let own = self.chart.rates().any(|(point, _)| point.year == year);
        let offset: f64 = if own {
            // Left and right of it in turn, farther out each time.
            let (far, out): (f64, f64) = (1.0 + (place / 2.0_f64).floor(), (count / 2.0_f64).ceil());
            let side = if place % 2.0 < 1.0 { -1.0 } else { 1.0 };
            side * far * (reach / out).min(10.0)
        } else if count > 1.0 {
            (place - (count - 1.0) / 2.0) * (2.0 * reach / (count - 1.0)).min(9.0)
        } else {
            0.0
        };
        self.middle(year) + offset
    }

    /// The name and the figure of each council beside, at one of its dots where there is room, and the figures alone at its
    /// others. Answers the names that found no room.
    pub(super) fn beside_labels(&mut self) -> Vec<&'chart str> {
        let chart = self.chart;
        let mut unnamed = Vec::new();
        for it in &chart.beside {
            let mut values = Vec::new();
            for (point, rate) in it.rates().rev() {
                let at = (self.beside_x(it, point.year), self.y.place(rate.value));
                values.push((at, rate.text(chart.measure)));
            }
            let named = [false, true].into_iter().find_map(|over_breaks| {
                let name =
                    |(at, value): &(_, String)| self.set_beside(*at, format!("{} {value}", it.name), over_breaks);
                values.iter().position(name)
            });
            for (place, (at, value)) in values.iter().enumerate() {
                if named != Some(place) {
                    self.set_beside(*at, value.clone(), false);
                }
            }
            if named.is_none() && !values.is_empty() {
                unnamed.push(it.name.as_str());
            }
        }
        unnamed
    }

    fn set_beside(&mut self, (x, y): (f64, f64), text: String, over_breaks: bool) -> bool {
        let half = text::width(&text, SMALL, false) / 2.0;
        let clamped = x.min(self.width - EDGE - half).max(self.plot.left + half);
        let places = [
            (x + RADIUS + 4.0, y, Anchor::Start),
            (x - RADIUS - 4.0, y, Anchor::End),
            (clamped, y - RADIUS - 9.0, Anchor::Middle),
            (clamped, y + RADIUS + 9.0, Anchor::Middle),
        ];
        // The lines of the breaks were taken first.
        let breaks = if over_breaks { self.chart.breaks().len().min(self.taken.len()) } else { 0 };
        let lines: Vec<Rect> = self.taken.drain(..breaks).collect();
        let stands = self.set(muted(text, x, y, Anchor::Middle), &places, false);
        self.taken.splice(..0, lines);
        stands
    }

    /// What the small dots mean, and which of them have no name beside them.
    pub(super) fn beside_key(&mut self, top: f64, unnamed: &[&str]) -> f64 {
        let mut y = top;
        let chart = self.chart;
        let room = self.width - 2.0 * EDGE - 20.0;
        for (relation, what) in relations(chart.began, chart.ended) {
            let shown = || chart.beside.iter().filter(|it| it.relation == relation && !it.points.is_empty());
            if shown().next().is_none() {
                continue;
            }
            let names: Vec<&str> = shown().map(|it| it.name.as_str()).filter(|name| unnamed.contains(name)).collect();
            let among = if names.is_empty() { String::new() } else { format!("; among them {}", list(&names)) };
            self.key_dot(y, true);
            y = self.words(&format!("{what}, each by itself{among}"), y, room);
        }
        if chart.beside.iter().flat_map(Beside::rates).any(|(point, _)| point.after_its_end) {
            self.key_dot(y, false);
            y = self.words("of these, after the end of that council", y, room);
        }
        y
    }

    fn key_dot(&mut self, top: f64, filled: bool) {
        let (about, x, y, radius) = (About::Key, EDGE + 7.0, top + LINE / 2.0, RADIUS);
        self.shapes.push(Shape::Dot { about, x, y, radius, filled, ink: Ink::Muted });
    }
}
