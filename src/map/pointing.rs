//! What is pointed at, told between the map and the charts, which are drawn by another program: as events of the window.

use leptos::prelude::*;
use upheld_domain::council::GssCode;
use wasm_bindgen::JsCast as _;
use web_sys::{CustomEvent, CustomEventInit};

/// A council on the map is pointed at: its code, or nothing.
pub const ON_THE_MAP: &str = "upheld-on-map";

/// A council in a chart is pointed at: its code, or nothing.
pub const IN_A_CHART: &str = "upheld-in-chart";

/// Tells the charts of what is pointed at on the map.
pub fn tell(code: Option<GssCode>) {
    let init = CustomEventInit::new();
    init.set_detail(&code.map_or_else(String::new, |code| code.to_string()).into());
    if let Ok(event) = CustomEvent::new_with_event_init_dict(ON_THE_MAP, &init) {
        // That nobody stopped it says nothing.
        let _ = window().dispatch_event(&event);
    }
}

/// Calls `then` with what is pointed at in a chart.
pub fn hear(then: impl Fn(Option<GssCode>) + 'static) -> WindowListenerHandle {
    window_event_listener_untyped(IN_A_CHART, move |event| {
        let detail = event.unchecked_ref::<CustomEvent>().detail().as_string();
        then(detail.and_then(|code| code.parse().ok()));
    })
}
