//! What can be taken away of a chart, a table, a comparison or the map: pictures, rows, sentences, a citation, a frame for another page.

use super::{
    canvas::{Place, paint, source},
    named::{FOREST, FUNNEL, MAP, MAP_YEARS, MULTIPLES, Named, SIMILAR, STRIP, STRIPS, TREND, compared, funnel_kind},
};
use crate::table;
use js_sys::{Array, Object, Promise, Reflect};
use std::rc::Rc;
use upheld_charts::{Chart, Frame, Framed, TableChart, Theme, svg::svg};
use upheld_domain::{
    difference::difference,
    edition::Edition,
    extract, in_words,
    measure::{Measure, Reading},
    register::CouncilId,
    view::{Compared, Page, View},
    year::ReportingYear,
};
use upheld_pages::html::{Html, escaped};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Clipboard, ClipboardItem, Document, Element, Event, HtmlAnchorElement, HtmlCanvasElement,
    Url, Window,
};

/// How wide pictures are, in CSS pixels; those of pixels have twice as many.
const WIDTH: u32 = 800;

/// The most rows of a table that a picture holds: one of more would be higher than some browsers draw.
const MOST_ROWS: usize = 60;

/// The ways to take something away: key, button.
const WAYS: [(&str, &str); 7] = [
    ("png", "Picture (PNG)"),
    ("svg", "Drawing (SVG)"),
    ("csv", "Rows (CSV)"),
    ("copy-picture", "Copy as a picture"),
    ("sentence", "Copy as a sentence"),
    ("citation", "Copy a citation"),
    ("embed", "Copy embed code"),
];

/// Writes the menu of ways to take `what` away.
pub fn menu(html: &mut Html, what: &str) {
    html.within("details", &[("class", "take")], |html| {
        html.element("summary", &format!("Take {what} away"));
        html.part("div", "ways", |html| {
            for (key, words) in WAYS {
                html.within("button", &[("type", "button"), ("data-take", key)], |html| {
                    html.text(words);
                });
            }
            if share().is_some() {
                html.within("button", &[("type", "button"), ("data-take", "share")], |html| {
                    html.text("Share…");
                });
            }
        });
        said(html);
    });
}

/// Writes the place where it is said what was taken, within the same `.take`.
pub fn said(html: &mut Html) {
    html.within("p", &[("role", "status"), ("class", "taken")], |_| {});
}

/// Writes the button that passes the council of the page on: by the system's own way where it has one, else as a sentence to be put anywhere.
pub fn share_button(html: &mut Html) {
    let way = if share().is_some() { "share" } else { "sentence" };
    html.text(" ").within(
        "button",
        &[("type", "button"), ("data-take", way), ("aria-label", "Share this council")],
        |html| {
            html.text("Share");
        },
    );
}

/// The system's way to share something, where the browser has one.
fn share() -> Option<js_sys::Function> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"share".into()).ok()?.dyn_into().ok()
}

/// A press on one of the ways.
pub fn clicked(edition: &Rc<Edition>, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(window) = web_sys::window() else { return };
    let Some(button) = target.and_then(|target| target.closest("[data-take], [data-print]").ok().flatten()) else {
        return;
    };
    if button.has_attribute("data-print") {
        // A browser that cannot print says so itself.
        let _ = window.print();
        return;
    }
    let Some(document) = window.document() else { return };
    let way = button.get_attribute("data-take").unwrap_or_default();
    let found = |selector: &str, within: &str| {
        let holder = button.closest(within).ok().flatten()?;
        holder.query_selector(selector).ok().flatten()
    };
    let chart = found("[data-chart]", "[data-of], figure").and_then(|it| it.get_attribute("data-chart"));
    let which = chart.unwrap_or_default();
    let address = button.closest("[data-view]").ok().flatten().and_then(|it| it.get_attribute("data-view"));
    let hands = Hands { window, document, said: found(".taken", ".take") };
    hands.take(edition, &address.unwrap_or_default(), &which, &way);
}

/// What is done with the browser.
#[derive(Clone)]
struct Hands {
    window: Window,
    document: Document,
    said: Option<Element>,
}

impl Hands {
    fn take(&self, edition: &Rc<Edition>, address: &str, which: &str, way: &str) {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let view = View::read(edition, path, query).0;
        let root = self.document.base_uri().ok().flatten().unwrap_or_default();
        let link = format!("{root}{}", view.address(edition));
        let chart = Named::of(edition, &view, which);
        let title = chart.as_ref().map_or_else(|| view.title(edition).replace(" – Upheld", ""), Chart::title);
        let named = Taken { edition, view: &view, which, link: &link, root: &root };
        let name = extract::file_name(&named.what());
        match way {
            "csv" => {
                let rows = extract::csv(edition, &named.rows(), &named.measures());
                self.save(&rows.into(), "text/csv;charset=utf-8", &format!("{name}.csv"));
            }
            "sentence" => self.copy(&named.sentence()),
            "citation" => self.copy(&extract::citation(edition, &title, &link)),
            "embed" => self.copy(&named.embed()),
            "share" => self.share(&title, &named.sentence(), &link),
            _ => {
                let frame = named.frame(&title);
                if let Some(table) = named.table(&title) {
                    self.draw(&Framed { chart: &table, frame: &frame }, &name, way);
                } else if which == MAP {
                    self.map(edition, view.clone(), frame, name, way.to_owned());
                } else if let Some(chart) = chart {
                    self.draw(&Framed { chart: &chart, frame: &frame }, &name, way);
                } else {
                    self.say("There is nothing to draw.");
                }
            }
        }
    }

    /// Draws the map, once its boundaries are there.
    fn map(&self, edition: &Rc<Edition>, view: View, frame: Frame, name: String, way: String) {
        let (hands, edition) = (self.clone(), edition.clone());
        self.say("The map is being drawn…");
        wasm_bindgen_futures::spawn_local(async move {
            match crate::map::picture(&edition, &view).await {
                Ok(map) => hands.draw(&Framed { chart: &map, frame: &frame }, &name, &way),
                Err(error) => hands.say(&format!("The map could not be drawn: {error}")),
            }
        });
    }

    /// Draws a chart as `way` has it.
    fn draw(&self, chart: &impl Chart, name: &str, way: &str) {
        if way != "svg" {
            return self.picture(chart, name, way == "copy-picture");
        }
        match svg(chart, WIDTH, &Theme::LIGHT) {
            Ok(drawing) => self.save(&drawing.into(), "image/svg+xml", &format!("{name}.svg")),
            Err(_) => self.say("The drawing could not be made in this browser."),
        }
    }

    /// Draws a picture where nobody sees it, then saves or copies it.
    fn picture(&self, chart: &impl Chart, name: &str, copy: bool) {
        let failed = "The picture could not be made in this browser.";
        let canvas = self.document.create_element("canvas").ok().and_then(|it| it.dyn_into::<HtmlCanvasElement>().ok());
        let Some(canvas) = canvas else { return self.say(failed) };
        let place = Place { width: WIDTH, scale: 2.0, theme: Some(&[]) };
        if !paint(chart, &canvas, &place) {
            return self.say(failed);
        }
        let mut made = |resolve: js_sys::Function, reject: js_sys::Function| {
            let blob = Closure::once_into_js(move |blob: JsValue| {
                let settle = if blob.is_null() { reject } else { resolve };
                // A promise's own functions do not fail.
                let _ = settle.call1(&JsValue::NULL, &blob);
            });
            // Where it fails the promise stays open, and nothing is said that is not so.
            let _ = canvas.to_blob(blob.unchecked_ref());
        };
        let blob = Promise::new(&mut made);
        if copy {
            let refused = "This browser does not copy pictures. Save it as PNG instead.";
            // The promise is handed over at once: some browsers allow no copying after a wait.
            let item = Object::new();
            let _ = Reflect::set(&item, &"image/png".into(), &blob);
            match (self.clipboard(), ClipboardItem::new_with_record_from_str_to_blob_promise(&item)) {
                (Some(clipboard), Ok(item)) => {
                    self.after(clipboard.write(&Array::of1(&item)), "Copied as a picture.", refused);
                }
                _ => self.say(refused),
            }
            return;
        }
        let (hands, name) = (self.clone(), format!("{name}.png"));
        wasm_bindgen_futures::spawn_local(async move {
            match JsFuture::from(blob).await.map(JsValue::unchecked_into::<Blob>) {
                Ok(blob) => hands.save_blob(&blob, &name),
                Err(_) => hands.say(failed),
            }
        });
    }

    fn save(&self, text: &JsValue, kind: &str, name: &str) {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        match Blob::new_with_str_sequence_and_options(&Array::of1(text), &options) {
            Ok(blob) => self.save_blob(&blob, name),
            Err(_) => self.say("The file could not be made in this browser."),
        }
    }

    fn save_blob(&self, blob: &Blob, name: &str) {
        let Ok(url) = Url::create_object_url_with_blob(blob) else { return self.say("The file could not be made.") };
        let link = self.document.create_element("a").ok().and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok());
        if let Some(link) = link {
            link.set_href(&url);
            link.set_download(name);
            link.click();
            self.say(&format!("Saved as {name}."));
        }
        // What was saved is saved; that the address could not be given up costs memory alone.
        let _ = Url::revoke_object_url(&url);
    }

    fn copy(&self, text: &str) {
        // Shown as well: what cannot be copied by a press can be by hand, and what was copied is seen.
        let failed = format!("This browser does not copy by itself. Copy it from here: {text}");
        match self.clipboard() {
            Some(clipboard) => self.after(clipboard.write_text(text), &format!("Copied: {text}"), &failed),
            None => self.say(&failed),
        }
    }

    /// Hands a sentence and its address to the system, which asks the reader with whom to share them.
    fn share(&self, title: &str, text: &str, link: &str) {
        let what = Object::new();
        for (key, value) in [("title", title), ("text", text), ("url", link)] {
            // A plain object takes a property.
            let _ = Reflect::set(&what, &key.into(), &value.into());
        }
        let navigator = self.window.navigator();
        if let Some(Ok(shared)) = share().map(|share| share.call1(&navigator, &what)) {
            // A reader who thinks better of it has not met an error.
            self.after(shared.unchecked_into(), "Shared.", "Not shared.");
        }
    }

    /// The clipboard: browsers have none on a page that is not served safely.
    fn clipboard(&self) -> Option<Clipboard> {
        let navigator = self.window.navigator();
        let there = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
        there.then(|| navigator.clipboard())
    }

    fn after(&self, promise: Promise, done: &str, failed: &str) {
        let (hands, done, failed) = (self.clone(), done.to_owned(), failed.to_owned());
        wasm_bindgen_futures::spawn_local(async move {
            let said = if JsFuture::from(promise).await.is_ok() { done } else { failed };
            hands.say(&said);
        });
    }

    fn say(&self, what: &str) {
        if let Some(said) = &self.said {
            said.set_text_content(Some(what));
        }
    }
}

/// What is taken away.
struct Taken<'a> {
    edition: &'a Edition,
    view: &'a View,
    which: &'a str,
    link: &'a str,
    root: &'a str,
}

impl Taken<'_> {
    /// The measure that it is about.
    fn measure(&self) -> Measure {
        let own = self.which.strip_prefix(STRIP).and_then(|measure| measure.parse().ok());
        own.unwrap_or(self.view.measure)
    }

    /// The measures that its rows tell: a table's are all of them.
    fn measures(&self) -> Vec<Measure> {
        let is_table = matches!(self.view.page, Page::Table | Page::Compare(_)) && self.which.is_empty();
        if is_table { Measure::ALL.into() } else { vec![self.measure()] }
    }

    /// The table itself as a picture, where it is one: of all councils the first [`MOST_ROWS`].
    fn table(&self, title: &str) -> Option<TableChart> {
        let (edition, view) = (self.edition, self.view);
        if !self.which.is_empty() {
            return None;
        }
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
        let name = |id: CouncilId| edition.register().get(id).map(|council| council.short_name.clone());
        let (headings, rows) = match &view.page {
            Page::Compare(Compared { councils, .. }) => {
                let row = |id: &CouncilId| {
                    let council = edition.register().get(*id)?;
                    let cell = |measure| crate::comparison::cell_text(edition, *id, council, view.year, measure);
                    Some([name(*id)?].into_iter().chain(STRIPS.map(cell)).collect::<Vec<String>>())
                };
                let headings = texts(&[
                    "Council",
                    "Complaints upheld",
                    "Compliance with recommendations",
                    "Satisfactory remedies",
                ]);
                (headings, councils.iter().take(MOST_ROWS).filter_map(row).collect::<Vec<_>>())
            }
            Page::Table => {
                let figure = |measure: Measure, reading: &Reading| {
                    reading.as_ref().map_or_else(|absent| absent.short().to_owned(), |rate| rate.with_counts(measure))
                };
                let all = table::rows(edition, view);
                let left = all.len().saturating_sub(MOST_ROWS);
                let row = |row: &table::Row| {
                    let cells = row.readings.iter().map(|(measure, reading)| figure(*measure, reading));
                    Some([name(row.id)?].into_iter().chain(cells).collect::<Vec<String>>())
                };
                let mut rows: Vec<Vec<String>> = all.iter().take(MOST_ROWS).filter_map(row).collect();
                if left > 0 {
                    rows.push(texts(&[&format!("and {left} more: the rows (CSV) have all of them")]));
                }
                let labels = Measure::ALL.map(Measure::label);
                (texts(&["Council"]).into_iter().chain(texts(&labels)).collect(), rows)
            }
            _ => return None,
        };
        Some(TableChart { title: title.to_owned(), headings, rows })
    }

    fn council(&self) -> Option<CouncilId> {
        self.view.council(self.edition).map(|(id, _)| id)
    }

    /// What it holds, for the name of a file.
    fn what(&self) -> String {
        let View { year, .. } = self.view;
        let measure = self.measure().key();
        let whose = match (self.view.council(self.edition), self.which) {
            (Some((_, council)), which) if which != MAP_YEARS => council.slug.to_string(),
            (_, FUNNEL) => funnel_kind(self.edition, self.view).map_or("", |kind| kind.key()).to_owned(),
            _ => match &self.view.page {
                Page::Compare(_) => "comparison".to_owned(),
                Page::Table => "table".to_owned(),
                _ => format!("{}-councils", self.view.tier.key()),
            },
        };
        let shown = match self.which {
            SIMILAR => "similar authorities",
            TREND | MULTIPLES => "over the years",
            FUNNEL => "funnel",
            FOREST => "side by side",
            MAP if self.view.is_against() => "map against similar authorities",
            MAP => "map",
            MAP_YEARS => "map over the years",
            _ => "",
        };
        format!("{whose} {year} {measure} {shown}")
    }

    /// The rows: councils and years.
    fn rows(&self) -> Vec<(CouncilId, ReportingYear)> {
        let (edition, year) = (self.edition, self.view.year);
        let register = edition.register();
        let of_kind = |kind| register.of_type(year, kind).map(|(id, _)| (id, year)).collect();
        let years = |id: CouncilId| edition.years_of(id).map(move |year| (id, year));
        match (self.which, self.council()) {
            (TREND, Some(id)) => years(id).collect(),
            (MULTIPLES, _) => compared(self.view).iter().copied().flat_map(years).collect(),
            (MAP_YEARS, _) => {
                let of_year = |year| register.in_tier(year, self.view.tier).map(move |(id, _)| (id, year));
                edition.years().into_iter().flat_map(of_year).collect()
            }
            (FUNNEL | SIMILAR, _) => funnel_kind(edition, self.view)
                .or_else(|| self.council().and_then(|id| register.get(id)).map(|council| council.council_type))
                .map_or_else(Vec::new, of_kind),
            (_, Some(id)) => vec![(id, year)],
            _ => match &self.view.page {
                Page::Compare(Compared { councils, .. }) => councils.iter().map(|id| (*id, year)).collect(),
                Page::Table => table::rows(edition, self.view).into_iter().map(|row| (row.id, year)).collect(),
                _ => register.in_tier(year, self.view.tier).map(|(id, _)| (id, year)).collect(),
            },
        }
    }

    /// What it shows, to be pasted: counts, interval, caveat and address.
    fn sentence(&self) -> String {
        let (edition, view) = (self.edition, self.view);
        if let Some(id) = self.council().filter(|_| !matches!(self.which, FUNNEL | MAP_YEARS)) {
            return extract::sentence(edition, id, view.year, self.measure(), self.link);
        }
        let said = match (&view.page, self.which) {
            (Page::Compare(Compared { councils, .. }), _) => {
                let sentences = councils.iter().filter_map(|id| {
                    let council = edition.register().get(*id)?;
                    let reading = edition.read(*id, view.year, view.measure);
                    Some(in_words::sentence(council, view.year, view.measure, &reading, None))
                });
                let mut said: Vec<String> = sentences.collect();
                said.extend(pair(edition, view, councils));
                said.join(" ")
            }
            (_, MAP_YEARS) => Named::of(edition, view, MAP_YEARS).map_or(String::new(), |chart| chart.description()),
            (_, FUNNEL) => {
                Named::of(edition, view, FUNNEL).map_or(String::new(), |chart| format!("{}.", chart.title()))
            }
            _ => {
                let councils: Vec<_> = edition.register().in_tier(view.year, view.tier).collect();
                let words = in_words::map(edition, &councils, view.year, view.measure);
                [words.what, words.spread.unwrap_or_default(), words.standing_out].join(" ")
            }
        };
        format!("{said} Source: Local Government and Social Care Ombudsman, by way of Upheld, {}", self.link)
    }

    /// Markup that shows the same on another page.
    fn embed(&self) -> String {
        let (edition, view) = (self.edition, self.view);
        let slug = |id: &CouncilId| edition.register().get(*id).map(|council| council.slug.to_string());
        let (address, title) = match (&view.page, self.council()) {
            (_, Some(id)) => (
                format!("embed/council/{}/{}/", slug(&id).unwrap_or_default(), view.year.key()),
                view.title(edition).replace(" – Upheld", ""),
            ),
            (Page::Compare(Compared { councils, .. }), _) => {
                let slugs: Vec<String> = councils.iter().take(8).filter_map(slug).collect();
                (
                    format!("embed/compare/?councils={}&year={}", slugs.join(","), view.year.key()),
                    "Councils compared".to_owned(),
                )
            }
            // A map and a funnel plot have no card: the page itself is linked to.
            _ => return format!("<a href=\"{}\">{}</a>", escaped(self.link), escaped(&view.title(edition))),
        };
        format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"460\" loading=\"lazy\"></iframe>",
            escaped(&format!("{}{address}", self.root)),
            escaped(&title)
        )
    }

    /// What stands round a picture.
    fn frame(&self, title: &str) -> Frame {
        let with = self.edition.with();
        let own =
            if with.is_empty() { None } else { Some(format!("With figures of a file of the reader’s own: {with}.")) };
        let lines = [Some(source(self.edition)), own, Some(self.link.to_owned())];
        Frame { title: title.to_owned(), lines: lines.into_iter().flatten().collect() }
    }
}

/// The difference of two councils in words, where there are two.
fn pair(edition: &Edition, view: &View, councils: &[CouncilId]) -> Option<String> {
    let [one, other] = councils else { return None };
    let counts = |id: &CouncilId| {
        let rate = edition.read(*id, view.year, view.measure).ok()?;
        Some((rate.count?, rate.total?))
    };
    let name = |id: &CouncilId| edition.register().get(*id).map(|council| council.short_name.clone());
    let difference = difference(counts(one)?, counts(other)?)?;
    Some(in_words::difference(&name(one)?, &name(other)?, difference))
}
