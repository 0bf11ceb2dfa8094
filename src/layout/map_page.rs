//! The screen with the map, and beside it the chosen council or an overview.

use super::{COLOURS, MAP, MEASURE, TIER, YEAR, chooser, link, notices};
use crate::{
    council::{CouncilPanel, Overview},
    erased::{dynamic, follow, hear, holds, text, written},
    error::LoadError,
    map::CouncilMap,
    store::Store,
    table::CouncilTable,
};
use leptos::prelude::*;
use upheld_domain::view::{Page, View};
use upheld_pages::{html::Html, legend};

/// The screen with the map.
#[component]
pub fn MapPage() -> impl IntoView {
    let store = Store::get();
    let failed = RwSignal::new(None::<LoadError>);
    let chosen = store.chosen_key();
    let title = text(move || store.view().heading());
    // What a first visitor has to know, in one sentence.
    let sentence = text(move || store.view().measure.explanation().to_owned());
    let line = text(move || legend::coverage(&store.edition(), &store.fills()));
    // Where the map is all but blank, the way to the year that has most.
    let fuller = text(move || {
        let (view, edition) = (store.view(), store.edition());
        let fills = store.fills();
        let year = edition.default_year();
        let mut html = Html::default();
        if fills.is_sparse() && view.year != year {
            let address = View { year, ..view.clone() }.address(&edition);
            html.link(&address, &format!("{year} has most")).text(". ");
        }
        if view.table.selects() {
            html.text(&format!("{} selected in the funnel plot, the others faded. ", fills.selected()));
            html.link(&view.unselected().address(&edition), "Show all").text(". ");
        }
        if view.against && !view.is_against() {
            html.text("This measure is no share of cases: it cannot be held against chance, and is shown plain. ");
        }
        html.written()
    });
    // However a council was left: by its button, a key, or Back.
    let before = StoredValue::new(None);
    follow(move || {
        hear(chosen);
        let now = store.chosen();
        let left = before.get_value().filter(|_| now.is_none());
        before.set_value(now);
        let (edition, tier) = (store.edition(), store.view_untracked().tier);
        let Some(council) = left.and_then(|id| edition.register().get(id)) else { return };
        if council.tier_from(tier) == tier {
            store.say("Closed. The map shows all councils.");
        } else {
            store.say(format!("{} is closed: it is not among {}.", council.name, tier.label().to_ascii_lowercase()));
        }
    });
    let panel = dynamic(move || {
        hear(chosen);
        match store.chosen() {
            Some(id) => view! { <CouncilPanel id/> }.into_any(),
            None => view! { <Overview/> }.into_any(),
        }
    });
    let beside = dynamic(move || {
        if failed.with(Option::is_some) {
            return ().into_any();
        }
        let mut html = Html::default();
        legend::write(&mut html, &store.view(), &store.fills());
        written(html.written())
    });
    // What the map shows is not lost with it.
    let instead = dynamic(move || {
        if failed.with(Option::is_some) { view! { <CouncilTable choices=false/> }.into_any() } else { ().into_any() }
    });
    view! {
        <main id="main" class="map-page" class:has-council=holds(move || !chosen.get().is_empty())>
            <section class="map-side" aria-label="Map of councils">
                <div class="map-head">
                    <h1 tabindex="-1">{title}</h1>
                    <p class="sentence">{sentence}</p>
                    <div class="controls">{chooser(&YEAR)}{chooser(&MEASURE)}{chooser(&TIER)}</div>
                    {notices()}
                    <p class="coverage">{line}<span inner_html=fuller></span><span>"Can’t use the map? "{link(|| Page::Table, "See all councils as a table")}</span></p>
                </div>
                <div class="map-frame">
                    <a class="skip" href="#main" target="_self" data-to=".panel-side h2">"Skip the map"</a>
                    <CouncilMap failed/>
                    <div class="map-key">{chooser(&MAP)}{chooser(&COLOURS)}{beside}</div>
                    <a class="skip" href="#main" target="_self" data-to=".map-side h1">"Back to before the map"</a>
                </div>
                {instead}
            </section>
            <div class="panel-side">{panel}</div>
        </main>
    }
}
