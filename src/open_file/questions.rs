//! What a file's reader could not tell, asked of the person who opens it. Nothing is taken that nobody confirms.

use super::desk::{Desk, Item};
use crate::erased::handler;
use leptos::{ev, prelude::*};
use upheld_domain::{council::GssCode, edition::Edition, year::ReportingYear};
use upheld_pages::capitalised;
use upheld_sources::reading::{LetterReading, Question};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlSelectElement};

/// As many rows are asked about: a table of which more are not known is another table, or has to be corrected first.
const ASKED: usize = 50;

/// What is chosen in the select of an event.
fn choice(event: &ev::Event) -> String {
    let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    select.map(|select| select.value()).unwrap_or_default()
}

/// Options for a year, those that are likely first.
fn years(likely: &[ReportingYear]) -> AnyView {
    let option = |year: ReportingYear| view! { <option value=year.key().to_string()>{year.to_string()}</option> };
    let others = ReportingYear::all().rev().filter(|year| !likely.contains(year));
    likely.iter().copied().chain(others).map(option).collect_view().into_any()
}

/// Options for a council: those that may be meant, then all of the year.
fn councils(edition: &Edition, likely: &[GssCode], year: Option<ReportingYear>) -> AnyView {
    let register = edition.register();
    let option = |(code, name): (GssCode, String)| view! { <option value=code.to_string()>{name}</option> };
    let named = |code: &GssCode| Some((*code, register.get(register.by_code(*code)?)?.name.clone()));
    let near: Vec<_> = likely.iter().filter_map(named).collect();
    let mut all: Vec<(GssCode, String)> = register
        .iter()
        .filter(|(_, council)| year.is_none_or(|year| council.existed_in(year)))
        .map(|(_, council)| (year.and_then(|year| council.code_in(year)).unwrap_or(council.code), council.name.clone()))
        .collect();
    all.sort_by(|one, other| one.1.cmp(&other.1));
    let near = (!near.is_empty()).then(|| {
        view! { <optgroup label="It may be">{near.into_iter().map(option).collect_view()}</optgroup> }
    });
    view! { {near} <optgroup label="All councils of the year">{all.into_iter().map(option).collect_view()}</optgroup> }
        .into_any()
}

/// Asks of which year a file is.
pub(super) fn ask_year(desk: Desk, item: Item, likely: &[ReportingYear]) -> AnyView {
    let chosen = RwSignal::new(String::new());
    let id = format!("year-{}", item.id);
    let choose = handler(move |event: ev::Event| chosen.set(choice(&event)));
    let read = handler(move |_: ev::MouseEvent| {
        if let Ok(year) = chosen.get_untracked().parse() {
            desk.read_again(item, Some(year));
            // The button is gone: the file's name has the focus.
            let heading = document().get_element_by_id(&format!("file-{}", item.id));
            if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
                let _ = heading.focus();
            }
        }
    });
    view! {
        <p class="ask">
            <label for=id.clone()>"Its reporting year"</label>
            <select id=id on:change=choose><option value="">"Choose a year"</option>{years(likely)}</select>
            <button type="button" disabled=move || chosen.with(String::is_empty) on:click=read>"Read it as that year"</button>
        </p>
    }
    .into_any()
}

/// Asks which councils the rows of a sheet mean that could not be told.
pub(super) fn ask_councils(
    desk: Desk,
    item: Item,
    place: usize,
    year: ReportingYear,
    questions: &[Question],
) -> AnyView {
    if questions.is_empty() {
        return ().into_any();
    }
    let edition = desk.edition();
    let rows = questions.iter().take(ASKED).map(|question| {
        let id = format!("row-{}-{place}-{}", item.id, question.row);
        let row = question.row;
        let choose = handler(move |event: ev::Event| item.answer(place, row, choice(&event).parse().ok()));
        let label = format!("Row {row}: “{}”", question.name);
        let why = capitalised(&question.why);
        let why = format!("{}.", why.split("; the nearest").next().unwrap_or(&why));
        let prints = figures(question);
        view! {
            <li>
                <label for=id.clone()>{label}</label>
                <select id=id on:change=choose>
                    <option value="">"Leave it out"</option>
                    {councils(&edition, &question.councils, Some(year))}
                </select>
                <span class="hint">{why} " " {prints}</span>
            </li>
        }
    });
    let more = questions.len().checked_sub(ASKED).filter(|more| *more > 0).map(|more| {
        let said = format!(
            "And {}. To have them taken, correct their names in the file and open it again.",
            if more == 1 { "1 more row".to_owned() } else { format!("{more} more rows") }
        );
        view! { <p>{said}</p> }
    });
    view! {
        <div class="questions">
            <h3>"Rows whose council is not known"</h3>
            <p>"They are left out unless you say which council is meant. A name that is nearly right is never taken by itself."</p>
            <ul>{rows.collect_view()}</ul>
            {more}
        </div>
    }
    .into_any()
}

/// What a row prints, so that a person can tell whose it is.
fn figures(question: &Question) -> String {
    let fields = upheld_domain::figures::Field::ALL.iter();
    let said: Vec<String> = fields
        .filter_map(|field| Some(format!("{} {}", field.label(), question.figures.get(*field)?)))
        .take(3)
        .collect();
    if said.is_empty() { String::new() } else { format!("It prints: {}.", said.join(", ")) }
}

/// Asks what a letter does not say: to whom it is, and about which year.
pub(super) fn ask_letter(desk: Desk, item: Item, reading: &LetterReading) -> AnyView {
    let council = reading.council.is_none().then(|| {
        let id = format!("council-{}", item.id);
        let choose = handler(move |event: ev::Event| {
            item.answers.update(|answers| answers.letter_council = choice(&event).parse().ok());
        });
        view! {
            <p class="ask">
                <label for=id.clone()>"The council that it is to"</label>
                <select id=id on:change=choose>
                    <option value="">"Choose a council"</option>
                    {councils(&desk.edition(), &reading.councils, reading.letter.year)}
                </select>
            </p>
        }
    });
    let year = reading.letter.year.is_none().then(|| {
        let id = format!("letter-year-{}", item.id);
        let choose = handler(move |event: ev::Event| {
            item.answers.update(|answers| answers.letter_year = choice(&event).parse().ok());
        });
        view! {
            <p class="ask">
                <label for=id.clone()>"The reporting year that it is about"</label>
                <select id=id on:change=choose><option value="">"Choose a year"</option>{years(&[])}</select>
            </p>
        }
    });
    view! { {council} {year} }.into_any()
}
