use super::position::{Halves, Position, turn};
use crate::{compass::Place, council::GssCode, order::sorted};
use std::collections::{BTreeMap, BTreeSet};

/// A closed line: its first position is also its last, as GeoJSON has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring(pub Vec<Position>);

/// One part of a council: an outer ring, counter-clockwise, and the holes in it, clockwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polygon {
    /// What bounds it from outside.
    pub outer: Ring,
    /// What is cut out of it, as Cambridge is out of South Cambridgeshire.
    pub holes: Vec<Ring>,
}

/// The shape of one council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// GSS code in force in the first reporting year of the vintage, such as E07000008.
    pub code: GssCode,
    /// The council's short name, such as `Cambridge`.
    pub name: String,
    /// Its parts: the mainland, islands, exclaves.
    pub polygons: Vec<Polygon>,
}

/// The shapes of all councils of one tier and vintage, in the order of their codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// One shape a council.
    pub shapes: Vec<Shape>,
}

impl Layer {
    /// Which of its councils border on each other: those that share a line of their shapes, each pair once, in order.
    #[must_use]
    pub fn neighbours(&self) -> BTreeSet<(GssCode, GssCode)> {
        let mut sides: BTreeMap<(Position, Position), GssCode> = BTreeMap::new();
        let mut pairs = BTreeSet::new();
        for shape in &self.shapes {
            for ring in shape.polygons.iter().flat_map(Polygon::rings) {
                for (from, to) in ring.edges() {
                    let line = (from.min(to), from.max(to));
                    if let Some(other) = sides.insert(line, shape.code).filter(|other| *other != shape.code) {
                        pairs.insert((other.min(shape.code), other.max(shape.code)));
                    }
                }
            }
        }
        pairs
    }
}

/// Where a place lies with respect to a ring, a polygon or a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// Within it.
    Inside,
    /// Exactly on its edge.
    Edge,
    /// Not within it.
    Outside,
}

impl Ring {
    /// Its edges, in its own direction.
    pub fn edges(&self) -> impl Iterator<Item = (Position, Position)> {
        self.0.iter().copied().zip(self.0.iter().copied().skip(1))
    }

    /// Area in square kilometres: positive where the ring runs counter-clockwise, negative where clockwise.
    ///
    /// ```
    /// use upheld_domain::boundary::{Position, Ring};
    ///
    /// // A hundredth of a degree each way, at London.
    /// let corners = [(0.0, 51.5), (0.01, 51.5), (0.01, 51.51), (0.0, 51.51), (0.0, 51.5)];
    /// let ring = Ring(corners.into_iter().map(|(lon, lat)| Position::from_degrees(lon, lat)).collect::<Result<_, _>>()?);
    /// assert!((ring.signed_area() - 0.77).abs() < 0.01);
    /// # Ok::<(), upheld_domain::boundary::OutOfRange>(())
    /// ```
    #[must_use]
    pub fn signed_area(&self) -> f64 {
        let Some(origin) = self.0.first().map(|first| first.equal_area()) else {
            return 0.0;
        };
        let from_origin = |at: Position| {
            let (x, y) = at.equal_area();
            (x - origin.0, y - origin.1)
        };
        let doubled: f64 = self
            .edges()
            .map(|(a, b)| {
                let ((ax, ay), (bx, by)) = (from_origin(a), from_origin(b));
                ax * by - bx * ay
            })
            .sum();
        doubled / 2.0 / 1e6
    }

    /// Whether a place lies within the ring, whichever way it runs.
    #[must_use]
    pub fn whereabouts(&self, at: Position) -> Whereabouts {
        self.whereabouts_of(at.halves())
    }

    pub(super) fn whereabouts_of(&self, at: Halves) -> Whereabouts {
        let mut inside = false;
        for (a, b) in self.edges() {
            match crossing(at, a.halves(), b.halves()) {
                Crossing::On => return Whereabouts::Edge,
                Crossing::Passed => inside = !inside,
                Crossing::Missed => {}
            }
        }
        if inside { Whereabouts::Inside } else { Whereabouts::Outside }
    }

    /// The same ring run the other way.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self(self.0.iter().rev().copied().collect())
    }
}

/// What an edge is to a ray that goes east from a place.
pub(super) enum Crossing {
    /// The place is on the edge.
    On,
    /// The ray passes the edge.
    Passed,
    /// It does not.
    Missed,
}

/// Whether a ray east from a place passes an edge; a vertex on the ray counts for one of its edges only.
pub(super) fn crossing(at: Halves, a: Halves, b: Halves) -> Crossing {
    if at.y < a.y.min(b.y) || at.y > a.y.max(b.y) || at.x > a.x.max(b.x) {
        return Crossing::Missed;
    }
    let side = turn(a, b, at);
    if side == 0 && at.x >= a.x.min(b.x) {
        return Crossing::On;
    }
    let upward = a.y <= at.y && at.y < b.y;
    let downward = b.y <= at.y && at.y < a.y;
    if (upward && side > 0) || (downward && side < 0) { Crossing::Passed } else { Crossing::Missed }
}

impl Polygon {
    /// Its rings, the outer one first.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        core::iter::once(&self.outer).chain(&self.holes)
    }

    /// Area in square kilometres.
    #[must_use]
    pub fn area(&self) -> f64 {
        self.rings().map(Ring::signed_area).sum()
    }

    /// Whether a place lies within the polygon; a hole is outside.
    #[must_use]
    pub fn whereabouts(&self, at: Position) -> Whereabouts {
        self.whereabouts_of(at.halves())
    }

    /// How far a place is from the nearest edge of the polygon, in metres.
    #[must_use]
    pub fn metres_to_edge(&self, at: Position) -> f64 {
        let to_edge = |(a, b): (Position, Position)| {
            let ((ax, ay), (bx, by)) = (a.metres_from(at), b.metres_from(at));
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx * dx + dy * dy;
            // How far along the edge the nearest place is: 0 at its beginning, 1 at its end.
            let along = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            (ax + along * dx).hypot(ay + along * dy)
        };
        self.rings().flat_map(Ring::edges).map(to_edge).fold(f64::INFINITY, f64::min)
    }

    pub(super) fn whereabouts_of(&self, at: Halves) -> Whereabouts {
        match self.outer.whereabouts_of(at) {
            Whereabouts::Inside => {}
            other => return other,
        }
        for hole in &self.holes {
            match hole.whereabouts_of(at) {
                Whereabouts::Inside => return Whereabouts::Outside,
                Whereabouts::Edge => return Whereabouts::Edge,
                Whereabouts::Outside => {}
            }
        }
        Whereabouts::Inside
    }
}

/// Degrees in whole thousandths.
#[expect(clippy::cast_possible_truncation, reason = "within ±360,000")]
fn thousandths(degrees: f64) -> i32 {
    (degrees * 1000.0).round() as i32
}

impl Shape {
    /// Where it lies: the centre of gravity of its largest part, to a thousandth of a degree.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        let largest = self.polygons.iter().max_by(|a, b| a.area().total_cmp(&b.area()))?;
        let (sum, lon, lat) = largest.outer.edges().fold((0.0, 0.0, 0.0), |(sum, lon, lat), (a, b)| {
            let ((ax, ay), (bx, by)) = (a.degrees(), b.degrees());
            let turn = ax * by - bx * ay;
            (sum + turn, lon + (ax + bx) * turn, lat + (ay + by) * turn)
        });
        (sum != 0.0).then(|| Place { lon: thousandths(lon / (3.0 * sum)), lat: thousandths(lat / (3.0 * sum)) })
    }

    /// How far it reaches from west to east, in thousandths of a degree of longitude.
    #[must_use]
    pub fn width(&self) -> i32 {
        let all = self.rings().flat_map(|ring| &ring.0).map(|at| at.degrees().0);
        let (west, east) = all.fold((f64::MAX, f64::MIN), |(west, east), lon| (west.min(lon), east.max(lon)));
        thousandths((east - west).max(0.0))
    }

    /// The rings of all its parts.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.polygons.iter().flat_map(Polygon::rings)
    }

    /// Area in square kilometres.
    #[must_use]
    pub fn area(&self) -> f64 {
        self.polygons.iter().map(Polygon::area).sum()
    }

    /// Whether a place lies within any part of the council.
    #[must_use]
    pub fn whereabouts(&self, at: Position) -> Whereabouts {
        for polygon in &self.polygons {
            match polygon.whereabouts(at) {
                Whereabouts::Outside => {}
                found => return found,
            }
        }
        Whereabouts::Outside
    }
}

impl Layer {
    /// The shape of a council.
    #[must_use]
    pub fn shape(&self, code: GssCode) -> Option<&Shape> {
        self.shapes.iter().find(|shape| shape.code == code)
    }

    /// The council that a place lies in, or on the edge of.
    #[must_use]
    pub fn council_at(&self, at: Position) -> Option<&Shape> {
        self.shapes.iter().find(|shape| shape.whereabouts(at) != Whereabouts::Outside)
    }

    /// The councils that a place may lie in, where it is known to so many metres: the one that holds it first, then those that begin within that distance,
    /// the nearest first.
    #[must_use]
    pub fn around(&self, at: Position, metres: f64) -> Vec<&Shape> {
        let far = |shape: &Shape| {
            if shape.whereabouts(at) != Whereabouts::Outside {
                return 0.0;
            }
            shape.polygons.iter().map(|polygon| polygon.metres_to_edge(at)).fold(f64::INFINITY, f64::min)
        };
        let all = self.shapes.iter().map(|shape| (far(shape), shape)).filter(|(far, _)| *far <= metres);
        let all: Vec<_> = all.collect();
        sorted(&all, &|(one, _), (other, _)| one.total_cmp(other)).into_iter().map(|(_, shape)| shape).collect()
    }

    /// How many vertices the layer draws; the repeated last position of a ring does not count.
    #[must_use]
    pub fn vertices(&self) -> usize {
        self.shapes.iter().flat_map(Shape::rings).map(|ring| ring.0.len().saturating_sub(1)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Whereabouts::{Edge, Inside, Outside};

    fn at(lon: i32, lat: i32) -> Position {
        Position { lon, lat }
    }

    fn square(from: i32, to: i32) -> Ring {
        Ring(vec![at(from, from), at(to, from), at(to, to), at(from, to), at(from, from)])
    }

    #[test]
    fn a_place_in_a_hole_is_outside_and_on_its_edge_is_on_the_edge() {
        let polygon = Polygon { outer: square(0, 100), holes: vec![square(40, 60).reversed()] };
        assert_eq!(polygon.whereabouts(at(10, 10)), Inside);
        assert_eq!(polygon.whereabouts(at(50, 50)), Outside);
        assert_eq!(polygon.whereabouts(at(40, 50)), Edge);
        assert_eq!(polygon.whereabouts(at(100, 100)), Edge);
        assert_eq!(polygon.whereabouts(at(101, 50)), Outside);
        assert_eq!(polygon.whereabouts(at(-1, 0)), Outside);
    }

    #[test]
    fn a_ray_through_a_vertex_counts_once() {
        let diamond = Ring(vec![at(0, -10), at(10, 0), at(0, 10), at(-10, 0), at(0, -10)]);
        assert_eq!(diamond.whereabouts(at(0, 0)), Inside);
        assert_eq!(diamond.whereabouts(at(-11, 0)), Outside);
        assert_eq!(diamond.whereabouts(at(-11, 10)), Outside);
        assert_eq!(diamond.whereabouts(at(5, 5)), Edge);
    }

    #[test]
    fn area_is_positive_counter_clockwise() {
        assert!(square(0, 100).signed_area() > 0.0);
        assert!(square(0, 100).reversed().signed_area() < 0.0);
    }
}
