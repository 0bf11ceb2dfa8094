//! The legend of the map: what the colours and the hatching mean, and how many councils have them.

use crate::{
    choropleth::{self, Fills},
    html::Html,
};
use upheld_domain::{
    bands::{self, Fill, Standing},
    edition::Edition,
    view::View,
};

/// Writes the legend of the map that `view` shows, whose fills are `fills`.
pub fn write(html: &mut Html, view: &View, fills: &Fills) {
    html.within("div", &[("class", "legend"), ("data-measure", view.measure.key())], |html| {
        html.within("h2", &[("id", "legend-title")], |html| {
            html.text(if view.is_against() { "Against similar authorities" } else { view.measure.label() });
        });
        if view.hexes {
            html.classed("p", "hint", "Each council is one hexagon. The outline marks London.");
        }
        if view.is_against() {
            against(html, fills);
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
}

/// How many of the councils on the map have a figure, in a sentence.
#[must_use]
pub fn coverage(edition: &Edition, fills: &Fills) -> String {
    let (known, of) = (fills.with_figure(), fills.councils());
    let with = if edition.with().is_empty() { "" } else { " and what you opened" };
    format!("{known} of {of} councils have a figure in this edition{with}. ")
}

/// The patterns that the style sheet hatches with: one over each class colour, and one for no figure.
pub fn patterns(html: &mut Html) {
    html.within("defs", &[], |html| {
        for name in ["0", "1", "2", "3", "4", "5", "blank"] {
            let id = format!("hatch-{name}");
            let pattern = [
                ("id", id.as_str()),
                ("width", "6"),
                ("height", "6"),
                ("patternUnits", "userSpaceOnUse"),
                ("patternTransform", "rotate(45)"),
            ];
            html.within("pattern", &pattern, |html| {
                html.within("rect", &[("width", "6"), ("height", "6"), ("data-fill", name)], |_| {});
                html.within("line", &[("x1", "0"), ("y1", "3"), ("x2", "6"), ("y2", "3")], |_| {});
            });
        }
    });
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
        html.classed("span", "class", label).text(" ");
        // The bare number is for the eye: whoever hears it is told of what.
        html.part("span", "count", |html| {
            html.text(&councils.to_string());
            html.classed("span", "unseen", if councils == 1 { " council" } else { " councils" });
        });
    });
}
