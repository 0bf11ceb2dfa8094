//! The footer: where it all comes from, and whose it is not.

use crate::store::Store;
use leptos::prelude::*;
use upheld_pages::{credits, html::Html};

/// The footer.
#[component]
pub fn Footer() -> impl IntoView {
    let mut html = Html::default();
    credits(&mut html, Store::get().edition().date());
    view! { <footer class="footer" inner_html=html.written()></footer> }
}
