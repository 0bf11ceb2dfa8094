//! Charts on the screen. Nothing outside this folder knows the canvas.

mod canvas;
pub mod desk;
pub mod named;
mod place;
pub mod take;
pub mod years;

pub use canvas::{Place, draw, figure, paint, place, rehearse, source};
pub use named::{FOREST, FUNNEL, MAP, MAP_YEARS, MULTIPLES, SIMILAR, STRIP, STRIPS, TREND};
pub use place::{Following, follow_charts};
