//! Readers of the published packages that the boundaries are made of: wheels, which are zip files.

mod national_grid;
mod postcode_directory;
mod small_areas;
mod wheel;

pub use national_grid::to_wgs84;
pub use postcode_directory::{Postcode, read_postcodes};
pub use small_areas::{SmallArea, read_small_areas};
pub use wheel::Wheel;
