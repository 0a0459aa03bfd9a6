//! Whether an audit that does not have a finding would have it, if it were there.
//!
//! The same is asked in both directions: of what was found then and is not found now (is it fixed?),
//! and of what is found now and was not found then (is it new?). Where it is not certain, the answer
//! is why.

use super::pairs::{self, PairsOfGroups};
use super::view::{Account, StoredAs, View, matter};
use super::why::Why;
use crate::telling::finding::FindingJson;

/// Two audits: one has findings that the other does not have.
#[derive(Clone, Copy)]
pub(super) struct Sides<'c, 'v> {
    pub(super) has: &'c View<'v>,
    pub(super) other: &'c View<'v>,
    /// What was worked out for whole groups, once for all of their accounts.
    pub(super) groups: &'c PairsOfGroups<'v>,
}

impl<'v> Sides<'_, 'v> {
    /// Whether the other audit would have this finding, if it were so there.
    pub(super) fn is_gone(self, finding: &'v FindingJson<'v>) -> Result<(), Why> {
        let account = Account::of(finding);
        let stored = self.other.tested(account)?;
        if !self.other.looked_for(&finding.kind) {
            return Err(Why::Kind);
        }
        match matter(&finding.kind) {
            "guessed" => self.is_not_guessed(account, finding),
            "blank" => {
                let tried = stored.iter().all(|(_, stored)| match stored.as_what {
                    StoredAs::Blank | StoredAs::Clear => true,
                    StoredAs::Hash(class) => {
                        self.other.class(class).is_some_and(|class| class.none && !class.failed)
                    }
                });
                if tried { Ok(()) } else { Err(Why::Extent) }
            }
            "lm-hash" if self.other.has(account, "blank") => Err(Why::NoPassword),
            "lm-hash" => self.is_exported_alike(account),
            "weak-scheme" => self.is_stored_well(account, finding),
            "breached" => self.is_not_listed(account),
            "history-reuse" => self.has_changed(account),
            "shared" => pairs::is_not_shared(self, account, finding),
            "reused" => pairs::is_not_reused(self, account, finding),
            _ => Err(Why::Kind),
        }
    }

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
    fn is_not_guessed(self, account: Account<'v>, finding: &FindingJson<'v>) -> Result<(), Why> {
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

    /// Whether exports of the two audits say the same about how passwords are stored.
    fn is_exported_alike(self, account: Account<'v>) -> Result<(), Why> {
        let formats = |view: &View<'v>| view.system(account.system).map(|system| &system.formats);
        if formats(self.has) == formats(self.other) { Ok(()) } else { Err(Why::Stored) }
    }

    fn is_stored_well(self, account: Account<'v>, finding: &FindingJson<'v>) -> Result<(), Why> {
        self.is_exported_alike(account)?;
        let is_same = |stored| match (self.other.class_of(stored), finding.scheme.as_deref()) {
            (Some(class), Some(scheme)) => {
                class.scheme == scheme && Some(&*class.cost) == finding.cost.as_deref()
            }
            (None, None) => stored.as_what == StoredAs::Clear,
            _ => false,
        };
        let mut stored = self.other.tested(account)?.iter();
        if stored.any(|(_, stored)| is_same(*stored)) { Err(Why::Judged) } else { Ok(()) }
    }

    fn is_not_listed(self, account: Account<'v>) -> Result<(), Why> {
        let changed = self.has_changed(account);
        let (Some(here), Some(there)) = (self.has.only(account), self.other.only(account)) else {
            return changed;
        };
        let (asked, other) = (&self.has.extent.breached, &self.other.extent.breached);
        let scheme = asked.as_ref().map(|asked| asked.scheme.as_str());
        let is_looked_up = |view: &View<'v>, stored| {
            let class = view.class_of(stored);
            class.is_some_and(|class| Some(&*class.scheme) == scheme && !class.salted)
        };
        let looked_up = is_looked_up(self.has, here) && is_looked_up(self.other, there);
        let clear = (here.as_what, there.as_what) == (StoredAs::Clear, StoredAs::Clear);
        match changed {
            Ok(()) => Ok(()),
            Err(_) if looked_up || clear => {
                let named = asked.as_ref().is_some_and(|asked| asked.list.is_some());
                if named && asked == other { Ok(()) } else { Err(Why::List) }
            }
            Err(why) => Err(why),
        }
    }
}
