//! The charts by their names: which chart a view shows in which place.

use upheld_charts::{
    Chart, ForestChart, FunnelChart, MapYears, MultiplesChart, Picture, SimilarChart, StripChart, TrendChart,
    funnel::{Brush, Shown},
};
use upheld_domain::{
    council::CouncilType,
    edition::Edition,
    funnel::Funnel,
    measure::Measure,
    register::CouncilId,
    view::{Compared, Page, Span, View},
};

/// All councils of a type in one year.
pub const SIMILAR: &str = "similar";
/// One council over the years.
pub const TREND: &str = "trend";
/// All councils of a type against their number of cases.
pub const FUNNEL: &str = "funnel";
/// Several councils, a row each.
pub const FOREST: &str = "forest";
/// Several councils over the years.
pub const MULTIPLES: &str = "multiples";
/// The map itself, drawn to be taken away.
pub const MAP: &str = "map";
/// The map once for every year; there once its cells have been fetched.
pub const MAP_YEARS: &str = "map-years";
/// One statistic with its interval; the measure's key follows.
pub const STRIP: &str = "strip-";

/// A chart of any kind: what draws one is compiled once for all.
pub enum Named {
    /// [`SIMILAR`].
    Similar(SimilarChart),
    /// [`TREND`].
    Trend(TrendChart),
    /// [`FUNNEL`].
    Funnel(FunnelChart),
    /// [`FOREST`].
    Forest(ForestChart),
    /// [`MULTIPLES`].
    Multiples(MultiplesChart),
    /// [`MAP_YEARS`].
    Years(MapYears),
    /// [`STRIP`].
    Strip(StripChart),
}

impl Named {
    /// The chart `which` of what `view` shows.
    #[must_use]
    pub fn of(edition: &Edition, view: &View, which: &str) -> Option<Self> {
        let (year, measure) = (view.year, view.measure);
        let council = view.council(edition).map(|(id, _)| id);
        match which {
            SIMILAR => SimilarChart::new(edition, council?, year, measure).map(Self::Similar),
            TREND => TrendChart::new(edition, council?, year, measure).map(Self::Trend),
            FUNNEL => funnel(edition, view).map(Self::Funnel),
            FOREST => ForestChart::new(edition, compared(view), year, measure).map(Self::Forest),
            MULTIPLES => MultiplesChart::new(edition, compared(view), year, measure).map(Self::Multiples),
            MAP_YEARS => super::years::of(edition, view).map(Self::Years),
            _ => {
                let measure = which.strip_prefix(STRIP)?.parse().ok()?;
                StripChart::new(edition, council?, year, measure).map(Self::Strip)
            }
        }
    }

    fn any(&self) -> &dyn Plain {
        match self {
            Self::Similar(chart) => chart,
            Self::Trend(chart) => chart,
            Self::Funnel(chart) => chart,
            Self::Forest(chart) => chart,
            Self::Multiples(chart) => chart,
            Self::Years(chart) => chart,
            Self::Strip(chart) => chart,
        }
    }
}

/// The councils that a view holds side by side.
#[must_use]
pub fn compared(view: &View) -> &[CouncilId] {
    match &view.page {
        Page::Compare(Compared { councils, .. }) | Page::Committee(councils) => councils,
        _ => &[],
    }
}

/// The type whose funnel plot a view shows: that of its council, else the one that was chosen, else the one of those on the map of which
/// most councils can be judged.
#[must_use]
pub fn funnel_kind(edition: &Edition, view: &View) -> Option<CouncilType> {
    if let Some((_, council)) = view.council(edition) {
        return Some(council.council_type);
    }
    let judged = |kind: &CouncilType| {
        let shown = kind.stands_in(view.tier);
        Funnel::new(edition, *kind, view.year, view.measure).filter(|_| shown).map_or(0, |funnel| funnel.points.len())
    };
    view.table.kind.or_else(|| CouncilType::ALL.into_iter().max_by_key(judged).filter(|kind| judged(kind) > 0))
}

/// The funnel plot that a view shows, with what was selected in it.
#[must_use]
pub fn funnel(edition: &Edition, view: &View) -> Option<FunnelChart> {
    let kind = funnel_kind(edition, view)?;
    let council = view.council(edition).map(|(id, _)| id);
    let mut chart = FunnelChart::new(edition, kind, view.year, view.measure, Shown::default())?;
    let table = view.table;
    let whole = |span: Option<Span>, most| span.map_or((0, most), |span| (span.from, span.to.min(most)));
    let percent = |rate: u32| u8::try_from(rate).unwrap_or(100);
    let ours = table.selects() && table.kind.is_none_or(|of| of == kind);
    let brush = ours.then(|| {
        let (low, high) = whole(table.rates, 100);
        Brush { cases: whole(table.cases, chart.funnel().most_cases()), rates: (percent(low), percent(high)) }
    });
    chart.shown = Shown { chosen: council, brush, widened: view.widened, ..chart.shown };
    Some(chart)
}

/// What of a chart needs no backend.
trait Plain {
    fn title(&self) -> String;
    fn description(&self) -> String;
    fn picture(&self, width: f64) -> Picture;
}

impl<C: Chart> Plain for C {
    fn title(&self) -> String {
        Chart::title(self)
    }

    fn description(&self) -> String {
        Chart::description(self)
    }

    fn picture(&self, width: f64) -> Picture {
        Chart::picture(self, width)
    }
}

impl Chart for Named {
    fn title(&self) -> String {
        self.any().title()
    }

    fn description(&self) -> String {
        self.any().description()
    }

    fn picture(&self, width: f64) -> Picture {
        self.any().picture(width)
    }
}

/// The charts that stand on the page of a council for its three statistics.
pub const STRIPS: [Measure; 3] = [Measure::Uphold, Measure::Compliance, Measure::Remedy];
