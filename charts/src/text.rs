//! How much room text takes. No backend measures alike, and SVG not at all, so that the room is estimated
//! from the widths of a wide sans-serif (`DejaVu Sans`): in the fonts of most systems text comes out narrower.

/// How wide `text` is at `size`, in the unit of `size`.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let em: f64 = text.chars().map(advance).sum();
    em * size * if bold { 1.11 } else { 1.0 }
}

fn advance(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '’' | '|' => 0.28,
        ' ' | '.' | ',' | ':' | ';' | 'I' => 0.32,
        'f' | 't' | 'r' | '-' | '(' | ')' | '/' | 'J' => 0.4,
        's' | 'c' | 'z' | '–' => 0.55,
        'm' | 'w' | '%' | 'W' | 'M' | '—' => 0.97,
        'A'..='Z' => 0.73,
        _ => 0.64,
    }
}

/// `text` in lines no wider than `room`; a word that is wider stands alone.
pub(crate) fn wrap(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line, size, bold) + width(" ", size, bold) + width(word, size, bold) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// `text` in lines no wider than `room`, a word that is wider broken where an address may be, or else anywhere.
pub(crate) fn break_up(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for line in wrap(text, size, bold, room) {
        let mut rest = String::new();
        for letter in line.chars() {
            let before = rest.len();
            rest.push(letter);
            if before > 0 && width(&rest, size, bold) > room {
                let seam = rest.get(..before).and_then(|kept| kept.rfind(['/', '-', '?', '&', '=']));
                let tail = rest.split_off(seam.map_or(before, |at| at + 1));
                lines.push(rest);
                rest = tail;
            }
        }
        lines.push(rest);
    }
    lines
}

/// `text` in as few lines as [`wrap`] makes of it, as even as they come.
pub(crate) fn balance(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines = wrap(text, size, bold, room);
    loop {
        let closer = wrap(text, size, bold, widest(&lines, size, bold) - 1.0);
        if closer.len() > lines.len() || widest(&closer, size, bold) >= widest(&lines, size, bold) {
            return lines;
        }
        lines = closer;
    }
}

/// How wide the widest of `lines` is.
pub(crate) fn widest(lines: &[String], size: f64, bold: bool) -> f64 {
    lines.iter().map(|line| width(line, size, bold)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_keeps_every_word_in_order_within_the_room() {
        let text = "no new complaints for 3 months";
        for room in [60.0, 80.0, 120.0, 400.0] {
            let lines = wrap(text, 11.0, false, room);
            assert_eq!(lines.join(" "), text);
            assert_eq!(balance(text, 11.0, false, room).len(), lines.len());
            assert!(lines.iter().all(|line| width(line, 11.0, false) <= room || !line.contains(' ')), "{lines:?}");
        }
    }

    #[test]
    fn a_long_address_is_broken_and_loses_nothing() {
        let text = "Address: https://upheld.example/?year=2024&measure=uphold&council=luton-borough-council#aaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        for room in [60.0, 120.0, 400.0] {
            let lines = break_up(text, 12.0, false, room);
            assert_eq!(lines.concat(), text.replace(' ', ""));
            assert!(lines.iter().all(|line| width(line, 12.0, false) <= room), "{lines:?}");
        }
    }

    #[test]
    fn balanced_lines_leave_no_word_alone_that_need_not_be() {
        let lines = balance("no new complaints for 3 months", 12.0, false, 160.0);
        assert_eq!(lines, ["no new complaints", "for 3 months"]);
    }
}
