//! One sheet: its year, its columns, its rows.

use super::{
    Hints,
    columns::Meaning,
    error::{SheetFault, YearFrom, YearSaid},
    faults::{CellFault, CellProblem, Contradiction, RowWarning},
    grid::{Grid, GridRow},
    header::{self, Header},
    left_out::{LeftOut, RowsLeft, by_name},
    limits::Limits,
    numbers::{Number, Oddity, Printed, Unit, in_percent, printed, unit},
    subject::Subject,
    wording::{tidy, without_marks, words},
    years::years,
};
use crate::council_names::BodyKind;
use std::collections::{BTreeMap, HashMap};
use upheld_domain::{
    council::{CouncilType, GssCode},
    error::ValueError,
    figures::{Count, Field, Figures, Kind, Percentage},
    year::ReportingYear,
};

/// A table that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetTable {
    /// The name of its sheet; none in a file without sheets.
    pub sheet: Option<String>,
    /// What it is about.
    pub subject: Subject,
    /// Its reporting year.
    pub year: ReportingYear,
    /// Everywhere that says so.
    pub year_from: Vec<YearFrom>,
    /// The first row of its header, as an editor counts.
    pub header_row: u64,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its rows of councils, as far as their names tell, in order.
    pub rows: Vec<TableRow>,
    /// Cells whose figure could not be taken.
    pub problems: Vec<CellProblem>,
    /// Rows that contradict themselves.
    pub warnings: Vec<RowWarning>,
    /// Rows that are no council's.
    pub left_out: RowsLeft,
    /// Rows with nothing in them, between the first and the last of the sheet.
    pub blank_rows: u64,
    /// How many problems and warnings there are besides those that are listed.
    pub unlisted: u64,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place, counted from 1.
    pub place: usize,
    /// Its heading, as printed, on one line; both rows of it, where it has two.
    pub heading: String,
    /// What is made of it.
    pub reading: Reading,
}

/// What is made of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// It is read.
    Read(Meaning),
    /// It is a column of percentages, and read.
    ReadAs(Meaning, Unit),
    /// It is known, and nothing is taken from it.
    Known(Meaning),
    /// It is not known.
    Unknown,
    /// Its heading says the same as another's: neither is read.
    Twice(Meaning),
    /// Its heading speaks of another year.
    OtherYear(ReportingYear),
}

impl Reading {
    /// What it means, where it is read.
    const fn read(self) -> Option<Meaning> {
        match self {
            Self::Read(meaning) | Self::ReadAs(meaning, _) => Some(meaning),
            _ => None,
        }
    }
}

/// A council's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The row, as an editor counts.
    pub number: u64,
    /// The name, as printed, without marks of footnotes.
    pub name: String,
    /// The council's code, if the table has a column of codes.
    pub code: Option<GssCode>,
    /// Its type, if the table has a column of types.
    pub council_type: Option<CouncilType>,
    /// What is printed.
    pub figures: Figures,
    /// Which of the figures Upheld worked out from others of the row.
    pub computed: Vec<Field>,
}

/// The table in `grid`, a sheet of the file `name`.
pub(super) fn read(name: &str, grid: &Grid, hints: Hints, limits: &Limits) -> Result<SheetTable, SheetFault> {
    if grid.rows.is_empty() {
        return Err(SheetFault::Empty);
    }
    let Some(header) = header::find(&grid.rows, limits) else {
        let nearest = header::nearest(&grid.rows, limits);
        return Err(SheetFault::NoHeader { within: limits.rows_to_header, nearest });
    };
    let titles = titles(grid, &header);
    let subject = subject(name, grid, &header, &titles, hints)?;
    let data = grid.rows.get(header.first + header.rows..).unwrap_or_default();
    let mut columns = columns(&header, subject, data);
    let (year, year_from) = year(name, grid, &titles, &columns, data, hints)?;
    let header_row = grid.rows.get(header.first).map_or(1, |row| row.number);
    settle(&mut columns, year, data);
    if !columns.iter().any(|column| {
        column.reading.read().is_some_and(|meaning| meaning.field().is_some() || meaning == Meaning::NotUpheld)
    }) {
        return Err(SheetFault::NothingToTake(subject));
    }
    let mut reading = Rows {
        limits,
        columns: &columns,
        header: grid.rows.get(header.first + header.rows - 1),
        names: HashMap::new(),
        table: SheetTable {
            sheet: grid.name.clone(),
            subject,
            year,
            year_from,
            header_row,
            columns: columns.clone(),
            rows: Vec::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
            left_out: RowsLeft::default(),
            blank_rows: grid.blank,
            unlisted: 0,
        },
    };
    for row in data {
        reading.row(row);
    }
    Ok(reading.table)
}

/// The texts above the header.
fn titles(grid: &Grid, header: &Header) -> Vec<String> {
    let above = grid.rows.iter().take(header.first);
    above.flat_map(GridRow::cells).take(200).map(|(_, text)| tidy(text)).collect()
}

fn subject(name: &str, grid: &Grid, header: &Header, titles: &[String], hints: Hints) -> Result<Subject, SheetFault> {
    let sheet = grid.name.as_deref().unwrap_or_default();
    let named = titles.iter().map(String::as_str).chain([sheet, name]).find_map(|text| Subject::named(&words(text)));
    let found = header.subject(hints.subject.or(named)).unwrap_or(Subject::Decided);
    match hints.subject {
        Some(asked) if asked != found => Err(SheetFault::SubjectsDiffer { asked, found }),
        _ => Ok(found),
    }
}

/// The columns, those without a heading among them where something stands in them.
fn columns(header: &Header, subject: Subject, data: &[GridRow]) -> Vec<Column> {
    let bare = header.bare(Some(subject));
    let reading = |says: Option<super::columns::Heading>| match says.and_then(|says| says.within(bare)) {
        Some(meaning) if meaning.field().is_some() || meaning.kind().is_none() || meaning == Meaning::NotUpheld => {
            Reading::Read(meaning)
        }
        Some(meaning) => Reading::Known(meaning),
        None => Reading::Unknown,
    };
    let mut columns: BTreeMap<usize, Column> = BTreeMap::new();
    for named in &header.columns {
        let column = Column { place: named.place + 1, heading: named.text.clone(), reading: reading(named.says) };
        columns.insert(named.place, column);
    }
    for (place, _) in data.iter().flat_map(GridRow::cells) {
        columns.entry(place).or_insert_with(|| Column {
            place: place + 1,
            heading: String::new(),
            reading: Reading::Unknown,
        });
    }
    let mut columns: Vec<Column> = columns.into_values().collect();
    // The first column of names is the one; a second is another text.
    let names = header.names().map(|place| place + 1);
    for column in &mut columns {
        if column.reading == Reading::Read(Meaning::Authority) && Some(column.place) != names {
            column.reading = Reading::Unknown;
        }
    }
    columns
}

/// Settles, now that the year is known, which columns are of another, which say the same, and in what percentages are.
fn settle(columns: &mut [Column], year: ReportingYear, data: &[GridRow]) {
    for column in columns.iter_mut() {
        let spoken = years(&column.heading);
        if let (Some(other), false) = (spoken.first(), spoken.contains(&year)) {
            column.reading = Reading::OtherYear(*other);
        }
    }
    let meanings: Vec<Meaning> = columns.iter().filter_map(|column| column.reading.read()).collect();
    for column in columns.iter_mut() {
        let Some(meaning) = column.reading.read() else { continue };
        if meanings.iter().filter(|other| **other == meaning).count() > 1 {
            column.reading = Reading::Twice(meaning);
        } else if meaning.kind() == Some(Kind::Percentage) {
            let number = |row: &GridRow| match printed(row.text(column.place - 1)) {
                Printed::Number(number) => Some(number),
                _ => None,
            };
            let numbers: Vec<Number> = data.iter().filter_map(number).collect();
            let says_percent = words(&column.heading).iter().any(|word| word.starts_with("percent") || word == "pct");
            column.reading = Reading::ReadAs(meaning, unit(&numbers, says_percent));
        }
    }
}

/// The year, and everywhere that says so.
fn year(
    name: &str,
    grid: &Grid,
    titles: &[String],
    columns: &[Column],
    data: &[GridRow],
    hints: Hints,
) -> Result<(ReportingYear, Vec<YearFrom>), SheetFault> {
    let in_column = column_of(columns, Meaning::Year).map(|place| {
        let texts = data.iter().map(|row| row.text(place));
        texts.flat_map(|text| text.trim().parse().map_or_else(|_| years(text), |year| vec![year])).collect()
    });
    let of = |texts: &mut dyn Iterator<Item = &str>| texts.flat_map(years).collect::<Vec<_>>();
    let said = [
        (YearFrom::Hint, hints.year.into_iter().collect()),
        (YearFrom::Column, in_column.unwrap_or_default()),
        (YearFrom::Title, of(&mut titles.iter().map(String::as_str))),
        (YearFrom::SheetName, of(&mut grid.name.as_deref().into_iter())),
        (YearFrom::FileName, of(&mut [name].into_iter())),
    ];
    let mut known: Vec<YearSaid> = Vec::new();
    let mut spoken: Vec<ReportingYear> = Vec::new();
    for (from, mut years) in said {
        years.sort_unstable();
        years.dedup();
        match years.as_slice() {
            [] => {}
            [year] => known.push(YearSaid { year: *year, from }),
            // Rows of several years are not told apart.
            [one, other, ..] if from == YearFrom::Column => {
                let said = |year: &ReportingYear| YearSaid { year: *year, from };
                return Err(SheetFault::YearsDiffer { one: said(one), other: said(other) });
            }
            several => spoken.extend(several),
        }
    }
    if known.is_empty() {
        let mut headings = of(&mut columns.iter().map(|column| column.heading.as_str()));
        headings.sort_unstable();
        headings.dedup();
        match headings.as_slice() {
            [year] => known.push(YearSaid { year: *year, from: YearFrom::Headings }),
            several => spoken.extend(several),
        }
    }
    spoken.sort_unstable();
    spoken.dedup();
    let Some(first) = known.first().cloned() else { return Err(SheetFault::YearUnknown { found: spoken }) };
    match known.iter().find(|said| said.year != first.year) {
        Some(other) => Err(SheetFault::YearsDiffer { one: first, other: other.clone() }),
        None => Ok((first.year, known.into_iter().map(|said| said.from).collect())),
    }
}

/// The place, from 0, of the column that is read as `meaning`.
fn column_of(columns: &[Column], meaning: Meaning) -> Option<usize> {
    columns.iter().find(|column| column.reading.read() == Some(meaning)).map(|column| column.place - 1)
}

/// A table whose rows are being read.
struct Rows<'a> {
    limits: &'a Limits,
    columns: &'a [Column],
    /// The last row of its header.
    header: Option<&'a GridRow>,
    /// The rows in which names stood.
    names: HashMap<String, u64>,
    table: SheetTable,
}

impl Rows<'_> {
    fn row(&mut self, row: &GridRow) {
        let names = column_of(self.columns, Meaning::Authority).unwrap_or_default();
        let name = without_marks(row.text(names));
        let label = |place| {
            self.columns.iter().any(|column| {
                column.place == place + 1 && column.reading.read().is_some_and(|meaning| meaning.kind().is_none())
            })
        };
        let beside = row.cells().any(|(place, _)| !label(place));
        let council_type = column_of(self.columns, Meaning::Type).map(|place| row.text(place)).unwrap_or_default();
        let why = if name.is_empty() {
            Some(if beside && row.text(names).trim().is_empty() { LeftOut::NoName } else { LeftOut::Note })
        } else if self.header.is_some_and(|header| without_marks(header.text(names)) == name) {
            Some(LeftOut::HeaderAgain)
        } else {
            // A note is known by the mark with which it begins, which is not taken off.
            by_name(&tidy(row.text(names)), beside).or_else(|| BodyKind::of(council_type).map(LeftOut::Body))
        };
        if let Some(why) = why {
            let text = row.cells().next().map_or("", |(_, text)| text);
            self.table.left_out.add(self.limits.listed, row.number, &tidy(text), why);
            return;
        }
        self.council(row, name, type_of(council_type));
    }

    fn council(&mut self, row: &GridRow, name: String, council_type: Option<CouncilType>) {
        if let Some(first) = self.names.get(&name) {
            let what = Contradiction::NameTwice { first: *first };
            self.warn(row.number, what);
        } else {
            self.names.insert(name.clone(), row.number);
        }
        let columns = self.columns;
        let mut figures = Figures::default();
        let mut not_upheld = None;
        for column in columns {
            let Some(meaning) = column.reading.read() else { continue };
            let text = row.text(column.place - 1);
            let taken = match meaning {
                Meaning::Figure(field) => take(&mut figures, field, column.reading, text),
                Meaning::NotUpheld => {
                    let mut other = Figures::default();
                    let taken = take(&mut other, Field::Upheld, column.reading, text);
                    not_upheld = other.upheld;
                    taken
                }
                _ => Ok(()),
            };
            if let Err(fault) = taken {
                self.problem(CellProblem { row: row.number, column: column.heading.clone(), fault });
            }
        }
        let mut computed = Vec::new();
        if let (None, Some(upheld), Some(not_upheld), None) = (
            figures.investigations,
            figures.upheld,
            not_upheld,
            column_of(columns, Meaning::Figure(Field::Investigations)),
        ) {
            figures.investigations = upheld.checked_add(not_upheld);
            computed.push(Field::Investigations);
        }
        for what in contradictions(&figures, not_upheld) {
            self.warn(row.number, what);
        }
        let code = column_of(columns, Meaning::Code).and_then(|place| tidy(row.text(place)).parse().ok());
        self.table.rows.push(TableRow { number: row.number, name, code, council_type, figures, computed });
    }

    fn warn(&mut self, row: u64, what: Contradiction) {
        if self.table.warnings.len() < self.limits.listed {
            self.table.warnings.push(RowWarning { row, what });
        } else {
            self.table.unlisted += 1;
        }
    }

    fn problem(&mut self, problem: CellProblem) {
        if self.table.problems.len() < self.limits.listed {
            self.table.problems.push(problem);
        } else {
            self.table.unlisted += 1;
        }
    }
}

/// Takes the figure in `text`, a cell of a column that is `reading`, if one is printed.
fn take(figures: &mut Figures, field: Field, reading: Reading, text: &str) -> Result<(), CellFault> {
    let found = || tidy(text).chars().take(60).collect::<String>();
    let number = match printed(text) {
        Printed::Nothing => return Ok(()),
        Printed::Number(number) => number,
        Printed::Other(Oddity::SpreadsheetError) => return Err(CellFault::SpreadsheetError { found: found() }),
        Printed::Other(Oddity::Comma) => return Err(CellFault::Comma { found: found() }),
        Printed::Other(Oddity::Text) => return Err(ValueError::new(found(), expected(field.kind())).into()),
    };
    let number = match reading {
        Reading::ReadAs(_, unit) => {
            in_percent(&number, unit).ok_or_else(|| CellFault::FractionOrPercent { found: found() })?
        }
        // A percentage where a count should stand is none.
        _ if number.percent => return Err(ValueError::new(found(), expected(field.kind())).into()),
        _ => number,
    };
    figures.read(field, &number.as_kind(field.kind()))?;
    Ok(())
}

const fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Count => "a whole number, nor empty, “n/a” or “-”",
        Kind::Percentage => "a percentage, nor empty, “n/a” or “-”",
        Kind::PerHundredThousand => "a number per 100,000, nor empty, “n/a” or “-”",
    }
}

/// What contradicts itself in `figures`.
fn contradictions(figures: &Figures, not_upheld: Option<Count>) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let parts = [
        (
            Field::Upheld,
            figures.upheld,
            Field::Investigations,
            figures.investigations,
            Field::UpholdRate,
            figures.uphold_rate,
        ),
        (
            Field::SatisfactoryRemedies,
            figures.satisfactory_remedies,
            Field::Upheld,
            figures.upheld,
            Field::RemedyRate,
            figures.remedy_rate,
        ),
    ];
    for (part_of, part, whole_of, whole, rate, printed) in parts {
        let (Some(part), Some(whole)) = (part, whole) else { continue };
        if part > whole {
            found.push(Contradiction::MoreThanWhole { part_of, part, whole_of, whole });
        } else if let Some(printed) = printed.filter(|printed| whole > 0 && is_off(*printed, part, whole)) {
            found.push(Contradiction::RateAgainstCounts { rate, printed, part, whole });
        }
    }
    if let (Some(investigations), Some(upheld), Some(not_upheld)) = (figures.investigations, figures.upheld, not_upheld)
        && upheld.checked_add(not_upheld) != Some(investigations)
    {
        found.push(Contradiction::InvestigationsAgainstParts { investigations, upheld, not_upheld });
    }
    found
}

/// Whether `printed` is not `part` of `whole`, by more than half a unit of its last place.
fn is_off(printed: Percentage, part: Count, whole: Count) -> bool {
    let exact = f64::from(part) * 100.0 / f64::from(whole);
    let half = if printed.to_string().contains('.') { 0.05 } else { 0.5 };
    (printed.percent() - exact).abs() > half + 1e-9
}

/// The type that `text`, of a column of types, says.
fn type_of(text: &str) -> Option<CouncilType> {
    let words = words(text);
    let says = |start: &str| words.iter().any(|word| word.starts_with(start));
    // "Metropolitan district" and "London borough" before "district" and "county".
    let types = [
        ("metropolitan", CouncilType::Metropolitan),
        ("london", CouncilType::London),
        ("unitary", CouncilType::Unitary),
        ("county", CouncilType::County),
        ("district", CouncilType::District),
    ];
    types.into_iter().find(|(start, _)| says(start)).map(|(_, council_type)| council_type)
}
