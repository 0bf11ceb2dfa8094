//! Which council lies in a direction of another: the map without a mouse.

use crate::{boundary::Shape, edition::Edition, register::CouncilId, view::View};

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

/// What steps go over: the boundaries that a view shows, or the cells of its hex map.
#[derive(Debug, Clone, Copy)]
pub enum Ground<'a> {
    /// The shapes of the councils that a view shows.
    Boundaries(&'a Edition, &'a View),
    /// Cells of one size.
    Cells(&'a Cells),
}

/// Where the councils of a hex map lie.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cells {
    /// The middle of each cell.
    pub places: Vec<(CouncilId, Place)>,
    /// How wide a cell is, in thousandths of a degree of longitude.
    pub width: i32,
}

impl Cells {
    /// Where `hexagons` lie, each with its council.
    #[must_use]
    pub fn of<'a>(hexagons: impl IntoIterator<Item = (CouncilId, &'a Shape)>) -> Self {
        let mut cells = Self::default();
        for (council, hexagon) in hexagons {
            cells.width = cells.width.max(hexagon.width());
            cells.places.extend(hexagon.place().map(|place| (council, place)));
        }
        cells
    }
}

impl Ground<'_> {
    /// Every council of the map with its place, in the register's order or that of the cells.
    fn councils(&self) -> Vec<(CouncilId, Place)> {
        match self {
            Self::Boundaries(edition, view) => {
                let shown = edition.register().in_tier(view.year, view.tier);
                shown.filter_map(|(id, _)| Some((id, edition.place(id)?))).collect()
            }
            Self::Cells(cells) => cells.places.clone(),
        }
    }

    /// Whether `council` is on the map.
    #[must_use]
    pub fn holds(&self, council: CouncilId) -> bool {
        self.councils().iter().any(|(id, _)| *id == council)
    }

    /// The councils that touch `council`, which lies `here`.
    fn beside(&self, council: CouncilId, here: Place) -> Vec<CouncilId> {
        match self {
            Self::Boundaries(edition, _) => edition.neighbours(council).collect(),
            Self::Cells(cells) => {
                // Cells that touch lie a width apart; those next to them lie further than a width and a half.
                let wide = i64::from(cells.width) * 3;
                let touches = |there: &Place| {
                    let (north, east) = Direction::North.reach(here, *there);
                    let (north, east) = (i64::from(north), i64::from(east));
                    (north * north + east * east) * 4 < wide * wide * 9
                };
                cells.places.iter().filter(|(_, there)| touches(there)).map(|(id, _)| *id).collect()
            }
        }
    }
}

/// The council of `ground` that lies in `direction` of `from`: the nearest of those that touch it, if any lies more in that direction than in another;
/// else the nearest of all such. None where England ends, or where `from` is not on the map.
///
/// What lies straight ahead comes before what is as near but to the side.
#[must_use]
pub fn next(ground: Ground<'_>, from: CouncilId, direction: Direction) -> Option<CouncilId> {
    let councils = ground.councils();
    let here = councils.iter().find(|(id, _)| *id == from).map(|(_, place)| *place)?;
    let beside = ground.beside(from, here);
    let mut best: Option<(bool, i32, CouncilId)> = None;
    for (id, there) in councils.into_iter().filter(|(id, _)| *id != from) {
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

/// The council of `ground` from which steps begin: the nearest to the middle of England.
#[must_use]
pub fn first(ground: Ground<'_>) -> Option<CouncilId> {
    // Meriden, which tradition has as the middle of England.
    let middle = Place { lon: -1646, lat: 52_437 };
    let mut best: Option<(i32, CouncilId)> = None;
    for (id, there) in ground.councils() {
        let (north, east) = Direction::North.reach(middle, there);
        let far = north.abs() + east;
        if best.is_none_or(|(nearest, _)| far < nearest) {
            best = Some((far, id));
        }
    }
    best.map(|(_, id)| id)
}
