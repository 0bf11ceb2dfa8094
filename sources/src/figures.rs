//! `data/figures.csv`: what each source printed about each council and year. Read, and written in its canonical form.

use crate::table::{Cells, Columns, Table, Written, read as read_table};
use upheld_domain::{
    council::CouncilType,
    figures::{Field, Figures},
    holdings::Entry,
    year::ReportingYear,
};

/// The columns of the file, in the order in which they are written; the figures are those of [`Field::ALL`].
pub const COLUMNS: &[&str] = &[
    "gss_code",
    "authority",
    "authority_type",
    "year_ending",
    Field::Investigations.column(),
    Field::Upheld.column(),
    Field::UpholdRate.column(),
    Field::UpholdRateSimilar.column(),
    Field::UpheldPer100k.column(),
    Field::UpheldPer100kSimilar.column(),
    Field::ComplianceOutcomes.column(),
    Field::ComplianceRate.column(),
    Field::ComplianceRateSimilar.column(),
    Field::SatisfactoryRemedies.column(),
    Field::RemedyRate.column(),
    Field::RemedyRateSimilar.column(),
    Field::DealtWith.column(),
    Field::NotForUs.column(),
    Field::AssessedAndClosed.column(),
    "source_kind",
    "source",
];

/// The column that only the published form of the file has.
pub const SLUG: &str = "slug";

/// Whether `bytes` begin as this file does, in its held or its published form.
#[must_use]
pub fn is_own(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    text.starts_with(b"gss_code,authority,authority_type,year_ending,")
}

/// Reads the figures, called `file` in errors.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> Table<Entry> {
    read_table(file, bytes, Columns { required: COLUMNS, optional: &[SLUG] }, parse)
}

fn parse(cells: &mut Cells<'_>) -> Option<Entry> {
    let code = cells.value("gss_code", "a GSS code");
    let authority = cells.some_text("authority", "the name as the source writes it");
    let authority_type =
        cells.value::<CouncilType>("authority_type", "county, district, metropolitan, unitary or london");
    let year = cells.value::<ReportingYear>("year_ending", "the last day of the reporting year");
    let mut figures = Figures::default();
    for field in Field::ALL.iter().copied() {
        let text = cells.text(field.column()).to_owned();
        if text.is_empty() {
            continue;
        }
        if let Err(error) = figures.read(field, &text) {
            cells.fault(field.column(), error);
        }
    }
    let kind = cells.value("source_kind", "ombudsman, letter, council or press");
    let source = cells.some_text("source", "the address of the source, or what document it is");
    let slug = cells.optional(SLUG);
    Some(Entry {
        code: code?,
        authority: authority?,
        authority_type: authority_type?,
        year: year?,
        figures,
        kind: kind?,
        source: source?,
        slug: slug?,
    })
}

/// Writes `entries`, in their order, as the file is held in `data/`: the columns of [`COLUMNS`]. [`read`] reads the same again.
#[must_use]
pub fn write_held(entries: &[Entry]) -> String {
    write_with(entries, false)
}

/// Writes `entries`, in their order, as the file is published: the columns of [`COLUMNS`] and the slug. [`read`] reads the same
/// again.
#[must_use]
pub fn write(entries: &[Entry]) -> String {
    write_with(entries, true)
}

fn write_with(entries: &[Entry], slugs: bool) -> String {
    let mut file = Written::default();
    file.row(COLUMNS.iter().copied().chain(slugs.then_some(SLUG)));
    for entry in entries {
        let number = |field: &Field| entry.figures.get(*field).map(|value| value.to_string()).unwrap_or_default();
        // A value is shown with its unit; a cell has the unit in its column's name.
        let numbers = Field::ALL.iter().map(number).map(|text| text.trim_end_matches('%').to_owned());
        let year = format!("{}-03-31", entry.year.key());
        let before = [entry.code.to_string(), entry.authority.clone(), entry.authority_type.key().to_owned(), year];
        let slug = entry.slug.as_ref().map(ToString::to_string).unwrap_or_default();
        let after = [entry.kind.key().to_owned(), entry.source.clone()];
        file.row(before.into_iter().chain(numbers).chain(after).chain(slugs.then_some(slug)));
    }
    file.text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::said;
    use proptest::{option, prelude::*};
    use upheld_domain::evidence::SourceKind;

    fn errors_of(change: impl Fn(&mut Vec<String>)) -> Vec<String> {
        let good =
            "E06000032,Luton Borough Council,unitary,2020-03-31,24,13,54,56,,,7,100,99,3,23,11,,,,letter,a letter";
        let mut cells: Vec<String> = good.split(',').map(str::to_owned).collect();
        change(&mut cells);
        let file = format!("{}\n{good}\n{}\n", COLUMNS.join(","), cells.join(","));
        read("figures.csv", file.as_bytes()).complete().map_err(said).err().unwrap_or_default()
    }

    #[test]
    fn the_columns_are_those_of_the_figures() {
        let of_fields: Vec<&str> = Field::ALL.iter().map(|field| field.column()).collect();
        assert_eq!(COLUMNS[4..19], of_fields);
    }

    #[test]
    fn a_wrong_cell_is_named_with_its_row_and_column() {
        assert!(errors_of(|_| ()).is_empty());
        let wrong = [
            (0, "E0600003", "gss_code"),
            (1, "", "authority"),
            (2, "borough", "authority_type"),
            (3, "2020-12-31", "year_ending"),
            (4, "24.5", "investigations"),
            (5, "-1", "upheld"),
            (6, "154", "uphold_pct"),
            (7, "56%", "uphold_pct_similar"),
            (8, "n/a", "upheld_per_100k"),
            (14, "23.45", "satisfactory_remedy_pct"),
            (19, "blog", "source_kind"),
            (20, "", "source"),
        ];
        for (place, text, column) in wrong {
            let errors = errors_of(|cells| text.clone_into(&mut cells[place]));
            assert_eq!(errors.len(), 1, "{errors:?}");
            assert!(errors[0].starts_with(&format!("figures.csv:3: {column}: ")), "{errors:?}");
        }
    }

    fn figures() -> impl Strategy<Value = Figures> {
        let number = |field: Field| match field.column() {
            name if name.contains("pct") => option::of("[1-9]?[0-9](\\.[1-9])?|100").boxed(),
            name if name.contains("per_100k") => option::of("[1-9][0-9]{0,2}(\\.[0-9]?[1-9])?|0").boxed(),
            _ => option::of("[1-9][0-9]{0,4}|0").boxed(),
        };
        let fields: Vec<_> = Field::ALL.iter().map(|field| number(*field)).collect();
        fields.prop_map(|texts| {
            let mut figures = Figures::default();
            for (field, text) in Field::ALL.iter().zip(texts) {
                if let Some(text) = text {
                    figures.read(*field, &text).unwrap();
                }
            }
            figures
        })
    }

    fn entry() -> impl Strategy<Value = Entry> {
        let text = "[a-zA-Z,\"'&’;|/:.-]([ a-zA-Z,\"'&’;|/:.-]{0,20}[a-zA-Z,\"'&’])?";
        let slug = option::of("[a-z]{1,5}(-[a-z]{1,5}){0,2}");
        let kind = proptest::sample::select(SourceKind::ALL.to_vec());
        let council_type = proptest::sample::select(CouncilType::ALL.to_vec());
        ("E0[67][0-9]{6}", text, council_type, 2014_u16..=2026, figures(), kind, text, slug).prop_map(
            |(code, authority, authority_type, year, figures, kind, source, slug)| Entry {
                code: code.parse().unwrap(),
                authority,
                authority_type,
                year: ReportingYear::ending(year).unwrap(),
                figures,
                kind,
                source,
                slug: slug.map(|slug| slug.parse().unwrap()),
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(entries in proptest::collection::vec(entry(), 0..6)) {
            let read = read("figures.csv", write(&entries).as_bytes()).complete().map_err(said).unwrap();
            let read: Vec<Entry> = read.into_iter().map(|row| row.value).collect();
            prop_assert_eq!(&read, &entries);
            let held = super::read("figures.csv", write_held(&entries).as_bytes()).complete().map_err(said).unwrap();
            let without = entries.into_iter().map(|entry| Entry { slug: None, ..entry });
            prop_assert!(held.into_iter().map(|row| row.value).eq(without));
        }
    }
}
