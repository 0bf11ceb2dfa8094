//! The features of a file, one after the other: those of England are kept, the others counted.

use super::coordinates::{Allowance, Area, Lists, Nested};
use super::{Division, LeftOut, Limits, OnsError};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use upheld_domain::council::GssCode;

/// What a file holds.
pub(super) struct Collection {
    /// The name of its coordinate reference system, if it says one.
    pub(super) crs: Option<String>,
    /// Those of England.
    pub(super) features: Vec<Feature>,
    /// The property with the codes.
    pub(super) property: String,
    pub(super) division: Division,
    pub(super) left_out: LeftOut,
}

/// An area of England.
pub(super) struct Feature {
    /// Which, counted from 1.
    pub(super) number: usize,
    pub(super) code: GssCode,
    pub(super) name: String,
    pub(super) area: Area,
}

/// As deep as `serde_json` reads.
const MOST_DEEP: usize = 128;

/// Reads a file.
pub(super) fn read(text: &str, limits: &Limits) -> Result<Collection, OnsError> {
    let mut reading = Reading {
        limits: *limits,
        allowance: Allowance { positions: limits.positions, rings: limits.rings, exceeded: None },
        number: 0,
        codes: None,
        features: Vec::new(),
        left_out: LeftOut::default(),
        fault: None,
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let read = Root(&mut reading).deserialize(&mut json).and_then(|root| json.end().map(|()| root));
    let (kind, crs) = match read {
        Ok(root) => root,
        Err(error) => return Err(reading.error(&error)),
    };
    if kind.as_deref() != Some("FeatureCollection") {
        let found = kind.map_or_else(|| "JSON object without a type".to_owned(), |kind| short(&kind));
        return Err(OnsError::NotACollection { found });
    }
    let Some(Codes { property, division, .. }) = reading.codes else { return Err(OnsError::NoEngland { others: 0 }) };
    Ok(Collection { crs, features: reading.features, property, division, left_out: reading.left_out })
}

/// The property with the codes, and the one with the names: told by the first feature.
#[derive(Clone)]
struct Codes {
    property: String,
    names: String,
    division: Division,
}

/// The state of reading a file.
struct Reading {
    limits: Limits,
    allowance: Allowance,
    /// The feature being read, counted from 1.
    number: usize,
    codes: Option<Codes>,
    features: Vec<Feature>,
    left_out: LeftOut,
    /// Why reading was broken off, where it was not for the JSON.
    fault: Option<OnsError>,
}

impl Reading {
    fn error(self, error: &serde_json::Error) -> OnsError {
        if let Some(what) = self.allowance.exceeded {
            let most = if what == "rings" { self.limits.rings } else { self.limits.positions };
            return OnsError::TooMuch { what, most };
        }
        let said = error.to_string();
        self.fault.unwrap_or_else(|| {
            if said.starts_with("recursion limit") {
                OnsError::TooDeep { most: MOST_DEEP }
            } else {
                OnsError::Json(said)
            }
        })
    }

    /// Keeps or counts a feature.
    fn take(&mut self, read: Read) -> Result<(), OnsError> {
        let feature = self.number;
        let codes = match &self.codes {
            Some(codes) => codes,
            None => self.codes.insert(codes_of(feature, &read.properties)?),
        };
        let text =
            |name: &str| read.properties.iter().find(|(known, _)| known == name).and_then(|(_, text)| text.as_deref());
        let property = codes.property.clone();
        let Some(found) = text(&property) else { return Err(OnsError::NoCode { feature, property }) };
        let wrong = || OnsError::Code { feature, property, found: short(found) };
        // Every nation's code is a letter and eight digits.
        let code: GssCode = match found.trim().split_at_checked(1) {
            Some(("E", _)) => found.parse().map_err(|_| wrong())?,
            Some((nation @ ("W" | "S" | "N"), digits)) if is_number(digits) => {
                match nation {
                    "W" => self.left_out.wales += 1,
                    "S" => self.left_out.scotland += 1,
                    _ => self.left_out.northern_ireland += 1,
                }
                return Ok(());
            }
            _ => return Err(wrong()),
        };
        let name = short(text(&codes.names).unwrap_or_default());
        let area = read.geometry.unwrap_or(Geometry { kind: None, coordinates: None }).area(feature, code)?;
        self.features.push(Feature { number: feature, code, name, area });
        Ok(())
    }
}

fn is_number(digits: &str) -> bool {
    digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The property of a feature that says its code: LAD or CTYUA, two digits of the year, CD.
fn codes_of(feature: usize, properties: &[(String, Option<String>)]) -> Result<Codes, OnsError> {
    let known = |property: &str| {
        let upper = property.to_ascii_uppercase();
        let (division, rest) = if let Some(rest) = upper.strip_prefix("CTYUA") {
            (Division::Counties, rest)
        } else {
            (Division::Districts, upper.strip_prefix("LAD")?)
        };
        let year = rest.strip_suffix("CD")?;
        (year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit())).then_some(division)
    };
    let found = properties.iter().find_map(|(property, _)| Some((property, known(property)?)));
    let Some((property, division)) = found else {
        let found = properties.iter().take(MOST_LISTED).map(|(property, _)| short(property)).collect();
        return Err(OnsError::NoCodes { feature, found });
    };
    let stem = property.get(..property.len() - 2).unwrap_or_default();
    let is_name = |name: &str| name.eq_ignore_ascii_case(&format!("{stem}NM"));
    let names = properties.iter().map(|(name, _)| name).find(|name| is_name(name)).cloned();
    Ok(Codes { property: property.clone(), names: names.unwrap_or_default(), division })
}

/// How many properties of a feature are looked at; the portal's have fifteen or fewer.
const MOST_PROPERTIES: usize = 100;
/// How many are named where none fits.
const MOST_LISTED: usize = 12;

/// As much of a text as is repeated in messages.
fn short(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(80).collect()
}

/// A feature as the file has it.
#[derive(Default)]
struct Read {
    properties: Vec<(String, Option<String>)>,
    geometry: Option<Geometry>,
}

struct Geometry {
    kind: Option<String>,
    coordinates: Option<Nested>,
}

impl Geometry {
    fn area(self, feature: usize, code: GssCode) -> Result<Area, OnsError> {
        match (self.kind.as_deref(), self.coordinates) {
            (None, None) => Err(OnsError::EmptyGeometry { feature, code }),
            (Some("Polygon" | "MultiPolygon"), None | Some(Nested::Empty)) => {
                Err(OnsError::EmptyGeometry { feature, code })
            }
            (Some("Polygon"), Some(Nested::Rings(rings))) => Ok(vec![rings]),
            (Some("MultiPolygon"), Some(Nested::Parts(parts))) => Ok(parts),
            (Some("Polygon" | "MultiPolygon"), _) => Err(OnsError::Coordinates { feature }),
            (kind, _) => {
                let found =
                    kind.map_or_else(|| "a geometry without a type".to_owned(), |kind| format!("a {}", short(kind)));
                Err(OnsError::NoArea { feature, found })
            }
        }
    }
}

/// A text, borrowed where it can be.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The whole file: its type, and the name of its coordinate reference system.
struct Root<'a>(&'a mut Reading);

impl<'de> DeserializeSeed<'de> for Root<'_> {
    type Value = (Option<String>, Option<String>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Root<'_> {
    type Value = (Option<String>, Option<String>);

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut kind, mut crs) = (None, None);
        while let Some(Text(key)) = map.next_key()? {
            match &*key {
                "type" => kind = Some(map.next_value::<Text<'_>>()?.0.into_owned()),
                "crs" => {
                    let named: Option<Crs> = map.next_value()?;
                    crs = named.map(|crs| crs.properties.name);
                }
                "features" => map.next_value_seed(Features(self.0))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok((kind, crs))
    }
}

/// The member "crs" of GeoJSON of before 2016, which the portal still writes.
#[derive(Deserialize)]
struct Crs {
    properties: CrsName,
}

#[derive(Deserialize)]
struct CrsName {
    name: String,
}

struct Features<'a>(&'a mut Reading);

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let reading = self.0;
        while let Some(read) = list.next_element_seed(OneFeature(&mut reading.allowance))? {
            reading.number += 1;
            let most = reading.limits.features;
            let taken = if reading.number > most {
                Err(OnsError::TooMuch { what: "features", most })
            } else {
                reading.take(read)
            };
            if let Err(fault) = taken {
                reading.fault = Some(fault);
                return Err(A::Error::custom("a feature that cannot be taken"));
            }
        }
        Ok(())
    }
}

struct OneFeature<'a>(&'a mut Allowance);

impl<'de> DeserializeSeed<'de> for OneFeature<'_> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OneFeature<'_> {
    type Value = Read;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a Feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        let mut read = Read::default();
        while let Some(Text(key)) = map.next_key()? {
            match &*key {
                "properties" => read.properties = map.next_value::<Option<Properties>>()?.unwrap_or_default().0,
                "geometry" => read.geometry = map.next_value_seed(MaybeGeometry(self.0))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(read)
    }
}

/// The properties of a feature: their names, and what they say where that is a text.
#[derive(Default)]
struct Properties(Vec<(String, Option<String>)>);

impl<'de> Deserialize<'de> for Properties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Map;
        impl<'de> Visitor<'de> for Map {
            type Value = Properties;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("properties")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Properties, A::Error> {
                let mut properties = Vec::new();
                while let Some(Text(key)) = map.next_key()? {
                    let upper = key.to_ascii_uppercase();
                    let told = properties.len() < MOST_PROPERTIES;
                    let value = if told && (upper.ends_with("CD") || upper.ends_with("NM")) {
                        map.next_value::<MaybeText>()?.0
                    } else {
                        map.next_value::<IgnoredAny>()?;
                        None
                    };
                    if told {
                        properties.push((short(&key), value));
                    }
                }
                Ok(Properties(properties))
            }
        }
        deserializer.deserialize_map(Map)
    }
}

/// A text, or nothing where something else stands.
struct MaybeText(Option<String>);

impl<'de> Deserialize<'de> for MaybeText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = MaybeText;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a property")
            }

            fn visit_str<E>(self, text: &str) -> Result<MaybeText, E> {
                Ok(MaybeText(Some(short(text))))
            }

            fn visit_unit<E>(self) -> Result<MaybeText, E> {
                Ok(MaybeText(None))
            }

            fn visit_bool<E>(self, _: bool) -> Result<MaybeText, E> {
                Ok(MaybeText(None))
            }

            fn visit_i64<E>(self, _: i64) -> Result<MaybeText, E> {
                Ok(MaybeText(None))
            }

            fn visit_u64<E>(self, _: u64) -> Result<MaybeText, E> {
                Ok(MaybeText(None))
            }

            fn visit_f64<E>(self, _: f64) -> Result<MaybeText, E> {
                Ok(MaybeText(None))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<MaybeText, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(MaybeText(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<MaybeText, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(MaybeText(None))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

struct MaybeGeometry<'a>(&'a mut Allowance);

impl<'de> DeserializeSeed<'de> for MaybeGeometry<'_> {
    type Value = Option<Geometry>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for MaybeGeometry<'_> {
    type Value = Option<Geometry>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a geometry")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut kind, mut coordinates) = (None, None);
        while let Some(Text(key)) = map.next_key()? {
            match &*key {
                "type" => kind = Some(map.next_value::<Text<'_>>()?.0.into_owned()),
                "coordinates" => coordinates = Some(map.next_value_seed(Lists(self.0))?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Some(Geometry { kind, coordinates }))
    }
}
