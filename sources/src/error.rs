//! What can be wrong with a table, where it is, and what to do.

use std::fmt;
use upheld_domain::error::ValueError;

/// What is wrong at one place of a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Bytes that are no UTF-8.
    #[error("bytes that are not UTF-8 text")]
    NotUtf8,
    /// Nothing at all.
    #[error("the file is empty")]
    EmptyFile,
    /// A column that the table must have and has not.
    #[error("the header does not name this column")]
    MissingColumn,
    /// A column that the table does not know.
    #[error("a column that is not known")]
    UnknownColumn {
        /// The columns that are.
        known: Vec<&'static str>,
    },
    /// A column that the header names more than once.
    #[error("the header names this column twice")]
    ColumnTwice,
    /// More or fewer cells than the header has.
    #[error("{found} cells, where the header has {expected}")]
    Cells {
        /// As many as the row has.
        found: usize,
        /// As many as the header has.
        expected: usize,
    },
    /// A line break within a cell.
    #[error("a line break inside a cell")]
    LineBreak,
    /// Nothing, where something must stand.
    #[error("empty, where there must be {expected}")]
    Empty {
        /// What was expected, with its article.
        expected: &'static str,
    },
    /// Spaces before or after.
    #[error("{found:?} begins or ends with a space")]
    Spaces {
        /// The text as it was found.
        found: String,
    },
    /// A text that is not what its place demands.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// A second row in a table that has one.
    #[error("a second row")]
    SecondRow,
}

impl Fault {
    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::NotUtf8 => "save the file as UTF-8".to_owned(),
            Self::EmptyFile => "write the header and the rows, or take the file from the repository".to_owned(),
            Self::MissingColumn => "add the column; its cells may be empty where nothing is known".to_owned(),
            Self::UnknownColumn { known } => {
                format!("rename it or take it out; the table knows {}", known.join(", "))
            }
            Self::ColumnTwice => "take one of the two out".to_owned(),
            Self::Cells { .. } => "quote a cell that holds a comma, and write a comma for every empty cell".to_owned(),
            Self::LineBreak => "write the cell on one line, and close its quotation mark".to_owned(),
            Self::Empty { expected } => format!("write {expected}"),
            Self::Spaces { .. } => "take the spaces out".to_owned(),
            Self::Value(_) => "correct it, or leave it empty where nothing is known".to_owned(),
            Self::SecondRow => "keep one row".to_owned(),
        }
    }
}

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct TableError {
    /// The file, as its reader was told that it is called.
    pub file: String,
    /// The row, counted as an editor counts lines: the header is row 1.
    pub row: u64,
    /// The column; none where the whole row is meant.
    pub column: Option<String>,
    /// What is wrong there.
    #[source]
    pub fault: Fault,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.row)?;
        if let Some(column) = &self.column {
            write!(f, "{column}: ")?;
        }
        write!(f, "{} – {}", self.fault, self.fault.remedy())
    }
}
