//! The places of charts on the page: as sharp as the screen, in the page's colours, redrawn when either changes.

use leptos::{ev, prelude::*};
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, prelude::Closure};
use web_sys::{Element, HtmlCanvasElement, ResizeObserver};

/// Makes a canvas of a width in CSS pixels, with so many device pixels to each, as large as the chart of a name, and draws the
/// chart where there are colours; whether it could.
pub type Draw = Box<dyn Fn(&str, &HtmlCanvasElement, u32, f64, Option<Box<[u8]>>) -> bool>;

/// Draws what `draw` draws on each canvas below `panel` that has the name of a chart: `at_once`, or once the panel has been painted; whenever
/// its width changes, and when the reader's theme does. The place of a chart has its size from the first, so that
/// nothing moves when the chart comes.
///
/// What is returned keeps the charts up to date; dropped, it leaves them as they are.
pub fn follow_charts(panel: &Element, draw: Draw, at_once: bool) -> Following {
    let (frame, panel) = (panel.clone(), panel.clone());
    let redraw = move |below: Option<&Element>, how: Drawing| {
        let Ok(canvases) = below.unwrap_or(&panel).query_selector_all("canvas[data-chart]") else { return };
        let scale = window().device_pixel_ratio().clamp(1.0, 4.0);
        // Every width is asked for before any canvas is given a size: each size undoes the layout that a width needs.
        let mut places = Vec::new();
        for place in 0..canvases.length() {
            let Some(canvas) = canvases.item(place).map(wasm_bindgen::JsCast::unchecked_into::<HtmlCanvasElement>)
            else {
                continue;
            };
            let width = canvas.parent_element().map_or(0, |holder| holder.client_width());
            places.push((canvas, u32::try_from(width).unwrap_or_default()));
        }
        let Some((canvas, _)) = places.first() else { return };
        let colours = match how {
            Drawing::Size => None,
            Drawing::Screen => Some(theme(canvas)),
            // Without colours of the page's it is drawn in those for white paper.
            Drawing::Paper => Some(Box::default()),
        };
        for (canvas, width) in places {
            let which = canvas.get_attribute("data-chart").unwrap_or_default();
            // Without a width it is not laid out yet: the observer calls again.
            if width > 0 && !draw(&which, &canvas, width, scale, colours.clone()) {
                refuse(&canvas);
            }
        }
    };
    // The panel's frame, where there is one: the panel itself also changes with what it holds.
    let place = frame.closest(".panel-side").ok().flatten().unwrap_or(frame);
    Following::new(&place, Rc::new(redraw), at_once)
}

/// Draws the charts below an element, or all of them.
type Redraw = Rc<dyn Fn(Option<&Element>, Drawing)>;

/// How charts are drawn.
#[derive(Clone, Copy)]
enum Drawing {
    /// Not yet: only their places are made as large as they will be.
    Size,
    /// In the colours of the page.
    Screen,
    /// For white paper.
    Paper,
}

/// Says in the place of a chart that it could not be drawn.
fn refuse(canvas: &HtmlCanvasElement) {
    let figure = canvas.closest("figure").ok().flatten();
    let notice = figure.and_then(|figure| figure.query_selector(".notice").ok().flatten());
    if let Some(notice) = notice {
        // An attribute with a valid name can be taken away.
        let _ = notice.remove_attribute("hidden");
    }
}

/// Keeps charts up to date for as long as it lives.
pub struct Following {
    redraw: Redraw,
    observer: Option<ResizeObserver>,
    theme: Option<web_sys::MediaQueryList>,
    printing: Option<[WindowListenerHandle; 2]>,
    _resized: Closure<dyn FnMut()>,
    _themed: Closure<dyn FnMut(ev::Event)>,
}

impl Following {
    fn new(place: &Element, redraw: Redraw, at_once: bool) -> Self {
        redraw(None, if at_once { Drawing::Screen } else { Drawing::Size });
        let again = redraw.clone();
        let mut stands = at_once;
        // It is also called once when it begins to look, which is when the panel is painted.
        let resized = Closure::<dyn FnMut()>::new(move || {
            if std::mem::take(&mut stands) {
                return;
            }
            let again = again.clone();
            request_animation_frame(move || again(None, Drawing::Screen));
        });
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        match &observer {
            Some(observer) => observer.observe(place),
            // Nothing tells of a size: it is drawn for the one that it has.
            _ => redraw(None, Drawing::Screen),
        }
        let (before, after, themed) = (redraw.clone(), redraw.clone(), redraw.clone());
        let printing = [
            window_event_listener_untyped("beforeprint", move |_| before(None, Drawing::Paper)),
            window_event_listener_untyped("afterprint", move |_| after(None, Drawing::Screen)),
        ];
        let themed = Closure::<dyn FnMut(ev::Event)>::new(move |_| themed(None, Drawing::Screen));
        let theme = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        if let Some(query) = &theme {
            query.set_onchange(Some(themed.as_ref().unchecked_ref()));
        }
        Self { redraw, observer, theme, printing: Some(printing), _resized: resized, _themed: themed }
    }

    /// Draws the charts below `place`, which came later.
    pub fn draw_below(&self, place: &Element) {
        (self.redraw)(Some(place), Drawing::Screen);
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        if let Some(query) = &self.theme {
            query.set_onchange(None);
        }
        for listener in self.printing.take().into_iter().flatten() {
            listener.remove();
        }
    }
}

/// The colours that the style sheet gives charts, three bytes each, in the order of `canvas::Place::theme`.
pub(super) fn theme(canvas: &HtmlCanvasElement) -> Box<[u8]> {
    const NAMES: [&str; 6] =
        ["--chart-paper", "--chart-text", "--chart-muted", "--chart-grid", "--chart-dot", "--chart-accent"];
    let style = web_sys::window().and_then(|window| window.get_computed_style(canvas).ok().flatten());
    let colour = |name: &&str| {
        let value = style.as_ref()?.get_property_value(name).ok()?;
        read_colour(value.trim())
    };
    NAMES.iter().filter_map(colour).flatten().collect()
}

/// Reads "#rrggbb", or "#rgb", which the bundler makes of it where it can.
fn read_colour(text: &str) -> Option<[u8; 3]> {
    let digits = if text.len() == 4 { 1 } else { 2 };
    let part = |place: usize| {
        let from = 1 + place * digits;
        let value = u8::from_str_radix(text.get(from..from + digits)?, 16).ok()?;
        Some(if digits == 1 { value * 17 } else { value })
    };
    text.starts_with('#').then_some(())?;
    Some([part(0)?, part(1)?, part(2)?])
}
