//! What the tests share: editions, kept as they were when the pictures were drawn, and ways to find in it.

use upheld_charts::{Area, LegendRow, MapPicture, MapTheme, map_years::Cell};
use upheld_domain::{
    bands::{Fill, bands},
    council::CouncilType,
    edition::{Edition, EditionFile, EvidenceRow},
    evidence::SourceKind,
    measure::Measure,
    register::CouncilId,
    year::ReportingYear,
};

pub(crate) fn file() -> EditionFile {
    serde_json::from_str(include_str!("../edition.json")).unwrap()
}

pub(crate) fn edition() -> Edition {
    file().try_into().unwrap()
}

/// An edition of the councils that were reorganised, before and after.
pub(crate) fn reorganised() -> Edition {
    let file: EditionFile = serde_json::from_str(include_str!("../reorganised.json")).unwrap();
    file.try_into().unwrap()
}

pub(crate) fn council(edition: &Edition, slug: &str) -> CouncilId {
    edition.register().by_slug(slug).unwrap()
}

pub(crate) fn year(ending: u16) -> ReportingYear {
    ReportingYear::ending(ending).unwrap()
}

/// All 164 districts that a full year has, with figures as uneven as theirs: many at 0%, at 100%, at 50%.
pub(crate) fn crowd() -> (Edition, CouncilId) {
    let mut file = file();
    let pattern = file.councils.iter().find(|council| council.council_type == CouncilType::District).unwrap().clone();
    file.councils.retain(|council| council.council_type != CouncilType::District);
    file.evidence.retain(|row| file.councils.iter().any(|council| council.code == row.council));
    for number in 0_u32..164 {
        let mut council = pattern.clone();
        council.code = format!("E07{:06}", 900 + number).parse().unwrap();
        council.slug = format!("district-{number}").parse().unwrap();
        council.short_name = format!("District {number}");
        council.first_year = ReportingYear::FIRST;
        council.last_year = None;
        let total = 1 + number * 7 % 11;
        let upheld = (number * 13 % (total + 1)).min(total);
        let outcomes = 1 + number % 5;
        let figures = format!(
            r#"{{"investigations":{total},"upheld":{upheld},"compliance_outcomes":{outcomes},
                "compliance_rate":{},"satisfactory_remedies":{},"upheld_per_100k":{}.{}}}"#,
            if number % 30 == 7 { 50 } else { 100 },
            if number % 9 == 0 { upheld / 2 } else { 0 },
            number * 5 % 4,
            1 + number % 9,
        );
        let figures = serde_json::from_str(&figures).unwrap();
        let code = council.code;
        file.evidence.push(EvidenceRow { council: code, year: year(2024), kind: SourceKind::Letter, figures });
        file.councils.push(council);
    }
    let edition: Edition = file.try_into().unwrap();
    let one = council(&edition, "district-5");
    (edition, one)
}

/// The hexagons of the upper tier, of every set of councils: those whose codes begin so.
pub(crate) fn hexagons(begins: &str) -> Vec<(ReportingYear, Vec<Cell>)> {
    let file = |(vintage, file): (u16, &str)| {
        let collection: serde_json::Value = serde_json::from_str(file).unwrap();
        let cell = |feature: &serde_json::Value| {
            let code = feature["properties"]["code"].as_str().unwrap();
            let ring = feature["geometry"]["coordinates"][0].as_array().unwrap();
            let at = |at: &serde_json::Value| (at[0].as_f64().unwrap(), at[1].as_f64().unwrap());
            code.starts_with(begins).then(|| (code.parse().unwrap(), vec![ring.iter().map(at).collect()]))
        };
        (year(vintage), collection["features"].as_array().unwrap().iter().filter_map(cell).collect())
    };
    let files = [
        (2014, include_str!("../../../geo/hex-upper-2014.geojson")),
        (2020, include_str!("../../../geo/hex-upper-2020.geojson")),
        (2021, include_str!("../../../geo/hex-upper-2021.geojson")),
        (2022, include_str!("../../../geo/hex-upper-2022.geojson")),
        (2024, include_str!("../../../geo/hex-upper-2024.geojson")),
    ];
    files.into_iter().map(file).collect()
}

/// The map of the upper tier with classes that are made up; only areas whose names begin with one of `part`, if there are any.
pub(crate) fn england(part: &[&str]) -> MapPicture {
    let collection: serde_json::Value = serde_json::from_str(include_str!("../../../geo/upper-2024.geojson")).unwrap();
    let mut areas = Vec::new();
    for (number, feature) in collection["features"].as_array().unwrap().iter().enumerate() {
        let name = feature["properties"]["name"].as_str().unwrap();
        if !part.is_empty() && !part.iter().any(|part| name.starts_with(part)) {
            continue;
        }
        let ring = |ring: &serde_json::Value| {
            let at = |at: &serde_json::Value| (at[0].as_f64().unwrap(), at[1].as_f64().unwrap());
            ring.as_array().unwrap().iter().map(at).collect::<Vec<_>>()
        };
        let rings = |rings: &serde_json::Value| rings.as_array().unwrap().iter().map(ring).collect::<Vec<_>>();
        let geometry = &feature["geometry"];
        let outline = if geometry["type"] == "MultiPolygon" {
            geometry["coordinates"].as_array().unwrap().iter().flat_map(rings).collect()
        } else {
            rings(&geometry["coordinates"])
        };
        let fill = match number % 8 {
            7 => Fill::None,
            place => Fill::Band { place: place % 6, hatched: number % 3 == 0 },
        };
        areas.push(Area { outline, fill, out: number % 11 == 5, chosen: number % 50 == 16 });
    }
    let row = |fill, label: &str, count| LegendRow { fill, label: label.to_owned(), count };
    let classes = bands(Measure::Uphold).iter().enumerate().rev();
    let mut legend: Vec<LegendRow> =
        classes.map(|(place, band)| row(Fill::Band { place, hatched: false }, band.label, Some(17))).collect();
    legend.push(row(Fill::Band { place: 3, hatched: true }, "of these hatched: few cases, uncertain", Some(8)));
    legend.push(row(Fill::None, "no figure", Some(101)));
    MapPicture {
        title: "Uphold rates are highest in the north".to_owned(),
        description: "A map of made-up classes.".to_owned(),
        heading: "Uphold rate, 2023-24".to_owned(),
        areas,
        legend,
        theme: MapTheme::light(Measure::Uphold),
    }
}
