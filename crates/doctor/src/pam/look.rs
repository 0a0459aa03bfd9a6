//! A stack that is looked at: its lines by name, and its flaws in words.

use std::collections::BTreeSet;

use strongpass_pam_stack::{Flaw, Line, Ours};

use crate::finding::Finding;

pub(crate) struct Look<'a> {
    pub(crate) lines: &'a [Line],
    pub(crate) title: String,
}

impl Look<'_> {
    pub(crate) fn ours(&self, which: Ours) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.ours() == Some(which))
    }

    pub(crate) fn all_ours(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.ours().is_some())
    }

    /// A line as people find it: `/etc/pam.d/common-password:25 (pam_unix)`.
    pub(crate) fn name(&self, at: usize) -> String {
        self.lines.get(at).map_or_else(String::new, |line| match line.module() {
            "" => line.place.to_string(),
            module => format!("{} ({module})", line.place),
        })
    }

    /// Good unless a flaw of that kind is among them.
    pub(crate) fn about(&self, check: &'static str, what: &str, flaws: &BTreeSet<Flaw>) -> Finding {
        let what = format!("{}: {what}", self.title);
        let explained = flaws.iter().map(|flaw| self.explain(*flaw));
        let of_kind = explained.filter(|explained| explained.check == check);
        let (why, mut remedy): (Vec<String>, Vec<String>) =
            of_kind.map(|Explained { why, remedy, .. }| (why, remedy)).unzip();
        if why.is_empty() {
            return Finding::good(check, what);
        }
        remedy.dedup();
        Finding::bad(check, what, why.join("\n"), remedy.join("\n"))
    }

    fn explain(&self, flaw: Flaw) -> Explained {
        let name = |at| self.name(at);
        let explained = |check, why: String, remedy: &str| {
            let remedy = remedy.to_owned();
            Explained { check, why, remedy }
        };
        match flaw {
            Flaw::Before { stores } => explained(
                "pam-asked",
                format!("{} stores before pam_strongpass is asked.", name(stores)),
                "Put the line of pam_strongpass before it.",
            ),
            Flaw::Skipped { by, stores } => explained(
                "pam-asked",
                format!(
                    "{} can leave out the line of pam_strongpass; then {} stores what nobody \
                     judged, or nothing can be stored.",
                    name(by),
                    name(stores)
                ),
                "Put the line of pam_strongpass before that line, and count its jump anew.",
            ),
            Flaw::Asks { stores } => explained(
                "pam-holds",
                format!("{} may ask for another one.", name(stores)),
                "Give that line the argument use_authtok.",
            ),
            Flaw::Replaced { by, .. } => explained(
                "pam-holds",
                format!("{} may ask for another one, which nobody judges.", name(by)),
                "Take that line out (Debian: pam-auth-update), or put it before pam_strongpass and \
                 give pam_strongpass use_authtok.",
            ),
            Flaw::JumpsTooFar { by } => explained(
                "pam-lines",
                format!("{} can leave out more lines than there are, and so fail.", name(by)),
                "Count the lines that it is to leave out; a substack is one.",
            ),
            Flaw::RecordsTooMuch { record } => explained(
                "pam-record",
                format!(
                    "{} can be reached though nothing was stored, and would remember a password \
                     that is not in use.",
                    name(record)
                ),
                "Put it behind what stores, and make that line `requisite`, or let it jump over a \
                 pam_deny.so that is.",
            ),
            Flaw::NotRecorded { stores } => explained(
                "pam-record",
                format!("{} can store, and the line `record` is not reached.", name(stores)),
                "In place of `sufficient` write [success=N default=ignore], where N lines lead to \
                 pam_permit.so, and put `record` behind that.",
            ),
        }
    }
}

/// A flaw in words.
struct Explained {
    check: &'static str,
    why: String,
    remedy: String,
}
