//! Leaflet, through the `leaflet` crate, with the few calls that the crate lacks.

use super::boundaries::{Ring, Shape};
use crate::error::LoadError;
use js_sys::{Array, Function, Object, Reflect};
use leaflet::{
    Evented, FeatureGroup, LatLng, LatLngBounds, Layer, LayerGroup, Map, MapOptions, MouseEvent, Path, Point, Polygon,
    Polyline, PolylineOptions, Svg, SvgOptions, Tooltip, TooltipOptions,
};
use leptos::prelude::document;
use std::rc::Rc;
use upheld_domain::{
    cartogram::{Edge, is_outline},
    council::GssCode,
    register::CouncilId,
};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

#[wasm_bindgen]
extern "C" {
    /// A path that can be asked for its element.
    type Drawn;

    /// The SVG element of a path that is on the map.
    #[wasm_bindgen(method, js_name = getElement)]
    fn element(this: &Drawn) -> Option<Element>;

    /// A map that can say at which zoom bounds fit.
    type Zoomed;

    /// The highest zoom at which `bounds` are wholly in view.
    #[wasm_bindgen(method, js_name = getBoundsZoom)]
    fn bounds_zoom(this: &Zoomed, bounds: &LatLngBounds) -> f64;

    /// Bounds that can be compared.
    type Compared;

    /// Whether `other` lies within.
    #[wasm_bindgen(method, js_name = contains)]
    fn contains(this: &Compared, other: &LatLngBounds) -> bool;
}

/// The corners of England, with the Isles of Scilly: west, south, east, north, in degrees.
const ENGLAND: (f64, f64, f64, f64) = (-6.45, 49.86, 1.77, 55.82);

/// How far beyond the first view the reader can zoom in.
const DEEPEST_ZOOM: f64 = 13.0;

/// How far beyond the first view the map goes by itself, to a council that is too small to see.
const CLOSEST_BY_ITSELF: f64 = 2.0;

/// How large the map is on paper: as in `style/print.css`.
const PAPER: [(&str, &str); 2] = [("width", "17.5cm"), ("height", "12cm")];

/// Beyond the zoom of the first view by this much, full detail is wanted.
const DETAIL_AFTER: f64 = 1.5;

/// What the map asks of the page, and tells it.
pub struct Handlers {
    /// A council was clicked or tapped.
    pub choose: Box<dyn Fn(GssCode)>,
    /// A council is pointed at: what is its name, and what is to be said of it?
    pub describe: Box<dyn Fn(GssCode) -> (String, String)>,
    /// A council is pointed at, or no longer.
    pub pointed: Box<dyn Fn(Option<GssCode>)>,
    /// The reader has zoomed.
    pub zoomed: Box<dyn Fn()>,
}

struct Drawing {
    council: CouncilId,
    polygon: Polygon,
    element: Option<Element>,
    fill: &'static str,
    out: bool,
}

/// A map in its container. Dropping it takes it down, with all that listens to it.
pub struct Canvas {
    map: Map,
    group: FeatureGroup,
    renderer: Svg,
    drawings: Vec<Drawing>,
    /// The line around some of them, which stays above all.
    around: Option<Polyline>,
    chosen: Option<CouncilId>,
    /// The zoom at which England is framed whole.
    whole: f64,
    container: HtmlElement,
    /// What was in view before the page was printed: the middle, and the zoom.
    seen: Option<(LatLng, f64)>,
    /// Kept alive as long as Leaflet may call them.
    listeners: Vec<Closure<dyn FnMut(MouseEvent)>>,
    /// What moves the map at once in the place of gliding, where the reader wants less motion; kept alive likewise.
    #[expect(dead_code, reason = "Leaflet calls it")]
    still: Option<PanBy>,
}

impl Drop for Canvas {
    fn drop(&mut self) {
        // Without its listeners first: taking the map down moves things, and they would be called.
        self.map.unchecked_ref::<Evented>().off_all();
        self.group.unchecked_ref::<Evented>().off_all();
        // Leaflet's timer of a zoom outlives the map, and would move what is gone. A property can be set.
        let _ = Reflect::set(&self.map, &"_animatingZoom".into(), &JsValue::FALSE);
        self.map.remove();
    }
}

/// The property under which a polygon carries its council's code.
const CODE: &str = "councilCode";

impl Canvas {
    /// A map of England in `container`, without shapes: for fingers where it is `touch`, and one that does not glide where it is `still`.
    ///
    /// # Errors
    /// Where Leaflet is missing, or refuses the container.
    pub fn new(container: &HtmlElement, touch: bool, still: bool, handlers: Handlers) -> Result<Self, LoadError> {
        let options = MapOptions::default();
        options.set_attribution_control(false);
        // England fills its frame exactly; a step still is a whole level.
        options.set_zoom_snap(0.0);
        options.set_zoom_delta(1.0);
        options.set_max_bounds_viscosity(0.9);
        // On a touch screen one finger scrolls the page: a map must never be a trap.
        options.set_dragging(!touch);
        options.set_wheel_px_per_zoom_level(100.0);
        // A property of an ordinary object can be set.
        let set = |name: &str| Reflect::set(&options, &name.into(), &JsValue::from(!still));
        let _ = (set("zoomAnimation"), set("fadeAnimation"), set("inertia"));
        let map = Map::new_with_element(container, &options).map_err(|_| LoadError::Map)?;
        let still = still.then(|| pan_at_once(&map));
        let svg = SvgOptions::default();
        svg.set_padding(0.3);
        let renderer = Svg::with_options(&svg);
        let group = FeatureGroup::new();
        group.unchecked_ref::<Layer>().add_to(&map);

        let mut canvas = Self {
            map,
            group,
            renderer,
            drawings: Vec::new(),
            around: None,
            chosen: None,
            whole: 0.0,
            container: container.clone(),
            seen: None,
            listeners: Vec::new(),
            still,
        };
        canvas.frame();
        canvas.listen(handlers);
        Ok(canvas)
    }

    /// Shows England whole.
    pub fn frame(&mut self) {
        self.map.set_min_zoom(0.0);
        // Where there is room for it the legend stands to the right of England, not over it.
        let room = self.map.get_size().x() > 640.0;
        let beside = Array::of2(&JsValue::from(if room { 230.0 } else { 0.0 }), &JsValue::from(0.0));
        let options = Object::new();
        // A property of an ordinary object can be set.
        let _ = Reflect::set(&options, &"paddingBottomRight".into(), &beside);
        // At once: until an animation has ended, the map answers with the zoom from which it came.
        let _ = Reflect::set(&options, &"animate".into(), &JsValue::FALSE);
        self.map.fit_bounds_with_options(&england(), &options);
        self.whole = self.map.get_zoom();
        self.map.set_min_zoom(self.whole);
        self.map.set_max_zoom(DEEPEST_ZOOM);
        // Wide enough for the room beside England, too: narrower bounds would be centred.
        self.map.set_max_bounds(&pad(&england(), 1.2));
    }

    /// Follows a change of the container's size; England stays framed where it was.
    pub fn resize(&mut self) {
        let whole = self.map.get_zoom() <= self.whole + 0.01;
        self.map.invalidate_size(false);
        if whole {
            self.frame();
        }
    }

    /// Frames England whole for paper, where `begins`, and then shows again what was in view: what is said beside the map speaks of all councils.
    pub fn print(&mut self, begins: bool) {
        let style = self.container.style();
        for (length, on_paper) in PAPER {
            // A length that a style sheet knows can be set, and what is not set need not be taken away.
            let _ = if begins { style.set_property(length, on_paper) } else { style.remove_property(length).map(drop) };
        }
        if begins {
            self.seen = Some((self.map.get_center(), self.map.get_zoom()));
        }
        self.map.invalidate_size(false);
        self.frame();
        if let Some((middle, zoom)) = self.seen.take_if(|_| !begins) {
            self.map.set_view(&middle, zoom);
        }
    }

    /// Whether the reader is close enough to want full detail.
    pub fn wants_detail(&self) -> bool {
        self.map.get_zoom() > self.whole + DETAIL_AFTER
    }

    /// Draws `shapes` in place of what was drawn, and a line around all those of councils that `outlined` names.
    pub fn draw(&mut self, shapes: &[Shape], outlined: &dyn Fn(CouncilId) -> bool) {
        self.group.unchecked_ref::<LayerGroup>().clear_layers();
        let options = PolylineOptions::default();
        // Leaflet would thin out each shape on its own, and neighbours would gape.
        options.set_smooth_factor(0.0);
        options.set_renderer(self.renderer.clone().into());
        self.drawings = shapes
            .iter()
            .map(|shape| {
                let polygon = Polygon::new_with_options(&lat_lngs(&shape.parts), &options);
                // A property of an ordinary object can be set.
                let _ = Reflect::set(&polygon, &CODE.into(), &shape.code.as_str().into());
                polygon.unchecked_ref::<Layer>().add_to_layer_group(self.group.unchecked_ref::<LayerGroup>());
                let element = polygon.unchecked_ref::<Drawn>().element();
                Drawing { council: shape.council, polygon, element, fill: "", out: false }
            })
            .collect();
        let around = line_around(shapes, outlined);
        self.around = None;
        if around.length() > 0 {
            options.set_interactive(false);
            options.set_class_name("around".to_owned());
            let around = Polyline::new_with_options(&around, &options);
            around.unchecked_ref::<Layer>().add_to_layer_group(self.group.unchecked_ref::<LayerGroup>());
            self.around = Some(around);
        }
        let chosen = self.chosen.take();
        self.mark(chosen);
    }

    /// Puts finer `shapes` in the place of those of the same councils.
    pub fn refine(&mut self, shapes: &[Shape]) {
        for shape in shapes {
            if let Some(drawing) = self.drawings.iter().find(|drawing| drawing.council == shape.council) {
                drawing.polygon.unchecked_ref::<Polyline>().set_lat_lngs(&lat_lngs(&shape.parts));
            }
        }
    }

    /// Fills every shape by `name`, which also says which lie outside of what was selected; touches only those that change.
    pub fn fill(&mut self, name: &dyn Fn(CouncilId) -> (&'static str, bool)) {
        for drawing in &mut self.drawings {
            let (fill, out) = name(drawing.council);
            if drawing.out != out {
                drawing.out = out;
                if let Some(element) = &drawing.element {
                    // An attribute with a valid name can be set.
                    let _ = element.toggle_attribute_with_force("data-out", out);
                }
            }
            if drawing.fill != fill {
                drawing.fill = fill;
                if let Some(element) = &drawing.element {
                    // An attribute with a valid name can be set.
                    let _ = element.set_attribute("data-fill", fill);
                }
            }
        }
    }

    /// Brings a shape before all others, the line around some of them excepted.
    fn raise(&self, drawing: &Drawing) {
        drawing.polygon.unchecked_ref::<Path>().bring_to_front();
        if let Some(around) = &self.around {
            around.unchecked_ref::<Path>().bring_to_front();
        }
    }

    /// Lights up `council`, which is pointed at elsewhere, and no other.
    pub fn light(&self, council: Option<CouncilId>) {
        for drawing in &self.drawings {
            let Some(element) = &drawing.element else { continue };
            let lit = Some(drawing.council) == council;
            if lit {
                self.raise(drawing);
            }
            // An attribute with a valid name can be set.
            let _ = element.toggle_attribute_with_force("data-lit", lit);
        }
    }

    /// Outlines `council`, and no other.
    pub fn mark(&mut self, council: Option<CouncilId>) {
        for drawing in &self.drawings {
            let Some(element) = &drawing.element else { continue };
            if Some(drawing.council) == council {
                let _ = element.set_attribute("data-chosen", "");
                self.raise(drawing);
            } else if Some(drawing.council) == self.chosen {
                let _ = element.remove_attribute("data-chosen");
            }
        }
        self.chosen = council;
    }

    /// Brings `council` into view, closer where it would be too small to see.
    pub fn show(&self, council: CouncilId) {
        let Some(drawing) = self.drawings.iter().find(|drawing| drawing.council == council) else { return };
        let bounds = drawing.polygon.unchecked_ref::<Polyline>().get_bounds();
        let fitting = self.map.unchecked_ref::<Zoomed>().bounds_zoom(&bounds);
        let zoom = self.map.get_zoom();
        let in_view = self.map.get_bounds().unchecked_ref::<Compared>().contains(&bounds);
        // At four zooms from filling the map it is a sixteenth of it across.
        if !in_view || fitting > zoom + 4.0 {
            let (south_west, north_east) = (bounds.get_south_west(), bounds.get_north_east());
            let latitude = f64::midpoint(south_west.lat(), north_east.lat());
            let centre = LatLng::new(latitude, f64::midpoint(south_west.lng(), north_east.lng()));
            // Not so close that nothing around it can be recognised.
            self.map.set_view(&centre, (self.whole + CLOSEST_BY_ITSELF).min(fitting));
        }
    }

    fn listen(&mut self, handlers: Handlers) {
        let Handlers { choose, describe, pointed, zoomed } = handlers;
        let pointed = Rc::new(pointed);
        let left = pointed.clone();
        let options = TooltipOptions::default();
        options.set_direction("top".to_owned());
        options.set_offset(Point::new(0.0, -8.0));
        options.set_opacity(1.0);
        // One tooltip for all: one each would make every shape focusable, and the map slow.
        let tooltip = Tooltip::new(&options, None);
        let (map, shared) = (self.map.clone(), tooltip.clone());
        self.on_group("click", move |event| {
            if let Some(code) = code_of(event) {
                map.close_tooltip(&shared);
                choose(code);
            }
        });
        let (map, shared) = (self.map.clone(), tooltip.clone());
        self.on_group("mouseover", move |event| {
            let Some(code) = code_of(event) else { return };
            pointed(Some(code));
            let (name, text) = describe(code);
            shared.set_content(&tooltip_content(&name, &text));
            shared.set_lat_lng(&event.lat_lng());
            map.open_tooltip(&shared);
        });
        let shared = tooltip.clone();
        self.on_group("mousemove", move |event| {
            shared.set_lat_lng(&event.lat_lng());
        });
        let map = self.map.clone();
        self.on_group("mouseout", move |_| {
            left(None);
            map.close_tooltip(&tooltip);
        });
        let listener = Closure::<dyn FnMut(MouseEvent)>::new(move |_| zoomed());
        self.map.unchecked_ref::<Evented>().on("zoomend", listener.as_ref());
        self.listeners.push(listener);
    }

    fn on_group(&mut self, event: &str, handle: impl Fn(&MouseEvent) + 'static) {
        let listener = Closure::<dyn FnMut(MouseEvent)>::new(move |event| handle(&event));
        self.group.unchecked_ref::<Evented>().on(event, listener.as_ref());
        self.listeners.push(listener);
    }
}

/// Leaflet's function that moves a map by an offset, with options.
type PanBy = Closure<dyn FnMut(JsValue, JsValue) -> JsValue>;

/// Has `map` move at once wherever it would glide. Leaflet's own option is one of each call, and keys do not set it.
fn pan_at_once(map: &Map) -> PanBy {
    let (name, of) = (JsValue::from("panBy"), map.clone());
    let glide = Reflect::get(map, &name).unwrap_or_default().unchecked_into::<Function>();
    let pan = PanBy::new(move |offset, options: JsValue| {
        let options = if options.is_object() { options } else { Object::new().into() };
        // A property of an ordinary object can be set.
        let _ = Reflect::set(&options, &"animate".into(), &JsValue::FALSE);
        glide.call2(&of, &offset, &options).unwrap_or_default()
    });
    let _ = Reflect::set(map, &name, pan.as_ref());
    pan
}

/// The code of the council at which an event happened.
fn code_of(event: &MouseEvent) -> Option<GssCode> {
    let polygon = event.unchecked_ref::<leaflet::Event>().propagated_from();
    let code = Reflect::get(&polygon, &CODE.into()).ok()?.as_string()?;
    code.parse().ok()
}

fn tooltip_content(name: &str, text: &str) -> JsValue {
    let line = |tag: &str, text: &str| {
        let element = document().create_element(tag).ok()?;
        element.set_text_content(Some(text));
        Some(element)
    };
    let Some(content) = line("div", "") else { return JsValue::NULL };
    for part in [line("strong", name), line("span", text)].into_iter().flatten() {
        // An element takes any other as its child.
        let _ = content.append_child(&part);
    }
    content.into()
}

fn lat_lngs(parts: &[Vec<Ring>]) -> Array {
    let ring = |ring: &Ring| -> Array {
        let positions = ring.iter().filter_map(|position| match position.as_slice() {
            [longitude, latitude, ..] => Some(LatLng::new(*latitude, *longitude)),
            _ => None,
        });
        positions.collect()
    };
    let part = |rings: &Vec<Ring>| -> Array { rings.iter().map(ring).collect() };
    parts.iter().map(part).collect()
}

/// The line around those of `shapes` whose councils `outlined` names, edge by edge.
fn line_around(shapes: &[Shape], outlined: &dyn Fn(CouncilId) -> bool) -> Array {
    let mut edges: Vec<Edge> = Vec::new();
    for shape in shapes.iter().filter(|shape| outlined(shape.council)) {
        for ring in shape.parts.iter().flatten() {
            for side in ring.windows(2) {
                if let [from, to] = side
                    && let ([x, y, ..], [end_x, end_y, ..]) = (from.as_slice(), to.as_slice())
                {
                    edges.push([*x, *y, *end_x, *end_y]);
                }
            }
        }
    }
    let line = Array::new();
    for edge in edges.iter().filter(|edge| is_outline(edge, &edges)) {
        let [x, y, end_x, end_y] = *edge;
        line.push(&Array::of2(&LatLng::new(y, x), &LatLng::new(end_y, end_x)));
    }
    line
}

fn england() -> LatLngBounds {
    let (west, south, east, north) = ENGLAND;
    LatLngBounds::new(&LatLng::new(south, west), &LatLng::new(north, east))
}

/// `bounds`, grown on each side by `share` of its width and height.
fn pad(bounds: &LatLngBounds, share: f64) -> LatLngBounds {
    let (south_west, north_east) = (bounds.get_south_west(), bounds.get_north_east());
    let height = (north_east.lat() - south_west.lat()) * share;
    let width = (north_east.lng() - south_west.lng()) * share;
    LatLngBounds::new(
        &LatLng::new(south_west.lat() - height, south_west.lng() - width),
        &LatLng::new(north_east.lat() + height, north_east.lng() + width),
    )
}
