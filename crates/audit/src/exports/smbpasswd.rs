//! `smbpasswd(5)`: what Samba keeps without a domain, and what `pdbedit -L -w` prints.

use strongpass_tables::{Line, cut};

use super::Format;
use super::account_names;
use super::builder::{About, ExportBuilder};
use super::credential::{AccountKind, AccountStatus};
use super::secret::Secret;
use super::skipped::Why;
use super::windows::{self, Half};

/// Reads `name:uid:LM:NT:[flags]:LCT-time:`; `false` if it is something else.
pub(super) fn read(line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
    let Some((account, stored, about)) = parse(line.bytes) else { return false };
    builder.is(Format::Smbpasswd);
    match stored {
        Ok(secret) => builder.load(line.number, account, secret, about),
        Err(why) => builder.skip(line.number, Some(account), why),
    }
    true
}

type Parsed<'a> = (&'a [u8], Result<Secret, Why>, About);

fn parse(line: &[u8]) -> Option<Parsed<'_>> {
    let (account, rest) = cut(line, b':')?;
    let (uid, rest) = cut(rest, b':')?;
    let (lm, rest) = cut(rest, b':')?;
    let (digits, rest) = cut(rest, b':')?;
    let (flags, _) = cut(rest.strip_prefix(b"[")?, b']')?;
    if account.is_empty() || uid.is_empty() || !uid.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let has = |flag: u8| flags.contains(&flag);
    let mut about = About { kind: account_names::kind(account), ..About::default() };
    if [b'W', b'S', b'I'].into_iter().any(has) {
        about.kind = AccountKind::Machine;
    }
    if has(b'D') || has(b'L') {
        about.status = AccountStatus::Disabled;
    }
    about.privileged = uid == b"0";
    about.lm = Half::parse(lm).lm();
    let stored = if has(b'N') || digits.is_empty() {
        Ok(Secret::Blank)
    } else if digits.len() == 32 && digits.iter().all(|byte| *byte == b'X') {
        Err(Why::NoPassword)
    } else {
        windows::stored(Half::None, Half::parse(digits))
    };
    Some((account, stored, about))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "567667E52888A59D0ABCF0C066DB867B";

    #[track_caller]
    fn check(lm: &str, nt: &str, flags: &str, expected: &str) {
        let line = format!("kharper:1001:{lm}:{nt}:[{flags}]:LCT-66D40000:");
        let (account, stored, about) = parse(line.as_bytes()).unwrap();
        let secret = match stored {
            Ok(Secret::Blank) => "blank",
            Ok(_) => "nt",
            Err(why) => why.id(),
        };
        let seen = format!("{secret} {:?} {:?} {:?}", about.kind, about.status, about.lm);
        assert_eq!((account, seen.as_str()), (b"kharper".as_slice(), expected));
    }

    #[test]
    fn table() {
        let none = "X".repeat(32);
        check(&none, HASH, "U          ", "nt Person Enabled Absent");
        check(HASH, HASH, "UX         ", "nt Person Enabled Whole");
        check(&none, HASH, "DU         ", "nt Person Disabled Absent");
        check(&none, HASH, "W          ", "nt Machine Enabled Absent");
        check(&none, &none, "U          ", "no-password Person Enabled Absent");
        check(&none, &none, "NU         ", "blank Person Enabled Absent");
        check(&none, "NO PASSWORDXXXXXXXXXXXXXXXXXXXXX", "U", "blank Person Enabled Absent");
        check(&none, "567667E5", "U", "not-nt Person Enabled Absent");
    }

    #[test]
    fn other_lines_are_not_taken() {
        for line in ["", "a:b", "a:1:b:c:d", "a:x:b:c:[U]", ":1:b:c:[U]", "a:1:b:c:[U"] {
            assert!(parse(line.as_bytes()).is_none(), "{line}");
        }
    }
}
