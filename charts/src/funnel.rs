//! The funnel plot of a type and year: every council's rate against its number of cases, and the limits of chance.

mod layout;

use crate::{
    Chart,
    forest::capital,
    picture::Picture,
    wording::{cases, noun},
};
use upheld_domain::{
    council::CouncilType,
    edition::Edition,
    figures::Count,
    funnel::{Funnel, FunnelPoint, Limits},
    grade::Grade,
    interval::Certainty,
    measure::{Absent, Measure},
    register::CouncilId,
    words::{list, percent, range},
    year::ReportingYear,
};

/// The most names that the title says.
const NAMED: usize = 3;

/// A part of the plot, its ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brush {
    /// From how many cases to how many.
    pub cases: (Count, Count),
    /// From which rate to which, in percent.
    pub rates: (u8, u8),
}

/// What of a funnel is made to stand out, and how its limits are drawn. What is not set is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// The council that the page is about: larger, in the accent, and named.
    pub chosen: Option<CouncilId>,
    /// The council under the pointer or the focus: with a ring round it, and named.
    pub lit: Option<CouncilId>,
    /// Whether the limits are widened where rates spread more than chance has them.
    pub widened: bool,
    /// The part of the plot that is selected.
    pub brush: Option<Brush>,
}

/// The funnel plot of a type on one measure in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelChart {
    /// What is made to stand out: may be changed at will.
    pub shown: Shown,
    funnel: Funnel,
    rows: Vec<Row>,
    /// The councils of the type that have no dot, with why.
    absent: Vec<(CouncilId, String, &'static str)>,
}

/// One council of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The council.
    pub council: CouncilId,
    /// What people call it.
    pub name: String,
    /// x: how many.
    pub count: Count,
    /// n: of how many cases.
    pub total: Count,
    /// x of n in percent.
    pub rate: f64,
    /// Its figure as a reader sees it: "13 of 24 (54%)".
    pub figure: String,
    /// What of it chance does not explain.
    pub grade: Grade,
    /// How sure its rate is.
    pub certainty: Certainty,
}

impl Row {
    /// The council in words: "Luton, 13 of 24 (54%), no clear difference from similar authorities".
    #[must_use]
    pub fn words(&self) -> String {
        let mut grade = self.grade.words().to_owned();
        if let Some(first) = grade.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        [&self.name, ", ", &self.figure, ", ", &grade].concat()
    }

    /// Whether it lies in the part of the plot that is selected.
    #[must_use]
    pub fn is_within(&self, brush: &Brush) -> bool {
        let (cases, rates) = (brush.cases, brush.rates);
        let (fewest, most) = (cases.0.min(cases.1), cases.0.max(cases.1));
        let (lowest, highest) = (f64::from(rates.0.min(rates.1)), f64::from(rates.0.max(rates.1)));
        (fewest..=most).contains(&self.total) && (lowest..=highest).contains(&self.rate)
    }
}

impl FunnelChart {
    /// The funnel of `kind` on `measure` in `year`. None where the measure is no percentage, no council has counts, or there is
    /// nothing to hold them against.
    #[must_use]
    pub fn new(
        edition: &Edition,
        kind: CouncilType,
        year: ReportingYear,
        measure: Measure,
        shown: Shown,
    ) -> Option<Self> {
        let funnel = Funnel::new(edition, kind, year, measure)?;
        let row = |point: &FunnelPoint| {
            let FunnelPoint { council, judged } = *point;
            let rate = edition.read(council, year, measure).ok()?;
            Some(Row {
                council,
                name: edition.register().get(council)?.short_name.clone(),
                count: judged.count,
                total: judged.total,
                rate: 100.0 * f64::from(judged.count) / f64::from(judged.total),
                figure: rate.with_counts(measure),
                grade: judged.grade,
                certainty: rate.certainty,
            })
        };
        let rows: Vec<Row> = funnel.points.iter().filter_map(row).collect();
        let mut absent = Vec::new();
        for (id, of) in edition.register().of_type(year, kind) {
            if rows.iter().all(|row| row.council != id) {
                let why = edition.read(id, year, measure).err().map_or("its counts are not known", Absent::words);
                absent.push((id, of.short_name.clone(), why));
            }
        }
        Some(Self { shown, funnel, rows, absent })
    }

    /// The funnel that it draws.
    #[must_use]
    pub fn funnel(&self) -> &Funnel {
        &self.funnel
    }

    /// Every council with a dot, by its cases, then by its rate: the order in which a keyboard steps through them.
    #[must_use]
    pub fn points(&self) -> &[Row] {
        &self.rows
    }

    /// The councils of the selected part of the plot: none where none is selected.
    #[must_use]
    pub fn selected(&self) -> Vec<CouncilId> {
        let brush = self.shown.brush;
        let within = self.rows.iter().filter(|row| brush.is_some_and(|brush| row.is_within(&brush)));
        within.map(|row| row.council).collect()
    }

    /// The number of cases and the rate, in percent, at a place of the picture of `width`; none outside of its plot.
    #[must_use]
    pub fn value_at(&self, width: f64, x: f64, y: f64) -> Option<(f64, f64)> {
        layout::Frame::new(self, width).value_at(x, y)
    }

    fn standing_out(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.grade.stands_out())
    }

    /// φ, where the limits are widened by it.
    fn wider(&self) -> Option<f64> {
        let dispersion = self.funnel.dispersion.filter(|it| self.shown.widened && it.is_over());
        dispersion.map(|dispersion| dispersion.phi)
    }

    /// The limits at a number of cases. Round a rate of 0% or 100% there are none: chance would move no council, and a rate
    /// that is printed so may stand for one that it would.
    fn limits_at(&self, cases: Count) -> Option<Limits> {
        let share = self.funnel.baseline;
        if share <= 0.0 || share >= 1.0 {
            return None;
        }
        self.funnel.limits_at(cases, self.shown.widened)
    }

    /// What is said where there are no limits.
    fn without_limits(&self) -> Option<String> {
        let rate = self.funnel.measure.write(self.funnel.baseline * 100.0);
        self.limits_at(1).is_none().then(|| format!("no limits are drawn round a rate of {rate}"))
    }

    /// What the line of the baseline is.
    fn baseline(&self) -> String {
        match self.funnel.published {
            Some(value) => format!("{value}, published average"),
            None => {
                format!("{}, all {} in this edition", percent(self.funnel.baseline * 100.0), self.funnel.kind.plural())
            }
        }
    }

    /// What widened limits are; nothing where they are not widened.
    fn widening(&self) -> Option<String> {
        // In tenths.
        let phi = self.wider().map(|phi| Measure::UpheldPer100k.write(phi));
        phi.map(|phi| format!("limits widened for overdispersion, φ = {phi}"))
    }
}

impl Chart for FunnelChart {
    fn title(&self) -> String {
        let Funnel { kind, year, measure, .. } = self.funnel;
        let all = self.rows.len();
        let kinds = if all == 1 { kind.singular() } else { kind.plural() };
        let whom = if all < self.funnel.of { [kinds, " with counts"].concat() } else { kinds.to_owned() };
        let out: Vec<&Row> = self.standing_out().collect();
        let outside = "outside what chance explains";
        let judged = self.rows.iter().any(|row| row.certainty != Certainty::TooFew);
        let finding = match (out.len(), all) {
            (0, 1) if !judged => format!("too few cases to judge the one {whom}"),
            (0, _) if !judged => format!("too few cases to judge any of the {all} {whom}"),
            (0, 1) => format!("the one {whom} does not lie {outside}"),
            (0, 2) => format!("neither of the two {whom} lies {outside}"),
            (0, _) => format!("none of the {all} {whom} lies {outside}"),
            (1, _) => format!("1 of {all} {whom} lies {outside}"),
            (some, _) => format!("{some} of {all} {whom} lie {outside}"),
        };
        let side = |row: &Row| if row.grade == Grade::Lower { " (lower)" } else { " (higher)" };
        // Those with the most cases first, and not more names than can be read; all are named in the picture and in its description.
        let count = if out.len() > NAMED + 1 { NAMED } else { out.len() };
        let mut names: Vec<String> = out.iter().rev().take(count).map(|row| row.name.clone() + side(row)).collect();
        match out.len() - count {
            0 => {}
            others => names.push(format!("{others} others")),
        }
        let names = if names.is_empty() { String::new() } else { [": ", &list(&names)].concat() };
        format!("{} in {year}: {finding}{names}", capital(noun(measure)))
    }

    fn description(&self) -> String {
        let Funnel { kind, year, measure, of, .. } = self.funnel;
        let mut parts = vec![format!(
            "{} of {} of {of} {} in {year}, each against its number of {}",
            self.funnel.measure.label(),
            self.rows.len(),
            kind.plural(),
            cases(measure).to_ascii_lowercase()
        )];
        parts.push(format!("The line: {}", self.baseline()));
        let most = self.funnel.most_cases();
        if let Some(limits) = self.limits_at(most) {
            let (inner, outer) = (range(limits.inner), range(limits.outer));
            parts.push(format!("At {most}, 95% of councils would lie within {inner} by chance, 99.8% within {outer}"));
        }
        parts.extend(self.widening().or(self.without_limits()).map(|text| capital(&text)));
        let out: Vec<String> = self.standing_out().map(Row::words).collect();
        parts.push(match out.as_slice() {
            [] => "No council lies outside what chance explains".to_owned(),
            some => format!("Outside what chance explains: {}", some.join("; ")),
        });
        let chosen = self.rows.iter().find(|row| Some(row.council) == self.shown.chosen);
        parts.extend(chosen.filter(|row| !row.grade.stands_out()).map(Row::words));
        parts.extend(self.absent());
        if self.shown.brush.is_some() {
            parts.push(format!("Selected: {} of {}", self.selected().len(), self.rows.len()));
        }
        parts.join(". ") + "."
    }

    fn picture(&self, width: f64) -> Picture {
        layout::draw(self, width)
    }
}

impl FunnelChart {
    /// The chosen council and why it has no dot.
    fn absent(&self) -> Option<String> {
        let (_, name, why) = self.absent.iter().find(|(id, ..)| Some(*id) == self.shown.chosen)?;
        Some([name, ": ", why].concat())
    }
}
