//! What stands in the head of a page for those who come to it from elsewhere: search engines, and where links to it are shared.

use super::{cards, pages::Page, site::Site, structured};
use upheld_charts::card::{HEIGHT, WIDTH};
use upheld_domain::{
    council::Council,
    edition::Edition,
    preview::{self, Preview},
    register::CouncilId,
    view::{self, View},
};
use upheld_pages::html::Html;

/// What a page is about.
enum Subject<'a> {
    England,
    Council(CouncilId, &'a Council),
    Other,
    /// Nothing: an address that leads nowhere.
    Missing,
}

/// What the heads of all pages are made from.
pub(super) struct Heads<'a> {
    /// What is known.
    pub(super) edition: &'a Edition,
    /// Where the site will lie.
    pub(super) site: Site<'a>,
    /// Whether there are cards.
    pub(super) with_cards: bool,
}

impl Heads<'_> {
    /// What goes into the head of `page`, below its title.
    pub(super) fn of(&self, page: &Page) -> String {
        let Self { edition, site, with_cards } = *self;
        let (view, _) = View::read(edition, page.path.trim_end_matches('/'), "");
        let subject = match view.page {
            _ if ["open/", "method/", "accessibility/"].contains(&page.path.as_str()) => Subject::Other,
            view::Page::Map => Subject::England,
            view::Page::Council(id) => match edition.register().get(id) {
                Some(council) => Subject::Council(id, council),
                None => Subject::Missing,
            },
            view::Page::Missing(_) => Subject::Missing,
            _ => Subject::Other,
        };
        let preview = match subject {
            Subject::Council(id, council) => Some(Preview::of(edition, id, council, view.year)),
            _ => None,
        };
        let description = preview.as_ref().map_or_else(|| described(edition, &view, &page.path), Preview::description);
        let mut html = Html::default();
        meta(&mut html, "name", "description", &description);
        if matches!(subject, Subject::Missing) {
            // It is shown at any address that leads nowhere.
            meta(&mut html, "name", "robots", "noindex");
            return html.written();
        }
        html.line().void("link", &[("rel", "canonical"), ("href", &site.address(&page.path))]);
        let title = page.title.strip_suffix(" – Upheld").unwrap_or(&page.title);
        let open_graph = [
            ("og:site_name", "Upheld"),
            ("og:locale", "en_GB"),
            ("og:type", "website"),
            ("og:title", title),
            ("og:description", &description),
        ];
        for (property, content) in open_graph {
            meta(&mut html, "property", property, content);
        }
        if let Some(address) = site.whole(&page.path) {
            meta(&mut html, "property", "og:url", &address);
        }
        let card = match subject {
            Subject::Council(_, council) => cards::of(council),
            _ => cards::ENGLAND.to_owned(),
        };
        // A picture can only be named by its whole address.
        match site.whole(&card).filter(|_| with_cards) {
            Some(address) => {
                let (width, height) = (WIDTH.to_string(), HEIGHT.to_string());
                meta(&mut html, "property", "og:image", &address);
                meta(&mut html, "property", "og:image:type", "image/png");
                meta(&mut html, "property", "og:image:width", &width);
                meta(&mut html, "property", "og:image:height", &height);
                let of_england = || format!("Map: {}.", View::read(edition, "", "").0.heading());
                let alt = preview.as_ref().map_or_else(of_england, Preview::in_words);
                meta(&mut html, "property", "og:image:alt", &alt);
                meta(&mut html, "name", "twitter:card", "summary_large_image");
            }
            None => meta(&mut html, "name", "twitter:card", "summary"),
        }
        let card = with_cards.then_some(card.as_str());
        let about = structured::Page { path: &page.path, title: &page.title, description: &description, card };
        let data = match subject {
            Subject::England => Some(structured::of_england(edition, site, about)),
            Subject::Council(id, council) => Some(structured::of_council(edition, site, about, id, council, view.year)),
            _ => None,
        };
        if let Some(data) = data {
            html.line().markup("<script type=\"application/ld+json\">");
            // Within a script nothing is escaped, and the first "</" may end it.
            html.markup(&data.to_string().replace('<', "\\u003c")).markup("</script>");
        }
        html.written()
    }
}

fn meta(html: &mut Html, kind: &str, name: &str, content: &str) {
    html.line().void("meta", &[(kind, name), ("content", content)]);
}

/// What a page that is not of one council is about, in a sentence or two.
fn described(edition: &Edition, view: &View, path: &str) -> String {
    let year = view.year;
    match (&view.page, path) {
        (_, "open/") => "Read the Ombudsman’s own tables and annual letters in your browser, and see them on the map with the other \
                         figures. Nothing is sent anywhere."
            .to_owned(),
        (_, "method/") => "What Upheld counts, how sure a rate is, how councils are compared, and what is left alone: each step, in plain \
                           words."
            .to_owned(),
        (_, "accessibility/") => "How to use Upheld without a map, a mouse, JavaScript or a network; what is tested, and what is known to be \
                                  wrong."
            .to_owned(),
        (view::Page::Map, _) => preview::england(edition, year),
        (view::Page::Table, _) => {
            let (known, of) = preview::known(edition, year);
            format!(
                "All {of} councils of England in {year} as a table: complaints upheld, compliance, remedies. {known} have an uphold \
                 rate in this edition."
            )
        }
        (view::Page::Compare(_), _) => "Put any English councils side by side: complaints upheld, compliance and remedies, with \
                                        intervals, and every difference in words."
            .to_owned(),
        (view::Page::Committee(_), _) => "How a council handles complaints, on two pages of A4 for its scrutiny committee: figures, \
                                          comparison, sources."
            .to_owned(),
        (view::Page::About, _) => "What the three statistics of the Ombudsman say about a council, how sure they are, where each figure \
                                   comes from, and its licence."
            .to_owned(),
        _ => "There is nothing at this address.".to_owned(),
    }
}
