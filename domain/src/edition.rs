//! The edition: all that a build knows, reconciled; loaded once and never changed.
//!
//! The page loads it in parts: what the map and a council's figures need ([`EditionFile`]), then, when somebody asks
//! where a figure comes from, the sources ([`SourcesFile`]), and when somebody searches, the names under which
//! councils are looked for ([`NamesFile`]). Natively it is made whole at once: `Holdings::edition`.

mod file;
mod provenance;

pub use file::{
    Average, EditionFile, EvidenceRow, LetterEntry, NamesEntry, NamesFile, NationalYear, PublicReport, SourceRow,
    SourcesFile,
};
pub(crate) use file::{evidence, evidence_columns, letters};
pub use provenance::Provenance;

use crate::{
    compass::Place,
    council::{Council, CouncilType, GssCode},
    error::EditionError,
    evidence::{Evidence, Reconciled},
    figures::Figures,
    holdings::Entry,
    opened::Opened,
    order::{in_order, sorted},
    register::{CouncilId, Register},
    year::ReportingYear,
};

/// All that a build knows. Immutable; shared behind an `Arc`.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    date: String,
    note: String,
    register: Register,
    evidence: Vec<Evidence>,
    /// In the order of council and year.
    known: Vec<Known>,
    averages: Vec<Average>,
    national: Vec<NationalYear>,
    reports: Vec<(CouncilId, PublicReport)>,
    letters: Vec<(CouncilId, ReportingYear)>,
    default_year: ReportingYear,
    /// Which border on each other, each pair once.
    neighbours: Vec<(CouncilId, CouncilId)>,
    places: Vec<(CouncilId, Place)>,
    /// The files of the reader's own, in words.
    with: String,
    /// The letters among them, as JSON.
    own_letters: Vec<(CouncilId, ReportingYear, String)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Known {
    council: CouncilId,
    year: ReportingYear,
    /// Places in the edition's evidence, in the order in which they were reconciled.
    evidence: Vec<usize>,
    reconciled: Reconciled,
}

/// A figure that differs between two sources of the edition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Disagreement<'edition> {
    /// The figure.
    pub field: crate::figures::Field,
    /// The evidence that is shown.
    pub shown: &'edition Evidence,
    /// The evidence that is not.
    pub other: &'edition Evidence,
}

impl TryFrom<EditionFile> for Edition {
    type Error = EditionError;

    fn try_from(file: EditionFile) -> Result<Self, EditionError> {
        // Filled step by step: where it ends early, one thing is thrown away and not many.
        let mut edition = Self {
            date: file.date,
            note: file.note,
            register: Register::default(),
            evidence: Vec::with_capacity(file.evidence.len()),
            known: Vec::new(),
            averages: file.averages,
            national: file.national,
            reports: Vec::new(),
            letters: Vec::with_capacity(file.letters.len()),
            default_year: file.default_year.unwrap_or(ReportingYear::LAST),
            neighbours: Vec::new(),
            places: Vec::new(),
            with: file.with,
            own_letters: Vec::new(),
        };
        edition.register = Register::new(file.councils)?;
        for row in file.evidence {
            let (council, source) = (edition.find(row.council)?, String::new());
            let (year, kind, figures) = (row.year, row.kind, row.figures);
            edition.evidence.push(Evidence { council, year, kind, source, file: None, figures });
        }
        for letter in file.letters {
            let council = edition.find(letter.council)?;
            edition.letters.push((council, letter.year));
        }
        edition.known = reconcile(&edition.evidence);
        Ok(edition)
    }
}

impl Edition {
    /// The edition with what `file` adds to it: where each figure was printed, and public reports.
    ///
    /// # Errors
    /// Where the file is not of this edition, or speaks of an unknown council.
    pub fn with_sources(mut self, file: SourcesFile) -> Result<Self, EditionError> {
        if file.date != self.date || file.sources.len() != self.evidence.len() {
            return Err(EditionError::OtherEdition(self.date));
        }
        // Row by row, as both files list the same evidence; what a row is about has to be the same.
        for (piece, row) in self.evidence.iter_mut().zip(file.sources) {
            let same = self.register.by_code(row.council) == Some(piece.council);
            if !same || row.year != piece.year || row.kind != piece.kind {
                return Err(EditionError::OtherEdition(self.date));
            }
            piece.source = row.source;
        }
        self.reports.clear();
        for report in file.reports {
            self.reports.push((self.find(report.council)?, report));
        }
        Ok(self)
    }

    /// The edition with the other names of its councils, as the search wants them, and with their neighbours.
    ///
    /// # Errors
    /// Where the file is not of this edition, or speaks of an unknown council.
    pub fn with_names(mut self, file: NamesFile) -> Result<Self, EditionError> {
        if file.date != self.date {
            return Err(EditionError::OtherEdition(self.date));
        }
        for entry in file.names {
            let id = self.find(entry.council)?;
            self.register.name_also(id, entry);
        }
        self.neighbours.clear();
        for (one, other) in file.neighbours {
            let pair = (self.find(one)?, self.find(other)?);
            self.neighbours.push(pair);
        }
        self.places.clear();
        for (council, place) in file.places {
            self.places.push((self.find(council)?, place));
        }
        Ok(self)
    }

    /// The edition with what a reader opened. Its default year stays: an address means the same with the files and
    /// without. What is said of a council that the edition does not know is passed over. Sources come before: they are told row
    /// by row of the edition's own evidence ([`Self::with_sources`]).
    #[must_use]
    pub fn with_opened(mut self, opened: &Opened) -> Self {
        let mut theirs = Vec::with_capacity(opened.rows.len());
        for row in &opened.rows {
            let (Some(council), Some(file)) = (self.register.by_code(row.evidence.council), opened.files.get(row.file))
            else {
                continue;
            };
            let (year, kind, figures) = (row.evidence.year, row.evidence.kind, row.evidence.figures.clone());
            let source =
                if row.source.is_empty() { file.clone() } else { format!("{file}, which names {}", row.source) };
            theirs.push(Evidence { council, year, kind, source, file: Some(row.file), figures });
        }
        if opened.first {
            std::mem::swap(&mut self.evidence, &mut theirs);
        }
        self.evidence.append(&mut theirs);
        self.known = reconcile(&self.evidence);
        for letter in &opened.letters {
            if let Some(council) = self.register.by_code(letter.about.council) {
                self.letters.push((council, letter.about.year));
                self.own_letters.push((council, letter.about.year, letter.letter.clone()));
            }
        }
        self.with = opened.label();
        self
    }

    /// The files of the reader's own of which figures or letters are among the edition's, in words: "decided.csv"; empty
    /// where there are none.
    #[must_use]
    pub fn with(&self) -> &str {
        &self.with
    }

    /// The letter to `council` about `year` that a reader opened, as the JSON of [`crate::letter::Letter`].
    #[must_use]
    pub fn own_letter(&self, council: CouncilId, year: ReportingYear) -> Option<&str> {
        let letter = self.own_letters.iter().rev().find(|(to, about, _)| (*to, *about) == (council, year));
        letter.map(|(_, _, letter)| letter.as_str())
    }

    /// All evidence as rows of `figures.csv`, in their order. What is of a reader's own file says so in place of its source.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let entry = |piece: &Evidence| {
            let council = self.register.get(piece.council)?;
            let source =
                if piece.file.is_some() { format!("your file: {}", piece.source) } else { piece.source.clone() };
            Some(Entry {
                code: council.code_in(piece.year).unwrap_or(council.code),
                authority: council.name.clone(),
                authority_type: council.council_type,
                year: piece.year,
                figures: piece.figures.clone(),
                kind: piece.kind,
                source,
                slug: Some(council.slug.clone()),
            })
        };
        let mut entries: Vec<Entry> = self.evidence.iter().filter_map(entry).collect();
        entries.sort_by(|one, other| one.order().cmp(&other.order()));
        entries
    }

    /// Whether the edition holds what `row` prints already, from the same `source`.
    #[must_use]
    pub fn holds(&self, row: &EvidenceRow, source: &str) -> bool {
        let Some(council) = self.register.by_code(row.council) else { return false };
        let same = |held: &&Evidence| held.kind == row.kind && held.source == source && held.figures == row.figures;
        self.evidence_for(council, row.year).iter().any(same)
    }

    fn find(&self, code: GssCode) -> Result<CouncilId, EditionError> {
        self.register.by_code(code).ok_or_else(|| EditionError::UnknownCode(code.to_string()))
    }

    /// Whether it knows where its figures were printed, and public reports: see [`Self::with_sources`].
    #[must_use]
    pub fn has_sources(&self) -> bool {
        self.evidence.iter().all(|piece| !piece.source.is_empty())
    }

    /// The date of the edition: "2026-11-23".
    #[must_use]
    pub fn date(&self) -> &str {
        &self.date
    }

    /// What a reader has to know about the edition as a whole.
    #[must_use]
    pub fn note(&self) -> &str {
        &self.note
    }

    /// The register of councils.
    #[must_use]
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// All evidence.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    fn known(&self, council: CouncilId, year: ReportingYear) -> Option<&Known> {
        let place = self.known.binary_search_by(|known| (known.council, known.year).cmp(&(council, year))).ok()?;
        self.known.get(place)
    }

    /// What is known of `council` in `year`, where anything is.
    #[must_use]
    pub fn figures(&self, council: CouncilId, year: ReportingYear) -> Option<&Figures> {
        self.known(council, year).map(|known| &known.reconciled.figures)
    }

    /// The evidence for `council` in `year`, best source first. Where each was printed is known once the edition has
    /// its sources.
    #[must_use]
    pub fn evidence_for(&self, council: CouncilId, year: ReportingYear) -> Vec<&Evidence> {
        let places = self.known(council, year).map(|known| known.evidence.as_slice()).unwrap_or_default();
        let pieces: Vec<&Evidence> = places.iter().filter_map(|place| self.evidence.get(*place)).collect();
        sorted(&pieces, &|one, other| one.kind.cmp(&other.kind))
    }

    /// Where the sources for `council` in `year` differ.
    #[must_use]
    pub fn disagreements(&self, council: CouncilId, year: ReportingYear) -> Vec<Disagreement<'_>> {
        let Some(known) = self.known(council, year) else { return Vec::new() };
        let piece = |place: usize| known.evidence.get(place).and_then(|place| self.evidence.get(*place));
        let conflicts = known.reconciled.conflicts.iter();
        conflicts
            .filter_map(|conflict| {
                Some(Disagreement {
                    field: conflict.field,
                    shown: piece(conflict.shown)?,
                    other: piece(conflict.other)?,
                })
            })
            .collect()
    }

    /// The years for which anything is known of `council`, in order; years after its end among them.
    #[must_use = "an iterator does nothing unless it is consumed"]
    pub fn years_of(&self, council: CouncilId) -> impl DoubleEndedIterator<Item = ReportingYear> {
        self.known.iter().filter(move |known| known.council == council).map(|known| known.year)
    }

    /// The years in which any council has a figure, in order.
    #[must_use]
    pub fn years(&self) -> Vec<ReportingYear> {
        ReportingYear::all().filter(|year| self.known.iter().any(|known| known.year == *year)).collect()
    }

    /// The year that is shown first: of the years in which the most councils have all three statistics,
    /// the latest.
    #[must_use]
    pub fn default_year(&self) -> ReportingYear {
        self.default_year
    }

    /// The year in which `council` is shown first: the default year where it existed then, else the
    /// nearest year of its life.
    #[must_use]
    pub fn default_year_for(&self, council: &Council) -> ReportingYear {
        let year = self.default_year().max(council.first_year);
        council.last_year.map_or(year, |last| year.min(last))
    }

    /// The averages that were printed for `kind` in `year`.
    #[must_use]
    pub fn average(&self, kind: CouncilType, year: ReportingYear) -> Option<&Average> {
        self.averages.iter().find(|average| average.council_type == kind && average.year == year)
    }

    /// What was printed about England in `year`.
    #[must_use]
    pub fn national(&self, year: ReportingYear) -> Option<&NationalYear> {
        self.national.iter().find(|national| national.year == year)
    }

    /// All that was printed about England, year by year.
    #[must_use]
    pub fn national_years(&self) -> &[NationalYear] {
        &self.national
    }

    /// Public reports about `council` that the edition cites, once it has its sources.
    pub fn reports_on(&self, council: CouncilId) -> impl Iterator<Item = &PublicReport> {
        self.reports.iter().filter(move |(about, _)| *about == council).map(|(_, report)| report)
    }

    /// The councils that border on `council` on the map, in any year in which both exist.
    pub fn neighbours(&self, council: CouncilId) -> impl Iterator<Item = CouncilId> {
        self.neighbours.iter().filter_map(move |(one, other)| {
            if *one == council { Some(*other) } else { (*other == council).then_some(*one) }
        })
    }

    /// Where `council` lies on the map, if it has a shape.
    #[must_use]
    pub fn place(&self, council: CouncilId) -> Option<Place> {
        self.places.iter().find(|(id, _)| *id == council).map(|(_, place)| *place)
    }

    /// Whether the letter to `council` about `year` has been imported.
    #[must_use]
    pub fn has_letter(&self, council: CouncilId, year: ReportingYear) -> bool {
        self.letters.contains(&(council, year))
    }
}

/// What the evidence says of each council and year that it is about, in their order.
fn reconcile(evidence: &[Evidence]) -> Vec<Known> {
    let about = |place: usize| evidence.get(place).map(|piece| (piece.council, piece.year));
    let places = in_order(evidence.len(), &mut |one, other| about(one).cmp(&about(other)));
    let mut known = Vec::new();
    for places in places.chunk_by(|one, other| about(*one) == about(*other)) {
        let Some((council, year)) = places.first().and_then(|place| about(*place)) else { continue };
        let pieces: Vec<&Evidence> = places.iter().filter_map(|place| evidence.get(*place)).collect();
        known.push(Known { council, year, evidence: places.to_vec(), reconciled: Reconciled::of(&pieces) });
    }
    known
}
