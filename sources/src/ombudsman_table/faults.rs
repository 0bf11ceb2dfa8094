//! What is odd about a cell or a row of a table that is read all the same.

use std::fmt;
use upheld_domain::{
    error::ValueError,
    figures::{Count, Field, Percentage},
};

/// A cell that holds no figure that can be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellFault {
    /// Something else than a number of the column's kind.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// An error of the spreadsheet program.
    #[error("\"{found}\" is an error of the spreadsheet program")]
    SpreadsheetError {
        /// The text as it was found.
        found: String,
    },
    /// A comma where a point is expected.
    #[error("\"{found}\" has a comma that separates no thousands")]
    Comma {
        /// The text as it was found.
        found: String,
    },
    /// A percentage of which it cannot be told whether it is a fraction.
    #[error("\"{found}\" may be {found}% or a fraction of one: the column does not tell")]
    FractionOrPercent {
        /// The text as it was found.
        found: String,
    },
}

impl CellFault {
    /// What to do about it.
    #[must_use]
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Value(_) => "correct it, show fewer decimals, or leave it empty where nothing is known",
            Self::SpreadsheetError { .. } => "correct the formula, or leave the cell empty",
            Self::Comma { .. } => "write decimals with a point",
            Self::FractionOrPercent { .. } => {
                "show the column as percentages in a spreadsheet program, and save it again"
            }
        }
    }
}

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct CellProblem {
    /// The row, as an editor counts.
    pub row: u64,
    /// The column's heading.
    pub column: String,
    /// What is wrong there.
    #[source]
    pub fault: CellFault,
}

impl fmt::Display for CellProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}: {}: {} – {}", self.row, self.column, self.fault, self.fault.remedy())
    }
}

/// What contradicts itself within a row. Its figures are kept as printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// More of the part than of the whole.
    #[error("{part} {} but {whole} {}", .part_of.label(), .whole_of.label())]
    MoreThanWhole {
        /// The field that is a part.
        part_of: Field,
        /// Its value.
        part: Count,
        /// The field of which it is.
        whole_of: Field,
        /// Its value.
        whole: Count,
    },
    /// A rate that the counts beside it do not give, by more than rounding.
    #[error("{} {printed}% beside {part} of {whole}", .rate.label())]
    RateAgainstCounts {
        /// The rate.
        rate: Field,
        /// As printed.
        printed: Percentage,
        /// The count above the line.
        part: Count,
        /// The count below it.
        whole: Count,
    },
    /// Investigations that are not the upheld and the others together.
    #[error("{investigations} investigations beside {upheld} upheld and {not_upheld} not upheld")]
    InvestigationsAgainstParts {
        /// As printed.
        investigations: Count,
        /// As printed.
        upheld: Count,
        /// As printed.
        not_upheld: Count,
    },
    /// A name that stood in a row before.
    #[error("the name stands in row {first} too")]
    NameTwice {
        /// That row.
        first: u64,
    },
}

/// A contradiction with its row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row}: {what}")]
pub struct RowWarning {
    /// The row, as an editor counts.
    pub row: u64,
    /// What contradicts itself.
    pub what: Contradiction,
}
