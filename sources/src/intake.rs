//! Intake: what the rows of a table mean, council by council, and what a person has to know before they are held.
//!
//! [`crate::ombudsman_table`] says what is printed, [`crate::council_names`] who is meant; here the two come together. The command line and
//! the page take tables in by the same way.

use crate::{
    council_names::{BodyKind, NameMatch, Names},
    ombudsman_table::{LeftOut, SheetTable, TableRow},
};
use std::collections::BTreeMap;
use upheld_domain::{
    evidence::SourceKind,
    figures::Figures,
    holdings::Entry,
    register::{CouncilId, Register},
    year::ReportingYear,
};

/// Whose a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The kind of source.
    pub kind: SourceKind,
    /// Its address, or its title where it has none.
    pub source: String,
}

/// What a sheet gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// One entry for each row whose council is known, in the order of the rows.
    pub entries: Vec<Entry>,
    /// Rows whose council is not known.
    pub unmatched: Vec<Unmatched>,
    /// How many rows are of bodies that are no council of the five types, by kind.
    pub bodies: BTreeMap<BodyKind, u64>,
}

/// A row whose council is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// The row, as an editor counts.
    pub row: u64,
    /// The name, as printed.
    pub name: String,
    /// Why.
    pub why: Doubt,
    /// What is printed.
    pub figures: Figures,
}

/// Why it is not known which council a row means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// Several councils of the year are called that.
    Several(Vec<CouncilId>),
    /// The councils that are called that did not exist in the year.
    NotThen(Vec<CouncilId>),
    /// No council is called that. These are called nearly so.
    Unknown {
        /// The nearest first.
        nearest: Vec<CouncilId>,
    },
    /// The code beside the name is another council's.
    OtherCode {
        /// The council of the code.
        code: CouncilId,
        /// The council of the name.
        name: CouncilId,
    },
}

impl Doubt {
    /// The councils that may be meant.
    #[must_use]
    pub fn councils(&self) -> Vec<CouncilId> {
        match self {
            Self::Several(councils) | Self::NotThen(councils) | Self::Unknown { nearest: councils } => councils.clone(),
            Self::OtherCode { code, name } => vec![*code, *name],
        }
    }

    /// In words, before the names of the councils that may be meant.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Several(_) => "several councils are called that",
            Self::NotThen(_) => "a council of that name did not exist in the year",
            Self::Unknown { .. } => "no council is called that; the nearest names are",
            Self::OtherCode { .. } => "its code and its name are of two councils",
        }
    }
}

/// Takes in the rows of `table`, which `source` published.
#[must_use]
pub fn take(table: &SheetTable, names: &Names<'_>, register: &Register, source: &Source) -> Intake {
    let mut intake = Intake { entries: Vec::new(), unmatched: Vec::new(), bodies: BTreeMap::new() };
    for (why, count) in &table.left_out.counts {
        if let LeftOut::Body(kind) = why {
            *intake.bodies.entry(*kind).or_default() += count;
        }
    }
    for row in &table.rows {
        match council(row, table.year, names, register) {
            Ok(Some(id)) => intake.entries.extend(entry(row, id, table.year, register, source)),
            Ok(None) => {}
            Err(Left::Body(kind)) => *intake.bodies.entry(kind).or_default() += 1,
            Err(Left::Doubt(why)) => {
                intake.unmatched.push(Unmatched {
                    row: row.number,
                    name: row.name.clone(),
                    why,
                    figures: row.figures.clone(),
                });
            }
        }
    }
    intake
}

/// Why a row gives no entry.
enum Left {
    Body(BodyKind),
    Doubt(Doubt),
}

/// The council that `row` means. A code decides where there is one, and the name must not speak against it.
fn council(
    row: &TableRow,
    year: ReportingYear,
    names: &Names<'_>,
    register: &Register,
) -> Result<Option<CouncilId>, Left> {
    let by_code = row.code.and_then(|code| register.by_code(code));
    let found = names.find(&row.name, year, row.council_type);
    match (by_code, found) {
        (None, NameMatch::Council { id, .. }) => Ok(Some(id)),
        (Some(code), NameMatch::Council { id, .. }) if id != code => {
            Err(Left::Doubt(Doubt::OtherCode { code, name: id }))
        }
        (Some(code), NameMatch::NotThen(councils)) if !councils.contains(&code) => {
            Err(Left::Doubt(Doubt::NotThen(councils)))
        }
        (Some(code), _) => Ok(Some(code)),
        (None, NameMatch::Ambiguous(councils)) => Err(Left::Doubt(Doubt::Several(councils))),
        (None, NameMatch::NotThen(councils)) => Err(Left::Doubt(Doubt::NotThen(councils))),
        (None, NameMatch::NotACouncil(kind)) => Err(Left::Body(kind)),
        (None, NameMatch::Unmatched { nearest }) => Err(Left::Doubt(Doubt::Unknown { nearest })),
    }
}

/// The entry of the council at `id`; none where the row prints no figure of it.
fn entry(row: &TableRow, id: CouncilId, year: ReportingYear, register: &Register, source: &Source) -> Option<Entry> {
    let council = register.get(id)?;
    if row.figures == Figures::default() {
        return None;
    }
    Some(Entry {
        // A decision can name a council that had ended: it keeps the code that it had last.
        code: council.code_in(year).unwrap_or(council.code),
        authority: row.name.clone(),
        authority_type: council.council_type,
        year,
        figures: row.figures.clone(),
        kind: source.kind,
        source: source.source.clone(),
        slug: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        councils,
        ombudsman_table::{Hints, read},
    };

    fn register() -> Register {
        let rows = councils::read("councils.csv", include_bytes!("../../data/councils.csv")).rows;
        Register::new(rows.into_iter().map(|row| row.value.council).collect()).unwrap()
    }

    fn intake(file: &str) -> Intake {
        let register = register();
        let names = Names::new(&register, &[]);
        let table = read("decided 2023-24.csv", file.as_bytes(), Hints::default()).unwrap();
        let source = Source { kind: SourceKind::Ombudsman, source: "https://example.org/decided.csv".to_owned() };
        take(&table.sheets[0], &names, &register, &source)
    }

    #[test]
    fn each_row_is_an_entry_or_a_question_or_another_body() {
        let intake = intake(
            "Authority,Not upheld,Upheld,Uphold rate\n\
             Luton BC,11,13,54%\n\
             Lutton Borough Council,1,1,50%\n\
             Cumbria County Council,1,9,90%\n\
             Peak District National Park Authority,1,1,50%\n\
             Leeds City Council,,,\n",
        );
        let [luton] = intake.entries.as_slice() else { panic!("{:?}", intake.entries) };
        assert_eq!((luton.code.as_str(), luton.authority.as_str(), luton.year.key()), ("E06000032", "Luton BC", 2024));
        assert_eq!((luton.figures.upheld, luton.figures.investigations), (Some(13), Some(24)));
        let said: Vec<_> = intake.unmatched.iter().map(|it| (it.row, it.name.as_str(), it.why.words())).collect();
        let unknown = "no council is called that; the nearest names are";
        let gone = "a council of that name did not exist in the year";
        assert_eq!(said, [(3, "Lutton Borough Council", unknown), (4, "Cumbria County Council", gone)]);
        let nearest = intake.unmatched[0].why.councils();
        assert_eq!(register().get(nearest[0]).map(|council| council.name.clone()).unwrap(), "Luton Borough Council");
        assert_eq!(intake.bodies, BTreeMap::from([(BodyKind::NationalPark, 1)]));
    }

    #[test]
    fn a_code_decides_and_a_name_that_speaks_against_it_is_a_question() {
        let intake = intake(
            "Authority,Code,Not upheld,Upheld\n\
             The council of Luton,E06000032,11,13\n\
             Leeds City Council,E06000032,1,1\n\
             Sheffield,E08000019,1,2\n",
        );
        let codes: Vec<_> = intake.entries.iter().map(|entry| entry.code.as_str()).collect();
        let sheffield = register().get(register().by_slug("sheffield-city-council").unwrap()).cloned().unwrap();
        let then = sheffield.code_in(ReportingYear::ending(2024).unwrap()).unwrap();
        assert_eq!(codes, ["E06000032", then.as_str()]);
        assert!(matches!(intake.unmatched.as_slice(), [Unmatched { row: 3, why: Doubt::OtherCode { .. }, .. }]));
    }
}
