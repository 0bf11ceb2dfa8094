//! What was rendered ahead and stands in the page until the program takes its place, without a flash and without losing what a reader
//! has done with it.

use crate::app::focus;
use js_sys::Function;
use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

#[wasm_bindgen]
extern "C" {
    /// What a reader has focused and opened: see `boot.js`. Where the page has no such script nothing is held.
    #[wasm_bindgen(js_name = upheldHold, catch)]
    fn holds() -> Result<Function, JsValue>;
}

/// What a reader has focused and opened on the page, to be given back once a part of it has been written anew.
pub struct Held(Option<Function>);

/// Notes what a reader has focused and opened.
#[must_use]
pub fn hold() -> Held {
    Held(holds().ok())
}

impl Held {
    /// Gives it back, as far as the like of it stands again and nothing else was focused since.
    pub fn give_back(self) {
        if let Some(give_back) = self.0 {
            // What cannot be given back is lost, as it would be without.
            let _ = give_back.call0(&JsValue::UNDEFINED);
        }
    }
}

/// The attribute of what was rendered ahead.
const AHEAD: &str = "data-ahead";

/// The id of the map that was drawn ahead.
const MAP: &str = "england";

/// Marks what stands in `place`.
pub fn mark(place: &Element) {
    let children = place.children();
    for child in (0..children.length()).filter_map(|at| children.item(at)) {
        // An attribute with a valid name can be set.
        let _ = child.set_attribute(AHEAD, "");
    }
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// What was rendered beside the map, as HTML, with the address that it speaks of.
pub fn said() -> Option<(String, String)> {
    let said = find("[data-ahead] [data-said]")?;
    Some((said.get_attribute("data-said")?, said.inner_html()))
}

/// What a reader has typed into the search meanwhile.
pub fn typed() -> String {
    find("[data-ahead] #find").map(|field| field.unchecked_into::<HtmlInputElement>().value()).unwrap_or_default()
}

/// Takes what was rendered ahead out of the layout, so that the program's own is laid out as if it stood alone; answers how far the panel was scrolled,
/// whether the search had the focus, and what else a reader had focused and opened.
pub fn hide() -> (i32, bool, Held) {
    let held = hold();
    let scrolled = find("[data-ahead] .panel-side").map_or(0, |side| side.scroll_top());
    let searching = document().active_element().is_some_and(|active| active.id() == "find");
    let _ = each(&|element| element.set_attribute("hidden", ""));
    (scrolled, searching, held)
}

/// Does `act` to each element that was rendered ahead.
fn each(act: &dyn Fn(&Element) -> Result<(), wasm_bindgen::JsValue>) -> Result<(), wasm_bindgen::JsValue> {
    let ahead = document().query_selector_all("#app > [data-ahead]")?;
    for element in (0..ahead.length()).filter_map(|at| ahead.item(at)) {
        act(element.unchecked_ref())?;
    }
    Ok(())
}

/// Takes away what was rendered ahead. Where the program shows the same, its map stays until the program's own is drawn, and the panel is scrolled, and what had the
/// focus or was opened is so, as they were.
pub fn clear(same: bool, (scrolled, searching, held): (i32, bool, Held)) {
    if let (true, Some(drawn), Some(map)) = (same, find("#england"), find("#app > :not([data-ahead]) .map")) {
        // An element takes any other as its child.
        let _ = map.append_child(&drawn);
    }
    if let Some(side) = find("#app > :not([data-ahead]) .panel-side") {
        side.set_scroll_top(scrolled);
    }
    if searching {
        focus("#find");
    }
    held.give_back();
    // What is not there cannot be in the way.
    let _ = each(&|element| {
        element.remove();
        Ok(())
    });
}

/// Takes away the map that was drawn ahead: the program's own is drawn.
pub fn clear_map() {
    if let Some(drawn) = document().get_element_by_id(MAP) {
        drawn.remove();
    }
}
