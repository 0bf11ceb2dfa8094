//! Which council lies in a direction of another: the map without a mouse.

use crate::{edition::Edition, register::CouncilId, view::View};

/// Where a council lies: about its middle, in thousandths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// East of Greenwich.
    pub lon: i32,
    /// North of the equator.
    pub lat: i32,
}

/// A direction on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up.
    North,
    /// To the right.
    East,
    /// Down.
    South,
    /// To the left.
    West,
}

impl Direction {
    /// All four.
    pub const ALL: [Self; 4] = [Self::North, Self::East, Self::South, Self::West];

    /// In words: "north".
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::North => "north",
            Self::East => "east",
            Self::South => "south",
            Self::West => "west",
        }
    }

    /// How far `to` lies in this direction from `from`, and how far to either side of it, in the same units. A degree of longitude is
    /// three fifths of one of latitude in England.
    const fn reach(self, from: Place, to: Place) -> (i32, i32) {
        let (east, north) = ((to.lon - from.lon) * 3, (to.lat - from.lat) * 5);
        match self {
            Self::North => (north, east.abs()),
            Self::South => (-north, east.abs()),
            Self::East => (east, north.abs()),
            Self::West => (-east, north.abs()),
        }
    }
}

/// The council of the map that `view` shows that lies in `direction` of `from`: the nearest of those that border on it, if any lies more in
/// that direction than in another; else the nearest of all such. None where England ends.
///
/// What lies straight ahead comes before what is as near but to the side.
#[must_use]
pub fn next(edition: &Edition, view: &View, from: CouncilId, direction: Direction) -> Option<CouncilId> {
    let here = edition.place(from)?;
    let beside: Vec<CouncilId> = edition.neighbours(from).collect();
    let mut best: Option<(bool, i32, CouncilId)> = None;
    for (id, _) in edition.register().in_tier(view.year, view.tier) {
        let Some(there) = edition.place(id).filter(|_| id != from) else { continue };
        let (ahead, aside) = direction.reach(here, there);
        if ahead <= 0 || aside > ahead {
            continue;
        }
        let rank = (!beside.contains(&id), ahead + aside * 2, id);
        if best.is_none_or(|best| (rank.0, rank.1) < (best.0, best.1)) {
            best = Some(rank);
        }
    }
    best.map(|(.., id)| id)
}

/// The council of the map that `view` shows from which steps begin: the nearest to the middle of England.
#[must_use]
pub fn first(edition: &Edition, view: &View) -> Option<CouncilId> {
    // Meriden, which tradition has as the middle of England.
    let middle = Place { lon: -1646, lat: 52_437 };
    let far = |there: Place| {
        let (north, east) = Direction::North.reach(middle, there);
        north.abs() + east
    };
    let mut best: Option<(i32, CouncilId)> = None;
    for (id, _) in edition.register().in_tier(view.year, view.tier) {
        let Some(far) = edition.place(id).map(far) else { continue };
        if best.is_none_or(|(nearest, _)| far < nearest) {
            best = Some((far, id));
        }
    }
    best.map(|(_, id)| id)
}
