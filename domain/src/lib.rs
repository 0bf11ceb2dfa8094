//! What Upheld knows and how it reasons: councils, reporting years, figures and the statistics and
//! words made of them.
//!
//! Nothing in here reads a file, asks a clock or names a browser: the crate is compiled both into the
//! command line and into the page, and both must say the same.

pub mod bands;
pub mod binomial;
pub mod boundary;
pub mod cartogram;
pub mod check;
pub mod companions;
pub mod compass;
pub mod council;
pub mod difference;
pub mod edition;
pub mod error;
pub mod evidence;
pub mod explain;
pub mod extract;
pub mod figures;
pub mod funnel;
pub mod grade;
pub mod holdings;
pub mod import;
pub mod in_words;
pub mod interval;
pub mod letter;
pub mod lineage;
pub mod measure;
pub mod opened;
pub mod order;
pub mod plain;
pub mod postcode;
pub mod preview;
mod random;
pub mod rank;
pub mod register;
pub mod responsible;
pub mod search;
pub mod similar;
pub mod statement;
pub mod trend;
pub mod view;
pub mod words;
pub mod year;
