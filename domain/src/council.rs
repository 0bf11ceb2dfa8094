//! A council: its code, its names, its type, and the years in which it existed.

use crate::{error::ValueError, year::ReportingYear};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A council's nine-character code in the Government Statistical Service's scheme: "E06000032".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GssCode([u8; 9]);

impl GssCode {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII gets in through `from_str`, the one constructor.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for GssCode {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let bytes: Option<[u8; 9]> = text.trim().as_bytes().try_into().ok();
        match bytes {
            Some(bytes @ [b'E', rest @ ..]) if rest.iter().all(u8::is_ascii_digit) => Ok(Self(bytes)),
            _ => Err(ValueError::new(text, "an English GSS code such as E06000032")),
        }
    }
}

impl TryFrom<String> for GssCode {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<GssCode> for String {
    fn from(code: GssCode) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for GssCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A council's name in addresses: "luton-borough-council". The Ombudsman's own where it has one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The short name that follows from a council's name, as most do: "Luton" from "Luton Borough Council".
pub(crate) fn short_of(name: &str) -> &str {
    let mut short = name.strip_suffix(" Council").unwrap_or(name);
    for word in [" Metropolitan", " Borough", " District", " City", " County", " Metropolitan"] {
        short = short.strip_suffix(word).unwrap_or(short);
    }
    for words in ["City of ", "London Borough of ", "Royal Borough of "] {
        short = short.strip_prefix(words).unwrap_or(short);
    }
    short
}

impl Slug {
    /// The slug that follows from a council's name, as most do: "luton-borough-council".
    pub(crate) fn of(name: &str) -> Self {
        let mut slug = String::new();
        let mut ends_word = false;
        for letter in name.bytes() {
            if letter.is_ascii_alphanumeric() {
                if ends_word {
                    slug.push('-');
                }
                ends_word = false;
                slug.push(char::from(letter.to_ascii_lowercase()));
            } else if letter != b'\'' {
                ends_word = true;
            }
        }
        Self(slug)
    }
}

impl FromStr for Slug {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let fits = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if text.split('-').all(fits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ValueError::new(text, "a slug such as luton-borough-council"))
        }
    }
}

impl TryFrom<String> for Slug {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The five types within which the Ombudsman compares councils.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CouncilType {
    /// A county council, above districts.
    County,
    /// A district council, below a county.
    District,
    /// A metropolitan borough.
    Metropolitan,
    /// A unitary council, the Isles of Scilly among them.
    Unitary,
    /// A London borough, the City of London among them.
    London,
}

impl CouncilType {
    /// All five, in the order in which they are listed.
    pub const ALL: [Self; 5] = [Self::County, Self::District, Self::Metropolitan, Self::Unitary, Self::London];

    /// Its key in files and addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::District => "district",
            Self::Metropolitan => "metropolitan",
            Self::Unitary => "unitary",
            Self::London => "london",
        }
    }

    /// One council of the type: "county council".
    #[must_use]
    pub const fn singular(self) -> &'static str {
        match self {
            Self::County => "county council",
            Self::District => "district council",
            Self::Metropolitan => "metropolitan borough",
            Self::Unitary => "unitary council",
            Self::London => "London borough",
        }
    }

    /// Several councils of the type: "county councils".
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::County => "county councils",
            Self::District => "district councils",
            Self::Metropolitan => "metropolitan boroughs",
            Self::Unitary => "unitary councils",
            Self::London => "London boroughs",
        }
    }

    /// Whether councils of the type stand in `tier`. Single-tier councils stand in both.
    #[must_use]
    pub const fn stands_in(self, tier: Tier) -> bool {
        match self {
            Self::County => matches!(tier, Tier::Upper),
            Self::District => matches!(tier, Tier::Lower),
            Self::Metropolitan | Self::Unitary | Self::London => true,
        }
    }
}

impl FromStr for CouncilType {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let found = Self::ALL.into_iter().find(|kind| kind.key() == text.trim());
        found.ok_or_else(|| ValueError::new(text, "county, district, metropolitan, unitary or london"))
    }
}

/// One of the two layers of councils that each cover England whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tier {
    /// Counties and all single-tier councils.
    #[default]
    Upper,
    /// Districts and all single-tier councils.
    Lower,
}

impl Tier {
    /// Both, upper first.
    pub const ALL: [Self; 2] = [Self::Upper, Self::Lower];

    /// Its key in files and addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Upper => "upper",
            Self::Lower => "lower",
        }
    }

    /// The councils that it shows, in words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Upper => "Counties and single-tier councils",
            Self::Lower => "Districts and single-tier councils",
        }
    }
}

impl FromStr for Tier {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let found = Self::ALL.into_iter().find(|tier| tier.key() == text.trim());
        found.ok_or_else(|| ValueError::new(text, "upper or lower"))
    }
}

/// One of the nine regions of England.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Region {
    /// North East.
    NorthEast,
    /// North West.
    NorthWest,
    /// Yorkshire and The Humber.
    Yorkshire,
    /// East Midlands.
    EastMidlands,
    /// West Midlands.
    WestMidlands,
    /// East of England.
    East,
    /// London.
    London,
    /// South East.
    SouthEast,
    /// South West.
    SouthWest,
}

impl Region {
    /// All nine, from north to south.
    pub const ALL: [Self; 9] = [
        Self::NorthEast,
        Self::NorthWest,
        Self::Yorkshire,
        Self::EastMidlands,
        Self::WestMidlands,
        Self::East,
        Self::London,
        Self::SouthEast,
        Self::SouthWest,
    ];

    /// Its name: "Yorkshire and The Humber".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NorthEast => "North East",
            Self::NorthWest => "North West",
            Self::Yorkshire => "Yorkshire and The Humber",
            Self::EastMidlands => "East Midlands",
            Self::WestMidlands => "West Midlands",
            Self::East => "East of England",
            Self::London => "London",
            Self::SouthEast => "South East",
            Self::SouthWest => "South West",
        }
    }

    /// Its key in addresses: "yorkshire-and-the-humber".
    #[must_use]
    pub fn key(self) -> String {
        self.name().chars().map(|letter| if letter == ' ' { '-' } else { letter.to_ascii_lowercase() }).collect()
    }
}

impl FromStr for Region {
    type Err = ValueError;

    /// Reads the name or the key.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        let found = Self::ALL.into_iter().find(|region| region.name() == text || region.key() == text);
        found.ok_or_else(|| ValueError::new(text, "one of the nine regions of England, such as South West"))
    }
}

impl TryFrom<String> for Region {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<Region> for &'static str {
    fn from(region: Region) -> Self {
        region.name()
    }
}

/// A code that a council had before its present one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerCode {
    /// The code.
    pub code: GssCode,
    /// The last reporting year in which it was in force, as a calendar year: it may lie before
    /// [`ReportingYear::FIRST`].
    pub until: u16,
}

impl FromStr for FormerCode {
    type Err = ValueError;

    /// Reads a code with the last year in which it was in force: "E08000016:2025".
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let written =
            || ValueError::new(text, "a former code with the last year in which it was in force, as E08000016:2025");
        let (code, until) = text.split_once(':').ok_or_else(written)?;
        let until = until.parse().ok().filter(|until| (1974..=ReportingYear::LAST.key()).contains(until));
        Ok(Self { code: code.parse()?, until: until.ok_or_else(written)? })
    }
}

impl fmt::Display for FormerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.code, self.until)
    }
}

/// A council, as the register holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Council {
    /// The code in force in the latest year of its life.
    pub code: GssCode,
    /// Codes that it had before, without having become another council.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_codes: Vec<FormerCode>,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its official name: "Luton Borough Council".
    pub name: String,
    /// What people call the place: "Luton".
    #[serde(rename = "short")]
    pub short_name: String,
    /// Other names under which it is looked for: former names, nicknames, its main towns, a county
    /// without a council that it shares with others. In the page they come
    /// with the search.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The type within which the Ombudsman compares it.
    #[serde(rename = "type")]
    pub council_type: CouncilType,
    /// The region that it lies in.
    pub region: Region,
    /// The county council above it, for a district.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub county: Option<GssCode>,
    /// The first reporting year in which it existed; [`ReportingYear::FIRST`] where it is older.
    #[serde(rename = "first")]
    pub first_year: ReportingYear,
    /// The last reporting year in which it existed; none where it still exists.
    #[serde(rename = "last", default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<ReportingYear>,
    /// The councils that it took over from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub predecessors: Vec<GssCode>,
    /// The councils that took over from it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<GssCode>,
    /// A sentence for the reader on what happened to it; empty where nothing did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Council {
    /// Whether it existed in `year`.
    #[must_use]
    pub fn existed_in(&self, year: ReportingYear) -> bool {
        self.first_year <= year && self.last_year.is_none_or(|last| year <= last)
    }

    /// The code in force in `year`, if it existed then.
    #[must_use]
    pub fn code_in(&self, year: ReportingYear) -> Option<GssCode> {
        let former =
            self.former_codes.iter().filter(|former| year.key() <= former.until).min_by_key(|former| former.until);
        self.existed_in(year).then(|| former.map_or(self.code, |former| former.code))
    }

    /// The tier in which it is shown when it is chosen while `shown` is on the map: the other one only
    /// where it does not stand in that one.
    #[must_use]
    pub const fn tier_from(&self, shown: Tier) -> Tier {
        match (self.council_type, shown) {
            (CouncilType::County, _) => Tier::Upper,
            (CouncilType::District, _) => Tier::Lower,
            (_, shown) => shown,
        }
    }

    /// The page on which the Ombudsman publishes `part` of this council's record.
    #[must_use]
    pub fn ombudsman_page(&self, part: OmbudsmanPage) -> String {
        format!("https://www.lgo.org.uk/your-councils-performance/{}/{}", self.slug, part.path())
    }
}

/// The parts of the Ombudsman's own page on a council.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OmbudsmanPage {
    /// Its statistics, with links to the decisions behind them.
    Statistics,
    /// Its annual review letters.
    AnnualLetters,
    /// The service improvements that the council agreed to.
    ServiceImprovements,
    /// Public interest reports.
    Reports,
}

impl OmbudsmanPage {
    const fn path(self) -> &'static str {
        match self {
            Self::Statistics => "statistics",
            Self::AnnualLetters => "annualletters",
            Self::ServiceImprovements => "serviceimprovements",
            Self::Reports => "reports",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_nine_characters_of_england() {
        assert!("E06000032".parse::<GssCode>().is_ok());
        for text in ["", "E0600003", "E060000321", "W06000001", "e06000032", "E0600003é"] {
            assert!(text.parse::<GssCode>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_slug_is_lower_case_words_joined_by_single_hyphens() {
        assert!("st-helens-council".parse::<Slug>().is_ok());
        for text in ["", "-a", "a--b", "a-", "Luton", "a b", "é", "../x", "a/b"] {
            assert!(text.parse::<Slug>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_slug_follows_from_a_name() {
        for (name, slug) in [
            ("Luton Borough Council", "luton-borough-council"),
            ("King's Lynn & West Norfolk Council", "kings-lynn-west-norfolk-council"),
            ("Bournemouth, Christchurch and Poole Council", "bournemouth-christchurch-and-poole-council"),
            ("Barrow-in-Furness Borough Council", "barrow-in-furness-borough-council"),
        ] {
            assert_eq!(Slug::of(name).as_str(), slug);
        }
    }

    #[test]
    fn each_tier_holds_single_tier_councils_and_one_half_of_the_rest() {
        for kind in CouncilType::ALL {
            assert!(kind.stands_in(Tier::Upper) || kind.stands_in(Tier::Lower));
        }
        assert!(!CouncilType::County.stands_in(Tier::Lower));
        assert!(!CouncilType::District.stands_in(Tier::Upper));
    }

    #[test]
    fn regions_read_back_by_name_and_by_key() {
        for region in Region::ALL {
            assert_eq!(Ok(region), region.name().parse());
            assert_eq!(Ok(region), region.key().parse());
        }
    }
}
