//! A file on the desk: how far it has come, and what it says.

use super::{
    desk::{Desk, Item, Stage},
    questions::{ask_councils, ask_letter, ask_year},
};
use crate::erased::{dynamic, handler, written};
use leptos::{ev, prelude::*};
use upheld_pages::{capitalised, html::Html, letter};
use upheld_sources::reading::{FileReading, LetterReading, SheetReading};

/// A file.
#[component]
pub(super) fn FileCard(desk: Desk, item: Item) -> impl IntoView {
    let name = item.name.get_value();
    let off = format!("Take {name} off the list");
    let off_list = handler(move |_: ev::MouseEvent| {
        desk.take_off(item);
        crate::app::focus("#files");
    });
    let cancel = move || {
        let label = format!("Cancel {}", item.name.get_value());
        let cancel = handler(move |_: ev::MouseEvent| desk.cancel(item));
        view! { <button type="button" on:click=cancel>{label}</button> }
    };
    let again = move || {
        let label = format!("Read {} again", item.name.get_value());
        let again = handler(move |_: ev::MouseEvent| desk.read_again(item, None));
        view! { <button type="button" on:click=again>{label}</button> }
    };
    let heading = format!("file-{}", item.id);
    let id = heading.clone();
    let state = dynamic(move || {
        match item.stage.get() {
        Stage::Waiting => view! { <p>"Waiting for the others. " {cancel()}</p> }.into_any(),
        Stage::Reading(read, of) => {
            let said = format!("Reading: {} of {}. ", megabytes(read), megabytes(of));
            view! { <p><progress max=of value=read aria-label="Reading"></progress> " " {said} {cancel()}</p> }.into_any()
        }
        Stage::Understanding => {
            view! { <p><progress aria-label="Working out what it says"></progress> " Working out what it says… " {cancel()}</p> }
                .into_any()
        }
        Stage::Cancelled => view! { <p>"Cancelled: nothing is taken from it. " {again()}</p> }.into_any(),
        Stage::Failed(problem) => view! { <div class="problem" role="alert"><p>{problem}</p> {again()}</div> }.into_any(),
        Stage::Read(reading) => said(desk, item, &reading),
    }
    });
    view! {
        <section class="file" aria-labelledby=heading>
            <h2 id=id tabindex="-1">{name}</h2>
            {state}
            <p><button type="button" class="quiet" on:click=off_list>{off}</button></p>
        </section>
    }
}

fn megabytes(bytes: f64) -> String {
    if bytes < 1e6 { format!("{:.0} KB", (bytes / 1e3).ceil()) } else { format!("{:.1} MB", bytes / 1e6) }
}

/// What a file says.
fn said(desk: Desk, item: Item, reading: &FileReading) -> AnyView {
    match reading {
        FileReading::Refused(refusal) => {
            let problem = format!("{}.", capitalised(&refusal.problem));
            let remedy = format!("What to do: {}.", refusal.remedy);
            let asks = refusal.asks_year.then(|| ask_year(desk, item, &refusal.years));
            view! { <div class="problem" role="alert"><p><strong>{problem}</strong> " " {remedy}</p></div> {asks} }
                .into_any()
        }
        FileReading::Own { rows } => {
            let edition = desk.edition();
            let taken = item.taken(&edition).rows;
            let held = taken.iter().filter(|(row, source)| edition.holds(row, source)).count();
            let held = match held {
                0 => String::new(),
                held if held == taken.len() => " All of them are in the edition already.".to_owned(),
                held => format!(" {held} of them are in the edition already."),
            };
            view! { <p>{format!("Figures in Upheld’s own form: {}, each with its source.{held}", counted(rows.len(), "row"))}</p> }
                .into_any()
        }
        FileReading::Letter(reading) => letter(desk, item, reading),
        FileReading::Tables { sheets, left } => {
            let left = left.iter().map(|line| format!("Not read: {line}."));
            let left = left.map(|line| view! { <p class="note">{line}</p> }).collect_view();
            let sheets = sheets.iter().enumerate().map(|(place, sheet)| table(desk, item, place, sheet)).collect_view();
            let contradictions = dynamic(move || {
                list("It says twice, and differently; the first is taken", &item.taken(&desk.edition()).contradictions)
            });
            view! { {sheets} {left} {contradictions} }.into_any()
        }
    }
}

fn table(desk: Desk, item: Item, place: usize, sheet: &SheetReading) -> AnyView {
    let name = sheet.sheet.as_ref().map(|name| format!("Sheet “{name}”: ")).unwrap_or_default();
    let what = format!("{name}{}, {}", capitalised(&sheet.subject), sheet.year);
    let by = format!(" – the year is said by {}.", sheet.year_said_by.join(" and "));
    let matched = match (sheet.rows.len(), sheet.questions.len()) {
        (0, open) => {
            format!("No council matched; {} not: nothing is taken until you say which they are.", counted(open, "row"))
        }
        (rows, 0) => format!("{} matched, every one by its name or code.", counted(rows, "council")),
        (rows, open) => format!("{} matched; {} not.", counted(rows, "council"), counted(open, "row")),
    };
    let left: Vec<String> = sheet.left_out.iter().map(|(what, count)| format!("{what} {count}")).collect();
    let left = (!left.is_empty()).then(|| format!(" Left out: {}.", left.join(", ")));
    let more = (sheet.unlisted > 0).then(|| format!("and {} more like these", sheet.unlisted));
    let problems: Vec<String> = sheet.problems.iter().cloned().chain(more).collect();
    view! {
        <p><strong>{what}</strong>{by}</p>
        <p>{matched}{left}</p>
        {ask_councils(desk, item, place, sheet.year, &sheet.questions)}
        {list("Cells that could not be taken", &problems)}
        {list("Rows that contradict themselves; they are taken as printed", &sheet.warnings)}
        {list("Columns that were not read", &sheet.columns_not_read)}
    }
    .into_any()
}

fn letter(desk: Desk, item: Item, reading: &LetterReading) -> AnyView {
    let edition = desk.edition();
    let to = reading.council.and_then(|code| edition.register().get(edition.register().by_code(code)?));
    let to = to.map_or_else(|| "a council that it does not name clearly".to_owned(), |council| council.name.clone());
    let about = reading.letter.year.map(|year| format!(" about {year}")).unwrap_or_default();
    let date = if reading.letter.date.is_empty() { String::new() } else { format!(", of {}", reading.letter.date) };
    let mut html = Html::default();
    html.part("details", "letter-text", |html| {
        html.element("summary", "Read the letter");
        html.classed("h3", "unseen", "The letter");
        letter::write(html, &reading.letter);
    });
    view! {
        <p><strong>{format!("A letter to {to}{about}{date}")}</strong></p>
        {ask_letter(desk, item, reading)}
        {list("Not found in it", &reading.not_found)}
        {list("Found in it, and does not fit", &reading.warnings)}
        {written(html.written())}
    }
    .into_any()
}

/// A list that opens; nothing where it is empty.
fn list(title: &'static str, lines: &[String]) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let title = format!("{title} ({})", lines.len());
    let lines = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    view! { <details class="source"><summary>{title}</summary><ul>{lines}</ul></details> }.into_any()
}

/// "1 council", "2 councils".
pub(super) fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}
