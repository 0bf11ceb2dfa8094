//! What is said beside the map while no council is chosen: the map in words, the funnel plot, what can be taken away.

use super::{details::funnel, kept};
use crate::chart::{self, named};
use upheld_domain::{council::CouncilType, edition::Edition, in_words, view::View};
use upheld_pages::{capitalised, england, html::Html, with_files};

/// The map that `view` shows in words, and its councils in a funnel plot.
pub fn england(edition: &Edition, view: &View) -> String {
    let mut html = Html::default();
    england::write(&mut html, edition, view.year, view.measure);
    kept::write(&mut html, edition, view);
    let councils: Vec<_> = edition.register().in_tier(view.year, view.tier).collect();
    let words = in_words::map(edition, &councils, view.year, view.measure);
    html.within("section", &[("data-of", "map")], |html| {
        html.element("h3", "What the map shows");
        html.element("p", &words.what);
        if let Some(spread) = &words.spread {
            html.element("p", spread);
        }
        html.element("p", &words.standing_out);
        with_files(html, edition);
        html.within("span", &[("data-chart", chart::MAP)], |_| {});
        chart::take::menu(html, "the map");
    });
    chart::years::write(&mut html, edition, view);
    if let Some(kind) = named::funnel_kind(edition, view) {
        html.part("section", "comparison", |html| {
            html.element("h3", "Who stands out, and who only seems to");
            kinds(html, kind);
            if let Some(chart) = named::funnel(edition, view) {
                funnel(html, edition, view, &chart);
            } else {
                let (kind, year) = (kind.plural(), view.year);
                html.element(
                    "p",
                    &format!(
                        "Chance cannot be told here: no {kind} have counts and an average to be held against in {year}."
                    ),
                );
            }
        });
    }
    html.written()
}

/// The choice of a type.
fn kinds(html: &mut Html, chosen: CouncilType) {
    html.within("form", &[("class", "add"), ("data-form", "kind")], |html| {
        html.within("label", &[("for", "funnel-type")], |html| {
            html.text("Type of council");
        });
        html.within("select", &[("id", "funnel-type"), ("name", "type")], |html| {
            for kind in CouncilType::ALL {
                let plain = [("value", kind.key())];
                let picked = [("value", kind.key()), ("selected", "")];
                let attributes: &[_] = if kind == chosen { &picked } else { &plain };
                html.within("option", attributes, |html| {
                    html.text(&capitalised(kind.plural()));
                });
            }
        });
        html.within("button", &[("type", "submit")], |html| {
            html.text("Show");
        });
    });
}

/// What can be taken away of the table.
#[must_use]
pub fn table() -> String {
    let mut html = Html::default();
    html.within("section", &[("data-of", "table")], |html| {
        chart::take::menu(html, "this table");
    });
    html.written()
}
