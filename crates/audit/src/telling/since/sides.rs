//! Two audits, of which one has findings that the other does not have: whether an account has another
//! password in the other.

use super::view::{Account, StoredAs, View, matter};
use super::why::Why;
use crate::telling::finding::FindingJson;

/// Two audits: one has findings that the other does not have.
#[derive(Clone, Copy)]
pub(super) struct Sides<'c, 'v> {
    pub(super) has: &'c View<'v>,
    pub(super) other: &'c View<'v>,
}

impl<'v> Sides<'_, 'v> {
    /// Whether the account has another password in the other audit: the one that was guessed here
    /// would have been guessed there.
    pub(super) fn has_changed(self, account: Account<'v>) -> Result<(), Why> {
        let stored = self.other.tested(account)?;
        if self.has.only(account).is_none() {
            return Err(Why::Stored);
        }
        if stored.iter().all(|(_, stored)| stored.as_what == StoredAs::Blank) {
            return Ok(());
        }
        if self.other.has(account, "guessed") {
            return Err(Why::StillGuessed);
        }
        let guessed = self.has.findings_of(account).find(|f| matter(&f.kind) == "guessed");
        self.is_not_guessed(account, guessed.ok_or(Why::NotKnown)?)
    }

    /// The same of an account of which the other audit has guessed nothing.
    pub(super) fn is_not_guessed(
        self,
        account: Account<'v>,
        finding: &FindingJson<'v>,
    ) -> Result<(), Why> {
        let stored = self.other.tested(account)?;
        let all = |as_what: StoredAs| stored.iter().all(|(_, stored)| stored.as_what == as_what);
        let is_none = stored.len() == 1 && self.other.has(account, "blank");
        if all(StoredAs::Blank) || is_none {
            return Ok(());
        }
        let by = finding.found_by.as_deref().ok_or(Why::Unsaid)?;
        // What can be read is always told, but of machines, which make their passwords themselves.
        if all(StoredAs::Clear) && finding.kind_of_account.as_deref() != Some("machine") {
            return Ok(());
        }
        if by == "elsewhere" {
            return Err(Why::Elsewhere);
        }
        let scheme = finding.scheme.as_deref().filter(|_| by != "clear").ok_or(Why::Stored)?;
        let here = self.has.stored(account);
        let here = || here.iter().filter_map(|(_, stored)| self.has.class_of(*stored));
        let mut same = Vec::new();
        for (_, password) in stored {
            let StoredAs::Hash(number) = password.as_what else { continue };
            let class = self.other.class(number).ok_or(Why::Unsaid)?;
            if !here().any(|known| (&known.scheme, known.salted) == (&class.scheme, class.salted)) {
                return Err(Why::Stored);
            }
            if class.scheme == scheme {
                same.push((class, password.names));
            }
        }
        if same.is_empty() {
            return Err(Why::Stored);
        }
        let order = self.has.extent.order.as_ref();
        if order.is_none() || order != self.other.extent.order.as_ref() {
            return Err(Why::Guesses);
        }
        for known in here().filter(|known| known.scheme == scheme) {
            for (class, names) in &same {
                if class.failed {
                    return Err(Why::Untested);
                }
                let names_too = match by {
                    "common" if class.guesses >= known.reached => continue,
                    "common" => return Err(Why::Extent),
                    "names" => self.has.stored(account).iter().all(|(_, p)| p.names == *names),
                    _ => return Err(Why::Unsaid),
                };
                if !names_too {
                    return Err(Why::Names);
                }
                let mut levels = class.names.iter().copied();
                if !known.names_reached.iter().all(|reached| levels.next().unwrap_or(0) >= *reached)
                {
                    return Err(Why::Extent);
                }
            }
        }
        Ok(())
    }
}
