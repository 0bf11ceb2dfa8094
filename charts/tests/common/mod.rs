//! What the tests share: editions, kept as they were when the pictures were drawn, and ways to find in it.

use upheld_domain::{
    edition::{Edition, EditionFile},
    register::CouncilId,
    year::ReportingYear,
};

pub(crate) fn file() -> EditionFile {
    serde_json::from_str(include_str!("../edition.json")).unwrap()
}

pub(crate) fn edition() -> Edition {
    file().try_into().unwrap()
}

/// An edition of the councils that were reorganised, before and after.
pub(crate) fn reorganised() -> Edition {
    let file: EditionFile = serde_json::from_str(include_str!("../reorganised.json")).unwrap();
    file.try_into().unwrap()
}

pub(crate) fn council(edition: &Edition, slug: &str) -> CouncilId {
    edition.register().by_slug(slug).unwrap()
}

pub(crate) fn year(ending: u16) -> ReportingYear {
    ReportingYear::ending(ending).unwrap()
}
