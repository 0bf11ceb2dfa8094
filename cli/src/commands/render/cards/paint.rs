//! From a chart to a PNG: the chart as SVG, set in a font of our own and never in the machine's, so that a card is the same wherever it
//! is made.

use super::{Error, palette};
use crate::files;
use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};
use std::{path::Path, sync::Arc};
use upheld_charts::{
    Chart, Theme,
    card::{HEIGHT, WIDTH},
    svg::svg,
};

/// The family of the letters.
const FAMILY: &str = "Source Sans 3";

/// Its weights that charts ask for.
const FONTS: [&str; 2] = ["400Regular/SourceSans3_400Regular.ttf", "700Bold/SourceSans3_700Bold.ttf"];

/// Draws charts in the one font.
pub(super) struct Painter {
    options: Options<'static>,
}

impl Painter {
    /// A painter with the fonts of the npm package in `folder`.
    pub(super) fn with_font(folder: &Path) -> Result<Self, Error> {
        let mut fonts = Database::new();
        for font in FONTS {
            let path = folder.join(font);
            let before = fonts.len();
            fonts.load_font_data(files::read(&path).map_err(Error::NoFont)?);
            let of_family = |face: &resvg::usvg::fontdb::FaceInfo| face.families.iter().any(|(name, _)| name == FAMILY);
            if fonts.len() == before || !fonts.faces().all(of_family) {
                return Err(Error::OtherFont { file: path.display().to_string() });
            }
        }
        // Charts ask for the system's font, or any without serifs: here that is ours.
        fonts.set_sans_serif_family(FAMILY);
        let options = Options { fontdb: Arc::new(fonts), font_family: FAMILY.to_owned(), ..Options::default() };
        Ok(Self { options })
    }

    /// `chart` laid out as it will be drawn.
    pub(super) fn tree<C: Chart>(&self, chart: &C) -> Result<Tree, Error> {
        let wrong = |problem: String| Error::Drawing { title: chart.title(), problem };
        let text = svg(chart, WIDTH, &Theme::CARD).map_err(|error| wrong(error.to_string()))?;
        Tree::from_str(&text, &self.options).map_err(|error| wrong(error.to_string()))
    }

    /// `chart` as a PNG of [`WIDTH`] × [`HEIGHT`] pixels.
    pub(super) fn png<C: Chart>(&self, chart: &C) -> Result<Vec<u8>, Error> {
        let wrong = |problem: String| Error::Drawing { title: chart.title(), problem };
        let tree = self.tree(chart)?;
        let mut pixels = Pixmap::new(WIDTH, HEIGHT).ok_or_else(|| wrong("no memory for its pixels".to_owned()))?;
        pixels.fill(Color::WHITE);
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        palette::png(&pixels).map_err(|error| wrong(error.to_string()))
    }
}
