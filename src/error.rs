//! What can go wrong on the page, and how it is said: once, in its place, with what to do next.

use leptos::prelude::*;

/// Something that could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The request did not come through.
    #[error("{path} could not be reached. Check your connection")]
    Unreachable {
        /// What was asked for.
        path: String,
    },
    /// The server answered with something else.
    #[error("{path} is not there (the server answered {status})")]
    Status {
        /// What was asked for.
        path: String,
        /// The HTTP status.
        status: u16,
    },
    /// What came is not what it should be: cut off on its way, or of another version.
    #[error("{path} arrived damaged ({problem})")]
    Damaged {
        /// What was asked for.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Leaflet could not set up the map.
    #[error("This browser could not start the map")]
    Map,
}

/// An error in its place, with a way to try again.
#[component]
pub fn Problem(
    /// What did not work: "The figures could not be loaded."
    what: &'static str,
    /// Why.
    #[prop(into)]
    error: String,
    /// Tries again.
    retry: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="problem" role="alert">
            <p><strong>{what}</strong>" "{error}"."</p>
            <button type="button" on:click=move |_| retry.run(())>"Try again"</button>
        </div>
    }
}
