//! What Upheld says of the edition that it ships.

#![allow(clippy::expect_used, reason = "a test that cannot read the shipped data has failed")]

use std::collections::BTreeSet;
use upheld_domain::{
    council::{CouncilType, Tier},
    edition::Edition,
    figures::{Field, Value},
    grade::judged,
    holdings::Holdings,
    in_words,
    measure::Measure,
    search::{Index, Why},
    similar::{self, Computed, Origin},
    statement::statement,
    trend::{
        self,
        Relation::{After, Before},
    },
    view::{Column, Compared, Page, Span, TableView, View},
    year::ReportingYear,
};
use upheld_sources::{averages, councils, edition_note, figures, national, public_reports, table::Table};

fn complete<T>(table: Table<T>) -> Vec<T> {
    table.complete().expect("the shipped data is sound").into_iter().map(|row| row.value).collect()
}

fn shipped() -> Edition {
    let holdings = Holdings {
        edition: edition_note::read("edition.csv", include_bytes!("../../data/edition.csv")).expect("sound"),
        councils: complete(councils::read("councils.csv", include_bytes!("../../data/councils.csv")))
            .into_iter()
            .map(|row| row.council)
            .collect(),
        figures: complete(figures::read("figures.csv", include_bytes!("../../data/figures.csv"))),
        averages: complete(averages::read("averages.csv", include_bytes!("../../data/averages.csv"))),
        national: complete(national::read("national.csv", include_bytes!("../../data/national.csv"))),
        reports: complete(public_reports::read("public_reports.csv", include_bytes!("../../data/public_reports.csv"))),
        letters: Vec::new(),
        neighbours: Vec::new(),
        places: Vec::new(),
    };
    holdings.edition().expect("a sound edition")
}

fn year(ending: u16) -> ReportingYear {
    ReportingYear::ending(ending).expect("a year of Upheld's")
}

#[test]
fn the_year_shown_first_is_the_one_with_the_most_complete_councils() {
    assert_eq!(shipped().default_year(), year(2024));
}

#[test]
fn luton_2019_20_shows_what_its_letter_prints() {
    let edition = shipped();
    let register = edition.register();
    let id = register.by_slug("luton-borough-council").expect("Luton");
    let luton = register.get(id).expect("Luton");
    let shown = |measure| {
        let rate = edition.read(id, year(2020), measure).expect("a rate");
        let average = similar::published(&edition, id, luton, year(2020), measure).expect("an average");
        (rate.with_counts(measure), average.to_string())
    };
    assert_eq!(shown(Measure::Uphold), ("13 of 24 (54%)".to_owned(), "56%".to_owned()));
    assert_eq!(shown(Measure::Compliance), ("7 of 7 (100%)".to_owned(), "99%".to_owned()));
    assert_eq!(shown(Measure::Remedy), ("3 of 13 (23%)".to_owned(), "11%".to_owned()));
}

#[test]
fn the_register_holds_every_council_of_every_year() {
    let edition = shipped();
    let count = |ending, kind| edition.register().of_type(year(ending), kind).count();
    let today: Vec<usize> = CouncilType::ALL.map(|kind| count(2026, kind)).to_vec();
    assert_eq!(today, [21, 164, 36, 63, 33]);
    let lower = |ending| edition.register().in_tier(year(ending), Tier::Lower).count();
    let by_year: Vec<usize> = (2014..=2026).map(lower).collect();
    assert_eq!(by_year, [326, 326, 326, 326, 326, 326, 317, 314, 309, 309, 296, 296, 296]);
    let vintages: Vec<u16> = edition.register().vintages().into_iter().map(ReportingYear::key).collect();
    assert_eq!(vintages, [2014, 2020, 2021, 2022, 2024]);
}

#[test]
fn real_conflicts_are_listed_and_the_better_source_is_shown() {
    let edition = shipped();
    let of = |slug| {
        let id = edition.register().by_slug(slug).expect("a council");
        let conflicts = edition.disagreements(id, year(2024));
        let value =
            |figures: &upheld_domain::figures::Figures, field| figures.get(field).as_ref().map(Value::to_string);
        let both = |it: &upheld_domain::edition::Disagreement<'_>| {
            (it.field, value(&it.shown.figures, it.field), value(&it.other.figures, it.field))
        };
        conflicts.iter().map(both).collect::<Vec<_>>()
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(of("leeds-city-council"), [(Field::Upheld, text("44"), text("42"))]);
    assert_eq!(of("devon-county-council"), [(Field::UpholdRate, text("83%"), text("89%"))]);
}

#[test]
fn a_computed_average_never_holds_the_council_itself_and_needs_half_of_its_type() {
    let edition = shipped();
    for (id, council) in edition.register().iter() {
        for year in edition.years().into_iter().filter(|year| council.existed_in(*year)) {
            let comparison = similar::compare(&edition, id, council, year, Measure::Uphold);
            let counted = comparison.peers.iter().filter_map(|(peer, reading)| {
                let rate = reading.as_ref().ok()?;
                Some((*peer, rate.count?, rate.total?))
            });
            let counted: Vec<_> = counted.collect();
            match comparison.computed {
                Computed::Average { count, total, others: counted_others, of } => {
                    let others = counted.iter().filter(|(peer, ..)| *peer != id);
                    let sums = others.fold((0, 0), |(x, n), (_, count, total)| (x + count, n + total));
                    assert_eq!(sums, (count, total), "{} {year}", council.name);
                    assert_eq!(counted_others, counted.iter().filter(|(peer, ..)| *peer != id).count());
                    assert!(counted.len() >= 5 && counted.len() * 2 >= of);
                }
                Computed::TooFewCouncils { with_figures, of } => {
                    assert!(with_figures < 5 || with_figures * 2 < of, "{} {year}", council.name);
                }
                Computed::NotOfCounts => panic!("an uphold rate is of counts"),
                Computed::NotThen => panic!("{} existed in {year}", council.name),
            }
        }
    }
}

#[test]
fn every_printed_average_says_where_it_was_taken_from() {
    let edition = shipped();
    let mut found = [0_u32; 3];
    for (id, council) in edition.register().iter() {
        for (of, measure) in edition.years().into_iter().flat_map(|of| Measure::ALL.map(|measure| (of, measure))) {
            let value = similar::published(&edition, id, council, of, measure);
            let origin = similar::origin(&edition, id, council, of, measure);
            let what = format!("{} {of} {measure:?}", council.name);
            assert_eq!(origin.is_some(), value.is_some(), "{what}");
            match origin {
                Some(Origin::Beside { provenance, listed }) => {
                    assert_eq!(Some(provenance.value), value, "{what}");
                    assert!(listed.is_none_or(|listed| Some(listed) == value), "{what}: the table has another");
                    found[0] += 1;
                }
                Some(Origin::Listed { beside }) => {
                    assert!(!beside.contains(&id), "{what}");
                    found[1] += 1;
                }
                Some(Origin::Peers(peers)) => {
                    assert!(!peers.is_empty() && !peers.contains(&id), "{what}");
                    found[2] += 1;
                }
                None => {}
            }
        }
    }
    assert!(found.iter().all(|times| *times > 0), "{found:?}");
}

#[test]
fn predecessors_and_successors_stand_beside_a_council_with_their_own_figures() {
    let edition = shipped();
    let kin = |slug: &str| {
        let id = edition.register().by_slug(slug).expect("a council");
        let all = trend::kin(&edition, id, Measure::Uphold).into_iter();
        let told = all.flat_map(|kin| {
            let name = edition.register().get(kin.council).expect("a council").name.clone();
            let points = kin.points.into_iter();
            points.map(move |point| {
                let rate = point.reading.expect("a rate").with_counts(Measure::Uphold);
                (name.clone(), kin.relation, point.year.to_string(), rate, point.after_its_end)
            })
        });
        told.collect::<Vec<_>>()
    };
    let point = |name: &str, relation, year: &str, rate: &str, after: bool| {
        (name.to_owned(), relation, year.to_owned(), rate.to_owned(), after)
    };
    let (allerdale, cumbria) = ("Allerdale Borough Council", "Cumbria County Council");
    assert_eq!(
        kin("cumberland-council"),
        [
            point(allerdale, Before, "2022-23", "1 of 4 (25%)", false),
            point(allerdale, Before, "2023-24", "1 of 1 (100%)", true),
            point(cumbria, Before, "2023-24", "9 of 10 (91%)", true),
        ]
    );
    assert_eq!(
        kin("cumbria-county-council"),
        [point("Westmorland and Furness Council", After, "2023-24", "7 of 8 (88%)", false)]
    );
    assert_eq!(kin("somerset-council"), [point("Somerset County Council", Before, "2022-23", "25 of 29 (86%)", false)]);
    assert_eq!(kin("luton-borough-council"), []);
}

#[test]
fn northampton_leads_to_the_council_that_took_over_and_says_why() {
    let edition = shipped();
    let register = edition.register();
    let former = register.by_slug("northampton-borough-council").expect("a council");
    let heir = register.by_slug("west-northamptonshire-council").expect("a council");
    let hits = Index::new(register).find(register, "Northampton", 8);
    let hit = hits.iter().find(|hit| hit.id == heir).expect("the heir");
    assert_eq!(hit.why, Why::SuccessorOf(former));
    let in_2024 = View { year: year(2024), ..View::read(&edition, "", "").0 };
    assert_eq!(in_2024.choose(&edition, hit.id).year, year(2024), "it is opened in the year on the screen");
}

#[test]
fn every_view_reads_back_from_its_address() {
    let edition = shipped();
    let councils = edition.register().iter().map(|(id, _)| Page::Council(id));
    let some: Vec<_> = edition.register().iter().map(|(id, _)| id).take(3).collect();
    let compared = |then, anyway| Page::Compare(Compared { councils: some.clone(), then, anyway });
    let beside = [compared(None, false), compared(Some(year(2019)), true), Page::Committee(some.clone())];
    let pages: Vec<Page> = [Page::Map, Page::Table, Page::About].into_iter().chain(councils).chain(beside).collect();
    for page in pages {
        for measure in Measure::ALL {
            for tier in Tier::ALL {
                for (ending, sort) in
                    [(2024, Column::Name), (2014, Column::Measure(Measure::Remedy)), (2025, Column::Region)]
                {
                    let wide = ending == 2014;
                    let selected = TableView {
                        kind: Some(CouncilType::Unitary),
                        cases: Some(Span { from: 0, to: 20 }),
                        rates: wide.then_some(Span { from: 70, to: 100 }),
                        ..TableView::default()
                    };
                    let table = match page {
                        Page::Table => TableView { sort, descending: wide, ..selected },
                        Page::Map | Page::Council(_) => selected,
                        _ => TableView::default(),
                    };
                    let (against, widened, hexes) = (wide, ending == 2025, wide);
                    let year = year(ending);
                    let named = if page == Page::Table { "st. king’s & +%".to_owned() } else { String::new() };
                    let view = View { page: page.clone(), year, measure, tier, against, widened, hexes, table, named };
                    let fits = view.council(&edition).is_none_or(|(_, council)| council.tier_from(tier) == tier);
                    let address = view.address(&edition);
                    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
                    let (read, notices) = View::read(&edition, path, query);
                    assert_eq!(notices, [], "{address}");
                    if fits {
                        assert_eq!(read, view, "{address}");
                    }
                }
            }
        }
    }
}

#[test]
fn defaults_are_left_out_of_addresses_and_what_is_unknown_is_said() {
    let edition = shipped();
    let (view, notices) = View::read(&edition, "council/luton-borough-council/", "");
    assert_eq!((view.address(&edition).as_str(), notices.len()), ("council/luton-borough-council/", 0));
    let (view, notices) = View::read(&edition, "", "year=1066&measure=magic&tier=sideways");
    assert_eq!(view.address(&edition), "");
    assert_eq!(notices.len(), 3);
    assert!(notices[0].to_string().contains("“1066”") && notices[0].to_string().contains("2023-24"), "{}", notices[0]);
    let (missing, _) = View::read(&edition, "council/no-such-council/", "");
    assert_eq!(missing.page, Page::Missing("council/no-such-council/".to_owned()));
}

#[test]
fn an_abolished_council_is_shown_in_a_year_of_its_life() {
    let edition = shipped();
    let (view, _) = View::read(&edition, "council/cumbria-county-council/", "");
    assert_eq!(view.year, year(2023));
    let (view, _) = View::read(&edition, "council/cambridge-city-council/", "");
    assert_eq!((view.tier, view.address(&edition).as_str()), (Tier::Lower, "council/cambridge-city-council/"));
}

#[test]
fn a_trend_never_joins_years_across_a_break() {
    let edition = shipped();
    for (id, _) in edition.register().iter() {
        for measure in Measure::ALL {
            let points = trend::trend(&edition, id, measure);
            for run in trend::runs(&points) {
                for pair in run.windows(2) {
                    assert!(!trend::broken_between(pair[0].year, pair[1].year));
                    assert_eq!(pair[0].year.next(), Some(pair[1].year));
                }
            }
        }
    }
}

/// The numbers in a text, without their separators and signs.
fn numbers(text: &str) -> Vec<String> {
    let digits = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',' || letter == '-';
    let words = text.split(|letter: char| !digits(letter));
    let words = words.map(|word| word.trim_matches(['.', ',', '-']).replace(',', ""));
    words.filter(|word| word.starts_with(|letter: char| letter.is_ascii_digit())).collect()
}

#[test]
fn every_number_in_a_statement_is_in_the_figures() {
    let edition = shipped();
    let mut statements = 0;
    for (id, council) in edition.register().iter() {
        for of in edition.years_of(id) {
            let written = statement(&edition, id, council, of);
            let mut known: BTreeSet<String> =
                BTreeSet::from(["100000".to_owned(), "31".to_owned(), "95".to_owned(), of.to_string()]);
            known.extend(council.last_year.map(|last| last.key().to_string()));
            known.extend(numbers(&council.name));
            let figures = edition.figures(id, of).expect("a year with figures");
            for field in Field::ALL {
                known.extend(figures.get(*field).map(|value| value.to_string().trim_end_matches('%').to_owned()));
            }
            for measure in Measure::ALL {
                known.extend(
                    similar::published(&edition, id, council, of, measure).map(|it| it.to_string().replace('%', "")),
                );
                let Ok(rate) = edition.read(id, of, measure) else { continue };
                known.insert(rate.text(measure).replace('%', ""));
                if let (Some(count), Some(total)) = (rate.count, rate.total) {
                    known.extend([count.to_string(), (total - count).to_string()]);
                    known.insert((100.0 * f64::from(count) / f64::from(total)).round().to_string());
                }
                if let Some(interval) = rate.interval() {
                    known.extend([interval.lower, interval.upper].map(|end| (end * 100.0).round().to_string()));
                }
            }
            // What is said of chance: its odds, the rate of the others, and what belongs to the words.
            let comparison = similar::compare(&edition, id, council, of, Measure::Uphold);
            if let Some(judged) = judged(&edition.read(id, of, Measure::Uphold), &comparison) {
                known.extend(["0", "1", "20"].map(str::to_owned));
                known.insert((100.0 * judged.baseline.share).round().to_string());
                for tail in [judged.tails.at_least, judged.tails.at_most] {
                    known.extend(numbers(&in_words::chance(tail)));
                }
            }
            for paragraph in &written.paragraphs {
                assert!(paragraph.ends_with('.') && !paragraph.contains("  "), "{paragraph}");
                for number in numbers(paragraph) {
                    assert!(known.contains(&number), "{number} in {paragraph:?}");
                }
            }
            statements += 1;
        }
    }
    assert!(statements > 350, "{statements}");
}

#[test]
fn every_council_is_found_by_its_name() {
    let edition = shipped();
    let index = Index::new(edition.register());
    for (id, council) in edition.register().iter() {
        let hits = index.find(edition.register(), &council.name, 8);
        assert!(hits.iter().take(3).any(|hit| hit.id == id), "{}", council.name);
    }
}
