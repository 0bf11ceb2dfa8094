//! The pages as they stand before, and without, the program: plain HTML with every figure of the default view.

use std::collections::BTreeMap;
use upheld_domain::{
    council::{Council, CouncilType},
    edition::Edition,
    measure::Measure,
    register::CouncilId,
    view::View,
    year::ReportingYear,
};
use upheld_pages::{
    About, LOGO,
    council::{self, Ranks},
    credits, evidence,
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

/// What stands on the page where files are opened, whether or not its program runs.
const OPEN: &str = include_str!("../../../../assets/open.part");

/// The ranks of each type and year that a page has asked for: ten thousand draws serve all councils of the type.
type RanksByType = BTreeMap<(CouncilType, ReportingYear), Option<Ranks>>;

/// Every page but the one for what is not found.
pub(super) fn all(edition: &Edition) -> Vec<Page> {
    let mut pages = vec![home(edition), table(edition), about(edition), compare(edition), committee(edition)];
    let mut ranks: RanksByType = BTreeMap::new();
    pages.extend(edition.register().iter().map(|(id, council)| of_council(edition, id, council, &mut ranks)));
    pages
}

/// A page at `path` with the title that the program gives it.
fn page(edition: &Edition, path: String, content: impl FnOnce(&mut Html, ReportingYear)) -> Page {
    let (view, _) = View::read(edition, path.trim_end_matches('/'), "");
    let mut html = Html::default();
    html.line().within("main", &[("id", "main"), ("class", "page")], |html| {
        html.line();
        content(html, view.year);
    });
    html.line().part("footer", "footer", |html| credits(html, edition.date()));
    html.line();
    Page { path, title: view.title(edition), content: html.written() }
}

fn home(edition: &Edition) -> Page {
    page(edition, String::new(), |html, _| {
        html.element("h1", "Upheld");
        html.line().element(
            "p",
            "How English councils handle complaints, as the Local Government and Social Care Ombudsman measures it every \
             year: a map, a page for each council, and the figures with their sources.",
        );
        html.line().within("p", &[], |html| {
            html.link("table/", "See all councils as a table").text(". ").link("about/", "About Upheld").text(".");
        });
        html.line();
    })
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

/// The page where a reader opens files of their own: its frame, and what it says where its program does not run.
pub(super) fn open(edition: &Edition) -> Page {
    let mut html = Html::default();
    html.line().markup("<link rel=\"stylesheet\" href=\"open.css\">");
    html.line().markup("<a class=\"skip\" href=\"open/#main\">Skip to the content</a>");
    html.line().part("header", "header", |html| {
        html.part("p", "brand", |html| {
            html.within("a", &[("href", "./")], |html| {
                html.markup(LOGO).element("span", "Upheld");
            });
        });
        html.within("nav", &[("aria-label", "Pages")], |html| {
            html.link("./", "Map").text(" ").link("table/", "Table").text(" ").link("about/", "About").text(" ");
            html.within("a", &[("href", "open/"), ("aria-current", "page")], |html| {
                html.text("Open a file");
            });
        });
    });
    html.line().within("main", &[("id", "main"), ("class", "page open-page"), ("tabindex", "-1")], |html| {
        html.markup(OPEN.trim_end());
        html.line();
    });
    html.line().part("footer", "footer", |html| credits(html, edition.date()));
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
    page(edition, "table/".to_owned(), |html, year| {
        let mut councils: Vec<(CouncilId, &Council)> = edition.register().in_year(year).collect();
        councils.sort_by(|(_, a), (_, b)| (&a.short_name, a.code).cmp(&(&b.short_name, b.code)));
        let with_rate = councils.iter().filter(|(id, _)| edition.read(*id, year, Measure::Uphold).is_ok()).count();
        html.element("h1", &format!("All councils, {year}"));
        html.line().element(
            "p",
            &format!(
                "{with_rate} of {} councils have a figure for uphold rate in {year} in this edition. {}",
                councils.len(),
                edition.note()
            ),
        );
        let scrolls = [
            ("class", "table-scroll"),
            ("role", "group"),
            ("aria-label", "Table of councils, scrolls sideways"),
            ("tabindex", "0"),
        ];
        html.line().within("div", &scrolls, |html| {
            html.part("table", "councils", |html| {
                html.line().element("caption", "Councils").line();
                html.within("thead", &[], |html| {
                    html.within("tr", &[], |html| {
                        for heading in ["Council", "Type", "Region"].into_iter().chain(Measure::ALL.map(Measure::label))
                        {
                            html.within("th", &[("scope", "col")], |html| {
                                html.text(heading);
                            });
                        }
                    });
                });
                html.line().within("tbody", &[], |html| {
                    for (id, council) in &councils {
                        let readings = Measure::ALL.map(|measure| (measure, edition.read(*id, year, measure)));
                        table::row(html.line(), &address(edition, *id), council, &readings);
                    }
                    html.line();
                });
                html.line();
            });
        });
        html.line().within("p", &[], |html| {
            html.link("./", "To the map").text(". ").link("about/", "About Upheld").text(".");
        });
        html.line();
    })
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
    page(edition, format!("council/{}/", council.slug), |html, year| {
        let link = |id| address_in(edition, id, year);
        let about = About { edition, id, council, year, link: &link, strip: &|_, _| {} };
        let in_year = |of: ReportingYear| format!("council/{}/?year={}", council.slug, of.key());
        html.element("h1", &council.name).line();
        council::kind(html, about);
        html.line().element("h2", &format!("In {year}"));
        council::year(html.line(), about, &in_year);
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
        html.line().part("section", "annual-letter", |html| {
            html.element("h3", "Annual letter");
            council::letter(html, about);
        });
        over_the_years(html.line(), about, &in_year);
        lineage::reports(html.line(), about);
        lineage::write(html.line(), about);
        evidence::write(html.line(), about);
        html.line().within("p", &[], |html| {
            html.link(&format!("data/v1/council/{}.json", council.slug), "All this as data (JSON)").text(". ");
            html.link("table/", "See all councils as a table").text(". ").link("./", "To the map").text(".");
        });
        html.line();
    })
}

/// Every year that has figures, and those of the councils before and after.
fn over_the_years(html: &mut Html, about: About<'_>, in_year: &dyn Fn(ReportingYear) -> String) {
    let years: Vec<ReportingYear> = about.edition.years_of(about.id).collect();
    let mut beside = Html::default();
    lineage::beside(&mut beside, about, &Measure::ALL, &|id, year| address_in(about.edition, id, year));
    let beside = beside.written();
    if years.is_empty() && beside.is_empty() {
        return;
    }
    html.part("section", "trend", |html| {
        html.element("h3", "Over the years");
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
