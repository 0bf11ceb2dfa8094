//! The lines of a text, and where one line of a paragraph ends because the page does.

/// A line that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Counted as an editor counts: the first is 1.
    pub(super) number: usize,
    /// Which page it is on, where the text has form feeds; else 0.
    pub(super) page: usize,
    /// How many empty lines stand before it.
    pub(super) blanks: usize,
    /// Without spaces at its ends, and with single ones within.
    pub(super) text: String,
}

impl Line {
    /// Whether it begins with `words`, in lower case, however it is written.
    pub(super) fn starts_with(&self, words: &str) -> bool {
        self.text.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words))
    }

    /// In lower case.
    pub(super) fn lower(&self) -> String {
        self.text.to_lowercase()
    }

    /// Whether it ends as a sentence does.
    pub(super) fn ends_sentence(&self) -> bool {
        self.text.trim_end_matches(['”', '"', '’', '\'', ')']).ends_with(['.', '?', '!', ':', ';'])
    }

    /// Whether it begins as a sentence does.
    pub(super) fn begins_sentence(&self) -> bool {
        let first = self.text.chars().find(|letter| !matches!(letter, '‘' | '“' | '"' | '\'' | '('));
        first.is_some_and(|first| !first.is_lowercase())
    }

    /// How wide it is, in widths of an average letter. Letters are taken to be as wide as they mostly are in print.
    pub(super) fn width(&self) -> f64 {
        width(&self.text)
    }

    /// Whether `next` could have begun on this line, had it not been meant to stand on its own: the column is `column` wide.
    pub(super) fn leaves_room_for(&self, next: &Self, column: f64) -> bool {
        let word = next.text.split(' ').next().unwrap_or_default();
        self.width() + width(" ") + width(word) < 0.97 * column
    }
}

fn width(text: &str) -> f64 {
    text.chars().map(letter_width).sum()
}

fn letter_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '’' | '‘' | '|' => 0.4,
        ' ' | 'f' | 't' | 'r' | 'I' | '.' | ',' | ':' | ';' | '!' | '/' | '-' | '(' | ')' => 0.57,
        'm' | 'M' | '%' => 1.6,
        'w' | 'W' => 1.45,
        letter if letter.is_uppercase() => 1.3,
        _ => 1.0,
    }
}

/// The lines of `text`.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let (mut page, mut blanks) = (0, 0);
    for (place, raw) in text.split('\n').enumerate() {
        // A form feed before a line's first letter ends the page before it; one after it ends its own.
        let lead = raw.len() - raw.trim_start().len();
        let before = raw.get(..lead).unwrap_or_default().matches('\u{c}').count();
        page += before;
        let mut clean = String::new();
        for word in
            raw.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty())
        {
            if !clean.is_empty() {
                clean.push(' ');
            }
            clean.push_str(word.trim_matches(['\u{feff}', '\u{200b}']));
        }
        let text = clean.trim().to_owned();
        if text.is_empty() {
            blanks += 1;
        } else {
            found.push(Line { number: place + 1, page, blanks, text });
            blanks = 0;
        }
        page += raw.matches('\u{c}').count() - before;
    }
    found
}

/// Puts `next` after `text`, which is undone of its line break: with a space, or none where a word was broken.
///
/// A hyphen at the end of a line goes where `known` has the word without it; else it may be the word's own, and stays.
pub(super) fn join(text: &mut String, next: &str, known: impl Fn(&str) -> bool) {
    if let Some(stem) = text.strip_suffix('\u{ad}') {
        text.truncate(stem.len());
    } else if let Some(stem) = text.strip_suffix('-').filter(|stem| stem.ends_with(char::is_alphabetic)) {
        let first = stem.rsplit(' ').next().unwrap_or_default();
        let second: String = next.chars().take_while(|letter| letter.is_alphabetic()).collect();
        if known(&format!("{first}{second}")) {
            text.truncate(stem.len());
        }
    } else if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_empty_ones_counted() {
        let found = lines(" a  b \r\n\r\n \u{c}c\u{0}d\n");
        let told: Vec<_> = found.iter().map(|line| (line.number, line.page, line.blanks, line.text.as_str())).collect();
        assert_eq!(told, [(1, 0, 0, "a b"), (3, 1, 1, "c d")]);
    }

    #[test]
    fn a_hyphen_at_the_end_of_a_line_goes_only_where_it_is_known_not_to_be_the_words_own() {
        let joined = |before: &str, after: &str| {
            let mut text = before.to_owned();
            join(&mut text, after, |word| word == "recommend");
            text
        };
        assert_eq!(joined("we recom-", "mend that"), "we recommend that");
        assert_eq!(joined("a well-", "known case"), "a well-known case");
        assert_eq!(joined("a com\u{ad}", "plaint"), "a complaint");
        assert_eq!(joined("one -", "two"), "one - two");
        assert_eq!(joined("one", "two"), "one two");
    }
}
