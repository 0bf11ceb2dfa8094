//! What the council came from, what came after it, and the public reports about it.

use crate::{About, capitalised, html::Html, table};
use upheld_domain::{
    council::{Council, OmbudsmanPage},
    measure::Measure,
    register::CouncilId,
    words,
    year::ReportingYear,
};

/// Writes the section on predecessors and successors, where there are any.
pub fn write(html: &mut Html, about: About<'_>) {
    let register = about.edition.register();
    let before: Vec<_> = register.predecessors(about.council).collect();
    let after: Vec<_> = register.successors(about.council).collect();
    if before.is_empty() && after.is_empty() {
        return;
    }
    html.part("section", "lineage", |html| {
        html.element("h3", "Before and after");
        if !before.is_empty() {
            html.element("p", &format!("It took over on 1 April {} from:", about.council.first_year.begins()));
            list(html, about, &before, &|council| {
                council.last_year.map_or(String::new(), |last| format!(", until 31 March {}", last.key()))
            });
        }
        if let Some(last) = about.council.last_year {
            html.element("p", &format!("It came to an end on 31 March {}. In its place:", last.key()));
            list(html, about, &after, &|council| format!(", from 1 April {}", council.first_year.begins()));
        }
        html.classed("p", "base", "Figures of different councils are never added up here.");
    });
}

fn list(html: &mut Html, about: About<'_>, councils: &[(CouncilId, &Council)], when: &dyn Fn(&Council) -> String) {
    html.within("ul", &[], |html| {
        for (id, council) in councils {
            html.within("li", &[], |html| {
                html.link(&(about.link)(*id), &council.name);
                html.text(&format!(" ({}{})", council.council_type.singular(), when(council)));
            });
        }
    });
}

/// Writes the years of the councils before and after, each by itself, read on `measures`: a table for each relation. Those
/// without any figure are named. `of_year` gives the address of a council in a year.
pub fn beside(
    html: &mut Html,
    about: About<'_>,
    measures: &[Measure],
    of_year: &dyn Fn(CouncilId, ReportingYear) -> String,
) {
    let About { edition, council, .. } = about;
    let register = edition.register();
    let before: Vec<_> = register.predecessors(council).collect();
    let after: Vec<_> = register.successors(council).collect();
    for (councils, what) in [(before, replaced(council)), (after, in_its_place(council))] {
        let mut rows = Vec::new();
        let mut without = Vec::new();
        for (id, of) in councils {
            let known = rows.len();
            let told = |year: &ReportingYear| measures.iter().any(|measure| edition.read(id, *year, *measure).is_ok());
            rows.extend(edition.years_of(id).filter(told).map(|year| (id, of, year)));
            if rows.len() == known {
                without.push(of.name.as_str());
            }
        }
        if !rows.is_empty() {
            html.classed("p", "base", &format!("{what}, each by itself. They are never added up."));
            let headings: Vec<&str> =
                ["Council", "Year"].into_iter().chain(measures.iter().map(|it| it.label())).collect();
            table::figures(html, &what, &headings, |html| {
                for (id, of, year) in rows {
                    html.within("tr", &[], |html| {
                        html.within("th", &[("scope", "row")], |html| {
                            html.link(&of_year(id, year), &of.name);
                        });
                        html.part("td", "number", |html| {
                            html.text(&year.to_string());
                            if !of.existed_in(year) {
                                html.text(" ").classed("span", "uncertain", "after its end");
                            }
                        });
                        for measure in measures {
                            table::cell(html, *measure, &edition.read(id, year, *measure));
                        }
                    });
                }
            });
        }
        if !without.is_empty() {
            html.classed("p", "base", &format!("{what}, without figures here: {}.", words::list(&without)));
        }
    }
}

/// The councils before: "Before 1 April 2023: the councils it replaced".
fn replaced(council: &Council) -> String {
    format!("Before 1 April {}: the councils it replaced", council.first_year.begins())
}

/// The councils after: "From 1 April 2023: the councils in its place".
fn in_its_place(council: &Council) -> String {
    let from = council.last_year.map_or(String::new(), |last| format!("From 1 April {}: ", last.key()));
    capitalised(&format!("{from}the councils in its place"))
}

/// Writes the section on public reports, as they are cited.
pub fn reports(html: &mut Html, about: About<'_>) {
    html.part("section", "reports", |html| {
        html.element("h3", "Public reports");
        let mut reports = about.edition.reports_on(about.id).peekable();
        if reports.peek().is_none() {
            html.element("p", "This edition cites none.");
        } else {
            html.element("p", "Among others:");
            html.within("ul", &[], |html| {
                for report in reports {
                    html.within("li", &[], |html| {
                        html.element("cite", &report.title)
                            .text(", cited on ")
                            .link(&report.source, "the Ombudsman’s page");
                    });
                }
            });
        }
        html.part("p", "base", |html| {
            html.link(&about.council.ombudsman_page(OmbudsmanPage::Reports), "Public reports, at the Ombudsman");
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use upheld_domain::edition::{Edition, EditionFile};

    fn edition() -> Edition {
        let file: EditionFile = serde_json::from_str(include_str!("../../charts/tests/reorganised.json")).unwrap();
        file.try_into().unwrap()
    }

    fn written(slug: &str, write: impl Fn(&mut Html, About<'_>)) -> String {
        let edition = edition();
        let id = edition.register().by_slug(slug).unwrap();
        let council = edition.register().get(id).unwrap();
        let link = |id| format!("council/{}/", edition.register().get(id).unwrap().slug);
        let mut html = Html::default();
        let year = edition.default_year_for(council);
        write(&mut html, About { edition: &edition, id, council, year, link: &link, strip: &|_, _| {} });
        html.written()
    }

    fn in_year(edition: &Edition, id: CouncilId, year: ReportingYear) -> String {
        format!("{}?{}", edition.register().get(id).unwrap().slug, year.key())
    }

    #[test]
    fn a_council_is_told_with_its_type_and_the_day_on_which_it_began_or_ended() {
        let before = written("cumberland-council", write);
        let after = written("cumbria-county-council", write);
        for (html, part) in [
            (&before, "It took over on 1 April 2023 from:"),
            (&before, "Allerdale Borough Council</a> (district council, until 31 March 2023)"),
            (&before, "Cumbria County Council</a> (county council, until 31 March 2023)"),
            (&after, "It came to an end on 31 March 2023. In its place:"),
            (&after, "Cumberland Council</a> (unitary council, from 1 April 2023)"),
        ] {
            assert!(html.contains(part), "no “{part}” in {html}");
        }
    }

    #[test]
    fn the_figures_of_those_before_and_after_stand_each_by_itself() {
        let table = |measures: &'static [Measure]| {
            move |html: &mut Html, about: About<'_>| {
                beside(html, about, measures, &|id, year| in_year(about.edition, id, year));
            }
        };
        let before = written("cumberland-council", table(&[Measure::Uphold]));
        for part in [
            "Before 1 April 2023: the councils it replaced, each by itself. They are never added up.",
            "<a href=\"allerdale-borough-council?2023\">Allerdale Borough Council</a></th><td class=\"number\">2022-23</td>\
             <td class=\"number\">1 of 4 (25%)",
            "2023-24 <span class=\"uncertain\">after its end</span></td><td class=\"number\">9 of 10 (91%)",
            "without figures here: Carlisle City Council and Copeland Borough Council.",
        ] {
            assert!(before.contains(part), "no “{part}” in {before}");
        }
        let after = written("dorset-county-council", table(&Measure::ALL));
        assert!(after.contains("From 1 April 2019: the councils in its place, each by itself"), "{after}");
        assert!(after.contains("17 of 30 (57%)"), "{after}");
    }
}
