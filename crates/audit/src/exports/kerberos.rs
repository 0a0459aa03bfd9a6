//! Kerberos keys in an export: the way to test a password of which no hash is there.

use std::collections::{BTreeMap, HashSet};

use strongpass_hash::Hash;

use super::account_names;
use super::builder::{About, ExportBuilder};
use super::kerberos_key::KerberosKey;
use super::secret::Secret;
use super::skipped::Why;
use super::windows::{self, Half};

/// Loads a key of each account of which nothing else is tested.
pub(super) fn join(builder: &mut ExportBuilder<'_>) {
    let keys = std::mem::take(&mut builder.keys);
    if keys.is_empty() {
        return;
    }
    let export = &builder.export;
    let current = export.credentials.iter().filter(|one| one.previous == 0);
    let tested: HashSet<&[u8]> = current.map(|one| export.text(one.account).as_bytes()).collect();
    let mut alone: BTreeMap<&[u8], Vec<&KerberosKey>> = BTreeMap::new();
    for key in keys.iter().filter(|key| !tested.contains(key.account.as_slice())) {
        alone.entry(&key.account).or_default().push(key);
    }
    let names = tested.iter().copied().chain(keys.iter().map(|key| key.account.as_slice()));
    let realms: HashSet<String> = names.filter_map(realm).collect();
    let only = realms.iter().next().filter(|_| realms.len() == 1);
    let mut loaded = Vec::new();
    let mut alone_too = Vec::new();
    for (account, keys) in alone {
        let own = realm(account);
        let best = keys.iter().filter(|key| key.rank().is_some()).min_by_key(|key| key.rank());
        let secret =
            best.map(|key| (key, secret(key, own.as_ref().or(only).map(|r| &**r), builder)));
        match secret {
            Some((key, Ok(secret))) => loaded.push((key.line, key.skipped, account, secret)),
            Some((_, Err(_))) | None => alone_too.extend(keys.iter().map(|key| key.skipped)),
        }
    }
    for at in alone_too {
        if let Some(skipped) = builder.export.skipped.get_mut(at) {
            skipped.why = Why::KeyAlone;
        }
    }
    let taken: HashSet<usize> = loaded.iter().map(|(_, at, _, _)| *at).collect();
    for (line, _, account, secret) in loaded {
        let kind = account_names::kind(account);
        builder.load(line, account, secret, About { kind, ..About::default() });
        builder.export.lines.loaded += 1;
        builder.export.lines.skipped -= 1;
    }
    let mut at = 0..;
    builder.export.skipped.retain(|_| at.next().is_none_or(|at| !taken.contains(&at)));
}

/// What a key is to be tested as.
fn secret(
    key: &KerberosKey,
    realm: Option<&str>,
    builder: &ExportBuilder<'_>,
) -> Result<Secret, Why> {
    if key.rank() == Some(0) {
        return windows::stored(Half::None, Half::parse(&key.digits));
    }
    let realm = realm.ok_or(Why::KeyAlone)?;
    let account = String::from_utf8_lossy(local(&key.account)).into_owned();
    // Of a computer it is not the account's name (MS-KILE 3.1.1.2).
    let salt = match account.strip_suffix('$') {
        Some(host) => {
            format!("{realm}host{}.{}", host.to_lowercase(), realm.to_lowercase())
        }
        None => format!("{realm}{account}"),
    };
    let kind = String::from_utf8_lossy(&key.kind);
    builder.checked(Hash::from_kerberos_key(&kind, &salt, &key.digits)?)
}

/// The realm of `school.example\\kharper` or `kharper@school.example`, if it is one of DNS.
fn realm(account: &[u8]) -> Option<String> {
    let domain = match memchr::memchr(b'\\', account) {
        Some(at) => account.get(..at)?,
        None => account.get(memchr::memrchr(b'@', account)? + 1..)?,
    };
    let domain = str::from_utf8(domain).ok().filter(|domain| domain.contains('.'))?;
    Some(domain.to_uppercase())
}

fn local(account: &[u8]) -> &[u8] {
    let name = memchr::memchr(b'\\', account).and_then(|at| account.get(at + 1..));
    name.unwrap_or_else(|| account.split(|byte| *byte == b'@').next().unwrap_or(account))
}

#[cfg(test)]
mod tests {
    use crate::{Export, ReadOptions};

    #[track_caller]
    fn check(file: &str, expected: &[&str]) {
        let export =
            Export::read("network", "a", file.as_bytes().to_vec(), &ReadOptions::default());
        let loaded = export.credentials.iter().map(|one| {
            let scheme = match &one.secret {
                crate::Secret::Hash(hash) => hash.setting.scheme().id(),
                crate::Secret::Nt(_) => "nt",
                crate::Secret::Blank | crate::Secret::Clear(_) => "other",
            };
            (one.line, format!("{} {scheme}", export.text(one.account)))
        });
        let skipped = export.skipped.iter().map(|one| (one.line, one.why.id().to_owned()));
        let mut all: Vec<(u32, String)> = loaded.chain(skipped).collect();
        all.sort();
        let all: Vec<String> = all.into_iter().map(|(_, text)| text).collect();
        assert_eq!(all, expected, "{file}");
    }

    #[test]
    fn a_key_is_tested_where_nothing_else_is() {
        let key = |account: &str, kind: &str, len: usize| {
            format!("{account}:{kind}:{}\n", "5a".repeat(len))
        };
        let aes = key("school.example\\kharper", "aes256-cts-hmac-sha1-96", 32);
        let des = key("school.example\\kharper", "des-cbc-md5", 8);
        let nt = "school.example\\kharper:1104:x:567667e52888a59d0abcf0c066db867b:::\n";
        check(&format!("{nt}{aes}"), &["school.example\\kharper nt", "kerberos-key"]);
        check(&format!("{aes}{des}"), &["school.example\\kharper kerberos-aes256", "kerberos-key"]);
        check(&des, &["key-alone"]);
        let bare = key("tf", "aes256-cts-hmac-sha1-96", 32);
        check(&bare, &["key-alone"]);
        check(
            &format!("{aes}{bare}"),
            &["school.example\\kharper kerberos-aes256", "tf kerberos-aes256"],
        );
        check(&key("tf", "rc4_hmac", 16), &["tf nt"]);
    }
}
