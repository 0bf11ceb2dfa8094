//! What is on the screen, and its address: the URL is the state.

use crate::{
    council::{Council, CouncilType, Region, Tier},
    edition::Edition,
    measure::{Measure, Reading},
    register::CouncilId,
    year::ReportingYear,
};
use std::{fmt::Write as _, str::FromStr};

/// A page of Upheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// The map.
    Map,
    /// The map with one council chosen.
    Council(CouncilId),
    /// All councils as a table.
    Table,
    /// Some councils side by side.
    Compare(Compared),
    /// Councils on paper, for a committee.
    Committee(Vec<CouncilId>),
    /// Method, sources, licence.
    About,
    /// An address that leads nowhere, as it was asked for.
    Missing(String),
}

/// Councils to be held side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// Which, in the order in which they were chosen, each once.
    pub councils: Vec<CouncilId>,
    /// Another year to hold each of them against.
    pub then: Option<ReportingYear>,
    /// Whether the reader was told what is wrong with the comparison, and wants to see it all the same.
    pub anyway: bool,
}

/// The most councils that are compared.
pub const MOST_COMPARED: usize = 60;

/// From one whole number to another, both included: "20-60" in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// From here…
    pub from: u32,
    /// …to here.
    pub to: u32,
}

impl Span {
    /// Whether `value` lies within.
    #[must_use]
    pub fn holds(self, value: u32) -> bool {
        self.from <= value && value <= self.to
    }
}

impl FromStr for Span {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (from, to) = text.split_once('-').ok_or(())?;
        let (from, to) = (from.parse().map_err(drop)?, to.parse().map_err(drop)?);
        if from <= to { Ok(Self { from, to }) } else { Err(()) }
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.from, self.to)
    }
}

/// A column of the table by which it can be sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Column {
    /// The council's name: the order in which the table first stands, as it is no league table.
    #[default]
    Name,
    /// Its type.
    Type,
    /// Its region.
    Region,
    /// How it reads on a measure.
    Measure(Measure),
}

impl Column {
    /// All columns, from left to right: a phone's window shows the first two.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Measure(Measure::Uphold),
        Self::Measure(Measure::UpheldPer100k),
        Self::Measure(Measure::Compliance),
        Self::Measure(Measure::Remedy),
        Self::Type,
        Self::Region,
    ];

    /// Its key in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Type => "type",
            Self::Region => "region",
            Self::Measure(measure) => measure.key(),
        }
    }

    /// Its heading.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Council",
            Self::Type => "Type",
            Self::Region => "Region",
            Self::Measure(measure) => measure.label(),
        }
    }
}

impl FromStr for Column {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|column| column.key() == text).ok_or(())
    }
}

/// How the table is filtered and sorted, and which councils were selected in the funnel plot: those of a type with so many cases and such a
/// rate, which the map then shows alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TableView {
    /// Only councils of this type.
    pub kind: Option<CouncilType>,
    /// Only councils in this region.
    pub region: Option<Region>,
    /// Only councils with so many cases.
    pub cases: Option<Span>,
    /// Only councils whose rate, rounded, is so many percent.
    pub rates: Option<Span>,
    /// Sorted by this column…
    pub sort: Column,
    /// …from the highest down.
    pub descending: bool,
}

impl TableView {
    /// Whether councils were selected in the funnel plot.
    #[must_use]
    pub fn selects(&self) -> bool {
        self.cases.is_some() || self.rates.is_some()
    }

    /// Whether a council of type `kind` that reads `reading` is among those that were selected.
    #[must_use]
    pub fn selected(&self, kind: CouncilType, reading: &Reading) -> bool {
        let rate = reading.as_ref().ok();
        let within = |span: Option<Span>, value: Option<u32>| {
            span.is_none_or(|span| value.is_some_and(|value| span.holds(value)))
        };
        self.kind.is_none_or(|of| of == kind)
            && within(self.cases, rate.and_then(|rate| rate.total))
            && within(self.rates, rate.map(|rate| whole(rate.value)))
    }
}

/// A rate in percent as a whole number.
fn whole(percent: f64) -> u32 {
    (0..=100).find(|whole| percent.round() <= f64::from(*whole)).unwrap_or(100)
}

/// What is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The page.
    pub page: Page,
    /// The reporting year.
    pub year: ReportingYear,
    /// What the map is coloured by.
    pub measure: Measure,
    /// The councils that are shown.
    pub tier: Tier,
    /// Whether the map is coloured by the difference from similar authorities.
    pub against: bool,
    /// Whether the limits of funnel plots are widened for the spread that chance does not explain.
    pub widened: bool,
    /// Whether the map shows every council as one cell of equal size, in place of its boundary.
    pub hexes: bool,
    /// The table's own state, and what was selected in the funnel plot.
    pub table: TableView,
    /// What the names of the table's councils contain, in any case; empty for all.
    pub named: String,
}

/// A value in an address that could not be used, with what is shown instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The parameter.
    pub parameter: &'static str,
    /// The value that was asked for.
    pub asked: String,
    /// What is shown instead, in words.
    pub shown: String,
}

impl std::fmt::Display for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "The address asks for {} “{}”, which is not known here. Showing {} instead.",
            self.parameter, self.asked, self.shown
        )
    }
}

impl View {
    /// The view at `path` (below the app's root, without a leading slash) with `query` (without its
    /// question mark), and what could not be used of it.
    #[must_use]
    pub fn read(edition: &Edition, path: &str, query: &str) -> (Self, Vec<Notice>) {
        let mut notices = Vec::new();
        let page = read_page(edition, path, query, &mut notices);
        let council = match &page {
            Page::Council(id) => edition.register().get(*id),
            _ => None,
        };
        if let Some(asked) = find(query, WITH).filter(|_| edition.with().is_empty()) {
            let shown = "what this edition holds".to_owned();
            notices.push(Notice { parameter: "figures of a file of the sender’s own,", asked, shown });
        }
        let value = |parameter: &'static str| find(query, parameter).map(|asked| (parameter, asked));
        let year = choose(&mut notices, value("year"), default_year(edition, council), ToString::to_string);
        let measure = choose(&mut notices, value("measure"), Measure::default(), |it| it.label().to_ascii_lowercase());
        let tier = choose(&mut notices, value("tier"), default_tier(council), |it| it.label().to_ascii_lowercase());
        let tier = council.map_or(tier, |council| council.tier_from(tier));
        let table = TableView {
            kind: choose_some(&mut notices, value("type"), "all types"),
            region: choose_some(&mut notices, value("region"), "all regions"),
            sort: choose(&mut notices, value("sort"), Column::default(), |it| {
                format!("them by {}", it.label().to_ascii_lowercase())
            }),
            cases: choose_some(&mut notices, value("cases"), "any number of cases"),
            rates: choose_some(&mut notices, value("rates"), "any rate"),
            descending: find(query, "order").as_deref() == Some("desc"),
        };
        let against = find(query, "against").as_deref() == Some("similar");
        let widened = find(query, "limits").as_deref() == Some("wide");
        let hexes = find(query, "map").as_deref() == Some("hex");
        let named = values(query, "name").next().map(decoded).unwrap_or_default();
        (Self { page, year, measure, tier, against, widened, hexes, table, named }, notices)
    }

    /// The address of the view, below the app's root: defaults are left out.
    #[must_use]
    pub fn address(&self, edition: &Edition) -> String {
        let council = self.council(edition).map(|(_, council)| council);
        let path = match &self.page {
            Page::Map => String::new(),
            Page::Council(_) => council.map(|council| format!("council/{}/", council.slug)).unwrap_or_default(),
            Page::Table => "table/".to_owned(),
            Page::Compare(_) => "compare/".to_owned(),
            Page::Committee(_) => "committee/".to_owned(),
            Page::About => "about/".to_owned(),
            Page::Missing(path) => path.clone(),
        };
        let mut query: Vec<String> = Vec::new();
        let mut say = |parameter: &str, value: &str| query.push(format!("{parameter}={value}"));
        if let Page::Compare(Compared { councils, .. }) | Page::Committee(councils) = &self.page {
            let slugs = councils.iter().filter_map(|id| edition.register().get(*id)).map(|it| it.slug.as_str());
            let slugs: Vec<&str> = slugs.collect();
            if !slugs.is_empty() {
                say("councils", &slugs.join(","));
            }
        }
        if let Page::Compare(Compared { then, anyway, .. }) = &self.page {
            if let Some(then) = then {
                say("then", &then.key().to_string());
            }
            if *anyway {
                say("anyway", "yes");
            }
        }
        if self.year != default_year(edition, council) {
            say("year", &self.year.key().to_string());
        }
        if self.measure != Measure::default() {
            say("measure", self.measure.key());
        }
        if self.tier != default_tier(council) {
            say("tier", self.tier.key());
        }
        if self.against {
            say("against", "similar");
        }
        if self.widened {
            say("limits", "wide");
        }
        if self.hexes {
            say("map", "hex");
        }
        if matches!(self.page, Page::Map | Page::Council(_) | Page::Table) {
            if let Some(kind) = self.table.kind {
                say("type", kind.key());
            }
            for (parameter, span) in [("cases", self.table.cases), ("rates", self.table.rates)] {
                if let Some(span) = span {
                    say(parameter, &span.to_string());
                }
            }
        }
        if self.page == Page::Table {
            if let Some(region) = self.table.region {
                say("region", &region.key());
            }
            if self.table.sort != Column::default() {
                say("sort", self.table.sort.key());
            }
            if self.table.descending {
                say("order", "desc");
            }
        }
        // The table also stands where the map cannot be shown.
        if matches!(self.page, Page::Map | Page::Council(_) | Page::Table) && !self.named.is_empty() {
            say("name", &encoded(&self.named));
        }
        // Told, not handed over: the figures themselves stay in the reader's browser.
        if !edition.with().is_empty() {
            let plain = |it: char| if it.is_ascii_alphanumeric() || it == '.' { it } else { '-' };
            say(WITH, &edition.with().chars().map(plain).take(40).collect::<String>());
        }
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    /// Whether the map is coloured by the difference from similar authorities: of a measure that has one.
    #[must_use]
    pub fn is_against(&self) -> bool {
        self.against && self.measure.is_percentage()
    }

    /// The view without what was selected in the funnel plot.
    #[must_use]
    pub fn unselected(&self) -> Self {
        Self { table: TableView { kind: None, cases: None, rates: None, ..self.table }, ..self.clone() }
    }

    /// The council that is chosen.
    #[must_use]
    pub fn council<'a>(&self, edition: &'a Edition) -> Option<(CouncilId, &'a Council)> {
        match self.page {
            Page::Council(id) => edition.register().get(id).map(|council| (id, council)),
            _ => None,
        }
    }

    /// The title of the document.
    #[must_use]
    pub fn title(&self, edition: &Edition) -> String {
        let title = self.plain_title(edition);
        if edition.with().is_empty() { title } else { format!("{title}, with your file {}", edition.with()) }
    }

    /// What the map shows: "Uphold rate of English councils, 2023-24".
    #[must_use]
    pub fn heading(&self) -> String {
        let against = if self.is_against() { ", against similar authorities" } else { "" };
        format!("{} of English councils, {}{against}", self.measure.label(), self.year)
    }

    fn plain_title(&self, edition: &Edition) -> String {
        match &self.page {
            Page::Map => format!("{} – Upheld", self.heading()),
            Page::Council(_) => match self.council(edition) {
                Some((_, council)) => format!("{}, {} – Upheld", council.name, self.year),
                None => "Upheld".to_owned(),
            },
            Page::Table => format!("All councils, {} – Upheld", self.year),
            Page::Compare(_) => format!("Councils compared, {} – Upheld", self.year),
            Page::Committee(councils) => match councils.first().and_then(|id| edition.register().get(*id)) {
                Some(council) => format!("{}, {}, for committee – Upheld", council.name, self.year),
                None => "For committee – Upheld".to_owned(),
            },
            Page::About => "About Upheld".to_owned(),
            Page::Missing(_) => "Page not found – Upheld".to_owned(),
        }
    }

    /// The view with `id` chosen, in the year and tier on the screen where the council has a place in them.
    #[must_use]
    pub fn choose(&self, edition: &Edition, id: CouncilId) -> Self {
        let Some(council) = edition.register().get(id) else { return self.clone() };
        let fits = council.existed_in(self.year) || edition.figures(id, self.year).is_some();
        let year = if fits { self.year } else { edition.default_year_for(council) };
        let (page, tier, named) = (Page::Council(id), council.tier_from(self.tier), String::new());
        Self { page, year, tier, named, ..self.clone() }
    }

    /// The map, without a council.
    #[must_use]
    pub fn close(&self) -> Self {
        self.on(Page::Map)
    }

    /// The view on another page that is no council's.
    #[must_use]
    pub fn on(&self, page: Page) -> Self {
        Self { page, named: String::new(), ..self.clone() }
    }

    /// The view with `tier` shown. A council that does not stand in it is closed.
    #[must_use]
    pub fn with_tier(&self, edition: &Edition, tier: Tier) -> Self {
        let leaves = self.council(edition).is_some_and(|(_, council)| !council.council_type.stands_in(tier));
        let page = if leaves { Page::Map } else { self.page.clone() };
        Self { page, tier, ..self.clone() }
    }
}

/// The parameter that tells of files of the reader's own.
const WITH: &str = "with";

fn default_year(edition: &Edition, council: Option<&Council>) -> ReportingYear {
    council.map_or_else(|| edition.default_year(), |council| edition.default_year_for(council))
}

fn default_tier(council: Option<&Council>) -> Tier {
    council.map_or(Tier::default(), |council| council.tier_from(Tier::default()))
}

fn read_page(edition: &Edition, path: &str, query: &str, notices: &mut Vec<Notice>) -> Page {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] | ["index.html"] => Page::Map,
        ["table"] | ["table", "index.html"] => Page::Table,
        ["compare"] | ["compare", "index.html"] => Page::Compare(Compared {
            councils: councils(edition, query, notices),
            then: choose_some(notices, find(query, "then").map(|asked| ("then", asked)), "no other year"),
            anyway: find(query, "anyway").is_some(),
        }),
        ["committee"] | ["committee", "index.html"] => Page::Committee(councils(edition, query, notices)),
        ["about"] | ["about", "index.html"] => Page::About,
        ["council", slug] | ["council", slug, "index.html"] => {
            edition.register().by_slug(slug).map_or_else(|| Page::Missing(path.to_owned()), Page::Council)
        }
        _ => Page::Missing(path.to_owned()),
    }
}

/// The councils that `query` names, each once.
fn councils(edition: &Edition, query: &str, notices: &mut Vec<Notice>) -> Vec<CouncilId> {
    let mut councils = Vec::new();
    let asked = values(query, "councils").next().unwrap_or_default();
    // A comma may come written as %2C.
    let parts = asked.split([',', '%']).map(|part| part.strip_prefix("2C").unwrap_or(part));
    for slug in parts.filter(|slug| !slug.is_empty()) {
        match edition.register().by_slug(slug) {
            Some(id) if councils.contains(&id) || councils.len() == MOST_COMPARED => {}
            Some(id) => councils.push(id),
            None => notices.push(Notice {
                parameter: "the council",
                asked: slug.chars().take(60).collect(),
                shown: "the others".to_owned(),
            }),
        }
    }
    councils
}

/// What `parameter` is given as in `query`.
fn values<'a>(query: &'a str, parameter: &'a str) -> impl Iterator<Item = &'a str> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(move |(name, _)| *name == parameter).map(|(_, value)| value)
}

/// The value of `parameter` in `query`, where it is given and not empty. What Upheld writes needs no
/// decoding; what it did not write is shown back as it stands.
fn find(query: &str, parameter: &str) -> Option<String> {
    values(query, parameter).next().filter(|value| !value.is_empty()).map(|value| value.chars().take(60).collect())
}

/// As many bytes of a name are kept in an address.
const LONGEST_NAME: usize = 160;

/// `text` as it stands in a query: letters and digits as they are, a space as a plus, all else by its bytes.
fn encoded(text: &str) -> String {
    let mut query = String::new();
    for byte in text.bytes().take(LONGEST_NAME) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => query.push(char::from(byte)),
            b' ' => query.push('+'),
            // Text takes any text.
            _ => {
                let _ = write!(query, "%{byte:02X}");
            }
        }
    }
    query
}

/// What stands in a query as `value`; nothing where that is no text.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                let code = digit().zip(digit()).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
                let Some(code) = code else { return String::new() };
                code
            }
            _ => byte,
        });
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn choose<T: FromStr>(
    notices: &mut Vec<Notice>,
    asked: Option<(&'static str, String)>,
    default: T,
    words: impl Fn(&T) -> String,
) -> T {
    let Some((parameter, asked)) = asked else { return default };
    asked.parse().unwrap_or_else(|_| {
        notices.push(Notice { parameter, asked, shown: words(&default) });
        default
    })
}

fn choose_some<T: FromStr>(notices: &mut Vec<Notice>, asked: Option<(&'static str, String)>, shown: &str) -> Option<T> {
    let (parameter, asked) = asked?;
    let parsed = asked.parse().ok();
    if parsed.is_none() {
        notices.push(Notice { parameter, asked, shown: shown.to_owned() });
    }
    parsed
}
