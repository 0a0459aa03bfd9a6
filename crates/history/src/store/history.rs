//! The open history: made, opened, read, written and closed under its lock.

use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use strongpass_policy::Day;
use strongpass_trusted::Opener;

use super::lock::Lock;
use super::rows::{self, Failure};
use super::schema;
use crate::config::Config;
use crate::crypto::key_id::KeyId;
use crate::error::HistoryError;
use crate::files;
use crate::keys::ring::KeyRing;

/// What is remembered about people: that a password was used, where and when.
///
/// Any number of processes may hold one open. Neither opening nor reading waits for a writer (unless
/// the database is being made or is of an older version); each write waits for its turn, at most
/// [`Config::wait`], and is on the disk when it returns.
#[derive(Debug)]
pub struct History {
    // Dropped in this order: the database is closed while the lock is held.
    connection: Connection,
    closing: Option<Lock>,
    pub(crate) keys: KeyRing,
    pub(crate) config: Config,
    wrote: bool,
}

impl History {
    /// Makes an empty history, and a ring of one key unless there is a ring already; `today` is
    /// noted as the day of the key.
    ///
    /// # Errors
    /// If a history already exists, or it cannot be made.
    pub fn create(config: &Config, today: Day) -> Result<Self, HistoryError> {
        let path = &config.store;
        files::make_directory(files::directory_of(path), 0o700)?;
        let lock = Lock::acquire(&files::lock_of(path), config.trust, config.wait)?;
        // An empty one was left by a crash in the next lines, before anything was recorded.
        if !files::check_store(path, config.trust)? {
            drop(Opener::new(config.trust).private_with_folder().make(path)?);
        }
        let mut connection = schema::connect(path, config.wait)?;
        if schema::version(&connection, path, config.wait)?.is_some() {
            return Err(HistoryError::Exists { path: path.clone() });
        }
        let keys = match KeyRing::load(&config.keys, config.trust) {
            Err(HistoryError::NoKeys { .. }) => {
                // Others may look into /etc/strongpass, where the policy is, too.
                files::make_directory(files::directory_of(&config.keys), 0o755)?;
                KeyRing::random(today)?.save(&config.keys, config.trust)?;
                KeyRing::load(&config.keys, config.trust)?
            }
            other => other?,
        };
        let made = schema::configure(&connection)
            .and_then(|()| schema::checkpoint_on_close(&connection, true))
            .map_err(Failure::from)
            .and_then(|()| change(&mut connection, |change| schema::create(change, &keys)));
        made.map_err(|failure| explain(failure, config, config.wait))?;
        let history = Self { connection, closing: None, keys, config: config.clone(), wrote: true };
        history.empty_log()?;
        files::sync_directory(path)?;
        drop(lock);
        Ok(history)
    }

    /// Opens a history, and brings one of an older version to the present one.
    ///
    /// # Errors
    /// If there is none, it or its keys cannot be read or may be read by others; or it must be
    /// brought to the present version, and another program holds the lock.
    pub fn open(config: &Config) -> Result<Self, HistoryError> {
        let path = &config.store;
        if !files::check_store(path, config.trust)? {
            return Err(HistoryError::Missing { path: path.clone() });
        }
        let mut connection = schema::connect(path, config.wait)?;
        let mut version = schema::version(&connection, path, config.wait)?;
        let mut lock = None;
        if version != Some(schema::VERSION) || schema::check_length(&connection, path).is_err() {
            // It may be another program's work, half done: it is looked at again when nobody can be
            // writing.
            lock = Some(Lock::acquire(&files::lock_of(path), config.trust, config.wait)?);
            version = schema::version(&connection, path, config.wait)?;
        }
        let Some(version) = version else {
            return Err(HistoryError::damaged(path, "it is empty"));
        };
        let keys = KeyRing::load(&config.keys, config.trust)?;
        let is_old = version < schema::VERSION;
        let mut set_up = match lock {
            Some(_) => schema::check_length(&connection, path),
            None => Ok(()),
        };
        set_up = set_up.and_then(|()| Ok(schema::configure(&connection)?));
        if set_up.is_ok() && is_old {
            set_up =
                schema::checkpoint_on_close(&connection, true).map_err(Failure::from).and_then(
                    |()| change(&mut connection, |change| schema::migrate(change, &keys, path)),
                );
        }
        set_up.map_err(|failure| explain(failure, config, config.wait))?;
        drop(lock);
        let config = config.clone();
        let mut history = Self { connection, closing: None, keys, config, wrote: is_old };
        // That the keys are those of this history, also if they are being rotated.
        history.read(|_, _| Ok(()))?;
        Ok(history)
    }

    /// Waits for the turn to write and lets it go again: whether a record could be made now.
    ///
    /// # Errors
    /// If another program holds the lock.
    pub fn await_turn(&self) -> Result<(), HistoryError> {
        self.lock().map(drop)
    }

    /// The configuration that it was opened with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Reads the whole database and says whether it is whole.
    ///
    /// # Errors
    /// If it is damaged, or holds a record under a key that the ring lacks.
    pub fn verify(&mut self) -> Result<(), HistoryError> {
        self.read(|connection, keys| {
            if let Some(what) = schema::fault(connection)? {
                return Err(Failure::History(HistoryError::Damaged {
                    path: std::path::PathBuf::new(),
                    what,
                }));
            }
            let mut select = connection
                .prepare("SELECT key FROM record UNION SELECT key FROM account ORDER BY key")?;
            let mut used = select.query([])?;
            while let Some(row) = used.next()? {
                let id = KeyId(row.get(0)?);
                keys.get(id).ok_or(Failure::UnknownKey(id))?;
            }
            Ok(())
        })
    }

    /// Reads one state of the database; if a key is missing, again with the ring read anew, for it
    /// may have been rotated by another process.
    pub(crate) fn read<T>(
        &mut self,
        read: impl Fn(&Connection, &KeyRing) -> Result<T, Failure>,
    ) -> Result<T, HistoryError> {
        let attempt = |connection: &mut Connection, keys: &KeyRing| {
            let state = connection.transaction()?;
            rows::check_keys(&state, keys)?;
            read(&state, keys)
        };
        let mut result = attempt(&mut self.connection, &self.keys);
        if let Err(Failure::UnknownKey(_)) = result {
            self.reload_keys()?;
            result = attempt(&mut self.connection, &self.keys);
        }
        result.map_err(|failure| self.explain(failure))
    }

    /// Waits for the turn to write.
    pub(crate) fn lock(&self) -> Result<Lock, HistoryError> {
        Lock::acquire(&files::lock_of(&self.config.store), self.config.trust, self.config.wait)
    }

    /// Changes the database, all at once or not at all; the caller shows that it holds the lock.
    pub(crate) fn write<T>(
        &mut self,
        _lock: &Lock,
        write: impl FnOnce(&Transaction<'_>, &KeyRing) -> Result<T, Failure>,
    ) -> Result<T, HistoryError> {
        if !self.wrote {
            let closes = schema::checkpoint_on_close(&self.connection, true);
            closes.map_err(|error| self.explain(error.into()))?;
            self.wrote = true;
        }
        // Under the lock no other process rotates: now is the time to see whether one did.
        if let Err(Failure::UnknownKey(_)) = rows::check_keys(&self.connection, &self.keys) {
            self.reload_keys()?;
        }
        let keys = &self.keys;
        let result = change(&mut self.connection, |change| {
            rows::check_keys(change, keys)?;
            write(change, keys)
        });
        result.map_err(|failure| self.explain(failure))
    }

    pub(crate) fn reload_keys(&mut self) -> Result<(), HistoryError> {
        self.keys = KeyRing::load(&self.config.keys, self.config.trust)?;
        Ok(())
    }

    /// Writes the log into the database and cuts it to nothing; the caller holds the lock.
    pub(crate) fn empty_log(&self) -> Result<(), HistoryError> {
        let busy: rusqlite::Result<bool> =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        match busy {
            Ok(false) => Ok(()),
            Ok(true) => {
                let path = self.config.store.clone();
                Err(HistoryError::Locked { path, waited: self.config.wait })
            }
            Err(error) => Err(self.explain(error.into())),
        }
    }

    /// Writes the database anew without its gaps; the caller holds the lock.
    pub(crate) fn compact(&self) -> Result<(), HistoryError> {
        self.empty_log()?;
        let result = self.connection.execute_batch("VACUUM");
        result.map_err(|error| self.explain(error.into()))?;
        self.empty_log()
    }

    fn explain(&self, failure: Failure) -> HistoryError {
        explain(failure, &self.config, self.config.wait)
    }
}

impl Drop for History {
    /// The last writer to close writes the log into the database: that is a write, so it takes its
    /// turn, but does not wait long for it.
    fn drop(&mut self) {
        if self.wrote {
            let wait = self.config.wait.min(Duration::from_millis(250));
            let lock = files::lock_of(&self.config.store);
            self.closing = Lock::acquire(&lock, self.config.trust, wait).ok();
        }
    }
}

fn change<T>(
    connection: &mut Connection,
    write: impl FnOnce(&Transaction<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = write(&change)?;
    change.commit()?;
    Ok(value)
}

fn explain(failure: Failure, config: &Config, waited: Duration) -> HistoryError {
    match failure {
        Failure::Sqlite(error) => HistoryError::sqlite(&config.store, waited, &error),
        Failure::UnknownKey(id) => HistoryError::UnknownKey { path: config.keys.clone(), id },
        Failure::Damaged(what) => HistoryError::damaged(&config.store, what),
        Failure::History(HistoryError::Damaged { what, .. }) => {
            HistoryError::damaged(&config.store, what)
        }
        Failure::History(error) => error,
    }
}

#[cfg(test)]
mod tests {
    use strongpass_policy::Password;

    use super::*;
    use crate::{Kdf, Scope};

    /// SQLite's own limit of pages answers as a full disk does. (On a real full disk the same was
    /// seen once by hand, on a tmpfs of 300 KiB.)
    #[test]
    fn a_full_disk_loses_nothing() {
        let place = std::env::temp_dir().join(format!("strongpass-full-{}", std::process::id()));
        let config = Config {
            store: place.join("store/history.db"),
            keys: place.join("keys/history.keys"),
            kdf: Kdf::new(8, 1, 1).unwrap(),
            remember: 1_000,
            ..Config::default()
        };
        let today = Day::from_unix_seconds(1_800_000_000);
        let mut history = History::create(&config, today).unwrap();
        let (account, system) = ("k.harper".parse().unwrap(), "network".parse().unwrap());
        let password = |number: u32| Password::new(format!("Kestrel!{number}").as_bytes());
        let limit = |history: &History, pages: u32| {
            history.connection.pragma_update(None, "max_page_count", pages).unwrap();
        };
        limit(&history, 12);
        let refused = (0..1_000).find_map(|number| {
            let mut found = history.fingerprint(&account, &password(number)).unwrap();
            history.record(&mut found, &system, today).err().map(|error| (number, error))
        });
        let (number, error) = refused.unwrap();
        assert!(matches!(error, HistoryError::Full { .. }), "{error}");
        assert!(error.to_string().contains("make room on that disk"));
        assert!(number > 10);
        history.verify().unwrap();
        limit(&history, 1_000_000);
        for known in 0..=number {
            let mut found = history.fingerprint(&account, &password(known)).unwrap();
            let uses = history.uses_of(&mut found, Scope::Every).unwrap();
            assert_eq!(uses.len(), usize::from(known < number), "{known}");
        }
        let mut found = history.fingerprint(&account, &password(number)).unwrap();
        history.record(&mut found, &system, today).unwrap();
        drop(history);
        std::fs::remove_dir_all(place).unwrap();
    }
}
