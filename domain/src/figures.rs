//! The figures that a source can print about one council and one reporting year.

use crate::error::ValueError;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// A number of complaints, decisions or outcomes.
pub type Count = u32;

/// The most that a count can be.
const MOST: Count = 1_000_000;

/// A percentage as printed, from 0 to 100, with at most one decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percentage(u16);

/// A rate per 100,000 residents as printed, with at most two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PerHundredThousand(u32);

/// A number such as "54" or "68.8", as a whole number of its last place: tenths where `decimals` is 1.
fn scaled(text: &str, decimals: usize) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty();
    if !digits(whole) || !digits(fraction) || fraction.len() > decimals {
        return None;
    }
    format!("{whole}{fraction:0<decimals$}").parse().ok()
}

/// `number` as a whole number of its last place, where it has no more places and is not more than `most` of them.
/// (By way of text it would take the code that writes floating-point numbers along, 20 KB of WebAssembly.)
fn scaled_number(number: f64, scale: u32, most: u32) -> Option<u32> {
    let exact = number * f64::from(scale);
    let whole = exact.round();
    let fits = (exact - whole).abs() < 1e-6 && (0.0..=f64::from(most)).contains(&whole);
    fits.then_some(small(whole))
}

/// A number that is whole, and not below 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is out of range saturates")]
pub(crate) const fn small(whole: f64) -> u32 {
    whole as u32
}

/// Writes what [`scaled`] reads, without noughts at its end; `scale` is 10 or 100.
fn write_scaled(f: &mut fmt::Formatter<'_>, value: u32, scale: u32) -> fmt::Result {
    let (whole, rest) = (value / scale, value % scale);
    if rest == 0 {
        write!(f, "{whole}")
    } else if (rest * 10).is_multiple_of(scale) {
        write!(f, "{whole}.{}", rest * 10 / scale)
    } else {
        write!(f, "{whole}.{rest:02}")
    }
}

/// `number` as it is read in full: "4.6", "4".
pub(crate) fn tenths(number: f64) -> String {
    PerHundredThousand(small((number * 10.0).round()).saturating_mul(10)).to_string()
}

fn serialize_scaled<S: Serializer>(serializer: S, value: u32, scale: u32) -> Result<S::Ok, S::Error> {
    if value.is_multiple_of(scale) {
        serializer.serialize_u32(value / scale)
    } else {
        serializer.serialize_f64(f64::from(value) / f64::from(scale))
    }
}

/// A count that was read as a number.
pub(crate) fn count_from_number(number: f64) -> Option<Count> {
    scaled_number(number, 1, MOST)
}

impl Percentage {
    /// What was printed as `percent`, if it can be.
    pub(crate) fn from_number(percent: f64) -> Option<Self> {
        scaled_number(percent, 10, 1000).and_then(|tenths| u16::try_from(tenths).ok()).map(Self)
    }

    /// In percent.
    #[must_use]
    pub fn percent(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

impl FromStr for Percentage {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let value = scaled(text.trim(), 1).filter(|tenths| *tenths <= 1000).and_then(|tenths| tenths.try_into().ok());
        value.map(Self).ok_or_else(|| ValueError::new(text, "a percentage from 0 to 100 with at most one decimal"))
    }
}

impl fmt::Display for Percentage {
    /// Without the sign: "54", "68.8".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, u32::from(self.0), 10)
    }
}

impl Serialize for Percentage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_scaled(serializer, u32::from(self.0), 10)
    }
}

impl<'de> Deserialize<'de> for Percentage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Self::from_number(number)
            .ok_or_else(|| serde::de::Error::custom("not a percentage from 0 to 100 with at most one decimal"))
    }
}

impl PerHundredThousand {
    /// What was printed as `rate`, if it can be.
    pub(crate) fn from_number(rate: f64) -> Option<Self> {
        scaled_number(rate, 100, 10_000_000).map(Self)
    }

    /// Per 100,000 residents.
    #[must_use]
    pub fn rate(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl FromStr for PerHundredThousand {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let value = scaled(text.trim(), 2).filter(|hundredths| *hundredths <= 10_000_000);
        value.map(Self).ok_or_else(|| ValueError::new(text, "a rate per 100,000 residents with at most two decimals"))
    }
}

impl fmt::Display for PerHundredThousand {
    /// As printed: "4", "4.6", "4.24".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.0, 100)
    }
}

impl Serialize for PerHundredThousand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_scaled(serializer, self.0, 100)
    }
}

impl<'de> Deserialize<'de> for PerHundredThousand {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Self::from_number(number)
            .ok_or_else(|| serde::de::Error::custom("not a rate per 100,000 residents with at most two decimals"))
    }
}

/// One printed number, of whichever kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A count.
    Count(Count),
    /// A percentage.
    Percentage(Percentage),
    /// A rate per 100,000 residents.
    PerHundredThousand(PerHundredThousand),
}

impl Value {
    /// What was printed of `kind` as `number`, if it can be.
    fn from_number(kind: Kind, number: f64) -> Option<Self> {
        match kind {
            Kind::Count => count_from_number(number).map(Self::Count),
            Kind::Percentage => Percentage::from_number(number).map(Self::Percentage),
            Kind::PerHundredThousand => PerHundredThousand::from_number(number).map(Self::PerHundredThousand),
        }
    }

    /// The number, without its unit.
    #[must_use]
    pub fn number(self) -> f64 {
        match self {
            Self::Count(count) => f64::from(count),
            Self::Percentage(percentage) => percentage.percent(),
            Self::PerHundredThousand(rate) => rate.rate(),
        }
    }
}

impl fmt::Display for Value {
    /// With its unit where it has one: "13", "54%", "4.6".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Percentage(percentage) => write!(f, "{percentage}%"),
            Self::PerHundredThousand(rate) => write!(f, "{rate}"),
        }
    }
}

/// What kind of number a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A count.
    Count,
    /// A percentage, from 0 to 100.
    Percentage,
    /// A rate per 100,000 residents.
    PerHundredThousand,
}

/// Declares the fields once: the struct, the list of fields, and the ways between them.
macro_rules! figures {
    ($($(#[$doc:meta])* $field:ident: $kind:ident = $variant:ident, $column:literal, $label:literal;)*) => {
        /// What one source printed about one council and one year, or what is known of them together.
        /// None is "not printed", never zero.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Figures {
            $($(#[$doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$kind>,)*
        }

        /// The name of one figure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* $variant,)*
        }

        impl Field {
            /// Every field, in the order of the columns of `figures.csv`.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The field's column in `figures.csv`.
            #[must_use]
            pub const fn column(self) -> &'static str {
                match self { $(Self::$variant => $column,)* }
            }

            /// What kind of number it is.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind,)* }
            }

            /// The field in words.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }

        impl Figures {
            /// The value of `field`.
            #[must_use]
            pub fn get(&self, field: Field) -> Option<Value> {
                match field { $(Field::$variant => self.$field.map(Value::$kind),)* }
            }

            /// Reads `text`, which is not empty, as the value of `field`.
            ///
            /// # Errors
            /// Where the text is not a number of the field's kind.
            pub fn read(&mut self, field: Field, text: &str) -> Result<(), ValueError> {
                match field { $(Field::$variant => self.$field = Some(read_number(text)?),)* }
                Ok(())
            }

            fn set(&mut self, field: Field, value: Value) {
                match field {
                    $(Field::$variant => if let Value::$kind(value) = value { self.$field = Some(value) },)*
                }
            }

            /// Takes over `field` from `other`.
            pub fn take(&mut self, field: Field, other: &Self) {
                match field { $(Field::$variant => self.$field = other.$field,)* }
            }
        }
    };
}

/// A number that a source prints.
trait Number: Sized {
    fn read(text: &str) -> Result<Self, ValueError>;
}

impl Number for Count {
    fn read(text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let count = text.parse().ok().filter(|count| digits && *count <= MOST);
        count.ok_or_else(|| ValueError::new(text, "a whole number from 0 to 1,000,000"))
    }
}

impl Number for Percentage {
    fn read(text: &str) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl Number for PerHundredThousand {
    fn read(text: &str) -> Result<Self, ValueError> {
        text.parse()
    }
}

fn read_number<N: Number>(text: &str) -> Result<N, ValueError> {
    N::read(text)
}

figures! {
    /// Detailed investigations: complaints upheld and not upheld.
    investigations: Count = Investigations, "investigations", "detailed investigations";
    /// Complaints upheld.
    upheld: Count = Upheld, "upheld", "complaints upheld";
    /// Upheld of detailed investigations, in percent.
    uphold_rate: Percentage = UpholdRate, "uphold_pct", "uphold rate";
    /// The printed average uphold rate of similar authorities, in percent.
    uphold_rate_similar: Percentage = UpholdRateSimilar, "uphold_pct_similar", "average uphold rate of similar authorities";
    /// Upheld decisions per 100,000 residents.
    upheld_per_100k: PerHundredThousand = UpheldPer100k, "upheld_per_100k", "upheld decisions per 100,000 residents";
    /// The printed average of similar authorities, per 100,000 residents.
    upheld_per_100k_similar: PerHundredThousand = UpheldPer100kSimilar, "upheld_per_100k_similar", "average upheld decisions per 100,000 residents of similar authorities";
    /// Compliance outcomes recorded in the year.
    compliance_outcomes: Count = ComplianceOutcomes, "compliance_outcomes", "compliance outcomes recorded";
    /// Recommendations carried out to satisfaction, in percent of the outcomes.
    compliance_rate: Percentage = ComplianceRate, "compliance_pct", "compliance rate";
    /// The printed average compliance rate of similar authorities, in percent.
    compliance_rate_similar: Percentage = ComplianceRateSimilar, "compliance_pct_similar", "average compliance rate of similar authorities";
    /// Upheld complaints with a satisfactory remedy before the complaint reached the Ombudsman.
    satisfactory_remedies: Count = SatisfactoryRemedies, "satisfactory_remedies", "satisfactory remedies";
    /// Satisfactory remedies, in percent of the upheld decisions.
    remedy_rate: Percentage = RemedyRate, "satisfactory_remedy_pct", "satisfactory remedy rate";
    /// The printed average satisfactory remedy rate of similar authorities, in percent.
    remedy_rate_similar: Percentage = RemedyRateSimilar, "satisfactory_remedy_pct_similar", "average satisfactory remedy rate of similar authorities";
    /// Complaints and enquiries that the Ombudsman dealt with.
    dealt_with: Count = DealtWith, "complaints_dealt_with", "complaints dealt with";
    /// Complaints that were not for the Ombudsman.
    not_for_us: Count = NotForUs, "not_for_us", "complaints not for the Ombudsman";
    /// Complaints that were assessed and closed.
    assessed_and_closed: Count = AssessedAndClosed, "assessed_and_closed", "complaints assessed and closed";
}

impl Figures {
    /// Takes `number` as the value of `field`; none where it cannot be.
    pub(crate) fn set_number(&mut self, field: Field, number: f64) -> Option<()> {
        self.set(field, Value::from_number(field.kind(), number)?);
        Some(())
    }

    /// Whether an uphold rate is known: printed, or to be worked out from the counts.
    #[must_use]
    pub fn has_uphold_rate(&self) -> bool {
        self.uphold_rate.is_some() || matches!((self.upheld, self.investigations), (Some(_), Some(1..)))
    }

    /// Whether all three statistics are known.
    #[must_use]
    pub fn has_all_three(&self) -> bool {
        self.has_uphold_rate() && self.compliance_rate.is_some() && self.remedy_rate.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_percentage_is_read_as_printed() {
        assert_eq!("68.8".parse::<Percentage>().map(|p| p.to_string()), Ok("68.8".to_owned()));
        assert_eq!("100".parse::<Percentage>().map(|p| p.to_string()), Ok("100".to_owned()));
        for text in ["", "-1", "100.1", "101", "5.55", "1e1", "n/a", ".5", "5."] {
            assert!(text.parse::<Percentage>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_rate_per_100_000_is_kept_as_printed_to_two_decimals() {
        for text in ["0", "4", "4.6", "4.24", "0.05", "100000"] {
            assert_eq!(text.parse::<PerHundredThousand>().map(|rate| rate.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "-1", "4.245", "100000.01", "4,2"] {
            assert!(text.parse::<PerHundredThousand>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_count_is_whole_and_not_signed() {
        let mut figures = Figures::default();
        for text in ["", "-1", "+1", "1.0", "1,000", "9999999"] {
            assert!(figures.read(Field::Upheld, text).is_err(), "{text}");
        }
        assert_eq!(figures.read(Field::Upheld, "13"), Ok(()));
        assert_eq!(figures.get(Field::Upheld), Some(Value::Count(13)));
    }

    proptest! {
        #[test]
        fn figures_survive_json(upheld in proptest::option::of(0_u32..1000), rate in proptest::option::of(0_u16..=1000), per in proptest::option::of(0_u32..1000)) {
            let figures = Figures {
                upheld,
                uphold_rate: rate.map(Percentage),
                upheld_per_100k: per.map(PerHundredThousand),
                ..Figures::default()
            };
            let json = serde_json::to_string(&figures)?;
            prop_assert_eq!(figures, serde_json::from_str(&json)?);
        }
    }
}
