//! What frames every page, as the program frames it too: the program takes its place, and nothing moves.

use upheld_domain::{
    boundary::Layer,
    council::Tier,
    edition::Edition,
    in_words,
    measure::Measure,
    view::{Page, View},
};
use upheld_pages::{LOGO, choropleth::Fills, credits, england, html::Html, legend};

/// Marks the moment at which the map that is drawn ahead has been painted; its last line is the script.
const PAINTED: &str = include_str!("../../../../src/painted.js");

/// The pages that the header leads to, with their addresses below the root of the site.
const PAGES: [(&str, &str); 5] =
    [("./", "Map"), ("table/", "Table"), ("compare/", "Compare"), ("about/", "About"), ("open/", "Open a file")];

/// Writes the head of the page at `path`, below the root of the site, and its foot; `main` writes what stands between them.
pub(super) fn frame(html: &mut Html, edition: &Edition, path: &str, main: impl FnOnce(&mut Html)) {
    framed(html, edition, path, true, main);
}

/// The same for a page that has no program, and so no search.
pub(super) fn plain_frame(html: &mut Html, edition: &Edition, path: &str, main: impl FnOnce(&mut Html)) {
    framed(html, edition, path, false, main);
}

fn framed(html: &mut Html, edition: &Edition, path: &str, has_search: bool, main: impl FnOnce(&mut Html)) {
    let skip = format!("{path}#main");
    html.line().within("a", &[("class", "skip"), ("href", &skip)], |html| {
        html.text("Skip to the content");
    });
    html.line().part("header", "header", |html| {
        html.part("p", "brand", |html| {
            html.within("a", &[("href", "./")], |html| {
                html.markup(LOGO).element("span", "Upheld");
            });
        });
        if has_search {
            search(html);
        }
        html.within("nav", &[("aria-label", "Pages")], |html| {
            for (address, words) in PAGES {
                let here = address.trim_start_matches("./") == path;
                let current = if here { "page" } else { "false" };
                html.within("a", &[("href", address), ("aria-current", current)], |html| {
                    html.text(words);
                });
                html.text(" ");
            }
        });
    });
    main(html.line());
    html.line().part("footer", "footer", |html| credits(html, edition.date()));
    html.line();
}

/// The search, before its program is there.
fn search(html: &mut Html) {
    html.part("search", "search", |html| {
        html.within("label", &[("for", "find")], |html| {
            html.text("Find a council or postcode");
        });
        let find = [("id", "find"), ("type", "text"), ("autocomplete", "off"), ("placeholder", "Council or postcode")];
        html.void("input", &find);
        html.within("button", &[("type", "button"), ("class", "here"), ("disabled", "")], |html| {
            html.text("Where I am");
        });
    });
}

/// Writes the screen with the map, which is `map` where it can be drawn ahead, and beside it what `panel` writes.
pub(super) fn map_screen(
    html: &mut Html,
    edition: &Edition,
    view: &View,
    map: Option<&Layer>,
    panel: impl FnOnce(&mut Html),
) {
    let fills = Fills::of(edition, view);
    let class = if matches!(view.page, Page::Council(_)) { "map-page has-council" } else { "map-page" };
    html.within("main", &[("id", "main"), ("class", class)], |html| {
        html.line().within("section", &[("class", "map-side"), ("aria-label", "Map of councils")], |html| {
            html.part("div", "map-head", |html| {
                // A page has one heading of the first level: a council's page its council's name.
                let heading = if map.is_some() { "h1" } else { "p" };
                html.classed(heading, "map-heading", &view.heading());
                html.classed("p", "sentence", view.measure.explanation());
                html.part("div", "controls", |html| {
                    year(html, edition, view);
                    chosen(html, "measure", "Measure", &Measure::ALL.map(Measure::label), view.measure.label());
                    tier(html, view);
                });
                html.part("p", "coverage", |html| {
                    html.text(&legend::coverage(edition, &fills));
                    html.within("span", &[], |html| {
                        html.text("Can’t use the map? ").link("table/", "See all councils as a table");
                    });
                });
            });
            html.line().part("div", "map-frame", |html| {
                html.within("div", &[("class", "map"), ("data-measure", view.measure.key())], |html| {
                    let patterns = [("class", "patterns"), ("width", "0"), ("height", "0"), ("aria-hidden", "true")];
                    html.within("svg", &patterns, legend::patterns);
                    if let Some(layer) = map {
                        let councils: Vec<_> = edition.register().in_tier(view.year, view.tier).collect();
                        let words = in_words::map(edition, &councils, view.year, view.measure);
                        super::england::write(html.line(), edition, &fills, layer, &words.what);
                    }
                });
                html.line().part("div", "map-key", |html| {
                    chosen(html, "map", "Map", &["Boundaries", "One hexagon each"], "Boundaries");
                    chosen(html, "colours", "Colours", &["Plain rates", "Against similar authorities"], "Plain rates");
                    html.part("div", "written", |html| legend::write(html, view, &fills));
                });
            });
        });
        if map.is_some() {
            html.markup("<script>").markup(PAINTED.lines().last().unwrap_or_default()).markup("</script>");
        }
        html.line().part("div", "panel-side", panel);
        html.line();
    });
}

/// What stands beside the map while no council is chosen.
pub(super) fn overview(html: &mut Html, edition: &Edition, view: &View) {
    html.within("section", &[("class", "panel overview"), ("aria-labelledby", "overview-title")], |html| {
        html.within("div", &[("class", "written"), ("data-said", &view.address(edition))], |html| {
            england::write(html, edition, view.year, view.measure);
        });
    });
}

/// The choice of a year.
pub(super) fn year(html: &mut Html, edition: &Edition, view: &View) {
    let years: Vec<String> = edition.years().iter().rev().map(ToString::to_string).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    chosen(html, "year", "Year", &years, &view.year.to_string());
}

/// The choice of a tier.
pub(super) fn tier(html: &mut Html, view: &View) {
    chosen(html, "tier", "Councils shown", &Tier::ALL.map(Tier::label), view.tier.label());
}

/// A choice as it stands until the program lets a reader choose: as wide as it will be, for it has all its `options`.
pub(super) fn chosen(html: &mut Html, id: &str, label: &str, options: &[&str], value: &str) {
    html.part("div", "control", |html| {
        html.within("label", &[("for", id)], |html| {
            html.text(label);
        });
        html.within("select", &[("id", id), ("disabled", "")], |html| {
            for option in options {
                let selected: &[_] = if *option == value { &[("selected", "")] } else { &[] };
                html.within("option", selected, |html| {
                    html.text(option);
                });
            }
        });
    });
}
