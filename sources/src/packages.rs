//! Readers of the published packages that the boundaries are made of: wheels, which are zip files.

mod postcode_directory;
mod small_areas;
mod wheel;

pub use postcode_directory::{Postcode, read_postcodes};
pub use small_areas::{SmallArea, read_small_areas};
pub use wheel::Wheel;
