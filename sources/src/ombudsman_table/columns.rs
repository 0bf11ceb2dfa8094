//! Columns, known by the words of their headings: their order and their exact wording change from year to year.

use super::{subject::Subject, wording::words};
use upheld_domain::figures::{Field, Kind};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// Names of authorities.
    Authority,
    /// Codes of the Government Statistical Service.
    Code,
    /// Types of authority.
    Type,
    /// Reporting years.
    Year,
    /// A figure that Upheld shows.
    Figure(Field),
    /// Detailed investigations that were not upheld: with the upheld ones they make all.
    NotUpheld,
    /// Complaints that were invalid or incomplete.
    InvalidOrIncomplete,
    /// Complainants who were given advice.
    AdviceGiven,
    /// Complaints that were referred back for local resolution.
    ReferredBack,
    /// Complaints that were closed after initial enquiries.
    ClosedAfterEnquiries,
    /// Recommendations carried out on time.
    CompliedOnTime,
    /// Recommendations carried out late.
    CompliedLate,
    /// Recommendations not carried out.
    NotCompliedWith,
    /// Complaints about one service.
    ServiceArea,
    /// A total of other columns.
    Total,
}

impl Meaning {
    /// The figure that is taken from the column, if one is.
    #[must_use]
    pub const fn field(self) -> Option<Field> {
        if let Self::Figure(field) = self { Some(field) } else { None }
    }

    /// The kind of numbers in the column; none where it holds texts.
    pub(super) const fn kind(self) -> Option<Kind> {
        match self {
            Self::Authority | Self::Code | Self::Type | Self::Year => None,
            Self::Figure(field) => Some(field.kind()),
            _ => Some(Kind::Count),
        }
    }
}

/// What a heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    /// A meaning of its own.
    Means(Meaning),
    /// A rate, of whatever the table is about.
    Rate,
    /// An average of similar authorities, of whatever the table is about.
    Similar,
    /// A number of cases, of whatever the table is about.
    Cases,
}

impl Heading {
    /// What it means in a table about `subject`.
    pub(super) const fn within(self, subject: Option<Subject>) -> Option<Meaning> {
        let field = match (self, subject) {
            (Self::Means(meaning), _) => return Some(meaning),
            (Self::Rate, Some(Subject::Decided)) => Field::UpholdRate,
            (Self::Rate, Some(Subject::Compliance)) => Field::ComplianceRate,
            (Self::Rate, Some(Subject::Remedies)) => Field::RemedyRate,
            (Self::Similar, Some(Subject::Decided)) => Field::UpholdRateSimilar,
            (Self::Similar, Some(Subject::Compliance)) => Field::ComplianceRateSimilar,
            (Self::Similar, Some(Subject::Remedies)) => Field::RemedyRateSimilar,
            (Self::Cases, Some(Subject::Compliance)) => Field::ComplianceOutcomes,
            _ => return None,
        };
        Some(Meaning::Figure(field))
    }
}

/// What `heading` says; none where it is not known.
pub(super) fn recognise(heading: &str) -> Option<Heading> {
    // No heading is as long; a text that is costs no more work.
    if heading.len() > 400 {
        return None;
    }
    let words = words(heading);
    if words.is_empty() {
        return None;
    }
    let heard = Heard(&words);
    if let Some(meaning) = heard.label() {
        return Some(Heading::Means(meaning));
    }
    let field = |field| Some(Heading::Means(Meaning::Figure(field)));
    let means = |meaning| Some(Heading::Means(meaning));
    let similar = heard.similar();
    let rate = heard.any(&["rate", "rates", "percent", "percentage", "proportion", "pct"]);
    if similar && !rate && heard.any(&["number", "no", "count"]) {
        // An average of counts is no figure that Upheld shows.
        return None;
    }
    let by = |count, rate_of, similar_of| {
        field(if similar {
            similar_of
        } else if rate {
            rate_of
        } else {
            count
        })
    };

    if heard.any(&["100000"]) {
        let upheld = heard.begins("uph") && !heard.phrase("not upheld");
        return match (upheld, similar) {
            (true, false) => field(Field::UpheldPer100k),
            (_, true) if upheld || !heard.begins("receiv") => field(Field::UpheldPer100kSimilar),
            _ => None,
        };
    }
    if heard.begins("satisfactor") || (heard.begins("remed") && (rate || similar)) {
        return by(Field::SatisfactoryRemedies, Field::RemedyRate, Field::RemedyRateSimilar);
    }
    if heard.begins("remed") {
        // "Remedied by the Ombudsman" is another figure.
        return None;
    }
    if heard.begins("compli") || heard.begins("comply") || heard.begins("non") && heard.begins("compl") {
        let not = heard.any(&["not", "non", "noncompliance", "without"]);
        return match () {
            () if similar => field(Field::ComplianceRateSimilar),
            () if not && !rate => means(Meaning::NotCompliedWith),
            () if not => None,
            () if heard.begins("late") && !rate => means(Meaning::CompliedLate),
            () if (heard.phrase("on time") || heard.phrase("in time") || heard.phrase("within time")) && !rate => {
                means(Meaning::CompliedOnTime)
            }
            () if heard.begins("late") || heard.phrase("on time") => None,
            () if rate => field(Field::ComplianceRate),
            () if heard.any(&["cases", "recorded", "outcomes", "number", "total", "recommendations", "decisions"]) => {
                field(Field::ComplianceOutcomes)
            }
            () => None,
        };
    }
    heard.outcome().map_or_else(|| heard.upheld_or_bare(rate, similar), means)
}

/// The words of a heading.
struct Heard<'a>(&'a [String]);

impl Heard<'_> {
    fn any(&self, words: &[&str]) -> bool {
        self.0.iter().any(|word| words.contains(&word.as_str()))
    }

    fn begins(&self, start: &str) -> bool {
        self.0.iter().any(|word| word.starts_with(start))
    }

    fn phrase(&self, phrase: &str) -> bool {
        format!(" {} ", self.0.join(" ")).contains(&format!(" {phrase} "))
    }

    fn only(&self, words: &[&str]) -> bool {
        self.0.iter().all(|word| words.contains(&word.as_str()))
    }

    fn similar(&self) -> bool {
        self.any(&["average", "averages", "mean", "similar", "comparator", "comparators"])
    }

    /// What a column of texts holds.
    fn label(&self) -> Option<Meaning> {
        const NAMES: [&str; 8] =
            ["authority", "authorities", "council", "councils", "organisation", "body", "name", "names"];
        const AROUND: [&str; 8] = ["local", "of", "the", "and", "jurisdiction", "in", "or", "s"];
        if self.any(&["code", "codes", "gss"]) && self.0.len() <= 4 {
            return Some(Meaning::Code);
        }
        if self.any(&["type", "types", "class"]) && self.0.len() <= 4 {
            return Some(Meaning::Type);
        }
        if self.only(&["year", "reporting", "period", "financial", "ending", "ended", "end"])
            && self.any(&["year", "period"])
        {
            return Some(Meaning::Year);
        }
        let around = |word: &String| NAMES.contains(&word.as_str()) || AROUND.contains(&word.as_str());
        (self.any(&NAMES) && self.0.iter().all(around)).then_some(Meaning::Authority)
    }

    /// The outcomes of complaints, apart from those upheld.
    fn outcome(&self) -> Option<Meaning> {
        const SERVICES: [&str; 8] =
            ["adult", "benefits", "corporate", "education", "environment", "environmental", "highways", "planning"];
        let count = !self.any(&["percent", "percentage", "rate", "pct", "average"]);
        let outcomes = [
            (self.phrase("not for us") || self.phrase("not for the ombudsman"), Meaning::Figure(Field::NotForUs)),
            (self.begins("assessed") && self.begins("closed"), Meaning::Figure(Field::AssessedAndClosed)),
            (self.phrase("dealt with"), Meaning::Figure(Field::DealtWith)),
            (self.phrase("not upheld"), Meaning::NotUpheld),
            (self.begins("invalid") || self.begins("incomplete"), Meaning::InvalidOrIncomplete),
            (self.begins("advice"), Meaning::AdviceGiven),
            (self.phrase("referred back") || self.phrase("local resolution"), Meaning::ReferredBack),
            (self.begins("closed") && self.begins("enquir"), Meaning::ClosedAfterEnquiries),
            (self.begins("closed") && self.begins("inquir"), Meaning::ClosedAfterEnquiries),
            (self.any(&SERVICES) || self.any(&["housing", "transport"]), Meaning::ServiceArea),
        ];
        outcomes.into_iter().find(|(said, _)| *said && count).map(|(_, meaning)| meaning)
    }

    fn upheld_or_bare(&self, rate: bool, similar: bool) -> Option<Heading> {
        const AROUND: [&str; 18] = [
            "upheld",
            "complaints",
            "complaint",
            "decisions",
            "number",
            "no",
            "of",
            "cases",
            "detailed",
            "investigations",
            "investigation",
            "investigated",
            "decided",
            "after",
            "total",
            "we",
            "the",
            "all",
        ];
        let field = |field| Some(Heading::Means(Meaning::Figure(field)));
        if self.any(&["upheld", "uphold"]) {
            return match (similar, rate) {
                (true, true) => field(Field::UpholdRateSimilar),
                (false, true) if !self.any(&["not"]) => field(Field::UpholdRate),
                (false, false) if self.only(&AROUND) => field(Field::Upheld),
                _ => None,
            };
        }
        if self.begins("investigat") && self.only(&AROUND) {
            return field(Field::Investigations);
        }
        if similar && !self.any(&["received", "total"]) {
            return Some(Heading::Similar);
        }
        if rate && self.only(&["rate", "percent", "percentage", "pct"]) {
            return Some(Heading::Rate);
        }
        if self.only(&["total", "grand", "decisions", "all", "decided", "made"]) && self.any(&["total"]) {
            return Some(Heading::Means(Meaning::Total));
        }
        (self.only(&["number", "of", "cases", "recorded", "outcomes"])).then_some(Heading::Cases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_by_its_words() {
        use Heading::{Cases, Means, Rate, Similar};
        let figure = |field| Some(Means(Meaning::Figure(field)));
        for (heading, expected) in [
            ("Authority Name", Some(Means(Meaning::Authority))),
            ("Local authority", Some(Means(Meaning::Authority))),
            ("Name of council*", Some(Means(Meaning::Authority))),
            ("Authority type", Some(Means(Meaning::Type))),
            ("ONS code", Some(Means(Meaning::Code))),
            ("Invalid or incomplete", Some(Means(Meaning::InvalidOrIncomplete))),
            ("Incomplete/Invalid", Some(Means(Meaning::InvalidOrIncomplete))),
            ("Advice given", Some(Means(Meaning::AdviceGiven))),
            ("Referred back for local resolution", Some(Means(Meaning::ReferredBack))),
            ("Closed after initial enquiries", Some(Means(Meaning::ClosedAfterEnquiries))),
            ("Not upheld", Some(Means(Meaning::NotUpheld))),
            ("Upheld", figure(Field::Upheld)),
            ("Complaints upheld", figure(Field::Upheld)),
            ("Number of complaints upheld [2]", figure(Field::Upheld)),
            ("Upheld (no.)", figure(Field::Upheld)),
            ("Total", Some(Means(Meaning::Total))),
            ("Uphold rate (%)", figure(Field::UpholdRate)),
            ("% upheld", figure(Field::UpholdRate)),
            ("Percentage of complaints upheld", figure(Field::UpholdRate)),
            ("Average uphold rate (%) of similar authorities", figure(Field::UpholdRateSimilar)),
            ("Upheld decisions per 100,000 residents", figure(Field::UpheldPer100k)),
            (
                "Average upheld decisions per 100,000 residents of similar authorities",
                figure(Field::UpheldPer100kSimilar),
            ),
            ("Complaints received per 100,000", None),
            ("Complaints dealt with", figure(Field::DealtWith)),
            ("Not for us", figure(Field::NotForUs)),
            ("Assessed and closed", figure(Field::AssessedAndClosed)),
            ("Investigated", figure(Field::Investigations)),
            ("Detailed investigations", figure(Field::Investigations)),
            ("Cases where compliance was recorded in the year", figure(Field::ComplianceOutcomes)),
            ("Complied on time", Some(Means(Meaning::CompliedOnTime))),
            ("Complied late", Some(Means(Meaning::CompliedLate))),
            ("Not complied with", Some(Means(Meaning::NotCompliedWith))),
            ("Non-compliance", Some(Means(Meaning::NotCompliedWith))),
            ("Compliance rate", figure(Field::ComplianceRate)),
            ("Average compliance rate of similar authorities", figure(Field::ComplianceRateSimilar)),
            ("Cases with a satisfactory remedy", figure(Field::SatisfactoryRemedies)),
            (
                "Upheld cases where a satisfactory remedy was provided before the complaint reached us",
                figure(Field::SatisfactoryRemedies),
            ),
            ("Satisfactory remedy rate (%)", figure(Field::RemedyRate)),
            ("Remedied by the Ombudsman", None),
            ("Average of similar authorities", Some(Similar)),
            ("Rate (%)", Some(Rate)),
            ("Number of cases", Some(Cases)),
            ("Adult care services", Some(Means(Meaning::ServiceArea))),
            ("Notes", None),
            ("Region", None),
            ("", None),
            ("Not upheld (%)", None),
            ("Average number of complaints upheld", None),
            ("Average upheld of similar authorities", None),
            ("Average number of cases with compliance", None),
        ] {
            assert_eq!(recognise(heading), expected, "{heading}");
        }
    }
}
