use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::mesh::{Arc, Mesh};
use super::position::{Position, turning};
use super::shape::Ring;

/// How much to simplify.
///
/// Weighted Visvalingam–Whyatt: the vertex that matters least goes first, again and again. What a vertex matters is the area
/// of the triangle with its neighbours, less where its angle is sharp (as in mapshaper: × (1 − 0.7 cos), so that spikes go before
/// gentle curves).
#[derive(Clone, Copy)]
pub struct Simplification<'a> {
    /// Vertices that matter less than this go; in square metres.
    pub threshold: f64,
    /// How many times a place matters: 1 throughout, or more where more people live.
    pub importance: &'a dyn Fn(Position) -> f64,
}

/// Weight of the angle: how much sooner a spike goes than a straight line.
const ANGLE: f64 = 0.7;
/// A vertex of a closed arc stays where it matters more than this share of the area within: small islands would wither to
/// slivers long before a threshold made for coasts is reached.
const SHARE_OF_LOOP: f64 = 0.04;
/// Vertices that a closed arc keeps, if it has so many.
const LEAST_CORNERS: usize = 4;

pub(super) fn simplified(mesh: &Mesh, by: Simplification<'_>) -> Mesh {
    let mut work = Work::new(mesh);
    work.run(by);
    Mesh {
        arcs: mesh
            .arcs
            .iter()
            .zip(&work.lines)
            .map(|(arc, line)| Arc { line: line.positions(), left: arc.left, right: arc.right })
            .collect(),
    }
}

/// The vertices of one arc, of which ever fewer are left.
struct Line {
    vertices: Vec<Vertex>,
    /// A closed arc without a junction has no ends: any of its vertices may go.
    is_loop: bool,
    /// What a vertex has to matter to stay, whatever the threshold: in square metres, infinite but for a loop.
    enough: f64,
    left: usize,
}

struct Vertex {
    at: Position,
    before: Option<usize>,
    after: Option<usize>,
    kept: bool,
    /// Counts the changes about it, so that an entry of the queue knows whether it is out of date.
    age: u32,
}

impl Line {
    fn new(arc: &Arc, is_loop: bool) -> Self {
        let count = if is_loop { arc.line.len().saturating_sub(1) } else { arc.line.len() };
        let vertices = arc
            .line
            .iter()
            .take(count)
            .enumerate()
            .map(|(index, &at)| Vertex {
                at,
                before: index.checked_sub(1).or_else(|| if is_loop { count.checked_sub(1) } else { None }),
                after: if index + 1 < count { Some(index + 1) } else { is_loop.then_some(0) },
                kept: true,
                age: 0,
            })
            .collect();
        let area = Ring(arc.line.clone()).signed_area().abs() * 1e6;
        let enough = if is_loop { SHARE_OF_LOOP * area } else { f64::INFINITY };
        Self { vertices, is_loop, enough, left: count }
    }

    /// A vertex that may go, with its neighbours.
    fn corner(&self, index: usize) -> Option<Corner> {
        let vertex = self.vertices.get(index).filter(|vertex| vertex.kept)?;
        if self.is_loop && self.left <= LEAST_CORNERS {
            return None;
        }
        let (before, after) = (vertex.before?, vertex.after?);
        Some(Corner {
            a: self.vertices.get(before)?.at,
            b: vertex.at,
            c: self.vertices.get(after)?.at,
            before,
            after,
            age: vertex.age,
        })
    }

    fn remove(&mut self, index: usize, corner: &Corner) {
        if let Some(vertex) = self.vertices.get_mut(index) {
            vertex.kept = false;
        }
        if let Some(before) = self.vertices.get_mut(corner.before) {
            before.after = Some(corner.after);
            before.age += 1;
        }
        if let Some(after) = self.vertices.get_mut(corner.after) {
            after.before = Some(corner.before);
            after.age += 1;
        }
        self.left -= 1;
    }

    fn positions(&self) -> Vec<Position> {
        let mut kept: Vec<Position> =
            self.vertices.iter().filter(|vertex| vertex.kept).map(|vertex| vertex.at).collect();
        if self.is_loop {
            kept.extend(kept.first().copied());
        }
        kept
    }
}

/// A vertex `b` between its neighbours.
struct Corner {
    a: Position,
    b: Position,
    c: Position,
    before: usize,
    after: usize,
    age: u32,
}

impl Corner {
    /// What the vertex matters, in square metres.
    fn weight(&self) -> f64 {
        let ((ax, ay), (cx, cy)) = (self.a.metres_from(self.b), self.c.metres_from(self.b));
        let area = (ax * cy - ay * cx).abs() / 2.0;
        let lengths = ax.hypot(ay) * cx.hypot(cy);
        let cosine = if lengths > 0.0 { (ax * cx + ay * cy) / lengths } else { 0.0 };
        area * (1.0 - ANGLE * cosine)
    }
}

/// An entry of the queue: the least weight first, then by place, so that the order never depends on chance.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Bits of a non-negative number sort as the number does.
    weight: u64,
    line: usize,
    vertex: usize,
    age: u32,
}

struct Work {
    lines: Vec<Line>,
    /// All vertices that are left.
    vertices: Buckets,
    /// All edges that are left, from the smaller end.
    edges: BTreeSet<(Position, Position)>,
}

impl Work {
    fn new(mesh: &Mesh) -> Self {
        let mut ends: BTreeMap<Position, usize> = BTreeMap::new();
        for position in mesh.arcs.iter().flat_map(|arc| [arc.line.first(), arc.line.last()]).flatten() {
            *ends.entry(*position).or_default() += 1;
        }
        // A loop whose end no other arc shares: only its own first and last position are there.
        let is_loop = |arc: &Arc| {
            arc.line.first() == arc.line.last() && arc.line.first().is_some_and(|end| ends.get(end) == Some(&2))
        };
        let pairs = mesh.arcs.iter().flat_map(|arc| arc.line.iter().copied().zip(arc.line.iter().copied().skip(1)));
        Self {
            lines: mesh.arcs.iter().map(|arc| Line::new(arc, is_loop(arc))).collect(),
            vertices: Buckets::new(mesh.arcs.iter().flat_map(|arc| arc.line.iter().copied())),
            edges: pairs.map(|(a, b)| edge(a, b)).collect(),
        }
    }

    fn run(&mut self, by: Simplification<'_>) {
        loop {
            let mut queue = BinaryHeap::new();
            for (line, vertices) in self.lines.iter().enumerate() {
                for vertex in 0..vertices.vertices.len() {
                    self.enqueue(&mut queue, line, vertex, by);
                }
            }
            // What stood in the way of a vertex may itself have gone: try again until nothing goes.
            if !self.drain(&mut queue, by) {
                return;
            }
        }
    }

    fn enqueue(&self, queue: &mut BinaryHeap<Reverse<Entry>>, line: usize, vertex: usize, by: Simplification<'_>) {
        let Some((enough, corner)) = self.lines.get(line).and_then(|line| Some((line.enough, line.corner(vertex)?)))
        else {
            return;
        };
        let matters = corner.weight();
        let weight = matters * (by.importance)(corner.b);
        if weight < by.threshold && matters < enough {
            queue.push(Reverse(Entry { weight: weight.to_bits(), line, vertex, age: corner.age }));
        }
    }

    fn drain(&mut self, queue: &mut BinaryHeap<Reverse<Entry>>, by: Simplification<'_>) -> bool {
        let mut removed = false;
        while let Some(Reverse(entry)) = queue.pop() {
            let Some(corner) = self.lines.get(entry.line).and_then(|line| line.corner(entry.vertex)) else { continue };
            if corner.age != entry.age || !self.may_go(&corner) {
                continue;
            }
            if let Some(line) = self.lines.get_mut(entry.line) {
                line.remove(entry.vertex, &corner);
            }
            self.vertices.remove(corner.b);
            self.edges.remove(&edge(corner.a, corner.b));
            self.edges.remove(&edge(corner.b, corner.c));
            self.edges.insert(edge(corner.a, corner.c));
            removed = true;
            for neighbour in [corner.before, corner.after] {
                self.enqueue(queue, entry.line, neighbour, by);
            }
        }
        removed
    }

    /// Whether nothing lies in the way of the edge that takes the place of the vertex: no vertex in the triangle that is
    /// cut off or on it, and not the same edge already. Then nothing can cross it either.
    fn may_go(&self, corner: &Corner) -> bool {
        corner.a != corner.c
            && !self.edges.contains(&edge(corner.a, corner.c))
            && !self.vertices.any_in_triangle(corner.a, corner.b, corner.c)
    }
}

fn edge(a: Position, b: Position) -> (Position, Position) {
    if a < b { (a, b) } else { (b, a) }
}

/// Vertices by place.
struct Buckets(BTreeMap<(i32, i32), BTreeSet<Position>>);

/// Side of a bucket: a fiftieth of a degree, some two kilometres.
const BUCKET: i32 = 200_000;

impl Buckets {
    fn new(vertices: impl Iterator<Item = Position>) -> Self {
        let mut buckets = BTreeMap::<_, BTreeSet<Position>>::new();
        for vertex in vertices {
            buckets.entry(Self::bucket(vertex)).or_default().insert(vertex);
        }
        Self(buckets)
    }

    fn bucket(at: Position) -> (i32, i32) {
        (at.lon.div_euclid(BUCKET), at.lat.div_euclid(BUCKET))
    }

    fn remove(&mut self, vertex: Position) {
        if let Some(bucket) = self.0.get_mut(&Self::bucket(vertex)) {
            bucket.remove(&vertex);
        }
    }

    /// Whether a vertex other than the three corners lies in their triangle or on its edges.
    fn any_in_triangle(&self, a: Position, b: Position, c: Position) -> bool {
        let least = Position { lon: a.lon.min(b.lon).min(c.lon), lat: a.lat.min(b.lat).min(c.lat) };
        let most = Position { lon: a.lon.max(b.lon).max(c.lon), lat: a.lat.max(b.lat).max(c.lat) };
        let (from, to) = (Self::bucket(least), Self::bucket(most));
        (from.0..=to.0)
            .flat_map(|x| self.0.range((x, from.1)..=(x, to.1)))
            .flat_map(|(_, bucket)| bucket.range(Position { lon: least.lon, lat: i32::MIN }..))
            .filter(|at| at.lon <= most.lon && at.lat >= least.lat && at.lat <= most.lat)
            .filter(|&&at| at != a && at != b && at != c)
            .any(|&at| {
                let sides = [turning(a, b, at), turning(b, c, at), turning(c, a, at)].map(i128::signum);
                !(sides.contains(&1) && sides.contains(&-1))
            })
    }
}
