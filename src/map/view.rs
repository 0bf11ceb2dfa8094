//! The map as a component: it mounts Leaflet, follows the view, and takes Leaflet down again.

use super::{
    boundaries::{self, Detail, Shape, Source},
    leaflet::{Canvas, Handlers},
    pointing,
};
use crate::{
    ahead,
    app::{is_touch, wants_less_motion},
    erased::{dynamic, follow, handler, hear, holds, key, text},
    error::{LoadError, Problem},
    marks,
    store::Store,
};
use leptos::{ev, html::Div, prelude::*};
use std::rc::Rc;
use upheld_domain::{
    council::{GssCode, Region},
    edition::Edition,
    view::View,
};
use upheld_pages::{choropleth::Fills, html::Html, legend};
use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::ResizeObserver;

/// The files of boundaries that have been loaded, by source.
type Loaded = Vec<(Source, Rc<Vec<Shape>>)>;

/// What has come of loading a file.
type Shapes = Result<Rc<Vec<Shape>>, LoadError>;

/// The map of councils.
#[component]
pub fn CouncilMap(
    /// Why the map cannot be shown, while it cannot.
    failed: RwSignal<Option<LoadError>>,
) -> impl IntoView {
    let store = Store::get();
    let container = NodeRef::<Div>::new();
    let state = StoredValue::new_local(State {
        canvas: None,
        loaded: Loaded::new(),
        drawn: None,
        clicked: false,
        resizing: None,
    });
    let finer_failed = RwSignal::new(None::<LoadError>);
    // Moves when another file has been drawn, or the reader has zoomed.
    let moved = RwSignal::new(0_u32);
    let map = Map { store, state, failed, finer_failed, moved };

    follow(move || {
        if let Some(element) = container.get() {
            map.mount(element.unchecked_ref());
        }
    });
    on_cleanup(move || {
        state.update_value(|state| {
            if let Some((observer, _)) = state.resizing.take() {
                observer.disconnect();
            }
            drop(state.canvas.take());
        });
    });
    // Which shapes: those of the set of councils to which the year belongs.
    let wanted = key(move || map.wanted(&store.view()).path());
    follow(move || {
        hear(wanted);
        container.track();
        map.draw();
    });
    follow(move || {
        map.colour(&store.fills());
        marks::end_once_painted("recolour");
    });
    let chosen = store.chosen_key();
    follow(move || {
        hear(chosen);
        map.mark();
    });
    map.listen();
    follow(move || {
        moved.track();
        map.refine();
    });

    let frame = handler(move |_: ev::MouseEvent| map.on_canvas(Canvas::frame));
    let retry = Callback::new(move |()| {
        failed.set(None);
        if let Some(element) = container.get_untracked() {
            map.mount(element.unchecked_ref());
        }
        map.draw();
    });
    let retry_finer = Callback::new(move |()| {
        finer_failed.set(None);
        map.refine();
    });
    let has_failed = holds(move || failed.with(Option::is_some));
    let measure = text(move || store.view().measure.key().to_owned());
    let detail = text(move || {
        moved.track();
        state.with_value(|state| detail(state.drawn)).to_owned()
    });
    let waiting = dynamic(move || {
        moved.track();
        let is_waiting = state.with_value(|state| state.drawn.is_none()) && failed.with(Option::is_none);
        if is_waiting {
            view! { <p class="waiting over-map" role="status">"Drawing the map…"</p> }.into_any()
        } else {
            ().into_any()
        }
    });
    let problem = dynamic(move || match failed.get() {
        Some(error) => view! { <Problem what="The map could not be shown." error=error.to_string() retry/> }.into_any(),
        None => ().into_any(),
    });
    let finer_problem = dynamic(move || match finer_failed.get() {
        Some(error) => view! {
            <div class="over-map">
                <Problem what="Finer boundaries could not be loaded." error=error.to_string() retry=retry_finer/>
            </div>
        }
        .into_any(),
        None => ().into_any(),
    });
    let mut patterns = Html::default();
    legend::patterns(&mut patterns);
    view! {
        <div class="map" data-measure=measure data-detail=detail>
            <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false" inner_html=patterns.written()></svg>
            <div
                class="map-canvas" role="application" aria-label="Map: arrow keys move it, plus and minus zoom, Enter steps from council to council"
                node_ref=container hidden=has_failed
            ></div>
            <button type="button" class="whole" on:click=frame hidden=has_failed>"All of England"</button>
            {waiting}
            {problem}
            {finer_problem}
        </div>
    }
}

/// What the map keeps between events.
struct State {
    canvas: Option<Canvas>,
    loaded: Loaded,
    drawn: Option<Source>,
    /// Whether the council that is chosen was chosen on the map, which then stays where it is.
    clicked: bool,
    /// Follows the size of the map's place.
    resizing: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
}

/// The map, with what it follows and what it tells.
#[derive(Clone, Copy)]
struct Map {
    store: Store,
    state: StoredValue<State, LocalStorage>,
    failed: RwSignal<Option<LoadError>>,
    finer_failed: RwSignal<Option<LoadError>>,
    moved: RwSignal<u32>,
}

impl Map {
    fn on_canvas(self, act: impl FnOnce(&mut Canvas)) {
        self.state.update_value(|state| {
            if let Some(canvas) = &mut state.canvas {
                act(canvas);
            }
        });
    }

    /// Hears of what happens elsewhere: in charts, at the printer.
    fn listen(self) {
        self.hear_of_charts();
        self.hear_of_paper();
    }

    /// Lights up what is pointed at in a chart.
    fn hear_of_charts(self) {
        let listener = pointing::hear(move |code| {
            let edition = self.store.edition();
            self.on_canvas(|canvas| canvas.light(code.and_then(|code| edition.register().by_code(code))));
        });
        on_cleanup(move || listener.remove());
    }

    /// Shows all of England while the page is printed.
    fn hear_of_paper(self) {
        for (event, begins) in [("beforeprint", true), ("afterprint", false)] {
            let listener = window_event_listener_untyped(event, move |_| self.on_canvas(|canvas| canvas.print(begins)));
            on_cleanup(move || listener.remove());
        }
    }

    fn mount(self, element: &web_sys::HtmlElement) {
        if self.state.with_value(|state| state.canvas.is_some()) {
            return;
        }
        let (store, state, moved) = (self.store, self.state, self.moved);
        let handlers = Handlers {
            choose: Box::new(move |code| {
                if let Some(council) = store.edition().register().by_code(code) {
                    marks::begin("open-council");
                    state.update_value(|state| state.clicked = true);
                    store.choose(council);
                }
            }),
            describe: Box::new(move |code| describe(&store.edition(), &store.view_untracked(), code)),
            pointed: Box::new(pointing::tell),
            zoomed: Box::new(move || moved.update(|moved| *moved += 1)),
        };
        match Canvas::new(element, is_touch(), wants_less_motion(), handlers) {
            Ok(canvas) => self.state.update_value(|state| state.canvas = Some(canvas)),
            Err(error) => return self.failed.set(Some(error)),
        }
        let resized = Closure::<dyn FnMut()>::new(move || {
            request_animation_frame(move || {
                if self.state.try_with_value(|_| ()).is_some() {
                    self.on_canvas(Canvas::resize);
                }
            });
        });
        if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(element);
            self.state.update_value(|state| state.resizing = Some((observer, resized)));
        }
    }

    /// The file of the set of councils to which the view's year belongs.
    fn wanted(self, view: &View) -> Source {
        Source::of(self.store.edition().register(), view)
    }

    /// Calls `then` with the shapes of `source`, loading them where they have not been.
    fn with_shapes(self, source: Source, then: Box<dyn FnOnce(Shapes)>) {
        let loaded =
            |state: &State| state.loaded.iter().find(|(of, _)| *of == source).map(|(_, shapes)| shapes.clone());
        if let Some(shapes) = self.state.with_value(loaded) {
            then(Ok(shapes));
            return;
        }
        leptos::task::spawn_local(async move {
            let edition = self.store.edition();
            let result = boundaries::load(source, edition.register()).await.map(Rc::new);
            // The page may have moved on to another screen, and taken the map with it.
            if self.state.try_with_value(|_| ()).is_none() {
                return;
            }
            if let Ok(shapes) = &result {
                self.state.update_value(|state| state.loaded.push((source, shapes.clone())));
            }
            then(result);
        });
    }

    /// Draws the shapes that are wanted.
    fn draw(self) {
        let source = self.wanted(&self.store.view_untracked());
        let draw = move |shapes: Shapes| {
            let view = self.store.view_untracked();
            if self.wanted(&view) != source {
                return;
            }
            let shapes = match shapes {
                Ok(shapes) => shapes,
                Err(error) => {
                    ahead::clear_map();
                    self.store.details().want();
                    return self.failed.set(Some(error));
                }
            };
            if self.state.with_value(|state| state.canvas.is_none()) {
                return;
            }
            // Among cells of one size nothing else tells where the capital is.
            let edition = self.store.edition();
            let is_london = |id| edition.register().get(id).is_some_and(|council| council.region == Region::London);
            self.on_canvas(|canvas| canvas.draw(&shapes, &|id| view.hexes && is_london(id)));
            ahead::clear_map();
            self.state.update_value(|state| state.drawn = Some(source));
            self.colour(&untrack(|| self.store.fills()));
            self.mark();
            self.failed.set(None);
            self.moved.update(|moved| *moved += 1);
            marks::mark_once_painted("first-map");
            marks::mark_once_painted("ready");
            // The map stands: now what is said of a council may come.
            marks::after_paint(move || self.store.details().want());
        };
        self.with_shapes(source, Box::new(draw));
    }

    fn colour(self, fills: &Fills) {
        self.on_canvas(|canvas| canvas.fill(&|council| fills.name(council)));
    }

    /// Marks the council that is chosen, and brings it into view.
    fn mark(self) {
        let chosen = self.store.chosen();
        let clicked = self.state.with_value(|state| state.clicked);
        self.state.update_value(|state| state.clicked = false);
        self.on_canvas(|canvas| {
            canvas.mark(chosen);
            if let Some(council) = chosen.filter(|_| !clicked) {
                canvas.show(council);
            }
        });
    }

    /// Follows the boundaries closely, once the reader is close.
    fn refine(self) {
        let close = |state: &State| state.canvas.as_ref().is_some_and(Canvas::wants_detail);
        let drawn = self.state.with_value(|state| state.drawn.filter(|_| close(state)));
        let Some(source) = drawn.filter(|source| source.detail == Detail::Overview) else { return };
        let full = Source { detail: Detail::Full, ..source };
        let refine = move |shapes: Shapes| {
            if self.state.with_value(|state| state.drawn) != Some(source) {
                return;
            }
            match shapes {
                Ok(shapes) => {
                    self.on_canvas(|canvas| canvas.refine(&shapes));
                    self.state.update_value(|state| state.drawn = Some(full));
                    self.finer_failed.set(None);
                    self.moved.update(|moved| *moved += 1);
                }
                Err(error) => self.finer_failed.set(Some(error)),
            }
        };
        self.with_shapes(full, Box::new(refine));
    }
}

/// What is drawn, for the style sheet and for tests.
const fn detail(drawn: Option<Source>) -> &'static str {
    match drawn {
        None => "none",
        Some(Source { detail: Detail::Overview, .. }) => "overview",
        Some(Source { detail: Detail::Full, .. }) => "full",
        Some(Source { detail: Detail::Hexes, .. }) => "hexes",
    }
}

/// What the tooltip says of the council that has `code`.
fn describe(edition: &Edition, view: &View, code: GssCode) -> (String, String) {
    let id = edition.register().by_code(code);
    let Some((id, council)) = id.and_then(|id| Some((id, edition.register().get(id)?))) else {
        return (code.to_string(), String::new());
    };
    let text = match edition.read(id, view.year, view.measure) {
        Ok(rate) if rate.certainty.is_hatched() && rate.total.is_some() => {
            format!("{}, uncertain", rate.with_counts(view.measure))
        }
        Ok(rate) => rate.with_counts(view.measure),
        Err(absent) => absent.words().to_owned(),
    };
    (council.name.clone(), text)
}
