//! The statistics in WebAssembly come to what they come to natively: see `domain/tests/ranks.rs` for the same numbers.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use upheld_domain::{binomial::tails, rank::ranks};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn ranks_are_those_of_every_machine() {
    let eight = [(13, 24), (20, 29), (76, 94), (115, 132), (4, 4), (0, 5), (1, 1), (9, 13)];
    let expected = [(4, 7), (3, 7), (2, 5), (1, 4), (1, 6), (8, 8), (1, 7), (2, 7)];
    let found: Vec<(u32, u32)> = ranks(&eight).iter().map(|it| (it.from, it.to)).collect();
    assert_eq!(found, expected);

    let one = |place: u32| {
        let total = 3 + (place * 37) % 61 + (place * place) % 23;
        (total * (40 + (place * 29) % 55) / 100, total)
    };
    let of_164: Vec<(u32, u32)> = (0..164).map(one).collect();
    let sums = ranks(&of_164).iter().fold((0, 0), |(from, to), it| (from + it.from, to + it.to));
    assert_eq!(sums, (7449, 19_574));
}

#[wasm_bindgen_test]
fn tails_are_those_of_every_machine() {
    let found = tails(115, 132, 0.8).unwrap();
    assert!((found.at_most - 0.987_884).abs() < 1e-5 && (found.at_least - 0.022_213).abs() < 1e-5, "{found:?}");
}
