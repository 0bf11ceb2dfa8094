//! A piece of HTML that lies in a file of ours, fetched when it is shown.

use crate::{
    erased::{dynamic, written},
    error::{LoadError, Problem},
    fetch,
};
use leptos::prelude::*;

/// The piece at `path`; `what` says what is missing where it cannot be loaded.
pub fn fragment(path: String, what: &'static str) -> AnyView {
    let loaded = RwSignal::new(None::<Result<String, LoadError>>);
    let path = StoredValue::new(path);
    let load = move || {
        loaded.set(None);
        leptos::task::spawn_local(async move {
            let Some(path) = path.try_get_value() else { return };
            let piece = fetch::text(&path).await;
            // The reader may have gone on meanwhile.
            loaded.try_set(Some(piece));
        });
    };
    load();
    let retry = Callback::new(move |()| load());
    dynamic(move || match loaded.get() {
        None => view! { <p class="waiting" role="status">"Loading…"</p> }.into_any(),
        Some(Err(error)) => view! { <Problem what error=error.to_string() retry/> }.into_any(),
        Some(Ok(piece)) => written(piece),
    })
}
