//! The commands as they are run: what they print, what they write, and how they end.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data");
const GEO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../geo");
const INDEX: &str = "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<base href=\"/\"/>\n<title>Upheld</title>\n<script src=\"upheld-app.js\"></script>\n</head>\n<body>\n<div id=\"app\"><!-- static --><!-- /static --></div>\n</body>\n</html>\n";

/// Councils with figures in a year, in all years: each has a card to be framed.
const CARDS_OF_YEARS: usize = 378;

/// A folder of its own for one test, empty at its beginning.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn upheld(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_upheld")).args(arguments).output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A copy of the real data, in which `faults` have been made: file, row, what stands there, what is put in its place.
fn seeded(name: &str, faults: &[(&str, usize, &str, &str)]) -> PathBuf {
    let data = folder(name);
    for entry in fs::read_dir(DATA).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, data.join(path.file_name().unwrap())).unwrap();
    }
    for (file, row, before, after) in faults {
        let text = fs::read_to_string(data.join(file)).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let line = &mut lines[row - 1];
        assert!(line.contains(before), "{file}:{row} has no {before:?}: {line}");
        *line = line.replacen(before, after, 1);
        fs::write(data.join(file), lines.join("\n") + "\n").unwrap();
    }
    data
}

/// Every file below `folder`, with what it holds.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            found.insert(path, bytes);
        }
    }
    found
}

#[test]
fn the_real_data_has_no_error_and_its_oddities_are_noted() {
    let output = upheld(&["check", "--data", DATA, "--geo", "no-such-folder"]);
    let text = printed(&output);
    assert!(output.status.success(), "{text}{}", complained(&output));
    let noted = |what: &str| text.lines().filter(|line| line.contains(what)).count();
    assert_eq!(noted("a complaint about it was decided later"), 5);
    assert_eq!(noted("uphold_pct: printed 91%, 9 of 10 is 90%"), 1);
    assert_eq!(noted("uphold_pct: printed 93%, 22 of 24 is 92%"), 1);
    assert_eq!(
        noted("upheld: complaints upheld of Leeds City Council in 2023-24: 44 (ombudsman) is shown, 42 (press) is not"),
        1
    );
    assert_eq!(
        noted("uphold rate of Devon County Council in 2023-24: 83% (ombudsman) is shown, 89% (press) is not"),
        1
    );
    assert!(text.contains("365 councils; 396 rows of figures"), "{text}");
    assert!(text.contains("no errors, 11 notes."), "{text}");
}

#[test]
fn every_fault_is_named_at_its_row_and_column() {
    let data = seeded(
        "seeded",
        &[
            ("figures.csv", 2, ",6,3,", ",6,7,"),
            ("figures.csv", 3, ",33,", ",133,"),
            ("figures.csv", 4, "unitary", "london"),
            ("figures.csv", 5, "E0600000", "E0699990"),
            ("averages.csv", 3, "80,100", "80,n/a"),
            ("national.csv", 4, "2017-03-31", "2016-03-31"),
            ("public_reports.csv", 2, "E06000007", "E99999999"),
            ("edition.csv", 2, "2026-11-23", "23/11/2026"),
            ("changelog.csv", 2, "2026-11-23", "2026-11-31"),
        ],
    );
    let output = upheld(&["check", "--data", data.to_str().unwrap(), "--geo", "no-such-folder"]);
    assert_eq!(output.status.code(), Some(1));
    let text = printed(&output);
    for place in [
        "figures.csv:2: upheld: 7 upheld, of 6 detailed investigations",
        "figures.csv:3: uphold_pct: \"133\" is not a percentage",
        "figures.csv:4: authority_type: london is not the register’s type",
        "figures.csv:5: gss_code: ",
        "averages.csv:3: compliance_pct: \"n/a\" is not a percentage",
        "national.csv:4: year_ending: 2015-16 stands in an earlier row too",
        "public_reports.csv:2: gss_code: E99999999 is not in the register",
        "edition.csv:2: date: \"23/11/2026\" is not a day",
        "changelog.csv:2: date: \"2026-11-31\" is not a day",
    ] {
        assert!(text.contains(&format!("{}/{place}", data.display())), "{place}\n{text}");
    }
    assert!(complained(&output).contains("9 errors"), "{}", complained(&output));
}

#[test]
fn what_changed_is_told_of_every_edition_and_the_newest_first() {
    let check = |data: &Path| upheld(&["check", "--data", data.to_str().unwrap(), "--geo", "no-such-folder"]);
    let data = seeded("changes", &[("edition.csv", 2, "2026-11-23", "2027-02-01")]);
    let written = |rows: &str| fs::write(data.join("changelog.csv"), format!("date,what,why\n{rows}")).unwrap();
    let first = "2026-11-23,All of it.,It began.\n";
    for (rows, place) in [
        (first.to_owned(), "2: date: the newest change is of 2026-11-23, the edition of 2027-02-01 – say what changed"),
        (String::new(), "1: date: no change at all – say what changed with this edition"),
        (
            format!("{first}2027-02-01,Two rows more.,Printed.\n"),
            "3: date: 2027-02-01 stands below 2026-11-23, which is older – put the newest changes first",
        ),
        (
            format!("2027-02-02,Two rows more.,Printed.\n{first}"),
            "2: date: the newest change is of 2027-02-02, the edition of 2027-02-01",
        ),
    ] {
        written(&rows);
        let output = check(&data);
        assert_eq!(output.status.code(), Some(1), "{rows}");
        let text = printed(&output);
        assert!(text.contains(&format!("{}/changelog.csv:{place}", data.display())), "{place}\n{text}");
        assert!(complained(&output).contains("1 error;"), "{}", complained(&output));
    }
    written(&format!("2027-02-01,Two rows more.,Printed.\n2027-02-01,One row corrected.,A slip.\n{first}"));
    assert!(check(&data).status.success());
    let out = folder("changes-site");
    assert!(build(data.to_str().unwrap(), &out).status.success());
    let text = fs::read_to_string(out.join("data/v1/CHANGELOG.md")).unwrap();
    assert!(text.contains("## 2027-02-01\n\n- Two rows more. (Printed)\n- One row corrected. (A slip)\n"), "{text}");
    let changes: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("data/v1/changelog.json")).unwrap()).unwrap();
    assert_eq!(changes["editions"][1]["date"], "2026-11-23");
}

#[test]
fn faults_of_the_register_are_named_at_their_row_and_column() {
    let text = fs::read_to_string(format!("{DATA}/councils.csv")).unwrap();
    let row_of = |slug: &str| 1 + text.lines().position(|line| line.contains(slug)).unwrap();
    let (luton, cumberland, adur) = (row_of("luton-borough"), row_of("cumberland-council"), row_of("adur-district"));
    let data = seeded(
        "seeded_register",
        &[
            ("councils.csv", luton, "luton-borough-council", "hartlepool-borough-council"),
            ("councils.csv", cumberland, ",2024,", ",2023,"),
            ("councils.csv", adur, ",district,lower,", ",unitary,single,"),
        ],
    );
    let output = upheld(&["check", "--data", data.to_str().unwrap(), "--geo", "no-such-folder"]);
    assert_eq!(output.status.code(), Some(1));
    let text = printed(&output);
    for place in [
        format!("councils.csv:{luton}: slug: the slug also belongs to Hartlepool Borough Council"),
        format!("councils.csv:{cumberland}: first_year: this council begins with 2022-23"),
        format!("councils.csv:{adur}: county: a unitary council has no county council above it"),
        "councils.csv: type: 163 district councils in 2025-26, where England has 164".to_owned(),
        "councils.csv: type: 64 unitary councils in 2025-26, where England has 63".to_owned(),
    ] {
        assert!(text.contains(&place), "{place}\n{text}");
    }
}

#[test]
fn findings_are_json_for_scripts() {
    let output = upheld(&["check", "--data", DATA, "--geo", "no-such-folder", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["errors"], &report["notes"]), (&0.into(), &11.into()));
    let first = &report["findings"][0];
    assert_eq!(first["severity"], "note");
    assert!(first["row"].is_u64() && first["column"].is_string() && first["remedy"].is_string(), "{first}");
}

#[test]
fn boundaries_are_held_to_the_register_and_to_the_postcodes() {
    let folder = folder("geo");
    let square = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"E06000099","name":"Nowhere"},
        "geometry":{"type":"Polygon","coordinates":[[[0.1,52.2],[0.2,52.2],[0.2,52.3],[0.1,52.2]]]}}]}"#;
    fs::write(folder.join("lower-2024.geojson"), square).unwrap();
    fs::write(folder.join("lower-2025.geojson"), square).unwrap();
    fs::write(folder.join("upper-2024.geojson"), "{}").unwrap();
    let hexagon = |code: &str| square.replace(r#""code":"E06000099""#, &format!(r#""col":2,"row":1,"code":"{code}""#));
    let twice = hexagon("E06000001").replace("]}}]}", "]}},") + hexagon("E06000002").split_once('[').unwrap().1;
    fs::write(folder.join("hex-lower-2024.geojson"), twice).unwrap();
    let sample = folder.join("sample.txt");
    fs::write(&sample, "E06000032 E06000032 -41600 5187900\n").unwrap();
    let (geo, sample) = (folder.to_str().unwrap(), sample.to_str().unwrap());
    let output = upheld(&["check", "--data", DATA, "--geo", geo, "--sample", sample]);
    assert_eq!(output.status.code(), Some(1));
    let text = printed(&output);
    for said in [
        "lower-2024.geojson: E06000001 has no shape",
        "more faults of its shapes",
        "lower-2024.geojson: 0.00% of the sampled postcodes lie inside their own council, of 99% at least",
        "lower-2025.geojson: boundaries of no tier and first year",
        "upper-2024.geojson: not GeoJSON that can be read",
        "upper-2020-detail.geojson: no such file",
        "hex-lower-2024.geojson: E06000001 and E06000002 have the same cell, column 2, row 1",
        "hex-lower-2024.geojson: E06000003 has no shape",
        "hex-upper-2020.geojson: no such file – arrange the councils again: upheld geography --only hexes",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let out = folder.join("site");
    let refused = upheld(&["build", "--data", DATA, "--geo", geo, "--out", out.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!out.exists());
}

#[test]
fn bad_usage_ends_with_2_and_a_missing_folder_with_1() {
    for arguments in [
        &["check", "--nonsense"][..],
        &["frobnicate"],
        &[],
        &["render"],
        &["render", "d", "--public-url", "x"],
        &["render", "d", "--site-url", "https://x/y"],
    ] {
        assert_eq!(upheld(arguments).status.code(), Some(2), "{arguments:?}");
    }
    let missing = upheld(&["check", "--data", "no-such-folder"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(complained(&missing).contains("no-such-folder/edition.csv"), "{}", complained(&missing));
}

fn build(data: &str, out: &Path) -> Output {
    let out = out.to_str().unwrap();
    upheld(&["build", "--data", data, "--geo", "no-such-folder", "--letters", "no-such-folder", "--out", out])
}

#[test]
fn an_edition_is_built_the_same_each_time() {
    let folder = folder("build");
    let (one, other) = (folder.join("one"), folder.join("other"));
    for out in [&one, &other, &one] {
        let output = build(DATA, out);
        assert!(output.status.success(), "{}", complained(&output));
    }
    let bytes = |out: &Path| -> BTreeMap<PathBuf, Vec<u8>> {
        files(out).into_iter().map(|(path, bytes)| (path.strip_prefix(out).unwrap().to_owned(), bytes)).collect()
    };
    let (one_bytes, other_bytes) = (bytes(&one), bytes(&other));
    assert!(one_bytes == other_bytes);
    assert_eq!(one_bytes.len(), 10 + 365);

    let edition: upheld_domain::edition::EditionFile =
        serde_json::from_slice(&one_bytes[Path::new("data/v1/edition.json")]).unwrap();
    assert!(edition.councils.is_sorted_by_key(|council| council.code));
    assert!(upheld_domain::edition::Edition::try_from(edition).is_ok());
    let luton: serde_json::Value =
        serde_json::from_slice(&one_bytes[Path::new("data/v1/council/luton-borough-council.json")]).unwrap();
    let wilson = &luton["years"][0]["computed"]["uphold"]["wilson_95_percent"];
    assert_eq!((wilson["lower"].as_f64(), wilson["upper"].as_f64()), (Some(35.1), Some(72.1)));
    // What is published can be imported again.
    let figures = &one_bytes[Path::new("data/v1/figures.csv")];
    assert_eq!(upheld_sources::figures::read("figures.csv", figures).complete().unwrap().len(), 396);
}

#[test]
fn what_a_build_no_longer_makes_is_taken_away() {
    let out = folder("build_again");
    assert!(build(DATA, &out).status.success());
    let stale = out.join("data/v1/council/no-such-council.json");
    fs::write(&stale, "{}").unwrap();
    assert!(build(DATA, &out).status.success());
    assert!(!stale.exists());
}

#[test]
fn nothing_is_built_of_data_with_an_error() {
    let data = seeded("seeded_build", &[("figures.csv", 2, ",6,3,", ",6,7,")]);
    let out = folder("build_refused").join("site");
    let output = build(data.to_str().unwrap(), &out);
    assert_eq!(output.status.code(), Some(1));
    assert!(complained(&output).contains("figures.csv:2: upheld: 7 upheld, of 6"), "{}", complained(&output));
    assert!(!out.exists());
}

#[test]
fn a_letter_is_copied_and_listed_and_what_is_no_letter_is_refused() {
    let folder = folder("letters");
    let (letters, out) = (folder.join("letters"), folder.join("site"));
    let luton = letters.join("luton-borough-council");
    fs::create_dir_all(&luton).unwrap();
    let letter = r#"{"title":"A letter","date":"22 July 2020","blocks":[{"paragraph":"A sentence."}]}"#;
    fs::write(luton.join("2020.json"), letter).unwrap();
    let run = || {
        let (letters, out) = (letters.to_str().unwrap(), out.to_str().unwrap());
        upheld(&["build", "--data", DATA, "--geo", "no-such-folder", "--letters", letters, "--out", out])
    };
    assert!(run().status.success());
    assert_eq!(fs::read_to_string(out.join("letters/luton-borough-council/2020.json")).unwrap(), letter);
    let set = fs::read_to_string(out.join("letters/luton-borough-council/2020.part")).unwrap();
    assert!(set.contains("<p>A sentence.</p>"), "{set}");
    let edition = fs::read_to_string(out.join("data/v1/edition.json")).unwrap();
    assert!(edition.ends_with(r#""letters":{"code":["E06000032"],"year":[2020]}}"#));

    fs::write(luton.join("2021.json"), r#"{"title":"No letter"}"#).unwrap();
    let refused = run();
    assert_eq!(refused.status.code(), Some(1));
    assert!(complained(&refused).contains("luton-borough-council/2021.json: not a letter"), "{}", complained(&refused));
}

#[test]
fn every_page_stands_without_the_program() {
    let dist = folder("render");
    fs::write(dist.join("index.html"), INDEX).unwrap();
    let render =
        ["render", dist.to_str().unwrap(), "--data", DATA, "--geo", GEO, "--public-url", "/upheld/", "--no-cards"];
    let output = upheld(&render);
    assert!(output.status.success(), "{}", complained(&output));
    assert!(printed(&output).contains("--site-url"), "{}", printed(&output));
    let page = |path: &str| fs::read_to_string(dist.join(path)).unwrap();

    let luton = page("council/luton-borough-council/index.html");
    assert!(luton.contains("<title>Luton Borough Council, 2023-24 – Upheld</title>"));
    assert!(luton.contains("<base href=\"../../\">"));
    assert!(luton.contains("<h1 id=\"council-name\">Luton Borough Council</h1>"));
    assert!(luton.contains("upheld 9 of them (69%)"));
    assert!(luton.contains("<td class=\"number\">13 of 24 (54%) <span class=\"uncertain\">uncertain</span></td>"));

    let table = page("table/index.html");
    assert!(table.contains("<base href=\"../\">"));
    assert!(table.contains("<caption>Councils</caption>") && table.contains("<caption>The other councils</caption>"));
    assert_eq!(table.matches("<th scope=\"row\">").count(), 317);
    assert!(table.contains("<a href=\"council/luton-borough-council/\">Luton Borough Council</a>"));
    assert!(table.contains("<span class=\"absent\">no figure</span>"));

    let home = page("index.html");
    assert!(home.contains("<base href=\"./\">"));
    assert!(home.contains("<a href=\"table/\">See all councils as a table</a>"));
    assert!(
        home.contains("<svg id=\"england\"")
            && home.contains("<template id=\"programs\"><script src=\"upheld-app.js\">")
    );
    assert!(
        !luton.contains("id=\"england\"") && luton.matches("<div class=\"drawing\">").count() == 4,
        "three strips and a trend"
    );
    assert!(!luton.contains("#01FE"), "every colour of a drawing is one of the page's");
    assert!(page("404.html").contains("<base href=\"/upheld/\">"));
    let open = page("open/index.html");
    assert!(open.contains("<base href=\"../\">") && open.contains("Nothing is sent anywhere"));
    assert!(open.contains("src=\"open.js\"") && !open.contains("upheld-app"), "{open}");
    assert!(page("about/index.html").contains("<h1 tabindex=\"-1\">About Upheld</h1>"));
    for (path, heading) in [("method", "How the figures are made"), ("accessibility", "Accessibility")] {
        let text = page(&format!("{path}/index.html"));
        assert!(text.contains(&format!("<h1>{heading}</h1>")) && !text.contains("<script src"), "{text}");
    }
    assert!(page("council/cumbria-county-council/index.html").contains("council/cumberland-council/"));

    let card = page("embed/council/luton-borough-council/2020/index.html");
    assert!(card.contains("<base href=\"../../../../\" target=\"_top\">"), "{card}");
    assert!(card.contains("<strong>13 of 24</strong>: <span class=\"rate\">54%</span>"), "{card}");
    assert!(card.contains("<link rel=\"canonical\" href=\"council/luton-borough-council/?year=2020\">"), "{card}");
    let card = page("embed/council/luton-borough-council/index.html");
    assert!(card.contains("<strong>9 of 13</strong>") && !card.contains("<script"), "{card}");
    assert!(page("embed/compare/index.html").contains("data-year=\"2024\""));

    let before = files(&dist);
    assert_eq!(before.len(), 1 + 365 + 8 + 1 + 365 + CARDS_OF_YEARS + 1);
    assert!(upheld(&render).status.success());
    assert!(files(&dist) == before);
}

#[test]
fn whole_addresses_are_given_where_the_host_is_known_and_relative_ones_where_not() {
    let dist = folder("render_host");
    fs::write(dist.join("index.html"), INDEX).unwrap();
    let render = |more: &[&str]| {
        let mut all = vec![
            "render",
            dist.to_str().unwrap(),
            "--data",
            DATA,
            "--geo",
            GEO,
            "--public-url",
            "/upheld/",
            "--no-cards",
        ];
        all.extend(more);
        let output = upheld(&all);
        assert!(output.status.success(), "{}", complained(&output));
        fs::read_to_string(dist.join("council/luton-borough-council/index.html")).unwrap()
    };
    let relative = render(&[]);
    assert!(relative.contains("<link rel=\"canonical\" href=\"council/luton-borough-council/\">"), "{relative}");
    assert!(!relative.contains("og:url") && !relative.contains("og:image"), "{relative}");
    assert!(!dist.join("sitemap.xml").exists());
    assert_eq!(fs::read_to_string(dist.join("robots.txt")).unwrap(), "User-agent: *\nAllow: /\n");
    let whole = render(&["--site-url", "https://upheld.example"]);
    let address = "https://upheld.example/upheld/council/luton-borough-council/";
    assert!(whole.contains(&format!("<link rel=\"canonical\" href=\"{address}\">")), "{whole}");
    assert!(whole.contains(&format!("<meta property=\"og:url\" content=\"{address}\">")), "{whole}");
    assert!(fs::read_to_string(dist.join("sitemap.xml")).unwrap().contains(&format!("<loc>{address}</loc>")));
    assert_eq!(whole.matches("name=\"description\"").count(), 1, "{whole}");
}

#[test]
fn without_the_font_nothing_is_written_and_where_to_get_it_is_said() {
    let dist = folder("render_font");
    fs::write(dist.join("index.html"), INDEX).unwrap();
    let output = upheld(&["render", dist.to_str().unwrap(), "--data", DATA, "--geo", GEO, "--font", "no-such-folder"]);
    assert_eq!(output.status.code(), Some(1));
    let said = complained(&output);
    assert!(said.contains("no-such-folder/400Regular/SourceSans3_400Regular.ttf"), "{said}");
    assert!(said.contains("run npm ci") && said.contains("--no-cards"), "{said}");
    assert_eq!(files(&dist).len(), 1);
}

#[test]
fn a_page_without_a_place_for_the_static_one_is_refused() {
    let dist = folder("render_refused");
    fs::write(dist.join("index.html"), INDEX.replace("<!-- static --><!-- /static -->", "<p>text</p>")).unwrap();
    let output = upheld(&["render", dist.to_str().unwrap(), "--data", DATA, "--geo", GEO]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        complained(&output).contains("index.html: no place for the static page in #app"),
        "{}",
        complained(&output)
    );
    assert_eq!(files(&dist).len(), 1);
}

/// Runs the command on a copy of the data.
fn import(arguments: &[&str], data: &Path) -> Output {
    let mut all = vec!["import"];
    all.extend(arguments);
    all.extend(["--data", data.to_str().unwrap()]);
    upheld(&all)
}

const DECIDED: &str = "\"Complaints decided, 2023-24\"\n\nAuthority,Not upheld,Upheld,Uphold rate (%),Average uphold rate (%) of similar authorities,Colour\n";

#[test]
fn a_table_is_tried_then_imported_and_the_second_time_changes_nothing() {
    let data = seeded("import-table", &[]);
    let before = files(&data);
    let table = data.parent().unwrap().join("decided-2023-24.csv");
    let rows = "Adur DC,1,3,75%,63%,red\nLeeds City Council,15,44,75%,80%,\nPeak District National Park Authority,1,1,50,,\nTotal,17,48,,,\n";
    fs::write(&table, format!("{DECIDED}{rows}")).unwrap();
    let table = table.to_str().unwrap();

    let tried = import(&["figures", table, "--dry-run"], &data);
    let said = printed(&tried);
    assert!(tried.status.success(), "{}", complained(&tried));
    for words in [
        "complaints decided, 2023-24 (says the title, the name of the file)",
        "2 councils matched, 0 not; left out: 1 national parks, 1 totals",
        "Columns that were not read: Colour (not known)",
        "Leeds City Council, 2023-24: complaints upheld: 44 here, 42 in https://",
        "figures.csv: 2 rows new, 0 added to or corrected, 0 held already",
        "Nothing was written.",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert_eq!(files(&data), before);

    let done = import(&["figures", table, "--source", "https://example.org/decided"], &data);
    assert!(done.status.success() && printed(&done).ends_with("Written.\n"), "{}", complained(&done));
    let figures = fs::read_to_string(data.join("figures.csv")).unwrap();
    let line = "E07000223,Adur DC,district,2024-03-31,4,3,75,63,,,,,,,,,,,,ombudsman,https://example.org/decided";
    assert!(figures.lines().any(|it| it == line), "{figures}");
    assert!(upheld(&["check", "--data", data.to_str().unwrap(), "--geo", "no-such-folder",]).status.success());

    let after = files(&data);
    let again = import(&["figures", table, "--source", "https://example.org/decided"], &data);
    assert!(printed(&again).ends_with("There is nothing to change.\n"), "{}", printed(&again));
    assert_eq!(files(&data), after);
}

#[test]
fn what_is_not_understood_is_named_and_nothing_is_written_without_being_asked_for_it_partly() {
    let data = seeded("import-doubts", &[]);
    let before = files(&data);
    let table = data.parent().unwrap().join("doubtful-2023-24.csv");
    fs::write(&table, format!("{DECIDED}Luton BC,11,13,54%,,\nLutton BC,1,2,67%,,\nYork,#REF!,2,67%,,\n")).unwrap();
    let table = table.to_str().unwrap();
    let refused = import(&["figures", table], &data);
    assert_eq!(refused.status.code(), Some(1));
    let said = printed(&refused);
    assert!(
        said.contains("row 5: \"Lutton BC\": no council is called that; the nearest names are: Luton Borough Council"),
        "{said}"
    );
    assert!(said.contains("row 6: Not upheld: \"#REF!\" is an error of the spreadsheet program"), "{said}");
    assert!(said.ends_with("Nothing was written.\n"));
    let complaint = complained(&refused);
    assert!(complaint.contains("1 row and 1 cell are named above not understood"), "{complaint}");
    assert_eq!(files(&data), before);

    let partly = import(&["figures", table, "--partly", "--json"], &data);
    assert!(partly.status.success(), "{}", complained(&partly));
    let report: serde_json::Value = serde_json::from_str(&printed(&partly)).unwrap();
    assert_eq!((report["written"].as_bool(), report["changes"]["new"].as_u64()), (Some(true), Some(2)));
    assert_eq!(report["files"][0]["sheets"][0]["unmatched"][0]["name"], "Lutton BC");
    assert_ne!(files(&data), before);
}

#[test]
fn a_table_that_cannot_be_taken_is_refused_with_what_to_do() {
    let data = seeded("import-refused", &[]);
    let before = files(&data);
    let file = |name: &str, text: &str| {
        let path = data.parent().unwrap().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let no_year = file("tables.csv", "Authority,Not upheld,Upheld\nLuton,1,2\n");
    let no_table = file("other.csv", "Colour,Size\nred,2\n");
    let more_than_all = file("more-2023-24.csv", "Authority,Investigated,Upheld\nLuton,1,2\n");
    let twice = file("twice-2023-24.csv", "Authority,Not upheld,Upheld\nLuton,1,2\nLuton BC,1,3\n");
    for (arguments, words) in [
        (vec![no_year.as_str()], "nothing says of which year the table is – say which reporting year it is"),
        (vec![&no_table, "--year", "2024"], "no row of the first"),
        (
            vec![&no_year, "--year", "2024", "--subject", "compliance"],
            "the table is about complaints decided, not compliance",
        ),
        (vec![&more_than_all], "2 upheld"),
        (vec![&twice], "Luton in 2023-24 has complaints upheld 2 and 3"),
        (vec!["nowhere.csv"], "nowhere.csv: "),
    ] {
        let mut all = vec!["figures"];
        all.extend(arguments);
        let refused = import(&all, &data);
        let complaint = complained(&refused);
        assert_eq!(refused.status.code(), Some(1), "{words}: {}{complaint}", printed(&refused));
        assert!(complaint.contains(words), "{words}: {complaint}");
    }
    assert_eq!(import(&["figures"], &data).status.code(), Some(2), "bad usage");
    assert_eq!(import(&["figures", &no_year, "--year", "1066"], &data).status.code(), Some(2), "bad usage");
    assert_eq!(files(&data), before);
}

#[test]
fn what_is_published_can_be_imported_into_an_edition_without_figures_and_makes_it_whole_again() {
    let data = seeded("import-whole", &[]);
    let out = folder("import-whole-site");
    let build = |data: &Path, out: &Path| {
        let geo = "no-such-folder";
        let built = upheld(&[
            "build",
            "--data",
            data.to_str().unwrap(),
            "--geo",
            geo,
            "--letters",
            "nowhere",
            "--out",
            out.to_str().unwrap(),
        ]);
        assert!(built.status.success(), "{}", complained(&built));
        fs::read(out.join("data/v1/edition.json")).unwrap()
    };
    let edition = build(&data, &out);
    let figures = data.join("figures.csv");
    let held = fs::read_to_string(&figures).unwrap();
    fs::write(&figures, format!("{}\n", held.lines().next().unwrap())).unwrap();
    let published = out.join("data/v1/figures.csv");
    let imported = import(&["figures", published.to_str().unwrap()], &data);
    assert!(imported.status.success(), "{}", complained(&imported));
    assert!(printed(&imported).contains("396 rows in Upheld’s own form"), "{}", printed(&imported));
    assert_eq!(fs::read_to_string(&figures).unwrap(), held, "in the form in which it is held");
    assert_eq!(build(&data, &folder("import-whole-again")), edition);
}

const LETTER: &str = "Annual review letter\n\n22 July 2020\n\nBy email\n\nMs A Person\nChief Executive\nLuton Borough Council\n\nDear Ms Person\n\nAnnual Review letter 2020\n\nThis letter of our own making is about the year that ended on 31 March 2020.\n\nYours sincerely\n\n\nA. N. Other\nOmbudsman\n\nLuton Borough Council\nFor the period ending: 31/03/20\n\nComplaints upheld\n\n54% of complaints we investigated were upheld.\nThis compares to an average of 56% in similar authorities.\n\n13 upheld decisions\n\nStatistics are based on a total of 24 detailed investigations for the period between 1 April 2019 to 31 March 2020\n";

#[test]
fn a_letter_is_imported_with_its_figures_and_shown_by_the_next_build() {
    let data = seeded("import-letter", &[]);
    let letters = folder("import-letter-letters");
    let path = folder("import-letter-file").join("letter.txt");
    fs::write(&path, LETTER).unwrap();
    let (file, at) = (path.to_str().unwrap(), letters.to_str().unwrap());
    let tried = import(&["letter", file, "--letters", at, "--dry-run"], &data);
    assert!(tried.status.success(), "{}", complained(&tried));
    let said = printed(&tried);
    assert!(said.contains("a letter to Luton Borough Council about 2019-20"), "{said}");
    assert!(said.ends_with("Nothing was written.\n") && files(&letters).is_empty(), "{said}");

    let before = fs::read(data.join("figures.csv")).unwrap();
    let done = import(&["letter", file, "--letters", at], &data);
    assert!(done.status.success() && printed(&done).ends_with("Written.\n"), "{}", complained(&done));
    assert_eq!(fs::read(data.join("figures.csv")).unwrap(), before, "the edition has those figures from that letter");
    assert!(letters.join("luton-borough-council/2020.json").exists());
    let again = import(&["letter", file, "--letters", at], &data);
    assert!(printed(&again).ends_with("There is nothing to change.\n"), "{}", printed(&again));

    let out = folder("import-letter-site");
    let geo = "no-such-folder";
    let built = upheld(&[
        "build",
        "--data",
        data.to_str().unwrap(),
        "--geo",
        geo,
        "--letters",
        at,
        "--out",
        out.to_str().unwrap(),
    ]);
    assert!(built.status.success(), "{}", complained(&built));
    let shown = fs::read_to_string(out.join("letters/luton-borough-council/2020.part")).unwrap();
    assert!(shown.contains("This letter of our own making"), "{shown}");

    for (arguments, words) in [
        (vec!["--council", "leeds-city-council"], "the letter is to Luton Borough Council, not to Leeds City Council"),
        (vec!["--council", "nobody"], "no council has the slug nobody"),
        (vec!["--year", "2021"], "the letter is about 2019-20, not 2020-21"),
    ] {
        let mut all = vec!["letter", file, "--letters", at];
        all.extend(arguments);
        let refused = import(&all, &data);
        assert_eq!(refused.status.code(), Some(1));
        assert!(complained(&refused).contains(words), "{}", complained(&refused));
    }
}

#[test]
fn shells_and_the_manual_know_every_command() {
    let commands = ["build", "check", "completions", "explain", "geography", "import", "man", "render"];
    for shell in ["bash", "fish", "zsh", "powershell", "elvish"] {
        let script = printed(&upheld(&["completions", shell]));
        for command in commands {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
    assert!(printed(&upheld(&["man"])).contains("upheld\\-import(1)"));
    let out = folder("manual");
    assert!(upheld(&["man", "--out", out.to_str().unwrap()]).status.success());
    let pages = files(&out);
    for command in commands.iter().map(|command| format!("upheld-{command}.1")) {
        assert!(pages.keys().any(|path| path.ends_with(&command)), "{command}: {:?}", pages.keys());
    }
    let page = fs::read_to_string(out.join("upheld-import-figures.1")).unwrap();
    assert!(page.contains("\\-\\-dry\\-run"), "{page}");
}
