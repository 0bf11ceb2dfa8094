//! Councils to compare with: the sets that a comparison can start from.

use crate::{
    council::{Council, CouncilType},
    edition::Edition,
    figures::Count,
    measure::Measure,
    order::sorted,
    register::CouncilId,
    year::ReportingYear,
};

/// How many councils nearest in volume are taken beside the one that they are near to.
pub const NEAREST: usize = 7;

/// A set of councils to start from, seen from one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Companions {
    /// Of the same type, nearest in their number of detailed investigations: councils like this one.
    Volume,
    /// That share a border on the map, of any type, in one of the tiers in which it stands.
    Neighbours,
    /// Districts of the same county.
    County,
    /// Of the same type, in the same region.
    Region,
    /// Of the same type.
    Type,
}

impl Companions {
    /// All sets.
    pub const ALL: [Self; 5] = [Self::Volume, Self::Neighbours, Self::County, Self::Region, Self::Type];

    /// The set in few words, for a link: "Councils like Luton".
    #[must_use]
    pub fn label(self, council: &Council) -> String {
        match self {
            Self::Volume => format!("Councils like {}", council.short_name),
            Self::Neighbours => "Its neighbours on the map".to_owned(),
            Self::County => "The districts of its county".to_owned(),
            Self::Region => {
                format!("{} in {}", capital(council.council_type.plural()), council.region.name())
            }
            Self::Type => format!("All {}", council.council_type.plural()),
        }
    }

    /// What the set is, in a sentence: what “like” means.
    #[must_use]
    pub fn explanation(self, council: &Council, year: ReportingYear) -> String {
        let plural = council.council_type.plural();
        match self {
            Self::Volume => format!(
                "The {plural} whose number of detailed investigations in {year} is nearest to its own: a council with as many cases \
                 has about as certain a rate. It says nothing of size, budget or needs."
            ),
            Self::Neighbours => "The councils that share a border with it on the map, whatever their type.".to_owned(),
            Self::County => "The districts under the same county council.".to_owned(),
            Self::Region => format!("The {plural} of the same region."),
            Self::Type => "Every council of the same type: the similar authorities of the Ombudsman.".to_owned(),
        }
    }

    /// The councils of the set in `year`, the one that they are companions of first, the others by name (by nearness where that is what
    /// they share); empty where there are no others.
    #[must_use]
    pub fn of(self, edition: &Edition, id: CouncilId, year: ReportingYear) -> Vec<CouncilId> {
        let register = edition.register();
        let Some(council) = register.get(id) else { return Vec::new() };
        let kind = council.council_type;
        let of_type = || register.of_type(year, kind).filter(|(other, _)| *other != id);
        let others: Vec<(CouncilId, &Council)> = match self {
            Self::Volume => return nearest(edition, id, kind, year),
            Self::Type => of_type().collect(),
            Self::Region => of_type().filter(|(_, other)| other.region == council.region).collect(),
            Self::County => {
                of_type().filter(|(_, other)| council.county.is_some() && other.county == council.county).collect()
            }
            Self::Neighbours => edition
                .neighbours(id)
                .filter_map(|other| register.get(other).map(|council| (other, council)))
                .filter(|(_, other)| other.existed_in(year))
                .collect(),
        };
        let by_name = sorted(&others, &|one, other| one.1.name.cmp(&other.1.name).then(one.0.cmp(&other.0)));
        with_first(id, by_name.into_iter().map(|(other, _)| other).collect())
    }
}

/// The councils of `kind` nearest to `id` in volume: by the difference of their cases, the more of two that are as near first.
fn nearest(edition: &Edition, id: CouncilId, kind: CouncilType, year: ReportingYear) -> Vec<CouncilId> {
    let volumes: Vec<(CouncilId, Count)> = edition
        .readings(kind, year, Measure::Uphold)
        .into_iter()
        .filter_map(|(other, reading)| Some((other, reading.ok()?.total?)))
        .collect();
    let Some((_, own)) = volumes.iter().find(|(other, _)| *other == id).copied() else { return Vec::new() };
    let by_nearness = sorted(&volumes, &|one, other| {
        let nearer = one.1.abs_diff(own).cmp(&other.1.abs_diff(own));
        nearer.then(other.1.cmp(&one.1)).then(one.0.cmp(&other.0))
    });
    let others = by_nearness.into_iter().map(|(other, _)| other).filter(|other| *other != id);
    with_first(id, others.take(NEAREST).collect())
}

fn with_first(id: CouncilId, others: Vec<CouncilId>) -> Vec<CouncilId> {
    if others.is_empty() { others } else { [id].into_iter().chain(others).collect() }
}

fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    // The names of types begin with a letter of ASCII.
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// What is wrong with holding councils side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// They are of different types, which do different work: the Ombudsman compares within one type.
    Types,
    /// A county and districts: they share the work and the residents of one place.
    Tiers,
}

impl Mismatch {
    /// What is wrong with `councils`, if anything.
    #[must_use]
    pub fn of(edition: &Edition, councils: &[CouncilId]) -> Option<Self> {
        let mut kinds = councils.iter().filter_map(|id| edition.register().get(*id)).map(|it| it.council_type);
        let first = kinds.next()?;
        let (mut mixed, mut seen) = (false, (first == CouncilType::County, first == CouncilType::District));
        for kind in kinds {
            mixed |= kind != first;
            seen = (seen.0 || kind == CouncilType::County, seen.1 || kind == CouncilType::District);
        }
        mixed.then_some(if seen == (true, true) { Self::Tiers } else { Self::Types })
    }

    /// The warning.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Tiers => {
                "A county and a district do different work: one runs schools and social care, the other housing, planning and bins. Complaints \
                 about them are of different kinds, so a higher or lower rate says little. The Ombudsman does not compare them."
            }
            Self::Types => {
                "These councils are of different types, with different duties. Complaints about them are of different kinds, so a higher \
                 or lower rate may say little. The Ombudsman compares councils of one type only."
            }
        }
    }
}
