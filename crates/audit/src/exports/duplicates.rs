//! The same password of the same account twice: an export that was joined from two.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use strongpass_policy::Password;

use super::builder::ExportBuilder;
use super::credential::Credential;
use super::export::Export;
use super::secret::Secret;
use super::skipped::Why;

/// Skips what an earlier line says already: an account would seem to share with itself.
pub(super) fn skip(builder: &mut ExportBuilder<'_>) {
    let export = &builder.export;
    let hasher = DefaultHashBuilder::default();
    let mut seen: HashTable<u32> = HashTable::with_capacity(export.credentials.len());
    let mut again: Vec<(usize, u32)> = Vec::new();
    for (at, credential) in (0_u32..).zip(&export.credentials) {
        let key = |credential: &Credential| {
            hasher.hash_one((export.text(credential.account), credential.previous))
        };
        let other = |at: &u32| at_of(export, *at);
        let same = |at: &u32| other(at).is_some_and(|other| is_same(export, other, credential));
        match seen.find(key(credential), same).and_then(other) {
            Some(first) => again.push((index(at), first.line)),
            None => {
                seen.insert_unique(key(credential), at, |at| other(at).map_or(0, key));
            }
        }
    }
    if !again.is_empty() {
        let again = again.into_iter().map(|(at, of)| (at, Why::Duplicate { of }));
        builder.take_back(&again.collect::<Vec<_>>());
    }
}

fn at_of(export: &Export, at: u32) -> Option<&Credential> {
    export.credentials.get(index(at))
}

fn index(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn is_same(export: &Export, one: &Credential, other: &Credential) -> bool {
    one.previous == other.previous
        && export.text(one.account) == export.text(other.account)
        && match (&one.secret, &other.secret) {
            (Secret::Blank, Secret::Blank) => true,
            (Secret::Nt(one), Secret::Nt(other)) => one == other,
            (Secret::Hash(one), Secret::Hash(other)) => one == other,
            (Secret::Clear(one), Secret::Clear(other)) => {
                Password::expose(one).is_some() && one.expose() == other.expose()
            }
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use crate::{Export, ReadOptions};

    fn nt(account: &str, digest: u8) -> String {
        format!("{account}:$NT${digest:032x}\n")
    }

    #[test]
    fn only_the_same_password_of_the_same_account_is_one() {
        let file =
            [nt("a", 1), nt("b", 1), nt("a", 2), nt("a", 1), nt("A", 1), nt("a", 1)].concat();
        let export = Export::read("network", "a", file.into_bytes(), &ReadOptions::default());
        let lines: Vec<u32> = export.credentials.iter().map(|one| one.line).collect();
        let again: Vec<(u32, String)> =
            export.skipped.iter().map(|one| (one.line, one.why.to_string())).collect();
        assert_eq!(lines, [1, 2, 3, 5]);
        assert_eq!(again, [4, 6].map(|line| (line, "line 1 says the same".to_owned())));
        assert_eq!((export.lines.loaded, export.lines.skipped), (4, 2));
    }

    #[test]
    fn an_earlier_password_may_be_the_one_in_use() {
        let line = |account: &str, digest: u8| format!("{account}:1:x:{digest:032x}:::\n");
        let file = [line("a", 1), line("a_history0", 2), line("a_history1", 1)].concat();
        let export = Export::read("network", "a", file.into_bytes(), &ReadOptions::default());
        assert_eq!((export.credentials.len(), export.skipped.len()), (3, 0));
    }

    #[test]
    fn a_line_with_something_new_is_loaded() {
        let row = |digest: u8| format!("a,{:032x},{digest:040x}\n", 7);
        let file = ["user,nthash,password\n".to_owned(), row(1), row(2), row(2)].concat();
        let export = Export::read("network", "a", file.into_bytes(), &ReadOptions::default());
        assert_eq!((export.credentials.len(), export.skipped.len()), (3, 3));
        assert_eq!((export.lines.loaded, export.lines.skipped), (2, 1));
    }

    #[test]
    fn blank_and_clear_ones_too() {
        let file = "a::::::::\na::::::::\nb:CLEARTEXT:x1\nb:CLEARTEXT:x1\nb:CLEARTEXT:x2\n";
        let export =
            Export::read("network", "a", file.as_bytes().to_vec(), &ReadOptions::default());
        let lines: Vec<u32> = export.credentials.iter().map(|one| one.line).collect();
        assert_eq!(lines, [1, 3, 5]);
    }
}
