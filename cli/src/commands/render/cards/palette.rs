//! A picture of few colours as a small PNG: with a palette, one byte a pixel before it is packed.

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::Pixmap;
use std::{collections::BTreeMap, iter::repeat_n};

/// The most colours of a palette.
const MOST: usize = 256;

/// A colour without transparency.
type Rgb = [u8; 3];

/// `picture`, which must not be transparent, as a PNG.
pub(super) fn png(picture: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    let pixels: Vec<Rgb> = picture.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let (palette, places) = reduced(&pixels);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::Balanced);
    // Places in a palette are no quantities: the difference of two says nothing.
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&places)?;
    writer.finish()?;
    Ok(bytes)
}

/// At most [`MOST`] colours that stand for those of `pixels`, and of each pixel its place among them.
///
/// Where there are more, those that share their first bits become the most frequent one among them: flat colours stay as they are, and
/// only the shades at the edges of letters come closer together.
fn reduced(pixels: &[Rgb]) -> (Vec<Rgb>, Vec<u8>) {
    // Most pixels are as the one before: what is asked of the map is asked once for a run of them.
    let runs = || pixels.chunk_by(|one, next| one == next);
    let mut counts: BTreeMap<Rgb, usize> = BTreeMap::new();
    for run in runs() {
        *counts.entry(colour_of(run)).or_default() += run.len();
    }
    let cell = |colour: Rgb, bits: u8| colour.map(|part| part >> (8 - bits));
    for bits in (1..=8).rev() {
        let mut cells: BTreeMap<Rgb, (usize, Rgb)> = BTreeMap::new();
        for (colour, count) in &counts {
            let best = cells.entry(cell(*colour, bits)).or_insert((*count, *colour));
            *best = (*best).max((*count, *colour));
        }
        if cells.len() > MOST {
            continue;
        }
        let places: BTreeMap<Rgb, u8> = cells.keys().copied().zip(0..=u8::MAX).collect();
        let place = |colour: Rgb| places.get(&cell(colour, bits)).copied().unwrap_or_default();
        let indexes = runs().flat_map(|run| repeat_n(place(colour_of(run)), run.len())).collect();
        return (cells.into_values().map(|(_, colour)| colour).collect(), indexes);
    }
    // Eight colours of one bit a part always fit.
    (Vec::new(), Vec::new())
}

/// The colour of a run of pixels, which is never empty.
fn colour_of(run: &[Rgb]) -> Rgb {
    run.first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_are_kept_as_they_are() {
        let pixels = [[255, 255, 255], [1, 2, 3], [255, 255, 255], [106, 34, 146]];
        let (palette, places) = reduced(&pixels);
        let back: Vec<Rgb> = places.iter().map(|place| palette[usize::from(*place)]).collect();
        assert_eq!((back.as_slice(), palette.len()), (pixels.as_slice(), 3));
    }

    #[test]
    fn of_many_colours_the_flat_ones_stay_and_the_others_come_close() {
        let flat = [106, 34, 146];
        let shades = (0..=255_u8).flat_map(|one| [[one, 255 - one, 7], [one, one, 200]]);
        let pixels: Vec<Rgb> = std::iter::repeat_n(flat, 1000).chain(shades).collect();
        let (palette, places) = reduced(&pixels);
        assert!(palette.len() <= MOST && palette.contains(&flat), "{}", palette.len());
        for (pixel, place) in pixels.iter().zip(places) {
            let near = palette[usize::from(place)];
            assert!(pixel.iter().zip(near).all(|(one, other)| one.abs_diff(other) < 16), "{pixel:?} {near:?}");
        }
    }
}
