//! Lineage: what a council came from and what came after it.

use crate::{
    council::Council,
    order::sorted,
    register::{CouncilId, Register},
    year::ReportingYear,
};

impl Register {
    /// The councils that `council` took over from.
    pub fn predecessors<'a>(&'a self, council: &'a Council) -> impl Iterator<Item = (CouncilId, &'a Council)> {
        council.predecessors.iter().filter_map(|code| self.by_code(*code)).filter_map(|id| Some((id, self.get(id)?)))
    }

    /// The councils that took over from `council`.
    pub fn successors<'a>(&'a self, council: &'a Council) -> impl Iterator<Item = (CouncilId, &'a Council)> {
        council.successors.iter().filter_map(|code| self.by_code(*code)).filter_map(|id| Some((id, self.get(id)?)))
    }

    /// The councils that stand in `council`'s place today: itself, or what came after it, at whatever remove.
    #[must_use]
    pub fn today(&self, id: CouncilId) -> Vec<CouncilId> {
        self.in_place_of(id, ReportingYear::LAST)
    }

    /// The councils that stood in `id`'s place in `year`, itself where it still existed.
    #[must_use]
    pub fn in_place_of(&self, id: CouncilId, year: ReportingYear) -> Vec<CouncilId> {
        let mut standing = Vec::new();
        let mut seen = vec![id];
        let mut ahead = vec![id];
        while let Some(next) = ahead.pop() {
            let Some(council) = self.get(next) else { continue };
            if council.existed_in(year) {
                standing.push(next);
                continue;
            }
            for (successor, _) in self.successors(council) {
                if !seen.contains(&successor) {
                    seen.push(successor);
                    ahead.push(successor);
                }
            }
        }
        sorted(&standing, &CouncilId::cmp)
    }
}
