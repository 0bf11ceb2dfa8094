//! The page: what can be opened, what lies on the desk, what it would change, what is open.

use super::{
    desk::Desk,
    download,
    file::{FileCard, counted},
    keep::{self, Held},
    reader::Texts,
    review::Changes,
};
use crate::{
    erased::{dynamic, handler, text},
    error::{LoadError, Problem},
    fetch, marks,
};
use leptos::{ev, prelude::*};
use upheld_domain::{
    edition::{Edition, EditionFile},
    error::EditionError,
};
use upheld_sources::figures;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{DataTransfer, File, FileList, FilePropertyBag, HtmlInputElement};

/// What can be chosen.
const ACCEPT: &str = ".csv,.tsv,.txt,.xlsx,.ods,.pdf";
/// The name of what is pasted, as no file has given it one.
const PASTED: &str = "pasted table";

/// What has come of loading what the page needs.
#[derive(Clone)]
enum Loading {
    Waiting,
    Failed(LoadError),
    Loaded(Box<(Edition, Texts, Held)>),
}

/// The page.
#[component]
pub(super) fn OpenPage() -> impl IntoView {
    let loading = RwSignal::new(Loading::Waiting);
    let load = move || {
        loading.set(Loading::Waiting);
        leptos::task::spawn_local(async move {
            let loaded = load().await;
            loading.set(loaded.map_or_else(Loading::Failed, |loaded| Loading::Loaded(Box::new(loaded))));
        });
    };
    load();
    let retry = Callback::new(move |()| load());
    dynamic(move || match loading.get() {
        Loading::Waiting => view! { <p class="waiting" role="status">"Loading…"</p> }.into_any(),
        Loading::Failed(error) => {
            view! { <Problem what="What this page needs could not be loaded." error=error.to_string() retry/> }
                .into_any()
        }
        Loading::Loaded(loaded) => {
            let (edition, texts, held) = *loaded;
            marks::mark_once_painted("ready");
            view! { <Shown desk=Desk::new(edition, texts, held)/> }.into_any()
        }
    })
}

async fn load() -> Result<(Edition, Texts, Held), LoadError> {
    const EDITION: &str = "data/v1/edition.json";
    const SOURCES: &str = "data/v1/sources.json";
    const NAMES: &str = "data/v1/names.json";
    let edition = fetch::text(EDITION).await?;
    let sources = fetch::text(SOURCES).await?;
    let names = fetch::text(NAMES).await?;
    let printed = fetch::text("data/v1/printed-names.json").await?;
    let file: EditionFile = read(EDITION, &edition)?;
    let contradicts = |error: EditionError| fetch::damaged(EDITION, &error);
    let whole = Edition::try_from(file).map_err(contradicts)?;
    let whole = whole.with_sources(read(SOURCES, &sources)?).map_err(contradicts)?;
    let whole = whole.with_names(read(NAMES, &names)?).map_err(contradicts)?;
    Ok((whole, Texts { edition, names, printed }, keep::held().await))
}

fn read<T: serde::de::DeserializeOwned>(path: &str, text: &str) -> Result<T, LoadError> {
    serde_json::from_str(text).map_err(|error| fetch::damaged(path, &error))
}

/// The page with what it needs.
#[component]
fn Shown(desk: Desk) -> impl IntoView {
    let over = RwSignal::new(false);
    let note = RwSignal::new("");
    // Wherever on the page they are dropped: elsewhere a browser would leave the page for the file.
    let dropped = window_event_listener(ev::drop, move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        desk.add(event.data_transfer().map(|data| files_of(&data)).unwrap_or_default());
    });
    let dragged = window_event_listener(ev::dragover, move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(true);
    });
    let left = window_event_listener(ev::dragleave, move |_: ev::DragEvent| over.set(false));
    let chosen = handler(move |event: ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        desk.add(input.files().map(|files| list(&files)).unwrap_or_default());
        // The same file can be chosen again.
        input.set_value("");
    });
    // Wherever on the page the reader pastes.
    let pasted = window_event_listener(ev::paste, move |event: ev::ClipboardEvent| {
        let Some(data) = event.clipboard_data() else { return };
        let mut files = files_of(&data);
        if files.is_empty() {
            files.extend(data.get_data("text/plain").ok().and_then(|text| as_file(&desk.unused(PASTED), &text)));
        }
        event.prevent_default();
        note.set(if files.is_empty() { "That was no table: copy its headings and rows, and paste again." } else { "" });
        desk.add(files);
    });
    on_cleanup(move || {
        dropped.remove();
        dragged.remove();
        left.remove();
        pasted.remove();
    });
    let cards = move || {
        view! { <For each=move || desk.items.get() key=|item| item.id children=move |item| view! { <FileCard desk item/> }/> }
    };
    view! {
        <p class="unseen" role="status" aria-live="polite">{text(move || desk.said())}</p>
        <Held desk/>
        <div class="drop" class:over=move || over.get()>
            <p>
                <label class="choose" for="files">"Choose files"</label>
                <input id="files" type="file" multiple accept=ACCEPT on:change=chosen/>
            </p>
            <p>
                "Or drop files, or paste a table that you copied from a spreadsheet, anywhere on this page."
            </p>
            <p class="hint">"Tables as CSV, XLSX or ODS; letters as PDF or text. Up to 50 MB each."</p>
            <p class="paste">
                <label for="paste">"To paste by touch, paste here"</label>
                <textarea id="paste" rows="1" autocomplete="off"></textarea>
            </p>
            <p role="status">{move || note.get()}</p>
        </div>
        {cards()}
        <Changes desk/>
    }
}

/// The files that are dropped or pasted.
fn files_of(data: &DataTransfer) -> Vec<File> {
    data.files().map(|files| list(&files)).unwrap_or_default()
}

fn list(files: &FileList) -> Vec<File> {
    (0..files.length()).filter_map(|place| files.get(place)).collect()
}

/// A pasted text as a file called `name`; none where it is too little to be a table.
fn as_file(name: &str, text: &str) -> Option<File> {
    if text.trim().lines().count() < 2 {
        return None;
    }
    let parts = js_sys::Array::of1(&JsValue::from(text));
    let options = FilePropertyBag::new();
    options.set_type("text/plain");
    File::new_with_str_sequence_and_options(&parts, name, &options).ok()
}

/// What is open already, and the way to take it out again.
#[component]
fn Held(desk: Desk) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let put = move |opened: upheld_domain::opened::Opened| {
        let is_kept = desk.held.with_untracked(|held| held.is_kept);
        leptos::task::spawn_local(async move {
            match keep::keep(&opened, is_kept, is_kept).await {
                Ok(held) => {
                    let done = if opened.is_empty() { "Removed. Nothing of yours is open." } else { "Removed." };
                    desk.say(done.to_owned());
                    desk.held.set(held);
                    crate::app::focus("main h1");
                }
                Err(why) => problem.set(Some(why)),
            }
        });
    };
    let remove = move |place: usize| {
        let mut opened = desk.held.with_untracked(|held| held.opened.clone());
        opened.remove(place);
        put(opened);
    };
    dynamic(move || {
        let held = desk.held.get();
        let trouble = held.problem.or_else(|| problem.get());
        let trouble = trouble.map(|why| view! { <p class="problem" role="alert">{why}</p> });
        if held.opened.is_empty() {
            return view! { {trouble} }.into_any();
        }
        let unknown = {
            let edition = desk.edition();
            upheld_domain::opened::unknown_codes(&held.opened, |code| edition.register().by_code(code).is_some())
        };
        let unknown = (!unknown.is_empty()).then(|| {
            let codes = unknown.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            view! { <p class="note">"This edition does not know the councils " {codes} "; what your files say of them is not shown."</p> }
        });
        let how = if held.is_kept {
            "Kept in this browser until you remove them."
        } else {
            "In this tab only: they are gone when you close it."
        };
        let files = held.opened.files.iter().enumerate().map(|(place, name)| {
            let rows = held.opened.rows.iter().filter(|row| row.file == place).count();
            let letters = held.opened.letters.iter().filter(|letter| letter.file == place).count();
            let what = if letters > 0 { "an annual letter".to_owned() } else { format!("{} of figures", counted(rows, "row")) };
            let label = format!("Remove {name}");
            let remove = handler(move |_: ev::MouseEvent| remove(place));
            view! { <li><strong>{name.clone()}</strong>": " {what} " " <button type="button" on:click=remove>{label}</button></li> }
        });
        let whole = held.opened.clone();
        let download = handler(move |_: ev::MouseEvent| {
            let edition = desk.edition().as_ref().clone().with_opened(&whole);
            let name = download::name(edition.date(), edition.with());
            match download::save(&name, &figures::write(&edition.entries())) {
                Ok(()) => desk.say(format!("{name} is saved.")),
                Err(_) => problem.set(Some("This browser does not let the page save a file.".to_owned())),
            }
        });
        let several = held.opened.files.len() > 1;
        let all = handler(move |_: ev::MouseEvent| put(upheld_domain::opened::Opened::default()));
        let all = several.then(|| view! { <button type="button" on:click=all>"Remove all of them"</button> });
        view! {
            {trouble}
            <section class="held" aria-labelledby="held">
                <h2 id="held">"Your files that are open now"</h2>
                <p>{how} " " <a href="./">"To the map with your files"</a></p>
                <ul>{files.collect_view()}</ul>
                <p>
                    <button type="button" on:click=download>"Save all figures with yours (CSV)"</button>
                    " "
                    {all}
                </p>
                {unknown}
            </section>
        }
        .into_any()
    })
}
