//! What is shown of one council, and what stands in its place while none is chosen.

mod details;
mod overview;
mod panel;

pub use details::details;
pub use overview::Overview;
pub use panel::CouncilPanel;
