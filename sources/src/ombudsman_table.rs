//! The Ombudsman's yearly tables, as CSV, XLSX or ODS: one for each subject, one row for each authority.
//!
//! Their makers change them from year to year, and nobody wrote them to be read by a program: titles and notes stand above the
//! header, totals and notes below it, numbers carry signs and marks. So the header is looked for, columns are known by
//! their words, and what is not known is listed. A figure is taken as printed or not at all; what is doubtful is said, with
//! what to do.
//!
//! A file from outside can be made to do harm: whatever it holds, reading it takes bounded work ([`Limits`]), and what is
//! wrong with it is a value, not a panic.

mod columns;
mod delimited;
mod error;
mod faults;
mod format;
mod grid;
mod header;
mod left_out;
mod limits;
mod numbers;
mod ods;
mod package;
mod sheet;
mod shown;
mod subject;
mod vetting;
mod wording;
mod xlsx;
mod years;

pub use columns::Meaning;
pub use error::{OtherFormat, ReadError, SheetFault, SheetLeft, YearFrom, YearSaid};
pub use faults::{CellFault, CellProblem, Contradiction, RowWarning};
pub use left_out::{LeftOut, RowLeft, RowsLeft};
pub use limits::Limits;
pub use numbers::Unit;
pub use sheet::{Column, Reading, SheetTable, TableRow};
pub use subject::Subject;

use format::Format;
use package::{Package, Unpacked};
use upheld_domain::year::ReportingYear;
use xlsx::Sheets;

/// What whoever opens a file knows of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints {
    /// Its reporting year.
    pub year: Option<ReportingYear>,
    /// What it is about.
    pub subject: Option<Subject>,
}

/// The tables of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OmbudsmanTable {
    /// The sheets that were read, in order: at least one.
    pub sheets: Vec<SheetTable>,
    /// The sheets that were not, and why.
    pub left: Vec<SheetLeft>,
}

/// Reads the tables in `bytes`, a file called `name`, within the default [`Limits`].
///
/// ```
/// use upheld_sources::ombudsman_table::{Hints, Subject, read};
/// let file = "Complaints decided 2023-24\n\nAuthority,Not upheld,Upheld,Uphold rate\nLuton Borough Council,11,13,54%\n";
/// let table = read("decided.csv", file.as_bytes(), Hints::default())?;
/// let sheet = &table.sheets[0];
/// assert_eq!((sheet.subject, sheet.year.key(), sheet.header_row), (Subject::Decided, 2024, 3));
/// assert_eq!(sheet.rows[0].figures.investigations, Some(24));
/// # Ok::<(), upheld_sources::ombudsman_table::ReadError>(())
/// ```
///
/// # Errors
/// Where the file is no table, or none of its sheets is one of the Ombudsman's.
pub fn read(name: &str, bytes: &[u8], hints: Hints) -> Result<OmbudsmanTable, ReadError> {
    read_within(name, bytes, hints, &Limits::default())
}

/// Reads the tables in `bytes`, a file called `name`, within `limits`.
///
/// # Errors
/// As [`read`].
pub fn read_within(name: &str, bytes: &[u8], hints: Hints, limits: &Limits) -> Result<OmbudsmanTable, ReadError> {
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len(), most: limits.file_bytes });
    }
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let Sheets { grids, mut left } = match format::of(bytes)? {
        Format::Text => Sheets { grids: vec![delimited::read(bytes, limits)?], left: Vec::new() },
        Format::Zip => workbook(bytes, limits)?,
    };
    let mut sheets = Vec::new();
    for grid in &grids {
        match sheet::read(name, grid, hints, limits) {
            Ok(table) => sheets.push(table),
            Err(why) => left.push(SheetLeft { name: grid.name.clone(), why }),
        }
    }
    if sheets.is_empty() { Err(refusal(left)) } else { Ok(OmbudsmanTable { sheets, left }) }
}

fn workbook(bytes: &[u8], limits: &Limits) -> Result<Sheets, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    if let Some(content) = package.place(ods::CONTENT) {
        let content = package.unpack(content, Unpacked::new(limits))?;
        return Ok(Sheets { grids: ods::read(content, limits)?, left: Vec::new() });
    }
    if package.place("_rels/.rels").is_some() {
        return xlsx::read(&mut package, limits);
    }
    Err(ReadError::OtherFormat(OtherFormat::Zip))
}

/// The error of a file of which every sheet was `left`: that of the one sheet that would have been read but for one
/// answer, if there is one.
fn refusal(left: Vec<SheetLeft>) -> ReadError {
    let nearly = |sheet: &&SheetLeft| {
        matches!(
            sheet.why,
            SheetFault::YearUnknown { .. } | SheetFault::YearsDiffer { .. } | SheetFault::SubjectsDiffer { .. }
        )
    };
    match (left.iter().find(nearly), left.as_slice()) {
        (Some(sheet), _) | (None, [sheet]) => ReadError::Sheet(sheet.why.clone()),
        _ => ReadError::NoSheet(left),
    }
}
