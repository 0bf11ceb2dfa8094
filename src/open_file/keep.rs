//! What the browser holds of a reader's own files, in this tab or until it is removed: see `open.js` and `opened.js`.

use upheld_domain::opened::Opened;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = upheldOpened, catch)]
    async fn opened() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = upheldKeep, catch)]
    async fn keep_text(opened: &str, keep: bool) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = upheldForget, catch)]
    async fn forget_all() -> Result<JsValue, JsValue>;
}

/// What is held, and whether it outlives the tab.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    pub(super) opened: Opened,
    pub(super) is_kept: bool,
    /// Why what was held cannot be used.
    pub(super) problem: Option<String>,
}

/// What the browser holds.
pub(super) async fn held() -> Held {
    let problem = |why: &str| Held { problem: Some(why.to_owned()), ..Held::default() };
    let Ok(text) = opened().await else { return problem("This browser does not let pages keep anything.") };
    let Some(text) = text.as_string() else { return Held::default() };
    match serde_json::from_str(&text) {
        Ok(opened) => Held { opened, is_kept: is_kept(), problem: None },
        Err(_) => problem("What was opened earlier cannot be read any more. Open the files again."),
    }
}

/// Whether what is held is not of this tab alone.
fn is_kept() -> bool {
    let session = leptos::prelude::window().session_storage().ok().flatten();
    session.is_none_or(|session| session.get_item("upheldOpened").ok().flatten().is_none())
}

/// Holds `opened` in place of what is held.
///
/// # Errors
/// Where the browser refuses, in words.
pub(super) async fn keep(opened: &Opened, keep: bool) -> Result<(), String> {
    if opened.is_empty() {
        return forget().await;
    }
    let text = serde_json::to_string(opened).map_err(|error| error.to_string())?;
    keep_text(&text, keep).await.map(drop).map_err(|error| in_words(&error))
}

/// Removes all that is held.
///
/// # Errors
/// Where the browser refuses, in words.
pub(super) async fn forget() -> Result<(), String> {
    forget_all().await.map(drop).map_err(|error| in_words(&error))
}

fn in_words(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    let message = message.unwrap_or_else(|| "the browser does not say why".to_owned());
    message.trim_end_matches('.').to_owned()
}
