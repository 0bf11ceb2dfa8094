//! Dates, and the reporting year that a text is about.

use super::lines::Line;
use upheld_domain::year::ReportingYear;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The date that `text` is, if it is one and nothing else: "22 July 2020", perhaps after "Date:" or a weekday.
pub(super) fn date(text: &str) -> Option<String> {
    let text = text.strip_prefix("Date").map_or(text, |rest| rest.trim_start_matches([':', ' ']));
    let words: Vec<&str> = text.split(' ').collect();
    let (day, month, year) = match words.as_slice() {
        [day, month, year] => (day, month, year),
        [weekday, day, month, year] if weekday.trim_end_matches(',').ends_with("day") => (day, month, year),
        _ => return None,
    };
    let day_number: u8 = day.trim_end_matches(|letter: char| letter.is_alphabetic()).parse().ok()?;
    let is_date = (1..=31).contains(&day_number)
        && MONTHS.contains(&month.trim_end_matches(',').to_lowercase().as_str())
        && year.len() == 4
        && year.bytes().all(|byte| byte.is_ascii_digit());
    is_date.then(|| format!("{day} {month} {year}"))
}

/// The reporting year that the lines name, with the line: "period ending 31/03/20", "31 March 2020".
pub(super) fn year_of(lines: &[Line]) -> Option<(ReportingYear, usize)> {
    // A date can be broken over two lines.
    let mut words: Vec<(&str, usize)> = Vec::new();
    for line in lines {
        words.extend(line.text.split(' ').map(|word| (word, line.number)));
    }
    let year = |word: &str| {
        let digits = word.trim_matches(|letter: char| !letter.is_ascii_digit());
        Some(digits).filter(|digits| digits.len() == 4)?.parse().ok().and_then(ReportingYear::ending)
    };
    let spelt = |at: usize| match words.get(at..at + 3)? {
        [(day, line), (month, _), (ending, _)]
            if matches!(day.to_lowercase().as_str(), "31" | "31st") && month.eq_ignore_ascii_case("march") =>
        {
            Some((year(ending)?, *line))
        }
        _ => None,
    };
    let in_digits = |at: usize| {
        let (word, line) = words.get(at)?;
        let digits = word.trim_matches(|letter: char| !letter.is_ascii_digit());
        let ending = digits.strip_prefix("31/03/").or_else(|| digits.strip_prefix("31.03."))?;
        let ending: u16 = ending.parse().ok()?;
        let ending = if ending < 100 { 2000 + ending } else { ending };
        Some((ReportingYear::ending(ending)?, *line))
    };
    (0..words.len()).find_map(|at| in_digits(at).or_else(|| spelt(at)))
}

/// The reporting year that a title names: "Annual Review letter 2020", "Annual review letter 2023-24".
pub(super) fn year_of_title(title: &str) -> Option<ReportingYear> {
    title.split(' ').find_map(|word| word.trim_matches(|letter: char| !letter.is_ascii_digit()).parse().ok())
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    #[test]
    fn a_date_is_a_date_and_nothing_else() {
        assert_eq!(date("22 July 2020").as_deref(), Some("22 July 2020"));
        assert_eq!(date("Date: Monday, 1st June 2015").as_deref(), Some("1st June 2015"));
        for text in ["", "July 2020", "22 Jully 2020", "41 July 2020", "22 July 20", "on 22 July 2020 we"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn the_year_is_read_in_words_and_in_digits_over_line_breaks() {
        let year = |text: &str| year_of(&lines(text)).map(|(year, line)| (year.key(), line));
        assert_eq!(year("for the year ending\n31 March\n2020."), Some((2020, 2)));
        assert_eq!(year("For the period ending: 31/03/20"), Some((2020, 1)));
        assert_eq!(year("For the Period Ending:\n31/03/2016"), Some((2016, 2)));
        assert_eq!(year("on 30 March 2020, 31 May 2020, 31 March 1999"), None);
        assert_eq!(year_of_title("Annual review letter 2023-24").map(ReportingYear::key), Some(2024));
        assert_eq!(year_of_title("Annual Review letter 2020").map(ReportingYear::key), Some(2020));
        assert_eq!(year_of_title("Annual letter"), None);
    }
}
