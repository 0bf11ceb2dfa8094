//! The header, wherever it stands: the row, or two rows, whose cells name the most columns that are known.

use super::{
    columns::{Heading, Meaning, recognise},
    grid::GridRow,
    limits::Limits,
    subject::Subject,
    wording::{tidy, words},
};

/// A header that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The place of its first row among the sheet's.
    pub(super) first: usize,
    /// How many rows it takes: one or two.
    pub(super) rows: usize,
    /// Its columns, in order.
    pub(super) columns: Vec<Headed>,
}

/// A column with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headed {
    /// From 0.
    pub(super) place: usize,
    /// As printed, on one line.
    pub(super) text: String,
    /// What it says, if that is known.
    pub(super) says: Option<Heading>,
}

impl Header {
    /// How many of its columns are known.
    pub(super) fn known(&self) -> usize {
        self.columns.iter().filter(|column| column.says.is_some()).count()
    }

    /// The column of names, the first where there are several.
    pub(super) fn names(&self) -> Option<usize> {
        let names = |column: &&Headed| column.says == Some(Heading::Means(Meaning::Authority));
        self.columns.iter().find(names).map(|column| column.place)
    }

    /// Whether it names authorities, and something about them.
    fn is_whole(&self) -> bool {
        let tells = |column: &Headed| match column.says {
            Some(Heading::Means(meaning)) => meaning.kind().is_some(),
            Some(_) => true,
            None => false,
        };
        self.names().is_some() && self.columns.iter().any(tells)
    }

    /// The subject of which its columns speak most; `named`, by a title, decides where they do not.
    pub(super) fn subject(&self, named: Option<Subject>) -> Option<Subject> {
        let speaking = |subject| self.subjects().filter(|spoken| *spoken == subject).count();
        let most = Subject::ALL.into_iter().map(speaking).max().unwrap_or_default();
        if most == 0 {
            let upheld = Some(Heading::Means(Meaning::Figure(upheld_domain::figures::Field::Upheld)));
            let decided = self.columns.iter().any(|column| column.says == upheld);
            return named.or(decided.then_some(Subject::Decided));
        }
        let mut first = Subject::ALL.into_iter().filter(|subject| speaking(*subject) == most);
        named.filter(|named| speaking(*named) == most).or_else(|| first.next())
    }

    /// What columns of a bare heading ("Rate") are about: `subject`, unless the table speaks of several.
    pub(super) fn bare(&self, subject: Option<Subject>) -> Option<Subject> {
        subject.filter(|subject| self.subjects().all(|spoken| spoken == *subject))
    }

    fn subjects(&self) -> impl Iterator<Item = Subject> {
        self.columns.iter().filter_map(|column| match column.says {
            Some(Heading::Means(meaning)) => Subject::of(meaning),
            _ => None,
        })
    }
}

/// The header of `rows`, if one stands near their beginning. Of those alike the first is taken, and one row before two.
pub(super) fn find(rows: &[GridRow], limits: &Limits) -> Option<Header> {
    let mut best: Option<Header> = None;
    for (first, row) in rows.iter().enumerate().take(limits.rows_to_header) {
        let one = Header { first, rows: 1, columns: of_one(row) };
        let two = rows.get(first + 1).and_then(|second| of_two(row, second));
        let two = two.map(|columns| Header { first, rows: 2, columns });
        for header in [Some(one), two].into_iter().flatten().filter(Header::is_whole) {
            if best.as_ref().is_none_or(|best| best.known() < header.known()) {
                best = Some(header);
            }
        }
    }
    best
}

/// The headings of the row with the most texts, for whoever is told that there is no header.
pub(super) fn nearest(rows: &[GridRow], limits: &Limits) -> Vec<String> {
    let rows = rows.iter().take(limits.rows_to_header);
    let texts = |row: &&GridRow| row.cells().filter(|(_, text)| text.parse::<f64>().is_err()).count();
    // The first of those with the most: later ones are rather data.
    let fullest = rows.rev().max_by_key(texts);
    let headings = fullest.into_iter().flat_map(GridRow::cells).take(8);
    headings.map(|(_, text)| tidy(text).chars().take(60).collect()).collect()
}

fn of_one(row: &GridRow) -> Vec<Headed> {
    row.cells().map(|(place, text)| Headed { place, text: tidy(text), says: recognise(text) }).collect()
}

/// The columns of a header of two rows, the upper one of groups: merged cells hold their text in the first.
fn of_two(upper: &GridRow, lower: &GridRow) -> Option<Vec<Headed>> {
    let is_number = |text: &str| text.trim_end_matches('%').trim().replace(',', "").parse::<f64>().is_ok();
    if upper.cells().count() < 2 || lower.cells().any(|(_, text)| is_number(text)) {
        return None;
    }
    let mut places: Vec<usize> = upper.cells().chain(lower.cells()).map(|(place, _)| place).collect();
    places.sort_unstable();
    places.dedup();
    let headed = places.into_iter().map(|place| {
        let sub = tidy(lower.text(place));
        let group = if sub.is_empty() { upper.text(place) } else { group_over(upper, place) };
        let group = tidy(group);
        let says = in_group(&group, &sub);
        let text = if group.is_empty() || sub.is_empty() { group + &sub } else { format!("{group} / {sub}") };
        Headed { place, text, says }
    });
    let headed: Vec<Headed> = headed.collect();
    // The second row of a header says nothing in the column of names, or a heading.
    let names = headed.iter().find(|column| column.says == Some(Heading::Means(Meaning::Authority)))?;
    let under = lower.text(names.place);
    (under.trim().is_empty() || recognise(under) == names.says).then_some(headed)
}

/// The group to which the column at `place` belongs: what stands above it, or above the nearest to its left.
fn group_over(upper: &GridRow, place: usize) -> &str {
    upper.cells().rfind(|(column, _)| *column <= place).map_or("", |(_, text)| text)
}

/// What `sub` says under `group`.
fn in_group(group: &str, sub: &str) -> Option<Heading> {
    const CHANGING: [&str; 8] = ["average", "similar", "mean", "100000", "rate", "percent", "percentage", "proportion"];
    let together = || recognise(&format!("{group} {sub}"));
    let alone = recognise(sub);
    let changes = words(group).iter().any(|word| CHANGING.contains(&word.as_str()));
    let whole = |heading: &Heading| matches!(heading, Heading::Means(meaning) if *meaning != Meaning::Total);
    if !changes && alone.as_ref().is_some_and(|heading| whole(heading) && !is_rate(*heading)) {
        return alone;
    }
    together().or(alone)
}

fn is_rate(heading: Heading) -> bool {
    use upheld_domain::figures::Kind;
    matches!(heading, Heading::Means(meaning) if matches!(meaning.kind(), Some(Kind::Percentage | Kind::PerHundredThousand)))
}
