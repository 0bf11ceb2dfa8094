//! The search for a council.

mod combobox;
mod options;

pub use combobox::CouncilSearch;
pub use options::options;
