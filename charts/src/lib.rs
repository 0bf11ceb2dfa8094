//! The charts of Upheld, drawn by plotters on any backend: on canvas in the page, as SVG to take away and
//! in tests.
//!
//! A chart is made from the edition, lays itself out for a width as a [`Picture`] (shapes in CSS pixels,
//! colours by their role), and the picture is drawn. All that can go wrong in a layout is therefore tested
//! on plain data, and only the last step is compiled once more for each backend.
//!
//! ```no_run
//! use upheld_charts::{Chart, DrawingBackend, IntoDrawingArea, SimilarChart, Theme};
//! # fn on<Canvas: DrawingBackend>(canvas: Canvas, chart: &SimilarChart) {
//! // A canvas of 320 × chart.height(320) CSS pixels, on a screen with two device pixels to each.
//! let area = canvas.into_drawing_area();
//! chart.draw(&area, &Theme::LIGHT, 2.0).ok();
//! # }
//! ```

pub mod card;
mod chart;
pub mod forest;
mod frame;
pub mod funnel;
mod map_picture;
pub mod map_years;
pub mod multiples;
mod parts;
mod picture;
mod scale;
pub mod similar;
mod strip;
#[cfg(feature = "svg")]
pub mod svg;
mod swarm;
pub mod table;
mod text;
mod theme;
pub mod trend;
mod wording;

pub use card::{CouncilCard, EnglandCard};
pub use chart::Chart;
pub use forest::ForestChart;
pub use frame::{Frame, Framed};
pub use funnel::FunnelChart;
pub use map_picture::{Area, LegendRow, MapPicture};
pub use map_years::{Cell, MapYears};
pub use multiples::MultiplesChart;
pub use picture::{About, Anchor, Ink, Label, Picture, Rect, Shape};
pub use similar::SimilarChart;
pub use strip::StripChart;
#[cfg(feature = "svg")]
pub use svg::inline_svg;
pub use table::TableChart;
pub use theme::{Colour, MapTheme, Theme};
pub use trend::TrendChart;

// What a caller needs of plotters, so that none has to name it.
pub use plotters::{
    coord::Shift,
    drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea},
    prelude::DrawingBackend,
};
