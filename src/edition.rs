//! Loads the edition: once, at the start, with what the reader opened of their own.

use crate::{error::LoadError, fetch};
use std::sync::Arc;
use upheld_domain::edition::{Edition, EditionFile};
use wasm_bindgen::prelude::*;

/// Where the edition lies.
const PATH: &str = "data/v1/edition.json";

#[wasm_bindgen]
extern "C" {
    /// What of the reader's own files this browser holds: see `boot.js`. A browser that keeps nothing refuses.
    #[wasm_bindgen(js_name = upheldOpened, catch)]
    async fn opened() -> Result<JsValue, JsValue>;
}

/// The files that an edition was made of, as they came, for the second program.
#[derive(Debug, Clone, PartialEq)]
pub struct Files {
    /// The edition's own.
    pub edition: String,
    /// What the reader opened.
    pub opened: Option<String>,
}

/// Loads the edition.
///
/// # Errors
/// Where it cannot be fetched, or contradicts itself.
pub async fn load() -> Result<(Arc<Edition>, Files), LoadError> {
    let text = fetch::text(PATH).await?;
    let opened = opened().await.ok().and_then(|kept| kept.as_string());
    // What was kept does not keep the page from what is published.
    let edition = match opened.as_deref().map(|opened| made_of(&text, Some(opened))) {
        Some(Ok(edition)) => edition,
        _ => made_of(&text, None).map_err(|problem| fetch::damaged(PATH, &problem))?,
    };
    Ok((Arc::new(edition), Files { edition: text, opened }))
}

fn made_of(edition: &str, opened: Option<&str>) -> Result<Edition, String> {
    let read = |file: &str| serde_json::from_str::<EditionFile>(file).map_err(|error| error.to_string());
    let mut file = read(edition)?;
    if let Some(opened) = opened {
        file = file.with(read(opened)?);
    }
    Edition::try_from(file).map_err(|error| error.to_string())
}
