//! The screen with the map, and beside it the chosen council or an overview.

use super::{MEASURE, TIER, YEAR, chooser, link, notices};
use crate::{
    council::{CouncilPanel, Overview},
    erased::{dynamic, hear, holds, text},
    error::LoadError,
    map::{CouncilMap, Fills, legend},
    store::Store,
    table::CouncilTable,
};
use leptos::prelude::*;
use upheld_domain::view::Page;

/// The screen with the map.
#[component]
pub fn MapPage() -> impl IntoView {
    let store = Store::get();
    let failed = RwSignal::new(None::<LoadError>);
    let chosen = store.chosen_key();
    let title = text(move || {
        let view = store.view();
        format!("{} of English councils, {}", view.measure.label(), view.year)
    });
    let line = text(move || {
        let view = store.view();
        let fills = Fills::of(&store.edition(), &view);
        let (known, of, measure) = (fills.with_figure(), fills.councils(), view.measure.label().to_lowercase());
        format!("{known} of {of} councils have a figure for {measure} in {} in this edition. ", view.year)
    });
    let panel = dynamic(move || {
        hear(chosen);
        match store.chosen() {
            Some(id) => view! { <CouncilPanel id/> }.into_any(),
            None => view! { <Overview/> }.into_any(),
        }
    });
    let beside = dynamic(move || if failed.with(Option::is_none) { legend() } else { ().into_any() });
    // What the map shows is not lost with it.
    let instead = dynamic(move || {
        if failed.with(Option::is_some) { view! { <CouncilTable choices=false/> }.into_any() } else { ().into_any() }
    });
    view! {
        <main id="main" class="map-page" class:has-council=holds(move || !chosen.get().is_empty())>
            <section class="map-side" aria-label="Map of councils">
                <div class="map-head">
                    <h1 tabindex="-1">{title}</h1>
                    <div class="controls">{chooser(&YEAR)}{chooser(&MEASURE)}{chooser(&TIER)}</div>
                    {notices()}
                    <p class="coverage">{line}{link(Page::Table, "See all councils as a table")}</p>
                </div>
                <div class="map-frame">
                    <CouncilMap failed/>
                    {beside}
                </div>
                {instead}
            </section>
            <div class="panel-side">{panel}</div>
        </main>
    }
}
