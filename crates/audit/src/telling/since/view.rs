//! What one audit saw, arranged to be asked about single accounts.

use std::collections::HashMap;

use super::why::Why;
use crate::report::{AccountMark, ClassExtent, Extent, SystemExtent, account_mark};
use crate::telling::finding::FindingJson;

/// What one audit saw.
pub(super) struct View<'v> {
    pub(super) extent: &'v Extent,
    pub(super) findings: &'v [FindingJson<'v>],
    /// Stored passwords, sorted by account.
    stored: Vec<(Account<'v>, StoredPassword)>,
    /// Findings by account, sorted.
    of_account: Vec<(Account<'v>, usize)>,
    /// Accounts with a password that was not tested, and with a line that holds none; sorted.
    untested: Vec<Account<'v>>,
    without: Vec<Account<'v>>,
    /// The accounts with one password, by the number of their group.
    pub(super) groups: HashMap<u32, Vec<Account<'v>>>,
    /// Accounts whose password the person has on another system, by person.
    pub(super) reused: HashMap<u32, Vec<Account<'v>>>,
}

/// An account on a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Account<'v> {
    pub(super) system: &'v str,
    pub(super) mark: u64,
}

impl<'v> Account<'v> {
    pub(super) fn of(finding: &'v FindingJson<'_>) -> Self {
        Self { system: &finding.system, mark: account_mark(&finding.account) }
    }
}

/// How one password of an account is stored, and what is known of its person.
#[derive(Clone, Copy, Debug)]
pub(super) struct StoredPassword {
    pub(super) as_what: StoredAs,
    pub(super) names: u32,
    pub(super) person: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoredAs {
    Blank,
    Clear,
    /// A hash; the number of its class.
    Hash(usize),
}

impl<'v> View<'v> {
    pub(super) fn new(extent: &'v Extent, findings: &'v [FindingJson<'v>]) -> Self {
        let mut stored = Vec::new();
        let (mut untested, mut without) = (Vec::new(), Vec::new());
        for (system, seen) in &extent.systems {
            let account = |mark: &AccountMark| Account { system, mark: mark.account };
            let as_is = [(&seen.blank, StoredAs::Blank), (&seen.clear, StoredAs::Clear)];
            let hashed = seen.hashed.iter().map(|(class, marks)| (marks, StoredAs::Hash(*class)));
            for (marks, as_what) in as_is.into_iter().chain(hashed) {
                stored.extend(marks.iter().map(|mark| {
                    let (names, person) = (mark.names, mark.person);
                    (account(mark), StoredPassword { as_what, names, person })
                }));
            }
            untested.extend(seen.untested.iter().map(account));
            without.extend(seen.without.iter().map(account));
        }
        stored.sort_unstable_by_key(|(account, _)| *account);
        let accounts = findings.iter().map(Account::of);
        let mut of_account: Vec<_> = accounts.zip(0..).collect();
        let mut view = Self {
            extent,
            findings,
            stored,
            of_account: Vec::new(),
            untested,
            without,
            groups: HashMap::new(),
            reused: HashMap::new(),
        };
        for (finding, (account, _)) in findings.iter().zip(&of_account) {
            if let Some(group) = finding.group {
                view.groups.entry(group).or_default().push(*account);
            }
            if let ("reused", Some(stored)) = (&*finding.kind, view.stored(*account).first()) {
                let person = stored.1.person;
                view.reused.entry(person).or_default().push(*account);
            }
        }
        of_account.sort_unstable();
        view.of_account = of_account;
        view.untested.sort_unstable();
        view.without.sort_unstable();
        view
    }

    /// All passwords in use of an account.
    pub(super) fn stored(&self, account: Account<'_>) -> &[(Account<'v>, StoredPassword)] {
        let start = self.stored.partition_point(|(known, _)| *known < account);
        let rest = self.stored.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|(known, _)| *known == account)).unwrap_or_default()
    }

    /// The one password in use of an account; `None` if there are several or none.
    pub(super) fn only(&self, account: Account<'_>) -> Option<StoredPassword> {
        match self.stored(account) {
            [(_, stored)] => Some(*stored),
            _ => None,
        }
    }

    /// All passwords in use of an account, if all of them were tested.
    pub(super) fn tested(
        &self,
        account: Account<'_>,
    ) -> Result<&[(Account<'v>, StoredPassword)], Why> {
        let system = self.system(account.system).ok_or(Why::System)?;
        let has = |accounts: &[Account<'_>]| accounts.binary_search(&account).is_ok();
        let stored = self.stored(account);
        if has(&self.untested) {
            Err(Why::Untested)
        } else if !stored.is_empty() {
            Ok(stored)
        } else if has(&self.without) {
            Err(Why::NoPassword)
        } else if system.unread > 0 {
            Err(Why::Untested)
        } else {
            Err(Why::Account)
        }
    }

    /// Whether nothing is known of its accounts but their systems.
    pub(super) fn is_bare(&self) -> bool {
        self.extent.classes.is_empty() && self.stored.is_empty()
    }

    pub(super) fn system(&self, name: &str) -> Option<&'v SystemExtent> {
        self.extent.systems.get(name)
    }

    pub(super) fn class(&self, number: usize) -> Option<&'v ClassExtent> {
        self.extent.classes.get(number)
    }

    /// The class of a password that is stored as a hash.
    pub(super) fn class_of(&self, stored: StoredPassword) -> Option<&'v ClassExtent> {
        match stored.as_what {
            StoredAs::Hash(class) => self.class(class),
            StoredAs::Blank | StoredAs::Clear => None,
        }
    }

    /// The findings of an account.
    pub(super) fn findings_of(
        &self,
        account: Account<'_>,
    ) -> impl Iterator<Item = &'v FindingJson<'v>> {
        let start = self.of_account.partition_point(|(known, _)| *known < account);
        let rest = self.of_account.get(start..).unwrap_or_default();
        let end = rest.partition_point(|(known, _)| *known == account);
        let findings = self.findings;
        let of = rest.get(..end).unwrap_or_default().iter();
        of.filter_map(move |(_, number)| findings.get(*number))
    }

    /// Whether an account has a finding of that matter.
    pub(super) fn has(&self, account: Account<'_>, matter: &str) -> bool {
        self.findings_of(account).any(|finding| self::matter(&finding.kind) == matter)
    }

    /// Whether findings of a kind were looked for.
    pub(super) fn looked_for(&self, kind: &str) -> bool {
        self.extent.kinds.iter().any(|known| known == kind)
    }
}

/// What a kind of finding is compared as: that a guessed password is a name is said if the name is
/// known, and changes nothing about the password.
pub(super) fn matter(kind: &str) -> &str {
    if kind == "name" { "guessed" } else { kind }
}
