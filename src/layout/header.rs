//! The header: what this is, the search, and the ways to the other pages.

use super::link;
use crate::{erased::text, search::CouncilSearch, store::Store};
use leptos::prelude::*;
use upheld_domain::view::{Compared, Page};
use upheld_pages::{LOGO, html::Html};

/// The header.
#[component]
pub fn Header() -> impl IntoView {
    let store = Store::get();
    let home = text(move || store.address(&store.view().close()));
    view! {
        <header class="header">
            <p class="brand">
                <a href=home inner_html=format!("{LOGO}<span>Upheld</span>")></a>
            </p>
            <CouncilSearch/>
            <nav aria-label="Pages">
                {link(|| Page::Map, "Map")}
                {link(|| Page::Table, "Table")}
                {link(|| Page::Compare(Compared::default()), "Compare")}
                {link(|| Page::About, "About")}
                <a href="open/" target="_self">"Open a file"</a>
            </nav>
        </header>
        {with_files()}
    }
}

/// Says of whose files there are figures on the page, beside those of the edition.
fn with_files() -> AnyView {
    let edition = Store::get().edition();
    if edition.with().is_empty() {
        return ().into_any();
    }
    let mut html = Html::default();
    html.within("p", &[], |html| {
        html.text("With your file: ").element("strong", edition.with()).text(". ");
        html.within("a", &[("href", "open/"), ("target", "_self")], |html| {
            html.text("Review or remove");
        });
    });
    view! { <aside class="notice own-files" aria-label="Your own files" inner_html=html.written()></aside> }.into_any()
}
