//! The rows of the table: filtered and sorted as the view says.

use std::cmp::Ordering;
use upheld_domain::{
    council::Council,
    edition::Edition,
    measure::{Measure, Reading},
    order::sorted,
    register::CouncilId,
    view::{Column, TableView, View},
};

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The council.
    pub id: CouncilId,
    /// How it reads on each measure.
    pub readings: [(Measure, Reading); 4],
}

impl Row {
    fn reading(&self, measure: Measure) -> Option<&Reading> {
        self.readings.iter().find(|(of, _)| *of == measure).map(|(_, reading)| reading)
    }
}

/// The rows that `view` shows.
#[must_use]
pub fn rows(edition: &Edition, view: &View) -> Vec<Row> {
    let typed = view.named.trim();
    let TableView { kind, region, sort, descending, .. } = view.table;
    let shown = |council: &Council| {
        kind.is_none_or(|kind| council.council_type == kind)
            && region.is_none_or(|region| council.region == region)
            && contains(&council.name, typed)
    };
    let selected = |id, council: &Council| {
        !view.table.selects() || view.table.selected(council.council_type, &edition.read(id, view.year, view.measure))
    };
    let councils = edition.register().in_tier(view.year, view.tier);
    let councils = councils.filter(|(id, council)| shown(council) && selected(*id, council));
    let read = |id| Measure::ALL.map(|measure| (measure, edition.read(id, view.year, measure)));
    let rows: Vec<(Row, &Council)> = councils.map(|(id, council)| (Row { id, readings: read(id) }, council)).collect();
    let compare = |(one, a): &(Row, &Council), (other, b): &(Row, &Council)| {
        let by_column = match sort {
            Column::Name => directed(a.name.cmp(&b.name), descending),
            Column::Type => directed(a.council_type.cmp(&b.council_type), descending),
            Column::Region => directed(a.region.cmp(&b.region), descending),
            Column::Measure(measure) => by_reading(one.reading(measure), other.reading(measure), descending),
        };
        by_column.then_with(|| a.name.cmp(&b.name)).then_with(|| a.code.cmp(&b.code))
    };
    sorted(&rows, &compare).into_iter().map(|(row, _)| row).collect()
}

/// Whether `typed` stands in `name`, in capitals or not. Names of councils are written in ASCII: all of Unicode's letters
/// would cost the page 3 KB.
fn contains(name: &str, typed: &str) -> bool {
    let part = |part: &[u8]| part.eq_ignore_ascii_case(typed.as_bytes());
    typed.is_empty() || name.as_bytes().windows(typed.len()).any(part)
}

fn directed(ordering: Ordering, descending: bool) -> Ordering {
    if descending { ordering.reverse() } else { ordering }
}

/// By rate; those without one come last either way.
fn by_reading(one: Option<&Reading>, other: Option<&Reading>, descending: bool) -> Ordering {
    let value = |reading: Option<&Reading>| reading.and_then(|reading| reading.as_ref().ok()).map(|rate| rate.value);
    match (value(one), value(other)) {
        (Some(one), Some(other)) => directed(one.total_cmp(&other), descending),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
