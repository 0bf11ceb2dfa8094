//! What is shown of one council, and what stands in its place while none is chosen.

mod details;
mod england;
pub mod kept;
mod overview;
mod panel;
pub mod sheet;

pub use details::{Part, details, funnel, rank};
pub use england::{england, table};
pub use overview::Overview;
pub use panel::CouncilPanel;
