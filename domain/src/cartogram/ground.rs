//! What is arranged: councils as they lie on the ground.

use super::{
    lattice::ROW,
    tables::{of, put},
};
use crate::{
    boundary::{Position, Ring, Shape},
    council::{GssCode, Region},
};
use std::collections::{BTreeMap, BTreeSet};

/// Councils on two sides of water that is narrower are kept together too, in kilometres: the Thames at Gravesend, the Mersey at Liverpool.
const NARROWS: f64 = 1.2;

/// Radius of the earth, in kilometres.
const RADIUS: f64 = 6_371.0;

/// Councils and what is to be kept of how they lie.
#[derive(Debug, Clone, Default)]
pub(super) struct Ground {
    pub(super) places: Vec<Place>,
    pub(super) borders: Vec<Border>,
    /// Councils that hang together on the ground and are to do so in the arrangement, by their places; first of all, all of them.
    pub(super) groups: Vec<Vec<usize>>,
}

/// A council as it was given.
pub(super) struct Member<'a> {
    pub(super) shape: &'a Shape,
    pub(super) region: Option<Region>,
    pub(super) county: Option<GssCode>,
    pub(super) like: Option<Like>,
}

/// Where a council stands in an arrangement that this one is to be like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Like {
    pub(super) at: (f64, f64),
    /// Whether it is the council itself that stands there.
    pub(super) own: bool,
}

/// A council that borders on others.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Which of the members it is.
    pub(super) member: usize,
    /// Its middle on the ground, to the east and to the south, in units in which councils have the area of a cell on average.
    pub(super) at: (f64, f64),
    /// Where it starts from.
    pub(super) start: (f64, f64),
    /// The share of its outline that it has with no other council: coast, and the borders with Wales and Scotland.
    pub(super) outside: f64,
    /// The middle of its cell in the arrangement that this one is to be like.
    pub(super) anchor: Option<(f64, f64)>,
}

/// A pair of councils to be kept side by side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Border {
    pub(super) one: usize,
    pub(super) other: usize,
    /// How much it matters: 1 on average.
    pub(super) weight: f64,
}

/// A council without a border to any other, and its way from the nearest of those that have one: their members, and how near they are as a weight.
pub(super) struct Isle {
    pub(super) member: usize,
    pub(super) near: Vec<(usize, f64)>,
}

impl Ground {
    /// What there is to keep of councils, and which of them are islands.
    pub(super) fn of(members: &[Member<'_>]) -> (Self, Vec<Isle>) {
        let outlines: Vec<Outline> = members.iter().map(|member| Outline::of(member.shape)).collect();
        let shared = shared(members);
        let borders_of = |member: usize| shared.lengths.keys().any(|(one, other)| *one == member || *other == member);
        let mainland: Vec<usize> = (0..members.len()).filter(|member| borders_of(*member)).collect();
        // Where nobody has a border, all are arranged by direction alone.
        let mainland = if mainland.is_empty() { (0..members.len()).collect() } else { mainland };
        let place_of: BTreeMap<usize, usize> =
            mainland.iter().enumerate().map(|(place, member)| (*member, place)).collect();

        let area: f64 = mainland.iter().filter_map(|member| outlines.get(*member)).map(|outline| outline.area).sum();
        let count: f64 = mainland.iter().fold(0.0, |count, _| count + 1.0);
        let scale = if area > 0.0 { (count * ROW / area).sqrt() } else { 1.0 };
        let mut ground = Self::default();
        for &member in &mainland {
            let (outline, like) = (of(&outlines, member), members.get(member).and_then(|member| member.like));
            let at = (outline.middle.0 * scale, outline.middle.1 * scale);
            let (outside, all) = (of(&shared.outside, member), of(&shared.perimeters, member));
            ground.places.push(Place {
                member,
                at,
                start: at,
                outside: if all > 0.0 { outside / all } else { 1.0 },
                anchor: like.filter(|like| like.own).map(|like| like.at),
            });
        }
        for ((one, other), length) in &shared.lengths {
            let share = |member: usize| length / of(&shared.perimeters, member).max(f64::MIN_POSITIVE);
            let weight = 0.8 + 0.6 * (share(*one) + share(*other));
            ground.keep(&place_of, (*one, *other), weight);
        }
        for pair in shared.across_water() {
            ground.keep(&place_of, pair, 0.5);
        }
        ground.hang_together(members, &shared);
        ground.start_like(members);
        let isles = (0..members.len()).filter(|member| !place_of.contains_key(member));
        let isles = isles.map(|member| Isle { member, near: shared.nearest(member, &mainland) }).collect();
        (ground, isles)
    }

    fn keep(&mut self, place_of: &BTreeMap<usize, usize>, pair: (usize, usize), weight: f64) {
        if let (Some(&one), Some(&other)) = (place_of.get(&pair.0), place_of.get(&pair.1)) {
            self.borders.push(Border { one, other, weight });
        }
    }

    /// All, the regions and the counties: of each, those parts that hang together on the ground.
    fn hang_together(&mut self, members: &[Member<'_>], shared: &Shared) {
        let mut named: BTreeMap<(Option<Region>, Option<GssCode>), Vec<usize>> = BTreeMap::new();
        for (place, council) in self.places.iter().enumerate() {
            let Some(member) = members.get(council.member) else { continue };
            named.entry((None, None)).or_default().push(place);
            if member.region.is_some() {
                named.entry((member.region, None)).or_default().push(place);
            }
            if member.county.is_some() {
                named.entry((None, member.county)).or_default().push(place);
            }
        }
        let beside: BTreeSet<(usize, usize)> = shared.lengths.keys().copied().collect();
        let touches = |one: usize, other: usize| {
            let (one, other) = (of(&self.places, one).member, of(&self.places, other).member);
            beside.contains(&(one.min(other), one.max(other)))
        };
        let mut groups = Vec::new();
        for places in named.into_values() {
            let mut parts = connected(&places, touches);
            // The largest first, so that the first group of all is the mainland.
            parts.sort_by_key(|part| core::cmp::Reverse(part.len()));
            groups.extend(
                parts
                    .into_iter()
                    .enumerate()
                    .filter(|(number, part)| *number == 0 || part.len() > 1)
                    .map(|(_, part)| part),
            );
        }
        self.groups = groups;
    }

    /// Starts from the arrangement that this one is to be like. Those that stand in one place of it start beside each other as they lie on the
    /// ground; those that have none of it start beside their neighbours.
    fn start_like(&mut self, members: &[Member<'_>]) {
        let like = |place: &Place| members.get(place.member).and_then(|member| member.like);
        if !self.places.iter().any(|place| like(place).is_some()) {
            return;
        }
        let mut together: BTreeMap<(u64, u64), Vec<usize>> = BTreeMap::new();
        let mut without = Vec::new();
        for (number, place) in self.places.iter().enumerate() {
            match like(place) {
                Some(Like { at, .. }) => together.entry((at.0.to_bits(), at.1.to_bits())).or_default().push(number),
                None => without.push(number),
            }
        }
        for ((x, y), places) in together {
            let middle = mean(places.iter().map(|place| of(&self.places, *place).at));
            let from_middle = |at: (f64, f64)| (at.0 - middle.0, at.1 - middle.1);
            let reach = places
                .iter()
                .map(|place| from_middle(of(&self.places, *place).at))
                .map(|(x, y)| (x * x + y * y).sqrt())
                .fold(0.0, f64::max);
            for place in places {
                let (east, south) = from_middle(of(&self.places, place).at);
                let by = if reach > 0.0 { 0.5 / reach } else { 0.0 };
                if let Some(place) = self.places.get_mut(place) {
                    place.start = (f64::from_bits(x) + east * by, f64::from_bits(y) + south * by);
                }
            }
        }
        for number in without {
            let beside = self.borders.iter().filter(|border| border.one == number || border.other == number);
            let starts = beside.map(|border| {
                let other = if border.one == number { border.other } else { border.one };
                let ((x, y), (east, south)) = (of(&self.places, other).start, self.direction(other, number));
                (x + east, y + south)
            });
            let start = mean(starts);
            if let Some(place) = self.places.get_mut(number) {
                place.start = start;
            }
        }
    }

    /// The direction from one council to another on the ground, of length 1.
    pub(super) fn direction(&self, one: usize, other: usize) -> (f64, f64) {
        let (from, to) = (of(&self.places, one).at, of(&self.places, other).at);
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        let length = (x * x + y * y).sqrt();
        if length > 0.0 { (x / length, y / length) } else { (0.0, 0.0) }
    }

    /// How far two councils are from each other on the ground.
    pub(super) fn distance(&self, one: usize, other: usize) -> f64 {
        distance(of(&self.places, one).at, of(&self.places, other).at)
    }

    pub(super) fn is_anchored(&self) -> bool {
        self.places.iter().any(|place| place.anchor.is_some())
    }
}

fn mean(places: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    let (x, y, count) = places.fold((0.0, 0.0, 0.0), |(x, y, count), at| (x + at.0, y + at.1, count + 1.0));
    if count > 0.0 { (x / count, y / count) } else { (0.0, 0.0) }
}

/// The parts of `all` within which one leads to the other by those that touch.
pub(super) fn connected<T: Copy + Ord>(all: &[T], touches: impl Fn(T, T) -> bool) -> Vec<Vec<T>> {
    let mut left: BTreeSet<T> = all.iter().copied().collect();
    let mut parts = Vec::new();
    while let Some(first) = left.pop_first() {
        let mut part = vec![first];
        let mut next = 0;
        while let Some(&from) = part.get(next) {
            next += 1;
            let reached: Vec<T> = left.iter().copied().filter(|to| touches(from, *to)).collect();
            for to in reached {
                left.remove(&to);
                part.push(to);
            }
        }
        part.sort();
        parts.push(part);
    }
    parts
}

/// East and south on a map in Web Mercator, in radii of the earth.
fn flat(at: Position) -> (f64, f64) {
    let (east, north) = at.mercator();
    (east, -north)
}

/// The middle and the area of a shape on the map.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Outline {
    pub(super) middle: (f64, f64),
    pub(super) area: f64,
}

impl Outline {
    pub(super) fn of(shape: &Shape) -> Self {
        let Some(origin) = shape.rings().find_map(|ring| ring.0.first()).map(|at| flat(*at)) else {
            return Self::default();
        };
        let (mut east, mut south, mut doubled) = (0.0, 0.0, 0.0);
        for (from, to) in shape.rings().flat_map(Ring::edges) {
            let relative = |at: Position| {
                let (x, y) = flat(at);
                (x - origin.0, y - origin.1)
            };
            let ((ax, ay), (bx, by)) = (relative(from), relative(to));
            let cross = ax * by - bx * ay;
            east += cross * (ax + bx);
            south += cross * (ay + by);
            doubled += cross;
        }
        if doubled == 0.0 {
            return Self { middle: origin, area: 0.0 };
        }
        Self {
            middle: (origin.0 + east / doubled / 3.0, origin.1 + south / doubled / 3.0),
            area: (doubled / 2.0).abs(),
        }
    }
}

/// A vertex of a council's shore.
type Landing = (usize, (f64, f64));

/// What outlines have in common.
struct Shared {
    /// How long each pair's border is, each pair once and in order.
    lengths: BTreeMap<(usize, usize), f64>,
    perimeters: Vec<f64>,
    /// How much of each outline is nobody else's.
    outside: Vec<f64>,
    /// The vertices of what is nobody else's, of each.
    shores: Vec<Vec<(f64, f64)>>,
}

fn shared(members: &[Member<'_>]) -> Shared {
    let mut sides: BTreeMap<(Position, Position), (usize, Option<usize>)> = BTreeMap::new();
    for (number, member) in members.iter().enumerate() {
        for (from, to) in member.shape.rings().flat_map(Ring::edges) {
            let line = (from.min(to), from.max(to));
            sides.entry(line).and_modify(|side| side.1 = Some(number)).or_insert((number, None));
        }
    }
    let mut shared = Shared {
        lengths: BTreeMap::new(),
        perimeters: vec![0.0; members.len()],
        outside: vec![0.0; members.len()],
        shores: vec![Vec::new(); members.len()],
    };
    for ((from, to), (one, other)) in sides {
        let (a, b) = (flat(from), flat(to));
        let length = distance(a, b);
        let add = |lengths: &mut Vec<f64>, member: usize| {
            let sum = of(lengths, member) + length;
            put(lengths, member, sum);
        };
        add(&mut shared.perimeters, one);
        if let Some(other) = other.filter(|other| *other != one) {
            add(&mut shared.perimeters, other);
            *shared.lengths.entry((one.min(other), one.max(other))).or_insert(0.0) += length;
        } else {
            add(&mut shared.outside, one);
            if let Some(shore) = shared.shores.get_mut(one) {
                shore.extend([a, b]);
            }
        }
    }
    shared
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (x, y) = (b.0 - a.0, b.1 - a.1);
    (x * x + y * y).sqrt()
}

/// A distance on the map at a place, in kilometres.
fn kilometres(distance: f64, (_, south): (f64, f64)) -> f64 {
    distance * RADIUS / libm::cosh(south)
}

impl Shared {
    /// Pairs without a border whose shores are [`NARROWS`] apart at most, each once and in order.
    fn across_water(&self) -> BTreeSet<(usize, usize)> {
        // A square is wider than the narrows anywhere in England.
        const SQUARE: f64 = 2.5 * NARROWS / RADIUS;
        #[expect(clippy::cast_possible_truncation, reason = "a radius of the earth has some thousand squares")]
        let square = |(x, y): (f64, f64)| ((x / SQUARE).floor() as i32, (y / SQUARE).floor() as i32);
        let mut squares: BTreeMap<(i32, i32), Vec<Landing>> = BTreeMap::new();
        for (member, shore) in self.shores.iter().enumerate() {
            for at in shore {
                squares.entry(square(*at)).or_default().push((member, *at));
            }
        }
        let mut pairs = BTreeSet::new();
        for ((x, y), here) in &squares {
            let around = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
            for (other, there) in around.filter_map(|square| squares.get(&square)).flatten() {
                for (one, at) in here.iter().filter(|(one, _)| one < other) {
                    let pair = (*one, *other);
                    if !pairs.contains(&pair)
                        && !self.lengths.contains_key(&pair)
                        && kilometres(distance(*at, *there), *at) < NARROWS
                    {
                        pairs.insert(pair);
                    }
                }
            }
        }
        pairs
    }

    /// The three of `others` whose shores are nearest to a council's, the nearer with the greater weight.
    fn nearest(&self, member: usize, others: &[usize]) -> Vec<(usize, f64)> {
        let own = self.shores.get(member).map_or(&[] as &[(f64, f64)], Vec::as_slice);
        let away = |other: &usize| {
            let shore = self.shores.get(*other).into_iter().flatten();
            shore.flat_map(|there| own.iter().map(|here| distance(*here, *there))).fold(f64::INFINITY, f64::min)
        };
        let mut near: Vec<(usize, f64)> = others.iter().map(|other| (*other, away(other))).collect();
        near.sort_by(|one, other| one.1.total_cmp(&other.1));
        near.truncate(3);
        near.into_iter()
            .filter(|(_, away)| away.is_finite())
            .map(|(other, away)| (other, 1.0 / (away * away).max(1e-12)))
            .collect()
    }
}
