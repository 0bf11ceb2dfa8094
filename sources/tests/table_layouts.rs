//! Layouts of whole tables with what spreadsheet programs do to them: merged cells, offsets, codings, pasting, and councils under the
//! names that they had.
#![cfg(feature = "tables")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod workbooks;

use upheld_domain::{
    evidence::SourceKind,
    figures::{Field, Figures},
    register::Register,
    year::ReportingYear,
};
use upheld_sources::{
    council_names::{BodyKind, Names},
    councils,
    intake::{Doubt, Source, take},
    ombudsman_table::{Hints, LeftOut, SheetTable, Subject, YearFrom, read},
};
use workbooks::{ods_of, xlsx_of};

fn only(name: &str, bytes: &[u8]) -> SheetTable {
    let table = read(name, bytes, Hints::default()).unwrap_or_else(|error| panic!("{error} – {}", error.remedy()));
    assert_eq!((table.sheets.len(), table.left.len()), (1, 0), "{table:#?}");
    table.sheets.into_iter().next().unwrap()
}

fn year(key: u16) -> ReportingYear {
    ReportingYear::ending(key).unwrap()
}

fn printed(fields: &[(Field, &str)]) -> Figures {
    let mut figures = Figures::default();
    for (field, text) in fields {
        figures.read(*field, text).unwrap();
    }
    figures
}

/// The rows that are read: number, name, figures.
fn rows(sheet: &SheetTable) -> Vec<(u64, &str, Figures)> {
    sheet.rows.iter().map(|row| (row.number, row.name.as_str(), row.figures.clone())).collect()
}

#[test]
fn a_table_pasted_from_a_spreadsheet_program() {
    let pasted = "Complaints decided 2021-22\t\t\t\t\r\n\t\t\t\t\r\n\
        Authority\tNot upheld\tUpheld\t\"Uphold rate\n(%)\"\t\"Average of similar\nauthorities\"\r\n\
        Brighton & Hove City Council\t13\t\t0%\t64%\r\n\
        \"Bristol, City of\"\t9\t21\t70%\t64%\r\n\
        \"The \"\"City\"\" of Bath\"\t1\t3\t75%\t\r\n\
        Total\t22\t24\t52%\t";
    let sheet = only("pasted", pasted.as_bytes());
    assert_eq!((sheet.subject, sheet.year, sheet.header_row), (Subject::Decided, year(2022), 3));
    assert_eq!(sheet.year_from, [YearFrom::Title]);
    assert_eq!(
        rows(&sheet),
        [
            (6, "Brighton & Hove City Council", printed(&[(Field::UpholdRate, "0"), (Field::UpholdRateSimilar, "64")])),
            (
                7,
                "Bristol, City of",
                printed(&[
                    (Field::Investigations, "30"),
                    (Field::Upheld, "21"),
                    (Field::UpholdRate, "70"),
                    (Field::UpholdRateSimilar, "64"),
                ])
            ),
            (
                8,
                "The \"City\" of Bath",
                printed(&[(Field::Investigations, "4"), (Field::Upheld, "3"), (Field::UpholdRate, "75")])
            ),
        ]
    );
    assert_eq!(sheet.left_out.counts.iter().collect::<Vec<_>>(), [(&LeftOut::Total, &1)]);

    // Only the table itself, copied without its title: the year has to be told.
    let bare: String = pasted.split_inclusive("\r\n").skip(2).collect();
    let hints = Hints { year: Some(year(2022)), subject: None };
    let table = read("pasted", bare.as_bytes(), hints).unwrap();
    let figures = |sheet: &SheetTable| sheet.rows.iter().map(|row| row.figures.clone()).collect::<Vec<_>>();
    assert_eq!(figures(&table.sheets[0]), figures(&sheet));
    assert!(read("pasted", bare.as_bytes(), Hints::default()).is_err());
}

const TITLE: &str = "Complaints decided, year ending 31 March 2023";

/// A table away from the corner, with a title over all columns, groups of columns, a name over two rows, a note over all columns.
fn merged_xlsx() -> Vec<u8> {
    let text = |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let empty = |at: &str| format!(r#"<c r="{at}" s="0"/>"#);
    let number = |at: &str, style: u8, number: &str| format!(r#"<c r="{at}" s="{style}"><v>{number}</v></c>"#);
    let row = |number: u8, cells: &[String]| format!(r#"<row r="{number}">{}</row>"#, cells.concat());
    let of_row = |at: u8, name: &str, upheld: &str, not: &str, rate: &str, similar: &str| {
        let place = |column: &str| format!("{column}{at}");
        let cells = [
            text(&place("C"), name),
            number(&place("D"), 0, upheld),
            number(&place("E"), 0, not),
            number(&place("F"), 1, rate),
            number(&place("G"), 2, similar),
        ];
        row(at, &cells)
    };
    let written = [
        row(2, &[text("C2", TITLE), empty("D2"), empty("E2"), empty("F2"), empty("G2")]),
        row(5, &[text("C5", "Authority"), text("D5", "Decisions"), empty("E5"), text("F5", "Rates"), empty("G5")]),
        row(6, &[empty("C6"), text("D6", "Upheld"), text("E6", "Not upheld"), text("F6", "Uphold rate")]),
        of_row(7, "Devon County Council*", "50", "10", "0.8333", "0.84"),
        of_row(8, "Torbay Council", "3", "1", "0.75", "0.795"),
        of_row(9, "Total", "53", "11", "0.828", "0.8"),
        row(11, &[text("C11", "* as it stood in May"), empty("D11"), empty("E11")]),
    ];
    let written = written.concat().replacen(
        &text("F6", "Uphold rate"),
        &(text("F6", "Uphold rate") + &text("G6", "Average of similar authorities")),
        1,
    );
    let merged = ["C2:G2", "C5:C6", "D5:E5", "F5:G5", "C11:G11"].map(|cells| format!(r#"<mergeCell ref="{cells}"/>"#));
    let sheet = format!(
        r#"<dimension ref="C2:G11"/><sheetData>{written}</sheetData><mergeCells count="5">{}</mergeCells>"#,
        merged.concat()
    );
    xlsx_of(r#"<sheet name="Table 1" sheetId="1" r:id="rId1"/>"#, &[sheet], &[])
}

/// The same.
fn merged_ods() -> Vec<u8> {
    let before = r#"<table:table-cell table:number-columns-repeated="2"/>"#;
    let cell = |text: &str| {
        format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
    };
    let over = |columns: usize, rows: usize, text: &str| {
        let covered = if columns > 1 {
            format!(r#"<table:covered-table-cell table:number-columns-repeated="{}"/>"#, columns - 1)
        } else {
            String::new()
        };
        format!(
            r#"<table:table-cell table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}" office:value-type="string"><text:p>{text}</text:p></table:table-cell>{covered}"#
        )
    };
    let shown = |kind: &str, value: &str, shown: &str| {
        format!(
            r#"<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>"#
        )
    };
    let line = |cells: &[String]| format!("<table:table-row>{before}{}</table:table-row>", cells.concat());
    let blank = |rows: u8| {
        format!(r#"<table:table-row table:number-rows-repeated="{rows}"><table:table-cell/></table:table-row>"#)
    };
    let figures = |name: &str, upheld: &str, not: &str, rate: (&str, &str), similar: (&str, &str)| {
        line(&[
            cell(name),
            shown("float", upheld, upheld),
            shown("float", not, not),
            shown("percentage", rate.0, rate.1),
            shown("percentage", similar.0, similar.1),
        ])
    };
    let content = [
        blank(1),
        line(&[over(5, 1, TITLE)]),
        blank(2),
        line(&[over(1, 2, "Authority"), over(2, 1, "Decisions"), over(2, 1, "Rates")]),
        line(&[
            "<table:covered-table-cell/>".to_owned(),
            cell("Upheld"),
            cell("Not upheld"),
            cell("Uphold rate"),
            cell("Average of similar authorities"),
        ]),
        figures("Devon County Council*", "50", "10", ("0.8333", "83%"), ("0.84", "84.0%")),
        figures("Torbay Council", "3", "1", ("0.75", "75%"), ("0.795", "79.5%")),
        figures("Total", "53", "11", ("0.828", "83%"), ("0.8", "80.0%")),
        blank(1),
        line(&[over(5, 1, "* as it stood in May")]),
    ];
    ods_of(&format!(r#"<table:table table:name="Table 1">{}</table:table>"#, content.concat()))
}

#[test]
fn merged_cells_away_from_the_corner_in_both_formats_of_workbooks() {
    for bytes in [merged_xlsx(), merged_ods()] {
        let sheet = only("decided", &bytes);
        assert_eq!((sheet.subject, sheet.year, sheet.header_row), (Subject::Decided, year(2023), 5));
        let devon = [
            (Field::Investigations, "60"),
            (Field::Upheld, "50"),
            (Field::UpholdRate, "83"),
            (Field::UpholdRateSimilar, "84.0"),
        ];
        let torbay = [
            (Field::Investigations, "4"),
            (Field::Upheld, "3"),
            (Field::UpholdRate, "75"),
            (Field::UpholdRateSimilar, "79.5"),
        ];
        assert_eq!(
            rows(&sheet),
            [(7, "Devon County Council", printed(&devon)), (8, "Torbay Council", printed(&torbay))]
        );
        let headings: Vec<_> = sheet.columns.iter().map(|column| (column.place, column.heading.as_str())).collect();
        assert_eq!(headings[..2], [(3, "Authority"), (4, "Decisions / Upheld")]);
        let left: Vec<_> = sheet.left_out.counts.iter().map(|(why, count)| (*why, *count)).collect();
        assert_eq!(left, [(LeftOut::Total, 1), (LeftOut::Note, 1)]);
        assert_eq!((sheet.problems.len(), sheet.warnings.len()), (0, 0), "{sheet:#?}");
    }
}

#[test]
fn one_table_is_read_the_same_in_every_coding_separator_and_line_end() {
    let cells = [
        ["Remedies – 2019/20", "", "", ""],
        ["Council", "Upheld", "Cases with a satisfactory remedy", "Satisfactory remedy rate"],
        ["King’s Lynn & West Norfolk", "8", "1", "12.5%"],
        ["Bath, and “North East” Somerset", "10", "0", "0%"],
        ["London Borough of Brent", "40", "-", "n/a"],
    ];
    let expected = [
        (
            3,
            "King’s Lynn & West Norfolk",
            printed(&[(Field::Upheld, "8"), (Field::SatisfactoryRemedies, "1"), (Field::RemedyRate, "12.5")]),
        ),
        (
            4,
            "Bath, and “North East” Somerset",
            printed(&[(Field::Upheld, "10"), (Field::SatisfactoryRemedies, "0"), (Field::RemedyRate, "0")]),
        ),
        (5, "London Borough of Brent", printed(&[(Field::Upheld, "40")])),
    ];
    let windows = |text: &str| {
        let byte = |character: char| match character {
            '–' => 0x96,
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            other => u8::try_from(other).unwrap(),
        };
        text.chars().map(byte).collect::<Vec<u8>>()
    };
    let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| {
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
    };
    for separator in [",", ";", "\t"] {
        for end in ["\n", "\r\n", "\r"] {
            let quoted = |cell: &&str| if cell.contains(',') { format!("\"{cell}\"") } else { (*cell).to_owned() };
            let text: String =
                cells.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(separator) + end).collect();
            let codings = [
                text.clone().into_bytes(),
                format!("\u{feff}{text}").into_bytes(),
                windows(&text),
                wide(&text, u16::to_le_bytes),
                wide(&text, u16::to_be_bytes),
            ];
            for (coding, bytes) in codings.iter().enumerate() {
                let sheet = only("table", bytes);
                assert_eq!((sheet.subject, sheet.year), (Subject::Remedies, year(2020)));
                assert_eq!(rows(&sheet), expected, "coding {coding}, {separator:?}, {end:?}");
            }
        }
    }
}

/// A council under the names that it had, in tables of several years.
#[test]
fn councils_are_known_by_the_names_that_they_had_in_the_year() {
    let rows = councils::read("councils.csv", include_bytes!("../../data/councils.csv")).complete().unwrap();
    let register = Register::new(rows.into_iter().map(|row| row.value.council).collect()).unwrap();
    let names = Names::new(&register, &[]);
    let source = Source { kind: SourceKind::Ombudsman, source: "https://example.org/decided.csv".to_owned() };
    let taken = |years: &str, names_of: &[&str]| {
        let lines: Vec<String> = names_of.iter().map(|name| format!("{name},1,3,75%")).collect();
        let lines = lines.join("\n");
        let file = format!("Decided {years}\nAuthority,Not upheld,Upheld,Uphold rate\n{lines}\nTotal,9,9,50%\n");
        take(&only("t", file.as_bytes()), &names, &register, &source)
    };
    let found = |years: &str, names_of: &[&str]| {
        let taken = taken(years, names_of);
        assert!(taken.entries.iter().all(|entry| entry.figures.investigations == Some(4)));
        let codes: Vec<String> = taken.entries.iter().map(|entry| entry.code.as_str().to_owned()).collect();
        let doubts: Vec<String> = taken.unmatched.iter().map(|it| it.name.clone()).collect();
        (codes, doubts)
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();

    // Kent's district of Shepway took the name of Folkestone and Hythe in 2018.
    let both = ["Shepway District Council", "Folkestone & Hythe DC"];
    for (years, name) in [("2016-17", both[0]), ("2018-19", both[1]), ("2019-20", both[1])] {
        assert_eq!(found(years, &[name]), (texts(&["E07000112"]), vec![]), "{years}");
    }
    // The same words mean the county, then the unitary council that replaced it.
    assert_eq!(found("2019-20", &["Buckinghamshire County Council"]), (texts(&["E10000002"]), vec![]));
    assert_eq!(found("2020-21", &["Buckinghamshire Council"]), (texts(&["E06000060"]), vec![]));
    // Barnsley's code changed, and nothing else.
    let barnsley = "Barnsley Metropolitan Borough Council";
    assert_eq!(found("2013-14", &[barnsley]), (texts(&["E08000016"]), vec![]));
    assert_eq!(found("2025-26", &[barnsley]), (texts(&["E08000038"]), vec![]));
    // A council that had ended is a question, as is one that had not begun.
    let doubts = taken("2023-24", &["Cumbria County Council", "Cumberland Council", "Cleveland Fire Authority"]);
    assert_eq!(doubts.entries.iter().map(|entry| entry.code.as_str()).collect::<Vec<_>>(), ["E06000063"]);
    assert!(matches!(doubts.unmatched[0].why, Doubt::NotThen(_)), "{:?}", doubts.unmatched);
    assert_eq!(doubts.bodies[&BodyKind::Fire], 1);
    assert_eq!(found("2021-22", &["Cumberland Council"]), (vec![], texts(&["Cumberland Council"])));
}
