//! An annual letter of the Ombudsman, from its text as it was taken out of a PDF: line breaks, page furniture and all.
//!
//! The text becomes a typed letter, and the figures of its statistics. What could not be found is listed, and so is
//! what contradicts itself; neither keeps the rest from being read. Three layouts of statistics are known:
//! tables of decisions (letters of 2014 to 2018), three panels (from 2019), and an overview of what became of all
//! complaints (from 2025).

mod body;
mod error;
mod figures;
mod furniture;
mod header;
mod lines;
mod links;
mod period;
mod statistics;
mod tables;
mod words;

pub use error::{LetterError, Looked, Missing, Warning};

use lines::{Line, lines};
use upheld_domain::{check::contradictions, letter::Letter};

/// The most bytes that a letter's text can have.
pub const MOST_BYTES: usize = 1 << 20;

/// A letter that has been read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What it says.
    pub letter: Letter,
    /// What was looked for and not found.
    pub missing: Vec<Missing>,
    /// What was found, and does not fit. It is kept as printed.
    pub warnings: Vec<Warning>,
}

/// Reads the bytes of a text file.
///
/// # Errors
/// Where they are no text, or the text is no letter: see [`read_text`].
pub fn read(bytes: &[u8]) -> Result<Reading, LetterError> {
    let too_large = |bytes| LetterError::TooLarge { bytes, most: MOST_BYTES };
    if bytes.len() > MOST_BYTES {
        return Err(too_large(bytes.len()));
    }
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        LetterError::NotUtf8 { line: before.split(|byte| *byte == b'\n').count() }
    })?;
    read_text(text)
}

/// Reads the text of a letter. Form feeds are taken for the ends of pages, where it has any.
///
/// ```
/// use upheld_sources::letter_text::read_text;
/// let reading = read_text("22 July 2020\n\nMr Moor\nChief Executive\nLuton Borough Council\n\nDear Mr Moor\n\n\
///     Annual Review letter 2020\n\nThis is what we decided.\n\nYours sincerely\n\nA. Person\n")?;
/// assert_eq!(reading.letter.council(), "Luton Borough Council");
/// # Ok::<(), upheld_sources::letter_text::LetterError>(())
/// ```
///
/// # Errors
/// Where there is no text, too much of it, or no letter in it: neither "Dear" nor statistics.
pub fn read_text(text: &str) -> Result<Reading, LetterError> {
    if text.len() > MOST_BYTES {
        return Err(LetterError::TooLarge { bytes: text.len(), most: MOST_BYTES });
    }
    let lines = lines(text);
    let Some(first) = lines.first() else { return Err(LetterError::NoText) };
    let parts = Parts::of(&lines);
    if parts.salutation.is_none() && parts.statistics.is_empty() {
        return Err(LetterError::NoLetter { found: first.text.chars().take(60).collect(), line: first.number });
    }
    let mut reading = Reading { letter: Letter::default(), missing: Vec::new(), warnings: Vec::new() };
    let header = header::read(parts.before, parts.salutation);
    let body = body::read(parts.body);
    reading.letter.addressee = header.addressee;
    reading.letter.date = header.date;
    reading.letter.salutation = header.salutation;
    reading.letter.title = body.title;
    reading.letter.blocks = body.blocks;
    reading.letter.signature = furniture::signature(parts.signature);
    reading.letter.links = links::all(&lines);
    if !parts.statistics.is_empty() {
        let found = statistics::read(parts.statistics);
        reading.missing.extend(found.missing);
        reading.warnings.extend(found.warnings);
        let contradicted = contradictions(&found.statistics.figures).into_iter();
        reading.warnings.extend(contradicted.map(|(column, problem)| Warning::Contradiction { column, problem }));
        reading.letter.statistics = Some(found.statistics);
    }
    take_year(&mut reading, &parts);
    for (missing, looked) in [
        (reading.letter.date.is_empty(), Looked::Date),
        (reading.letter.council().is_empty(), Looked::Council),
        (reading.letter.title.is_empty(), Looked::Title),
        (reading.letter.year.is_none(), Looked::Year),
        (reading.letter.blocks.is_empty(), Looked::Body),
        (reading.letter.signature.is_empty(), Looked::Signature),
        (reading.letter.statistics.is_none(), Looked::Statistics),
    ] {
        if missing {
            reading.missing.push(Missing { looked_for: looked, from_line: None });
        }
    }
    Ok(reading)
}

/// The year is the one that the statistics name, else the body, else the title.
fn take_year(reading: &mut Reading, parts: &Parts<'_>) {
    let of_statistics = period::year_of(parts.statistics);
    let of_body = period::year_of(parts.body);
    if let (Some((shown, _)), Some((other, line))) = (of_statistics, of_body)
        && shown != other
    {
        reading.warnings.push(Warning::YearsDiffer { shown, other, line });
    }
    let of_title = period::year_of_title(&reading.letter.title);
    reading.letter.year = of_statistics.or(of_body).map(|(year, _)| year).or(of_title);
}

/// The parts of a letter, each the lines that belong to it.
struct Parts<'a> {
    before: &'a [Line],
    salutation: Option<&'a Line>,
    body: &'a [Line],
    signature: &'a [Line],
    statistics: &'a [Line],
}

impl<'a> Parts<'a> {
    fn of(lines: &'a [Line]) -> Self {
        let part = |from: usize, to: usize| lines.get(from..to).unwrap_or_default();
        let end = lines.len();
        let dear = lines.iter().position(|line| line.starts_with("dear "));
        let after = dear.map_or(0, |dear| dear + 1);
        let statistics = statistics::start(part(after, end)).map_or(end, |start| after + start);
        let closing =
            lines.iter().enumerate().skip(after).find(|(_, line)| furniture::closes(line)).map(|(place, _)| place);
        // Statistics stand after the signature on a page of their own, or in the letter before it.
        let (body_end, signature, statistics) = match closing {
            Some(closing) if statistics < closing => (statistics, part(closing + 1, end), part(statistics, closing)),
            Some(closing) => (closing, part(closing + 1, statistics), part(statistics, end)),
            None => (statistics, part(end, end), part(statistics, end)),
        };
        Self {
            before: part(0, dear.unwrap_or(0)),
            salutation: dear.and_then(|dear| lines.get(dear)),
            body: part(after, body_end),
            signature,
            statistics,
        }
    }
}
