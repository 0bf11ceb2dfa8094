//! What Upheld says of a council, written as HTML.
//!
//! The page puts these pieces into its panel and its table, the command line into the pages that are rendered
//! ahead: both say the same, and neither has the words twice. What a reader can act on (charts, letters that are
//! fetched, selects) is not here.

pub mod choropleth;
pub mod council;
pub mod embed;
pub mod england;
pub mod evidence;
pub mod html;
pub mod legend;
pub mod letter;
pub mod lineage;
pub mod provenance;
pub mod statistics;
pub mod table;

use upheld_domain::{council::Council, edition::Edition, measure::Measure, register::CouncilId, year::ReportingYear};

/// What a piece is about, and how it links to other councils.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// The council's place in the register.
    pub id: CouncilId,
    /// The council.
    pub council: &'a Council,
    /// The year.
    pub year: ReportingYear,
    /// The address of a council, below the root of the site.
    pub link: &'a dyn Fn(CouncilId) -> String,
    /// Writes the interval of a statistic as a drawing, where it can be drawn.
    pub strip: &'a dyn Fn(&mut html::Html, Measure),
}

/// The text with a capital letter first.
///
/// ```
/// assert_eq!(upheld_pages::capitalised("county council"), "County council");
/// ```
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut capitalised = text.to_owned();
    // All that is capitalised here begins with a letter of ASCII, or is left as it is.
    if let Some(first) = capitalised.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    capitalised
}

/// Says that figures of a file of the reader's own are among those above it, where there are any.
pub fn with_files(html: &mut html::Html, edition: &Edition) {
    if !edition.with().is_empty() {
        html.classed("p", "base", &format!("With your file: {}.", edition.with()));
    }
}

/// The mark of Upheld, as it stands beside the name.
pub const LOGO: &str = r#"<svg class="logo" width="26" height="26" viewBox="0 0 26 26" aria-hidden="true"><rect class="logo-ground" width="26" height="26" rx="5"/><path class="logo-mark" d="M7 6v8a6 6 0 0 0 12 0V6M6 22h14"/></svg>"#;

/// Writes what every page has to say of its sources.
pub fn credits(html: &mut html::Html, date: &str) {
    html.element(
        "p",
        &format!(
            "Figures: Local Government and Social Care Ombudsman, as published; each with its own source. Upheld is \
             independent of the Ombudsman. Edition of {date}."
        ),
    );
    html.element(
        "p",
        "Boundaries: Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data \
         © Crown copyright and database right 2026.",
    );
    html.part("p", "ways-on", |html| {
        for (address, words) in [("method/", "Method"), ("accessibility/", "Accessibility")] {
            html.within("a", &[("href", address), ("target", "_self")], |html| {
                html.text(words);
            });
            html.text(" ");
        }
    });
}
