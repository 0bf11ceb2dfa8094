//! Annual letters as PDF: any file is a letter or a typed error, within its limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use upheld_sources::letter_pdf;

fuzz_target!(|bytes: &[u8]| {
    let _ = letter_pdf::read(bytes);
});
