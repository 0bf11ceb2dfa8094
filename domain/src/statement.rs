//! The statement of the year: what the figures say about one council, in plain words.
//!
//! Every number in it is in the figures, and nothing is said of the council that the figures do not say.

use crate::{
    council::Council,
    edition::Edition,
    figures::{Figures, Value},
    grade::{Grade, judged},
    in_words,
    interval::Certainty,
    measure::{Absent, Measure, Rate, Reading, read},
    register::CouncilId,
    similar,
    words::{counted, percent, range},
    year::ReportingYear,
};

/// A statement, to be set as a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// "Luton Borough Council in 2023-24".
    pub title: String,
    /// What it says.
    pub paragraphs: Vec<String>,
}

/// The statement about `id` in `year`.
#[must_use]
pub fn statement(edition: &Edition, id: CouncilId, council: &Council, year: ReportingYear) -> Statement {
    let average = |measure| similar::published(edition, id, council, year, measure);
    let title = format!("{} in {year}", council.name);
    let mut paragraphs = Vec::new();
    if let Some(ended) = council.last_year.filter(|last| *last < year) {
        paragraphs.push(format!(
            "{} came to an end on 31 March {}. Complaints about it that were decided later are counted here.",
            council.name,
            ended.key()
        ));
    }
    if year < council.first_year {
        let begins = council.first_year.key() - 1;
        paragraphs.push(format!("{} did not exist in {year}: it was created on 1 April {begins}.", council.name));
        return Statement { title, paragraphs };
    }
    let Some(figures) = edition.figures(id, year) else {
        paragraphs.push(format!(
            "This edition of Upheld holds no figures for {} in {year}. That does not mean that there were no complaints: \
             the sources gathered so far do not print them.",
            council.name
        ));
        return Statement { title, paragraphs };
    };
    paragraphs.extend(overview(council, year, figures));
    paragraphs.push(upheld(council, year, figures, average(Measure::Uphold)));
    paragraphs.extend(against_chance(edition, id, council, year));
    paragraphs.extend(per_residents(council, figures, average(Measure::UpheldPer100k)));
    paragraphs.push(compliance(figures, average(Measure::Compliance)));
    paragraphs.push(remedies(figures, average(Measure::Remedy)));
    Statement { title, paragraphs }
}

fn overview(council: &Council, year: ReportingYear, figures: &Figures) -> Option<String> {
    let dealt_with = figures.dealt_with?;
    let mut text = format!(
        "In {year} the Ombudsman dealt with {} about {}.",
        counted(dealt_with, "complaint or enquiry", "complaints and enquiries"),
        council.name
    );
    if let (Some(not_for_us), Some(closed)) = (figures.not_for_us, figures.assessed_and_closed) {
        let was = |count| if count == 1 { "was" } else { "were" };
        let parts = format!(
            " Of these, {} {} not for the Ombudsman, and {} {} assessed and closed without a detailed investigation.",
            some(not_for_us),
            was(not_for_us),
            some(closed),
            was(closed)
        );
        text.push_str(&parts);
    }
    Some(text)
}

/// A count in the middle of a sentence: "none" rather than "0".
fn some(count: u32) -> String {
    if count == 0 { "none".to_owned() } else { count.to_string() }
}

fn upheld(council: &Council, year: ReportingYear, figures: &Figures, average: Option<Value>) -> String {
    let reading = read(Measure::Uphold, Some(figures));
    let text = match (&reading, figures.investigations, figures.upheld) {
        (Err(Absent::NoInvestigations), ..) => {
            return format!(
                "The Ombudsman investigated no complaint about {} in detail in {year}, so there is no uphold rate.",
                council.name
            );
        }
        (Ok(rate), Some(1), Some(upheld)) => format!(
            "It investigated 1 complaint about {} in detail and {} it ({}).",
            council.name,
            if upheld == 1 { "upheld" } else { "did not uphold" },
            rate.text(Measure::Uphold)
        ),
        (Ok(rate), Some(investigations), Some(upheld)) => format!(
            "It investigated {} about {} in detail and upheld {}{}.",
            counted(investigations, "complaint", "complaints"),
            council.name,
            if upheld == 0 { "none".to_owned() } else { format!("{upheld} of them") },
            printed_beside(rate, upheld, investigations)
        ),
        (Ok(rate), Some(investigations), None) => format!(
            "It investigated {} about {} in detail and upheld {}.",
            counted(investigations, "complaint", "complaints"),
            council.name,
            rate.text(Measure::Uphold)
        ),
        (Ok(rate), None, _) => format!(
            "It upheld {} of the complaints about {} that it investigated in detail. How many those were is not in \
             this edition.",
            rate.text(Measure::Uphold),
            council.name
        ),
        (Err(_), Some(investigations), _) => format!(
            "It investigated {} about {} in detail. How many it upheld is not in this edition.",
            counted(investigations, "complaint", "complaints"),
            council.name
        ),
        (Err(_), None, Some(upheld)) => format!(
            "It upheld {} about {}. How many it investigated in detail is not in this edition, so there is no uphold rate.",
            counted(upheld, "complaint", "complaints"),
            council.name
        ),
        (Err(_), None, None) => format!("This edition holds no uphold rate for {} in {year}.", council.name),
    };
    let text = text.strip_prefix("It ").map(|rest| format!("The Ombudsman {rest}")).unwrap_or(text);
    let doubt = reading.as_ref().ok().and_then(doubt).map(|doubt| format!(" {doubt}")).unwrap_or_default();
    format!("{text}{}{doubt}", average_of(council, average))
}

/// Whether chance explains the rate, as far as it was judged.
fn against_chance(edition: &Edition, id: CouncilId, council: &Council, year: ReportingYear) -> Option<String> {
    let measure = Measure::Uphold;
    let comparison = similar::compare(edition, id, council, year, measure);
    let judged = judged(&edition.read(id, year, measure), &comparison)?;
    // Too few to judge is said with the rate already.
    (judged.grade != Grade::TooFew)
        .then(|| format!("{}. {}", judged.grade.words(), in_words::grade(&judged, council.council_type, measure)))
}

fn printed_beside(rate: &Rate, count: u32, total: u32) -> String {
    if rate.differs_from_counts() {
        let counts = percent(100.0 * f64::from(count) / f64::from(total));
        format!(", printed as {} ({count} of {total} is {counts})", rate.text(Measure::Uphold))
    } else {
        format!(" ({})", rate.text(Measure::Uphold))
    }
}

fn average_of(council: &Council, average: Option<Value>) -> String {
    let plural = council.council_type.plural();
    average
        .map(|average| format!(" The published average of similar authorities, the {plural}, was {average}."))
        .unwrap_or_default()
}

/// What is to be said of a rate that is not reliable.
#[must_use]
pub fn doubt(rate: &Rate) -> Option<String> {
    match rate.certainty {
        Certainty::Reliable | Certainty::Unknown => None,
        Certainty::TooFew => Some("These are too few to judge the council by.".to_owned()),
        Certainty::Uncertain => rate.interval().map(|interval| {
            format!("On so few cases the rate is uncertain: its 95% interval runs from {}.", range(interval))
        }),
    }
}

fn per_residents(council: &Council, figures: &Figures, average: Option<Value>) -> Option<String> {
    let rate = read(Measure::UpheldPer100k, Some(figures)).ok()?;
    let average =
        average.map(|average| format!(" The published average of {} was {average}.", council.council_type.plural()));
    Some(format!(
        "For every 100,000 residents that makes {} upheld.{}",
        rate.text(Measure::UpheldPer100k),
        average.unwrap_or_default()
    ))
}

fn compliance(figures: &Figures, average: Option<Value>) -> String {
    let average = average.map(|average| format!(" The published average was {average}.")).unwrap_or_default();
    match read(Measure::Compliance, Some(figures)) {
        Err(Absent::NothingDue) => {
            "No recommendations of the Ombudsman were due to be carried out in the year.".to_owned()
        }
        Err(_) => "Whether the council carried out what the Ombudsman recommended is not in this edition.".to_owned(),
        Ok(rate) => match (rate.count, rate.total) {
            (Some(1), Some(1)) => format!(
                "The one recommendation outcome recorded in the year was to the Ombudsman’s satisfaction.{average}"
            ),
            (Some(count), Some(total)) if count == total => format!(
                "The council carried out what the Ombudsman recommended in all {total} cases recorded in the year.{average}"
            ),
            (Some(count), Some(total)) => format!(
                "In {} of {total} cases recorded in the year the council did not carry out what the Ombudsman recommended; in \
                 {count} it did ({}).{average}",
                total - count,
                rate.text(Measure::Compliance)
            ),
            (None, Some(total)) => format!(
                "Of {total} cases recorded in the year, the council carried out what the Ombudsman recommended in {}.{average}",
                rate.text(Measure::Compliance)
            ),
            _ => format!(
                "The council carried out what the Ombudsman recommended in {} of cases; of how many is not in this edition.{average}",
                rate.text(Measure::Compliance)
            ),
        },
    }
}

fn remedies(figures: &Figures, average: Option<Value>) -> String {
    let average = average.map(|average| format!(" The published average was {average}.")).unwrap_or_default();
    let reading: Reading = read(Measure::Remedy, Some(figures));
    match reading {
        Err(Absent::NothingUpheld) => "As no complaint was upheld, there was none that the council could have put right first.".to_owned(),
        Err(_) => "How often the council had put things right before the complaint reached the Ombudsman is not in this edition.".to_owned(),
        Ok(rate) => match (rate.count, rate.total) {
            (Some(count), Some(1)) => format!(
                "In the one upheld complaint the council had {} offered a satisfactory remedy before it reached the Ombudsman.{average}",
                if count == 1 { "already" } else { "not" }
            ),
            (Some(0), Some(total)) => format!(
                "In none of the {total} upheld complaints had the council offered a satisfactory remedy before the complaint reached \
                 the Ombudsman.{average}"
            ),
            (Some(count), Some(total)) => format!(
                "In {count} of the {total} upheld complaints ({}) the council had already offered a satisfactory remedy before the \
                 complaint reached the Ombudsman.{average}",
                rate.text(Measure::Remedy)
            ),
            _ => format!(
                "In {} of the upheld complaints the council had already offered a satisfactory remedy before the complaint reached \
                 the Ombudsman.{average}",
                rate.text(Measure::Remedy)
            ),
        },
    }
}
