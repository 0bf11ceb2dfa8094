//! England as a whole: what stands beside the map while no council is chosen.

use crate::{capitalised, html::Html};
use upheld_domain::{
    council::CouncilType, edition::Edition, measure::Measure, similar, words::thousands, year::ReportingYear,
};

/// Writes the overview of England in `year`, on `measure`.
pub fn write(html: &mut Html, edition: &Edition, year: ReportingYear, measure: Measure) {
    html.within("h2", &[("id", "overview-title")], |html| {
        html.text("How councils handle complaints");
    });
    html.classed(
        "p",
        "lead",
        "When a council gets something wrong and does not put it right, people can turn to the Local Government and Social \
         Care Ombudsman. Upheld shows how often it found fault, council by council, year by year.",
    );
    html.within("p", &[("class", "choose")], |html| {
        html.element("strong", "Choose a council").text(" on the map, or find it by name or postcode at the top.");
    });
    national(html, edition, year);
    html.element("h3", &format!("{} by type of council, {year}", measure.label()));
    averages(html, edition, year, measure);
    html.classed(
        "p",
        "base",
        "To see where an average was printed, open any council of its type. Upheld counted the last column.",
    );
    html.element("h3", "Before you compare");
    html.within("ul", &[], |html| {
        for advice in ADVICE {
            html.element("li", advice);
        }
    });
    html.within("p", &[], |html| {
        html.link("about/", "How the figures are made, and how sure they are").text(".");
    });
    html.classed("p", "note", edition.note());
}

const ADVICE: [&str; 3] = [
    "Compare like with like: a county answers for other services than a district.",
    "Mind the number of cases: on few, a rate is mostly chance. Such rates are hatched.",
    "Compare within a stretch of years: the Ombudsman changed its method in 2022-23.",
];

/// The national figures that were printed.
fn national(html: &mut Html, edition: &Edition, year: ReportingYear) {
    let Some(national) = edition.national(year) else { return };
    html.element("h3", &format!("England, {year}"));
    if let Some(rate) = national.uphold_rate {
        html.part("p", "figure", |html| {
            html.element("strong", &format!("{rate}%")).text(" ");
            html.classed(
                "span",
                "what",
                "of complaints that were investigated in detail were upheld, in all of England",
            );
        });
    }
    html.part("p", "base", |html| {
        if let Some(complaints) = national.complaints {
            html.text(&format!("{} complaints and enquiries came in. ", thousands(complaints)));
        }
        if let Some(rate) = national.compliance_rate {
            html.text(&format!("{rate}% of recommendations were carried out. "));
        }
        html.link(&national.source, "Source");
    });
}

/// The published average of each type, and how many of its councils have a figure.
fn averages(html: &mut Html, edition: &Edition, year: ReportingYear, measure: Measure) {
    html.part("table", "small", |html| {
        html.classed("caption", "unseen", "Published averages by type of council");
        html.within("thead", &[], |html| {
            html.within("tr", &[], |html| {
                html.within("th", &[("scope", "col")], |html| {
                    html.text("Type");
                });
                for heading in ["Published average", "In this edition"] {
                    html.within("th", &[("scope", "col"), ("class", "number")], |html| {
                        html.text(heading);
                    });
                }
            });
        });
        html.within("tbody", &[], |html| {
            for kind in CouncilType::ALL {
                let average = similar::of_type(edition, kind, year, measure);
                let readings = edition.readings(kind, year, measure);
                let known = readings.iter().filter(|(_, reading)| reading.is_ok()).count();
                html.within("tr", &[], |html| {
                    html.within("th", &[("scope", "row")], |html| {
                        html.text(&capitalised(kind.plural()));
                    });
                    let average = average.map_or_else(|| "not printed".to_owned(), |average| average.to_string());
                    html.classed("td", "number", &average);
                    html.classed("td", "number", &format!("{known} of {}", readings.len()));
                });
            }
        });
    });
}
