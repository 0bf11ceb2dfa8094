//! `/data/v1/council/<slug>.json`: everything about one council, for people who reuse it.
//!
//! The shape of the file is a promise: fields are only ever added.

use super::ranks::{Place, Ranks};
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use upheld_domain::{
    council::{Council, OmbudsmanPage},
    edition::Edition,
    evidence::Evidence,
    figures::{Field, Figures, Value},
    grade::{self, BaselineOrigin, Judged},
    in_words as domain_words,
    interval::Certainty,
    measure::{Measure, Rate},
    register::CouncilId,
    similar::{self, Computed},
    year::ReportingYear,
};
use upheld_pages::{
    About,
    embed::{self, Said},
};

/// What it holds, field by field, as a JSON Schema: served beside the files.
pub(super) const SCHEMA: &str = include_str!("council.schema.json");

/// The file.
#[derive(Serialize)]
pub(super) struct CouncilFile<'a> {
    edition: &'a str,
    note: &'a str,
    code: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    former_codes: Vec<Json>,
    slug: &'a str,
    name: &'a str,
    short_name: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    aliases: &'a [String],
    #[serde(rename = "type")]
    council_type: &'static str,
    type_name: &'static str,
    region: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    county: Option<Link<'a>>,
    first_year: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_year: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    predecessors: Vec<Link<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    successors: Vec<Link<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    about: &'a str,
    ombudsman: Json,
    years: Vec<YearOfCouncil<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    public_reports: Vec<Json>,
}

/// Another council.
#[derive(Serialize)]
struct Link<'a> {
    code: String,
    slug: &'a str,
    name: &'a str,
}

/// One reporting year.
#[derive(Serialize)]
struct YearOfCouncil<'a> {
    year: String,
    year_ending: String,
    after_its_end: bool,
    /// What is shown: of each figure the value of the best source that prints it.
    figures: Vec<Shown<'a>>,
    /// Averages of similar authorities as the Ombudsman printed them, by measure.
    published_averages: BTreeMap<&'static str, Json>,
    /// What each source printed.
    evidence: Vec<Json>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<Json>,
    /// What Upheld works out from the counts.
    computed: Json,
    /// The three statistics as they are shown, for programs that should not have to know the rules.
    in_words: Json,
}

#[derive(Serialize)]
struct Shown<'a> {
    figure: &'static str,
    label: &'static str,
    value: Json,
    source_kind: &'static str,
    source: &'a str,
}

/// The file about `council`.
pub(super) fn council_file<'a>(
    edition: &'a Edition,
    ranks: &Ranks,
    id: CouncilId,
    council: &'a Council,
) -> CouncilFile<'a> {
    let register = edition.register();
    let county = council.county.and_then(|code| register.get(register.by_code(code)?));
    let former = council.former_codes.iter();
    CouncilFile {
        edition: edition.date(),
        note: edition.note(),
        code: council.code.to_string(),
        former_codes: former.map(|it| json!({ "code": it.code, "last_year_ending": it.until })).collect(),
        slug: council.slug.as_str(),
        name: &council.name,
        short_name: &council.short_name,
        aliases: &council.aliases,
        council_type: council.council_type.key(),
        type_name: council.council_type.singular(),
        region: council.region.name(),
        county: county.map(link),
        first_year: council.first_year.to_string(),
        last_year: council.last_year.map(|year| year.to_string()),
        predecessors: register.predecessors(council).map(|(_, council)| link(council)).collect(),
        successors: register.successors(council).map(|(_, council)| link(council)).collect(),
        about: &council.note,
        ombudsman: json!({
            "statistics": council.ombudsman_page(OmbudsmanPage::Statistics),
            "annual_letters": council.ombudsman_page(OmbudsmanPage::AnnualLetters),
            "service_improvements": council.ombudsman_page(OmbudsmanPage::ServiceImprovements),
            "reports": council.ombudsman_page(OmbudsmanPage::Reports),
        }),
        years: edition.years_of(id).map(|year| of_year(edition, ranks, id, council, year)).collect(),
        public_reports: edition
            .reports_on(id)
            .map(|report| json!({ "title": report.title, "source": report.source }))
            .collect(),
    }
}

fn link(council: &Council) -> Link<'_> {
    Link { code: council.code.to_string(), slug: council.slug.as_str(), name: &council.name }
}

fn of_year<'a>(
    edition: &'a Edition,
    ranks: &Ranks,
    id: CouncilId,
    council: &Council,
    year: ReportingYear,
) -> YearOfCouncil<'a> {
    let evidence = edition.evidence_for(id, year);
    let published = Measure::ALL
        .into_iter()
        .filter_map(|measure| Some((measure.key(), number(similar::published(edition, id, council, year, measure)?))));
    let conflicts = edition.disagreements(id, year).into_iter().map(|it| {
        json!({
            "figure": it.field.column(),
            "shown": { "value": it.shown.figures.get(it.field).map(number), "source": it.shown.source },
            "other": { "value": it.other.figures.get(it.field).map(number), "source": it.other.source },
        })
    });
    YearOfCouncil {
        year: year.to_string(),
        year_ending: format!("{}-03-31", year.key()),
        after_its_end: !council.existed_in(year),
        figures: Field::ALL.iter().filter_map(|field| shown(*field, &evidence)).collect(),
        published_averages: published.collect(),
        conflicts: conflicts.collect(),
        computed: computed(edition, ranks, id, council, year),
        in_words: in_words(About { edition, id, council, year, link: &|_| String::new(), strip: &|_, _| {} }),
        evidence: evidence.into_iter().map(printed).collect(),
    }
}

/// The value of the best source that prints `field`; `evidence` has the best source first.
fn shown<'a>(field: Field, evidence: &[&'a Evidence]) -> Option<Shown<'a>> {
    let best = evidence.iter().find(|piece| piece.figures.get(field).is_some())?;
    Some(Shown {
        figure: field.column(),
        label: field.label(),
        value: number(best.figures.get(field)?),
        source_kind: best.kind.key(),
        source: &best.source,
    })
}

fn printed(evidence: &Evidence) -> Json {
    json!({
        "source_kind": evidence.kind.key(),
        "source": evidence.source,
        "figures": by_column(&evidence.figures),
    })
}

fn by_column(figures: &Figures) -> BTreeMap<&'static str, Json> {
    Field::ALL.iter().filter_map(|field| Some((field.column(), number(figures.get(*field)?)))).collect()
}

fn number(value: Value) -> Json {
    match value {
        Value::Count(count) => json!(count),
        Value::Percentage(percentage) => json!(percentage),
        Value::PerHundredThousand(rate) => json!(rate),
    }
}

/// What is said of the council and year: a note where one is due, and the three statistics.
fn in_words(about: About<'_>) -> Json {
    let statistics = embed::STATISTICS.into_iter().map(|measure| {
        let said = Said::of(about, measure);
        let all = [
            ("measure", Some(json!(measure.key()))),
            ("heading", Some(json!(said.heading))),
            ("counts", said.counts.map(Json::from)),
            ("rate", said.rate.map(Json::from)),
            ("what", Some(json!(said.what))),
            ("absent", said.absent.map(Json::from)),
            ("interval_95", said.interval.map(Json::from)),
            ("certainty", said.certainty.map(Json::from)),
            ("published_average", said.average.map(Json::from)),
            ("against_similar", said.grade.map(Json::from)),
            ("notes", Some(said.notes).filter(|notes| !notes.is_empty()).map(Json::from)),
        ];
        Json::Object(all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
    });
    let mut words = serde_json::Map::new();
    if let Some(note) = embed::note(about) {
        words.insert("note".to_owned(), json!(note));
    }
    words.insert("statistics".to_owned(), Json::Array(statistics.collect()));
    Json::Object(words)
}

/// By measure: the interval of the council's own rate, how sure it is, the rate of the others of its type, whether chance
/// explains the difference, and between which ranks it stands.
fn computed(edition: &Edition, ranks: &Ranks, id: CouncilId, council: &Council, year: ReportingYear) -> Json {
    let mut measures = serde_json::Map::new();
    for measure in Measure::ALL.into_iter().filter(|measure| measure.is_percentage()) {
        let reading = edition.read(id, year, measure);
        let Ok(rate) = &reading else { continue };
        let mut of_measure = own(rate);
        if council.existed_in(year) {
            let comparison = similar::compare(edition, id, council, year, measure);
            of_measure.insert("similar_authorities".to_owned(), similar_authorities(comparison.computed));
            if let Some(judged) = grade::judged(&reading, &comparison) {
                of_measure.insert("against_similar".to_owned(), against_similar(&judged, council, measure));
            }
            if let Some(place) = ranks.get(id, year, measure) {
                of_measure.insert("rank_95".to_owned(), rank(place, council));
            }
        }
        measures.insert(measure.key().to_owned(), Json::Object(of_measure));
    }
    Json::Object(measures)
}

fn against_similar(judged: &Judged, council: &Council, measure: Measure) -> Json {
    let origin = match judged.baseline.origin {
        BaselineOrigin::Others { .. } => "computed",
        BaselineOrigin::Published(_) => "published",
    };
    json!({
        "baseline_percent": tenth(100.0 * judged.baseline.share),
        "baseline": origin,
        "chance_of_as_many_or_more": sixth(judged.tails.at_least),
        "chance_of_as_many_or_fewer": sixth(judged.tails.at_most),
        "grade": judged.grade.key(),
        "words": judged.grade.words(),
        "because": domain_words::grade(judged, council.council_type, measure),
    })
}

fn rank(place: Place, council: &Council) -> Json {
    json!({
        "from": place.rank.from,
        "to": place.rank.to,
        "of": place.of,
        "words": domain_words::rank(place.rank, place.of, council.council_type),
    })
}

fn own(rate: &Rate) -> serde_json::Map<String, Json> {
    let mut own = serde_json::Map::new();
    if let (Some(count), Some(total)) = (rate.count, rate.total) {
        own.insert("count".to_owned(), json!(count));
        own.insert("total".to_owned(), json!(total));
        if total > 0 {
            own.insert("percent".to_owned(), json!(tenth(100.0 * f64::from(count) / f64::from(total))));
        }
    }
    if let Some(interval) = rate.interval() {
        let ends = json!({ "lower": tenth(100.0 * interval.lower), "upper": tenth(100.0 * interval.upper) });
        own.insert("wilson_95_percent".to_owned(), ends);
    }
    let certainty = match rate.certainty {
        Certainty::Reliable => "reliable",
        Certainty::Uncertain => "uncertain",
        Certainty::TooFew => "too few to judge",
        Certainty::Unknown => "unknown",
    };
    own.insert("certainty".to_owned(), json!(certainty));
    own
}

fn similar_authorities(computed: Computed) -> Json {
    match computed {
        Computed::Average { count, total, others, of } => json!({
            "count": count,
            "total": total,
            "percent": computed.percent().map(tenth),
            "other_councils_with_figures": others,
            "councils": of,
        }),
        Computed::TooFewCouncils { with_figures, of } => {
            json!({ "too_few": true, "councils_with_figures": with_figures, "councils": of })
        }
        Computed::NotOfCounts | Computed::NotThen => Json::Null,
    }
}

/// To one decimal.
fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// To six decimals.
fn sixth(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
