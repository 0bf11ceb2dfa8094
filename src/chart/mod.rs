//! Charts on the screen. Nothing outside this folder knows the canvas.

mod canvas;
mod place;

pub use canvas::{Place, SIMILAR, TREND, draw, figure, rehearse};
pub use place::{Following, follow_charts};
