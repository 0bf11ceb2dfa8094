//! The map of councils. Nothing outside this folder knows Leaflet.

mod boundaries;
mod leaflet;
mod picture;
pub mod pointing;
pub mod steps;
mod view;

pub use boundaries::{Detail, Shape, Source, load};
pub use picture::{cells, picture};
pub use view::CouncilMap;
