//! Workbooks as zip files: unpacked within limits, counted while they are unpacked.

use super::{
    error::{OtherFormat, ReadError},
    limits::Limits,
};
use std::{
    collections::BTreeSet,
    io::{self, BufRead, BufReader, Cursor, Read},
};
use zip::{ZipArchive, read::ZipFile};

/// Bytes of one piece of markup, or of text between two: far more than an attribute or a cell may have.
const PIECE: usize = 1 << 20;

/// The parts of a workbook that are XML. They are unpacked when they are asked for, as a stream: none is ever held.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Their places in the zip file, and their names.
    parts: Vec<(usize, String)>,
}

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

impl<'a> Package<'a> {
    /// The parts in `bytes`.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadError> {
        // Each entry of a zip file's directory begins so; they are counted before memory is set aside for them.
        let entries = bytes.windows(4).filter(|window| window == b"PK\x01\x02").count();
        if entries > limits.parts {
            return Err(ReadError::TooMuch { what: "parts of a workbook", most: limits.parts });
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let (mut parts, mut names) = (Vec::new(), BTreeSet::new());
        for place in 0..archive.len() {
            let file = archive.by_index(place).map_err(|error| damaged(&error))?;
            let name = file.name().map_err(|error| damaged(&error))?.into_owned();
            if !wanted(&name) {
                continue;
            }
            if !names.insert(name.to_ascii_lowercase()) {
                return Err(ReadError::Damaged(format!("two parts are called {name}")));
            }
            parts.push((place, name));
        }
        if parts.is_empty() {
            return Err(ReadError::OtherFormat(OtherFormat::Zip));
        }
        Ok(Self { archive, parts })
    }

    /// The parts' places and names.
    pub(super) fn parts(&self) -> Vec<(usize, String)> {
        self.parts.clone()
    }

    /// The place of the part called `name`.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.parts.iter().find(|(_, part)| part == name).map(|(place, _)| *place)
    }

    /// Unpacks the part at `place`.
    pub(super) fn unpack(&mut self, place: usize, budget: Unpacked) -> Result<Unpacking<'_, 'a>, ReadError> {
        let file = self.archive.by_index(place).map_err(|error| damaged(&error))?;
        Ok(Unpacking { file: BufReader::new(file), budget, piece: 0 })
    }
}

/// How many bytes may still be unpacked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unpacked {
    left: usize,
    most: usize,
}

impl Unpacked {
    pub(super) const fn new(limits: &Limits) -> Self {
        Self { left: limits.unpacked_bytes, most: limits.unpacked_bytes }
    }

    /// How many were.
    pub(super) const fn bytes(self) -> usize {
        self.most.saturating_sub(self.left)
    }
}

/// A part while it is unpacked, counted as it is.
pub(super) struct Unpacking<'f, 'a> {
    file: BufReader<ZipFile<'f, Cursor<&'a [u8]>>>,
    budget: Unpacked,
    piece: usize,
}

impl Unpacking<'_, '_> {
    /// Says that a piece of markup or text ended: whoever reads the next sets memory aside for it until it ends.
    pub(super) const fn ends_piece(&mut self) {
        self.piece = 0;
    }

    /// How much may still be unpacked after this.
    pub(super) const fn budget(&self) -> Unpacked {
        self.budget
    }
}

impl BufRead for Unpacking<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let buffer = self.file.fill_buf()?;
        let fault = if buffer.len() > self.budget.left {
            Some(ReadError::TooMuch { what: "bytes in a workbook, unpacked", most: self.budget.most })
        } else if self.piece > PIECE {
            Some(ReadError::TooMuch { what: "bytes in one piece of a workbook", most: PIECE })
        } else {
            None
        };
        fault.map_or(Ok(buffer), |fault| Err(io::Error::other(fault)))
    }

    fn consume(&mut self, bytes: usize) {
        self.budget.left = self.budget.left.saturating_sub(bytes);
        self.piece = self.piece.saturating_add(bytes);
        self.file.consume(bytes);
    }
}

impl Read for Unpacking<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
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

/// What is wrong with the part called `name`, of which a reader of XML says `error`.
pub(super) fn broken(name: &str, error: &quick_xml::Error) -> ReadError {
    let stopped = match error {
        quick_xml::Error::Io(error) => error.get_ref().and_then(|error| error.downcast_ref::<ReadError>()),
        _ => None,
    };
    stopped.cloned().unwrap_or_else(|| ReadError::Damaged(format!("{name}: {error}")))
}
