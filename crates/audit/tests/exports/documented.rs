//! What is read is in the golden exports and in `docs/formats.md`, and what is in these is read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use strongpass_audit::{Export, Format, ReadOptions};
use strongpass_hash::Scheme;

use super::folder;

/// Schemes without a golden export, and why.
const WITHOUT_EXPORT: &[(Scheme, &str)] = &[(
    Scheme::ColumnMd5,
    "it is read only where someone says --as md5: the test of salts in a column does",
)];

fn document() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats.md");
    fs::read_to_string(path).unwrap()
}

/// The golden accounts of what the exports are read as.
fn goldens() -> Vec<String> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let goldens = files.filter(|path| path.extension().is_some_and(|ending| ending == "read"));
    goldens.map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn every_format_is_in_a_golden_export() {
    let goldens = goldens();
    let firsts = goldens.iter().filter_map(|golden| golden.lines().next());
    let seen: BTreeSet<&str> = firsts.flat_map(|first| first.split(", ")).collect();
    for format in Format::ALL {
        assert!(seen.contains(format.id()), "{}", format.id());
    }
}

#[test]
fn every_scheme_is_in_a_golden_export() {
    let goldens = goldens();
    let loaded = goldens.iter().filter_map(|golden| golden.split("\nskipped\n").next());
    // `  21 kharper: ssha, no cost parameter "Kate Harper"`
    let rest = loaded.flat_map(str::lines).filter_map(|line| line.split_once(": "));
    let seen: BTreeSet<&str> = rest.filter_map(|(_, rest)| rest.split([',', ' ']).next()).collect();
    for scheme in Scheme::ALL {
        let is_without = WITHOUT_EXPORT.iter().any(|(without, _)| without == scheme);
        assert_ne!(seen.contains(scheme.id()), is_without, "{}", scheme.id());
    }
}

#[test]
fn the_document_has_a_row_for_each_format() {
    let document = document();
    let table = document.split("| format | from | recognised by |").nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    // `| pwdump | [a domain](#…) | … |`
    let rows: Vec<&str> = rows.map(|row| row.split('|').nth(1).unwrap().trim()).collect();
    let named: Vec<&str> =
        rows.iter().map(|cell| cell.trim_start_matches('[').split(']').next().unwrap()).collect();
    let ids: Vec<&str> = Format::ALL.iter().map(|format| format.id()).collect();
    assert_eq!(named, ids);
}

/// Every block that shows lines of an export can be taken out of the document and audited.
#[test]
fn the_samples_of_the_document_are_read() {
    let document = document();
    let mut seen = BTreeSet::new();
    let mut blocks = 0;
    // Between two fences stands a block, then text, and so on.
    for block in document.split("\n```").skip(1).step_by(2) {
        let (language, sample) = block.split_once('\n').unwrap();
        // What is typed, and the file of people, which is not an export.
        if !language.is_empty() || sample.starts_with("person,account,") {
            continue;
        }
        blocks += 1;
        let bytes = format!("{sample}\n").into_bytes();
        let export = Export::read("system", "sample", bytes, &ReadOptions::default());
        assert!(!export.credentials.is_empty(), "nothing is read of\n{sample}");
        for skipped in &export.skipped {
            let (_, line) = (1..).zip(sample.lines()).find(|(at, _)| *at == skipped.line).unwrap();
            let is_read = skipped.why.id() != "unrecognised" && skipped.why.id() != "malformed";
            assert!(is_read, "{}: {line}", skipped.why);
        }
        seen.extend(export.formats.iter().map(|format| format.id()));
    }
    assert!(blocks > 10, "{blocks}");
    for format in Format::ALL {
        assert!(seen.contains(format.id()), "no sample of {}", format.id());
    }
}
