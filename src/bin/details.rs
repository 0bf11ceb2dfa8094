//! The page's second program: all that is said of one council, its charts, and the search.
//!
//! It is loaded once the first map stands, so that the map does not wait for it. It keeps the edition, answers in
//! HTML, and knows nothing of Leptos.

use std::cell::OnceCell;
use upheld_app::{chart, council, search};
use upheld_domain::{
    edition::{Edition, EditionFile},
    search::Index,
    view::View,
};
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

fn main() {}

/// What is known, and what can be asked of it.
#[wasm_bindgen]
pub struct Details {
    edition: Edition,
    index: OnceCell<Index>,
}

#[wasm_bindgen]
impl Details {
    /// The details of the edition whose three files these are.
    ///
    /// # Errors
    /// Where one is damaged, or of another edition, in words.
    #[wasm_bindgen(constructor)]
    pub fn new(edition: &str, sources: &str, names: &str) -> Result<Self, JsValue> {
        let edition = read::<EditionFile>(edition)?;
        let edition = Edition::try_from(edition).map_err(in_words)?;
        let edition = edition.with_sources(read(sources)?).map_err(in_words)?;
        let edition = edition.with_names(read(names)?).map_err(in_words)?;
        Ok(Self { edition, index: OnceCell::new() })
    }

    /// All that is said of the council that the address shows, as HTML.
    #[must_use]
    pub fn council(&self, path: &str, query: &str) -> String {
        council::details(&self.edition, &View::read(&self.edition, path, query).0)
    }

    /// Draws the chart `which` of that council on `canvas`, which is `width` CSS pixels wide, at `scale` device pixels
    /// to each, in the colours `theme`, three bytes each; whether it could.
    #[must_use]
    #[allow(clippy::too_many_arguments, reason = "a call from one program to another takes plain values only")]
    pub fn draw(
        &self,
        path: &str,
        query: &str,
        which: &str,
        canvas: &HtmlCanvasElement,
        width: u32,
        scale: f64,
        theme: &[u8],
    ) -> bool {
        let view = View::read(&self.edition, path, query).0;
        chart::draw(&self.edition, &view, which, canvas, &chart::Place { width, scale, theme })
    }

    /// The councils that fit what is typed, as the options of a list.
    #[must_use]
    pub fn find(&self, typed: &str) -> String {
        let index = self.index.get_or_init(|| Index::new(self.edition.register()));
        search::options(&self.edition, index, typed)
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &str) -> Result<T, JsValue> {
    serde_json::from_str(file).map_err(in_words)
}

fn in_words(error: impl std::fmt::Display) -> JsValue {
    JsValue::from(error.to_string())
}
