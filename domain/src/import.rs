//! Import: what rows from an outside file would change in the figures that are held.
//!
//! A row is held once for each council, year and source. What is imported adds to it and corrects it, field by field;
//! what it does not print stays. Rows of other sources are never touched: where they differ, that is said.

use crate::{
    evidence::{Evidence, Reconciled},
    figures::{Field, Figures, Value},
    holdings::Entry,
    register::{CouncilId, Register},
    year::ReportingYear,
};
use std::collections::BTreeMap;

/// A field of a row whose value becomes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The field.
    pub field: Field,
    /// What is held; none where the row is held without it.
    pub before: Option<Value>,
    /// What is imported.
    pub after: Value,
}

/// What an imported row does to the one that is held of the same council, year and source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// There is none yet.
    New,
    /// It says the same already.
    Nothing,
    /// It adds to it, or corrects it.
    Changed(Vec<Change>),
}

/// A field in which an imported row differs from another source's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: Field,
    /// What is imported.
    pub imported: Value,
    /// What the other source prints.
    pub other: Value,
    /// The other source.
    pub source: String,
    /// Whether what is imported is what is shown, as the better source.
    pub imported_is_shown: bool,
}

/// One row as it would be held after the import, and what that does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The row as it would be held.
    pub entry: Entry,
    /// What becomes of the one that is held.
    pub effect: Effect,
    /// Where other sources differ.
    pub differences: Vec<Difference>,
}

/// Two imported rows of one council, year and source that print different values of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The row that came first.
    pub entry: Entry,
    /// The field.
    pub field: Field,
    /// What the first row prints.
    pub one: Value,
    /// What a later one prints.
    pub other: Value,
}

/// What an import would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The rows that it is about, in their canonical order.
    pub steps: Vec<Step>,
    /// What the imported rows say twice, and differently.
    pub contradictions: Vec<Contradiction>,
    figures: Vec<Entry>,
}

/// A row's identity: one for each council, whatever its code was, year and source.
type Key = (CouncilId, ReportingYear, String);

impl Plan {
    /// What importing `imported` into `held` would do. Rows of councils that `register` does not know are left out:
    /// whoever reads a file has asked the register already.
    #[must_use]
    pub fn of(held: &[Entry], imported: &[Entry], register: &Register) -> Self {
        let key =
            |entry: &Entry| -> Option<Key> { Some((register.by_code(entry.code)?, entry.year, entry.source.clone())) };
        let mut plan = Self::default();
        let mut coming: BTreeMap<Key, Entry> = BTreeMap::new();
        for entry in imported {
            let Some(key) = key(entry) else { continue };
            match coming.get_mut(&key) {
                None => drop(coming.insert(key, entry.clone())),
                Some(first) => plan.join(first, entry),
            }
        }
        let places: BTreeMap<Key, usize> =
            held.iter().enumerate().filter_map(|(place, entry)| Some((key(entry)?, place))).collect();
        plan.figures = held.to_vec();
        let mut steps = Vec::new();
        for (key, entry) in coming {
            let held_before = places.get(&key).and_then(|place| plan.figures.get_mut(*place));
            match held_before {
                None => {
                    plan.figures.push(entry.clone());
                    steps.push((key, entry, Effect::New));
                }
                Some(before) => {
                    let changes = changes(&before.figures, &entry.figures);
                    for change in &changes {
                        before.figures.take(change.field, &entry.figures);
                    }
                    let effect = if changes.is_empty() { Effect::Nothing } else { Effect::Changed(changes) };
                    steps.push((key, before.clone(), effect));
                }
            }
        }
        plan.figures.sort_by(|one, other| one.order().cmp(&other.order()));
        let evidence = by_council_and_year(&plan.figures, register);
        plan.steps = steps
            .into_iter()
            .map(|((council, year, _), entry, effect)| {
                let about = evidence.get(&(council, year)).map(Vec::as_slice).unwrap_or_default();
                Step { differences: differences(&entry, about), entry, effect }
            })
            .collect();
        plan.steps.sort_by(|one, other| one.entry.order().cmp(&other.entry.order()));
        plan
    }

    /// All figures as they would be held after the import, in their canonical order.
    #[must_use]
    pub fn figures(&self) -> &[Entry] {
        &self.figures
    }

    /// How many rows are new.
    #[must_use]
    pub fn added(&self) -> usize {
        self.count(|effect| *effect == Effect::New)
    }

    /// How many rows are added to or corrected.
    #[must_use]
    pub fn changed(&self) -> usize {
        self.count(|effect| matches!(effect, Effect::Changed(_)))
    }

    /// How many rows are held already.
    #[must_use]
    pub fn unchanged(&self) -> usize {
        self.count(|effect| *effect == Effect::Nothing)
    }

    fn count(&self, counts: impl Fn(&Effect) -> bool) -> usize {
        self.steps.iter().filter(|step| counts(&step.effect)).count()
    }

    /// Joins `later` to the row `first` of the same council, year and source.
    fn join(&mut self, first: &mut Entry, later: &Entry) {
        for change in changes(&first.figures, &later.figures) {
            match change.before {
                None => first.figures.take(change.field, &later.figures),
                Some(one) => {
                    let (entry, field, other) = (first.clone(), change.field, change.after);
                    self.contradictions.push(Contradiction { entry, field, one, other });
                }
            }
        }
    }
}

/// The fields that `after` prints and in which it differs from `before`.
fn changes(before: &Figures, after: &Figures) -> Vec<Change> {
    let change = |field: &Field| {
        let (before, after) = (before.get(*field), after.get(*field)?);
        (before != Some(after)).then_some(Change { field: *field, before, after })
    };
    Field::ALL.iter().filter_map(change).collect()
}

fn by_council_and_year(entries: &[Entry], register: &Register) -> BTreeMap<(CouncilId, ReportingYear), Vec<Evidence>> {
    let mut all: BTreeMap<_, Vec<Evidence>> = BTreeMap::new();
    for entry in entries {
        let Some(council) = register.by_code(entry.code) else { continue };
        let (year, kind, source) = (entry.year, entry.kind, entry.source.clone());
        let evidence = Evidence { council, year, kind, source, file: None, figures: entry.figures.clone() };
        all.entry((council, year)).or_default().push(evidence);
    }
    all
}

/// Where `entry` differs from other sources, field by field.
fn differences(entry: &Entry, evidence: &[Evidence]) -> Vec<Difference> {
    let pieces: Vec<&Evidence> = evidence.iter().collect();
    let reconciled = Reconciled::of(&pieces);
    let mut found = Vec::new();
    for field in Field::ALL.iter().copied() {
        let Some(imported) = entry.figures.get(field) else { continue };
        let imported_is_shown = reconciled.figures.get(field) == Some(imported);
        for piece in evidence.iter().filter(|piece| piece.source != entry.source) {
            if let Some(other) = piece.figures.get(field).filter(|other| *other != imported) {
                found.push(Difference { field, imported, other, source: piece.source.clone(), imported_is_shown });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check::tests::council, council::CouncilType, evidence::SourceKind};
    use proptest::prelude::*;

    fn entry(code: &str, year: u16, kind: SourceKind, source: &str, figures: Figures) -> Entry {
        Entry {
            code: code.parse().unwrap(),
            authority: "A council".to_owned(),
            authority_type: CouncilType::Unitary,
            year: ReportingYear::ending(year).unwrap(),
            figures,
            kind,
            source: source.to_owned(),
            slug: None,
        }
    }

    fn register() -> Register {
        let councils = ["E06000001", "E06000002", "E06000003"];
        Register::new(councils.map(|code| council(code, &code.to_lowercase(), CouncilType::Unitary)).into()).unwrap()
    }

    fn upheld(upheld: u32, of: u32) -> Figures {
        Figures { upheld: Some(upheld), investigations: Some(of), ..Figures::default() }
    }

    fn percent(text: &str) -> Figures {
        let mut figures = Figures::default();
        figures.read(Field::ComplianceRate, text).unwrap();
        figures
    }

    #[test]
    fn a_row_is_new_or_added_to_or_corrected_or_the_same() {
        let table = |code, figures| entry(code, 2024, SourceKind::Ombudsman, "table", figures);
        let held = [table("E06000001", upheld(3, 4)), table("E06000002", upheld(5, 6))];
        let mut more = percent("100");
        more.upheld = Some(6);
        let coming = [table("E06000001", upheld(3, 4)), table("E06000002", more), table("E06000003", upheld(1, 1))];
        let plan = Plan::of(&held, &coming, &register());
        assert_eq!((plan.added(), plan.changed(), plan.unchanged()), (1, 1, 1));
        let Effect::Changed(changes) = &plan.steps[1].effect else { panic!("{:?}", plan.steps[1]) };
        let said: Vec<_> = changes.iter().map(|change| (change.field, change.before.is_some())).collect();
        assert_eq!(said, [(Field::Upheld, true), (Field::ComplianceRate, false)]);
        assert_eq!(plan.figures()[1].figures.investigations, Some(6), "what is not printed stays");
        assert_eq!(plan.figures().len(), 3);
    }

    #[test]
    fn a_former_code_is_the_same_council() {
        let mut sheffield = council("E08000039", "sheffield", CouncilType::Metropolitan);
        sheffield.former_codes = vec!["E08000019:2024".parse().unwrap()];
        let register = Register::new(vec![sheffield]).unwrap();
        let row = |code| entry(code, 2024, SourceKind::Ombudsman, "table", upheld(1, 2));
        let plan = Plan::of(&[row("E08000019")], &[row("E08000039")], &register);
        assert_eq!((plan.added(), plan.unchanged()), (0, 1));
    }

    #[test]
    fn other_sources_are_kept_and_what_differs_is_said() {
        let held = [
            entry("E06000001", 2024, SourceKind::Press, "paper", upheld(42, 59)),
            entry("E06000001", 2024, SourceKind::Ombudsman, "page", upheld(44, 59)),
        ];
        let letter = entry("E06000001", 2024, SourceKind::Letter, "letter", upheld(43, 59));
        let plan = Plan::of(&held, &[letter], &register());
        assert_eq!(plan.figures().len(), 3);
        let said: Vec<_> = plan.steps[0]
            .differences
            .iter()
            .map(|it| (it.field, it.imported, it.other, it.source.as_str(), it.imported_is_shown))
            .collect();
        let count = Value::Count;
        let expected = [
            (Field::Upheld, count(43), count(44), "page", false),
            (Field::Upheld, count(43), count(42), "paper", false),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn files_of_one_source_are_joined_and_must_not_contradict_each_other() {
        let table = |figures| entry("E06000001", 2024, SourceKind::Ombudsman, "tables", figures);
        let plan = Plan::of(&[], &[table(upheld(3, 4)), table(percent("100"))], &register());
        assert_eq!((plan.steps.len(), plan.contradictions.len()), (1, 0));
        assert!(plan.steps[0].entry.figures.compliance_rate.is_some());
        let plan = Plan::of(&[], &[table(upheld(3, 4)), table(upheld(2, 4))], &register());
        let [Contradiction { field, one, other, .. }] = plan.contradictions.as_slice() else { panic!("{plan:?}") };
        assert_eq!((*field, *one, *other), (Field::Upheld, Value::Count(3), Value::Count(2)));
    }

    fn rows() -> impl Strategy<Value = Vec<Entry>> {
        let code = proptest::sample::select(vec!["E06000001", "E06000002", "E06000003"]);
        let kind = proptest::sample::select(SourceKind::ALL.to_vec());
        let row = (code, 2020_u16..2022, kind, 0_u32..4, 4_u32..6);
        let row = row.prop_map(|(code, year, kind, x, n)| entry(code, year, kind, kind.key(), upheld(x, n)));
        proptest::collection::vec(row, 0..8)
    }

    proptest! {
        #[test]
        fn importing_the_same_twice_changes_nothing(held in rows(), coming in rows()) {
            let register = register();
            let held = Plan::of(&[], &held, &register).figures().to_vec();
            let once = Plan::of(&held, &coming, &register);
            prop_assume!(once.contradictions.is_empty());
            let twice = Plan::of(once.figures(), &coming, &register);
            prop_assert_eq!(twice.added() + twice.changed(), 0);
            prop_assert_eq!(twice.figures(), once.figures());
        }

        #[test]
        fn nothing_that_is_held_is_lost(held in rows(), coming in rows()) {
            let register = register();
            let held = Plan::of(&[], &held, &register).figures().to_vec();
            let plan = Plan::of(&held, &coming, &register);
            for entry in &held {
                let after = plan.figures().iter().find(|it| (it.code, it.year, &it.source) == (entry.code, entry.year, &entry.source));
                let after = after.ok_or_else(|| TestCaseError::fail("lost"))?;
                for field in Field::ALL.iter().copied() {
                    prop_assert!(entry.figures.get(field).is_none() || after.figures.get(field).is_some());
                }
            }
            prop_assert_eq!(plan.steps.len(), plan.added() + plan.changed() + plan.unchanged());
        }
    }
}
