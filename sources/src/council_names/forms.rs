//! Names taken apart: the words of the place, and those that say what kind of council it is.

use upheld_domain::{council::CouncilType, register::CouncilId, search::words};

const COUNTY: u16 = 1;
const DISTRICT: u16 = 1 << 1;
const BOROUGH: u16 = 1 << 2;
const CITY: u16 = 1 << 3;
const METROPOLITAN: u16 = 1 << 4;
const LONDON: u16 = 1 << 5;
const ROYAL: u16 = 1 << 6;
const UNITARY: u16 = 1 << 7;
/// "CC" says one of the two.
const COUNTY_OR_CITY: u16 = 1 << 8;

/// Words that say a kind.
const KINDS: [(&str, u16); 20] = [
    ("county", COUNTY),
    ("district", DISTRICT),
    ("borough", BOROUGH),
    ("city", CITY),
    ("metropolitan", METROPOLITAN),
    ("london", LONDON),
    ("royal", ROYAL),
    ("unitary", UNITARY),
    ("lb", LONDON | BOROUGH),
    ("lbc", LONDON | BOROUGH),
    ("rb", ROYAL | BOROUGH),
    ("bc", BOROUGH),
    ("cbc", BOROUGH),
    ("dc", DISTRICT),
    ("mbc", METROPOLITAN | BOROUGH),
    ("mb", METROPOLITAN | BOROUGH),
    ("mdc", METROPOLITAN | DISTRICT),
    ("mdbc", METROPOLITAN | DISTRICT | BOROUGH),
    ("ua", UNITARY),
    ("cc", COUNTY_OR_CITY),
];

/// Words that tell no name from another.
const EMPTY: [&str; 6] = ["council", "corporation", "authority", "of", "the", "and"];

/// Where a name stands in the register; of the aliases, which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Official,
    Short,
    Statistics,
    Alias(usize),
}

impl Source {
    pub(super) const fn is_alias(self) -> bool {
        matches!(self, Self::Alias(_))
    }
}

/// A name of a council.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) id: CouncilId,
    pub(super) source: Source,
    /// Its words.
    pub(super) text: String,
    /// The words of the place, in alphabetical order.
    pub(super) place: String,
    /// The kinds that it says.
    pub(super) kinds: u16,
}

impl Form {
    pub(super) fn new(id: CouncilId, source: Source, name: &str) -> Self {
        let Parts { place, kinds } = parts(name);
        Self { id, source, text: text_of(name), place, kinds }
    }
}

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// The words of the place, in alphabetical order.
    pub(super) place: String,
    /// The kinds that it says.
    pub(super) kinds: u16,
}

/// The words of `name`, as they are compared.
pub(super) fn text_of(name: &str) -> String {
    words(name).into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ")
}

/// `name` taken apart.
pub(super) fn parts(name: &str) -> Parts {
    let words = joined(words(name).into_iter().map(|(word, _)| word).collect());
    let kind = |word: &String| KINDS.iter().find(|(known, _)| known == word).map(|(_, kind)| *kind);
    let empty = |word: &&String| EMPTY.contains(&word.as_str());
    let mut place: Vec<&String> =
        words.iter().filter(|word| kind(word).is_none()).filter(|word| !empty(word)).collect();
    let mut kinds = words.iter().filter_map(kind).fold(0, |kinds, kind| kinds | kind);
    // The City of London: its place is a word for a kind of council elsewhere.
    let says = |said: &str| words.iter().any(|word| word == said);
    if place.is_empty() && (says("city") || says("corporation")) {
        place = words.iter().filter(|word| word.as_str() == "london").collect();
        kinds &= !LONDON;
    }
    place.sort_unstable();
    let place: Vec<&str> = place.into_iter().map(String::as_str).collect();
    Parts { place: place.join(" "), kinds }
}

/// `words` with single letters in a row made one: "L B", "M.B.C.".
fn joined(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut letters = false;
    for word in words {
        let letter = word.len() == 1;
        match joined.last_mut() {
            Some(last) if letter && letters => last.push_str(&word),
            _ => joined.push(word),
        }
        letters = letter;
    }
    joined
}

/// The kinds that any council of a type can be called: its own word, and those that are confused with it.
pub(super) const fn kinds_of_type(council_type: CouncilType) -> u16 {
    match council_type {
        CouncilType::County => COUNTY,
        CouncilType::District => DISTRICT | BOROUGH,
        CouncilType::Metropolitan => METROPOLITAN | BOROUGH | DISTRICT,
        CouncilType::Unitary => UNITARY | BOROUGH,
        CouncilType::London => LONDON | BOROUGH,
    }
}

/// Whether a council that can be called `kinds` can be one that says `printed`.
pub(super) const fn allow(kinds: u16, printed: u16) -> bool {
    let either = printed & COUNTY_OR_CITY == 0 || kinds & (COUNTY | CITY) != 0;
    either && printed & !COUNTY_OR_CITY & !kinds == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_apart() {
        for (name, place, kinds) in [
            ("London Borough of Newham", "newham", LONDON | BOROUGH),
            ("Newham L.B.", "newham", LONDON | BOROUGH),
            ("L B Newham", "newham", LONDON | BOROUGH),
            ("Bristol, City of", "bristol", CITY),
            ("Devon CC", "devon", COUNTY_OR_CITY),
            ("City of London", "london", CITY),
            ("City of London Corporation", "london", CITY),
            ("London", "", LONDON),
            ("The Royal Borough of Windsor & Maidenhead", "maidenhead windsor", ROYAL | BOROUGH),
            ("Saint Albans City and District", "albans st", CITY | DISTRICT),
        ] {
            assert_eq!(parts(name), Parts { place: place.to_owned(), kinds }, "{name}");
        }
    }
}
