//! All that is said of a council, as HTML: written by the second program.

use super::{kept, sheet};
use crate::{chart, comparison};
use upheld_charts::{FunnelChart, SimilarChart, StripChart, TrendChart};
use upheld_domain::{
    edition::Edition,
    letter::Letter,
    register::CouncilId,
    view::{Page, View},
    year::ReportingYear,
};
use upheld_pages::{About, council, evidence, html::Html, letter, lineage, statistics, table, with_files};

/// Which part of a panel is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What a reader sees first, and at its end a place for the rest, marked `data-rest`.
    Head,
    /// What comes after it.
    Rest,
    /// All of it.
    Whole,
}

/// What is said of the council that `view` shows, as far as `part` of it is asked for; nothing where it shows none.
pub fn details(edition: &Edition, view: &View, part: Part) -> String {
    let mut html = Html::default();
    let Some((id, council)) = view.council(edition) else { return html.written() };
    let link = |id| view.choose(edition, id).address(edition);
    let strip = |html: &mut Html, measure| {
        if let Some(strip) = StripChart::new(edition, id, view.year, measure) {
            chart::place(html, &format!("{}{}", chart::STRIP, measure.key()), &strip);
        }
    };
    let about = About { edition, id, council, year: view.year, link: &link, strip: &strip };
    let in_year = |year| View { year, ..view.clone() }.address(edition);
    if part != Part::Rest {
        head(&mut html, edition, view, about, &in_year);
    }
    match part {
        Part::Head => {
            html.within("div", &[("class", "written"), ("data-rest", "")], |_| {});
        }
        Part::Rest | Part::Whole => rest(&mut html, edition, view, about, &in_year),
    }
    html.written()
}

/// What kind of council it is, and its three statistics.
fn head(html: &mut Html, edition: &Edition, view: &View, about: About<'_>, in_year: &dyn Fn(ReportingYear) -> String) {
    sheet::write(html);
    council::in_short(html, about, view.measure);
    council::kind(html, about);
    council::year(html, about, in_year);
    html.part("div", "take", |html| {
        html.within("p", &[("class", "do")], |html| {
            html.link(&view.on(Page::Committee(vec![about.id])).address(edition), "Print for committee");
            kept::button(html, about.council);
            chart::take::share_button(html);
        });
        chart::take::said(html);
    });
    statistics::write(html, about);
}

/// Against whom, since when, what the letter said, and where it comes from.
fn rest(html: &mut Html, edition: &Edition, view: &View, about: About<'_>, in_year: &dyn Fn(ReportingYear) -> String) {
    let About { id, council, .. } = about;
    html.part("section", "comparison", |html| {
        html.element("h3", "Compared with similar authorities");
        council::comparison(html, about, view.measure);
        // Ten thousand draws: filled once the page has been painted, see `rank`.
        if edition.read(id, view.year, view.measure).is_ok() {
            html.within("p", &[("class", "rank"), ("data-rank", "")], |_| {});
        }
        if let Some(chart) = SimilarChart::new(edition, id, view.year, view.measure) {
            chart::figure(html, edition, chart::SIMILAR, &chart, |html| similar_rows(html, about, &chart));
        }
        if let Some(chart) = chart::named::funnel(edition, view) {
            html.element("h4", "Against their number of cases");
            funnel(html, edition, view, &chart);
        }
        with_files(html, edition);
        html.element("h4", "Compare with other councils");
        comparison::links(html, edition, view, id, council);
    });
    if let Some(chart) = TrendChart::new(edition, id, view.year, view.measure) {
        html.part("section", "trend", |html| {
            html.element("h3", "Over the years");
            let of_year = |id, year| View { year, ..view.choose(edition, id) }.address(edition);
            trend(html, about, &chart, in_year, &of_year);
            with_files(html, edition);
            chart::years::write(html, edition, view);
        });
    }
    html.part("section", "annual-letter", |html| {
        html.element("h3", "Annual letter");
        let own = edition.own_letter(id, view.year).and_then(|letter| serde_json::from_str::<Letter>(letter).ok());
        if let Some(own) = own {
            html.classed("p", "base", "From a file of your own.");
            letter::write(html, &own);
        } else if edition.has_letter(id, view.year) {
            // Fetched by the first program, when it has put this in its place.
            let path = format!("letters/{}/{}.part", council.slug, view.year.key());
            html.within("div", &[("data-letter", &path)], |_| {});
        }
        council::letter(html, about);
    });
    lineage::reports(html, about);
    lineage::write(html, about);
    evidence::write(html, about);
}

/// Where the council of `view` ranks, in words.
pub fn rank(edition: &Edition, view: &View) -> Option<String> {
    let (id, of) = view.council(edition)?;
    council::Ranks::of(edition, of.council_type, view.year, view.measure)?.words(id)
}

/// The funnel plot that `view` shows, with what can be selected in it.
pub fn funnel(html: &mut Html, edition: &Edition, view: &View, chart: &FunnelChart) {
    chart::figure(html, edition, chart::FUNNEL, chart, |html| {
        let caption = format!("{} by number of cases, {}", view.measure.label(), view.year);
        table::figures(html, &caption, &["Council", view.measure.label(), "Against the others"], |html| {
            for row in chart.points() {
                let about_this = view.council(edition).is_some_and(|(id, _)| id == row.council);
                html.part("tr", if about_this { "marked" } else { "" }, |html| {
                    html.within("th", &[("scope", "row")], |html| {
                        html.link(&view.choose(edition, row.council).address(edition), &row.name);
                    });
                    html.classed(
                        "td",
                        "number",
                        &edition
                            .read(row.council, view.year, view.measure)
                            .map_or_else(|absent| absent.words().to_owned(), |rate| rate.with_counts(view.measure)),
                    );
                    html.element("td", row.grade.short());
                });
            }
        });
    });
    html.classed(
        "p",
        "base",
        "Each dot is a council. Between the lines chance alone keeps 95% and 99.8% of councils that are like all others of the type; with few cases \
         chance reaches further. Point at a dot to find it on the map; draw a frame round some to see them alone.",
    );
    chart::desk::selection(html, edition, view);
}

/// The table of the same numbers as the chart of similar authorities.
fn similar_rows(html: &mut Html, about: About<'_>, chart: &SimilarChart) {
    let measure = chart.measure();
    let caption = format!("{}, {} in {}", measure.label(), about.council.council_type.plural(), about.year);
    table::figures(html, &caption, &["Council", measure.label()], |html| {
        for row in chart.rows() {
            html.part("tr", if row.marked { "marked" } else { "" }, |html| {
                html.within("th", &[("scope", "row")], |html| {
                    html.link(&(about.link)(row.council), &row.name);
                });
                html.classed("td", "number", &row.figure(measure));
            });
        }
    });
    html.classed("p", "base", "Each name leads to that council’s figures, which open where they come from.");
}

/// The chart over the years, its tables, and why it is broken where it is.
fn trend(
    html: &mut Html,
    about: About<'_>,
    chart: &TrendChart,
    in_year: &dyn Fn(ReportingYear) -> String,
    of_year: &dyn Fn(CouncilId, ReportingYear) -> String,
) {
    let measure = chart.measure();
    chart::figure(html, about.edition, chart::TREND, chart, |html| {
        let caption = format!("{} over the years", measure.label());
        table::figures(html, &caption, &["Year", measure.label(), "Similar authorities", "Median of them"], |html| {
            for row in &chart.rows() {
                html.part("tr", if row.year == about.year { "marked" } else { "" }, |html| {
                    html.within("th", &[("scope", "row")], |html| {
                        html.link(&in_year(row.year), &row.year.to_string());
                        if row.after_its_end {
                            html.text(" (after its end)");
                        }
                    });
                    html.classed("td", "number", &row.figure(measure));
                    let similar = row.similar.map_or_else(|| "not printed".to_owned(), |average| average.to_string());
                    html.classed("td", "number", &similar);
                    let median = row.median.map_or_else(
                        || "too few".to_owned(),
                        |(value, of)| format!("{} (of {of})", measure.write(value)),
                    );
                    html.classed("td", "number", &median);
                });
            }
        });
        html.classed("p", "base", "Each year leads to its figures, which open where they come from.");
        lineage::beside(html, about, &[measure], of_year);
    });
    if let Some((first, last)) = chart.span() {
        council::breaks(html, first, last);
    }
}
