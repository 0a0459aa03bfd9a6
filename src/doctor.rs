//! `doctor`: whether everything that a verdict rests on is in order.

use strongpass_gate::Memory;
use strongpass_history::{Config, History};
use strongpass_policy::{Context, Outcome, Password, Policy};

use crate::cli::{DoctorArgs, HistoryArg};
use crate::exit::Exit;
use crate::{history, output, setup};

mod finding;
mod module;
mod owners;
mod pam;
mod remembering;
mod stack;

use finding::Finding;
use owners::{Links, only_administrators_write};

pub(crate) fn run(args: &DoctorArgs) -> anyhow::Result<Exit> {
    let mut findings = vec![built_in_words(), verdicts(), random()];
    findings.extend(policy(args.policy.policy.as_deref()));
    findings.extend(history(&args.file));
    findings.extend(pam::findings(args)?);

    let exit = finding::exit(&findings);
    Ok(if args.json {
        output::to_programs(exit, |out| Ok(finding::to_programs(out, &findings)?))
    } else {
        output::to_people(exit, |out| Ok(finding::to_people(out, &findings)?))
    })
}

fn built_in_words() -> Finding {
    let what = "the built-in word list is whole";
    let list = strongpass_policy::WordList::built_in(strongpass_wordlists::BUILT_IN);
    match list.and_then(|list| list.verify().map(|()| list.len())) {
        Ok(entries) => Finding::good("words", format!("{what}: {entries} entries")),
        Err(error) => Finding::bad("words", what, format!("{error}."), "Install strongpass again."),
    }
}

/// Two passwords whose verdicts are known.
fn verdicts() -> Finding {
    let what = "known passwords get their known verdicts";
    let policy = Policy::birchington();
    let outcome = |password: &str| {
        let dictionary = strongpass_wordlists::dictionary().ok()?;
        let password = Password::new(password.as_bytes());
        Some(policy.check(&password, &dictionary, &Context::default()).outcome())
    };
    let right = outcome("Xk9#h0rse!") == Some(Outcome::Reject)
        && outcome("vT7$kq2z") == Some(Outcome::Accept);
    if right {
        Finding::good("verdicts", what)
    } else {
        Finding::bad("verdicts", what, "They do not.", "Install strongpass again.")
    }
}

fn random() -> Finding {
    let what = "the operating system gives random bytes";
    let remedy = "Do not generate passwords on this computer.";
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) if bytes != [0; 32] => Finding::good("random", what),
        Ok(()) => Finding::bad("random", what, "It gives zeros.", remedy),
        Err(error) => Finding::bad("random", what, format!("{error}."), remedy),
    }
}

/// The policy in force, the files it is made of, and who may write to them.
fn policy(wanted: Option<&str>) -> Vec<Finding> {
    let in_force = match setup::policy(wanted) {
        Ok(in_force) => in_force,
        Err(error) => return vec![Finding::failed("policy", "the policy can be used", &error)],
    };
    let name = &in_force.policy.name;
    let mut findings = match &in_force.file {
        None => {
            let what = format!("the policy in force is the preset \"{name}\"");
            vec![Finding::good("policy", what)]
        }
        Some(file) => {
            let what = format!("the policy in force is \"{name}\" from {}", file.display());
            vec![Finding::good("policy", what), only_administrators_write(file, Links::Refused)]
        }
    };
    for (path, language) in in_force.words() {
        let what = format!("the word list {} is whole", path.display());
        match strongpass_gate::word_list(&path, language, in_force.trust).map_err(setup::failed) {
            Ok(list) => {
                let what = format!("{what}: {} entries", list.len());
                findings.push(Finding::good("policy", what));
                findings.push(only_administrators_write(&path, Links::Refused));
            }
            Err(error) => findings.push(Finding::failed("policy", what, &error)),
        }
    }
    findings
}

/// The history, if there is one: a machine without one is in order, too.
fn history(file: &HistoryArg) -> Vec<Finding> {
    let what = "the history is configured";
    let memory = match history::find(file) {
        Ok(Some(memory)) => memory,
        Ok(None) => return vec![no_history(&Config::default())],
        Err(error) => return vec![Finding::failed("history", what, &error)],
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
            let (path, file) = (path.display(), Memory::OF_MACHINE);
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
        Err(error) => return vec![Finding::failed("history", what, &error.into())],
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
