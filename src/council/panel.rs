//! The panel of the chosen council: from how often to where it comes from.

use crate::{
    app::{focus, is_touch},
    chart::{self, Following},
    details::{Details, Progress},
    erased::{dynamic, follow, handler, hear, key, written},
    error::Problem,
    fragment::fragment,
    marks,
    store::Store,
};
use leptos::{ev, html::Div, mount::mount_to, prelude::*};
use upheld_domain::{
    council::Council,
    edition::Edition,
    measure::Measure,
    register::CouncilId,
    view::{Page, View},
    year::ReportingYear,
};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// The panel of the council at `id`.
#[component]
pub fn CouncilPanel(id: CouncilId) -> impl IntoView {
    let store = Store::get();
    let loader = store.details();
    loader.want();
    let edition = store.edition();
    let Some(council) = edition.register().get(id).cloned() else { return ().into_any() };
    let close = move || {
        store.show(&store.view_untracked().close());
        // On a touch screen the focus would bring the keyboard up.
        focus(if is_touch() { "main h1" } else { "#find" });
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
        format!("{} {}", view.year, view.measure.key())
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
    let retry = Callback::new(move |()| loader.want());
    let content = dynamic(move || {
        hear(shown);
        let view = View { page: Page::Council(id), ..store.view_untracked() };
        match loader.progress() {
            Progress::Ready(details) => said(details, &store.address(&view)),
            Progress::Failed(error) => {
                view! { <Problem what="The council’s figures could not be shown." error=error.to_string() retry/> }
                    .into_any()
            }
            Progress::Asleep | Progress::Loading => {
                view! { <p class="waiting" role="status">"Loading…"</p> }.into_any()
            }
        }
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

/// What `details` says of the council at `address`, with its charts drawn and its letter fetched once it stands.
fn said(details: Details, address: &str) -> AnyView {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let (path, query) = (path.to_owned(), query.to_owned());
    let content = written(details.council(&path, &query));
    let place = NodeRef::<Div>::new();
    // Both let go of what they hold when the panel is taken down.
    let following = StoredValue::new_local(None::<Following>);
    let letter = StoredValue::new_local(None::<Box<dyn std::any::Any>>);
    let drawing = StoredValue::new_local(Some((details, path, query)));
    follow(move || {
        let Some(panel) = place.get() else { return };
        let Some((details, path, query)) = drawing.try_update_value(Option::take).flatten() else { return };
        if let Ok(Some(at)) = panel.query_selector("[data-letter]") {
            let path = at.get_attribute("data-letter").unwrap_or_default();
            let mounted = mount_to(at.unchecked_into::<HtmlElement>(), move || {
                fragment(path.clone(), "The letter could not be loaded.")
            });
            letter.set_value(Some(Box::new(mounted)));
        }
        marks::end_once_painted("open-council");
        let draw = move |which: &str, canvas: &web_sys::HtmlCanvasElement, width, scale, theme| {
            details.draw(&path, &query, which, canvas, width, scale, theme)
        };
        following.set_value(Some(chart::follow_charts(&panel, Box::new(draw))));
    });
    view! { <div node_ref=place>{content}</div> }.into_any()
}
