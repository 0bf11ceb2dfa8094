//! Checks: what has to be true of the holdings before an edition is made of them, and what a reader of the
//! checks should know although it is true.

mod figures;
mod register;
mod tables;

use crate::{
    council::{Council, CouncilType, GssCode},
    figures::{Count, Field, Figures, Value},
    holdings::Holdings,
    register::Register,
    year::ReportingYear,
};
use std::collections::BTreeMap;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot be: no edition is made.
    Error,
    /// It is odd, and kept as printed.
    Note,
}

impl Severity {
    /// In one word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Note => "note",
        }
    }
}

/// A table of the holdings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// `councils.csv`.
    Councils,
    /// `figures.csv`.
    Figures,
    /// `averages.csv`.
    Averages,
    /// `national.csv`.
    National,
    /// `public_reports.csv`.
    PublicReports,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The table.
    pub table: Table,
    /// The place of the row among the table's rows; none where the table as a whole is meant.
    pub row: Option<usize>,
    /// The column.
    pub column: &'static str,
    /// What was found there.
    pub problem: Problem,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    /// Two councils claim one code.
    #[error("{code} also belongs to {other}")]
    CodeTwice {
        /// The code.
        code: GssCode,
        /// The council that has it too.
        other: String,
    },
    /// Two councils claim one slug.
    #[error("the slug also belongs to {other}")]
    SlugTwice {
        /// The council that has it too.
        other: String,
    },
    /// A code of no council.
    #[error("{code} is not in the register")]
    UnknownCode {
        /// The code.
        code: GssCode,
    },
    /// A code that was not the council's in that year.
    #[error("{code} was not the code of {council} in {year}, which was {right}")]
    OtherCode {
        /// The code.
        code: GssCode,
        /// The council.
        council: String,
        /// The year.
        year: ReportingYear,
        /// The code in force.
        right: GssCode,
    },
    /// A year before the council began.
    #[error("{council} did not exist yet in {year}: its first year is {first}")]
    BeforeItsTime {
        /// The council.
        council: String,
        /// The year.
        year: ReportingYear,
        /// Its first year.
        first: ReportingYear,
    },
    /// A year after the council's end.
    #[error("{council} came to an end with {last}: a complaint about it was decided later")]
    AfterItsEnd {
        /// The council.
        council: String,
        /// Its last year.
        last: ReportingYear,
    },
    /// A type that is not the register's.
    #[error("{} is not the register’s type of {council}, which is {}", .found.key(), .right.key())]
    OtherType {
        /// The council.
        council: String,
        /// The type that was found.
        found: CouncilType,
        /// The type in the register.
        right: CouncilType,
    },
    /// A slug that is not the register's.
    #[error("the slug of {council} is {right}")]
    OtherSlug {
        /// The council.
        council: String,
        /// The slug in the register.
        right: String,
    },
    /// The same key in two rows.
    #[error("{key} stands in an earlier row too")]
    RowTwice {
        /// The key, in words.
        key: String,
    },
    /// A row without a figure.
    #[error("the row holds no figure")]
    NoFigure,
    /// More of something than there can be.
    #[error("{count} {what}, of {total} {of}")]
    MoreThanAll {
        /// How many.
        count: Count,
        /// Of what.
        what: &'static str,
        /// Out of how many.
        total: Count,
        /// Of what.
        of: &'static str,
    },
    /// A printed rate that is not its counts'.
    #[error("printed {printed}, {count} of {total} is {counted}%")]
    RateOffCounts {
        /// The printed rate.
        printed: Value,
        /// How many.
        count: Count,
        /// Of how many.
        total: Count,
        /// The rate of the counts, rounded.
        counted: f64,
    },
    /// Two sources that differ.
    #[error("{} of {council} in {year}: {shown} ({shown_by}) is shown, {other} ({other_by}) is not", .field.label())]
    SourcesDiffer {
        /// The council.
        council: String,
        /// The year.
        year: ReportingYear,
        /// The figure.
        field: Field,
        /// The value that is shown.
        shown: Value,
        /// The kind of source that prints it.
        shown_by: &'static str,
        /// The value that is not.
        other: Value,
        /// The kind of source that prints it.
        other_by: &'static str,
    },
    /// A printed average that two files print differently.
    #[error("{found}, where figures.csv has {other} beside the figures of {council}")]
    AveragesDiffer {
        /// The average in `averages.csv`.
        found: Value,
        /// The average beside a council's own figures.
        other: Value,
        /// The council.
        council: String,
    },
    /// A district without a county.
    #[error("a district council needs the county council above it")]
    NoCounty,
    /// A county above a council that has none.
    #[error("a {} has no county council above it", .0.singular())]
    CountyAbove(
        /// The council's type.
        CouncilType,
    ),
    /// A county that is none.
    #[error("{other} is no county council")]
    NotACounty {
        /// The council that was named.
        other: String,
    },
    /// A county that did not exist in all the years of the district.
    #[error("{county} did not exist in all the years of the district")]
    CountyOfOtherYears {
        /// The county.
        county: String,
    },
    /// Years in the wrong order.
    #[error("the last year, {last}, lies before the first, {first}")]
    YearsReversed {
        /// The first year.
        first: ReportingYear,
        /// The last year.
        last: ReportingYear,
    },
    /// A link that the other council does not return.
    #[error("{other} does not name this council among its {list}")]
    OneSided {
        /// The other council.
        other: String,
        /// The list in which it should.
        list: &'static str,
    },
    /// Years of predecessor and successor that do not join.
    #[error("this council begins with {first}, and {other} does not end with the year before")]
    Gap {
        /// The predecessor.
        other: String,
        /// The first year of the successor.
        first: ReportingYear,
    },
    /// An end without anyone who took over.
    #[error("a council that has ended, and none that took over")]
    NoSuccessor,
    /// A beginning without anyone who was there before.
    #[error("a council that began, and none that it took over from")]
    NoPredecessor,
    /// A number of councils that is not England's.
    #[error("{found} {} in {}, where England has {expected}", .kind.plural(), ReportingYear::LAST)]
    CountOfType {
        /// The type.
        kind: CouncilType,
        /// How many the register has.
        found: usize,
        /// How many there are.
        expected: usize,
    },
}

impl Problem {
    /// How grave it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::AfterItsEnd { .. }
            | Self::RateOffCounts { .. }
            | Self::SourcesDiffer { .. }
            | Self::AveragesDiffer { .. } => Severity::Note,
            _ => Severity::Error,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::CodeTwice { .. } => "give each council its own code".to_owned(),
            Self::SlugTwice { .. } => "give each council its own slug; a published one is kept".to_owned(),
            Self::UnknownCode { .. } => "correct the code, or add the council to councils.csv".to_owned(),
            Self::OtherCode { right, .. } => format!("write {right}"),
            Self::BeforeItsTime { .. } => "correct the year, or write the code of the predecessor".to_owned(),
            Self::AfterItsEnd { .. } => {
                "nothing, if the source prints it so; it counts in no average or map of that year".to_owned()
            }
            Self::OtherType { right, .. } => format!("write {}", right.key()),
            Self::OtherSlug { right, .. } => format!("write {right}, or take the column out"),
            Self::RowTwice { .. } => "merge the rows, or correct the one that is wrong".to_owned(),
            Self::NoFigure => "write what the source prints, or take the row out".to_owned(),
            Self::MoreThanAll { .. } => "compare both numbers with the source".to_owned(),
            Self::RateOffCounts { .. } => "nothing, if the source prints both so; it is shown as printed".to_owned(),
            Self::SourcesDiffer { .. } => {
                "nothing, if both are as printed; the better source is shown and the conflict is listed".to_owned()
            }
            Self::AveragesDiffer { .. } => {
                "compare both with their sources; beside its own figures a council shows the one printed there"
                    .to_owned()
            }
            Self::NoCounty => "write the code of the county council".to_owned(),
            Self::CountyAbove(_) => "leave the cell empty".to_owned(),
            Self::NotACounty { .. } => "write the code of a county council".to_owned(),
            Self::CountyOfOtherYears { .. } => {
                "correct the years of one of the two, or write the county of the district’s time".to_owned()
            }
            Self::YearsReversed { .. } => "correct the years".to_owned(),
            Self::OneSided { list, .. } => format!("add this council’s code to its {list}, or take it out here"),
            Self::Gap { .. } => "correct the first year of the one or the last year of the other".to_owned(),
            Self::NoSuccessor => "write the codes of the councils that took over".to_owned(),
            Self::NoPredecessor => "write the codes of the councils that it took over from".to_owned(),
            Self::CountOfType { .. } => "look for a council that is missing, twice, or of the wrong type".to_owned(),
        }
    }
}

/// Where `figures` contradict each other: a rate that is not its counts', a part that is more than the whole. Each with
/// the column that it is about.
#[must_use]
pub fn contradictions(figures: &Figures) -> Vec<(&'static str, Problem)> {
    let mut found = Vec::new();
    figures::counts(figures, &mut |column, problem| found.push((column, problem)));
    found.retain(|(_, problem)| !matches!(problem, Problem::NoFigure));
    found
}

impl Holdings {
    /// Everything that is to be found in the holdings: table by table, row by row.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let known = Known::new(&self.councils);
        let mut findings = Vec::new();
        register::check(&self.councils, &known, &mut findings);
        figures::check(&self.figures, &known, &mut findings);
        if let Ok(register) = Register::new(self.councils.clone()) {
            figures::compare_sources(&self.figures, &register, &mut findings);
        }
        tables::check(self, &known, &mut findings);
        findings.sort_by_key(|finding| (finding.table, finding.row));
        findings
    }
}

/// The councils by code, also of a register that contradicts itself: the first to claim a code has it.
struct Known<'a>(BTreeMap<GssCode, &'a Council>);

impl<'a> Known<'a> {
    fn new(councils: &'a [Council]) -> Self {
        let mut known = BTreeMap::new();
        for council in councils {
            let former = council.former_codes.iter().map(|former| former.code);
            for code in former.chain([council.code]) {
                known.entry(code).or_insert(council);
            }
        }
        Self(known)
    }

    fn get(&self, code: GssCode) -> Option<&'a Council> {
        self.0.get(&code).copied()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{council::Slug, evidence::SourceKind, holdings::Entry};

    /// A council that has always existed.
    pub(crate) fn council(code: &str, name: &str, council_type: CouncilType) -> Council {
        Council {
            code: code.parse().unwrap(),
            former_codes: Vec::new(),
            slug: name.to_lowercase().replace(' ', "-").parse::<Slug>().unwrap(),
            name: name.to_owned(),
            short_name: name.to_owned(),
            aliases: Vec::new(),
            council_type,
            region: crate::council::Region::East,
            county: None,
            first_year: ReportingYear::FIRST,
            last_year: None,
            predecessors: Vec::new(),
            successors: Vec::new(),
            note: String::new(),
        }
    }

    pub(crate) fn year(ending: u16) -> ReportingYear {
        ReportingYear::ending(ending).unwrap()
    }

    /// A row of figures from the press.
    pub(crate) fn entry(code: &str, ending: u16, figures: &str) -> Entry {
        Entry {
            code: code.parse().unwrap(),
            authority: "A council".to_owned(),
            authority_type: CouncilType::Unitary,
            year: year(ending),
            figures: serde_json::from_str::<Figures>(figures).unwrap(),
            kind: SourceKind::Press,
            source: "a paper".to_owned(),
            slug: None,
        }
    }

    /// What a check says, as text, with the place of its row: the number of councils by type aside.
    pub(crate) fn said(holdings: &Holdings) -> Vec<String> {
        let findings = holdings.check().into_iter();
        let findings = findings.filter(|finding| !matches!(finding.problem, Problem::CountOfType { .. }));
        let row = |finding: &Finding| finding.row.map_or_else(|| "-".to_owned(), |row| row.to_string());
        findings
            .map(|it| format!("{} {} {}: {}", it.problem.severity().key(), row(&it), it.column, it.problem))
            .collect()
    }
}
