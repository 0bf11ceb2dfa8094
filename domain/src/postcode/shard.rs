//! The files in which postcodes are looked up, one for each postcode area with anything in England.
//!
//! A file is text, in lines that end in a line feed:
//!
//! ```text
//! # What begins so is for people: the source and its attribution.
//! LU 10738
//! a E06000032
//! b E06000056
//! c nowhere
//! 1 1 a.2a5.3b12a
//! 1 2 a3
//! 1A 0 .399c
//! ```
//!
//! 1. The area, and how many postcodes of it are in England: by this a file that was cut short is known.
//! 2. The places, each with the letter that stands for it: the GSS code of a district (or of the council that has no districts), `Wales`,
//!    `Scotland`, or `nowhere` for postcodes that the directory lists without a place.
//! 3. A line for each sector: its district without the area, the digit, then its units in the order of [`UNIT_LETTERS`](super::UNIT_LETTERS)
//!    ("AA", "AB", "AD" … "ZZ"), as runs: the letter of a place, or a full stop for units that the directory does not hold, and how many
//!    there are of them in a row, which is left out for one. What comes after the last run is not held.
//!
//! As text a file is small enough, hosts compress it without being told to, and it can be read by eye. Bitmaps of the units with runs of the
//! councils beside them, in binary, were an eighth smaller after brotli.

use super::{Extent, Outside, Part, Query, UNITS};
use crate::{council::GssCode, order::sorted};

/// Where the directory says that a postcode is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In England: the code of the district, or of the council that does everything.
    District(GssCode),
    /// Elsewhere.
    Outside(Outside),
    /// The directory lists the postcode without a place, as it does many for large users of post.
    Nowhere,
}

/// How many postcodes of some part lie in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The place: never [`Place::Nowhere`].
    pub place: Place,
    /// How many, terminated ones among them.
    pub postcodes: u32,
}

/// What the directory holds of a postcode or the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// What was looked up.
    pub part: Part,
    /// The places in which its postcodes lie, that with the most of them first. One for a whole postcode.
    pub shares: Vec<Share>,
    /// How many of its postcodes the directory lists without a place. Where there are no shares it is all of them.
    pub nowhere: u32,
}

impl Holding {
    /// The one place in which all that have a place lie, if it is one.
    #[must_use]
    pub fn only(&self) -> Option<Place> {
        match self.shares.as_slice() {
            [share] => Some(share.place),
            _ => None,
        }
    }
}

/// What a look-up comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The directory holds it.
    Held(Holding),
    /// The directory does not hold it.
    NotHeld {
        /// What was looked up.
        part: Part,
        /// The smallest part around it that the directory holds: the sector, else the district, else the area. None only where the file is
        /// another area's.
        nearest: Option<Holding>,
    },
}

/// A file that is not what it should be. Loading it again may help: it may have been cut short, or be of another edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShardError {
    /// A line of it.
    #[error("line {line}: {expected} expected")]
    Line {
        /// Which, counted from 1.
        line: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// It has not as many postcodes as it says.
    #[error("{said} English postcodes announced, {found} found")]
    Count {
        /// How many it announces; none where it announces nothing.
        said: u32,
        /// How many it has.
        found: u32,
    },
}

/// A file, checked and ready for look-ups.
#[derive(Debug, Clone)]
pub struct Shard<'a> {
    area: &'a str,
    places: Vec<(u8, Place)>,
    sectors: Vec<Sector<'a>>,
}

#[derive(Debug, Clone, Copy)]
struct Sector<'a> {
    district: &'a str,
    digit: u8,
    runs: &'a str,
}

/// Units in a row that share a place, or are not held.
struct Run {
    from: u16,
    count: u16,
    /// None where they are not held.
    place: Option<Place>,
}

impl<'a> Shard<'a> {
    /// Reads a file, and checks all of it: a look-up then cannot go wrong.
    ///
    /// # Errors
    /// [`ShardError`] with the first line that is not as it should be, or where the file does not hold as many postcodes as it says.
    ///
    /// ```
    /// use upheld_domain::postcode::{Answer, Reading, Shard, read};
    /// let shard = Shard::read("LU 3\na E06000032\n1 1 a.2a2\n")?;
    /// let Ok(Reading::Query(query)) = read("lu1 1ab") else { panic!() };
    /// let Answer::NotHeld { nearest: Some(sector), .. } = shard.find(&query) else { panic!() };
    /// assert_eq!((sector.part.to_string().as_str(), sector.shares[0].postcodes), ("LU1 1", 3));
    /// # Ok::<(), upheld_domain::postcode::ShardError>(())
    /// ```
    pub fn read(text: &'a str) -> Result<Self, ShardError> {
        let mut shard = Self { area: "", places: Vec::new(), sectors: Vec::new() };
        let mut said = 0;
        for (number, line) in (1..).zip(text.lines()) {
            let wrong = |expected| ShardError::Line { line: number, expected };
            if line.starts_with('#') {
                continue;
            }
            let mut words = line.split(' ');
            let (first, second, third) = (words.next().unwrap_or_default(), words.next(), words.next());
            let second = second.ok_or(wrong("two words or three"))?;
            if shard.area.is_empty() {
                shard.area = first;
                said = second.parse().map_err(|_| wrong("the area and how many postcodes it has in England"))?;
            } else if let Some(runs) = third {
                let &[digit] = second.as_bytes() else { return Err(wrong("the digit of a sector")) };
                let sector = Sector { district: first, digit, runs };
                let mut units = 0;
                for run in shard.runs(sector) {
                    units += run.ok_or(wrong("runs of units in places that are listed above"))?.count;
                    if units > UNITS {
                        return Err(wrong("as many units as a sector has at most"));
                    }
                }
                shard.sectors.push(sector);
            } else {
                let place = place(second).ok_or(wrong("a place: a GSS code, Wales, Scotland or nowhere"))?;
                let &[letter] = first.as_bytes() else { return Err(wrong("one letter that stands for a place")) };
                shard.places.push((letter, place));
            }
        }
        let found = shard.english();
        if shard.area.is_empty() || found != said { Err(ShardError::Count { said, found }) } else { Ok(shard) }
    }

    /// The postcode area that the file is of: "LU".
    #[must_use]
    pub const fn area(&self) -> &str {
        self.area
    }

    /// The places in which postcodes of the area lie.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.places.iter().map(|(_, place)| *place)
    }

    /// How many postcodes the file holds in each place, [`Place::Nowhere`] among them, that with the most first.
    #[must_use]
    pub fn totals(&self) -> Vec<Share> {
        self.tally(("", false), None, (0, UNITS))
    }

    /// How many postcodes of the area are in England.
    #[must_use]
    pub fn english(&self) -> u32 {
        let english = |share: &Share| matches!(share.place, Place::District(_));
        self.totals().into_iter().filter(english).map(|share| share.postcodes).sum()
    }

    /// Looks a postcode up, or the beginning of one.
    #[must_use]
    pub fn find(&self, query: &Query) -> Answer {
        for part in query.readings() {
            if let Some(held) = self.holding(part, false) {
                return Answer::Held(held);
            }
        }
        // In the middle of London districts have a letter: whoever has typed "SW1" may be on the way to "SW1A".
        if let Some(held) = self.holding(query.part(), true).filter(|_| query.part().extent() == Extent::District) {
            return Answer::Held(held);
        }
        let part = query.part();
        let mut nearest = None;
        let mut around = part.larger();
        while let (None, Some(larger)) = (&nearest, around) {
            // What is in line with the beginning of the last letters is no place that anybody knows.
            nearest = if larger.extent() == Extent::Begun { None } else { self.holding(&larger, false) };
            around = larger.larger();
        }
        Answer::NotHeld { part: part.clone(), nearest }
    }

    /// What is held of `part`, or, where it is `begun`, of the districts that begin with it and go on with a letter; none if nothing is.
    fn holding(&self, part: &Part, begun: bool) -> Option<Holding> {
        if part.area != self.area {
            return None;
        }
        let mut shares = self.tally((&part.district, begun), part.sector, part.units());
        let mut nowhere = 0;
        shares.retain(|share| {
            let placed = share.place != Place::Nowhere;
            nowhere += if placed { 0 } else { share.postcodes };
            placed
        });
        (nowhere > 0 || !shares.is_empty()).then(|| Holding { part: part.clone(), shares, nowhere })
    }

    /// How many postcodes of the sectors that are meant, and of these `units`, lie in each place: that with the most first.
    fn tally(&self, (district, begun): (&str, bool), sector: Option<u8>, (first, count): (u16, u16)) -> Vec<Share> {
        let is_meant = |one: &str| match one.strip_prefix(district) {
            _ if district.is_empty() => true,
            Some("") => true,
            Some(rest) => begun && rest.bytes().all(|byte| byte.is_ascii_uppercase()),
            None => false,
        };
        let mut tally: Vec<Share> = Vec::new();
        for one in &self.sectors {
            if !is_meant(one.district) || sector.is_some_and(|digit| one.digit != digit) {
                continue;
            }
            for run in self.runs(*one).flatten() {
                let until = (run.from + run.count).min(first + count);
                let postcodes = u32::from(until.saturating_sub(run.from.max(first)));
                let Some(place) = run.place.filter(|_| postcodes > 0) else { continue };
                match tally.iter_mut().find(|share| share.place == place) {
                    Some(share) => share.postcodes += postcodes,
                    None => tally.push(Share { place, postcodes }),
                }
            }
        }
        sorted(&tally, &|one, other| (other.postcodes, one.place).cmp(&(one.postcodes, other.place)))
    }

    /// The runs of a sector; none at one that cannot be read.
    fn runs(&self, sector: Sector<'a>) -> impl Iterator<Item = Option<Run>> {
        let mut rest = sector.runs.bytes().peekable();
        let mut from: u16 = 0;
        std::iter::from_fn(move || {
            let letter = rest.next()?;
            let mut count: u16 = 0;
            while let Some(digit) = rest.next_if(u8::is_ascii_digit) {
                count = count.saturating_mul(10).saturating_add(u16::from(digit - b'0'));
            }
            let place = self.places.iter().find(|(known, _)| *known == letter).map(|(_, place)| *place);
            if place.is_none() && letter != b'.' || count > UNITS {
                return Some(None);
            }
            let run = Run { from, count: count.max(1), place };
            from = from.saturating_add(run.count);
            Some(Some(run))
        })
    }
}

/// A place as it is written in a file.
fn place(text: &str) -> Option<Place> {
    match text {
        "Wales" => Some(Place::Outside(Outside::Wales)),
        "Scotland" => Some(Place::Outside(Outside::Scotland)),
        "nowhere" => Some(Place::Nowhere),
        code => code.parse().ok().map(Place::District),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postcode::{Reading, UNIT_LETTERS, english_areas, read, write_shard};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const LU: &str = "# Note\nLU 8\na E06000032\nb E06000056\nc Wales\nd nowhere\n1 1 a2.ba\n1 2 .399a\n1 3 d2\n2 0 .20c3\n12 0 b2\n12 1 a\n";

    fn query(text: &str) -> Query {
        match read(text) {
            Ok(Reading::Query(query)) => query,
            other => panic!("{text}: {other:?}"),
        }
    }

    fn held(text: &str) -> Holding {
        match Shard::read(LU).unwrap().find(&query(text)) {
            Answer::Held(holding) => holding,
            Answer::NotHeld { .. } => panic!("{text} is not held"),
        }
    }

    fn district(code: &str) -> Place {
        Place::District(code.parse().unwrap())
    }

    fn shares(holding: &Holding) -> Vec<(Place, u32)> {
        holding.shares.iter().map(|share| (share.place, share.postcodes)).collect()
    }

    #[test]
    fn a_postcode_has_one_place_and_a_part_of_one_those_of_all_in_it() {
        let (luton, bedfordshire) = (district("E06000032"), district("E06000056"));
        assert_eq!(held("LU1 1AA").only(), Some(luton));
        assert_eq!(held("LU1 1AE").only(), Some(bedfordshire));
        assert_eq!(held("LU1 2ZZ").only(), Some(luton));
        assert_eq!(held("LU2 0BA").only(), Some(Place::Outside(Outside::Wales)));
        assert_eq!(shares(&held("LU1 1")), [(luton, 3), (bedfordshire, 1)]);
        assert_eq!(shares(&held("LU1 1A")), [(luton, 3), (bedfordshire, 1)]);
        assert_eq!(shares(&held("LU1 2Z")), [(luton, 1)]);
        assert_eq!(shares(&held("LU12")), [(bedfordshire, 2), (luton, 1)]);
        assert_eq!(shares(&held("LU")), [(luton, 5), (bedfordshire, 3), (Place::Outside(Outside::Wales), 3)]);
    }

    #[test]
    fn postcodes_without_a_place_are_held_all_the_same() {
        let without = held("LU1 3AA");
        assert_eq!((without.only(), without.nowhere), (None, 1));
        assert_eq!(held("LU1").nowhere, 2);
    }

    #[test]
    fn two_digits_are_a_sector_where_there_is_no_such_district() {
        assert_eq!(held("LU12").part.to_string(), "LU12");
        assert_eq!(held("LU13").part.to_string(), "LU1 3");
    }

    #[test]
    fn what_is_not_held_is_said_with_what_is_around_it() {
        let shard = Shard::read(LU).unwrap();
        for (text, around) in [
            ("LU1 1AD", Some("LU1 1")),
            ("LU1 1ZZ", Some("LU1 1")),
            ("LU1 4AA", Some("LU1")),
            ("LU1 4", Some("LU1")),
            ("LU9 9AA", Some("LU")),
            ("LU1A", Some("LU")),
            ("AL1 1AA", None),
        ] {
            let Answer::NotHeld { part, nearest } = shard.find(&query(text)) else { panic!("{text} is held") };
            assert_eq!(part.to_string(), text);
            assert_eq!(nearest.map(|nearest| nearest.part.to_string()).as_deref(), around, "{text}");
        }
    }

    #[test]
    fn a_file_that_is_not_what_it_should_be_is_refused() {
        let line = |text| match Shard::read(text) {
            Err(ShardError::Line { line, .. }) => line,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(line("LU\n"), 1);
        assert_eq!(line("LU many\n"), 1);
        assert_eq!(line("LU 1\na England\n1 1 a\n"), 2);
        assert_eq!(line("LU 1\na E07\n"), 2);
        assert_eq!(line("LU 1\na E06000032\n1 1 b\n"), 3);
        assert_eq!(line("LU 1\na E06000032\n1 1 a401\n"), 3);
        assert_eq!(line("LU 1\na E06000032\n1 1 a400a\n"), 3);
        assert_eq!(line("LU 1\na E06000032\n1 11 a\n"), 3);
        assert_eq!(line("<!doctype html>\n<html>"), 1);
        assert_eq!(Shard::read("").unwrap_err(), ShardError::Count { said: 0, found: 0 });
        let cut = LU.strip_suffix("12 1 a\n").unwrap();
        assert_eq!(Shard::read(cut).unwrap_err(), ShardError::Count { said: 8, found: 7 });
    }

    /// Postcodes of one area with their places.
    fn directories() -> impl Strategy<Value = (&'static str, BTreeMap<String, Place>)> {
        let areas: Vec<&str> = english_areas().collect();
        let places = [district("E06000032"), district("E07000099"), Place::Outside(Outside::Scotland), Place::Nowhere];
        let unit = proptest::sample::select(UNIT_LETTERS.to_vec());
        let one = ("[1-3]|1A|10", "[0-2]", unit.clone(), unit, proptest::sample::select(places.to_vec()));
        (proptest::sample::select(areas), proptest::collection::vec(one, 0..60)).prop_map(|(area, rows)| {
            let text = |(district, sector, first, second, place): (String, String, u8, u8, Place)| {
                (format!("{area}{district} {sector}{}{}", char::from(first), char::from(second)), place)
            };
            (area, rows.into_iter().map(text).collect())
        })
    }

    proptest! {
        // Each case asks for six thousand postcodes.
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_file_answers_just_what_was_written_into_it((area, directory) in directories(), other in "[1-3]|10") {
            let rows: Vec<(Part, Place)> =
                directory.iter().map(|(text, place)| (query(text).part().clone(), *place)).collect();
            let text = write_shard(area, &rows, "A note\nof two lines").unwrap();
            let backwards: Vec<(Part, Place)> = rows.iter().rev().cloned().collect();
            prop_assert_eq!(&text, &write_shard(area, &backwards, "A note\nof two lines").unwrap());
            let shard = Shard::read(&text).unwrap();
            for district in ["1", "2", "3", "1A", "10"] {
                for sector in 0..3 {
                    for first in UNIT_LETTERS {
                        for second in UNIT_LETTERS {
                            let text = format!("{area}{district} {sector}{}{}", char::from(*first), char::from(*second));
                            let found = match shard.find(&query(&text)) {
                                Answer::Held(held) if held.nowhere > 0 => Some(Place::Nowhere),
                                Answer::Held(held) => held.only(),
                                Answer::NotHeld { .. } => None,
                            };
                            prop_assert_eq!(found, directory.get(&text).copied(), "{}", text);
                        }
                    }
                }
            }
            // What a part holds is what its postcodes hold, one by one.
            let part = format!("{area}{other}");
            let count = |goes_on: fn(char) -> bool| {
                let begins = |text: &&String| text.strip_prefix(&part).is_some_and(|rest| rest.starts_with(goes_on));
                directory.keys().filter(begins).count()
            };
            // A district that there is not is the beginning of those with a letter more.
            let within = match count(|next| next == ' ') {
                0 => count(|next| next.is_ascii_uppercase()),
                own => own,
            };
            let held = match shard.find(&Query { part: query(&part).part().clone(), or: None }) {
                Answer::Held(held) => held.nowhere + held.shares.iter().map(|share| share.postcodes).sum::<u32>(),
                Answer::NotHeld { .. } => 0,
            };
            prop_assert_eq!(held as usize, within);
        }

        #[test]
        fn any_text_is_a_file_or_refused(text in "([A-Za-z0-9. #\n]|E06000032|Wales){0,60}") {
            if let Ok(shard) = Shard::read(&text) {
                prop_assert!(shard.totals().iter().all(|share| share.postcodes > 0));
            }
        }
    }
}
