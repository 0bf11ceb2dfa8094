//! Letters in PDFs that are made here: drawn in one order and another, in fonts of every kind, and hostile ones.
#![cfg(feature = "letters")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use proptest::prelude::*;
use std::fmt::Write;
use upheld_domain::{figures::Figures, letter::Block};
use upheld_sources::letter_pdf::{MOST_BYTES, MOST_PAGES, PdfError, read, text};

/// A PDF that is being made.
struct Pdf {
    document: Document,
    pages: ObjectId,
    kids: Vec<Object>,
    resources: Dictionary,
}

impl Pdf {
    /// With three fonts: F1, plain; F2, bold; F3, whose codes only its own table explains.
    fn new() -> Self {
        let mut document = Document::with_version("1.7");
        let pages = document.new_object_id();
        let simple = |name: &str| {
            dictionary! { "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => name, "Encoding" => "WinAnsiEncoding" }
        };
        let (plain, bold) = (document.add_object(simple("Helvetica")), document.add_object(simple("Helvetica-Bold")));
        // Every letter one code higher than it is, in a single range.
        let table =
            b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0001> <00ff> <0000> endbfrange";
        let table = document.add_object(Stream::new(dictionary! {}, table.to_vec()));
        let descendant =
            document.add_object(dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "DW" => 400 });
        let coded = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABCDEF+Calibri", "Encoding" => "Identity-H",
            "ToUnicode" => table, "DescendantFonts" => vec![descendant.into()],
        });
        let resources = dictionary! { "Font" => dictionary! { "F1" => plain, "F2" => bold, "F3" => coded } };
        Self { document, pages, kids: Vec::new(), resources }
    }

    fn page(mut self, content: impl AsRef<[u8]>) -> Self {
        let content = self.document.add_object(Stream::new(dictionary! {}, content.as_ref().to_vec()));
        self.page_with(dictionary! { "Contents" => content });
        self
    }

    fn page_with(&mut self, mut page: Dictionary) {
        page.set("Type", "Page");
        page.set("Parent", self.pages);
        page.set("MediaBox", vec![0.into(), 0.into(), 595.into(), 842.into()]);
        if !page.has(b"Resources") {
            page.set("Resources", self.resources.clone());
        }
        self.kids.push(self.document.add_object(page).into());
    }

    fn finish(mut self) -> Document {
        let count = i64::try_from(self.kids.len()).unwrap();
        let pages = dictionary! { "Type" => "Pages", "Kids" => self.kids, "Count" => count };
        self.document.objects.insert(self.pages, pages.into());
        let catalog = self.document.add_object(dictionary! { "Type" => "Catalog", "Pages" => self.pages });
        self.document.trailer.set("Root", catalog);
        self.document
    }

    fn bytes(self) -> Vec<u8> {
        bytes(self.finish())
    }
}

fn bytes(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// A text drawn at a place, in a font and size.
type Drawn<'a> = (&'a str, f64, f64, &'a str, f64);

fn drawn(texts: &[Drawn<'_>]) -> Vec<u8> {
    let mut content = Vec::new();
    for (text, x, y, font, size) in texts {
        let mut codes = String::new();
        for letter in text.chars() {
            let code = match letter {
                '’' => 0x92,
                '•' => 0x95,
                '–' => 0x96,
                letter => u32::from(letter),
            };
            if *font == "F3" {
                write!(codes, "{:04x}", code + 1).unwrap();
            } else {
                write!(codes, "{code:02x}").unwrap();
            }
        }
        let line = format!("BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n");
        content.extend(line.as_bytes());
    }
    content
}

/// Lines below each other, at the left edge; an empty one leaves a gap.
fn column<'a>(lines: &'a str, x: f64, top: f64, font: &'a str) -> Vec<Drawn<'a>> {
    let placed = lines.lines().zip(0..).map(|(line, place)| (line, x, top - 14.0 * f64::from(place), font, 11.0));
    placed.filter(|(line, ..)| !line.is_empty()).collect()
}

const LETTER: &str = "22 July 2020\n\nMs Moor\nChief Executive\nLuton Borough Council\n\nDear Ms Moor\n\nAnnual Review letter \
    2020\n\nHere is what this office counted about your council for the year ending\n31 March 2020. It was a hard year for \
    everyone, and the council’s people did\nwhat they could.\n\nTraining\n\nWe gave courses – well-attended ones – on these \
    things among many others:\n\n•   complaints\n•   remedies, and what is to be done where one that was promised is\nlate\n\n\
    Yours sincerely\n\n\nA. Person\nLocal Government and Social Care Ombudsman";

const PANELS: [&str; 3] = [
    "54% of complaints we\ninvestigated were upheld.\n\nThis compares to an average of\n56% in similar authorities.\n\n13\nupheld \
     decisions\n\nStatistics are based on a total of\n24 detailed investigations for the\nperiod between 1 April 2019 to 31\n\
     March 2020",
    "In 100% of cases we were\nsatisfied that the council had done\nwhat it was asked to do.\n\nThis compares to an average \
     of\n99% in similar authorities.\n\nStatistics are based on a total of\n7 compliance outcomes for the\nperiod between 1 \
     April 2019 to 31\nMarch 2020",
    "In 23% of upheld cases we found\nthat it had been put right before.\n\nThis compares to an average of\n11% in similar \
     authorities.\n\n3\nsatisfactory remedy decisions\n\nStatistics are based on a total of\n24 detailed investigations for \
     the\nperiod between 1 April 2019 to 31\nMarch 2020",
];

const HEADINGS: [&str; 3] = [
    "Complaints upheld",
    "Compliance with Ombudsman\nrecommendations",
    "Satisfactory remedies provided\nby the authority",
];

fn figures() -> Figures {
    serde_json::from_str(
        r#"{"investigations":24,"upheld":13,"uphold_rate":54,"uphold_rate_similar":56,"compliance_outcomes":7,
            "compliance_rate":100,"compliance_rate_similar":99,"satisfactory_remedies":3,"remedy_rate":23,
            "remedy_rate_similar":11}"#,
    )
    .unwrap()
}

const LEFT: [f64; 3] = [30.0, 215.0, 400.0];

/// A page of three panels side by side, each with the label of a drawing at its foot.
fn panels(font: &'static str) -> Vec<Drawn<'static>> {
    let mut page = vec![
        ("Luton Borough Council", 30.0, 800.0, "F2", 16.0),
        ("For the period ending: 31/03/20", 30.0, 780.0, font, 11.0),
    ];
    for ((heading, panel), x) in HEADINGS.into_iter().zip(PANELS).zip(LEFT) {
        page.extend(column(heading, x, 740.0, "F2"));
        page.extend(column(panel, x, 700.0, font));
    }
    page.extend([
        ("54%", 80.0, 450.0, "F2", 20.0),
        ("100%", 265.0, 450.0, "F2", 20.0),
        ("23%", 450.0, 450.0, "F2", 20.0),
    ]);
    page
}

#[test]
fn a_letter_of_two_pages_is_read_with_its_figures() {
    let pdf = Pdf::new().page(drawn(&column(LETTER, 70.0, 780.0, "F1"))).page(drawn(&panels("F1"))).bytes();
    let reading = read(&pdf).unwrap();
    assert_eq!(reading.letter.figures(), figures());
    assert_eq!((reading.missing, reading.warnings), (Vec::new(), Vec::new()));
    let letter = reading.letter;
    let told: Vec<&str> = letter.addressee.lines().chain([letter.date.as_str(), letter.title.as_str()]).collect();
    assert_eq!(
        told,
        ["Ms Moor", "Chief Executive", "Luton Borough Council", "22 July 2020", "Annual Review letter 2020"]
    );
    assert_eq!(
        letter.blocks,
        [
            Block::Paragraph(
                "Here is what this office counted about your council for the year ending 31 March 2020. It was a hard year \
                 for everyone, and the council’s people did what they could."
                    .to_owned()
            ),
            Block::Heading("Training".to_owned()),
            Block::Paragraph(
                "We gave courses – well-attended ones – on these things among many others:".to_owned()
            ),
            Block::List(vec![
                "complaints".to_owned(),
                "remedies, and what is to be done where one that was promised is late".to_owned()
            ]),
        ]
    );
    assert_eq!(letter.signature, ["A. Person", "Local Government and Social Care Ombudsman"]);
}

#[test]
fn panels_read_the_same_in_whatever_order_they_are_drawn() {
    let by_panel = panels("F1");
    let expected = text(&Pdf::new().page(drawn(&by_panel)).bytes()).unwrap();
    let mut by_row = by_panel.clone();
    by_row.sort_by(|one, other| other.2.total_cmp(&one.2));
    let reversed: Vec<Drawn<'_>> = by_panel.iter().rev().copied().collect();
    for page in [by_row, reversed] {
        assert_eq!(text(&Pdf::new().page(drawn(&page)).bytes()).unwrap(), expected);
    }
    let reading = read(&Pdf::new().page(drawn(&by_panel)).bytes()).unwrap();
    assert_eq!(reading.letter.figures(), figures());
    let blocks = reading.letter.statistics.unwrap().blocks;
    let headings: Vec<&Block> = blocks.iter().filter(|block| matches!(block, Block::Heading(_))).collect();
    assert_eq!(headings.len(), 4, "{blocks:#?}");
    assert!(!blocks.contains(&Block::Paragraph("54%".to_owned())));
}

#[test]
fn panels_below_each_other_are_read_one_after_the_other() {
    let mut page = vec![("For the period ending: 31/03/20", 30.0, 820.0, "F1", 11.0)];
    for ((heading, panel), top) in HEADINGS.into_iter().zip(PANELS).zip([790.0, 530.0, 270.0]) {
        let (share, rest) =
            panel.split_at(panel.find("\n\n1").or(panel.find("\n\n3")).or(panel.find("\n\nS")).unwrap());
        page.push((heading.split('\n').next().unwrap(), 30.0, top, "F2", 13.0));
        page.extend(column(share, 150.0, top - 30.0, "F1"));
        page.extend(column(rest, 380.0, top - 30.0, "F1"));
        page.push((share.split(' ').find(|word| word.ends_with('%')).unwrap(), 60.0, top - 60.0, "F2", 20.0));
    }
    let reading = read(&Pdf::new().page(drawn(&page)).bytes()).unwrap();
    assert_eq!(reading.letter.figures(), figures());
}

#[test]
fn a_table_of_decisions_is_read_from_its_columns() {
    let columns: [(&str, &str); 8] = [
        ("Incomplete or\nInvalid", "7"),
        ("Advice\nGiven", "3"),
        ("Referred\nback for\nLocal\nResolution", "30"),
        ("Closed After\nInitial\nEnquiries", "20"),
        ("Not Upheld", "6"),
        ("Upheld", "12"),
        ("Uphold\nRate", "67%"),
        ("Total", "78"),
    ];
    let mut page = vec![
        ("Local Authority Report: Somewhere BC", 30.0, 800.0, "F1", 11.0),
        ("For the Period Ending: 31/03/2016", 30.0, 780.0, "F1", 11.0),
        ("Decisions made", 30.0, 740.0, "F2", 11.0),
        ("Detailed Investigations", 330.0, 715.0, "F1", 9.0),
    ];
    for (place, (heading, number)) in columns.iter().enumerate() {
        let x = 30.0 + 68.0 * f64::from(u8::try_from(place).unwrap());
        for (line, text) in heading.lines().enumerate() {
            page.push((text, x, 690.0 - 11.0 * f64::from(u8::try_from(line).unwrap()), "F1", 8.0));
        }
        page.push((number, x, 630.0, "F1", 9.0));
    }
    let reading = read(&Pdf::new().page(drawn(&page)).bytes()).unwrap();
    let expected: Figures = serde_json::from_str(r#"{"investigations":18,"upheld":12,"uphold_rate":67}"#).unwrap();
    assert_eq!(reading.letter.figures(), expected, "{:?}", reading.warnings);
}

#[test]
fn fonts_whose_codes_only_their_own_table_explains_are_read() {
    let pdf = Pdf::new().page(drawn(&panels("F3"))).bytes();
    assert_eq!(read(&pdf).unwrap().letter.figures(), figures());
}

#[test]
fn encodings_are_followed_and_names_of_glyphs_known() {
    let mut pdf = Pdf::new();
    let font = |encoding: Object| {
        Object::from(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "X", "Encoding" => encoding })
    };
    let differences = vec![
        65.into(),
        "quoteright".into(),
        "uni2022".into(),
        "C".into(),
        "nosuchglyph".into(),
        100.into(),
        "fi".into(),
        "A".into(),
    ];
    let encoding =
        dictionary! { "Type" => "Encoding", "BaseEncoding" => "MacRomanEncoding", "Differences" => differences };
    let fonts = dictionary! { "M" => font("MacRomanEncoding".into()), "D" => font(encoding.into()) };
    pdf.resources = dictionary! { "Font" => fonts };
    let content = b"BT /M 12 Tf 20 TL 50 700 Td <d5 8e 41> Tj /D 12 Tf T* <41 42 43 64 65 8e> Tj ET";
    assert_eq!(text(&pdf.page(content).bytes()).unwrap(), "’éA\n’•CfiAé\n");
}

#[test]
fn words_are_told_apart_by_their_places_where_no_space_is_drawn() {
    let content = "BT /F1 10 Tf 50 700 Td [(We) -400 (up) 20 (held) -400 (it)] TJ 0 -14 Td 5 Tw (a b) Tj 0 Tw 0 -14 TD \
                   (c) ' 3 Tc (d) Tj ET BT /F1 10 Tf 50 630 Td (x) Tj 4000 0 Td (y) Tj ET";
    assert_eq!(text(&Pdf::new().page(content).bytes()).unwrap(), "We upheld it\na b\n\ncd\n\nx\ny\n");
}

#[test]
fn drawings_within_drawings_turned_pages_and_packed_files_are_read() {
    let mut pdf = Pdf::new();
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 1.into(), 1.into()],
        "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 50.into(), 600.into()],
    };
    let form = pdf.document.add_object(Stream::new(form, b"BT /F1 10 Tf (in a form) Tj ET".to_vec()));
    pdf.resources.set("XObject", dictionary! { "X" => form });
    let content = pdf.document.add_object(Stream::new(
        dictionary! {},
        b"q 1 0 0 1 0 50 cm /X Do Q BT /F1 10 Tf 50 700 Td (above) Tj ET".to_vec(),
    ));
    pdf.page_with(dictionary! { "Contents" => vec![content.into()] });
    let turned = Stream::new(dictionary! {}, b"BT /F1 10 Tf 0 1 -1 0 100 50 Tm (turned) Tj ET".to_vec());
    let turned = pdf.document.add_object(turned);
    pdf.page_with(dictionary! { "Contents" => turned, "Rotate" => 90 });
    let mut document = pdf.finish();
    let expected = "above\n\nin a form\n\n\u{c}turned\n";
    assert_eq!(text(&bytes(document.clone())).unwrap(), expected);
    document.compress();
    assert_eq!(text(&bytes(document.clone())).unwrap(), expected);
    let mut packed = Vec::new();
    document.save_modern(&mut packed).unwrap();
    assert!(packed.windows(7).any(|window| window == b"/ObjStm"));
    assert_eq!(text(&packed).unwrap(), expected);
}

#[test]
fn the_addresses_that_a_page_links_to_follow_its_text() {
    let mut pdf = Pdf::new();
    let content =
        pdf.document.add_object(Stream::new(dictionary! {}, drawn(&column("Our website", 50.0, 700.0, "F1"))));
    let address = Object::string_literal("https://www.example.org/a");
    let link = dictionary! { "Subtype" => "Link", "A" => dictionary! { "S" => "URI", "URI" => address } };
    let link = pdf.document.add_object(link);
    pdf.page_with(dictionary! { "Contents" => content, "Annots" => vec![link.into(), 7.into()] });
    assert_eq!(text(&pdf.bytes()).unwrap(), "Our website\n\nhttps://www.example.org/a\n");
}

#[test]
fn a_scan_says_that_it_is_one() {
    assert_eq!(text(&Pdf::new().page("q 595 0 0 842 0 0 cm /Im0 Do Q").bytes()), Err(PdfError::Scan));
    assert!(PdfError::Scan.to_string().starts_with("no text in it: it is a scan"));
}

#[test]
fn letters_that_no_table_explains_are_not_guessed() {
    let mut pdf = Pdf::new();
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H" };
    pdf.resources = dictionary! { "Font" => dictionary! { "F" => font } };
    let pdf = pdf.page("BT /F 10 Tf <000100020003> Tj ET").bytes();
    assert_eq!(text(&pdf), Err(PdfError::UnknownLetters { unknown: 3, letters: 3 }));
}

#[test]
fn what_is_no_pdf_or_no_letter_is_refused() {
    assert_eq!(text(b"PK\x03\x04 and so on"), Err(PdfError::NotPdf { found: "PK\u{3}\u{4} and so ".to_owned() }));
    assert_eq!(text(b""), Err(PdfError::NotPdf { found: String::new() }));
    assert!(matches!(text(b"%PDF-1.7\nnothing"), Err(PdfError::Broken { .. })));
    assert!(matches!(text(&Pdf::new().bytes()), Err(PdfError::Broken { .. })));
    let large = vec![b' '; MOST_BYTES + 1];
    assert_eq!(text(&large), Err(PdfError::TooLarge { bytes: MOST_BYTES + 1, most: MOST_BYTES }));
    let agenda = Pdf::new().page(drawn(&column("Agenda", 50.0, 700.0, "F1"))).bytes();
    assert!(matches!(read(&agenda), Err(PdfError::Letter(_))));
}

#[test]
fn an_encrypted_file_is_refused_however_it_says_so() {
    let mut document = Pdf::new().page(drawn(&panels("F1"))).finish();
    let encrypt = document.add_object(dictionary! { "Filter" => "Standard", "V" => 1, "R" => 2, "P" => -4 });
    document.trailer.set("Encrypt", encrypt);
    let pdf = bytes(document);
    assert_eq!(text(&pdf), Err(PdfError::Encrypted));
    // The word alone, in a note, encrypts nothing.
    let note = Pdf::new().page([drawn(&panels("F1")), b"% /Encryption and /Encrypt alone\n".to_vec()].concat()).bytes();
    assert!(text(&note).is_ok());
}

#[test]
fn what_unpacks_to_more_than_a_letter_is_refused() {
    let bomb = |size: usize| {
        let mut stream = Stream::new(dictionary! {}, vec![b' '; size]);
        stream.compress().unwrap();
        stream
    };
    let mut pdf = Pdf::new();
    let content = pdf.document.add_object(bomb(64 << 20));
    pdf.page_with(dictionary! { "Contents" => content });
    let bytes = pdf.bytes();
    assert!(bytes.len() < 1 << 20);
    assert!(matches!(text(&bytes), Err(PdfError::TooMuch { what: "bytes in one stream", .. })));

    let mut pdf = Pdf::new();
    let content = pdf.document.add_object(bomb(7 << 20));
    pdf.page_with(dictionary! { "Contents" => vec![content.into(); 8] });
    assert!(matches!(text(&pdf.bytes()), Err(PdfError::TooMuch { what: "bytes on its pages", .. })));

    let mut pdf = Pdf::new();
    let table = pdf.document.add_object(bomb(64 << 20));
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H", "ToUnicode" => table };
    pdf.resources = dictionary! { "Font" => dictionary! { "F" => font } };
    assert!(matches!(text(&pdf.page("BT /F 1 Tf").bytes()), Err(PdfError::TooMuch { .. })));
}

#[test]
fn too_many_pages_letters_and_operators_are_refused() {
    let pages = (0..=MOST_PAGES).fold(Pdf::new(), |pdf, _| pdf.page("BT ET"));
    assert_eq!(text(&pages.bytes()), Err(PdfError::TooMuch { what: "pages", most: MOST_PAGES }));
    let letters = format!("BT /F1 1 Tf ({}) Tj ET", "a".repeat(400_000));
    assert!(matches!(text(&Pdf::new().page(letters).bytes()), Err(PdfError::TooMuch { what: "letters", .. })));
    let operators = "q ".repeat(3_000_000);
    assert!(matches!(text(&Pdf::new().page(operators).bytes()), Err(PdfError::TooMuch { .. })));
}

#[test]
fn what_draws_itself_or_lies_too_deep_comes_to_an_end() {
    let mut pdf = Pdf::new();
    let id = pdf.document.new_object_id();
    pdf.resources.set("XObject", dictionary! { "X" => id });
    let form = dictionary! { "Type" => "XObject", "Subtype" => "Form" };
    let stream = Stream::new(form, b"/X Do /X Do BT /F1 10 Tf (a) Tj ET".to_vec());
    pdf.document.objects.insert(id, stream.into());
    assert!(text(&pdf.page("/X Do").bytes()).is_ok());

    let deep = |open: &str, close: &str| {
        let nested = format!("{}{}", open.repeat(20_000), close.repeat(20_000));
        let pdf = bytes(Pdf::new().page("BT /F1 10 Tf 50 700 Td (a) Tj ET").finish());
        let catalog = b"/Type/Catalog";
        let at = pdf.windows(catalog.len()).position(|window| window == catalog).unwrap();
        [&pdf[..at], format!("/X {nested}").as_bytes(), &pdf[at..]].concat()
    };
    for pdf in [deep("[", "]"), deep("<</A ", ">>"), deep("(", ")")] {
        // Whatever comes of it, it comes without an end of the stack.
        let _ = text(&pdf);
    }
    let nested = format!("{}{} BT /F1 10 Tf 50 700 Td {} (a) Tj ET", "[".repeat(100_000), "]".repeat(9), "(".repeat(9));
    let _ = text(&Pdf::new().page(nested).bytes());
}

#[test]
fn a_tree_of_pages_that_bites_its_tail_comes_to_an_end() {
    let mut pdf = Pdf::new().page("BT /F1 10 Tf 50 700 Td (a) Tj ET");
    let (page, pages) = (pdf.kids[0].clone(), pdf.pages);
    pdf.kids.extend([page, pages.into()]);
    assert_eq!(text(&pdf.bytes()).unwrap(), "a\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_broken_file_is_read_or_refused(
        changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..40), keep in 0_u16..4000, packed in any::<bool>(),
    ) {
        let mut document = Pdf::new().page(drawn(&column(LETTER, 70.0, 780.0, "F1"))).page(drawn(&panels("F3"))).finish();
        let mut pdf = Vec::new();
        if packed {
            document.compress();
            document.save_modern(&mut pdf).unwrap();
        } else {
            pdf = bytes(document);
        }
        for (place, byte) in changes {
            let place = usize::from(place) % pdf.len();
            pdf[place] = byte;
        }
        pdf.truncate(pdf.len().saturating_sub(usize::from(keep.saturating_sub(2000))));
        let _ = read(&pdf);
    }
}
