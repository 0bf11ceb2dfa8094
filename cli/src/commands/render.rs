//! `upheld render`: writes the pages that stand before, and without, the program into a site that the bundler built.
//!
//! Every page is the built `index.html` with its own title, its own way back to the root of the site, and plain HTML
//! in the place that the program takes over. So each address is answered on any static host, from any base path. The cards below
//! `/embed/` are pages of their own. Beside the pages: the pictures that stand for them where links are shared, and what search engines ask for.

mod cards;
mod embed;
mod england;
mod head;
mod pages;
mod shell;
mod site;
mod sitemap;
mod structured;
mod template;

use crate::{
    commands::check::counted,
    data::{self, Data},
    files::{self, FileError},
    finding::Finding,
};
use head::Heads;
use pages::Page;
use site::{Host, Site};
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
    /// Where the root of the site will lie on its host: the page for what is not found needs it, as it is shown at any
    /// address, and so do whole addresses.
    #[arg(long, value_name = "PATH", default_value = "/", value_parser = public_url)]
    public_url: String,
    /// The host, with its scheme. Without it there is no sitemap, and links that are shared have no picture: both need whole
    /// addresses.
    #[arg(long, value_name = "https://HOST")]
    site_url: Option<Host>,
    /// Folder of the npm package with the font of the pictures.
    #[arg(long, value_name = "DIR", default_value = "node_modules/@expo-google-fonts/source-sans-3")]
    font: PathBuf,
    /// Leave out the pictures of pages, which take the longest.
    #[arg(long)]
    no_cards: bool,
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
    #[error("{0}; nothing was written")]
    Card(#[from] cards::Error),
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
    let built = template::linked(&built);
    let deferred = template::deferred(&built);
    let template = Template::of(&deferred).map_err(|error| Error::Template { file: name(), error })?;
    let site = Site { host: arguments.site_url.as_ref(), path: &arguments.public_url };
    let heads = Heads { edition: &edition, site, with_cards: !arguments.no_cards };
    let fill = |base: &str, page: &Page| template.filled(base, &page.title, &heads.of(page), &page.content);
    let not_found = pages::not_found(&edition);
    let not_found = (arguments.dist.join("404.html"), fill(&arguments.public_url, &not_found));

    let css = match template::style_sheet(&built) {
        Some((_, name)) => {
            let sheet = arguments.dist.join(name);
            String::from_utf8(files::read(&sheet)?).map_err(|_| Error::NotText { file: sheet.display().to_string() })?
        }
        None => String::new(),
    };
    let mut written = vec![not_found];
    let mut listed = Vec::new();
    for page in pages::all(&edition, &map) {
        let place = arguments.dist.join(&page.path).join("index.html");
        let filled = fill(&way_back(&page.path), &page);
        // The first map waits for nothing but its page.
        let filled = if page.path.is_empty() { template::inlined(&filled, &css) } else { filled };
        written.push((place, filled));
        listed.push(page.path);
    }
    let bare = template::without_programs(&built);
    let template = Template::of(&bare).map_err(|error| Error::Template { file: name(), error })?;
    let open = pages::open(&edition);
    for page in pages::texts(&edition).into_iter().chain([open]) {
        let filled = template.filled(&way_back(&page.path), &page.title, &heads.of(&page), &page.content);
        written.push((arguments.dist.join(&page.path).join("index.html"), filled));
        listed.push(page.path);
    }
    for card in embed::all(&edition) {
        written.push((arguments.dist.join(&card.path).join("index.html"), card.page));
    }
    let cards = if arguments.no_cards { Vec::new() } else { cards::all(&edition, &arguments.geo, &arguments.font)? };
    let sitemap = sitemap::sitemap(site, edition.date(), listed.iter().map(String::as_str));

    for (place, page) in &written {
        files::write_if_changed(place, page.as_bytes())?;
    }
    for card in &cards {
        files::write_if_changed(&arguments.dist.join(&card.path), &card.png)?;
    }
    files::write_if_changed(&arguments.dist.join("robots.txt"), sitemap::robots(site).as_bytes())?;
    if let Some(sitemap) = &sitemap {
        files::write_if_changed(&arguments.dist.join("sitemap.xml"), sitemap.as_bytes())?;
    }
    let (pages, pictures) = (counted(written.len(), "page"), counted(cards.len(), "card"));
    let mut out = io::stdout().lock();
    writeln!(out, "{pages} and {pictures} in {}", arguments.dist.display())?;
    if sitemap.is_none() {
        writeln!(
            out,
            "no sitemap, and no pictures for links that are shared: both need the host (--site-url https://…)"
        )?;
    }
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
