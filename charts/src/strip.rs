//! One statistic on its scale: the rate, its interval, and the published average.

use crate::{
    Chart,
    parts::{EDGE, LINE, SMALL, muted, rule},
    picture::{About, Anchor, Ink, Picture, Rect, Shape},
    scale::Scale,
    text,
    wording::noun,
};
use upheld_domain::{
    edition::Edition,
    figures::Value,
    interval::Interval,
    measure::{Measure, Rate},
    register::CouncilId,
    similar::published,
    words::{possessive, range},
    year::ReportingYear,
};

/// The radius of the dot.
const RADIUS: f64 = 6.0;

/// The 95% interval of one statistic of a council in a year, drawn on the rate, from 0% to 100%.
#[derive(Debug, Clone, PartialEq)]
pub struct StripChart {
    council: CouncilId,
    name: String,
    year: ReportingYear,
    measure: Measure,
    rate: Rate,
    interval: Interval,
    average: Option<Value>,
}

impl StripChart {
    /// The statistic `measure` of `council` in `year`. None where it is not a percentage, or where the counts from which
    /// an interval follows are not known.
    #[must_use]
    pub fn new(edition: &Edition, council: CouncilId, year: ReportingYear, measure: Measure) -> Option<Self> {
        let of = edition.register().get(council)?;
        let rate = edition.read(council, year, measure).ok().filter(|_| measure.is_percentage())?;
        let interval = rate.interval()?;
        let average = published(edition, council, of, year, measure);
        Some(Self { council, name: of.short_name.clone(), year, measure, rate, interval, average })
    }
}

impl Chart for StripChart {
    fn title(&self) -> String {
        let (name, noun, rate) = (possessive(&self.name), noun(self.measure), self.rate.text(self.measure));
        let average = self.average.map_or(String::new(), |value| format!("; the published average is {value}"));
        format!("{name} {noun} of {rate} in {}, 95% interval {}{average}", self.year, range(self.interval))
    }

    fn description(&self) -> String {
        let counts = self.rate.with_counts(self.measure);
        let average = self.average.map_or(String::new(), |value| format!(" The published average is {value}."));
        format!("{}: {counts}, 95% interval {}, on a scale from 0% to 100%.{average}", self.name, range(self.interval))
    }

    fn picture(&self, width: f64) -> Picture {
        let Self { council, measure, average, .. } = *self;
        strip(width, council, measure, Some((self.rate.value, Some(self.interval))), average)
    }
}

/// From 0% to 100% across, where the dot and its interval stand: a band as high as the dot.
pub(crate) fn track(width: f64) -> Rect {
    let inset = EDGE + text::width("100%", SMALL, false) / 2.0;
    let top = EDGE + LINE + 2.0;
    Rect { left: inset, top, right: width - inset, bottom: top + 2.0 * RADIUS }
}

/// A scale from 0% to 100% with the rate of `council` and its interval, as far as they are known, and the published average.
pub(crate) fn strip(
    width: f64,
    council: CouncilId,
    measure: Measure,
    rate: Option<(f64, Option<Interval>)>,
    average: Option<Value>,
) -> Picture {
    let Rect { left, top, right, bottom } = track(width);
    let scale = Scale { values: (0.0, 100.0), places: (left, right) };
    let (middle, axis) = (f64::midpoint(top, bottom), bottom + 4.0);
    let mut shapes = vec![rule((left, axis), (right, axis), 1.0, false, Ink::Muted)];
    for value in [0.0, 50.0, 100.0] {
        let x = scale.place(value);
        shapes.push(rule((x, axis), (x, axis + 4.0), 1.0, false, Ink::Muted));
        let label = muted(measure.write(value), x, axis + 5.0 + LINE / 2.0, Anchor::Middle);
        shapes.push(Shape::Label(label));
    }
    if let Some((value, interval)) = rate {
        if let Some(interval) = interval {
            let ends = (scale.place(interval.lower * 100.0), scale.place(interval.upper * 100.0));
            shapes.push(rule((ends.0, middle), (ends.1, middle), 6.0, false, Ink::Dot));
        }
        let (about, x, y) = (About::Council(council), scale.place(value), middle);
        shapes.push(Shape::Dot { about, x, y, radius: RADIUS, filled: true, ink: Ink::Accent });
    }
    if let Some(value) = average {
        let (x, text) = (scale.place(value.number()), format!("average {value}"));
        // Above the dot, so that it is seen where the two are one.
        shapes.push(rule((x, top - 3.0), (x, axis), 2.0, false, Ink::Text));
        let half = text::width(&text, SMALL, false) / 2.0;
        if half <= width / 2.0 - EDGE {
            let x = x.min(width - EDGE - half).max(EDGE + half);
            shapes.push(Shape::Label(muted(text, x, EDGE + LINE / 2.0 - 1.0, Anchor::Middle)));
        }
    }
    let plot = Rect { left: EDGE, top: EDGE, right: width - EDGE, bottom: axis };
    Picture { width, height: axis + 5.0 + LINE + 2.0, plot, shapes }
}
