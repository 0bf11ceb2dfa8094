//! The page as a whole.

use crate::{
    about::AboutPage,
    ahead,
    details::Loader,
    edition::{self, Files},
    erased::{dynamic, follow, key, text},
    error::{LoadError, Problem},
    layout::{Footer, Header, MapPage, MissingPage},
    marks,
    route::Router,
    said::SaidPage,
    store::Store,
    table::TablePage,
};
use leptos::{mount::mount_to, prelude::*};
use std::sync::Arc;
use upheld_domain::{edition::Edition, view::Page};
use wasm_bindgen::JsCast as _;

/// Mounts the page where the one that was rendered ahead stands. That one stays until there is more to show.
pub fn start() {
    let place = document().get_element_by_id("app").or_else(|| document().body().map(Into::into));
    let Some(place) = place else { return };
    ahead::mark(&place);
    mount_to(place.unchecked_into(), App).forget();
}

/// What has come of loading the edition.
#[derive(Clone)]
enum Loading {
    Waiting,
    Failed(LoadError),
    Loaded(Arc<Edition>, Files),
}

/// The page: loads the edition, then shows what the address asks for.
#[component]
pub fn App() -> impl IntoView {
    let router = Router::start();
    let (loading, set_loading) = signal(Loading::Waiting);
    let load = move || {
        set_loading.set(Loading::Waiting);
        leptos::task::spawn_local(async move {
            let loaded = edition::load().await;
            set_loading.set(loaded.map_or_else(Loading::Failed, |(edition, files)| Loading::Loaded(edition, files)));
        });
    };
    load();
    let retry = Callback::new(move |()| load());
    move || match loading.get() {
        Loading::Waiting => view! { <p class="unseen" role="status">"Loading the figures…"</p> }.into_any(),
        Loading::Failed(error) => view! {
            <div class="until">
                <Problem what="The figures could not be loaded." error=error.to_string() retry/>
            </div>
        }
        .into_any(),
        Loading::Loaded(edition, files) => view! { <Shown edition files router/> }.into_any(),
    }
}

/// The page with its edition.
#[component]
fn Shown(edition: Arc<Edition>, files: Files, router: Router) -> impl IntoView {
    let store = Store::new(edition.clone(), Loader::new(files), router);
    if !edition.with().is_empty() {
        router.correct(&store.address(&store.view_untracked()));
    }
    provide_context(store);
    // Before anything is painted, and after what takes its place stands.
    let before = ahead::hide();
    queue_microtask(move || ahead::clear(store.is_as_rendered(), before));
    // The map lives on while councils come and go: only another screen takes it down.
    let screen = key(move || {
        let screen = match store.view().page {
            Page::Map | Page::Council(_) => "map",
            Page::Table => "table",
            Page::Compare(_) | Page::Committee(_) => "said",
            Page::About => "about",
            Page::Missing(_) => "missing",
        };
        screen.to_owned()
    });
    follow(move || document().set_title(&store.view().title(&store.edition())));
    let before = StoredValue::new(String::new());
    follow(move || {
        let now = screen.get();
        if before.with_value(|before| !before.is_empty() && *before != now) {
            focus("main h1");
        }
        if now != "map" {
            marks::mark_once_painted("ready");
        }
        before.set_value(now);
    });
    let shown = dynamic(move || match screen.get().as_str() {
        "map" => view! { <MapPage/> }.into_any(),
        "table" => view! { <TablePage/> }.into_any(),
        "about" => view! { <AboutPage/> }.into_any(),
        "said" => view! { <SaidPage/> }.into_any(),
        _ => view! { <MissingPage/> }.into_any(),
    });
    view! {
        <a class="skip" href="#main" target="_self" data-to="main h1">"Skip to the content"</a>
        <Header/>
        <p class="unseen" role="status" aria-live="polite">{text(move || store.said())}</p>
        {shown}
        <Footer/>
    }
}

/// Moves the focus to what `selector` finds, once it is on the page.
pub fn focus(selector: &'static str) {
    request_animation_frame(move || {
        let found = document().query_selector(selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            // An element that cannot take the focus leaves it where it was.
            let _ = element.focus();
        }
    });
}

/// Whether fingers are what the reader points with.
pub fn is_touch() -> bool {
    matches("(hover: none) and (pointer: coarse)")
}

/// Whether the reader has asked for less motion.
pub fn wants_less_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|query| query.matches())
}
