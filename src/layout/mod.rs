//! What frames the page: header, controls, footer, and the screen with the map.

mod controls;
mod footer;
mod header;
mod map_page;
mod missing;

pub use controls::{COLOURS, MAP, MEASURE, TIER, YEAR, chooser};
pub use footer::Footer;
pub use header::Header;
pub use map_page::MapPage;
pub use missing::MissingPage;

use crate::{
    erased::{dynamic, text, written},
    store::Store,
};
use leptos::prelude::*;
use upheld_domain::view::Page;
use upheld_pages::html::Html;

/// What could not be used of the address, said once.
pub fn notices() -> AnyView {
    let store = Store::get();
    dynamic(move || {
        let notices = store.notices();
        if notices.is_empty() {
            return ().into_any();
        }
        let mut html = Html::default();
        html.within("div", &[("class", "notice"), ("role", "status")], |html| {
            for notice in notices {
                html.element("p", &notice.to_string());
            }
        });
        written(html.written())
    })
}

/// A link to another page, with the year and all else kept as they are.
pub fn link(page: fn() -> Page, words: &'static str) -> AnyView {
    let store = Store::get();
    let href = text(move || store.address(&store.view().on(page())));
    let current = text(move || {
        let same = std::mem::discriminant(&store.view().page) == std::mem::discriminant(&page());
        if same { "page" } else { "false" }.to_owned()
    });
    view! { <a href=href aria-current=current>{words}</a> }.into_any()
}
