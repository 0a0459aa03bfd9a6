//! Forgetting: a person, a person on one system, and what is too old.

use crate::config::account::Account;
use crate::config::system::System;
use crate::error::HistoryError;
use crate::store::history::History;
use crate::store::rows;
use strongpass_policy::Day;

impl History {
    /// Forgets all that is kept of an account, and returns how many records that was. Afterwards no
    /// byte of their tags is in the database or its log: they are overwritten with zeros, the log is
    /// emptied, and the database is written anew.
    ///
    /// # Errors
    /// If the history cannot be written. If the log cannot be emptied because another program is
    /// reading it, the records are gone already, and running it again finishes the work.
    pub fn forget(&mut self, account: &Account) -> Result<usize, HistoryError> {
        self.erase(account, None)
    }

    /// Forgets what is kept of an account on one system; as [`forget`](Self::forget).
    ///
    /// # Errors
    /// As [`forget`](Self::forget).
    pub fn forget_on(&mut self, account: &Account, system: &System) -> Result<usize, HistoryError> {
        self.erase(account, Some(system))
    }

    /// Forgets the records that were last used more than [`Config::expire_after_days`] days before
    /// today, and returns how many. Run it once a day. A clock that is ahead makes it forget too
    /// early, and nothing here can tell; a clock that is behind is refused.
    ///
    /// [`Config::expire_after_days`]: crate::Config::expire_after_days
    ///
    /// # Errors
    /// If the history cannot be written, or the clock was set back.
    pub fn expire(&mut self, today: Day) -> Result<usize, HistoryError> {
        let first_kept = today.days_before(self.config.expire_after_days);
        let lock = self.lock()?;
        let erased = self.write(&lock, |change, keys| {
            rows::check_clock(change, today)?;
            let erased =
                change.execute("DELETE FROM record WHERE day < ?1", [first_kept.number()])?;
            change.execute_batch(DROP_EMPTY_ACCOUNTS)?;
            rows::touch(change, keys, today)?;
            Ok(erased)
        })?;
        // What `remember` dropped since yesterday leaves the log here, too.
        if erased == 0 { self.empty_log() } else { self.compact() }?;
        Ok(erased)
    }

    /// Says that the clock is right now and was ahead before: every later day becomes today.
    ///
    /// # Errors
    /// If the history cannot be written.
    pub fn reset_clock(&mut self, today: Day) -> Result<(), HistoryError> {
        let lock = self.lock()?;
        self.write(&lock, |change, _| {
            let number = today.number();
            change.execute("UPDATE record SET day = ?1 WHERE day > ?1", [number])?;
            change.execute("UPDATE store SET latest_day = min(latest_day, ?1)", [number])?;
            Ok(())
        })
    }

    fn erase(&mut self, account: &Account, system: Option<&System>) -> Result<usize, HistoryError> {
        let lock = self.lock()?;
        let erased = self.write(&lock, |change, keys| {
            let mut erased = 0;
            for found in rows::accounts(change, keys, account)? {
                erased += change.execute(
                    "DELETE FROM record WHERE account = ?1 AND system = coalesce(?2, system)",
                    (found.id, system.map(System::id)),
                )?;
            }
            change.execute_batch(DROP_EMPTY_ACCOUNTS)?;
            Ok(erased)
        })?;
        // Also when nothing was found: an earlier run may have been cut off before this.
        self.compact()?;
        Ok(erased)
    }
}

/// Nothing is kept of a person of whom no record is kept: neither pseudonym nor salt.
const DROP_EMPTY_ACCOUNTS: &str =
    "DELETE FROM account WHERE NOT EXISTS (SELECT 1 FROM record WHERE record.account = account.id)";
