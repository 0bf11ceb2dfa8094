//! What stands at the head of a council's page, its statement of the year, and its comparison in words.

use crate::{About, capitalised, html::Html, provenance, with_files};
use upheld_domain::{
    council::{CouncilType, OmbudsmanPage},
    edition::Edition,
    grade::judged,
    in_words,
    measure::Measure,
    rank::RankInterval,
    register::CouncilId,
    similar::{self, Computed},
    statement::statement,
    trend::BREAKS,
    year::ReportingYear,
};

/// Writes how the council reads on `measure` in one line, for who sees no more than the head of its page; nothing where there are no figures of
/// the year, which [`year`] says.
pub fn in_short(html: &mut Html, about: About<'_>, measure: Measure) {
    let About { edition, id, year, .. } = about;
    if edition.figures(id, year).is_none() {
        return;
    }
    html.part("p", "in-short", |html| {
        html.text(&format!("{}, {year}: ", measure.label()));
        match edition.read(id, year, measure) {
            Ok(rate) => {
                html.element("strong", &rate.with_counts(measure));
                if let Some(word) = rate.certainty.word() {
                    html.text(", ").text(word);
                }
            }
            Err(absent) => {
                html.text(absent.words());
            }
        }
    });
}

/// Writes what kind of council it is, and what a reader has to know of it.
pub fn kind(html: &mut Html, about: About<'_>) {
    let register = about.edition.register();
    let county = about.council.county.and_then(|code| register.by_code(code));
    html.part("p", "about", |html| {
        html.text(&capitalised(about.council.council_type.singular())).text(", ").text(about.council.region.name());
        if let Some((id, county)) = county.and_then(|id| Some((id, register.get(id)?))) {
            html.text(", under ").link(&(about.link)(id), &county.name);
        }
    });
    if !about.council.note.is_empty() {
        html.classed("p", "note", &about.council.note);
    }
}

/// Writes the year that the page is about, and what to know where it holds nothing for it. `of_year` gives the
/// address of the same council in another year.
pub fn year(html: &mut Html, about: About<'_>, of_year: &dyn Fn(ReportingYear) -> String) {
    let About { edition, id, council, year, .. } = about;
    html.part("p", "period", |html| {
        html.text(&year.to_string()).classed("span", "muted", &format!(": {}", year.period()));
    });
    let has_figures = edition.figures(id, year).is_some();
    let lead = match (council.existed_in(year), has_figures) {
        (true, true) => return other_years(html, about, of_year),
        (true, false) => format!("This edition holds no figures for {} in {year}.", council.name),
        (false, _) if council.first_year > year => format!("{} did not exist yet in {year}.", council.name),
        (false, true) => {
            let name = &council.name;
            format!(
                "{name} had come to an end by {year}; these figures are of complaints about it that were decided later."
            )
        }
        (false, false) => format!("{} had come to an end by {year}.", council.name),
    };
    html.part("div", "notice", |html| {
        html.element("p", &lead);
        if has_figures {
            return;
        }
        let mut others = edition.years_of(id).rev().peekable();
        if others.peek().is_none() {
            html.element("p", "This edition holds no figures for it in any year.");
            return;
        }
        html.element("p", "This edition has figures for it in:");
        html.part("ul", "years", |html| {
            for other in others {
                html.within("li", &[], |html| {
                    html.link(&of_year(other), &other.to_string());
                });
            }
        });
    });
}

/// Writes the ways to the other years that have figures, the newest first; nothing where there are none.
fn other_years(html: &mut Html, about: About<'_>, of_year: &dyn Fn(ReportingYear) -> String) {
    let mut others = about.edition.years_of(about.id).rev().filter(|other| *other != about.year).peekable();
    if others.peek().is_none() {
        return;
    }
    html.part("p", "base", |html| {
        html.text("Figures of other years:");
        for other in others {
            html.text(" ").link(&of_year(other), &other.to_string());
        }
    });
}

/// Writes Upheld's statement of the year, set as a letter, and the way to the Ombudsman's own.
pub fn letter(html: &mut Html, about: About<'_>) {
    let written = statement(about.edition, about.id, about.council, about.year);
    html.within("article", &[("class", "letter"), ("aria-labelledby", "statement-title")], |html| {
        html.part("p", "letterhead", |html| {
            html.element("span", "Upheld").element("span", "Statement of the year");
        });
        html.within("h4", &[("id", "statement-title")], |html| {
            html.text(&written.title);
        });
        for paragraph in &written.paragraphs {
            html.element("p", paragraph);
        }
        html.classed("p", "base", "Written by Upheld from the published figures. It is not the Ombudsman’s letter.");
        with_files(html, about.edition);
    });
    html.part("p", "base", |html| {
        html.link(
            &about.council.ombudsman_page(OmbudsmanPage::AnnualLetters),
            "The Ombudsman’s letters to the council",
        );
    });
}

/// Writes the council's rate beside the published and the computed average.
pub fn comparison(html: &mut Html, about: About<'_>, measure: Measure) {
    let plural = about.council.council_type.plural();
    let comparison = similar::compare(about.edition, about.id, about.council, about.year, measure);
    if comparison.computed == Computed::NotThen {
        let (name, year) = (&about.council.name, about.year);
        html.element("p", &format!("{name} did not exist in {year}, so there is nothing to compare."));
        return;
    }
    let own = about.edition.read(about.id, about.year, measure);
    let own = own.map_or_else(|absent| absent.words().to_owned(), |rate| rate.with_counts(measure));
    let published = comparison
        .published
        .map_or_else(|| "not printed in the sources of this edition".to_owned(), |average| average.to_string());
    html.classed("p", "base", &format!("{}, {}. Similar authorities are the {plural}.", measure.label(), about.year));
    html.part("dl", "pairs", |html| {
        html.element("dt", &about.council.short_name).element("dd", &own);
        html.element("dt", "Published average").element("dd", &published);
        let computed = computed(comparison.computed, plural, measure);
        html.element("dt", "Computed average of the others").element("dd", &computed);
    });
    provenance::computed(html, about, measure, &comparison);
    if let Some(judged) = judged(&about.edition.read(about.id, about.year, measure), &comparison) {
        html.classed("p", "grade", judged.grade.words());
        html.element("p", &in_words::grade(&judged, about.council.council_type, measure));
    }
}

/// The ranks of the councils of a type in a year, as intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks {
    kind: CouncilType,
    measure: Measure,
    of_each: Vec<(CouncilId, RankInterval)>,
}

impl Ranks {
    /// The ranks of `kind` in `year` on a measure; none where fewer than [`similar::FEWEST_FOR_AN_AVERAGE`] councils have counts.
    #[must_use]
    pub fn of(edition: &Edition, kind: CouncilType, year: ReportingYear, measure: Measure) -> Option<Self> {
        let of_each = similar::ranked(edition, kind, year, measure)?;
        Some(Self { kind, measure, of_each })
    }

    /// Where a council ranks, in words ([`in_words::rank`]); none where it has no counts.
    #[must_use]
    pub fn words(&self, id: CouncilId) -> Option<String> {
        let (_, rank) = self.of_each.iter().find(|(of, _)| *of == id)?;
        Some(in_words::rank(*rank, self.of_each.len(), self.kind, self.measure))
    }
}

/// The computed average with its base, or why there is none.
fn computed(computed: Computed, plural: &str, measure: Measure) -> String {
    match computed {
        Computed::Average { count, total, others, of } => {
            let rate = measure.write(100.0 * f64::from(count) / f64::from(total));
            format!("{count} of {total} ({rate}), from {others} other {plural} in this edition, of {of} in all")
        }
        Computed::TooFewCouncils { with_figures, of } => {
            format!(
                "none: only {with_figures} of {of} {plural} have counts in this edition, and at least half are needed"
            )
        }
        Computed::NotThen => "none".to_owned(),
        Computed::NotOfCounts => "none: the numbers of residents are not in this edition".to_owned(),
    }
}

/// Writes why years are not comparable across the breaks that lie between `first` and `last`.
pub fn breaks(html: &mut Html, first: ReportingYear, last: ReportingYear) {
    let mut reasons = BREAKS.iter().filter(|at| first < at.before && at.before <= last).peekable();
    if reasons.peek().is_none() {
        return;
    }
    html.classed("p", "base", "Not comparable across:");
    html.part("ul", "base", |html| {
        for at in reasons {
            html.element("li", at.reason);
        }
    });
}
