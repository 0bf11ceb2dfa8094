//! `upheld import boundaries`: makes the boundaries of one set of councils and tier from a file of the Office for National Statistics.

mod report;

use crate::{
    boundaries::{
        Measured,
        levels::{self, FOUR_DECIMALS, LEVELS, SPECK},
        population::Population,
    },
    data::{self, RegisterError},
    files::{self, FileError},
    finding::Finding,
};
use report::{Change, Outcome, Report, refusal, refusals};
use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};
use upheld_domain::{
    boundary::{
        Area, Misfit, Mosaic, MosaicFault, Position, Sample, Simplification, councils_over, roll_call, vintages_of,
    },
    council::{GssCode, Tier},
    register::{CouncilId, Register},
    year::ReportingYear,
};
use upheld_sources::{
    boundaries::{GeographyError, write_layer},
    ons_boundaries::{self, Division, Limits, OnsBoundaries},
    postcodes::read_sample,
};

/// What is said below the options.
const VINTAGE: &str = "\
A reporting year is named by the year in which it ends: councils as they were in May or December 2024 are those of 2025 (2024-25).

A vintage is a set of councils. It begins with a reporting year in which councils began or ended (by first_year and last_year in \
councils.csv), and holds until the next such year. Its boundaries are the files that bear its first year, such as \
geo/lower-2024.geojson and geo/lower-2024-detail.geojson. Boundaries of any of its years replace them. Where a year begins a new \
vintage, correct councils.csv first.

The files are written only if all of it is sound: exit status 1 if it is not, 2 for bad usage.";

/// What `upheld import boundaries` is given.
#[derive(clap::Args)]
#[command(after_help = VINTAGE)]
pub(crate) struct Arguments {
    /// GeoJSON with codes as LAD24CD or CTYUA24CD, of any year and level of detail, in degrees or in the British National Grid.
    file: PathBuf,
    /// Reporting year of the boundaries, such as 2025 or 2024-25.
    #[arg(long, value_name = "YEAR")]
    vintage: ReportingYear,
    /// lower: districts and single-tier councils; upper: counties and single-tier councils, for which districts are joined too.
    #[arg(long, value_name = "upper|lower")]
    tier: Tier,
    /// Folder with the register of councils.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Folder with the boundaries.
    #[arg(long, value_name = "DIR", default_value = "geo")]
    geo: PathBuf,
    /// Sample of postcodes: where it is, borders are kept more exactly where more people live, and the result is measured by it.
    #[arg(long, value_name = "FILE", default_value = "tests/postcodes-sample.txt")]
    sample: PathBuf,
    /// Say what would change, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print the summary as JSON, for scripts.
    #[arg(long)]
    json: bool,
}

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error("{file}: {error}")]
    Sample { file: String, error: GeographyError },
    #[error("{0}")]
    Refused(String),
    #[error("what was found cannot be printed: {0}")]
    Output(#[from] io::Error),
    #[error("what was found cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// Reads, checks and says what would change; writes only what is sound and within its budget.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Error> {
    let (register, _) = data::register(&arguments.data)?;
    let sample = sample(&arguments.sample)?;
    let bytes = files::read(&arguments.file)?;
    let mut report = Report::new(arguments, register.vintage(arguments.vintage));
    let made = make(arguments, &register, &bytes, sample.as_ref(), &mut report);
    drop(bytes);
    report.outcome = match &made {
        Err(_) => Outcome::Refused,
        Ok(files) if files.iter().all(|file| file.change == Change::None) => Outcome::NothingToChange,
        Ok(_) if arguments.dry_run => Outcome::DryRun,
        Ok(_) => Outcome::Written,
    };
    report.findings = made.as_ref().err().cloned().unwrap_or_default();
    if let (Outcome::Written, Ok(files)) = (report.outcome, &made) {
        for file in files.iter().filter(|file| file.change != Change::None) {
            files::write(&file.path, file.text.as_bytes())?;
        }
    }
    report.print(arguments.json)?;
    made.map(|_| ()).map_err(|findings| Error::Refused(refusals(&findings, arguments.json)))
}

/// A file that is to be written.
struct Made {
    path: PathBuf,
    text: String,
    change: Change,
}

type Findings = Vec<Finding>;

fn make(
    arguments: &Arguments,
    register: &Register,
    bytes: &[u8],
    sample: Option<&Sample>,
    report: &mut Report,
) -> Result<Vec<Made>, Findings> {
    let (file, tier, vintage) = (&arguments.file, arguments.tier, report.vintage);
    let read = ons_boundaries::read(bytes, &Limits::default())
        .map_err(|error| vec![refusal(file, error.to_string(), error.remedy())])?;
    report.read(&read);
    let councils = councils(arguments, register, &read)?;
    report.councils = councils.iter().map(|(_, shown_as)| shown_as).collect::<BTreeSet<_>>().len();
    let areas: Vec<Area<'_>> = councils
        .iter()
        .zip(&read.shapes)
        .map(|(&(own, shown_as), shape)| Area { own, shown_as, polygons: &shape.polygons })
        .collect();
    let mosaic = Mosaic::lay(register, vintage, &areas, FOUR_DECIMALS, SPECK).map_err(|faults| {
        faults.iter().map(|fault| refusal(file, fault.to_string(), remedy(fault))).collect::<Vec<_>>()
    })?;
    let population =
        sample.map(|sample| Population::of(sample.groups.iter().flat_map(|group| group.places.iter().copied())));
    let made_of = format!(
        "From the Office for National Statistics' boundaries with the codes {}, simplified once per shared border, by the command \
         `upheld import boundaries`.",
        read.property
    );
    let mut made = Vec::new();
    let mut missed = Vec::new();
    for level in LEVELS.iter().filter(|level| level.tier == tier) {
        let importance = |at: Position| population.as_ref().map_or(1.0, |population| population.importance(at, level));
        let by = Simplification { threshold: level.threshold, importance: &importance };
        let layer = mosaic.layer(register, vintage, by, SPECK);
        let path = arguments.geo.join(level.file_name(vintage));
        let faults = levels::faults(&layer, vintage, tier, register);
        missed.extend(
            faults.iter().map(|fault| refusal(&path, fault.to_string(), "take the file at another level of detail")),
        );
        let text = write_layer(&layer, &level.members(vintage, &made_of));
        let measured = level.measure(path.display().to_string(), &layer, &text, vintage, register, sample);
        missed.extend(measured.missed().map(|problem| refusal(&path, problem, finer_or_coarser(&measured))));
        let change = change(&path, &text);
        report.files.push((change, measured));
        made.push(Made { path, text, change });
    }
    if missed.is_empty() { Ok(made) } else { Err(missed) }
}

/// The council of each area, and the one that it is shown as.
fn councils(
    arguments: &Arguments,
    register: &Register,
    read: &OnsBoundaries,
) -> Result<Vec<(CouncilId, CouncilId)>, Findings> {
    let (file, year) = (&arguments.file, arguments.vintage);
    let codes: Vec<GssCode> = read.shapes.iter().map(|shape| shape.code).collect();
    let of = match (read.division, arguments.tier) {
        (Division::Districts, _) => Tier::Lower,
        (Division::Counties, Tier::Upper) => Tier::Upper,
        (Division::Counties, Tier::Lower) => {
            let what =
                format!("counties and unitary authorities ({}), which cannot be parted into districts", read.property);
            return Err(vec![refusal(
                file,
                what,
                "take the file of local authority districts (LAD), or ask for --tier upper",
            )]);
        }
    };
    let said = |misfits: Vec<Misfit>| {
        let fitting = vintages_of(register, &codes, of);
        let finding = |misfit: &Misfit| {
            let named = match misfit {
                Misfit::Unknown { code } => {
                    read.shapes.iter().find(|shape| shape.code == *code && !shape.name.is_empty())
                }
                _ => None,
            };
            let what = named.map_or_else(|| misfit.to_string(), |shape| format!("{}: {misfit}", shape.name));
            let of_other_year = matches!(misfit, Misfit::Ended { .. } | Misfit::NotYet { .. } | Misfit::Missing { .. });
            match fitting.first().filter(|_| of_other_year) {
                Some(fitting) => refusal(
                    file,
                    what,
                    &format!(
                        "the file has the councils of {fitting}: take the file of {year}, or ask for --vintage {}",
                        fitting.key()
                    ),
                ),
                None => refusal(file, what, &misfit.remedy()),
            }
        };
        misfits.iter().map(finding).collect::<Vec<_>>()
    };
    let own = roll_call(register, &codes, year, of).map_err(said)?;
    let shown_as =
        if of == arguments.tier { own.clone() } else { councils_over(register, &own, year).map_err(said)? };
    Ok(own.into_iter().zip(shown_as).collect())
}

fn sample(path: &Path) -> Result<Option<Sample>, Error> {
    if !path.exists() {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(&files::read(path)?).into_owned();
    read_sample(&text).map(Some).map_err(|error| Error::Sample { file: path.display().to_string(), error })
}

/// What writing a file would do.
fn change(path: &Path, text: &str) -> Change {
    match files::read(path) {
        Ok(held) if held == text.as_bytes() => Change::None,
        Ok(_) => Change::Replaced,
        Err(_) => Change::New,
    }
}

const fn remedy(fault: &MosaicFault) -> &'static str {
    match fault {
        MosaicFault::Crowded => {
            "take the file at a coarser level of detail: generalised (BGC) or super generalised (BSC)"
        }
        MosaicFault::Overlap { .. }
        | MosaicFault::Doubled { .. }
        | MosaicFault::Unsound(_)
        | MosaicFault::AreaDiffers { .. } => "download the file again; if it was edited, repair its geometry there",
    }
}

fn finer_or_coarser(measured: &Measured) -> &'static str {
    if measured.too_coarse().is_some() {
        "take the file at a finer level of detail: generalised (BGC) or full resolution (BFC)"
    } else {
        "take the file at a coarser level of detail: super generalised (BSC)"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missed_and_what_to_do_about_it_speak_of_the_same() {
        let measured = |share_percent, brotli| Measured {
            file: "lower-2024.geojson".to_owned(),
            councils: 296,
            vertices: 15_000,
            bytes: 400_000,
            brotli,
            most_brotli: Some(70_000),
            share_percent: Some(share_percent),
            least_share_percent: 99.0,
        };
        for (measured, missed, remedy) in [
            (measured(98.55, 50_000), "98.55% of postcodes in their own council, 99% wanted", "finer"),
            (measured(98.55, 80_000), "98.55% of postcodes in their own council, 99% wanted", "finer"),
            (measured(99.2, 80_000), "80000 bytes compressed, 70000 allowed", "coarser"),
        ] {
            assert_eq!(measured.missed().as_deref(), Some(missed));
            assert!(finer_or_coarser(&measured).contains(remedy));
        }
    }
}
