//! Components, each by itself in a browser, on the edition of `data/`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

use leptos::{mount::mount_to, prelude::*};
use std::{cell::Cell, rc::Rc, sync::Arc};
use upheld_app::{
    chart,
    details::Loader,
    edition::Files,
    error::{LoadError, Problem},
    fragment::fragment,
    map::CouncilMap,
    marks,
    route::Router,
    search::{CouncilSearch, options},
    store::Store,
    table::CouncilTable,
};
use upheld_domain::{edition::Edition, holdings::Holdings, measure::Measure, search::Index, view::View};
use upheld_pages::{choropleth::Fills, html::Html, legend};
use upheld_sources::{averages, councils, edition_note, error::TableError, figures, national, table::Table};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlCanvasElement, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

/// What a table says, without the numbers of its rows.
fn all<T>(table: Table<T>) -> Vec<T> {
    let rows = table.complete().map_err(|errors: Vec<TableError>| errors.first().map(ToString::to_string));
    rows.unwrap().into_iter().map(|row| row.value).collect()
}

/// The edition that `data/` holds.
fn edition() -> Edition {
    let holdings = Holdings {
        edition: edition_note::read("edition.csv", include_bytes!("../data/edition.csv")).unwrap(),
        councils: all(councils::read("councils.csv", include_bytes!("../data/councils.csv")))
            .into_iter()
            .map(|row| row.council)
            .collect(),
        figures: all(figures::read("figures.csv", include_bytes!("../data/figures.csv"))),
        averages: all(averages::read("averages.csv", include_bytes!("../data/averages.csv"))),
        national: all(national::read("national.csv", include_bytes!("../data/national.csv"))),
        ..Holdings::default()
    };
    holdings.edition().unwrap()
}

/// A component on the page, out of sight when dropped.
struct Stage {
    place: HtmlElement,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.place.remove();
    }
}

impl Stage {
    fn find(&self, selector: &str) -> Element {
        self.place.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector} in {}", self.text()))
    }

    fn count(&self, selector: &str) -> u32 {
        self.place.query_selector_all(selector).unwrap().length()
    }

    fn texts(&self, selector: &str) -> Vec<String> {
        let found = self.place.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|place| found.item(place)?.text_content()).collect()
    }

    fn text(&self) -> String {
        self.place.text_content().unwrap_or_default()
    }

    fn click(&self, selector: &str) {
        self.find(selector).unchecked_into::<HtmlElement>().click();
    }
}

/// Puts `content` on the page.
fn stage<V: IntoView + 'static>(content: impl FnOnce() -> V + 'static) -> Stage {
    let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&place).unwrap();
    // As on the page itself, the address bar outlives what follows it.
    mount_to(place.clone(), content).forget();
    Stage { place }
}

/// Puts `content` on the page at `query` of the map, with the store that components ask for.
fn stage_at<V: IntoView + 'static>(query: &'static str, content: impl FnOnce(Store) -> V + 'static) -> Stage {
    stage(move || {
        let router = Router::start();
        router.go(query);
        let store =
            Store::new(Arc::new(edition()), Loader::new(Files { edition: "{}".to_owned(), opened: None }), router);
        provide_context(store);
        content(store)
    })
}

/// Waits until `holds` does, from frame to frame; fails when it has not after many.
async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..600 {
        if holds() {
            return;
        }
        let frame = js_sys::Promise::new(&mut |resolve, _| {
            request_animation_frame(move || {
                resolve.call0(&wasm_bindgen::JsValue::NULL).unwrap();
            });
        });
        JsFuture::from(frame).await.unwrap();
    }
    panic!("still waiting: {what}");
}

#[wasm_bindgen_test]
async fn a_problem_says_what_and_why_and_tries_again() {
    let tries = Rc::new(Cell::new(0));
    let counted = StoredValue::new_local(tries.clone());
    let error = LoadError::Status { path: "data/v1/edition.json".to_owned(), status: 404 };
    let stage = stage(move || {
        let retry = Callback::new(move |()| counted.with_value(|tries| tries.set(tries.get() + 1)));
        view! { <Problem what="The figures could not be loaded." error=error.to_string() retry/> }
    });
    let words = "The figures could not be loaded. data/v1/edition.json is not there (the server answered 404).";
    assert_eq!(stage.find("[role=alert] p").text_content().unwrap(), words);
    stage.click("button");
    stage.click("button");
    assert_eq!(tries.get(), 2);
}

/// The legend of what `store` shows.
fn legend_of(store: Store) -> impl IntoView {
    let mut html = Html::default();
    legend::write(&mut html, &store.view(), &store.fills());
    view! { <div inner_html=html.written()></div> }
}

#[wasm_bindgen_test]
async fn the_legend_counts_every_council_of_the_year_once() {
    for (query, councils) in [("", 153), ("?year=2020", 151), ("?tier=lower", 296), ("?tier=lower&measure=remedy", 296)]
    {
        let stage = stage_at(query, legend_of);
        until("the legend", || stage.count(".legend li") > 3).await;
        let counts = stage.texts(".legend .count");
        let labels = stage.texts(".legend .class");
        let sum: usize = labels
            .iter()
            .zip(&counts)
            .filter(|(label, _)| !label.contains("hatched"))
            .map(|(_, count)| count.split(' ').next().unwrap().parse::<usize>().unwrap())
            .sum();
        assert_eq!(sum, councils, "{query}: {labels:?} {counts:?}");
    }
}

#[wasm_bindgen_test]
async fn the_table_shows_the_councils_of_its_address_in_the_order_that_is_asked_for() {
    let stage = stage_at("table/?tier=lower&type=district&sort=uphold&order=desc", |_| {
        view! { <CouncilTable choices=true/> }
    });
    until("rows", || stage.count("tbody tr") > 0).await;
    assert_eq!(stage.count("tbody tr"), 164);
    let kinds = stage.texts("tbody td:nth-child(6)");
    assert!(kinds.iter().all(|kind| kind.to_lowercase().contains("district")), "{kinds:?}");
    let edition = edition();
    let view = View::read(&edition, "table/", "tier=lower").0;
    let rate = |name: &String| {
        let found = edition.register().in_year(view.year).find(|(_, council)| council.name == *name);
        edition.read(found.unwrap().0, view.year, Measure::Uphold).ok().map(|rate| rate.value)
    };
    let rates: Vec<Option<f64>> = stage.texts("tbody th a").iter().map(rate).collect();
    assert!(rates.iter().flatten().count() > 5);
    assert!(rates.is_sorted_by(|a, b| a >= b), "falling, and what has no figure last: {rates:?}");

    let input: web_sys::HtmlElement = stage.find("#name-filter").unchecked_into();
    js_sys::Reflect::set(&input, &"value".into(), &"cambridge".into()).unwrap();
    input.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    until("fewer rows", || stage.count("tbody tr") < 10).await;
    let names = stage.texts("tbody th a");
    assert!(names.iter().all(|name| name.to_lowercase().contains("cambridge")) && !names.is_empty(), "{names:?}");
}

#[wasm_bindgen_test]
async fn the_search_says_that_it_is_getting_ready_until_it_can_answer() {
    let stage = stage_at("", |_| view! { <CouncilSearch/> });
    let field: HtmlElement = stage.find("input").unchecked_into();
    assert_eq!(field.get_attribute("role").as_deref(), Some("combobox"));
    js_sys::Reflect::set(&field, &"value".into(), &"luton".into()).unwrap();
    field.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    until("an answer", || stage.find(".answer").text_content().unwrap() == "Getting ready…").await;
    // So is a postcode: the program that is on its way tells it from a name.
    js_sys::Reflect::set(&field, &"value".into(), &"".into()).unwrap();
    field.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    until("nothing to answer", || stage.find(".answer").text_content().unwrap().is_empty()).await;
    js_sys::Reflect::set(&field, &"value".into(), &"LU1 2BQ".into()).unwrap();
    field.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    until("an answer", || stage.find(".answer").text_content().unwrap() == "Getting ready…").await;
    assert_eq!(field.get_attribute("aria-expanded").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
fn what_the_search_offers_are_options_that_name_their_councils() {
    let edition = edition();
    let index = Index::new(edition.register());
    let list = document().create_element("ul").unwrap();
    list.set_inner_html(&options(&edition, &index, "shepway"));
    let option = list.query_selector("[role=option]").unwrap().unwrap();
    assert_eq!(option.get_attribute("data-council").as_deref(), Some("folkestone-and-hythe-district-council"));
    assert!(option.text_content().unwrap().contains("formerly Shepway"), "{:?}", option.text_content());
    assert_eq!(options(&edition, &index, "qqqqqqqq"), "");
    list.set_inner_html(&options(&edition, &index, "<b>Leeds</b>"));
    assert!(list.query_selector("b").unwrap().is_none(), "what is typed is text");
}

#[wasm_bindgen_test]
async fn without_leaflet_the_map_says_so_in_its_place() {
    let failed = Rc::new(Cell::new(None));
    let seen = StoredValue::new_local(failed.clone());
    let stage = stage_at("", move |_| {
        let failed = RwSignal::new(None::<LoadError>);
        Effect::new(move |_| {
            let error = failed.get();
            seen.with_value(|seen| seen.set(error));
        });
        view! { <CouncilMap failed/> }
    });
    until("the failure", || stage.count("[role=alert]") == 1).await;
    assert!(stage.text().contains("The map could not be shown."), "{}", stage.text());
    assert!(stage.find(".map-canvas").has_attribute("hidden"));
    assert_eq!(failed.take(), Some(LoadError::Map));
}

#[wasm_bindgen_test]
async fn a_piece_that_cannot_be_fetched_says_so_and_can_be_tried_again() {
    let stage = stage(|| fragment("letters/nobody/2020.part".to_owned(), "The letter could not be loaded."));
    until("the failure", || stage.count("[role=alert]") == 1).await;
    assert!(stage.text().starts_with("The letter could not be loaded. letters/nobody/2020.part"), "{}", stage.text());
    stage.click("button");
    until("the second failure", || stage.count("[role=alert]") == 1 && stage.count(".waiting") == 0).await;
}

#[wasm_bindgen_test]
fn fills_follow_the_figures() {
    let edition = edition();
    let view = View::read(&edition, "", "").0;
    let fills = Fills::of(&edition, &view);
    assert_eq!(fills.councils(), 153);
    let with_rate = edition
        .register()
        .in_tier(view.year, view.tier)
        .filter(|(id, _)| edition.read(*id, view.year, view.measure).is_ok());
    assert_eq!(fills.with_figure(), with_rate.count());
    let leeds = edition.register().by_slug("leeds-city-council").unwrap();
    assert_eq!(fills.name(leeds), ("3", false));
    assert!(!fills.is_sparse());
    let first = View::read(&edition, "", "year=2014").0;
    assert!(Fills::of(&edition, &first).is_sparse());
}

/// How many colours are seen on `canvas`, its background among them.
fn colours(canvas: &HtmlCanvasElement) -> usize {
    let context = canvas.get_context("2d").unwrap().unwrap();
    let read = js_sys::Reflect::get(&context, &"getImageData".into()).unwrap().unchecked_into::<js_sys::Function>();
    let size = [0, 0, canvas.width(), canvas.height()].map(wasm_bindgen::JsValue::from);
    let image = read.apply(&context, &size.iter().collect()).unwrap();
    let data = js_sys::Reflect::get(&image, &"data".into()).unwrap();
    let bytes = js_sys::Uint8Array::new(&data).to_vec();
    bytes.as_chunks::<4>().0.iter().collect::<std::collections::BTreeSet<_>>().len()
}

#[wasm_bindgen_test]
fn a_chart_fits_its_canvas_first_and_is_drawn_as_sharp_as_the_screen() {
    let edition = edition();
    let view = View::read(&edition, "council/luton-borough-council/", "year=2020").0;
    for which in [chart::SIMILAR, chart::TREND] {
        let canvas: HtmlCanvasElement = document().create_element("canvas").unwrap().unchecked_into();
        let place = |scale, theme| chart::Place { width: 360, scale, theme };
        assert!(chart::draw(&edition, &view, which, &canvas, &place(1.0, None)));
        let (width, height) = (canvas.width(), canvas.height());
        assert_eq!(width, 360);
        assert!((80..800).contains(&height), "{which}: {height}");
        assert_eq!(colours(&canvas), 1, "{which}: there are no colours yet");
        assert!(chart::draw(&edition, &view, which, &canvas, &place(1.0, Some(&[]))));
        assert_eq!((canvas.width(), canvas.height()), (width, height), "nothing moves when the chart comes");
        assert!(colours(&canvas) > 5, "{which} is blank");
        assert!(chart::draw(&edition, &view, which, &canvas, &place(2.0, Some(&[]))));
        assert_eq!((canvas.width(), canvas.height()), (2 * width, 2 * height));
    }
}

#[wasm_bindgen_test]
async fn the_address_is_the_view_and_back_leads_back() {
    let seen = Rc::new(Cell::new(None));
    let told = StoredValue::new_local(seen.clone());
    let _stage = stage_at("?year=2020", move |store| {
        told.with_value(|told| told.set(Some(store)));
        legend_of(store)
    });
    let store = seen.get().unwrap();
    assert_eq!(store.view_untracked().year.key(), 2020);
    let leeds = store.edition().register().by_slug("leeds-city-council").unwrap();
    store.choose(leeds);
    assert_eq!(store.chosen(), Some(leeds));
    let href = window().location().href().unwrap();
    assert!(href.ends_with("/council/leeds-city-council/?year=2020"), "{href}");
    window().history().unwrap().back().unwrap();
    until("the way back", || store.chosen().is_none()).await;
    assert_eq!(store.view_untracked().year.key(), 2020);
}

#[wasm_bindgen_test]
async fn a_measure_runs_from_its_event_to_the_paint_and_only_once() {
    let measured = || window().performance().unwrap().get_entries_by_name("a-measure").length();
    marks::end_once_painted("a-measure");
    marks::begin("a-measure");
    marks::end_once_painted("a-measure");
    marks::end_once_painted("a-measure");
    until("the measure", || measured() > 0).await;
    assert_eq!(measured(), 1);
}
