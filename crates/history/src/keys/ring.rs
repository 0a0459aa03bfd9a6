//! The key ring: a file of its own, apart from the database.

use std::fmt;
use std::io::Read as _;
use std::path::Path;

use strongpass_trusted::{Opener, Trust};
use zeroize::Zeroizing;

use super::random;
use crate::crypto::hex;
use crate::crypto::key_id::KeyId;
use crate::error::HistoryError;
use crate::files;
use strongpass_policy::Day;

/// A key is two: one for the tags of passwords and one for the names of accounts.
pub(crate) struct Key {
    pub(crate) id: KeyId,
    pub(crate) made: Day,
    pub(crate) tag: Zeroizing<[u8; 32]>,
    pub(crate) name: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}, ..)", self.id)
    }
}

impl Key {
    fn random(made: Day) -> Result<Self, HistoryError> {
        let mut tag = Zeroizing::new([0; 32]);
        let mut name = Zeroizing::new([0; 32]);
        for half in [&mut tag, &mut name] {
            random::fill(half.as_mut_slice())?;
        }
        Ok(Self { id: KeyId::from_keys(&tag, &name), made, tag, name })
    }

    fn parse(line: &str) -> Result<Self, &'static str> {
        let mut pieces = line.split(' ');
        let mut next = || pieces.next().unwrap_or_default();
        if next() != "key" {
            return Err("a line must be `key ID DAY DIGITS DIGITS`");
        }
        let id = KeyId(*hex::decode(next()).ok_or("the id of a key is 16 hexadecimal digits")?);
        let made = next().parse().map_err(|_| "the day of a key is YYYY-MM-DD")?;
        let half = "a key is two times 64 hexadecimal digits";
        let (tag, name) = (hex::decode(next()).ok_or(half)?, hex::decode(next()).ok_or(half)?);
        if pieces.next().is_some() {
            return Err(half);
        }
        if KeyId::from_keys(&tag, &name) != id {
            return Err("the key does not fit its id");
        }
        Ok(Self { id, made, tag, name })
    }
}

/// All the keys: the last of them writes, every one of them verifies.
#[derive(Debug)]
pub(crate) struct KeyRing {
    newest: Key,
    older: Vec<Key>,
}

impl KeyRing {
    /// A new ring of one key.
    pub(crate) fn random(made: Day) -> Result<Self, HistoryError> {
        Ok(Self { newest: Key::random(made)?, older: Vec::new() })
    }

    /// Reads the file, which nobody else may read or exchange.
    pub(crate) fn load(path: &Path, trust: Trust) -> Result<Self, HistoryError> {
        let file = Opener::new(trust).private().open(path)?;
        let file = file.ok_or_else(|| HistoryError::NoKeys { path: path.to_owned() })?;
        // All its room at once: a buffer that grows leaves a copy behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES));
        let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
        file.take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| HistoryError::io("read", path, error))?;
        Self::parse(&bytes).map_err(|(line, what)| {
            let what = what.to_owned();
            HistoryError::BadKeys { path: path.to_owned(), line, what }
        })
    }

    /// Writes the file as a whole, for its owner alone.
    pub(crate) fn save(&self, path: &Path, trust: Trust) -> Result<(), HistoryError> {
        files::replace(path, self.to_text().as_bytes(), trust)
    }

    /// The key that writes.
    pub(crate) fn newest(&self) -> &Key {
        &self.newest
    }

    /// Every key, the newest first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.newest).chain(self.older.iter().rev())
    }

    /// The key of that name.
    pub(crate) fn get(&self, id: KeyId) -> Option<&Key> {
        self.all().find(|key| key.id == id)
    }

    /// Adds a key, which from now on writes.
    pub(crate) fn rotate(&mut self, made: Day) -> Result<(), HistoryError> {
        let retired = std::mem::replace(&mut self.newest, Key::random(made)?);
        self.older.push(retired);
        Ok(())
    }

    /// Drops the older keys that `keep` does not want, and says how many.
    pub(crate) fn retain(&mut self, keep: impl Fn(KeyId) -> bool) -> usize {
        let before = self.older.len();
        self.older.retain(|key| keep(key.id));
        before - self.older.len()
    }

    fn parse(bytes: &[u8]) -> Result<Self, (usize, &'static str)> {
        if bytes.len() == MAX_BYTES {
            return Err((1, "it is longer than a file of keys can be"));
        }
        let text = str::from_utf8(bytes).map_err(|_| (1, "it is not text"))?;
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
        let mut lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        match lines.next() {
            Some((_, HEADING)) => {}
            Some((at, _)) => return Err((at, "it must start with `strongpass-keys 1`")),
            None => return Err((1, "it is empty")),
        }
        let mut older = Vec::new();
        for (at, line) in lines {
            older.push(Key::parse(line).map_err(|what| (at, what))?);
        }
        let newest = older.pop().ok_or((1, "it holds no key"))?;
        Ok(Self { newest, older })
    }

    fn to_text(&self) -> Zeroizing<String> {
        let room = NOTICE.len() + HEADING.len() + 200 * (self.older.len() + 1);
        let mut text = Zeroizing::new(String::with_capacity(room));
        text.push_str(NOTICE);
        text.push_str(HEADING);
        text.push('\n');
        for key in self.older.iter().chain([&self.newest]) {
            text.push_str("key ");
            hex::push(&mut text, &key.id.0);
            text.push(' ');
            text.push_str(&key.made.to_string());
            text.push(' ');
            hex::push(&mut text, key.tag.as_slice());
            text.push(' ');
            hex::push(&mut text, key.name.as_slice());
            text.push('\n');
        }
        text
    }
}

const HEADING: &str = "strongpass-keys 1";
const NOTICE: &str = "\
# The keys of a strongpass history; the last one writes, every one verifies.
# Whoever reads this file and the history can try guesses at passwords: keep it private, and back
# it up apart from the history. Without it the history cannot be read.
";
/// Some three hundred keys: one a day for most of a year.
const MAX_BYTES: usize = 65_536;

#[cfg(test)]
mod tests {
    use super::*;

    fn ring() -> KeyRing {
        let mut ring = KeyRing::random("2026-11-22".parse().unwrap()).unwrap();
        ring.rotate("2026-11-23".parse().unwrap()).unwrap();
        ring
    }

    #[test]
    fn survives_writing_and_reading() {
        let ring = ring();
        let text = ring.to_text();
        let capacity = NOTICE.len() + HEADING.len() + 400;
        assert_eq!(text.capacity(), capacity, "it grew, and so left a copy behind");
        let read = KeyRing::parse(text.as_bytes()).unwrap();
        let ids = |ring: &KeyRing| ring.all().map(|key| key.id).collect::<Vec<_>>();
        assert_eq!(ids(&read), ids(&ring));
        assert_eq!(read.newest().made.to_string(), "2026-11-23");
        assert_eq!(*read.newest().tag, *ring.newest().tag);
        assert_eq!(*read.newest().name, *ring.newest().name);
        assert_eq!(format!("{ring:?}").matches("..").count(), 2);
    }

    #[track_caller]
    fn refuse(text: &str, line: usize, what: &str) {
        assert_eq!(KeyRing::parse(text.as_bytes()).unwrap_err(), (line, what));
    }

    #[test]
    fn every_mistake_has_its_line() {
        let text = ring().to_text();
        refuse("", 1, "it is empty");
        refuse("# only a comment\n", 1, "it is empty");
        refuse("strongpass-keys 2\n", 1, "it must start with `strongpass-keys 1`");
        refuse("strongpass-keys 1\n", 1, "it holds no key");
        refuse(&text.replace("key ", "kay "), 5, "a line must be `key ID DAY DIGITS DIGITS`");
        refuse(&text.replace("2026-11-23", "2026-11-33"), 6, "the day of a key is YYYY-MM-DD");
        refuse(text.get(..text.len() - 2).unwrap(), 6, "a key is two times 64 hexadecimal digits");
        refuse(&text.replace("-23 ", "-23 0"), 6, "a key is two times 64 hexadecimal digits");
        // One wrong digit of a key is noticed, whichever it is.
        let at = text.len() - 2;
        let digit = if text.get(at..=at) == Some("0") { "1" } else { "0" };
        let garbled = format!("{}{digit}\n", text.get(..at).unwrap());
        refuse(&garbled, 6, "the key does not fit its id");
        let long = format!("{}#{}", *text, "#".repeat(MAX_BYTES));
        refuse(long.get(..MAX_BYTES).unwrap(), 1, "it is longer than a file of keys can be");
        assert_eq!(KeyRing::parse(&[0xff]).unwrap_err(), (1, "it is not text"));
    }

    #[test]
    fn old_keys_verify_until_they_are_dropped() {
        let mut ring = ring();
        let ids: Vec<KeyId> = ring.all().map(|key| key.id).collect();
        assert!(ids.iter().all(|&id| ring.get(id).is_some()));
        assert_eq!(ring.retain(|_| false), 1);
        assert_eq!(ring.newest().id, ids[0]);
        assert!(ring.get(ids[1]).is_none());
    }
}
