//! The order in which a page is read: letters make pieces of lines, and pieces stand in columns.

use super::walk::Glyph;

/// A piece of a line: letters without a wide gap between them.
#[derive(Debug, Clone)]
struct Piece {
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    bold: bool,
    text: String,
}

/// As many pieces as a page can have to be read in columns; one with more is read row by row.
const MOST_IN_COLUMNS: usize = 300;

/// The text of a page in reading order: a line for each piece, and an empty one where there is a gap.
pub(super) fn text(glyphs: Vec<Glyph>) -> String {
    let pieces = pieces(glyphs);
    let order = if pieces.len() > MOST_IN_COLUMNS { (0..pieces.len()).collect() } else { order(&pieces) };
    let ordered: Vec<&Piece> = order.into_iter().filter_map(|place| pieces.get(place)).collect();
    // Most steps are from line to line; those between paragraphs are larger, and can be many.
    let mut steps: Vec<f64> = ordered
        .iter()
        .zip(ordered.iter().skip(1))
        .map(|(one, next)| one.y - next.y)
        .filter(|step| *step > 1.0)
        .collect();
    steps.sort_by(f64::total_cmp);
    let usual = steps.get(steps.len() / 4).copied().unwrap_or(0.0);
    let mut text = String::new();
    let mut before: Option<&Piece> = None;
    for piece in ordered {
        if let Some(before) = before {
            let step = before.y - piece.y;
            let gap = step > 1.4 * usual.min(2.0 * before.size) || step < -0.5 * piece.size;
            text.push_str(if gap { "\n\n" } else { "\n" });
        }
        text.push_str(&piece.text);
        before = Some(piece);
    }
    text.push('\n');
    text
}

/// The pieces of lines that the letters make, from the top down and from left to right.
fn pieces(mut glyphs: Vec<Glyph>) -> Vec<Piece> {
    glyphs.sort_by(|one, other| other.y.total_cmp(&one.y).then(one.x.total_cmp(&other.x)));
    let mut pieces = Vec::new();
    let mut row: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        // Letters that are raised a little are of their line; those of the next line are lower by more.
        let same = row.first().is_none_or(|first| first.y - glyph.y < 0.4 * first.size.max(glyph.size));
        if !same {
            pieces.extend(of_row(std::mem::take(&mut row)));
        }
        row.push(glyph);
    }
    pieces.extend(of_row(row));
    pieces
}

fn of_row(mut row: Vec<Glyph>) -> Vec<Piece> {
    row.sort_by(|one, other| one.x.total_cmp(&other.x));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut spaced = false;
    let mut last: Option<(String, f64)> = None;
    for glyph in row {
        if glyph.text.trim().is_empty() {
            spaced = true;
            continue;
        }
        // What is drawn twice, to look bold, is there once.
        let again =
            last.as_ref().is_some_and(|(text, x)| *text == glyph.text && (glyph.x - x).abs() < 0.15 * glyph.size);
        if again {
            continue;
        }
        last = Some((glyph.text.clone(), glyph.x));
        match pieces.last_mut() {
            Some(piece) if goes_on(piece, &glyph) => {
                if spaced || glyph.x - piece.end > 0.18 * glyph.size {
                    piece.text.push(' ');
                }
                piece.text.push_str(&glyph.text);
                piece.end = piece.end.max(glyph.end);
                piece.size = piece.size.max(glyph.size);
            }
            _ => pieces.push(Piece {
                x: glyph.x,
                end: glyph.end,
                y: glyph.y,
                size: glyph.size,
                bold: glyph.bold,
                text: glyph.text,
            }),
        }
        spaced = false;
    }
    pieces
}

/// Whether a letter goes on with a piece: it is near, or the piece is the mark of an item of a list.
fn goes_on(piece: &Piece, glyph: &Glyph) -> bool {
    let mark =
        matches!(piece.text.as_str(), "•" | "●" | "▪" | "◦" | "■" | "–" | "-" | "o" | "·" | "\u{f0b7}" | "\u{f0a7}");
    let numbered = piece.text.len() < 4 && piece.text.ends_with(['.', ')']);
    let most = if mark || numbered { 5.0 } else { 1.2 };
    glyph.x - piece.end < most * piece.size.max(glyph.size)
}

/// The places of the pieces in the order in which they are read.
///
/// Of two pieces one above the other, the upper is read first; of two beside each other, the left one, unless a piece
/// that spans both stands between them. (Breuel, "High performance document layout analysis", 2003.)
fn order(pieces: &[Piece]) -> Vec<usize> {
    let spans = spans(pieces);
    let overlap = |one: usize, other: usize| match (spans.get(one), spans.get(other)) {
        (Some(one), Some(other)) => one.0 < other.1 && other.0 < one.1,
        _ => false,
    };
    let y = |place: usize| pieces.get(place).map_or(0.0, |piece| piece.y);
    let before = |one: usize, other: usize| {
        if overlap(one, other) {
            return y(one) > y(other);
        }
        let left = spans.get(one).zip(spans.get(other)).is_some_and(|(one, other)| one.1 <= other.0);
        let (low, high) = (y(one).min(y(other)), y(one).max(y(other)));
        let between = |third: usize| low < y(third) && y(third) < high && overlap(third, one) && overlap(third, other);
        left && !(0..pieces.len()).any(between)
    };
    let count = pieces.len();
    let mut waits: Vec<Vec<usize>> = (0..count).map(|_| Vec::new()).collect();
    let mut awaited = vec![0_usize; count];
    for one in 0..count {
        for other in (0..count).filter(|other| *other != one) {
            if before(one, other) {
                if let Some(waiting) = waits.get_mut(one) {
                    waiting.push(other);
                }
                if let Some(number) = awaited.get_mut(other) {
                    *number += 1;
                }
            }
        }
    }
    let mut left: Vec<usize> = (0..count).collect();
    let mut order = Vec::with_capacity(count);
    while !left.is_empty() {
        // Where pieces wait for each other, which no real page should have, the uppermost goes first.
        let free = left.iter().position(|place| awaited.get(*place) == Some(&0)).unwrap_or(0);
        let place = left.remove(free);
        order.push(place);
        for waiting in waits.get(place).into_iter().flatten() {
            if let Some(number) = awaited.get_mut(*waiting) {
                *number = number.saturating_sub(1);
            }
        }
    }
    order
}

/// From where to where each piece reaches. A heading that stands alone on its row reaches over the page: what is below it
/// is read after all that is above.
fn spans(pieces: &[Piece]) -> Vec<(f64, f64)> {
    let mut sizes: Vec<f64> = pieces.iter().map(|piece| piece.size).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    let bold = pieces.iter().filter(|piece| piece.bold).count();
    let page = pieces.iter().fold((f64::MAX, f64::MIN), |(from, to), piece| (from.min(piece.x), to.max(piece.end)));
    let span = |piece: &Piece| {
        let heading = piece.size > 1.15 * usual || (piece.bold && 2 * bold < pieces.len());
        let beside = |other: &&Piece| (other.y - piece.y).abs() < 0.9 * piece.size.max(other.size);
        let alone = pieces.iter().filter(beside).count() == 1;
        // A number in large print is no heading.
        let words = piece.text.chars().filter(|letter| letter.is_alphabetic()).count() > 3;
        if heading && alone && words { page } else { (piece.x, piece.end) }
    };
    pieces.iter().map(span).collect()
}
