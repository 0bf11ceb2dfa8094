//! A swarm of dots above a line: each at its value, none over another.

/// A dot to be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bead {
    /// The place of its value.
    pub(crate) x: f64,
    /// Its radius, with half of the gap to the next.
    pub(crate) radius: f64,
    /// Where it may stand aside to when its column is full.
    pub(crate) aside: Aside,
}

/// Where a dot may stand aside to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aside {
    /// To the left, where lower values are: for the lowest of all.
    Left,
    /// To the right: for the highest of all, such as 100%.
    Right,
    /// To either side.
    Either,
}

/// A dot in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placed {
    /// Its centre.
    pub(crate) x: f64,
    /// Its centre, above the line.
    pub(crate) up: f64,
}

/// Places `beads` in their order: each as low as it can stand at its value, or beside it where the column
/// has reached `ceiling`; never outside of `from` to `to`. Where there is no room at all, above the ceiling.
pub(crate) fn place(beads: &[Bead], from: f64, to: f64, ceiling: f64) -> Vec<Placed> {
    let mut standing: Vec<(Placed, f64)> = Vec::with_capacity(beads.len());
    for bead in beads {
        let radius = bead.radius;
        let mut best: Option<Placed> = None;
        for x in columns(bead, from, to) {
            let up = lowest(&standing, x, radius);
            if best.is_none_or(|best| up < best.up) {
                best = Some(Placed { x, up });
            }
            if up + radius <= ceiling {
                break;
            }
        }
        let placed = best.unwrap_or(Placed { x: bead.x, up: lowest(&standing, bead.x, radius) });
        standing.push((placed, radius));
    }
    standing.into_iter().map(|(placed, _)| placed).collect()
}

/// The columns that a dot may stand in, its own first.
fn columns(bead: &Bead, from: f64, to: f64) -> impl Iterator<Item = f64> {
    let Bead { x, radius, aside } = *bead;
    let steps = (0_u16..64).flat_map(move |step| {
        let by = f64::from(step) * 2.0 * radius;
        let (left, right) = match aside {
            Aside::Left => (Some(x - by), None),
            Aside::Right => (None, Some(x + by)),
            Aside::Either if step == 0 => (Some(x), None),
            Aside::Either => (Some(x - by), Some(x + by)),
        };
        left.into_iter().chain(right)
    });
    steps.filter(move |x| x - radius >= from && x + radius <= to)
}

/// The lowest height at which a dot of `radius` at `x` touches nothing that stands.
fn lowest(standing: &[(Placed, f64)], x: f64, radius: f64) -> f64 {
    // A hair more than touching, so that rounding never makes two overlap.
    let reach = |(other, its): &(Placed, f64)| {
        let (sum, across) = (radius + its + 1e-6, other.x - x);
        (across.abs() < sum).then(|| (other.up, (sum * sum - across * across).sqrt()))
    };
    let near: Vec<(f64, f64)> = standing.iter().filter_map(reach).collect();
    let free = |up: f64| near.iter().all(|(other, rise)| (up - other).abs() >= rise - 1e-9);
    let above = near.iter().map(|(other, rise)| other + rise);
    let candidates = above.filter(|up| *up >= radius && free(*up));
    let lowest = candidates.fold(f64::INFINITY, f64::min);
    if free(radius) || !lowest.is_finite() { radius } else { lowest }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlapping(beads: &[Bead], placed: &[Placed]) -> bool {
        let all: Vec<(&Bead, &Placed)> = beads.iter().zip(placed).collect();
        all.iter().enumerate().any(|(place, (bead, one))| {
            all.iter().skip(place + 1).any(|(other_bead, other)| {
                (one.x - other.x).hypot(one.up - other.up) < bead.radius + other_bead.radius - 1e-6
            })
        })
    }

    fn bead(x: f64, aside: Aside) -> Bead {
        Bead { x, radius: 3.5, aside }
    }

    #[test]
    fn dots_with_room_stand_at_their_value_on_the_line() {
        let beads = [bead(20.0, Aside::Either), bead(40.0, Aside::Either)];
        assert_eq!(place(&beads, 0.0, 100.0, 50.0), [Placed { x: 20.0, up: 3.5 }, Placed { x: 40.0, up: 3.5 }]);
    }

    #[test]
    fn dots_of_one_value_stand_on_each_other_then_beside() {
        let beads = vec![bead(50.0, Aside::Right); 10];
        let placed = place(&beads, 0.0, 100.0, 36.0);
        assert!(!overlapping(&beads, &placed));
        assert!(placed.iter().take(5).all(|dot| dot.x < 50.1));
        assert!(placed.iter().skip(5).all(|dot| dot.x > 56.9 && dot.up <= 36.0));
    }

    #[test]
    fn a_crowd_never_overlaps_and_stays_between_the_ends() {
        let beads: Vec<Bead> = (0_u32..400).map(|n| bead(f64::from(n * 37 % 93) + 4.0, Aside::Either)).collect();
        let placed = place(&beads, 0.0, 100.0, 60.0);
        assert!(!overlapping(&beads, &placed));
        assert!(placed.iter().all(|dot| dot.x >= 3.5 && dot.x <= 96.5 && dot.up >= 3.5));
    }
}
