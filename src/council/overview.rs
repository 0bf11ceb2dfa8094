//! What stands beside the map while no council is chosen: England, and how to go on.

use crate::{
    erased::{dynamic, written},
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
    view! { <section class="panel overview" aria-labelledby="overview-title">{content}</section> }
}
