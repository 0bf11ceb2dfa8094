//! Structured data (schema.org, as JSON-LD): what a page says, for programs. Nothing stands here that the page does not show: what is not
//! known is left out, and never zero.

use super::site::Site;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use upheld_charts::card::{HEIGHT, WIDTH};
use upheld_domain::{
    council::Council, edition::Edition, figures::Value, measure::Measure, register::CouncilId, year::ReportingYear,
};

/// The page that is described.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    /// Its folder below the root of the site.
    pub(super) path: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// What it is about.
    pub(super) description: &'a str,
    /// Its card below the root of the site, where it has one.
    pub(super) card: Option<&'a str>,
}

/// The front page: the site, and the data behind it as a whole.
pub(super) fn of_england(edition: &Edition, site: Site<'_>, page: Page<'_>) -> Json {
    let root = site.address("");
    let download = |path: &str, kind: &str| json!({ "@type": "DataDownload", "encodingFormat": kind, "contentUrl": site.address(path) });
    let mut data = json!({
        "@type": "Dataset",
        "@id": site.address("#data"),
        "name": "How English councils handle complaints: figures of the Local Government and Social Care Ombudsman",
        "description": format!(
            "Complaints upheld, compliance with recommendations and satisfactory remedies of English councils, as printed, a row for \
             each council, reporting year and source. {}",
            edition.note()
        ),
        "url": root,
        "license": site.address("about/"),
        "creator": ombudsman(),
        "publisher": { "@type": "Organization", "name": "Upheld", "url": root },
        "isAccessibleForFree": true,
        "inLanguage": "en-GB",
        "dateModified": edition.date(),
        "version": edition.date(),
        "spatialCoverage": { "@type": "Place", "name": "England" },
        "variableMeasured": Measure::ALL.map(Measure::label),
        "measurementTechnique": "Gathered from the Ombudsman’s pages, its annual letters, papers of councils and the press; each row names its source.",
        "distribution": [
            download("data/v1/figures.csv", "text/csv"),
            download("data/v1/datapackage.json", "application/json"),
        ],
    });
    covers(&mut data, &edition.years());
    json!({
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "WebSite",
                "@id": site.address("#site"),
                "url": root,
                "name": "Upheld",
                "description": page.description,
                "inLanguage": "en-GB",
            },
            data,
        ],
    })
}

/// A council's page: the page, the council, its figures of the year that is shown, and the data behind them.
pub(super) fn of_council(
    edition: &Edition,
    site: Site<'_>,
    page: Page<'_>,
    id: CouncilId,
    council: &Council,
    year: ReportingYear,
) -> Json {
    let part = |name: &str| site.address(&format!("{}#{name}", page.path));
    let here = site.address(page.path);
    let mut whole = json!({
        "@type": "WebPage",
        "@id": here,
        "url": here,
        "name": page.title,
        "description": page.description,
        "inLanguage": "en-GB",
        "dateModified": edition.date(),
        "isPartOf": { "@id": site.address("#site") },
        "about": { "@id": part("council") },
        "breadcrumb": { "@id": part("way") },
    });
    if let Some(card) = page.card {
        let image = json!({ "@type": "ImageObject", "url": site.address(card), "width": WIDTH, "height": HEIGHT });
        set(&mut whole, "primaryImageOfPage", image);
    }
    let steps = [("Upheld", ""), ("All councils", "table/"), (council.name.as_str(), page.path)];
    let steps = steps.iter().zip(1_u8..).map(|((name, path), position)| {
        json!({ "@type": "ListItem", "position": position, "name": name, "item": site.address(path) })
    });
    let way = json!({
        "@type": "BreadcrumbList",
        "@id": part("way"),
        "itemListElement": steps.collect::<Vec<_>>(),
    });
    let mut graph = vec![whole, organization(council, &part("council")), way];
    let years: Vec<ReportingYear> = edition.years_of(id).collect();
    if !years.is_empty() {
        let mut data = json!({
            "@type": "Dataset",
            "@id": part("figures"),
            "name": format!("How {} handles complaints: figures of the Ombudsman", council.name),
            "description": format!(
                "Complaints about {} that the Ombudsman upheld, compliance with its recommendations and satisfactory remedies, each figure \
                 as printed, with its source.",
                council.name
            ),
            "url": here,
            "about": { "@id": part("council") },
            "isPartOf": { "@id": site.address("#data") },
            "license": site.address("about/"),
            "creator": ombudsman(),
            "isAccessibleForFree": true,
            "dateModified": edition.date(),
            "spatialCoverage": { "@type": "AdministrativeArea", "name": council.short_name },
            "variableMeasured": Measure::ALL.map(Measure::label),
            "isBasedOn": sources(edition, id, &years),
            "distribution": [{
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": site.address(&format!("data/v1/council/{}.json", council.slug)),
            }],
        });
        covers(&mut data, &years);
        graph.push(data);
    }
    graph.extend(
        Measure::ALL.into_iter().filter_map(|measure| observation(edition, id, year, measure, &part("council"))),
    );
    json!({ "@context": "https://schema.org", "@graph": graph })
}

fn organization(council: &Council, address: &str) -> Json {
    let mut organization = json!({
        "@type": "GovernmentOrganization",
        "@id": address,
        "name": council.name,
        "identifier": { "@type": "PropertyValue", "propertyID": "GSS code", "value": council.code },
        "areaServed": {
            "@type": "AdministrativeArea",
            "name": council.short_name,
            "sameAs": format!("http://statistics.data.gov.uk/id/statistical-geography/{}", council.code),
        },
    });
    if council.short_name != council.name {
        set(&mut organization, "alternateName", json!(council.short_name));
    }
    if let Some(ended) = council.last_year {
        set(&mut organization, "dissolutionDate", json!(last_day(ended)));
    }
    organization
}

/// One figure of the year that is shown, where there is one.
fn observation(edition: &Edition, id: CouncilId, year: ReportingYear, measure: Measure, about: &str) -> Option<Json> {
    let rate = edition.read(id, year, measure).ok()?;
    let mut observation = json!({
        "@type": "Observation",
        "name": format!("{}, {year}", measure.label()),
        "observationAbout": { "@id": about },
        "measuredProperty": { "@type": "Property", "name": measure.label() },
        "value": rate.printed.map_or(rate.value, Value::number),
        "unitText": if measure.is_percentage() { "percent" } else { "per 100,000 residents" },
        "description": rate.with_counts(measure),
        "measurementMethod": measure.explanation(),
        "observationDate": last_day(year),
        "observationPeriod": "P1Y",
    });
    if measure.is_percentage() {
        // The common code of UN/CEFACT for percent.
        set(&mut observation, "unitCode", json!("P1"));
    }
    if rate.printed.is_none() {
        set(&mut observation, "measurementQualifier", json!("computed by Upheld from the printed counts"));
    }
    Some(observation)
}

/// The addresses of all that prints figures of `council`, each once.
fn sources(edition: &Edition, council: CouncilId, years: &[ReportingYear]) -> Vec<String> {
    let evidence = years.iter().flat_map(|year| edition.evidence_for(council, *year));
    let addresses: BTreeSet<&str> = evidence.filter_map(|evidence| evidence.address()).collect();
    addresses.into_iter().map(str::to_owned).collect()
}

/// Says from when to when `years` run, as ISO 8601 writes it.
fn covers(data: &mut Json, years: &[ReportingYear]) {
    if let (Some(first), Some(last)) = (years.first(), years.last()) {
        set(data, "temporalCoverage", json!(format!("{}-04-01/{}", first.begins(), last_day(*last))));
    }
}

fn last_day(year: ReportingYear) -> String {
    format!("{}-03-31", year.key())
}

fn ombudsman() -> Json {
    json!({
        "@type": "GovernmentOrganization",
        "name": "Local Government and Social Care Ombudsman",
        "url": "https://www.lgo.org.uk/",
    })
}

fn set(object: &mut Json, key: &str, value: Json) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}
