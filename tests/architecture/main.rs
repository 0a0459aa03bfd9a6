//! The house rules that no compiler checks: who may depend on whom, how large a file may grow,
//! where `unsafe` may be, what ARCHITECTURE.md says, and that every word list has its certificate.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

mod code_map;
mod lists;
mod sizes;

/// Our crates by folder, and which of the others each may name. A new edge is the rarest kind of
/// change: it is decided in ARCHITECTURE.md and then written here.
const EDGES: [(&str, &[&str]); 17] = [
    ("crates/age", &[]),
    ("crates/policy", &[]),
    ("crates/hash", &[]),
    ("crates/trusted", &[]),
    ("wordlists", &["strongpass-policy"]),
    ("crates/history", &["strongpass-gate", "strongpass-policy", "strongpass-trusted"]),
    ("crates/breached", &[]),
    ("crates/tables", &[]),
    ("crates/report", &["strongpass-policy"]),
    (
        "crates/registers",
        &["strongpass-policy", "strongpass-report", "strongpass-tables", "strongpass-wordlists"],
    ),
    (
        "crates/audit",
        &[
            "strongpass-policy",
            "strongpass-hash",
            "strongpass-breached",
            "strongpass-report",
            "strongpass-tables",
            // Its tests guess with the words that the command guesses with.
            "strongpass-wordlists",
        ],
    ),
    (
        "crates/gate",
        &["strongpass-breached", "strongpass-policy", "strongpass-trusted", "strongpass-wordlists"],
    ),
    ("crates/pam-stack", &["strongpass-policy"]),
    ("crates/terminal", &["strongpass-policy", "strongpass-report"]),
    (
        "crates/doctor",
        &[
            "strongpass-gate",
            "strongpass-history",
            "strongpass-pam-stack",
            "strongpass-policy",
            "strongpass-trusted",
            "strongpass-wordlists",
        ],
    ),
    (
        "pam",
        &["strongpass-gate", "strongpass-pam-stack", "strongpass-policy", "strongpass-history"],
    ),
    (
        "",
        &[
            "strongpass-age",
            "strongpass-policy",
            "strongpass-wordlists",
            "strongpass-history",
            "strongpass-hash",
            "strongpass-audit",
            "strongpass-breached",
            "strongpass-doctor",
            "strongpass-registers",
            "strongpass-report",
            "strongpass-tables",
            "strongpass-terminal",
            "strongpass-gate",
            // Its tests ask the module; the command cannot, for it would be linked to libpam.
            "pam_strongpass",
        ],
    ),
];

/// All that `policy` may take from outside: it is linked into other people's processes.
const BUDGET_OF_POLICY: [&str; 5] =
    ["fst", "toml", "unicode-normalization", "unicode-properties", "zeroize"];

/// The crates that may lift the ban on `unsafe`.
const MAY_BE_UNSAFE: [&str; 2] = ["crates/hash", "pam"];

/// Names that say nothing about what is inside, and so attract everything.
const ATTICS: [&str; 7] = ["util", "utils", "common", "helper", "helpers", "misc", "types"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files of the repository, without what was built and what is hidden; paths from its root.
fn files() -> Vec<PathBuf> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if name.starts_with('.') || name == "target" {
                continue;
            }
            if path.is_dir() {
                walk(&path, files);
            } else {
                files.push(path.strip_prefix(root()).unwrap().to_owned());
            }
        }
    }
    let mut files = Vec::new();
    walk(root(), &mut files);
    files
}

fn sources() -> impl Iterator<Item = (PathBuf, String)> {
    let is_source = |path: &PathBuf| path.extension().is_some_and(|end| end == "rs");
    files().into_iter().filter(is_source).map(|path| (path.clone(), read(&root().join(path))))
}

/// Every crate of the workspace, as (folder, manifest).
fn crates() -> Vec<(String, String)> {
    let manifests = files().into_iter().filter(|path| path.ends_with("Cargo.toml"));
    let folder = |path: &Path| path.parent().unwrap().to_str().unwrap().replace('\\', "/");
    let crates = manifests.map(|path| (folder(&path), read(&root().join(path))));
    // `fuzz` needs another compiler and is not part of the workspace.
    crates.filter(|(folder, _)| folder != "fuzz").collect()
}

/// The modules that the root of a crate declares, without its tests.
fn modules(folder: &str) -> BTreeSet<String> {
    let src = root().join(folder).join("src");
    let lib = src.join("lib.rs");
    let text = read(&if lib.exists() { lib } else { src.join("main.rs") });
    let declared = text.lines().filter_map(|line| {
        let line = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
    });
    declared.filter(|name| name != "tests").collect()
}

/// A manifest as (section, line), without comments and blank lines.
fn lines(manifest: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    manifest.lines().filter_map(move |line| {
        let line = line.split('#').next().unwrap_or_default().trim();
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = header;
        }
        (!line.is_empty()).then_some((section, line))
    })
}

/// The packages that a manifest names in sections of that kind: `dependencies`,
/// `build-dependencies` or `dev-dependencies`, for all targets or for one.
fn dependencies(manifest: &str, kind: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (section, line) in lines(manifest) {
        let section = match section.split_once(kind) {
            Some((before, rest)) if before.is_empty() || before.starts_with("target.") => rest,
            _ => continue,
        };
        let unquoted = |name: &str| name.trim().trim_matches(['"', '\'']).to_owned();
        if let Some(name) = section.strip_prefix('.') {
            names.insert(unquoted(name));
        } else if !line.starts_with('[') {
            names.insert(unquoted(line.split(['=', '.']).next().unwrap_or_default()));
        }
        // A package under another name.
        if let Some((_, renamed)) = line.split_once("package") {
            names.insert(unquoted(renamed.split(['=', '"']).nth(2).unwrap_or_default()));
        }
    }
    names
}

/// The edges of a crate that the table does not have.
fn bad_edges(folder: &str, manifest: &str) -> Result<(), String> {
    let Some((_, allowed)) = EDGES.iter().find(|(known, _)| *known == folder) else {
        return Err(format!("{folder} is a new crate: write its edges in tests/architecture"));
    };
    let kinds = ["dependencies", "build-dependencies", "dev-dependencies"];
    let named = kinds.iter().flat_map(|kind| dependencies(manifest, kind));
    let ours = named.filter(|name| name.contains("strongpass"));
    let bad: BTreeSet<String> = ours.filter(|name| !allowed.contains(&name.as_str())).collect();
    if bad.is_empty() {
        return Ok(());
    }
    Err(format!("{} may not depend on {bad:?}", Path::new(folder).join("Cargo.toml").display()))
}

#[test]
fn crates_depend_on_one_another_as_designed() {
    let crates = crates();
    for folder in ["", "crates/policy", "wordlists"] {
        assert!(crates.iter().any(|(known, _)| known == folder), "no crate in `{folder}`");
    }
    for (folder, manifest) in crates {
        if let Err(edge) = bad_edges(&folder, &manifest) {
            panic!("{edge}");
        }
    }
}

#[test]
fn a_bad_edge_is_found() {
    let refused = |folder, manifest| bad_edges(folder, manifest).unwrap_err();
    let message = refused("crates/hash", "[dependencies]\nstrongpass-audit.workspace = true\n");
    assert_eq!(message, "crates/hash/Cargo.toml may not depend on {\"strongpass-audit\"}");

    for manifest in [
        "[dependencies]\nstrongpass-hash = { path = \"../hash\" }",
        "[dependencies]\nrayon = \"1\"\n\n\"strongpass-hash\" = \"1\"",
        "[dependencies.strongpass-hash]\nworkspace = true",
        "[build-dependencies]\nstrongpass-hash.workspace = true",
        "[dev-dependencies]\nstrongpass-hash.workspace = true",
        "[target.'cfg(unix)'.dependencies]\nstrongpass-hash.workspace = true",
        "[dependencies]\nkernels = { package = \"strongpass-hash\", path = \"../hash\" }",
        "[dependencies.kernels]\npackage = \"strongpass-hash\"",
    ] {
        assert!(refused("crates/policy", manifest).contains("strongpass-hash"), "{manifest}");
        assert_eq!(bad_edges("crates/audit", manifest), Ok(()), "{manifest}");
    }
    assert!(refused("", "[dependencies]\nstrongpass-pam = { path = \"pam\" }").contains("pam"));
    assert!(refused("crates/attic", "").contains("new crate"));

    let no_edges = "[workspace.dependencies]\nstrongpass-hash = { path = \"crates/hash\" }\n\
                    [dependencies]\n# strongpass-hash.workspace = true\nfst = \"0.4\"\n";
    assert_eq!(bad_edges("crates/policy", no_edges), Ok(()));
}

#[test]
fn policy_keeps_its_budget() {
    let manifest = read(&root().join("crates/policy/Cargo.toml"));
    let outside: Vec<String> = dependencies(&manifest, "dependencies").into_iter().collect();
    assert_eq!(outside, BUDGET_OF_POLICY);
    assert_eq!(dependencies(&manifest, "build-dependencies"), BTreeSet::new());
}

#[test]
fn unsafe_code_is_forbidden() {
    for (folder, _) in crates() {
        if MAY_BE_UNSAFE.contains(&folder.as_str()) {
            continue;
        }
        let src = root().join(&folder).join("src");
        let roots = ["lib.rs", "main.rs"].map(|name| src.join(name));
        let roots: Vec<_> = roots.iter().filter(|path| path.exists()).collect();
        assert!(!roots.is_empty(), "{} has neither lib.rs nor main.rs", src.display());
        for path in roots {
            let forbids = read(path).lines().any(|line| line == "#![forbid(unsafe_code)]");
            assert!(forbids, "{} lacks #![forbid(unsafe_code)]", path.display());
        }
    }
}

/// There that is in few places; the compiler denies it elsewhere, unless someone lifts the ban.
#[test]
fn unsafe_code_is_in_its_fenced_places_only() {
    const FENCED: [&str; 3] = ["crates/hash/src/arch", "pam/src/bindings.rs", "pam/src/libpam.rs"];
    let lifts = |line: &str| line.contains("unsafe_code") && !line.contains("forbid(unsafe_code)");
    let lifts = |text: &str| text.lines().any(lifts);
    let may_lift = |path: &PathBuf| MAY_BE_UNSAFE.iter().any(|folder| path.starts_with(folder));
    let lifted = sources().filter(|(_, text)| lifts(text)).map(|(path, _)| path);
    // What plays libpam's other side in tests is not part of the module.
    let lifted: Vec<_> =
        lifted.filter(|path| may_lift(path) && !path.starts_with("pam/tests")).collect();
    for place in FENCED {
        assert!(lifted.iter().any(|path| path.starts_with(place)), "{place} lifts no ban");
    }
    for path in lifted {
        let is_fenced = FENCED.iter().any(|place| path.starts_with(place));
        assert!(is_fenced, "{}", path.display());
    }
}

/// An exit code is that of the verdict whatever becomes of the output, and what shows nothing is
/// escaped in every JSON: each has one place.
#[test]
fn answers_go_one_way() {
    for (place, words) in [
        ("src/output.rs", &["io::stdout()", "anstream::stdout()"][..]),
        (
            "crates/report/src/json.rs",
            &["serde_json::to_writer", "serde_json::to_vec", "to_string_pretty"],
        ),
    ] {
        for (path, text) in sources().filter(|(path, _)| path.starts_with("src")) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let names = words.iter().any(|word| code.contains(word));
            assert!(!names || path == Path::new(place), "{}: see {place}", path.display());
        }
    }
}

#[test]
fn there_is_no_attic() {
    for (path, text) in sources() {
        let names = path.components().filter_map(|part| Path::new(part.as_os_str()).file_stem());
        for name in names.filter_map(|name| name.to_str()) {
            assert!(!ATTICS.contains(&name), "{}: `{name}` says nothing", path.display());
        }
        for line in text.lines() {
            let module = line.trim().trim_start_matches("pub ").strip_prefix("mod ");
            let name = module.unwrap_or_default().trim_end_matches([';', ' ', '{']);
            assert!(!ATTICS.contains(&name), "{}: `{line}` says nothing", path.display());
        }
    }
}

#[test]
fn no_test_is_ignored() {
    for (path, text) in sources() {
        for line in text.lines().map(str::trim) {
            let ignored = line.starts_with("#[ignore")
                || line.starts_with("#[cfg_attr(") && line.contains(", ignore");
            assert!(!ignored, "{}: {line}", path.display());
        }
    }
}

/// It would defeat `catch_unwind`, which keeps a panic of ours out of other people's processes.
#[test]
fn a_panic_unwinds() {
    let settings = [".cargo/config.toml", ".cargo/config"].map(|path| root().join(path));
    let settings = settings.iter().filter(|path| path.exists()).map(|path| read(path));
    for text in crates().into_iter().map(|(_, manifest)| manifest).chain(settings) {
        for (section, line) in lines(&text) {
            assert!(!(line.contains("panic") && line.contains("abort")), "[{section}] {line}");
        }
    }
}

/// Cargo unifies features: with one on a shared crate, a build of the whole workspace would put
/// the command's variant of it into the PAM module.
#[test]
fn libraries_have_no_features() {
    for (folder, manifest) in crates().into_iter().filter(|(folder, _)| !folder.is_empty()) {
        let section = lines(&manifest).find(|(section, _)| section.starts_with("features"));
        assert_eq!(section, None, "{folder}/Cargo.toml");
    }
}
