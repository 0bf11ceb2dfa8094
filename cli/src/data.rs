//! The data folder: its files, read and checked.

use crate::{
    files::{self, FileError},
    finding::Finding,
};
use std::{collections::BTreeMap, path::Path};
use upheld_domain::{
    check::{Severity, Table},
    council::{Council, GssCode},
    error::EditionError,
    holdings::Holdings,
    register::Register,
};
use upheld_sources::{
    averages,
    changelog::{self, Change},
    council_names::{self, Decision},
    councils, edition_note,
    error::TableError,
    figures, national, public_reports,
    table::{Row, Table as Read},
};

/// The data folder.
pub(crate) struct Data {
    /// What its files hold, as far as it could be read.
    pub(crate) holdings: Holdings,
    /// What was found in them: file by file, row by row.
    pub(crate) findings: Vec<Finding>,
    /// The names of councils at the Office for National Statistics.
    pub(crate) statistics_names: Vec<(GssCode, String)>,
    /// What people decided about printed names.
    pub(crate) decisions: Vec<Decision>,
    /// What changed from edition to edition, the newest first.
    pub(crate) changes: Vec<Change>,
}

/// Reads and checks the files of `folder`. What is wrong with them is among the findings.
///
/// # Errors
/// A file that is missing or cannot be opened.
pub(crate) fn load(folder: &Path) -> Result<Data, FileError> {
    let mut loading = Loading { folder, rows: BTreeMap::new(), findings: Vec::new() };
    let edition = loading.file("edition.csv", edition_note::read)?;
    let edition = edition.unwrap_or_else(|errors| {
        loading.say(errors);
        upheld_domain::holdings::EditionNote::default()
    });
    let councils = loading.table(Table::Councils, councils::read)?;
    // Without the whole register nothing can be said of the rows that point to it.
    let register_is_whole = loading.findings.iter().all(|finding| finding.file != loading.name(Table::Councils));
    let statistics_names = councils.iter().map(|row| (row.council.code, row.ons_name.clone())).collect();
    let decisions = loading.decisions()?;
    let changes = loading.changes(&edition.date)?;
    let holdings = Holdings {
        edition,
        councils: councils.into_iter().map(|row| row.council).collect(),
        figures: loading.table(Table::Figures, figures::read)?,
        averages: loading.table(Table::Averages, averages::read)?,
        national: loading.table(Table::National, national::read)?,
        reports: loading.table(Table::PublicReports, public_reports::read)?,
        letters: Vec::new(),
        neighbours: Vec::new(),
        places: Vec::new(),
    };
    if register_is_whole {
        loading.check(&holdings);
        loading.check_decisions(&holdings.councils, &decisions);
    }
    let decisions = decisions.into_iter().map(|row| row.value).collect();
    let mut findings = loading.findings;
    findings.sort_by(|a, b| (&a.file, a.row).cmp(&(&b.file, b.row)));
    Ok(Data { holdings, findings, statistics_names, decisions, changes })
}

/// The register alone does not hold together, or cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RegisterError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{0}")]
    Table(TableError),
    #[error("{file}: {error}; see upheld check")]
    Contradiction { file: String, error: EditionError },
}

/// Reads the register of councils alone, and the name by which the Office for National Statistics knows each.
///
/// # Errors
/// The first thing that is wrong with it.
pub(crate) fn register(folder: &Path) -> Result<(Register, BTreeMap<GssCode, String>), RegisterError> {
    let path = folder.join(file_name(Table::Councils));
    let file = path.display().to_string();
    let table = councils::read(&file, &files::read(&path)?);
    if let Some(first) = table.errors.into_iter().next() {
        return Err(RegisterError::Table(first));
    }
    let ons_names = table.rows.iter().map(|row| (row.value.council.code, row.value.ons_name.clone())).collect();
    let register = Register::new(table.rows.into_iter().map(|row| row.value.council).collect());
    Ok((register.map_err(|error| RegisterError::Contradiction { file, error })?, ons_names))
}

struct Loading<'a> {
    folder: &'a Path,
    /// The number of each row of each table, in order.
    rows: BTreeMap<Table, Vec<u64>>,
    findings: Vec<Finding>,
}

impl Loading<'_> {
    fn file<T>(&self, name: &str, read: impl FnOnce(&str, &[u8]) -> T) -> Result<T, FileError> {
        let path = self.folder.join(name);
        Ok(read(&path.display().to_string(), &files::read(&path)?))
    }

    fn table<T>(&mut self, table: Table, read: impl FnOnce(&str, &[u8]) -> Read<T>) -> Result<Vec<T>, FileError> {
        let read = self.file(file_name(table), read)?;
        self.say(read.errors);
        self.rows.insert(table, read.rows.iter().map(|row| row.number).collect());
        Ok(read.rows.into_iter().map(|Row { value, .. }| value).collect())
    }

    fn decisions(&mut self) -> Result<Vec<Row<Decision>>, FileError> {
        let read = self.file(DECISIONS, council_names::read_decisions)?;
        self.say(read.errors);
        Ok(read.rows)
    }

    /// The changes, which stand with the newest first, and of which the newest are the edition's; `edition` is its date, or
    /// empty where it could not be read.
    fn changes(&mut self, edition: &str) -> Result<Vec<Change>, FileError> {
        let read = self.file(CHANGES, changelog::read)?;
        let complete = read.errors.is_empty();
        self.say(read.errors);
        for pair in read.rows.windows(2) {
            let [newer, older] = pair else { continue };
            if newer.value.date < older.value.date {
                let what = format!("{} stands below {}, which is older", older.value.date, newer.value.date);
                self.change_out_of_place(older.number, what, "put the newest changes first");
            }
        }
        match read.rows.iter().max_by(|a, b| a.value.date.cmp(&b.value.date).then(b.number.cmp(&a.number))) {
            Some(newest) if !edition.is_empty() && newest.value.date != edition => {
                let what = format!("the newest change is of {}, the edition of {edition}", newest.value.date);
                let remedy =
                    "say what changed with this edition, in a row with its date; or correct the date in edition.csv";
                self.change_out_of_place(newest.number, what, remedy);
            }
            None if complete => {
                let remedy = "say what changed with this edition, in a row with its date";
                self.change_out_of_place(1, "no change at all".to_owned(), remedy);
            }
            _ => {}
        }
        Ok(read.rows.into_iter().map(|row| row.value).collect())
    }

    fn change_out_of_place(&mut self, row: u64, what: String, remedy: &str) {
        self.findings.push(Finding {
            severity: Severity::Error,
            file: self.folder.join(CHANGES).display().to_string(),
            row: Some(row),
            column: Some("date".to_owned()),
            what,
            remedy: remedy.to_owned(),
        });
    }

    fn check_decisions(&mut self, councils: &[Council], decisions: &[Row<Decision>]) {
        let knows = |code: GssCode| {
            let codes = |council: &Council| {
                council.code == code || council.former_codes.iter().any(|former| former.code == code)
            };
            councils.iter().any(codes)
        };
        for Row { number, value } in decisions {
            let Some(code) = value.code.filter(|code| !knows(*code)) else { continue };
            self.findings.push(Finding {
                severity: Severity::Error,
                file: self.folder.join(DECISIONS).display().to_string(),
                row: Some(*number),
                column: Some("code".to_owned()),
                what: format!("no council in councils.csv has the code {code}"),
                remedy: "correct it, or leave it empty where the name is no council's".to_owned(),
            });
        }
    }

    fn say(&mut self, errors: Vec<TableError>) {
        self.findings.extend(errors.into_iter().map(Finding::from));
    }

    fn name(&self, table: Table) -> String {
        self.folder.join(file_name(table)).display().to_string()
    }

    fn check(&mut self, holdings: &Holdings) {
        for found in holdings.check() {
            let numbers = self.rows.get(&found.table);
            let finding = Finding {
                severity: found.problem.severity(),
                file: self.name(found.table),
                row: found.row.and_then(|row| numbers?.get(row).copied()),
                column: Some(found.column.to_owned()),
                what: found.problem.to_string(),
                remedy: found.problem.remedy(),
            };
            self.findings.push(finding);
        }
    }
}

/// The file of decisions about names.
const DECISIONS: &str = "name_decisions.csv";

/// The file of what changed from edition to edition.
const CHANGES: &str = "changelog.csv";

/// A table's file in the data folder.
const fn file_name(table: Table) -> &'static str {
    match table {
        Table::Councils => "councils.csv",
        Table::Figures => "figures.csv",
        Table::Averages => "averages.csv",
        Table::National => "national.csv",
        Table::PublicReports => "public_reports.csv",
    }
}
