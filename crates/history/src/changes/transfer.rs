//! Export and import: the records as text, to move a history to another host.
//!
//! The format: UTF-8, a line each, values separated by one space.
//! ```text
//! strongpass-history 1
//! record PSEUDONYM ACCOUNT-KEY SALT SYSTEM DAY MEMORY-KIB PASSES LANES KEY TAG
//! …
//! end COUNT
//! ```
//! Pseudonyms, salts, keys' ids and tags are lower-case hexadecimal. The lines of an account follow
//! each other, the earliest use first. The keys are not in it: move their file by another way.
//!
//! An import is trusted no more than a configuration: what a configuration may not ask for, and a
//! day that is still to come, is refused with its line.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use rusqlite::{OptionalExtension as _, Transaction};

use crate::config::system::System;
use crate::crypto::hex;
use crate::crypto::kdf::Kdf;
use crate::crypto::key_id::KeyId;
use crate::error::HistoryError;
use crate::keys::derived::Salt;
use crate::keys::ring::KeyRing;
use crate::store::history::History;
use crate::store::rows::{self, Failure, Insertion, Record};
use strongpass_policy::Day;

impl History {
    /// Writes all records as text and returns their number.
    ///
    /// # Errors
    /// If the history cannot be read, or `out` refuses.
    pub fn export(&mut self, out: &mut dyn Write) -> Result<u64, HistoryError> {
        let read = self.read(|connection, _| {
            let mut text = format!("{HEADING}\n");
            let mut count = 0_u64;
            let mut select = connection.prepare(
                "SELECT pseudonym, account.key, salt, system, day, memory, passes, lanes,
                        record.key, tag
                 FROM account JOIN record ON record.account = account.id
                 ORDER BY account.id, turn",
            )?;
            let mut found = select.query([])?;
            while let Some(row) = found.next()? {
                let blob = |at| row.get::<_, Vec<u8>>(at).map(|bytes| hex::encode(&bytes));
                let number = |at| row.get::<_, u32>(at).map(|number| number.to_string());
                let (who, who_key, salt) = (blob(0)?, blob(1)?, blob(2)?);
                let (system, day) = (row.get::<_, String>(3)?, rows::day(row, "day")?.to_string());
                let (memory, passes, lanes) = (number(5)?, number(6)?, number(7)?);
                let (key, tag) = (blob(8)?, blob(9)?);
                let line = [
                    "record", &who, &who_key, &salt, &system, &day, &memory, &passes, &lanes, &key,
                    &tag,
                ];
                text.push_str(&line.join(" "));
                text.push('\n');
                count += 1;
            }
            text.extend(["end ", &count.to_string(), "\n"]);
            Ok((text, count))
        });
        let (text, count) = read?;
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        written.map_err(|error: io::Error| {
            HistoryError::io("write", std::path::Path::new("the export"), error)
        })?;
        Ok(count)
    }

    /// Takes the records of an export, all or none, and returns their number. A record that is here
    /// already gets the later of the two days.
    ///
    /// # Errors
    /// If a line cannot be taken, a key is not in the ring, an account is here with another salt, a
    /// day is after `today`, or the slow hash of a record is weaker or dearer than a configuration
    /// may ask for.
    pub fn import(&mut self, text: &str, today: Day) -> Result<u64, HistoryError> {
        let lock = self.lock()?;
        self.reload_keys()?;
        // Only the tests of this crate have a configuration below the floor.
        let floor = self.config.kdf.cost();
        self.write(&lock, |change, keys| {
            rows::check_clock(change, today)?;
            let latest = rows::latest_day(change)?;
            let insertion = Insertion::prepare(change)?;
            let mut import = Import {
                change,
                insertion,
                keys,
                accounts: HashMap::new(),
                systems: HashSet::new(),
                hashes: HashSet::new(),
                floor,
                last: today.days_after(1),
                latest,
                taken: 0,
            };
            let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
            if lines.next().is_none_or(|(_, line)| line != HEADING) {
                return Err(refuse(1, format!("it must be `{HEADING}`")));
            }
            for (at, line) in &mut lines {
                if let Some(count) = line.strip_prefix("end ") {
                    if count.parse() != Ok(import.taken) {
                        return Err(refuse(at, format!("{} records came before it", import.taken)));
                    }
                    if let Some((after, _)) = lines.next() {
                        return Err(refuse(after, "it is after the end"));
                    }
                    rows::touch(change, keys, import.latest)?;
                    return Ok(import.taken);
                }
                import.take(at, line)?;
            }
            Err(refuse(text.lines().count() + 1, "the export is cut off: `end` is missing"))
        })
    }
}

const HEADING: &str = "strongpass-history 1";

/// No history is larger: a million people with ten records each.
const MOST_RECORDS: u64 = 10_000_000;

/// The most that a configuration may have remembered, 100 passwords a system, on ten systems.
const MOST_OF_ONE: u32 = 1_000;

/// No school has more systems.
const MOST_SYSTEMS: usize = 1_000;

/// Each kind of slow hash that an account has costs a check one more: it is raised once in years.
const MOST_HASHES: usize = 8;

/// A record has 250 characters.
const LONGEST_LINE: usize = 512;

fn refuse(line: usize, what: impl Into<String>) -> Failure {
    HistoryError::Import { line, what: what.into() }.into()
}

struct Import<'a> {
    change: &'a Transaction<'a>,
    insertion: Insertion<'a>,
    keys: &'a KeyRing,
    /// Pseudonyms that were met, with the row and the salt of each.
    accounts: HashMap<[u8; 32], Seen>,
    /// Systems and parameters that were met.
    systems: HashSet<System>,
    hashes: HashSet<Kdf>,
    /// The least memory × passes.
    floor: u64,
    /// The last day that a record may have. One day more than today is the time zones' doing.
    last: Day,
    latest: Day,
    taken: u64,
}

impl Import<'_> {
    fn take(&mut self, at: usize, line: &str) -> Result<(), Failure> {
        let pieces: Vec<&str> = line.split(' ').collect();
        let ["record", who, who_key, salt, system, day, memory, passes, lanes, key, tag] =
            *pieces.as_slice()
        else {
            return Err(refuse(at, "it must be `record` and ten values, or `end` and a count"));
        };
        if line.len() > LONGEST_LINE {
            return Err(refuse(at, "it is longer than any record"));
        }
        if self.taken >= MOST_RECORDS {
            return Err(refuse(at, format!("there are more than {MOST_RECORDS} records")));
        }
        let digits = |what| move || refuse(at, format!("{what} is not of the right length in hex"));
        let pseudonym = *hex::decode::<32>(who).ok_or_else(digits("the pseudonym"))?;
        let salt = Salt(*hex::decode(salt).ok_or_else(digits("the salt"))?);
        let who_key = self.key(at, who_key)?;
        let (memory, passes, lanes) =
            (number(at, memory)?, number(at, passes)?, number(at, lanes)?);
        let (account, turn) = self.account(at, pseudonym, who_key, salt)?;
        let record = Record {
            account,
            salt,
            system: self.system(at, system)?.id().to_owned(),
            day: self.day(at, day)?,
            kdf: self.kdf(at, memory, passes, lanes)?,
            key: self.key(at, key)?,
            tag: *hex::decode(tag).ok_or_else(digits("the tag"))?,
        };
        self.insertion.add(&record, Some(turn))?;
        self.latest = self.latest.max(record.day);
        self.taken += 1;
        Ok(())
    }

    fn day(&self, at: usize, text: &str) -> Result<Day, Failure> {
        let day = text.parse().map_err(|_| refuse(at, "the day is not YYYY-MM-DD"))?;
        if day > self.last {
            return Err(refuse(at, format!("the day {day} is still to come")));
        }
        Ok(day)
    }

    fn kdf(&mut self, at: usize, memory: u32, passes: u32, lanes: u32) -> Result<Kdf, Failure> {
        let kdf =
            Kdf::within(self.floor, memory, passes, lanes).map_err(|what| refuse(at, what))?;
        self.hashes.insert(kdf);
        if self.hashes.len() > MOST_HASHES {
            let what = format!("there are more than {MOST_HASHES} kinds of slow hash");
            return Err(refuse(at, what));
        }
        Ok(kdf)
    }

    fn system(&mut self, at: usize, id: &str) -> Result<System, Failure> {
        let system: System = id.parse().map_err(|_| refuse(at, "the system is not a valid id"))?;
        self.systems.insert(system.clone());
        if self.systems.len() > MOST_SYSTEMS {
            return Err(refuse(at, format!("there are more than {MOST_SYSTEMS} systems")));
        }
        Ok(system)
    }

    fn key(&self, at: usize, digits: &str) -> Result<KeyId, Failure> {
        let id = hex::decode(digits).map(|id| KeyId(*id));
        let id = id.ok_or_else(|| refuse(at, "the id of a key is 16 hexadecimal digits"))?;
        self.keys.get(id).map(|key| key.id).ok_or(Failure::UnknownKey(id))
    }

    /// The row of an account, and which of its records the next one is.
    fn account(
        &mut self,
        at: usize,
        pseudonym: [u8; 32],
        key: KeyId,
        salt: Salt,
    ) -> Result<(i64, i64), Failure> {
        let seen = match self.accounts.entry(pseudonym) {
            Entry::Occupied(seen) => seen.into_mut(),
            Entry::Vacant(new) => new.insert(kept(self.change, pseudonym, key, salt)?),
        };
        if seen.salt != salt {
            return Err(refuse(at, "this account is here already, with another salt"));
        }
        (seen.turn, seen.records) = (seen.turn + 1, seen.records + 1);
        if seen.records > MOST_OF_ONE {
            return Err(refuse(at, format!("one account has more than {MOST_OF_ONE} records")));
        }
        Ok((seen.id, seen.turn))
    }
}

/// An account that was met.
struct Seen {
    id: i64,
    salt: Salt,
    /// The number of its latest record.
    turn: i64,
    /// How many records the import has of it.
    records: u32,
}

/// The account of that pseudonym, which is made if it is new.
fn kept(
    change: &Transaction<'_>,
    pseudonym: [u8; 32],
    key: KeyId,
    salt: Salt,
) -> Result<Seen, Failure> {
    let known = change.query_row(
        "SELECT id, salt, (SELECT coalesce(max(turn), 0) FROM record WHERE account = id)
         FROM account WHERE pseudonym = ?1",
        [pseudonym],
        |row| Ok(Seen { id: row.get(0)?, salt: Salt(row.get(1)?), turn: row.get(2)?, records: 0 }),
    );
    if let Some(known) = known.optional()? {
        return Ok(known);
    }
    change.execute(
        "INSERT INTO account (pseudonym, key, salt) VALUES (?1, ?2, ?3)",
        (pseudonym, key.0, salt.0),
    )?;
    Ok(Seen { id: change.last_insert_rowid(), salt, turn: 0, records: 0 })
}

fn number(at: usize, text: &str) -> Result<u32, Failure> {
    text.parse().map_err(|_| refuse(at, "a number was expected"))
}
