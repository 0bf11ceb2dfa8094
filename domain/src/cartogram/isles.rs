//! Islands: each off the coast that it belongs to, with a cell of water between.

use super::{
    Arrangement,
    ground::{Ground, Isle, Member, Outline},
    lattice::Field,
};

/// How far an island stands from the councils on the coast, between cells' middles: two steps round a corner, or straight.
const OFF_THE_COAST: f64 = 1.9;

/// What it costs to stand elsewhere than in the arrangement that this one is to be like.
const MOVED: f64 = 0.2;

/// Adds the islands to an arrangement of the mainland, the first first.
pub(super) fn place(
    ground: &Ground,
    field: &Field,
    cells: &[usize],
    isles: &[Isle],
    members: &[Member<'_>],
    arrangement: &mut Arrangement,
) {
    let mut taken: Vec<usize> = cells.to_vec();
    let cell_of = |member: usize| {
        ground.places.iter().zip(cells).find(|(place, _)| place.member == member).map(|(_, cell)| *cell)
    };
    for isle in isles {
        let Some(member) = members.get(isle.member) else { continue };
        let here = Outline::of(member.shape).middle;
        let wanted: Vec<((f64, f64), f64)> = isle
            .near
            .iter()
            .filter_map(|(other, weight)| {
                let there = Outline::of(members.get(*other)?.shape).middle;
                let (x, y) = (here.0 - there.0, here.1 - there.1);
                let length = (x * x + y * y).sqrt().max(f64::MIN_POSITIVE);
                let (east, south) = field.middle(cell_of(*other)?);
                Some(((east + OFF_THE_COAST * x / length, south + OFF_THE_COAST * y / length), *weight))
            })
            .collect();
        let all: f64 = wanted.iter().map(|(_, weight)| weight).sum();
        let cost = |cell: usize| {
            let (x, y) = field.middle(cell);
            let away = |(east, south): (f64, f64)| (x - east) * (x - east) + (y - south) * (y - south);
            let astray: f64 = wanted.iter().map(|(at, weight)| away(*at) * weight / all).sum();
            astray + member.like.map_or(0.0, |like| MOVED * away(like.at))
        };
        let is_free = |cell: &usize| {
            field.is_open(*cell)
                && !taken.contains(cell)
                && !field.beside(*cell).into_iter().any(|beside| taken.contains(&beside))
        };
        let best = (0..field.len()).filter(is_free).min_by(|one, other| cost(*one).total_cmp(&cost(*other)));
        if let Some(cell) = best {
            taken.push(cell);
            arrangement.insert(member.shape.code, field.cell(cell));
        }
    }
}
