//! `upheld import`: brings outside files into the data, a command for each kind.

mod boundaries;

/// What can be imported.
#[derive(clap::Subcommand)]
pub(crate) enum Import {
    /// Boundaries of the Office for National Statistics, as GeoJSON.
    Boundaries(boundaries::Arguments),
}

/// Imports a file.
pub(crate) fn run(import: &Import) -> Result<(), Box<dyn std::error::Error>> {
    match import {
        Import::Boundaries(arguments) => Ok(boundaries::run(arguments)?),
    }
}
