//! What a reader opened in this browser: figures and letters of files of their own, beside those of the edition.
//!
//! It is kept by the browser alone, apart from the edition, and joined to whatever edition is there when the page is
//! loaded: a newer edition is reconciled with it by the same rules.

mod review;

pub use review::{Differing, Review, YearGained};

use crate::{
    council::GssCode,
    edition::{EvidenceRow, LetterEntry, evidence, evidence_columns, letters},
    error::Unreadable,
    figures::count_from_number,
    plain::{Plain, Table},
};
use serde::{Deserialize, Serialize};

/// The files that a reader opened, and what was taken from them.
///
/// Written as an [`crate::edition::EditionFile`] with nothing but evidence and letters, which the page's first program
/// reads it as; what goes beyond that (files, sources, the letters themselves) is for whoever reads it whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Plain", into = "Plain")]
pub struct Opened {
    /// The names of the files.
    pub files: Vec<String>,
    /// Whether they go before the edition where both are equally good sources.
    pub first: bool,
    /// What they print.
    pub rows: Vec<OpenedRow>,
    /// The letters among them.
    pub letters: Vec<OpenedLetter>,
}

/// What a file prints about one council and year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedRow {
    /// What it prints.
    pub evidence: EvidenceRow,
    /// The place of its file in [`Opened::files`].
    pub file: usize,
    /// The source that the file itself names; empty where it names none.
    pub source: String,
}

/// A letter that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedLetter {
    /// To whom, and about which year.
    pub about: LetterEntry,
    /// The place of its file in [`Opened::files`].
    pub file: usize,
    /// The letter, as the JSON of [`crate::letter::Letter`]: only whoever shows it reads it.
    pub letter: String,
}

impl Opened {
    /// The files in words: "decided.csv", "decided.csv and 2 more".
    #[must_use]
    pub fn label(&self) -> String {
        match self.files.as_slice() {
            [] => String::new(),
            [file] => file.clone(),
            [file, others @ ..] => format!("{file} and {} more", others.len()),
        }
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Without the file at `place`, and all that was taken from it.
    pub fn remove(&mut self, place: usize) {
        if place >= self.files.len() {
            return;
        }
        self.files.remove(place);
        let moved = |file: &mut usize| *file -= usize::from(*file > place);
        self.rows.retain(|row| row.file != place);
        self.rows.iter_mut().for_each(|row| moved(&mut row.file));
        self.letters.retain(|letter| letter.file != place);
        self.letters.iter_mut().for_each(|letter| moved(&mut letter.file));
    }

    /// Adds the files of `others`, save those of a name that is here already.
    pub fn join(&mut self, others: &Self) {
        for (place, name) in
            others.files.iter().enumerate().filter(|(_, name)| !self.files.contains(name)).collect::<Vec<_>>()
        {
            let file = self.files.len();
            self.files.push(name.clone());
            let rows = others.rows.iter().filter(|row| row.file == place).cloned();
            self.rows.extend(rows.map(|row| OpenedRow { file, ..row }));
            let letters = others.letters.iter().filter(|letter| letter.file == place).cloned();
            self.letters.extend(letters.map(|letter| OpenedLetter { file, ..letter }));
        }
    }

    /// Adds the file `name` with what was taken from it; a file of that name that is there already gives way to it.
    pub fn add(
        &mut self,
        name: &str,
        rows: impl IntoIterator<Item = (EvidenceRow, String)>,
        letter: Option<(LetterEntry, String)>,
    ) {
        if let Some(place) = self.files.iter().position(|known| known == name) {
            self.remove(place);
        }
        let file = self.files.len();
        self.files.push(name.to_owned());
        self.rows.extend(rows.into_iter().map(|(evidence, source)| OpenedRow { evidence, file, source }));
        self.letters.extend(letter.map(|(about, letter)| OpenedLetter { about, file, letter }));
    }
}

impl TryFrom<Plain> for Opened {
    type Error = Unreadable;

    fn try_from(plain: Plain) -> Result<Self, Unreadable> {
        let mut opened = Self { first: plain.get("first") == &Plain::Truth(true), ..Self::default() };
        opened.files = plain.get("files").list().iter().filter_map(Plain::text).map(str::to_owned).collect();
        let table = Table::new(&plain, "evidence", "code");
        let (file, source) = (table.column("file"), table.column("source"));
        for (row, evidence) in evidence(&table)?.into_iter().enumerate() {
            let file = place(file.cell(row), opened.files.len()).ok_or_else(|| file.wrong(row))?;
            opened.rows.push(OpenedRow { evidence, file, source: source.text(row).to_owned() });
        }
        let table = Table::new(&plain, "letters", "code");
        let (file, letter) = (table.column("file"), table.column("letter"));
        for (row, about) in letters(&table)?.into_iter().enumerate() {
            let file = place(file.cell(row), opened.files.len()).ok_or_else(|| file.wrong(row))?;
            opened.letters.push(OpenedLetter { about, file, letter: letter.text(row).to_owned() });
        }
        Ok(opened)
    }
}

/// The place that a cell names, of so many.
fn place(cell: &Plain, of: usize) -> Option<usize> {
    let place = usize::try_from(count_from_number(cell.number()?)?).ok()?;
    (place < of).then_some(place)
}

impl From<Opened> for Plain {
    fn from(opened: Opened) -> Self {
        let with = opened.label();
        let Opened { files, first, rows, letters } = opened;
        #[expect(clippy::cast_precision_loss, reason = "nobody opens so many files")]
        let file = |place: usize| Self::Number(place as f64);
        let (evidence, of): (Vec<EvidenceRow>, Vec<(usize, String)>) =
            rows.into_iter().map(|row| (row.evidence, (row.file, row.source))).unzip();
        let mut columns = evidence_columns(&evidence);
        columns.push(("file", Self::column(&of, |(place, _)| file(*place))));
        columns.push(("source", Self::column(&of, |(_, source)| source.as_str().into())));
        let letters = vec![
            ("code", Self::column(&letters, |it| Self::from(it.about.council))),
            ("year", Self::column(&letters, |it| it.about.year.into())),
            ("file", Self::column(&letters, |it| file(it.file))),
            ("letter", Self::column(&letters, |it| it.letter.as_str().into())),
        ];
        Self::named(vec![
            ("date", Self::Text(String::new())),
            ("note", Self::Text(String::new())),
            ("with", Self::Text(with)),
            ("files", Self::column(&files, |name| name.as_str().into())),
            ("first", Self::Truth(first)),
            ("evidence", Self::named(columns)),
            ("letters", Self::named(letters)),
        ])
    }
}

/// The codes of councils in `opened` that `known` does not know: of a register that is older or newer.
#[must_use]
pub fn unknown_codes(opened: &Opened, known: impl Fn(GssCode) -> bool) -> Vec<GssCode> {
    let rows = opened.rows.iter().map(|row| row.evidence.council);
    let mut codes: Vec<GssCode> = rows.chain(opened.letters.iter().map(|letter| letter.about.council)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.retain(|code| !known(*code));
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        check::tests::council,
        council::CouncilType,
        edition::{Edition, EditionFile},
        evidence::SourceKind,
        figures::{Field, Figures},
        year::ReportingYear,
    };
    use proptest::prelude::*;

    const CODES: [&str; 3] = ["E06000001", "E06000002", "E06000003"];

    fn year(ending: u16) -> ReportingYear {
        ReportingYear::ending(ending).unwrap()
    }

    fn row(code: &str, ending: u16, kind: SourceKind, upheld: u32) -> EvidenceRow {
        let figures = Figures { upheld: Some(upheld), investigations: Some(9), ..Figures::default() };
        EvidenceRow { council: code.parse().unwrap(), year: year(ending), kind, figures }
    }

    fn shipped(evidence: Vec<EvidenceRow>) -> EditionFile {
        let councils = CODES.map(|code| council(code, &code.to_lowercase(), CouncilType::Unitary)).into();
        EditionFile { councils, evidence, default_year: Some(year(2024)), ..EditionFile::default() }
    }

    fn with_one_file(first: bool, rows: Vec<EvidenceRow>) -> Opened {
        let mut opened = Opened { first, ..Opened::default() };
        opened.add("decided.csv", rows.into_iter().map(|row| (row, String::new())), None);
        opened
    }

    /// As the first program of the page joins them.
    fn joined(shipped: EditionFile, opened: &Opened) -> Edition {
        let theirs = serde_json::from_str(&serde_json::to_string(opened).unwrap()).unwrap();
        Edition::try_from(shipped.with(theirs)).unwrap()
    }

    #[test]
    fn what_was_opened_comes_back_from_where_it_was_kept() {
        let mut opened = with_one_file(true, vec![row(CODES[0], 2024, SourceKind::Ombudsman, 3)]);
        let about = LetterEntry { council: CODES[1].parse().unwrap(), year: year(2020) };
        opened.add("letter.pdf", [], Some((about, "{}".to_owned())));
        let kept = serde_json::to_string(&opened).unwrap();
        assert_eq!(serde_json::from_str::<Opened>(&kept).unwrap(), opened);
        assert_eq!(opened.label(), "decided.csv and 1 more");
        for damaged in ["{}", "[]", "null"] {
            assert!(serde_json::from_str::<Opened>(damaged).unwrap().is_empty(), "{damaged}");
        }
        assert!(serde_json::from_str::<Opened>(&kept.replace("\"file\":[0]", "\"file\":[7]")).is_err());
        assert!(serde_json::from_str::<Opened>(&kept[..kept.len() / 2]).is_err());
    }

    #[test]
    fn a_file_is_removed_with_all_that_was_taken_from_it() {
        let mut opened = with_one_file(false, vec![row(CODES[0], 2024, SourceKind::Ombudsman, 3)]);
        opened.add("b.csv", [(row(CODES[1], 2024, SourceKind::Ombudsman, 4), String::new())], None);
        let again = opened.clone();
        opened.add("decided.csv", [(row(CODES[0], 2024, SourceKind::Ombudsman, 5), String::new())], None);
        assert_eq!(opened.files, ["b.csv", "decided.csv"], "the file of that name gave way");
        assert_eq!(opened.rows.iter().map(|row| row.file).collect::<Vec<_>>(), [0, 1]);
        opened = again.clone();
        opened.remove(0);
        assert_eq!((opened.files.clone(), opened.rows.len(), opened.rows[0].file), (vec!["b.csv".to_owned()], 1, 0));
        let mut joined = with_one_file(false, vec![row(CODES[2], 2024, SourceKind::Ombudsman, 3)]);
        joined.join(&again);
        assert_eq!((joined.files.len(), joined.rows.len(), joined.rows[1].file), (2, 2, 1), "what is here stays");
        opened.remove(7);
        opened.remove(0);
        assert!(opened.is_empty() && opened.rows.is_empty());
    }

    #[test]
    fn the_better_source_is_shown_and_among_equals_the_one_that_goes_first() {
        let code = CODES[0].parse().unwrap();
        for (first, kind, expected) in [
            (false, SourceKind::Letter, Some(5)),
            (true, SourceKind::Letter, Some(5)),
            (false, SourceKind::Council, Some(4)),
            (true, SourceKind::Council, Some(5)),
            (true, SourceKind::Press, Some(4)),
        ] {
            let shipped = shipped(vec![row(CODES[0], 2024, SourceKind::Council, 4)]);
            let opened = with_one_file(first, vec![row(CODES[0], 2024, kind, 5)]);
            let edition = joined(shipped, &opened);
            let id = edition.register().by_code(code).unwrap();
            assert_eq!(edition.figures(id, year(2024)).unwrap().upheld, expected, "{first} {kind:?}");
            assert_eq!(edition.with(), "decided.csv");
            assert_eq!(edition.disagreements(id, year(2024)).len(), 1);
        }
    }

    #[test]
    fn the_year_that_is_shown_first_stays() {
        let opened = with_one_file(false, vec![row(CODES[0], 2025, SourceKind::Ombudsman, 1)]);
        assert_eq!(joined(shipped(Vec::new()), &opened).default_year(), year(2024));
    }

    #[test]
    fn a_council_that_the_edition_does_not_know_is_passed_over() {
        let opened = with_one_file(false, vec![row("E06000099", 2024, SourceKind::Ombudsman, 1)]);
        let edition = Edition::try_from(shipped(Vec::new())).unwrap();
        assert_eq!(unknown_codes(&opened, |code| edition.register().by_code(code).is_some()).len(), 1);
        assert_eq!(edition.with_opened(&opened).evidence().len(), 0);
    }

    #[test]
    fn what_files_change_is_told_before_it_is_done() {
        let held = vec![row(CODES[0], 2024, SourceKind::Press, 4), row(CODES[1], 2024, SourceKind::Press, 2)];
        let before = Edition::try_from(shipped(held)).unwrap();
        let theirs =
            [(0, 5), (1, 2), (2, 1)].map(|(code, upheld)| row(CODES[code], 2024, SourceKind::Ombudsman, upheld));
        let after = before.clone().with_opened(&with_one_file(false, theirs.into()));
        let review = Review::of(&before, &after);
        assert_eq!(review.years, [YearGained { year: year(2024), before: 2, after: 3, of: 3 }]);
        let [it] = review.differences.as_slice() else { panic!("{review:?}") };
        assert_eq!((it.field, it.own_is_shown), (Field::Upheld, true));
        assert_eq!((it.shown.0.to_string(), it.other.0.to_string()), ("5".to_owned(), "4".to_owned()));
        assert_eq!((it.shown.1.as_str(), it.other.1.as_str()), ("your file (decided.csv)", "a press report"));
        // Investigations of both councils, and what was upheld of the second.
        assert_eq!(review.confirmed, 3);
        assert_eq!(Review::of(&before, &before), Review::default());
        let sources: Vec<String> = after.entries().into_iter().map(|entry| entry.source).collect();
        assert_eq!(sources.iter().filter(|source| *source == "your file: decided.csv").count(), 3);
        assert_eq!(sources.len(), 5);
    }

    fn rows() -> impl Strategy<Value = Vec<EvidenceRow>> {
        let kind = proptest::sample::select(SourceKind::ALL.to_vec());
        let row = (proptest::sample::select(CODES.to_vec()), 2020_u16..2022, kind, 0_u32..9)
            .prop_map(|(code, year, kind, upheld)| row(code, year, kind, upheld));
        proptest::collection::vec(row, 0..8)
    }

    proptest! {
        #[test]
        fn both_programs_of_the_page_show_the_same(held in rows(), theirs in rows(), first: bool) {
            let opened = with_one_file(first, theirs);
            let one = joined(shipped(held.clone()), &opened);
            let other = Edition::try_from(shipped(held)).unwrap().with_opened(&opened);
            for (id, _) in one.register().iter() {
                for year in [year(2020), year(2021)] {
                    prop_assert_eq!(one.figures(id, year), other.figures(id, year));
                    prop_assert_eq!(one.disagreements(id, year).len(), other.disagreements(id, year).len());
                }
            }
            prop_assert_eq!(one.with(), other.with());
        }
    }
}
