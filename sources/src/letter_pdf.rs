//! An annual letter of the Ombudsman, from its PDF: its text in the order in which it is read, and what that says.
//!
//! `lopdf` reads the objects of the file; what is drawn on its pages, letter by letter, is followed here, as the order
//! in which a PDF draws is not the one in which it is read. Everything is bounded: bytes in, bytes unpacked, pages,
//! letters, and how deep one thing can lie in another.

mod content;
mod document;
mod error;
mod font;
mod layout;
mod to_unicode;
mod walk;

pub use error::PdfError;

use crate::letter_text::{Reading, read_text};
use lopdf::{Document, ObjectId};
use std::collections::BTreeSet;
use walk::Walk;

/// The most bytes that a file can have.
pub const MOST_BYTES: usize = 16 << 20;
/// The most pages that a letter can have.
pub const MOST_PAGES: usize = 40;
/// The most bytes that one stream can be unpacked to.
pub(crate) const MOST_UNPACKED: usize = 8 << 20;

/// Reads a letter.
///
/// # Errors
/// Where the file cannot be read, see [`text`], or its text is no letter.
pub fn read(bytes: &[u8]) -> Result<Reading, PdfError> {
    Ok(read_text(&text(bytes)?)?)
}

/// The text of a PDF in reading order. Pages end with a form feed, and the addresses that a page links to follow its text.
///
/// # Errors
/// Where the file is no PDF, is broken or encrypted, is larger than letters are, or has no text: a scan.
pub fn text(bytes: &[u8]) -> Result<String, PdfError> {
    let document = document::load(bytes)?;
    // A tree of pages can name one twice, or bite its tail.
    let mut seen = BTreeSet::new();
    let pages: Vec<ObjectId> = document.page_iter().filter(|page| seen.insert(*page)).take(MOST_PAGES + 1).collect();
    if pages.len() > MOST_PAGES {
        return Err(PdfError::TooMuch { what: "pages", most: MOST_PAGES });
    }
    if pages.is_empty() {
        return Err(PdfError::Broken { reason: "it has no pages".to_owned() });
    }
    let mut walk = Walk::new(&document);
    let mut texts = Vec::new();
    let (mut letters, mut unknown) = (0, 0);
    for page in pages {
        let glyphs = walk.page(page)?;
        letters += glyphs.len();
        unknown += glyphs.iter().filter(|glyph| glyph.text.contains('\u{fffd}')).count();
        let mut text = layout::text(glyphs);
        add_links(&mut text, &document, page);
        texts.push(text);
    }
    if letters == 0 {
        return Err(PdfError::Scan);
    }
    if 3 * unknown > letters {
        return Err(PdfError::UnknownLetters { unknown, letters });
    }
    Ok(texts.join("\n\u{c}"))
}

/// Writes the addresses that a page links to below its text.
fn add_links(text: &mut String, document: &Document, page: ObjectId) {
    const MOST: usize = 100;
    let annotations = document.get_dictionary(page).and_then(|page| page.get_deref(b"Annots", document));
    let annotations = annotations.and_then(lopdf::Object::as_array).map(Vec::as_slice).unwrap_or_default();
    for annotation in annotations.iter().take(MOST) {
        let address = document
            .dereference(annotation)
            .and_then(|(_, annotation)| annotation.as_dict()?.get_deref(b"A", document)?.as_dict())
            .and_then(|action| action.get_deref(b"URI", document)?.as_str());
        let Some(address) = address.ok().and_then(|address| str::from_utf8(address).ok()) else { continue };
        if address.starts_with("http") && !address.contains(char::is_whitespace) && address.len() < 500 {
            text.push_str(if text.ends_with("\n\n") || text.is_empty() { "" } else { "\n" });
            text.push_str(address);
            text.push('\n');
        }
    }
}
