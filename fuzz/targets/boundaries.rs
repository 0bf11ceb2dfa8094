//! Boundaries of the Office for National Statistics: any bytes are shapes or a typed error, within limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use upheld_sources::ons_boundaries::{Limits, read};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(found) = read(bytes, &Limits::default()) {
        assert!(!found.shapes.is_empty());
    }
});
