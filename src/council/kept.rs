//! The councils that a reader looked at last, and those that are pinned: kept on the device, shown beside the map, forgotten on request.

use std::fmt::Write as _;
use upheld_domain::{council::Council, edition::Edition, register::CouncilId, view::View};
use upheld_pages::html::Html;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, Storage};

/// The name under which the browser keeps them.
const NAME: &str = "upheld-councils";
/// The most that are kept of those looked at.
const RECENT: usize = 6;

/// The slugs of councils, the last one first.
#[derive(Debug, Default, PartialEq, Eq)]
struct Kept {
    pinned: Vec<String>,
    recent: Vec<String>,
}

impl Kept {
    /// Reads a line for each council: `+` before one that is pinned, `-` before one that was looked at. Other lines are left out.
    fn read(text: &str) -> Self {
        let mut kept = Self::default();
        for line in text.lines() {
            match line.split_at_checked(1) {
                Some(("+", slug)) => kept.pinned.push(slug.to_owned()),
                Some(("-", slug)) => kept.recent.push(slug.to_owned()),
                _ => {}
            }
        }
        kept
    }

    fn written(&self) -> String {
        let mut text = String::new();
        for (sign, slugs) in [('+', &self.pinned), ('-', &self.recent)] {
            for slug in slugs {
                // Text takes any text.
                let _ = writeln!(text, "{sign}{slug}");
            }
        }
        text
    }

    fn visit(&mut self, slug: &str) {
        self.recent.retain(|other| other != slug);
        self.recent.insert(0, slug.to_owned());
        self.recent.truncate(RECENT);
    }

    fn pin(&mut self, slug: &str) {
        let was = self.pinned.len();
        self.pinned.retain(|other| other != slug);
        if self.pinned.len() == was {
            self.pinned.insert(0, slug.to_owned());
        }
    }

    fn forget(&mut self, slug: &str) {
        self.pinned.retain(|other| other != slug);
        self.recent.retain(|other| other != slug);
    }
}

/// Where the browser keeps things, where it lets us.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn kept() -> Kept {
    let text = storage().and_then(|storage| storage.get_item(NAME).ok()?);
    Kept::read(&text.unwrap_or_default())
}

/// Whether it could be kept.
fn keep(kept: &Kept) -> bool {
    let Some(storage) = storage() else { return false };
    let text = kept.written();
    if text.is_empty() { storage.remove_item(NAME).is_ok() } else { storage.set_item(NAME, &text).is_ok() }
}

/// The reader looks at `council`. A browser that keeps nothing loses nothing but this list.
pub fn visited(council: &Council) {
    let mut all = kept();
    all.visit(council.slug.as_str());
    keep(&all);
}

/// Writes the button that pins `council`, or lets go of it.
pub fn button(html: &mut Html, council: &Council) {
    let slug = council.slug.as_str();
    let pressed = if kept().pinned.iter().any(|other| other == slug) { "true" } else { "false" };
    let attributes =
        [("type", "button"), ("data-pin", slug), ("aria-pressed", pressed), ("aria-label", "Pin this council")];
    html.text(" ").within("button", &attributes, |html| {
        html.text("Pin");
    });
}

/// Writes the councils that are kept, where there are any.
pub fn write(html: &mut Html, edition: &Edition, view: &View) {
    html.within("section", &[("data-kept", ""), ("class", "kept")], |html| list(html, edition, view, &kept()));
}

fn list(html: &mut Html, edition: &Edition, view: &View, all: &Kept) {
    let find = |slug: &String| edition.register().by_slug(slug);
    let pinned: Vec<CouncilId> = all.pinned.iter().filter_map(find).collect();
    let recent: Vec<CouncilId> = all.recent.iter().filter_map(find).filter(|id| !pinned.contains(id)).collect();
    if pinned.is_empty() && recent.is_empty() {
        return;
    }
    html.element("h3", "Your councils");
    for (what, ids) in [("Pinned", pinned), ("Looked at last", recent)] {
        if ids.is_empty() {
            continue;
        }
        html.element("h4", what);
        html.within("ul", &[], |html| {
            for id in ids {
                let Some(council) = edition.register().get(id) else { continue };
                html.within("li", &[], |html| {
                    html.link(&view.choose(edition, id).address(edition), &council.name).text(" ");
                    let label = format!("Remove {}", council.name);
                    let attributes =
                        [("type", "button"), ("data-forget", council.slug.as_str()), ("aria-label", &label)];
                    html.within("button", &attributes, |html| {
                        html.text("Remove");
                    });
                });
            }
        });
    }
    html.within("p", &[("class", "base")], |html| {
        html.text("Kept on this device alone. ");
        html.within("button", &[("type", "button"), ("data-forget", "")], |html| {
            html.text("Remove all");
        });
    });
}

/// A press on one of the buttons.
pub fn clicked(edition: &Edition, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let pressed = target.and_then(|target| target.closest("[data-pin], [data-forget]").ok().flatten());
    let Some(button) = pressed else { return };
    let mut all = kept();
    if let Some(slug) = button.get_attribute("data-pin") {
        all.pin(&slug);
        let is_pinned = all.pinned.contains(&slug);
        if !keep(&all) {
            // An attribute that is there can be taken away: the button says it to all.
            let _ = button.remove_attribute("aria-label");
            return button.set_text_content(Some("This browser keeps nothing: it cannot be pinned"));
        }
        // An attribute with a valid name can be set.
        let _ = button.set_attribute("aria-pressed", if is_pinned { "true" } else { "false" });
        return;
    }
    match button.get_attribute("data-forget").unwrap_or_default().as_str() {
        "" => all = Kept::default(),
        slug => all.forget(slug),
    }
    keep(&all);
    let Some(section) = button.closest("[data-kept]").ok().flatten() else { return };
    let address = section.closest("[data-view]").ok().flatten().and_then(|it| it.get_attribute("data-view"));
    let address = address.unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
    let mut html = Html::default();
    list(&mut html, edition, &View::read(edition, path, query).0, &all);
    let buttons = |section: &Element| section.query_selector_all("[data-forget]").ok();
    let at =
        buttons(&section).and_then(|all| (0..all.length()).find(|at| all.item(*at).as_ref() == Some(button.as_ref())));
    section.set_inner_html(&html.written());
    // The focus goes to what stands in the place of the button, or where nothing is kept any more to the head of what is around.
    let next = at.and_then(|at| buttons(&section)?.item(at));
    let next = next.or_else(|| section.owner_document()?.get_element_by_id("overview-title").map(Into::into));
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        if next.tab_index() < 0 {
            next.set_tab_index(-1);
        }
        // What cannot take the focus leaves it where it is.
        let _ = next.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn councils_are_kept_the_last_first_once_and_no_more_than_six() {
        let mut kept = Kept::default();
        for slug in ["a", "b", "c", "d", "e", "f", "g", "c"] {
            kept.visit(slug);
        }
        kept.pin("x");
        kept.pin("y");
        kept.pin("x");
        assert_eq!(
            kept,
            Kept { pinned: vec!["y".into()], recent: ["c", "g", "f", "e", "d", "b"].map(str::to_owned).into() }
        );
        assert_eq!(Kept::read(&kept.written()), kept);
        kept.forget("y");
        kept.forget("g");
        assert!(kept.pinned.is_empty() && !kept.recent.contains(&"g".to_owned()));
        assert_eq!(Kept::read("what\n\n?a\n+b"), Kept { pinned: vec!["b".into()], recent: vec![] });
    }
}
