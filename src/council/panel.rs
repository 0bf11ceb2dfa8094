//! The panel of the chosen council: from how often to where it comes from.

use crate::{
    app::{focus, is_touch},
    erased::{dynamic, follow, handler, hear, key},
    marks,
    said::said,
    store::Store,
};
use leptos::{ev, prelude::*};
use upheld_domain::{
    council::Council,
    edition::Edition,
    measure::Measure,
    register::CouncilId,
    view::{Page, View},
    year::ReportingYear,
};

/// The panel of the council at `id`.
#[component]
pub fn CouncilPanel(id: CouncilId) -> impl IntoView {
    let store = Store::get();
    store.details().want();
    let edition = store.edition();
    let Some(council) = edition.register().get(id).cloned() else { return ().into_any() };
    // Whoever came from the map goes back to it.
    let from_map = document().active_element().is_some_and(|it| it.matches(".map-canvas").unwrap_or_default());
    let close = move || {
        store.show(&store.view_untracked().close());
        // On a touch screen the search would bring the keyboard up.
        focus(if from_map {
            ".map-canvas"
        } else if is_touch() {
            "main h1"
        } else {
            "#find"
        });
    };
    let escape = handler(move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    });
    let close = handler(move |_: ev::MouseEvent| close());
    // The panel stays as it is while only the tier changes.
    let shown = key(move || {
        let view = store.view();
        let selected =
            [view.table.cases, view.table.rates].map(|span| span.map_or(0, |span| span.from * 1000 + span.to));
        let [cases, rates] = selected;
        format!("{} {} {} {cases} {rates}", view.year, view.measure.key(), view.widened)
    });
    let name = council.name.clone();
    // A choice leads to the council's name; an address that is opened leaves the focus at the head of the page.
    if marks::is_marked("ready") {
        focus("#council-name");
    }
    follow(move || {
        hear(shown);
        store.say(summary(&store.edition(), id, &council, store.view_untracked().year));
    });
    // A council that is chosen comes in two parts, what is seen first before the rest. Another year of it comes whole, or the reader would lose
    // the place.
    let stands = StoredValue::new(false);
    let content = dynamic(move || {
        hear(shown);
        let view = View { page: Page::Council(id), ..store.view_untracked() };
        let head = !stands.get_value();
        stands.set_value(store.details().ready().is_some());
        said(&store.address(&view), "The council’s figures could not be shown.", head)
    });
    view! {
        <section class="panel" aria-labelledby="council-name" on:keydown=escape>
            <header class="panel-head">
                <h2 id="council-name" tabindex="-1">{name}</h2>
                <button type="button" class="close" on:click=close>"Close"</button>
            </header>
            {content}
        </section>
    }
    .into_any()
}

/// What is said of a council when it is chosen.
fn summary(edition: &Edition, id: CouncilId, council: &Council, year: ReportingYear) -> String {
    match edition.read(id, year, Measure::Uphold) {
        Ok(rate) => format!("{}, {year}: {} complaints upheld.", council.name, rate.with_counts(Measure::Uphold)),
        Err(absent) => format!("{}, {year}: {}.", council.name, absent.words()),
    }
}
