//! `upheld completions` and `upheld man`: the command, as a shell and a manual know it.

use crate::files::{self, FileError};
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man as Page;
use std::{
    io::{self, Write as _},
    path::PathBuf,
};

/// What `upheld completions` is given.
#[derive(clap::Args)]
pub(crate) struct Completions {
    /// The shell.
    shell: Shell,
}

/// What `upheld man` is given.
#[derive(clap::Args)]
pub(crate) struct Man {
    /// Folder that the pages of all commands are written to, in place of printing the first.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("it cannot be printed: {0}")]
    Output(#[from] io::Error),
}

/// Prints what makes a shell complete `command`.
pub(crate) fn completions(arguments: &Completions, command: &mut Command) -> Result<(), Error> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, command, "upheld", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(())
}

/// Prints the manual page of `command`, or writes those of all commands below it.
pub(crate) fn man(arguments: &Man, command: Command) -> Result<(), Error> {
    let Some(folder) = &arguments.out else {
        return Ok(Page::new(command).render(&mut io::stdout().lock())?);
    };
    let mut command = command.disable_help_subcommand(true);
    command.build();
    for (name, page) in pages(command) {
        let mut text = Vec::new();
        page.render(&mut text)?;
        files::write_if_changed(&folder.join(name), &text)?;
    }
    Ok(())
}

/// The page of `command`, and of all that are below it, each with the name of its file.
fn pages(command: Command) -> Vec<(String, Page)> {
    let below: Vec<Command> = command.get_subcommands().cloned().collect();
    let page = Page::new(command);
    let mut all = vec![(page.get_filename(), page)];
    all.extend(below.into_iter().flat_map(pages));
    all
}
