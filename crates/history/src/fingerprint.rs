//! What a password becomes before it is compared: its slow hashes, in wiped memory.

use std::fmt;

use strongpass_policy::{Likeness, Password, Use, nfc};
use zeroize::Zeroizing;

use crate::config::Config;
use crate::config::account::Account;
use crate::config::system::System;
use crate::crypto::kdf::Kdf;
use crate::error::HistoryError;
use crate::keys::derived::{Derived, Hasher, Salt};
use crate::keys::ring::KeyRing;
use crate::store::history::History;
use crate::store::rows::{Person, Record};

pub(crate) mod near;

/// Which uses count against a password.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Scope<'a> {
    /// Those on other systems: for a password that may be in use on this one already.
    OtherThan(&'a System),
    /// Those on every system: for a new password, which must not be a former one either.
    Every,
}

impl Scope<'_> {
    pub(crate) fn holds(self, system: &str) -> bool {
        match self {
            Self::OtherThan(own) => own.id() != system,
            Self::Every => true,
        }
    }
}

/// A password of an account, made ready for comparison: one Argon2id for all systems.
///
/// It holds the password, wiped on drop; it prints nothing of it. It stays right when other
/// processes write in between, because it is compared with what is kept at that moment.
pub struct Fingerprint {
    pub(crate) account: Account,
    pub(crate) password: Zeroizing<String>,
    /// For an account that is not kept yet.
    pub(crate) salt: Salt,
    pub(crate) own: Vec<Derived>,
    pub(crate) near: Vec<Derived>,
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fingerprint(..)")
    }
}

impl Fingerprint {
    /// Runs the slow hash where it has not been run yet.
    pub(crate) fn complete(
        &mut self,
        wanted: impl IntoIterator<Item = (Salt, Kdf)>,
    ) -> Result<(), HistoryError> {
        let mut hasher = Hasher::default();
        for (salt, kdf) in wanted {
            if self.hash(salt, kdf).is_none() {
                self.own.push(hasher.derive(&self.password, salt, kdf)?);
            }
        }
        Ok(())
    }

    pub(crate) fn hash(&self, salt: Salt, kdf: Kdf) -> Option<&Derived> {
        self.own.iter().find(|derived| derived.salt == salt && derived.kdf == kdf)
    }

    /// Whether a record is of this very password.
    pub(crate) fn is_of(&self, record: &Record, keys: &KeyRing) -> bool {
        self.own.iter().any(|derived| record.is_of(derived, keys))
    }

    /// The uses that a person's records show: the same password first, the latest day first.
    pub(crate) fn uses(
        &self,
        person: &Person,
        keys: &KeyRing,
        config: &Config,
        scope: Scope<'_>,
    ) -> Vec<Use> {
        let mut found: Vec<(&Record, Likeness)> = Vec::new();
        for record in person.records.iter().filter(|record| scope.holds(&record.system)) {
            if self.is_of(record, keys) {
                found.push((record, Likeness::Same));
            } else if self.near.iter().any(|near| record.is_of(near, keys)) {
                found.push((record, Likeness::Near));
            }
        }
        found.sort_by_key(|(record, likeness)| {
            (*likeness == Likeness::Near, std::cmp::Reverse(record.day))
        });
        let mut uses: Vec<Use> = Vec::new();
        for (record, likeness) in found {
            let system = record.system.parse::<System>();
            let title =
                system.map_or_else(|_| record.system.clone(), |id| config.title(&id).to_owned());
            // A system is named once, by its nearest and latest use.
            if uses.iter().all(|named| named.system != title) {
                uses.push(Use { system: title, day: record.day.to_string(), likeness });
            }
        }
        uses
    }
}

impl History {
    /// Makes a password ready for comparison. It costs one Argon2id if anything is kept of the
    /// account (one more for each older set of parameters), and none if not.
    ///
    /// # Errors
    /// If the password is not text, or the history cannot be read.
    pub fn fingerprint(
        &mut self,
        account: &Account,
        password: &Password,
    ) -> Result<Fingerprint, HistoryError> {
        let text = password.expose().ok_or(HistoryError::NotText)?;
        let person = self.person(account)?;
        let mut fingerprint = Fingerprint {
            account: account.clone(),
            password: nfc(text),
            salt: Salt::random()?,
            own: Vec::new(),
            near: Vec::new(),
        };
        fingerprint.complete(hashes_of(&person.records, Scope::Every))?;
        Ok(fingerprint)
    }

    /// Where this password is in use, and, once [`look_near`](Self::look_near) has run, where a near
    /// copy of it is. An empty list means: nowhere that is remembered.
    ///
    /// # Errors
    /// If the history cannot be read.
    pub fn uses_of(
        &mut self,
        fingerprint: &mut Fingerprint,
        scope: Scope<'_>,
    ) -> Result<Vec<Use>, HistoryError> {
        let person = self.person(&fingerprint.account)?;
        fingerprint.complete(hashes_of(&person.records, Scope::Every))?;
        Ok(fingerprint.uses(&person, &self.keys, &self.config, scope))
    }

    pub(crate) fn person(&mut self, account: &Account) -> Result<Person, HistoryError> {
        self.read(|connection, keys| Person::load(connection, keys, account))
    }
}

/// The salts and parameters under which records are kept: mostly one pair.
pub(crate) fn hashes_of(records: &[Record], scope: Scope<'_>) -> Vec<(Salt, Kdf)> {
    let mut pairs = Vec::new();
    for record in records.iter().filter(|record| scope.holds(&record.system)) {
        let pair = (record.salt, record.kdf);
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs
}
