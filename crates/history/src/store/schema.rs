//! The database file: how it is recognised, set up, and brought to the present version.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction};

use super::rows::Failure;
use crate::error::HistoryError;
use crate::files;
use crate::keys::ring::KeyRing;

/// The version that this program writes.
pub(crate) const VERSION: u32 = 2;

/// `stpw`: SQLite keeps it in the header, so that `file` and we know whose database it is.
const APPLICATION: u32 = 0x7374_7077;

/// Opens the file and sets what SQLite is to do; changes nothing in a file that is not ours.
pub(crate) fn connect(path: &Path, wait: Duration) -> Result<Connection, HistoryError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let refused = |error: rusqlite::Error| HistoryError::sqlite(path, wait, &error);
    let connection = Connection::open_with_flags(path, flags).map_err(refused)?;
    connection.busy_timeout(wait).map_err(refused)?;
    checkpoint_on_close(&connection, false).map_err(refused)?;
    Ok(connection)
}

/// Whether the last to close writes the log into the database. Who only reads does not: that would
/// be a write without a turn.
pub(crate) fn checkpoint_on_close(
    connection: &Connection,
    is_writer: bool,
) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !is_writer)?;
    Ok(())
}

/// The version of our database; `None` of an empty one.
pub(crate) fn version(
    connection: &Connection,
    path: &Path,
    wait: Duration,
) -> Result<Option<u32>, HistoryError> {
    let refused = |error: rusqlite::Error| HistoryError::sqlite(path, wait, &error);
    // One state of it: another process may be making it at this moment.
    let state = connection.unchecked_transaction().map_err(refused)?;
    let pragma = |name| state.pragma_query_value(None, name, |row| row.get::<_, u32>(0));
    let application = pragma("application_id").map_err(refused)?;
    let version = pragma("user_version").map_err(refused)?;
    let objects: u32 = state
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(refused)?;
    match (application, version) {
        (0, 0) if objects == 0 => Ok(None),
        (APPLICATION, 1..=VERSION) => Ok(Some(version)),
        (APPLICATION, found) if found > VERSION => {
            Err(HistoryError::Newer { path: path.to_owned(), found, known: VERSION })
        }
        _ => Err(HistoryError::Foreign { path: path.to_owned() }),
    }
}

/// What holds for as long as the connection: durable, wiping, and nothing outside its directory.
pub(crate) fn configure(connection: &Connection) -> rusqlite::Result<()> {
    let ask = |name, value: &str| {
        connection.pragma_update_and_check(None, name, value, |row| {
            row.get::<_, rusqlite::types::Value>(0)
        })
    };
    ask("journal_mode", "WAL")?;
    ask("secure_delete", "ON")?;
    // FULL: a commit is on the disk when it returns. MEMORY: VACUUM would else write a copy of
    // everything to /var/tmp.
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA temp_store = MEMORY;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;",
    )
}

/// Makes the tables of the present version.
pub(crate) fn create(change: &Transaction<'_>, keys: &KeyRing) -> Result<(), Failure> {
    change.execute_batch(TABLES)?;
    change.execute(
        "INSERT INTO store (one, newest_key, latest_day) VALUES (1, ?1, 0)",
        [keys.newest().id.0],
    )?;
    finish(change)
}

/// Brings an older database to the present version, all at once or not at all.
pub(crate) fn migrate(
    change: &Transaction<'_>,
    keys: &KeyRing,
    path: &Path,
) -> Result<(), Failure> {
    // A migration must not carry damage on.
    if let Some(what) = fault(change)? {
        return Err(HistoryError::damaged(path, what).into());
    }
    change.execute_batch("ALTER TABLE record RENAME TO record_1")?;
    change.execute_batch(TABLES)?;
    change.execute(
        "INSERT INTO store (one, newest_key, latest_day)
         SELECT 1, ?1, coalesce(max(day), 0) FROM record_1",
        [keys.newest().id.0],
    )?;
    change.execute_batch(FROM_VERSION_1)?;
    finish(change)
}

fn finish(change: &Transaction<'_>) -> Result<(), Failure> {
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// What SQLite finds wrong with the whole database, if anything; reads all of it.
pub(crate) fn fault(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Ok(Some(found));
    }
    let mut orphans = connection.prepare("PRAGMA foreign_key_check")?;
    let orphaned = orphans.exists([])?;
    Ok(orphaned.then(|| "a record belongs to no account".to_owned()))
}

/// Refuses a file whose end is missing: SQLite would read zeros in place of a part of a page.
///
/// The file is not opened for this, only looked at: to close a second handle of it would let go of
/// the locks that SQLite holds in this process ("How To Corrupt An SQLite Database File", 2.2).
pub(crate) fn check_length(connection: &Connection, path: &Path) -> Result<(), Failure> {
    // While the log holds pages, the file may rightly be shorter than it will be. The log first: if
    // the caller holds the lock, nobody else can write. Without it, the answer may be wrong.
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
    let log = length(&files::log_of(path));
    let whole: i64 = connection.query_row(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        [],
        |row| row.get(0),
    )?;
    if log == 0 && i64::try_from(length(path)).is_ok_and(|length| length < whole) {
        return Err(Failure::Damaged("its end is missing"));
    }
    Ok(())
}

/// Version 2. `record` is sorted by account, so that all of one are on one page or two.
const TABLES: &str = "
CREATE TABLE store (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  newest_key BLOB NOT NULL CHECK (length(newest_key) = 8),
  latest_day INTEGER NOT NULL
) STRICT;
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  pseudonym BLOB NOT NULL UNIQUE CHECK (length(pseudonym) = 32),
  key BLOB NOT NULL CHECK (length(key) = 8),
  salt BLOB NOT NULL CHECK (length(salt) = 16)
) STRICT;
CREATE TABLE record (
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  system TEXT NOT NULL,
  tag BLOB NOT NULL CHECK (length(tag) = 32),
  version INTEGER NOT NULL,
  day INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  memory INTEGER NOT NULL,
  passes INTEGER NOT NULL,
  lanes INTEGER NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 8),
  PRIMARY KEY (account, system, tag)
) STRICT, WITHOUT ROWID;
";

/// Version 1 was one flat table that repeated the salt in each record, did not keep the order of
/// use, and did not stop two equal records.
const FROM_VERSION_1: &str = "
INSERT INTO account (pseudonym, key, salt)
  SELECT account, min(key), min(salt) FROM record_1 GROUP BY account ORDER BY min(rowid);
INSERT INTO record (account, system, tag, version, day, turn, memory, passes, lanes, key)
  SELECT account.id, old.system, old.tag, 1, max(old.day),
         row_number() OVER (PARTITION BY account.id ORDER BY max(old.day), max(old.rowid)),
         old.memory, old.passes, old.lanes, old.key
  FROM record_1 AS old JOIN account ON account.pseudonym = old.account
  GROUP BY account.id, old.system, old.tag;
DROP TABLE record_1;
";
