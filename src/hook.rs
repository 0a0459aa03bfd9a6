//! `hook`: another program is about to set a password, and asks by exit code.
//!
//! The password comes on standard input, names come in the environment. Samba kills a script after
//! 10 s; what is not decided by then is refused, here as there, but here the log says why.

use std::ffi::OsString;
use std::sync::mpsc;
use std::time::Duration;
use std::{env, thread};

use anyhow::{anyhow, bail};
use strongpass_history::{Config, HistoryError, System};
use strongpass_policy::{Context, Dictionary, Outcome, Password, Policy, Uses, Verdict};

use crate::cli::{HookArgs, HookCommand};
use crate::{Exit, UsageError, check, history, input, memory, setup, text};

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
        text::complain(&format!("{error:#}"));
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
    if matches!(command, HookCommand::Samba(_)) && is_of_a_machine(&caller.account, &secret) {
        return Ok(Exit::Yes);
    }
    let in_force = setup::policy(args.policy.policy.as_deref())?;
    let dictionary = setup::dictionary(&in_force, &args.words)?;
    let password = Password::new(&secret);
    drop(secret);
    let judged =
        memory::wiping_stack(|| judge(args, &caller, &in_force.policy, &dictionary, &password));
    // Who reads the reasons may take their time.
    drop(password);
    let verdict = judged?;
    explain(&caller, &in_force.policy, &verdict);
    Ok(verdict.outcome().into())
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

/// Whether it is the random password of a computer or a service, which no person chose or types.
///
/// A name alone is not enough: computers are also set up by hand, and then with weak passwords.
/// The shortest that software makes for a computer has 14 characters; Samba makes 120 and more.
fn is_of_a_machine(account: &str, secret: &[u8]) -> bool {
    let account = account.to_lowercase();
    let account = account.rsplit('\\').next().unwrap_or_default();
    let least = match account {
        _ if account.ends_with('$') => 14,
        _ if account.starts_with("dns-") || account.starts_with("krbtgt") => 100,
        _ => return false,
    };
    str::from_utf8(secret).map_or(secret.len(), |text| text.chars().count()) >= least
}

/// Asks the history if it is to be asked, checks, and records if it is to be recorded.
fn judge(
    args: &HookArgs,
    caller: &Caller,
    policy: &Policy,
    dictionary: &Dictionary,
    password: &Password,
) -> anyhow::Result<Verdict> {
    let check =
        |uses: Uses<'_>| policy.check(password, dictionary, &context(args, caller).uses(uses));
    if !args.history {
        return Ok(check(Uses::NotAsked));
    }
    let config = bounded(history::config(&args.file)?);
    let of_service = caller.service.as_deref().and_then(|service| config.pam_system(service));
    let system = args.system.as_deref().or_else(|| of_service.map(System::id));
    let Some(system) = system else {
        let message =
            "the history needs to know the system: use --system, or [pam] in history.toml";
        return Err(UsageError(message.into()).into());
    };
    let asked = history::Asked::new(&config, &caller.account, system, password)?;
    let answered = asked.and_then(|mut asked| asked.answer().map(|answered| (asked, answered)));
    match answered {
        // What is no text has no fingerprint; the policy says so better.
        Err(HistoryError::NotText) => Ok(check(Uses::NotAsked)),
        Err(error) => {
            text::complain(&error.to_string());
            let verdict = check(Uses::Unavailable);
            if args.record && verdict.outcome() == Outcome::Accept {
                bail!("it could not be recorded: refused");
            }
            Ok(verdict)
        }
        Ok((mut asked, answered)) => {
            let mut verdict = check(check::known(&answered.uses, answered.near));
            if args.record && verdict.outcome() == Outcome::Accept {
                asked.record(|uses| {
                    verdict = check(check::known(uses, answered.near));
                    verdict.outcome() == Outcome::Accept
                })?;
            }
            Ok(verdict)
        }
    }
}

/// The configuration, with no more patience than the caller has.
fn bounded(mut config: Config) -> Config {
    config.near_budget = config.near_budget.min(MOST_NEAR);
    config.wait = config.wait.min(MOST_WAIT);
    config
}

fn context(args: &HookArgs, caller: &Caller) -> Context<'static> {
    let context = Context::default().account(&caller.account);
    let context = caller.accounts.iter().fold(context, |context, name| context.account(name));
    let context = caller.name.iter().fold(context, |context, name| context.name(name));
    args.system.iter().fold(context, |context, system| context.system(system))
}

/// Says on standard error why not: a line for each reason, which goes into a log or to the person.
fn explain(caller: &Caller, policy: &Policy, verdict: &Verdict) {
    let account = text::printable(&caller.account);
    for violation in verdict.violations() {
        let (message, remedy) = (violation.message(), violation.remedy());
        text::complain(&format!("{account}: refused: {}: {message} {remedy}", violation.rule));
    }
    if verdict.outcome() == Outcome::Unchecked {
        for (rule, answer) in verdict.clauses() {
            let why = policy.why_unanswered(rule, answer);
            if !why.is_empty() {
                text::complain(&format!("{account}: refused: {rule}: {why}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_told_from_people() {
        let random = [b'x'; 120];
        for account in ["PC17$", "dns-dc1", "DNS-DC1", "SCHOOL\\PC17$", "krbtgt", "krbtgt_17"] {
            assert!(is_of_a_machine(account, &random), "{account}");
            assert!(!is_of_a_machine(account, &random[..13]), "{account}");
        }
        for account in ["k.harper", "dnsmith", "$k.harper", "k.dns-harper", ""] {
            assert!(!is_of_a_machine(account, &random), "{account}");
        }
        // A person may be called so; nobody types a hundred characters.
        assert!(!is_of_a_machine("dns-smith", &random[..99]));
        // Characters, not bytes.
        assert!(!is_of_a_machine("PC17$", "漢漢漢漢漢".as_bytes()));
        assert!(is_of_a_machine("PC17$", &[0xff; 14]));
    }

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
        let config = bounded(Config::from_toml(patient).unwrap());
        assert_eq!((config.near_budget, config.wait), (MOST_NEAR, MOST_WAIT));
        let hasty = "near_budget_ms = 5\nwait_ms = 6\n[systems]\nx = \"x\"\n";
        let config = Config::from_toml(hasty).unwrap();
        assert_eq!(bounded(config.clone()), config);
    }
}
