//! Boundaries: the shapes of the councils of one vintage and tier, how they are made and what has to be true of them.
//!
//! A [`Layer`] is what one file of `geo/` holds. It is drawn, asked where a place lies, checked ([`Layer::faults`]) and
//! measured ([`share_inside`]).
//!
//! It is made in steps, each of which keeps neighbours exactly side by side:
//!
//! 1. [`Borders::dissolve`] cancels the opposite edges of small areas of the same district: what is left is the border
//!    between districts, without an approximation.
//! 2. [`Borders::snapped`] rounds every vertex to a grid, so that no border crosses another afterwards.
//! 3. [`Borders::mesh`] makes arcs between the places where borders meet, [`Mesh::simplified`] simplifies each once.
//! 4. [`Mesh::shapes`] puts the arcs together again, for any grouping of the districts.
//!
//! [`Mosaic`] takes these steps with the councils of an outside file, once [`roll_call`] has told which they are.

mod borders;
mod mesh;
mod mosaic;
mod position;
mod rings;
mod roll;
mod segments;
mod shape;
mod share;
mod simplify;
mod snap;
mod territory;
mod validity;
mod weld;

pub use borders::{Borders, DissolveError};
pub use mesh::Mesh;
pub use mosaic::{Area, Mosaic, MosaicFault};
pub use position::{OutOfRange, Position, mercator};
pub use roll::{Misfit, councils_over, roll_call, vintages_of};
pub use shape::{Layer, Polygon, Ring, Shape, Whereabouts};
pub use share::{Sample, SampleGroup, Share, share_inside};
pub use simplify::Simplification;
pub use territory::{council_layer, council_over, own_council};
pub use validity::Fault;
