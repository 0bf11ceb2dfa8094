//! Small words: numbers with their nouns, lists, and ranges, in plain English.

use crate::{
    figures::{Count, small},
    interval::Interval,
};

/// A count with its noun: "1 complaint", "13 complaints", "no complaints".
///
/// ```
/// use upheld_domain::words::counted;
/// assert_eq!(counted(1, "complaint", "complaints"), "1 complaint");
/// assert_eq!(counted(0, "complaint", "complaints"), "no complaints");
/// ```
#[must_use]
pub fn counted(count: Count, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{} {many}", thousands(count)),
    }
}

/// A count with separators: "17,937".
///
/// ```
/// assert_eq!(upheld_domain::words::thousands(17_937), "17,937");
/// assert_eq!(upheld_domain::words::thousands(937), "937");
/// ```
#[must_use]
pub fn thousands(count: Count) -> String {
    if count < 1000 { count.to_string() } else { format!("{},{:03}", thousands(count / 1000), count % 1000) }
}

/// Names joined as one says them: "Luton", "Luton and Bedford", "Luton, Bedford and Slough".
///
/// ```
/// assert_eq!(upheld_domain::words::list(&["a", "b", "c"]), "a, b and c");
/// ```
#[must_use]
pub fn list<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A rate in whole percent: "54%".
#[must_use]
pub fn percent(rate: f64) -> String {
    format!("{}%", small(rate.round()))
}

/// An interval of a rate in whole percent: "35% to 72%".
#[must_use]
pub fn range(interval: Interval) -> String {
    format!("{} to {}", percent(interval.lower * 100.0), percent(interval.upper * 100.0))
}

/// A name as owner: "Luton Borough Council’s", "St Helens’".
#[must_use]
pub fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}
