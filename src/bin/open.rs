//! Starts the page where a reader opens files of their own.

fn main() {
    upheld_app::open_file::start();
}
