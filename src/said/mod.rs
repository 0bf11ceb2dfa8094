//! What the second program says, put on the page: a council in its panel, councils side by side, councils on paper.

use crate::{
    chart::{self, Following},
    details::{Details, Progress},
    erased::{dynamic, follow, hear, key, written},
    error::Problem,
    fragment::fragment,
    layout::{MEASURE, YEAR, chooser, notices},
    marks,
    store::Store,
};
use leptos::{html::Div, mount::mount_to, prelude::*};
use upheld_domain::view::Page;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// What the second program says at `address`, once it is there; `what` is what could not be shown where it does not come.
pub fn said(address: &str, what: &'static str) -> AnyView {
    let loader = Store::get().details();
    match loader.progress() {
        Progress::Ready(details) => placed(details, address),
        Progress::Failed(error) => {
            let retry = Callback::new(move |()| loader.want());
            view! { <Problem what error=error.to_string() retry/> }.into_any()
        }
        Progress::Asleep | Progress::Loading => {
            loader.want();
            view! { <p class="waiting" role="status">"Loading…"</p> }.into_any()
        }
    }
}

/// What `details` says at `address`, with its charts drawn and its letter fetched once it stands.
fn placed(details: Details, address: &str) -> AnyView {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let (path, query) = (path.to_owned(), query.to_owned());
    let content = written(details.said(&path, &query));
    let place = NodeRef::<Div>::new();
    // Both let go of what they hold when the page is taken down.
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
    view! { <div node_ref=place data-view=address.to_owned()>{content}</div> }.into_any()
}

/// A screen that the second program writes: councils side by side, or on paper.
#[component]
pub fn SaidPage() -> impl IntoView {
    let store = Store::get();
    let address = key(move || store.address(&store.view()));
    let is_paper = move || matches!(store.view().page, Page::Committee(_));
    let content = dynamic(move || {
        hear(address);
        said(&address.get_untracked(), "What was asked for could not be shown.")
    });
    view! {
        <main id="main" class="page said" class:paper=is_paper>
            <link rel="stylesheet" href="compare.css"/>
            <div class="controls">{chooser(&YEAR)}{chooser(&MEASURE)}</div>
            {notices()}
            {content}
        </main>
    }
}
