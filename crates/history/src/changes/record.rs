//! Recording a use, so that nothing is lost and nothing is there twice.

use rusqlite::Transaction;
use strongpass_policy::Use;

use crate::config::system::System;
use crate::crypto::kdf::Kdf;
use crate::error::HistoryError;
use crate::fingerprint::{Fingerprint, Scope, hashes_of};
use crate::keys::ring::KeyRing;
use crate::keys::seal;
use crate::store::history::History;
use crate::store::rows::{self, AccountRow, Failure, Insertion, Person, Record};
use strongpass_policy::Day;

impl History {
    /// Records that an account uses this password on a system since (or still) today. It is on the
    /// disk when this returns.
    ///
    /// The same password on the same system gets a new day, never a second record. Every record of
    /// this account that is of this password, on whichever system, is sealed with the newest key and
    /// the present parameters. Of the system's older passwords, [`Config::remember`] less one stay.
    ///
    /// [`Config::remember`]: crate::Config::remember
    ///
    /// # Errors
    /// If the history cannot be written, or the clock was set back.
    pub fn record(
        &mut self,
        fingerprint: &mut Fingerprint,
        system: &System,
        today: Day,
    ) -> Result<(), HistoryError> {
        self.record_if(fingerprint, system, Scope::Every, today, |_| true).map(|_| ())
    }

    /// Records a use if `judge`, who is told the uses within `scope`, accepts it; all in one
    /// transaction, so that of two processes that set the same password on two systems at once, the
    /// second is told of the first.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    pub fn record_if(
        &mut self,
        fingerprint: &mut Fingerprint,
        system: &System,
        scope: Scope<'_>,
        today: Day,
        judge: impl FnOnce(&[Use]) -> bool,
    ) -> Result<bool, HistoryError> {
        // The slow part first, while others may write.
        let person = self.person(&fingerprint.account)?;
        prepare(fingerprint, &person, self.config.kdf)?;
        let lock = self.lock()?;
        let config = self.config.clone();
        self.write(&lock, |change, keys| {
            rows::check_clock(change, today)?;
            let person = Person::load(change, keys, &fingerprint.account)?;
            // Mostly nothing is left to do: another process wrote in between.
            prepare(fingerprint, &person, config.kdf)?;
            if !judge(&fingerprint.uses(&person, keys, &config, scope)) {
                return Ok(false);
            }
            let account = account(change, keys, fingerprint, &person)?;
            let day = reseal(change, keys, fingerprint, &person, system, config.kdf)?;
            let day = day.map_or(today, |earlier| earlier.max(today));
            add(change, keys, fingerprint, &account, system, config.kdf, day)?;
            rows::trim(change, account.id, system.id(), config.remember)?;
            rows::touch(change, keys, today)?;
            Ok(true)
        })
    }
}

/// Hashes the password for every record that is kept, and for the one to be written.
fn prepare(fingerprint: &mut Fingerprint, person: &Person, kdf: Kdf) -> Result<(), HistoryError> {
    let mut wanted = hashes_of(&person.records, Scope::Every);
    wanted.extend(person.accounts.iter().map(|account| (account.salt, kdf)));
    if person.accounts.is_empty() {
        wanted.push((fingerprint.salt, kdf));
    }
    fingerprint.complete(wanted)
}

/// The account to write to, under the newest key.
fn account(
    change: &Transaction<'_>,
    keys: &KeyRing,
    fingerprint: &Fingerprint,
    person: &Person,
) -> Result<AccountRow, Failure> {
    let newest = keys.newest();
    // They are found in the order of the keys, the newest first.
    match person.accounts.first() {
        None => rows::add_account(change, newest, &fingerprint.account, fingerprint.salt),
        Some(found) => {
            if found.key != newest.id {
                rows::rename_account(change, newest, &fingerprint.account, found)?;
            }
            Ok(*found)
        }
    }
}

/// Takes away the records of this password on this system, and seals those on other systems anew;
/// returns the latest day of the former.
fn reseal(
    change: &Transaction<'_>,
    keys: &KeyRing,
    fingerprint: &Fingerprint,
    person: &Person,
    system: &System,
    kdf: Kdf,
) -> Result<Option<Day>, Failure> {
    let mut latest = None;
    for record in person.records.iter().filter(|record| fingerprint.is_of(record, keys)) {
        if record.system == system.id() {
            rows::remove_record(change, record)?;
            latest = latest.max(Some(record.day));
        } else if (record.key, record.kdf) != (keys.newest().id, kdf)
            && let Some(derived) = fingerprint.hash(record.salt, kdf)
        {
            let tag = seal::tag(keys.newest(), &record.system, derived);
            rows::reseal_record(change, record, kdf, keys.newest().id, tag)?;
        }
    }
    Ok(latest)
}

fn add(
    change: &Transaction<'_>,
    keys: &KeyRing,
    fingerprint: &Fingerprint,
    account: &AccountRow,
    system: &System,
    kdf: Kdf,
    day: Day,
) -> Result<(), Failure> {
    let key = keys.newest();
    let derived =
        fingerprint.hash(account.salt, kdf).ok_or(Failure::Damaged("an account has no salt"))?;
    let record = Record {
        account: account.id,
        salt: account.salt,
        system: system.id().to_owned(),
        day,
        kdf,
        key: key.id,
        tag: seal::tag(key, system.id(), derived),
    };
    Insertion::prepare(change)?.add(&record, None)
}
