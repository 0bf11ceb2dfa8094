//! The text of a letter: its lines made into headings, paragraphs and lists again.

use super::{
    furniture,
    lines::{Line, join},
};
use std::collections::BTreeSet;
use upheld_domain::letter::Block;

/// The text of a letter.
pub(super) struct Body {
    pub(super) title: String,
    pub(super) blocks: Vec<Block>,
}

/// Reads the lines below "Dear".
pub(super) fn read(lines: &[Line]) -> Body {
    let mut lines = furniture::without(lines);
    let is_title = |line: &&Line| {
        let text = line.lower();
        text.contains("annual") && (text.contains("letter") || text.contains("review")) && !line.ends_sentence()
    };
    let title = lines.iter().take(3).position(|line| is_title(line) && line.text.len() < 80);
    let title = title.map(|place| lines.remove(place).text.clone()).unwrap_or_default();
    Body { title, blocks: blocks(&lines) }
}

/// What a list's line begins with.
const BULLETS: &[char] = &['•', '◦', '▪', '●', '■', '·', '‣', '⁃', '\u{f0b7}', '\u{f0a7}', '\u{f02d}', '*'];

/// The text of an item of a list, if the line begins one.
pub(super) fn item(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(BULLETS) {
        return Some(rest.trim_start());
    }
    ["- ", "– ", "o ", ">> "].into_iter().find_map(|dash| text.strip_prefix(dash)).map(str::trim_start)
}

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Heading,
    Item,
    First,
    Next,
}

/// The blocks that the lines make.
pub(super) fn blocks(lines: &[&Line]) -> Vec<Block> {
    let shape = Shape::of(lines);
    let words: BTreeSet<&str> = lines
        .iter()
        .flat_map(|line| line.text.split(|letter: char| !letter.is_alphabetic()))
        .filter(|word| !word.is_empty())
        .collect();
    let known = |word: &str| words.contains(word);
    let mut blocks: Vec<Block> = Vec::new();
    let mut last = Part::Heading;
    for (place, line) in lines.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| lines.get(before)).copied();
        let part = shape.part(line, before, lines.get(place + 1).copied(), last);
        match (part, blocks.last_mut()) {
            (Part::Next, Some(Block::Paragraph(text))) => join(text, &line.text, known),
            (Part::Next, Some(Block::List(items))) => match items.last_mut() {
                Some(text) => join(text, &line.text, known),
                None => items.push(line.text.clone()),
            },
            (Part::Item, Some(Block::List(items))) => items.push(item(&line.text).unwrap_or_default().to_owned()),
            (Part::Item, _) => blocks.push(Block::List(vec![item(&line.text).unwrap_or_default().to_owned()])),
            (Part::Heading, _) => blocks.push(Block::Heading(line.text.clone())),
            _ => blocks.push(Block::Paragraph(line.text.clone())),
        }
        last = match part {
            Part::Next => last,
            part => part,
        };
    }
    for block in &mut blocks {
        if let Block::List(items) = block {
            items.retain(|item| !item.is_empty());
        }
    }
    blocks.retain(|block| !matches!(block, Block::List(items) if items.is_empty()));
    blocks
}

/// How the lines are set.
struct Shape {
    /// How wide the widest is.
    column: f64,
    /// Whether empty lines stand between paragraphs only, not between all lines.
    blanks_tell: bool,
}

impl Shape {
    fn of(lines: &[&Line]) -> Self {
        let column = lines.iter().map(|line| line.width()).fold(0.0, f64::max);
        // Within a sentence that goes on, an empty line tells nothing of paragraphs.
        let within = lines
            .iter()
            .zip(lines.iter().skip(1))
            .filter(|(line, next)| !line.ends_sentence() && !next.begins_sentence() && line.width() > 0.7 * column);
        let (mut all, mut apart) = (0, 0);
        for (_, next) in within {
            all += 1;
            apart += usize::from(next.blanks > 0);
        }
        // Some pages begin within a sentence, and a page that begins is an empty line too.
        Self { column, blanks_tell: 3 * apart <= all }
    }

    fn part(&self, line: &Line, before: Option<&Line>, next: Option<&Line>, last: Part) -> Part {
        if item(&line.text).is_some() {
            return Part::Item;
        }
        let Some(before) = before else { return self.start(line, next) };
        let goes_on = !before.ends_sentence() && !line.begins_sentence();
        let room = before.leaves_room_for(line, self.column);
        let ends = match last {
            Part::Heading => true,
            _ if goes_on => false,
            _ if self.blanks_tell && line.page == before.page => line.blanks > 0,
            Part::Item => room,
            // What a colon announces begins anew. A heading can follow a last line that is full.
            _ if before.text.ends_with(':') && line.begins_sentence() => true,
            _ => before.ends_sentence() && (room || self.start(line, next) == Part::Heading),
        };
        if ends { self.start(line, next) } else { Part::Next }
    }

    /// What a line is that belongs to none before it.
    fn start(&self, line: &Line, next: Option<&Line>) -> Part {
        let short = line.width() < 0.75 * self.column || line.text.len() < 50;
        let apart = next.is_some_and(|next| next.begins_sentence() && line.leaves_room_for(next, self.column));
        let sentence = line.ends_sentence() || line.text.ends_with(',') || !line.begins_sentence();
        let own = next.is_some_and(|next| !self.blanks_tell || next.blanks > 0 || line.blanks > 0);
        if short && apart && own && !sentence { Part::Heading } else { Part::First }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn made(text: &str) -> Vec<Block> {
        let lines = lines(text);
        blocks(&lines.iter().collect::<Vec<_>>())
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(text.to_owned())
    }

    #[test]
    fn paragraphs_are_told_by_empty_lines_or_by_the_room_at_their_ends() {
        let single = "The councils of this county answered as they should, and they did so\n\
                      in good time. That is a pleasure to see.\nWe thank them.\n\nThe next year will be harder.\n";
        let blocks = [
            paragraph(
                "The councils of this county answered as they should, and they did so in good time. That is a pleasure \
                 to see. We thank them.",
            ),
            paragraph("The next year will be harder."),
        ];
        assert_eq!(made(single), blocks);
        let double = "The councils of this county answered as they should, and they did so\n\n\
                      in good time. That is a pleasure to see, and one that we would like to\n\n\
                      have again.\n\nThe next year will be harder.\n";
        assert_eq!(
            made(double),
            [
                paragraph(
                    "The councils of this county answered as they should, and they did so in good time. That is a \
                     pleasure to see, and one that we would like to have again."
                ),
                paragraph("The next year will be harder.")
            ]
        );
    }

    #[test]
    fn headings_and_lists_are_told_apart_from_sentences() {
        let text = "Training\n\nWe gave courses on three things that every council will want to know about:\n\n\
                    • complaints that come late, and what is to be done about them when they\ndo\n• remedies\n• reports\n\n\
                    Ask us for one.\n";
        assert_eq!(
            made(text),
            [
                Block::Heading("Training".to_owned()),
                paragraph("We gave courses on three things that every council will want to know about:"),
                Block::List(vec![
                    "complaints that come late, and what is to be done about them when they do".to_owned(),
                    "remedies".to_owned(),
                    "reports".to_owned()
                ]),
                paragraph("Ask us for one."),
            ]
        );
    }

    #[test]
    fn a_sentence_goes_on_over_the_end_of_a_page() {
        let text = "Nobody can know how a year will end that has begun with so much rain on a road\n\u{c}\n\n\
                    that was none too dry before.\n";
        assert_eq!(made(text).len(), 1);
    }
}
