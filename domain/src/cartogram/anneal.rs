//! The arrangement: found by simulated annealing, from the nearest free cell of each.

use super::{
    Search,
    ground::Ground,
    lattice::Field,
    tables::{of, put},
};
use crate::random::Generator;

/// What costs how much. A pair of neighbours that is torn apart costs 1 on average.
struct Costs {
    /// How far a council is from where it would best be, squared.
    astray: f64,
    /// How much farther than one cell apart a torn pair is.
    farther: f64,
    /// How far a pair is turned, as 1 less the cosine of the angle.
    turned: f64,
    /// A council is not on its cell of the arrangement that this one is to be like.
    moved: f64,
    /// How far it is from it, squared.
    moved_far: f64,
    /// A council with a coast has none.
    shore_lost: f64,
    /// A free side of a council without a coast.
    shore_gained: f64,
    /// A free side of a council with a coast that is more than it should have.
    ragged: f64,
    /// A free cell that is shut in on five sides; half of it on four.
    bay: f64,
    /// Free cells that are shut in.
    lake: f64,
    /// What hangs together on the ground and is in two parts.
    part: f64,
}

/// Found by trial: with shores and turns any dearer fewer neighbours are kept, any cheaper and England is no longer to be recognised.
const COSTS: Costs = Costs {
    astray: 0.02,
    farther: 0.25,
    turned: 0.4,
    moved: 0.15,
    moved_far: 0.05,
    shore_lost: 0.8,
    shore_gained: 0.4,
    ragged: 0.08,
    bay: 0.6,
    lake: 5.0,
    part: 6.0,
};

/// No council: an empty cell.
const EMPTY: usize = usize::MAX;

/// Moves that are tried at one heat; [`Search::thousands`] counts these.
const ROUND: u32 = 1000;
/// The heat in the beginning: what a move may cost that is made as often as not.
const HOT: f64 = 1.2;
/// The same where the arrangement is to be like another: only what is near moves.
const WARM: f64 = 0.7;
/// The heat in the end.
const COLD: f64 = 0.2;

/// The cells of councils whose best places are `targets`. An arrangement that is to be like another takes a third of the moves.
pub(super) fn anneal(ground: &Ground, field: &Field, targets: &[(f64, f64)], search: Search) -> Vec<usize> {
    let (mut heat, rounds) =
        if ground.is_anchored() { (WARM, search.thousands.div_ceil(3)) } else { (HOT, search.thousands) };
    let mut state = State::new(ground, field, targets);
    let mut generator = Generator::new(search.seed);
    let cooling = libm::exp(libm::log(COLD / heat) / f64::from(rounds.max(1)));
    let mut cost = state.total();
    let mut best = (state.cells.clone(), cost);
    for _ in 0..rounds {
        for _ in 0..ROUND {
            cost += state.try_move(&mut generator, heat);
        }
        if cost < best.1 {
            best = (state.cells.clone(), cost);
        }
        heat *= cooling;
    }
    best.0
}

/// An arrangement in the making.
struct State<'a> {
    ground: &'a Ground,
    field: &'a Field,
    targets: &'a [(f64, f64)],
    /// The cell of each council.
    cells: Vec<usize>,
    /// The council of each cell.
    held: Vec<usize>,
    /// The borders of each council.
    borders: Vec<Vec<usize>>,
    directions: Vec<(f64, f64)>,
    /// How much each direction says.
    sureness: Vec<f64>,
    /// Which groups each council is of.
    groups: Vec<Vec<usize>>,
    /// In how many parts each group is.
    parts: Vec<u32>,
    /// When a border, a cell or a council was last counted.
    seen_border: Vec<u32>,
    seen_cell: Vec<u32>,
    seen_council: Vec<u32>,
    tick: u32,
    path: Vec<usize>,
}

impl<'a> State<'a> {
    fn new(ground: &'a Ground, field: &'a Field, targets: &'a [(f64, f64)]) -> Self {
        let councils = ground.places.len();
        let mut borders = vec![Vec::new(); councils];
        for (number, border) in ground.borders.iter().enumerate() {
            for council in [border.one, border.other] {
                if let Some(borders) = borders.get_mut(council) {
                    borders.push(number);
                }
            }
        }
        let mut groups = vec![Vec::new(); councils];
        for (number, group) in ground.groups.iter().enumerate() {
            for council in group {
                if let Some(groups) = groups.get_mut(*council) {
                    groups.push(number);
                }
            }
        }
        let mut state = Self {
            ground,
            field,
            targets,
            cells: vec![0; councils],
            held: vec![EMPTY; field.len()],
            borders,
            directions: ground.borders.iter().map(|border| ground.direction(border.one, border.other)).collect(),
            sureness: ground
                .borders
                .iter()
                .map(|border| ground.distance(border.one, border.other).clamp(0.8, 2.5))
                .collect(),
            groups,
            parts: vec![1; ground.groups.len()],
            seen_border: vec![0; ground.borders.len()],
            seen_cell: vec![0; field.len()],
            seen_council: vec![0; councils],
            tick: 0,
            path: Vec::new(),
        };
        state.start();
        state
    }

    /// Puts each council on the cell that is nearest to its place: first those that are to stay, then the others, whose way out is shifted to make room.
    fn start(&mut self) {
        let anchor = |council: &usize| of(&self.ground.places, *council).anchor;
        let (staying, others): (Vec<usize>, Vec<usize>) =
            (0..self.cells.len()).partition(|council| anchor(council).is_some());
        let make_room = !staying.is_empty();
        for council in staying.into_iter().chain(others) {
            let place = of(&self.ground.places, council).anchor.unwrap_or(of(self.targets, council));
            let open = || (0..self.field.len()).filter(|cell| self.field.is_open(*cell));
            let away = |cell: usize| apart(self.field.middle(cell), place);
            let nearer = |one: &usize, other: &usize| away(*one).total_cmp(&away(*other));
            let (Some(wanted), Some(free)) =
                (open().min_by(nearer), open().filter(|cell| self.council(*cell) == EMPTY).min_by(nearer))
            else {
                continue;
            };
            let cell = if make_room { wanted } else { free };
            self.path = self.way(cell, free);
            // What is on the way moves on by one; the free cell at its end comes to be its beginning.
            self.rotate(false);
            put(&mut self.cells, council, cell);
            put(&mut self.held, cell, council);
        }
        self.path.clear();
    }

    /// The cells from one to another, each beside the one before.
    fn way(&self, from: usize, to: usize) -> Vec<usize> {
        let (mut here, end) = (from, self.field.middle(to));
        let mut way = vec![from];
        while here != to && way.len() < self.field.len() {
            let away = |cell: &usize| apart(self.field.middle(*cell), end);
            let next = self.field.beside(here).into_iter().min_by(|one, other| away(one).total_cmp(&away(other)));
            here = next.unwrap_or(to);
            way.push(here);
        }
        way
    }

    fn council(&self, cell: usize) -> usize {
        self.held.get(cell).copied().unwrap_or(EMPTY)
    }

    fn total(&mut self) -> f64 {
        self.path = (0..self.field.len()).filter(|cell| self.council(*cell) != EMPTY).collect();
        let mut cost = self.cost_about_path(true);
        for group in 0..self.ground.groups.len() {
            let parts = self.parts_of(group);
            put(&mut self.parts, group, parts);
            cost += cost_of_parts(group, parts);
        }
        cost
    }

    /// Tries one move; answers what it changed.
    fn try_move(&mut self, generator: &mut Generator, heat: f64) -> f64 {
        self.choose_path(generator);
        if self.path.len() < 2 || self.path.iter().all(|cell| self.council(*cell) == EMPTY) {
            return 0.0;
        }
        let filled = self.path.iter().filter(|cell| self.council(**cell) != EMPTY).count();
        let shores = filled < self.path.len();
        let before = self.cost_about_path(shores);
        let groups = self.groups_of_path();
        self.rotate(false);
        let after = self.cost_about_path(shores);
        let allowed = -heat * libm::log(generator.share());
        let mut change = after - before;
        change -= groups.iter().map(|group| cost_of_parts(*group, of(&self.parts, *group))).sum::<f64>();
        // Parts can only add to it now: most moves need not be asked for them.
        if change <= allowed {
            let parts: Vec<u32> = groups.iter().map(|group| self.parts_of(*group)).collect();
            change += groups.iter().zip(&parts).map(|(group, parts)| cost_of_parts(*group, *parts)).sum::<f64>();
            if change <= allowed {
                for (group, parts) in groups.iter().zip(parts) {
                    put(&mut self.parts, *group, parts);
                }
                return change;
            }
        }
        self.rotate(true);
        0.0
    }

    /// Chooses cells whose contents are to go round: a swap of two, a turn of three, a line that is shifted into a free cell.
    fn choose_path(&mut self, generator: &mut Generator) {
        self.path.clear();
        let council = generator.below(self.cells.len());
        let cell = of(&self.cells, council);
        self.path.push(cell);
        let kind = generator.below(100);
        if kind < 35 {
            // With a cell near by.
            let mut there = cell;
            for _ in 0..=generator.below(3) {
                there = of(&self.field.beside(there), generator.below(6));
                if !self.field.is_open(there) {
                    return;
                }
            }
            if there != cell {
                self.path.push(there);
            }
        } else if kind < 60 {
            // Towards a neighbour that is not beside it.
            let borders = self.borders.get(council).map_or(&[] as &[usize], Vec::as_slice);
            let border = of(borders, generator.below(borders.len()));
            let Some(border) = self.ground.borders.get(border) else { return };
            let other = if border.one == council { border.other } else { border.one };
            let there = of(&self.field.beside(of(&self.cells, other)), generator.below(6));
            if self.field.is_open(there) && there != cell {
                self.path.push(there);
            }
        } else if kind < 75 {
            let turn = generator.below(6);
            let beside = self.field.beside(cell);
            let (one, other) = (of(&beside, turn), of(&beside, (turn + 1) % 6));
            if self.field.is_open(one) && self.field.is_open(other) {
                if generator.below(2) == 0 { self.path.extend([one, other]) } else { self.path.extend([other, one]) }
            }
        } else {
            // A line of councils up to a free cell.
            let mut side = generator.below(6);
            let mut there = cell;
            let wavy = generator.below(3) == 0;
            for _ in 0..14 {
                if wavy && generator.below(4) == 0 {
                    side = generator.below(6);
                }
                there = of(&self.field.beside(there), side);
                if !self.field.is_open(there) || self.path.contains(&there) {
                    self.path.truncate(1);
                    return;
                }
                self.path.push(there);
                if self.council(there) == EMPTY {
                    return;
                }
            }
            // No free cell: the line goes round.
            if generator.below(2) == 0 {
                self.path.truncate(3);
            }
        }
    }

    /// Moves the content of each cell of the path to the next, that of the last to the first; or back.
    fn rotate(&mut self, back: bool) {
        let path = std::mem::take(&mut self.path);
        let contents: Vec<usize> = path.iter().map(|cell| self.council(*cell)).collect();
        let count = path.len();
        for (place, cell) in path.iter().enumerate() {
            let from = if back { (place + 1) % count } else { (place + count - 1) % count };
            let council = contents.get(from).copied().unwrap_or(EMPTY);
            put(&mut self.held, *cell, council);
            put(&mut self.cells, council, *cell);
        }
        self.path = path;
    }

    fn groups_of_path(&self) -> Vec<usize> {
        let mut groups: Vec<usize> = Vec::new();
        let mut emptied = false;
        for cell in &self.path {
            let council = self.council(*cell);
            emptied |= council == EMPTY;
            for group in self.groups.get(council).map_or(&[] as &[usize], Vec::as_slice) {
                if !groups.contains(group) {
                    groups.push(*group);
                }
            }
        }
        // The first group is all of them: what parts it is an empty cell.
        groups.retain(|group| *group != 0 || emptied);
        groups
    }

    /// What the pairs and cells cost that a change of the path changes; the cells beside it only where it changes `shores`.
    fn cost_about_path(&mut self, shores: bool) -> f64 {
        self.tick = self.tick.wrapping_add(1);
        let mut cost = 0.0;
        for place in 0..self.path.len() {
            let cell = of(&self.path, place);
            let council = self.council(cell);
            if council != EMPTY {
                cost += self.cost_of_place(council, cell);
                for number in 0..self.borders.get(council).map_or(0, Vec::len) {
                    let border = self.borders.get(council).map_or(0, |borders| of(borders, number));
                    if of(&self.seen_border, border) != self.tick {
                        put(&mut self.seen_border, border, self.tick);
                        cost += self.cost_of_border(border);
                    }
                }
            }
            cost += self.cost_of_shore_once(cell);
            if shores {
                for beside in self.field.beside(cell) {
                    cost += self.cost_of_shore_once(beside);
                }
            }
        }
        cost
    }

    fn cost_of_shore_once(&mut self, cell: usize) -> f64 {
        if of(&self.seen_cell, cell) == self.tick {
            return 0.0;
        }
        put(&mut self.seen_cell, cell, self.tick);
        self.cost_of_shore(cell)
    }

    fn cost_of_place(&self, council: usize, cell: usize) -> f64 {
        let middle = self.field.middle(cell);
        let mut cost = COSTS.astray * apart(middle, of(self.targets, council));
        if let Some(anchor) = of(&self.ground.places, council).anchor {
            let away = apart(middle, anchor);
            cost += if away > 0.5 { COSTS.moved + COSTS.moved_far * away } else { 0.0 };
        }
        cost
    }

    fn cost_of_border(&self, number: usize) -> f64 {
        let Some(border) = self.ground.borders.get(number) else { return 0.0 };
        let (from, to) =
            (self.field.middle(of(&self.cells, border.one)), self.field.middle(of(&self.cells, border.other)));
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        let distance = (x * x + y * y).sqrt();
        let (east, south) = of(&self.directions, number);
        let turned = 1.0 - (x * east + y * south) / distance.max(1e-9);
        let torn = if distance < 1.1 { 0.0 } else { 1.0 + COSTS.farther * (distance - 1.7).max(0.0) };
        border.weight * (torn + COSTS.turned * of(&self.sureness, number) * turned)
    }

    /// What it costs that a cell is or is not by the sea.
    fn cost_of_shore(&self, cell: usize) -> f64 {
        let taken = self.field.beside(cell).map(|beside| self.council(beside) != EMPTY);
        let filled = taken.into_iter().fold(0.0, |count, taken| if taken { count + 1.0 } else { count });
        let free = 6.0 - filled;
        let council = self.council(cell);
        if council == EMPTY {
            return match filled {
                filled if filled > 4.5 => COSTS.bay,
                filled if filled > 3.5 => COSTS.bay / 2.0,
                filled if filled > 2.5 => COSTS.bay / 5.0,
                _ => 0.0,
            };
        }
        // Its part of the Euler characteristic of all that is filled: how many parts there are, less how many lakes.
        let [first, ..] = taken;
        let next = taken.into_iter().skip(1).chain([first]);
        let corners =
            taken.into_iter().zip(next).fold(0.0, |count, pair| if pair == (true, true) { count + 1.0 } else { count });
        let lakes = -COSTS.lake * (1.0 - filled / 2.0 + corners / 3.0);
        lakes + self.cost_of_free_sides(council, free)
    }

    fn cost_of_free_sides(&self, council: usize, free: f64) -> f64 {
        let outside = of(&self.ground.places, council).outside;
        if outside > 0.02 {
            let lost = if free < 0.5 { COSTS.shore_lost * (0.5 + outside) } else { 0.0 };
            lost + COSTS.ragged * (free - 1.0 - 3.0 * outside).max(0.0)
        } else {
            COSTS.shore_gained * free
        }
    }

    fn parts_of(&mut self, group: usize) -> u32 {
        self.tick = self.tick.wrapping_add(1);
        let ground = self.ground;
        let Some(members) = ground.groups.get(group) else { return 1 };
        let mut parts = 0;
        let mut left: Vec<usize> = Vec::new();
        for member in members {
            if of(&self.seen_council, *member) == self.tick {
                continue;
            }
            parts += 1;
            put(&mut self.seen_council, *member, self.tick);
            left.push(*member);
            while let Some(council) = left.pop() {
                for beside in self.field.beside(of(&self.cells, council)) {
                    let other = self.council(beside);
                    if other != EMPTY
                        && of(&self.seen_council, other) != self.tick
                        && self.groups.get(other).is_some_and(|groups| groups.contains(&group))
                    {
                        put(&mut self.seen_council, other, self.tick);
                        left.push(other);
                    }
                }
            }
        }
        parts
    }
}

/// How far two places are from each other, squared.
fn apart(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (x, y) = (other.0 - one.0, other.1 - one.1);
    x * x + y * y
}

/// What it costs that a group is in so many parts; all together, the first, with what that hides of lakes.
fn cost_of_parts(group: usize, parts: u32) -> f64 {
    let hidden = if group == 0 { COSTS.lake * f64::from(parts) } else { 0.0 };
    hidden + COSTS.part * f64::from(parts.saturating_sub(1))
}
