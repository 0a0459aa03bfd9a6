//! What the history knows of a password, and how it learns of a new one.

use std::path::Path;
use std::time::{Instant, SystemTime};

use strongpass_history::{
    Account, Config, Day, Effort, Fingerprint, History, HistoryError, Scope, System,
};
use strongpass_policy::{Password, Use};

use crate::arguments::Arguments;
use crate::setup::{self, NotReady};

/// Where the history of this machine is configured, as the command has it.
const SYSTEM_CONFIG: &str = "/etc/strongpass/history.toml";

/// A history that is switched on.
#[derive(Debug)]
pub(crate) struct Memory {
    config: Config,
    /// The system that this service sets the password of, if anybody said so.
    system: Option<System>,
}

/// What the history answered.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) uses: Vec<Use>,
    /// Whether near copies were looked for, too.
    pub(crate) near: bool,
}

impl Memory {
    /// The history of this line of the stack; `None` if none was switched on.
    pub(crate) fn of(arguments: &Arguments, service: &str) -> Result<Option<Self>, NotReady> {
        let wanted = arguments.history_config.as_deref();
        let path = Path::new(wanted.unwrap_or(SYSTEM_CONFIG));
        let Some(text) = setup::read_text(path)? else {
            return match (wanted, &arguments.system) {
                (Some(_), _) => {
                    Err(NotReady::at(path, &"there is no such file; correct `history_config=`"))
                }
                (None, Some(_)) => Err(NotReady::at(
                    path,
                    &"`system=` needs a history, and there is no such file; see strongpass(1)",
                )),
                (None, None) => Ok(None),
            };
        };
        let config = Config::from_toml(&text).map_err(|error| NotReady::mistake(path, &error))?;
        let system = match &arguments.system {
            Some(id) => Some(config.system(id).map_err(|error| NotReady::at(path, &error))?),
            None => config.pam_system(service).cloned(),
        };
        Ok(Some(Self { config, system }))
    }

    pub(crate) fn system(&self) -> Option<&System> {
        self.system.as_ref()
    }

    /// Opens the history and closes it again.
    pub(crate) fn try_out(&self) -> Result<(), NotReady> {
        self.open().map(drop)
    }

    /// Where the password, or a near copy of it, is or was in use: on every system, for it is a new
    /// one. It costs nothing for an account of which nothing is kept.
    pub(crate) fn uses(&self, account: &str, password: &Password) -> Result<Known, NotReady> {
        let (mut history, mut fingerprint) = self.fingerprint(account, password)?;
        let uses = history.uses_of(&mut fingerprint, Scope::Every).map_err(unready)?;
        let budget = self.config.near_budget;
        if !uses.is_empty() || budget.is_zero() {
            return Ok(Known { uses, near: false });
        }
        let begun = Instant::now();
        let effort = Effort { threads: 1, proceed: &|| begun.elapsed() < budget };
        history.look_near(&mut fingerprint, Scope::Every, effort).map_err(unready)?;
        let uses = history.uses_of(&mut fingerprint, Scope::Every).map_err(unready)?;
        Ok(Known { uses, near: true })
    }

    /// Remembers that the account has this password on its system from today.
    pub(crate) fn record(&self, account: &str, password: &Password) -> Result<(), NotReady> {
        let Some(system) = &self.system else {
            return Err(NotReady::new(
                "nobody said which system this service belongs to: name it in [pam] of the \
                 history's configuration, or with `system=`",
            ));
        };
        let (mut history, mut fingerprint) = self.fingerprint(account, password)?;
        history.record(&mut fingerprint, system, today()?).map_err(unready)
    }

    fn open(&self) -> Result<History, NotReady> {
        History::open(&self.config).map_err(unready)
    }

    fn fingerprint(
        &self,
        account: &str,
        password: &Password,
    ) -> Result<(History, Fingerprint), NotReady> {
        let account =
            account.parse::<Account>().map_err(|error| NotReady::new(error.to_string()))?;
        let mut history = self.open()?;
        let fingerprint = history.fingerprint(&account, password).map_err(unready)?;
        Ok((history, fingerprint))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it ends here, and reads well in `map_err`")]
fn unready(error: HistoryError) -> NotReady {
    let why = error.to_string();
    if matches!(error, HistoryError::Locked { .. }) {
        NotReady::Busy(why)
    } else {
        NotReady::NotSetUp(why)
    }
}

/// Today by the clock of the system, in UTC.
fn today() -> Result<Day, NotReady> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = now.map_err(|_| NotReady::new("the clock is before 1970; set it"))?;
    Ok(Day::from_unix_seconds(now.as_secs()))
}
