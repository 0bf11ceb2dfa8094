use core::ops::ControlFlow;
use std::collections::BTreeSet;

use super::position::{Halves, Position};
use super::rings::lies_in;
use super::segments::{Meeting, meeting, near_pairs};
use super::shape::{Layer, Polygon, Ring, Shape, Whereabouts};
use super::share::Bands;
use crate::council::GssCode;

/// What can be wrong with a layer. Each says which council, where, and what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(
    missing_docs,
    reason = "the message beside each variant says what it is, and its fields are the council and the place"
)]
pub enum Fault {
    #[error("{code} has two shapes; keep one")]
    TwoShapes { code: GssCode },
    #[error("{code} stands after a greater code; sort the shapes by code")]
    Unsorted { code: GssCode },
    #[error("{code} has no polygon; every council needs a shape")]
    Empty { code: GssCode },
    #[error("{code} has no shape, though it exists in that year and tier")]
    NoShape { code: GssCode },
    #[error("{code} has a shape, though the register knows no such council in that year and tier")]
    NoCouncil { code: GssCode },
    #[error("a ring of {code} has only {positions} positions; four are the least")]
    TooShort { code: GssCode, positions: usize },
    #[error("a ring of {code} does not end where it begins, at ({at})")]
    Unclosed { code: GssCode, at: Position },
    #[error("a ring of {code} visits ({at}) twice")]
    RepeatedPosition { code: GssCode, at: Position },
    #[error(
        "a ring of {code} runs the wrong way at ({at}); outer rings run counter-clockwise, holes clockwise (RFC 7946)"
    )]
    WrongWinding { code: GssCode, at: Position },
    #[error("a hole of {code} at ({at}) does not lie in its outer ring")]
    HoleOutside { code: GssCode, at: Position },
    #[error("{code} and {other} cross near ({at})")]
    Crossing { code: GssCode, other: GssCode, at: Position },
    #[error("{code} and {other} have the same edge on the same side at ({at}): they overlap")]
    SameSide { code: GssCode, other: GssCode, at: Position },
    #[error(
        "a vertex of {code} or {other} near ({at}) lies on an edge that does not have it; neighbours share every vertex"
    )]
    UnsharedVertex { code: GssCode, other: GssCode, at: Position },
    #[error("{code} at ({at}) lies within {other}, and not in a hole of it")]
    Within { code: GssCode, other: GssCode, at: Position },
}

/// How many faults of edges that meet are told: where a layer is a tangle, more say nothing new and would fill the memory.
const MOST_MEETINGS: usize = 1_000;

impl Layer {
    /// Everything that is wrong with the layer in itself: rings that are not rings, shapes that overlap. Empty if it is sound.
    /// Of edges that meet where they must not it tells the first thousand.
    ///
    /// Exact: no tolerance is used. Takes some tens of milliseconds for the councils of England.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = self.order_faults();
        for shape in &self.shapes {
            ring_faults(shape, &mut faults);
        }
        self.edge_faults(&mut faults);
        self.overlap_faults(&mut faults);
        faults
    }

    /// Councils without a shape and shapes without a council, given the codes of the councils that exist.
    pub fn faults_against(&self, councils: impl IntoIterator<Item = GssCode>) -> Vec<Fault> {
        let councils: BTreeSet<GssCode> = councils.into_iter().collect();
        let shapes: BTreeSet<GssCode> = self.shapes.iter().map(|shape| shape.code).collect();
        let missing = councils.difference(&shapes).map(|&code| Fault::NoShape { code });
        missing.chain(shapes.difference(&councils).map(|&code| Fault::NoCouncil { code })).collect()
    }

    fn order_faults(&self) -> Vec<Fault> {
        let pairs = self.shapes.iter().zip(self.shapes.iter().skip(1));
        pairs
            .filter_map(|(one, next)| match one.code.cmp(&next.code) {
                core::cmp::Ordering::Less => None,
                core::cmp::Ordering::Equal => Some(Fault::TwoShapes { code: next.code }),
                core::cmp::Ordering::Greater => Some(Fault::Unsorted { code: next.code }),
            })
            .collect()
    }

    fn edge_faults(&self, faults: &mut Vec<Fault>) {
        let (owners, edges): (Vec<GssCode>, Vec<(Position, Position)>) = self
            .shapes
            .iter()
            .flat_map(|shape| shape.rings().flat_map(Ring::edges).map(|edge| (shape.code, edge)))
            .unzip();
        let mut found: Vec<(usize, usize, Fault)> = Vec::new();
        near_pairs(&edges, |one, two| {
            let (Some(&edge), Some(&with)) = (edges.get(one), edges.get(two)) else { return ControlFlow::Continue(()) };
            let (Some(&code), Some(&other)) = (owners.get(one), owners.get(two)) else {
                return ControlFlow::Continue(());
            };
            let at = edge.0;
            let fault = match meeting(edge, with) {
                Meeting::Apart => None,
                Meeting::Opposite if code != other => None,
                Meeting::Opposite | Meeting::Same => Some(Fault::SameSide { code, other, at }),
                Meeting::Touching => Some(Fault::UnsharedVertex { code, other, at }),
                Meeting::Crossing => Some(Fault::Crossing { code, other, at }),
            };
            found.extend(fault.map(|fault| (one, two, fault)));
            if found.len() < MOST_MEETINGS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        found.sort_unstable_by_key(|&(one, two, _)| (one, two));
        faults.extend(found.into_iter().map(|(.., fault)| fault));
    }

    /// Edges that lie within a part of any council. Where no edge crosses another, this is all there is left of overlap.
    fn overlap_faults(&self, faults: &mut Vec<Fault>) {
        let shared: BTreeSet<(Position, Position)> =
            self.shapes.iter().flat_map(|shape| shape.rings().flat_map(Ring::edges)).collect();
        let parts: Vec<Part> = self.shapes.iter().flat_map(Part::of_shape).collect();
        for (index, inner) in parts.iter().enumerate() {
            let outward: Vec<(Position, Position)> =
                inner.polygon.rings().flat_map(Ring::edges).filter(|&(a, b)| !shared.contains(&(b, a))).collect();
            for (other_index, outer) in parts.iter().enumerate() {
                if index == other_index || !outer.extent.meets(&inner.extent) {
                    continue;
                }
                let within = outward.iter().find(|(a, b)| {
                    let middle = a.middle(*b);
                    outer.extent.holds(middle) && outer.bands.whereabouts_of(middle) == Whereabouts::Inside
                });
                faults.extend(within.map(|&(at, _)| Fault::Within { code: inner.code, other: outer.code, at }));
            }
        }
    }
}

/// One polygon of a shape, with the box about it.
struct Part<'a> {
    code: GssCode,
    polygon: &'a Polygon,
    extent: Extent,
    bands: Bands,
}

impl<'a> Part<'a> {
    fn of_shape(shape: &'a Shape) -> impl Iterator<Item = Self> {
        let part = |polygon: &'a Polygon| Part {
            code: shape.code,
            polygon,
            extent: Extent::of(&polygon.outer),
            bands: Bands::new(polygon.rings()),
        };
        shape.polygons.iter().map(part)
    }
}

fn ring_faults(shape: &Shape, faults: &mut Vec<Fault>) {
    let code = shape.code;
    if shape.polygons.is_empty() {
        faults.push(Fault::Empty { code });
    }
    for polygon in &shape.polygons {
        for (index, ring) in polygon.rings().enumerate() {
            let (Some(&first), Some(&last)) = (ring.0.first(), ring.0.last()) else {
                faults.push(Fault::TooShort { code, positions: 0 });
                continue;
            };
            if ring.0.len() < 4 {
                faults.push(Fault::TooShort { code, positions: ring.0.len() });
                continue;
            }
            if first != last {
                faults.push(Fault::Unclosed { code, at: last });
                continue;
            }
            let mut seen = BTreeSet::new();
            let repeated = ring.0.iter().skip(1).find(|&&position| !seen.insert(position));
            faults.extend(repeated.map(|&at| Fault::RepeatedPosition { code, at }));
            if (ring.signed_area() > 0.0) != (index == 0) {
                faults.push(Fault::WrongWinding { code, at: first });
            }
            if index > 0 && !lies_in(ring, &polygon.outer) {
                faults.push(Fault::HoleOutside { code, at: first });
            }
        }
    }
}

/// The box about a ring.
struct Extent {
    south_west: Halves,
    north_east: Halves,
}

impl Extent {
    fn of(ring: &Ring) -> Self {
        let xs = || ring.0.iter().map(|at| at.halves().x);
        let ys = || ring.0.iter().map(|at| at.halves().y);
        let corner = |x: Option<i64>, y: Option<i64>| Halves { x: x.unwrap_or_default(), y: y.unwrap_or_default() };
        Self { south_west: corner(xs().min(), ys().min()), north_east: corner(xs().max(), ys().max()) }
    }

    fn holds(&self, place: Halves) -> bool {
        (self.south_west.x..=self.north_east.x).contains(&place.x)
            && (self.south_west.y..=self.north_east.y).contains(&place.y)
    }

    fn meets(&self, other: &Self) -> bool {
        self.south_west.x <= other.north_east.x
            && other.south_west.x <= self.north_east.x
            && self.south_west.y <= other.north_east.y
            && other.south_west.y <= self.north_east.y
    }
}
