//! What an import would change in `figures.csv`: said, checked, written.

use crate::{
    commands::check::counted,
    data::{self, Data},
    files::{self, FileError},
};
use serde::Serialize;
use std::{
    io::{self, Write},
    path::Path,
};
use upheld_domain::{
    check::{Finding, Severity},
    error::EditionError,
    holdings::{Entry, Holdings},
    import::{Effect, Plan, Step},
    register::Register,
};
use upheld_sources::figures;

/// What can go wrong with what would be held.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("the data has errors already; run upheld check, and correct them first")]
    Held,
    #[error("the register contradicts itself: {0}; see upheld check")]
    Register(#[from] EditionError),
    #[error("{0}; nothing was written. Correct the file, or import its tables one by one, each with its own --source")]
    Contradictions(String),
    #[error("{0}; nothing was written")]
    Faults(String),
    #[error("what would change cannot be printed: {0}")]
    Output(#[from] io::Error),
    #[error("what would change cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// What is held in `folder`, with its register.
///
/// # Errors
/// Where it cannot be read, or has errors already.
pub(crate) fn held(folder: &Path) -> Result<(Data, Register), Error> {
    let data = data::load(folder)?;
    if data.findings.iter().any(crate::finding::Finding::is_error) {
        return Err(Error::Held);
    }
    let register = Register::new(data.holdings.councils.clone())?;
    Ok((data, register))
}

/// What an import would change.
pub(crate) struct Changes {
    plan: Plan,
    holdings: Holdings,
    register: Register,
}

/// The same, for scripts.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// Rows that are new.
    new: usize,
    /// Rows that are added to or corrected.
    changed: usize,
    /// Rows that are held already.
    unchanged: usize,
    /// Figures in which another source differs.
    differences: usize,
    /// Row by row.
    rows: Vec<RowReport>,
}

#[derive(Debug, Serialize)]
struct RowReport {
    code: String,
    council: String,
    year: String,
    effect: &'static str,
    changes: Vec<ChangeReport>,
    differences: Vec<DifferenceReport>,
}

#[derive(Debug, Serialize)]
struct ChangeReport {
    field: &'static str,
    before: Option<String>,
    after: String,
}

#[derive(Debug, Serialize)]
struct DifferenceReport {
    field: &'static str,
    imported: String,
    other: String,
    other_source: String,
    imported_is_shown: bool,
}

impl Changes {
    /// What importing `entries` into `data` would change.
    ///
    /// # Errors
    /// Where the entries contradict each other, or what would be held cannot be.
    pub(crate) fn of(data: &Data, entries: &[Entry]) -> Result<Self, Error> {
        let register = Register::new(data.holdings.councils.clone())?;
        let plan = Plan::of(&data.holdings.figures, entries, &register);
        let said: Vec<String> = plan
            .contradictions
            .iter()
            .map(|it| {
                let (council, year, field) = (&it.entry.authority, it.entry.year, it.field.label());
                format!("{council} in {year} has {field} {} and {}", it.one, it.other)
            })
            .collect();
        if !said.is_empty() {
            return Err(Error::Contradictions(said.join("\n")));
        }
        let holdings = Holdings { figures: plan.figures().to_vec(), ..data.holdings.clone() };
        let changes = Self { plan, holdings, register };
        changes.check(&data.holdings)?;
        Ok(changes)
    }

    /// Refuses what `upheld check` would refuse, where it was not so before.
    fn check(&self, before: &Holdings) -> Result<(), Error> {
        let is_error = |finding: &Finding| finding.problem.severity() == Severity::Error;
        let errors_before = before.check().into_iter().filter(is_error).count();
        let errors: Vec<Finding> = self.holdings.check().into_iter().filter(is_error).collect();
        if errors.len() <= errors_before {
            return Ok(());
        }
        let said = errors.iter().map(|finding| {
            let entry = finding.row.and_then(|row| self.holdings.figures.get(row));
            let about = entry.map(|entry| format!("{} in {}: ", entry.authority, entry.year)).unwrap_or_default();
            format!("{about}{}: {} – {}", finding.column, finding.problem, finding.problem.remedy())
        });
        Err(Error::Faults(said.collect::<Vec<_>>().join("\n")))
    }

    /// Whether anything would change.
    pub(crate) fn is_empty(&self) -> bool {
        self.plan.added() + self.plan.changed() == 0
    }

    /// For scripts.
    pub(crate) fn report(&self) -> Report {
        let rows: Vec<RowReport> = self.plan.steps.iter().map(|step| self.row(step)).collect();
        Report {
            new: self.plan.added(),
            changed: self.plan.changed(),
            unchanged: self.plan.unchanged(),
            differences: rows.iter().map(|row| row.differences.len()).sum(),
            rows,
        }
    }

    fn row(&self, step: &Step) -> RowReport {
        let council = self.register.by_code(step.entry.code).and_then(|id| self.register.get(id));
        let (effect, changes) = match &step.effect {
            Effect::New => ("new", Vec::new()),
            Effect::Nothing => ("unchanged", Vec::new()),
            Effect::Changed(changes) => ("changed", changes.clone()),
        };
        let changes = changes.iter().map(|change| ChangeReport {
            field: change.field.label(),
            before: change.before.map(|before| before.to_string()),
            after: change.after.to_string(),
        });
        let differences = step.differences.iter().map(|it| DifferenceReport {
            field: it.field.label(),
            imported: it.imported.to_string(),
            other: it.other.to_string(),
            other_source: it.source.clone(),
            imported_is_shown: it.imported_is_shown,
        });
        RowReport {
            code: step.entry.code.to_string(),
            council: council.map_or_else(|| step.entry.authority.clone(), |council| council.name.clone()),
            year: step.entry.year.to_string(),
            effect,
            changes: changes.collect(),
            differences: differences.collect(),
        }
    }

    /// Says it to a person: rows whose figures are corrected and figures in which sources differ one by one, the others counted.
    pub(crate) fn say(&self, out: &mut impl Write) -> io::Result<()> {
        let report = self.report();
        for row in &report.rows {
            for change in row.changes.iter().filter(|change| change.before.is_some()) {
                let before = change.before.as_deref().unwrap_or_default();
                writeln!(out, "  {}, {}: {}: {before} becomes {}", row.council, row.year, change.field, change.after)?;
            }
            for it in &row.differences {
                let shown = if it.imported_is_shown { "this file’s is shown" } else { "the other is shown" };
                let (council, year, field) = (&row.council, &row.year, it.field);
                writeln!(
                    out,
                    "  {council}, {year}: {field}: {} here, {} in {}; {shown}",
                    it.imported, it.other, it.other_source
                )?;
            }
        }
        writeln!(
            out,
            "figures.csv: {} new, {} added to or corrected, {} held already; {} in which another source differs",
            counted(report.new, "row"),
            report.changed,
            report.unchanged,
            counted(report.differences, "figure"),
        )
    }

    /// Writes `figures.csv` in `folder`, in one step.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), FileError> {
        files::write_if_changed(&folder.join("figures.csv"), figures::write_held(self.plan.figures()).as_bytes())
    }
}
