//! Rows of figures.

use crate::{capitalised, html::Html};
use upheld_domain::{
    council::Council,
    edition::Edition,
    measure::{Measure, Reading},
    year::ReportingYear,
};

/// Writes one council's row: its name, linked to `address`, how it reads on each measure, its type, and its region.
pub fn row(html: &mut Html, address: &str, council: &Council, readings: &[(Measure, Reading)]) {
    html.within("tr", &[], |html| {
        html.within("th", &[("scope", "row")], |html| {
            html.link(address, &council.name);
        });
        for (measure, reading) in readings {
            cell(html, *measure, reading);
        }
        html.element("td", &capitalised(council.council_type.singular())).element("td", council.region.name());
    });
}

/// How many councils of a table have an uphold rate in `year`, in a sentence.
#[must_use]
pub fn coverage(edition: &Edition, year: ReportingYear, with_rate: usize, of: usize) -> String {
    let opened = if edition.with().is_empty() { "" } else { " and what you opened" };
    format!("{with_rate} of the {of} councils in this table have an uphold rate for {year} in this edition{opened}.")
}

/// What a reader has to know of rates in a table.
pub const HINT: &str = "“Uncertain” marks rates on few cases. The table is no league table: differences between two rates on few cases are mostly chance.";

/// Writes a reading in a cell: "9 of 13 (69%) uncertain", or why there is none.
pub fn cell(html: &mut Html, measure: Measure, reading: &Reading) {
    html.part("td", "number", |html| match reading {
        Ok(rate) => {
            html.text(&rate.with_counts(measure));
            if let Some(word) = rate.certainty.word() {
                html.text(" ").classed("span", "uncertain", word);
            }
        }
        Err(absent) => {
            html.classed("span", "absent", absent.short());
        }
    });
}

/// Writes a table of two columns, a name and a figure, or more: the headings, then the rows.
pub fn figures(html: &mut Html, caption: &str, headings: &[&str], rows: impl FnOnce(&mut Html)) {
    html.part("table", "small", |html| {
        html.classed("caption", "unseen", caption);
        html.within("thead", &[], |html| {
            html.within("tr", &[], |html| {
                for (place, heading) in headings.iter().enumerate() {
                    let class = if place == 0 { "" } else { "number" };
                    html.within("th", &[("scope", "col"), ("class", class)], |html| {
                        html.text(heading);
                    });
                }
            });
        });
        html.within("tbody", &[], rows);
    });
}
