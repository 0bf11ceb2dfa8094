//! How much memory reading takes beside the file itself, counted by the allocator: files as large as may be, and files made to take more
//! than they hold. `make bench` measures them at their full size (MB=50), every run of the tests at a tenth of it.
#![cfg(all(feature = "tables", feature = "letters"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is not as it should be")]

mod workbooks;

use peak_alloc::PeakAlloc;
use std::{fmt::Write as _, time::Instant};
use upheld_domain::year::ReportingYear;
use upheld_sources::{
    letter_pdf::{self, PdfError},
    letter_text,
    ombudsman_table::{Hints, Limits, ReadError, read, read_within},
};
use workbooks::{letters, xlsx_of, zipped};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MEGABYTE: usize = 1_000_000;
/// What reading a table within the default limits may take, as their documentation says.
const MOST: usize = 250 * MEGABYTE;
const LISTED: &str = r#"<sheet name="S" sheetId="1" r:id="rId1"/>"#;

/// Reads `bytes` by `read`, prints what that took, and fails if it took more than `most` bytes.
fn measured<T>(what: &str, bytes: &[u8], most: usize, read: impl FnOnce(&[u8]) -> T) -> T {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let begin = Instant::now();
    let answer = read(bytes);
    let taken = MEMORY.peak_usage().saturating_sub(before);
    let tenths = |bytes: usize| format!("{}.{}", bytes / MEGABYTE, bytes % MEGABYTE / (MEGABYTE / 10));
    println!(
        "memory: {what}: {} MB beside a file of {} MB, {} ms",
        tenths(taken),
        tenths(bytes.len()),
        begin.elapsed().as_millis()
    );
    assert!(taken <= most, "{what}: {taken} bytes, {most} at most");
    answer
}

fn hints() -> Hints {
    Hints { year: ReportingYear::ending(2024), subject: None }
}

/// How many rows are read from a table.
fn rows(bytes: &[u8]) -> usize {
    rows_within(bytes, &Limits::default())
}

fn rows_within(bytes: &[u8], limits: &Limits) -> usize {
    let table = read_within("t", bytes, hints(), limits).unwrap_or_else(|error| panic!("{error}"));
    table.sheets.iter().map(|sheet| sheet.rows.len()).sum()
}

/// Letters without a pattern: they cannot be packed to less than three fifths.
struct Noise(u64);

impl Noise {
    fn text(&mut self, length: usize) -> String {
        (0..length).map(|_| self.letter()).collect()
    }

    fn letter(&mut self) -> char {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        char::from(b'a' + u8::try_from(self.0 % 26).unwrap())
    }
}

/// A table of as many rows and cells as may be, or fewer, in every cell as much text as fills a file of `megabytes`.
fn table(megabytes: usize, rows: usize) -> String {
    const NOTES: usize = 16;
    let mut noise = Noise(88_172_645_463_325_252);
    // What a row leaves beside its name and figures.
    let spare = megabytes * MEGABYTE / rows - 27;
    let length = spare / NOTES - 1;
    let longer = length + spare % NOTES;
    let mut text = String::with_capacity(megabytes * MEGABYTE);
    text.push_str("Authority,Upheld,Not upheld,Uphold rate");
    for note in 1..=NOTES {
        write!(text, ",Note {note}").unwrap();
    }
    text.push('\n');
    for row in 1..rows {
        write!(text, "{}{row} council,1,1,50%", noise.text(5)).unwrap();
        for note in 1..=NOTES {
            write!(text, ",{}", noise.text(if note == 1 { longer } else { length })).unwrap();
        }
        text.push('\n');
    }
    text
}

/// The sheet of `table`, its texts in the cells themselves.
fn sheet(table: &str) -> String {
    let mut sheet = String::from("<sheetData>");
    for (number, line) in (1..).zip(table.lines()) {
        write!(sheet, r#"<row r="{number}">"#).unwrap();
        for (place, text) in line.split(',').enumerate() {
            let at = letters(place);
            if text.parse::<u32>().is_ok() {
                write!(sheet, r#"<c r="{at}{number}"><v>{text}</v></c>"#).unwrap();
            } else {
                write!(sheet, r#"<c r="{at}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#).unwrap();
            }
        }
        sheet.push_str("</row>");
    }
    sheet + "</sheetData>"
}

/// A workbook that packs well: as many different strings as may be, each in one cell, as long as may be.
fn of_strings(rows: usize, length: usize) -> Vec<u8> {
    let header = ["Authority", "Upheld"].map(str::to_owned);
    let texts = (header.len()..rows * 20).map(|number| format!("{number:0length$}"));
    let strings: Vec<String> = header.into_iter().chain(texts).collect();
    let mut sheet = String::from("<sheetData>");
    for row in 0..rows {
        write!(sheet, "<row>").unwrap();
        for place in 0..20 {
            write!(sheet, r#"<c t="s"><v>{}</v></c>"#, row * 20 + place).unwrap();
        }
        sheet.push_str("</row>");
    }
    xlsx_of(LISTED, &[sheet + "</sheetData>"], &strings)
}

/// One test, as what is counted is the memory of the whole program.
#[test]
fn reading_takes_bounded_memory() {
    let megabytes: usize = std::env::var("MB").map_or(5, |text| text.parse().unwrap());
    let many = megabytes * 1_980;

    let text = table(megabytes, many);
    assert_eq!(measured("a table as text", text.as_bytes(), 3 * text.len(), rows), many - 1);
    let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let half = wide.get(..wide.len() / 4 * 2).unwrap();
    measured("the same in UTF-16", half, 3 * half.len(), |bytes| read("t", bytes, hints()).unwrap());
    drop(wide);
    let mut windows = text.clone().into_bytes();
    windows.extend(b"\x93Total\x94,1,1,50%\n");
    measured("the same in Windows-1252", &windows, 3 * windows.len(), rows);
    drop(windows);

    let book = xlsx_of(LISTED, &[sheet(&text)], &[]);
    drop(text);
    assert_eq!(measured("a workbook", &book, MOST, rows), many - 1);
    drop(book);
    let book = of_strings(many, 25);
    measured("a workbook of strings", &book, MOST, |bytes| read("t", bytes, hints()).ok());
    drop(book);

    let short = format!("Authority,Upheld{}\n", ",a".repeat(18));
    let short = short + &format!("x{}\n", ",1".repeat(19)).repeat(many - 1);
    assert_eq!(measured("a table of short cells", short.as_bytes(), MOST, rows), many - 1);
    drop(short);

    let refused = |what: &str, part: &str, text: String| {
        let relations = r#"<Relationships><Relationship Id="rId1" Type="x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
        let book = zipped(&[("_rels/.rels", relations.as_bytes()), (part, text.as_bytes())]);
        drop(text);
        let error = measured(what, &book, 4 * MEGABYTE, |bytes| read("t", bytes, hints()).unwrap_err());
        assert!(matches!(error, ReadError::TooMuch { .. }), "{error}");
    };
    refused("empty strings", "xl/sharedStrings.xml", format!("<sst>{}</sst>", "<si/>".repeat(2_000_001)));
    refused("empty borders", "xl/styles.xml", format!("<x><borders>{}</borders></x>", "<border/>".repeat(70_000)));
    refused("one long text", "xl/worksheets/sheet1.xml", format!("<a>{}</a>", " ".repeat(megabytes * MEGABYTE)));
    refused("one long comment", "content.xml", format!("<a><!--{}--></a>", " ".repeat(megabytes * MEGABYTE)));
    let large = vec![b'x'; Limits::default().file_bytes + 1];
    measured("a table that is too large", &large, 1_000, |bytes| read("t", bytes, hints()).unwrap_err());
    measured("a letter that is too large", &large, 1_000, |bytes| letter_text::read(bytes).unwrap_err());
    let mut large = large;
    large.splice(..9, *b"%PDF-1.7\n");
    measured("a PDF that is too large", &large, 1_000, |bytes| letter_pdf::read(bytes).unwrap_err());
    drop(large);

    // A PDF of as many objects as may be, in a list, and of many more.
    let numbers = |count: usize| {
        let list = "0 ".repeat(count);
        let start = "%PDF-1.7\n1 0 obj\n[".len() + list.len() + "]\nendobj\n".len();
        let table = "xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref";
        format!("%PDF-1.7\n1 0 obj\n[{list}]\nendobj\n{table}\n{start}\n%%EOF")
    };
    let pdf = |bytes: &[u8]| letter_pdf::read(bytes).unwrap_err();
    measured("a PDF of many objects", numbers(499_000).as_bytes(), MOST, pdf);
    let error = measured("a PDF of more", numbers(2_500_000).as_bytes(), 1_000, pdf);
    assert!(matches!(error, PdfError::TooMuch { .. }), "{error}");
}
