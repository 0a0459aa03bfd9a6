//! Modules of this crate do not use each other in a circle, by what their `use` lines say.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]
#![expect(clippy::disallowed_methods, reason = "this test reads the sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

type Uses = BTreeMap<String, BTreeSet<String>>;

/// The text of each module, by its path: `crate`, `crate::lanes`, `crate::lanes::md4`.
fn modules(folder: &Path, name: &str, texts: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            modules(&path, &format!("{name}::{stem}"), texts);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let own = matches!(stem.as_str(), "lib" | "mod");
            let module = if own { name.to_owned() } else { format!("{name}::{stem}") };
            texts.insert(module, fs::read_to_string(&path).unwrap());
        }
    }
}

/// The paths of a `use` tree, with its braces taken apart.
fn paths(tree: &str, before: &str, found: &mut Vec<String>) {
    let Some((head, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default().trim();
        found.push(format!("{before}{path}"));
        return;
    };
    let (before, inner) = (format!("{before}{}", head.trim()), rest.rsplit_once('}').unwrap().0);
    let (mut depth, mut start) = (0, 0);
    for (at, character) in inner.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                paths(&inner[start..at], &before, found);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !inner[start..].trim().is_empty() {
        paths(&inner[start..], &before, found);
    }
}

/// What each module uses of this crate; its tests do not count.
fn uses(texts: &BTreeMap<String, String>) -> Uses {
    let mut uses = Uses::new();
    for (module, text) in texts {
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let own = uses.entry(module.clone()).or_default();
        // What is indented is in a module of its own within the file.
        let statements = text.split('\n').enumerate().filter(|(_, line)| {
            ["use ", "pub use ", "pub(crate) use ", "pub(super) use "]
                .iter()
                .any(|start| line.trim_start().starts_with(start))
        });
        let lines: Vec<&str> = text.split('\n').collect();
        for (at, line) in statements {
            let whole = lines[at..].join(" ");
            let statement = whole.split(';').next().unwrap();
            let inner = line.starts_with(' ');
            let mut found = Vec::new();
            paths(statement.split_once("use ").unwrap().1, "", &mut found);
            for path in found {
                let parent = module.rsplit_once("::").map_or("crate", |(parent, _)| parent);
                let path = match path.split_once("::") {
                    Some(("super", _)) if inner => continue,
                    Some(("super", rest)) => format!("{parent}::{rest}"),
                    Some(("self", rest)) => format!("{module}::{rest}"),
                    Some(("crate", _)) => path,
                    // `pub use lanes::…` in `lib.rs`, or another crate.
                    _ => format!("{module}::{path}"),
                };
                let mut path = path.as_str();
                while !texts.contains_key(path) {
                    let Some((shorter, _)) = path.rsplit_once("::") else { break };
                    path = shorter;
                }
                if path != module && texts.contains_key(path) {
                    own.insert(path.to_owned());
                }
            }
        }
    }
    uses
}

/// A module that uses itself by way of others, with the others.
fn circle(uses: &Uses) -> Option<Vec<String>> {
    for module in uses.keys() {
        let mut ways = vec![vec![module.clone()]];
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop() {
            for next in uses.get(way.last().unwrap()).into_iter().flatten() {
                let way = [way.clone(), vec![next.clone()]].concat();
                if next == module {
                    return Some(way);
                }
                if seen.insert(next.clone()) {
                    ways.push(way);
                }
            }
        }
    }
    None
}

fn texts() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    modules(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "crate", &mut texts);
    texts
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let uses = uses(&texts());
    assert!(uses.values().map(BTreeSet::len).sum::<usize>() > 100, "{uses:?}");
    assert_eq!(circle(&uses), None);
}

#[test]
fn no_folders_use_each_other_in_a_circle() {
    let top = |module: &String| module.split("::").take(2).collect::<Vec<_>>().join("::");
    let mut folders = Uses::new();
    for (module, used) in &uses(&texts()) {
        let used = used.iter().map(top).filter(|used| *used != top(module));
        folders.entry(top(module)).or_default().extend(used);
    }
    folders.remove("crate");
    assert!(folders.len() <= 9, "{:?}", folders.keys());
    assert_eq!(circle(&folders), None);
}

#[test]
fn a_circle_would_be_seen() {
    let text = |text: &str| text.to_owned();
    let mut texts = BTreeMap::from([
        (text("crate"), text("pub use a::A;")),
        (text("crate::a"), text("use crate::b::{c::C, D as E};")),
        (text("crate::b"), text("mod c;")),
        (text("crate::b::c"), text("use std::fmt;\n#[cfg(test)]\nmod tests { use crate::a::A; }")),
    ]);
    assert_eq!(circle(&uses(&texts)), None);
    texts.insert(text("crate::b::c"), text("use crate::{\n    a::A,\n};"));
    assert!(circle(&uses(&texts)).is_some());
    texts.insert(text("crate::b::c"), text("use super::D;"));
    texts.insert(text("crate::b"), text("use c::C;"));
    assert!(circle(&uses(&texts)).is_some_and(|way| way.len() == 3));
}
