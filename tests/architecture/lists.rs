//! Every word list has a certificate: where it came from, and what it is.

use std::path::Path;

use super::{read, root};

/// A row of the table in wordlists/SOURCES.md.
struct Certificate {
    file: String,
    tag: String,
    entries: usize,
    bytes: usize,
}

fn certificates() -> Vec<Certificate> {
    let text = read(&root().join("wordlists/SOURCES.md"));
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [file, tag, entries, bytes, sha256] = cells.as_slice() else { return None };
        let file = file.trim_matches('`');
        let is_digest =
            |text: &str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let number = |text: &str| text.replace(',', "").parse().ok();
        Path::new(file).extension()?.eq("txt").then(|| {
            assert!(is_digest(sha256.trim_matches('`')), "{file}: `{sha256}` is no sha256");
            Certificate {
                file: file.to_owned(),
                tag: (*tag).to_owned(),
                entries: number(entries).unwrap_or_else(|| panic!("{file}: `{entries}`")),
                bytes: number(bytes).unwrap_or_else(|| panic!("{file}: `{bytes}`")),
            }
        })
    });
    rows.collect()
}

/// The lists that the build compiles, as (file, tag).
fn compiled_lists() -> Vec<(String, String)> {
    let build = read(&root().join("wordlists/build.rs"));
    let list = |line: &str| {
        let (file, tag) = line.trim().strip_prefix("(\"")?.split_once("\", List::")?;
        Some((file.to_owned(), tag.trim_end_matches([')', ',']).to_lowercase()))
    };
    build.lines().filter_map(list).collect()
}

#[test]
fn every_compiled_list_has_a_certificate() {
    let (lists, certificates) = (compiled_lists(), certificates());
    let named = read(&root().join("wordlists/build.rs")).matches(".txt\"").count();
    assert_eq!(lists.len(), named, "not every list of wordlists/build.rs was understood");
    assert!(!lists.is_empty());
    for (file, tag) in lists {
        let certificate = certificates.iter().find(|certificate| certificate.file == file);
        let tags = certificate.map(|certificate| certificate.tag.as_str());
        assert_eq!(tags, Some(tag.as_str()), "{file} in wordlists/SOURCES.md");
    }
}

#[test]
fn lists_are_as_certified_sorted_and_without_duplicates() {
    for Certificate { file, entries, bytes, .. } in certificates() {
        let text = read(&root().join("wordlists").join(&file));
        assert_eq!((text.lines().count(), text.len()), (entries, bytes), "{file}: entries, bytes");
        assert!(text.ends_with('\n') && !text.contains('\r'), "{file}: line ends");
        let entry = |line: &'_ str| line.split('\t').next().unwrap_or_default().to_owned();
        let all: Vec<String> = text.lines().map(entry).collect();
        for pair in all.windows(2) {
            assert!(pair[0] < pair[1], "{file}: `{}` is before `{}`", pair[0], pair[1]);
        }
    }
}
