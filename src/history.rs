//! `history`: what is remembered of "only used on one system", and forgotten.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context as _, bail};
use serde::Serialize;
use strongpass_gate::Trust;
use strongpass_history::{
    Account, Config, ConfiguredHistory, History, HistoryError, Status, System,
};
use strongpass_policy::Password;
use strongpass_report::{JSON_VERSION, write_json};
use strongpass_terminal::text;

use crate::cli::{HistoryArg, HistoryCommand};
use crate::exit::{Exit, UsageError};
use crate::{clock, input, output, secret_file, setup};

/// No export is larger: some ten million records.
const MAX_IMPORT_BYTES: u64 = 4 << 30;

pub(crate) fn run(command: &HistoryCommand) -> anyhow::Result<Exit> {
    let config = needed(command.file())?.config;
    match command {
        HistoryCommand::Init(_) => {
            History::create(&config, clock::now()?.day())?;
            let (store, keys) = (config.store.display(), config.keys.display());
            text::remark(&format!("made {store}, with its keys in {keys}"));
        }
        HistoryCommand::Record { account, system, .. } => {
            let (account, system) = (parsed(account)?, declared(&config, system)?);
            // Before the question, so that nobody types in vain.
            let mut history = History::open(&config)?;
            let password = password(&account)?;
            let mut fingerprint = history.fingerprint(&account, &password)?;
            history.record(&mut fingerprint, &system, clock::now()?.day())?;
        }
        HistoryCommand::Uses { account, json, .. } => {
            return uses(&config, &parsed(account)?, *json);
        }
        HistoryCommand::Forget { account, system, .. } => {
            let account = parsed(account)?;
            let mut history = History::open(&config)?;
            let forgotten = match system {
                None => history.forget(&account)?,
                // Also a system that is no longer declared.
                Some(system) => history.forget_on(&account, &parsed(system)?)?,
            };
            return Ok(done(&format!("forgot {forgotten} records")));
        }
        HistoryCommand::Expire { reset_clock, .. } => {
            let mut history = History::open(&config)?;
            if *reset_clock {
                history.reset_clock(clock::now()?.day())?;
            }
            let forgotten = history.expire(clock::now()?.day())?;
            return Ok(done(&format!("forgot {forgotten} records")));
        }
        HistoryCommand::RotateKey { drop_unused, .. } => {
            let mut history = History::open(&config)?;
            let mut what = format!("new key {}", history.rotate_key(clock::now()?.day())?);
            if *drop_unused {
                // The new key is there, whatever becomes of the older ones.
                let dropped = history.drop_unused_keys().with_context(|| what.clone())?;
                what = format!("{what}\ndropped {dropped} older keys");
            }
            return Ok(done(&what));
        }
        HistoryCommand::Status { json, .. } => return status(&config, *json),
        HistoryCommand::Export { .. } => return export(&config),
        HistoryCommand::Import { input, .. } => {
            let count = import(&config, input)?;
            if count == 0 {
                bail!("{}: no record is in it", input.display());
            }
            return Ok(done(&format!("{count} records are new")));
        }
    }
    Ok(Exit::Yes)
}

/// Says what was done, when it is done.
fn done(what: &str) -> Exit {
    output::to_people(Exit::Yes, |out| Ok(writeln!(out, "{what}")?))
}

fn export(config: &Config) -> anyhow::Result<Exit> {
    let mut history = History::open(config)?;
    let mut text = Vec::new();
    let count = history.export(&mut text)?;
    let exit = output::to_programs(Exit::Yes, |out| Ok(out.write_all(&text)?));
    if exit == Exit::Yes {
        text::remark(&format!("{count} records; the keys are not among them"));
    }
    Ok(exit)
}

/// The history that is configured; there must be one.
pub(crate) fn needed(file: &HistoryArg) -> anyhow::Result<ConfiguredHistory> {
    let path =
        file.history_config.as_deref().unwrap_or_else(|| Path::new(ConfiguredHistory::OF_MACHINE));
    ConfiguredHistory::needed(path, Trust::of_process()).map_err(setup::failed)
}

/// What the school calls the systems that have passwords of their own, as far as somebody wrote it
/// down where this user may read it.
pub(crate) fn systems(file: &HistoryArg) -> Vec<String> {
    let found = ConfiguredHistory::find(file.history_config.as_deref(), Trust::of_process());
    let found = found.ok().flatten();
    found.map_or_else(Vec::new, |found| found.config.systems.into_values().collect())
}

/// How many threads may search for near copies: each core has one.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> anyhow::Result<T> {
    text.parse().map_err(|error: T::Err| UsageError(error.to_string()).into())
}

fn declared(config: &Config, system: &str) -> anyhow::Result<System> {
    config.system(system).map_err(|error| UsageError(error.to_string()).into())
}

fn password(account: &Account) -> anyhow::Result<Password> {
    if input::is_interactive() {
        input::prompt(&format!("Password of {} (it is not shown): ", account.as_str()))
    } else {
        input::from_stdin()
    }
}

fn import(config: &Config, input: &Path) -> anyhow::Result<u64> {
    let bytes = secret_file::whole(input, MAX_IMPORT_BYTES)?;
    let text = str::from_utf8(&bytes).map_err(|_| UsageError("an export is UTF-8 text".into()))?;
    History::open(config)?.import(text, clock::now()?.day()).map_err(|error| at(input, error))
}

/// An error of a line, with the name of its file.
fn at(input: &Path, error: HistoryError) -> anyhow::Error {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the others are not of the file")]
    match &error {
        HistoryError::Import { line, what } => {
            let name = if input == Path::new("-") { Path::new("standard input") } else { input };
            anyhow::anyhow!("{}:{line}: {what}; {}", name.display(), error.remedy())
        }
        _ => error.into(),
    }
}

#[derive(Serialize)]
struct UsedJson<'a> {
    system: &'a str,
    title: &'a str,
    day: String,
}

fn uses(config: &Config, account: &Account, json: bool) -> anyhow::Result<Exit> {
    let uses = History::open(config)?.uses(account)?;
    if json {
        let uses = uses.iter().map(|used| UsedJson {
            system: used.system.id(),
            title: config.title(&used.system),
            day: used.day.to_string(),
        });
        let uses: Vec<UsedJson<'_>> = uses.collect();
        let value = serde_json::json!({
            "version": JSON_VERSION, "account": account.as_str(), "uses": uses,
        });
        return Ok(to_programs(&value));
    }
    let exit = output::to_people(Exit::Yes, |out| {
        for used in &uses {
            let title = text::printable(config.title(&used.system));
            writeln!(out, "{}  {:16} {title}", used.day, used.system.id())?;
        }
        Ok(())
    });
    if uses.is_empty() {
        text::remark("nothing is kept of this account");
    }
    Ok(exit)
}

fn to_programs(value: &serde_json::Value) -> Exit {
    output::to_programs(Exit::Yes, |out| {
        write_json(out, value)?;
        Ok(writeln!(out)?)
    })
}

fn status(config: &Config, json: bool) -> anyhow::Result<Exit> {
    let mut history = History::open(config)?;
    history.verify()?;
    let status = history.status()?;
    Ok(if json {
        to_programs(&status_json(&status))
    } else {
        output::to_people(Exit::Yes, |out| Ok(status_text(out, &status)?))
    })
}

fn status_text(out: &mut impl Write, status: &Status) -> io::Result<()> {
    writeln!(out, "records      {:8}  of {} accounts", status.records, status.accounts)?;
    if let Some(oldest) = status.oldest {
        writeln!(out, "oldest       {oldest}")?;
    }
    writeln!(out, "latest       {}", status.latest)?;
    writeln!(out, "size         {:8}  bytes", status.bytes)?;
    let kdf = status.kdf;
    let (memory, passes, lanes) = (kdf.memory_kib(), kdf.passes(), kdf.lanes());
    writeln!(out, "slow hash    Argon2id, {memory} KiB, {passes} passes, {lanes} lanes")?;
    writeln!(out, "weaker       {:8}  raised when their password is seen again", status.weaker)?;
    for key in &status.keys {
        writeln!(out, "key          {} of {}: {} uses", key.id, key.made, key.uses)?;
    }
    for system in &status.undeclared {
        writeln!(out, "undeclared   {}: declare it, or forget its records", system.id())?;
    }
    Ok(())
}

fn status_json(status: &Status) -> serde_json::Value {
    let keys = status.keys.iter().map(|key| {
        serde_json::json!({
            "id": key.id.to_string(), "made": key.made.to_string(), "uses": key.uses,
        })
    });
    serde_json::json!({
        "version": JSON_VERSION,
        "records": status.records,
        "accounts": status.accounts,
        "oldest": status.oldest.map(|day| day.to_string()),
        "latest": status.latest.to_string(),
        "bytes": status.bytes,
        "weaker": status.weaker,
        "kdf": {
            "memory_kib": status.kdf.memory_kib(),
            "passes": status.kdf.passes(),
            "lanes": status.kdf.lanes(),
        },
        "keys": keys.collect::<Vec<_>>(),
        "undeclared": status.undeclared.iter().map(System::id).collect::<Vec<_>>(),
    })
}
