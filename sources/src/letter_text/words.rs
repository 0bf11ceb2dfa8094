//! Words of a text, and phrases with a number in them.

use super::lines::Line;

/// A word, for comparing.
#[derive(Debug, Clone)]
pub(super) struct Word<'a> {
    /// In lower case, without punctuation at its ends; a percent sign stays.
    pub(super) text: String,
    /// As written.
    pub(super) raw: &'a str,
    /// Its line.
    pub(super) line: usize,
}

impl Word<'_> {
    /// The number that it is, as written but for thousands separators, and whether it is a percentage.
    pub(super) fn number(&self) -> Option<(String, bool)> {
        let (digits, percent) = self.text.strip_suffix('%').map_or((self.text.as_str(), false), |rest| (rest, true));
        let digits = digits.replace(',', "");
        let is_number = digits.starts_with(|first: char| first.is_ascii_digit())
            && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        is_number.then_some((digits, percent))
    }
}

/// The words of the lines; a percent sign apart belongs to the number before it.
pub(super) fn words<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<Word<'a>> {
    let mut words: Vec<Word<'a>> = Vec::new();
    for line in lines {
        for raw in line.text.split(' ') {
            let text = raw.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '%').to_lowercase();
            let number_before = words.last_mut().filter(|word| word.number().is_some_and(|(_, percent)| !percent));
            match (text.as_str(), number_before) {
                ("%", Some(number)) => number.text.push('%'),
                ("" | "%", _) => {}
                _ => words.push(Word { text, raw, line: line.number }),
            }
        }
    }
    words
}

/// Where a phrase was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    /// The place of its number among the words, if it has one.
    pub(super) number: Option<usize>,
    /// The place after its last word.
    pub(super) end: usize,
}

/// Whether `phrase` stands among `words` at the place `at`.
///
/// A phrase is words with a space between; `%` stands for a percentage, `#` for another number, `a|b` for either, `a?`
/// for one that may be missing, and `!a` for a word that must not follow.
pub(super) fn match_at(phrase: &str, words: &[Word<'_>], at: usize) -> Option<Match> {
    let mut found = Match { number: None, end: at };
    for part in phrase.split(' ') {
        let word = words.get(found.end);
        if let Some(forbidden) = part.strip_prefix('!') {
            if word.is_some_and(|word| word.text == forbidden) {
                return None;
            }
            continue;
        }
        let (part, optional) = part.strip_suffix('?').map_or((part, false), |part| (part, true));
        let fits = word.is_some_and(|word| match part {
            "%" => word.number().is_some_and(|(_, percent)| percent),
            "#" => word.number().is_some_and(|(_, percent)| !percent),
            part => part.split('|').any(|either| either == word.text),
        });
        if fits {
            if matches!(part, "%" | "#") {
                found.number = Some(found.end);
            }
            found.end += 1;
        } else if !optional {
            return None;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    #[test]
    fn a_phrase_is_found_over_line_breaks_with_its_number() {
        let lines = lines("On a total of 1,024\n(detailed) investigations, 54 % were\nupheld: 4.6 per 100,000.");
        let words = words(lines.iter());
        let found = |phrase: &str| {
            (0..words.len()).find_map(|at| match_at(phrase, &words, at)).and_then(|found| {
                let word = words.get(found.number?)?;
                Some((word.number()?.0, word.line))
            })
        };
        assert_eq!(found("total of # detailed? investigations|investigation"), Some(("1024".to_owned(), 1)));
        assert_eq!(found("% were upheld"), Some(("54".to_owned(), 2)));
        assert_eq!(found("# per 100,000"), Some(("4.6".to_owned(), 3)));
        assert_eq!(found("upheld # !per"), None);
    }
}
