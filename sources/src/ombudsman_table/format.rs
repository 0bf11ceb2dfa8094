//! What kind of file it is, told by its first bytes.

use super::error::{OtherFormat, ReadError};

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// A zip file: XLSX, ODS, or something else.
    Zip,
    /// Text.
    Text,
}

/// The format of `bytes`.
pub(super) fn of(bytes: &[u8]) -> Result<Format, ReadError> {
    let other = |format| Err(ReadError::OtherFormat(format));
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Format::Zip);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return other(OtherFormat::OldWorkbook);
    }
    if bytes.starts_with(b"%PDF") {
        return other(OtherFormat::Pdf);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    let begins = |tag: &[u8]| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    if begins(b"<!doctype") || begins(b"<html") || begins(b"<?xml") {
        return other(OtherFormat::WebPage);
    }
    if begins(b"{") || begins(b"[{") {
        return other(OtherFormat::Json);
    }
    Ok(Format::Text)
}
