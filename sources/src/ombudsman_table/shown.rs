//! Numbers as a spreadsheet program shows them.

/// `value` as `format`, the code of a number format, shows it: what is printed is what the maker of the table meant to say.
/// Formats that are not of plain numbers or percentages show the number in full.
pub(super) fn shown(value: f64, format: Option<&str>) -> String {
    let Some(Plain { decimals, percent }) = format.and_then(plain) else { return in_full(value) };
    let text = rounded(if percent { value * 100.0 } else { value }, decimals);
    if percent { text + "%" } else { text }
}

/// `value` with as many decimals, halves away from nought.
fn rounded(value: f64, decimals: usize) -> String {
    // Half a unit of the last place is often a hair less in binary: 0.545 × 100.
    let nudged = value + value.abs() * 1e-12_f64.copysign(value);
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    format!("{:.decimals$}", (nudged * scale).round() / scale)
}

/// `value` with all that it has, up to ten decimals: fewer than the last places of binary arithmetic.
fn in_full(value: f64) -> String {
    let text = format!("{value:.10}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

struct Plain {
    decimals: usize,
    percent: bool,
}

/// What `format` says of positive numbers, if it is a plain one: "0%", "0.0", "#,##0", "0.0\ %;-0.0".
fn plain(format: &str) -> Option<Plain> {
    let (mut places, mut percent): (Option<usize>, bool) = (None, false);
    let mut digits = false;
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        match character {
            ';' => break,
            '"' => while characters.next().is_some_and(|character| character != '"') {},
            '[' => while characters.next().is_some_and(|character| character != ']') {},
            // Before a character that is shown as it is, that is as wide as nothing, that fills the cell.
            '\\' | '_' | '*' => drop(characters.next()),
            '0' | '#' | '?' => {
                digits = true;
                places = places.map(|places| places + usize::from(character == '0'));
            }
            '.' if places.is_none() => places = Some(0),
            ',' if places.is_none() => {}
            '%' if !percent => percent = true,
            ' ' | '(' | ')' | '-' | '+' | '\u{a0}' => {}
            _ => return None,
        }
    }
    digits.then_some(Plain { decimals: places.unwrap_or(0).min(10), percent })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_as_its_format_says() {
        for (value, format, expected) in [
            (0.54, Some("0%"), "54%"),
            (0.545, Some("0%"), "55%"),
            (0.541_666, Some("0.0%"), "54.2%"),
            (1.0, Some("0.00%"), "100.00%"),
            (24.0, Some("#,##0"), "24"),
            (1234.0, Some("#,##0_);[Red](#,##0)"), "1234"),
            (4.5678, Some("0.0"), "4.6"),
            (54.0, Some("General"), "54"),
            (4.600_000_000_000_000_5, None, "4.6"),
            (0.541_666_666_666_666_6, Some("General"), "0.5416666667"),
            (54.0, Some("0\"%\""), "54"),
            (0.54, Some("0\\ %"), "54%"),
            (45_000.0, Some("dd/mm/yyyy"), "45000"),
            (0.0, Some("0%"), "0%"),
        ] {
            assert_eq!(shown(value, format), expected, "{value} {format:?}");
        }
    }
}
