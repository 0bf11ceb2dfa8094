//! How each council of a year is filled, and how many fall into each class.

use upheld_domain::{
    bands::{self, Fill, Standing},
    council::CouncilType,
    edition::Edition,
    register::CouncilId,
    view::View,
};

/// The fills of all councils that a view shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fills {
    /// Each council, its fill, and whether it lies outside of what was selected; in the register's order.
    by_council: Vec<(CouncilId, Fill, bool)>,
}

impl Fills {
    /// The fills that `view` shows.
    #[must_use]
    pub fn of(edition: &Edition, view: &View) -> Self {
        let councils = edition.register().in_tier(view.year, view.tier);
        let standings: Vec<Vec<_>> = if view.is_against() {
            CouncilType::ALL.map(|kind| bands::standings(edition, kind, view.year, view.measure)).into()
        } else {
            Vec::new()
        };
        let standing = |id| standings.iter().flatten().find(|(of, _)| *of == id).and_then(|(_, standing)| *standing);
        let fill = |(id, kind)| {
            let reading = edition.read(id, view.year, view.measure);
            let fill = if view.is_against() {
                standing(id).map_or(Fill::None, Fill::Against)
            } else {
                bands::fill(view.measure, &reading)
            };
            (id, fill, view.table.selects() && !view.table.selected(kind, &reading))
        };
        Self { by_council: councils.map(|(id, council)| fill((id, council.council_type))).collect() }
    }

    /// How many councils there are.
    #[must_use]
    pub fn councils(&self) -> usize {
        self.by_council.len()
    }

    /// How many have a figure.
    #[must_use]
    pub fn with_figure(&self) -> usize {
        self.count(&|fill| *fill != Fill::None)
    }

    /// How many were selected.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.by_council.iter().filter(|(_, _, out)| !out).count()
    }

    /// Whether so few have a figure that the map shows next to nothing.
    #[must_use]
    pub fn is_sparse(&self) -> bool {
        self.with_figure() * 10 < self.councils()
    }

    /// How many fall into the class at `place`.
    #[must_use]
    pub fn in_band(&self, place: usize) -> usize {
        self.count(&|fill| matches!(fill, Fill::Band { place: of, .. } if *of == place))
    }

    /// How many stand so against similar authorities.
    #[must_use]
    pub fn standing(&self, standing: Standing) -> usize {
        self.count(&|fill| *fill == Fill::Against(standing))
    }

    /// How many have a figure that is not reliable.
    #[must_use]
    pub fn hatched(&self) -> usize {
        self.count(&|fill| matches!(fill, Fill::Band { hatched: true, .. }))
    }

    fn count(&self, counts: &dyn Fn(&Fill) -> bool) -> usize {
        self.by_council.iter().filter(|(_, fill, _)| counts(fill)).count()
    }

    /// The fill of `council`, and whether it lies outside of what was selected.
    #[must_use]
    pub fn get(&self, council: CouncilId) -> (Fill, bool) {
        // The register's councils come in the order of their places.
        let place = self.by_council.binary_search_by_key(&council, |(council, ..)| *council).ok();
        place.and_then(|place| self.by_council.get(place)).map_or((Fill::None, false), |(_, fill, out)| (*fill, *out))
    }

    /// The fill of `council` as the style sheet names it, and whether it lies outside of what was selected.
    #[must_use]
    pub fn name(&self, council: CouncilId) -> (&'static str, bool) {
        let (fill, out) = self.get(council);
        (name(fill), out)
    }
}

/// The name of a fill in the style sheet, where `data-fill` selects its colour: "3", "3h", "higher", "none".
#[must_use]
pub const fn name(fill: Fill) -> &'static str {
    match fill {
        Fill::None => "none",
        Fill::Against(Standing::Higher) => "higher",
        Fill::Against(Standing::Lower) => "lower",
        Fill::Against(Standing::Within) => "within",
        Fill::Against(Standing::WithinUncertain) => "unsure",
        Fill::Against(Standing::NotJudged) => "unjudged",
        Fill::Band { place, hatched } => match (place, hatched) {
            (0, false) => "0",
            (1, false) => "1",
            (2, false) => "2",
            (3, false) => "3",
            (4, false) => "4",
            (_, false) => "5",
            (0, true) => "0h",
            (1, true) => "1h",
            (2, true) => "2h",
            (3, true) => "3h",
            (4, true) => "4h",
            (_, true) => "5h",
        },
    }
}
