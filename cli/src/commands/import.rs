//! `upheld import`: takes outside files in, a command for each kind.

mod boundaries;
mod changes;
mod figures;
mod letter;

/// What is taken in.
#[derive(clap::Subcommand)]
pub(crate) enum Import {
    /// The Ombudsman's yearly tables, as CSV, XLSX or ODS.
    Figures(figures::Arguments),
    /// An annual letter, as PDF or text.
    Letter(letter::Arguments),
    /// Boundaries of the Office for National Statistics, as GeoJSON.
    Boundaries(boundaries::Arguments),
}

/// Takes it in.
pub(crate) fn run(import: &Import) -> Result<(), Box<dyn std::error::Error>> {
    match import {
        Import::Figures(arguments) => Ok(figures::run(arguments)?),
        Import::Letter(arguments) => Ok(letter::run(arguments)?),
        Import::Boundaries(arguments) => Ok(boundaries::run(arguments)?),
    }
}
