use super::territory::council_over;
use crate::{
    council::{GssCode, Tier},
    register::{CouncilId, Register},
    year::ReportingYear,
};
use std::collections::BTreeMap;

/// A council that is missing among the areas of an outside file, or an area that is none of the councils asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the message beside each variant says what it is, and its fields are what it names")]
pub enum Misfit {
    #[error("{name} ({code}) is missing, a council of {year}")]
    Missing { code: GssCode, name: String, year: ReportingYear },
    #[error("{code} is in the register as no council")]
    Unknown { code: GssCode },
    #[error("{name} ({code}) ended with {last}")]
    Ended { code: GssCode, name: String, last: ReportingYear },
    #[error("{name} ({code}) begins only with {first}")]
    NotYet { code: GssCode, name: String, first: ReportingYear },
    #[error("{name} ({code}) is not of the {} tier", .tier.key())]
    OtherTier { code: GssCode, name: String, tier: Tier },
    #[error("{name} is there twice, as {code} and as {other}")]
    Twice { code: GssCode, other: GssCode, name: String },
    #[error("{name} ({code}) belongs to no council of the upper tier in {year}")]
    NoCouncilOver { code: GssCode, name: String, year: ReportingYear },
}

impl Misfit {
    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::Missing { .. } => {
                "take the whole file, with every council of England of that year and tier".to_owned()
            }
            Self::Unknown { .. } => {
                "add it to councils.csv if it is a new council, or take it out of the file".to_owned()
            }
            Self::Ended { .. } | Self::NotYet { .. } => {
                "take the file of the year that is asked for, or ask for the year of the file".to_owned()
            }
            Self::OtherTier { .. } => {
                "take the file of local authority districts (LAD) for the lower tier, that of counties and unitary \
                 authorities (CTYUA) or of districts for the upper one"
                    .to_owned()
            }
            Self::Twice { .. } => "keep one of the two".to_owned(),
            Self::NoCouncilOver { .. } => "complete its county in councils.csv".to_owned(),
        }
    }
}

/// Which councils of `tier` the areas with these codes are in `year`, in the codes' order. A former code means the council that
/// has it no longer.
///
/// # Errors
///
/// Every [`Misfit`]: areas that are no such council, in the order of their codes, then councils without an area.
pub fn roll_call(
    register: &Register,
    codes: &[GssCode],
    year: ReportingYear,
    tier: Tier,
) -> Result<Vec<CouncilId>, Vec<Misfit>> {
    let mut misfits = Vec::new();
    let mut present: BTreeMap<CouncilId, GssCode> = BTreeMap::new();
    let mut councils = Vec::with_capacity(codes.len());
    for &code in codes {
        let Some((id, council)) = register.by_code(code).and_then(|id| Some((id, register.get(id)?))) else {
            misfits.push(Misfit::Unknown { code });
            continue;
        };
        let name = council.name.clone();
        if let Some(last) = council.last_year.filter(|last| *last < year) {
            misfits.push(Misfit::Ended { code, name, last });
        } else if council.first_year > year {
            misfits.push(Misfit::NotYet { code, name, first: council.first_year });
        } else if !council.council_type.stands_in(tier) {
            misfits.push(Misfit::OtherTier { code, name, tier });
        } else if let Some(other) = present.insert(id, code) {
            misfits.push(Misfit::Twice { code, other, name });
        } else {
            councils.push(id);
        }
    }
    let missing = register.in_tier(year, tier).filter(|(id, _)| !present.contains_key(id));
    misfits.extend(missing.filter_map(|(_, council)| {
        Some(Misfit::Missing { code: council.code_in(year)?, name: council.name.clone(), year })
    }));
    if misfits.is_empty() { Ok(councils) } else { Err(misfits) }
}

/// The councils of the upper tier that those of the lower one belong to, in the same order.
///
/// # Errors
///
/// [`Misfit::NoCouncilOver`] of each for which the register names none.
pub fn councils_over(
    register: &Register,
    districts: &[CouncilId],
    year: ReportingYear,
) -> Result<Vec<CouncilId>, Vec<Misfit>> {
    let mut misfits = Vec::new();
    let mut over = Vec::with_capacity(districts.len());
    for &district in districts {
        match council_over(register, district, year, Tier::Upper) {
            Some(council) => over.push(council),
            None => misfits.extend(register.get(district).map(|council| Misfit::NoCouncilOver {
                code: council.code,
                name: council.name.clone(),
                year,
            })),
        }
    }
    if misfits.is_empty() { Ok(over) } else { Err(misfits) }
}

/// The first years of the sets of councils of `tier` that areas with these codes are, exactly.
#[must_use]
pub fn vintages_of(register: &Register, codes: &[GssCode], tier: Tier) -> Vec<ReportingYear> {
    let fits = |vintage: &ReportingYear| roll_call(register, codes, *vintage, tier).is_ok();
    register.vintages().into_iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::council::{Council, CouncilType};

    fn council(code: &str, kind: CouncilType) -> Council {
        let text = format!(
            r#"{{"code":"{code}","slug":"{}","name":"{code} Council","short":"{code}","type":"{}","region":"South West","first":2014}}"#,
            code.to_lowercase(),
            kind.key()
        );
        serde_json::from_str(&text).unwrap()
    }

    fn code(text: &str) -> GssCode {
        text.parse().unwrap()
    }

    fn year(ending: u16) -> ReportingYear {
        ReportingYear::ending(ending).unwrap()
    }

    /// A county with one district until 2020, then a unitary council; beside it a borough that was given a new code.
    fn register() -> Register {
        let (mut county, mut district) =
            (council("E10000001", CouncilType::County), council("E07000001", CouncilType::District));
        let (mut unitary, mut borough) =
            (council("E06000001", CouncilType::Unitary), council("E08000002", CouncilType::Metropolitan));
        for ended in [&mut county, &mut district] {
            ended.last_year = Some(year(2020));
            ended.successors = vec![unitary.code];
        }
        district.county = Some(county.code);
        unitary.first_year = year(2021);
        unitary.predecessors = vec![county.code, district.code];
        borough.former_codes = vec!["E08000001:2025".parse().unwrap()];
        Register::new(vec![county, district, unitary, borough]).unwrap()
    }

    fn said(codes: &[&str], ending: u16, tier: Tier) -> Vec<String> {
        let codes: Vec<GssCode> = codes.iter().map(|text| code(text)).collect();
        let misfits = roll_call(&register(), &codes, year(ending), tier).unwrap_err();
        misfits.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn former_and_present_codes_are_the_same_council() {
        let register = register();
        for borough in ["E08000001", "E08000002"] {
            let codes = [code("E07000001"), code(borough)];
            let councils = roll_call(&register, &codes, year(2018), Tier::Lower).unwrap();
            let names: Vec<&str> = councils.iter().map(|&id| register.get(id).unwrap().name.as_str()).collect();
            assert_eq!(names, ["E07000001 Council", "E08000002 Council"]);
            let over = councils_over(&register, &councils, year(2018)).unwrap();
            assert_eq!(register.get(over[0]).unwrap().name, "E10000001 Council");
            assert_eq!(over[1], councils[1]);
            assert_eq!(vintages_of(&register, &codes, Tier::Lower), [year(2014)]);
        }
        assert_eq!(vintages_of(&register, &[code("E06000001"), code("E08000002")], Tier::Upper), [year(2021)]);
    }

    #[test]
    fn each_that_is_missing_or_too_many_is_named() {
        assert_eq!(
            said(&["E08000001"], 2020, Tier::Lower),
            ["E07000001 Council (E07000001) is missing, a council of 2019-20"]
        );
        assert_eq!(
            said(&["E07000001", "E08000001", "E06000009"], 2021, Tier::Lower),
            [
                "E07000001 Council (E07000001) ended with 2019-20",
                "E06000009 is in the register as no council",
                "E06000001 Council (E06000001) is missing, a council of 2020-21",
            ]
        );
        assert_eq!(
            said(&["E06000001", "E10000001", "E07000001", "E08000001", "E08000002"], 2020, Tier::Lower),
            [
                "E06000001 Council (E06000001) begins only with 2020-21",
                "E10000001 Council (E10000001) is not of the lower tier",
                "E08000002 Council is there twice, as E08000002 and as E08000001",
            ]
        );
    }
}
