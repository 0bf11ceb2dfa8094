//! Workbooks made for tests: zip files of XML written by hand, no more than what spreadsheet programs write.
#![allow(dead_code, reason = "each test that takes this in needs a part of it")]
#![allow(clippy::format_collect, clippy::format_push_string, reason = "plain to read, and quick enough for tests")]

use std::io::{Cursor, Write as _};

/// What stands in a cell.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number in the general format.
    Number(f64),
    /// A number in the format "0%".
    Percent(f64),
    /// A number in the format "0.0%".
    PercentOfTenths(f64),
    /// A formula with the number that was last worked out.
    Formula(&'static str, f64),
}

/// A text.
pub fn t(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// A number.
pub fn n(number: impl Into<f64>) -> Cell {
    Cell::Number(number.into())
}

/// Texts and whole numbers, told by what they look like.
pub fn row(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|text| text.parse().map_or_else(|_| t(text), Cell::Number)).collect()
}

pub type Sheet<'a> = (&'a str, Vec<Vec<Cell>>);

/// A zip file of `parts`.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, part) in parts {
        archive.start_file(*name, options).unwrap();
        archive.write_all(part).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// "A", "B", … of columns from 0.
pub fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap());
    if column < 26 { last.to_string() } else { letters(column / 26 - 1) + &last.to_string() }
}

/// An XLSX workbook. The first row of each sheet is merged over four columns.
pub fn xlsx(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut strings = Vec::new();
    let written: Vec<String> = sheets.iter().map(|(_, rows)| xlsx_sheet(rows, &mut strings)).collect();
    let listed: String = (1..)
        .zip(sheets)
        .map(|(id, (name, _))| format!(r#"<sheet name="{}" sheetId="{id}" r:id="rId{id}"/>"#, escaped(name)))
        .collect();
    xlsx_of(&listed, &written, &strings)
}

/// An XLSX workbook of parts that are written already.
pub fn xlsx_of(listed: &str, sheets: &[String], strings: &[String]) -> Vec<u8> {
    const NS: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
    const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const RELATIONS: &str = r#"xmlns="http://schemas.openxmlformats.org/package/2006/relationships""#;
    let workbook = format!(r#"<?xml version="1.0"?><workbook {NS}><sheets>{listed}</sheets></workbook>"#);
    let relations: String = (1..=sheets.len())
        .map(|id| format!(r#"<Relationship Id="rId{id}" Type="{TYPE}/worksheet" Target="worksheets/sheet{id}.xml"/>"#))
        .collect();
    let relations = format!("<Relationships {RELATIONS}>{relations}</Relationships>");
    let root = format!(
        r#"<Relationships {RELATIONS}><Relationship Id="rId1" Type="{TYPE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let items: String =
        strings.iter().map(|text| format!("<si><t xml:space=\"preserve\">{}</t></si>", escaped(text))).collect();
    let strings = format!(r#"<sst {NS} count="{0}" uniqueCount="{0}">{items}</sst>"#, strings.len());
    let styles = format!(
        r#"<styleSheet {NS}><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs></styleSheet>"#
    );
    let names: Vec<String> = (1..=sheets.len()).map(|id| format!("xl/worksheets/sheet{id}.xml")).collect();
    let sheets: Vec<String> = sheets.iter().map(|sheet| format!("<worksheet {NS}>{sheet}</worksheet>")).collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ];
    parts.extend(names.iter().zip(&sheets).map(|(name, sheet)| (name.as_str(), sheet.as_bytes())));
    zipped(&parts)
}

fn xlsx_sheet(rows: &[Vec<Cell>], strings: &mut Vec<String>) -> String {
    let mut xml = format!(r#"<dimension ref="A1:{}{}"/><sheetData>"#, letters(11), rows.len().max(1));
    for (number, cells) in (1..).zip(rows) {
        let mut written = String::new();
        for (column, cell) in cells.iter().enumerate() {
            let place = format!("{}{number}", letters(column));
            written += &match cell {
                Cell::Empty => format!(r#"<c r="{place}" s="0"/>"#),
                Cell::Text(text) => {
                    strings.push(text.clone());
                    format!(r#"<c r="{place}" t="s"><v>{}</v></c>"#, strings.len() - 1)
                }
                Cell::Number(number) => format!(r#"<c r="{place}"><v>{number}</v></c>"#),
                Cell::Percent(number) => format!(r#"<c r="{place}" s="1"><v>{number}</v></c>"#),
                Cell::PercentOfTenths(number) => format!(r#"<c r="{place}" s="2"><v>{number}</v></c>"#),
                Cell::Formula(formula, number) => format!(r#"<c r="{place}"><f>{formula}</f><v>{number}</v></c>"#),
            };
        }
        if !written.is_empty() {
            xml += &format!(r#"<row r="{number}">{written}</row>"#);
        }
    }
    xml + r#"</sheetData><mergeCells count="1"><mergeCell ref="A1:D1"/></mergeCells>"#
}

/// An ODS workbook.
pub fn ods(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let sheets: String = sheets.iter().map(|(name, rows)| ods_sheet(name, rows)).collect();
    ods_of(&sheets)
}

/// An ODS workbook of tables that are written already.
pub fn ods_of(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

fn ods_sheet(name: &str, rows: &[Vec<Cell>]) -> String {
    let mut xml = format!(r#"<table:table table:name="{}">"#, escaped(name));
    for cells in rows {
        xml += "<table:table-row>";
        for cell in cells {
            let number = |kind: &str, value: f64, shown: String| {
                format!(
                    r#"<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>"#
                )
            };
            xml += &match cell {
                Cell::Empty => "<table:table-cell/>".to_owned(),
                Cell::Text(text) => {
                    let paragraphs =
                        escaped(text).replace('\n', "</text:p><text:p>").replace("  ", "<text:s text:c=\"2\"/>");
                    format!(
                        r#"<table:table-cell office:value-type="string"><text:p>{paragraphs}</text:p></table:table-cell>"#
                    )
                }
                Cell::Number(value) | Cell::Formula(_, value) => number("float", *value, value.to_string()),
                Cell::Percent(value) => number("percentage", *value, format!("{:.0}%", value * 100.0)),
                Cell::PercentOfTenths(value) => number("percentage", *value, format!("{:.1}%", value * 100.0)),
            };
        }
        xml += r#"<table:table-cell table:number-columns-repeated="16000"/></table:table-row>"#;
    }
    xml + r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>"#
}
