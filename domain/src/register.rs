//! The register: every council that existed in any year that Upheld covers.

use crate::{
    council::{Council, CouncilType, GssCode, Tier},
    edition::NamesEntry,
    error::EditionError,
    order::{in_order, sorted},
    year::ReportingYear,
};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// A council's place in the register: cheap to copy, and only good for the register it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CouncilId(u16);

/// All councils, found by code (present or former) and by slug.
///
/// A place can have two councils of one name, Cumbria the county and its successors: a code and a year
/// decide which is meant, never a name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Register {
    councils: Vec<Council>,
    /// Every code, present or former, in order.
    by_code: Vec<(GssCode, CouncilId)>,
    /// In the order of their slugs.
    by_slug: Vec<CouncilId>,
}

impl Register {
    /// A register of `councils`, in their order.
    ///
    /// # Errors
    /// Where two councils claim one code (present or former) or one slug, or where one names a county,
    /// a predecessor or a successor that is not among them.
    pub fn new(councils: Vec<Council>) -> Result<Self, EditionError> {
        let mut codes: Vec<(GssCode, CouncilId)> = Vec::with_capacity(councils.len());
        for (place, council) in (0_u16..).zip(&councils) {
            codes.extend(council.former_codes.iter().map(|former| (former.code, CouncilId(place))));
            codes.push((council.code, CouncilId(place)));
        }
        let by_code = sorted(&codes, &|(one, _), (other, _)| one.cmp(other));
        let slug = |place: usize| councils.get(place).map(|council| council.slug.as_str());
        let by_slug = in_order(councils.len(), &mut |one, other| slug(one).cmp(&slug(other)));
        for (one, other) in by_code.iter().zip(by_code.iter().skip(1)) {
            if one.0 == other.0 {
                return Err(EditionError::CodeTwice(one.0.to_string()));
            }
        }
        for (one, other) in by_slug.iter().zip(by_slug.iter().skip(1)) {
            if slug(*one) == slug(*other) {
                return Err(EditionError::SlugTwice(slug(*one).unwrap_or_default().to_owned()));
            }
        }
        let by_slug = by_slug.into_iter().filter_map(|place| u16::try_from(place).ok().map(CouncilId)).collect();
        let register = Self { councils, by_code, by_slug };
        for council in &register.councils {
            let others = council.county.iter().chain(&council.predecessors).chain(&council.successors);
            if let Some(unknown) = others.into_iter().find(|code| register.by_code(**code).is_none()) {
                return Err(EditionError::UnknownCode(unknown.to_string()));
            }
        }
        Ok(register)
    }

    /// The council at `id`; none if `id` is of another register.
    #[must_use]
    pub fn get(&self, id: CouncilId) -> Option<&Council> {
        self.councils.get(usize::from(id.0))
    }

    /// Every council with its id, in the register's order.
    pub fn iter(&self) -> impl Iterator<Item = (CouncilId, &Council)> {
        (0_u16..).map(CouncilId).zip(&self.councils)
    }

    /// Adds the names under which the council at `id` is looked for, and what to know about it.
    pub(crate) fn name_also(&mut self, id: CouncilId, entry: NamesEntry) {
        if let Some(council) = self.councils.get_mut(usize::from(id.0)) {
            council.aliases = entry.aliases;
            council.note = entry.note;
        }
    }

    /// All councils, in the register's order.
    #[must_use]
    pub fn councils(&self) -> &[Council] {
        &self.councils
    }

    /// The council that has or had `code`.
    #[must_use]
    pub fn by_code(&self, code: GssCode) -> Option<CouncilId> {
        let place = self.by_code.binary_search_by(|(known, _)| known.cmp(&code)).ok()?;
        self.by_code.get(place).map(|(_, id)| *id)
    }

    /// The council whose name in addresses is `slug`.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<CouncilId> {
        let order = |id: &CouncilId| self.get(*id).map_or(Ordering::Less, |council| council.slug.as_str().cmp(slug));
        let place = self.by_slug.binary_search_by(order).ok()?;
        self.by_slug.get(place).copied()
    }

    /// The councils that existed in `year`.
    pub fn in_year(&self, year: ReportingYear) -> impl Iterator<Item = (CouncilId, &Council)> {
        self.iter().filter(move |(_, council)| council.existed_in(year))
    }

    /// The councils of `tier` that existed in `year`.
    pub fn in_tier(&self, year: ReportingYear, tier: Tier) -> impl Iterator<Item = (CouncilId, &Council)> {
        self.in_year(year).filter(move |(_, council)| council.council_type.stands_in(tier))
    }

    /// The councils of `kind` that existed in `year`: the similar authorities of each of them.
    pub fn of_type(&self, year: ReportingYear, kind: CouncilType) -> impl Iterator<Item = (CouncilId, &Council)> {
        self.in_year(year).filter(move |(_, council)| council.council_type == kind)
    }

    /// The first reporting years of the sets of councils that the register knows: a set holds until
    /// the next begins.
    #[must_use]
    pub fn vintages(&self) -> Vec<ReportingYear> {
        let begun = |year: ReportingYear| {
            let began = self.councils.iter().any(|council| council.first_year == year);
            let ended =
                self.councils.iter().any(|council| council.last_year.and_then(ReportingYear::next) == Some(year));
            began || ended
        };
        ReportingYear::all().filter(|year| begun(*year)).collect()
    }

    /// The first year of the set of councils to which `year` belongs.
    #[must_use]
    pub fn vintage(&self, year: ReportingYear) -> ReportingYear {
        self.vintages().into_iter().rfind(|first| *first <= year).unwrap_or(ReportingYear::FIRST)
    }
}
