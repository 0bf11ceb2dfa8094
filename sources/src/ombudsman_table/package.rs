//! Workbooks as zip files: unpacked within limits, counted while they are unpacked.

use super::{
    error::{OtherFormat, ReadError},
    limits::Limits,
};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

/// The parts of a workbook that are XML, by their names.
pub(super) type Parts = BTreeMap<String, Vec<u8>>;

/// Parts that no table stands in. The colours of a theme are left out too, as nothing asks for them.
const IGNORED: [&str; 10] = [
    "docProps/",
    "customXml/",
    "/theme/",
    "/drawings/",
    "/charts/",
    "/media/",
    "/pivot",
    "/printerSettings/",
    "/externalLinks/",
    "/persons/",
];

/// Unpacks `bytes`.
pub(super) fn unpack(bytes: &[u8], limits: &Limits) -> Result<Parts, ReadError> {
    // Each entry of a zip file's directory begins so; they are counted before memory is set aside for them.
    let entries = bytes.windows(4).filter(|window| window == b"PK\x01\x02").count();
    if entries > limits.parts {
        return Err(ReadError::TooMuch { what: "parts of a workbook", most: limits.parts });
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut parts = Parts::new();
    let mut left = limits.unpacked_bytes;
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(|error| damaged(&error))?;
        let name = file.name().map_err(|error| damaged(&error))?.into_owned();
        if !wanted(&name) {
            continue;
        }
        let mut part = Vec::new();
        let most = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        file.take(most).read_to_end(&mut part).map_err(|error| damaged(&error))?;
        let Some(rest) = left.checked_sub(part.len()) else {
            return Err(ReadError::TooMuch { what: "bytes in a workbook, unpacked", most: limits.unpacked_bytes });
        };
        left = rest;
        if parts.keys().any(|other| other.eq_ignore_ascii_case(&name)) {
            return Err(ReadError::Damaged(format!("two parts are called {name}")));
        }
        parts.insert(name, part);
    }
    if parts.is_empty() {
        return Err(ReadError::OtherFormat(OtherFormat::Zip));
    }
    Ok(parts)
}

fn wanted(name: &str) -> bool {
    let ends = |end: &str| {
        name.len() >= end.len() && name.get(name.len() - end.len()..).is_some_and(|it| it.eq_ignore_ascii_case(end))
    };
    (ends(".xml") || ends(".rels")) && !IGNORED.iter().any(|part| name.contains(part))
}

pub(super) fn damaged(error: &impl ToString) -> ReadError {
    ReadError::Damaged(error.to_string())
}
