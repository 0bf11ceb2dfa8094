//! Readers of outside formats into the types of `upheld-domain`.
//!
//! Bytes in, typed result out: nothing in here opens a file. The readers of `data/*.csv` all say everything
//! that is wrong with a file at once, each fault with its row, its column and what to do ([`error::TableError`]).

pub mod averages;
pub mod boundaries;
pub mod changelog;
pub mod council_names;
pub mod councils;
pub mod edition_note;
pub mod error;
pub mod figures;
pub mod hexes;
#[cfg(feature = "tables")]
pub mod intake;
#[cfg(feature = "letters")]
pub mod letter_pdf;
pub mod letter_text;
pub mod national;
pub mod national_grid;
#[cfg(feature = "tables")]
pub mod ombudsman_table;
pub mod ons_boundaries;
#[cfg(feature = "packages")]
pub mod packages;
pub mod postcodes;
pub mod public_reports;
pub mod reading;
pub mod table;
