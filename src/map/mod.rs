//! The map of councils. Nothing outside this folder knows Leaflet.

mod boundaries;
mod choropleth;
mod leaflet;
mod legend;
mod picture;
pub mod pointing;
mod view;

pub use choropleth::Fills;
pub use legend::legend;
pub use picture::picture;
pub use view::CouncilMap;
