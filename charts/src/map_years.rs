//! The hex map once for every year, all on one scale of classes.

use crate::{
    Chart,
    map_picture::{Area, LegendRow, Look, bounds, fill, flat, legend},
    parts::{EDGE, LINE, SMALL, key_row, lines, many, muted, rule},
    picture::{Anchor, Ink, Label, Picture, Rect, Shape},
    text::wrap,
    theme::MapTheme,
};
use upheld_domain::{
    bands::{self, Fill},
    council::{GssCode, Tier},
    edition::Edition,
    in_words,
    measure::Measure,
    register::CouncilId,
    trend::{Break, breaks_between},
    year::ReportingYear,
};

/// As many columns as keep a panel below this width.
const WIDEST: f64 = 225.0;
/// Between two panels.
const GAP: f64 = 18.0;
/// From a break's line to the panel after it.
const BREAK: f64 = 8.0;
/// The size of a panel's heading, and from one line of it to the next.
const HEADING: (f64, f64) = (13.0, 17.0);
/// The most that the legend is wide.
const LEGEND: f64 = 340.0;
/// From one line of the hatching to the next, where areas are small.
const HATCH: f64 = 3.5;

/// Where a council is drawn: its code, and rings of longitudes and latitudes in degrees.
pub type Cell = (GssCode, Vec<Vec<(f64, f64)>>);

/// A small map for every year with figures on one measure.
///
/// Maps stand in the order of their years, four beside each other where there is room. Years that are not comparable with those before
/// them stand behind a dashed line, with the reason.
#[derive(Debug, Clone, PartialEq)]
pub struct MapYears {
    /// What it shows, in a sentence.
    pub title: String,
    /// The same as the picture in words.
    pub description: String,
    /// What the legend is headed by: the measure.
    pub heading: String,
    /// The maps, in order.
    pub years: Vec<YearMap>,
    /// The rows of the legend.
    pub legend: Vec<LegendRow>,
    /// The colours of the fills.
    pub theme: MapTheme,
}

/// The map of one year.
#[derive(Debug, Clone, PartialEq)]
pub struct YearMap {
    /// The year.
    pub year: ReportingYear,
    /// The areas.
    pub areas: Vec<Area>,
    /// How many councils have a figure.
    pub known: usize,
    /// Of how many.
    pub of: usize,
}

impl MapYears {
    /// The maps of `tier` on `measure`, the council that is `chosen` outlined: of every year in which a council of the tier has a rate.
    ///
    /// `cells` are those of each set of councils, by its first year ([`Register::vintage`](upheld_domain::register::Register::vintage)); a year without any is
    /// left out. None where no year is left.
    #[must_use]
    pub fn new(
        edition: &Edition,
        cells: &[(ReportingYear, Vec<Cell>)],
        tier: Tier,
        measure: Measure,
        chosen: Option<CouncilId>,
        theme: MapTheme,
    ) -> Option<Self> {
        let years: Vec<YearMap> = edition
            .years()
            .into_iter()
            .filter_map(|year| year_map(edition, cells, tier, measure, chosen, year))
            .collect();
        let (first, last) = (years.first()?.year, years.last()?.year);
        let span = if first == last { first.to_string() } else { format!("{first} to {last}") };
        let shown: Vec<ReportingYear> = years.iter().map(|map| map.year).collect();
        let row = |fill, label: &str| LegendRow { fill, label: label.to_owned(), count: None };
        let classes = bands::bands(measure);
        let mut legend: Vec<LegendRow> = Vec::new();
        for (place, band) in classes.iter().enumerate().rev() {
            legend.push(row(Fill::Band { place, hatched: false }, band.label));
        }
        let place = if classes.len() > 3 { 3 } else { 1 };
        legend.push(row(Fill::Band { place, hatched: true }, "hatched: few cases, uncertain"));
        legend.push(row(Fill::None, "no figure"));
        Some(Self {
            title: format!("{}, {span}: a map for each year", measure.label()),
            description: in_words::maps_over_years(edition, tier, &shown, measure),
            heading: measure.label().to_owned(),
            years,
            legend,
            theme,
        })
    }

    /// What lies between a map and the one before it.
    fn breaks_before(&self, place: usize) -> Vec<&'static Break> {
        let before = place.checked_sub(1).and_then(|before| self.years.get(before));
        let both = before.zip(self.years.get(place));
        both.map(|(before, map)| breaks_between(before.year, map.year).collect()).unwrap_or_default()
    }
}

/// The map of a year in which there is a rate and for which there are cells.
fn year_map(
    edition: &Edition,
    cells: &[(ReportingYear, Vec<Cell>)],
    tier: Tier,
    measure: Measure,
    chosen: Option<CouncilId>,
    year: ReportingYear,
) -> Option<YearMap> {
    let register = edition.register();
    let councils = || register.in_tier(year, tier);
    let known = councils().filter(|(id, _)| edition.read(*id, year, measure).is_ok()).count();
    if known == 0 {
        return None;
    }
    let vintage = register.vintage(year);
    let (_, cells) = cells.iter().find(|(first, _)| *first == vintage)?;
    let area = |(code, outline): &Cell| {
        let id = register.by_code(*code);
        let fill = id.map_or(Fill::None, |id| bands::fill(measure, &edition.read(id, year, measure)));
        Area { outline: outline.clone(), fill, out: false, chosen: id.is_some() && id == chosen }
    };
    Some(YearMap { year, areas: cells.iter().map(area).collect(), known, of: councils().count() })
}

impl Chart for MapYears {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn description(&self) -> String {
        self.description.clone()
    }

    fn picture(&self, width: f64) -> Picture {
        let room = width - 2.0 * EDGE;
        let (mut columns, mut count) = (1, 1.0);
        while room / count > WIDEST {
            (columns, count) = (columns + 1, count + 1.0);
        }
        let across = (room + GAP) / count - GAP;
        let mut shapes = Vec::new();
        let mut y = legend(&mut shapes, &self.theme, &self.heading, &self.legend, (EDGE, EDGE), room.min(LEGEND)) + 8.0;
        let top = y;
        let corners = self.years.iter().flat_map(|map| &map.areas).flat_map(|area| &area.outline).flatten();
        let ground = bounds(corners.map(|at| flat(*at))).unwrap_or(Rect::around(0.0, 0.0, 1.0));
        let scale = (across - BREAK) / (ground.right - ground.left).max(1e-6);
        let high = scale * (ground.bottom - ground.top);
        for (number, row) in self.years.chunks(columns).enumerate() {
            let first = number * columns;
            let notes: Vec<Vec<String>> =
                row.iter().enumerate().map(|(place, map)| self.note(first + place, map, across - BREAK)).collect();
            let words_high = notes.iter().map(|note| many(note)).fold(0.0, f64::max) * LINE;
            let (map_top, bottom) = (y + HEADING.1 + words_high + 4.0, y + HEADING.1 + words_high + 4.0 + high);
            let mut left = EDGE;
            for (place, (map, note)) in row.iter().zip(notes).enumerate() {
                if !self.breaks_before(first + place).is_empty() {
                    // Where a row begins, between the edge and its first map.
                    let x = if place == 0 { left + 1.0 } else { left - GAP / 2.0 + BREAK / 2.0 };
                    shapes.push(rule((x, y), (x, bottom), 1.0, true, Ink::Muted));
                }
                let start = left + BREAK;
                let heading = Label {
                    size: HEADING.0,
                    bold: true,
                    ink: Ink::Text,
                    ..muted(map.year.to_string(), start, y + HEADING.1 / 2.0, Anchor::Start)
                };
                shapes.push(Shape::Label(heading));
                lines(&mut shapes, note, &muted(String::new(), start, 0.0, Anchor::Start), y + HEADING.1, LINE);
                let at = |(x, y): (f64, f64)| (start + (x - ground.left) * scale, map_top + (y - ground.top) * scale);
                self.draw(&mut shapes, map, &|place| at(flat(place)));
                left += across + GAP;
            }
            y = bottom + 18.0;
        }
        let bottom = y - 18.0;
        y = self.key(&mut shapes, y - 6.0, width);
        let plot = Rect { left: EDGE, top, right: width - EDGE, bottom };
        Picture { width, height: y + EDGE, plot, shapes }
    }
}

impl MapYears {
    /// What stands under a map's year: how many have a figure, and why it is not comparable with the map before.
    fn note(&self, place: usize, map: &YearMap, width: f64) -> Vec<String> {
        let mut note = wrap(&in_words::with_figure(map.known, map.of), SMALL, false, width);
        let breaks = self.breaks_before(place);
        if !breaks.is_empty() {
            let reasons: Vec<&str> = breaks.iter().map(|at| at.short).collect();
            let words = format!("not comparable with before: {}", reasons.join("; "));
            note.extend(wrap(&words, SMALL, false, width));
        }
        note
    }

    /// The areas of one map.
    fn draw(&self, shapes: &mut Vec<Shape>, map: &YearMap, place: &dyn Fn((f64, f64)) -> (f64, f64)) {
        let mut outlines = Vec::new();
        for area in &map.areas {
            let rings: Vec<Vec<(f64, f64)>> =
                area.outline.iter().map(|ring| ring.iter().map(|at| place(*at)).collect()).collect();
            fill(shapes, &rings, Look { theme: &self.theme, fill: area.fill, out: area.out, hatch: HATCH });
            for mut points in rings {
                points.extend(points.first().copied());
                let (thick, ink) = if area.chosen { (2.0, Ink::Text) } else { (0.5, Ink::Background) };
                outlines.push((area.chosen, Shape::Line { points, thick, ink }));
            }
        }
        // The chosen one over all others.
        for of_chosen in [false, true] {
            let some = outlines.iter().filter(|(chosen, _)| *chosen == of_chosen);
            shapes.extend(some.map(|(_, shape)| shape.clone()));
        }
    }

    /// What the dashed lines mean, and why.
    fn key(&self, shapes: &mut Vec<Shape>, top: f64, width: f64) -> f64 {
        let breaks: Vec<&Break> = (0..self.years.len()).flat_map(|place| self.breaks_before(place)).collect();
        if breaks.is_empty() {
            return top;
        }
        let sign = |x: f64, y: f64| rule((x, y - 7.5), (x, y + 7.5), 1.0, true, Ink::Muted);
        let mut y = key_row(shapes, sign, "years on two sides of this line are not comparable", top, width) + 2.0;
        for at in breaks {
            let words = wrap(at.reason, SMALL, false, width - 2.0 * EDGE);
            y = lines(shapes, words, &muted(String::new(), EDGE, 0.0, Anchor::Start), y, LINE) + 2.0;
        }
        y
    }
}
