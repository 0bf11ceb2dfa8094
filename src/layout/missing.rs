//! An address that leads nowhere.

use super::link;
use crate::{erased::text, store::Store};
use leptos::prelude::*;
use upheld_domain::view::Page;

/// Says kindly that there is nothing at the address, and where to go on.
#[component]
pub fn MissingPage() -> impl IntoView {
    let store = Store::get();
    let said = text(move || {
        let asked = match store.view().page {
            Page::Missing(path) => path,
            _ => String::new(),
        };
        format!(
            "Nothing lies at “{asked}”. Perhaps the address was cut off on its way, or a council’s name is spelt differently \
             here. Look for the council with the search above, or go on from here:"
        )
    });
    view! {
        <main id="main" class="page prose">
            <h1 tabindex="-1">"There is no page here"</h1>
            <p>{said}</p>
            <ul>
                <li>{link(|| Page::Map, "The map of councils")}</li>
                <li>{link(|| Page::Table, "See all councils as a table")}</li>
            </ul>
        </main>
    }
}
