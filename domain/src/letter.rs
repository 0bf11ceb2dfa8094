//! An annual letter of the Ombudsman, where one has been imported: what it says, without its page furniture.

mod comparison;

pub use comparison::{Compared, Outcome};

use crate::{figures::Figures, year::ReportingYear};
use serde::{Deserialize, Serialize};

/// A letter. Served as `/letters/<slug>/<year>.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Its title: "Annual Review letter 2020".
    pub title: String,
    /// The date that it bears, as written: "22 July 2020".
    pub date: String,
    /// To whom it is addressed.
    #[serde(default, skip_serializing_if = "Addressee::is_empty")]
    pub addressee: Addressee,
    /// How it begins: "Dear Mr Porter".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub salutation: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Who signed it, line by line.
    #[serde(default)]
    pub signature: Vec<String>,
    /// The reporting year that it is about, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<ReportingYear>,
    /// The statistics that are set out with it, on a page of their own or at its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistics: Option<Statistics>,
    /// The addresses of pages that it names or links to, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// Where it was published, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Letter {
    /// The council's name as the letter prints it: in the address, else above its statistics; empty where it does not.
    #[must_use]
    pub fn council(&self) -> &str {
        match &self.statistics {
            Some(statistics) if self.addressee.council.is_empty() => &statistics.council,
            _ => &self.addressee.council,
        }
    }

    /// What it prints about the council; nothing where it has no statistics.
    #[must_use]
    pub fn figures(&self) -> Figures {
        self.statistics.as_ref().map(|statistics| statistics.figures.clone()).unwrap_or_default()
    }
}

/// To whom a letter is addressed, as printed. What is not printed is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Addressee {
    /// Who: "Mr Porter".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub person: String,
    /// As what: "Chief Executive".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Of which council.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub council: String,
    /// Where, line by line.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub address: Vec<String>,
}

impl Addressee {
    /// Whether nothing is known of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines().next().is_none()
    }

    /// The lines in which it is written.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let names = [&self.person, &self.role, &self.council];
        names.into_iter().chain(&self.address).map(String::as_str).filter(|line| !line.is_empty())
    }
}

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A list, item by item.
    List(Vec<String>),
    /// A table of one row of numbers, column by column.
    Table(Vec<Cell>),
}

/// A number of a table with the heading of its column, both as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The heading: "Not upheld".
    pub label: String,
    /// The number: "6", "67%".
    pub value: String,
}

/// The statistics that are set out with a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// The council's name as it is printed above them; empty where it is not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub council: String,
    /// What they say, in the letter's words.
    pub blocks: Vec<Block>,
    /// The figures among them.
    pub figures: Figures,
}
