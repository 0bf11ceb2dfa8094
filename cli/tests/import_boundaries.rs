//! `upheld import boundaries`, as it is run: what it prints, what it writes, and how it ends.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};
use upheld_sources::boundaries::read_layer;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A folder of its own for one test, empty at its beginning.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs the command as it is run in the repository, with boundaries written to `geo`.
fn import(file: &Path, geo: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_upheld"));
    command.current_dir(ROOT).args(["import", "boundaries"]).arg(file).arg("--geo").arg(geo);
    command.args(arguments).output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The shipped boundaries, as the Office for National Statistics would label them.
fn shipped(name: &str, property: &str) -> Value {
    let text = fs::read_to_string(format!("{ROOT}/geo/{name}")).unwrap();
    let mut file: Value = serde_json::from_str(&text).unwrap();
    for (number, feature) in file["features"].as_array_mut().unwrap().iter_mut().enumerate() {
        let properties = &mut feature["properties"];
        let (code, name) = (properties["code"].take(), properties["name"].take());
        *properties = json!({"FID": number + 1, (format!("{property}CD")): code, (format!("{property}NM")): name});
    }
    json!({"type": "FeatureCollection", "features": file["features"]})
}

fn write(folder: &Path, file: &Value) -> PathBuf {
    let path = folder.join("ons.geojson");
    fs::write(&path, file.to_string()).unwrap();
    path
}

fn files(geo: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(geo) else { return Vec::new() };
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn districts_are_imported_whole_and_a_second_time_nothing_changes() {
    let folder = folder("import_districts");
    let geo = folder.join("geo");
    let mut file = shipped("lower-2024-detail.geojson", "LAD24");
    // Codes given since, another nation, and another order.
    let features = file["features"].as_array_mut().unwrap();
    for feature in features.iter_mut() {
        let code = &mut feature["properties"]["LAD24CD"];
        if code == "E08000016" {
            *code = json!("E08000038");
        }
    }
    let mut wales = features[0].clone();
    wales["properties"]["LAD24CD"] = json!("W06000001");
    features.push(wales);
    features.reverse();
    let file = write(&folder, &file);

    let dry = import(&file, &geo, &["--vintage", "2025", "--tier", "lower", "--dry-run"]);
    assert!(dry.status.success(), "{}", complained(&dry));
    assert!(printed(&dry).ends_with("2 files to write; nothing was written.\n"), "{}", printed(&dry));
    assert!(!geo.exists());

    let first = import(&file, &geo, &["--vintage", "2024-25", "--tier", "lower"]);
    let text = printed(&first);
    assert!(first.status.success(), "{}", complained(&first));
    assert!(
        text.contains("296 areas of England by LAD24CD\nleft out: 1 of Wales\n2024-25, lower tier: all 296 councils\n"),
        "{text}"
    );
    assert!(text.contains("The councils of 2024-25 are those of the set that began with 2023-24"), "{text}");
    assert!(text.ends_with("2 files written.\n"), "{text}");
    let written = files(&geo);
    let names: Vec<&str> = written.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["lower-2024-detail.geojson", "lower-2024.geojson"]);
    for (name, bytes) in &written {
        let layer = read_layer(bytes).unwrap();
        assert_eq!((layer.shapes.len(), layer.faults()), (296, vec![]), "{name}");
        // The code in force when the set of councils began.
        assert!(layer.shape("E08000016".parse().unwrap()).is_some(), "{name}");
        let text = String::from_utf8_lossy(bytes);
        assert!(text.contains(r#""attribution":"Source: Office for National Statistics licensed"#), "{name}");
        assert!(text.contains("with the codes LAD24CD"), "{name}");
    }

    let again = import(&file, &geo, &["--vintage", "2025", "--tier", "lower", "--json"]);
    let report: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(
        (&report["outcome"], &report["councils"], &report["vintage"]),
        (&json!("nothing-to-change"), &json!(296), &json!(2024))
    );
    assert_eq!(report["files"][0]["change"], "none");
    assert!(report["files"][0]["share_percent"].as_f64().unwrap() >= 99.0);
    assert!(report["files"][0]["brotli"].as_u64().unwrap() <= 70_000);
    assert_eq!(files(&geo), written);

    // What was imported has no fault; the other vintages and the other tier are not there.
    let check = Command::new(env!("CARGO_BIN_EXE_upheld"))
        .current_dir(ROOT)
        .args(["check", "--json", "--geo"])
        .arg(&geo)
        .output();
    let check: Value = serde_json::from_slice(&check.unwrap().stdout).unwrap();
    let about: Vec<&Value> = check["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["file"].as_str().unwrap().contains("/lower-2024"))
        .collect();
    assert!(about.is_empty(), "{about:?}");
    assert_eq!(check["boundaries"].as_array().unwrap().len(), 2);
}

#[test]
fn the_upper_tier_is_made_of_counties_or_of_districts_joined() {
    let folder = folder("import_upper");
    for (name, property) in [("upper-2024-detail.geojson", "CTYUA23"), ("lower-2024-detail.geojson", "lad24")] {
        let geo = folder.join(property);
        let mut file = shipped(name, property);
        if property == "lad24" {
            for feature in file["features"].as_array_mut().unwrap() {
                let code = feature["properties"]["lad24CD"].take();
                feature["properties"] = json!({"lad24cd": code});
            }
        }
        let file = write(&folder, &file);
        let output = import(&file, &geo, &["--vintage", "2024", "--tier", "upper"]);
        assert!(output.status.success(), "{}", complained(&output));
        for (name, bytes) in files(&geo) {
            assert!(name.starts_with("upper-2024"), "{name}");
            let layer = read_layer(&bytes).unwrap();
            assert_eq!((layer.shapes.len(), layer.faults()), (153, vec![]), "{name}");
        }
    }
}

#[test]
fn what_does_not_fit_is_named_and_nothing_is_written() {
    let folder = folder("import_refused");
    let geo = folder.join("geo");
    let refused = |file: &Value, vintage: &str, tier: &str| {
        let output = import(&write(&folder, file), &geo, &["--vintage", vintage, "--tier", tier]);
        assert_eq!(output.status.code(), Some(1));
        assert!(!geo.exists());
        complained(&output)
    };
    let good = shipped("lower-2024.geojson", "LAD24");

    let other_year = refused(&good, "2022", "lower");
    assert!(
        other_year.contains("Allerdale Borough Council (E07000026) is missing, a council of 2021-22"),
        "{other_year}"
    );
    assert!(other_year.contains("Cumberland Council (E06000063) begins only with 2023-24"), "{other_year}");
    assert!(
        other_year
            .contains("the file has the councils of 2023-24: take the file of 2021-22, or ask for --vintage 2024"),
        "{other_year}"
    );

    let mut wrong = good.clone();
    wrong["features"][0]["properties"] = json!({"LAD24CD": "E06999999", "LAD24NM": "Newtown"});
    let unknown = refused(&wrong, "2025", "lower");
    assert!(
        unknown.contains("Newtown: E06999999 is in the register as no council – add it to councils.csv"),
        "{unknown}"
    );
    assert!(unknown.contains("Hartlepool Borough Council (E06000001) is missing"), "{unknown}");
    assert!(unknown.contains("2 errors; nothing was written"), "{unknown}");

    let mut wrong = good.clone();
    wrong["features"][0]["geometry"] = wrong["features"][1]["geometry"].clone();
    let overlap = refused(&wrong, "2025", "lower");
    assert!(overlap.contains("Hartlepool Borough Council and Middlesbrough Borough Council overlap at ("), "{overlap}");

    let counties = refused(&shipped("upper-2024.geojson", "CTYUA24"), "2025", "lower");
    assert!(
        counties.contains("cannot be parted into districts – take the file of local authority districts"),
        "{counties}"
    );

    let none = refused(&json!({"type": "FeatureCollection", "features": []}), "2025", "lower");
    assert!(none.contains("no council of England"), "{none}");

    // Simplified once already: too coarse for the detailed level.
    let coarse = refused(&good, "2025", "lower");
    assert!(
        coarse.contains("lower-2024-detail.geojson: ")
            && coarse.contains("99.5% wanted – take the file at a finer level"),
        "{coarse}"
    );

    let json = import(&write(&folder, &json!({})), &geo, &["--vintage", "2025", "--tier", "lower", "--json"]);
    assert_eq!(json.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&report["outcome"], report["findings"].as_array().unwrap().len()), (&json!("refused"), 1));
}

#[test]
fn bad_usage_ends_with_two_and_a_missing_file_with_one() {
    let (folder, geo) = (folder("import_usage"), Path::new("no-such-folder"));
    let file = write(&folder, &json!({}));
    for wrong in [
        &["--vintage", "2025"][..],
        &["--tier", "lower"],
        &["--vintage", "1999", "--tier", "lower"],
        &["--vintage", "2025", "--tier", "middle"],
    ] {
        assert_eq!(import(&file, geo, wrong).status.code(), Some(2), "{wrong:?}");
    }
    let missing = import(&folder.join("none.geojson"), geo, &["--vintage", "2025", "--tier", "lower"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(complained(&missing).contains("none.geojson: "), "{}", complained(&missing));
}
