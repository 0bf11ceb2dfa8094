//! The combobox "Find a council or postcode", as the ARIA pattern has it: the focus stays in the field, the
//! arrows move through the list, Enter chooses, Escape closes and then clears.

use crate::{
    ahead,
    app::focus,
    details::Progress,
    erased::{follow, handler, holds, text},
    fetch, marks,
    store::Store,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The search.
#[component]
pub fn CouncilSearch() -> impl IntoView {
    let search = Search::new();
    let Search { typed, open, active, list, answer, .. } = search;
    let key = handler(move |event: ev::KeyboardEvent| {
        if search.press(&event.key()) {
            event.prevent_default();
        }
    });
    let input = handler(move |event: ev::Event| {
        typed.set(event_target_value(&event));
        search.look_up();
    });
    // What was typed while the second program was on its way is looked up when it has come.
    follow(move || {
        let has_answered = matches!(search.store.details().progress(), Progress::Ready(_) | Progress::Failed(_));
        if has_answered && !search.typed.with_untracked(String::is_empty) {
            search.look_up();
        }
    });
    let enter = handler(move |_: ev::FocusEvent| search.store.details().want());
    let leave = handler(move |_: ev::FocusEvent| open.set(false));
    // Pressing the mouse would take the focus out of the field, and close the list before the click.
    let hold = handler(|event: ev::MouseEvent| event.prevent_default());
    let here = handler(move |_: ev::MouseEvent| search.look_here());
    let click = handler(move |event: ev::MouseEvent| {
        let option =
            event.target().and_then(|it| it.unchecked_into::<web_sys::Element>().closest("[data-place]").ok()?);
        let place = option.and_then(|option| option.get_attribute("data-place"));
        if let Some(place) = place.and_then(|place| place.parse().ok()) {
            search.choose(place);
        }
    });
    follow(move || mark_option(active.get()));
    let is_list = move || open.get() && list.with(|list| !list.is_empty());
    view! {
        <search class="search">
            <label for="find">"Find a council or postcode"</label>
            <input
                id="find" type="text" role="combobox" autocomplete="off" spellcheck="false" enterkeyhint="search"
                placeholder="Find a council or postcode"
                aria-autocomplete="list" aria-controls="found"
                aria-expanded=text(move || is_list().to_string())
                aria-activedescendant=text(move || active.get().map(option_id).unwrap_or_default())
                prop:value=text(move || typed.get())
                on:input=input on:keydown=key on:focus=enter on:blur=leave
            />
            <button type="button" class="here" on:click=here>"Where I am"</button>
            <ul id="found" role="listbox" aria-label="Councils" hidden=holds(move || !is_list())
                inner_html=text(move || list.get()) on:mousedown=hold on:click=click></ul>
            <p class="answer" hidden=holds(move || !open.get() || answer.get().is_empty())>{text(move || answer.get())}</p>
            <p class="unseen" role="status">{text(move || search.said())}</p>
        </search>
    }
}

/// What the search keeps between events.
#[derive(Clone, Copy)]
struct Search {
    store: Store,
    /// How many councils are offered.
    found: RwSignal<usize>,
    typed: RwSignal<String>,
    open: RwSignal<bool>,
    active: RwSignal<Option<usize>>,
    /// What is offered, as HTML; or else there is an answer in words.
    list: RwSignal<String>,
    answer: RwSignal<String>,
    /// The list of postcodes that was fetched last, with its path.
    shard: StoredValue<(String, String)>,
}

impl Search {
    fn new() -> Self {
        Self {
            store: Store::get(),
            found: RwSignal::new(0),
            typed: RwSignal::new(ahead::typed()),
            open: RwSignal::new(false),
            active: RwSignal::new(None),
            list: RwSignal::new(String::new()),
            answer: RwSignal::new(String::new()),
            shard: StoredValue::default(),
        }
    }

    /// Offers what fits the text that is typed.
    fn look_up(self) {
        let text = self.typed.get_untracked();
        let details = self.store.details();
        let Some(found) = details.ready().map(|details| details.find(&text)) else {
            return self.offer(if text.trim().is_empty() {
                ""
            } else if matches!(details.progress(), Progress::Failed(_)) {
                "The search could not be loaded. Check your connection, or look in the table."
            } else {
                "Getting ready…"
            });
        };
        let Some(path) = found.strip_prefix('>').map(str::to_owned) else {
            return self.offer(if found.is_empty() && !text.trim().is_empty() {
                "No council is called that. Try the name of the town, or another spelling."
            } else {
                &found
            });
        };
        if let Some(found) = self.shard.with_value(|(of, shard)| (*of == path).then(|| self.find_in(&text, shard))) {
            return self.offer(&found);
        }
        self.offer("Looking up the postcode…");
        leptos::task::spawn_local(async move {
            let shard = fetch::text(&path).await;
            // The reader may have typed on: then this is asked for again.
            if self.typed.try_get_untracked().is_none_or(|now| now != text) {
                return;
            }
            match shard {
                Ok(shard) => {
                    let found = self.find_in(&text, &shard);
                    self.shard.set_value((path, shard));
                    self.offer(&found);
                }
                Err(error) => self.offer(&format!("The postcode could not be looked up. {error}")),
            }
        });
    }

    /// Offers who answers for where the reader is.
    fn look_here(self) {
        let Some(details) = self.store.details().ready() else { return self.offer("Getting ready…") };
        self.typed.set(String::new());
        self.offer(
            "Your browser asks whether this page may know where you are. It stays on this device: it is held against the boundaries here.",
        );
        leptos::task::spawn_local(async move {
            let found = JsFuture::from(details.here()).await.ok().and_then(|found| found.as_string());
            if self.typed.try_get_untracked().is_some() {
                self.offer(&found.unwrap_or_default());
                focus("#find");
            }
        });
    }

    fn find_in(self, text: &str, shard: &str) -> String {
        self.store.details().ready().map(|details| details.find_in(text, shard)).unwrap_or_default()
    }

    /// Offers `found`: options of the list, or words.
    fn offer(self, found: &str) {
        let (list, words) = if found.starts_with('<') { (found, "") } else { ("", found) };
        self.answer.set(words.to_owned());
        self.found.set(list.matches("data-place").count());
        self.list.set(list.to_owned());
        self.active.set(None);
        self.open.set(true);
    }

    /// Goes to the council at `place` in the list.
    fn choose(self, place: usize) {
        let option = document().get_element_by_id(&option_id(place));
        let Some(slug) = option.and_then(|option| option.get_attribute("data-council")) else { return };
        let Some(id) = self.store.edition().register().by_slug(&slug) else { return };
        marks::begin("open-council");
        self.clear();
        self.store.choose(id);
    }

    fn clear(self) {
        self.typed.set(String::new());
        self.list.set(String::new());
        self.answer.set(String::new());
        self.found.set(0);
        self.active.set(None);
        self.open.set(false);
    }

    /// Does what `key` is for; whether the browser is to leave it alone.
    fn press(self, key: &str) -> bool {
        let open = self.open.get_untracked();
        match key {
            "ArrowDown" => self.step(true),
            "ArrowUp" => self.step(false),
            // Without a choice in the list, the best match is meant.
            "Enter" if open => self.choose(self.active.get_untracked().unwrap_or_default()),
            "Escape" if open => {
                self.open.set(false);
                self.active.set(None);
            }
            "Escape" => self.clear(),
            _ => return false,
        }
        true
    }

    /// Moves through the list, round its ends.
    fn step(self, forward: bool) {
        let count = self.found.get_untracked();
        if count == 0 {
            return;
        }
        self.open.set(true);
        self.active.update(|active| {
            let last = count - 1;
            *active = Some(match (*active, forward) {
                (None, true) => 0,
                (None, false) => last,
                (Some(place), true) => {
                    if place == last {
                        0
                    } else {
                        place + 1
                    }
                }
                (Some(place), false) => place.checked_sub(1).unwrap_or(last),
            });
        });
    }

    /// What a reader who does not see the list is told of it.
    fn said(self) -> String {
        let is_open = self.open.get();
        let is_list = self.list.with(|list| !list.is_empty());
        match (is_open, is_list, self.found.get()) {
            (false, ..) => String::new(),
            (_, false, _) => self.answer.get(),
            (.., 1) => "1 council found.".to_owned(),
            // As many as are offered at most: there may be more.
            (.., found @ 8..) => format!("The {found} best matches are listed."),
            (.., found) => format!("{found} councils found."),
        }
    }
}

/// Marks the option that the arrows have reached in the list as it stands.
fn mark_option(active: Option<usize>) {
    let Ok(options) = document().query_selector_all("#found [data-place]") else { return };
    for place in 0..options.length() {
        let Some(option) = options.item(place).map(JsCast::unchecked_into::<web_sys::Element>) else { continue };
        let is_active = active.and_then(|active| u32::try_from(active).ok()) == Some(place);
        // An attribute with a valid name can be set.
        let _ = option.set_attribute("aria-selected", if is_active { "true" } else { "false" });
        if is_active {
            option.scroll_into_view_with_bool(false);
        }
    }
}

/// The id of the option at `place`.
fn option_id(place: usize) -> String {
    format!("found-{place}")
}
