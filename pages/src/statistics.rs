//! The three statistics, as the Ombudsman prints them: counts, rate, average of similar authorities, base, evidence.

use crate::{About, capitalised, html::Html, provenance};
use upheld_domain::{
    council::OmbudsmanPage,
    figures::{Count, Field, Figures, Value},
    interval::Certainty,
    measure::{Absent, Measure, Rate, Reading},
    similar,
    words::{counted, range},
};

/// Writes the three statistics, each in a section of its own.
pub fn write(html: &mut Html, about: About<'_>) {
    let none = Figures::default();
    let figures = about.edition.figures(about.id, about.year).unwrap_or(&none);
    html.part("section", "statistic", |html| upheld(html, about, figures));
    html.part("section", "statistic", |html| compliance(html, about, figures));
    html.part("section", "statistic", |html| remedies(html, about, figures));
}

impl About<'_> {
    fn read(&self, measure: Measure) -> (Reading, Option<Value>) {
        let average = similar::published(self.edition, self.id, self.council, self.year, measure);
        (self.edition.read(self.id, self.year, measure), average)
    }

    fn base(&self, count: Count, one: &str, many: &str) -> String {
        format!("Base: {} in {}. ", counted(count, one, many), self.year)
    }
}

fn upheld(html: &mut Html, about: About<'_>, figures: &Figures) {
    html.element("h3", "Complaints upheld");
    let (reading, average) = about.read(Measure::Uphold);
    headline(html, about, Measure::Uphold, &reading, average, "of complaints investigated in detail were upheld");
    match (&reading, figures.upheld, figures.investigations) {
        (Err(Absent::NotInEdition), Some(upheld), None) => {
            let upheld = counted(upheld, "complaint", "complaints");
            html.element(
                "p",
                &format!(
                    "{} upheld; how many were investigated is not in this edition, so there is no rate.",
                    capitalised(&upheld)
                ),
            );
        }
        (Err(Absent::NotInEdition), None, Some(investigations)) => {
            let investigations = counted(investigations, "detailed investigation", "detailed investigations");
            html.element(
                "p",
                &format!("{}; how many were upheld is not in this edition.", capitalised(&investigations)),
            );
        }
        _ => {}
    }
    let (per, average) = about.read(Measure::UpheldPer100k);
    let averages: &[Measure] =
        if per.is_ok() { &[Measure::Uphold, Measure::UpheldPer100k] } else { &[Measure::Uphold] };
    if let Ok(rate) = per {
        let average = average.map(|average| format!("; similar authorities: {average}")).unwrap_or_default();
        html.element("p", &format!("{} upheld per 100,000 residents{average}.", rate.text(Measure::UpheldPer100k)));
    }
    overview(html, figures);
    html.part("p", "base", |html| {
        if let Some(count) = figures.investigations {
            html.text(&about.base(count, "detailed investigation", "detailed investigations"));
        }
        html.link(&about.council.ombudsman_page(OmbudsmanPage::Statistics), "The decisions, at the Ombudsman");
    });
    let beside = [Field::UpheldPer100k, Field::DealtWith, Field::NotForUs, Field::AssessedAndClosed];
    provenance::figure(html, about, Measure::Uphold, &beside);
    provenance::average(html, about, averages);
}

/// What became of all complaints, where the Ombudsman prints it.
fn overview(html: &mut Html, figures: &Figures) {
    let Some(dealt_with) = figures.dealt_with else { return };
    let parts = [
        (figures.not_for_us, "not for the Ombudsman"),
        (figures.assessed_and_closed, "assessed and closed"),
        (figures.investigations, "investigated in detail"),
    ];
    let mut text = capitalised(&counted(dealt_with, "complaint", "complaints"));
    text.push_str(" dealt with");
    let mut joint = ": ";
    for (count, words) in parts {
        if let Some(count) = count {
            text.push_str(&format_args!("{joint}{count} {words}").to_string());
            joint = ", ";
        }
    }
    text.push('.');
    html.element("p", &text);
}

fn compliance(html: &mut Html, about: About<'_>, figures: &Figures) {
    html.element("h3", "Compliance with recommendations");
    let (reading, average) = about.read(Measure::Compliance);
    let what = "of recommendations were carried out to the Ombudsman’s satisfaction";
    headline(html, about, Measure::Compliance, &reading, average, what);
    if let Ok(Rate { count: Some(count), total: Some(total), .. }) = reading
        && count < total
    {
        html.element("p", &format!("{} of {total} not carried out.", total - count));
    }
    html.part("p", "base", |html| {
        if let Some(outcomes) = figures.compliance_outcomes.filter(|outcomes| *outcomes > 0) {
            html.text(&about.base(outcomes, "compliance outcome", "compliance outcomes"));
        }
        html.link(
            &about.council.ombudsman_page(OmbudsmanPage::ServiceImprovements),
            "Service improvements that the council agreed to, at the Ombudsman",
        );
    });
    provenance::figure(html, about, Measure::Compliance, &[]);
    provenance::average(html, about, &[Measure::Compliance]);
}

fn remedies(html: &mut Html, about: About<'_>, figures: &Figures) {
    html.element("h3", "Satisfactory remedies");
    let (reading, average) = about.read(Measure::Remedy);
    let what = "of upheld complaints had been put right before they reached the Ombudsman";
    headline(html, about, Measure::Remedy, &reading, average, what);
    if let (Some(upheld), Ok(_)) = (figures.upheld, &reading) {
        html.classed("p", "base", &about.base(upheld, "upheld decision", "upheld decisions"));
    }
    provenance::figure(html, about, Measure::Remedy, &[]);
    provenance::average(html, about, &[Measure::Remedy]);
}

/// The figure in large, what it is of, how sure it is, and the published average beside it.
fn headline(
    html: &mut Html,
    about: About<'_>,
    measure: Measure,
    reading: &Reading,
    average: Option<Value>,
    what: &str,
) {
    match reading {
        Err(absent) => {
            html.classed("p", "figure absent", &capitalised(absent.words()));
        }
        Ok(rate) => {
            html.part("p", "figure", |html| {
                html.element("strong", &rate.text(measure));
                if let (Some(count), Some(total)) = (rate.count, rate.total) {
                    html.text(" ").classed("span", "counts", &format!("{count} of {total}"));
                }
                html.text(" ").classed("span", "what", what);
            });
        }
    }
    if let Some(average) = average {
        html.part("p", "similar", |html| {
            html.classed("span", "key", "Similar authorities").text(" ").element("strong", &average.to_string());
        });
    }
    let Ok(rate) = reading else { return };
    sureness(html, rate);
    (about.strip)(html, measure);
    if rate.differs_from_counts() {
        let (count, total) = (rate.count.unwrap_or_default(), rate.total.unwrap_or_default());
        let computed = measure.write(rate.from_counts().unwrap_or_default());
        let printed = rate.text(measure);
        let note = format!("Printed as {printed}, though {count} of {total} is {computed}. Shown as printed.");
        html.classed("p", "note", &note);
    }
    if rate.printed.is_none() {
        html.classed("p", "base", "The rate is computed from the counts; the source prints none.");
    }
}

/// How sure the rate is, with its interval.
fn sureness(html: &mut Html, rate: &Rate) {
    let word = match rate.certainty {
        Certainty::Reliable => None,
        Certainty::Uncertain => Some("Uncertain"),
        Certainty::TooFew => Some("Too few to judge"),
        Certainty::Unknown => Some("How many cases is not in this edition"),
    };
    let interval = rate.interval();
    if interval.is_none() && word.is_none() {
        return;
    }
    html.part("p", "sureness", |html| {
        if let Some(word) = word {
            html.classed("span", "badge", word).text(" ");
        }
        if let Some(interval) = interval {
            html.text("95% interval ").text(&range(interval)).text(" ").classed("span", "muted", "(computed)");
        }
    });
}
