//! What stands beside the map while no council is chosen: England, and how to go on.

use crate::{
    erased::{dynamic, hear, key, written},
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
    let more = dynamic(move || {
        hear(address);
        // Nobody waits for it: it comes when the second program does.
        if store.details().ready().is_none() {
            return ().into_any();
        }
        said(&address.get_untracked(), "The map could not be put in words.")
    });
    view! { <section class="panel overview" aria-labelledby="overview-title">{content}{more}</section> }
}
