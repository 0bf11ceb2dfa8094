//! The `upheld` command.

mod boundaries;
mod commands;
mod data;
mod files;
mod finding;
mod postcodes;
mod size;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

/// How well English councils handle complaints: checks the data, builds what is served, makes the boundaries.
#[derive(Parser)]
#[command(name = "upheld", version)]
struct Upheld {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check the data: every fault with its file, row, column and what to do.
    Check(commands::check::Arguments),
    /// Check the data and write the files that the app loads and that others reuse.
    Build(commands::build::Arguments),
    /// Print every number about a council in a year, with its inputs, its formula and its sources.
    Explain(commands::explain::Arguments),
    /// Take figures, letters or boundaries in: says what would change, then writes it in one step.
    #[command(subcommand)]
    Import(commands::import::Import),
    /// Make the boundaries, hex maps and postcodes in `geo/`, and the postcode sample, from the published packages.
    Geography(commands::geography::Arguments),
    /// Print what makes a shell complete the command.
    Completions(commands::manual::Completions),
    /// Print the manual page, or write the pages of all commands.
    Man(commands::manual::Man),
    /// Write the pages that stand before, and without, the app into a built site.
    Render(commands::render::Arguments),
}

fn main() -> ExitCode {
    // Bad usage ends in clap, with exit status 2.
    match run(Upheld::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("upheld: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(upheld: Upheld) -> Result<(), Box<dyn std::error::Error>> {
    match upheld.command {
        Command::Check(arguments) => Ok(commands::check::run(&arguments)?),
        Command::Build(arguments) => Ok(commands::build::run(&arguments)?),
        Command::Explain(arguments) => Ok(commands::explain::run(&arguments)?),
        Command::Import(import) => commands::import::run(&import),
        Command::Geography(arguments) => Ok(commands::geography::run(&arguments)?),
        Command::Completions(arguments) => Ok(commands::manual::completions(&arguments, &mut Upheld::command())?),
        Command::Man(arguments) => Ok(commands::manual::man(&arguments, Upheld::command())?),
        Command::Render(arguments) => Ok(commands::render::run(&arguments)?),
    }
}
