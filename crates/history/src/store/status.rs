//! What can be said about the history without knowing a password: uses, counts, keys.

use super::history::History;
use super::rows::{self, Failure};
use crate::config::account::Account;
use crate::config::system::System;
use crate::crypto::kdf::Kdf;
use crate::crypto::key_id::KeyId;
use crate::error::HistoryError;
use crate::keys::ring::KeyRing;
use strongpass_policy::Day;

/// That an account used some password on a system, last on that day.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Remembered {
    /// The system, declared or not.
    pub system: System,
    /// The day of its last use.
    pub day: Day,
}

/// The history at a glance.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Status {
    /// How many records there are.
    pub records: u64,
    /// Of how many accounts.
    pub accounts: u64,
    /// The day of the oldest record.
    pub oldest: Option<Day>,
    /// The latest day that the history has seen.
    pub latest: Day,
    /// How many records have a slow hash that is weaker than the present one. Each is raised when
    /// its password is recorded again, and expires if it is not.
    pub weaker: u64,
    /// The slow hash of new records.
    pub kdf: Kdf,
    /// Every key of the ring, the newest first.
    pub keys: Vec<KeyStatus>,
    /// Systems that records name and the configuration does not.
    pub undeclared: Vec<System>,
    /// The size of the database and its log, in bytes.
    pub bytes: u64,
}

/// A key of the ring.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct KeyStatus {
    /// Its name.
    pub id: KeyId,
    /// The day it was made.
    pub made: Day,
    /// How many records and accounts are under it. An older key with none can be dropped.
    pub uses: u64,
}

impl History {
    /// On which systems an account has used a password, and when; the latest first. Never more.
    ///
    /// # Errors
    /// If the history cannot be read.
    pub fn uses(&mut self, account: &Account) -> Result<Vec<Remembered>, HistoryError> {
        let person = self.person(account)?;
        let damaged = || HistoryError::damaged(&self.config.store, "a record names no system");
        let uses = person.records.into_iter().map(|record| {
            let system = record.system.parse().map_err(|_| damaged())?;
            Ok(Remembered { system, day: record.day })
        });
        let mut uses: Vec<Remembered> = uses.collect::<Result<_, HistoryError>>()?;
        uses.sort_by_key(|used| std::cmp::Reverse(used.day));
        Ok(uses)
    }

    /// The history at a glance. It reads all of it once.
    ///
    /// # Errors
    /// If the history cannot be read.
    pub fn status(&mut self) -> Result<Status, HistoryError> {
        let (kdf, systems) = (self.config.kdf, self.config.systems.clone());
        self.read(|connection, keys| {
            let count = |select: &str| connection.query_row(select, [], |row| number(row.get(0)?));
            let oldest: Option<u32> =
                connection.query_row("SELECT min(day) FROM record", [], |row| row.get(0))?;
            let weaker = connection.query_row(
                "SELECT count(*) FROM record WHERE memory * passes < ?1",
                [i64::try_from(kdf.cost()).unwrap_or(i64::MAX)],
                |row| number(row.get(0)?),
            )?;
            let mut select = connection.prepare("SELECT DISTINCT system FROM record")?;
            let named = select.query_map([], |row| row.get::<_, String>(0))?;
            let mut undeclared = Vec::new();
            for id in named {
                let system = id?.parse::<System>();
                undeclared.extend(system.ok().filter(|system| !systems.contains_key(system)));
            }
            undeclared.sort();
            Ok(Status {
                records: count("SELECT count(*) FROM record")?,
                accounts: count("SELECT count(*) FROM account")?,
                oldest: oldest.and_then(Day::from_number),
                latest: rows::latest_day(connection)?,
                weaker,
                kdf,
                keys: key_uses(connection, keys)?,
                undeclared,
                bytes: count(
                    "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                )?,
            })
        })
    }
}

/// SQLite counts in 64 bits with a sign.
fn number(count: i64) -> rusqlite::Result<u64> {
    u64::try_from(count).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, count))
}

fn key_uses(connection: &rusqlite::Connection, keys: &KeyRing) -> Result<Vec<KeyStatus>, Failure> {
    let mut select = connection.prepare(
        "SELECT (SELECT count(*) FROM record WHERE key = ?1)
              + (SELECT count(*) FROM account WHERE key = ?1)",
    )?;
    let mut found = Vec::new();
    for key in keys.all() {
        let uses = select.query_row([key.id.0], |row| number(row.get(0)?))?;
        found.push(KeyStatus { id: key.id, made: key.made, uses });
    }
    Ok(found)
}
