//! Which councils answer for a place, and for what.

use crate::{
    council::{CouncilType, GssCode},
    register::{CouncilId, Register},
    year::ReportingYear,
};

/// The councils that answer for a place in a reporting year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Responsible {
    /// One council does everything.
    One(CouncilId),
    /// The work is shared: [`duties`] says how.
    Two {
        /// The district council.
        district: CouncilId,
        /// The county council above it.
        county: CouncilId,
    },
    /// In that year there were other councils, of which more than one lies in the district's place: a postcode's district of today does not
    /// tell which of them was the place's own.
    OneOf {
        /// The councils of which one was the place's own district or single-tier council.
        lower: Vec<CouncilId>,
        /// The county councils above districts among these.
        counties: Vec<CouncilId>,
    },
}

impl Register {
    /// The councils that answered in `year` for a place that lies in the district with `code` today, or in the single-tier council; none where
    /// the register does not know the code, or only as a county's.
    ///
    /// ```
    /// # let councils = r#"[
    /// #     {"code": "E10000014", "slug": "hampshire-county-council", "name": "Hampshire County Council", "short": "Hampshire",
    /// #      "type": "county", "region": "South East", "first": 2014},
    /// #     {"code": "E07000089", "slug": "hart-district-council", "name": "Hart District Council", "short": "Hart",
    /// #      "type": "district", "region": "South East", "county": "E10000014", "first": 2014}]"#;
    /// use upheld_domain::{register::Register, responsible::Responsible, year::ReportingYear};
    /// let register = Register::new(serde_json::from_str(councils)?)?;
    /// let (hampshire, hart) = (register.by_slug("hampshire-county-council"), register.by_slug("hart-district-council"));
    /// let (Some(county), Some(district)) = (hampshire, hart) else { panic!() };
    /// let answer = register.responsible("E07000089".parse()?, ReportingYear::LAST);
    /// assert_eq!(answer, Some(Responsible::Two { district, county }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn responsible(&self, code: GssCode, year: ReportingYear) -> Option<Responsible> {
        let lower = self.lower_in(self.by_code(code)?, year);
        let mut counties = Vec::new();
        for id in &lower {
            let county = self.get(*id).and_then(|council| council.county).and_then(|county| self.by_code(county));
            counties.extend(county.filter(|county| !counties.contains(county)));
        }
        match (lower.as_slice(), counties.as_slice()) {
            ([], _) => None,
            ([council], []) => Some(Responsible::One(*council)),
            ([district], [county]) => Some(Responsible::Two { district: *district, county: *county }),
            _ => Some(Responsible::OneOf { lower, counties }),
        }
    }

    /// The districts and single-tier councils that stood in `id`'s place in `year`, at whatever remove before or after it, in the
    /// register's order.
    fn lower_in(&self, id: CouncilId, year: ReportingYear) -> Vec<CouncilId> {
        let mut standing = Vec::new();
        let mut seen = vec![id];
        let mut ahead = vec![id];
        while let Some(next) = ahead.pop() {
            let Some(council) = self.get(next).filter(|council| council.council_type != CouncilType::County) else {
                continue;
            };
            let kin = match () {
                () if council.existed_in(year) => {
                    let at = standing.partition_point(|other| *other < next);
                    standing.insert(at, next);
                    continue;
                }
                () if year < council.first_year => &council.predecessors,
                () => &council.successors,
            };
            for other in kin.iter().filter_map(|code| self.by_code(*code)) {
                if !seen.contains(&other) {
                    seen.push(other);
                    ahead.push(other);
                }
            }
        }
        standing
    }
}

/// What councils of a type answer for, as a list that goes into a sentence: "… is responsible for housing and homelessness, …".
///
/// The division is that of the Local Government Act 1972 and what followed, in the words of "Understand how your council works" on GOV.UK, as far as complaints are
/// about it; only what is so in every county is named.
#[must_use]
pub const fn duties(kind: CouncilType) -> &'static str {
    match kind {
        CouncilType::District => {
            "housing and homelessness, planning applications, collecting rubbish and recycling, council tax and housing benefit, noise and other environmental health"
        }
        CouncilType::County => {
            "social care for adults and children, schools and special educational needs, roads and pavements, libraries, waste disposal, trading standards"
        }
        CouncilType::Metropolitan | CouncilType::Unitary | CouncilType::London => {
            "all that councils do, such as social care, schools, roads, housing, planning applications, rubbish and recycling, council tax"
        }
    }
}
