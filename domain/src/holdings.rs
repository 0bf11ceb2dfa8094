//! Holdings: all that the files of `data/` hold, row by row, before they are reconciled into an edition.

use crate::{
    compass::Place,
    council::{Council, CouncilType, GssCode, Slug},
    edition::{
        Average, Edition, EditionFile, EvidenceRow, LetterEntry, NamesEntry, NamesFile, NationalYear, PublicReport,
        SourceRow, SourcesFile,
    },
    error::EditionError,
    evidence::SourceKind,
    figures::{Field, Figures},
    year::ReportingYear,
};
use std::collections::BTreeMap;

/// A row of `figures.csv`: what one source printed about one council and one reporting year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The council's code in that year, present or former.
    pub code: GssCode,
    /// The council's name as the source writes it.
    pub authority: String,
    /// The council's type as the source compares it.
    pub authority_type: CouncilType,
    /// The year.
    pub year: ReportingYear,
    /// What was printed.
    pub figures: Figures,
    /// The kind of source.
    pub kind: SourceKind,
    /// Its address, or its title where it has none.
    pub source: String,
    /// The council's slug. Only in the published form of the file: the register knows it already.
    pub slug: Option<Slug>,
}

impl Entry {
    /// What the rows are sorted by: code, year, rank of the source, the source itself.
    #[must_use]
    pub fn order(&self) -> (GssCode, ReportingYear, SourceKind, &str) {
        (self.code, self.year, self.kind, &self.source)
    }
}

/// A row of `edition.csv`: the edition as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditionNote {
    /// The day on which it was closed: "2026-11-23".
    pub date: String,
    /// What a reader has to know about it.
    pub note: String,
}

/// All that the files of `data/` hold, each in the order of its rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holdings {
    /// The edition as a whole.
    pub edition: EditionNote,
    /// The register.
    pub councils: Vec<Council>,
    /// Figures.
    pub figures: Vec<Entry>,
    /// Printed averages.
    pub averages: Vec<Average>,
    /// Printed national figures.
    pub national: Vec<NationalYear>,
    /// Public reports.
    pub reports: Vec<PublicReport>,
    /// Letters that have been imported.
    pub letters: Vec<LetterEntry>,
    /// Which councils border on each other on the map: each pair once, in order.
    pub neighbours: Vec<(GssCode, GssCode)>,
    /// Where each council with a shape lies, in the codes' order.
    pub places: Vec<(GssCode, Place)>,
}

impl Holdings {
    /// The whole edition.
    ///
    /// # Errors
    /// Where the holdings contradict themselves.
    pub fn edition(&self) -> Result<Edition, EditionError> {
        Edition::try_from(self.edition_file())?.with_sources(self.sources_file())?.with_names(self.names_file())
    }

    /// The file that the page loads first: the same for the same holdings, in whatever order their rows are.
    #[must_use]
    pub fn edition_file(&self) -> EditionFile {
        let bare = |council: &Council| Council { aliases: Vec::new(), note: String::new(), ..council.clone() };
        let mut councils: Vec<Council> = self.councils.iter().map(bare).collect();
        councils.sort_by_key(|council| council.code);
        let evidence = self.sorted_figures().into_iter().map(|entry| {
            let (council, year, kind, figures) = (entry.code, entry.year, entry.kind, entry.figures.clone());
            EvidenceRow { council, year, kind, figures }
        });
        let mut averages = self.averages.clone();
        averages.sort_by_key(|average| (average.council_type, average.year));
        let mut national = self.national.clone();
        national.sort_by_key(|national| national.year);
        let mut letters = self.letters.clone();
        letters.sort_by_key(|letter| (letter.council, letter.year));
        EditionFile {
            date: self.edition.date.clone(),
            note: self.edition.note.clone(),
            councils,
            evidence: evidence.collect(),
            averages,
            national,
            letters,
            default_year: Some(self.fullest_year()),
            ..EditionFile::default()
        }
    }

    /// The file that the page loads when somebody asks where a figure comes from.
    #[must_use]
    pub fn sources_file(&self) -> SourcesFile {
        let sources = self.sorted_figures().into_iter().map(|entry| {
            let (council, year, kind, source) = (entry.code, entry.year, entry.kind, entry.source.clone());
            SourceRow { council, year, kind, source }
        });
        let mut reports = self.reports.clone();
        reports.sort_by(|a, b| (a.council, &a.title).cmp(&(b.council, &b.title)));
        SourcesFile { date: self.edition.date.clone(), sources: sources.collect(), reports }
    }

    /// The file that the page loads when somebody searches.
    #[must_use]
    pub fn names_file(&self) -> NamesFile {
        let told = self.councils.iter().filter(|council| !council.aliases.is_empty() || !council.note.is_empty());
        let mut names: Vec<NamesEntry> = told
            .map(|it| NamesEntry { council: it.code, aliases: it.aliases.clone(), note: it.note.clone() })
            .collect();
        names.sort_by_key(|entry| entry.council);
        NamesFile {
            date: self.edition.date.clone(),
            names,
            neighbours: self.neighbours.clone(),
            places: self.places.clone(),
        }
    }

    /// Of the years in which the most councils have all three statistics, the latest.
    fn fullest_year(&self) -> ReportingYear {
        let mut fields: BTreeMap<(GssCode, ReportingYear), Figures> = BTreeMap::new();
        for entry in &self.figures {
            let known = fields.entry((entry.code, entry.year)).or_default();
            for field in Field::ALL.iter().copied().filter(|field| entry.figures.get(*field).is_some()) {
                known.take(field, &entry.figures);
            }
        }
        let complete = |year: &ReportingYear| {
            fields.iter().filter(|((_, of), figures)| of == year && figures.has_all_three()).count()
        };
        ReportingYear::all().max_by_key(complete).unwrap_or(ReportingYear::LAST)
    }

    fn sorted_figures(&self) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = self.figures.iter().collect();
        entries.sort_by_key(|entry| entry.order());
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Serialize, de::DeserializeOwned};

    fn entry(code: &str, year: u16, source: &str) -> Entry {
        Entry {
            code: code.parse().unwrap(),
            authority: "A council".to_owned(),
            authority_type: CouncilType::Unitary,
            year: ReportingYear::ending(year).unwrap(),
            figures: Figures { upheld: Some(1), ..Figures::default() },
            kind: SourceKind::Press,
            source: source.to_owned(),
            slug: None,
        }
    }

    fn through_json<T: Serialize + DeserializeOwned>(file: &T) -> T {
        serde_json::from_str(&serde_json::to_string(file).unwrap()).unwrap()
    }

    fn holdings() -> Holdings {
        let council = |code: &str| Council {
            aliases: vec!["Here".to_owned(), "There".to_owned()],
            ..crate::check::tests::council(code, &format!("C {code}").to_lowercase(), CouncilType::Unitary)
        };
        let [one, other] = ["E06000001", "E06000002"].map(council);
        let report =
            PublicReport { council: one.code, title: "A report".to_owned(), source: "https://x.org".to_owned() };
        Holdings {
            edition: EditionNote { date: "2026-11-23".to_owned(), note: "A note.".to_owned() },
            councils: vec![other, one],
            figures: vec![entry("E06000002", 2020, "a"), entry("E06000001", 2020, "c"), entry("E06000001", 2020, "b")],
            reports: vec![report],
            ..Holdings::default()
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter() {
        let mut holdings = holdings();
        let files = |it: &Holdings| (it.edition_file(), it.sources_file(), it.names_file());
        let before = files(&holdings);
        holdings.figures.reverse();
        holdings.councils.reverse();
        assert_eq!(files(&holdings), before);
    }

    #[test]
    fn an_edition_in_parts_comes_together_as_the_whole() {
        let holdings = holdings();
        let edition: EditionFile = through_json(&holdings.edition_file());
        let sources: SourcesFile = through_json(&holdings.sources_file());
        let names: NamesFile = through_json(&holdings.names_file());
        let first = Edition::try_from(edition).unwrap();
        assert!(!first.has_sources());
        let id = first.register().by_code("E06000001".parse().unwrap()).unwrap();
        assert_eq!(first.reports_on(id).count(), 0);

        let whole = first.clone().with_sources(sources.clone()).unwrap().with_names(names.clone()).unwrap();
        assert_eq!(whole, holdings.edition().unwrap());
        assert!(whole.has_sources());
        let year = ReportingYear::ending(2020).unwrap();
        let printed: Vec<&str> = whole.evidence_for(id, year).iter().map(|piece| piece.source.as_str()).collect();
        assert_eq!(printed, ["b", "c"]);
        assert_eq!(whole.reports_on(id).count(), 1);
        assert_eq!(whole.register().get(id).unwrap().aliases, ["Here", "There"]);

        let other_day = "2026-11-24".to_owned();
        assert!(first.clone().with_sources(SourcesFile { date: other_day.clone(), ..sources.clone() }).is_err());
        assert!(first.clone().with_names(NamesFile { date: other_day, ..names }).is_err());
        let mut other_rows = sources;
        other_rows.sources.swap(0, 2);
        assert!(first.with_sources(other_rows).is_err());
    }
}
