//! The files that the page loads: typed here, and how they stand as tables of plain data.

use crate::{
    compass::Place,
    council::{Council, CouncilType, GssCode, Slug, short_of},
    error::Unreadable,
    evidence::SourceKind,
    figures::{Count, Field, Figures, PerHundredThousand, Percentage, Value, count_from_number},
    plain::{Plain, Table},
    year::ReportingYear,
};
use serde::{Deserialize, Serialize};

/// The averages that the Ombudsman printed for one type of council and one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Average {
    /// The type.
    pub council_type: CouncilType,
    /// The year.
    pub year: ReportingYear,
    /// Uphold rate, in percent.
    pub uphold_rate: Option<Percentage>,
    /// Compliance rate, in percent.
    pub compliance_rate: Option<Percentage>,
    /// Satisfactory remedy rate, in percent.
    pub remedy_rate: Option<Percentage>,
    /// Upheld decisions per 100,000 residents.
    pub upheld_per_100k: Option<PerHundredThousand>,
}

/// What was printed about all of England in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalYear {
    /// The year.
    pub year: ReportingYear,
    /// Uphold rate, in percent.
    pub uphold_rate: Option<Percentage>,
    /// Compliance rate, in percent.
    pub compliance_rate: Option<Percentage>,
    /// Detailed investigations.
    pub investigations: Option<Count>,
    /// Complaints upheld.
    pub upheld: Option<Count>,
    /// Complaints received, or dealt with.
    pub complaints: Option<Count>,
    /// Where it was printed.
    pub source: String,
    /// What to know about it; empty where nothing.
    pub note: String,
}

/// A public interest report, as cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicReport {
    /// The council that it is about.
    pub council: GssCode,
    /// Its title, as cited.
    pub title: String,
    /// Where it is cited.
    pub source: String,
}

/// A letter that has been imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterEntry {
    /// The council that it was written to.
    pub council: GssCode,
    /// The year that it is about.
    pub year: ReportingYear,
}

/// One row of evidence, without its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// The council.
    pub council: GssCode,
    /// The year.
    pub year: ReportingYear,
    /// The kind of source.
    pub kind: SourceKind,
    /// What it printed.
    pub figures: Figures,
}

/// The source of one row of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// The council.
    pub council: GssCode,
    /// The year.
    pub year: ReportingYear,
    /// The kind of source.
    pub kind: SourceKind,
    /// Its address, or its title where it has none.
    pub source: String,
}

/// `/data/v1/edition.json`: all that the map and a council's figures need. Fields are only ever added to it.
///
/// Its tables stand column by column, under the names that the columns have in `data/*.csv`; what is not known is
/// `null`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Plain", into = "Plain")]
pub struct EditionFile {
    /// The date of the edition: "2026-11-23".
    pub date: String,
    /// What a reader has to know about the edition as a whole.
    pub note: String,
    /// The register, without the councils' other names and what to know about them.
    pub councils: Vec<Council>,
    /// All evidence.
    pub evidence: Vec<EvidenceRow>,
    /// Printed averages.
    pub averages: Vec<Average>,
    /// Printed national figures.
    pub national: Vec<NationalYear>,
    /// Letters that lie under `/letters/`.
    pub letters: Vec<LetterEntry>,
    /// The year that is shown first: of the years in which the most councils have all three statistics, the latest.
    pub default_year: Option<ReportingYear>,
    /// The files of a reader's own whose figures are among these, in words; empty in an edition as it is published.
    pub with: String,
    /// Whether these figures go before those that they are joined to, where both are equally good sources.
    pub first: bool,
}

impl EditionFile {
    /// This edition joined to what a reader opened: see [`crate::opened`]. The year that is shown first stays, so that an
    /// address means the same with the files and without.
    #[must_use]
    pub fn with(mut self, mut opened: Self) -> Self {
        if opened.first {
            std::mem::swap(&mut self.evidence, &mut opened.evidence);
        }
        self.evidence.append(&mut opened.evidence);
        self.letters.append(&mut opened.letters);
        self.with = opened.with;
        self
    }
}

/// `/data/v1/sources.json`: where each figure of the edition was printed, and public reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Plain", into = "Plain")]
pub struct SourcesFile {
    /// The date of the edition.
    pub date: String,
    /// The sources, in the order of [`EditionFile::evidence`].
    pub sources: Vec<SourceRow>,
    /// Public reports.
    pub reports: Vec<PublicReport>,
}

/// What else is known of a council by its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamesEntry {
    /// The council.
    pub council: GssCode,
    /// The other names under which it is looked for.
    pub aliases: Vec<String>,
    /// What to know about it; empty where nothing.
    pub note: String,
}

/// `/data/v1/names.json`: the other names under which councils are looked for, what to know about them, and which border on each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Plain", into = "Plain")]
pub struct NamesFile {
    /// The date of the edition.
    pub date: String,
    /// The councils of which there is anything to say.
    pub names: Vec<NamesEntry>,
    /// Which councils border on each other on the map, in any year in which both exist: each pair once.
    pub neighbours: Vec<(GssCode, GssCode)>,
    /// Where each council with a shape lies.
    pub places: Vec<(GssCode, Place)>,
}

impl TryFrom<Plain> for EditionFile {
    type Error = Unreadable;

    fn try_from(file: Plain) -> Result<Self, Unreadable> {
        let mut edition = Self { date: file.text_of("date")?, ..Self::default() };
        edition.note = file.text_of("note")?;
        edition.councils = councils(&Table::new(&file, "councils", "code"))?;
        edition.evidence = evidence(&Table::new(&file, "evidence", "code"))?;
        edition.averages = averages(&Table::new(&file, "averages", "year"))?;
        edition.national = national(&Table::new(&file, "national", "year"))?;
        edition.letters = letters(&Table::new(&file, "letters", "code"))?;
        edition.default_year = file.get("default_year").number().and_then(ReportingYear::from_number);
        edition.with = file.text_of("with").unwrap_or_default();
        edition.first = file.get("first") == &Plain::Truth(true);
        Ok(edition)
    }
}

impl From<EditionFile> for Plain {
    fn from(file: EditionFile) -> Self {
        let EditionFile { councils, evidence, averages, national, letters, default_year, .. } = file;
        let joined = |codes: &[GssCode]| codes.iter().map(GssCode::as_str).collect::<Vec<_>>().join(" ");
        let former =
            |council: &Council| council.former_codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let councils = vec![
            ("code", Self::column(&councils, |it| it.code.into())),
            ("former_codes", Self::column(&councils, |it| former(it).as_str().into())),
            ("slug", Self::column(&councils, |it| slug_of(it).into())),
            ("name", Self::column(&councils, |it| it.name.as_str().into())),
            ("short_name", Self::column(&councils, |it| short_name_of(it).into())),
            ("type", Self::column(&councils, |it| it.council_type.key().into())),
            ("region", Self::column(&councils, |it| it.region.name().into())),
            ("county", Self::column(&councils, |it| it.county.into())),
            ("first_year", Self::column(&councils, |it| it.first_year.into())),
            ("last_year", Self::column(&councils, |it| it.last_year.into())),
            ("predecessors", Self::column(&councils, |it| joined(&it.predecessors).as_str().into())),
            ("successors", Self::column(&councils, |it| joined(&it.successors).as_str().into())),
        ];
        let pieces = evidence_columns(&evidence);
        let percent = |rate: Option<Percentage>| rate.map(Percentage::percent).into();
        let averages = vec![
            ("type", Self::column(&averages, |it| it.council_type.key().into())),
            ("year", Self::column(&averages, |it| it.year.into())),
            (UPHOLD, Self::column(&averages, |it| percent(it.uphold_rate))),
            (COMPLIANCE, Self::column(&averages, |it| percent(it.compliance_rate))),
            (REMEDY, Self::column(&averages, |it| percent(it.remedy_rate))),
            (PER_100K, Self::column(&averages, |it| it.upheld_per_100k.map(PerHundredThousand::rate).into())),
        ];
        let count = |count: Option<Count>| count.map(f64::from).into();
        let national = vec![
            ("year", Self::column(&national, |it| it.year.into())),
            (UPHOLD, Self::column(&national, |it| percent(it.uphold_rate))),
            (COMPLIANCE, Self::column(&national, |it| percent(it.compliance_rate))),
            ("investigations", Self::column(&national, |it| count(it.investigations))),
            ("upheld", Self::column(&national, |it| count(it.upheld))),
            ("complaints", Self::column(&national, |it| count(it.complaints))),
            ("source", Self::column(&national, |it| it.source.as_str().into())),
            ("note", Self::column(&national, |it| it.note.as_str().into())),
        ];
        let letters = vec![
            ("code", Self::column(&letters, |it| it.council.into())),
            ("year", Self::column(&letters, |it| it.year.into())),
        ];
        Self::named(vec![
            ("date", Self::Text(file.date)),
            ("note", Self::Text(file.note)),
            ("default_year", default_year.into()),
            ("councils", Self::named(councils)),
            ("evidence", Self::named(pieces)),
            ("averages", Self::named(averages)),
            ("national", Self::named(national)),
            ("letters", Self::named(letters)),
        ])
    }
}

/// Rows of evidence as columns, to be written.
pub(crate) fn evidence_columns(evidence: &[EvidenceRow]) -> Vec<(&'static str, Plain)> {
    let mut columns = vec![
        ("code", Plain::column(evidence, |it| it.council.into())),
        ("year", Plain::column(evidence, |it| it.year.into())),
        ("kind", Plain::column(evidence, |it| it.kind.key().into())),
    ];
    for field in Field::ALL.iter().copied() {
        let figures = Plain::column(evidence, |it| it.figures.get(field).map(Value::number).into());
        columns.push((field.column(), figures));
    }
    columns
}

// Columns that more than one table has.
const UPHOLD: &str = Field::UpholdRate.column();
const COMPLIANCE: &str = Field::ComplianceRate.column();
const REMEDY: &str = Field::RemedyRate.column();
const PER_100K: &str = Field::UpheldPer100k.column();

/// The slug of a council, where it does not follow from its name.
fn slug_of(council: &Council) -> Option<Plain> {
    (Slug::of(&council.name) != council.slug).then(|| council.slug.as_str().into())
}

/// The short name of a council, where it does not follow from its name.
fn short_name_of(council: &Council) -> Option<Plain> {
    (short_of(&council.name) != council.short_name).then(|| council.short_name.as_str().into())
}

fn councils(table: &Table<'_>) -> Result<Vec<Council>, Unreadable> {
    let [code, former, slug, name, short] =
        ["code", "former_codes", "slug", "name", "short_name"].map(|name| table.column(name));
    let [kind, region, county, first, last] =
        ["type", "region", "county", "first_year", "last_year"].map(|name| table.column(name));
    let [predecessors, successors] = ["predecessors", "successors"].map(|name| table.column(name));
    let mut councils = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        // What can fail comes first: with fewer texts in hand there is less to take care of.
        let (code, council_type, region) = (code.read(row)?, kind.read(row)?, region.read(row)?);
        let county = if county.text(row).is_empty() { None } else { Some(county.read(row)?) };
        let (first_year, last_year) = (first.year(row)?, last.number(row, ReportingYear::from_number)?);
        let former_codes = former.read_each(row)?;
        let slug = if slug.text(row).is_empty() { Slug::of(name.text(row)) } else { slug.read(row)? };
        let short_name = match short.text(row) {
            "" => short_of(name.text(row)).to_owned(),
            short => short.to_owned(),
        };
        let (predecessors, successors) = (predecessors.read_each(row)?, successors.read_each(row)?);
        councils.push(Council {
            code,
            former_codes,
            slug,
            name: name.text(row).to_owned(),
            short_name,
            aliases: Vec::new(),
            council_type,
            region,
            county,
            first_year,
            last_year,
            predecessors,
            successors,
            note: String::new(),
        });
    }
    Ok(councils)
}

/// Reads rows of evidence.
pub(crate) fn evidence(table: &Table<'_>) -> Result<Vec<EvidenceRow>, Unreadable> {
    let [code, year, kind] = ["code", "year", "kind"].map(|name| table.column(name));
    let mut evidence = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        let (council, year, kind) = (code.read(row)?, year.year(row)?, kind.read(row)?);
        evidence.push(EvidenceRow { council, year, kind, figures: Figures::default() });
    }
    for field in Field::ALL.iter().copied() {
        let column = table.column(field.column());
        for (row, piece) in evidence.iter_mut().enumerate() {
            match column.cell(row) {
                Plain::Nothing => {}
                cell => {
                    let taken = cell.number().and_then(|number| piece.figures.set_number(field, number));
                    taken.ok_or_else(|| column.wrong(row))?;
                }
            }
        }
    }
    Ok(evidence)
}

fn averages(table: &Table<'_>) -> Result<Vec<Average>, Unreadable> {
    let [kind, year, uphold, compliance, remedy, per_100k] =
        ["type", "year", UPHOLD, COMPLIANCE, REMEDY, PER_100K].map(|name| table.column(name));
    let mut averages = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        averages.push(Average {
            council_type: kind.read(row)?,
            year: year.year(row)?,
            uphold_rate: uphold.number(row, Percentage::from_number)?,
            compliance_rate: compliance.number(row, Percentage::from_number)?,
            remedy_rate: remedy.number(row, Percentage::from_number)?,
            upheld_per_100k: per_100k.number(row, PerHundredThousand::from_number)?,
        });
    }
    Ok(averages)
}

fn national(table: &Table<'_>) -> Result<Vec<NationalYear>, Unreadable> {
    let [year, rate, compliance, source, note] =
        ["year", UPHOLD, COMPLIANCE, "source", "note"].map(|name| table.column(name));
    let [investigated, of_these_upheld, complaints] =
        ["investigations", "upheld", "complaints"].map(|name| table.column(name));
    let mut national = Vec::with_capacity(table.rows().len());
    for row in table.rows() {
        let (year, uphold_rate) = (year.year(row)?, rate.number(row, Percentage::from_number)?);
        let compliance_rate = compliance.number(row, Percentage::from_number)?;
        let investigations = investigated.number(row, count_from_number)?;
        let upheld = of_these_upheld.number(row, count_from_number)?;
        let complaints = complaints.number(row, count_from_number)?;
        let (source, note) = (source.text(row).to_owned(), note.text(row).to_owned());
        national.push(NationalYear {
            year,
            uphold_rate,
            compliance_rate,
            investigations,
            upheld,
            complaints,
            source,
            note,
        });
    }
    Ok(national)
}

/// Reads whom letters are to, and about which year.
pub(crate) fn letters(table: &Table<'_>) -> Result<Vec<LetterEntry>, Unreadable> {
    let (code, year) = (table.column("code"), table.column("year"));
    let mut letters = Vec::new();
    for row in table.rows() {
        letters.push(LetterEntry { council: code.read(row)?, year: year.year(row)? });
    }
    Ok(letters)
}

impl TryFrom<Plain> for SourcesFile {
    type Error = Unreadable;

    fn try_from(file: Plain) -> Result<Self, Unreadable> {
        let table = Table::new(&file, "sources", "code");
        let [code, year, kind, source] = ["code", "year", "kind", "source"].map(|name| table.column(name));
        let mut sources = Vec::with_capacity(table.rows().len());
        for row in table.rows() {
            let (council, year, kind) = (code.read(row)?, year.year(row)?, kind.read(row)?);
            sources.push(SourceRow { council, year, kind, source: source.text(row).to_owned() });
        }
        let table = Table::new(&file, "reports", "code");
        let [code, title, source] = ["code", "title", "source"].map(|name| table.column(name));
        let mut reports = Vec::with_capacity(table.rows().len());
        for row in table.rows() {
            let council = code.read(row)?;
            let (title, source) = (title.text(row).to_owned(), source.text(row).to_owned());
            reports.push(PublicReport { council, title, source });
        }
        Ok(Self { date: file.text_of("date")?, sources, reports })
    }
}

impl From<SourcesFile> for Plain {
    fn from(SourcesFile { date, sources, reports }: SourcesFile) -> Self {
        let sources = vec![
            ("code", Self::column(&sources, |it| it.council.into())),
            ("year", Self::column(&sources, |it| it.year.into())),
            ("kind", Self::column(&sources, |it| it.kind.key().into())),
            ("source", Self::column(&sources, |it| it.source.as_str().into())),
        ];
        let reports = vec![
            ("code", Self::column(&reports, |it| it.council.into())),
            ("title", Self::column(&reports, |it| it.title.as_str().into())),
            ("source", Self::column(&reports, |it| it.source.as_str().into())),
        ];
        let tables = [("sources", Self::named(sources)), ("reports", Self::named(reports))];
        Self::named([("date", Self::Text(date))].into_iter().chain(tables).collect())
    }
}

impl TryFrom<Plain> for NamesFile {
    type Error = Unreadable;

    fn try_from(file: Plain) -> Result<Self, Unreadable> {
        let table = Table::new(&file, "aliases", "code");
        let [code, aliases, note] = ["code", "names", "note"].map(|name| table.column(name));
        let mut names = Vec::with_capacity(table.rows().len());
        for row in table.rows() {
            let council = code.read(row)?;
            let aliases = aliases.text(row).split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect();
            names.push(NamesEntry { council, aliases, note: note.text(row).to_owned() });
        }
        let table = Table::new(&file, "neighbours", "code");
        let [code, beside] = ["code", "beside"].map(|name| table.column(name));
        let mut neighbours = Vec::new();
        for row in table.rows() {
            let one = code.read(row)?;
            neighbours.extend(beside.read_each(row)?.into_iter().map(|other| (one, other)));
        }
        let table = Table::new(&file, "places", "code");
        let [code, lon, lat] = ["code", "lon", "lat"].map(|name| table.column(name));
        let mut places = Vec::with_capacity(table.rows().len());
        for row in table.rows() {
            let (Some(lon), Some(lat)) = (lon.number(row, thousandths)?, lat.number(row, thousandths)?) else {
                continue;
            };
            places.push((code.read(row)?, Place { lon, lat }));
        }
        Ok(Self { date: file.text_of("date")?, names, neighbours, places })
    }
}

impl From<NamesFile> for Plain {
    fn from(NamesFile { date, names, neighbours, places }: NamesFile) -> Self {
        let columns = vec![
            ("code", Self::column(&names, |it| it.council.into())),
            ("names", Self::column(&names, |it| it.aliases.join("|").as_str().into())),
            ("note", Self::column(&names, |it| it.note.as_str().into())),
        ];
        let mut beside: Vec<(GssCode, Vec<&str>)> = Vec::new();
        for (one, other) in &neighbours {
            match beside.last_mut() {
                Some((of, others)) if of == one => others.push(other.as_str()),
                _ => beside.push((*one, vec![other.as_str()])),
            }
        }
        let pairs = vec![
            ("code", Self::column(&beside, |it| it.0.into())),
            ("beside", Self::column(&beside, |it| it.1.join(" ").as_str().into())),
        ];
        let places = vec![
            ("code", Self::column(&places, |it| it.0.into())),
            ("lon", Self::column(&places, |it| f64::from(it.1.lon).into())),
            ("lat", Self::column(&places, |it| f64::from(it.1.lat).into())),
        ];
        let tables = vec![
            ("aliases", Self::named(columns)),
            ("neighbours", Self::named(pairs)),
            ("places", Self::named(places)),
        ];
        Self::named([("date", Self::Text(date))].into_iter().chain(tables).collect())
    }
}

/// A whole number of thousandths of a degree.
#[expect(clippy::cast_possible_truncation, reason = "within ±180,000")]
fn thousandths(number: f64) -> Option<i32> {
    (number.fract() == 0.0 && number.abs() <= 180_000.0).then_some(number as i32)
}
