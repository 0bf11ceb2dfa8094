//! The names that are nearest to one that is none.

use super::forms::Form;
use upheld_domain::register::CouncilId;

/// How many are named.
const MOST: usize = 3;

/// The councils of `forms` with the names nearest to the words `text`, or to those of them that say the `place`; none that
/// differ in much more than a third of the letters.
pub(super) fn nearest(text: &str, place: &str, forms: &[&Form]) -> Vec<CouncilId> {
    let (text, place) = (start(text), start(place));
    let longest = allowed(text).max(allowed(place));
    // Few slips first: names that differ in few letters are told apart from the others at little cost.
    let mut most = 2_usize.min(longest);
    loop {
        let found = within(most, text, place, forms);
        if found.len() >= MOST || most >= longest {
            return found.into_iter().take(MOST).map(|(_, id)| id).collect();
        }
        most = (most * 2).min(longest);
    }
}

/// Slips in the whole name or in the place, whichever are fewer, then in the whole name: of two places that are as near, the one
/// whose council is of the printed kind comes first.
type Slips = (usize, usize);

/// The councils of `forms` with at most so many slips, the fewest first.
fn within(most: usize, text: &[u8], place: &[u8], forms: &[&Form]) -> Vec<(Slips, CouncilId)> {
    let mut found: Vec<(Slips, CouncilId)> = Vec::new();
    for form in forms {
        let by_text = slips(text, start(&form.text), most.min(allowed(text)));
        let by_place = slips(place, start(&form.place), most.min(allowed(place)));
        let Some(fewest) = by_text.into_iter().chain(by_place).min() else { continue };
        let by_text = by_text.unwrap_or(usize::MAX);
        match found.iter_mut().find(|(_, id)| *id == form.id) {
            Some((known, _)) => *known = (fewest.min(known.0), by_text.min(known.1)),
            None => found.push(((fewest, by_text), form.id)),
        }
    }
    found.sort_unstable();
    found
}

/// How many slips a name can have at most.
const fn allowed(letters: &[u8]) -> usize {
    letters.len() / 3 + 1
}

/// As much of a name as is compared: its letters are those of ASCII.
fn start(text: &str) -> &[u8] {
    text.as_bytes().get(..80).unwrap_or(text.as_bytes())
}

/// The least number of slips, a letter too many, too few, wrong, or two swapped, between `one` and `other`; none above `most`.
fn slips(one: &[u8], other: &[u8], most: usize) -> Option<usize> {
    if one.is_empty() || other.is_empty() || one.len().abs_diff(other.len()) > most || unlike(one, other) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for (number, letter) in one.iter().enumerate() {
        let mut next = vec![number + 1];
        for (place, against) in other.iter().enumerate() {
            let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX - 1);
            let wrong = at(&row, place) + usize::from(letter != against);
            let mut least = wrong.min(at(&row, place + 1) + 1).min(at(&next, place) + 1);
            let swapped = place > 0 && previous == Some(against) && other.get(place - 1) == Some(letter);
            if swapped {
                least = least.min(at(&before, place - 1) + 1);
            }
            next.push(least);
        }
        if next.iter().min().is_some_and(|least| *least > most + 1) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
        previous = Some(letter);
    }
    row.last().copied().filter(|slips| *slips <= most)
}

/// How many letters one has and the other has not, whichever has more of them: there are no fewer slips. Quick to count.
fn unlike(one: &[u8], other: &[u8]) -> usize {
    let mut surplus = [0_i16; 32];
    let mut count = |letters: &[u8], by: i16| {
        for letter in letters {
            if let Some(count) = surplus.get_mut(usize::from(letter & 31)) {
                *count += by;
            }
        }
    };
    count(one, 1);
    count(other, -1);
    let total = |sign: i16| surplus.iter().map(|count| usize::try_from(count * sign).unwrap_or(0)).sum::<usize>();
    total(1).max(total(-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        let count = |one: &str, other: &str, most| slips(one.as_bytes(), other.as_bytes(), most);
        for (one, other, expected) in [
            ("luton", "luton", 0),
            ("lutno", "luton", 1),
            ("uton", "luton", 1),
            ("lutton", "luton", 1),
            ("kitten", "sitting", 3),
            ("ca", "abc", 3),
        ] {
            assert_eq!(count(one, other, 9), Some(expected), "{one} {other}");
            assert_eq!(count(other, one, 9), Some(expected), "{other} {one}");
            assert_eq!(count(one, other, expected), Some(expected));
            assert_eq!(expected.checked_sub(1).and_then(|most| count(one, other, most)), None);
        }
    }
}
