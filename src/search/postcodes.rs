//! Who answers for a postcode, as the options of the search's list or in words: written by the second program.

use super::options::{OFFERED, option};
use crate::fetch;
use js_sys::Promise;
use std::cell::RefCell;
use upheld_domain::{
    council::{Council, GssCode},
    postcode::{self, Answer, Extent, Holding, Outside, Place, Query, Reading, Shard},
    register::{CouncilId, Register},
    responsible::{Responsible, duties},
    words::thousands,
    year::ReportingYear,
};
use upheld_pages::html::Html;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// What answers that a file has to be fetched first: [`look_up`] does.
pub const FETCH: char = '>';

thread_local! {
    /// The files that were asked for, by their paths: each is fetched once, however quickly a reader types.
    static FILES: RefCell<Vec<(String, Promise)>> = const { RefCell::new(Vec::new()) };
}

/// What can be said of what is `typed` at once: [`FETCH`] where it is to be looked up, or words. Nothing where it is no postcode.
#[must_use]
pub fn asked(typed: &str) -> Option<String> {
    if !postcode::looks_like_postcode(typed) {
        return None;
    }
    Some(match postcode::read(typed) {
        Ok(Reading::Query(_)) => FETCH.to_string(),
        Ok(Reading::Outside(outside)) => elsewhere(outside),
        Err(error) => error.to_string(),
    })
}

/// Who answers for the postcode, or the part of one, that is `typed`: options, or words where there are none.
pub async fn look_up(register: &Register, typed: &str) -> String {
    let query = match postcode::read(typed) {
        Ok(Reading::Query(query)) => query,
        Ok(Reading::Outside(outside)) => return elsewhere(outside),
        Err(error) => return error.to_string(),
    };
    let path = format!("postcodes/{}", query.file_name());
    let file = JsFuture::from(file(&path)).await.map(|file| file.as_string().unwrap_or_default());
    let found = match &file {
        Ok(file) => {
            Shard::read(file).map(|shard| answer(register, &query, &shard.find(&query))).map_err(|_| "arrived damaged")
        }
        Err(_) => Err("could not be fetched"),
    };
    found.unwrap_or_else(|problem| {
        // It is asked for anew the next time.
        FILES.with_borrow_mut(|files| files.retain(|(of, _)| *of != path));
        format!("The list of postcodes {problem}. Check your connection, and press Enter to try again.")
    })
}

/// The file at `path`, once it has come.
fn file(path: &str) -> Promise {
    FILES.with_borrow_mut(|files| {
        if let Some((_, file)) = files.iter().find(|(of, _)| of == path) {
            return file.clone();
        }
        let wanted = path.to_owned();
        let file =
            future_to_promise(async move { fetch::text(&wanted).await.map(JsValue::from).map_err(|_| JsValue::NULL) });
        files.push((path.to_owned(), file.clone()));
        file
    })
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
        Some(Place::District(code)) => return one(register, code, &holding.part.to_string()),
        Some(Place::Outside(outside)) => return elsewhere(outside),
        _ => {}
    }
    let mut html = Html::default();
    let whole: u32 = holding.shares.iter().map(|share| share.postcodes).sum();
    let abroad = holding.shares.iter().filter_map(|share| match share.place {
        Place::Outside(outside) => {
            outside.name().map(|name| format!(" ({} of them in {name})", thousands(share.postcodes)))
        }
        _ => None,
    });
    let abroad: String = abroad.collect();
    for (place, (council, postcodes)) in councils(register, holding).iter().take(OFFERED).enumerate() {
        let (postcodes, whole, part) = (thousands(*postcodes), thousands(whole), &holding.part);
        let kind = council.council_type.singular();
        option(&mut html, place, council, &format!("{postcodes} of {whole} postcodes of {part}{abroad}, {kind}"));
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

/// The councils that answer for what lies in the district, or single-tier council, with `code` today.
pub(super) fn ids(register: &Register, code: GssCode) -> Vec<CouncilId> {
    match register.responsible(code, ReportingYear::LAST) {
        Some(Responsible::One(id)) => vec![id],
        Some(Responsible::Two { district, county }) => vec![district, county],
        Some(Responsible::OneOf { lower, counties }) => lower.into_iter().chain(counties).collect(),
        None => Vec::new(),
    }
}

/// The options for a place that lies in one district, or single-tier council: what each of its councils answers for.
fn one(register: &Register, code: GssCode, place: &str) -> String {
    let mut html = Html::default();
    for (at, council) in ids(register, code).into_iter().filter_map(|id| register.get(id)).enumerate() {
        responsible(&mut html, at, council, place);
    }
    html.written()
}

/// Writes the option for `council`, which answers for a place: for what.
pub(super) fn responsible(html: &mut Html, at: usize, council: &Council, place: &str) {
    option(html, at, council, &format!("{place}: responsible for {}", duties(council.council_type)));
}

/// What is said of a place that is not in England.
fn elsewhere(outside: Outside) -> String {
    let sentence = outside.sentence();
    match outside.ombudsman() {
        Some(ombudsman) => format!("{sentence} Complaints about councils there go to the {ombudsman}."),
        None => sentence,
    }
}
