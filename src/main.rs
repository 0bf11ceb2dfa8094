//! Starts the Upheld page in the element that holds the static one.

fn main() {
    upheld_app::app::start();
}
