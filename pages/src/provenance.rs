//! The evidence behind a figure, opened in the figure's place: who printed what, which of it is shown, and what Upheld
//! computed from what.

use crate::{
    About, capitalised,
    evidence::{address, named},
    html::Html,
    table,
};
use std::cmp::Ordering;
use upheld_domain::{
    council::OmbudsmanPage,
    edition::Provenance,
    evidence::{Evidence, SourceKind},
    figures::{Field, Value},
    interval::Z_95,
    measure::{Measure, Rate, Reading},
    register::CouncilId,
    similar::{self, Comparison, Computed, Origin},
    words::{list, range},
};

/// Writes where the council's figure of `measure` comes from, with the figures of `beside` that are told together with it.
/// Nothing where no source prints any of them.
pub fn figure(html: &mut Html, about: About<'_>, measure: Measure, beside: &[Field]) {
    let fields = measure.fields().iter().chain(beside);
    let printed: Vec<Provenance<'_>> =
        fields.filter_map(|field| about.edition.provenance(about.id, about.year, *field)).collect();
    if printed.is_empty() {
        return;
    }
    let reading = about.edition.read(about.id, about.year, measure);
    let name = measure.label().to_ascii_lowercase();
    let summary = match &reading {
        Ok(rate) => format!("Where the {name} of {} comes from", rate.text(measure)),
        Err(_) => format!("What is printed for the {name}"),
    };
    html.part("details", "evidence-of", |html| {
        html.element("summary", &summary);
        prints(html, about, &printed);
        workings(html, measure, &reading, &printed);
    });
}

/// Writes where the averages of `measures` come from that stand beside the council's figures; nothing where there are
/// none. The first of `measures` that has one gives it its name.
pub fn average(html: &mut Html, about: About<'_>, measures: &[Measure]) {
    let About { edition, id, council, year, .. } = about;
    let known = |measure: &Measure| {
        let value = similar::published(edition, id, council, year, *measure)?;
        Some((*measure, value, similar::origin(edition, id, council, year, *measure)?))
    };
    let averages: Vec<(Measure, Value, Origin<'_>)> = measures.iter().filter_map(known).collect();
    let Some((measure, value, _)) = averages.first() else { return };
    html.part("details", "evidence-of", |html| {
        html.element("summary", &format!("Where the average {} of {value} comes from", lower(*measure)));
        let mut printed = Vec::new();
        for (_, _, origin) in &averages {
            if let Origin::Beside { provenance, .. } = origin {
                printed.push(provenance.clone());
            }
        }
        if !printed.is_empty() {
            prints(html, about, &printed);
        }
        for (measure, value, origin) in &averages {
            of_average(html, about, *measure, *value, origin);
        }
    });
}

/// What there is to say of an average beyond what stands in the table of what is printed.
fn of_average(html: &mut Html, about: About<'_>, measure: Measure, value: Value, origin: &Origin<'_>) {
    let plural = about.council.council_type.plural();
    let average = format!("average {}, {value}", lower(measure));
    match origin {
        Origin::Beside { listed: None, .. } => {}
        Origin::Beside { listed: Some(listed), .. } if *listed == value => {
            html.element("p", &format!("The edition’s list of averages for {plural} has the same {average}."));
        }
        Origin::Beside { listed: Some(listed), .. } => {
            let text = format!(
                "The edition’s list of averages for {plural} has {listed}. {value} is shown: it stands beside the council’s own figures."
            );
            html.element("p", &text);
        }
        Origin::Listed { beside } => {
            let text = format!(
                "The {average}, is taken from the edition’s list of averages for {plural}, gathered from the Ombudsman’s \
                 pages of councils. The list does not hold the address of each."
            );
            html.element("p", &text);
            if !beside.is_empty() {
                html.element("p", "Sources print the same beside the figures of:");
                names(html, about, beside);
            }
        }
        Origin::Peers(peers) => {
            let text = format!(
                "No source prints the {average}, beside this council’s figures. It stands beside the figures of these \
                 {plural}, and every one that prints an average prints this:"
            );
            html.element("p", &text);
            names(html, about, peers);
        }
    }
}

/// Writes how the average of the other councils was computed, from the counts of which; nothing where there is none.
pub fn computed(html: &mut Html, about: About<'_>, measure: Measure, comparison: &Comparison) {
    let Computed::Average { count, total, .. } = comparison.computed else { return };
    let plural = about.council.council_type.plural();
    html.part("details", "evidence-of", |html| {
        html.element("summary", &format!("How the average of the other {plural} is computed"));
        let rate = measure.write(100.0 * f64::from(count) / f64::from(total));
        let text = format!(
            "100 × {count} ÷ {total} = {rate}: the sums of the counts below. {} is not among them.",
            about.council.name
        );
        html.element("p", &text);
        html.part("ul", "names", |html| {
            for (peer, count, total) in similar::counted(&comparison.peers) {
                if peer != about.id {
                    linked(html, about, peer, &format!(" {count} of {total}"));
                }
            }
        });
    });
}

/// The table of what is printed by whom, what is not shown and why, and the addresses.
fn prints(html: &mut Html, about: About<'_>, printed: &[Provenance<'_>]) {
    let pieces = about.edition.evidence_for(about.id, about.year);
    let name = |piece: &Evidence| named(&pieces, piece, piece.in_a_sentence());
    table::figures(html, "What is printed, and by whom", &["Figure", "Printed", "By"], |html| {
        for it in printed {
            let agreeing = [it.shown].into_iter().chain(it.agreeing.iter().copied());
            row(html, it.field, it.value, &list(&agreeing.map(name).collect::<Vec<_>>()));
            for (piece, value) in &it.differing {
                row(html, it.field, *value, &format!("{}; not shown", name(piece)));
            }
        }
    });
    for it in printed {
        for (piece, value) in &it.differing {
            let (better, other) = (capitalised(&name(it.shown)), name(piece));
            let why = match it.shown.kind.cmp(&piece.kind) {
                Ordering::Less => format!("ranks before {other}"),
                Ordering::Equal => format!("is listed before {other}"),
                // The better source contradicts another figure of the same statistic.
                Ordering::Greater => format!("fits the figures beside it, and {other} does not"),
            };
            html.element("p", &format!("{better} {why}: {} is shown, {value} is not.", it.value));
        }
    }
    html.part("ul", "addresses", |html| {
        for piece in &pieces {
            if printed.iter().any(|it| it.sources().any(|source| std::ptr::eq(source, *piece))) {
                html.within("li", &[], |html| {
                    html.text(&capitalised(&name(piece))).text(": ");
                    address(html, piece);
                    if piece.kind == SourceKind::Letter && piece.address().is_none() {
                        let letters = about.council.ombudsman_page(OmbudsmanPage::AnnualLetters);
                        html.text(", among ").link(&letters, "the Ombudsman’s letters to the council");
                    }
                });
            }
        }
    });
}

fn row(html: &mut Html, field: Field, value: Value, by: &str) {
    html.within("tr", &[], |html| {
        html.within("th", &[("scope", "row")], |html| {
            html.text(&capitalised(field.label()));
        });
        html.classed("td", "number", &value.to_string()).element("td", by);
    });
}

/// What Upheld computed, and from what.
fn workings(html: &mut Html, measure: Measure, reading: &Reading, printed: &[Provenance<'_>]) {
    let mut lines = Vec::new();
    match reading {
        Ok(rate) => {
            lines.extend(share(measure, rate));
            lines.extend(interval(rate));
        }
        Err(absent) => {
            let rates = printed.iter().filter(|it| measure.fields().last() == Some(&it.field));
            lines.extend(rates.map(|it| format!("{} is printed, but {}: no rate is shown.", it.value, absent.words())));
        }
    }
    if !lines.is_empty() {
        html.part("ul", "workings", |html| {
            for line in lines {
                html.element("li", &line);
            }
        });
    }
}

/// How the rate and its counts go together.
fn share(measure: Measure, rate: &Rate) -> Option<String> {
    let (count, total) = (rate.count?, rate.total?);
    let (text, counted) = (rate.text(measure), measure.write(rate.from_counts()?));
    Some(if rate.printed.is_none() {
        format!("The rate is computed: 100 × {count} ÷ {total} = {text}. No source prints one.")
    } else if measure == Measure::Compliance {
        format!("{count} is computed: of {total}, it is the only number that rounds to {text}.")
    } else if rate.differs_from_counts() {
        format!("{count} of {total} is {counted}. {text} is printed, and shown.")
    } else {
        format!("{count} of {total} is {counted}, which agrees with the printed rate.")
    })
}

/// How the interval was computed.
fn interval(rate: &Rate) -> Option<String> {
    let (interval, count, total) = (rate.interval()?, rate.count?, rate.total?);
    Some(format!(
        "The 95% interval, {}, is computed from {count} of {total} by Wilson’s score method: (2x + z² ± z√(z² + 4x(1 − x ÷ n))) \
         ÷ 2(n + z²), where x is {count}, n is {total} and z is {Z_95:.2}.",
        range(interval)
    ))
}

fn lower(measure: Measure) -> String {
    let label = measure.label().to_ascii_lowercase();
    if measure == Measure::UpheldPer100k { format!("of {label}") } else { label }
}

fn names(html: &mut Html, about: About<'_>, councils: &[CouncilId]) {
    html.part("ul", "names", |html| {
        for council in councils {
            linked(html, about, *council, "");
        }
    });
}

fn linked(html: &mut Html, about: About<'_>, council: CouncilId, after: &str) {
    let name = about.edition.register().get(council).map_or("", |council| &council.short_name);
    html.within("li", &[], |html| {
        html.link(&(about.link)(council), name).text(after);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{council, statistics};
    use upheld_domain::{
        council::CouncilType,
        edition::{Average, Edition, EditionFile, EvidenceRow, SourceRow, SourcesFile},
        year::ReportingYear,
    };

    /// Six councils: one with two sources that differ, five whose figures agree with each other's.
    fn edition() -> Edition {
        let council = |number: u32| {
            format!(
                r#"{{"code": "E0600000{number}", "slug": "c{number}", "name": "Council {number}", "short": "C{number}",
                    "type": "unitary", "region": "London", "first": 2014}}"#
            )
        };
        let councils: Vec<String> = (1..=6).map(council).collect();
        let councils = serde_json::from_str(&format!("[{}]", councils.join(","))).unwrap();
        let mut file = EditionFile { councils, ..EditionFile::default() };
        let mut sources = SourcesFile { date: String::new(), sources: Vec::new(), reports: Vec::new() };
        let year = ReportingYear::ending(2024).unwrap();
        let mut print = |place: usize, kind, source: &str, figures: &str| {
            let (council, source) = (file.councils[place].code, source.to_owned());
            file.evidence.push(EvidenceRow { council, year, kind, figures: serde_json::from_str(figures).unwrap() });
            sources.sources.push(SourceRow { council, year, kind, source });
        };
        print(0, SourceKind::Press, "https://www.press.example/a?b&c", r#"{"upheld": 42, "investigations": 59}"#);
        print(0, SourceKind::Press, "An evening paper of 1 June", r#"{"upheld": 44}"#);
        print(
            0,
            SourceKind::Ombudsman,
            "https://page.example/",
            r#"{"upheld": 44, "uphold_rate": 76, "compliance_outcomes": 0, "compliance_rate": 0}"#,
        );
        let peer = r#"{"upheld": 3, "investigations": 4, "uphold_rate": 75, "satisfactory_remedies": 1, "remedy_rate": 33, "remedy_rate_similar": 13, "uphold_rate_similar": 79}"#;
        for place in 1..6 {
            print(place, SourceKind::Letter, "https://letter.example/", peer);
        }
        let uphold_rate = Some("79".parse().unwrap());
        let (compliance_rate, remedy_rate, upheld_per_100k) = (None, None, None);
        let council_type = CouncilType::Unitary;
        file.averages.push(Average { council_type, year, uphold_rate, compliance_rate, remedy_rate, upheld_per_100k });
        Edition::try_from(file).unwrap().with_sources(sources).unwrap()
    }

    fn written(slug: &str, write: impl Fn(&mut Html, About<'_>)) -> String {
        let edition = edition();
        let id = edition.register().by_slug(slug).unwrap();
        let council = edition.register().get(id).unwrap();
        let link = |id| format!("council/{}/", edition.register().get(id).unwrap().slug);
        let mut html = Html::default();
        write(
            &mut html,
            About {
                edition: &edition,
                id,
                council,
                year: ReportingYear::ending(2024).unwrap(),
                link: &link,
                strip: &|_, _| {},
            },
        );
        html.written()
    }

    fn holds(html: &str, parts: &[&str]) {
        for part in parts {
            assert!(html.contains(part), "no “{part}” in {html}");
        }
    }

    #[test]
    fn a_figure_opens_who_prints_it_who_prints_another_and_which_is_shown() {
        let html = written("c1", |html, about| figure(html, about, Measure::Uphold, &[Field::DealtWith]));
        holds(
            &html,
            &[
                "<summary>Where the uphold rate of 76% comes from</summary>",
                "Complaints upheld</th><td class=\"number\">44</td><td>the Ombudsman’s page and a press report (2)</td>",
                "Complaints upheld</th><td class=\"number\">42</td><td>a press report (1); not shown</td>",
                "The Ombudsman’s page ranks before a press report (1): 44 is shown, 42 is not.",
                "Detailed investigations</th><td class=\"number\">59</td><td>a press report (1)</td>",
                "A press report (1): <a href=\"https://www.press.example/a?b&amp;c\">press.example/a?b&amp;c</a>",
                "A press report (2): An evening paper of 1 June",
                "44 of 59 is 75%. 76% is printed, and shown.",
                "is computed from 44 of 59 by Wilson’s score method",
                "where x is 44, n is 59 and z is 1.96",
            ],
        );
        assert!(!html.contains("Complaints dealt with"), "{html}");
    }

    #[test]
    fn what_is_printed_but_no_rate_is_told_with_the_reason() {
        let html = written("c1", |html, about| figure(html, about, Measure::Compliance, &[]));
        let why = "0% is printed, but no recommendations were due: no rate is shown.";
        holds(&html, &["What is printed for the compliance rate", why]);
        assert_eq!(written("c2", |html, about| figure(html, about, Measure::Compliance, &[])), "");
    }

    #[test]
    fn an_average_says_whether_it_stands_beside_the_figures_in_the_list_or_beside_others() {
        let beside = written("c2", |html, about| average(html, about, &[Measure::Uphold]));
        holds(
            &beside,
            &[
                "Where the average uphold rate of 79% comes from",
                "the Ombudsman’s letter</td>",
                "has the same average uphold rate, 79%.",
            ],
        );
        let listed = written("c1", |html, about| average(html, about, &[Measure::Uphold]));
        holds(&listed, &["from the edition’s list of averages for unitary councils", "<a href=\"council/c2/\">C2</a>"]);
        let peers = written("c1", |html, about| average(html, about, &[Measure::Remedy]));
        holds(
            &peers,
            &[
                "Where the average satisfactory remedy rate of 13% comes from",
                "every one that prints an average prints this",
                ">C6</a>",
            ],
        );
        assert_eq!(written("c1", |html, about| average(html, about, &[Measure::Compliance])), "");
    }

    #[test]
    fn a_computed_average_names_the_councils_whose_counts_it_is_made_of() {
        let html = written("c1", |html, about| council::comparison(html, about, Measure::Uphold));
        holds(&html, &["100 × 15 ÷ 20 = 75%", "Council 1 is not among them", "C6</a> 3 of 4"]);
        assert!(!html.contains(">C1</a>"), "{html}");
    }

    #[test]
    fn every_control_of_the_statistics_has_a_name_of_its_own() {
        for slug in ["c1", "c2"] {
            let html = written(slug, statistics::write);
            let mut names: Vec<&str> =
                html.split("<summary>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert!(all >= 4 && names.len() == all, "{names:?}");
        }
    }
}
