//! Has a file read by the worker. See `worker/src/main.rs` for what the two say to each other.

use js_sys::Array;
use std::rc::Rc;
use upheld_domain::year::ReportingYear;
use upheld_sources::reading::FileReading;
use wasm_bindgen::prelude::*;
use web_sys::{File, MessageEvent, Worker, WorkerOptions, WorkerType};

/// How far the reading of a file has come.
#[derive(Debug, Clone)]
pub(super) enum Progress {
    /// So many bytes have been read, of so many.
    Bytes(f64, f64),
    /// All has been read, and is being made sense of.
    Understanding,
    /// It is done.
    Done(Rc<FileReading>),
    /// It cannot be done, in words.
    Failed(String),
}

/// What the worker has to know: the edition's files, as they came.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    pub(super) edition: String,
    pub(super) names: String,
    pub(super) printed: String,
}

/// A file that is being read. Dropped, it is read no further.
pub(super) struct Reader {
    worker: Worker,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// Has `file` read, whose year is `year` where the reader says so; `told` hears how far it has come.
///
/// # Errors
/// Where the browser starts no worker.
pub(super) fn read(
    file: &File,
    year: Option<ReportingYear>,
    texts: &Texts,
    told: Rc<dyn Fn(Progress)>,
) -> Result<Reader, String> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options("reading.js", &options).map_err(|_| NOT_STARTED.to_owned())?;
    let year = year.map_or(JsValue::NULL, |year| year.key().to_string().into());
    let question: Array = [
        file.into(),
        file.name().into(),
        year,
        texts.edition.as_str().into(),
        texts.names.as_str().into(),
        texts.printed.as_str().into(),
    ]
    .iter()
    .collect::<Array>();
    let (asked, tell) = (worker.clone(), told.clone());
    let heard = Closure::new(move |event: MessageEvent| {
        let said: Array = event.data().unchecked_into();
        let text = |place: u32| said.get(place).as_string().unwrap_or_default();
        let number = |place: u32| said.get(place).as_f64().unwrap_or_default();
        let progress = match text(0).as_str() {
            "ready" => {
                if asked.post_message(&question).is_err() {
                    tell(Progress::Failed("The file could not be handed over.".to_owned()));
                }
                return;
            }
            "read" => Progress::Bytes(number(1), number(2)),
            "understanding" => Progress::Understanding,
            "done" => {
                remember_memory(number(2));
                match serde_json::from_str(&text(1)) {
                    Ok(reading) => Progress::Done(Rc::new(reading)),
                    Err(error) => Progress::Failed(format!("What was read could not be handed over: {error}.")),
                }
            }
            _ => Progress::Failed(match said.get(1).as_string() {
                Some(problem) => format!("It could not be read: {problem}."),
                None => "It could not be read: has it been moved or deleted?".to_owned(),
            }),
        };
        tell(progress);
    });
    let failed = Closure::new(move |event: web_sys::Event| {
        event.prevent_default();
        told(Progress::Failed(NOT_STARTED.to_owned()));
    });
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    Ok(Reader { worker, _heard: heard, _failed: failed })
}

const NOT_STARTED: &str = "The program that reads files did not arrive, or gave up.";

/// Leaves word, for tests, of how much memory the worker had in the end.
fn remember_memory(bytes: f64) {
    if let Some(root) = leptos::prelude::document().document_element() {
        // Without it a test fails, and no reader misses anything.
        let _ = root.set_attribute("data-reader-memory", &bytes.to_string());
    }
}
