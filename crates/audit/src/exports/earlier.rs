//! Passwords before the one in use, which tools list under names of their own: `kharper_history0`.

use std::collections::{HashMap, HashSet};

use strongpass_hash::Scheme;

use super::account_names;
use super::builder::{ExportBuilder, count};
use super::credential::{AccountKind, Credential};
use super::export::Export;
use super::lm::Lm;
use super::secret::Secret;
use super::skipped::Why;
use super::text::Text;

/// Gives earlier passwords to the accounts that they are of. A name that only looks like one of
/// these is an account: there is no other of that name before the ending, or it has another number.
pub(super) fn join(builder: &mut ExportBuilder<'_>) {
    let export = &builder.export;
    let is_one = |account| Ending::parse(export.text(account).as_bytes()).is_some();
    let skipped = export.skipped.iter().filter_map(|one| one.account);
    if !export.credentials.iter().map(|one| one.account).chain(skipped).any(is_one) {
        return;
    }
    let owners = Owners::new(export);
    let earlier = owners.earlier(export);
    let lm = owners.lm(export);
    for at in lm {
        if let Some(skipped) = builder.export.skipped.get_mut(at) {
            skipped.why = Why::EarlierLm;
        }
    }
    let mut back = Vec::new();
    for Earlier { at, account, previous, why } in earlier {
        let kind = account_names::kind(builder.export.text(account).as_bytes());
        if let Some(credential) = builder.export.credentials.get_mut(at) {
            (credential.account, credential.previous) = (account, previous);
            // What Windows keeps there in place of LM hashes is noise.
            credential.lm = Lm::Absent;
            if credential.kind == AccountKind::Person {
                credential.kind = kind;
            }
        }
        back.extend(why.map(|why| (at, why)));
    }
    if !back.is_empty() {
        builder.take_back(&back);
    }
}

/// All whose earlier passwords there may be, by name.
struct Owners<'e>(HashMap<&'e [u8], Vec<Owner>>);

impl<'e> Owners<'e> {
    fn new(export: &'e Export) -> Self {
        let mut owners: HashMap<&[u8], Vec<Owner>> = HashMap::new();
        for one in export.credentials.iter().filter(|one| one.previous == 0) {
            let nt = if let Secret::Nt(digest) = one.secret { Some(digest) } else { None };
            let account = export.text(one.account).as_bytes();
            owners.entry(account).or_default().push(Owner { rid: one.rid, nt });
        }
        for account in export.skipped.iter().filter_map(|one| one.account) {
            let account = export.text(account).as_bytes();
            owners.entry(account).or_default().push(Owner { rid: 0, nt: None });
        }
        Self(owners)
    }

    /// Whose earlier password a name is of.
    fn of<'n>(&self, name: &'n str, rid: u32) -> Option<(Ending<'n>, &[Owner])> {
        let ending = Ending::parse(name.as_bytes())?;
        let owners = self.0.get(ending.account)?;
        let is_same = |owner: &Owner| owner.rid == rid || owner.rid == 0 || rid == 0;
        owners.iter().any(is_same).then_some((ending, owners.as_slice()))
    }

    /// What is skipped because it is the LM hash of an earlier password.
    fn lm(&self, export: &Export) -> Vec<usize> {
        let is_lm = |account| self.of(export.text(account), 0).is_some_and(|(of, _)| of.is_lm);
        let skipped = export.skipped.iter().enumerate();
        skipped.filter(|(_, one)| one.account.is_some_and(is_lm)).map(|(at, _)| at).collect()
    }

    /// What becomes of credentials under such names.
    fn earlier(&self, export: &'e Export) -> Vec<Earlier> {
        let all = || {
            let places = export.credentials.iter().enumerate();
            places.filter_map(|(at, one)| {
                Some((at, one, self.of(export.text(one.account), one.rid)?))
            })
        };
        // secretsdump leaves the password in use out of a domain's history, but not out of a
        // computer's; other tools never do.
        let repeats = |one: &Credential, ending: &Ending<'_>, owners: &[Owner]| {
            let Secret::Nt(digest) = one.secret else { return false };
            ending.number == 0 && owners.iter().any(|owner| owner.nt == Some(digest))
        };
        let repeated: HashSet<&[u8]> = all()
            .filter(|(_, one, (ending, owners))| repeats(one, ending, owners))
            .map(|(_, _, (ending, _))| ending.account)
            .collect();
        let earlier = all().map(|(at, one, (ending, _))| {
            let is_repeated = repeated.contains(ending.account);
            let previous = ending.number.saturating_add(u8::from(!is_repeated));
            let is_lm = match &one.secret {
                // Some tools write LM and NT on lines of their own.
                Secret::Blank => true,
                Secret::Hash(hash) => hash.setting.scheme() == Scheme::Lm,
                Secret::Nt(_) | Secret::Clear(_) => false,
            };
            let why = if is_lm || ending.is_lm {
                Some(Why::EarlierLm)
            } else {
                (previous == 0).then_some(Why::CurrentAgain)
            };
            let account = Text { len: count(ending.account.len()), ..one.account };
            Earlier { at, account, previous, why }
        });
        earlier.collect()
    }
}

/// Someone whose earlier passwords there may be.
struct Owner {
    rid: u32,
    nt: Option<[u8; 16]>,
}

/// What becomes of a credential.
struct Earlier {
    at: usize,
    account: Text,
    previous: u8,
    why: Option<Why>,
}

/// A name with an ending of earlier passwords: `_history0` (secretsdump, `DSInternals`), `_nthistory0`
/// and `_lmhistory0` (`NTDSXtract`).
struct Ending<'n> {
    account: &'n [u8],
    is_lm: bool,
    number: u8,
}

impl<'n> Ending<'n> {
    fn parse(name: &'n [u8]) -> Option<Self> {
        let digits = name.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let (name, number) = name.split_at_checked(name.len().checked_sub(digits)?)?;
        let name = name.strip_suffix(b"history").filter(|_| digits > 0)?;
        let (name, is_lm) = match name {
            [name @ .., b'_', b'l', b'm'] => (name, true),
            [name @ .., b'_', b'n', b't'] | [name @ .., b'_'] => (name, false),
            _ => return None,
        };
        let number = str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        let number = number.unwrap_or(u8::MAX);
        (!name.is_empty()).then_some(Self { account: name, is_lm, number })
    }
}

#[cfg(test)]
mod tests {
    use crate::{Export, ReadOptions};

    /// Accounts with how many passwords ago, and reasons, in the order of the lines.
    #[track_caller]
    fn check(lines: &[&str], expected: &[&str]) {
        let file = lines.join("\n").into_bytes();
        let export = Export::read("network", "a", file, &ReadOptions::default());
        let loaded = export
            .credentials
            .iter()
            .map(|one| (one.line, format!("{} {}", export.text(one.account), one.previous)));
        let skipped = export.skipped.iter().map(|one| (one.line, one.why.id().to_owned()));
        let mut all: Vec<(u32, String)> = loaded.chain(skipped).collect();
        all.sort();
        let all: Vec<String> = all.into_iter().map(|(_, text)| text).collect();
        assert_eq!(all, expected, "{lines:?}");
        let lines = export.lines;
        assert_eq!(lines.loaded + lines.skipped, lines.all, "{lines:?}");
    }

    const A: &str = "567667e52888a59d0abcf0c066db867b";
    const B: &str = "8437dfc7cee9df783f52251734590bc7";

    #[test]
    fn views_of_other_tools() {
        let line = |name: &str, digest: &str| format!("{name}:$NT${digest}");
        check(
            &[&line("a", A), &line("a_history0", B), &line("a_history1", A)],
            &["a 0", "a 1", "a 2"],
        );
        check(
            &[&line("a", A), &line("a_nthistory0", A), &line("a_nthistory1", B)],
            &["a 0", "current-again", "a 1"],
        );
        check(&[&line("a", A), &format!("a_lmhistory0:{A}:::")], &["a 0", "earlier-lm"]);
        check(&[&line("a_history1", B), &line("a", A)], &["a 2", "a 0"]);
    }

    #[test]
    fn accounts_that_are_called_like_that() {
        let line = |name: &str, rid: u32| format!("{name}:{rid}:x:{A}:::");
        check(&[&line("ks2", 1104), &line("ks3_history1", 1105)], &["ks2 0", "ks3_history1 0"]);
        check(&[&line("ks3", 1104), &line("ks3_history1", 1105)], &["ks3 0", "ks3_history1 0"]);
        check(&[&line("ks3", 1104), &line("ks3_history1", 1104)], &["ks3 0", "ks3 2"]);
        check(&[&format!("ks3_history1:$NT${A}")], &["ks3_history1 0"]);
    }
}
