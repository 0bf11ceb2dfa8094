//! The pictures that stand for pages where links to them are shared: one of each council, and one of England for all other pages.

mod england;
mod paint;
mod palette;

use crate::files::FileError;
use paint::Painter;
use std::{panic::resume_unwind, path::Path, thread};
use upheld_charts::{Chart, CouncilCard};
use upheld_domain::{council::Council, edition::Edition};
use upheld_sources::boundaries::GeographyError;

/// The card of every page that has none of its own, below the root of the site.
pub(super) const ENGLAND: &str = "cards/upheld.png";

/// What can go wrong with cards.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(
        "{0}; cards are set in Source Sans 3, which comes with the npm packages: run npm ci, or name the folder that holds it \
         with --font, or leave cards out with --no-cards"
    )]
    NoFont(FileError),
    #[error("{file}: no font of the family Source Sans 3 in it; run npm ci")]
    OtherFont { file: String },
    #[error(transparent)]
    File(FileError),
    #[error("{file}: {error}; make the boundaries again: upheld geography")]
    Boundaries { file: String, error: GeographyError },
    #[error("the card “{title}” cannot be drawn: {problem}")]
    Drawing { title: String, problem: String },
}

/// A card: its place below the root of the site, and its bytes, a PNG.
pub(super) struct Card {
    pub(super) path: String,
    pub(super) png: Vec<u8>,
}

/// The place of the card of `council`, below the root of the site.
pub(super) fn of(council: &Council) -> String {
    format!("cards/{}.png", council.slug)
}

/// Every card: England from the boundaries in `geo`, then each council in the year that is shown first; set in the font in `font`.
pub(super) fn all(edition: &Edition, geo: &Path, font: &Path) -> Result<Vec<Card>, Error> {
    let painter = Painter::with_font(font)?;
    let england = england::card(edition, geo)?;
    let councils: Vec<(String, CouncilCard)> = edition
        .register()
        .iter()
        .map(|(id, council)| (of(council), CouncilCard::new(edition, id, council, edition.default_year_for(council))))
        .collect();
    let mut cards = vec![card(&painter, ENGLAND, &england)?];
    // Each is drawn by itself, so that they come out the same however many are drawn at a time.
    let workers = thread::available_parallelism().map_or(1, usize::from).clamp(1, 8);
    let share = councils.len().div_ceil(workers).max(1);
    let painter = &painter;
    let drawn = thread::scope(|scope| {
        let shares = councils.chunks(share).map(|some| scope.spawn(move || batch(painter, some)));
        let running: Vec<_> = shares.collect();
        let join = |one: thread::ScopedJoinHandle<'_, _>| one.join().unwrap_or_else(|panic| resume_unwind(panic));
        running.into_iter().map(join).collect::<Vec<_>>()
    });
    for some in drawn {
        cards.extend(some?);
    }
    Ok(cards)
}

fn batch(painter: &Painter, councils: &[(String, CouncilCard)]) -> Result<Vec<Card>, Error> {
    councils.iter().map(|(path, chart)| card(painter, path, chart)).collect()
}

fn card<C: Chart>(painter: &Painter, path: &str, chart: &C) -> Result<Card, Error> {
    Ok(Card { path: path.to_owned(), png: painter.png(chart)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use resvg::usvg::{Group, Node, TextChunk};
    use upheld_charts::card::{HEIGHT, WIDTH};

    fn root() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
    }

    fn edition() -> Edition {
        data::load(&root().join("data")).unwrap().holdings.edition().unwrap()
    }

    fn painter() -> Painter {
        Painter::with_font(&root().join("node_modules/@expo-google-fonts/source-sans-3")).unwrap()
    }

    fn council_card(edition: &Edition, slug: &str) -> CouncilCard {
        let id = edition.register().by_slug(slug).unwrap();
        let council = edition.register().get(id).unwrap();
        CouncilCard::new(edition, id, council, edition.default_year_for(council))
    }

    /// The lines of text in `group` with where they come to stand: left, top, right, bottom, without the room that lines keep between them.
    fn lines(group: &Group) -> Vec<(String, [f32; 4])> {
        let of = |node: &Node| match node {
            Node::Group(group) => lines(group),
            Node::Text(text) => {
                let said: String = text.chunks().iter().map(TextChunk::text).collect();
                let room = node.abs_bounding_box();
                let between = room.height() * 0.2;
                vec![(said, [room.left(), room.top() + between, room.right(), room.bottom() - between])]
            }
            _ => Vec::new(),
        };
        group.children().iter().flat_map(of).collect()
    }

    fn is_legible<C: Chart>(painter: &Painter, chart: &C) -> Vec<String> {
        let tree = painter.tree(chart).unwrap();
        let lines = lines(tree.root());
        for (place, (text, [left, top, right, bottom])) in lines.iter().enumerate() {
            let name = chart.title();
            assert!(
                *left >= 48.0 && *right <= 1184.0 && *top >= 24.0 && *bottom <= 622.0,
                "{name}: “{text}” is cut off"
            );
            for (other, [its_left, its_top, its_right, its_bottom]) in lines.iter().skip(place + 1) {
                let apart = right <= its_left || its_right <= left || bottom <= its_top || its_bottom <= top;
                assert!(apart, "{name}: “{text}” over “{other}”");
            }
        }
        lines.into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn a_card_says_the_count_first_then_the_rate_its_interval_the_average_and_the_grade() {
        let (edition, painter) = (edition(), painter());
        let said = is_legible(&painter, &council_card(&edition, "luton-borough-council"));
        let expected = [
            "Upheld",
            "Reporting year 2023-24",
            "Luton Borough Council",
            "Unitary council",
            "9 of 13",
            "investigations upheld (69%)",
            "Uncertain: 95% interval 42% to 87%",
            "Published average of unitary councils: 79%",
            "0%",
            "50%",
            "100%",
            "average 79%",
            "No clear difference from similar authorities",
            "Upheld – source: Local Government and Social Care Ombudsman",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn what_is_missing_and_what_has_ended_is_said() {
        let (edition, painter) = (edition(), painter());
        let said = is_legible(&painter, &council_card(&edition, "norwich-city-council"));
        for text in [
            "No uphold rate for 2023-24 in this edition",
            "Latest known: 2 of 2 investigations upheld (100%, too few to judge) in 2024-25",
            "That does not mean that there were no complaints.",
        ] {
            assert!(said.iter().any(|line| line == text), "{said:?}");
        }
        let said = is_legible(&painter, &council_card(&edition, "allerdale-borough-council"));
        for text in
            ["Reporting year 2022-23, its last year", "District council until 31 March 2023", "Too few to judge"]
        {
            assert!(said.iter().any(|line| line == text), "{said:?}");
        }
    }

    #[test]
    fn no_text_is_cut_off_and_none_stands_over_another_and_names_take_two_lines_at_most() {
        let (edition, painter) = (edition(), painter());
        let mut tried = 0;
        for (place, (id, council)) in edition.register().iter().enumerate() {
            let year = edition.default_year_for(council);
            let known = edition.figures(id, year).is_some();
            if known || council.name.len() >= 30 || place % 10 == 0 {
                let said = is_legible(&painter, &CouncilCard::new(&edition, id, council, year));
                let (one, two) = (said[2].as_str(), format!("{} {}", said[2], said[3]));
                assert!(one == council.name || two == council.name, "{said:?}");
                tried += 1;
            }
        }
        assert!(tried > 100, "{tried}");
        is_legible(&painter, &england::card(&edition, &root().join("geo")).unwrap());
    }

    #[test]
    fn a_card_is_a_picture_of_its_size_the_same_each_time() {
        let (edition, painter) = (edition(), painter());
        let england = england::card(&edition, &root().join("geo")).unwrap();
        let luton = council_card(&edition, "luton-borough-council");
        let norwich = council_card(&edition, "norwich-city-council");
        let draw = || [painter.png(&england), painter.png(&luton), painter.png(&norwich)].map(Result::unwrap);
        let cards = draw();
        assert!(cards == draw());
        for bytes in cards {
            assert!(bytes.len() < 60_000, "{} bytes", bytes.len());
            let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
            assert_eq!((reader.info().width, reader.info().height), (WIDTH, HEIGHT));
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut pixels).unwrap();
            // The last pixel is ground: not all is, and not little.
            let ground = pixels.last().copied().unwrap();
            let drawn = pixels.iter().filter(|one| **one != ground).count();
            assert!(drawn * 10 > pixels.len() && drawn * 2 < pixels.len(), "{drawn} of {}", pixels.len());
        }
    }

    #[test]
    fn a_font_of_another_family_is_refused() {
        let folder = std::env::temp_dir().join(format!("upheld-font-{}", std::process::id()));
        for font in ["400Regular/SourceSans3_400Regular.ttf", "700Bold/SourceSans3_700Bold.ttf"] {
            crate::files::write(&folder.join(font), b"no font").unwrap();
        }
        let refused = Painter::with_font(&folder).err().unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(
            refused.to_string().contains("SourceSans3_400Regular.ttf: no font of the family Source Sans 3"),
            "{refused}"
        );
    }
}
