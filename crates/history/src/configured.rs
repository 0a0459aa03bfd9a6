//! The history that is configured: found, and asked and told by the gate.

use std::path::{Path, PathBuf};
use std::time::Instant;

use strongpass_gate::{
    FileKind, GateError, Inquiry, Memory, MemoryError, MemoryErrorKind, Search, read_configuration,
};
use strongpass_policy::{Day, Former, Password, Use};
use strongpass_trusted::Trust;

use crate::config::Config;
use crate::config::account::{Account, AccountError};
use crate::config::system::{System, SystemError};
use crate::error::HistoryError;
use crate::fingerprint::near::Effort;
use crate::fingerprint::{Fingerprint, Scope};
use crate::store::history::History;

/// A history that is configured, and the system that a password is for.
#[derive(Debug)]
#[non_exhaustive]
pub struct ConfiguredHistory {
    /// Its configuration; a door may shorten its times.
    pub config: Config,
    /// The file of the configuration.
    pub file: PathBuf,
    /// The system that the password is for, if anybody said so.
    pub system: Option<System>,
}

impl ConfiguredHistory {
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
        let Some(text) = read_configuration(path, trust)? else { return Ok(None) };
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
            Some(id) => Some(self.config.system(id)?),
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

    /// Remembers that the account has this password from that day, whatever the policy says of it.
    ///
    /// # Errors
    /// If nobody said of which system it is, or it cannot be recorded.
    pub fn record(&self, account: &str, password: &Password, today: Day) -> Result<(), GateError> {
        let system = self.system.as_ref().ok_or(GateError::NoSystem)?;
        let (mut history, mut fingerprint) = self.fingerprint(account, password)?;
        Ok(history.record(&mut fingerprint, system, today)?)
    }

    fn fingerprint(
        &self,
        account: &str,
        password: &Password,
    ) -> Result<(History, Fingerprint), GateError> {
        let account = account.parse::<Account>()?;
        let mut history = History::open(&self.config)?;
        let fingerprint = history.fingerprint(&account, password)?;
        Ok((history, fingerprint))
    }
}

impl Memory for ConfiguredHistory {
    fn system(&self) -> Option<&str> {
        self.system.as_ref().map(System::id)
    }

    fn ask<'a>(
        &'a self,
        account: &str,
        password: &Password,
        former: Former,
    ) -> Result<Box<dyn Inquiry + 'a>, GateError> {
        let (history, fingerprint) = self.fingerprint(account, password)?;
        let system = self.system.as_ref();
        let scope = match (former, system) {
            (Former::Allowed, Some(own)) => Scope::OtherThan(own),
            _ => Scope::Every,
        };
        Ok(Box::new(Asked { history, fingerprint, scope, system }))
    }
}

/// A history that is asked about one password of one account.
struct Asked<'a> {
    history: History,
    fingerprint: Fingerprint,
    scope: Scope<'a>,
    system: Option<&'a System>,
}

impl Inquiry for Asked<'_> {
    fn uses(&mut self) -> Result<Vec<Use>, GateError> {
        Ok(self.history.uses_of(&mut self.fingerprint, self.scope)?)
    }

    fn look_near(&mut self, threads: usize) -> Result<Option<Search>, GateError> {
        let budget = self.history.config().near_budget;
        if budget.is_zero() {
            return Ok(None);
        }
        let begun = Instant::now();
        let effort = Effort { threads, proceed: &|| begun.elapsed() < budget };
        Ok(Some(self.history.look_near(&mut self.fingerprint, self.scope, effort)?))
    }

    fn record(
        &mut self,
        today: Day,
        accept: &mut dyn FnMut(&[Use]) -> bool,
    ) -> Result<(), GateError> {
        let system = self.system.ok_or(GateError::NoSystem)?;
        let Self { history, fingerprint, scope, .. } = self;
        history.record_if(fingerprint, system, *scope, today, accept)?;
        Ok(())
    }
}

impl From<HistoryError> for GateError {
    fn from(error: HistoryError) -> Self {
        #[expect(clippy::wildcard_enum_match_arm, reason = "all others are faults")]
        let kind = match &error {
            HistoryError::NotText => MemoryErrorKind::NotText,
            HistoryError::Locked { .. } => MemoryErrorKind::Busy,
            HistoryError::Untrusted(error) if error.is_denied() => MemoryErrorKind::Denied,
            _ => MemoryErrorKind::Fault,
        };
        MemoryError::new(kind, error).into()
    }
}

impl From<AccountError> for GateError {
    fn from(error: AccountError) -> Self {
        MemoryError::new(MemoryErrorKind::Mistake, error).into()
    }
}

impl From<SystemError> for GateError {
    fn from(error: SystemError) -> Self {
        MemoryError::new(MemoryErrorKind::Mistake, error).into()
    }
}
