//! A table as a picture to take away.

use crate::{
    Chart,
    parts::{EDGE, LINE, SMALL, lines, rule},
    picture::{Anchor, Ink, Label, Picture, Rect},
    text::{self, break_up},
};

/// Between two columns.
const GAP: f64 = 14.0;
/// Above and below what a row says.
const AIR: f64 = 4.0;
/// The least room of a column.
const LEAST: f64 = 56.0;

/// Rows of text beneath headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableChart {
    /// What the table shows, in a sentence.
    pub title: String,
    /// The heading of each column.
    pub headings: Vec<String>,
    /// The rows: a text for each column, the first what the row is about.
    pub rows: Vec<Vec<String>>,
}

impl TableChart {
    /// How wide each column is: as its longest text, as far as there is room for all of them; else what is too long shares what is left.
    fn columns(&self, room: f64) -> Vec<f64> {
        let natural = |at: usize| {
            let heading = self.headings.get(at).map_or(0.0, |text| text::width(text, SMALL, true));
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            cells.map(|text| text::width(text, SMALL, at == 0)).fold(heading, f64::max).max(LEAST)
        };
        let wanted: Vec<f64> = (0..self.headings.len()).map(natural).collect();
        let gaps = wanted.iter().skip(1).fold(0.0, |gaps, _| gaps + GAP);
        let (mut left, mut columns) = (room - gaps, wanted.clone());
        // What needs less than an even share has all that it needs; the others share the rest.
        let mut open: Vec<usize> = (0..wanted.len()).collect();
        loop {
            let even = left / open.iter().fold(0.0, |count, _| count + 1.0);
            let (small, large): (Vec<usize>, Vec<usize>) =
                open.iter().copied().partition(|at| wanted.get(*at).is_some_and(|wanted| *wanted <= even));
            if small.is_empty() || large.is_empty() {
                for at in large {
                    if let Some(column) = columns.get_mut(at) {
                        *column = even.max(1.0);
                    }
                }
                return columns;
            }
            left -= small.iter().filter_map(|at| wanted.get(*at)).sum::<f64>();
            open = large;
        }
    }
}

impl Chart for TableChart {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn description(&self) -> String {
        let row = |row: &Vec<String>| row.join(", ");
        self.rows.iter().map(row).collect::<Vec<_>>().join(". ") + "."
    }

    fn picture(&self, width: f64) -> Picture {
        let columns = self.columns(width - 2.0 * EDGE);
        let mut shapes = Vec::new();
        let mut y = EDGE;
        let texts = [&self.headings].into_iter().chain(&self.rows);
        for (place, row) in texts.enumerate() {
            let heading = place == 0;
            let (mut x, mut bottom) = (EDGE, y);
            for (at, (text, wide)) in row.iter().zip(&columns).enumerate() {
                let bold = heading || at == 0;
                let like = Label {
                    text: String::new(),
                    x,
                    y,
                    anchor: Anchor::Start,
                    size: SMALL,
                    bold,
                    ink: if heading { Ink::Muted } else { Ink::Text },
                };
                let end = lines(&mut shapes, break_up(text, SMALL, bold, *wide), &like, y + AIR, LINE);
                bottom = bottom.max(end + AIR);
                x += wide + GAP;
            }
            y = bottom;
            let (thick, ink) = if heading { (2.0, Ink::Text) } else { (1.0, Ink::Grid) };
            shapes.push(rule((EDGE, y), (width - EDGE, y), thick, false, ink));
        }
        let height = y + EDGE;
        Picture { width, height, plot: Rect { left: EDGE, top: EDGE, right: width - EDGE, bottom: y }, shapes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> TableChart {
        let row = |name: &str| {
            let cell = "9 of 13 (69%), 95% interval 42% to 87%, similar authorities 79%, no clear difference";
            vec![name.to_owned(), cell.to_owned(), "no recommendations were due".to_owned()]
        };
        TableChart {
            title: "Two councils".to_owned(),
            headings: ["Council", "Complaints upheld", "Compliance with recommendations"].map(str::to_owned).into(),
            rows: vec![row("Luton"), row("Bournemouth, Christchurch and Poole")],
        }
    }

    #[test]
    fn no_text_leaves_the_table_or_stands_on_another() {
        for width in [280.0, 320.0, 480.0, 700.0, 1100.0] {
            let picture = table().picture(width);
            let inside = Rect { left: 0.0, top: 0.0, right: width, bottom: picture.height };
            let labels: Vec<&Label> = picture.labels().collect();
            for (place, label) in labels.iter().enumerate() {
                assert!(inside.holds(&label.bounds()), "{width}: {label:?}");
                let others = labels.iter().skip(place + 1);
                assert!(
                    others.into_iter().all(|other| !other.bounds().overlaps(&label.bounds())),
                    "{width}: {label:?}"
                );
            }
            let said: String = labels.iter().map(|label| label.text.as_str()).collect::<Vec<_>>().join(" ");
            assert!(said.contains("Luton") && said.contains("interval") && said.contains("due"), "{said}");
        }
    }
}
