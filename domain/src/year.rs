//! The reporting year: the twelve months to 31 March that every figure belongs to.

use crate::error::ValueError;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A reporting year, keyed by the year in which it ends: 2024 is 1 April 2023 to 31 March 2024,
/// written "2023-24".
///
/// ```
/// use upheld_domain::year::ReportingYear;
/// let year: ReportingYear = "2024-03-31".parse()?;
/// assert_eq!(year.to_string(), "2023-24");
/// assert_eq!(year, "2023-24".parse()?);
/// # Ok::<(), upheld_domain::error::ValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct ReportingYear(u16);

impl ReportingYear {
    /// The first year that Upheld covers: the first of the Ombudsman's letters in their present sense.
    pub const FIRST: Self = Self(2014);
    /// The last year for which the register of councils is known.
    pub const LAST: Self = Self(2026);

    /// The year that ends on 31 March of `ending`, if Upheld covers it.
    #[must_use]
    pub const fn ending(ending: u16) -> Option<Self> {
        if Self::FIRST.0 <= ending && ending <= Self::LAST.0 { Some(Self(ending)) } else { None }
    }

    /// The year that ends on 31 March of `ending`, a whole number, if Upheld covers it.
    pub(crate) fn from_number(ending: f64) -> Option<Self> {
        Self::all().find(|year| (f64::from(year.key()) - ending).abs() < f64::EPSILON)
    }

    /// The calendar year in which it ends.
    #[must_use]
    pub const fn key(self) -> u16 {
        self.0
    }

    /// The calendar year in which it begins.
    #[must_use]
    pub const fn begins(self) -> u16 {
        self.0 - 1
    }

    /// Every year that Upheld covers, in order.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        (Self::FIRST.0..=Self::LAST.0).map(Self)
    }

    /// The year after, if Upheld covers it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ending(self.0 + 1)
    }

    /// The year before, if Upheld covers it.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        Self::ending(self.0 - 1)
    }

    /// The months that it covers: "1 April 2023 to 31 March 2024".
    #[must_use]
    pub fn period(self) -> String {
        format!("1 April {} to 31 March {}", self.begins(), self.0)
    }
}

impl fmt::Display for ReportingYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.begins(), self.0 % 100)
    }
}

impl TryFrom<u16> for ReportingYear {
    type Error = ValueError;

    fn try_from(ending: u16) -> Result<Self, ValueError> {
        Self::ending(ending).ok_or_else(|| not_a_year(&ending.to_string()))
    }
}

impl From<ReportingYear> for u16 {
    fn from(year: ReportingYear) -> Self {
        year.0
    }
}

impl FromStr for ReportingYear {
    type Err = ValueError;

    /// Reads "2024", "2023-24", "2023/24", "2023–24" and "2024-03-31".
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        let mut parts = text.split(['-', '/', '–']);
        let first = parts.next().and_then(|part| part.parse::<u16>().ok());
        let rest: Vec<&str> = parts.collect();
        let ending = match (first, rest.as_slice()) {
            (Some(year), [] | ["03", "31"]) => Some(year),
            (Some(year), [short]) if short.len() == 2 => {
                let ending = year.checked_add(1);
                ending.filter(|ending| short.parse::<u16>().is_ok_and(|short| ending % 100 == short))
            }
            _ => None,
        };
        ending.and_then(Self::ending).ok_or_else(|| not_a_year(text))
    }
}

fn not_a_year(found: &str) -> ValueError {
    ValueError::new(found, "a reporting year from 2014 (2013-14) to 2026 (2025-26)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_reads_back_what_it_writes() {
        for year in ReportingYear::all() {
            assert_eq!(Ok(year), year.to_string().parse());
            assert_eq!(Ok(year), year.key().to_string().parse());
            assert_eq!(Ok(year), format!("{}-03-31", year.key()).parse());
        }
    }

    #[test]
    fn what_is_no_reporting_year_is_refused() {
        for text in ["", "20", "2013", "2027", "2023-25", "2024-12-31", "2023-24-25", "abc", "65535", "65535-36"] {
            assert!(text.parse::<ReportingYear>().is_err(), "{text}");
        }
    }
}
