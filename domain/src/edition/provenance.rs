//! Provenance: which source each figure that is shown was taken from, who prints the same, and who prints another.

use super::Edition;
use crate::{
    evidence::Evidence,
    figures::{Field, Value},
    register::CouncilId,
    year::ReportingYear,
};

/// Where one figure comes from that is known of a council and a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance<'edition> {
    /// The figure.
    pub field: Field,
    /// Its value as it is shown.
    pub value: Value,
    /// The source whose value is shown: the best that prints one, the first listed among equals.
    pub shown: &'edition Evidence,
    /// The other sources that print the same value, best first.
    pub agreeing: Vec<&'edition Evidence>,
    /// The sources that print another value, each with it, best first.
    pub differing: Vec<(&'edition Evidence, Value)>,
}

impl<'edition> Provenance<'edition> {
    /// Every source that prints the figure: the one that is shown, those that agree, those that differ.
    pub fn sources(&self) -> impl Iterator<Item = &'edition Evidence> {
        let differing = self.differing.iter().map(|(piece, _)| *piece);
        [self.shown].into_iter().chain(self.agreeing.iter().copied()).chain(differing)
    }
}

impl Edition {
    /// Where `field` comes from for `council` in `year`; none where no source prints it.
    #[must_use]
    pub fn provenance(&self, council: CouncilId, year: ReportingYear, field: Field) -> Option<Provenance<'_>> {
        let known = self.known(council, year)?;
        let (_, place) = known.reconciled.from.iter().find(|(from, _)| *from == field)?;
        let shown = self.evidence.get(*known.evidence.get(*place)?)?;
        let value = shown.figures.get(field)?;
        let mut provenance = Provenance { field, value, shown, agreeing: Vec::new(), differing: Vec::new() };
        for piece in self.evidence_for(council, year) {
            match piece.figures.get(field) {
                Some(_) if std::ptr::eq(piece, shown) => {}
                Some(other) if other == value => provenance.agreeing.push(piece),
                Some(other) => provenance.differing.push((piece, other)),
                None => {}
            }
        }
        Some(provenance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        edition::{EditionFile, EvidenceRow},
        evidence::SourceKind,
        figures::Figures,
    };
    use proptest::prelude::*;

    fn year() -> ReportingYear {
        ReportingYear::ending(2024).unwrap()
    }

    /// An edition of one council, with a piece of evidence for each kind and number of complaints upheld.
    fn edition(pieces: &[(SourceKind, Option<u32>)]) -> (Edition, CouncilId) {
        let councils = r#"[{"code": "E06000032", "slug": "luton", "name": "Luton", "short": "Luton", "type": "unitary",
            "region": "East of England", "first": 2014}]"#;
        let mut file = EditionFile { councils: serde_json::from_str(councils).unwrap(), ..EditionFile::default() };
        for (kind, upheld) in pieces.iter().copied() {
            let figures = Figures { upheld, investigations: Some(50), ..Figures::default() };
            file.evidence.push(EvidenceRow { council: file.councils[0].code, year: year(), kind, figures });
        }
        let edition = Edition::try_from(file).unwrap();
        let council = edition.register().by_slug("luton").unwrap();
        (edition, council)
    }

    #[test]
    fn the_better_source_is_shown_and_the_others_are_told_apart() {
        use SourceKind::{Council, Ombudsman, Press};
        let pieces = [(Press, Some(42)), (Council, Some(44)), (Ombudsman, Some(44)), (Press, None), (Press, Some(40))];
        let (edition, luton) = edition(&pieces);
        let of = |field| edition.provenance(luton, year(), field);
        let upheld = of(Field::Upheld).unwrap();
        assert_eq!((upheld.shown.kind, upheld.value), (Ombudsman, Value::Count(44)));
        assert_eq!(upheld.agreeing.iter().map(|piece| piece.kind).collect::<Vec<_>>(), [Council]);
        let differing: Vec<_> = upheld.differing.iter().map(|(piece, value)| (piece.kind, *value)).collect();
        assert_eq!(differing, [(Press, Value::Count(42)), (Press, Value::Count(40))]);
        assert_eq!(of(Field::Investigations).unwrap().sources().count(), 5);
        assert_eq!(of(Field::UpholdRate), None);
        assert_eq!(edition.provenance(luton, ReportingYear::FIRST, Field::Upheld), None);
    }

    fn pieces() -> impl Strategy<Value = Vec<(SourceKind, Option<u32>)>> {
        let kind = (0_usize..4).prop_map(|place| SourceKind::ALL[place]);
        proptest::collection::vec((kind, proptest::option::of(0_u32..3)), 0..6)
    }

    proptest! {
        #[test]
        fn each_source_that_prints_a_figure_is_told_once_and_none_is_better_than_the_shown(pieces in pieces()) {
            let (edition, luton) = edition(&pieces);
            let printing = edition.evidence().iter().filter(|piece| piece.figures.upheld.is_some()).count();
            let Some(upheld) = edition.provenance(luton, year(), Field::Upheld) else {
                prop_assert_eq!(printing, 0);
                return Ok(());
            };
            prop_assert_eq!(upheld.sources().count(), printing);
            prop_assert!(upheld.sources().all(|piece| upheld.shown.kind <= piece.kind));
            prop_assert_eq!(edition.figures(luton, year()).unwrap().get(Field::Upheld), Some(upheld.value));
            prop_assert!(upheld.agreeing.iter().all(|piece| piece.figures.get(Field::Upheld) == Some(upheld.value)));
            let told = edition.disagreements(luton, year()).into_iter().filter(|it| it.field == Field::Upheld);
            prop_assert!(told.map(|it| it.other).eq(upheld.differing.iter().map(|(piece, _)| *piece)));
        }
    }
}
