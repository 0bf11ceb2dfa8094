//! The bytes of a file, read piece by piece, so that it can be told how far the reading has come.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// Bytes that are read at a time.
const PIECE: f64 = 1_048_576.0;

/// The bytes of `file`; `told` of how many have been read, of how many.
///
/// # Errors
/// Where the file cannot be read any more, or there is no memory for it.
pub(crate) async fn of(file: &Blob, told: impl Fn(f64, f64)) -> Result<Vec<u8>, JsValue> {
    let size = file.size();
    let mut bytes = Vec::new();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the caller bounds the size")]
    let room = size as usize;
    bytes.try_reserve_exact(room).map_err(|_| JsValue::from("there is not enough memory for the file"))?;
    let mut at = 0.0;
    while at < size {
        let end = (at + PIECE).min(size);
        told(at, size);
        let piece = file.slice_with_f64_and_f64(at, end)?;
        let piece = Uint8Array::new(&JsFuture::from(piece.array_buffer()).await?);
        let from = bytes.len();
        bytes.resize(from + piece.length() as usize, 0);
        if let Some(room) = bytes.get_mut(from..) {
            piece.copy_to(room);
        }
        at = end;
    }
    told(size, size);
    Ok(bytes)
}
