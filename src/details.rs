//! The page's second program, from the first one's side: loaded once, when the map stands or a reader wants it.

use crate::{edition::Files, error::LoadError, fetch};
use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlCanvasElement;

#[wasm_bindgen]
extern "C" {
    /// Loads the second program: see `boot.js`.
    #[wasm_bindgen(js_name = upheldDetails)]
    fn load_details(edition: &str, sources: &str, names: &str, opened: Option<&str>) -> Promise;

    /// The second program's answers. See `src/bin/details.rs`.
    #[derive(Clone)]
    pub type Details;

    /// What is said at an address, of a council or of several, as HTML: all of it, or the head and a place for the rest.
    #[wasm_bindgen(method)]
    pub fn said(this: &Details, path: &str, query: &str, head: bool) -> String;

    /// The rest of what is said of the council at an address.
    #[wasm_bindgen(method)]
    pub fn rest(this: &Details, path: &str, query: &str) -> String;

    /// Makes a canvas as large as a chart of the council at an address, and draws the chart where it is given colours;
    /// whether it could.
    #[wasm_bindgen(method)]
    pub fn draw(
        this: &Details,
        path: &str,
        query: &str,
        which: &str,
        canvas: &HtmlCanvasElement,
        width: u32,
        scale: f64,
        theme: Option<Box<[u8]>>,
    ) -> bool;

    /// The councils that fit what is typed, as the options of a list; or words; or `>` where [`Details::look_up`] finds them.
    #[wasm_bindgen(method)]
    pub fn find(this: &Details, typed: &str) -> String;

    /// The councils that answer for where the reader is: the options of a list, or words.
    #[wasm_bindgen(method)]
    pub fn here(this: &Details) -> Promise;

    /// The councils that answer for the postcode that is typed: the options of a list, or words.
    #[wasm_bindgen(method)]
    pub fn look_up(this: &Details, typed: &str) -> Promise;
}

/// How far the loading has come.
#[derive(Clone)]
pub enum Progress {
    /// Nobody has asked yet.
    Asleep,
    /// It is on its way.
    Loading,
    /// It is not to be had.
    Failed(LoadError),
    /// It is there.
    Ready(Details),
}

/// The second program, for whoever asks.
#[derive(Clone, Copy)]
pub struct Loader {
    /// The edition's file, and what the reader opened: each program keeps the edition in a memory of its own.
    files: StoredValue<Files>,
    progress: RwSignal<Progress, LocalStorage>,
}

impl Loader {
    /// A loader that hands over `files`.
    pub fn new(files: Files) -> Self {
        Self { files: StoredValue::new(files), progress: RwSignal::new_local(Progress::Asleep) }
    }

    /// How far it has come.
    pub fn progress(self) -> Progress {
        self.progress.get()
    }

    /// The program, if it is there.
    pub fn ready(self) -> Option<Details> {
        match self.progress.get() {
            Progress::Ready(details) => Some(details),
            _ => None,
        }
    }

    /// Sees to it that the program is there, or on its way.
    pub fn want(self) {
        if matches!(self.progress.get_untracked(), Progress::Loading | Progress::Ready(_)) {
            return;
        }
        self.progress.set(Progress::Loading);
        leptos::task::spawn_local(async move {
            let loaded = load(&self.files.get_value()).await;
            self.progress.set(loaded.map_or_else(Progress::Failed, Progress::Ready));
        });
    }
}

/// Loads the program, and the two files that only it needs.
async fn load(files: &Files) -> Result<Details, LoadError> {
    let sources = fetch::text("data/v1/sources.json").await?;
    let names = fetch::text("data/v1/names.json").await?;
    let loaded = JsFuture::from(load_details(&files.edition, &sources, &names, files.opened.as_deref())).await;
    let program = "upheld-details.js";
    loaded.map(JsCast::unchecked_into).map_err(|error| match error.as_string() {
        // What it says itself is of a file; all else is that it did not come.
        Some(problem) => fetch::damaged("data/v1/", &problem),
        None => LoadError::Unreachable { path: program.to_owned() },
    })
}
