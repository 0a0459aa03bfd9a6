//! What secretsdump writes beside the hashes: clear text, Kerberos keys, cached logons, secrets.

use strongpass_tables::hex;
use strongpass_tables::{Line, cut};
use zeroize::Zeroizing;

use super::Format;
use super::account_names;
use super::builder::{About, ExportBuilder};
use super::credential::AccountKind;
use super::kerberos_key::KerberosKey;
use super::secret::Secret;
use super::skipped::Why;
use super::windows::{self, Half};

/// Whose the secrets of Windows (LSA) are that follow a heading.
#[derive(Default)]
pub(super) struct Section {
    /// `_SC_…` or `DefaultPassword`, whose secret someone chose.
    name: Vec<u8>,
    /// Other secrets of Windows were there: what follows may be that of a service.
    any: bool,
}

impl Section {
    /// Reads a line that secretsdump writes beside the hashes; `false` if it is something else.
    pub(super) fn read(&mut self, line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
        let (number, text) = (line.number, line.bytes);
        if is_talk(text) {
            let name = text.get(4..).unwrap_or_default().trim_ascii();
            let chosen = name.starts_with(b"_SC_")
                || name == b"DefaultPassword"
                || name == b"ASPNET_WP_PASSWORD";
            self.name = if chosen { name.to_vec() } else { Vec::new() };
            builder.comment();
            return true;
        }
        if !self.name.is_empty() && self.read_chosen(line, builder) {
            return true;
        }
        let Some(found) = Found::parse(text) else { return false };
        builder.is(Format::Secretsdump);
        match found {
            Found::Clear(account, text) => {
                builder.load(number, account, Secret::from_clear(text), about(account));
            }
            Found::Logon(account, stored) => {
                let account: Vec<u8> =
                    account.iter().map(|b| if *b == b'/' { b'\\' } else { *b }).collect();
                builder.store(number, &account, stored, about(&account));
            }
            Found::Nt(account, digits) => match windows::stored(Half::None, Half::parse(digits)) {
                Ok(secret) => builder.load(number, account, secret, about(account)),
                Err(why) => builder.skip(number, Some(account), why),
            },
            Found::Key(account, kind, digits) => {
                builder.skip(number, Some(account), Why::KerberosKey);
                builder.keys.push(KerberosKey {
                    account: account.to_vec(),
                    kind: kind.to_vec(),
                    digits: Zeroizing::new(digits.to_vec()),
                    skipped: builder.export.skipped.len().saturating_sub(1),
                    line: number,
                });
            }
            Found::Wide(service, digits) => {
                let about = About { kind: AccountKind::Service, ..About::default() };
                match Secret::from_wide(&bytes(digits)) {
                    Some(secret) => builder.load(number, service, secret, about),
                    None => builder.skip(number, Some(service), Why::ClearBytes),
                }
            }
            Found::Nothing(account, why) => {
                self.any |= why == Why::MachineSecret;
                builder.skip(number, account, why);
            }
        }
        true
    }

    /// Reads what stands under the heading of a service or of the person who is logged on by
    /// itself: `account:password`, or bytes.
    fn read_chosen(&self, line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
        if is_dump(line.bytes) {
            builder.is(Format::Secretsdump);
            builder.skip(line.number, Some(&self.name), Why::ClearBytes);
            return true;
        }
        self.load_in_clear(line, builder)
    }

    /// Reads `account:password` in a file of such secrets whose headings were left out, as
    /// secretsdump does in `.secrets`.
    pub(super) fn read_in_clear(&self, line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
        self.any && self.load_in_clear(line, builder)
    }

    fn load_in_clear(&self, line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
        let Some((account, text)) = cut(line.bytes, b':') else { return false };
        if account.is_empty() || text.starts_with(b"0x") {
            return false;
        }
        builder.is(Format::Secretsdump);
        // Windows does not say which account a service has that is not there any more.
        let account: &[u8] = match (account, self.name.as_slice()) {
            (b"(Unknown User)", [_, ..]) => &self.name,
            (b"(Unknown User)", []) => b"LSA secret",
            _ => account,
        };
        let kind = match account_names::kind(account) {
            AccountKind::Person if self.name.starts_with(b"_SC_") => AccountKind::Service,
            kind @ (AccountKind::Person | AccountKind::Machine | AccountKind::Service) => kind,
        };
        let secret = if text.is_empty() { Secret::Blank } else { Secret::from_clear(text) };
        builder.load(line.number, account, secret, About { kind, ..About::default() });
        true
    }
}

enum Found<'a> {
    Clear(&'a [u8], &'a [u8]),
    /// A cached logon.
    Logon(&'a [u8], &'a [u8]),
    /// A computer's own account, without a number.
    Nt(&'a [u8], &'a [u8]),
    /// The password of a service in hexadecimal.
    Wide(&'a [u8], &'a [u8]),
    /// A Kerberos key with its type.
    Key(&'a [u8], &'a [u8], &'a [u8]),
    Nothing(Option<&'a [u8]>, Why),
}

impl<'a> Found<'a> {
    fn parse(line: &'a [u8]) -> Option<Self> {
        if is_dump(line) || line.starts_with(b"NL$KM:") {
            return Some(Self::Nothing(None, Why::MachineSecret));
        }
        let (account, rest) = cut(line, b':')?;
        if account.is_empty() {
            return None;
        }
        if rest.starts_with(b"$DCC2$") || rest.starts_with(b"$DCC$") {
            // A time may follow: `: (2026-09-01 08:12:00)`.
            let (stored, _) = cut(rest, b':').unwrap_or((rest, b""));
            return Some(Self::Logon(account, stored.trim_ascii_end()));
        }
        let (kind, value) = cut(rest, b':').unwrap_or((rest, b""));
        if account == b"SCM" && kind.starts_with(b"{") && hex::is_hex(value, value.len()) {
            return Some(Self::Wide(kind, value));
        }
        match kind {
            b"CLEARTEXT" => Some(match value.strip_prefix(b"0x") {
                Some(digits) if hex::is_hex(digits, digits.len()) => {
                    Self::Nothing(Some(account), Why::ClearBytes)
                }
                _ => Self::Clear(account, value),
            }),
            b"CLEARTEXT_HEX" => Some(Self::Nothing(Some(account), Why::ClearBytes)),
            b"plain_password_hex" => Some(Self::Nothing(Some(account), Why::MachineSecret)),
            _ if is_key_type(kind) && hex::is_hex(value, value.len()) && !value.is_empty() => {
                Some(Self::Key(account, kind, value))
            }
            _ if account.starts_with(b"dpapi_") && rest.starts_with(b"0x") => {
                Some(Self::Nothing(None, Why::MachineSecret))
            }
            _ if hex::is_hex(kind, 32) => {
                let (digits, _) = cut(value, b':').unwrap_or((value, b""));
                (digits.len() == 32).then_some(Self::Nt(account, digits))
            }
            _ => None,
        }
    }
}

/// The bytes of hexadecimal digits, without the NULs that end a text of Windows.
fn bytes(digits: &[u8]) -> Zeroizing<Vec<u8>> {
    let (pairs, _) = digits.as_chunks::<2>();
    let pairs = pairs.iter().filter_map(|pair| str::from_utf8(pair).ok());
    let mut bytes = Zeroizing::new(Vec::with_capacity(digits.len() / 2));
    bytes.extend(pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()));
    while bytes.ends_with(&[0, 0]) && bytes.len().is_multiple_of(2) {
        let len = bytes.len().saturating_sub(2);
        bytes.truncate(len);
    }
    bytes
}

fn about(account: &[u8]) -> About {
    About { kind: account_names::kind(account), ..About::default() }
}

/// `[*] Dumping Domain Credentials`, and the program's own name.
fn is_talk(line: &[u8]) -> bool {
    let starts: [&[u8]; 7] = [
        b"[*] ",
        b"[+] ",
        b"[-] ",
        b"[!] ",
        b"Impacket v",
        // samba-tool
        b"Got password OK",
        b"Any available password returned OK",
    ];
    starts.iter().any(|start| line.starts_with(start))
}

/// The encryption types of Kerberos (RFC 3961 and later), by name or number.
fn is_key_type(kind: &[u8]) -> bool {
    let names: [&[u8]; 8] = [
        b"rc4-hmac",
        b"aes256-cts-hmac-sha1-96",
        b"aes128-cts-hmac-sha1-96",
        b"des-cbc-md5",
        b"des-cbc-crc",
        b"dec-cbc-crc",
        b"rc4_hmac",
        b"arcfour-hmac",
    ];
    names.contains(&kind)
        || kind.strip_prefix(b"0x").is_some_and(|digits| hex::is_hex(digits, digits.len()))
}

/// A line of a hexadecimal dump: ` 0010   4B 6E 2F …`.
fn is_dump(line: &[u8]) -> bool {
    let mut words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    line.starts_with(b" ")
        && words.next().is_some_and(|word| hex::is_hex(word, 4))
        && words.next().is_some_and(|word| hex::is_hex(word, 2))
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let options = crate::ReadOptions::default();
        let file = format!("{line}\n").into_bytes();
        let export = crate::Export::read("network", "a.txt", file, &options);
        let seen = match (export.credentials.as_slice(), export.skipped.as_slice()) {
            ([one], []) => format!("{} {:?}", export.text(one.account), one.kind),
            ([], [one]) => one.why.id().to_owned(),
            ([], []) => format!("{} comments", export.lines.comments),
            _ => "two".to_owned(),
        };
        assert_eq!(seen, expected, "{line}");
    }

    #[test]
    fn table() {
        check("[*] Dumping local SAM hashes (uid:rid:lmhash:nthash)", "1 comments");
        check("school.local\\kharper:CLEARTEXT:Blue-Badger7", "school.local\\kharper Person");
        check("school.local\\PC1$:CLEARTEXT:0x00d8ffff", "clear-bytes");
        let key = "5a".repeat(32);
        check(&format!("kharper:aes256-cts-hmac-sha1-96:{key}"), "key-alone");
        check("kharper:0xffffff74:5a5a5a5a", "key-alone");
        let hash = "567667e52888a59d0abcf0c066db867b";
        let logon = "SCHOOL.LOCAL/kharper:$DCC2$10240#kharper#";
        check(&format!("{logon}{hash}: (2026-09-01 08:12:00)"), "SCHOOL.LOCAL\\kharper Person");
        check(&format!("SCHOOL\\PC1$:{}:{hash}:::", "a".repeat(32)), "SCHOOL\\PC1$ Machine");
        check("SCHOOL\\PC1$:plain_password_hex:5a5a", "machine-secret");
        check("dpapi_machinekey:0x5a5a", "machine-secret");
        check(" 0000   5A 5A 20 5A                                       ZZ Z", "machine-secret");
    }
}
