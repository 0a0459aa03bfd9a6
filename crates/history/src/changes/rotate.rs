//! Changing the key: the newest seals, the older ones still verify.

use crate::crypto::key_id::KeyId;
use crate::error::HistoryError;
use crate::store::history::History;
use crate::store::rows::{self, Failure};
use strongpass_policy::Day;

impl History {
    /// Adds a key, which from now on seals; the older ones still verify. A record is sealed anew
    /// when its password is recorded again; until then it stays under its key, because only the
    /// password can make its tag.
    ///
    /// # Errors
    /// If the file of the keys or the history cannot be written. The file is replaced as a whole
    /// and before the history: a crash in between leaves a key that nothing uses yet.
    pub fn rotate_key(&mut self, today: Day) -> Result<KeyId, HistoryError> {
        let lock = self.lock()?;
        self.reload_keys()?;
        self.keys.rotate(today)?;
        self.save_keys()?;
        self.write(&lock, |change, keys| {
            change.execute("UPDATE store SET newest_key = ?1", [keys.newest().id.0])?;
            Ok(keys.newest().id)
        })
    }

    /// Removes the older keys that no record and no account is under any more, and returns how many.
    /// Records expire, so a key can be dropped at the latest [`Config::expire_after_days`] days
    /// after the next one was added.
    ///
    /// [`Config::expire_after_days`]: crate::Config::expire_after_days
    ///
    /// # Errors
    /// If the file of the keys cannot be written.
    pub fn drop_unused_keys(&mut self) -> Result<usize, HistoryError> {
        let lock = self.lock()?;
        self.reload_keys()?;
        let used = self.write(&lock, |change, keys| {
            // The newest key of the ring may be one that a crash kept from being noted.
            let latest = rows::latest_day(change)?;
            rows::touch(change, keys, latest)?;
            let mut select =
                change.prepare("SELECT key FROM record UNION SELECT key FROM account")?;
            let ids = select.query_map([], |row| Ok(KeyId(row.get(0)?)))?;
            ids.collect::<Result<Vec<KeyId>, _>>().map_err(Failure::from)
        })?;
        let dropped = self.keys.retain(|id| used.contains(&id));
        if dropped > 0 {
            self.save_keys()?;
        }
        Ok(dropped)
    }

    fn save_keys(&mut self) -> Result<(), HistoryError> {
        let saved = self.keys.save(&self.config.keys, self.config.trust);
        if saved.is_err() {
            self.reload_keys()?;
        }
        saved
    }
}
