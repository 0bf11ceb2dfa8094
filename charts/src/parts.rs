//! What the layouts of the charts share.

use crate::{
    picture::{Anchor, Ink, Label, Rect, Shape},
    text::wrap,
};

/// Between the edge of a picture and anything in it.
pub(crate) const EDGE: f64 = 4.0;
/// The size of small text.
pub(crate) const SMALL: f64 = 12.0;
/// The size of the label of what is chosen.
pub(crate) const STRONG: f64 = 14.0;
/// From one line of small text to the next.
pub(crate) const LINE: f64 = 16.0;
/// What stands before the words of a key.
const SIGN: f64 = 20.0;

/// Small text, to be read second.
pub(crate) fn muted(text: String, x: f64, y: f64, anchor: Anchor) -> Label {
    Label { text, x, y, anchor, size: SMALL, bold: false, ink: Ink::Muted }
}

/// A straight line along one of the axes.
pub(crate) fn rule(from: (f64, f64), to: (f64, f64), thick: f64, dashed: bool, ink: Ink) -> Shape {
    Shape::Rule { from, to, thick, dashed, ink }
}

/// How many there are, as a length.
pub(crate) fn many<T>(items: &[T]) -> f64 {
    items.iter().fold(0.0, |count, _| count + 1.0)
}

/// `text` in lines from `top` on, each anchored at `x`. Answers where they end.
pub(crate) fn lines(shapes: &mut Vec<Shape>, lines: Vec<String>, like: &Label, top: f64, high: f64) -> f64 {
    let mut y = top;
    for text in lines {
        shapes.push(Shape::Label(Label { text, y: y + high / 2.0, ..like.clone() }));
        y += high;
    }
    y
}

/// A row of a key: `signs`, drawn about the middle of their room, and `words`. Answers where it ends.
pub(crate) fn key_row(
    shapes: &mut Vec<Shape>,
    signs: impl FnOnce(f64, f64) -> Shape,
    words: &str,
    top: f64,
    width: f64,
) -> f64 {
    shapes.push(signs(EDGE + 7.0, top + LINE / 2.0));
    let like = muted(String::new(), EDGE + SIGN, 0.0, Anchor::Start);
    lines(shapes, wrap(words, SMALL, false, width - 2.0 * EDGE - SIGN), &like, top, LINE)
}

/// The dashes of a line that joins `points`: three pixels each, and three between.
pub(crate) fn dashes(points: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
    const DASH: f64 = 3.0;
    let mut dashes: Vec<Vec<(f64, f64)>> = Vec::new();
    // How much is left of the dash, or of the gap after it.
    let (mut left, mut drawn) = (0.0, false);
    for ends in points.windows(2) {
        let [(x, y), to] = ends else { continue };
        let length = (to.0 - x).hypot(to.1 - y);
        let mut gone = 0.0;
        while length - gone > 1e-9 {
            let at = |gone: f64| (x + (to.0 - x) * gone / length, y + (to.1 - y) * gone / length);
            if left <= 0.0 {
                (left, drawn) = (DASH, !drawn);
                if drawn {
                    dashes.push(vec![at(gone)]);
                }
            }
            let step = f64::min(left, length - gone);
            (gone, left) = (gone + step, left - step);
            if let Some(dash) = dashes.last_mut().filter(|_| drawn) {
                dash.push(at(gone));
            }
        }
    }
    dashes
}

/// Keeps labels off a slanted line.
pub(crate) fn take_line(taken: &mut Vec<Rect>, from: (f64, f64), to: (f64, f64)) {
    let steps = ((to.0 - from.0).hypot(to.1 - from.1) / 3.0).ceil().max(1.0);
    let mut step = 0.0;
    while step <= steps {
        let share = step / steps;
        taken.push(Rect::around(from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1), 2.0));
        step += 1.0;
    }
}

/// Sets `label` in the first of `places` that has room within `inside`: no other of `labels` there, and nothing that is
/// `taken`. Where none has and it `must` stand, in the first where it runs over no other text. Whether it stands.
pub(crate) fn set(
    labels: &mut Vec<Label>,
    taken: &[Rect],
    inside: &Rect,
    mut label: Label,
    places: &[(f64, f64, Anchor)],
    must: bool,
) -> bool {
    for over_others in [false, true] {
        if over_others && !must {
            return false;
        }
        for place in places {
            (label.x, label.y, label.anchor) = *place;
            let room = label.bounds();
            let legible = inside.holds(&room) && !labels.iter().any(|other| other.bounds().overlaps(&room));
            let free = over_others || !taken.iter().any(|taken| taken.overlaps(&room));
            if legible && free {
                labels.push(label);
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_are_as_long_as_the_gaps_between_them_whatever_the_corners() {
        // 60 long: ten dashes of three, round corners that do not come at their ends.
        let points = [(0.0, 0.0), (10.0, 0.0), (10.0, 0.0), (10.0, 25.0), (35.0, 25.0)];
        let dashes = dashes(&points);
        assert_eq!(dashes.len(), 10);
        let length = |dash: &Vec<(f64, f64)>| -> f64 {
            dash.windows(2).map(|ends| (ends[1].0 - ends[0].0).hypot(ends[1].1 - ends[0].1)).sum()
        };
        assert!(dashes.iter().all(|dash| (length(dash) - 3.0).abs() < 1e-6), "{dashes:?}");
    }
}
