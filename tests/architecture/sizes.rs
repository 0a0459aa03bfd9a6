//! How large a file, a crate and the command may grow.

use super::{crates, modules, sources};

const MOST_LINES: usize = 450;
/// Half of all files have no more lines than this.
const MOST_MEDIAN: usize = 150;
/// Modules that the root of a crate declares.
const MOST_MODULES: usize = 9;
/// The command is flags, files and presentation; what judges is for every door, and so in a crate.
const MOST_OF_COMMAND: usize = 6_500;

#[test]
fn files_can_be_held_in_the_head() {
    let mut lengths = Vec::new();
    for (path, text) in sources() {
        let lines = text.lines().count();
        let path = path.display();
        assert!(lines <= MOST_LINES, "{path} has {lines} lines; {MOST_LINES} are the most");
        lengths.push(lines);
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(
        median <= MOST_MEDIAN,
        "half of all files have {median} lines or more, {MOST_MEDIAN} are the most"
    );
}

/// The command is apart: it has a file for each subcommand.
#[test]
fn crates_have_few_modules_at_the_top() {
    for (folder, _) in crates().into_iter().filter(|(folder, _)| !folder.is_empty()) {
        let modules = modules(&folder);
        let count = modules.len();
        assert!(
            count <= MOST_MODULES,
            "{folder} has {count} modules at the top, {MOST_MODULES} are the most; put those that \
             belong together into a folder: {modules:?}"
        );
    }
}

#[test]
fn the_command_stays_small() {
    let of_command = sources().filter(|(path, _)| path.starts_with("src"));
    let lines: usize = of_command.map(|(_, text)| text.lines().count()).sum();
    assert!(lines > 0, "there is no source of the command");
    assert!(
        lines <= MOST_OF_COMMAND,
        "src has {lines} lines, {MOST_OF_COMMAND} are the most; what another door would want \
         belongs in a crate"
    );
}
