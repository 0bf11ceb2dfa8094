//! The legend: what the colours and the hatching mean, and how many councils have them.

use super::{Fills, choropleth};
use crate::{
    erased::{dynamic, written},
    store::Store,
};
use leptos::prelude::*;
use upheld_domain::bands::{self, Fill, Standing};
use upheld_pages::html::Html;

/// The legend of the map on the screen.
pub fn legend() -> AnyView {
    let store = Store::get();
    dynamic(move || {
        let view = store.view();
        let fills = Fills::of(&store.edition(), &view);
        let mut html = Html::default();
        html.within("div", &[("class", "legend"), ("data-measure", view.measure.key())], |html| {
            html.within("h2", &[("id", "legend-title")], |html| {
                html.text(if view.is_against() { "Against similar authorities" } else { view.measure.label() });
            });
            if view.is_against() {
                against(html, &fills);
                return;
            }
            html.within("ul", &[("aria-labelledby", "legend-title")], |html| {
                for (place, band) in bands::bands(view.measure).iter().enumerate().rev() {
                    row(html, choropleth::name(Fill::Band { place, hatched: false }), band.label, fills.in_band(place));
                }
                // In a colour on which the hatching is seen.
                let hatched = if bands::bands(view.measure).len() > 3 { "3h" } else { "1h" };
                row(html, hatched, "of these hatched: few cases, uncertain", fills.hatched());
                row(html, "none", "no figure", fills.councils() - fills.with_figure());
            });
        });
        written(html.written())
    })
}

/// The legend of a map that is coloured by the difference from similar authorities.
fn against(html: &mut Html, fills: &Fills) {
    html.classed(
        "p",
        "hint",
        "Each council against others of its type. Only what chance does not explain has a colour.",
    );
    html.within("ul", &[("aria-labelledby", "legend-title")], |html| {
        for standing in Standing::ALL {
            row(html, choropleth::name(Fill::Against(standing)), standing.label(), fills.standing(standing));
        }
        row(html, "none", "no figure", fills.councils() - fills.with_figure());
    });
}

fn row(html: &mut Html, fill: &str, label: &str, councils: usize) {
    html.within("li", &[], |html| {
        html.within(
            "svg",
            &[("class", "swatch"), ("width", "22"), ("height", "14"), ("aria-hidden", "true")],
            |html| {
                html.within("rect", &[("width", "22"), ("height", "14"), ("data-fill", fill)], |_| {});
            },
        );
        let count = councils.to_string();
        html.classed("span", "class", label);
        html.within("span", &[("class", "count"), ("aria-hidden", "true")], |html| {
            html.text(&count);
        });
        let councils = if councils == 1 { " council" } else { " councils" };
        html.part("span", "unseen", |html| {
            html.text(": ").text(&count).text(councils);
        });
    });
}
