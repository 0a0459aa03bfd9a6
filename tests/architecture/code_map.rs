//! The code map of ARCHITECTURE.md names every crate and its modules, and nothing else.

use std::collections::BTreeSet;

use super::{crates, modules, read, root};

/// No longer, so that it is read whole.
const MOST_LINES: usize = 150;

fn architecture() -> String {
    read(&root().join("ARCHITECTURE.md"))
}

/// What stands in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The files and folders that the rows behind a crate's own name in their first cell, as far as the
/// rows begin with `…`; `None` if the crate has no row.
fn mapped<'t>(map: &'t str, folder: &str) -> Option<Vec<&'t str>> {
    let mut rows = map.lines().skip_while(|line| !line.starts_with(&format!("| `{folder}` |")));
    rows.next()?;
    let cells = rows.map_while(|row| row.strip_prefix("| … "));
    Some(cells.flat_map(|row| quoted(row.split(" | ").next().unwrap_or_default())).collect())
}

fn module(file: &str) -> String {
    file.trim_end_matches('/').trim_end_matches(".rs").to_owned()
}

/// What the map and the root of a crate do not agree about.
fn disagreements(map: &str, folder: &str, modules: &BTreeSet<String>) -> Vec<String> {
    let Some(files) = mapped(map, folder) else {
        return vec![format!("{folder} has no row")];
    };
    let named: BTreeSet<String> = files.into_iter().map(module).collect();
    let missing = modules.difference(&named).map(|name| format!("{folder}: {name} has no row"));
    let invented = named.difference(modules).map(|name| format!("{folder}: there is no {name}"));
    missing.chain(invented).collect()
}

#[test]
fn the_code_map_is_that_of_the_code() {
    let map = architecture();
    let mut faults = Vec::new();
    for (folder, _) in crates().into_iter().filter(|(folder, _)| !folder.is_empty()) {
        faults.extend(disagreements(&map, &folder, &modules(&folder)));
        for file in mapped(&map, &folder).unwrap_or_default() {
            if !root().join(&folder).join("src").join(file).exists() {
                faults.push(format!("{folder}: there is no src/{file}"));
            }
        }
    }
    // And no row is of a crate that is gone.
    let rows = map.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    for folder in rows.filter(|folder| folder.starts_with("crates/")) {
        if !root().join(folder).join("Cargo.toml").exists() {
            faults.push(format!("there is no crate {folder}"));
        }
    }
    assert!(faults.is_empty(), "the code map of ARCHITECTURE.md:\n{}", faults.join("\n"));
    let lines = map.lines().count();
    assert!(lines <= MOST_LINES, "ARCHITECTURE.md has {lines} lines; {MOST_LINES} are the most");
}

/// The command has a file for each subcommand, which its row need not name; it names all others.
#[test]
fn the_row_of_the_command_names_what_is_no_subcommand() {
    let map = architecture();
    let row = map.lines().find(|line| line.starts_with("| `src` |")).expect("src has a row");
    let files = quoted(row).filter(|name| module(name) != *name);
    let named: BTreeSet<String> = files.map(module).collect();

    let cli = read(&root().join("src/cli.rs"));
    let (_, variants) = cli.split_once("enum Command {").expect("src/cli.rs has the subcommands");
    let variants = variants.split("\n}").next().unwrap_or_default().lines().filter_map(|line| {
        let (name, _) = line.strip_prefix("    ")?.split_once('(')?;
        name.chars().all(char::is_alphanumeric).then(|| snake_case(name))
    });
    let subcommands: BTreeSet<String> = variants.collect();
    assert!(subcommands.contains("check") && subcommands.contains("new_accounts"));
    let others: BTreeSet<String> = modules("").difference(&subcommands).cloned().collect();
    assert_eq!(named, others, "the row of `src` in the code map (left) and src/main.rs (right)");
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (at, c) in name.char_indices() {
        if c.is_uppercase() && at > 0 {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

#[test]
fn a_removed_row_and_an_invented_one_are_found() {
    let modules: BTreeSet<String> = ["policy", "words"].map(str::to_owned).into();
    let check = |map: &str, expected: &[&str]| {
        assert_eq!(disagreements(map, "crates/kite", &modules), expected, "{map}");
    };
    let head = "| `crates/kites` | others |\n| … `string.rs` | of others |\n";
    let (own, next) = ("| `crates/kite` | **The kite**: `tail` |\n", "| `pam` | a door |\n");
    check(&format!("{head}{own}| … `policy.rs`, `words/` | `tail.rs` |\n{next}"), &[]);
    check(&format!("{head}{own}| … `policy.rs` | a |\n| … `words/` | b |\n{next}"), &[]);
    let one = "crates/kite: words has no row";
    check(&format!("{head}{own}| … `policy.rs` | `words/` |\n{next}"), &[one]);
    let two = "crates/kite: there is no tail";
    check(&format!("{head}{own}| … `policy.rs`, `tail.rs`, `words/` | a |\n{next}"), &[two]);
    check(&format!("{head}{own}| … `policy.rs`, `tail.rs` | a |\n{next}"), &[one, two]);
    check(&format!("{head}{next}"), &["crates/kite has no row"]);
}
