//! `upheld render`: writes the pages that stand before, and without, the program into a site that the bundler built.
//!
//! Every page is the built `index.html` with its own title, its own way back to the root of the site, and plain HTML
//! in the place that the program takes over. So each address is answered on any static host, from any base path. The cards below
//! `/embed/` are pages of their own.

mod embed;
mod england;
mod pages;
mod shell;
mod template;

use crate::{
    commands::check::counted,
    data::{self, Data},
    files::{self, FileError},
    finding::Finding,
};
use pages::Page;
use std::{
    io::{self, Write},
    path::PathBuf,
};
use template::{Template, TemplateError};
use upheld_domain::error::EditionError;
use upheld_sources::boundaries::{GeographyError, read_layer};

/// What `upheld render` is given.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the built site, with its index.html.
    #[arg(value_name = "DIST")]
    dist: PathBuf,
    /// Folder with the tables.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Folder with the boundaries.
    #[arg(long, value_name = "DIR", default_value = "geo")]
    geo: PathBuf,
    /// Where the root of the site will lie on its host. Only the page for what is not found needs it: it is
    /// shown at any address.
    #[arg(long, value_name = "PATH", default_value = "/", value_parser = public_url)]
    public_url: String,
}

/// A path that ends with a slash, as a base must.
fn public_url(text: &str) -> Result<String, String> {
    if text.ends_with('/') { Ok(text.to_owned()) } else { Err("it must end with a slash".to_owned()) }
}

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{file}: {error}")]
    Template { file: String, error: TemplateError },
    #[error("{file}: {error}; make the boundaries again: make data")]
    Boundaries { file: String, error: GeographyError },
    #[error("{file}: not UTF-8 text; build the site again")]
    NotText { file: String },
    #[error("{0} in the data; nothing was written, see upheld check")]
    Faults(String),
    #[error("the data contradicts itself: {0}; see upheld check")]
    Edition(#[from] EditionError),
    #[error("what was written cannot be printed: {0}")]
    Output(#[from] io::Error),
}

/// Makes every page, and only then writes them.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Error> {
    let Data { holdings, findings, .. } = data::load(&arguments.data)?;
    let errors = findings.iter().filter(|finding| Finding::is_error(finding)).count();
    if errors > 0 {
        return Err(Error::Faults(counted(errors, "error")));
    }
    let edition = holdings.edition()?;

    let first = pages::first_view(&edition);
    let vintage = edition.register().vintage(first.year);
    let shapes = arguments.geo.join(format!("{}-{}.geojson", first.tier.key(), vintage.key()));
    let unreadable = |error| Error::Boundaries { file: shapes.display().to_string(), error };
    let map = read_layer(&files::read(&shapes)?).map_err(unreadable)?;

    let index = arguments.dist.join("index.html");
    let name = || index.display().to_string();
    let built = String::from_utf8(files::read(&index)?).map_err(|_| Error::NotText { file: name() })?;
    let deferred = template::deferred(&built);
    let template = Template::of(&deferred).map_err(|error| Error::Template { file: name(), error })?;
    let fill = |base: &str, page: &Page| template.filled(base, &page.title, &page.content);
    let not_found = pages::not_found(&edition);
    let not_found = (arguments.dist.join("404.html"), fill(&arguments.public_url, &not_found));

    let mut written = vec![not_found];
    for page in pages::all(&edition, &map) {
        let place = arguments.dist.join(&page.path).join("index.html");
        written.push((place, fill(&way_back(&page.path), &page)));
    }
    let bare = template::without_programs(&built);
    let template = Template::of(&bare).map_err(|error| Error::Template { file: name(), error })?;
    let open = pages::open(&edition);
    let page = template.filled(&way_back(&open.path), &open.title, &open.content);
    written.push((arguments.dist.join(&open.path).join("index.html"), page));
    for card in embed::all(&edition) {
        written.push((arguments.dist.join(&card.path).join("index.html"), card.page));
    }
    for (place, page) in &written {
        files::write_if_changed(place, page.as_bytes())?;
    }
    writeln!(io::stdout().lock(), "{} in {}", counted(written.len(), "page"), arguments.dist.display())?;
    Ok(())
}

/// The way from the folder `path` back to the root of the site: "../../" from "council/luton-borough-council/".
fn way_back(path: &str) -> String {
    let depth = path.matches('/').count();
    if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_is_as_long_as_the_way_there() {
        assert_eq!(way_back(""), "./");
        assert_eq!(way_back("table/"), "../");
        assert_eq!(way_back("council/luton-borough-council/"), "../../");
    }
}
