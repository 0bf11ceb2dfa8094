//! Reads the files that a reader opens in the page, in a Web Worker: however large or odd a file is, the page goes on answering,
//! and whoever tires of waiting ends the worker.
//!
//! It is asked once, with a list: the file, its year or nothing, and three files of the edition. It answers with lists that begin
//! with a word: `ready`, `read` with how many bytes have been read of how many, `understanding`, and in the end
//! `done` with a [`FileReading`] as JSON and how much memory it took, or `failed` with why.

mod bytes;

use js_sys::{Array, global};
use upheld_domain::{
    edition::{Edition, EditionFile, NamesFile},
    register::Register,
    year::ReportingYear,
};
use upheld_sources::{
    council_names::Names,
    reading::{self, FileReading, PrintedNames},
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        let asked: Array = event.data().unchecked_into();
        spawn_local(async move {
            let answer = match answer(&asked).await {
                Ok(json) => [JsValue::from("done"), json.into(), memory().into()],
                Err(problem) => [JsValue::from("failed"), problem, JsValue::NULL],
            };
            say(&answer);
        });
    });
    scope().set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    say(&["ready".into()]);
}

fn scope() -> DedicatedWorkerGlobalScope {
    global().unchecked_into()
}

fn say(what: &[JsValue]) {
    // Plain values can always be sent.
    let _ = scope().post_message(&what.iter().collect::<Array>());
}

/// The bytes of memory that this program has.
fn memory() -> u32 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    js_sys::ArrayBuffer::from(memory.buffer()).byte_length()
}

async fn answer(asked: &Array) -> Result<String, JsValue> {
    let file: Blob = asked.get(0).unchecked_into();
    let name = asked.get(1).as_string().unwrap_or_default();
    let year = asked.get(2).as_string().and_then(|year| year.parse::<ReportingYear>().ok());
    let text = |place: u32| asked.get(place).as_string().unwrap_or_default();
    let reading = if let Some(refused) = reading::too_large(file.size()) {
        refused
    } else {
        let bytes = bytes::of(&file, |read, of| say(&["read".into(), read.into(), of.into()])).await?;
        say(&["understanding".into()]);
        read(&name, &bytes, year, &text(3), &text(4), &text(5)).map_err(|problem| JsValue::from(&problem))?
    };
    serde_json::to_string(&reading).map_err(|problem| JsValue::from(&problem.to_string()))
}

fn read(
    name: &str,
    bytes: &[u8],
    year: Option<ReportingYear>,
    edition: &str,
    names: &str,
    printed: &str,
) -> Result<FileReading, String> {
    let in_words = |error: serde_json::Error| error.to_string();
    let edition: EditionFile = serde_json::from_str(edition).map_err(in_words)?;
    let edition = Edition::try_from(edition).map_err(|error| error.to_string())?;
    let names: NamesFile = serde_json::from_str(names).map_err(in_words)?;
    let edition = edition.with_names(names).map_err(|error| error.to_string())?;
    let printed: PrintedNames = serde_json::from_str(printed).map_err(in_words)?;
    let register: &Register = edition.register();
    let names = Names::new(register, &printed.decisions)
        .with_statistics(printed.statistics.iter().map(|(code, name)| (*code, name.as_str())));
    Ok(reading::read(name, bytes, year, &names, register))
}
