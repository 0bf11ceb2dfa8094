//! Tables as the Ombudsman lays them out, in layouts of our own making: figures and wording are not the Ombudsman's.
#![cfg(feature = "tables")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

mod workbooks;

use upheld_domain::{
    council::CouncilType,
    figures::{Field, Figures},
    year::ReportingYear,
};
use upheld_sources::{
    council_names::BodyKind,
    figures,
    ombudsman_table::{
        CellFault, Contradiction, Hints, LeftOut, Meaning, OmbudsmanTable, ReadError, Reading, SheetFault, SheetTable,
        Subject, Unit, YearFrom, read,
    },
};
use workbooks::{Cell, Sheet, n, ods, row, t, xlsx};

fn table(name: &str, bytes: &[u8]) -> OmbudsmanTable {
    read(name, bytes, Hints::default()).unwrap_or_else(|error| panic!("{error} – {}", error.remedy()))
}

fn only(name: &str, bytes: &[u8]) -> SheetTable {
    let mut table = table(name, bytes);
    assert_eq!((table.sheets.len(), table.left.len()), (1, 0), "{table:#?}");
    table.sheets.remove(0)
}

fn refused(name: &str, text: &str) -> ReadError {
    read(name, text.as_bytes(), Hints::default()).unwrap_err()
}

fn year(key: u16) -> ReportingYear {
    ReportingYear::ending(key).unwrap()
}

/// Figures by field.
fn printed(fields: &[(Field, &str)]) -> Figures {
    let mut figures = Figures::default();
    for (field, text) in fields {
        figures.read(*field, text).unwrap();
    }
    figures
}

fn readings(sheet: &SheetTable) -> Vec<Reading> {
    sheet.columns.iter().map(|column| column.reading).collect()
}

#[test]
fn decisions_of_before_2024_with_titles_above_totals_and_notes_below() {
    let file = "\u{feff}Local Government Ombudsman\r\n\"Decisions made, 1 April 2017 to 31 March 2018\"\r\n\r\n\
        Authority Name,Invalid or incomplete,Advice given,Referred back for local resolution,Closed after initial enquiries,Not upheld,Upheld,Total,Uphold rate (%),Notes\r\n\
        Luton Borough Council*,2,0,\"1,020\",15,11,13,61,54%,checked\r\n\
        \"Bristol, City of\u{a0}\",1,-,12,9,10,10 [1],42,50,\r\n\
        Cheshire Fire Authority,0,0,1,0,0,0,1,n/a,\r\n\
        Dartmoor National Park Authority,0,0,1,0,1,0,2,0%,\r\n\
        Exmoor National Park Authority,0,0,1,0,1,0,2,0%,\r\n\
        \r\n\
        Total,3,0,13,24,22,23,108,51%,\r\n\
        * includes two decisions of the year before,,,,,,,,,\r\n\
        Source: decisions of the year,,,,,,,,,\r\n";
    let sheet = only("decisions.csv", file.as_bytes());
    assert_eq!((sheet.subject, sheet.year, sheet.header_row), (Subject::Decided, year(2018), 4));
    assert_eq!(sheet.year_from, [YearFrom::Title]);
    let luton = &sheet.rows[0];
    assert_eq!(
        (luton.number, luton.name.as_str(), luton.computed.as_slice()),
        (5, "Luton Borough Council", &[Field::Investigations][..])
    );
    let luton_figures = [(Field::Investigations, "24"), (Field::Upheld, "13"), (Field::UpholdRate, "54")];
    assert_eq!(luton.figures, printed(&luton_figures));
    assert_eq!(
        sheet.rows[1].figures,
        printed(&[(Field::Investigations, "20"), (Field::Upheld, "10"), (Field::UpholdRate, "50")])
    );
    assert_eq!(sheet.rows.len(), 2);
    let left = &sheet.left_out.counts;
    assert_eq!(left[&LeftOut::Body(BodyKind::Fire)], 1);
    assert_eq!(left[&LeftOut::Body(BodyKind::NationalPark)], 2);
    assert_eq!((left[&LeftOut::Total], left[&LeftOut::Note], left.len()), (1, 2, 4));
    assert_eq!((sheet.blank_rows, sheet.problems.len(), sheet.warnings.len()), (2, 0, 0), "{sheet:#?}");
    assert_eq!(sheet.columns[9].reading, Reading::Unknown);
    assert_eq!(sheet.columns[1].reading, Reading::Known(Meaning::InvalidOrIncomplete));
}

#[test]
fn decisions_in_windows_1252_with_semicolons_and_rates_beside_averages() {
    let mut file = b"Complaints decided 2022/23;;;;;;\n;;;;;;\nCouncil;Type;Number upheld;Not upheld;% upheld;Average uphold rate of similar authorities (%);Upheld decisions per 100,000 residents\n".to_vec();
    file.extend(b"King\x92s Lynn & West Norfolk BC;District council;3;2;60;59;1.97\n");
    file.extend(b"Telford & Wrekin Council;Unitary;5;5;50;\x96;2.7\n");
    let sheet = only("x.csv", &file);
    assert_eq!((sheet.subject, sheet.year), (Subject::Decided, year(2023)));
    assert_eq!(sheet.rows[0].name, "King’s Lynn & West Norfolk BC");
    assert_eq!(sheet.rows[0].council_type, Some(CouncilType::District));
    assert_eq!(sheet.rows[1].council_type, Some(CouncilType::Unitary));
    assert_eq!(
        sheet.rows[0].figures,
        printed(&[
            (Field::Investigations, "5"),
            (Field::Upheld, "3"),
            (Field::UpholdRate, "60"),
            (Field::UpholdRateSimilar, "59"),
            (Field::UpheldPer100k, "1.97"),
        ])
    );
    assert_eq!(sheet.rows[1].figures.uphold_rate_similar, None);
}

#[test]
fn compliance_in_utf_16_with_tabs_and_the_year_in_the_file_name() {
    let text = "Authority\tCases where compliance was recorded in the year\tComplied on time\tComplied late\tNot complied with\tRate (%)\tAverage of similar authorities\n\
        Luton BC\t7\t7\t0\t0\t100\t99\nKent County Council\t40\t30\t9\t1\t97.5\t100%\n";
    let bytes: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let sheet = only("compliance_2019-20.csv", &bytes);
    assert_eq!(
        (sheet.subject, sheet.year, &sheet.year_from[..]),
        (Subject::Compliance, year(2020), &[YearFrom::FileName][..])
    );
    let luton =
        [(Field::ComplianceOutcomes, "7"), (Field::ComplianceRate, "100"), (Field::ComplianceRateSimilar, "99")];
    assert_eq!(sheet.rows[0].figures, printed(&luton));
    let kent =
        [(Field::ComplianceOutcomes, "40"), (Field::ComplianceRate, "97.5"), (Field::ComplianceRateSimilar, "100")];
    assert_eq!(sheet.rows[1].figures, printed(&kent));
}

#[test]
fn remedies_with_a_header_of_two_rows_and_line_breaks_in_cells() {
    let file = "Satisfactory remedies 2023-2024\n\
        ,Decisions,,Similar authorities\n\
        \"Authority\nname\",Upheld,\"Cases with a\nsatisfactory remedy\",\"Average\nrate\"\n\
        Luton,13,3,11%\n\"Herefordshire,\nCounty of\",5,0,-\n";
    let sheet = only("t.csv", file.as_bytes());
    assert_eq!((sheet.subject, sheet.year, sheet.header_row), (Subject::Remedies, year(2024), 2));
    let luton = [(Field::Upheld, "13"), (Field::SatisfactoryRemedies, "3"), (Field::RemedyRateSimilar, "11")];
    assert_eq!(sheet.rows[0].figures, printed(&luton));
    assert_eq!((sheet.rows[1].number, sheet.rows[1].name.as_str()), (8, "Herefordshire, County of"));
    assert_eq!(sheet.rows[1].figures.satisfactory_remedies, Some(0));
    assert_eq!(sheet.columns[3].heading, "Similar authorities / Average rate");
}

#[test]
fn the_overview_of_2024_25() {
    let rows = [
        row(&[
            "Authority name",
            "Complaints dealt with",
            "Not for us",
            "Assessed and closed",
            "Investigated",
            "Upheld",
            "Uphold rate",
            "Average uphold rate of similar authorities",
            "Upheld per 100,000 residents",
        ]),
        vec![
            t("London Borough of Newham"),
            n(190),
            n(62),
            n(78),
            n(50),
            n(43),
            Cell::Percent(0.86),
            Cell::PercentOfTenths(0.843),
            n(12.1),
        ],
        vec![t("Adur DC"), n(5), n(1), n(4), n(0), n(0), t("N/A"), Cell::PercentOfTenths(0.5), n(0)],
    ];
    let sheets: [Sheet<'_>; 1] = [("2024-25", rows.to_vec())];
    for bytes in [xlsx(&sheets), ods(&sheets)] {
        let sheet = only("overview", &bytes);
        assert_eq!(
            (sheet.subject, sheet.year, &sheet.year_from[..]),
            (Subject::Overview, year(2025), &[YearFrom::SheetName][..])
        );
        assert_eq!(
            sheet.rows[0].figures,
            printed(&[
                (Field::DealtWith, "190"),
                (Field::NotForUs, "62"),
                (Field::AssessedAndClosed, "78"),
                (Field::Investigations, "50"),
                (Field::Upheld, "43"),
                (Field::UpholdRate, "86"),
                (Field::UpholdRateSimilar, "84.3"),
                (Field::UpheldPer100k, "12.1"),
            ])
        );
        assert_eq!(sheet.rows[0].computed, []);
        assert_eq!((sheet.rows[1].figures.uphold_rate, sheet.rows[1].figures.upheld), (None, Some(0)));
        assert_eq!(sheet.warnings, []);
    }
}

#[test]
fn a_workbook_of_several_subjects_with_merged_titles_and_a_sheet_that_does_not_fit() {
    let decided = vec![
        vec![t("Complaints decided: year ending 31 March 2021")],
        vec![],
        row(&["", "Outcome", "", "Rate", ""]),
        row(&["Authority", "Not upheld", "Upheld", "Uphold rate", "Average of similar authorities"]),
        vec![
            t("Luton Borough Council"),
            n(11),
            Cell::Formula("SUM(B5:B5)+2", 13.0),
            Cell::Percent(0.541_666_7),
            Cell::Percent(0.568),
        ],
        vec![t("Total"), n(11), n(13), Cell::Percent(0.54), Cell::Empty],
    ];
    let compliance = vec![
        vec![t("Compliance 2020-21")],
        row(&["Authority", "Number of cases", "Compliance rate"]),
        vec![t("Luton Borough Council"), n(7), Cell::Percent(1.0)],
    ];
    let received = vec![
        vec![t("Complaints received 2020-21")],
        row(&["Authority", "Adult care services", "Education", "Housing", "Total"]),
        row(&["Luton Borough Council", "1", "2", "3", "6"]),
    ];
    let notes = vec![vec![t("Notes")], vec![t("Figures are as they stood in May.")]];
    let sheets: [Sheet<'_>; 4] =
        [("Decided", decided), ("Compliance", compliance), ("Received", received), ("Notes & more", notes)];
    for bytes in [xlsx(&sheets), ods(&sheets)] {
        let table = table("tables.xlsx", &bytes);
        let read: Vec<_> =
            table.sheets.iter().map(|sheet| (sheet.subject, sheet.year.key(), sheet.header_row)).collect();
        assert_eq!(read, [(Subject::Decided, 2021, 3), (Subject::Compliance, 2021, 2)]);
        let luton = [
            (Field::Investigations, "24"),
            (Field::Upheld, "13"),
            (Field::UpholdRate, "54"),
            (Field::UpholdRateSimilar, "57"),
        ];
        assert_eq!(table.sheets[0].rows[0].figures, printed(&luton), "{:#?}", table.sheets[0].columns);
        assert_eq!(table.sheets[0].rows[0].number, 5);
        let luton = [(Field::ComplianceOutcomes, "7"), (Field::ComplianceRate, "100")];
        assert_eq!(table.sheets[1].rows[0].figures, printed(&luton));
        let left: Vec<_> = table.left.iter().map(|sheet| sheet.name.as_deref().unwrap()).collect();
        assert_eq!(left, ["Received", "Notes & more"]);
        assert_eq!(table.left[0].why, SheetFault::NothingToTake(Subject::Received));
        assert!(matches!(table.left[1].why, SheetFault::NoHeader { .. }));
    }
}

#[test]
fn a_year_can_be_told_by_a_column_or_by_whoever_opens_the_file() {
    let header = "Year,Authority,Upheld,Not upheld";
    let sheet = only("t.csv", format!("{header}\n2023-24,Luton,1,2\n2023/24,Kent,1,2\n").as_bytes());
    assert_eq!((sheet.year, &sheet.year_from[..]), (year(2024), &[YearFrom::Column][..]));
    let several = refused("t.csv", &format!("{header}\n2023-24,Luton,1,2\n2022-23,Luton,1,2\n"));
    assert!(matches!(several, ReadError::Sheet(SheetFault::YearsDiffer { .. })), "{several:?}");

    let file = "Authority,Upheld,Not upheld\nLuton,1,2\n";
    let asked = refused("decided 2024.csv", file);
    assert_eq!(asked, ReadError::Sheet(SheetFault::YearUnknown { found: vec![] }));
    assert!(asked.remedy().contains("2023-24"));
    let hints = Hints { year: Some(year(2019)), subject: Some(Subject::Decided) };
    assert_eq!(read("decided.csv", file.as_bytes(), hints).unwrap().sheets[0].year, year(2019));
    let differ = read("decided 2019-20.csv", file.as_bytes(), hints).unwrap_err();
    assert_eq!(differ.to_string(), "what was asked for says 2018-19, the name of the file says 2019-20");
    let subject = read("decided.csv", file.as_bytes(), Hints { subject: Some(Subject::Compliance), ..hints });
    // Nothing but "Upheld" in it speaks of decisions, and "Not upheld" does.
    assert!(matches!(subject, Err(ReadError::Sheet(SheetFault::SubjectsDiffer { .. }))), "{subject:?}");

    let two = "Decided 2022-23 compared with 2023-24\nAuthority,Upheld,Not upheld\nLuton,1,2\n";
    assert_eq!(
        refused("t.csv", two),
        ReadError::Sheet(SheetFault::YearUnknown { found: vec![year(2023), year(2024)] })
    );
    assert_eq!(only("decided_2023-24.csv", two.as_bytes()).year, year(2024));
}

#[test]
fn columns_of_another_year_and_columns_that_say_the_same_are_not_read() {
    let file = "Decisions 2023-24\nAuthority,Upheld,Not upheld,Uphold rate 2022-23,Uphold rate,% upheld\nLuton,1,1,40%,50%,50%\n";
    let sheet = only("t.csv", file.as_bytes());
    assert_eq!(
        readings(&sheet)[3..],
        [
            Reading::OtherYear(year(2023)),
            Reading::Twice(Meaning::Figure(Field::UpholdRate)),
            Reading::Twice(Meaning::Figure(Field::UpholdRate))
        ]
    );
    assert_eq!(sheet.rows[0].figures.uphold_rate, None);
}

#[test]
fn fractions_are_told_from_percentages_by_the_whole_column_or_not_at_all() {
    let file = |heading: &str, cells: [&str; 3]| {
        format!(
            "Decisions 2023-24\nAuthority,Upheld,{heading}\nLuton,1,{}\nKent,1,{}\nDevon,1,{}\n",
            cells[0], cells[1], cells[2]
        )
    };
    let rates = |text: String| {
        let sheet = only("t.csv", text.as_bytes());
        let rates: Vec<_> = sheet.rows.iter().map(|row| row.figures.uphold_rate.map(|rate| rate.to_string())).collect();
        let Reading::ReadAs(_, unit) = sheet.columns[2].reading else { panic!("{sheet:#?}") };
        (rates, unit, sheet.problems.len())
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        rates(file("Uphold rate", ["0.54", "1", "0.375"])),
        (vec![some("54"), some("100"), some("37.5")], Unit::Fractions, 0)
    );
    assert_eq!(rates(file("Uphold rate (%)", ["0.54", "1", "0"])), (vec![None, None, some("0")], Unit::Undecided, 2));
    assert_eq!(rates(file("Uphold rate", ["54", "1", "0.5"])), (vec![some("54"), some("1"), None], Unit::Percent, 1));
    assert_eq!(rates(file("Uphold rate", ["54%", "0.5", "n/a"])), (vec![some("54"), None, None], Unit::Undecided, 1));
}

#[test]
fn a_cell_that_is_no_figure_is_named_with_its_place_and_the_others_are_kept() {
    let file = "Decisions 2023-24\nAuthority,Upheld,Not upheld,Uphold rate,Upheld per 100000\nLuton,<5,3,54.25%,4.567\nKent,\"1,5\",3%,#DIV/0!,-1\nDevon,1 234,0,100%,n/a\n";
    let sheet = only("t.csv", file.as_bytes());
    let problems: Vec<_> = sheet.problems.iter().map(|problem| (problem.row, problem.column.as_str())).collect();
    assert_eq!(
        problems,
        [
            (3, "Upheld"),
            (3, "Uphold rate"),
            (3, "Upheld per 100000"),
            (4, "Upheld"),
            (4, "Not upheld"),
            (4, "Uphold rate"),
            (4, "Upheld per 100000")
        ]
    );
    assert!(matches!(sheet.problems[3].fault, CellFault::Comma { .. }));
    assert!(matches!(sheet.problems[5].fault, CellFault::SpreadsheetError { .. }));
    assert_eq!(
        sheet.problems[0].to_string(),
        "row 3: Upheld: \"<5\" is not a whole number, nor empty, “n/a” or “-” – correct it, show fewer decimals, or leave it empty where nothing is known"
    );
    assert_eq!(sheet.rows.iter().map(|row| row.figures.upheld).collect::<Vec<_>>(), [None, None, Some(1234)]);
}

#[test]
fn what_contradicts_itself_is_kept_as_printed_and_said() {
    let file = "Decisions 2023-24\nAuthority,Detailed investigations,Upheld,Not upheld,Uphold rate\nCumbria County Council,10,9,1,91%\nKent,3,4,0,100%\nDevon,5,2,2,40%\nKent,1,1,0,100%\n";
    let sheet = only("t.csv", file.as_bytes());
    let warnings: Vec<_> = sheet.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "row 3: uphold rate 91% beside 9 of 10",
            "row 4: 4 complaints upheld but 3 detailed investigations",
            "row 4: 3 investigations beside 4 upheld and 0 not upheld",
            "row 5: 5 investigations beside 2 upheld and 2 not upheld",
            "row 6: the name stands in row 4 too",
        ]
    );
    assert!(matches!(sheet.warnings[4].what, Contradiction::NameTwice { first: 4 }));
    assert_eq!(sheet.rows[0].figures.uphold_rate, Some("91".parse().unwrap()));
}

#[test]
fn a_header_repeated_within_the_table_and_parts_with_headings_are_counted() {
    let file = "Decisions 2023-24\nAuthority,Upheld,Not upheld\nCounty councils,,\nKent,1,2\nAverage,1,2\nAuthority,Upheld,Not upheld\nLondon boroughs,,\nBrent,1,2\n,5,6\n";
    let sheet = only("t.csv", file.as_bytes());
    let names: Vec<_> = sheet.rows.iter().map(|row| (row.number, row.name.as_str())).collect();
    assert_eq!(names, [(4, "Kent"), (8, "Brent")]);
    let left: Vec<_> = sheet.left_out.counts.iter().map(|(why, count)| (*why, *count)).collect();
    assert_eq!(left, [(LeftOut::Average, 1), (LeftOut::HeaderAgain, 1), (LeftOut::NameOnly, 2), (LeftOut::NoName, 1)]);
    assert_eq!(sheet.left_out.listed.iter().map(|row| row.row).collect::<Vec<_>>(), [3, 5, 6, 7, 9]);
}

#[test]
fn a_file_that_fits_nothing_is_refused_with_what_was_looked_for_and_found() {
    let error = refused("budget.csv", "Spending of the year\n\nCouncil,Budget,Spent\nLuton,1,2\n");
    let ReadError::Sheet(SheetFault::NoHeader { nearest, .. }) = &error else { panic!("{error:?}") };
    assert_eq!(nearest, &["Council", "Budget", "Spent"]);
    assert!(error.to_string().contains("satisfactory remedies") && error.remedy().contains("Uphold rate"));
}

/// The headings of each subject.
const SUBJECTS: [(Subject, &[(Field, &str)]); 4] = [
    (
        Subject::Decided,
        &[
            (Field::Investigations, "Detailed investigations"),
            (Field::Upheld, "Upheld"),
            (Field::UpholdRate, "Uphold rate (%)"),
            (Field::UpholdRateSimilar, "Average uphold rate (%) of similar authorities"),
            (Field::UpheldPer100k, "Upheld decisions per 100,000 residents"),
            (Field::UpheldPer100kSimilar, "Average upheld decisions per 100,000 residents"),
        ],
    ),
    (
        Subject::Compliance,
        &[
            (Field::ComplianceOutcomes, "Cases where compliance was recorded"),
            (Field::ComplianceRate, "Compliance rate (%)"),
            (Field::ComplianceRateSimilar, "Average of similar authorities"),
        ],
    ),
    (
        Subject::Remedies,
        &[
            (Field::Upheld, "Upheld"),
            (Field::SatisfactoryRemedies, "Cases with a satisfactory remedy"),
            (Field::RemedyRate, "Satisfactory remedy rate"),
            (Field::RemedyRateSimilar, "Average of similar authorities"),
        ],
    ),
    (
        Subject::Overview,
        &[
            (Field::DealtWith, "Complaints dealt with"),
            (Field::NotForUs, "Not for us"),
            (Field::AssessedAndClosed, "Assessed and closed"),
            (Field::Investigations, "Investigated"),
            (Field::Upheld, "Upheld"),
        ],
    ),
];

/// The sheet as comma-separated text.
fn as_csv((_, rows): &Sheet<'_>) -> String {
    let cell = |cell: &Cell| match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => format!("\"{}\"", text.replace('"', "\"\"")),
        Cell::Number(number) | Cell::Formula(_, number) => number.to_string(),
        Cell::Percent(number) => format!("{:.0}%", number * 100.0),
        Cell::PercentOfTenths(number) => format!("{:.1}%", number * 100.0),
    };
    rows.iter().map(|cells| cells.iter().map(cell).collect::<Vec<_>>().join(",") + "\n").collect::<String>()
}

/// The shipped figures of a year, laid out in each of the Ombudsman's subjects, are read again as they are.
#[test]
fn an_edition_written_as_tables_is_read_again() {
    let shipped = figures::read("figures.csv", include_bytes!("../../data/figures.csv")).complete().unwrap();
    let mut rows_read = 0;
    for year in ReportingYear::all() {
        // The tables have one row for each authority: of several sources, the first that has the council.
        let mut of_year: Vec<_> = shipped.iter().map(|row| &row.value).filter(|entry| entry.year == year).collect();
        of_year.dedup_by_key(|entry| entry.code);
        if of_year.is_empty() {
            continue;
        }
        let mut sheets: Vec<Sheet<'_>> = Vec::new();
        for (subject, fields) in &SUBJECTS {
            let mut rows = vec![vec![t(&format!("{subject}, {year}"))], Vec::new()];
            rows.push(
                [t("Authority"), t("Code")].into_iter().chain(fields.iter().map(|(_, heading)| t(heading))).collect(),
            );
            for entry in &of_year {
                let cell = |(field, _): &(Field, &str)| match entry.figures.get(*field).map(|value| value.to_string()) {
                    None => Cell::Empty,
                    Some(text) => text.strip_suffix('%').map_or_else(
                        || n(text.parse::<f64>().unwrap()),
                        |percent| {
                            let fraction = percent.parse::<f64>().unwrap() / 100.0;
                            if percent.contains('.') {
                                Cell::PercentOfTenths(fraction)
                            } else {
                                Cell::Percent(fraction)
                            }
                        },
                    ),
                };
                let mut cells: Vec<Cell> = fields.iter().map(cell).collect();
                // A row of nothing is left out: here every one prints something.
                if cells.iter().all(|cell| matches!(cell, Cell::Empty)) {
                    cells = cells.iter().map(|_| t("n/a")).collect();
                }
                rows.push([t(&entry.authority), t(entry.code.as_str())].into_iter().chain(cells).collect());
            }
            sheets.push((subject.label(), rows));
        }
        let mut tables: Vec<SheetTable> =
            [xlsx(&sheets), ods(&sheets)].iter().flat_map(|bytes| table("t", bytes).sheets).collect();
        tables.extend(sheets.iter().flat_map(|sheet| table("t.csv", as_csv(sheet).as_bytes()).sheets));
        assert_eq!(tables.len(), 12);
        for (place, sheet) in tables.iter().enumerate() {
            let (subject, fields) = SUBJECTS[place % 4];
            assert_eq!((sheet.subject, sheet.year), (subject, year));
            assert_eq!(sheet.problems, []);
            assert_eq!(sheet.rows.len(), of_year.len(), "{:#?}", sheet.left_out);
            for (row, entry) in sheet.rows.iter().zip(&of_year) {
                let mut expected = Figures::default();
                for (field, _) in fields {
                    expected.take(*field, &entry.figures);
                }
                assert_eq!((row.code, &row.figures), (Some(entry.code), &expected), "{year} {}", row.name);
                rows_read += 1;
            }
        }
    }
    assert!(rows_read > 4_000, "{rows_read}");
}
