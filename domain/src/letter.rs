//! An annual letter of the Ombudsman, where one has been imported: what it says, without its page furniture.

use serde::{Deserialize, Serialize};

/// A letter. Served as `/letters/<slug>/<year>.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Its title: "Annual Review letter 2020".
    pub title: String,
    /// The date that it bears, as written: "22 July 2020".
    pub date: String,
    /// To whom it is addressed, line by line.
    #[serde(default)]
    pub addressee: Vec<String>,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Who signed it, line by line.
    #[serde(default)]
    pub signature: Vec<String>,
    /// Where it was published, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
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
}
