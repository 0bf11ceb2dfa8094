//! Reading: what a file that somebody opens gives, in plain words and typed figures.
//!
//! The page has its files read by a program of its own, off the main thread; what that found travels to the page as JSON,
//! in these types. The command line says the same of a table in the same words.

mod answers;
#[cfg(all(feature = "tables", feature = "letters"))]
mod file;
#[cfg(feature = "tables")]
mod sheet;

pub use answers::{Answers, Taken, take};
#[cfg(all(feature = "tables", feature = "letters"))]
pub use file::{read, too_large};

use crate::council_names::Decision;
use serde::{Deserialize, Serialize};
use upheld_domain::{council::GssCode, evidence::SourceKind, figures::Figures, letter::Letter, year::ReportingYear};

/// What a file gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileReading {
    /// Tables of the Ombudsman's.
    Tables {
        /// The sheets that were read.
        sheets: Vec<SheetReading>,
        /// Those that were not, each with why and what to do.
        left: Vec<String>,
    },
    /// A table of figures in Upheld's own form, with the sources that it names.
    Own {
        /// Its rows.
        rows: Vec<ReadRow>,
    },
    /// An annual letter.
    Letter(Box<LetterReading>),
    /// Nothing: the file cannot be taken.
    Refused(Refusal),
}

/// What is known of a row that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadRow {
    /// The council's code in that year.
    pub code: GssCode,
    /// Its name, as printed.
    pub name: String,
    /// The year.
    pub year: ReportingYear,
    /// What is printed.
    pub figures: Figures,
    /// Who prints it.
    pub kind: SourceKind,
    /// Where, as far as the file itself says; empty where it does not.
    pub source: String,
}

/// What a sheet of a table gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetReading {
    /// The sheet's name; none in a file without sheets.
    pub sheet: Option<String>,
    /// What it is about: "complaints decided".
    pub subject: String,
    /// Its year.
    pub year: ReportingYear,
    /// Where that is said: "the title".
    pub year_said_by: Vec<String>,
    /// The first row of its header, as an editor counts.
    pub header_row: u64,
    /// The rows whose council is known.
    pub rows: Vec<ReadRow>,
    /// The rows whose council is not.
    pub questions: Vec<Question>,
    /// Rows of no council, what they are and how many: ("totals", 1).
    pub left_out: Vec<(String, u64)>,
    /// Columns that were not read, each with why.
    pub columns_not_read: Vec<String>,
    /// Cells whose figure could not be taken, each with what to do.
    pub problems: Vec<String>,
    /// Rows that contradict themselves.
    pub warnings: Vec<String>,
    /// Problems and warnings beyond those that are listed.
    pub unlisted: u64,
}

/// A row of which it is not known which council it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The row, as an editor counts.
    pub row: u64,
    /// The name, as printed.
    pub name: String,
    /// Why, before the names of the councils that may be meant.
    pub why: String,
    /// The councils that may be meant, the likeliest first.
    pub councils: Vec<GssCode>,
    /// What is printed.
    pub figures: Figures,
}

/// What a letter gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LetterReading {
    /// The letter.
    pub letter: Letter,
    /// The council that it is to, where that can be told.
    pub council: Option<GssCode>,
    /// The councils that may be meant, where it cannot.
    pub councils: Vec<GssCode>,
    /// What was looked for and not found.
    pub not_found: Vec<String>,
    /// What was found, and does not fit.
    pub warnings: Vec<String>,
}

/// Why a file cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub problem: String,
    /// What to do.
    pub remedy: String,
    /// Whether it can be read once somebody says its year.
    pub asks_year: bool,
    /// The years that it speaks of, where it asks.
    pub years: Vec<ReportingYear>,
}

/// What is known of printed names beyond the register: served beside the edition for whoever reads a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedNames {
    /// Councils' names at the Office for National Statistics.
    pub statistics: Vec<(GssCode, String)>,
    /// What people decided about odd names.
    pub decisions: Vec<Decision>,
}
