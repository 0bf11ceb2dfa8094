//! Rows that are no council's: totals, notes, and bodies of other kinds.

use super::wording::words;
use crate::council_names::BodyKind;
use std::collections::BTreeMap;

/// Why a row was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// The Ombudsman looks into it, but it is no council of the five types.
    Body(BodyKind),
    /// A total, of all or of a kind of councils.
    Total,
    /// An average.
    Average,
    /// A note below the table or within it.
    Note,
    /// The header, once more.
    HeaderAgain,
    /// A name with nothing beside it: mostly the heading of a part of the table.
    NameOnly,
    /// Figures without a name.
    NoName,
}

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowLeft {
    /// The row, as an editor counts.
    pub row: u64,
    /// What stands in it first.
    pub text: String,
    /// Why.
    pub why: LeftOut,
}

/// The rows of a sheet that were left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowsLeft {
    /// How many for each reason.
    pub counts: BTreeMap<LeftOut, u64>,
    /// One by one, as far as they are listed.
    pub listed: Vec<RowLeft>,
}

impl RowsLeft {
    pub(super) fn add(&mut self, most: usize, row: u64, text: &str, why: LeftOut) {
        *self.counts.entry(why).or_default() += 1;
        if self.listed.len() < most {
            self.listed.push(RowLeft { row, text: text.chars().take(120).collect(), why });
        }
    }
}

/// Why a row of `name` is no council's, by its words; `beside`: whether anything stands in its other cells.
pub(super) fn by_name(name: &str, beside: bool) -> Option<LeftOut> {
    const TOTALS: [&str; 8] = ["total", "totals", "subtotal", "sum", "grand", "overall", "all", "national"];
    const NOTES: [&str; 12] = [
        "note",
        "notes",
        "source",
        "sources",
        "footnote",
        "footnotes",
        "©",
        "please",
        "this",
        "these",
        "data",
        "figures",
    ];
    let words = words(name);
    let first = words.first().map_or("", String::as_str);
    let averages = ["average", "averages", "mean", "median"];
    if words.len() <= 8 && words.iter().any(|word| averages.contains(&word.as_str())) {
        return Some(LeftOut::Average);
    }
    if words.len() <= 8
        && (TOTALS.contains(&first) || words == ["england"] || words.last().is_some_and(|last| last == "total"))
    {
        return Some(LeftOut::Total);
    }
    if name.chars().count() > 120 || (!beside && (NOTES.contains(&first) || starts_as_note(name))) {
        return Some(LeftOut::Note);
    }
    if let Some(kind) = BodyKind::of(name) {
        return Some(if beside { LeftOut::Body(kind) } else { LeftOut::Note });
    }
    (!beside).then_some(LeftOut::NameOnly)
}

/// Whether `text` begins with the mark of a footnote: "* …", "[1] …", "1. …".
fn starts_as_note(text: &str) -> bool {
    text.starts_with(['*', '†', '‡', '[', '(', '©', '•']) || text.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_known_by_its_name() {
        for (name, beside, why) in [
            ("Luton Borough Council", true, None),
            ("Luton", false, Some(LeftOut::NameOnly)),
            ("Total", true, Some(LeftOut::Total)),
            ("Grand total", true, Some(LeftOut::Total)),
            ("All councils", true, Some(LeftOut::Total)),
            ("Average of county councils", true, Some(LeftOut::Average)),
            ("Notes:", false, Some(LeftOut::Note)),
            ("* includes two cases", false, Some(LeftOut::Note)),
            ("[1] Decisions of the year", false, Some(LeftOut::Note)),
            ("Cheshire Fire Authority", true, Some(LeftOut::Body(BodyKind::Fire))),
            ("County councils", false, Some(LeftOut::NameOnly)),
            ("Allerdale", true, None),
        ] {
            assert_eq!(by_name(name, beside), why, "{name}");
        }
    }
}
