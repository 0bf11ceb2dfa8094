//! `data/councils.csv`: the register.

use crate::table::{Cells, Columns, Table, read as read_table};
use upheld_domain::{
    council::{Council, CouncilType, FormerCode, Region},
    error::ValueError,
    year::ReportingYear,
};

const COLUMNS: Columns = Columns {
    required: &[
        "code",
        "former_codes",
        "slug",
        "name",
        "short_name",
        "ons_name",
        "aliases",
        "type",
        "tier",
        "region",
        "county",
        "first_year",
        "last_year",
        "predecessors",
        "successors",
        "note",
    ],
    optional: &[],
};

/// A row of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouncilRow {
    /// The council.
    pub council: Council,
    /// The name under which its boundary is found.
    pub ons_name: String,
}

/// Reads the register, called `file` in errors.
#[must_use]
pub fn read(file: &str, bytes: &[u8]) -> Table<CouncilRow> {
    read_table(file, bytes, COLUMNS, parse)
}

fn parse(cells: &mut Cells<'_>) -> Option<CouncilRow> {
    // Every cell is read before any is missed, so that every fault of the row is said.
    let code = cells.value("code", "a GSS code");
    let former_codes = cells.values::<FormerCode>("former_codes", ' ');
    let slug = cells.value("slug", "the council's part of our addresses");
    let name = cells.some_text("name", "the official name");
    let short_name = cells.some_text("short_name", "what people call the place");
    let ons_name = cells.some_text("ons_name", "the name under which its boundary is found");
    let aliases = cells.text("aliases").split('|').filter(|alias| !alias.is_empty()).map(str::to_owned).collect();
    let council_type = cells.value("type", "county, district, metropolitan, unitary or london");
    if let Some(expected) = council_type.map(tier_of)
        && cells.text("tier") != expected
    {
        cells.fault("tier", ValueError::new(cells.text("tier").to_owned(), expected));
    }
    let region = cells.value::<Region>("region", "the region");
    let county = cells.optional("county");
    let first_year = cells.value::<ReportingYear>("first_year", "the first reporting year");
    let last_year = cells.optional::<ReportingYear>("last_year");
    let predecessors = cells.values("predecessors", ' ');
    let successors = cells.values("successors", ' ');
    let note = cells.text("note").to_owned();
    Some(CouncilRow {
        council: Council {
            code: code?,
            former_codes: former_codes?,
            slug: slug?,
            name: name?,
            short_name: short_name?,
            aliases,
            council_type: council_type?,
            region: region?,
            county: county?,
            first_year: first_year?,
            last_year: last_year?,
            predecessors: predecessors?,
            successors: successors?,
            note,
        },
        ons_name: ons_name?,
    })
}

/// How the column `tier` writes the place of a type.
const fn tier_of(kind: CouncilType) -> &'static str {
    match kind {
        CouncilType::County => "upper",
        CouncilType::District => "lower",
        CouncilType::Metropolitan | CouncilType::Unitary | CouncilType::London => "single",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::said;

    const HEADER: &str = "code,former_codes,slug,name,short_name,ons_name,aliases,type,tier,region,county,first_year,last_year,predecessors,successors,note";

    fn one(row: &str) -> Result<Council, Vec<String>> {
        let rows = read("councils.csv", format!("{HEADER}\n{row}\n").as_bytes()).complete().map_err(said)?;
        Ok(rows.into_iter().next().unwrap().value.council)
    }

    #[test]
    fn a_council_is_read_with_its_former_codes_and_aliases() {
        let row = "E08000038,E08000016:2025,barnsley-council,Barnsley Council,Barnsley,Barnsley,Wombwell|Penistone,metropolitan,single,Yorkshire and The Humber,,2014,,,,";
        let council = one(row).unwrap();
        assert_eq!(council.aliases, ["Wombwell", "Penistone"]);
        let codes: Vec<(&str, u16)> =
            council.former_codes.iter().map(|former| (former.code.as_str(), former.until)).collect();
        assert_eq!(codes, [("E08000016", 2025)]);
        assert_eq!(council.last_year, None);
    }

    #[test]
    fn every_wrong_cell_of_a_row_is_named() {
        let row = "E0800003,E08000016,Barnsley,,Barnsley,Barnsley,,metro,single,Yorkshire,X,2012,20,E06 E07000001,,";
        let errors = one(row).unwrap_err();
        let columns: Vec<&str> = errors.iter().map(|error| error.split(": ").nth(1).unwrap()).collect();
        assert_eq!(
            columns,
            [
                "code",
                "former_codes",
                "slug",
                "name",
                "type",
                "region",
                "county",
                "first_year",
                "last_year",
                "predecessors"
            ]
        );
        assert!(errors.iter().all(|error| error.starts_with("councils.csv:2: ")));
    }

    #[test]
    fn a_tier_that_is_not_the_types_is_refused() {
        let row = "E10000014,,kent,Kent,Kent,Kent,,county,single,South East,,2014,,,,";
        let errors = one(row).unwrap_err();
        assert!(errors[0].starts_with("councils.csv:2: tier: \"single\" is not upper"), "{errors:?}");
    }
}
