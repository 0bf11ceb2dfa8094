//! Annual letters as text: any text is a letter or a typed error, and no figure is taken that is not in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use upheld_domain::figures::{Field, Value};
use upheld_sources::letter_text;

fuzz_target!(|bytes: &[u8]| {
    let Ok(reading) = letter_text::read(bytes) else { return };
    let figures = reading.letter.figures();
    let text = String::from_utf8_lossy(bytes);
    // Investigations can be a sum, of which it is said.
    for field in Field::ALL.iter().copied().filter(|field| *field != Field::Investigations) {
        if let Some(Value::Count(count)) = figures.get(field) {
            let digits = count.to_string();
            let plain: String = text.chars().filter(|c| *c != ',').collect();
            assert!(plain.contains(&digits) || count <= 20, "{field:?} {count}");
        }
    }
});
