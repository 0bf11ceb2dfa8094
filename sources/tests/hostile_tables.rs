//! Files made to do harm, and files that are broken: an error that says so, in bounded work.
#![cfg(feature = "tables")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]
#![allow(clippy::format_collect, reason = "plain to read, and quick enough for tests")]

mod workbooks;

use proptest::prelude::*;
use upheld_domain::year::ReportingYear;
use upheld_sources::ombudsman_table::{
    Hints, Limits, OmbudsmanTable, OtherFormat, ReadError, SheetFault, read, read_within,
};
use workbooks::{Sheet, n, ods, ods_of, row, t, xlsx, xlsx_of, zipped};

const SMALL: Limits = Limits {
    file_bytes: 1_000_000,
    unpacked_bytes: 1_000_000,
    parts: 50,
    sheets: 10,
    depth: 20,
    rows: 1_000,
    columns: 100,
    cells: 5_000,
    cell_bytes: 1_000,
    rows_to_header: 30,
    listed: 10,
};

fn hints() -> Hints {
    Hints { year: ReportingYear::ending(2024), subject: None }
}

fn small(bytes: &[u8]) -> Result<OmbudsmanTable, ReadError> {
    read_within("t", bytes, hints(), &SMALL)
}

fn too_much(bytes: &[u8]) -> &'static str {
    match small(bytes) {
        Err(ReadError::TooMuch { what, .. }) => what,
        other => panic!("{other:?}"),
    }
}

fn damaged(bytes: &[u8]) -> String {
    match small(bytes) {
        Err(ReadError::Damaged(why)) => why,
        other => panic!("{other:?}"),
    }
}

const LISTED: &str = r#"<sheet name="S" sheetId="1" r:id="rId1"/>"#;

/// A workbook of one sheet, written as it is.
fn one_sheet(sheet: &str) -> Vec<u8> {
    xlsx_of(LISTED, &[sheet.to_owned()], &[])
}

fn good() -> Vec<(&'static str, Vec<Vec<workbooks::Cell>>)> {
    let rows = vec![row(&["Authority", "Upheld", "Not upheld"]), vec![t("Luton"), n(13), n(11)]];
    vec![("S", rows)]
}

#[test]
fn a_file_that_is_too_large_is_not_looked_into() {
    let bytes = vec![b'a'; SMALL.file_bytes + 1];
    assert_eq!(small(&bytes), Err(ReadError::TooLarge { bytes: 1_000_001, most: 1_000_000 }));
    assert_eq!(Limits::default().file_bytes, 50_000_000);
}

#[test]
fn other_files_are_told_by_their_first_bytes() {
    for (bytes, format) in [
        (&b"%PDF-1.7\n"[..], OtherFormat::Pdf),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xxxx", OtherFormat::OldWorkbook),
        (b"\n<!DOCTYPE html><table>", OtherFormat::WebPage),
        (b"{\"a\": 1}", OtherFormat::Json),
        (b"Authority\0,Upheld\n", OtherFormat::Binary),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", OtherFormat::Binary),
    ] {
        assert_eq!(small(bytes), Err(ReadError::OtherFormat(format)));
    }
    assert_eq!(small(b""), Err(ReadError::Empty));
    assert_eq!(small(b"\xef\xbb\xbf \n"), Err(ReadError::Empty));
    let letters = zipped(&[("letter.txt", b"Dear all")]);
    assert_eq!(small(&letters), Err(ReadError::OtherFormat(OtherFormat::Zip)));
    let document = zipped(&[("word/document.xml", b"<document/>")]);
    assert_eq!(small(&document), Err(ReadError::OtherFormat(OtherFormat::Zip)));
}

#[test]
fn what_grows_when_it_is_unpacked_is_stopped_while_it_is() {
    let bomb = vec![b' '; 5_000_000];
    let bytes = zipped(&[("_rels/.rels", b"<a/>"), ("xl/worksheets/sheet1.xml", &bomb)]);
    assert!(bytes.len() < 100_000);
    assert_eq!(too_much(&bytes), "bytes in a workbook, unpacked");
    // A size that the zip file's directory only claims to be small is not believed.
    let mut lying = bytes;
    let directory = lying.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    lying[directory + 24..directory + 28].copy_from_slice(&100_u32.to_le_bytes());
    assert!(small(&lying).is_err());
    let names: Vec<String> = (0..60).map(|number| format!("{number}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"<a/>"[..])).collect();
    assert_eq!(too_much(&zipped(&parts)), "parts of a workbook");
    // One text of the workbook in each of many cells.
    let cells: String =
        (1..=4_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    let many = xlsx_of(LISTED, &[format!("<sheetData>{cells}</sheetData>")], &["x".repeat(900)]);
    let limits = Limits { rows: 10_000, ..SMALL };
    let error = read_within("t", &many, hints(), &limits).unwrap_err();
    assert_eq!(error, ReadError::TooMuch { what: "bytes of text in cells", most: 1_000_000 });
}

#[test]
fn a_workbook_that_claims_what_it_does_not_hold_is_damaged() {
    let good = String::from_utf8_lossy(b"<sheetData/>").into_owned();
    let claims = "<sst uniqueCount=\"18446744073709551615\"><si><t>a</t></si></sst>";
    let rels = r#"<Relationships><Relationship Id="rId1" Type="x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let bytes = zipped(&[("_rels/.rels", rels.as_bytes()), ("xl/sharedStrings.xml", claims.as_bytes())]);
    assert!(damaged(&bytes).contains("uniqueCount"));
    for sheet in [
        r#"<dimension ref="B2:A1"/><sheetData/>"#,
        r#"<dimension ref="A1:XFD99999999999"/><sheetData/>"#,
        r#"<sheetData><row r="4294967295"/><row/></sheetData>"#,
        r#"<sheetData><row r="0"><c r="A0"><v>1</v></c></row></sheetData>"#,
        r#"<sheetData><row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row></sheetData>"#,
        r#"<sheetData><row r="1"><c r="A99999999999"><v>1</v></c></row></sheetData>"#,
        r#"<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>"#,
        r#"<sheetData><row r="1"><c r="A1" t="?"><v>7</v></c></row></sheetData>"#,
        r#"<sheetData><row r="1"><c r="A1"><v>1</v></row></sheetData>"#,
        r#"<sheetData><row r="1"><c r="A1"><f t="shared" si="0" ref="B2:A1">1</f></c></row></sheetData>"#,
        "<sheetData><row r=\"1\"",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><sheetData><row></sheetData>",
    ] {
        damaged(&one_sheet(sheet));
    }
    assert_eq!(small(&one_sheet(&good)), Err(ReadError::Sheet(SheetFault::Empty)));
    let enormous =
        r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>"#;
    assert!(matches!(small(&one_sheet(enormous)), Err(ReadError::Sheet(SheetFault::NoHeader { .. }))));
}

#[test]
fn a_workbook_with_too_much_of_anything_is_refused() {
    let far = r#"<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>"#;
    assert_eq!(too_much(&one_sheet(far)), "columns");
    let deep = format!("<sheetData>{}{}</sheetData>", "<a>".repeat(10_000), "</a>".repeat(10_000));
    assert_eq!(too_much(&one_sheet(&deep)), "elements within each other");
    let rows: String = (1..=1_001).map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>1</v></c></row>"#)).collect();
    assert_eq!(too_much(&one_sheet(&format!("<sheetData>{rows}</sheetData>"))), "rows");
    let listed: String = (1..=11).map(|id| format!(r#"<sheet name="{id}" sheetId="{id}" r:id="rId{id}"/>"#)).collect();
    assert_eq!(too_much(&xlsx_of(&listed, &vec!["<sheetData/>".to_owned(); 11], &[])), "sheets");
}

#[test]
fn a_sheet_of_open_document_that_repeats_itself_without_end_is_refused() {
    let table = |rows: &str| ods_of(&format!(r#"<table:table table:name="S">{rows}</table:table>"#));
    let cell = "<text:p>x</text:p></table:table-cell>";
    let columns = format!(
        r#"<table:table-row><table:table-cell table:number-columns-repeated="1000000000">{cell}</table:table-row>"#
    );
    assert_eq!(too_much(&table(&columns)), "columns");
    let rows = format!(
        r#"<table:table-row table:number-rows-repeated="18446744073709551615"><table:table-cell>{cell}</table:table-row>"#
    );
    assert_eq!(too_much(&table(&rows)), "rows");
    let deep = format!("{}{}", "<text:p>".repeat(5_000), "</text:p>".repeat(5_000));
    assert_eq!(too_much(&table(&deep)), "elements within each other");
    damaged(&table(r#"<table:table-row table:number-rows-repeated="-1"/>"#));
    damaged(&zipped(&[("content.xml", b"<a><b></a>")]));
    damaged(&zipped(&[("content.xml", b"<a>\xff\xff</a>")]));
    assert_eq!(small(&zipped(&[("content.xml", b"\xff\xfe")])), Err(ReadError::NoSheet(Vec::new())));
    let empty = r#"<table:table-row table:number-rows-repeated="18446744073709551615"/>"#.repeat(3);
    assert_eq!(small(&table(&empty)), Err(ReadError::Sheet(SheetFault::Empty)));
}

#[test]
fn text_with_too_much_of_anything_is_refused() {
    let columns = vec!["x"; 1_000].join(",");
    assert_eq!(too_much(columns.as_bytes()), "columns");
    assert_eq!(too_much("x\n".repeat(1_001).as_bytes()), "rows");
    assert_eq!(too_much(format!("Authority,Upheld\n{},1\n", "x".repeat(1_001)).as_bytes()), "bytes in one cell");
    assert_eq!(too_much(format!("{}\n", vec!["x"; 99].join(",")).repeat(99).as_bytes()), "cells");
    let open = format!("Authority,Upheld\n\"Luton,1\n{}", "Kent,2\n".repeat(100));
    assert_eq!(small(open.as_bytes()), Err(ReadError::OpenQuote { line: 2 }));
    let million = vec!["x"; 1_000_000].join(",");
    let error = read("t.csv", million.as_bytes(), hints()).unwrap_err();
    assert!(matches!(error, ReadError::TooMuch { what: "columns", .. }), "{error}");
}

#[test]
fn what_is_listed_is_bounded_and_what_is_not_is_counted() {
    let rows: String = (0..40).map(|row| format!("Place {row},?,1\n")).collect();
    let file = format!("Authority,Upheld,Not upheld\n{rows}{}", "Total,1,2\n".repeat(20));
    let table = small(file.as_bytes()).unwrap();
    let sheet = &table.sheets[0];
    assert_eq!((sheet.problems.len(), sheet.unlisted, sheet.left_out.listed.len()), (10, 30, 10));
    assert_eq!(sheet.left_out.counts.values().sum::<u64>(), 20);
}

#[test]
fn a_hidden_sheet_is_left_and_a_formula_gives_what_was_last_worked_out() {
    let sheet = |value: &str| {
        let cell = |place: &str, text: &str| format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#);
        format!(
            r#"<sheetData><row r="1">{}{}</row><row r="2">{}<c r="B2">{value}</c></row></sheetData>"#,
            cell("A1", "Authority"),
            cell("B1", "Upheld"),
            cell("A2", "Luton")
        )
    };
    let listed =
        r#"<sheet name="Old" sheetId="1" r:id="rId1" state="hidden"/><sheet name="New" sheetId="2" r:id="rId2"/>"#;
    let bytes = xlsx_of(listed, &[sheet("<v>1</v>"), sheet("<f>SUM(A1:A9)</f><v>13</v>")], &[]);
    let table = small(&bytes).unwrap();
    assert_eq!(table.sheets[0].rows[0].figures.upheld, Some(13));
    assert_eq!(table.left[0].why, SheetFault::Hidden);

    let never = small(&one_sheet(&sheet("<f>SUM(A1:A9)</f>"))).unwrap();
    let problems: Vec<_> = never.sheets[0].problems.iter().map(ToString::to_string).collect();
    let expected = "row 2: Upheld: \"#NOT WORKED OUT\" is an error of the spreadsheet program – correct the formula, or leave the cell empty";
    assert_eq!(problems, [expected]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = small(&bytes);
    }

    #[test]
    fn any_text_is_answered(text in "(Authority|Upheld|Not upheld|Uphold rate|Kent|54%|0\\.5|n/a|2023-24|[,;\t\"\n\r ]|\\PC){0,60}") {
        let _ = small(text.as_bytes());
        let _ = small(format!("Authority,Upheld,Uphold rate\n{text}").as_bytes());
    }

    #[test]
    fn a_workbook_with_bytes_changed_is_answered(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), open: bool,
    ) {
        let sheets: Vec<Sheet<'_>> = good();
        let mut bytes = if open { ods(&sheets) } else { xlsx(&sheets) };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = small(&bytes);
    }

    #[test]
    fn a_sheet_of_any_markup_is_answered(
        markup in "(<row r=\"[0-9]{1,3}\">|</row>|<c r=\"[A-Z]{1,2}[0-9]{1,2}\"( t=\"(s|b|e|str|n|d|inlineStr)\")?( s=\"[0-9]\")?>|</c>|<v>|</v>|[0-9.]{1,4}|<is><t>Upheld</t></is>|<f>|</f>|&amp;|&#65;){0,30}",
        rows in "(<table:table-row>|</table:table-row>|<table:table-cell>|</table:table-cell>|<text:p>|</text:p>|x|&#0;|&x;){0,30}",
    ) {
        let _ = small(&one_sheet(&format!("<sheetData>{markup}</sheetData>")));
        let _ = small(&ods_of(&format!("<table:table>{rows}</table:table>")));
    }
}
