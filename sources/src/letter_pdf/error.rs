//! Why a PDF cannot be read as a letter.

use crate::letter_text::LetterError;

/// Why a PDF cannot be read as a letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A file that does not begin as a PDF does.
    #[error("not a PDF: it begins with {found:?}, not with \"%PDF-\" – open the letter as the Ombudsman publishes it")]
    NotPdf {
        /// How it begins.
        found: String,
    },
    /// A file that is larger than a letter is.
    #[error("{bytes} bytes, where a letter has {most} at most – is this the letter alone?")]
    TooLarge {
        /// As many as there are.
        bytes: usize,
        /// As many as there can be.
        most: usize,
    },
    /// A file that unpacks to more than a letter is.
    #[error("more than {most} {what}, which no letter has – is this the letter alone?")]
    TooMuch {
        /// What there is too much of.
        what: &'static str,
        /// As much as there can be.
        most: usize,
    },
    /// A file that cannot be read without a password, or was made not to be.
    #[error("the PDF is encrypted – save a copy that is not, or print it to a new PDF")]
    Encrypted,
    /// A file whose parts cannot be found or read.
    #[error("a broken PDF: {reason} – download it again")]
    Broken {
        /// What cannot be read.
        reason: String,
    },
    /// Pages without a letter on them.
    #[error(
        "no text in it: it is a scan – look for the letter on the Ombudsman’s website, or have the text recognised"
    )]
    Scan,
    /// Letters that are drawn, and not told.
    #[error(
        "of {letters} letters {unknown} are drawn in fonts that do not say which they are – print it to a new PDF, or copy \
         the text by hand"
    )]
    UnknownLetters {
        /// As many as are not known.
        unknown: usize,
        /// As many as there are.
        letters: usize,
    },
    /// A text that is no letter.
    #[error(transparent)]
    Letter(#[from] LetterError),
}
