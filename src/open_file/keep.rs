//! What the browser holds of a reader's own files, in this tab or until it is removed: see `open.js` and `opened.js`.

use upheld_domain::opened::Opened;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = upheldOpened, catch)]
    async fn opened() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = upheldKept, catch)]
    async fn kept() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = upheldKeep, catch)]
    async fn keep_text(opened: &str, keep: bool, was_kept: bool) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = upheldForget, catch)]
    async fn forget(was_kept: bool) -> Result<JsValue, JsValue>;
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

/// Holds `opened` in place of what this tab held, which was kept or not; answers what is held now. Where it is to be kept, it is kept
/// beside what another tab keeps.
///
/// # Errors
/// Where the browser refuses, in words.
pub(super) async fn keep(opened: &Opened, keep: bool, was_kept: bool) -> Result<Held, String> {
    if opened.is_empty() {
        forget(was_kept).await.map_err(|error| in_words(&error))?;
        return Ok(held().await);
    }
    let mut opened = opened.clone();
    if keep && !was_kept {
        let others = kept().await.ok().and_then(|text| text.as_string());
        if let Some(Ok(others)) = others.map(|text| serde_json::from_str::<Opened>(&text)) {
            opened.join(&others);
        }
    }
    let text = serde_json::to_string(&opened).map_err(|error| error.to_string())?;
    keep_text(&text, keep, was_kept).await.map_err(|error| in_words(&error))?;
    Ok(Held { opened, is_kept: keep, problem: None })
}

fn in_words(error: &JsValue) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    let message = message.unwrap_or_else(|| "the browser does not say why".to_owned());
    let what = "tick or untick “Keep them in this browser”, or allow this site to store data";
    format!("{}. What to do: {what}", message.trim_end_matches('.'))
}
