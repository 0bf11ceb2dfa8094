//! The pages as they stand before, and without, the program: plain HTML with every figure of the default view.

use super::shell;
use std::collections::BTreeMap;
use upheld_charts::{Chart, StripChart, TrendChart, inline_svg};
use upheld_domain::{
    boundary::Layer,
    council::{Council, CouncilType, Region},
    edition::Edition,
    measure::Measure,
    register::CouncilId,
    view::{Column, View},
    year::ReportingYear,
};
use upheld_pages::{
    About, capitalised,
    council::{self, Ranks},
    evidence,
    html::Html,
    lineage, statistics, table,
};

/// A page that is to be written.
pub(super) struct Page {
    /// Its folder below the root of the site, with a slash at its end; empty for the root.
    pub(super) path: String,
    /// Its title.
    pub(super) title: String,
    /// What stands in it.
    pub(super) content: String,
}

/// The text about Upheld, the same as in the program.
const ABOUT: &str = include_str!("../../../../assets/about.part");

/// The texts that are pages of their own, for which no program is needed: address, title, what stands in them.
const TEXTS: [(&str, &str, &str); 2] = [
    ("method/", "How the figures are made", include_str!("../../../../assets/method.part")),
    ("accessibility/", "Accessibility", include_str!("../../../../assets/accessibility.part")),
];

/// What stands on the page where files are opened, whether or not its program runs.
const OPEN: &str = include_str!("../../../../assets/open.part");

/// The ranks of each type and year that a page has asked for: ten thousand draws serve all councils of the type.
type RanksByType = BTreeMap<(CouncilType, ReportingYear), Option<Ranks>>;

/// Every page but the one for what is not found; `map` gives the boundaries of the first view.
pub(super) fn all(edition: &Edition, map: &Layer) -> Vec<Page> {
    let mut pages = vec![home(edition, map), table(edition), about(edition), compare(edition), committee(edition)];
    let mut ranks: RanksByType = BTreeMap::new();
    pages.extend(edition.register().iter().map(|(id, council)| of_council(edition, id, council, &mut ranks)));
    pages
}

/// A page at `path` with the title that the program gives it.
fn page(edition: &Edition, path: String, content: impl FnOnce(&mut Html, ReportingYear)) -> Page {
    let view = view_at(edition, &path);
    let mut html = Html::default();
    shell::frame(&mut html, edition, &path, |html| {
        html.within("main", &[("id", "main"), ("class", "page")], |html| {
            html.line();
            content(html, view.year);
        });
    });
    Page { path, title: view.title(edition), content: html.written() }
}

/// What the program shows at `path`.
fn view_at(edition: &Edition, path: &str) -> View {
    View::read(edition, path.trim_end_matches('/'), "").0
}

/// What the first view shows.
pub(super) fn first_view(edition: &Edition) -> View {
    view_at(edition, "")
}

fn home(edition: &Edition, map: &Layer) -> Page {
    let view = first_view(edition);
    let mut html = Html::default();
    shell::frame(&mut html, edition, "", |html| {
        shell::map_screen(html, edition, &view, Some(map), |html| shell::overview(html, edition, &view));
    });
    Page { path: String::new(), title: view.title(edition), content: html.written() }
}

/// The page for councils side by side: which, is in the address, and only the program reads it.
fn compare(edition: &Edition) -> Page {
    chosen_by_address(
        edition,
        "compare/",
        "Compare councils",
        "Any set of councils side by side: their three statistics with intervals, every difference in words, and all of them over the years.",
    )
}

/// The page for councils on paper.
fn committee(edition: &Edition) -> Page {
    chosen_by_address(
        edition,
        "committee/",
        "For committee",
        "A council, or a comparison, on two pages of A4, to be printed for a scrutiny committee.",
    )
}

/// A page whose councils stand in its address.
fn chosen_by_address(edition: &Edition, path: &str, title: &str, what: &str) -> Page {
    page(edition, path.to_owned(), |html, _| {
        html.element("h1", title);
        html.line().element("p", what);
        html.line().element("p", "This page needs JavaScript. Without it, each council’s page has the same figures.");
        html.line().within("p", &[], |html| {
            html.link("table/", "See all councils as a table").text(". ").link("./", "To the map").text(".");
        });
        html.line();
    })
}

/// The page for an address that leads nowhere.
pub(super) fn not_found(edition: &Edition) -> Page {
    page(edition, "404".to_owned(), |html, _| {
        html.element("h1", "Page not found");
        html.line().element("p", "There is nothing at this address. The council that you look for is in the table.");
        html.line().within("p", &[], |html| {
            html.link("table/", "See all councils as a table").text(". ").link("./", "To the map").text(".");
        });
        html.line();
    })
}

/// The pages that are text alone.
pub(super) fn texts(edition: &Edition) -> Vec<Page> {
    let written = |(path, title, text): (&str, &str, &str)| {
        let mut html = Html::default();
        shell::plain_frame(&mut html, edition, path, |html| {
            html.within("main", &[("id", "main"), ("class", "page prose"), ("tabindex", "-1")], |html| {
                html.line().markup(text.trim_end());
                html.line();
            });
        });
        Page { path: path.to_owned(), title: format!("{title} – Upheld"), content: html.written() }
    };
    TEXTS.into_iter().map(written).collect()
}

/// The page where a reader opens files of their own: its frame, and what it says where its program does not run.
pub(super) fn open(edition: &Edition) -> Page {
    let mut html = Html::default();
    html.line().markup("<link rel=\"stylesheet\" href=\"open.css\">");
    shell::frame(&mut html, edition, "open/", |html| {
        html.within("main", &[("id", "main"), ("class", "page open-page"), ("tabindex", "-1")], |html| {
            html.markup(OPEN.trim_end());
            html.line();
        });
    });
    html.line().markup("<script src=\"opened.js\"></script><script src=\"open.js\" type=\"module\"></script>");
    html.line();
    Page {
        path: "open/".to_owned(),
        title: "Open the Ombudsman’s own files – Upheld".to_owned(),
        content: html.written(),
    }
}

fn about(edition: &Edition) -> Page {
    page(edition, "about/".to_owned(), |html, _| {
        html.markup(ABOUT.trim_end());
        html.line().element("p", edition.note());
        html.line().within("p", &[], |html| {
            html.link("table/", "See all councils as a table").text(". ").link("./", "To the map").text(".");
        });
        html.line();
    })
}

fn table(edition: &Edition) -> Page {
    let view = view_at(edition, "table/");
    page(edition, "table/".to_owned(), |html, year| {
        let mut councils: Vec<(CouncilId, &Council)> = edition.register().in_year(year).collect();
        councils.sort_by(|(_, a), (_, b)| (&a.name, a.code).cmp(&(&b.name, b.code)));
        let (shown, others): (Vec<_>, Vec<_>) =
            councils.into_iter().partition(|(_, council)| council.tier_from(view.tier) == view.tier);
        let with_rate = shown.iter().filter(|(id, _)| edition.read(*id, year, Measure::Uphold).is_ok()).count();
        html.element("h1", &format!("All councils, {year}"));
        html.line().part("div", "controls", |html| {
            shell::year(html, edition, &view);
            shell::tier(html, &view);
            let kinds = CouncilType::ALL.map(|kind| capitalised(kind.plural()));
            let kinds: Vec<&str> = ["All types"].into_iter().chain(kinds.iter().map(String::as_str)).collect();
            shell::chosen(html, "type", "Type", &kinds, "All types");
            let regions: Vec<&str> = ["All regions"].into_iter().chain(Region::ALL.map(Region::name)).collect();
            shell::chosen(html, "region", "Region", &regions, "All regions");
            html.part("div", "control", |html| {
                html.within("label", &[("for", "name-filter")], |html| {
                    html.text("Name contains");
                });
                html.void("input", &[("id", "name-filter"), ("type", "text"), ("disabled", "")]);
            });
        });
        html.line().classed("p", "coverage", &table::coverage(edition, year, with_rate, shown.len()));
        rows(html.line(), edition, year, "Councils", &shown);
        html.line().classed("p", "hint", table::HINT);
        // What the program shows when it is asked for.
        if !others.is_empty() {
            rows(html.line(), edition, year, "The other councils", &others);
        }
        html.line().classed("p", "base", edition.note());
        html.line().within("p", &[], |html| {
            html.link("./", "To the map").text(". ").link("about/", "About Upheld").text(".");
        });
        html.line();
    })
}

/// A table of `councils` with all measures.
fn rows(html: &mut Html, edition: &Edition, year: ReportingYear, caption: &str, councils: &[(CouncilId, &Council)]) {
    let label = format!("Table: {caption}, scrolls sideways");
    let scrolls = [("class", "table-scroll"), ("role", "group"), ("aria-label", label.as_str()), ("tabindex", "0")];
    html.within("div", &scrolls, |html| {
        html.part("table", "councils", |html| {
            html.line().element("caption", caption).line();
            html.within("thead", &[], |html| {
                html.within("tr", &[], |html| {
                    for column in Column::ALL {
                        let class = if matches!(column, Column::Measure(_)) { "number" } else { "" };
                        html.within("th", &[("scope", "col"), ("class", class)], |html| {
                            html.part("span", "sorts", |html| {
                                html.text(column.label());
                            });
                        });
                    }
                });
            });
            html.line().within("tbody", &[], |html| {
                for (id, council) in councils {
                    let readings = Measure::ALL.map(|measure| (measure, edition.read(*id, year, measure)));
                    table::row(html.line(), &address(edition, *id), council, &readings);
                }
                html.line();
            });
            html.line();
        });
    });
}

/// The address of a council's page, below the root of the site.
fn address(edition: &Edition, id: CouncilId) -> String {
    let council = edition.register().get(id);
    council.map(|council| format!("council/{}/", council.slug)).unwrap_or_default()
}

/// The address of a council's page in `year`, where there is anything of it in that year.
fn address_in(edition: &Edition, id: CouncilId, year: ReportingYear) -> String {
    let council = edition.register().get(id);
    let in_year = council.is_some_and(|council| {
        year != edition.default_year_for(council) && (council.existed_in(year) || edition.figures(id, year).is_some())
    });
    let query = if in_year { format!("?year={}", year.key()) } else { String::new() };
    format!("{}{query}", address(edition, id))
}

fn of_council(edition: &Edition, id: CouncilId, council: &Council, ranks: &mut RanksByType) -> Page {
    let path = format!("council/{}/", council.slug);
    let view = view_at(edition, &path);
    let mut html = Html::default();
    shell::frame(&mut html, edition, &path, |html| {
        shell::map_screen(html, edition, &view, None, |html| {
            html.within("section", &[("class", "panel"), ("aria-labelledby", "council-name")], |html| {
                html.part("header", "panel-head", |html| {
                    html.within("h1", &[("id", "council-name")], |html| {
                        html.text(&council.name);
                    });
                    html.within("a", &[("class", "close"), ("href", "./")], |html| {
                        html.text("Close");
                    });
                });
                html.line().within("div", &[("class", "written"), ("data-said", &path)], |html| {
                    story(html, edition, id, council, view.year, ranks);
                });
            });
        });
    });
    Page { path, title: view.title(edition), content: html.written() }
}

/// A council's page from how often to where it comes from.
fn story(
    html: &mut Html,
    edition: &Edition,
    id: CouncilId,
    council: &Council,
    year: ReportingYear,
    ranks: &mut RanksByType,
) {
    let link = |id| address_in(edition, id, year);
    let strip = |html: &mut Html, measure| {
        if let Some(strip) = StripChart::new(edition, id, year, measure) {
            drawn(html, &strip, STRIP_WIDTH);
        }
    };
    let about = About { edition, id, council, year, link: &link, strip: &strip };
    let in_year = |of: ReportingYear| format!("council/{}/?year={}", council.slug, of.key());
    council::in_short(html, about, Measure::Uphold);
    council::kind(html, about);
    html.line().classed("h2", "unseen", &format!("In {year}"));
    council::year(html.line(), about, &in_year);
    html.part("p", "do", |html| {
        html.link(&format!("committee/?councils={}", council.slug), "Print for committee");
    });
    statistics::write(html.line(), about);
    html.line().part("section", "comparison", |html| {
        html.element("h3", "Compared with similar authorities");
        council::comparison(html, about, Measure::Uphold);
        let kind = council.council_type;
        let ranks = ranks.entry((kind, year)).or_insert_with(|| Ranks::of(edition, kind, year, Measure::Uphold));
        if let Some(rank) = ranks.as_ref().and_then(|ranks| ranks.words(id)) {
            html.element("p", &rank);
        }
    });
    over_the_years(html.line(), about, &in_year);
    html.line().part("section", "annual-letter", |html| {
        html.element("h3", "Annual letter");
        council::letter(html, about);
    });
    lineage::reports(html.line(), about);
    lineage::write(html.line(), about);
    evidence::write(html.line(), about);
    html.line().within("p", &[], |html| {
        html.link(&format!("data/v1/council/{}.json", council.slug), "All this as data (JSON)").text(". ");
        html.link("table/", "See all councils as a table").text(". ").link("./", "To the map").text(".");
    });
    html.line();
}

/// How wide a strip is drawn: as wide as the style sheet lets it be.
const STRIP_WIDTH: u32 = 416;

/// How wide the chart over the years is drawn: as wide as the panel.
const TREND_WIDTH: u32 = 440;

/// Writes `chart` as a drawing in the page's own colours; nothing where it cannot be drawn, as its numbers stand beside it in words.
fn drawn(html: &mut Html, chart: &impl Chart, width: u32) {
    if let Ok(drawing) = inline_svg(chart, width) {
        html.part("div", "drawing", |html| {
            html.markup(&drawing);
        });
    }
}

/// Every year that has figures, and those of the councils before and after.
fn over_the_years(html: &mut Html, about: About<'_>, in_year: &dyn Fn(ReportingYear) -> String) {
    let years: Vec<ReportingYear> = about.edition.years_of(about.id).collect();
    let mut beside = Html::default();
    lineage::beside(&mut beside, about, &Measure::ALL, &|id, year| address_in(about.edition, id, year));
    let beside = beside.written();
    html.part("section", "trend", |html| {
        html.element("h3", "Over the years");
        if let Some(chart) = TrendChart::new(about.edition, about.id, about.year, Measure::Uphold) {
            html.part("figure", "chart", |html| {
                html.element("figcaption", &chart.title());
                drawn(html, &chart, TREND_WIDTH);
            });
        }
        if years.is_empty() && beside.is_empty() {
            html.element("p", "This edition holds no figures of its own for it in any year.");
            return;
        }
        let headings: Vec<&str> = ["Year"].into_iter().chain(Measure::ALL.map(Measure::label)).collect();
        let scrolls = [
            ("class", "table-scroll"),
            ("role", "group"),
            ("aria-label", "Figures year by year, scrolls sideways"),
            ("tabindex", "0"),
        ];
        html.within("div", &scrolls, |html| {
            if !years.is_empty() {
                table::figures(html, "Figures year by year", &headings, |html| {
                    for year in &years {
                        html.line().within("tr", &[], |html| {
                            html.within("th", &[("scope", "row")], |html| {
                                html.link(&in_year(*year), &year.to_string());
                            });
                            for measure in Measure::ALL {
                                table::cell(html, measure, &about.edition.read(about.id, *year, measure));
                            }
                        });
                    }
                });
            }
            html.line().markup(&beside);
        });
        if let (Some(first), Some(last)) = (years.first(), years.last()) {
            council::breaks(html, *first, *last);
        }
    });
}
