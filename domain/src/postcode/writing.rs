//! Writing the files that [`super::shard`] reads.

use super::{Extent, Outside, Part, Place, UNITS};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A set of postcodes that cannot be written as a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnwritablePostcodes {
    /// Not a whole postcode, or not one of the area.
    #[error("{0} is not a postcode of the area")]
    Part(String),
    /// A place outside England that is not across one of its borders.
    #[error("{postcode} is in {place:?}, of which the files know nothing; widen the format")]
    Place {
        /// The postcode.
        postcode: String,
        /// Where it is.
        place: Place,
    },
    /// A postcode that comes twice, in two places.
    #[error("{0} is listed in two places")]
    Twice(String),
    /// More places than there are letters to stand for them.
    #[error("{0} places in one area, 52 at most; widen the format")]
    Places(usize),
}

/// The letters that stand for places.
const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Writes the file of `area` with `postcodes` in any order, below `note`. The same postcodes always make the same bytes.
///
/// # Errors
/// [`UnwritablePostcodes`].
///
/// ```
/// use upheld_domain::postcode::{Outside, Place, Reading, read, write_shard};
/// let part = |text| match read(text) { Ok(Reading::Query(query)) => query.part().clone(), _ => panic!() };
/// let postcodes = [
///     (part("CH5 1AA"), Place::Outside(Outside::Wales)),
///     (part("CH5 1AD"), Place::Outside(Outside::Wales)),
///     (part("CH1 2ZZ"), Place::District("E06000050".parse()?)),
/// ];
/// assert_eq!(write_shard("CH", &postcodes, "Note")?, "# Note\nCH 1\na Wales\nb E06000050\n1 2 .399b\n5 1 a.a\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_shard(area: &str, postcodes: &[(Part, Place)], note: &str) -> Result<String, UnwritablePostcodes> {
    let mut sectors: BTreeMap<(u32, &str, u8), BTreeMap<u16, Place>> = BTreeMap::new();
    let mut counts: BTreeMap<Place, u32> = BTreeMap::new();
    for (part, place) in postcodes {
        let sector = part.sector.filter(|_| part.area == area && part.extent() == Extent::Postcode);
        let sector = sector.ok_or_else(|| UnwritablePostcodes::Part(part.to_string()))?;
        if name(*place).is_none() {
            return Err(UnwritablePostcodes::Place { postcode: part.to_string(), place: *place });
        }
        // "1" and "1A" before "2", and that before "10".
        let number = part.district.trim_end_matches(|letter: char| !letter.is_ascii_digit()).parse().unwrap_or(0);
        let units = sectors.entry((number, part.district.as_str(), sector)).or_default();
        if units.insert(part.units().0, *place).is_some() {
            return Err(UnwritablePostcodes::Twice(part.to_string()));
        }
        *counts.entry(*place).or_default() += 1;
    }
    if counts.len() > LETTERS.len() {
        return Err(UnwritablePostcodes::Places(counts.len()));
    }
    let mut places: Vec<(Place, u32)> = counts.into_iter().collect();
    places.sort_by(|one, other| (other.1, one.0).cmp(&(one.1, other.0)));
    let english = |(place, count): &(Place, u32)| if matches!(place, Place::District(_)) { *count } else { 0 };

    let mut text = String::new();
    // Writing to a string cannot fail.
    for line in note.lines() {
        let _ = writeln!(text, "# {line}");
    }
    let _ = writeln!(text, "{area} {}", places.iter().map(english).sum::<u32>());
    let mut letters = BTreeMap::new();
    for ((place, _), letter) in places.into_iter().zip(LETTERS) {
        letters.insert(place, char::from(*letter));
        let _ = writeln!(text, "{} {}", char::from(*letter), name(place).unwrap_or_default());
    }
    for ((_, district, sector), units) in sectors {
        let last = units.last_key_value().map_or(0, |(unit, _)| *unit);
        let cells = (0..UNITS).take_while(|unit| *unit <= last);
        let cells = cells.map(|unit| units.get(&unit).and_then(|place| letters.get(place)).copied().unwrap_or('.'));
        let _ = writeln!(text, "{district} {} {}", char::from(sector), runs(cells));
    }
    Ok(text)
}

/// Letters as runs: "aab" is "a2b".
fn runs(cells: impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    let mut cells = cells.peekable();
    while let Some(cell) = cells.next() {
        let mut count = 1;
        while cells.next_if_eq(&cell).is_some() {
            count += 1;
        }
        text.push(cell);
        if count > 1 {
            let _ = write!(text, "{count}");
        }
    }
    text
}

/// A place as it is written in a file, if files know of it.
fn name(place: Place) -> Option<String> {
    match place {
        Place::District(code) => Some(code.to_string()),
        Place::Outside(outside @ (Outside::Wales | Outside::Scotland)) => outside.name().map(str::to_owned),
        Place::Outside(_) => None,
        Place::Nowhere => Some("nowhere".to_owned()),
    }
}
