//! The address bar: reads it, writes it, and follows it when the reader goes back.
//!
//! What an address means is in `upheld_domain::view`; this only moves text.

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast as _, JsValue};

/// Where the reader is, below the app's root.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Location {
    /// The path, without a leading slash.
    pub path: String,
    /// The query, without its question mark.
    pub query: String,
}

/// The address bar.
#[derive(Debug, Clone, Copy)]
pub struct Router {
    root: StoredValue<String>,
    location: RwSignal<Location>,
}

impl Router {
    /// Takes charge of the address bar: links within the app no longer load a page.
    #[must_use]
    pub fn start() -> Self {
        let root = fix_root();
        let router = Self { location: RwSignal::new(here(&root)), root: StoredValue::new(root) };
        window_event_listener(ev::popstate, move |_| router.refresh());
        window_event_listener(ev::click, move |event| router.follow(&event));
        // What is pressed in a chart leads somewhere, too: the second program says where.
        window_event_listener_untyped("upheld-go", move |event| {
            let detail = event.unchecked_ref::<web_sys::CustomEvent>().detail().as_string();
            if let Some(address) = detail {
                router.go(&address);
            }
        });
        router
    }

    /// Where the reader is.
    #[must_use]
    pub fn location(self) -> Location {
        self.location.get()
    }

    /// Goes to `address`, which is below the app's root; Back leads back here.
    pub fn go(self, address: &str) {
        let url = self.root.with_value(|root| format!("{root}{address}"));
        let changed = location_href() != url;
        if changed && window().history().is_ok_and(|it| it.push_state_with_url(&JsValue::NULL, "", Some(&url)).is_ok())
        {
            self.refresh();
        }
    }

    /// Shows `address` in the address bar for where the reader is.
    pub fn correct(self, address: &str) {
        let url = self.root.with_value(|root| format!("{root}{address}"));
        if let Ok(history) = window().history() {
            // An address that cannot be shown stays as it was: it leads here too.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
        }
    }

    /// Goes to `address` in the place of where the reader is.
    pub fn rewrite(self, address: &str) {
        self.correct(address);
        self.refresh();
    }

    fn refresh(self) {
        self.location.set(self.root.with_value(|root| here(root)));
    }

    /// Follows a plain click on a link within the app.
    fn follow(self, event: &ev::MouseEvent) {
        let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || modified {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(link) = target.and_then(|target| target.closest("a[href]").ok().flatten()) else { return };
        if link.has_attribute("target") || link.has_attribute("download") {
            return;
        }
        let href = link.unchecked_into::<web_sys::HtmlAnchorElement>().href();
        let address = self.root.with_value(|root| href.strip_prefix(root.as_str()).map(str::to_owned));
        let is_file = |address: &str| address.split(['?', '#']).next().is_some_and(|path| path.contains('.'));
        if let Some(address) = address.filter(|address| !address.contains('#') && !is_file(address)) {
            event.prevent_default();
            self.go(&address);
        }
    }
}

fn location_href() -> String {
    window().location().href().unwrap_or_default()
}

/// Makes the document's base absolute, as a relative one would change its meaning with every address, and
/// returns it: the app's root.
fn fix_root() -> String {
    let root = document().base_uri().ok().flatten().unwrap_or_default();
    // A page without a base element is its own base: then the root is its folder.
    let root = root.split(['?', '#']).next().unwrap_or_default();
    let root = root.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    if let Ok(Some(base)) = document().query_selector("base") {
        // A base that cannot be set stays as it was: right for this address, the one that was loaded.
        let _ = base.set_attribute("href", &root);
    }
    root
}

fn here(root: &str) -> Location {
    let href = location_href();
    let href = href.split('#').next().unwrap_or_default();
    let below = href.strip_prefix(root).unwrap_or_default();
    let (path, query) = below.split_once('?').unwrap_or((below, ""));
    Location { path: path.to_owned(), query: query.to_owned() }
}
