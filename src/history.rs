//! `history`: what is remembered of "only used on one system", and forgotten.

use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, bail};
use serde::Serialize;
use strongpass_history::{
    Account, Config, Effort, Fingerprint, History, HistoryError, Scope, Search, Status, System,
};
use strongpass_policy::{Password, Use};

use crate::cli::{HistoryArg, HistoryCommand};
use crate::clock::Moment;
use crate::{Exit, UsageError, input, json, output, secret_file, setup, text};

/// Where the history of the whole machine is configured.
const SYSTEM_CONFIG: &str = "/etc/strongpass/history.toml";

const MAX_CONFIG_BYTES: u64 = 1 << 20;
/// No export is larger: some ten million records.
const MAX_IMPORT_BYTES: u64 = 4 << 30;

pub(crate) fn run(command: &HistoryCommand) -> anyhow::Result<Exit> {
    let config = config(command.file())?;
    match command {
        HistoryCommand::Init(_) => {
            History::create(&config, Moment::now()?.day())?;
            let (store, keys) = (config.store.display(), config.keys.display());
            text::remark(&format!("made {store}, with its keys in {keys}"));
        }
        HistoryCommand::Record { account, system, .. } => {
            let (account, system) = (parsed(account)?, declared(&config, system)?);
            // Before the question, so that nobody types in vain.
            let mut history = History::open(&config)?;
            let password = password(&account)?;
            let mut fingerprint = history.fingerprint(&account, &password)?;
            history.record(&mut fingerprint, &system, Moment::now()?.day())?;
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
                history.reset_clock(Moment::now()?.day())?;
            }
            let forgotten = history.expire(Moment::now()?.day())?;
            return Ok(done(&format!("forgot {forgotten} records")));
        }
        HistoryCommand::RotateKey { drop_unused, .. } => {
            let mut history = History::open(&config)?;
            let mut what = format!("new key {}", history.rotate_key(Moment::now()?.day())?);
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

/// Whether a history is meant to be here: one that was named, or one for the machine.
pub(crate) fn is_configured(file: &HistoryArg) -> bool {
    file.history_config.is_some() || !matches!(std::fs::exists(SYSTEM_CONFIG), Ok(false))
}

/// The file that was named, or the one of the machine.
pub(crate) fn file(file: &HistoryArg) -> &Path {
    file.history_config.as_deref().unwrap_or_else(|| Path::new(SYSTEM_CONFIG))
}

/// The configuration of that file, or of the machine.
pub(crate) fn config(file: &HistoryArg) -> anyhow::Result<Config> {
    let path = self::file(file);
    let name = path.display();
    let bytes = setup::read(path, MAX_CONFIG_BYTES).with_context(|| {
        "the history is not configured; see `strongpass history --help`".to_owned()
    })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| UsageError(format!("{name}: is not UTF-8 text; save it as UTF-8")))?;
    Config::from_toml(&text).map_err(|error| UsageError(format!("{name}:{error}")).into())
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
    Ok(History::open(config)?.import(text)?)
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
            "version": json::VERSION, "account": account.as_str(), "uses": uses,
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
        json::write(out, value)?;
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
        "version": json::VERSION,
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

/// A history that was asked about one password of one account for one system.
pub(crate) struct Asked {
    history: History,
    fingerprint: Fingerprint,
    system: System,
}

/// What it answered.
pub(crate) struct Answered {
    pub(crate) uses: Vec<Use>,
    /// How far the search for near copies came; `None` if none was wanted.
    pub(crate) near: Option<Search>,
}

impl Asked {
    /// Opens the history. What is wrong with the call is an error; what is wrong with the history
    /// is the inner one, for the policy to judge.
    pub(crate) fn new(
        config: &Config,
        account: &str,
        system: &str,
        password: &Password,
    ) -> anyhow::Result<Result<Self, HistoryError>> {
        let (account, system) = (parsed(account)?, declared(config, system)?);
        let open = || {
            let mut history = History::open(config)?;
            let fingerprint = history.fingerprint(&account, password)?;
            Ok(Self { history, fingerprint, system })
        };
        Ok(open())
    }

    /// Where else the password is in use, and, unless it is, where near copies are: for those all
    /// cores search as long as the configuration allows.
    pub(crate) fn answer(&mut self) -> Result<Answered, HistoryError> {
        let Self { history, fingerprint, system } = self;
        let scope = Scope::OtherThan(system);
        let uses = history.uses_of(fingerprint, scope)?;
        let budget = history.config().near_budget;
        if !uses.is_empty() || budget.is_zero() {
            return Ok(Answered { uses, near: None });
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let begun = Instant::now();
        let effort = Effort { threads, proceed: &|| begun.elapsed() < budget };
        let near = history.look_near(fingerprint, scope, effort)?;
        Ok(Answered { uses: history.uses_of(fingerprint, scope)?, near: Some(near) })
    }

    /// Records the password for its system if `accept`, who is told where else it is in use at that
    /// moment, accepts it: all in one transaction.
    pub(crate) fn record(&mut self, accept: impl FnOnce(&[Use]) -> bool) -> anyhow::Result<bool> {
        let Self { history, fingerprint, system } = self;
        let scope = Scope::OtherThan(system);
        Ok(history.record_if(fingerprint, system, scope, Moment::now()?.day(), accept)?)
    }
}
