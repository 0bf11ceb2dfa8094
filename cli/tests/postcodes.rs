//! The files in which postcodes are looked up, as the commands check and serve them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is not as it should be")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data");
const POSTCODES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../geo/postcodes");

/// A folder of its own for one test, with the shipped files below it and no boundaries.
fn geo(test: &str) -> PathBuf {
    let geo = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&geo);
    fs::create_dir_all(geo.join("postcodes")).unwrap();
    for entry in fs::read_dir(POSTCODES).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, geo.join("postcodes").join(path.file_name().unwrap())).unwrap();
    }
    geo
}

fn upheld(command: &str, geo: &Path, arguments: &[&str]) -> Output {
    let mut upheld = Command::new(env!("CARGO_BIN_EXE_upheld"));
    upheld.args([command, "--data", DATA, "--geo", geo.to_str().unwrap()]).args(arguments).output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn the_shipped_files_are_sound_and_a_look_up_costs_little() {
    let output = upheld("check", &geo("postcodes_shipped"), &["--json"]);
    assert!(output.status.success(), "{}", printed(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let measured = &report["postcodes"];
    assert_eq!((&measured["english"], &measured["files"]), (&2_264_892.into(), &104.into()), "{measured}");
    assert!(measured["mean_brotli"].as_u64().unwrap() <= 15_000, "{measured}");
    assert!(measured["largest_brotli"].as_u64().unwrap() <= 30_000, "{measured}");
}

#[test]
fn each_fault_of_the_files_is_named() {
    let geo = geo("postcodes_seeded");
    let change = |name: &str, before: &str, after: &str| {
        let path = geo.join("postcodes").join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(before), "{name} lacks {before:?}");
        fs::write(path, text.replacen(before, after, 1)).unwrap();
    };
    change("LU.txt", "E06000032", "E06999999");
    change("CB.txt", "E07000008", "E10000003");
    change("WF.txt", " E08000036", " E08000016");
    change("YO.txt", "\nYO ", "\nYO 1");
    fs::write(geo.join("postcodes/ZZ.txt"), "ZZ 0\n").unwrap();
    fs::remove_file(geo.join("postcodes/HX.txt")).unwrap();
    fs::copy(geo.join("postcodes/BL.txt"), geo.join("postcodes/BB.txt")).unwrap();

    let output = upheld("build", &geo, &["--letters", "no-such-folder", "--out", geo.join("site").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!geo.join("site").exists());
    let text = printed(&output);
    for said in [
        "LU.txt: E06999999 is not in the register",
        "CB.txt: E10000003 is a county’s, Cambridgeshire County Council",
        "WF.txt: E08000016, of Barnsley Metropolitan Borough Council, is not a code of today",
        "YO.txt: 135188 English postcodes announced, 35188 found",
        "ZZ.txt: a file of no English postcode area",
        "HX.txt: no such file",
        "BB.txt: it holds the postcodes of BL",
        "no postcode is in Hyndburn Borough Council",
        "make the files again: upheld geography --only postcodes",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn the_site_serves_them_as_they_are_and_drops_those_of_an_earlier_build() {
    let geo = geo("postcodes_built");
    let site = geo.join("site");
    fs::create_dir_all(site.join("postcodes")).unwrap();
    fs::write(site.join("postcodes/ZZ.txt"), "an earlier build's").unwrap();
    let output = upheld("build", &geo, &["--letters", "no-such-folder", "--out", site.to_str().unwrap()]);
    assert!(output.status.success(), "{}", printed(&output));
    assert!(printed(&output).contains("postcodes/ (105 files)"), "{}", printed(&output));
    assert!(!site.join("postcodes/ZZ.txt").exists());
    for name in ["LU.txt", "README.txt"] {
        let served = fs::read_to_string(site.join("postcodes").join(name)).unwrap();
        assert_eq!(served, fs::read_to_string(Path::new(POSTCODES).join(name)).unwrap());
        assert!(served.contains("Royal Mail"), "{name} lacks its attribution");
    }
}
