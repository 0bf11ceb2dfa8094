//! All councils as a table: the map's equal.

mod page;
mod rows;

pub use page::{CouncilTable, TablePage};
pub use rows::{Row, rows};
