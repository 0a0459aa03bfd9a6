//! What was found: passwords, for as long as the audit runs and nowhere but in memory.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use strongpass_policy::Password;

/// The distinct passwords that were found, numbered in the order of finding.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    all: Vec<Password>,
    by_hash: HashMap<u64, Vec<u32>>,
    hasher: RandomState,
}

impl Secrets {
    /// The number of this password, new or known; `None` if it is no text that a policy can judge.
    pub(crate) fn number(&mut self, password: &[u8]) -> Option<u32> {
        let text = str::from_utf8(password).ok()?;
        let numbers = self.by_hash.entry(self.hasher.hash_one(text)).or_default();
        let same = |number: &&u32| {
            let known = self.all.get(crate::book::index(**number));
            known.and_then(Password::expose) == Some(text)
        };
        if let Some(known) = numbers.iter().find(same) {
            return Some(*known);
        }
        let secret = Password::new(password);
        secret.expose()?;
        let number = crate::book::number(self.all.len());
        numbers.push(number);
        self.all.push(secret);
        Some(number)
    }

    pub(crate) fn get(&self, number: u32) -> Option<&Password> {
        self.all.get(crate::book::index(number))
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
