//! Letters of every layout, in sentences of our own around the facts and labels that such letters print.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

use proptest::prelude::*;
use upheld_domain::{
    figures::{Field, Figures},
    letter::{Addressee, Block},
    year::ReportingYear,
};
use upheld_sources::letter_text::{LetterError, Looked, MOST_BYTES, Reading, read, read_text};

const THREE_PANELS: &str = include_str!("letters/three_panels.txt");

fn figures(json: &str) -> Figures {
    serde_json::from_str(json).unwrap()
}

fn found(reading: &Reading) -> Figures {
    reading.letter.figures()
}

fn year(ending: u16) -> Option<ReportingYear> {
    ReportingYear::ending(ending)
}

fn missing(reading: &Reading) -> Vec<Looked> {
    reading.missing.iter().map(|missing| missing.looked_for).collect()
}

fn warnings(reading: &Reading) -> Vec<String> {
    reading.warnings.iter().map(ToString::to_string).collect()
}

/// A letter with these statistics at its end.
fn with_statistics(statistics: &str) -> String {
    format!(
        "21 July 2016\n\nMr Moor\nChief Executive\nSomewhere Borough Council\n\nDear Mr Moor\n\nAnnual Review letter\n\n\
         Below is what was counted.\n\nYours sincerely\n\nA. Person\nOmbudsman\n\u{c}\n{statistics}"
    )
}

fn read_with(statistics: &str) -> Reading {
    read_text(&with_statistics(statistics)).unwrap()
}

#[test]
fn a_letter_with_three_panels_gives_all_ten_figures_and_nothing_is_missing() {
    let reading = read_text(THREE_PANELS).unwrap();
    assert_eq!(
        found(&reading),
        figures(
            r#"{"investigations":24,"upheld":13,"uphold_rate":54,"uphold_rate_similar":56,"compliance_outcomes":7,
                "compliance_rate":100,"compliance_rate_similar":99,"satisfactory_remedies":3,"remedy_rate":23,
                "remedy_rate_similar":11}"#
        )
    );
    assert_eq!(reading.letter.year, year(2020));
    assert_eq!((missing(&reading), warnings(&reading)), (Vec::new(), Vec::new()));
}

#[test]
fn a_letter_says_what_it_says_without_the_pages_furniture() {
    let letter = read_text(THREE_PANELS).unwrap().letter;
    assert_eq!((letter.title.as_str(), letter.date.as_str()), ("Annual Review letter 2020", "22 July 2020"));
    assert_eq!(
        letter.addressee,
        Addressee {
            person: "Ms Moor".to_owned(),
            role: "Chief Executive".to_owned(),
            council: "Luton Borough Council".to_owned(),
            address: Vec::new()
        }
    );
    assert_eq!(letter.signature, ["A. Person", "Local Government and Social Care Ombudsman"]);
    assert_eq!(
        letter.links,
        [
            "https://www.example.org/your-councils-performance",
            "https://www.example.org/interpreting-statistics",
            "http://www.example.org/training"
        ]
    );
    let told: Vec<String> = letter
        .blocks
        .iter()
        .map(|block| match block {
            Block::Heading(text) => format!("# {text}"),
            Block::Paragraph(text) => text.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        told,
        [
            "Here is what this office counted about your council in the twelve months that the figures are about, which \
             is the year ending 31 March 2020. It has been a hard spring for everyone, and a letter such as this one \
             could have waited for a better one. It goes out all the same, as people who complain do not wait either.",
            "# Complaint statistics",
            "What matters is what became of a complaint, not how many there were. There are three of them:",
            "Complaints upheld - These are the ones in which this office found that something had gone wrong.",
            "Compliance with recommendations - It says how often the council did what it had agreed to do.",
            "What is new is that a council now gets credit for what it did before anybody asked it to, and so it should, \
             as that is what saves people their time and their sleep.",
            "A council is set beside others of its kind, of which there are five: counties, their districts, the boroughs of \
             the big cities, unitary councils and those of London.",
            "# Where to go from here",
            "Our website has more, among it everything that was decided about your council, and it is at your service on \
             every day of the year.",
            "There are courses for those who answer complaints, and they are well-attended. When and where they are held \
             stands on www.example.org/training.",
        ]
    );
}

#[test]
fn the_statistics_page_is_kept_in_sentences() {
    let blocks = read_text(THREE_PANELS).unwrap().letter.statistics.unwrap().blocks;
    assert_eq!(blocks[0], Block::Heading("Luton Borough Council".to_owned()));
    assert!(blocks.contains(&Block::Paragraph("13 upheld decisions".to_owned())), "{blocks:#?}");
    assert!(blocks.contains(&Block::Paragraph(
        "Statistics are based on a total of 7 compliance outcomes for the period between 1 April 2019 to 31 March 2020"
            .to_owned()
    )));
    assert!(
        blocks.contains(&Block::List(vec!["A rate below 100% is one to look at closely, case by case.".to_owned()]))
    );
    let headings = blocks.iter().filter(|block| matches!(block, Block::Heading(_))).count();
    assert_eq!((headings, blocks.len()), (4, 17), "{blocks:#?}");
}

#[test]
fn line_ends_of_every_kind_are_the_same() {
    let reading = read_text(THREE_PANELS).unwrap();
    assert_eq!(read(THREE_PANELS.replace('\n', "\r\n").as_bytes()).unwrap(), reading);
}

#[test]
fn panels_of_2024_have_rates_per_100_000() {
    let reading = read_with(
        "Somewhere Borough Council\nFor the period ending: 31/03/24\n\nComplaints upheld\n\n69% of complaints we\n\
         investigated were upheld.\nThis compares to an average of\n79% in similar organisations.\n\n9\nupheld decisions\n\n\
         This is 4 upheld decisions per\n100,000 residents.\nThe average for authorities of this\ntype is 4.6 upheld \
         decisions per\n100,000 residents.\n\nStatistics are based on a total of\n13 investigations for the period\n\
         between 1 April 2023 to 31\nMarch 2024\n\nCompliance with Ombudsman\nrecommendations\n\nIn 100% of cases we were\n\
         satisfied.\nThis compares to an average of\n100% in similar organisations.\n\nStatistics are based on a total of 7\n\
         compliance outcomes.\n\nSatisfactory remedies provided by\nthe organisation\n\nIn 33% of upheld cases we\nfound it \
         so.\nThis compares to an average of\n13% in similar organisations.\n\n3\nsatisfactory remedy decisions\n",
    );
    assert_eq!(
        found(&reading),
        figures(
            r#"{"investigations":13,"upheld":9,"uphold_rate":69,"uphold_rate_similar":79,"upheld_per_100k":4,
                "upheld_per_100k_similar":4.6,"compliance_outcomes":7,"compliance_rate":100,
                "compliance_rate_similar":100,"satisfactory_remedies":3,"remedy_rate":33,"remedy_rate_similar":13}"#
        )
    );
    assert_eq!(reading.letter.year, year(2024));
    assert_eq!((missing(&reading), warnings(&reading)), (Vec::new(), Vec::new()));
}

#[test]
fn an_overview_is_read_in_sentences_and_in_labels() {
    let expected = figures(
        r#"{"investigations":13,"upheld":10,"uphold_rate":77,"uphold_rate_similar":80,"dealt_with":64,"not_for_us":30,
            "assessed_and_closed":21}"#,
    );
    let rest = "Complaints upheld\n\nWe upheld 10 complaints.\n77% of complaints we investigated were upheld.\nThis \
                compares to an average of 80% in similar authorities.\n";
    let sentences = read_with(&format!(
        "Complaints overview\nBetween 1 April 2024 and 31 March 2025, we dealt with 64 complaints. Of these,\n30 were not \
         for us. We assessed and closed 21 complaints. We\ninvestigated 13 complaints.\n{rest}"
    ));
    assert_eq!(found(&sentences), expected);
    assert_eq!(sentences.letter.year, year(2025));
    assert_eq!((missing(&sentences), warnings(&sentences)), (Vec::new(), Vec::new()));
    for overview in [
        "64\nComplaints dealt with\n30\nNot for us\n21\nAssessed and closed\n13\nInvestigated",
        "Complaints dealt with\n64\nNot for us\n30\nAssessed and closed\n21\nInvestigated\n13",
        "Complaints dealt with 64\nNot for us: 30\nAssessed and closed 21\n13 Investigated",
    ] {
        let labels = read_with(&format!("Complaints overview\n{overview}\n{rest}"));
        assert_eq!(found(&labels), expected, "{overview}");
    }
}

#[test]
fn statistics_within_the_letter_are_read_where_they_stand() {
    let reading = read_text(
        "21 May 2025\nMs Moor\nChief Executive\nSomewhere Borough Council\n\nDear Ms Moor\n\nAnnual review letter 2024-25\n\n\
         All of England sent us 20,773 complaints, and we dealt with 20,000 complaints.\n\nComplaint overview\n\nBetween 1 April \
         2024 and 31 March 2025, we dealt with 64 complaints.\n\nYours sincerely,\n\nA. Person\n",
    )
    .unwrap();
    assert_eq!(found(&reading).dealt_with, Some(64));
    assert_eq!(reading.letter.blocks.len(), 1);
    assert_eq!(reading.letter.signature, ["A. Person"]);
    assert_eq!(reading.letter.year, year(2025));
}

#[test]
fn words_of_the_statistics_within_a_sentence_do_not_begin_them() {
    let reading = read_text(
        "Dear Ms Moor\n\nAnnual review letter\n\nBelow is what we counted about your council and its neighbours\nfor the \
         period ending 31 March 2016, with all\ndecisions made in that time, and it is 12% of what we\nhad.\n\nYours \
         faithfully\nA. Person",
    )
    .unwrap();
    assert_eq!(reading.letter.statistics, None);
    assert_eq!((reading.letter.blocks.len(), reading.letter.year), (1, year(2016)));
}

const TABLES_OF_2016: &str = "Local Authority Report: Somewhere BC\nFor the Period Ending: 31/03/2016\n\n\
    Complaints and enquiries received\n\nAdult Care\nServices\n\nBenefits and\nTax\n\nCorporate\nand Other\nServices\n\n\
    Education\nand\nChildren’s\nServices\n\nEnvironment\nServices\n\nHighways\nand\nTransport\n\nHousing\n\nPlanning and\n\
    Development\n\nOther Total\n\n9 16 3 12 8 4 24 7 0 83\n\nDecisions made Detailed Investigations\n\nIncomplete or\n\
    Invalid\n\nAdvice Given\n\nReferred\nback for\nLocal\nResolution\n\nClosed After\nInitial\nEnquiries\n\nNot Upheld \
    Upheld Uphold Rate Total\n\n7 3 30 20 6 12 67% 78\n\nNotes\n\nThe rate is of the detailed investigations.\n\n\
    Complaints Remedied\n\nby LGO\n\nSatisfactorily by\nAuthority before LGO\nInvolvement\n\n10 2\n";

#[test]
fn tables_of_decisions_are_read_with_the_sum_that_they_do_not_print() {
    let reading = read_with(TABLES_OF_2016);
    let expected = figures(r#"{"investigations":18,"upheld":12,"uphold_rate":67,"satisfactory_remedies":2}"#);
    assert_eq!(found(&reading), expected);
    assert_eq!(reading.letter.year, year(2016));
    assert_eq!(warnings(&reading), ["investigations: 12 upheld and 6 not upheld make 18; the letter prints no sum"]);
    assert_eq!(missing(&reading), []);
    let statistics = reading.letter.statistics.unwrap();
    assert_eq!(statistics.council, "Somewhere BC");
    let tables: Vec<String> = statistics
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(cells) => {
                Some(cells.iter().map(|cell| format!("{}={}", cell.label, cell.value)).collect::<Vec<_>>().join(" "))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        tables,
        [
            "Adult Care Services=9 Benefits and Tax=16 Corporate and Other Services=3 Education and Children’s Services=12 \
             Environment Services=8 Highways and Transport=4 Housing=24 Planning and Development=7 Other=0 Total=83",
            "Incomplete or Invalid=7 Advice Given=3 Referred back for Local Resolution=30 Closed After Initial \
             Enquiries=20 Not Upheld=6 Upheld=12 Uphold Rate=67% Total=78",
            "by LGO=10 Satisfactorily by Authority before LGO Involvement=2",
        ]
    );
}

#[test]
fn tables_of_2014_name_the_council_in_their_row_and_print_no_rate() {
    let reading = read_with(
        "Local authority report – Somewhere Borough Council\n\nFor the period ending – 31/03/2014\n\nDecisions made\n\n\
         Detailed investigations carried out\n\nLocal Authority Upheld Not upheld Advice given Closed after initial \
         enquiries Incomplete/Invalid Referred back for local resolution Total\n\nSomewhere BC 8 9 2 20 5 30 74\n",
    );
    assert_eq!(found(&reading), figures(r#"{"investigations":17,"upheld":8}"#));
    assert_eq!(reading.letter.year, year(2014));
    assert_eq!(reading.letter.statistics.unwrap().council, "Somewhere Borough Council");
}

#[test]
fn no_figure_is_taken_from_a_table_whose_headings_and_numbers_do_not_match() {
    let reading = read_with(
        "Local Authority Report: Somewhere BC\nDecisions made\nIncomplete or Advice Referred Closed Not Upheld Upheld Uphold \
         Total\nInvalid Given back After Rate\n7 3 30 20 6 12 67% 78\n",
    );
    assert_eq!(found(&reading), Figures::default());
    assert_eq!(missing(&reading), [Looked::Figure(Field::Upheld), Looked::Figure(Field::Investigations), Looked::Year]);
    assert!(warnings(&reading)[0].contains("8 numbers below 3 headings"), "{:?}", warnings(&reading));
}

#[test]
fn what_contradicts_itself_is_kept_as_printed_and_said() {
    let reading = read_text(&THREE_PANELS.replace("54% of complaints", "80% of complaints")).unwrap();
    assert_eq!(found(&reading).uphold_rate, "80".parse().ok());
    assert_eq!(
        warnings(&reading),
        ["uphold_pct: printed 80%, 13 of 24 is 54% – nothing, if the source prints both so; it is shown as printed"]
    );
    let sum = read_with(&TABLES_OF_2016.replace("67% 78", "67% 79"));
    assert!(warnings(&sum)[0].ends_with("the decisions add up to 78, and the total is 79 – kept as printed"));
    let twice = read_text(&THREE_PANELS.replace("satisfactory remedy decisions", "upheld decisions")).unwrap();
    assert_eq!(warnings(&twice)[0], "line 144: complaints upheld is 3 here, and 13 before – the first is kept");
    let years = read_text(&THREE_PANELS.replace("31/03/20", "31/03/21")).unwrap();
    assert_eq!(years.letter.year, year(2021));
    assert!(warnings(&years)[0].contains("the letter is about 2019-20, its statistics about 2020-21"));
}

#[test]
fn a_number_that_cannot_be_is_left_out_and_said() {
    let reading = read_text(&THREE_PANELS.replace("54% of complaints", "154% of complaints")).unwrap();
    assert_eq!(found(&reading).uphold_rate, None);
    assert!(warnings(&reading)[0].contains("\"154\" is not a percentage from 0 to 100"), "{:?}", warnings(&reading));
    assert_eq!(missing(&reading), [Looked::Figure(Field::UpholdRate)]);
}

#[test]
fn a_letter_without_statistics_is_a_letter_and_what_it_lacks_is_listed() {
    let before = THREE_PANELS.split("Luton Borough Council \n\nFor the period").next().unwrap();
    let reading = read_text(before).unwrap();
    assert_eq!(reading.letter.blocks.len(), 10);
    assert_eq!(missing(&reading), [Looked::Statistics]);
    assert_eq!(found(&reading), Figures::default());
    assert!(reading.missing[0].to_string().starts_with("not found: the statistics (\"for the period ending\""));

    let one = read_text(&THREE_PANELS.replace("13       ", "some     ")).unwrap();
    assert_eq!(missing(&one), [Looked::Figure(Field::Upheld)]);
    assert_eq!(one.missing[0].to_string(), "not found: complaints upheld (\"… upheld decisions\"), from line 74 on");
}

#[test]
fn what_is_no_letter_is_refused_with_what_was_looked_for_and_found() {
    assert_eq!(read(b""), Err(LetterError::NoText));
    assert_eq!(read_text(" \n\u{c}\n"), Err(LetterError::NoText));
    assert_eq!(read(b"a\n\xff"), Err(LetterError::NotUtf8 { line: 2 }));
    let error = read_text("\nAgenda\nItem 1\n").unwrap_err().to_string();
    assert!(error.contains("line 2 says \"Agenda\"") && error.contains("\"Dear\""), "{error}");
    let long = "a ".repeat(MOST_BYTES);
    assert_eq!(read(long.as_bytes()), Err(LetterError::TooLarge { bytes: 2 * MOST_BYTES, most: MOST_BYTES }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_cut_out_of_a_letter_the_rest_is_read(from in 0_usize..3000, length in 0_usize..800) {
        let letters: Vec<char> = with_statistics(TABLES_OF_2016).chars().chain(THREE_PANELS.chars()).collect();
        let left: String = letters.iter().take(from).chain(letters.iter().skip(from + length)).collect();
        prop_assert!(read_text(&left).is_ok());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_text_that_begins_a_letter_is_read(text in "\\PC{0,200}") {
        let letter = format!("Dear {text}\nComplaints upheld\n5% {text}\nDecisions made\n{text}");
        prop_assert!(read_text(&letter).is_ok());
    }
}
