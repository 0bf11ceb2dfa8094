//! The map by keys: steps from council to council, in the second program. It knows nothing of Leaflet: it takes keys that the map's element is given,
//! and lights councils up as charts do (`pointing`).

use super::{boundaries::Source, load, pointing::IN_A_CHART};
use crate::{chart::desk::GO, error::LoadError};
use leptos::prelude::request_animation_frame;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use upheld_domain::{
    compass::{self, Cells, Direction, Ground},
    edition::Edition,
    register::CouncilId,
    view::View,
};
use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::{CustomEvent, CustomEventInit, Document, DomRect, Element, Event, HtmlElement, KeyboardEvent, Window};

/// What the map's element is found by.
const MAP: &str = ".map-canvas";

/// What can be done, said when the map takes the focus.
const HELP: &str = "Arrow keys move the map, plus and minus zoom. Enter: step from council to council instead.";

/// So near to an edge of the window, in pixels, a council is hard to see.
const EDGE: f64 = 24.0;

/// Between the words and the map's edge, in pixels (details.css).
const GAP: f64 = 8.0;

/// Steps through councils on the map.
struct Steps {
    edition: Rc<Edition>,
    window: Window,
    document: Document,
    /// The council that was reached, while the keys step.
    at: Cell<Option<CouncilId>>,
    /// The hex map that was stepped over last.
    cells: RefCell<Option<(Source, Cells)>>,
    /// Whether steps are to begin when that has come.
    waits: Cell<bool>,
    /// The council that was opened from here: whoever comes back goes on there.
    left: Cell<Option<CouncilId>>,
}

/// What is done when an event happens.
type Act = fn(&Rc<Steps>, &Event);

/// Listens to keys on the map, for as long as the page is there.
pub fn open(edition: Rc<Edition>) {
    let Some(window) = web_sys::window() else { return };
    let Some(document) = window.document() else { return };
    let steps = Rc::new(Steps {
        edition,
        window,
        document: document.clone(),
        at: Cell::new(None),
        cells: RefCell::new(None),
        waits: Cell::new(false),
        left: Cell::new(None),
    });
    let listen: [(&str, Act); 3] = [
        ("keydown", |steps, event| {
            let taken = event.dyn_ref::<KeyboardEvent>().is_some_and(|key| is_plain(key) && steps.takes(key));
            if taken {
                event.prevent_default();
                event.stop_propagation();
            }
        }),
        ("focusin", |steps, _| match steps.left.take() {
            // Steps go on where they left the map for a council.
            Some(at) if steps.over(&steps.view(), |ground| ground.holds(at)) == Some(true) => steps.reach(at, ""),
            // A pointer gives the map the focus, too.
            _ if steps.document.query_selector(":focus-visible").is_ok_and(|seen| seen.is_some()) => steps.say(HELP),
            _ => {}
        }),
        ("focusout", |steps, _| {
            steps.waits.set(false);
            steps.leave();
            steps.say("");
        }),
    ];
    for (event, act) in listen {
        let steps = steps.clone();
        let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let on_map = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if on_map.is_some_and(|element| element.matches(MAP).unwrap_or_default()) {
                act(&steps, &event);
            }
        });
        // Before Leaflet: a key that steps does not move the map. What cannot be listened to is not heard.
        let _ = document.add_event_listener_with_callback_and_bool(event, listener.as_ref().unchecked_ref(), true);
        listener.forget();
    }
}

fn is_plain(key: &KeyboardEvent) -> bool {
    !(key.ctrl_key() || key.meta_key() || key.alt_key())
}

impl Steps {
    /// Whether `event` was for anything here. Of a key that is held down only steps are repeated: who holds Enter a little long opens nothing.
    fn takes(self: &Rc<Self>, event: &KeyboardEvent) -> bool {
        let key = event.key();
        (event.repeat() && key == "Enter") || self.take(&key)
    }

    /// Does what `key` is for; whether it was for anything here.
    fn take(self: &Rc<Self>, key: &str) -> bool {
        let direction = match key {
            "ArrowUp" => Some(Direction::North),
            "ArrowRight" => Some(Direction::East),
            "ArrowDown" => Some(Direction::South),
            "ArrowLeft" => Some(Direction::West),
            _ => None,
        };
        match (self.at.get(), direction, key) {
            (None, None, "Enter") => self.begin(),
            (Some(at), Some(direction), _) => {
                let view = self.view();
                let is_there = |ground: Ground<'_>| ground.holds(at).then(|| compass::next(ground, at, direction));
                match self.over(&view, is_there).flatten() {
                    Some(Some(next)) => self.reach(next, ""),
                    Some(None) => {
                        self.say(&format!("No council lies further {} than {}.", direction.word(), self.name(at)));
                    }
                    // Back, or Forward, led to another map meanwhile.
                    None => self.begin(),
                }
            }
            (Some(at), None, "Enter") => {
                let view = self.view();
                let is_open = view.council(&self.edition).is_some_and(|(id, _)| id == at);
                self.leave();
                self.left.set(Some(at));
                if is_open {
                    // The address leads here already: what is asked for is its name.
                    let name = self.document.get_element_by_id("council-name").and_then(|name| name.dyn_into().ok());
                    // What cannot take the focus leaves it where it is.
                    let _ = name.map(|name: HtmlElement| name.focus());
                } else {
                    self.tell(GO, &view.choose(&self.edition, at).address(&self.edition));
                }
            }
            (None, None, "Escape") if self.waits.replace(false) => self.say(HELP),
            (Some(_), None, "Escape") => {
                self.leave();
                self.say(HELP);
            }
            _ => return false,
        }
        true
    }

    /// Begins at the council that is chosen, or else in the middle of England, once what is stepped over is known.
    fn begin(self: &Rc<Self>) {
        self.leave();
        let view = self.view();
        let first = self.over(&view, |ground| {
            let chosen = view.council(&self.edition).map(|(id, _)| id);
            chosen.filter(|id| ground.holds(*id)).or_else(|| compass::first(ground))
        });
        match first {
            Some(Some(first)) => {
                self.reach(first, "Arrow keys step to the next council, Enter opens it, Escape ends. ");
            }
            Some(None) => {}
            None if self.waits.replace(true) => {}
            None => {
                let steps = self.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    let fetched = steps.fetch(&view).await;
                    // Escape ends it before it begins, and so does leaving the map.
                    if !steps.waits.replace(false) {
                        return;
                    }
                    match fetched {
                        Ok(()) => steps.begin(),
                        Err(error) => {
                            steps.say(&format!("The hexagons could not be loaded. {error}. Press Enter to try again."));
                        }
                    }
                });
            }
        }
    }

    /// What `ask` answers of what `view` shows; none where that is not here yet.
    fn over<T>(&self, view: &View, ask: impl FnOnce(Ground<'_>) -> T) -> Option<T> {
        if !view.hexes {
            return Some(ask(Ground::Boundaries(&self.edition, view)));
        }
        let source = Source::of(self.edition.register(), view);
        let cells = self.cells.borrow();
        let cells = cells.as_ref().filter(|(of, _)| *of == source).map(|(_, cells)| cells);
        cells.map(|cells| ask(Ground::Cells(cells)))
    }

    /// Fetches the hex map of `view`: the map that shows it has it, so the browser mostly has, too.
    async fn fetch(&self, view: &View) -> Result<(), LoadError> {
        let source = Source::of(self.edition.register(), view);
        let shapes = load(source, self.edition.register()).await?;
        let shapes: Vec<_> = shapes.into_iter().map(|shape| (shape.council, shape.into())).collect();
        let cells = Cells::of(shapes.iter().map(|(council, shape)| (*council, shape)));
        self.cells.replace(Some((source, cells)));
        Ok(())
    }

    /// Lights up `council` and says what it is, after `before`.
    fn reach(&self, council: CouncilId, before: &str) {
        self.at.set(Some(council));
        let Some(of) = self.edition.register().get(council) else { return };
        self.tell(IN_A_CHART, of.code.as_str());
        let view = self.view();
        let figure = match self.edition.read(council, view.year, view.measure) {
            Ok(rate) => rate.with_counts(view.measure),
            Err(absent) => absent.words().to_owned(),
        };
        self.say(&format!("{before}{}: {figure}.", of.name));
    }

    fn leave(&self) {
        if self.at.take().is_some() {
            self.tell(IN_A_CHART, "");
        }
    }

    fn name(&self, council: CouncilId) -> String {
        self.edition.register().get(council).map(|council| council.name.clone()).unwrap_or_default()
    }

    /// What the page shows.
    fn view(&self) -> View {
        let root = self.document.base_uri().ok().flatten().unwrap_or_default();
        let href = self.window.location().href().unwrap_or_default();
        let below = href.split('#').next().unwrap_or_default().strip_prefix(root.as_str()).unwrap_or_default();
        let (path, query) = below.split_once('?').unwrap_or((below, ""));
        View::read(&self.edition, path, query).0
    }

    fn tell(&self, event: &str, what: &str) {
        let init = CustomEventInit::new();
        init.set_detail(&what.into());
        if let Ok(event) = CustomEvent::new_with_event_init_dict(event, &init) {
            // That nobody stopped it says nothing.
            let _ = self.window.dispatch_event(&event);
        }
    }

    /// Says `what` over the map, to those who see it and those who hear it.
    fn say(&self, what: &str) {
        let Some(map) = self.document.query_selector(".map").ok().flatten() else { return };
        let place = map.query_selector(".stepped").ok().flatten().or_else(|| {
            let place = self.document.create_element("p").ok()?;
            place.set_class_name("stepped");
            // An attribute with a valid name can be set, and an element takes any other as its child.
            let _ = place.set_attribute("role", "status");
            let _ = map.append_child(&place);
            Some(place)
        });
        if let Some(place) = place {
            place.set_text_content(Some(what));
            let window = self.window.clone();
            // The map lights the council up in its own time, but before the next frame.
            request_animation_frame(move || {
                keep_in_window(&window, &map, &place);
            });
        }
    }
}

/// Keeps the council that is lit in `window`, where that does not hold the whole map (as a magnified one), and the words beside it: below it, or above
/// it where they would lie over it.
fn keep_in_window(window: &Window, map: &Element, place: &Element) -> Option<()> {
    let height = window.inner_height().ok()?.as_f64()?;
    let place = place.dyn_ref::<HtmlElement>()?;
    let lit = || Some(map.query_selector("[data-lit]").ok()??.get_bounding_client_rect());
    let middle = |lit: &DomRect| f64::midpoint(lit.top(), lit.bottom());
    let frame = map.get_bounding_client_rect();
    let (to_top, to_bottom) = (frame.top(), frame.bottom() - height);
    let is_whole = to_top >= 0.0 && to_bottom <= 0.0;
    if let Some(middle) = lit().as_ref().map(middle)
        && !is_whole
        && !(EDGE..=height - EDGE).contains(&middle)
    {
        // No further than to the map's end.
        let by = (middle - height / 2.0).clamp(to_top.min(to_bottom), to_top.max(to_bottom));
        window.scroll_by_with_x_and_y(0.0, by);
    }
    let (frame, words) = (map.get_bounding_client_rect(), place.get_bounding_client_rect());
    let (top, bottom) = (frame.top().max(0.0), frame.bottom().min(height));
    let is_over = |lit: DomRect| {
        lit.right() > words.left() && lit.left() < words.right() && middle(&lit) > bottom - words.height() - 2.0 * GAP
    };
    let raised = if lit().is_some_and(is_over) {
        frame.bottom() - top - words.height() - 2.0 * GAP
    } else {
        frame.bottom() - bottom
    };
    place.style().set_property("margin-bottom", &format!("{raised}px")).ok()
}
