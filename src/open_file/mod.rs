//! The page `/open/`: a reader opens the Ombudsman's own files, sees what they say, and uses them on the map.
//!
//! A program of its own, so that the map does not wait for it. The files are read by a third, in a worker ([`reader`]); what is taken
//! from them and what that changes is decided in `upheld_sources::reading` and `upheld_domain::opened`.

mod desk;
mod download;
mod file;
mod keep;
mod page;
mod questions;
mod reader;
mod review;

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast as _;

/// Mounts the page in its place.
pub fn start() {
    let Some(place) = document().get_element_by_id("open") else { return };
    place.set_text_content(None);
    mount_to(place.unchecked_into(), page::OpenPage).forget();
}
