//! Why a file, or a sheet of it, cannot be read, and what to do.

use super::subject::Subject;
use upheld_domain::year::ReportingYear;

/// Why a file gives no table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// More bytes than are read.
    #[error("the file has {bytes} bytes, and at most {most} are read")]
    TooLarge {
        /// The file's.
        bytes: usize,
        /// As many as are read.
        most: usize,
    },
    /// Nothing at all.
    #[error("the file is empty")]
    Empty,
    /// Some other kind of file.
    #[error("{0}, not a table as CSV, XLSX or ODS")]
    OtherFormat(OtherFormat),
    /// More of something than is read.
    #[error("more than {most} {what}")]
    TooMuch {
        /// Of what, in the plural.
        what: &'static str,
        /// As many as are read.
        most: usize,
    },
    /// A file that contradicts its own format.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// Text in a coding that cannot be told.
    #[error("line {line} is neither UTF-8 nor Windows-1252 text")]
    NotText {
        /// The line, counted as an editor counts.
        line: u64,
    },
    /// A quotation mark that is never closed.
    #[error("the quotation mark in line {line} is never closed")]
    OpenQuote {
        /// The line, counted as an editor counts.
        line: u64,
    },
    /// The one sheet, or the one that came nearest, cannot be taken.
    #[error(transparent)]
    Sheet(#[from] SheetFault),
    /// No sheet fits.
    #[error("none of the {} sheets is one of the Ombudsman’s tables", .0.len())]
    NoSheet(Vec<SheetLeft>),
}

impl ReadError {
    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::TooLarge { .. } | Self::TooMuch { .. } => {
                "open the Ombudsman’s own file, or save only the sheet with the table".to_owned()
            }
            Self::Empty => "download the file again".to_owned(),
            Self::OtherFormat(format) => format.remedy().to_owned(),
            Self::Damaged(_) => {
                "download the file again, or open it in a spreadsheet program and save it as CSV".to_owned()
            }
            Self::NotText { .. } => "save the file as CSV in UTF-8".to_owned(),
            Self::OpenQuote { .. } => "close it, or save the table as CSV again".to_owned(),
            Self::Sheet(fault) => fault.remedy(),
            Self::NoSheet(sheets) => sheets.iter().map(SheetLeft::to_string).collect::<Vec<_>>().join("; "),
        }
    }
}

/// Files that are mistaken for a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OtherFormat {
    /// A workbook of before 2007, or one that a password protects: both begin alike.
    #[error("an old or protected workbook (XLS)")]
    OldWorkbook,
    /// A PDF.
    #[error("a PDF")]
    Pdf,
    /// A web page.
    #[error("a web page")]
    WebPage,
    /// JSON.
    #[error("JSON")]
    Json,
    /// A zip file that is no workbook.
    #[error("a zip file that is no workbook")]
    Zip,
    /// Bytes that are no text.
    #[error("bytes that are no text")]
    Binary,
}

impl OtherFormat {
    const fn remedy(self) -> &'static str {
        match self {
            Self::OldWorkbook => "open it in a spreadsheet program and save it as XLSX or CSV, without a password",
            Self::Pdf => "take the CSV or XLSX file of the same tables",
            Self::WebPage => "download the file itself: this is the page around it",
            Self::Json | Self::Binary => "take the CSV, XLSX or ODS file of the tables",
            Self::Zip => "unpack it, and open the file that is in it",
        }
    }
}

/// Why a sheet cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetFault {
    /// Nothing in it.
    #[error("the sheet is empty")]
    Empty,
    /// Whoever made the workbook has hidden it.
    #[error("the sheet is hidden")]
    Hidden,
    /// No row is a header that is known.
    #[error(
        "no row of the first {within} names a column of councils and a figure of decisions, compliance, satisfactory \
         remedies or the overview; the fullest row says {}", quoted(.nearest)
    )]
    NoHeader {
        /// As many rows as were looked at.
        within: usize,
        /// The first headings of the row with the most texts.
        nearest: Vec<String>,
    },
    /// A table of which Upheld shows nothing, such as one of complaints received.
    #[error("a table of {0}, in which nothing is of those figures that Upheld shows")]
    NothingToTake(Subject),
    /// Nothing says of which year the table is.
    #[error("nothing says of which year the table is{}", candidates(.found))]
    YearUnknown {
        /// The years that are spoken of, where there are several.
        found: Vec<ReportingYear>,
    },
    /// The file says one year here, and another there.
    #[error("{} says {}, {} says {}", .one.from, .one.year, .other.from, .other.year)]
    YearsDiffer {
        /// Where one is said.
        one: YearSaid,
        /// Where another is said.
        other: YearSaid,
    },
    /// The table is not of the subject that was asked for.
    #[error("the table is about {found}, not {asked}")]
    SubjectsDiffer {
        /// The subject that was asked for.
        asked: Subject,
        /// The subject of its columns.
        found: Subject,
    },
}

fn quoted(headings: &[String]) -> String {
    let quoted: Vec<String> = headings.iter().map(|heading| format!("“{heading}”")).collect();
    if quoted.is_empty() { "nothing".to_owned() } else { quoted.join(", ") }
}

fn candidates(found: &[ReportingYear]) -> String {
    let years: Vec<String> = found.iter().map(ToString::to_string).collect();
    if years.is_empty() { String::new() } else { format!(" ({} are spoken of)", years.join(", ")) }
}

impl SheetFault {
    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        let remedy = match self {
            Self::Empty => "take the sheet with the table",
            Self::Hidden => "show it in a spreadsheet program, if it is the one that is meant",
            Self::NoHeader { .. } => {
                "take the file with one row for each council, headed by a row such as \
                 “Authority name, Not upheld, Upheld, Uphold rate”"
            }
            Self::NothingToTake(_) => {
                "take the table of decisions, compliance or satisfactory remedies, or the overview"
            }
            Self::YearUnknown { .. } => "say which reporting year it is, such as 2023-24",
            Self::YearsDiffer { .. } => {
                "say the right year, and correct the name of the file or the title that is wrong"
            }
            Self::SubjectsDiffer { .. } => "take the other file, or do not say what it is about",
        };
        remedy.to_owned()
    }
}

/// A year, and where it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearSaid {
    /// The year.
    pub year: ReportingYear,
    /// Where it is said.
    pub from: YearFrom,
}

/// Where a table's year is said, in the order in which one is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum YearFrom {
    /// By whoever opens the file.
    #[error("what was asked for")]
    Hint,
    /// In a column of the table.
    #[error("the column of years")]
    Column,
    /// In the rows above the header.
    #[error("the title")]
    Title,
    /// In the sheet's name.
    #[error("the name of the sheet")]
    SheetName,
    /// In the file's name.
    #[error("the name of the file")]
    FileName,
    /// In the headings of its columns.
    #[error("the headings")]
    Headings,
}

/// A sheet that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLeft {
    /// Its name; none in a file without sheets.
    pub name: Option<String>,
    /// Why.
    pub why: SheetFault,
}

impl std::fmt::Display for SheetLeft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} – {}", self.name.as_deref().unwrap_or("the table"), self.why, self.why.remedy())
    }
}
