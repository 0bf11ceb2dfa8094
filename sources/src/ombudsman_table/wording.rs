//! Texts of a table as they are compared: words in small letters, without what typesetting adds.

/// `text` on one line, its kinds of spaces made plain, none at its ends or twice in a row.
pub(super) fn tidy(text: &str) -> String {
    let visible = |character: &char| !matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}');
    let text: String = text.chars().filter(visible).collect();
    text.split(|character: char| character.is_whitespace() || character == '\u{a0}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `text`, tidied, without the marks of footnotes at its end: "Luton Borough Council*", "54 [1]", "Upheld²".
pub(super) fn without_marks(text: &str) -> String {
    let mut text = tidy(text);
    loop {
        let before = text.len();
        let trimmed = text.trim_end_matches(|character: char| {
            matches!(character, '*' | '†' | '‡' | '§' | '¶' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
                || character.is_whitespace()
        });
        let end = bracketed(trimmed, '[', ']').or_else(|| bracketed(trimmed, '(', ')')).unwrap_or(trimmed.len());
        text.truncate(end);
        if text.len() == before {
            return text;
        }
    }
}

/// Where a mark in brackets at the end of `text` begins: one or two digits, a single small letter, "note 3".
fn bracketed(text: &str, open: char, close: char) -> Option<usize> {
    let inner = text.strip_suffix(close)?;
    let start = inner.rfind(open).filter(|start| *start > 0)?;
    let mark = inner.get(start + open.len_utf8()..)?;
    let mark = mark.strip_prefix("note ").unwrap_or(mark);
    let number = (1..=2).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit());
    let letter = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_lowercase());
    (number || letter).then_some(start)
}

/// The words of a heading or title, in small letters: "%" is "percent", and "100,000" is "100000".
pub(super) fn words(text: &str) -> Vec<String> {
    let text = without_marks(text).to_lowercase().replace('%', " percent ").replace("per cent", "percent");
    let text = text.replace("100,000", "100000").replace("100 000", "100000").replace("100k", "100000");
    let separated = text.split(|character: char| !character.is_alphanumeric() && character != '\'' && character != '’');
    separated.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_footnotes_are_taken_off_and_nothing_else() {
        for (text, expected) in [
            (" Luton\u{a0}Borough  Council* ", "Luton Borough Council"),
            ("Luton†‡ [12]", "Luton"),
            ("54 [1]", "54"),
            ("54 (a)", "54"),
            ("54²", "54"),
            ("Kent (note 3)", "Kent"),
            ("Newport (Shropshire)", "Newport (Shropshire)"),
            ("Uphold rate (%)", "Uphold rate (%)"),
            ("[1]", "[1]"),
            ("*", ""),
            ("", ""),
        ] {
            assert_eq!(without_marks(text), expected, "{text}");
        }
    }

    #[test]
    fn a_heading_is_its_words() {
        assert_eq!(words("Uphold rate\n(%)¹"), ["uphold", "rate", "percent"]);
        assert_eq!(words("Upheld per 100,000"), ["upheld", "per", "100000"]);
    }
}
