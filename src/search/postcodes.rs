//! Who answers for a postcode, as the options of the search's list or in words: written by the second program.

use super::options::{OFFERED, option};
use upheld_domain::{
    council::{Council, GssCode},
    postcode::{self, Answer, Extent, Holding, Outside, Place, Query, Reading, Shard},
    register::{CouncilId, Register},
    responsible::{Responsible, duties},
    words::thousands,
    year::ReportingYear,
};
use upheld_pages::html::Html;

/// What begins the answer that names a file which has to be fetched first.
pub const FETCH: char = '>';

/// The file in which what is `typed` is looked up, after [`FETCH`]; or what can be said without. Nothing where it is no postcode.
#[must_use]
pub fn asked(typed: &str) -> Option<String> {
    if !postcode::looks_like_postcode(typed) {
        return None;
    }
    Some(match postcode::read(typed) {
        Ok(Reading::Query(query)) => format!("{FETCH}postcodes/{}", query.file_name()),
        Ok(Reading::Outside(outside)) => elsewhere(outside),
        Err(error) => error.to_string(),
    })
}

/// Who answers for the postcode `typed`, of which `shard` is the file: options, or words where there are none.
#[must_use]
pub fn found(register: &Register, typed: &str, shard: &str) -> String {
    let Ok(Reading::Query(query)) = postcode::read(typed) else { return String::new() };
    match Shard::read(shard) {
        Ok(shard) => answer(register, &query, &shard.find(&query)),
        Err(_) => "The list of postcodes arrived damaged. Type the postcode again.".to_owned(),
    }
}

fn answer(register: &Register, query: &Query, answer: &Answer) -> String {
    match answer {
        Answer::Held(holding) => held(register, holding),
        Answer::NotHeld { part, nearest } => {
            let mut words = format!("{part} is not in the postcode directory of November 2025. ");
            let around = nearest.as_ref().map(|holding| (holding, councils(register, holding)));
            match around {
                Some((holding, councils)) if !councils.is_empty() => {
                    let names: Vec<&str> = councils.iter().take(OFFERED).map(|at| at.0.name.as_str()).collect();
                    words = format!("{words}Around it, in {}: {}. ", holding.part, names.join(", "));
                }
                _ => {}
            }
            let part = query.part();
            if part.extent() == Extent::Postcode {
                words.push_str("Check it, or type the name of the council.");
            }
            words
        }
    }
}

fn held(register: &Register, holding: &Holding) -> String {
    match holding.only() {
        Some(Place::District(code)) => return one(register, code, &holding.part.to_string(), &mut 0),
        Some(Place::Outside(outside)) => return elsewhere(outside),
        _ => {}
    }
    let mut html = Html::default();
    let whole: u32 = holding.shares.iter().map(|share| share.postcodes).sum();
    for (place, (council, postcodes)) in councils(register, holding).iter().take(OFFERED).enumerate() {
        option(
            &mut html,
            place,
            council,
            &format!("{} of {} postcodes of {}", thousands(*postcodes), thousands(whole), holding.part),
        );
    }
    let html = html.written();
    if html.is_empty() {
        format!(
            "{} is in the postcode directory without a place: its council cannot be told. Type the council’s name.",
            holding.part
        )
    } else {
        html
    }
}

/// The councils that answer for what is looked up, with the number of its postcodes in each, and the county councils above them.
fn councils<'a>(register: &'a Register, holding: &Holding) -> Vec<(&'a Council, u32)> {
    let mut councils: Vec<(CouncilId, u32)> = Vec::new();
    for share in &holding.shares {
        let Place::District(code) = share.place else { continue };
        for id in ids(register, code) {
            match councils.iter_mut().find(|(of, _)| *of == id) {
                Some((_, postcodes)) => *postcodes += share.postcodes,
                None => councils.push((id, share.postcodes)),
            }
        }
    }
    councils.iter().filter_map(|(id, postcodes)| Some((register.get(*id)?, *postcodes))).collect()
}

fn ids(register: &Register, code: GssCode) -> Vec<CouncilId> {
    match register.responsible(code, ReportingYear::LAST) {
        Some(Responsible::One(id)) => vec![id],
        Some(Responsible::Two { district, county }) => vec![district, county],
        Some(Responsible::OneOf { lower, counties }) => lower.into_iter().chain(counties).collect(),
        None => Vec::new(),
    }
}

/// The options for a place that lies in one district, or single-tier council: what each of its councils answers for. `at` counts the options of the list.
pub fn one(register: &Register, code: GssCode, place: &str, at: &mut usize) -> String {
    let mut html = Html::default();
    for council in ids(register, code).into_iter().filter_map(|id| register.get(id)) {
        option(&mut html, *at, council, &format!("{place}: responsible for {}", duties(council.council_type)));
        *at += 1;
    }
    html.written()
}

/// What is said of a place that is not in England.
fn elsewhere(outside: Outside) -> String {
    let sentence = outside.sentence();
    match outside.ombudsman() {
        Some(ombudsman) => format!("{sentence} Complaints about councils there go to the {ombudsman}."),
        None => sentence,
    }
}
