//! What a reader does with charts: points at a dot, steps through the dots by keys, opens one, draws a frame round some.
//!
//! One set of listeners on the document serves every chart on the page. What is pointed at is told to the map, and heard from it: see
//! [`crate::map::pointing`].

use super::named::{FUNNEL, MAP_YEARS, Named, funnel, funnel_kind};
use crate::{
    council::{kept, sheet},
    map::pointing::{IN_A_CHART, ON_THE_MAP},
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use upheld_charts::{About, Chart as _, Picture, Shape};
use upheld_domain::{
    edition::Edition,
    register::CouncilId,
    view::{Span, TableView, View},
    words::percent,
};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use web_sys::{
    CustomEvent, CustomEventInit, Document, Element, Event, FormData, HtmlCanvasElement, HtmlElement, HtmlFormElement,
    KeyboardEvent, PointerEvent, Window,
};

/// The event that asks the first program to go to an address.
pub const GO: &str = "upheld-go";

/// How far from a dot the pointer may be, in CSS pixels.
const REACH: f64 = 10.0;

/// From how far on a movement is a frame and not a press, in CSS pixels.
const FRAME: f64 = 6.0;

/// The desk at which a reader sits with the charts.
pub struct Desk {
    edition: Rc<Edition>,
    window: Window,
    document: Document,
    /// The chart that was asked last: its place, width and address, and how it is laid out.
    last: RefCell<Option<(String, Rc<Picture>)>>,
    /// Where a frame was begun, and in which chart.
    begun: RefCell<Option<(HtmlCanvasElement, f64, f64)>>,
    /// By what a dot is lit: what lit it puts it out.
    lit: Cell<Lit>,
}

/// By what a dot is lit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lit {
    /// None is.
    Nothing,
    /// A pointer on the chart.
    Pointer,
    /// Keys.
    Keys,
    /// A pointer on the map.
    Map,
}

/// What is done when an event happens.
type Act = fn(&Desk, &Event);

/// A chart on the page.
struct Seat {
    canvas: HtmlCanvasElement,
    view: View,
    which: String,
    picture: Rc<Picture>,
}

impl Desk {
    /// Listens, for as long as the page is there.
    pub fn open(edition: Rc<Edition>) {
        let Some(window) = web_sys::window() else { return };
        let Some(document) = window.document() else { return };
        let (last, begun) = (RefCell::new(None), RefCell::new(None));
        let desk = Rc::new(Self { edition, window, document, last, begun, lit: Cell::new(Lit::Nothing) });
        let listen: [(&str, Act); 10] = [
            ("pointermove", |desk, event| desk.moved(event)),
            ("pointerdown", |desk, event| desk.pressed(event)),
            ("pointerup", |desk, event| desk.let_go(event)),
            // The browser takes the finger to scroll with: what was drawn of the sheet stops where it is.
            ("pointercancel", |_, event| sheet::ended(event)),
            ("keydown", |desk, event| desk.key(event)),
            ("focusout", |desk, _| desk.left()),
            ("click", |desk, event| desk.clicked(event)),
            ("submit", |desk, event| desk.submitted(event)),
            ("toggle", |desk, event| super::years::toggled(&desk.edition, event)),
            (ON_THE_MAP, |desk, event| desk.heard(event)),
        ];
        for (event, act) in listen {
            let desk_there = desk.clone();
            let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| act(&desk_there, &event));
            // Before others: a key that a chart takes is not the panel's. What cannot be listened to is not heard.
            let target: &web_sys::EventTarget = if event == ON_THE_MAP { &desk.window } else { &desk.document };
            let _ = target.add_event_listener_with_callback_and_bool(event, listener.as_ref().unchecked_ref(), true);
            listener.forget();
        }
    }

    /// The chart whose canvas, or way by keys, an event is of.
    fn seat(&self, target: Option<web_sys::EventTarget>) -> Option<Seat> {
        let drawing = target?.dyn_into::<Element>().ok()?.closest(".drawing").ok()??;
        self.seat_of(drawing.query_selector("canvas[data-chart]").ok()??.unchecked_into())
    }

    fn seat_of(&self, canvas: HtmlCanvasElement) -> Option<Seat> {
        // Small maps have nothing to be pointed at.
        let which = canvas.get_attribute("data-chart").filter(|which| which != MAP_YEARS)?;
        let address = canvas.closest("[data-view]").ok()??.get_attribute("data-view")?;
        let width = canvas.client_width();
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        let view = View::read(&self.edition, path, query).0;
        let key = format!("{which} {width} {address}");
        let kept = self.last.borrow().as_ref().filter(|(of, _)| *of == key).map(|(_, picture)| picture.clone());
        let picture = match kept {
            Some(picture) => picture,
            None => Rc::new(Named::of(&self.edition, &view, &which)?.picture(f64::from(width))),
        };
        *self.last.borrow_mut() = Some((key, picture.clone()));
        Some(Seat { canvas, view, which, picture })
    }

    fn moved(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        if sheet::moved(event) || self.frames(event) {
            return;
        }
        match self.seat(event.target()) {
            Some(seat) => {
                let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
                self.light(Lit::Pointer, Some(&seat), seat.picture.dot_at(x, y, REACH));
            }
            None if self.lit.get() == Lit::Pointer => self.light(Lit::Pointer, None, None),
            None => {}
        }
    }

    /// The focus goes elsewhere: what was lit by keys goes out.
    fn left(&self) {
        if self.lit.get() == Lit::Keys {
            self.light(Lit::Keys, None, None);
        }
    }

    fn pressed(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        if sheet::pressed(event) {
            return;
        }
        let Some(seat) = self.seat(event.target()) else { return };
        // A finger scrolls the page: who has no mouse types the numbers.
        if seat.which == FUNNEL && event.pointer_type() != "touch" && event.button() == 0 {
            event.prevent_default();
            // Without capture the frame ends at the chart's edge.
            let _ = seat.canvas.set_pointer_capture(event.pointer_id());
            let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
            *self.begun.borrow_mut() = Some((seat.canvas, x, y));
        }
    }

    /// Draws the frame that is being made, where there is one.
    fn frames(&self, event: &PointerEvent) -> bool {
        let begun = self.begun.borrow();
        let Some((canvas, x, y)) = begun.as_ref() else { return false };
        let (to_x, to_y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        if (to_x - x).abs().max((to_y - y).abs()) < FRAME {
            return false;
        }
        if let Some(frame) = self.mark(canvas, "brush") {
            let edges = [
                ("left", x.min(to_x)),
                ("top", y.min(to_y)),
                ("width", (to_x - x).abs()),
                ("height", (to_y - y).abs()),
            ];
            place(&frame, &edges);
        }
        true
    }

    fn let_go(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        if sheet::let_go(event) {
            return;
        }
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let begun = self.begun.borrow_mut().take();
        let moved = begun.filter(|(_, from_x, from_y)| (x - from_x).abs().max((y - from_y).abs()) >= FRAME);
        if let Some((canvas, from_x, from_y)) = moved {
            self.select(canvas, (from_x, from_y), (x, y));
            return;
        }
        let Some(seat) = self.seat(event.target()).filter(|_| event.button() == 0) else { return };
        if let Some(about) = seat.picture.dot_at(x, y, REACH) {
            self.open_dot(&seat.view, about);
        }
    }

    /// Selects the councils within a frame that was drawn.
    fn select(&self, canvas: HtmlCanvasElement, from: (f64, f64), to: (f64, f64)) {
        let width = f64::from(canvas.client_width());
        let Some(seat) = self.seat_of(canvas) else { return };
        let Some(chart) = funnel(&self.edition, &seat.view) else { return };
        let plot = seat.picture.plot;
        let inside = |(x, y): (f64, f64)| (x.clamp(plot.left, plot.right), y.clamp(plot.top, plot.bottom));
        let value = |at: (f64, f64)| chart.value_at(width, inside(at).0, inside(at).1);
        if let (Some(one), Some(other)) = (value(from), value(to)) {
            let span = |one: f64, other: f64, most: u32| Span {
                from: whole(one.min(other).ceil(), most),
                to: whole(one.max(other).floor(), most),
            };
            let cases = span(one.0, other.0, chart.funnel().most_cases());
            let rates = span(one.1, other.1, 100);
            self.go(&self.selecting(&seat.view, Some(cases), Some(rates)));
        }
    }

    /// `view` with councils selected in its funnel plot.
    fn selecting(&self, view: &View, cases: Option<Span>, rates: Option<Span>) -> View {
        let kind = funnel_kind(&self.edition, view);
        let sound = |span: Option<Span>| span.map(|it| Span { from: it.from.min(it.to), to: it.from.max(it.to) });
        let table = TableView { kind, cases: sound(cases), rates: sound(rates), ..view.table };
        View { table, ..view.clone() }
    }

    fn key(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(steps) = target.filter(|target| target.class_name() == "steps") else { return };
        let Some(seat) = self.seat(event.target()) else { return };
        let dots = dots(&seat.picture);
        let now = steps.get_attribute("aria-valuenow").and_then(|now| now.parse::<usize>().ok()).unwrap_or(0);
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => (now + 1).min(dots.len()),
            "ArrowLeft" | "ArrowDown" => now.saturating_sub(1).max(1),
            "PageUp" => (now + 10).min(dots.len()),
            "PageDown" => now.saturating_sub(10).max(1),
            "Home" => 1,
            "End" => dots.len(),
            "Escape" if now > 0 => 0,
            "Enter" | " " => {
                event.prevent_default();
                if let Some((about, ..)) = now.checked_sub(1).and_then(|at| dots.get(at)) {
                    self.open_dot(&seat.view, *about);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let about = next.checked_sub(1).and_then(|at| dots.get(at)).map(|(about, ..)| *about);
        let said = about.map_or_else(|| "none".to_owned(), |about| self.words(&seat.view, about));
        let values =
            [("aria-valuemax", dots.len().to_string()), ("aria-valuenow", next.to_string()), ("aria-valuetext", said)];
        for (name, value) in values {
            // An attribute with a valid name can be set.
            let _ = steps.set_attribute(name, &value);
        }
        self.light(Lit::Keys, Some(&seat), about);
    }

    /// What is said of a dot.
    fn words(&self, view: &View, about: About) -> String {
        let (id, year) = match about {
            About::Council(id) => (Some(id), view.year),
            About::Year(year) => (view.council(&self.edition).map(|(id, _)| id), year),
            About::Kin(id, year) | About::Of(id, year) => (Some(id), year),
            About::Key => (None, view.year),
        };
        let Some((id, council)) = id.and_then(|id| Some((id, self.edition.register().get(id)?))) else {
            return String::new();
        };
        let reading = self.edition.read(id, year, view.measure);
        let figure = reading.map_or_else(|absent| absent.words().to_owned(), |rate| rate.with_counts(view.measure));
        match about {
            About::Council(_) => format!("{}: {figure}", council.short_name),
            _ => format!("{}, {year}: {figure}", council.short_name),
        }
    }

    /// Goes where a dot leads.
    fn open_dot(&self, view: &View, about: About) {
        let next = match about {
            About::Council(id) => view.choose(&self.edition, id),
            About::Year(year) => View { year, ..view.clone() },
            About::Kin(id, year) | About::Of(id, year) => View { year, ..view.choose(&self.edition, id) },
            About::Key => return,
        };
        self.go(&next);
    }

    fn go(&self, view: &View) {
        self.tell(GO, &view.address(&self.edition));
    }

    fn tell(&self, event: &str, detail: &str) {
        let init = CustomEventInit::new();
        init.set_detail(&JsValue::from(detail));
        if let Ok(event) = CustomEvent::new_with_event_init_dict(event, &init) {
            // That nobody stopped it says nothing.
            let _ = self.window.dispatch_event(&event);
        }
    }

    /// Lights up a dot of one chart; where it is a council's also on the map, and in every other chart. Nothing puts the lights out.
    fn light(&self, by: Lit, seat: Option<&Seat>, about: Option<About>) {
        if about.is_none() && self.lit.get() == Lit::Nothing {
            return;
        }
        self.lit.set(if about.is_some() { by } else { Lit::Nothing });
        let council = match about {
            Some(About::Council(id)) => Some(id),
            _ => None,
        };
        let code = council.and_then(|id| self.edition.register().get(id)).map(|council| council.code.to_string());
        self.tell(IN_A_CHART, &code.unwrap_or_default());
        self.ring_all(council);
        if let (Some(seat), Some(about)) = (seat, about) {
            self.ring(seat, about);
        }
    }

    /// A council on the map is pointed at.
    fn heard(&self, event: &Event) {
        let code = event.dyn_ref::<CustomEvent>().and_then(|event| event.detail().as_string());
        let council = code.and_then(|code| self.edition.register().by_code(code.parse().ok()?));
        self.lit.set(if council.is_some() { Lit::Map } else { Lit::Nothing });
        self.ring_all(council);
    }

    /// Puts a ring round a council's dot in every chart that has one; without a council takes all rings away.
    fn ring_all(&self, council: Option<CouncilId>) {
        if let Ok(marks) = self.document.query_selector_all(".drawing > .ring, .drawing > .tip") {
            for place in 0..marks.length() {
                if let Some(mark) = marks.item(place).and_then(|mark| mark.dyn_into::<Element>().ok()) {
                    mark.remove();
                }
            }
        }
        let Some(council) = council else { return };
        let Ok(canvases) = self.document.query_selector_all("canvas[data-chart]") else { return };
        for place in 0..canvases.length() {
            let canvas = canvases.item(place).and_then(|canvas| canvas.dyn_into::<HtmlCanvasElement>().ok());
            let Some(seat) = canvas.and_then(|canvas| self.seat_of(canvas)) else { continue };
            self.ring(&seat, About::Council(council));
        }
    }

    /// Puts a ring round a dot, with what is to be said of it.
    fn ring(&self, seat: &Seat, about: About) {
        let Some((_, x, y, radius)) = dots(&seat.picture).into_iter().find(|(of, ..)| *of == about) else { return };
        let around = radius + 3.0;
        if let Some(ring) = self.mark(&seat.canvas, "ring") {
            place(
                &ring,
                &[("left", x - around), ("top", y - around), ("width", 2.0 * around), ("height", 2.0 * around)],
            );
        }
        if let Some(tip) = self.mark(&seat.canvas, "tip") {
            tip.set_text_content(Some(&self.words(&seat.view, about)));
            // Towards the middle, where there is room.
            let width = f64::from(seat.canvas.client_width());
            let left = if x < width / 2.0 { x } else { (x - f64::from(tip.offset_width())).max(0.0) };
            let above = y - around - 4.0 - f64::from(tip.offset_height());
            place(&tip, &[("left", left), ("top", if above > 0.0 { above } else { y + around + 4.0 })]);
        }
    }

    /// The mark of a class over a chart: the one that is there, or a new one.
    fn mark(&self, canvas: &HtmlCanvasElement, class: &str) -> Option<HtmlElement> {
        let drawing = canvas.parent_element()?;
        if let Ok(Some(mark)) = drawing.query_selector(&format!(".{class}")) {
            return mark.dyn_into().ok();
        }
        let mark = self.document.create_element("div").ok()?;
        mark.set_class_name(class);
        drawing.append_child(&mark).ok()?;
        mark.dyn_into().ok()
    }

    /// Something was pressed: a way to take something away, or a link, after which what it stood in is written anew.
    fn clicked(&self, event: &Event) {
        super::take::clicked(&self.edition, event);
        kept::clicked(&self.edition, event);
        sheet::clicked(event);
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest("[data-view] a[href]").ok().flatten().is_some()) {
            self.regain("main h1");
        }
    }

    /// Gives the focus to what `selector` finds, once what was asked for is written: where it was lost with what it was on.
    fn regain(&self, selector: &str) {
        regain_within(FRAMES, self.window.clone(), self.document.clone(), selector.to_owned());
    }

    /// A form that belongs to a chart or a comparison was sent.
    fn submitted(&self, event: &Event) {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form.filter(|form| form.has_attribute("data-form")) else { return };
        event.prevent_default();
        let Ok(data) = FormData::new_with_form(&form) else { return };
        let address = form.closest("[data-view]").ok().flatten().and_then(|it| it.get_attribute("data-view"));
        let address = address.unwrap_or_default();
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        let view = View::read(&self.edition, path, query).0;
        let field = |name: &str| data.get(name).as_string().unwrap_or_default();
        let name = form.get_attribute("data-form").unwrap_or_default();
        self.regain(&format!("form[data-form={name}] :is(input, select)"));
        match name.as_str() {
            "select" => {
                let number = |name: &str| field(name).trim().parse::<u32>().ok();
                let span = |from: &str, to: &str, most: u32| match (number(from), number(to)) {
                    (None, None) => None,
                    (from, to) => Some(Span { from: from.unwrap_or(0), to: to.unwrap_or(most) }),
                };
                let most = funnel(&self.edition, &view).map_or(u32::MAX, |chart| chart.funnel().most_cases());
                let (cases, rates) = (span("cases-from", "cases-to", most), span("rates-from", "rates-to", 100));
                self.go(&self.selecting(&view, cases, rates));
            }
            "kind" => {
                let table = TableView { kind: field("type").parse().ok(), cases: None, rates: None, ..view.table };
                self.go(&View { table, ..view });
            }
            "compare" => {
                let (next, unknown) = crate::comparison::add(&self.edition, &view, &field("names"));
                if let Ok(Some(said)) = form.query_selector("[role=status]") {
                    said.set_text_content(Some(&unknown));
                }
                if unknown.is_empty() {
                    self.go(&next);
                }
            }
            "then" => {
                self.go(&crate::comparison::held_against(&view, field("then").parse().ok()));
            }
            _ => {}
        }
    }
}

/// Within how many frames what was asked for is written, the first of them too early to look.
const FRAMES: u32 = 12;

/// Looks in each of so many frames to come whether the focus was lost, and gives it to what `selector` finds. Where there are no frames,
/// nothing is lost but this.
fn regain_within(frames: u32, window: Window, document: Document, selector: String) {
    let asked = window.clone();
    let look = Closure::once_into_js(move || {
        let lost = document.active_element().is_none_or(|element| element.node_name() == "BODY");
        let found = document.query_selector(&selector).ok().flatten().filter(|_| lost && frames < FRAMES);
        match found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // An element that cannot take the focus leaves it where it was.
            Some(element) => drop(element.focus()),
            None if frames > 0 => regain_within(frames - 1, window, document, selector),
            None => {}
        }
    });
    let _ = asked.request_animation_frame(look.unchecked_ref());
}

/// The dots of a picture that stand for something: what for, where, how large; from left to right, then from the top down.
fn dots(picture: &Picture) -> Vec<(About, f64, f64, f64)> {
    let dots = picture.shapes.iter().filter_map(|shape| match shape {
        Shape::Dot { about, x, y, radius, .. } if *about != About::Key => Some((*about, *x, *y, *radius)),
        _ => None,
    });
    let dots: Vec<_> = dots.collect();
    upheld_domain::order::sorted(&dots, &|one, other| one.1.total_cmp(&other.1).then(one.2.total_cmp(&other.2)))
}

fn place(element: &HtmlElement, edges: &[(&str, f64)]) {
    for (edge, at) in edges {
        // A length that a style sheet knows can be set.
        let _ = element.style().set_property(edge, &format!("{at:.1}px"));
    }
}

/// A number from a drawing as a whole one, no larger than `most`.
fn whole(value: f64, most: u32) -> u32 {
    (0..=most).find(|whole| value <= f64::from(*whole)).unwrap_or(most)
}

/// Writes the form that selects councils by numbers, for who does not draw a frame, and what is selected now.
pub fn selection(html: &mut upheld_pages::html::Html, edition: &Edition, view: &View) {
    let Some(chart) = funnel(edition, view) else { return };
    let (_, many) = upheld_domain::in_words::cases(view.measure);
    let most = chart.funnel().most_cases();
    html.within("form", &[("class", "select"), ("data-form", "select")], |html| {
        html.within("fieldset", &[], |html| {
            html.element("legend", "Show only some of them on the map and in the table");
            let table = view.table;
            let at = |span: Option<Span>, end: fn(Span) -> u32| span.map_or(String::new(), |it| end(it).to_string());
            let fields = [
                ("cases-from", format!("From how many {many}"), at(table.cases, |it| it.from), most),
                ("cases-to", format!("To how many {many}"), at(table.cases, |it| it.to), most),
                ("rates-from", "From what rate, in %".to_owned(), at(table.rates, |it| it.from), 100),
                ("rates-to", "To what rate, in %".to_owned(), at(table.rates, |it| it.to), 100),
            ];
            for (name, label, value, most) in fields {
                html.within("label", &[], |html| {
                    html.text(&label);
                    let most = most.to_string();
                    let input = [
                        ("name", name),
                        ("type", "number"),
                        ("min", "0"),
                        ("max", &most),
                        ("inputmode", "numeric"),
                        ("value", &value),
                    ];
                    html.void("input", &input);
                });
            }
            html.within("button", &[("type", "submit")], |html| {
                html.text("Show only these");
            });
        });
    });
    if view.table.selects() {
        let selected = chart.selected().len();
        html.within("p", &[("class", "base")], |html| {
            html.text(&format!("{selected} of {} selected. ", chart.points().len()));
            html.link(&view.unselected().address(edition), "Show all").text(".");
        });
    }
    if let Some(over) = chart.funnel().dispersion.filter(|it| it.is_over()) {
        html.within("p", &[("class", "base")], |html| {
            html.text(&format!(
                "These councils spread {} more than chance alone would have them (φ = {:.1}). ",
                percent((over.phi - 1.0) * 100.0),
                over.phi
            ));
            let words = if view.widened { "Draw the limits for chance alone" } else { "Widen the limits for that" };
            html.link(&View { widened: !view.widened, ..view.clone() }.address(edition), words).text(".");
        });
    }
}
