//! What was found: passwords, for as long as the audit runs and nowhere but in memory.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use strongpass_policy::Password;

use crate::accounts::index;

/// The distinct passwords that were found, numbered in the order of finding.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    all: Vec<Password>,
    /// The number of each, by its text.
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Secrets {
    /// The number of this password, new or known; `None` if it is not text that a policy can judge.
    pub(crate) fn number(&mut self, password: &[u8]) -> Option<u32> {
        let text = str::from_utf8(password).ok()?;
        let Self { all, numbers, hasher } = self;
        let text_of = |number: &u32| all.get(index(*number)).and_then(Password::expose);
        let hash = hasher.hash_one(text);
        if let Some(known) = numbers.find(hash, |number| text_of(number) == Some(text)) {
            return Some(*known);
        }
        let secret = Password::new(password);
        secret.expose()?;
        let number = crate::accounts::number(all.len());
        numbers
            .insert_unique(hash, number, |number| hasher.hash_one(text_of(number).unwrap_or("")));
        all.push(secret);
        Some(number)
    }

    /// The number of a password that is known.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let is_same = |number: &u32| self.text(*number) == Some(text);
        self.numbers.find(self.hasher.hash_one(text), is_same).copied()
    }

    pub(crate) fn get(&self, number: u32) -> Option<&Password> {
        self.all.get(index(number))
    }

    pub(crate) fn text(&self, number: u32) -> Option<&str> {
        self.get(number)?.expose()
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_has_one_number() {
        let mut secrets = Secrets::default();
        assert_eq!(secrets.number(b"Blue-Badger7"), Some(0));
        assert_eq!(secrets.number("Bänk£7".as_bytes()), Some(1));
        assert_eq!(secrets.number(b"Blue-Badger7"), Some(0));
        assert_eq!(secrets.text(1), Some("Bänk£7"));
        assert_eq!(secrets.number(&[0xff]), None);
        assert_eq!(secrets.len(), 2);
    }
}
