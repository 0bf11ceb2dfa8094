//! Marks in time, for the benchmarks and the tests: `first-map`, `ready`, `recolour`, `open-council`.

use leptos::prelude::{request_animation_frame, window};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::MessageChannel;

/// Marks `name`.
pub fn mark(name: &str) {
    if let Some(performance) = window().performance() {
        // A mark that cannot be set is missed by a benchmark, never by a reader.
        let _ = performance.mark(name);
    }
}

/// Whether `name` has been marked.
pub fn is_marked(name: &str) -> bool {
    window().performance().is_some_and(|performance| performance.get_entries_by_name(name).length() > 0)
}

/// Runs `then` once the browser has painted what is on the page now.
pub fn after_paint(then: impl FnOnce() + 'static) {
    fn erased(then: Box<dyn FnOnce()>) {
        request_animation_frame(move || {
            // A frame is painted right after its callbacks; a message that is sent now arrives after that, and before the next.
            let Ok(channel) = MessageChannel::new() else { return then() };
            let arrived = Closure::once_into_js(then);
            channel.port1().set_onmessage(Some(arrived.unchecked_ref()));
            // A plain value can be sent.
            let _ = channel.port2().post_message(&JsValue::NULL);
        });
    }
    erased(Box::new(then));
}

/// Marks `name` after the next paint, the first time only.
pub fn mark_once_painted(name: &'static str) {
    after_paint(move || {
        if !is_marked(name) {
            mark(name);
        }
    });
}

/// Marks the event from which the measure `name` runs.
pub fn begin(name: &str) {
    mark(&format!("{name}-begin"));
}

/// Ends the measure `name` after the next paint, if it was begun.
pub fn end_once_painted(name: &'static str) {
    let begin = format!("{name}-begin");
    if !is_marked(&begin) {
        return;
    }
    after_paint(move || {
        let Some(performance) = window().performance() else { return };
        if is_marked(&begin) && performance.measure_with_start_mark(name, &begin).is_ok() {
            performance.clear_marks_with_mark_name(&begin);
        }
    });
}
