//! Where each figure comes from: every source, what it printed, and where sources differ.

use crate::{About, capitalised, html::Html};
use upheld_domain::{
    evidence::Evidence,
    figures::{Field, Value},
};

/// Writes the section on the sources of the year's figures.
pub fn write(html: &mut Html, about: About<'_>) {
    html.part("section", "evidence", |html| {
        html.element("h3", "Where these figures come from");
        let pieces = about.edition.evidence_for(about.id, about.year);
        if pieces.is_empty() {
            html.element("p", "No source of this edition prints figures for this year.");
        }
        for piece in &pieces {
            source(html, piece, &named(&pieces, piece, piece.label()));
        }
        let differing = about.edition.disagreements(about.id, about.year);
        if !differing.is_empty() {
            html.element("h4", "Where the sources differ");
            html.within("ul", &[], |html| {
                for it in differing {
                    let said = |piece: &Evidence| {
                        let value = piece.figures.get(it.field).as_ref().map(Value::to_string).unwrap_or_default();
                        format!("{} prints {value}", named(&pieces, piece, piece.in_a_sentence()))
                    };
                    let field = capitalised(it.field.label());
                    html.element("li", &format!("{field}: {}, {}. The first is shown.", said(it.shown), said(it.other)));
                }
            });
        }
        html.classed(
            "p",
            "base",
            "Published figures are shown as printed. Intervals, and averages that are called computed, are worked out by \
             Upheld from the counts.",
        );
    });
}

/// What `piece` is called, one of `pieces`: `name`, with its number where there are several of its kind.
pub(crate) fn named(pieces: &[&Evidence], piece: &Evidence, name: &str) -> String {
    let mut alike = pieces.iter().filter(|other| other.label() == piece.label());
    let number = alike.clone().take_while(|other| !std::ptr::eq(**other, piece)).count() + 1;
    if alike.nth(1).is_some() { format!("{name} ({number})") } else { name.to_owned() }
}

/// Writes where `piece` was printed: a link, or its title where it has no address.
pub(crate) fn address(html: &mut Html, piece: &Evidence) {
    match piece.address() {
        Some(address) => html.link(address, plain(address)),
        None => html.text(&piece.source),
    };
}

fn source(html: &mut Html, piece: &Evidence, name: &str) {
    html.part("details", "source", |html| {
        html.element("summary", name);
        html.part("p", "address", |html| address(html, piece));
        html.part("table", "small", |html| {
            html.classed("caption", "unseen", "As printed there");
            html.within("tbody", &[], |html| {
                for field in Field::ALL {
                    let Some(value) = piece.figures.get(*field) else { continue };
                    html.within("tr", &[], |html| {
                        html.within("th", &[("scope", "row")], |html| {
                            html.text(&capitalised(field.label()));
                        });
                        html.classed("td", "number", &value.to_string());
                    });
                }
            });
        });
    });
}

/// An address without what every address begins with.
fn plain(address: &str) -> &str {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    rest.strip_prefix("www.").unwrap_or(rest)
}
