//! The history, and what is left of one.

use std::path::Path;

use strongpass_gate::Trust;
use strongpass_history::{Config, ConfiguredHistory, History};

use crate::finding::Finding;
use crate::owners::{Links, only_administrators_write};

/// The history, if there is one: a machine without one is in order, too.
pub(crate) fn findings(file: Option<&Path>) -> Vec<Finding> {
    let what = "the history is configured";
    let memory = match ConfiguredHistory::find(file, Trust::of_process()) {
        Ok(Some(memory)) => memory,
        Ok(None) => return vec![no_history(&Config::default())],
        Err(error) => return vec![Finding::failed("history", what, error)],
    };
    let mut findings = vec![
        Finding::good("history", what),
        only_administrators_write(&memory.file, Links::Refused),
    ];
    findings.extend(store(&memory.config));
    findings
}

/// Nobody configured one: then there is nothing of one either, or its configuration was lost.
fn no_history(usual: &Config) -> Finding {
    for path in [&usual.store, &usual.keys] {
        // Also what this user may not look at is there.
        let is_absent = std::fs::symlink_metadata(path)
            .is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
        if !is_absent {
            let what = "the history is configured";
            let (path, file) = (path.display(), ConfiguredHistory::OF_MACHINE);
            let why = format!(
                "There is {path}, and no {file}: \"only used on one system\" is not checked."
            );
            let remedy = format!(
                "Restore {file}; if no history is wanted, move {path} away. See strongpass history \
                 --help"
            );
            return Finding::bad("history", what, why, remedy);
        }
    }
    let what = "there is no history (\"only used on one system\" is not checked)";
    Finding::good("history", what)
}

/// The database and its keys; owners and modes are looked at when it is opened.
fn store(config: &Config) -> Vec<Finding> {
    let what = "the history is whole, and private";
    let looked = History::open(config).and_then(|mut history| {
        history.verify()?;
        history.status()
    });
    let status = match looked {
        Ok(status) => status,
        Err(error) => return vec![Finding::failed("history", what, error)],
    };
    let mut findings =
        vec![Finding::good("history", format!("{what}: {} records", status.records))];
    if status.weaker > 0 {
        let what = format!("{} records are older than the present slow hash", status.weaker);
        let why = "Each is raised when its password is recorded again, and expires if it is not.";
        findings.push(Finding::note("history", what, why, ""));
    }
    for system in status.undeclared {
        let what = format!("the system {} is declared", system.id());
        let remedy = "Declare it under [systems], or forget its records.";
        findings.push(Finding::bad("history", what, "It has records.", remedy));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_history_without_a_configuration_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let mut usual = Config::default();
        usual.store = folder.path().join("history.db");
        usual.keys = folder.path().join("history.keys");
        assert!(no_history(&usual).is_good());
        for path in [&usual.store, &usual.keys] {
            std::fs::write(path, "").unwrap();
            assert!(!no_history(&usual).is_good());
            std::fs::remove_file(path).unwrap();
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("/none/history.db", &usual.store).unwrap();
            assert!(!no_history(&usual).is_good());
        }
    }
}
