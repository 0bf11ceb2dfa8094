//! The Upheld page: what the domain knows, on the screen.
//!
//! State has three owners. The address says what is shown ([`route`]), the edition what is known
//! ([`edition`]), and a component keeps what is half-typed or hovered. Components hold no rule: those
//! are in `upheld-domain`.

#![allow(clippy::must_use_candidate, reason = "a component is called by the view that it stands in")]

pub mod about;
mod ahead;
pub mod app;
pub mod chart;
pub mod committee;
pub mod comparison;
pub mod council;
pub mod details;
pub mod edition;
pub mod erased;
pub mod error;
pub mod fetch;
pub mod fragment;
pub mod layout;
pub mod map;
pub mod marks;
pub mod open_file;
pub mod route;
pub mod said;
pub mod search;
pub mod store;
pub mod table;
