//! `hook`: another program is about to set a password, and asks by exit code.
//!
//! The password comes on standard input, names come in the environment. Samba kills a script after
//! 10 s; what is not decided by then is refused, here as there, but here the log says why.

use std::ffi::OsString;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;
use std::{env, thread};

use anyhow::{anyhow, bail};
use strongpass_gate::{
    Decision, Gate, GateError, InForce, Purpose, Question, Trust, is_machine_password,
};
use strongpass_history::ConfiguredHistory;
use strongpass_policy::{Answer, OneSystem, Password, Policy, Rule};
use strongpass_terminal::text;

use crate::cli::{HookArgs, HookCommand};
use crate::complaint::complaint;
use crate::exit::{Exit, UsageError};
use crate::{history, input, memory, setup};

/// When an answer is worth nothing any more: Samba waits for 10 s.
const MOST_TIME: Duration = Duration::from_secs(8);
/// How long near copies may be searched for, whatever the configuration allows.
const MOST_NEAR: Duration = Duration::from_secs(3);
/// How long a lock on the history is waited for.
const MOST_WAIT: Duration = Duration::from_secs(1);

/// More than any program sends: Samba makes passwords of up to 256 characters for its own services.
const MOST_BYTES: usize = 4096;

const NO_PASSWORD: &str = "no password came on standard input: refused";
const OLD_PAM: &str = "no password came on standard input: refused. pam_exec gives it only with \
                       `expose_authtok`, and when it is changed only from Linux-PAM 1.6.0 on; \
                       before, use pam_strongpass.so";

pub(crate) fn run(command: HookCommand) -> Exit {
    let (answer, answered) = mpsc::channel();
    thread::spawn(move || answer.send(decide(&command)).ok());
    let answer = answered.recv_timeout(MOST_TIME);
    let late = |_| Err(anyhow!("there was no answer within {MOST_TIME:?}: refused"));
    // An error is never a yes here, whichever it is: what is written to nobody is still a no.
    answer.unwrap_or_else(late).unwrap_or_else(|error| {
        text::complain(&complaint(&error));
        if error.is::<UsageError>() { Exit::Usage } else { Exit::Unable }
    })
}

/// Who asks, for whom.
struct Caller {
    /// The account, as the caller names it.
    account: String,
    /// More names of the account, such as `k.harper@school.uk`.
    accounts: Vec<String>,
    /// The full name of the person, if known.
    name: Option<String>,
    /// The PAM service.
    service: Option<String>,
}

fn decide(command: &HookCommand) -> anyhow::Result<Exit> {
    let (args, caller, why_empty) = match command {
        HookCommand::Samba(args) => (args, samba()?, NO_PASSWORD),
        HookCommand::PamExec(args) => (args, pam_exec()?, OLD_PAM),
    };
    let mut secret = input::everything(MOST_BYTES)?;
    if let (HookCommand::PamExec(_), Some(0)) = (command, secret.last()) {
        // Some versions send the end of the C string, too.
        secret.pop();
    }
    if secret.is_empty() {
        bail!(why_empty);
    }
    if matches!(command, HookCommand::Samba(_)) && is_machine_password(&caller.account, &secret) {
        return Ok(Exit::Yes);
    }
    let gate = gate(args, &caller)?;
    let accounts = std::iter::once(&caller.account).chain(&caller.accounts);
    let accounts: Vec<&str> = accounts.map(String::as_str).collect();
    let names: Vec<&str> = caller.name.as_deref().into_iter().collect();
    let question = Question {
        accounts: &accounts,
        names: &names,
        system: args.system.as_deref(),
        old: None,
        purpose: if args.record { Purpose::JudgeAndRecord } else { Purpose::Judge },
    };
    let password = Password::new(&secret);
    drop(secret);
    let decision = memory::wiping_stack(|| gate.decide(&password, &question));
    // Who reads the reasons may take their time.
    drop(password);
    explain(&caller, &gate.in_force().policy, &decision);
    Ok((&decision).into())
}

/// All that a password is judged by. A hook acts for everybody: no link is followed.
fn gate(args: &HookArgs, caller: &Caller) -> anyhow::Result<Gate> {
    let load = || {
        let in_force = InForce::find(args.policy.policy.as_deref(), Trust::Machine)?;
        let gate = Gate::new(in_force, &args.words)?;
        if !args.history {
            return Ok(gate);
        }
        let path = args.file.history_config.as_deref();
        let path = path.unwrap_or_else(|| Path::new(ConfiguredHistory::OF_MACHINE));
        let memory = ConfiguredHistory::needed(path, Trust::Machine)?;
        let memory = memory.of_system(args.system.as_deref(), caller.service.as_deref())?;
        if memory.system.is_none() {
            return Err(GateError::NoSystem);
        }
        Ok(gate.with_memory(bounded(memory), history::threads()))
    };
    load().map_err(setup::failed)
}

/// What Samba says in the environment.
fn samba() -> anyhow::Result<Caller> {
    let account = variable("SAMBA_CPS_ACCOUNT_NAME").ok_or_else(|| {
        UsageError("SAMBA_CPS_ACCOUNT_NAME is not set; Samba sets it from version 4.11 on".into())
    })?;
    let accounts = variable("SAMBA_CPS_USER_PRINCIPAL_NAME").into_iter().collect();
    let name = variable("SAMBA_CPS_FULL_NAME");
    Ok(Caller { account, accounts, name, service: None })
}

/// What `pam_exec` says in the environment.
fn pam_exec() -> anyhow::Result<Caller> {
    let of_pam = |name: &str| {
        variable(name).ok_or_else(|| {
            UsageError(format!("{name} is not set; this is to be run by pam_exec, see --help"))
        })
    };
    let kind = of_pam("PAM_TYPE")?;
    if kind != "password" {
        let message = "this is for `password` lines of a PAM service, and was called for another";
        return Err(UsageError(message.into()).into());
    }
    let account = of_pam("PAM_USER")?;
    // Who is in a directory service instead has no name that we know of.
    let entries = setup::read("/etc/passwd".as_ref(), 16 << 20).unwrap_or_default();
    let name = full_name(&String::from_utf8_lossy(&entries), &account);
    Ok(Caller { account, accounts: Vec::new(), name, service: variable("PAM_SERVICE") })
}

/// A variable of the environment that is not empty.
fn variable(name: &str) -> Option<String> {
    value(env::vars_os(), name)
}

/// Of several variables with one name the last: `pam_exec` puts what it vouches for behind those
/// that a user may have a say in.
fn value(variables: impl Iterator<Item = (OsString, OsString)>, name: &str) -> Option<String> {
    let last = variables.filter(|(known, _)| known == name).last();
    let value = last.map(|(_, value)| value.to_string_lossy().into_owned());
    value.filter(|value| !value.is_empty())
}

/// The person's name in the entries of `/etc/passwd`, if the account is there and has one.
fn full_name(entries: &str, account: &str) -> Option<String> {
    let mut entries = entries.lines().map(|line| line.split(':'));
    let mut fields =
        entries.find_map(|mut fields| (fields.next()? == account).then_some(fields))?;
    let name = fields.nth(3)?.split(',').next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// The history, with no more patience than the caller has.
fn bounded(mut memory: ConfiguredHistory) -> ConfiguredHistory {
    let config = &mut memory.config;
    config.near_budget = config.near_budget.min(MOST_NEAR);
    config.wait = config.wait.min(MOST_WAIT);
    memory
}

/// Says on standard error why not: a line for each reason, which goes into a log or to the person.
fn explain(caller: &Caller, policy: &Policy, decision: &Decision) {
    let account = text::printable(&caller.account);
    let verdict = decision.verdict();
    for violation in verdict.violations() {
        let (message, remedy) = (violation.message(), violation.remedy());
        text::complain(&format!("{account}: refused: {}: {message} {remedy}", violation.rule));
    }
    if let Decision::CouldNotCheck(_) = decision {
        for (rule, answer) in verdict.clauses() {
            let why = policy.why_unanswered(rule, answer);
            // A clause that the policy can do without, such as names that were not given, is no
            // reason.
            let is_asked =
                answer == Answer::Unavailable || policy.one_system == OneSystem::Required;
            let is_needed = rule == Rule::Breached || rule == Rule::OneSystem && is_asked;
            if is_needed && !why.is_empty() {
                text::complain(&format!("{account}: refused: {rule}: {why}"));
            }
        }
    }
    for reason in decision.reasons() {
        text::complain(&format!("{account}: could not check: {}", reason.on_one_line()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_several_variables_counts() {
        let of = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter().map(|&(name, value)| (name.into(), value.into()));
            value(pairs, "PAM_USER")
        };
        let pairs = [("PAM_USER", "mallory"), ("PAM_USERS", "x"), ("PAM_USER", "kharper")];
        assert_eq!(of(&pairs).as_deref(), Some("kharper"));
        assert_eq!(of(&[("PAM_USER", "mallory"), ("PAM_USER", "")]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn names_are_found_in_etc_passwd() {
        let entries = "root:x:0:0:root:/root:/bin/sh\nkharper:x:17:17:Kate Harper,4,:/home/k:/bin/sh\n\
                       jmarsh:x:18:18::/home/j:/bin/sh\nshort:x\n\nlast:x:1:1:Lee";
        assert_eq!(full_name(entries, "kharper").as_deref(), Some("Kate Harper"));
        assert_eq!(full_name(entries, "last").as_deref(), Some("Lee"));
        for account in ["jmarsh", "short", "x", "harper", "kharper:x", ""] {
            assert_eq!(full_name(entries, account), None, "{account}");
        }
    }

    #[test]
    fn every_wait_ends_before_samba_does() {
        // Opening and each of two transactions may wait once.
        assert!(MOST_NEAR + 3 * MOST_WAIT < MOST_TIME);
        assert!(MOST_TIME < Duration::from_secs(10));
        let patient = "near_budget_ms = 20000\nwait_ms = 20000\n[systems]\nx = \"x\"\n";
        let folder = tempfile::tempdir().unwrap();
        let memory = |text: &str| {
            let path = folder.path().join("history.toml");
            std::fs::write(&path, text).unwrap();
            ConfiguredHistory::needed(&path, Trust::of_process()).unwrap()
        };
        let config = bounded(memory(patient)).config;
        assert_eq!((config.near_budget, config.wait), (MOST_NEAR, MOST_WAIT));
        let hasty = "near_budget_ms = 5\nwait_ms = 6\n[systems]\nx = \"x\"\n";
        assert_eq!(bounded(memory(hasty)).config, memory(hasty).config);
    }
}
