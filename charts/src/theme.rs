//! The colours of a chart, by their role.

use crate::picture::Ink;
use upheld_domain::{
    bands::{Fill, Standing},
    measure::Measure,
};

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// What is seen where so much of this colour, of 1, lies over `ground`.
    #[must_use]
    pub fn over(self, ground: Self, share: f64) -> Self {
        let share = share.clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two of 0 to 255")]
        let mix = |one: u8, other: u8| (f64::from(one) * share + f64::from(other) * (1.0 - share)).round() as u8;
        Self(mix(self.0, ground.0), mix(self.1, ground.1), mix(self.2, ground.2))
    }
}

/// The colours of a map's fills: those of `style/tokens.css`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapTheme {
    /// Of the classes of a measure, lowest first.
    pub bands: [Colour; 6],
    /// Against similar authorities, in the order of [`Standing::ALL`].
    pub standings: [Colour; 5],
    /// Where there is no figure, and the lines over it.
    pub blank: (Colour, Colour),
    /// Lines over an uncertain class, and how much of their colour is seen, of 1.
    pub hatching: (Colour, f64),
    /// The same over the two lowest classes, from which the others would hardly stand out.
    pub faint: (Colour, f64),
    /// Between areas.
    pub edge: Colour,
}

impl MapTheme {
    /// On white.
    #[must_use]
    pub const fn light(measure: Measure) -> Self {
        Self {
            bands: match measure {
                Measure::Uphold | Measure::UpheldPer100k => [
                    Colour(0xe9, 0xed, 0xf6),
                    Colour(0xc5, 0xd1, 0xe9),
                    Colour(0x9f, 0xb0, 0xda),
                    Colour(0x85, 0x83, 0xc4),
                    Colour(0x7a, 0x4b, 0xa6),
                    Colour(0x4d, 0x12, 0x64),
                ],
                Measure::Remedy => [
                    Colour(0xf8, 0xf5, 0xe4),
                    Colour(0xcf, 0xe0, 0xc3),
                    Colour(0x92, 0xc5, 0xb1),
                    Colour(0x44, 0x95, 0xa0),
                    Colour(0x15, 0x5a, 0x78),
                    Colour(0x15, 0x5a, 0x78),
                ],
                Measure::Compliance => two(Colour(0xb3, 0x48, 0x0b), Colour(0xcf, 0xdb, 0xe3)),
            },
            standings: [
                Colour(0xc2, 0x57, 0x0c),
                Colour(0x1c, 0x6c, 0xb0),
                Colour(0xb9, 0xb7, 0xaf),
                Colour(0xd9, 0xd7, 0xd0),
                Colour(0xf1, 0xf0, 0xec),
            ],
            blank: (Colour(0xef, 0xee, 0xe9), Colour(0xb4, 0xb2, 0xaa)),
            hatching: (Colour(0xff, 0xff, 0xff), 0.72),
            faint: (Colour(0x3a, 0x3f, 0x6b), 0.55),
            edge: Theme::LIGHT.background,
        }
    }

    /// On near black, where brighter is more.
    #[must_use]
    pub const fn dark(measure: Measure) -> Self {
        Self {
            bands: match measure {
                Measure::Uphold | Measure::UpheldPer100k => [
                    Colour(0x2b, 0x2f, 0x45),
                    Colour(0x3f, 0x44, 0x70),
                    Colour(0x5f, 0x5a, 0xa0),
                    Colour(0x8a, 0x6c, 0xc4),
                    Colour(0xbb, 0x8a, 0xdd),
                    Colour(0xf0, 0xc3, 0xf2),
                ],
                Measure::Remedy => [
                    Colour(0x2d, 0x33, 0x30),
                    Colour(0x27, 0x52, 0x4f),
                    Colour(0x2f, 0x7d, 0x7c),
                    Colour(0x5d, 0xb0, 0xa2),
                    Colour(0xb5, 0xe3, 0xc4),
                    Colour(0xb5, 0xe3, 0xc4),
                ],
                Measure::Compliance => two(Colour(0xff, 0x9d, 0x5c), Colour(0x44, 0x52, 0x5e)),
            },
            standings: [
                Colour(0xff, 0x9a, 0x4d),
                Colour(0x62, 0xb0, 0xf5),
                Colour(0x5c, 0x5b, 0x66),
                Colour(0x40, 0x3f, 0x48),
                Colour(0x2a, 0x2a, 0x31),
            ],
            blank: (Colour(0x26, 0x26, 0x2c), Colour(0x55, 0x54, 0x5e)),
            hatching: (Colour(0x17, 0x17, 0x1c), 0.69),
            faint: (Colour(0xd5, 0xd9, 0xff), 0.44),
            edge: Theme::DARK.background,
        }
    }

    /// The colour of a fill, and of the lines over it with their thickness, where it is hatched.
    pub(crate) fn fill(&self, fill: Fill) -> (Colour, Option<(Colour, f64)>) {
        match fill {
            Fill::None => (self.blank.0, Some((self.blank.1, 1.0))),
            Fill::Against(standing) => {
                let mut all = Standing::ALL.iter().zip(self.standings);
                (all.find(|(one, _)| **one == standing).map_or(self.blank.0, |(_, colour)| colour), None)
            }
            Fill::Band { place, hatched } => {
                let last = self.bands.len() - 1;
                let colour = self.bands.get(place.min(last)).copied().unwrap_or(self.blank.0);
                let (line, share) = if place < 2 { self.faint } else { self.hatching };
                (colour, hatched.then(|| (line.over(colour, share), 1.6)))
            }
        }
    }
}

/// The colours of a measure with two classes.
const fn two(lower: Colour, upper: Colour) -> [Colour; 6] {
    [lower, upper, upper, upper, upper, upper]
}

/// The colours that a chart is drawn in; the page's own on screen, one of these elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// What it is drawn on.
    pub background: Colour,
    /// Text to be read first.
    pub text: Colour,
    /// Text to be read second, lines of reference.
    pub muted: Colour,
    /// Lines to be hardly seen.
    pub grid: Colour,
    /// The other councils.
    pub dot: Colour,
    /// The council that the chart is about.
    pub accent: Colour,
}

impl Theme {
    /// On white.
    pub const LIGHT: Self = Self {
        background: Colour(255, 255, 255),
        text: Colour(29, 32, 36),
        muted: Colour(86, 92, 100),
        grid: Colour(222, 225, 229),
        dot: Colour(122, 132, 146),
        accent: Colour(176, 42, 70),
    };

    /// On near black.
    pub const DARK: Self = Self {
        background: Colour(20, 23, 28),
        text: Colour(236, 238, 241),
        muted: Colour(166, 173, 183),
        grid: Colour(52, 58, 67),
        dot: Colour(126, 137, 152),
        accent: Colour(255, 138, 152),
    };

    /// On paper, in greys.
    pub const PRINT: Self = Self {
        background: Colour(255, 255, 255),
        text: Colour(0, 0, 0),
        muted: Colour(70, 70, 70),
        grid: Colour(215, 215, 215),
        dot: Colour(140, 140, 140),
        accent: Colour(0, 0, 0),
    };

    /// On a card: white, with the purple of the page.
    pub const CARD: Self = Self { accent: Colour(0x6a, 0x22, 0x92), ..Self::LIGHT };

    /// The colour of `ink`.
    #[must_use]
    pub const fn colour(&self, ink: Ink) -> Colour {
        match ink {
            Ink::Background => self.background,
            Ink::Text => self.text,
            Ink::Muted => self.muted,
            Ink::Grid => self.grid,
            Ink::Dot => self.dot,
            Ink::Accent => self.accent,
            Ink::Exact(colour) => colour,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(Colour(red, green, blue): Colour) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: Colour, other: Colour) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn the_colours_of_the_map_are_those_of_the_page() {
        let css = include_str!("../../style/tokens.css");
        let (light, dark) = css.split_once("@media").unwrap();
        for (css, theme) in [(light, MapTheme::light as fn(Measure) -> MapTheme), (dark, MapTheme::dark)] {
            for measure in Measure::ALL {
                let theme = theme(measure);
                // The page's own colours are those of the uphold rate.
                let key = format!("[data-measure=\"{}\"]", measure.key());
                let own = css.find(&key).map_or(css, |at| &css[at..]);
                let value = |css: &str, name: &str| {
                    let (_, rest) = css.split_once(&format!("--{name}: #")).unwrap();
                    let hex = |at: usize| u8::from_str_radix(&rest[at..at + 2], 16).unwrap();
                    Colour(hex(0), hex(2), hex(4))
                };
                let classes = upheld_domain::bands::bands(measure).len();
                for (place, colour) in theme.bands.iter().enumerate().take(classes) {
                    assert_eq!(*colour, value(own, &format!("band-{place}")), "{measure:?} {place}");
                }
                let names = ["higher", "lower", "within", "unsure", "unjudged"];
                assert_eq!(theme.standings, names.map(|name| value(css, name)));
                assert_eq!(theme.blank, (value(css, "blank"), value(css, "blank-line")));
                assert_eq!(
                    (theme.hatching.0, theme.faint.0),
                    (value(css, "hatch-line"), value(css, "hatch-line-faint"))
                );
            }
        }
    }

    #[test]
    fn text_is_legible_and_dots_are_seen() {
        for theme in [Theme::LIGHT, Theme::DARK, Theme::PRINT, Theme::CARD] {
            for text in [theme.text, theme.muted, theme.accent] {
                assert!(contrast(text, theme.background) >= 4.5, "{text:?}");
            }
            assert!(contrast(theme.dot, theme.background) >= 3.0, "{theme:?}");
        }
    }
}
