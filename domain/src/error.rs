//! What can be wrong with a value that comes from outside.

/// A text that is not what its place demands: a code, a slug, a year, a number.
///
/// Says what was found and what was expected; where it stood (file, row, column) is added by the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{found}\" is not {expected}")]
pub struct ValueError {
    /// The text as it was found.
    pub found: String,
    /// What was expected, with its article: "a GSS code such as E06000032".
    pub expected: &'static str,
}

impl ValueError {
    /// An error about `found`, where `expected` was wanted.
    #[must_use]
    pub fn new(found: impl Into<String>, expected: &'static str) -> Self {
        Self { found: found.into(), expected }
    }
}

/// A place in a file of the page that is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable {
    /// The column, or the value where it stands in no table.
    pub column: &'static str,
    /// The place of the row.
    pub row: Option<usize>,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.row {
            Some(row) => write!(f, "{}, row {}: not what it should be", self.column, row + 1),
            None => write!(f, "{}: not what it should be", self.column),
        }
    }
}

impl std::error::Error for Unreadable {}

/// An edition, or a part of it, that contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditionError {
    /// Two councils of the register claim one code.
    #[error("the code {0} belongs to two councils of the register")]
    CodeTwice(String),
    /// Two councils of the register claim one slug.
    #[error("the slug {0} belongs to two councils of the register")]
    SlugTwice(String),
    /// A row speaks of a council that the register does not hold.
    #[error("the code {0} is not in the register")]
    UnknownCode(String),
    /// A file that is not what it should be.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// A file that is not of the edition to which it was to be added.
    #[error("the file is not of the edition of {0}: load the page again")]
    OtherEdition(String),
}
