//! What every chart can do.

use crate::{picture::Picture, theme::Theme};
use plotters::{
    coord::Shift,
    drawing::{DrawingArea, DrawingAreaErrorKind},
    prelude::DrawingBackend,
};

/// A chart: it says what it shows in words, and draws it at any width from 280 CSS pixels on.
pub trait Chart {
    /// What the chart shows, in a sentence.
    fn title(&self) -> String;

    /// The same as the picture in words, for who does not see it.
    fn description(&self) -> String;

    /// The chart laid out for a width in CSS pixels.
    fn picture(&self, width: f64) -> Picture;

    /// The height, in CSS pixels, that it needs at a width in CSS pixels.
    fn height(&self, width: u32) -> u32 {
        let height = self.picture(f64::from(width)).height;
        (0..4000).find(|whole| f64::from(*whole) >= height).unwrap_or(4000)
    }

    /// Draws the chart on `area`, which is measured in device pixels, `scale` of them to a CSS pixel.
    ///
    /// # Errors
    /// Where the backend fails.
    fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        theme: &Theme,
        scale: f64,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        let width = f64::from(area.dim_in_pixel().0) / scale;
        self.picture(width).draw(area, theme, scale, 1.0)
    }
}
