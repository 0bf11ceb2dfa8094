use super::position::{Halves, Position};
use super::shape::{Crossing, Layer, Ring, Whereabouts, crossing};
use crate::council::GssCode;

/// A fixed sample of postcodes, to measure what share of them a layer puts in their own council.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// The postcodes, by the districts that they are in.
    pub groups: Vec<SampleGroup>,
}

/// The sampled postcodes of one district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleGroup {
    /// GSS code of the district today.
    pub today: GssCode,
    /// GSS code of the district of 2011 to 2018.
    pub base: GssCode,
    /// Where the postcodes are.
    pub places: Vec<Position>,
}

/// How many sampled postcodes lie inside the shape of their own council.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Postcodes that lie inside.
    pub inside: usize,
    /// All postcodes.
    pub of: usize,
}

impl Sample {
    /// How many postcodes it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.places.len()).sum()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Share {
    /// In percent; 0 of an empty sample.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "a sample is far smaller than 2^52")]
    pub fn percent(self) -> f64 {
        if self.of == 0 { 0.0 } else { 100.0 * self.inside as f64 / self.of as f64 }
    }
}

/// The share of sampled postcodes that lie inside, or on the edge of, the shape of their own council.
///
/// `own` names the council of a group in the layer's vintage and tier; a group that it has no council for counts as outside,
/// as does one whose council has no shape.
#[must_use]
pub fn share_inside(layer: &Layer, sample: &Sample, own: impl Fn(&SampleGroup) -> Option<GssCode>) -> Share {
    let mut share = Share::default();
    for group in &sample.groups {
        share.of += group.places.len();
        if let Some(shape) = own(group).and_then(|code| layer.shape(code)) {
            let bands = Bands::new(shape.rings());
            share.inside +=
                group.places.iter().filter(|&&place| bands.whereabouts(place) != Whereabouts::Outside).count();
        }
    }
    share
}

/// The edges of rings in bands of latitude, so that a place is held against few of them.
pub(super) struct Bands {
    south: i64,
    height: i64,
    edges: Vec<Vec<(Halves, Halves)>>,
}

/// Edges in a band, about.
const EDGES_A_BAND: usize = 4;

impl Bands {
    pub(super) fn new<'a>(rings: impl Iterator<Item = &'a Ring>) -> Self {
        let edges: Vec<(Halves, Halves)> = rings.flat_map(Ring::edges).map(|(a, b)| (a.halves(), b.halves())).collect();
        let south = edges.iter().map(|(a, _)| a.y).min().unwrap_or_default();
        let north = edges.iter().map(|(a, _)| a.y).max().unwrap_or_default();
        let count = edges.len() / EDGES_A_BAND + 1;
        let height = (north - south) / i64::try_from(count).unwrap_or(i64::MAX) + 1;
        let mut bands = Self { south, height, edges: vec![Vec::new(); count] };
        for (a, b) in edges {
            let (Some(from), Some(to)) = (bands.band(a.y.min(b.y)), bands.band(a.y.max(b.y))) else { continue };
            for band in bands.edges.iter_mut().take(to + 1).skip(from) {
                band.push((a, b));
            }
        }
        bands
    }

    fn band(&self, y: i64) -> Option<usize> {
        usize::try_from((y - self.south).div_euclid(self.height)).ok()
    }

    /// Even-odd over all rings: the same as `Shape::whereabouts` where rings do not overlap.
    fn whereabouts(&self, at: Position) -> Whereabouts {
        self.whereabouts_of(at.halves())
    }

    pub(super) fn whereabouts_of(&self, at: Halves) -> Whereabouts {
        let Some(band) = self.band(at.y).and_then(|band| self.edges.get(band)) else { return Whereabouts::Outside };
        let mut inside = false;
        for &(a, b) in band {
            match crossing(at, a, b) {
                Crossing::On => return Whereabouts::Edge,
                Crossing::Passed => inside = !inside,
                Crossing::Missed => {}
            }
        }
        if inside { Whereabouts::Inside } else { Whereabouts::Outside }
    }
}
