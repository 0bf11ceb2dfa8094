//! The combobox "Find a council or postcode", as the ARIA pattern has it: the focus stays in the field, the
//! arrows move through the list, Enter chooses, Escape closes and then clears.

use super::options::OFFERED;
use crate::{
    ahead,
    app::focus,
    details::Progress,
    erased::{follow, handler, holds, text},
    marks,
    store::Store,
};
use js_sys::Promise;
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
        search.wish.set_value(Wish::Nothing);
        search.look_up();
    });
    // What was asked for while the second program was on its way is answered when it has come.
    follow(move || {
        if matches!(search.store.details().progress(), Progress::Ready(_) | Progress::Failed(_)) {
            search.go_on();
        }
    });
    let enter = handler(move |_: ev::FocusEvent| {
        search.wish.set_value(Wish::Nothing);
        search.store.details().want();
        // Whoever comes back to what was typed finds again what it found.
        if !open.get_untracked() && !typed.with_untracked(String::is_empty) {
            search.look_up();
        }
    });
    let leave = handler(move |_: ev::FocusEvent| {
        open.set(false);
        search.wish.set_value(Wish::Nothing);
    });
    // Pressing the mouse would take the focus out of the field, and close the list before the click.
    let hold = handler(|event: ev::MouseEvent| event.prevent_default());
    let here = handler(move |_: ev::MouseEvent| {
        search.clear();
        search.wish.set_value(Wish::Here);
        search.store.details().want();
        search.go_on();
    });
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
                placeholder="Council or postcode"
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

/// What a reader has asked for that cannot be answered yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Nothing,
    /// Enter was pressed before there was a list: the best match is to be chosen, if what comes leaves no doubt.
    Best,
    /// Who answers for where the reader is.
    Here,
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
    wish: StoredValue<Wish>,
    /// How many questions there have been: an answer to any but the last comes too late.
    asked: StoredValue<u32>,
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
            wish: StoredValue::new(Wish::Nothing),
            asked: StoredValue::new(0),
        }
    }

    fn wishes(self, wish: Wish) -> bool {
        self.wish.get_value() == wish
    }

    /// Answers what was asked for, now that the second program is there or does not come.
    fn go_on(self) {
        if self.wishes(Wish::Here) {
            self.look_here();
        } else if !self.typed.with_untracked(String::is_empty) && focus_is(".search") {
            self.look_up();
        }
    }

    /// Offers what fits the text that is typed.
    fn look_up(self) {
        let text = self.typed.get_untracked();
        let Some(details) = self.store.details().ready() else {
            return self.offer(if text.trim().is_empty() { "" } else { self.not_ready() });
        };
        let found = details.find(&text);
        if found == ">" {
            self.offer("Looking up the postcode…");
            // Of two councils that answer for one place a reader has to say which.
            self.answer_by(details.look_up(&text), move || self.fulfil(1));
            return;
        }
        self.asked.update_value(|asked| *asked += 1);
        self.offer(if found.is_empty() && !text.trim().is_empty() {
            "No council is called that. Try the name of the town, or another spelling."
        } else {
            &found
        });
        self.fulfil(usize::MAX);
    }

    /// Why there is no answer yet.
    fn not_ready(self) -> &'static str {
        if matches!(self.store.details().progress(), Progress::Failed(_)) {
            "The search could not be loaded. Check your connection and press Enter to try again, or look in the table."
        } else {
            "Getting ready…"
        }
    }

    /// Offers who answers for where the reader is.
    fn look_here(self) {
        let Some(details) = self.store.details().ready() else {
            if matches!(self.store.details().progress(), Progress::Failed(_)) {
                self.wish.set_value(Wish::Nothing);
            }
            return self.offer(self.not_ready());
        };
        self.wish.set_value(Wish::Nothing);
        self.offer(
            "Your browser asks whether this page may know where you are. It stays on this device: it is held against the boundaries here.",
        );
        self.answer_by(details.here(), || focus("#find"));
    }

    /// Offers what `promise` comes to, and does what comes `then`; unless the reader has asked for something else meanwhile, or gone elsewhere.
    fn answer_by(self, promise: Promise, then: impl FnOnce() + 'static) {
        self.asked.update_value(|asked| *asked += 1);
        let asked = self.asked.get_value();
        leptos::task::spawn_local(async move {
            let found = JsFuture::from(promise).await.ok().and_then(|found| found.as_string());
            // A button that is pressed takes no focus in every browser: then nothing has it.
            if self.asked.try_get_value() == Some(asked) && (focus_is(".search") || focus_is("body")) {
                self.offer(&found.unwrap_or_default());
                then();
            }
        });
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

    /// Goes to the best match where that was asked for before it was there, and no more than `most` are offered.
    fn fulfil(self, most: usize) {
        if self.wishes(Wish::Best) && (1..=most).contains(&self.found.get_untracked()) {
            self.choose(0);
        }
    }

    /// Goes to the council at `place` in the list.
    fn choose(self, place: usize) {
        let edition = self.store.edition();
        let id = self.list.with_untracked(|list| {
            let slug = list.split("data-council=\"").nth(place + 1)?.split('"').next()?;
            edition.register().by_slug(slug)
        });
        let Some(id) = id else { return };
        marks::begin("open-council");
        self.clear();
        self.store.choose(id);
    }

    fn clear(self) {
        self.wish.set_value(Wish::Nothing);
        self.asked.update_value(|asked| *asked += 1);
        self.typed.set(String::new());
        self.offer("");
        self.open.set(false);
    }

    /// Does what `key` is for; whether the browser is to leave it alone.
    fn press(self, key: &str) -> bool {
        let open = self.open.get_untracked();
        let found = self.found.get_untracked();
        match key {
            "ArrowDown" => self.step(true),
            "ArrowUp" => self.step(false),
            // Without a choice in the list, the best match is meant.
            "Enter" if open && found > 0 => self.choose(self.active.get_untracked().unwrap_or_default()),
            "Enter" if !self.typed.with_untracked(String::is_empty) => {
                self.wish.set_value(Wish::Best);
                self.store.details().want();
                self.look_up();
            }
            "Escape" if open => {
                self.asked.update_value(|asked| *asked += 1);
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
        self.open.set(true);
        if count == 0 {
            return;
        }
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
            (.., found @ OFFERED..) => format!("The {found} best matches are listed."),
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

/// Whether what has the focus lies within what `selector` finds; without a focus it is the page's body that has it.
fn focus_is(selector: &str) -> bool {
    let active = document().active_element();
    let within = |active: web_sys::Element| {
        // All lies within the body.
        if selector == "body" {
            active.matches(selector).ok()
        } else {
            active.closest(selector).ok().map(|it| it.is_some())
        }
    };
    active.and_then(within).unwrap_or_default()
}

/// The id of the option at `place`.
fn option_id(place: usize) -> String {
    format!("found-{place}")
}
