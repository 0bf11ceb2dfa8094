//! The statistics that are set out with a letter: what they say, and the figures in them.

use super::{
    body,
    error::{Looked, Missing, Warning},
    figures::Found,
    lines::{Line, join},
    links, tables,
    words::{Word, match_at, words},
};
use upheld_domain::{
    figures::{Field, Figures},
    letter::{Block, Statistics},
};

/// Headings of the panels, in the notation of [`match_at`].
const PANELS: &[&str] = &[
    "complaint|complaints overview",
    "complaints dealt with",
    "complaints upheld",
    "compliance with ombudsman|our recommendations",
    "compliance with recommendations",
    "satisfactory remedies provided by the authority|council|organisation",
];

/// The figures that three panels print.
const IN_PANELS: &[Field] = &[
    Field::Investigations,
    Field::Upheld,
    Field::UpholdRate,
    Field::UpholdRateSimilar,
    Field::ComplianceOutcomes,
    Field::ComplianceRate,
    Field::ComplianceRateSimilar,
    Field::SatisfactoryRemedies,
    Field::RemedyRate,
    Field::RemedyRateSimilar,
];

/// The figures that an overview prints.
const IN_AN_OVERVIEW: &[Field] = &[
    Field::DealtWith,
    Field::NotForUs,
    Field::AssessedAndClosed,
    Field::Investigations,
    Field::Upheld,
    Field::UpholdRate,
];

/// The figures that tables of decisions print.
const IN_TABLES: &[Field] = &[Field::Upheld, Field::Investigations];

/// What was read.
pub(super) struct Read {
    pub(super) statistics: Statistics,
    pub(super) missing: Vec<Missing>,
    pub(super) warnings: Vec<Warning>,
}

/// The place of the line at which statistics begin: a heading of their own, else the first panel with a number below it.
pub(super) fn start(lines: &[Line]) -> Option<usize> {
    // A line of the letter can begin with the same words, in the middle of a sentence.
    let headed = lines.iter().position(|line| {
        let titles = line.starts_with("for the period ending") || line.starts_with("local authority report");
        (titles && line.begins_sentence() && !line.ends_sentence()) || tables::begins(line)
    });
    if let Some(place) = headed {
        let named = |above: &usize| lines.get(*above).is_some_and(names_a_council);
        return Some(place.checked_sub(1).filter(named).unwrap_or(place));
    }
    (0..lines.len()).find(|place| {
        let below = lines.get(*place..).unwrap_or_default();
        let first = below.first().is_some_and(|line| line.starts_with("complaint"));
        first && panel(below).is_some() && below.iter().take(9).any(counts)
    })
}

/// Whether a line gives a number as statistics do: a percentage, or a number alone or at its end.
fn counts(line: &Line) -> bool {
    let words = words(std::iter::once(line));
    let number = |word: &Word<'_>| word.number().filter(|(digits, _)| digits.len() < 4);
    let percent = words.iter().any(|word| number(word).is_some_and(|(_, percent)| percent));
    let short = words.len() < 5 && words.last().and_then(number).is_some();
    percent || short || (0..words.len()).any(|at| match_at("dealt with #", &words, at).is_some())
}

/// Whether a line is a council's name and nothing more: "Luton Borough Council", "Luton BC".
fn names_a_council(line: &Line) -> bool {
    line.text.len() < 80 && !line.ends_sentence() && names_a_body(&line.text)
}

/// Whether `text` has a word that councils are called by, or ends with letters that stand for one: "BC".
pub(super) fn names_a_body(text: &str) -> bool {
    const BODIES: &[&str] = &["council", "borough", "corporation", "authority", "city of", "county of"];
    let (lower, last) = (text.to_lowercase(), text.rsplit(' ').next().unwrap_or_default());
    let letters =
        matches!(last.len(), 2..=4) && last.len() < text.len() && last.bytes().all(|byte| byte.is_ascii_uppercase());
    letters || BODIES.iter().any(|body| lower.contains(body))
}

/// The heading of a panel that the lines begin with, and over how many of them it goes.
fn panel(lines: &[Line]) -> Option<(String, usize)> {
    (1..=3).find_map(|count| {
        let lines = lines.get(..count)?;
        let words = words(lines.iter());
        let whole = |phrase: &str| match_at(phrase, &words, 0).is_some_and(|found| found.end == words.len());
        PANELS.iter().any(|phrase| whole(phrase)).then(|| {
            let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            (text.join(" "), count)
        })
    })
}

/// Reads the lines of the statistics.
pub(super) fn read(lines: &[Line]) -> Read {
    let mut found = Found::default();
    let tables = tables::read(lines, &mut found);
    let outside: Vec<&Line> = (0..lines.len())
        .filter(|place| !tables.iter().any(|table| (table.from..table.to).contains(place)))
        .filter_map(|place| lines.get(place))
        .collect();
    found.take_phrases(&words(outside.into_iter()));
    if tables.is_empty() {
        found.take_labels(lines);
    }
    let expected = if lines.iter().any(tables::begins) {
        IN_TABLES
    } else if found.figures.dealt_with.is_some() || lines.iter().any(|line| line.lower().contains("overview")) {
        IN_AN_OVERVIEW
    } else {
        IN_PANELS
    };
    let from_line = lines.first().map(|line| line.number);
    let missing = expected.iter().filter(|field| found.figures.get(**field).is_none());
    let missing = missing.map(|field| Missing { looked_for: Looked::Figure(*field), from_line }).collect();
    let council = council(lines);
    let blocks = blocks(lines, &tables, &found.figures);
    Read { statistics: Statistics { council, blocks, figures: found.figures }, missing, warnings: found.warnings }
}

/// The council that is named above the statistics.
fn council(lines: &[Line]) -> String {
    let reported = lines.iter().take(3).find_map(|line| {
        line.starts_with("local authority report").then(|| {
            let name = line.text.get("local authority report".len()..).unwrap_or_default();
            name.trim_start_matches([':', '-', '–', '—', ' ']).to_owned()
        })
    });
    let above = || {
        let ending = lines.iter().take(3).position(|line| line.starts_with("for the period ending"))?;
        let line = lines.get(ending.checked_sub(1)?).filter(|line| names_a_council(line))?;
        Some(line.text.clone())
    };
    reported.filter(|name| !name.is_empty()).or_else(above).unwrap_or_default()
}

/// A paragraph or an item of a list that is being put together.
struct Text {
    text: String,
    item: bool,
}

/// What the lines say: headings, sentences, tables. Labels of drawings are left out where the text says the same.
fn blocks(lines: &[Line], tables: &[tables::Table], figures: &Figures) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Text> = None;
    let mut place = 0;
    while let Some(line) = lines.get(place) {
        if let Some(table) = tables.iter().find(|table| table.from == place) {
            close(&mut blocks, &mut open);
            blocks.push(Block::Heading(table.title.clone()));
            blocks.push(Block::Table(table.cells.clone()));
            place = table.to.max(place + 1);
            continue;
        }
        if let Some((heading, count)) = lines.get(place..).and_then(panel) {
            close(&mut blocks, &mut open);
            blocks.push(Block::Heading(heading));
            place += count;
            continue;
        }
        place += 1;
        if links::is_bare(line) || is_drawn(line, figures) {
            continue;
        }
        if let Some(item) = body::item(&line.text) {
            close(&mut blocks, &mut open);
            open = Some(Text { text: item.to_owned(), item: true });
        } else if place == 1 && names_a_council(line) {
            blocks.push(Block::Heading(line.text.clone()));
        } else if let Some(text) = open.as_mut().filter(|text| goes_on(&text.text, line)) {
            join(&mut text.text, &line.text, |_| false);
        } else {
            close(&mut blocks, &mut open);
            open = Some(Text { text: line.text.clone(), item: false });
        }
    }
    close(&mut blocks, &mut open);
    blocks
}

fn close(blocks: &mut Vec<Block>, open: &mut Option<Text>) {
    match (open.take(), blocks.last_mut()) {
        (Some(Text { text, item: true }), Some(Block::List(items))) => items.push(text),
        (Some(Text { text, item: true }), _) => blocks.push(Block::List(vec![text])),
        (Some(Text { text, item: false }), _) => blocks.push(Block::Paragraph(text)),
        (None, _) => {}
    }
}

/// Whether the line is a percentage alone that the text says too: the label of a drawing.
fn is_drawn(line: &Line, figures: &Figures) -> bool {
    let rates = [figures.uphold_rate, figures.compliance_rate, figures.remedy_rate];
    let printed = line.text.strip_suffix('%').and_then(|digits| digits.trim().parse().ok());
    printed.is_some_and(|printed| rates.contains(&Some(printed)))
}

/// Whether a sentence that is `open` goes on with `line`.
fn goes_on(open: &str, line: &Line) -> bool {
    const UNFINISHED: &[&str] =
        &["of", "to", "in", "is", "the", "and", "for", "between", "a", "an", "with", "by", "we"];
    const STARTS: &[&str] =
        &["this compares", "statistics are", "the average for", "this is", "adjusted for", "we ", "for the period"];
    let last = open.rsplit(' ').next().unwrap_or_default().to_lowercase();
    if UNFINISHED.contains(&last.as_str()) {
        return true;
    }
    let ended = open.ends_with(['.', ':', '?', '!']);
    let words = words(std::iter::once(line));
    // A year goes on; a count or a rate begins anew.
    let number = words.first().and_then(Word::number).is_some_and(|(digits, percent)| percent || digits.len() < 4);
    let rate = match_at("in %", &words, 0).is_some();
    !ended && !number && !rate && !STARTS.iter().any(|start| line.starts_with(start))
}
