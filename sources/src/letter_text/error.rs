//! Why a text is no letter, what a letter lacks, and what in it does not fit.

use std::fmt;
use upheld_domain::{
    check::Problem,
    figures::{Field, Value},
    year::ReportingYear,
};

/// Why a text cannot be read as a letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// More text than a letter has.
    #[error("{bytes} bytes of text, where a letter has {most} at most – is this the letter?")]
    TooLarge {
        /// As many as there are.
        bytes: usize,
        /// As many as there can be.
        most: usize,
    },
    /// Bytes that are no UTF-8.
    #[error("line {line}: bytes that are not UTF-8 text – save the file as UTF-8")]
    NotUtf8 {
        /// The line on which they stand.
        line: usize,
    },
    /// No text at all.
    #[error("there is no text in it – if it was taken from a PDF, that is a scan")]
    NoText,
    /// Text, but no letter.
    #[error(
        "not an annual letter: neither a line that begins with \"Dear\" nor the Ombudsman’s statistics, and line {line} \
         says \"{found}\" – open the letter itself"
    )]
    NoLetter {
        /// How the text begins.
        found: String,
        /// On which line.
        line: usize,
    },
}

/// What is looked for in a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// Its date.
    Date,
    /// The council's name.
    Council,
    /// Its title.
    Title,
    /// The reporting year.
    Year,
    /// What it says.
    Body,
    /// Who signed it.
    Signature,
    /// The statistics.
    Statistics,
    /// One of the figures that statistics of their layout print.
    Figure(Field),
}

impl fmt::Display for Looked {
    /// What it is, and by which words it would have been found.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date => f.write_str("the date of the letter (as \"22 July 2020\", above \"Dear\")"),
            Self::Council => f.write_str("the council’s name (in the address, or above the statistics)"),
            Self::Title => {
                f.write_str("the title (a line with \"annual\" and \"letter\" or \"review\", below \"Dear\")")
            }
            Self::Year => f.write_str("the reporting year (\"31 March\" with a year, or \"period ending\")"),
            Self::Body => f.write_str("the text of the letter (below \"Dear\")"),
            Self::Signature => f.write_str("the signature (below \"Yours sincerely\")"),
            Self::Statistics => f.write_str(
                "the statistics (\"for the period ending\", \"local authority report\", \"complaints upheld\" or \
                 \"complaints overview\")",
            ),
            Self::Figure(field) => write!(f, "{} ({})", field.label(), super::figures::words_for(*field)),
        }
    }
}

/// Something that was looked for and not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// What.
    pub looked_for: Looked,
    /// The line from which on it was looked for; none where it was looked for in all of the letter.
    pub from_line: Option<usize>,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not found: {}", self.looked_for)?;
        match self.from_line {
            Some(line) => write!(f, ", from line {line} on"),
            None => Ok(()),
        }
    }
}

/// Something that was found, and does not fit. It is kept as printed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Warning {
    /// A figure that is printed twice, and not as the same.
    #[error("line {line}: {} is {other} here, and {shown} before – the first is kept", .field.label())]
    PrintedTwice {
        /// The figure.
        field: Field,
        /// The one that is kept.
        shown: Value,
        /// The other.
        other: Value,
        /// The other's line.
        line: usize,
    },
    /// A number that cannot be what its words say that it is.
    #[error("line {line}: {}: {found:?} is not {expected} – left out", .field.label())]
    NotItsNumber {
        /// The figure.
        field: Field,
        /// What stands there.
        found: String,
        /// What should.
        expected: &'static str,
        /// On which line.
        line: usize,
    },
    /// Figures that contradict each other: 13 of 24, and 80%.
    #[error("{column}: {problem} – {}", .problem.remedy())]
    Contradiction {
        /// The column of the figure that it is about.
        column: &'static str,
        /// What contradicts what.
        problem: Problem,
    },
    /// A table whose total is not the sum of what stands before it.
    #[error("line {line}: the decisions add up to {sum}, and the total is {total} – kept as printed")]
    TotalOff {
        /// What they add up to.
        sum: u32,
        /// What is printed.
        total: u32,
        /// The total's line.
        line: usize,
    },
    /// A table that cannot be read as one.
    #[error(
        "line {line}: {numbers} numbers below {headings} headings that are known – the table is left as text, and no \
         figure is taken from it"
    )]
    NoTable {
        /// As many numbers.
        numbers: usize,
        /// As many headings.
        headings: usize,
        /// The line on which it begins.
        line: usize,
    },
    /// The letter speaks of one year, its statistics of another.
    #[error("line {line}: the letter is about {other}, its statistics about {shown} – the statistics’ year is kept")]
    YearsDiffer {
        /// The year that is kept.
        shown: ReportingYear,
        /// The other.
        other: ReportingYear,
        /// The other's line.
        line: usize,
    },
    /// No total of investigations is printed: it is the sum of those upheld and those not.
    #[error("investigations: {upheld} upheld and {not_upheld} not upheld make {sum}; the letter prints no sum")]
    Summed {
        /// Upheld.
        upheld: u32,
        /// Not upheld.
        not_upheld: u32,
        /// Together.
        sum: u32,
    },
}
