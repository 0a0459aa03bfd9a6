//! Modules inside a crate use one another in one direction only: who reads a file never has to read
//! it again because of what it uses.

#![expect(clippy::string_slice, clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

/// The crates, and how many modules of each are still in a circle: files, and the folders that the
/// root declares. A number may only become smaller.
const IN_CIRCLES: [(&str, usize); 17] = [
    ("", 0),
    ("crates/age", 0),
    ("crates/audit", 0),
    ("crates/breached", 0),
    ("crates/doctor", 0),
    ("crates/gate", 0),
    ("crates/hash", 0),
    ("crates/history", 0),
    ("crates/pam-stack", 0),
    ("crates/policy", 0),
    ("crates/registers", 0),
    ("crates/report", 0),
    ("crates/tables", 0),
    ("crates/terminal", 0),
    ("crates/trusted", 0),
    ("pam", 0),
    ("wordlists", 0),
];

/// A crate's modules by their paths (`rules::parse`; the root is the empty path).
struct Modules {
    sources: BTreeMap<String, String>,
}

impl Modules {
    fn read(folder: &Path) -> Self {
        let mut sources = BTreeMap::new();
        read_into(&folder.join("src"), "", &mut sources);
        Self { sources }
    }

    /// What each module uses, but for what it only passes on (`pub use`).
    fn uses(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let each = self.sources.iter().map(|(module, source)| {
            let used = paths(source).into_iter().filter(|path| !path.is_reexport);
            let used = used.filter_map(|path| self.resolve(module, &path.segments, 0));
            (module.as_str(), used.filter(|used| used != module).collect())
        });
        each.collect()
    }

    /// The module that declares what a path names, as seen from another module; `None` for what is
    /// outside the crate.
    fn resolve(&self, from: &str, path: &[String], depth: usize) -> Option<String> {
        let (first, rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => String::new(),
            "self" => from.to_owned(),
            "super" => parent(from)?.to_owned(),
            child => Some(join(from, child)).filter(|path| self.sources.contains_key(path))?,
        };
        let mut rest = rest;
        while let Some((next, after)) = rest.split_first() {
            if next == "super" {
                at = parent(&at).map(str::to_owned)?;
            } else if self.sources.contains_key(&join(&at, next)) {
                at = join(&at, next);
            } else {
                // Passed on from elsewhere?
                let source = self.sources.get(&at)?;
                let passed = paths(source)
                    .into_iter()
                    .find(|path| path.is_reexport && (path.name == *next || path.name == "*"));
                return match passed.filter(|_| depth < 8) {
                    Some(path) => self.resolve(&at, &path.segments, depth + 1).or(Some(at)),
                    None => Some(at),
                };
            }
            rest = after;
        }
        Some(at)
    }
}

fn read_into(folder: &Path, module: &str, sources: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            read_into(&path, &join(module, &name), sources);
        } else if path.extension().is_some_and(|end| end == "rs") && name != "tests" {
            let is_root = matches!(name.as_str(), "lib" | "main" | "mod");
            let module = if is_root { module.to_owned() } else { join(module, &name) };
            let source = fs::read_to_string(&path).unwrap();
            sources.entry(module).or_default().push_str(&without_tests(&source));
        }
    }
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

fn parent(module: &str) -> Option<&str> {
    (!module.is_empty()).then(|| module.rsplit_once("::").map_or("", |(parent, _)| parent))
}

/// The source without comments, literals of text and what is only compiled for tests.
fn without_tests(source: &str) -> String {
    let code = source.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A path in a source: `crate::…`, `super::…`, `self::…` or one that begins with a child.
#[derive(Debug)]
struct UsedPath {
    segments: Vec<String>,
    /// What it is called where it is used.
    name: String,
    is_reexport: bool,
}

/// All paths of a source: in `use` declarations, one for each name, and in the code.
fn paths(source: &str) -> Vec<UsedPath> {
    let mut paths = Vec::new();
    let mut code = String::new();
    for statement in source.split_inclusive(';') {
        let declared =
            ["use ", "pub use ", "pub(crate) use ", "pub(super) use "].iter().find_map(|keyword| {
                let at = statement.find(&format!("\n{keyword}"))?;
                Some((at, keyword))
            });
        match declared {
            Some((at, keyword)) => {
                code.push_str(&statement[..at]);
                let tree = statement[at + 1 + keyword.len()..].trim_end_matches(';');
                let is_reexport = *keyword != "use ";
                leaves(tree, &[], is_reexport, &mut paths);
            }
            None => code.push_str(statement),
        }
    }
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    for word in code.split(|c: char| !is_path(c)).filter(|word| word.contains("::")) {
        let segments: Vec<String> = word.split("::").map(str::to_owned).collect();
        if segments.iter().all(|segment| !segment.is_empty()) {
            let name = segments.last().cloned().unwrap_or_default();
            paths.push(UsedPath { segments, name, is_reexport: false });
        }
    }
    paths
}

/// The paths of a `use` tree: `a::{b, c::d as e}` is `a::b` and `a::c::d`.
fn leaves(tree: &str, before: &[String], is_reexport: bool, paths: &mut Vec<UsedPath>) {
    let tree = tree.trim();
    let (prefix, group) = match tree.split_once('{') {
        Some((prefix, group)) => (prefix, Some(group.trim_end().trim_end_matches('}'))),
        None => (tree, None),
    };
    let (prefix, alias) = match prefix.split_once(" as ") {
        Some((path, alias)) => (path, Some(alias.trim())),
        None => (prefix, None),
    };
    let mut segments = before.to_vec();
    segments.extend(prefix.split("::").map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned));
    let Some(group) = group else {
        let last = segments.last().cloned().unwrap_or_default();
        if last == "self" {
            segments.pop();
        }
        let name = alias.map_or(last, str::to_owned);
        return paths.push(UsedPath { segments, name, is_reexport });
    };
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in group.char_indices().chain([(group.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                if !group[start..at].trim().is_empty() {
                    leaves(&group[start..at], &segments, is_reexport, paths);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// The modules that can be reached again from themselves.
fn in_circles<'m>(uses: &BTreeMap<&'m str, BTreeSet<String>>) -> Vec<&'m str> {
    let returns = |start: &&&str| {
        let mut open: Vec<&str> = vec![start];
        let mut seen = BTreeSet::new();
        while let Some(module) = open.pop() {
            for next in uses.get(module).into_iter().flatten() {
                if next == **start {
                    return true;
                }
                if seen.insert(next.as_str()) {
                    open.push(next);
                }
            }
        }
        false
    };
    uses.keys().filter(returns).copied().collect()
}

/// The same between the modules that `lib.rs` or `main.rs` declares, whatever is in them.
fn top_level(uses: &BTreeMap<&str, BTreeSet<String>>) -> BTreeMap<&'static str, BTreeSet<String>> {
    let top = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    let mut tops: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for (module, used) in uses {
        let from = top(module);
        let others = used.iter().map(|used| top(used)).filter(|other| *other != from);
        let others: Vec<String> = others.filter(|other| !other.is_empty()).collect();
        if !from.is_empty() {
            tops.entry(from.leak()).or_default().extend(others);
        }
    }
    tops
}

fn found_in(folder: &str) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let modules = Modules::read(&root.join(folder));
    let uses = modules.uses();
    let tops = top_level(&uses);
    let files = in_circles(&uses).into_iter().map(|module| match module {
        "" => "(root)".to_owned(),
        module => module.to_owned(),
    });
    files.chain(in_circles(&tops).into_iter().map(|top| format!("{top}/"))).collect()
}

#[test]
fn no_module_is_used_by_what_it_uses() {
    let mut faults = Vec::new();
    for (folder, allowed) in IN_CIRCLES {
        let found = found_in(folder);
        let crate_name = if folder.is_empty() { "src" } else { folder };
        if found.len() > allowed {
            faults.push(format!(
                "{crate_name}: {} modules are in circles, {allowed} may be: {found:?}",
                found.len()
            ));
        } else if found.len() < allowed {
            let left = found.len();
            faults.push(format!("{crate_name}: {left} modules are left in circles; write {left}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_crate_is_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    for entry in fs::read_dir(folder).unwrap() {
        let name = format!("crates/{}", entry.unwrap().file_name().to_str().unwrap());
        assert!(IN_CIRCLES.iter().any(|(known, _)| *known == name), "{name} is not in the table");
    }
}

/// Which of some modules are in circles.
#[track_caller]
fn check(sources: &[(&str, &str)], expected: &[&str]) {
    let sources = sources
        .iter()
        .map(|(module, source)| ((*module).into(), without_tests(&format!("\n{source}"))));
    let modules = Modules { sources: sources.collect() };
    assert_eq!(in_circles(&modules.uses()), expected);
}

#[test]
fn circles_are_found_however_they_are_written() {
    let root = ("", "mod a;\nmod b;\nmod c;");
    for a in [
        "use crate::b::B;",
        "use super::b::{B, C};",
        "use std::fmt;\nuse crate::{\n    b::{B as Other},\n};",
        "#[derive(Debug)]\nstruct A(crate::b::B);",
        "fn a() -> super::b::B { super::b::new() }",
        "use super::b;",
    ] {
        check(&[root, ("a", a), ("b", "use crate::a::A;")], &["a", "b"]);
        check(
            &[root, ("a", a), ("b", "use crate::c::C;"), ("c", "use crate::a;")],
            &["a", "b", "c"],
        );
        check(&[root, ("a", a), ("b", "// use crate::a::A;\nuse std::a::A;")], &[]);
    }
}

#[test]
fn what_is_passed_on_is_where_it_is_declared() {
    let passing = ("a", "mod x;\nmod y;\npub(crate) use x::X;\npub use y::*;");
    check(&[passing, ("a::x", "use super::Y;"), ("a::y", "struct Y;")], &[]);
    check(&[passing, ("a::x", "use super::Y;"), ("a::y", "use super::X;")], &["a::x", "a::y"]);
    // What a module uses itself, and does not only pass on, is above it.
    let using = ("a", "mod x;\nuse x::X;\nconst MOST: usize = 1;");
    check(&[using, ("a::x", "use super::MOST;")], &["a", "a::x"]);
}
