//! What is said in words, over every council and year of the shipped edition: each number in a sentence is in the data or follows from it by a rule,
//! and no sentence says more than its grade allows.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use upheld_domain::{
    council::{CouncilType, Tier},
    difference::difference,
    edition::Edition,
    funnel::Funnel,
    grade::{Grade, Judged, judged},
    holdings::Holdings,
    in_words,
    measure::{Measure, Rate},
    similar,
    words::percent,
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
        ..Holdings::default()
    };
    holdings.edition().expect("sound")
}

/// The numbers in a text, decimals and thousands as they are written.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    let mut number = String::new();
    for letter in text.chars().chain([' ']) {
        let goes_on = letter.is_ascii_digit() || (!number.is_empty() && matches!(letter, '.' | ','));
        if goes_on {
            number.push(letter);
        } else if !number.is_empty() {
            numbers.push(std::mem::take(&mut number).trim_end_matches(['.', ',']).to_owned());
        }
    }
    numbers
}

/// Numbers that may stand in any sentence: they belong to its words, not to the data.
fn of_words() -> BTreeSet<String> {
    ["95", "100,000", "1", "20", "1,000", "0"].map(str::to_owned).into()
}

fn of_year(known: &mut BTreeSet<String>, year: ReportingYear) {
    known.extend(numbers(&year.to_string()));
}

/// What of a rate may be said.
fn of_rate(known: &mut BTreeSet<String>, rate: &Rate, measure: Measure) {
    let counts = [rate.count, rate.total].into_iter().flatten().map(|count| count.to_string());
    known.extend(counts);
    known.extend(numbers(&rate.text(measure)));
    for end in rate.interval().into_iter().flat_map(|it| [it.lower, it.upper]) {
        known.extend(numbers(&percent(end * 100.0)));
    }
}

fn of_judged(known: &mut BTreeSet<String>, judged: &Judged) {
    known.extend([judged.count.to_string(), judged.total.to_string()]);
    known.extend(numbers(&percent(judged.baseline.share * 100.0)));
    for tail in [judged.tails.at_least, judged.tails.at_most] {
        known.extend(numbers(&in_words::chance(tail)));
    }
}

fn hold(text: &str, known: &BTreeSet<String>, names: &str) {
    // A name may hold a number of its own, though none does today.
    let known: BTreeSet<String> = known.iter().cloned().chain(of_words()).chain(numbers(names)).collect();
    for number in numbers(text) {
        assert!(known.contains(&number), "{number} is not in the data: {text}");
    }
}

/// What a text claims of chance has to be what the grade says.
fn claims(text: &str, grade: Option<Grade>) {
    let says = |words: &str| text.to_lowercase().contains(words);
    let higher = says("higher than chance explains");
    let lower = says("lower than chance explains");
    assert_eq!(higher, grade == Some(Grade::Higher), "{text}");
    assert_eq!(lower, grade == Some(Grade::Lower), "{text}");
    assert!(!says("proves") || says("proves nothing"), "{text}");
}

#[test]
fn a_sentence_says_no_number_that_is_not_in_the_data_and_no_more_than_its_grade() {
    let edition = shipped();
    let mut sentences = 0;
    for (id, council) in edition.register().iter() {
        for year in edition.years_of(id) {
            for measure in Measure::ALL {
                let reading = edition.read(id, year, measure);
                let comparison = similar::compare(&edition, id, council, year, measure);
                let judged = judged(&reading, &comparison);
                let mut known = BTreeSet::new();
                of_year(&mut known, year);
                if let Ok(rate) = &reading {
                    of_rate(&mut known, rate, measure);
                }
                let text = in_words::sentence(council, year, measure, &reading, judged.as_ref());
                hold(&text, &known, &council.name);
                claims(&text, judged.map(|judged| judged.grade));
                assert!(text.ends_with('.') && !text.contains("  ") && !text.contains(" ."), "{text}");
                if let Some(judged) = judged {
                    of_judged(&mut known, &judged);
                    let text = in_words::grade(&judged, council.council_type, measure);
                    hold(&text, &known, "");
                    assert!(!text.contains(" 1 investigations") && !text.contains(" 1 recommendations"), "{text}");
                }
                sentences += 1;
            }
        }
    }
    assert!(sentences > 1000, "{sentences}");
}

#[test]
fn a_map_in_words_names_those_whose_grade_says_so_and_no_others() {
    let edition = shipped();
    let mut named = 0;
    for year in ReportingYear::all() {
        for tier in Tier::ALL {
            for measure in Measure::ALL {
                let councils: Vec<_> = edition.register().in_tier(year, tier).collect();
                let words = in_words::map(&edition, &councils, year, measure);
                let mut known = BTreeSet::from([councils.len().to_string()]);
                of_year(&mut known, year);
                let rates: Vec<Rate> =
                    councils.iter().filter_map(|(id, _)| edition.read(*id, year, measure).ok()).collect();
                // How many there are of anything among them is a count of the data.
                known.extend((0..=rates.len()).map(|count| count.to_string()));
                for rate in &rates {
                    of_rate(&mut known, rate, measure);
                }
                hold(&words.what, &known, "");
                if let Some(spread) = &words.spread {
                    let halves = spread.split("; half").next().expect("a text");
                    hold(halves, &known, "");
                    assert!(!spread.contains("NaN"), "{spread}");
                }
                hold(&words.standing_out, &known, "");
                let standing: Vec<String> = CouncilType::ALL
                    .into_iter()
                    .filter(|kind| kind.stands_in(tier))
                    .filter_map(|kind| Funnel::new(&edition, kind, year, measure))
                    .flat_map(|funnel| funnel.standing_out().copied().collect::<Vec<_>>())
                    .filter_map(|point| {
                        let council = edition.register().get(point.council)?;
                        Some(format!("{} ({} of {})", council.short_name, point.judged.count, point.judged.total))
                    })
                    .collect();
                for name in &standing {
                    assert!(words.standing_out.contains(name), "{name}: {}", words.standing_out);
                }
                named += standing.len();
                let brackets = words.standing_out.matches(" of ").count();
                let said = words.standing_out.matches('(').count();
                assert!(said == standing.len() && brackets >= said, "{}", words.standing_out);
            }
        }
    }
    assert!(named > 0, "chance explains every council: nothing was tried");
}

#[test]
fn differences_say_which_is_higher_only_where_their_interval_does() {
    let edition = shipped();
    let year = edition.default_year();
    let rates: Vec<_> = CouncilType::ALL
        .into_iter()
        .flat_map(|kind| edition.readings(kind, year, Measure::Uphold))
        .filter_map(|(id, reading)| Some((edition.register().get(id)?, reading.ok()?)))
        .filter_map(|(council, rate)| Some((council, (rate.count?, rate.total?))))
        .collect();
    let mut clear = 0;
    for (one, counts) in &rates {
        for (other, others) in &rates {
            let Some(found) = difference(*counts, *others) else { continue };
            let text = in_words::difference(&one.short_name, &other.short_name, found);
            assert_eq!(text.starts_with("No clear difference"), !found.is_clear(), "{text}");
            clear += usize::from(found.is_clear());
            let mut known = BTreeSet::new();
            for share in [found.value, found.lower, found.upper] {
                known.extend(numbers(&percent(share.abs() * 100.0)));
            }
            hold(&text, &known, "");
            assert!(!text.contains(" 1 points") && !text.contains(" 0 points"), "{text}");
        }
    }
    assert!(clear > 0);
}

/// The grade of the Flesch-Kincaid formula: the school year in the United States at which a text is read; 7 is an age of twelve. Source: Kincaid, J. P. and
/// others (1975), “Derivation of new readability formulas”. A number counts as a word of one syllable.
fn school_year(text: &str) -> f64 {
    let vowel = |letter: char| "aeiouy".contains(letter);
    let syllables = |word: &str| {
        let word = word.to_lowercase();
        let letters: Vec<char> = word.chars().filter(char::is_ascii_alphabetic).collect();
        let starts = letters.iter().enumerate().filter(|(at, letter)| {
            vowel(**letter) && at.checked_sub(1).and_then(|before| letters.get(before)).is_none_or(|it| !vowel(*it))
        });
        let silent = letters.last() == Some(&'e') && !word.ends_with("le");
        u32::try_from(starts.count()).expect("few").saturating_sub(u32::from(silent)).max(1)
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let sentences = text.split(['.', ':', ';']).filter(|part| part.contains(char::is_alphabetic)).count();
    let count = |things: usize| f64::from(u32::try_from(things).expect("few"));
    let spoken: f64 = words.iter().map(|word| f64::from(syllables(word))).sum();
    0.39 * count(words.len()) / count(sentences.max(1)) + 11.8 * spoken / count(words.len()) - 15.59
}

#[test]
fn the_method_and_the_word_on_accessibility_can_be_read_at_the_age_of_thirteen() {
    for (name, html) in [
        ("method", include_str!("../../assets/method.part")),
        ("accessibility", include_str!("../../assets/accessibility.part")),
    ] {
        let mut text = String::new();
        for (place, piece) in html.split('<').enumerate() {
            let (tag, words) = if place == 0 { ("", piece) } else { piece.split_once('>').expect("a tag ends") };
            // Where a paragraph or a heading ends, a sentence does.
            text.push_str(if ["/p", "/h1", "/h2", "/li", "/dt", "/dd"].contains(&tag) { ". " } else { "" });
            text.push_str(words);
        }
        let found = school_year(&text.replace("..", "."));
        assert!(found < 8.0, "{name}: school year {found:.1}");
    }
}

#[test]
fn what_is_said_can_be_read_at_the_age_of_twelve() {
    let edition = shipped();
    let mut years = Vec::new();
    for (id, council) in edition.register().iter() {
        for year in edition.years_of(id) {
            for measure in Measure::ALL.into_iter().filter(|measure| measure.is_percentage()) {
                let reading = edition.read(id, year, measure);
                let comparison = similar::compare(&edition, id, council, year, measure);
                if let Some(judged) = judged(&reading, &comparison) {
                    let text = in_words::grade(&judged, council.council_type, measure);
                    let found = school_year(&text);
                    assert!(found < 10.0, "school year {found:.1}: {text}");
                    years.push(found);
                }
            }
        }
    }
    let councils: Vec<_> = edition.register().in_tier(edition.default_year(), Tier::Upper).collect();
    for measure in Measure::ALL {
        let words = in_words::map(&edition, &councils, edition.default_year(), measure);
        years.extend([words.what, words.standing_out].iter().map(|text| school_year(text)));
    }
    let mean = years.iter().sum::<f64>() / f64::from(u32::try_from(years.len()).expect("some"));
    assert!(mean < 7.5, "school year {mean:.1} on average");
}
