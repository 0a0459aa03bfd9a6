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

use std::collections::HashMap;
use std::io::{self, Write};

use rusqlite::{OptionalExtension as _, Transaction};

use crate::day::Day;
use crate::error::HistoryError;
use crate::hex;
use crate::history::History;
use crate::kdf::{Kdf, Salt};
use crate::keys::{KeyId, KeyRing};
use crate::rows::{self, Failure, Insertion, Record};
use crate::system::System;

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
    /// If a line cannot be taken, a key is not in the ring, or an account is here with another salt.
    pub fn import(&mut self, text: &str) -> Result<u64, HistoryError> {
        let lock = self.lock()?;
        self.reload_keys()?;
        self.write(&lock, |change, keys| {
            let latest = rows::latest_day(change)?;
            let insertion = Insertion::prepare(change)?;
            let accounts = HashMap::new();
            let mut import = Import { change, insertion, keys, accounts, latest, taken: 0 };
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

fn refuse(line: usize, what: impl Into<String>) -> Failure {
    HistoryError::Import { line, what: what.into() }.into()
}

struct Import<'a> {
    change: &'a Transaction<'a>,
    insertion: Insertion<'a>,
    keys: &'a KeyRing,
    /// Pseudonyms that were met, with the row and the salt of each.
    accounts: HashMap<[u8; 32], (i64, Salt)>,
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
        let digits = |what| move || refuse(at, format!("{what} is not of the right length in hex"));
        let pseudonym = *hex::decode::<32>(who).ok_or_else(digits("the pseudonym"))?;
        let salt = Salt(*hex::decode(salt).ok_or_else(digits("the salt"))?);
        let who_key = self.key(at, who_key)?;
        let number = |text: &str| text.parse().map_err(|_| refuse(at, "a number was expected"));
        let kdf = Kdf::new(number(memory)?, number(passes)?, number(lanes)?)
            .map_err(|error| refuse(at, error.to_string()))?;
        let system: System = system.parse().map_err(|_| refuse(at, "the system is no id"))?;
        let record = Record {
            account: self.account(at, pseudonym, who_key, salt)?,
            salt,
            system: system.id().to_owned(),
            day: day.parse().map_err(|_| refuse(at, "the day is not YYYY-MM-DD"))?,
            kdf,
            key: self.key(at, key)?,
            tag: *hex::decode(tag).ok_or_else(digits("the tag"))?,
        };
        self.insertion.add(&record)?;
        self.latest = self.latest.max(record.day);
        self.taken += 1;
        Ok(())
    }

    fn key(&self, at: usize, digits: &str) -> Result<KeyId, Failure> {
        let id = hex::decode(digits).map(|id| KeyId(*id));
        let id = id.ok_or_else(|| refuse(at, "the id of a key is 16 hexadecimal digits"))?;
        self.keys.get(id).map(|key| key.id).ok_or(Failure::UnknownKey(id))
    }

    fn account(
        &mut self,
        at: usize,
        pseudonym: [u8; 32],
        key: KeyId,
        salt: Salt,
    ) -> Result<i64, Failure> {
        let known = match self.accounts.get(&pseudonym) {
            Some(known) => Some(*known),
            None => self
                .change
                .query_row(
                    "SELECT id, salt FROM account WHERE pseudonym = ?1",
                    [pseudonym],
                    |row| Ok((row.get(0)?, Salt(row.get(1)?))),
                )
                .optional()?,
        };
        let (id, kept) = if let Some(known) = known {
            known
        } else {
            self.change.execute(
                "INSERT INTO account (pseudonym, key, salt) VALUES (?1, ?2, ?3)",
                (pseudonym, key.0, salt.0),
            )?;
            (self.change.last_insert_rowid(), salt)
        };
        if kept != salt {
            return Err(refuse(at, "this account is here already, with another salt"));
        }
        self.accounts.insert(pseudonym, (id, salt));
        Ok(id)
    }
}
