//! The table on the screen.

use super::rows::rows;
use crate::{
    erased::{dynamic, handler, hear, holds, key, text, written},
    layout::{TIER, YEAR, chooser, notices},
    said::said,
    store::Store,
};
use leptos::{ev, prelude::*};
use upheld_domain::{
    council::{CouncilType, Region, Tier},
    measure::Measure,
    view::{Column, TableView, View},
};
use upheld_pages::{capitalised, html::Html, table};

/// The page with the table.
#[component]
pub fn TablePage() -> impl IntoView {
    let store = Store::get();
    let title = text(move || format!("All councils, {}", store.view().year));
    let address = key(move || store.address(&store.view()));
    let more = dynamic(move || {
        hear(address);
        said(&address.get_untracked(), "What can be taken away could not be shown.", false)
    });
    view! {
        <main id="main" class="page table-page">
            <h1 tabindex="-1">{title}</h1>
            {notices()}
            <CouncilTable choices=true/>
            {more}
        </main>
    }
}

/// The table, with what filters it.
#[component]
pub fn CouncilTable(
    /// Whether year and tier can be chosen here: not where the page offers them already.
    choices: bool,
) -> impl IntoView {
    let store = Store::get();
    let named = text(move || store.view().named);
    let typing = handler(move |event: ev::Event| {
        store.rewrite(&View { named: event_target_value(&event), ..store.view_untracked() });
    });
    // The rows are written as one text: hundreds of them change at once.
    let body = RwSignal::new(String::new());
    let line = RwSignal::new(String::new());
    Effect::new(move || {
        let (edition, view) = (store.edition(), store.view());
        let rows = rows(&edition, &view);
        let with_rate = rows
            .iter()
            .filter(|row| row.readings.iter().any(|(it, reading)| *it == Measure::Uphold && reading.is_ok()));
        line.set(if rows.is_empty() {
            "No council in this table.".to_owned()
        } else {
            table::coverage(&edition, view.year, with_rate.count(), rows.len())
        });
        let mut html = Html::default();
        for row in &rows {
            if let Some(council) = edition.register().get(row.id) {
                table::row(&mut html, &view.choose(&edition, row.id).address(&edition), council, &row.readings);
            }
        }
        body.set(html.written());
    });
    let none = dynamic(move || {
        if body.with(String::is_empty) {
            // Half of all councils stand in one tier alone.
            let (view, mut html) = (store.view(), Html::default());
            for tier in Tier::ALL.into_iter().filter(|tier| *tier != view.tier) {
                let address = View { tier, ..view.clone() }.address(&store.edition());
                html.within("p", &[], |html| {
                    html.text("No council here fits these filters. Look among ").link(&address, tier.label()).text(".");
                });
            }
            written(html.written())
        } else {
            ().into_any()
        }
    });
    let selection = dynamic(move || {
        let (view, mut html) = (store.view(), Html::default());
        if view.table.selects() {
            html.within("p", &[], |html| {
                html.text("Only what was selected in the funnel plot. ");
                html.link(&view.unselected().address(&store.edition()), "Show all").text(".");
            });
        }
        written(html.written())
    });
    view! {
        <div class="controls">
            {choices.then(|| [chooser(&YEAR), chooser(&TIER)].into_iter().collect_view())}
            {filter(&KIND)}
            {filter(&REGION)}
            <div class="control">
                <label for="name-filter">"Name contains"</label>
                <input id="name-filter" type="text" autocomplete="off" maxlength="40" prop:value=named on:input=typing/>
            </div>
        </div>
        <p class="coverage" role="status">{line}</p>
        {selection}
        <div class="table-scroll" role="group" aria-label="Table of councils, scrolls sideways" tabindex="0">
            <table class="councils">
                <caption>"Councils"</caption>
                <thead><tr>{Column::ALL.map(heading).into_iter().collect_view()}</tr></thead>
                <tbody inner_html=body></tbody>
            </table>
        </div>
        {none}
        <p class="hint">
            {table::HINT}
        </p>
    }
}

/// A select that filters the table.
struct Filter {
    id: &'static str,
    label: &'static str,
    all: &'static str,
    options: fn() -> Vec<(String, String)>,
    chosen: fn(&TableView) -> Option<String>,
    choose: fn(TableView, &str) -> TableView,
}

const KIND: Filter = Filter {
    id: "type",
    label: "Type",
    all: "All types",
    options: || CouncilType::ALL.iter().map(|kind| (kind.key().to_owned(), capitalised(kind.plural()))).collect(),
    chosen: |table| table.kind.map(|kind| kind.key().to_owned()),
    choose: |table, value| TableView { kind: value.parse().ok(), ..table },
};

const REGION: Filter = Filter {
    id: "region",
    label: "Region",
    all: "All regions",
    options: || Region::ALL.iter().map(|region| (region.key(), region.name().to_owned())).collect(),
    chosen: |table| table.region.map(Region::key),
    choose: |table, value| TableView { region: value.parse().ok(), ..table },
};

fn filter(filter: &Filter) -> AnyView {
    let Filter { id, label, all, options, chosen, choose } = *filter;
    let store = Store::get();
    let change = handler(move |event: ev::Event| {
        let view = store.view_untracked();
        store.show(&View { table: choose(view.table, &event_target_value(&event)), ..view });
    });
    let mut html = Html::default();
    for (value, words) in [(String::new(), all.to_owned())].into_iter().chain(options()) {
        html.within("option", &[("value", &value)], |html| {
            html.text(&words);
        });
    }
    let value = text(move || chosen(&store.view().table).unwrap_or_default());
    view! {
        <div class="control">
            <label for=id>{label}</label>
            <select id=id inner_html=html.written() on:change=change prop:value=value></select>
        </div>
    }
    .into_any()
}

/// The heading of a column: a button that sorts by it.
fn heading(column: Column) -> AnyView {
    let store = Store::get();
    let order = text(move || {
        let table = store.view().table;
        let order = match (table.sort == column, table.descending) {
            (false, _) => "none",
            (true, true) => "descending",
            (true, false) => "ascending",
        };
        order.to_owned()
    });
    let sort = handler(move |_: ev::MouseEvent| {
        let view = store.view_untracked();
        let table = view.table;
        // A rate is first sorted from the highest down, a name from A on; a second press turns it round.
        let descending = if table.sort == column { !table.descending } else { matches!(column, Column::Measure(_)) };
        store.show(&View { table: TableView { sort: column, descending, ..table }, ..view });
    });
    let is_number = holds(move || matches!(column, Column::Measure(_)));
    view! {
        <th scope="col" aria-sort=order class:number=is_number>
            <button type="button" on:click=sort>{column.label()}<span class="order" aria-hidden="true"></span></button>
        </th>
    }
    .into_any()
}
