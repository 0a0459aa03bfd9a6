//! The configuration of a switch or router of Cisco: users, the `enable` secret, passwords of lines.

use std::borrow::Cow;

use strongpass_hash::HashError;
use strongpass_tables::Line;
use zeroize::Zeroizing;

use super::Format;
use super::builder::{About, ExportBuilder};
use super::columns;
use super::secret::Secret;
use super::skipped::Why;

/// Where in a configuration the reader is.
#[derive(Default)]
pub(super) struct Place {
    /// A line before was certainly one of a configuration.
    inside: bool,
    /// `line vty 0 4`, whose passwords follow.
    line: Vec<u8>,
}

impl Place {
    /// Reads a line of it; `false` if it is something else.
    pub(super) fn read(&mut self, line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
        // Its lines have spaces in them; with tabs, `username` and `password` are headings.
        if line.bytes.contains(&b'\t') {
            return false;
        }
        let text = line.bytes.trim_ascii();
        if text == b"!" || text.starts_with(b"! ") {
            builder.comment();
            return true;
        }
        let words: Vec<&[u8]> =
            text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
        if !line.bytes.starts_with(b" ") {
            let is_line = words.first() == Some(&b"line".as_slice()) && self.inside;
            self.line = if is_line { text.to_vec() } else { Vec::new() };
        }
        let found = Found::parse(&words, &self.line);
        self.inside |= found.is_some() || is_begin(&words);
        if !self.inside {
            return false;
        }
        let Some(found) = found else {
            let holds_secret = words.iter().skip(1).any(|word| {
                matches!(*word, b"secret" | b"password" | b"key" | b"key-string" | b"community")
            });
            // An export of something else may follow in the same file.
            let parts = text.split(|byte| byte.is_ascii_whitespace() || b":,;|\"".contains(byte));
            if parts.into_iter().any(columns::is_signed) {
                return false;
            }
            let is_off = words.first() == Some(&b"no".as_slice());
            if holds_secret && !is_off {
                let what = "a secret of a switch that nobody logs in with (a community, a key)";
                builder.skip(line.number, None, HashError::Unsupported { what }.into());
            } else {
                builder.beside();
            }
            return true;
        };
        builder.is(Format::Cisco);
        let about = About { privileged: found.privileged, ..About::default() };
        match found.secret(builder) {
            Ok(secret) => builder.load(line.number, &found.account, secret, about),
            Err(why) => builder.skip(line.number, Some(&found.account), why),
        }
        true
    }
}

/// Words that only a configuration begins with.
fn is_begin(words: &[&[u8]]) -> bool {
    matches!(
        words,
        [b"hostname" | b"version", _]
            | [b"service", b"password-encryption" | b"timestamps", ..]
            | [b"Building", b"configuration..."]
            | [b"Current", b"configuration", ..]
    )
}

struct Found<'a> {
    account: Cow<'a, [u8]>,
    privileged: bool,
    /// How it is stored, by number.
    kind: Option<u8>,
    stored: &'a [u8],
    rest: &'a [&'a [u8]],
}

impl<'a> Found<'a> {
    /// `username NAME … secret 9 HASH`, `enable secret 5 HASH`, ` password 7 DIGITS` of a line.
    fn parse(words: &'a [&'a [u8]], line: &'a [u8]) -> Option<Self> {
        let is_secret = |word: &&[u8]| matches!(*word, b"secret" | b"password");
        if let [b"username", account, .., b"nopassword"] = words {
            let account = Cow::Borrowed(*account);
            return Some(Self { account, privileged: false, kind: None, stored: b"", rest: &[] });
        }
        let (account, at) = match words {
            [b"username", account, rest @ ..] => {
                (Cow::Borrowed(*account), 2 + rest.iter().position(is_secret)?)
            }
            [b"enable", second, ..] if is_secret(second) => {
                (Cow::Borrowed(b"enable".as_slice()), 1)
            }
            [b"secret" | b"password", ..] if !line.is_empty() => (Cow::Borrowed(line), 0),
            _ => return None,
        };
        let (before, after) = words.split_at_checked(at)?;
        let ([_, b"level", _, after @ ..] | [_, after @ ..]) = after else { return None };
        let level = before.iter().position(|word| *word == b"privilege");
        let privileged = account.as_ref() == b"enable"
            || level.and_then(|at| before.get(at + 1)) == Some(&b"15".as_slice());
        let (kind, stored, rest) = match after {
            [b"sha512" | b"sha256", stored, rest @ ..] => (Some(5), *stored, rest),
            [kind @ ([_] | [_, _]), stored, rest @ ..] if kind.iter().all(u8::is_ascii_digit) => {
                (str::from_utf8(kind).ok().and_then(|kind| kind.parse().ok()), *stored, rest)
            }
            [stored, rest @ ..] => (None, *stored, rest),
            [] => return None,
        };
        Some(Self { account, privileged, kind, stored, rest })
    }

    fn secret(&self, builder: &ExportBuilder<'_>) -> Result<Secret, Why> {
        // What an ASA writes behind hashes of its own.
        let is_hashed = self
            .rest
            .iter()
            .any(|word| matches!(*word, b"encrypted" | b"nt-encrypted" | b"pbkdf2" | b"mschap"));
        match self.kind {
            _ if self.stored.is_empty() => Ok(Secret::Blank),
            _ if self.stored.starts_with(b"$") => builder.secret(&self.account, self.stored),
            _ if is_hashed => {
                Err(HashError::Unsupported { what: "a password of a Cisco ASA" }.into())
            }
            Some(4) => {
                let stored = Zeroizing::new([b"$cisco4$", self.stored].concat());
                builder.secret(&self.account, &stored)
            }
            Some(7) => match revealed(self.stored) {
                Some(text) => Ok(Secret::from_clear(&text)),
                None => Err(Why::NoHash),
            },
            Some(0) | None => Ok(Secret::from_clear(self.stored)),
            Some(_) => {
                Err(HashError::Unsupported { what: "this type of Cisco's passwords" }.into())
            }
        }
    }
}

/// What Cisco's type 7 hides: a number where the key begins, then bytes mixed with it. It is known
/// since 1995 and hides nothing.
fn revealed(digits: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    const KEY: &[u8; 53] = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";
    let (start, rest) = digits.split_first_chunk::<2>()?;
    let start: usize = str::from_utf8(start).ok()?.parse().ok()?;
    let (pairs, odd) = rest.as_chunks::<2>();
    let mut text = Zeroizing::new(Vec::with_capacity(pairs.len()));
    for (pair, key) in pairs.iter().zip(KEY.iter().cycle().skip(start)) {
        text.push(u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()? ^ key);
    }
    (odd.is_empty() && !text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Export, ReadOptions};

    #[test]
    fn a_configuration() {
        let file = "!\nversion 15.2\nservice password-encryption\nhostname sw1\n\
            enable secret 5 $1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0\n\
            username kharper privilege 15 secret 5 $1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0\n\
            username tf password 7 0822455D0A16\n\
            username jm password 0 Gentle-Wombat41\n\
            username guest privilege 3 nopassword\n\
            interface Vlan1\n ip address 10.0.0.2 255.255.255.0\n\
            snmp-server community Kestrel RO\n\
            line vty 0 4\n password 7 0822455D0A16\n login\n\
            username asa password 2KFQnbNIdI.2KYOU encrypted\nend\n";
        let export = Export::read("switch", "a", file.as_bytes().to_vec(), &ReadOptions::default());
        let loaded = export.credentials.iter().map(|one| {
            let mark = if one.privileged { " privileged" } else { "" };
            let clear = if let Secret::Clear(clear) = &one.secret { clear.expose() } else { None };
            format!("{}{mark} {}", export.text(one.account), clear.unwrap_or_default())
        });
        assert_eq!(
            loaded.collect::<Vec<_>>(),
            [
                "enable privileged ",
                "kharper privileged ",
                "tf cisco",
                "jm Gentle-Wombat41",
                "guest ",
                "line vty 0 4 cisco"
            ]
        );
        let skipped: Vec<_> = export.skipped.iter().map(|one| (one.line, one.why.id())).collect();
        assert_eq!(skipped, [(12, "unsupported"), (16, "unsupported")]);
    }

    /// Moodle's table has three headings that a configuration begins with, too.
    #[test]
    fn what_follows_a_configuration_is_not_swallowed() {
        let md5 = "$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0";
        for file in [
            format!("username\tauth\tpassword\nkharper\tmanual\t{md5}\n"),
            format!("hostname sw1\nkharper:{md5}\n"),
            format!("hostname sw1\nkharper,{md5}\n"),
        ] {
            let export = Export::read("a", "a", file.clone().into_bytes(), &ReadOptions::default());
            let accounts: Vec<&str> =
                export.credentials.iter().map(|one| export.text(one.account)).collect();
            assert_eq!(accounts, ["kharper"], "{file}");
            assert!(export.skipped.is_empty(), "{file}");
        }
    }
}
