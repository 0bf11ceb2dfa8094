//! The colours of a chart, by their role.

use crate::picture::Ink;

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

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
    fn text_is_legible_and_dots_are_seen() {
        for theme in [Theme::LIGHT, Theme::DARK, Theme::PRINT] {
            for text in [theme.text, theme.muted, theme.accent] {
                assert!(contrast(text, theme.background) >= 4.5, "{text:?}");
            }
            assert!(contrast(theme.dot, theme.background) >= 3.0, "{theme:?}");
        }
    }
}
