//! What stands beside the map while no council is chosen: England, and how to go on.

use crate::{
    erased::{dynamic, follow, key, written},
    marks,
    said::said,
    store::Store,
};
use leptos::prelude::*;
use upheld_pages::{england, html::Html};

/// England in the year on the screen.
#[component]
pub fn Overview() -> impl IntoView {
    let store = Store::get();
    let content = dynamic(move || {
        let view = store.view();
        let mut html = Html::default();
        england::write(&mut html, &store.edition(), view.year, view.measure);
        written(html.written())
    });
    let address = key(move || store.address(&store.view()));
    // Nobody waits for it: it comes when the second program does, and once the map has been painted in its new colours.
    let painted = RwSignal::new(String::new());
    follow(move || {
        let address = address.get();
        // The page may have moved on by then.
        marks::after_paint(move || drop(painted.try_set(address)));
    });
    let more = dynamic(move || {
        if store.details().ready().is_none() {
            return ().into_any();
        }
        said(&painted.get(), "The map could not be put in words.")
    });
    view! { <section class="panel overview" aria-labelledby="overview-title">{content}{more}</section> }
}
