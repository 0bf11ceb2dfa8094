//! What a reader takes away: rows as CSV, a sentence with its caveat and address, a citation, a name for the file.

use crate::{
    council::Council, edition::Edition, figures::tenths, grade::judged, in_words, interval::Interval, measure::Measure,
    register::CouncilId, similar, year::ReportingYear,
};
use std::fmt::Write as _;

/// The columns of [`csv`].
pub const COLUMNS: &str = "council,gss_code,type,reporting_year,year_ending,measure,count,total,rate_printed,rate_computed,interval_95_lower,interval_95_upper,published_average,against_similar_authorities,note,source";

/// Councils and years on some measures as CSV (RFC 4180, UTF-8, a line feed after each row), the columns of [`COLUMNS`]. What is not known is
/// empty, and `note` says why there is no rate.
#[must_use]
pub fn csv(edition: &Edition, rows: &[(CouncilId, ReportingYear)], measures: &[Measure]) -> String {
    let mut csv = format!("{COLUMNS}\n");
    for ((id, year), measure) in rows.iter().flat_map(|row| measures.iter().map(move |measure| (row, measure))) {
        let Some(council) = edition.register().get(*id) else { continue };
        let cells = cells(edition, *id, council, *year, *measure);
        for (place, cell) in cells.iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            let quoted = cell.contains([',', '"', '\n', '\r']);
            // To write into a text cannot fail.
            let _ = if quoted {
                write!(csv, "{comma}\"{}\"", cell.replace('"', "\"\""))
            } else {
                write!(csv, "{comma}{cell}")
            };
        }
        csv.push('\n');
    }
    csv
}

fn cells(edition: &Edition, id: CouncilId, council: &Council, year: ReportingYear, measure: Measure) -> [String; 16] {
    let comparison = similar::compare(edition, id, council, year, measure);
    let reading = edition.read(id, year, measure);
    let judged = judged(&reading, &comparison);
    let rate = reading.as_ref().ok();
    let number = |count: Option<u32>| count.map_or(String::new(), |count| count.to_string());
    let interval = rate.filter(|_| measure.is_percentage()).and_then(crate::measure::Rate::interval);
    let end = |end: fn(Interval) -> f64| interval.map_or(String::new(), |it| tenths(end(it) * 100.0));
    let computed = rate.and_then(crate::measure::Rate::from_counts);
    let source = measure.fields().iter().find_map(|field| edition.provenance(id, year, *field));
    [
        council.name.clone(),
        council.code_in(year).unwrap_or(council.code).to_string(),
        council.council_type.key().to_owned(),
        year.to_string(),
        format!("{}-03-31", year.key()),
        measure.key().to_owned(),
        number(rate.and_then(|rate| rate.count)),
        number(rate.and_then(|rate| rate.total)),
        rate.and_then(|rate| rate.printed).map_or(String::new(), |printed| printed.number().to_string()),
        computed.filter(|_| measure.is_percentage()).map_or(String::new(), tenths),
        end(|it| it.lower),
        end(|it| it.upper),
        comparison.published.map_or(String::new(), |average| average.number().to_string()),
        judged.map_or(String::new(), |judged| judged.grade.key().to_owned()),
        reading.as_ref().err().map_or(String::new(), |absent| absent.words().to_owned()),
        source.map_or(String::new(), |source| source.shown.source.clone()),
    ]
}

/// A statistic as a sentence to paste: count, interval, caveat, and the address at which it stands.
#[must_use]
pub fn sentence(edition: &Edition, id: CouncilId, year: ReportingYear, measure: Measure, address: &str) -> String {
    let Some(council) = edition.register().get(id) else { return String::new() };
    let reading = edition.read(id, year, measure);
    let judged = judged(&reading, &similar::compare(edition, id, council, year, measure));
    let said = in_words::sentence(council, year, measure, &reading, judged.as_ref());
    format!("{said} Source: Local Government and Social Care Ombudsman, by way of Upheld, {address}")
}

/// How to cite what stands at `address`.
#[must_use]
pub fn citation(edition: &Edition, title: &str, address: &str) -> String {
    let date = edition.date();
    let year = date.get(..4).unwrap_or(date);
    format!(
        "Upheld ({year}) ‘{title}’, edition of {date}. Figures: Local Government and Social Care Ombudsman. Available at: {address}"
    )
}

/// The name of a file that holds what `title` says: letters, digits and hyphens, at most 90 of them, after "upheld-".
///
/// ```
/// assert_eq!(upheld_domain::extract::file_name("King’s Lynn, 2023-24: 1 of 1"), "upheld-king-s-lynn-2023-24-1-of-1");
/// ```
#[must_use]
pub fn file_name(title: &str) -> String {
    let mut name = String::from("upheld");
    let mut gap = true;
    for letter in title.chars() {
        if letter.is_ascii_alphanumeric() {
            if gap {
                name.push('-');
            }
            gap = false;
            name.push(letter.to_ascii_lowercase());
        } else {
            gap = true;
        }
        if name.len() >= 97 {
            break;
        }
    }
    name
}
