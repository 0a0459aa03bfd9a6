//! `doctor`: whether everything that a verdict rests on is in order.

use std::io::Write;
use std::path::Path;

use strongpass_history::History;
use strongpass_policy::{Answer, Context, Outcome, Password, Policy};

use crate::cli::{DoctorArgs, HistoryArg};
use crate::{Exit, history, setup, text};

/// What is looked at: what it is, and what is wrong with it, if anything.
struct Finding {
    what: String,
    wrong: Option<String>,
}

fn good(what: impl Into<String>) -> Finding {
    Finding { what: what.into(), wrong: None }
}

fn bad(what: impl Into<String>, wrong: impl Into<String>) -> Finding {
    Finding { what: what.into(), wrong: Some(wrong.into()) }
}

pub(crate) fn run(args: &DoctorArgs) -> anyhow::Result<Exit> {
    let mut findings = vec![built_in_words(), verdicts(), random()];
    findings.extend(policy(args.policy.policy.as_deref()));
    findings.extend(history(&args.file));

    let mut out = anstream::stdout().lock();
    writeln!(out, "strongpass {}", env!("CARGO_PKG_VERSION"))?;
    for finding in &findings {
        let answer = if finding.wrong.is_some() { Answer::Broken } else { Answer::Met };
        text::item(&mut out, answer, &finding.what)?;
        if let Some(wrong) = &finding.wrong {
            for line in wrong.lines() {
                text::detail(&mut out, line)?;
            }
        }
    }
    let all_good = findings.iter().all(|finding| finding.wrong.is_none());
    writeln!(out, "{}", if all_good { "Everything is in order." } else { "Not in order." })?;
    Ok(if all_good { Exit::Yes } else { Exit::No })
}

fn built_in_words() -> Finding {
    let what = "the built-in word list is whole";
    let list = strongpass_policy::WordList::built_in(strongpass_wordlists::BUILT_IN);
    match list.and_then(|list| list.verify().map(|()| list.len())) {
        Ok(entries) => good(format!("{what}: {entries} entries")),
        Err(error) => bad(what, format!("{error}. Install strongpass again.")),
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
    if right { good(what) } else { bad(what, "They do not. Install strongpass again.") }
}

fn random() -> Finding {
    let what = "the operating system gives random bytes";
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) if bytes != [0; 32] => good(what),
        Ok(()) => bad(what, "It gives zeros. Do not generate passwords on this machine."),
        Err(error) => bad(what, format!("{error}. Do not generate passwords on this machine.")),
    }
}

/// The policy in force, the files it is made of, and who may write to them.
fn policy(wanted: Option<&str>) -> Vec<Finding> {
    let in_force = match setup::policy(wanted) {
        Ok(in_force) => in_force,
        Err(error) => return vec![bad("the policy can be used", format!("{error:#}"))],
    };
    let name = &in_force.policy.name;
    let mut findings = match &in_force.file {
        None => vec![good(format!("the policy in force is the preset \"{name}\""))],
        Some(file) => {
            let what = format!("the policy in force is \"{name}\" from {}", file.display());
            vec![good(what), only_administrators_write(file)]
        }
    };
    let beside = in_force.file.as_deref().and_then(Path::parent).unwrap_or_else(|| Path::new(""));
    for words in &in_force.policy.words {
        let path = beside.join(words);
        let what = format!("the word list {} is whole", path.display());
        match setup::word_list(&path) {
            Ok(list) => {
                findings.push(good(format!("{what}: {} entries", list.len())));
                findings.push(only_administrators_write(&path));
            }
            Err(error) => findings.push(bad(what, format!("{error:#}"))),
        }
    }
    findings
}

/// The history, if there is one: a machine without one is in order, too.
fn history(file: &HistoryArg) -> Vec<Finding> {
    if !history::is_configured(file) {
        return vec![good("there is no history (\"only used on one system\" is not checked)")];
    }
    let what = "the history is whole, and private";
    let looked = history::config(file).and_then(|config| {
        let mut history = History::open(&config)?;
        history.verify()?;
        Ok(history.status()?)
    });
    let status = match looked {
        Ok(status) => status,
        Err(error) => return vec![bad(what, format!("{error:#}"))],
    };
    let mut findings = vec![good(format!("{what}: {} records", status.records))];
    if status.weaker > 0 {
        let wrong = format!(
            "{} records are older than the present slow hash; each is raised when its password \
             is recorded again, and expires if it is not.",
            status.weaker
        );
        findings.push(bad("every record has the present slow hash", wrong));
    }
    for system in status.undeclared {
        let wrong = "Declare it under [systems], or forget its records.";
        findings.push(bad(format!("the system {} is declared", system.id()), wrong));
    }
    findings
}

fn only_administrators_write(path: &Path) -> Finding {
    let what = format!("only administrators can change {}", path.display());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        match std::fs::metadata(path) {
            Err(error) => return bad(what, error.to_string()),
            Ok(file) if file.mode() & 0o022 != 0 => {
                return bad(what, format!("Others can, too. Run: chmod go-w {}", path.display()));
            }
            Ok(_) => {}
        }
    }
    good(what)
}
