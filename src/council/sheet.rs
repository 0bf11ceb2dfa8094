//! On a narrow window the panel of a council is a sheet before the map: how much of the window it takes is the reader's choice, by buttons or by
//! its grip. The sheet is the style sheet's work; here is which of the three stops holds.

use crate::marks;
use std::cell::Cell;
use upheld_pages::html::Html;
use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, Event, HtmlElement, PointerEvent, Window};

/// Where the sheet stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// The council's name below the map.
    Map,
    /// The lower half of the window.
    Both,
    /// All of the window: the figures are the page, and the map comes after them.
    Figures,
}

impl Stop {
    const ALL: [Self; 3] = [Self::Map, Self::Both, Self::Figures];

    const fn key(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Both => "both",
            Self::Figures => "figures",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Map => "Map",
            Self::Both => "Both",
            Self::Figures => "Figures",
        }
    }

    fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stop| stop.key() == key)
    }

    /// The stop of a sheet that is let go with its upper edge at this share of the window's height.
    fn nearest(share: f64) -> Self {
        match share {
            share if share < 0.27 => Self::Figures,
            share if share < 0.7 => Self::Both,
            _ => Self::Map,
        }
    }
}

thread_local! {
    /// Where the finger came down that draws the sheet, in pixels from the window's top, and whether it has moved far enough since.
    static DRAWN: Cell<Option<(f64, bool)>> = const { Cell::new(None) };
}

/// How far a finger moves before it draws the sheet, in pixels.
const SLACK: f64 = 8.0;
/// The attribute of the page's main part that names the stop; without it the figures have the window.
const STOP: &str = "data-stop";
/// The windows in which the panel is a sheet: as in `style/sheet.css`.
const WINDOWS: &str = "(max-width: 59.99rem) and (min-height: 30rem), (max-width: 59.99rem) and (min-width: 36rem)";
/// The custom property with the height of a sheet that is being drawn.
const HEIGHT: &str = "--sheet";

fn window() -> Option<(Window, Document)> {
    let window = web_sys::window()?;
    let document = window.document()?;
    Some((window, document))
}

fn page(document: &Document) -> Option<Element> {
    document.query_selector(".map-page").ok()?
}

fn stop() -> Stop {
    let key = window().and_then(|(_, document)| page(&document)?.get_attribute(STOP));
    key.and_then(|key| Stop::of(&key)).unwrap_or(Stop::Figures)
}

/// Writes the buttons that choose the stop, and the grip.
pub fn write(html: &mut Html) {
    let now = stop();
    html.within("div", &[("class", "stops"), ("role", "group"), ("aria-label", "On the screen")], |html| {
        for stop in Stop::ALL {
            let pressed = if stop == now { "true" } else { "false" };
            let attributes = [("type", "button"), ("data-to-stop", stop.key()), ("aria-pressed", pressed)];
            html.within("button", &attributes, |html| {
                html.text(stop.label());
            });
        }
    });
    html.within("div", &[("class", "grip")], |_| {});
}

/// No council is shown: the next one begins anew.
pub fn forget() {
    if let Some(page) = window().and_then(|(_, document)| page(&document)) {
        // What is not there need not be taken away.
        let _ = page.remove_attribute(STOP);
    }
}

fn set(stop: Stop) {
    let Some((_, document)) = window() else { return };
    let Some(page) = page(&document) else { return };
    // Attributes with valid names can be set.
    let _ = page.set_attribute(STOP, stop.key());
    if let Ok(buttons) = document.query_selector_all("[data-to-stop]") {
        for button in (0..buttons.length()).filter_map(|at| buttons.item(at)?.dyn_into::<Element>().ok()) {
            let is_it = button.get_attribute("data-to-stop").as_deref() == Some(stop.key());
            let _ = button.set_attribute("aria-pressed", if is_it { "true" } else { "false" });
        }
    }
    let first = if stop == Stop::Figures { ".panel-side" } else { ".map-frame" };
    if let Ok(Some(first)) = page.query_selector(first) {
        // Where the council has just been chosen, the page is laid out anew for it first.
        marks::after_paint(move || first.scroll_into_view());
    }
}

/// Whether the window is one in which the panel is a sheet.
fn is_sheet() -> bool {
    let windows = window().and_then(|(window, _)| window.match_media(WINDOWS).ok()?);
    windows.is_some_and(|windows| windows.matches())
}

fn target(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// A press on one of the buttons; or on a council of the map, of which the map is not taken away then.
pub fn clicked(event: &Event) {
    if let Some(button) = target(event, "[data-to-stop]") {
        if let Some(stop) = button.get_attribute("data-to-stop").and_then(|key| Stop::of(&key)) {
            set(stop);
        }
    } else if target(event, ".map path").is_some() && is_sheet() && stop() == Stop::Figures {
        set(Stop::Both);
    }
}

/// A finger comes down on the grip; whether it does.
pub fn pressed(event: &PointerEvent) -> bool {
    let Some(grip) = target(event, ".grip") else { return false };
    // Without capture the drawing ends at the grip's edge.
    let _ = grip.set_pointer_capture(event.pointer_id());
    DRAWN.set(Some((f64::from(event.client_y()), false)));
    true
}

fn sheet() -> Option<(HtmlElement, f64)> {
    let (window, document) = window()?;
    let sheet = document.query_selector(".panel-side").ok()??.dyn_into::<HtmlElement>().ok()?;
    Some((sheet, window.inner_height().ok()?.as_f64()?))
}

/// A finger moves; whether it draws the sheet.
pub fn moved(event: &PointerEvent) -> bool {
    let Some((from, far)) = DRAWN.get() else { return false };
    let y = f64::from(event.client_y());
    if !far && (y - from).abs() < SLACK {
        return true;
    }
    if !far {
        DRAWN.set(Some((from, true)));
        set(Stop::Both);
    }
    if let Some((sheet, window)) = sheet() {
        // A custom property takes any text.
        let _ = sheet.style().set_property(HEIGHT, &format!("{}px", (window - y).max(0.0)));
    }
    true
}

/// A finger is taken from us.
pub fn ended(event: &Event) {
    if let Some(event) = event.dyn_ref() {
        let_go(event);
    }
}

/// A finger is lifted; whether it drew the sheet.
pub fn let_go(event: &PointerEvent) -> bool {
    let Some((_, far)) = DRAWN.take() else { return false };
    if let Some((sheet, window)) = sheet().filter(|_| far) {
        let _ = sheet.style().remove_property(HEIGHT);
        set(Stop::nearest(f64::from(event.client_y()) / window.max(1.0)));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_sheet_stops_where_it_is_nearest() {
        let stops = [0.0, 0.2, 0.3, 0.5, 0.65, 0.75, 1.0].map(Stop::nearest);
        let [figures, both, map] = [Stop::Figures, Stop::Both, Stop::Map];
        assert_eq!(stops, [figures, figures, both, both, both, map, map]);
        assert!(Stop::ALL.into_iter().all(|stop| Stop::of(stop.key()) == Some(stop)));
    }
}
