//! What Upheld is, how it reckons, where its figures come from.

use crate::{fragment::fragment, store::Store};
use leptos::prelude::*;

/// The page about Upheld. Its text is the same as on the page that is rendered ahead.
#[component]
pub fn AboutPage() -> impl IntoView {
    let note = Store::get().edition().note().to_owned();
    view! {
        <main id="main" class="page prose">
            {fragment("about.part".to_owned(), "This text could not be loaded.")}
            <p class="note">{note}</p>
        </main>
    }
}
