//! The tables of the letters of 2014 to 2018: headings of columns, then one row of numbers.

use super::{
    error::Warning,
    figures::Found,
    lines::Line,
    words::{Word, match_at, words},
};
use upheld_domain::{
    figures::{Count, Field},
    letter::Cell,
};

/// What a column of a table counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// Part of a total: a subject, or a decision that is neither of the next two.
    Part,
    NotUpheld,
    Upheld,
    Total,
    /// A figure that is no part of the total.
    Figure(Field),
    /// Something that no figure is made of.
    Other,
}

/// A kind of table: the line that it begins with, and its columns, in the notation of [`match_at`].
struct Kind {
    title: &'static str,
    columns: &'static [(Column, &'static str)],
}

const KINDS: &[Kind] = &[
    Kind {
        title: "complaints and enquiries received",
        columns: &[
            (Column::Part, "adult care|social services|care services?"),
            (Column::Part, "benefits and|& tax"),
            (Column::Part, "corporate and|& other services"),
            (Column::Part, "education and|& children's|children’s|childrens services"),
            (Column::Part, "environment|environmental services and|& public protection and|& regulation"),
            (Column::Part, "environment|environmental services and|& public protection"),
            (Column::Part, "environment|environmental services"),
            (Column::Part, "highways and|& transport"),
            (Column::Part, "housing"),
            (Column::Part, "planning and|& development"),
            (Column::Part, "other"),
            (Column::Total, "total"),
        ],
    },
    Kind {
        title: "decisions made",
        columns: &[
            (Column::Figure(Field::UpholdRateSimilar), "average uphold rate %? of similar authorities"),
            (Column::Figure(Field::UpholdRate), "uphold rate"),
            (Column::Part, "incomplete or? invalid"),
            (Column::Part, "incomplete/invalid"),
            (Column::Part, "invalid or? incomplete"),
            (Column::Part, "invalid/incomplete"),
            (Column::Part, "advice given"),
            (Column::Part, "referred back for local resolution"),
            (Column::Part, "closed after initial enquiries|enquiry"),
            (Column::NotUpheld, "not upheld"),
            (Column::Upheld, "upheld"),
            (Column::Total, "total"),
        ],
    },
    Kind {
        title: "complaints remedied",
        columns: &[
            (
                Column::Figure(Field::SatisfactoryRemedies),
                "satisfactorily by the? authority|council before lgo|lgsco|ombudsman involvement",
            ),
            (Column::Other, "by the? lgo|lgsco|ombudsman"),
            (Column::Figure(Field::ComplianceRate), "compliance rate"),
        ],
    },
];

/// Whether a table begins with the line.
pub(super) fn begins(line: &Line) -> bool {
    let titled = |kind: &Kind| line.starts_with(kind.title) && line.text.len() < kind.title.len() + 60;
    line.begins_sentence() && !line.ends_sentence() && KINDS.iter().any(titled)
}

/// A table that was read, with the places of its lines: the first and the one after the last.
pub(super) struct Table {
    pub(super) title: String,
    pub(super) cells: Vec<Cell>,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Reads every table among the lines, and takes its figures.
pub(super) fn read(lines: &[Line], found: &mut Found) -> Vec<Table> {
    let mut tables = Vec::new();
    let starts: Vec<usize> = (0..lines.len()).filter(|place| lines.get(*place).is_some_and(begins)).collect();
    for (place, from) in starts.iter().copied().enumerate() {
        let before_next = starts.get(place + 1).copied().unwrap_or(lines.len());
        let of_table = lines.get(from..before_next).unwrap_or_default();
        let Some(first) = of_table.first() else { continue };
        let Some(kind) = KINDS.iter().find(|kind| first.starts_with(kind.title)) else { continue };
        // Notes below a table speak of the same things.
        let is_note = |line: &Line| line.starts_with("note") || line.ends_sentence();
        let end = of_table.iter().skip(1).position(is_note).map_or(of_table.len(), |end| end + 1);
        let of_table = of_table.get(..end).unwrap_or_default();
        if let Some((cells, last)) = cells(kind, of_table, found) {
            let to = from + of_table.iter().take_while(|line| line.number <= last).count();
            let title = first.text.get(..kind.title.len()).unwrap_or_default().to_owned();
            tables.push(Table { title, cells, from, to });
        }
    }
    tables
}

/// The cells of a table, and the line that it ends on.
fn cells(kind: &Kind, lines: &[Line], found: &mut Found) -> Option<(Vec<Cell>, usize)> {
    let first = lines.first()?.number;
    let words = words(lines.iter());
    let mut headings: Vec<(Column, String)> = Vec::new();
    let mut numbers: Vec<&Word<'_>> = Vec::new();
    let mut at = kind.title.split(' ').count();
    while let Some(word) = words.get(at) {
        let heading = |(column, label): &(Column, &str)| Some((*column, match_at(label, &words, at)?.end));
        if let Some((column, end)) = kind.columns.iter().find_map(heading) {
            let label: Vec<&str> = words.get(at..end).unwrap_or_default().iter().map(|word| word.raw).collect();
            headings.push((column, label.join(" ")));
            at = end;
            continue;
        }
        if word.number().is_some() || word.text == "n/a" {
            numbers.push(word);
        } else if !numbers.is_empty() && numbers.len() == headings.len() && ends_with(kind, &headings) {
            break;
        }
        at += 1;
    }
    let last = numbers.last()?.line;
    if headings.len() != numbers.len() {
        let (numbers, headings) = (numbers.len(), headings.len());
        found.warnings.push(Warning::NoTable { numbers, headings, line: first });
        return None;
    }
    take(&headings, &numbers, found);
    let cell = |((_, label), word): (&(Column, String), &&Word<'_>)| {
        let value = word.raw.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '%').to_owned();
        Cell { label: label.clone(), value }
    };
    Some((headings.iter().zip(&numbers).map(cell).collect(), last))
}

/// Whether a table can end with these headings: those that have a total end with it, in whatever order they are read.
fn ends_with(kind: &Kind, headings: &[(Column, String)]) -> bool {
    let has_total = kind.columns.iter().any(|(column, _)| *column == Column::Total);
    !has_total || headings.iter().any(|(column, _)| *column == Column::Total)
}

/// Takes the figures of a table.
fn take(headings: &[(Column, String)], numbers: &[&Word<'_>], found: &mut Found) {
    let (mut sum, mut not_upheld): (Count, Option<Count>) = (0, None);
    for ((column, _), word) in headings.iter().zip(numbers) {
        let Some((digits, percent)) = word.number() else { continue };
        let count = digits.parse::<Count>().ok().filter(|_| !percent);
        match (column, count) {
            (Column::Figure(field), _) => found.take(*field, &digits, word.line),
            (Column::Upheld, _) => found.take(Field::Upheld, &digits, word.line),
            (Column::NotUpheld, _) => not_upheld = count,
            (Column::Total, Some(total)) if total != sum => {
                found.warnings.push(Warning::TotalOff { sum, total, line: word.line });
            }
            _ => {}
        }
        if matches!(column, Column::Part | Column::Upheld | Column::NotUpheld) {
            sum = sum.saturating_add(count.unwrap_or(0));
        }
    }
    if let (Some(upheld), Some(not_upheld), None) = (found.figures.upheld, not_upheld, found.figures.investigations) {
        let sum = upheld.saturating_add(not_upheld);
        found.figures.investigations = Some(sum);
        found.warnings.push(Warning::Summed { upheld, not_upheld, sum });
    }
}
