//! What the published table says about itself: CSV on the Web, and a Frictionless data package.

use serde_json::{Value, json};
use upheld_domain::{
    figures::{Field, Kind},
    holdings::Holdings,
};
use upheld_sources::figures::{COLUMNS, SLUG};

const TITLE: &str = "How English councils handle complaints: figures of the Local Government and Social Care Ombudsman";

const PRIMARY_KEY: [&str; 3] = ["gss_code", "year_ending", "source"];

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Text,
    Day,
    Number(Kind),
}

/// A column of the published table.
struct Column {
    name: &'static str,
    description: String,
    holds: Holds,
    required: bool,
}

fn columns() -> impl Iterator<Item = Column> {
    COLUMNS.iter().copied().chain([SLUG]).map(|name| {
        let field = Field::ALL.iter().find(|field| field.column() == name);
        let (description, holds) = match (field, name) {
            (Some(field), _) => (described(*field), Holds::Number(field.kind())),
            (None, "year_ending") => ("Last day of the reporting year: 31 March.".to_owned(), Holds::Day),
            (None, name) => (about(name).to_owned(), Holds::Text),
        };
        Column { name, description, holds, required: field.is_none() }
    })
}

fn described(field: Field) -> String {
    let unit = match field.kind() {
        Kind::Count => "a count",
        Kind::Percentage => "in percent",
        Kind::PerHundredThousand => "a rate",
    };
    format!("{}, as printed; {unit}. Empty where the source does not print it, never zero.", sentence(field.label()))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn about(name: &str) -> &'static str {
    match name {
        "gss_code" => "The council’s code in the Government Statistical Service’s scheme, in force in that year.",
        "authority" => "The council’s name, as in the source.",
        "authority_type" => "The type within which the Ombudsman compares the council.",
        "source_kind" => {
            "Who prints the figures: ombudsman (its page on the council), letter (its annual letter), council, press."
        }
        "source" => "The address of the source, or what document it is.",
        _ => "The council’s name in addresses, also of its file: council/<slug>.json.",
    }
}

/// `figures.csv-metadata.json`: CSV on the Web (W3C, 2015).
pub(super) fn csv_on_the_web(holdings: &Holdings) -> Value {
    let columns = columns().map(|column| {
        let datatype = match column.holds {
            Holds::Text => json!("string"),
            Holds::Day => json!({ "base": "date", "format": "yyyy-MM-dd" }),
            Holds::Number(Kind::Count) => json!({ "base": "integer", "minimum": 0 }),
            Holds::Number(Kind::Percentage) => json!({ "base": "decimal", "minimum": 0, "maximum": 100 }),
            Holds::Number(Kind::PerHundredThousand) => json!({ "base": "decimal", "minimum": 0 }),
        };
        json!({
            "name": column.name,
            "titles": column.name,
            "dc:description": column.description,
            "datatype": datatype,
            "required": column.required,
        })
    });
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "url": "figures.csv",
        "dc:title": TITLE,
        "dc:description": holdings.edition.note,
        "dc:modified": { "@value": holdings.edition.date, "@type": "xsd:date" },
        "dc:creator": "Local Government and Social Care Ombudsman, gathered by Upheld",
        "dialect": { "encoding": "utf-8", "header": true, "delimiter": ",", "lineTerminators": ["\n"] },
        "tableSchema": { "columns": columns.collect::<Vec<_>>(), "primaryKey": PRIMARY_KEY },
    })
}

/// What a published file beside the table of figures is.
fn title(file: &str) -> &'static str {
    match file {
        "edition.json" => "The edition: register of councils, figures, averages; tables column by column",
        "sources.json" => "Where each figure of the edition was printed, row by row; public reports",
        "names.json" => "Other names under which councils are looked for, and notes on them",
        "printed-names.json" => "How else tables print councils’ names, and what was decided about odd ones",
        "council.schema.json" => "What stands in the file of a council, council/<slug>.json: a JSON Schema",
        "changelog.json" => "What changed from edition to edition, and why",
        _ => "What changed from edition to edition, and why, for people to read",
    }
}

/// A file of the package that is no table: its name on the site, and how many bytes it has.
fn resource((file, bytes): &(&str, usize)) -> Value {
    // "council.schema.json": "council-schema"; "CHANGELOG.md" must not be called as "changelog.json" is.
    let (name, kind) = file.rsplit_once('.').unwrap_or((file, ""));
    let name = name.to_lowercase().replace('.', "-");
    let mut resource = json!({
        "name": if kind == "md" { format!("{name}-text") } else { name },
        "title": title(file),
        "path": file,
        "profile": "data-resource",
        "format": kind,
        "mediatype": if kind == "md" { "text/markdown" } else { "application/json" },
        "encoding": "utf-8",
        "bytes": bytes,
    });
    // Frictionless takes a file of this name for the schema of a table, unless it is told that it is a file like others.
    if let Some(resource) = resource.as_object_mut().filter(|_| file.ends_with(".schema.json")) {
        resource.insert("type".to_owned(), json!("file"));
    }
    resource
}

/// `datapackage.json`: a Frictionless data package of the published files: the table of figures, and `others`, each with
/// so many bytes.
pub(super) fn data_package(holdings: &Holdings, figures_bytes: usize, others: &[(&str, usize)]) -> Value {
    let fields = columns().map(|column| {
        let mut constraints = json!({ "required": column.required });
        let kind = match column.holds {
            Holds::Text => "string",
            Holds::Day => "date",
            Holds::Number(Kind::Count) => "integer",
            Holds::Number(Kind::Percentage | Kind::PerHundredThousand) => "number",
        };
        if let (Holds::Number(kind), Some(constraints)) = (column.holds, constraints.as_object_mut()) {
            constraints.insert("minimum".to_owned(), json!(0));
            if kind == Kind::Percentage {
                constraints.insert("maximum".to_owned(), json!(100));
            }
        }
        json!({
            "name": column.name,
            "type": kind,
            "description": column.description,
            "constraints": constraints,
        })
    });
    let figures = json!({
        "name": "figures",
        "title": "What each source printed about each council and reporting year",
        "path": "figures.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": figures_bytes,
        "schema": {
            "fields": fields.collect::<Vec<_>>(),
            "missingValues": [""],
            "primaryKey": PRIMARY_KEY,
        },
    });
    let resources: Vec<Value> = std::iter::once(figures).chain(others.iter().map(resource)).collect();
    json!({
        "name": "upheld",
        "title": TITLE,
        "description": holdings.edition.note,
        "profile": "data-package",
        "version": holdings.edition.date,
        "sources": [
            {
                "title": "Local Government and Social Care Ombudsman; each row names where it was printed",
                "path": "https://www.lgo.org.uk/your-councils-performance",
            },
            {
                "title": "Codes and names of councils: Office for National Statistics, Open Government Licence v3.0",
                "path": "https://geoportal.statistics.gov.uk/",
            },
            {
                "title": "Register of councils checked against mySociety’s list of UK local authorities, CC BY 4.0",
                "path": "https://pages.mysociety.org/uk_local_authority_names_and_codes/",
            },
        ],
        "resources": resources,
    })
}
