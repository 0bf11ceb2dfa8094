//! The search for a council.

mod combobox;
pub mod here;
mod options;
pub mod postcodes;

pub use combobox::CouncilSearch;
pub use options::options;
