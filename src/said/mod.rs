//! What the second program says, put on the page: a council in its panel, councils side by side, councils on paper.

use crate::{
    ahead,
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
use web_sys::{Element, HtmlElement};

/// What the second program says at `address`, once it is there; `what` is what could not be shown where it does not come. Where `head` is
/// set, what is seen first of it is painted before the rest is written.
pub fn said(address: &str, what: &'static str, head: bool) -> AnyView {
    let loader = Store::get().details();
    let ahead = Store::get().ahead(address);
    match loader.progress() {
        // Where it was rendered ahead the reader may be in the midst of it.
        Progress::Ready(details) => placed(details, address, head && ahead.is_none()),
        Progress::Failed(error) => {
            let retry = Callback::new(move |()| loader.want());
            view! { <Problem what error=error.to_string() retry/> }.into_any()
        }
        Progress::Asleep | Progress::Loading => {
            // What stands already can wait for the map.
            if let Some(ahead) = ahead {
                return written(ahead);
            }
            loader.want();
            view! { <p class="waiting" role="status">"Loading…"</p> }.into_any()
        }
    }
}

/// What `details` says at `address`, with its charts drawn and its letter fetched once it stands.
fn placed(details: Details, address: &str, head: bool) -> AnyView {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let (path, query) = (path.to_owned(), query.to_owned());
    let before = StoredValue::new_local(Some(ahead::hold()));
    let content = written(details.said(&path, &query, head));
    let place = NodeRef::<Div>::new();
    // Both let go of what they hold when the page is taken down.
    let following = StoredValue::new_local(None::<Following>);
    let letter = StoredValue::new_local(None::<Box<dyn std::any::Any>>);
    let drawing = StoredValue::new_local(Some((details, path, query)));
    follow(move || {
        let Some(panel) = place.get() else { return };
        let Some((details, path, query)) = drawing.try_update_value(Option::take).flatten() else { return };
        if let Some(before) = before.try_update_value(Option::take).flatten() {
            before.give_back();
        }
        let fetch_letter = move |below: &Element| {
            let Ok(Some(at)) = below.query_selector("[data-letter]") else { return };
            let path = at.get_attribute("data-letter").unwrap_or_default();
            let mounted = mount_to(at.unchecked_into::<HtmlElement>(), move || {
                fragment(path.clone(), "The letter could not be loaded.")
            });
            letter.set_value(Some(Box::new(mounted)));
        };
        marks::end_once_painted("open-council");
        let rest = panel.query_selector("[data-rest]").ok().flatten();
        let (of, at, with) = (details.clone(), path.clone(), query.clone());
        let draw = move |which: &str, canvas: &web_sys::HtmlCanvasElement, width, scale, theme| {
            of.draw(&at, &with, which, canvas, width, scale, theme)
        };
        following.set_value(Some(chart::follow_charts(&panel, Box::new(draw), rest.is_some())));
        let Some(rest) = rest else { return fetch_letter(&panel) };
        marks::after_paint(move || {
            // The reader may have gone on by then.
            following.try_with_value(|following| {
                rest.set_inner_html(&details.rest(&path, &query));
                fetch_letter(&rest);
                if let Some(following) = following {
                    following.draw_below(&rest);
                }
            });
        });
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
        said(&address.get_untracked(), "What was asked for could not be shown.", false)
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
