//! What every component may ask for: the edition, the view, and the way to another view.

use crate::{ahead, details::Loader, erased::key, route::Router};
use leptos::prelude::*;
use std::sync::{Arc, OnceLock};
use upheld_domain::{
    edition::Edition,
    register::CouncilId,
    view::{Notice, Page, View},
};
use upheld_pages::choropleth::Fills;

/// The edition and the view.
#[derive(Clone, Copy)]
pub struct Store {
    edition: StoredValue<Arc<Edition>>,
    router: Router,
    read: Memo<Read>,
    said: RwSignal<String>,
    /// What was rendered ahead beside the map: its address, and its HTML.
    ahead: StoredValue<Option<(String, String)>>,
    details: Loader,
}

/// What was read of an address.
struct Read {
    view: View,
    notices: Vec<Notice>,
    fills: OnceLock<Arc<Fills>>,
}

impl Store {
    /// The store of `edition`, whose view follows `router`.
    #[must_use]
    pub fn new(edition: Arc<Edition>, details: Loader, router: Router) -> Self {
        let known = edition.clone();
        // An address that changes is another view: to compare the views would cost the page more than it saves.
        let read = Memo::new_with_compare(
            move |_| {
                let location = router.location();
                let (view, notices) = View::read(&known, &location.path, &location.query);
                Read { view, notices, fills: OnceLock::new() }
            },
            |_, _| true,
        );
        Self {
            edition: StoredValue::new(edition),
            router,
            read,
            said: RwSignal::new(String::new()),
            ahead: StoredValue::new(ahead::said()),
            details,
        }
    }

    /// The store of the page.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// The edition.
    #[must_use]
    pub fn edition(self) -> Arc<Edition> {
        self.edition.get_value()
    }

    /// What is on the screen.
    #[must_use]
    pub fn view(self) -> View {
        self.read.with(|read| read.view.clone())
    }

    /// What is on the screen, without following it.
    #[must_use]
    pub fn view_untracked(self) -> View {
        self.read.with_untracked(|read| read.view.clone())
    }

    /// How each council is filled: worked out once for a view, as map, legend and words all ask for it.
    #[must_use]
    pub fn fills(self) -> Arc<Fills> {
        let fills = |read: &Read| {
            let make = || self.edition.with_value(|edition| Arc::new(Fills::of(edition, &read.view)));
            read.fills.get_or_init(make).clone()
        };
        self.read.with(fills)
    }

    /// What could not be used of the address.
    #[must_use]
    pub fn notices(self) -> Vec<Notice> {
        self.read.with(|read| read.notices.clone())
    }

    /// The address of `view`, for a link.
    #[must_use]
    pub fn address(self, view: &View) -> String {
        self.edition.with_value(|edition| view.address(edition))
    }

    /// Goes to `view`.
    pub fn show(self, view: &View) {
        self.router.go(&self.address(view));
    }

    /// Shows `view` in the place of what is shown: Back does not lead to each letter that was typed.
    pub fn rewrite(self, view: &View) {
        self.router.rewrite(&self.address(view));
    }

    /// Chooses `council`.
    pub fn choose(self, council: CouncilId) {
        let view = self.edition.with_value(|edition| self.view_untracked().choose(edition, council));
        self.show(&view);
    }

    /// The chosen council.
    #[must_use]
    pub fn chosen(self) -> Option<CouncilId> {
        match self.view_untracked().page {
            Page::Council(id) => Some(id),
            _ => None,
        }
    }

    /// What stands for the chosen council: changes when another is chosen.
    #[must_use]
    pub fn chosen_key(self) -> Memo<String> {
        key(move || {
            match self.view().page {
                Page::Council(id) => {
                    self.edition.with_value(|edition| edition.register().get(id).map(|it| it.slug.to_string()))
                }
                _ => None,
            }
            .unwrap_or_default()
        })
    }

    /// What was rendered ahead of what is said at `address`.
    #[must_use]
    pub fn ahead(self, address: &str) -> Option<String> {
        self.ahead.with_value(|ahead| ahead.as_ref().filter(|(of, _)| of == address).map(|(_, html)| html.clone()))
    }

    /// Whether the page shows what was rendered ahead.
    #[must_use]
    pub fn is_as_rendered(self) -> bool {
        self.ahead(&self.address(&self.view_untracked())).is_some()
    }

    /// The second program: what is said of a council, and the search.
    #[must_use]
    pub fn details(self) -> Loader {
        self.details
    }

    /// Tells a reader who does not see it what has changed.
    pub fn say(self, what: impl Into<String>) {
        self.said.set(what.into());
    }

    /// What was said last.
    #[must_use]
    pub fn said(self) -> String {
        self.said.get()
    }
}
