//! Numbers as tables print them: with signs of percent, separators of thousands, marks of footnotes, or words for nothing.

use super::wording::{tidy, without_marks};
use upheld_domain::figures::Kind;

/// What a cell of numbers holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Printed {
    /// Nothing, in whichever word: never a nought.
    Nothing,
    /// A number.
    Number(Number),
    /// Something else.
    Other(Oddity),
}

/// A number in plain digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// "1234.5"
    pub(super) digits: String,
    /// Whether it is marked as a percentage.
    pub(super) percent: bool,
}

impl Number {
    pub(super) fn value(&self) -> f64 {
        self.digits.parse().unwrap_or(f64::NAN)
    }

    /// Its digits as a figure of `kind` has them: noughts at the end that say no more are left out.
    pub(super) fn as_kind(&self, kind: Kind) -> String {
        let decimals = match kind {
            Kind::Count => 0,
            Kind::Percentage => 1,
            Kind::PerHundredThousand => 2,
        };
        let Some((whole, fraction)) = self.digits.split_once('.') else { return self.digits.clone() };
        let kept =
            fraction.len() - fraction.get(decimals..).map_or(0, |end| end.len() - end.trim_end_matches('0').len());
        let fraction = fraction.get(..kept).unwrap_or_default();
        if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
    }

    /// A hundred times as much, digit by digit.
    pub(super) fn hundredfold(&self) -> Self {
        let (whole, fraction) = self.digits.split_once('.').unwrap_or((&self.digits, ""));
        let padded = format!("{fraction:0<2}");
        let (up, rest) = padded.split_at_checked(2).unwrap_or((&padded, ""));
        let whole = format!("{whole}{up}");
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let digits = if rest.is_empty() { whole.to_owned() } else { format!("{whole}.{rest}") };
        Self { digits, percent: true }
    }
}

/// Why a cell is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddity {
    /// "#DIV/0!"
    SpreadsheetError,
    /// "54,5"
    Comma,
    /// Anything else.
    Text,
}

/// Words for nothing, in small letters.
const NOTHING: [&str; 14] =
    ["", "n/a", "n/a.", "na", "n.a.", "n.a", "not applicable", "not available", "-", "–", "—", "−", "..", "*"];

/// What `text` holds.
pub(super) fn printed(text: &str) -> Printed {
    let nothing = |text: &str| NOTHING.contains(&text.to_lowercase().as_str());
    let whole = tidy(text);
    if nothing(&whole) {
        return Printed::Nothing;
    }
    if whole.starts_with('#') || whole.starts_with("Err:") {
        return Printed::Other(Oddity::SpreadsheetError);
    }
    let text = without_marks(&whole);
    if nothing(&text) {
        return Printed::Nothing;
    }
    let text = text.replace('٪', "%");
    let sign = ["%", "per cent", "percent"].into_iter().find_map(|sign| text.strip_suffix(sign));
    let unmarked = sign.or_else(|| text.strip_prefix('%'));
    let number = unmarked.unwrap_or(&text).trim();
    match digits(number) {
        Ok(digits) => Printed::Number(Number { digits, percent: unmarked.is_some() }),
        Err(oddity) => Printed::Other(oddity),
    }
}

/// `number` without separators of thousands.
fn digits(number: &str) -> Result<String, Oddity> {
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(whole, fraction)| (whole, Some(fraction)));
    if fraction.is_some_and(|fraction| !all(fraction)) {
        return Err(Oddity::Text);
    }
    let groups: Vec<&str> = whole.split([',', ' ']).collect();
    let [first, rest @ ..] = groups.as_slice() else { return Err(Oddity::Text) };
    if !groups.iter().all(|group| all(group)) {
        return Err(Oddity::Text);
    }
    if !rest.is_empty() && (first.len() > 3 || rest.iter().any(|group| group.len() != 3)) {
        return Err(if whole.contains(',') && rest.len() == 1 { Oddity::Comma } else { Oddity::Text });
    }
    let whole = groups.concat();
    Ok(fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}")))
}

/// In what a column of percentages is written where it has no signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// In percent: 54 is 54%.
    Percent,
    /// In fractions of one: 0.54 is 54%. Each was taken a hundredfold.
    Fractions,
    /// It cannot be told, and nothing without a sign was taken but noughts.
    Undecided,
}

/// In what the numbers of a column of percentages are written. `says_percent`: its heading does.
///
/// Where one is above 1, it is percent. Where all lie from 0 to 1 and some between, they are fractions, unless the heading or
/// signs in other cells say that it is percent: then nothing is decided. Nor is it for a column of nothing but noughts and ones.
pub(super) fn unit(numbers: &[Number], says_percent: bool) -> Unit {
    let bare = || numbers.iter().filter(|number| !number.percent).map(Number::value);
    let marked = numbers.iter().any(|number| number.percent);
    if bare().any(|value| value > 1.0) || bare().all(|value| value <= 0.0) {
        Unit::Percent
    } else if bare().any(|value| value > 0.0 && value < 1.0) && !marked && !says_percent {
        Unit::Fractions
    } else {
        Unit::Undecided
    }
}

/// `number`, of a column written in `unit`, in percent; none where that is doubtful.
pub(super) fn in_percent(number: &Number, unit: Unit) -> Option<Number> {
    let value = number.value();
    match unit {
        _ if number.percent || value <= 0.0 => Some(number.clone()),
        Unit::Percent if value >= 1.0 => Some(number.clone()),
        Unit::Fractions => Some(number.hundredfold()),
        Unit::Percent | Unit::Undecided => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        match printed(text) {
            Printed::Number(number) => number,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_number_is_read_without_what_typesetting_adds() {
        for (text, digits, percent) in [
            ("54", "54", false),
            (" 54\u{a0}", "54", false),
            ("54%", "54", true),
            ("54.2 %", "54.2", true),
            ("54 per cent", "54", true),
            ("%54", "54", true),
            ("1,234", "1234", false),
            ("1\u{a0}234", "1234", false),
            ("12,345,678.5", "12345678.5", false),
            ("54 [1]", "54", false),
            ("54%*", "54", true),
            ("54†", "54", false),
            ("0", "0", false),
        ] {
            assert_eq!(number(text), Number { digits: digits.to_owned(), percent }, "{text}");
        }
    }

    #[test]
    fn nothing_is_never_a_nought() {
        for text in ["", " ", "n/a", "N/A", "-", "–", "—", "*", "..", "\u{a0}", "- [1]", "n/a*", "Not applicable"] {
            assert_eq!(printed(text), Printed::Nothing, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_told_by_its_kind() {
        for (text, oddity) in [
            ("#DIV/0!", Oddity::SpreadsheetError),
            ("Err:502", Oddity::SpreadsheetError),
            ("54,5", Oddity::Comma),
            ("1,23", Oddity::Comma),
            ("-5", Oddity::Text),
            ("<5", Oddity::Text),
            ("nil", Oddity::Text),
            ("5.", Oddity::Text),
            ("1e3", Oddity::Text),
            ("2023-24", Oddity::Text),
        ] {
            assert_eq!(printed(text), Printed::Other(oddity), "{text}");
        }
    }

    #[test]
    fn noughts_at_the_end_say_no_more() {
        assert_eq!(number("13.0").as_kind(Kind::Count), "13");
        assert_eq!(number("13.5").as_kind(Kind::Count), "13.5");
        assert_eq!(number("54.00%").as_kind(Kind::Percentage), "54.0");
        assert_eq!(number("54.25%").as_kind(Kind::Percentage), "54.25");
        assert_eq!(number("4.600").as_kind(Kind::PerHundredThousand), "4.60");
    }

    #[test]
    fn a_fraction_is_a_hundredth() {
        for (text, expected) in
            [("0.54", "54"), ("0.5", "50"), ("1", "100"), ("0.541", "54.1"), ("0.05", "5"), ("0", "0")]
        {
            assert_eq!(number(text).hundredfold().digits, expected);
        }
    }

    #[test]
    fn the_unit_of_a_column_is_decided_by_all_of_it() {
        let of = |texts: &[&str], heading| unit(&texts.iter().map(|text| number(text)).collect::<Vec<_>>(), heading);
        assert_eq!(of(&["54", "0", "1"], false), Unit::Percent);
        assert_eq!(of(&["0.54", "0", "1"], false), Unit::Fractions);
        assert_eq!(of(&["0.54", "0", "1"], true), Unit::Undecided);
        assert_eq!(of(&["0.54", "54%"], false), Unit::Undecided);
        assert_eq!(of(&["1", "0"], false), Unit::Undecided);
        assert_eq!(of(&["0", "0"], false), Unit::Percent);
        assert_eq!(of(&["54%", "100%"], false), Unit::Percent);
        assert_eq!(of(&[], false), Unit::Percent);
        let taken = |text, unit| in_percent(&number(text), unit).map(|number| number.digits);
        assert_eq!(taken("0.5", Unit::Percent), None);
        assert_eq!(taken("0.5%", Unit::Undecided).as_deref(), Some("0.5"));
        assert_eq!(taken("1", Unit::Undecided), None);
        assert_eq!(taken("1", Unit::Fractions).as_deref(), Some("100"));
    }
}
