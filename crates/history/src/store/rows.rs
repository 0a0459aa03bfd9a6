//! What is read from and written to the tables, a row at a time.

use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension as _, Row, Statement, named_params};

use crate::config::account::Account;
use crate::crypto::kdf::Kdf;
use crate::crypto::key_id::KeyId;
use crate::error::HistoryError;
use crate::keys::derived::{Derived, Salt};
use crate::keys::ring::{Key, KeyRing};
use crate::keys::seal;
use strongpass_policy::Day;

/// A refusal of SQLite, which knows no path yet, or one of ours.
#[derive(Debug)]
pub(crate) enum Failure {
    Sqlite(rusqlite::Error),
    /// A key that the ring lacks: it may have been rotated since it was read.
    UnknownKey(KeyId),
    /// A row that no strongpass of this version writes.
    Damaged(&'static str),
    History(HistoryError),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<HistoryError> for Failure {
    fn from(error: HistoryError) -> Self {
        Self::History(error)
    }
}

/// An account as it is kept: a pseudonym and a salt.
#[derive(Clone, Copy)]
pub(crate) struct AccountRow {
    pub(crate) id: i64,
    pub(crate) salt: Salt,
    pub(crate) key: KeyId,
}

/// A record as it is kept.
pub(crate) struct Record {
    pub(crate) account: i64,
    pub(crate) salt: Salt,
    pub(crate) system: String,
    pub(crate) day: Day,
    pub(crate) kdf: Kdf,
    pub(crate) key: KeyId,
    pub(crate) tag: [u8; 32],
}

impl Record {
    /// Whether it is of that password.
    pub(crate) fn is_of(&self, derived: &Derived, keys: &KeyRing) -> bool {
        self.salt == derived.salt
            && self.kdf == derived.kdf
            && keys
                .get(self.key)
                .is_some_and(|key| seal::verify(key, &self.system, derived, &self.tag))
    }
}

/// All that is kept of one person: mostly one account, or several if imports were merged.
#[derive(Default)]
pub(crate) struct Person {
    pub(crate) accounts: Vec<AccountRow>,
    pub(crate) records: Vec<Record>,
}

impl Person {
    /// Finds the person under the pseudonym of any key, the newest first.
    pub(crate) fn load(
        connection: &Connection,
        keys: &KeyRing,
        account: &Account,
    ) -> Result<Self, Failure> {
        let accounts = accounts(connection, keys, account)?;
        let mut records = Vec::new();
        let mut select = connection.prepare(
            "SELECT system, tag, version, day, memory, passes, lanes, key FROM record
             WHERE account = ?1 ORDER BY turn DESC",
        )?;
        for account in &accounts {
            let mut rows = select.query([account.id])?;
            while let Some(row) = rows.next()? {
                let record = read(row, account)?;
                if keys.get(record.key).is_none() {
                    return Err(Failure::UnknownKey(record.key));
                }
                records.push(record);
            }
        }
        Ok(Self { accounts, records })
    }
}

fn read(row: &Row<'_>, account: &AccountRow) -> Result<Record, Failure> {
    if row.get::<_, u32>("version")? != 1 {
        return Err(Failure::Damaged("a record has an unknown version"));
    }
    let kdf = Kdf::new(row.get("memory")?, row.get("passes")?, row.get("lanes")?)
        .map_err(|_| Failure::Damaged("a record has impossible parameters"))?;
    if kdf.cost() > Kdf::CEILING {
        return Err(HistoryError::TooCostly { kdf }.into());
    }
    Ok(Record {
        account: account.id,
        salt: account.salt,
        system: row.get("system")?,
        day: day(row, "day")?,
        kdf,
        key: KeyId(row.get("key")?),
        tag: row.get("tag")?,
    })
}

pub(crate) fn day(row: &Row<'_>, column: &str) -> Result<Day, Failure> {
    Day::from_number(row.get(column)?).ok_or(Failure::Damaged("a record has an impossible day"))
}

/// The rows of an account, under the pseudonym of any key, the newest first.
pub(crate) fn accounts(
    connection: &Connection,
    keys: &KeyRing,
    account: &Account,
) -> Result<Vec<AccountRow>, Failure> {
    let mut select =
        connection.prepare("SELECT id, salt, key FROM account WHERE pseudonym = ?1")?;
    let mut found = Vec::new();
    for key in keys.all() {
        let row = select.query_row([seal::pseudonym(key, account)], |row| {
            Ok(AccountRow { id: row.get(0)?, salt: Salt(row.get(1)?), key: KeyId(row.get(2)?) })
        });
        found.extend(row.optional()?);
    }
    Ok(found)
}

/// One value of the row that is about the whole history.
pub(crate) fn of_store<T: FromSql>(connection: &Connection, column: &str) -> Result<T, Failure> {
    let select = format!("SELECT {column} FROM store");
    let value = connection.query_row(&select, [], |row| row.get(0)).optional()?;
    value.ok_or(Failure::Damaged("its first row is missing"))
}

/// Refuses to read with a ring that lacks the key that the history was last written with: an
/// account under a newer key would seem never to have been seen.
pub(crate) fn check_keys(connection: &Connection, keys: &KeyRing) -> Result<(), Failure> {
    let newest = KeyId(of_store(connection, "newest_key")?);
    keys.get(newest).map(|_| ()).ok_or(Failure::UnknownKey(newest))
}

/// The latest day that the history has seen.
pub(crate) fn latest_day(connection: &Connection) -> Result<Day, Failure> {
    Day::from_number(of_store(connection, "latest_day")?)
        .ok_or(Failure::Damaged("its latest day is impossible"))
}

/// Refuses a day before the latest one. One day less is the time zones' doing.
pub(crate) fn check_clock(connection: &Connection, today: Day) -> Result<(), Failure> {
    let latest = latest_day(connection)?;
    if today.number() + 1 < latest.number() {
        return Err(HistoryError::ClockSetBack { today, latest }.into());
    }
    Ok(())
}

/// Notes which key wrote, and on which day.
pub(crate) fn touch(connection: &Connection, keys: &KeyRing, today: Day) -> Result<(), Failure> {
    connection.execute(
        "UPDATE store SET newest_key = ?1, latest_day = max(latest_day, ?2)",
        (keys.newest().id.0, today.number()),
    )?;
    Ok(())
}

/// Adds an account under the newest key.
pub(crate) fn add_account(
    connection: &Connection,
    key: &Key,
    account: &Account,
    salt: Salt,
) -> Result<AccountRow, Failure> {
    connection.execute(
        "INSERT INTO account (pseudonym, key, salt) VALUES (?1, ?2, ?3)",
        (seal::pseudonym(key, account), key.id.0, salt.0),
    )?;
    Ok(AccountRow { id: connection.last_insert_rowid(), salt, key: key.id })
}

/// Puts an account under the pseudonym of the newest key.
pub(crate) fn rename_account(
    connection: &Connection,
    key: &Key,
    account: &Account,
    row: &AccountRow,
) -> Result<(), Failure> {
    connection.execute(
        "UPDATE account SET pseudonym = ?1, key = ?2 WHERE id = ?3",
        (seal::pseudonym(key, account), key.id.0, row.id),
    )?;
    Ok(())
}

/// The statement that adds records: prepared once, because an import runs it 300,000 times.
pub(crate) struct Insertion<'c>(Statement<'c>);

impl<'c> Insertion<'c> {
    pub(crate) fn prepare(connection: &'c Connection) -> Result<Self, Failure> {
        let statement = connection.prepare(
            "INSERT INTO record
               (account, system, tag, version, day, turn, memory, passes, lanes, key)
             VALUES (:account, :system, :tag, 1, :day, coalesce(:turn,
               (SELECT coalesce(max(turn), 0) + 1 FROM record WHERE account = :account)),
               :memory, :passes, :lanes, :key)
             ON CONFLICT (account, system, tag)
               DO UPDATE SET day = max(day, excluded.day), turn = excluded.turn",
        )?;
        Ok(Self(statement))
    }

    /// Adds a record, as the latest of its account; an equal one gets the later of the two days.
    /// Who adds many counts the turns of the account, for to look for the last one takes longer with
    /// each.
    pub(crate) fn add(&mut self, record: &Record, turn: Option<i64>) -> Result<(), Failure> {
        self.0.execute(named_params! {
            ":account": record.account,
            ":system": record.system,
            ":tag": record.tag,
            ":day": record.day.number(),
            ":turn": turn,
            ":memory": record.kdf.memory_kib(),
            ":passes": record.kdf.passes(),
            ":lanes": record.kdf.lanes(),
            ":key": record.key.0,
        })?;
        Ok(())
    }
}

/// Removes a record.
pub(crate) fn remove_record(connection: &Connection, record: &Record) -> Result<(), Failure> {
    connection.execute(
        "DELETE FROM record WHERE account = ?1 AND system = ?2 AND tag = ?3",
        (record.account, &record.system, record.tag),
    )?;
    Ok(())
}

/// Gives a record another tag of the same password; its day and its turn stay.
pub(crate) fn reseal_record(
    connection: &Connection,
    record: &Record,
    kdf: Kdf,
    key: KeyId,
    tag: [u8; 32],
) -> Result<(), Failure> {
    connection.execute(
        "UPDATE OR REPLACE record SET tag = ?4, memory = ?5, passes = ?6, lanes = ?7, key = ?8
         WHERE account = ?1 AND system = ?2 AND tag = ?3",
        (
            record.account,
            &record.system,
            record.tag,
            tag,
            kdf.memory_kib(),
            kdf.passes(),
            kdf.lanes(),
            key.0,
        ),
    )?;
    Ok(())
}

/// Keeps the latest `remember` records of an account on a system.
pub(crate) fn trim(
    connection: &Connection,
    account: i64,
    system: &str,
    remember: u32,
) -> Result<(), Failure> {
    connection.execute(
        "DELETE FROM record WHERE account = ?1 AND system = ?2 AND turn NOT IN (
           SELECT turn FROM record WHERE account = ?1 AND system = ?2
           ORDER BY turn DESC LIMIT ?3)",
        (account, system, remember),
    )?;
    Ok(())
}
