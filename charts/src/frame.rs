//! A chart to take away: with its title above and where it comes from beneath.

use crate::{
    Chart,
    parts::{LINE, SMALL, lines},
    picture::{Anchor, Ink, Label, Picture, Rect, Shape},
    text::{break_up, wrap},
};

/// Between the edge of the picture and anything in it, where there is room for it.
const MARGIN: f64 = 16.0;
/// The least width that a chart is laid out for.
const LEAST: f64 = 280.0;
/// The size of the title, and from one line of it to the next.
const TITLE: (f64, f64) = (18.0, 23.0);

/// What stands round a chart that is taken away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// Above: the finding.
    pub title: String,
    /// Beneath, a paragraph each: the source, the date of the edition, the address.
    pub lines: Vec<String>,
}

/// A chart with its frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Framed<'a, C: Chart> {
    /// The chart.
    pub chart: &'a C,
    /// What stands round it.
    pub frame: &'a Frame,
}

impl<C: Chart> Chart for Framed<'_, C> {
    fn title(&self) -> String {
        self.frame.title.clone()
    }

    fn description(&self) -> String {
        self.chart.description()
    }

    fn picture(&self, width: f64) -> Picture {
        let margin = ((width - LEAST) / 2.0).clamp(0.0, MARGIN);
        self.frame.around(self.chart.picture(width - 2.0 * margin), width, margin)
    }
}

impl Frame {
    fn around(&self, inner: Picture, width: f64, margin: f64) -> Picture {
        // The chart itself keeps a little from its edges; the text stands in line with what it shows.
        let x = margin + crate::parts::EDGE;
        let room = width - 2.0 * x;
        let mut shapes = Vec::new();
        let (size, bold) = (TITLE.0, true);
        let like = Label { text: String::new(), x, y: 0.0, anchor: Anchor::Start, size, bold, ink: Ink::Text };
        let title = wrap(&self.title, size, bold, room).into_iter();
        let title = title.flat_map(|line| break_up(&line, size, bold, room)).collect();
        let top = lines(&mut shapes, title, &like, MARGIN - 4.0, TITLE.1) + 8.0;
        let Rect { left, top: upper, right, bottom: lower } = inner.plot;
        let plot = Rect { left: left + margin, top: upper + top, right: right + margin, bottom: lower + top };
        shapes.extend(inner.shapes.into_iter().map(|shape| shape.moved(margin, top)));
        let like = Label { size: SMALL, bold: false, ink: Ink::Muted, ..like };
        let mut y = top + inner.height + 8.0;
        for line in &self.lines {
            y = lines(&mut shapes, break_up(line, SMALL, false, room), &like, y, LINE);
        }
        Picture { width, height: y + MARGIN - 4.0, plot, shapes }
    }
}

impl Shape {
    /// The same, so much farther to the right and down.
    pub(crate) fn moved(mut self, right: f64, down: f64) -> Self {
        let shift = |(x, y): &mut (f64, f64)| (*x, *y) = (*x + right, *y + down);
        match &mut self {
            Self::Rule { from, to, .. } => [from, to].into_iter().for_each(shift),
            Self::Line { points, .. } | Self::Area { points, .. } => points.iter_mut().for_each(shift),
            Self::Dot { x, y, .. } | Self::Label(Label { x, y, .. }) => (*x, *y) = (*x + right, *y + down),
        }
        self
    }
}
