//! Findings: what a check says about the files, each with its place and what to do.

use serde::Serialize;
use std::fmt;
use upheld_domain::check::Severity;
use upheld_sources::error::TableError;

/// Something that was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    /// Whether it stands in the way of an edition.
    #[serde(serialize_with = "key")]
    pub(crate) severity: Severity,
    /// The file.
    pub(crate) file: String,
    /// The row, counted as an editor counts lines; none where the file as a whole is meant.
    pub(crate) row: Option<u64>,
    /// The column; none where a whole row is meant.
    pub(crate) column: Option<String>,
    /// What was found.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) remedy: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn key<S: serde::Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.key())
}

impl Finding {
    /// Whether no edition can be made of the data.
    pub(crate) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if let Some(row) = self.row {
            write!(f, "{row}:")?;
        }
        if let Some(column) = &self.column {
            write!(f, " {column}:")?;
        }
        write!(f, " {} – {}", self.what, self.remedy)
    }
}

impl From<TableError> for Finding {
    fn from(error: TableError) -> Self {
        Self {
            severity: Severity::Error,
            remedy: error.fault.remedy(),
            what: error.fault.to_string(),
            file: error.file,
            row: Some(error.row),
            column: error.column,
        }
    }
}
