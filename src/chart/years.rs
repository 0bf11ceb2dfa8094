//! The same map once for every year: written at once, fetched and drawn when a reader opens it.

use super::{canvas, named::MAP_YEARS, place::theme};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use upheld_charts::{self as charts, MapTheme, MapYears};
use upheld_domain::{council::Tier, edition::Edition, view::View, year::ReportingYear};
use upheld_pages::{html::Html, table, with_files};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlCanvasElement};

/// The cells of one set of councils after the other, by its first year.
type Cells = Vec<(ReportingYear, Vec<charts::Cell>)>;

thread_local! {
    /// The cells that have been fetched, by tier.
    static KEPT: RefCell<Vec<(Tier, Cells)>> = const { RefCell::new(Vec::new()) };
    /// Whether the reader has them open: what is written anew stays open.
    static OPEN: Cell<bool> = const { Cell::new(false) };
}

/// The maps of all years of what `view` shows, where their cells are there.
pub fn of(edition: &Edition, view: &View) -> Option<MapYears> {
    let chosen = view.council(edition).map(|(id, _)| id);
    let made =
        |cells: &Cells| MapYears::new(edition, cells, view.tier, view.measure, chosen, MapTheme::light(view.measure));
    KEPT.with_borrow(|kept| kept.iter().find(|(tier, _)| *tier == view.tier).and_then(|(_, cells)| made(cells)))
}

/// Writes the place of the maps, and the maps where they are open.
pub fn write(html: &mut Html, edition: &Edition, view: &View) {
    let closed = [("class", "map-years"), ("data-years", "")];
    let open = [("class", "map-years"), ("data-years", ""), ("open", "")];
    let is_open = OPEN.get();
    html.within("details", if is_open { &open } else { &closed }, |html| {
        html.element("summary", "The same map, year by year");
        html.part("div", "written", |html| {
            if let Some(chart) = of(edition, view).filter(|_| is_open) {
                figure(html, edition, view, &chart);
            }
        });
    });
}

fn figure(html: &mut Html, edition: &Edition, view: &View, chart: &MapYears) {
    canvas::figure(html, edition, MAP_YEARS, chart, |html| {
        table::figures(html, &chart.title, &["Year", "Councils with a figure"], |html| {
            for map in &chart.years {
                html.part("tr", if map.year == view.year { "marked" } else { "" }, |html| {
                    html.within("th", &[("scope", "row")], |html| {
                        html.link(&View { year: map.year, ..view.clone() }.address(edition), &map.year.to_string());
                    });
                    html.classed("td", "number", &format!("{} of {}", map.known, map.of));
                });
            }
        });
        html.classed(
            "p",
            "base",
            "Each year leads to its map. The figures of every council and year are in the rows (CSV).",
        );
    });
    with_files(html, edition);
}

/// The place was opened or closed: fetches what is missing, and draws.
pub fn toggled(edition: &Rc<Edition>, event: &Event) {
    let Some(place) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
    if !place.has_attribute("data-years") {
        return;
    }
    let is_open = place.has_attribute("open");
    OPEN.set(is_open);
    let Some(written) = place.query_selector(".written").ok().flatten() else { return };
    let is_there = written.query_selector("canvas, .waiting").is_ok_and(|found| found.is_some());
    if is_open && !is_there {
        wasm_bindgen_futures::spawn_local(show(edition.clone(), written));
    }
}

async fn show(edition: Rc<Edition>, written: Element) {
    let Some(address) = written.closest("[data-view]").ok().flatten().and_then(|it| it.get_attribute("data-view"))
    else {
        return;
    };
    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
    let view = View::read(&edition, path, query).0;
    if of(&edition, &view).is_none() {
        written.set_inner_html(r#"<p class="waiting" role="status">Drawing the maps…</p>"#);
        match crate::map::cells(&edition, view.tier).await {
            Ok(cells) => KEPT.with_borrow_mut(|kept| kept.push((view.tier, cells))),
            Err(error) => {
                let mut html = Html::default();
                html.within("p", &[("role", "alert")], |html| {
                    html.text(&format!("The maps could not be drawn: {error}. Close and open this to try again."));
                });
                return written.set_inner_html(&html.written());
            }
        }
    }
    let Some(chart) = of(&edition, &view) else {
        return written.set_inner_html(r#"<p role="status">No year has figures on this measure.</p>"#);
    };
    let mut html = Html::default();
    figure(&mut html, &edition, &view, &chart);
    written.set_inner_html(&html.written());
    let canvas = written.query_selector("canvas").ok().flatten().and_then(|it| it.dyn_into::<HtmlCanvasElement>().ok());
    let (Some(canvas), Some(window)) = (canvas, web_sys::window()) else { return };
    let width = canvas.parent_element().map_or(0, |holder| holder.client_width());
    let place = canvas::Place {
        width: u32::try_from(width).unwrap_or_default(),
        scale: window.device_pixel_ratio().clamp(1.0, 4.0),
        theme: Some(&theme(&canvas)),
    };
    canvas::draw(&edition, &view, MAP_YEARS, &canvas, &place);
}
