//! A council over the years, and where its line has to break.

use crate::{
    edition::Edition,
    figures::Value,
    measure::{Measure, Reading},
    register::CouncilId,
    year::ReportingYear,
};

/// A change in method, or a gap in the work, that makes the years on its two sides not comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// The first year after it.
    pub before: ReportingYear,
    /// Why, for the reader.
    pub reason: &'static str,
    /// Why, in the few words that fit on a chart.
    pub short: &'static str,
}

const fn ending(key: u16) -> ReportingYear {
    match ReportingYear::ending(key) {
        Some(year) => year,
        None => ReportingYear::FIRST,
    }
}

/// The breaks that are known, in order. Source: the Ombudsman's annual reviews of 2020-21 and 2022-23.
pub const BREAKS: &[Break] = &[
    Break {
        before: ending(2021),
        reason: "In 2020-21 the Ombudsman took no new complaints for three months, because of the pandemic.",
        short: "no new complaints for 3 months",
    },
    Break {
        before: ending(2022),
        reason: "2020-21, a year with a pause of three months, is not compared with the years after it.",
        short: "after the pause",
    },
    Break {
        before: ending(2023),
        reason: "From 2022-23 the Ombudsman chooses more strictly which complaints to investigate, which raised uphold rates everywhere.",
        short: "stricter choice of cases",
    },
];

/// Whether a break lies between two years.
#[must_use]
pub fn broken_between(one: ReportingYear, other: ReportingYear) -> bool {
    breaks_between(one, other).next().is_some()
}

/// The breaks that lie between two years, in order.
pub fn breaks_between(one: ReportingYear, other: ReportingYear) -> impl Iterator<Item = &'static Break> {
    let (earlier, later) = (one.min(other), one.max(other));
    BREAKS.iter().filter(move |at| earlier < at.before && at.before <= later)
}

/// One year of a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The year.
    pub year: ReportingYear,
    /// How the council reads.
    pub reading: Reading,
    /// The printed average of similar authorities.
    pub similar: Option<Value>,
    /// Whether the year lies after the council's end: complaints about it that were decided later.
    pub after_its_end: bool,
}

/// A council over the years: every year of the edition in which it existed, and any in which it has figures.
#[must_use]
pub fn trend(edition: &Edition, id: CouncilId, measure: Measure) -> Vec<Point> {
    let Some(council) = edition.register().get(id) else { return Vec::new() };
    let years = edition.years().into_iter();
    let shown = years.filter(|year| council.existed_in(*year) || edition.figures(id, *year).is_some());
    let point = |year| Point {
        year,
        reading: edition.read(id, year, measure),
        similar: crate::similar::published(edition, id, council, year, measure),
        after_its_end: !council.existed_in(year),
    };
    shown.map(point).collect()
}

/// When a council stood in relation to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It was one of those that the other took over from.
    Before,
    /// It is one of those that took over from the other.
    After,
}

/// A council that stood before or after another in its place, with its own years: they are shown beside the other's,
/// never added to them.
#[derive(Debug, Clone, PartialEq)]
pub struct Kin {
    /// Which one.
    pub council: CouncilId,
    /// Whether it came before or after.
    pub relation: Relation,
    /// Its years with a rate, in order.
    pub points: Vec<Point>,
}

/// Every council that `id` took over from, then every one that took over from it, with its own trend: those without any
/// rate on `measure` among them.
#[must_use]
pub fn kin(edition: &Edition, id: CouncilId, measure: Measure) -> Vec<Kin> {
    let register = edition.register();
    let Some(council) = register.get(id) else { return Vec::new() };
    let before = register.predecessors(council).map(|(id, _)| (id, Relation::Before));
    let after = register.successors(council).map(|(id, _)| (id, Relation::After));
    let with_points = |(council, relation)| {
        let mut points = trend(edition, council, measure);
        points.retain(|point| point.reading.is_ok());
        Kin { council, relation, points }
    };
    before.chain(after).map(with_points).collect()
}

/// The runs of a trend that a line may join: years that follow each other, all with a rate, no break between.
#[must_use]
pub fn runs(points: &[Point]) -> Vec<Vec<&Point>> {
    let mut runs: Vec<Vec<&Point>> = Vec::new();
    for point in points.iter().filter(|point| point.reading.is_ok()) {
        let previous = runs.last().and_then(|run| run.last()).map(|last| last.year);
        let joins = previous.is_some_and(|last| last.next() == Some(point.year) && !broken_between(last, point.year));
        match runs.last_mut() {
            Some(run) if joins => run.push(point),
            _ => runs.push(vec![point]),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_on_two_sides_of_a_break_are_told_apart() {
        assert!(broken_between(ending(2022), ending(2023)));
        assert!(broken_between(ending(2024), ending(2019)));
        assert!(broken_between(ending(2020), ending(2021)));
        assert!(!broken_between(ending(2023), ending(2024)));
        assert!(!broken_between(ending(2018), ending(2020)));
        assert!(!broken_between(ending(2023), ending(2023)));
    }
}
