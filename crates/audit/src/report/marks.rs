//! Which accounts an audit looked at: numbers made of their names, so that the report does not name
//! everybody.

use std::fmt;

use base64ct::{Base64Unpadded, Encoding as _};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// One account, as numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AccountMark {
    /// Made of its name.
    pub(crate) account: u64,
    /// Made of all that its person is called.
    pub(crate) names: u32,
    /// The same for all accounts of a person, in this audit alone.
    pub(crate) person: u32,
}

/// Accounts; 16 bytes each, as base64 in JSON.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks(Vec<AccountMark>);

/// How many bytes a mark has.
const LEN: usize = 16;

/// So many marks are written at once: whole groups of base64.
const AT_ONCE: usize = 384;

impl Marks {
    pub(crate) fn push(&mut self, mark: AccountMark) {
        self.0.push(mark);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &AccountMark> {
        self.0.iter()
    }
}

/// The number of an account: case is no difference, as for the accounts of one person.
pub(crate) fn account_mark(account: &str) -> u64 {
    let digest = digest(&mut [&*account.to_lowercase()].into_iter());
    digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// The number of all that a person is called: accounts, then names.
pub(crate) fn names_mark((accounts, names): &(Vec<String>, Vec<String>)) -> u32 {
    let all = accounts.iter().map(String::as_str).chain(["\0"]);
    let digest = digest(&mut all.chain(names.iter().map(String::as_str)));
    digest.first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes))
}

fn digest(texts: &mut dyn Iterator<Item = &str>) -> [u8; 32] {
    let mut state = Sha256::new();
    for text in texts {
        state.update(text);
        state.update([0xff]);
    }
    state.finalize().into()
}

impl fmt::Display for Marks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chunks(AT_ONCE).try_for_each(|marks| {
            let mut bytes = Vec::with_capacity(LEN * AT_ONCE);
            for mark in marks {
                bytes.extend(mark.account.to_be_bytes());
                bytes.extend(mark.names.to_be_bytes());
                bytes.extend(mark.person.to_be_bytes());
            }
            f.write_str(&Base64Unpadded::encode_string(&bytes))
        })
    }
}

impl Serialize for Marks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Marks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = Base64Unpadded::decode_vec(&text).map_err(D::Error::custom)?;
        let (marks, rest) = bytes.as_chunks::<LEN>();
        if !rest.is_empty() {
            return Err(D::Error::custom("a list of accounts is cut short"));
        }
        let mark = |bytes: &[u8; LEN]| {
            let (account, rest) = bytes.split_first_chunk().unwrap_or((&[0; 8], &[]));
            let (names, rest) = rest.split_first_chunk().unwrap_or((&[0; 4], &[]));
            AccountMark {
                account: u64::from_be_bytes(*account),
                names: u32::from_be_bytes(*names),
                person: rest.first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes)),
            }
        };
        Ok(Self(marks.iter().map(mark).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_as_they_were_written() {
        for count in [0, 1, 2, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE - 1] {
            let mark = |n: usize| AccountMark {
                account: account_mark(&format!("kharper{n}")),
                names: u32::try_from(n).unwrap(),
                person: u32::MAX,
            };
            let marks = Marks((0..count).map(mark).collect());
            let json = serde_json::to_string(&marks).unwrap();
            let read: Marks = serde_json::from_str(&json).unwrap();
            assert_eq!(read.0, marks.0);
        }
        for bad in ["\"AAAA\"", "\"AAAAAAAAAAAAAAAAAAAAAA=\"", "\"!\"", "7"] {
            assert!(serde_json::from_str::<Marks>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_are_told_apart() {
        let names = |accounts: &[&str], names: &[&str]| {
            let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
            names_mark(&(owned(accounts), owned(names)))
        };
        assert_ne!(names(&["kharper"], &["Kate"]), names(&["kharper", "Kate"], &[]));
        assert_ne!(names(&["ab", "c"], &[]), names(&["a", "bc"], &[]));
        assert_eq!(account_mark("SCHOOL\\KHarper"), account_mark("school\\kharper"));
    }
}
