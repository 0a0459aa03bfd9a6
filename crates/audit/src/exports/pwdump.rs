//! `name:rid:lm:nt:::`, and what tools write into and behind its empty fields.

use strongpass_tables::hex;
use strongpass_tables::{Line, cut};

use super::Format;
use super::account_names;
use super::builder::{About, ExportBuilder};
use super::credential::{AccountKind, AccountStatus};
use super::skipped::Why;
use super::windows::{self, Half};

/// Reads a line of pwdump; `false` if it is something else.
pub(super) fn read(line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
    let Some(fields) = Fields::parse(line.bytes) else { return is_cut(line, builder) };
    builder.is(Format::Pwdump);
    match windows::stored(fields.lm, fields.nt) {
        Ok(secret) => {
            let about = fields.about(fields.account, builder);
            builder.load(line.number, fields.account, secret, about);
            if let Half::Hash(_, lm) = fields.lm {
                builder.keep_lm(lm);
            }
        }
        Err(why) => builder.skip(line.number, Some(fields.account), why),
    }
    true
}

/// Whether a line is the beginning of one, in a file that has others; it is then skipped.
fn is_cut(line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
    if !builder.export.formats.contains(&Format::Pwdump) {
        return false;
    }
    let Some((account, rest)) = cut(line.bytes, b':') else { return false };
    let (rid, lm) = cut(rest, b':').unwrap_or((rest, b""));
    let is_begin = lm.len() <= 32 && hex::is_hex(lm, lm.len());
    let is_rid = !rid.is_empty() && rid.iter().all(u8::is_ascii_digit);
    if is_begin && is_rid && !account.is_empty() {
        builder.skip(line.number, Some(account), Why::NotNt);
        return true;
    }
    false
}

/// The fields of a line that is one of pwdump.
struct Fields<'a> {
    account: &'a [u8],
    rid: &'a [u8],
    lm: Half<'a>,
    nt: Half<'a>,
    /// Comment, home directory and what secretsdump adds.
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    fn parse(line: &'a [u8]) -> Option<Self> {
        let (account, rest) = cut(line, b':')?;
        let (rid, rest) = cut(rest, b':')?;
        let (lm, rest) = cut(rest, b':')?;
        let (nt, rest) = cut(rest, b':').unwrap_or((rest, b""));
        let (lm, nt) = (Half::parse(lm), Half::parse(nt));
        // One of the two fields is certainly one of these, and the other is not just missing.
        let certain = match (lm, nt) {
            (Half::Empty | Half::Bad, Half::Empty | Half::Bad) => false,
            // A flags field: smbpasswd(5).
            (_, _) if rest.starts_with(b"[") => false,
            _ => true,
        };
        let is_rid = rid.iter().all(u8::is_ascii_digit);
        (certain && is_rid && !account.is_empty()).then_some(Self { account, rid, lm, nt, rest })
    }

    fn about(&self, account: &[u8], builder: &mut ExportBuilder<'_>) -> About {
        let mut about =
            About { kind: account_names::kind(account), lm: self.lm.lm(), ..About::default() };
        about.rid = str::from_utf8(self.rid).ok().and_then(|rid| rid.parse().ok()).unwrap_or(0);
        match self.rid {
            b"500" => about.privileged = true,
            b"501" | b"502" | b"503" | b"504" => about.kind = AccountKind::Service,
            _ => {}
        }
        if let Some((comment, rest)) = cut(self.rest, b':') {
            if !comment.is_empty() {
                about.comment(comment, builder);
            }
            let mut rest = rest;
            while let Some((_, after)) = cut(rest, b'(') {
                let (setting, after) = cut(after, b')').unwrap_or((after, b""));
                about.set(setting);
                rest = after;
            }
        }
        about
    }
}

impl About {
    /// A name or description, or what Metasploit writes there: `Disabled=false,Expired=false`.
    fn comment(&mut self, comment: &[u8], builder: &mut ExportBuilder<'_>) {
        if comment.starts_with(b"Disabled=") {
            for setting in comment.split(|byte| *byte == b',') {
                self.set(setting);
            }
        } else if !comment.starts_with(b"S-1-") {
            self.names = builder.names(&[comment]);
        }
    }

    /// What `key=value` says: `status=Disabled`, `Enabled=False`, `Locked=True`, `Admin=True`.
    fn set(&mut self, setting: &[u8]) {
        let is = |known: &[u8]| setting.eq_ignore_ascii_case(known);
        let disabled: [&[u8]; 5] = [
            b"status=Disabled",
            b"Enabled=False",
            b"Disabled=true",
            b"Expired=true",
            b"Locked=True",
        ];
        if disabled.into_iter().any(is) {
            self.status = AccountStatus::Disabled;
        }
        let privileged: [&[u8]; 4] = [
            b"Admin=True",
            b"IsAdministrator=true",
            b"IsDomainAdmin=true",
            b"IsEnterpriseAdmin=true",
        ];
        self.privileged |= privileged.into_iter().any(is);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Export, ReadOptions};

    /// What lines are read as: accounts with how many passwords ago, or the reason.
    fn read(lines: &[String]) -> Vec<String> {
        let file = lines.join("\n").into_bytes();
        let export = Export::read("network", "a", file, &ReadOptions::default());
        let loaded = export.credentials.iter().map(|one| {
            (one.line, format!("{} {} {:?}", export.text(one.account), one.previous, one.lm))
        });
        let skipped = export.skipped.iter().map(|one| (one.line, one.why.id().to_owned()));
        let mut all: Vec<(u32, String)> = loaded.chain(skipped).collect();
        all.sort();
        all.into_iter().map(|(_, text)| text).collect()
    }

    fn line(account: &str, lm: &str, nt: &str) -> String {
        format!("{account}:1104:{lm}:{nt}:::")
    }

    fn nt(number: u8) -> String {
        format!("{number:032x}")
    }

    const NONE: &str = "aad3b435b51404eeaad3b435b51404ee";

    #[test]
    fn a_history_of_a_domain_begins_with_the_password_before() {
        let lines = [("a", 1), ("a_history0", 2), ("a_history1", 3), ("b_history0", 4)];
        let lines = lines.map(|(account, digest)| line(account, NONE, &nt(digest)));
        assert_eq!(read(&lines), ["a 0 Absent", "a 1 Absent", "a 2 Absent", "b_history0 0 Absent"]);
    }

    #[test]
    fn a_history_of_a_computer_begins_with_the_password_in_use() {
        let lines = [("a", 1), ("a_history0", 1), ("a_history1", 3)];
        let lines = lines.map(|(account, digest)| line(account, NONE, &nt(digest)));
        assert_eq!(read(&lines), ["a 0 Absent", "current-again", "a 1 Absent"]);
    }

    #[test]
    fn lm_hashes_of_a_history_are_noise() {
        let lines = [
            line("a", &nt(9), &nt(1)),
            line("a_history0", &nt(8), &nt(2)),
            line("a_history1", &nt(8), "31d6cfe0d16ae931b73c59d7e0c089c0"),
            line("a_history2", &nt(8), ""),
        ];
        assert_eq!(read(&lines), ["a 0 Whole", "a 1 Absent", "earlier-lm", "earlier-lm"]);
    }

    #[test]
    fn names_that_only_look_like_a_history() {
        let lines = ["_history0", "a_history", "a_history1x"].map(|a| line(a, NONE, &nt(1)));
        assert_eq!(
            read(&lines),
            ["_history0 0 Absent", "a_history 0 Absent", "a_history1x 0 Absent"]
        );
    }

    #[test]
    fn fields_that_decide() {
        for (fields, expected) in [
            (format!("a::{NONE}:{}", nt(1)), "a 0 Absent"),
            (format!("a:1:*:{}:::", nt(1)), "a 0 Absent"),
            (format!("a:1:{NONE}::::"), "no-password"),
            (format!("a:1:{}:::", nt(1)), "a 0 Whole"),
            (format!("a:1:{NONE}:zz:::"), "not-nt"),
            (format!("a:x:{NONE}:{}:::", nt(1)), "unrecognised"),
            (format!(":1:{NONE}:{}:::", nt(1)), "unrecognised"),
            ("a:1:::::".to_owned(), "unrecognised"),
        ] {
            assert_eq!(read(std::slice::from_ref(&fields)), [expected], "{fields}");
        }
    }

    #[test]
    fn what_is_cut_short_is_said_to_be() {
        let whole = line("a", NONE, &nt(1));
        for cut in
            ["b:1105", "b:1105:", "b:1105:aad3b4", "b:1105:aad3b435b51404eeaad3b435b51404ee:ab"]
        {
            assert_eq!(read(&[whole.clone(), cut.to_owned()]), ["a 0 Absent", "not-nt"], "{cut}");
        }
    }
}
