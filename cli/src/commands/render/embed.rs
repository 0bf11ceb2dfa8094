//! The cards that other sites put into frames: pages of their own, which share nothing with the built page.

use super::way_back;
use upheld_domain::{council::Council, edition::Edition, register::CouncilId, year::ReportingYear};
use upheld_pages::{About, embed};

/// A card: its folder below the root of the site, with a slash at its end, and the whole page.
pub(super) struct Card {
    pub(super) path: String,
    pub(super) page: String,
}

/// Every card: the comparison, each council in the year that is shown first, and in every year with figures.
pub(super) fn all(edition: &Edition) -> Vec<Card> {
    let path = "embed/compare/".to_owned();
    let mut cards = vec![Card { page: embed::comparison(edition, &way_back(&path)), path }];
    for (id, council) in edition.register().iter() {
        let path = format!("embed/council/{}/", council.slug);
        for year in edition.years_of(id) {
            cards.push(card(edition, id, council, year, format!("{path}{}/", year.key())));
        }
        cards.push(card(edition, id, council, edition.default_year_for(council), path));
    }
    cards
}

fn card(edition: &Edition, id: CouncilId, council: &Council, year: ReportingYear, path: String) -> Card {
    let link = |id| {
        let council = edition.register().get(id);
        council.map(|council| format!("council/{}/", council.slug)).unwrap_or_default()
    };
    let about = About { edition, id, council, year, link: &link, strip: &|_, _| {} };
    Card { page: embed::card(about, &way_back(&path)), path }
}
