//! Figures to take away: written in the browser, as nothing leaves it.

use js_sys::Array;
use leptos::prelude::document;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Has the browser save `text` as the file `name`.
///
/// # Errors
/// Where it does not.
pub(super) fn save(name: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("text/csv");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// The name of a file with all figures: "upheld-2026-11-23-with-decided.csv".
pub(super) fn name(date: &str, with: &str) -> String {
    let plain = |it: char| if it.is_alphanumeric() || it == '.' { it } else { '-' };
    let with: String = with.trim_end_matches(".csv").chars().map(plain).take(60).collect();
    format!("upheld-{date}-with-{with}.csv")
}
