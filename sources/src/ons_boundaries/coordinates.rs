//! Coordinates of an area, read number by number, so that no more is held than the positions themselves.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, SeqAccess, Visitor};
use std::fmt;

/// The rings of the parts of an area, as printed.
pub(super) type Area = Vec<Vec<Vec<[f64; 2]>>>;

/// How many positions and rings may still come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowance {
    pub(super) positions: usize,
    pub(super) rings: usize,
    /// What was used up.
    pub(super) exceeded: Option<&'static str>,
}

impl Allowance {
    fn take(left: &mut usize, exceeded: &mut Option<&'static str>, what: &'static str) -> bool {
        if let Some(rest) = left.checked_sub(1) {
            *left = rest;
            true
        } else {
            *exceeded = Some(what);
            false
        }
    }
}

/// What a member "coordinates" holds, by how deep its lists are.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Nested {
    Number(f64),
    Empty,
    Position([f64; 2]),
    Line(Vec<[f64; 2]>),
    Rings(Vec<Vec<[f64; 2]>>),
    Parts(Area),
    /// None of these.
    Wrong,
}

impl Nested {
    /// A list that begins with `first`.
    fn beginning(first: Self) -> Self {
        match first {
            Self::Position(at) => Self::Line(vec![at]),
            Self::Line(line) => Self::Rings(vec![line]),
            Self::Rings(rings) => Self::Parts(vec![rings]),
            Self::Empty => Self::Empty,
            Self::Number(_) | Self::Parts(_) | Self::Wrong => Self::Wrong,
        }
    }

    /// The list with one more in it.
    fn with(self, next: Self) -> Self {
        match (self, next) {
            (Self::Line(mut line), Self::Position(at)) => {
                line.push(at);
                Self::Line(line)
            }
            (Self::Rings(mut rings), Self::Line(line)) => {
                rings.push(line);
                Self::Rings(rings)
            }
            (Self::Parts(mut parts), Self::Rings(rings)) => {
                parts.push(rings);
                Self::Parts(parts)
            }
            // An area of which a part is empty is told as such.
            (Self::Empty | Self::Rings(_) | Self::Parts(_), Self::Empty)
            | (Self::Empty, Self::Line(_) | Self::Rings(_)) => Self::Empty,
            _ => Self::Wrong,
        }
    }
}

/// Reads a member "coordinates", or a list in it.
pub(super) struct Lists<'a>(pub(super) &'a mut Allowance);

impl<'de> DeserializeSeed<'de> for Lists<'_> {
    type Value = Nested;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Nested, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Lists<'_> {
    type Value = Nested;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number or a list of numbers")
    }

    fn visit_f64<E>(self, number: f64) -> Result<Nested, E> {
        Ok(Nested::Number(number))
    }

    #[allow(clippy::cast_precision_loss, reason = "a number so large is no coordinate, precise or not")]
    fn visit_i64<E>(self, number: i64) -> Result<Nested, E> {
        Ok(Nested::Number(number as f64))
    }

    #[allow(clippy::cast_precision_loss, reason = "a number so large is no coordinate, precise or not")]
    fn visit_u64<E>(self, number: u64) -> Result<Nested, E> {
        Ok(Nested::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Nested, A::Error> {
        let Self(allowance) = self;
        let Some(first) = list.next_element_seed(Lists(allowance))? else { return Ok(Nested::Empty) };
        if let Nested::Number(x) = first {
            return position(x, list, allowance);
        }
        let mut nested = Nested::beginning(first);
        while nested != Nested::Wrong
            && let Some(next) = list.next_element_seed(Lists(allowance))?
        {
            nested = nested.with(next);
        }
        if matches!(nested, Nested::Line(_)) && !Allowance::take(&mut allowance.rings, &mut allowance.exceeded, "rings")
        {
            return Err(serde::de::Error::custom("too many rings"));
        }
        // What cannot be right is not kept, but has to be passed over.
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(nested)
    }
}

/// A position that begins with `x`; a height is passed over.
fn position<'de, A: SeqAccess<'de>>(x: f64, mut list: A, allowance: &mut Allowance) -> Result<Nested, A::Error> {
    let y = list.next_element_seed(Lists(allowance))?;
    while list.next_element::<IgnoredAny>()?.is_some() {}
    if !Allowance::take(&mut allowance.positions, &mut allowance.exceeded, "positions") {
        return Err(serde::de::Error::custom("too many positions"));
    }
    Ok(if let Some(Nested::Number(y)) = y { Nested::Position([x, y]) } else { Nested::Wrong })
}
