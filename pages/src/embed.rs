//! Cards to be framed by other sites: one council in one year, or a comparison that a small script fills in.
//!
//! They need none of the programs: what a card says stands in its HTML, and what the script shows stands in the files of the
//! councils, in the same words ([`Said`]).

use crate::{About, capitalised, council, html::Html};
use upheld_domain::{
    edition::Edition,
    grade::{Grade, judged},
    interval::Certainty,
    measure::{Measure, Rate, Reading},
    similar,
    words::{counted, range},
    year::ReportingYear,
};

/// The three statistics, in the order in which the Ombudsman prints them.
pub const STATISTICS: [Measure; 3] = [Measure::Uphold, Measure::Compliance, Measure::Remedy];

/// The style sheet, below the root of the site.
const STYLE: &str = "embed.css";

/// The script of the comparison, below the root of the site.
const SCRIPT: &str = "embed.js";

/// What a browser may load for a card: its style sheet. `scripts/csp.mjs` allows the same in the response's header.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'self'; form-action 'none'";

/// What it may load for the comparison: also the script, and the files that the script asks for.
const POLICY_OF_COMPARISON: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'self'; form-action 'none'";

/// What is said of one statistic of one council in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The statistic: "Complaints upheld".
    pub heading: &'static str,
    /// The counts: "9 of 13", where both are known.
    pub counts: Option<String>,
    /// The rate: "69%", where there is one.
    pub rate: Option<String>,
    /// What it is a rate of: "of complaints investigated in detail were upheld".
    pub what: &'static str,
    /// Why there is no rate, where there is none: "No figure in this edition".
    pub absent: Option<String>,
    /// The 95% interval: "42% to 87%", where there is one.
    pub interval: Option<String>,
    /// A word of caution, where one is due: "Uncertain".
    pub certainty: Option<&'static str>,
    /// The published average of similar authorities: "80%", where one is printed.
    pub average: Option<String>,
    /// Whether it differs from similar authorities by more than chance: "No clear difference from similar authorities", where that can be
    /// judged.
    pub grade: Option<&'static str>,
    /// What else has to be known: that a rate was computed, that it is not that of its counts.
    pub notes: Vec<String>,
}

impl Said {
    /// What is said of `measure`, which has to be one of [`STATISTICS`].
    #[must_use]
    pub fn of(about: About<'_>, measure: Measure) -> Self {
        let About { edition, id, council, year, .. } = about;
        let average = similar::published(edition, id, council, year, measure).map(|average| average.to_string());
        let (heading, what, base) = match measure {
            Measure::Uphold | Measure::UpheldPer100k => (
                "Complaints upheld",
                "of complaints investigated in detail were upheld",
                ["detailed investigation", "detailed investigations"],
            ),
            Measure::Compliance => (
                "Compliance with recommendations",
                "of recommendations were carried out to the Ombudsman’s satisfaction",
                ["compliance outcome", "compliance outcomes"],
            ),
            Measure::Remedy => (
                "Satisfactory remedies",
                "of upheld complaints had been put right before they reached the Ombudsman",
                ["upheld decision", "upheld decisions"],
            ),
        };
        let reading = edition.read(id, year, measure);
        let rate = reading.as_ref().ok();
        Self {
            heading,
            counts: rate.and_then(|rate| Some(format!("{} of {}", rate.count?, rate.total?))),
            rate: rate.map(|rate| rate.text(measure)),
            what,
            absent: reading.as_ref().err().map(|absent| capitalised(absent.words())),
            interval: rate.and_then(Rate::interval).map(range),
            certainty: rate.and_then(caution),
            average,
            grade: grade(about, measure, &reading),
            notes: rate.map(|rate| notes(rate, measure, base)).unwrap_or_default(),
        }
    }
}

/// The word of caution beside a rate that is not reliable.
const fn caution(rate: &Rate) -> Option<&'static str> {
    match rate.certainty {
        Certainty::Reliable => None,
        Certainty::Uncertain => Some("Uncertain"),
        Certainty::TooFew => Some("Too few to judge"),
        Certainty::Unknown => Some("How many cases is not in this edition"),
    }
}

/// The grade in words; none where there are too few cases, which the word of caution says, or nothing to compare with.
fn grade(about: About<'_>, measure: Measure, reading: &Reading) -> Option<&'static str> {
    let About { edition, id, council, year, .. } = about;
    let compared = council.existed_in(year).then(|| similar::compare(edition, id, council, year, measure))?;
    let grade = judged(reading, &compared)?.grade;
    (grade != Grade::TooFew).then(|| grade.words())
}

fn notes(rate: &Rate, measure: Measure, [one, many]: [&str; 2]) -> Vec<String> {
    let mut notes = Vec::new();
    if let (None, Some(total)) = (rate.count, rate.total) {
        notes.push(format!("Base: {}.", counted(total, one, many)));
    }
    if let (Some(count), Some(total), Some(computed)) = (rate.count, rate.total, rate.from_counts())
        && rate.differs_from_counts()
    {
        let (printed, computed) = (rate.text(measure), measure.write(computed));
        notes.push(format!("Printed as {printed}, though {count} of {total} is {computed}. Shown as printed."));
    }
    if rate.printed.is_none() {
        notes.push("The rate is computed from the counts; the source prints none.".to_owned());
    }
    notes
}

/// What has to be known of a council whose figures are of complaints that were decided after its end.
#[must_use]
pub fn note(about: About<'_>) -> Option<String> {
    let ended = about.council.last_year.is_some_and(|last| last < about.year);
    ended.then(|| {
        let (name, year) = (&about.council.name, about.year);
        format!(
            "{name} had come to an end by {year}; these figures are of complaints about it that were decided later."
        )
    })
}

/// A page to be framed, whole. `way_back` leads from it to the root of the site; `address` is the page that it is a part of.
struct Document<'a> {
    way_back: &'a str,
    title: &'a str,
    address: &'a str,
    policy: &'static str,
}

impl Document<'_> {
    fn around(&self, content: Html, script: Option<&str>) -> String {
        let mut html = Html::default();
        html.markup("<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"").markup(self.policy).markup("\">\n");
        html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        // What is followed out of a frame takes the place of the page around it.
        html.markup("<base href=\"").text(self.way_back).markup("\" target=\"_top\">\n");
        html.element("title", self.title).line();
        html.markup(
            "<meta name=\"robots\" content=\"noindex\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
        );
        html.markup("<link rel=\"canonical\" href=\"")
            .text(self.address)
            .markup("\">\n<link rel=\"icon\" href=\"data:,\">\n");
        html.markup("<link rel=\"stylesheet\" href=\"").text(STYLE).markup("\">\n</head>\n<body>\n");
        html.markup(&content.written());
        if let Some(script) = script {
            html.markup("<script src=\"").text(script).markup("\" type=\"module\"></script>\n");
        }
        html.markup("</body>\n</html>\n");
        html.written()
    }
}

/// The address of the council's full page, below the root of the site, with the year where it is not the one shown first.
fn full_page(about: About<'_>, year: ReportingYear) -> String {
    let slug = &about.council.slug;
    if year == about.edition.default_year_for(about.council) {
        format!("council/{slug}/")
    } else {
        format!("council/{slug}/?year={}", year.key())
    }
}

/// The card of one council in one year, as a whole page from which `way_back` leads to the root of the site.
#[must_use]
pub fn card(about: About<'_>, way_back: &str) -> String {
    let About { edition, council, year, .. } = about;
    let address = full_page(about, year);
    let title = format!("{}, {year} – Upheld", council.name);
    let mut html = Html::default();
    html.within("main", &[("id", "main"), ("class", "card")], |html| {
        html.line().element("h1", &council.name).line();
        council::year(html, about, &|other| full_page(about, other));
        for measure in STATISTICS {
            statistic(html.line(), &Said::of(about, measure), council.council_type.plural());
        }
        html.line().part("p", "onwards", |html| {
            html.within("a", &[("href", &address), ("target", "_top")], |html| {
                html.text(&format!("{} on Upheld", council.name));
            });
        });
        html.line();
    });
    source(html.line(), edition);
    let document = Document { way_back, title: &title, address: &address, policy: POLICY };
    document.around(html, None)
}

fn statistic(html: &mut Html, said: &Said, plural: &str) {
    html.part("section", "statistic", |html| {
        html.element("h2", said.heading);
        if let Some(absent) = &said.absent {
            html.classed("p", "figure absent", absent);
        }
        if let Some(rate) = &said.rate {
            html.part("p", "figure", |html| {
                if let Some(counts) = &said.counts {
                    html.element("strong", counts).text(": ");
                }
                html.classed("span", "rate", rate).text(" ").classed("span", "what", said.what);
            });
        }
        if said.interval.is_some() || said.certainty.is_some() {
            html.part("p", "sureness", |html| {
                if let Some(word) = said.certainty {
                    html.classed("span", "badge", word).text(" ");
                }
                if let Some(interval) = &said.interval {
                    html.text(&format!("95% interval {interval} (computed)"));
                }
            });
        }
        html.part("p", "similar", |html| {
            html.text(&format!("Published average of similar authorities, the {plural}: "));
            html.element("strong", said.average.as_deref().unwrap_or("not in this edition"));
        });
        if let Some(grade) = said.grade {
            html.classed("p", "grade", &format!("{grade} (computed)"));
        }
        for note in &said.notes {
            html.classed("p", "note", note);
        }
    });
}

/// The page of a comparison, whole: its frame, and what it says where its script does not run.
#[must_use]
pub fn comparison(edition: &Edition, way_back: &str) -> String {
    let default = edition.default_year().key().to_string();
    let years: Vec<String> = edition.years().into_iter().map(|year| year.key().to_string()).collect();
    let attributes = [
        ("id", "main"),
        ("class", "card comparison"),
        ("data-year", default.as_str()),
        ("data-years", &years.join(" ")),
    ];
    let mut html = Html::default();
    html.within("main", &attributes, |html| {
        html.line().element("h1", "Councils compared");
        html.line().within("noscript", &[], |html| {
            html.element(
                "p",
                "Putting councils side by side here needs JavaScript. Each of them has a page of its own, which does not.",
            );
        });
        html.line().within("div", &[("id", "said"), ("role", "status")], |_| {});
        html.line().within("div", &[("id", "compared")], |_| {});
        html.line().part("p", "onwards", |html| {
            html.within("a", &[("href", "table/"), ("target", "_top")], |html| {
                html.text("All councils as a table, on Upheld");
            });
        });
        html.line();
    });
    source(html.line(), edition);
    let title = "Councils compared – Upheld";
    let document = Document { way_back, title, address: "compare/", policy: POLICY_OF_COMPARISON };
    document.around(html, Some(SCRIPT))
}

/// Where the figures come from, and of which edition they are.
fn source(html: &mut Html, edition: &Edition) {
    html.part("footer", "source", |html| {
        html.element(
            "p",
            &format!(
                "Figures: Local Government and Social Care Ombudsman, as published. Intervals and comparisons computed by Upheld, which is \
                 independent of it. Edition of {}.",
                edition.date()
            ),
        );
    });
    html.line();
}

#[cfg(test)]
mod tests {
    use super::*;
    use upheld_domain::{
        edition::{EditionFile, EvidenceRow},
        evidence::SourceKind,
    };

    const YEAR: u16 = 2024;

    /// A council with figures as printed, one that came to an end before, and one with nothing.
    fn edition(figures: &str) -> Edition {
        let council = |number: u32, name: &str, life: &str| {
            format!(
                r#"{{"code": "E0600000{number}", "slug": "c{number}", "name": "{name}", "short": "C{number}",
                    "type": "unitary", "region": "London", {life}}}"#
            )
        };
        let councils = [
            council(1, "Council <One> & Sons", r#""first": 2014"#),
            council(2, "Council Two", r#""first": 2014, "last": 2023"#),
            council(3, "Council Three", r#""first": 2014"#),
        ];
        let councils = serde_json::from_str(&format!("[{}]", councils.join(","))).unwrap();
        let default_year = ReportingYear::ending(YEAR);
        let mut file = EditionFile { date: "2026-11-23".to_owned(), councils, default_year, ..EditionFile::default() };
        for place in 0..2 {
            file.evidence.push(EvidenceRow {
                council: file.councils[place].code,
                year: ReportingYear::ending(YEAR).unwrap(),
                kind: SourceKind::Ombudsman,
                figures: serde_json::from_str(figures).unwrap(),
            });
        }
        Edition::try_from(file).unwrap()
    }

    const PRINTED: &str = r#"{"upheld": 9, "investigations": 13, "uphold_rate": 69, "uphold_rate_similar": 80,
        "compliance_outcomes": 0, "compliance_rate": 0, "satisfactory_remedies": 1}"#;

    fn with<T>(figures: &str, slug: &str, what: impl FnOnce(About<'_>) -> T) -> T {
        let edition = edition(figures);
        let id = edition.register().by_slug(slug).unwrap();
        let council = edition.register().get(id).unwrap();
        let link = |_| String::new();
        what(About {
            edition: &edition,
            id,
            council,
            year: ReportingYear::ending(YEAR).unwrap(),
            link: &link,
            strip: &|_, _| {},
        })
    }

    fn holds(html: &str, parts: &[&str]) {
        for part in parts {
            assert!(html.contains(part), "no “{part}” in {html}");
        }
    }

    #[test]
    fn a_card_says_counts_rate_interval_and_average_and_where_it_belongs() {
        let html = with(PRINTED, "c1", |about| card(about, "../../../"));
        holds(
            &html,
            &[
                "<base href=\"../../../\" target=\"_top\">",
                "<title>Council &lt;One&gt; &amp; Sons, 2023-24 – Upheld</title>",
                "<meta name=\"robots\" content=\"noindex\">",
                "<link rel=\"canonical\" href=\"council/c1/\">",
                "<strong>9 of 13</strong>: <span class=\"rate\">69%</span> <span class=\"what\">of complaints investigated in detail were upheld</span>",
                "<span class=\"badge\">Uncertain</span> 95% interval 42% to 87% (computed)",
                "Published average of similar authorities, the unitary councils: <strong>80%</strong>",
                "<p class=\"grade\">No clear difference from similar authorities (computed)</p>",
                "<p class=\"figure absent\">No recommendations were due</p>",
                "<strong>1 of 9</strong>: <span class=\"rate\">11%</span>",
                "The rate is computed from the counts; the source prints none.",
                "<a href=\"council/c1/\" target=\"_top\">Council &lt;One&gt; &amp; Sons on Upheld</a>",
                "Edition of 2026-11-23.",
            ],
        );
        assert!(!html.contains("<script") && !html.contains("style="), "{html}");
    }

    #[test]
    fn what_is_odd_about_a_rate_is_said_beside_it() {
        let said = |figures: &str, measure| with(figures, "c1", |about| Said::of(about, measure));
        let differing = said(r#"{"upheld": 22, "investigations": 24, "uphold_rate": 93}"#, Measure::Uphold);
        assert_eq!(differing.notes, ["Printed as 93%, though 22 of 24 is 92%. Shown as printed."]);
        assert_eq!(differing.certainty, None);
        let few = said(r#"{"upheld": 1, "investigations": 1, "uphold_rate": 100}"#, Measure::Uphold);
        assert_eq!((few.certainty, few.counts.as_deref()), (Some("Too few to judge"), Some("1 of 1")));
        assert_eq!(few.grade, None);
        let far = said(
            r#"{"upheld": 1, "investigations": 30, "uphold_rate": 3, "uphold_rate_similar": 60}"#,
            Measure::Uphold,
        );
        assert_eq!(far.grade, Some("Lower than chance explains"));
        let bare = said(r#"{"uphold_rate": 83}"#, Measure::Uphold);
        assert_eq!((bare.certainty, bare.counts), (Some("How many cases is not in this edition"), None));
        let of_300 = said(r#"{"compliance_outcomes": 300, "compliance_rate": 99}"#, Measure::Compliance);
        assert_eq!((of_300.counts, of_300.notes), (None, vec!["Base: 300 compliance outcomes.".to_owned()]));
    }

    #[test]
    fn what_is_missing_is_said_and_never_a_zero() {
        let html = with(PRINTED, "c3", |about| card(about, ""));
        holds(&html, &["This edition holds no figures for Council Three in 2023-24.", "No figure in this edition"]);
        assert!(!html.contains("0%</span>") && !html.contains("0 of"), "{html}");
    }

    #[test]
    fn figures_after_a_council_s_end_are_said_to_be_so_in_the_same_words_everywhere() {
        let (html, said) = with(PRINTED, "c2", |about| (card(about, ""), note(about)));
        holds(&html, &[&said.unwrap(), "<link rel=\"canonical\" href=\"council/c2/?year=2024\">"]);
        assert_eq!(with(PRINTED, "c1", note), None);
    }

    #[test]
    fn a_comparison_knows_its_years_and_says_what_to_do_without_its_script() {
        let html = with(PRINTED, "c1", |about| comparison(about.edition, "../../"));
        holds(
            &html,
            &[
                "data-year=\"2024\" data-years=\"2024\"",
                "<noscript><p>",
                "<script src=\"embed.js\" type=\"module\"></script>",
                "<base href=\"../../\" target=\"_top\">",
                "script-src 'self'",
                "connect-src 'self'",
            ],
        );
    }
}
