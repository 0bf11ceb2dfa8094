//! Sizes: of a file as it lies there, and as a web server sends it.

/// Bytes after compression as a web server does it ahead of time (brotli, quality 11).
pub(crate) fn compressed(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    // Compressing from memory to memory does not fail; if it did, the size before is the honest one.
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters).unwrap_or(bytes.len())
}

/// A number of bytes for a reader: "70.2 kB" of 1000 bytes each.
pub(crate) fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}
