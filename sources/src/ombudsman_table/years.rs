//! Reporting years in titles, names of sheets and of files.

use upheld_domain::year::ReportingYear;

/// The reporting years that `text` speaks of, each once, in their order: "2023-24", "2023/2024", "2023 to 24", "year ending 31 March
/// 2024", "2024-03-31". A bare "2024" says none: it may be the year of publication.
pub(super) fn years(text: &str) -> Vec<ReportingYear> {
    let tokens = tokens(text);
    let mut found: Vec<ReportingYear> = Vec::new();
    let mut rest = tokens.as_slice();
    while let [_, after @ ..] = rest {
        if let Some((year, taken)) = begins_with_year(rest) {
            if let Some(year) = ReportingYear::ending(year).filter(|year| !found.contains(year)) {
                found.push(year);
            }
            rest = rest.get(taken..).unwrap_or_default();
        } else {
            rest = after;
        }
    }
    found.sort_unstable();
    found
}

/// A number with as many digits, or a word in small letters.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    Number(u16, usize),
    Word(String),
}

/// Digits and letters apart, so that "fy2023-24" and "31march2024" are read too.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<String> = Vec::new();
    let mut last: Option<bool> = None;
    // More than that is no title.
    for character in text.chars().take(2_000) {
        let kind = character.is_alphanumeric().then(|| character.is_ascii_digit());
        match (kind, tokens.last_mut()) {
            (Some(_), Some(token)) if kind == last => token.extend(character.to_lowercase()),
            (Some(_), _) => tokens.push(character.to_lowercase().collect()),
            (None, _) => {}
        }
        last = kind;
    }
    let token = |text: String| match text.parse() {
        Ok(number) => Token::Number(number, text.len()),
        Err(_) => Token::Word(text),
    };
    tokens.into_iter().map(token).collect()
}

/// The year with which `tokens` begin, as the one in which it ends, and of how many tokens it is.
fn begins_with_year(tokens: &[Token]) -> Option<(u16, usize)> {
    use Token::{Number, Word};
    let follows = |first: u16, second: u16, digits: usize| {
        let ending = first.checked_add(1)?;
        (second == if digits == 2 { ending % 100 } else { ending }).then_some(ending)
    };
    match tokens {
        [Number(year, 4), Number(3, _), Number(31, 2), ..] | [Number(31, 2), Number(3, _), Number(year, 4), ..] => {
            Some((*year, 3))
        }
        [Number(first, 4), Number(second, digits @ (2 | 4)), ..] => Some((follows(*first, *second, *digits)?, 2)),
        [Number(first, 4), Word(to), Number(second, digits @ (2 | 4)), ..] if to == "to" || to == "and" => {
            Some((follows(*first, *second, *digits)?, 3))
        }
        [Word(month), Number(year, 4), ..] if month == "march" || month == "mar" => Some((*year, 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_read_however_it_is_written() {
        for (text, expected) in [
            ("Complaints decided 2023-24", &[2024][..]),
            ("decided_2023_24.csv", &[2024]),
            ("2023/24", &[2024]),
            ("2023–2024", &[2024]),
            ("2023 to 2024", &[2024]),
            ("year ending 31 March 2024", &[2024]),
            ("1 April 2023 to 31 March 2024", &[2024]),
            ("April 2023 to March 2024", &[2024]),
            ("31/03/2024", &[2024]),
            ("2024-03-31", &[2024]),
            ("FY2019-20 and 2020-21", &[2020, 2021]),
            ("2024", &[]),
            ("published July 2024", &[]),
            ("2023-25", &[]),
            ("1999-00", &[]),
            ("", &[]),
        ] {
            let keys: Vec<u16> = years(text).into_iter().map(ReportingYear::key).collect();
            assert_eq!(keys, expected, "{text}");
        }
    }
}
