//! The objects of a PDF, read by `lopdf` after what it should not be given has been refused.

use super::{MOST_BYTES, MOST_UNPACKED, PdfError};
use lopdf::{DecompressError, Document, Error, LoadOptions, Stream};

/// The most streams of packed objects that a file can have: each is unpacked while the file is read.
const MOST_OBJECT_STREAMS: usize = 64;

/// The most bytes that such a stream, or the table of where objects lie, can be unpacked to: several times what programs write for letters.
const MOST_OF_OBJECT_STREAM: usize = 256 << 10;
/// The most beginnings of objects that a file can have, counted wherever they could be one: letters have some thousands, pictures of
/// 10 MB look as if they had some 400,000. `lopdf` takes a hundred bytes and more for each, whose beginning may be all there is of it.
const MOST_BEGINNINGS: usize = 500_000;

/// Reads the objects of a file.
pub(super) fn load(bytes: &[u8]) -> Result<Document, PdfError> {
    if bytes.len() > MOST_BYTES {
        return Err(PdfError::TooLarge { bytes: bytes.len(), most: MOST_BYTES });
    }
    let start = bytes.get(..1024).unwrap_or(bytes);
    if find(start, b"%PDF-").is_none() {
        let found = start.get(..start.len().min(12)).unwrap_or_default();
        return Err(PdfError::NotPdf { found: String::from_utf8_lossy(found).into_owned() });
    }
    // Refused before `lopdf` would try to decrypt it; the name can only stand where it can be read.
    if is_encrypted(bytes) {
        return Err(PdfError::Encrypted);
    }
    if count(bytes, b"/ObjStm") > MOST_OBJECT_STREAMS {
        return Err(PdfError::TooMuch { what: "streams of objects", most: MOST_OBJECT_STREAMS });
    }
    if beginnings(bytes) > MOST_BEGINNINGS {
        return Err(PdfError::TooMuch { what: "objects", most: MOST_BEGINNINGS });
    }
    let options = LoadOptions { max_decompressed_size: Some(MOST_OF_OBJECT_STREAM), ..LoadOptions::default() };
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| broken(&error, MOST_OF_OBJECT_STREAM))?;
    if document.was_encrypted() || document.trailer.has(b"Encrypt") {
        return Err(PdfError::Encrypted);
    }
    Ok(document)
}

/// What a stream holds, unpacked.
pub(super) fn unpack(stream: &Stream) -> Result<Vec<u8>, PdfError> {
    stream.get_plain_content_with_limit(MOST_UNPACKED).map_err(|error| broken(&error, MOST_UNPACKED))
}

fn broken(error: &Error, most: usize) -> PdfError {
    match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
            PdfError::TooMuch { what: "bytes in one stream", most }
        }
        Error::InvalidPassword => PdfError::Encrypted,
        error => PdfError::Broken { reason: error.to_string() },
    }
}

/// Whether a trailer says so: the key, and an object after it.
fn is_encrypted(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"/Encrypt";
    let mut rest = bytes;
    while let Some(at) = find(rest, KEY) {
        rest = rest.get(at + KEY.len()..).unwrap_or_default();
        let next = rest.iter().find(|byte| !byte.is_ascii_whitespace());
        let apart = rest.first().is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'<');
        if apart && next.is_some_and(|next| next.is_ascii_digit() || *next == b'<') {
            return true;
        }
    }
    false
}

/// Where in `bytes` an object could begin: at a mark that opens one, or after white space.
fn beginnings(bytes: &[u8]) -> usize {
    let opens = |byte: u8| matches!(byte, b'/' | b'[' | b'(' | b'<');
    let space = |byte: u8| byte.is_ascii_whitespace() || byte == 0;
    bytes
        .windows(2)
        .filter(|pair| matches!(pair, [one, other] if opens(*other) || space(*one) && !space(*other)))
        .count()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn count(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).filter(|window| *window == what).count()
}
