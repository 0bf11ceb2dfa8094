//! Councils side by side: written by the second program.

use crate::chart::{self, FOREST, MULTIPLES};
use upheld_charts::{ForestChart, MultiplesChart};
use upheld_domain::{
    companions::{Companions, Mismatch},
    council::Council,
    difference::difference,
    edition::Edition,
    grade::judged,
    in_words,
    measure::{Measure, Reading},
    register::CouncilId,
    search::Index,
    similar,
    trend::{BREAKS, broken_between},
    view::{Compared, MOST_COMPARED, Page, View},
    words::{list, range},
    year::ReportingYear,
};
use upheld_pages::{html::Html, table, with_files};

/// The most councils that stand side by side, each with a column of its own and held against each of the others.
pub const SIDE_BY_SIDE: usize = 8;

/// The councils that `view` compares, as HTML.
#[must_use]
pub fn page(edition: &Edition, view: &View) -> String {
    let mut html = Html::default();
    let Page::Compare(compared) = &view.page else { return html.written() };
    let councils: Vec<(CouncilId, &Council)> =
        compared.councils.iter().filter_map(|id| Some((*id, edition.register().get(*id)?))).collect();
    html.within("h1", &[("tabindex", "-1")], |html| {
        html.text(&title(&councils, view));
    });
    chosen(&mut html, edition, view, &councils);
    add_form(&mut html);
    sets(&mut html, edition, view, &councils);
    if councils.is_empty() {
        html.element("p", "Choose at least two councils: type their names, or start from a set on a council’s page.");
        return html.written();
    }
    if let Some(mismatch) = Mismatch::of(edition, &compared.councils) {
        html.within("div", &[("class", "notice warning"), ("role", "note")], |html| {
            html.element("h2", "These councils are not alike");
            html.element("p", mismatch.words());
            if !compared.anyway {
                let anyway = Compared { anyway: true, ..compared.clone() };
                html.within("p", &[], |html| {
                    html.link(&view.on(Page::Compare(anyway)).address(edition), "Compare them all the same");
                });
            }
        });
        if !compared.anyway {
            return html.written();
        }
    }
    statistics(&mut html, edition, view, &councils);
    if let Some(forest) = ForestChart::new(edition, &compared.councils, view.year, view.measure) {
        html.part("section", "side", |html| {
            html.element("h2", &format!("{} side by side", view.measure.label()));
            chart::figure(html, edition, FOREST, &forest, |html| rows(html, edition, view, &councils));
            with_files(html, edition);
        });
    }
    pairs(&mut html, edition, view, &councils);
    let then = compared.then;
    years(&mut html, edition, view, &councils, then);
    if let Some(multiples) = MultiplesChart::new(edition, &compared.councils, view.year, view.measure) {
        html.part("section", "years", |html| {
            html.element("h2", "Over the years");
            chart::figure(html, edition, MULTIPLES, &multiples, |html| over_the_years(html, edition, view, &councils));
            upheld_pages::council::breaks(html, ReportingYear::FIRST, ReportingYear::LAST);
        });
    }
    html.written()
}

fn title(councils: &[(CouncilId, &Council)], view: &View) -> String {
    let names: Vec<&str> = councils.iter().map(|(_, council)| council.short_name.as_str()).collect();
    match names.len() {
        0 => "Compare councils".to_owned(),
        1..=4 => format!("{} in {}", list(&names), view.year),
        many => format!("{} and {} others in {}", names.first().copied().unwrap_or_default(), many - 1, view.year),
    }
}

/// The councils that are compared, each with a way to leave it out, and what to do with them all.
fn chosen(html: &mut Html, edition: &Edition, view: &View, councils: &[(CouncilId, &Council)]) {
    if councils.is_empty() {
        return;
    }
    let Page::Compare(compared) = &view.page else { return };
    html.within("ul", &[("class", "chosen"), ("aria-label", "Councils compared")], |html| {
        for (id, council) in councils {
            html.within("li", &[], |html| {
                html.link(&view.choose(edition, *id).address(edition), &council.name).text(" ");
                let others = compared.councils.iter().copied().filter(|other| other != id).collect();
                let without = view.on(Page::Compare(Compared { councils: others, ..compared.clone() }));
                let leave = [("href", without.address(edition)), ("aria-label", format!("Leave out {}", council.name))];
                let leave = leave.each_ref().map(|(name, value)| (*name, value.as_str()));
                html.within("a", &leave, |html| {
                    html.text("leave out");
                });
            });
        }
    });
    html.within("p", &[("class", "base")], |html| {
        let paper = view.on(Page::Committee(compared.councils.clone())).address(edition);
        html.link(&paper, "Print for committee").text(" · ");
        html.link(&view.on(Page::Compare(Compared::default())).address(edition), "Start again");
    });
}

fn add_form(html: &mut Html) {
    html.within("form", &[("class", "add"), ("data-form", "compare")], |html| {
        html.within("label", &[("for", "add-names")], |html| {
            html.text("Add councils, by name; several with commas between");
        });
        let input = [("id", "add-names"), ("name", "names"), ("type", "text"), ("autocomplete", "off")];
        html.void("input", &input);
        html.within("button", &[("type", "submit")], |html| {
            html.text("Add");
        });
        html.within("p", &[("role", "status")], |_| {});
    });
}

/// The sets that a comparison can start from, as seen from the first council.
fn sets(html: &mut Html, edition: &Edition, view: &View, councils: &[(CouncilId, &Council)]) {
    let Some((id, council)) = councils.first() else { return };
    html.within("details", &[("class", "sets")], |html| {
        html.element("summary", &format!("Compare {} with a set of councils", council.short_name));
        links(html, edition, view, *id, council);
    });
}

/// Links to the sets of councils that can be compared with one, each with what it means.
pub fn links(html: &mut Html, edition: &Edition, view: &View, id: CouncilId, council: &Council) {
    html.part("dl", "companions", |html| {
        for set in Companions::ALL {
            let mut councils = set.of(edition, id, view.year);
            if councils.is_empty() {
                continue;
            }
            let many = councils.len() - 1;
            councils.truncate(MOST_COMPARED);
            let compared = Compared { councils, ..Compared::default() };
            html.within("dt", &[], |html| {
                html.link(&view.on(Page::Compare(compared)).address(edition), &set.label(council));
                html.text(&format!(" ({many})"));
            });
            let cut = if many >= MOST_COMPARED { " Only the first 59 are shown." } else { "" };
            html.element("dd", &format!("{}{cut}", set.explanation(council, view.year)));
        }
    });
}

/// The three statistics of every council, with intervals and what chance has to do with them.
fn statistics(html: &mut Html, edition: &Edition, view: &View, councils: &[(CouncilId, &Council)]) {
    const SHOWN: [Measure; 3] = [Measure::Uphold, Measure::Compliance, Measure::Remedy];
    html.within("section", &[("class", "side"), ("data-of", "table")], |html| {
        html.element("h2", "The three statistics");
        let scrolls = [
            ("class", "table-scroll"),
            ("role", "group"),
            ("aria-label", "The three statistics, scrolls sideways"),
            ("tabindex", "0"),
        ];
        html.within("div", &scrolls, |html| {
            let caption = format!("The three statistics in {}", view.year);
            let headings = ["Council", "Complaints upheld", "Compliance with recommendations", "Satisfactory remedies"];
            table::figures(html, &caption, &headings, |html| {
                for (id, council) in councils {
                    html.within("tr", &[], |html| {
                        html.within("th", &[("scope", "row")], |html| {
                            html.link(&view.choose(edition, *id).address(edition), &council.short_name);
                            html.classed("span", "base", &format!(" {}", council.council_type.singular()));
                        });
                        for measure in SHOWN {
                            cell(html, edition, *id, council, view.year, measure);
                        }
                    });
                }
            });
        });
        html.classed("p", "source-line", &chart::source(edition));
        chart::take::menu(html, "this table");
    });
}

/// One statistic of a council: as printed, its interval, the average of its type, and its grade.
fn cell(html: &mut Html, edition: &Edition, id: CouncilId, council: &Council, year: ReportingYear, measure: Measure) {
    let reading = edition.read(id, year, measure);
    let comparison = similar::compare(edition, id, council, year, measure);
    html.part("td", "number", |html| {
        match &reading {
            Ok(rate) => {
                html.element("strong", &shown(measure, rate));
                if let Some(interval) = rate.interval() {
                    html.classed("span", "line", &format!("95% interval {}", range(interval)));
                }
            }
            Err(absent) => {
                html.text(absent.words());
            }
        }
        if let Some(average) = comparison.published {
            html.classed("span", "line", &format!("similar authorities {average}"));
        }
        if let Some(judged) = judged(&reading, &comparison) {
            html.classed("span", "line grade", judged.grade.words());
        }
    });
}

/// One statistic of a council in a line of text: as the table has it.
#[must_use]
pub fn cell_text(edition: &Edition, id: CouncilId, council: &Council, year: ReportingYear, measure: Measure) -> String {
    let reading = edition.read(id, year, measure);
    let comparison = similar::compare(edition, id, council, year, measure);
    let mut parts = Vec::new();
    match &reading {
        Ok(rate) => {
            parts.push(shown(measure, rate));
            parts.extend(rate.interval().map(|interval| format!("95% interval {}", range(interval))));
        }
        Err(absent) => parts.push(absent.words().to_owned()),
    }
    parts.extend(comparison.published.map(|average| format!("similar authorities {average}")));
    parts.extend(judged(&reading, &comparison).map(|judged| judged.grade.short().to_owned()));
    parts.join("; ")
}

/// A rate with its counts; compliance by what was not done.
fn shown(measure: Measure, rate: &upheld_domain::measure::Rate) -> String {
    match (measure, rate.count, rate.total) {
        (Measure::Compliance, Some(count), Some(total)) => {
            format!("{} of {total} not carried out ({})", total - count, rate.text(measure))
        }
        _ => rate.with_counts(measure),
    }
}

fn rows(html: &mut Html, edition: &Edition, view: &View, councils: &[(CouncilId, &Council)]) {
    let measure = view.measure;
    let caption = format!("{} in {}", measure.label(), view.year);
    table::figures(html, &caption, &["Council", measure.label(), "95% interval", "Similar authorities"], |html| {
        for (id, council) in councils {
            let reading = edition.read(*id, view.year, measure);
            let interval = reading.as_ref().ok().and_then(upheld_domain::measure::Rate::interval);
            let average = similar::published(edition, *id, council, view.year, measure);
            html.within("tr", &[], |html| {
                html.within("th", &[("scope", "row")], |html| {
                    html.link(&view.choose(edition, *id).address(edition), &council.short_name);
                });
                html.classed("td", "number", &figure(&reading, measure));
                html.classed("td", "number", &interval.map_or_else(|| "none".to_owned(), range));
                let average = average.map_or_else(|| "not printed".to_owned(), |average| average.to_string());
                html.classed("td", "number", &average);
            });
        }
    });
}

fn figure(reading: &Reading, measure: Measure) -> String {
    reading.as_ref().map_or_else(|absent| absent.words().to_owned(), |rate| rate.with_counts(measure))
}

fn over_the_years(html: &mut Html, edition: &Edition, view: &View, councils: &[(CouncilId, &Council)]) {
    let measure = view.measure;
    let shown = councils.iter().take(12);
    let mut headings = vec!["Year"];
    headings.extend(shown.clone().map(|(_, council)| council.short_name.as_str()));
    let known = |year: &ReportingYear| shown.clone().any(|(id, _)| edition.read(*id, *year, measure).is_ok());
    table::figures(html, &format!("{} over the years", measure.label()), &headings, |html| {
        for year in edition.years().into_iter().filter(known) {
            html.within("tr", &[], |html| {
                html.within("th", &[("scope", "row")], |html| {
                    html.text(&year.to_string());
                });
                for (id, _) in shown.clone() {
                    html.classed("td", "number", &figure(&edition.read(*id, year, measure), measure));
                }
            });
        }
    });
}

/// Every two of the councils held against each other, in words: what is clear first.
fn pairs(html: &mut Html, edition: &Edition, view: &View, councils: &[(CouncilId, &Council)]) {
    let measure = view.measure;
    if councils.len() < 2 || !measure.is_percentage() {
        return;
    }
    html.part("section", "pairs-of", |html| {
        html.element("h2", "Held against each other");
        if councils.len() > SIDE_BY_SIDE {
            html.element("p", &format!("With more than {SIDE_BY_SIDE} councils every two of them would be too many to read. Leave some out."));
            return;
        }
        let counts = |id: CouncilId| {
            let rate = edition.read(id, view.year, measure).ok()?;
            Some((rate.count?, rate.total?))
        };
        let (mut clear, mut unclear, mut unknown) = (Vec::new(), Vec::new(), 0_usize);
        for (place, (one, first)) in councils.iter().enumerate() {
            for (other, second) in councils.iter().skip(place + 1) {
                let found = counts(*one).zip(counts(*other)).and_then(|(one, other)| difference(one, other));
                let Some(difference) = found else {
                    unknown += 1;
                    continue;
                };
                let words = in_words::difference(&first.short_name, &second.short_name, difference);
                if difference.is_clear() { clear.push(words) } else { unclear.push(words) }
            }
        }
        if clear.is_empty() {
            html.element("p", "No two of them are clearly different: chance may explain every difference.");
        }
        sentences(html, &clear);
        if clear.is_empty() {
            sentences(html, &unclear);
        } else if !unclear.is_empty() {
            html.within("details", &[], |html| {
                let pairs = if unclear.len() == 1 { "1 pair".to_owned() } else { format!("{} pairs", unclear.len()) };
                html.element("summary", &format!("No clear difference: {pairs}"));
                sentences(html, &unclear);
            });
        }
        if unknown > 0 {
            let pairs = if unknown == 1 { "1 pair".to_owned() } else { format!("{unknown} pairs") };
            html.classed("p", "base", &format!("{pairs} cannot be held against each other: counts are not in this edition."));
        }
        html.classed("p", "base", "Intervals of differences: Newcombe’s hybrid score method. With many pairs, about 1 in 20 seems clear by chance.");
    });
}

fn sentences(html: &mut Html, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    html.within("ul", &[], |html| {
        for sentence in sentences {
            html.element("li", sentence);
        }
    });
}

/// Each council against itself in another year, where the two can be compared.
fn years(
    html: &mut Html,
    edition: &Edition,
    view: &View,
    councils: &[(CouncilId, &Council)],
    then: Option<ReportingYear>,
) {
    let (measure, year) = (view.measure, view.year);
    if !measure.is_percentage() {
        return;
    }
    html.part("section", "then", |html| {
        html.element("h2", "Against another year");
        html.within("form", &[("class", "add"), ("data-form", "then")], |html| {
            html.within("label", &[("for", "then")], |html| {
                html.text("Hold each council against itself in");
            });
            html.within("select", &[("id", "then"), ("name", "then")], |html| {
                html.within("option", &[("value", "")], |html| {
                    html.text("no other year");
                });
                for other in edition.years().into_iter().rev().filter(|other| *other != year) {
                    let value = other.key().to_string();
                    let plain = [("value", value.as_str())];
                    let picked = [("value", value.as_str()), ("selected", "")];
                    let attributes: &[_] = if then == Some(other) { &picked } else { &plain };
                    html.within("option", attributes, |html| {
                        html.text(&other.to_string());
                    });
                }
            });
            html.within("button", &[("type", "submit")], |html| {
                html.text("Compare");
            });
        });
        let Some(then) = then else { return };
        let broken = broken_between(then, year);
        if broken {
            let (earlier, later) = (then.min(year), then.max(year));
            html.within("div", &[("class", "notice warning"), ("role", "note")], |html| {
                html.element("h3", &format!("{earlier} and {later} are not comparable"));
                for at in BREAKS.iter().filter(|at| earlier < at.before && at.before <= later) {
                    html.element("p", at.reason);
                }
                html.element(
                    "p",
                    "The figures stand side by side here; no difference is worked out across the change.",
                );
            });
        }
        html.within("ul", &[], |html| {
            for (id, council) in councils {
                let [before, now] = [then, year].map(|year| edition.read(*id, year, measure));
                let counts =
                    |reading: &Reading| reading.as_ref().ok().and_then(|rate| Some((rate.count?, rate.total?)));
                let name = &council.short_name;
                let both =
                    format!("{name}: {} in {then}, {} in {year}.", figure(&before, measure), figure(&now, measure));
                let found = if broken { None } else { counts(&now).zip(counts(&before)) };
                let words = found.and_then(|(now, before)| difference(now, before)).map(|difference| {
                    in_words::difference(&format!("{name} in {year}"), &format!("{name} in {then}"), difference)
                });
                html.element("li", &words.map_or_else(|| both.clone(), |words| format!("{both} {words}")));
            }
        });
    });
}

/// `view` with the councils that `names` names added to its comparison, and what of it was not understood, in words.
#[must_use]
pub fn add(edition: &Edition, view: &View, names: &str) -> (View, String) {
    let Page::Compare(compared) = &view.page else { return (view.clone(), String::new()) };
    let register = edition.register();
    let index = Index::new(register);
    let (mut councils, mut unknown) = (compared.councils.clone(), Vec::new());
    for name in names.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
        let hits = index.find(register, name, 8);
        let existed = |id: &CouncilId| register.get(*id).is_some_and(|council| council.existed_in(view.year));
        // Among those that fit equally the one that existed in the year.
        let best = hits.iter().map(|hit| hit.id).find(existed).or_else(|| hits.first().map(|hit| hit.id));
        match best {
            Some(id) if !councils.contains(&id) => councils.push(id),
            Some(_) => {}
            None => unknown.push(format!("“{name}”")),
        }
    }
    let said = if unknown.is_empty() { String::new() } else { format!("No council is called {}.", list(&unknown)) };
    (view.on(Page::Compare(Compared { councils, ..compared.clone() })), said)
}

/// `view` with each council held against itself in another year.
#[must_use]
pub fn held_against(view: &View, then: Option<ReportingYear>) -> View {
    let Page::Compare(compared) = &view.page else { return view.clone() };
    view.on(Page::Compare(Compared { then, ..compared.clone() }))
}
