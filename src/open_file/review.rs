//! What opening the files would change, before it is done.

use super::{
    desk::{Desk, Prospect},
    keep,
};
use crate::erased::{dynamic, handler};
use leptos::{ev, prelude::*};
use upheld_domain::{edition::Edition, opened::Differing, view::View, year::ReportingYear};
use upheld_pages::{capitalised, html::Html};

/// As many differences are listed at first.
const LISTED: usize = 40;

/// What would change, and the button that does it.
#[component]
pub(super) fn Changes(desk: Desk) -> impl IntoView {
    let keeps = RwSignal::new(desk.held.with_untracked(|held| held.is_kept));
    let problem = RwSignal::new(None::<String>);
    let prospect = Memo::new(move |_| desk.prospect());
    let apply = move || {
        let Some(Prospect { opened, review, .. }) = prospect.get_untracked() else { return };
        let edition = desk.edition().as_ref().clone().with_opened(&opened);
        let (keep, was_kept) = (keeps.get_untracked(), desk.held.with_untracked(|held| held.is_kept));
        let year = review.years.iter().max_by_key(|of| (of.after > of.before, of.year)).map(|of| of.year);
        let to = address(&edition, year);
        leptos::task::spawn_local(async move {
            match keep::keep(&opened, keep, was_kept).await {
                Ok(held) => {
                    desk.held.set(held);
                    let base = document().base_uri().ok().flatten().unwrap_or_default();
                    // Where it cannot be left, the page says what is open now.
                    let _ = window().location().assign(&format!("{base}{to}"));
                }
                Err(why) => problem.set(Some(why)),
            }
        });
    };
    dynamic(move || {
        let Some(Prospect { review, open, .. }) = prospect.get() else { return ().into_any() };
        let apply = handler(move |_: ev::MouseEvent| apply());
        let first = handler(move |event: ev::Event| desk.first.set(event_target_value(&event) == "own"));
        let is_first = desk.first.get();
        let differ = !review.differences.is_empty();
        let choice = differ.then(|| {
            view! {
                <fieldset on:change=first>
                    <legend>"Where the edition and your files are equally good sources, show"</legend>
                    <label><input type="radio" name="first" value="edition" prop:checked=!is_first/>"what the edition holds"</label>
                    <label><input type="radio" name="first" value="own" prop:checked=is_first/>"what your files print"</label>
                </fieldset>
            }
        });
        let waiting = (open > 0).then(|| {
            let said = if open == 1 {
                "1 question above is open. Until it is answered, what it asks about is left out.".to_owned()
            } else {
                format!("{open} questions above are open. Until they are answered, what they ask about is left out.")
            };
            view! { <p class="note">{said}</p> }
        });
        let trouble = problem.get().map(|why| {
            view! { <p class="problem" role="alert">{format!("This browser could not hold your files: {why}.")}</p> }
        });
        let years = years(&review.years);
        let differences = differences(&desk.edition(), &review.differences);
        let confirmed = match review.confirmed {
            0 => None,
            1 => Some("1 figure of your files is the same in the edition.".to_owned()),
            figures => Some(format!("{figures} figures of your files are the same in the edition.")),
        };
        view! {
            <section class="changes" aria-labelledby="changes">
                <h2 id="changes">"What your files change"</h2>
                {waiting}
                <div inner_html=years></div>
                <p>{confirmed}</p>
                <div inner_html=differences></div>
                {choice}
                <p class="keeps">
                    <label>
                        <input type="checkbox" prop:checked=move || keeps.get() on:change=move |event| keeps.set(event_target_checked(&event))/>
                        "Keep them in this browser until I remove them"
                    </label>
                    <span class="hint">"Otherwise they are gone when you close this tab."</span>
                </p>
                {trouble}
                <p><button type="button" class="primary" on:click=apply>"Use them on the map"</button></p>
            </section>
        }
        .into_any()
    })
}

/// The address of the map in `year`.
fn address(edition: &Edition, year: Option<ReportingYear>) -> String {
    let view = View::read(edition, "", "").0;
    View { year: year.unwrap_or(view.year), ..view }.address(edition)
}

fn years(years: &[upheld_domain::opened::YearGained]) -> String {
    let mut html = Html::default();
    if years.is_empty() {
        return html.written();
    }
    html.part("table", "small", |html| {
        html.element("caption", "Councils with figures, of all councils of the year");
        html.within("thead", &[], |html| {
            html.within("tr", &[], |html| {
                for heading in ["Year", "In the edition", "With your files"] {
                    html.within("th", &[("scope", "col")], |html| {
                        html.text(heading);
                    });
                }
            });
        });
        html.within("tbody", &[], |html| {
            for it in years {
                html.within("tr", &[], |html| {
                    html.within("th", &[("scope", "row")], |html| {
                        html.text(&it.year.to_string());
                    });
                    html.classed("td", "number", &format!("{} of {}", it.before, it.of));
                    html.classed("td", "number", &format!("{} of {}", it.after, it.of));
                });
            }
        });
    });
    html.written()
}

fn differences(edition: &Edition, differences: &[Differing]) -> String {
    let mut html = Html::default();
    if differences.is_empty() {
        return html.written();
    }
    html.element("h3", "Where your files and other sources differ");
    html.element("p", "The better source is shown: the Ombudsman’s pages and tables before its letters, these before papers of councils, these before the press. Among equals it is the edition, unless you choose otherwise below, and the file that was opened first.");
    let scrolls = [
        ("class", "table-scroll"),
        ("role", "group"),
        ("aria-label", "Differences, scrolls sideways"),
        ("tabindex", "0"),
    ];
    html.within("div", &scrolls, |html| {
        html.part("table", "small", |html| {
            html.classed("caption", "unseen", "Figures that differ");
            html.within("thead", &[], |html| {
                html.within("tr", &[], |html| {
                    for heading in ["Council", "Year", "Figure", "Shown", "Not shown"] {
                        html.within("th", &[("scope", "col")], |html| {
                            html.text(heading);
                        });
                    }
                });
            });
            html.within("tbody", &[], |html| {
                for it in differences.iter().take(LISTED) {
                    html.within("tr", &[], |html| {
                        let name = edition.register().get(it.council).map(|council| council.name.as_str());
                        html.within("th", &[("scope", "row")], |html| {
                            html.text(name.unwrap_or_default());
                        });
                        html.element("td", &it.year.to_string()).element("td", &capitalised(it.field.label()));
                        html.element("td", &format!("{}, {}", it.shown.0, it.shown.1));
                        html.element("td", &format!("{}, {}", it.other.0, it.other.1));
                    });
                }
            });
        });
    });
    if differences.len() > LISTED {
        html.element("p", &format!("and {} more; each stands with its council’s figures.", differences.len() - LISTED));
    }
    html.written()
}
