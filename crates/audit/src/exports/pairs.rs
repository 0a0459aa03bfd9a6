//! A name and a hash on a line, or a hash alone: htpasswd, lists of crackers, columns cut out.

use strongpass_hash::{HashError, Scheme};
use strongpass_tables::{Line, cut};

use super::Format;
use super::account_names;
use super::builder::{About, ExportBuilder};
use super::credential::AccountStatus;
use super::secret::Secret;
use super::skipped::Why;

/// Reads `name:hash`, also with a tab, comma or semicolon between, or a hash alone; `false` if it
/// is something else.
pub(super) fn read(line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
    let text = line.bytes.trim_ascii();
    if let Some(stored) = alone(text, builder) {
        builder.is(Format::Pairs);
        match stored {
            Ok(secret) => {
                let name = format!("line {}", line.number);
                builder.load(line.number, name.as_bytes(), secret, About::default());
            }
            Err(why) => builder.skip(line.number, None, why),
        }
        return true;
    }
    let mut found: Option<(&[u8], Result<Secret, Why>, AccountStatus)> = None;
    for (account, separator, rest) in splits(text) {
        match stored(account, separator, rest, builder) {
            Some((Ok(secret), status)) => {
                found = Some((account, Ok(secret), status));
                break;
            }
            // Perhaps the name has the separator in it: the first reason stands for all.
            Some((Err(why), status)) if found.is_none() => {
                found = Some((account, Err(why), status));
            }
            Some((Err(_), _)) | None => {}
        }
    }
    let Some((account, stored, status)) = found else { return false };
    builder.is(Format::Pairs);
    let about = About { kind: account_names::kind(account), status, ..About::default() };
    match stored {
        Ok(secret) => builder.load(line.number, account, secret, about),
        Err(why) => builder.skip(line.number, Some(account), why),
    }
    true
}

/// The line cut at the first of each separator, leftmost first, where there is a name before it.
fn splits(text: &[u8]) -> impl Iterator<Item = (&[u8], u8, &[u8])> {
    let split = |separator: u8| cut(text, separator).map(|(name, rest)| (name, separator, rest));
    let mut splits: Vec<_> = b":\t,;".iter().filter_map(|separator| split(*separator)).collect();
    splits.sort_unstable_by_key(|(account, _, _)| account.len());
    let splits = splits.into_iter().map(|(name, by, rest)| (name.trim_ascii(), by, rest));
    splits.filter(|(account, _, _)| !account.is_empty())
}

/// A line that is a hash and nothing else.
fn alone(text: &[u8], builder: &ExportBuilder<'_>) -> Option<Result<Secret, Why>> {
    let stored = builder.secret(b"", text);
    match &stored {
        // Any word of 13 letters could be DES crypt.
        Ok(Secret::Hash(hash)) if !looks_like_a_word(hash.setting.scheme()) => Some(stored),
        Ok(Secret::Nt(_) | Secret::Blank) | Err(Why::NoLm) => Some(stored),
        Err(Why::Hash(error)) if **error != HashError::Unknown => Some(stored),
        Ok(_) | Err(_) => None,
    }
}

/// What stands behind a name, and whether it is locked; `None` if it is not a hash.
fn stored(
    account: &[u8],
    separator: u8,
    rest: &[u8],
    builder: &ExportBuilder<'_>,
) -> Option<(Result<Secret, Why>, AccountStatus)> {
    // john and NTDSXtract end their lines like pwdump.
    let text = rest.trim_ascii();
    let text = text.strip_suffix(b":::").filter(|text| !text.is_empty()).unwrap_or(text);
    if matches!(text, b"!" | b"!!" | b"*" | b"x") {
        return Some((Err(Why::NoPassword), AccountStatus::Disabled));
    }
    let hash = text.strip_prefix(b"!").unwrap_or(text);
    let status =
        if hash.len() < text.len() { AccountStatus::Disabled } else { AccountStatus::Enabled };
    // More may follow a hash that says where it ends.
    let (first, _) = cut(hash, b':').unwrap_or((hash, b""));
    let is_tagged = matches!(first, [b'$' | b'{', ..]) && first.len() < hash.len();
    let stored = match builder.secret(account, hash) {
        Err(Why::Hash(error)) if is_tagged => {
            builder.secret(account, first).map_err(|_| Why::Hash(error))
        }
        stored => stored,
    };
    let is_one = match &stored {
        // In htpasswd there is no space before it, in `Name: Administrator` there is.
        Ok(Secret::Hash(hash)) if looks_like_a_word(hash.setting.scheme()) => {
            separator == b':' && rest.len() == 13
        }
        Err(Why::Hash(error)) => **error != HashError::Unknown,
        Ok(Secret::Blank) => !hash.is_empty(),
        Err(Why::NoPassword) => false,
        Ok(_) | Err(_) => true,
    };
    is_one.then_some((stored, status))
}

const fn looks_like_a_word(scheme: Scheme) -> bool {
    matches!(scheme, Scheme::Descrypt | Scheme::Bigcrypt)
}

#[cfg(test)]
mod tests {
    use crate::{Export, ReadOptions};

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let file = format!("{line}\n").into_bytes();
        let export = Export::read("web", "a", file, &ReadOptions::default());
        let loaded = export.credentials.iter().map(|one| {
            let crate::Secret::Hash(hash) = &one.secret else { return "no hash".to_owned() };
            let scheme = hash.setting.scheme().id();
            format!("{} {scheme} {:?}", export.text(one.account), one.status)
        });
        let skipped = export.skipped.iter().map(|one| one.why.id().to_owned());
        let seen: Vec<String> = loaded.chain(skipped).collect();
        assert_eq!(seen, [expected], "{line}");
    }

    const MD5: &str = "$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0";
    const ARGON2: &str = "$argon2id$v=19$m=1024,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$\
                          VUIJLo1gg9U5ZyfpNQlBdSuv+/kPLqpA4Z+2fmXFpho";

    #[test]
    fn separators() {
        for separator in [":", "\t", ",", ";", ": ", " : ", ", "] {
            check(&format!("ann{separator}{MD5}"), "ann md5crypt Enabled");
            check(&format!("ann{separator}{ARGON2}"), "ann argon2id Enabled");
        }
        check(&format!("Lee, Ann:{MD5}"), "Lee, Ann md5crypt Enabled");
        check(&format!("ann:{MD5}:1000:more"), "ann md5crypt Enabled");
        check(&format!("ann:!{MD5}"), "ann md5crypt Disabled");
    }

    #[test]
    fn alone() {
        check(MD5, "line 1 md5crypt Enabled");
        check(&format!("  {ARGON2}  "), "line 1 argon2id Enabled");
        check(&"a".repeat(40), "line 1 sha1 Enabled");
        check(&"a".repeat(32), "ambiguous");
        check("$1$/6k.2IU/$oMAb", "malformed");
    }

    #[test]
    fn words_are_no_des_crypt() {
        check("ann:/069KOe9EezT6", "ann descrypt Enabled");
        for word in [
            "/069KOe9EezT6",
            "Administrator",
            "Name: Administrator",
            "Post: Receptionists",
            "Post,Receptionists",
            "Receptionists",
            "Type\tAdministrator",
            "SamAccountName,AccountLocked",
            "Comment:",
            "ann:",
            "Kate Harper",
            "time: 08:12",
        ] {
            check(word, "unrecognised");
        }
    }

    #[test]
    fn reasons() {
        check("ann:*", "no-password");
        check("ann:5f4dcc3b5aa765d61d8327deb882cf99", "ambiguous");
        check("ann:$2b$10$short", "malformed");
        check("ann:{SASL}ann@school", "elsewhere");
    }
}
