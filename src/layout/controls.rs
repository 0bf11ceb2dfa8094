//! The choices that every screen shares: year, measure, and which councils are shown.

use crate::{
    erased::{handler, text},
    marks,
    store::Store,
};
use leptos::{ev, prelude::*};
use upheld_domain::{council::Tier, edition::Edition, measure::Measure, view::View};
use upheld_pages::html::Html;

/// A choice that makes another view.
#[derive(Clone, Copy)]
pub struct Choice {
    /// The select's id.
    pub id: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The values, each with what is shown of it.
    pub options: fn(&Edition) -> Vec<(String, String)>,
    /// The value that a view has.
    pub chosen: fn(&View) -> String,
    /// The view with another value.
    pub choose: fn(&Edition, &View, &str) -> Option<View>,
}

/// The select "Year".
pub const YEAR: Choice = Choice {
    id: "year",
    label: "Year",
    options: |edition| edition.years().iter().rev().map(|year| (year.key().to_string(), year.to_string())).collect(),
    chosen: |view| view.year.key().to_string(),
    choose: |_, view, value| Some(View { year: value.parse().ok()?, ..view.clone() }),
};

/// The select "Measure".
pub const MEASURE: Choice = Choice {
    id: "measure",
    label: "Measure",
    options: |_| Measure::ALL.iter().map(|measure| (measure.key().to_owned(), measure.label().to_owned())).collect(),
    chosen: |view| view.measure.key().to_owned(),
    choose: |_, view, value| Some(View { measure: value.parse().ok()?, ..view.clone() }),
};

/// The select "Councils shown".
pub const TIER: Choice = Choice {
    id: "tier",
    label: "Councils shown",
    options: |_| Tier::ALL.iter().map(|tier| (tier.key().to_owned(), tier.label().to_owned())).collect(),
    chosen: |view| view.tier.key().to_owned(),
    choose: |edition, view, value| Some(view.with_tier(edition, value.parse().ok()?)),
};

/// The select "Colours".
pub const COLOURS: Choice = Choice {
    id: "colours",
    label: "Colours",
    options: |_| {
        [("", "Plain rates"), ("similar", "Against similar authorities")]
            .map(|(value, words)| (value.to_owned(), words.to_owned()))
            .into()
    },
    chosen: |view| if view.against { "similar" } else { "" }.to_owned(),
    choose: |_, view, value| Some(View { against: value == "similar", ..view.clone() }),
};

/// The select "Map".
pub const MAP: Choice = Choice {
    id: "map",
    label: "Map",
    options: |_| {
        [("", "Boundaries"), ("hex", "One hexagon each")]
            .map(|(value, words)| (value.to_owned(), words.to_owned()))
            .into()
    },
    chosen: |view| if view.hexes { "hex" } else { "" }.to_owned(),
    choose: |_, view, value| Some(View { hexes: value == "hex", ..view.clone() }),
};

/// A labelled select for `choice`.
pub fn chooser(choice: &Choice) -> AnyView {
    let Choice { id, label, options, chosen, choose } = *choice;
    let store = Store::get();
    let change = handler(move |event: ev::Event| {
        marks::begin("recolour");
        let view = store.view_untracked();
        if let Some(next) = choose(&store.edition(), &view, &event_target_value(&event)) {
            store.show(&next);
            let (measure, tier) = (next.measure.label().to_ascii_lowercase(), next.tier.label().to_ascii_lowercase());
            store.say(format!("Showing {measure}, {}, {tier}.", next.year));
        }
    });
    let mut html = Html::default();
    for (value, words) in options(&store.edition()) {
        html.within("option", &[("value", &value)], |html| {
            html.text(&words);
        });
    }
    // The options stand before the value is set, or there would be none to choose.
    view! {
        <div class="control">
            <label for=id>{label}</label>
            <select id=id inner_html=html.written() on:change=change prop:value=text(move || chosen(&store.view()))></select>
        </div>
    }
    .into_any()
}
