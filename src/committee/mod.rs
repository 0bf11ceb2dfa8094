//! For committee: a council, or a comparison, on two pages of A4 that can be read in black and white. Written by the second program; charts are drawn
//! into the page itself, as sharp as the printer.

use upheld_charts::{
    Chart, ForestChart, FunnelChart, MultiplesChart, SimilarChart, Theme, TrendChart, funnel::Shown, svg::svg,
};
use upheld_domain::{
    companions::Mismatch,
    council::Council,
    difference::difference,
    edition::Edition,
    grade::judged,
    in_words,
    measure::{Measure, Rate},
    register::CouncilId,
    similar,
    trend::BREAKS,
    view::{Compared, Page, View},
    words::{list, range},
};
use upheld_pages::{html::Html, table, with_files};

/// How wide charts are, in CSS pixels: the width of A4 within its margins.
const WIDTH: u32 = 660;

/// The most sources that are listed.
const MOST_LISTED: usize = 6;

/// The most councils that fit on a page.
const MOST_COUNCILS: usize = 8;

/// The councils of `view` on paper, as HTML.
#[must_use]
pub fn page(edition: &Edition, view: &View) -> String {
    let mut html = Html::default();
    let Page::Committee(ids) = &view.page else { return html.written() };
    let councils: Vec<(CouncilId, &Council)> =
        ids.iter().filter_map(|id| Some((*id, edition.register().get(*id)?))).collect();
    html.part("div", "print-bar", |html| {
        html.within("h1", &[("tabindex", "-1")], |html| {
            html.text("For committee");
        });
        if councils.is_empty() {
            html.element(
                "p",
                "No council is chosen. Open a council, or a comparison, and press “Print for committee” there.",
            );
            return;
        }
        html.element("p", "Two pages of A4, as they will be printed. They can be read in black and white.");
        html.within("p", &[], |html| {
            html.within("button", &[("type", "button"), ("class", "primary"), ("data-print", "")], |html| {
                html.text("Print");
            });
            let back = match councils.as_slice() {
                [(id, _)] => view.choose(edition, *id),
                _ => view.on(Page::Compare(Compared { councils: ids.clone(), then: None, anyway: true })),
            };
            html.text(" ").link(&back.address(edition), "Back to the figures");
        });
    });
    // A sheet keeps its width: on a phone the sheets are moved under the screen.
    let scrolls = [("class", "sheets"), ("role", "group"), ("aria-label", "Pages, scroll sideways"), ("tabindex", "0")];
    html.within("div", &scrolls, |html| match councils.as_slice() {
        [] => {}
        [(id, council)] => one(html, edition, view, *id, council),
        several => comparison(html, edition, view, several),
    });
    html.written()
}

/// A sheet of paper: its head, what `content` writes, its foot.
fn sheet(html: &mut Html, edition: &Edition, view: &View, head: &str, number: u8, content: impl FnOnce(&mut Html)) {
    html.within("section", &[("class", "sheet"), ("aria-label", &format!("Page {number} of 2"))], |html| {
        html.part("div", "sheet-head", |html| {
            html.element("span", head).element("span", &view.year.to_string());
        });
        content(html);
        html.part("div", "sheet-foot", |html| {
            let source =
                "Figures: Local Government and Social Care Ombudsman; intervals and comparisons computed by Upheld.";
            html.element("span", &format!("{source} Edition of {}.", edition.date()));
            html.element("span", &format!("Page {number} of 2"));
        });
    });
}

/// A chart within the page, with its finding above it.
fn drawing(html: &mut Html, chart: &impl Chart) {
    html.part("figure", "printed", |html| {
        html.element("figcaption", &chart.title());
        if let Ok(drawn) = svg(chart, WIDTH, &Theme::PRINT) {
            html.markup(&drawn);
        }
    });
}

fn one(html: &mut Html, edition: &Edition, view: &View, id: CouncilId, council: &Council) {
    sheet(html, edition, view, &council.name, 1, |html| {
        html.element("h2", &format!("{}: how complaints were handled in {}", council.name, view.year));
        statistics(html, edition, view, &[(id, council)]);
        with_files(html, edition);
        html.element("h3", "Compared with similar authorities");
        let comparison = similar::compare(edition, id, council, view.year, view.measure);
        if let Some(judged) = judged(&edition.read(id, view.year, view.measure), &comparison) {
            html.within("p", &[], |html| {
                html.element("strong", &format!("{}. ", judged.grade.words()));
                html.text(&in_words::grade(&judged, council.council_type, view.measure));
                if let Some(rank) = crate::council::rank(edition, &view.choose(edition, id)) {
                    html.text(&format!(" {rank}"));
                }
            });
        }
        if let Some(chart) = SimilarChart::new(edition, id, view.year, view.measure) {
            drawing(html, &chart);
        }
        let shown = Shown { chosen: Some(id), ..Shown::default() };
        if let Some(chart) = FunnelChart::new(edition, council.council_type, view.year, view.measure, shown) {
            drawing(html, &chart);
        }
    });
    sheet(html, edition, view, &council.name, 2, |html| {
        html.element("h3", "Over the years");
        if let Some(chart) = TrendChart::new(edition, id, view.year, view.measure) {
            drawing(html, &chart);
        }
        breaks(html);
        method(html);
        sources(html, edition, view, &[(id, council)]);
    });
}

fn comparison(html: &mut Html, edition: &Edition, view: &View, councils: &[(CouncilId, &Council)]) {
    let shown = councils.get(..councils.len().min(MOST_COUNCILS)).unwrap_or(councils);
    let ids: Vec<CouncilId> = shown.iter().map(|(id, _)| *id).collect();
    let names: Vec<&str> = shown.iter().map(|(_, council)| council.short_name.as_str()).collect();
    let head = list(&names);
    sheet(html, edition, view, &head, 1, |html| {
        html.element("h2", &format!("{head}: how complaints were handled in {}", view.year));
        if shown.len() < councils.len() {
            html.classed(
                "p",
                "base",
                &format!("The first {MOST_COUNCILS} of {} councils: more do not fit.", councils.len()),
            );
        }
        if let Some(mismatch) = Mismatch::of(edition, &ids) {
            html.within("p", &[("class", "notice warning")], |html| {
                html.element("strong", "These councils are not alike. ").text(mismatch.words());
            });
        }
        statistics(html, edition, view, shown);
        with_files(html, edition);
        if let Some(chart) = ForestChart::new(edition, &ids, view.year, view.measure) {
            drawing(html, &chart);
        }
    });
    sheet(html, edition, view, &head, 2, |html| {
        pairs(html, edition, view, shown);
        html.element("h3", "Over the years");
        if let Some(chart) = MultiplesChart::new(edition, &ids, view.year, view.measure) {
            drawing(html, &chart);
        }
        breaks(html);
        method(html);
        sources(html, edition, view, shown);
    });
}

/// The three statistics: counts, rates, intervals, averages and grades.
fn statistics(html: &mut Html, edition: &Edition, view: &View, councils: &[(CouncilId, &Council)]) {
    let headings = ["Council", "Complaints upheld", "Compliance with recommendations", "Satisfactory remedies"];
    table::figures(html, &format!("The three statistics in {}", view.year), &headings, |html| {
        for (id, council) in councils {
            html.within("tr", &[], |html| {
                html.within("th", &[("scope", "row")], |html| {
                    html.text(&council.short_name);
                });
                for measure in [Measure::Uphold, Measure::Compliance, Measure::Remedy] {
                    let reading = edition.read(*id, view.year, measure);
                    let comparison = similar::compare(edition, *id, council, view.year, measure);
                    html.part("td", "number", |html| {
                        let text = reading
                            .as_ref()
                            .map_or_else(|absent| absent.words().to_owned(), |rate| rate.with_counts(measure));
                        html.element("strong", &text);
                        if let Some(interval) = reading.as_ref().ok().and_then(Rate::interval) {
                            html.classed("span", "line", &format!("95% interval {}", range(interval)));
                        }
                        if let Some(average) = comparison.published {
                            html.classed("span", "line", &format!("similar authorities {average}"));
                        }
                        if let Some(judged) = judged(&reading, &comparison) {
                            html.classed("span", "line grade", judged.grade.words());
                        }
                    });
                }
            });
        }
    });
}

/// Every two of the councils held against each other: as many as fit.
fn pairs(html: &mut Html, edition: &Edition, view: &View, councils: &[(CouncilId, &Council)]) {
    let counts = |id: CouncilId| {
        let rate = edition.read(id, view.year, view.measure).ok()?;
        Some((rate.count?, rate.total?))
    };
    let Some(((first, council), others)) = councils.split_first() else { return };
    if !view.measure.is_percentage() {
        return;
    }
    html.element("h3", &format!("{} held against each of the others", council.short_name));
    html.within("ul", &[], |html| {
        for (other, peer) in others {
            let found = counts(*first).zip(counts(*other)).and_then(|(one, other)| difference(one, other));
            let words = found.map_or_else(
                || format!("{}: counts are not in this edition.", peer.short_name),
                |difference| in_words::difference(&council.short_name, &peer.short_name, difference),
            );
            html.element("li", &words);
        }
    });
}

fn breaks(html: &mut Html) {
    html.within("p", &[("class", "base")], |html| {
        html.text("The line is broken where years are not comparable. ");
        for at in BREAKS {
            html.text(at.reason).text(" ");
        }
    });
}

fn method(html: &mut Html) {
    html.element("h3", "How to read this");
    html.within("ul", &[("class", "method")], |html| {
        for text in [
            "Counts and rates are as the Ombudsman published them. What Upheld works out from them is called computed.",
            "A 95% interval (Wilson) is the range of rates that the counts are compatible with. On few cases it is wide, and the rate says little.",
            "“Higher” or “lower than chance explains” means that chance alone would give such a count less than once in a thousand (exact binomial \
             test against similar authorities). “Possibly” means less than once in forty: of all councils about one in twenty comes out so by chance.",
            "A rank is the range of places that the council may have, from 10,000 draws. Upheld prints no league table.",
            "An uphold rate says how often the Ombudsman found fault in cases that it chose to investigate. It is no share of all complaints.",
        ] {
            html.element("li", text);
        }
    });
}

/// Which sources print the figures.
fn sources(html: &mut Html, edition: &Edition, view: &View, councils: &[(CouncilId, &Council)]) {
    html.element("h3", "Sources");
    let mut lines: Vec<String> = Vec::new();
    for (id, council) in councils {
        for piece in edition.evidence_for(*id, view.year) {
            let line = format!("{}: {}, {}", council.short_name, piece.kind.label(), piece.source);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    let more = lines.len().saturating_sub(MOST_LISTED);
    html.within("ul", &[("class", "printed-sources")], |html| {
        for line in lines.iter().take(MOST_LISTED) {
            html.element("li", line);
        }
    });
    if more > 0 {
        html.classed("p", "base", &format!("And {more} more, which the page lists."));
    }
    if lines.is_empty() {
        html.element("p", "This edition holds no figures for the year.");
    }
}
