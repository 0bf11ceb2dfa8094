//! What stands beside the map while no council is chosen: England, and how to go on.

use crate::{
    erased::{dynamic, follow, key},
    marks,
    said::said,
    store::Store,
};
use leptos::prelude::*;

/// England in the year on the screen.
#[component]
pub fn Overview() -> impl IntoView {
    let store = Store::get();
    let address = key(move || store.address(&store.view()));
    // The map comes first: what is said beside it changes once it has been painted in its new colours.
    let painted = RwSignal::new(address.get_untracked());
    follow(move || {
        let address = address.get();
        if painted.get_untracked() != address {
            // The page may have moved on by then.
            marks::after_paint(move || marks::after_paint(move || drop(painted.try_set(address))));
        }
    });
    let content = dynamic(move || said(&painted.get(), "The map could not be put in words.", false));
    view! { <section class="panel overview" aria-labelledby="overview-title">{content}</section> }
}
