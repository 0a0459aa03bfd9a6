//! The history that is configured: asked, told, and tried out.

use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use strongpass_history::{
    Account, Config, Day, Effort, Fingerprint, History, HistoryError, Scope, Search, System,
};
use strongpass_policy::{Former, Password, Use};
use strongpass_trusted::Trust;

use crate::error::{FileKind, GateError};
use crate::files;

/// A history that is configured, and the system that a password is for.
#[derive(Debug)]
#[non_exhaustive]
pub struct Memory {
    /// Its configuration; a door may shorten its times.
    pub config: Config,
    /// The file of the configuration.
    pub file: PathBuf,
    /// The system that the password is for, if anybody said so.
    pub system: Option<System>,
}

impl Memory {
    /// Where the history of the whole computer is configured.
    pub const OF_MACHINE: &str = "/etc/strongpass/history.toml";

    /// The history that is configured in that file, or for this computer; `None` if no file was
    /// named and this computer has none.
    ///
    /// # Errors
    /// If the file was named and is not there, is not trusted, cannot be read or has a mistake.
    pub fn find(wanted: Option<&Path>, trust: Trust) -> Result<Option<Self>, GateError> {
        match wanted {
            None => Self::read(Path::new(Self::OF_MACHINE), trust),
            Some(path) => Self::needed(path, trust).map(Some),
        }
    }

    /// The history that is configured in that file.
    ///
    /// # Errors
    /// If the file is not there, is not trusted, cannot be read or has a mistake.
    pub fn needed(path: &Path, trust: Trust) -> Result<Self, GateError> {
        let missing = || GateError::Missing { path: path.to_owned(), kind: FileKind::History };
        Self::read(path, trust)?.ok_or_else(missing)
    }

    /// The history that is configured in that file; `None` if there is no such file.
    ///
    /// # Errors
    /// If the file is not trusted, cannot be read or has a mistake.
    pub fn read(path: &Path, trust: Trust) -> Result<Option<Self>, GateError> {
        let Some(text) = files::text(path, trust)? else { return Ok(None) };
        let mut config = Config::from_toml(&text)
            .map_err(|error| GateError::Mistake { path: path.to_owned(), error })?;
        config.trust = trust;
        Ok(Some(Self { config, file: path.to_owned(), system: None }))
    }

    /// The same, for the system of that id, or else for the one whose passwords a PAM service sets.
    ///
    /// # Errors
    /// If the system is not declared.
    pub fn of_system(mut self, id: Option<&str>, service: Option<&str>) -> Result<Self, GateError> {
        self.system = match id {
            Some(id) => Some(self.config.system(id).map_err(GateError::System)?),
            None => service.and_then(|service| self.config.pam_system(service)).cloned(),
        };
        Ok(self)
    }

    /// Opens the history.
    ///
    /// # Errors
    /// If it cannot be used.
    pub fn open(&self) -> Result<History, GateError> {
        Ok(History::open(&self.config)?)
    }

    /// Remembers that the account has this password from today, whatever the policy says of it.
    ///
    /// # Errors
    /// If nobody said of which system it is, or it cannot be recorded.
    pub fn record(&self, account: &str, password: &Password) -> Result<(), GateError> {
        let system = self.system.as_ref().ok_or(GateError::NoSystem)?;
        let mut asked = self.ask(account, password, Former::Refused)?;
        Ok(asked.history.record(&mut asked.fingerprint, system, today()?)?)
    }

    /// Opens the history and makes a password ready for comparison.
    pub(crate) fn ask(
        &self,
        account: &str,
        password: &Password,
        former: Former,
    ) -> Result<Asked<'_>, GateError> {
        let account = account.parse::<Account>().map_err(GateError::Account)?;
        let mut history = self.open()?;
        let fingerprint = history.fingerprint(&account, password)?;
        let scope = match (former, &self.system) {
            (Former::Allowed, Some(own)) => Scope::OtherThan(own),
            _ => Scope::Every,
        };
        Ok(Asked { history, fingerprint, scope })
    }
}

/// A history that is asked about one password of one account.
pub(crate) struct Asked<'a> {
    history: History,
    fingerprint: Fingerprint,
    scope: Scope<'a>,
}

impl Asked<'_> {
    /// Where the password is in use, and near copies as far as they were searched for.
    pub(crate) fn uses(&mut self) -> Result<Vec<Use>, HistoryError> {
        self.history.uses_of(&mut self.fingerprint, self.scope)
    }

    /// Searches for near copies in use, as long as the configuration allows; `None` if it does not.
    pub(crate) fn look_near(&mut self, threads: usize) -> Result<Option<Search>, HistoryError> {
        let budget = self.history.config().near_budget;
        if budget.is_zero() {
            return Ok(None);
        }
        let begun = Instant::now();
        let effort = Effort { threads, proceed: &|| begun.elapsed() < budget };
        self.history.look_near(&mut self.fingerprint, self.scope, effort).map(Some)
    }

    /// Records the password if `accept`, who is told where it is in use at that moment, accepts it.
    pub(crate) fn record(
        &mut self,
        system: Option<&System>,
        accept: impl FnOnce(&[Use]) -> bool,
    ) -> Result<bool, GateError> {
        let system = system.ok_or(GateError::NoSystem)?;
        let Self { history, fingerprint, scope } = self;
        Ok(history.record_if(fingerprint, system, *scope, today()?, accept)?)
    }
}

/// Today by the clock of the system, in UTC.
fn today() -> Result<Day, GateError> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.map(|now| Day::from_unix_seconds(now.as_secs())).map_err(|_| GateError::Clock)
}
