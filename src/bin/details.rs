//! The page's second program: all that is said of one council, its charts, and the search.
//!
//! It is loaded once the first map stands, so that the map does not wait for it. It keeps the edition, answers in
//! HTML, and knows nothing of Leptos.

use js_sys::Promise;
use std::{cell::OnceCell, rc::Rc};
use upheld_app::{
    chart::{self, desk::Desk},
    committee, comparison,
    council::{self, Part},
    map::steps,
    marks, search,
};
use upheld_domain::{
    council::CouncilType,
    edition::{Edition, EditionFile},
    funnel::Funnel,
    opened::Opened,
    postcode::{NotAPostcode, is_area},
    register::CouncilId,
    search::Index,
    view::{Page, View},
};
use upheld_pages::council::Ranks;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::HtmlCanvasElement;

fn main() {}

/// What is known, and what can be asked of it.
#[wasm_bindgen]
pub struct Details {
    edition: Rc<Edition>,
    index: OnceCell<Index>,
}

#[wasm_bindgen]
impl Details {
    /// The details of the edition whose three files these are, with what the reader opened.
    ///
    /// # Errors
    /// Where one is damaged, or of another edition, in words.
    #[wasm_bindgen(constructor)]
    pub fn new(edition: &str, sources: &str, names: &str, opened: Option<String>) -> Result<Self, JsValue> {
        let edition = read::<EditionFile>(edition)?;
        let edition = Edition::try_from(edition).map_err(in_words)?;
        let edition = edition.with_sources(read(sources)?).map_err(in_words)?;
        let edition = edition.with_names(read(names)?).map_err(in_words)?;
        let opened = opened.and_then(|opened| serde_json::from_str::<Opened>(&opened).ok());
        let edition = edition.with_opened(&opened.unwrap_or_default());
        let edition = Rc::new(edition);
        Desk::open(edition.clone());
        steps::open(edition.clone());
        Ok(Self { edition, index: OnceCell::new() })
    }

    /// What is said at an address, of a council or of several, as HTML: all of it; or, where only the `head` is wanted, of a council what is seen
    /// first, with a place marked `data-rest` for the [`Self::rest`].
    #[must_use]
    pub fn said(&self, path: &str, query: &str, head: bool) -> String {
        let view = View::read(&self.edition, path, query).0;
        match view.page {
            Page::Council(id) => {
                if let Some(council) = self.edition.register().get(id) {
                    council::kept::visited(council);
                }
                council::details(&self.edition, &view, if head { Part::Head } else { Part::Whole })
            }
            Page::Compare(_) => comparison::page(&self.edition, &view),
            Page::Committee(_) => committee::page(&self.edition, &view),
            Page::Table => council::table(),
            _ => {
                council::sheet::forget();
                council::england(&self.edition, &view)
            }
        }
    }

    /// The rest of what is said of the council at an address.
    #[must_use]
    pub fn rest(&self, path: &str, query: &str) -> String {
        council::details(&self.edition, &View::read(&self.edition, path, query).0, Part::Rest)
    }

    /// Fits `canvas`, which is `width` CSS pixels wide, at `scale` device pixels to each, to the chart `which` of that
    /// council; draws the chart where it is given the colours `theme`, three bytes each; whether it could.
    #[must_use]
    #[allow(
        clippy::too_many_arguments,
        clippy::needless_pass_by_value,
        reason = "a call from one program to another takes plain values only"
    )]
    pub fn draw(
        &self,
        path: &str,
        query: &str,
        which: &str,
        canvas: &HtmlCanvasElement,
        width: u32,
        scale: f64,
        theme: Option<Box<[u8]>>,
    ) -> bool {
        let view = View::read(&self.edition, path, query).0;
        if which == chart::SIMILAR && theme.is_some() {
            let rank = canvas.closest("[data-view]").ok().flatten();
            let rank = rank.and_then(|view| view.query_selector("[data-rank]").ok().flatten());
            if let Some(place) = rank.filter(|place| place.text_content().is_none_or(|text| text.is_empty())) {
                place.set_text_content(council::rank(&self.edition, &view).as_deref());
            }
        }
        let place = chart::Place { width, scale, theme: theme.as_deref() };
        let drawn = chart::draw(&self.edition, &view, which, canvas, &place);
        if theme.is_some() {
            marks::mark("chart");
        }
        drawn
    }

    /// Judges every council of the year at an address, works out the limits of every type's funnel, and ranks them all; how many were judged.
    /// This is what the bench times.
    #[must_use]
    pub fn judge_all(&self, path: &str, query: &str) -> usize {
        let view = View::read(&self.edition, path, query).0;
        let judge = |kind| {
            let funnel = Funnel::new(&self.edition, kind, view.year, view.measure)?;
            let limits = funnel.curve(false).len();
            let ranks = Ranks::of(&self.edition, kind, view.year, view.measure)?;
            let ranked = funnel.points.iter().filter(|point| limits > 0 && ranks.words(point.council).is_some());
            Some(ranked.count())
        };
        CouncilType::ALL.into_iter().filter_map(judge).sum()
    }

    /// The councils that answer for the postcode that is typed: the options of a list, or words.
    pub fn look_up(&self, typed: String) -> Promise {
        let edition = self.edition.clone();
        future_to_promise(async move { Ok(search::postcodes::look_up(edition.register(), &typed).await.into()) })
    }

    /// The councils that answer for where the reader is, once the browser has told: the options of a list, or words.
    pub fn here(&self) -> Promise {
        let edition = self.edition.clone();
        future_to_promise(async move { Ok(search::here::here(edition).await.into()) })
    }

    /// Does one step of what a reader will ask for, and shows it to nobody; whether there is another step.
    #[must_use]
    pub fn rehearse(&self, step: u32) -> bool {
        let first = View::read(&self.edition, "", "").0;
        let known = |id: &CouncilId| self.edition.read(*id, first.year, first.measure).is_ok();
        let Some(council) = self.edition.register().iter().map(|(id, _)| id).find(known) else { return false };
        let view = first.choose(&self.edition, council);
        match step {
            0 => drop(self.find("a")),
            1 => drop(council::details(&self.edition, &view, Part::Whole)),
            2 => chart::rehearse(&self.edition, &view, chart::SIMILAR),
            _ => chart::rehearse(&self.edition, &view, chart::TREND),
        }
        step < 3
    }

    /// The councils that fit what is typed, as the options of a list; or words; or `>` where it is a postcode, or part of one, that [`Self::look_up`] finds.
    #[must_use]
    pub fn find(&self, typed: &str) -> String {
        if let Some(asked) = search::postcodes::asked(typed) {
            return asked;
        }
        let index = self.index.get_or_init(|| Index::new(self.edition.register()));
        let found = search::options(&self.edition, index, typed);
        // Of letters that are an area ("TN") a name comes first: who types one begins so.
        if found.is_empty() && is_area(typed) {
            return search::postcodes::FETCH.to_string();
        }
        // What has digits was hardly meant for a name.
        let has_digit = typed.bytes().any(|byte| byte.is_ascii_digit());
        if found.is_empty() && has_digit { NotAPostcode::Form.to_string() } else { found }
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &str) -> Result<T, JsValue> {
    serde_json::from_str(file).map_err(in_words)
}

fn in_words(error: impl std::fmt::Display) -> JsValue {
    JsValue::from(error.to_string())
}
