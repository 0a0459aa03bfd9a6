//! What mimikatz prints for `lsadump::dcsync /all /csv`: number, account, NT hash, userAccountControl.

use strongpass_tables::Line;

use super::Format;
use super::account_names;
use super::answers::is_disabled;
use super::builder::{About, ExportBuilder};
use super::credential::AccountStatus;
use super::windows::{self, Half};

/// Reads a line of it; `false` if it is something else.
pub(super) fn read(line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
    if is_talk(line.bytes) {
        builder.comment();
        return true;
    }
    let fields: Vec<&[u8]> =
        line.bytes.split(|byte| *byte == b'\t').map(<[u8]>::trim_ascii).collect();
    let (rid, account, nt, control) = match *fields.as_slice() {
        [rid, account, nt] => (rid, account, nt, b"".as_slice()),
        [rid, account, nt, control] => (rid, account, nt, control),
        _ => return false,
    };
    let is_number = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    if rid.is_empty() || !is_number(rid) || !is_number(control) || account.is_empty() {
        return false;
    }
    let half = Half::parse(nt);
    if !matches!(half, Half::Hash(..) | Half::Empty) {
        return false;
    }
    builder.is(Format::Dcsync);
    let mut about = About { kind: account_names::kind(account), ..About::default() };
    about.rid = str::from_utf8(rid).ok().and_then(|rid| rid.parse().ok()).unwrap_or(0);
    about.privileged = rid == b"500";
    if is_disabled(control) {
        about.status = AccountStatus::Disabled;
    }
    match windows::stored(Half::None, half) {
        Ok(secret) => builder.load(line.number, account, secret, about),
        Err(why) => builder.skip(line.number, Some(account), why),
    }
    true
}

/// `[DC] 'school.example' will be the domain`, the prompt, and how a log begins and ends.
fn is_talk(line: &[u8]) -> bool {
    let starts: [&[u8]; 4] = [b"[DC] ", b"[rpc] ", b"mimikatz # ", b"mimikatz(commandline) # "];
    let is_log = line.starts_with(b"Using '") && line.ends_with(b" for logfile : OK");
    is_log || line == b"Bye!" || starts.iter().any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use crate::{Export, ReadOptions};

    #[test]
    fn table() {
        let file = "[DC] 'school.example' will be the domain\n\
                    1104\tkharper\t567667e52888a59d0abcf0c066db867b\t66048\n\
                    1105\tdoneill\t567667e52888a59d0abcf0c066db867b\t514\r\n\
                    1106\tjmarsh\t31d6cfe0d16ae931b73c59d7e0c089c0\t544\n\
                    1107\ttf\t\t512\n";
        let export =
            Export::read("network", "a", file.as_bytes().to_vec(), &ReadOptions::default());
        let loaded = export.credentials.iter().map(|one| {
            let blank = if matches!(one.secret, crate::Secret::Blank) { " blank" } else { "" };
            format!("{} {:?}{blank}", export.text(one.account), one.status)
        });
        let loaded: Vec<String> = loaded.collect();
        assert_eq!(loaded, ["kharper Enabled", "doneill Disabled", "jmarsh Enabled blank"]);
        let skipped: Vec<_> = export.skipped.iter().map(|one| (one.line, one.why.id())).collect();
        assert_eq!((skipped, export.lines.comments), (vec![(5, "no-password")], 1));
    }
}
