//! Whether accounts that had the same password still have it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::sides::Sides;
use super::view::Account;
use super::why::Why;
use crate::telling::finding::FindingJson;

/// By group: its accounts that may have the same password still.
pub(super) type PairsOfGroups<'v> = RefCell<HashMap<u32, Rc<Left<'v>>>>;

/// Accounts that may have the same password still, by what they are compared by.
type Left<'v> = Result<BTreeMap<Hashed<'v>, Together>, Why>;

/// Where an account is in an audit, and the scheme of its hash if that has no salt: then two with
/// the same password have the same hash, whether it is guessed or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hashed<'v> {
    system: &'v str,
    unsalted: Option<&'v str>,
}

/// How many accounts, and of whom.
#[derive(Debug, Default)]
pub(super) struct Together {
    accounts: usize,
    persons: BTreeSet<u32>,
}

impl Hashed<'_> {
    fn is_compared_with(&self, other: &Self) -> bool {
        self.unsalted.is_some() && self.unsalted == other.unsalted
    }
}

/// Whether nobody has the same password as this account any more.
pub(super) fn is_not_shared<'v>(
    sides: Sides<'_, 'v>,
    groups: &PairsOfGroups<'v>,
    account: Account<'v>,
    finding: &FindingJson<'v>,
) -> Result<(), Why> {
    let changed = sides.has_changed(account);
    let number = finding.group.unwrap_or_default();
    let group = sides.has.groups.get(&number).filter(|_| finding.group.is_some());
    let (Err(why), Some(group)) = (changed, group) else { return changed };
    let known = groups.borrow().get(&number).cloned();
    let left = known.unwrap_or_else(|| Rc::new(left(sides, group)));
    groups.borrow_mut().insert(number, Rc::clone(&left));
    let (own, person) = hashed(sides, account).ok_or(why)?;
    for (other, together) in (*left).as_ref().map_err(|why| *why)? {
        if *other == own && together.accounts == 1 {
            // Only this one.
            continue;
        }
        // On two systems it is shared only if these are two persons; on one, always.
        let one_export = sides.other.system(other.system).is_some_and(|s| s.exports == 1);
        let same_system = other.system == own.system && one_export;
        let two_persons = !together.persons.contains(&person);
        if !own.is_compared_with(other) || !(same_system || two_persons) {
            return Err(why);
        }
    }
    Ok(())
}

/// Whether the person of this account has its password nowhere else any more.
pub(super) fn is_not_reused<'v>(
    sides: Sides<'_, 'v>,
    account: Account<'v>,
    finding: &FindingJson<'v>,
) -> Result<(), Why> {
    let changed = sides.has_changed(account);
    let person = sides.has.only(account).map(|stored| stored.person);
    let elsewhere = person.and_then(|person| sides.has.reused.get(&person));
    let (Err(why), Some(elsewhere)) = (changed, elsewhere) else { return changed };
    let is_on = |other: &&Account<'v>| {
        other.system != account.system && finding.systems.iter().any(|s| *s == other.system)
    };
    let others: Vec<Account<'v>> = elsewhere.iter().filter(is_on).copied().collect();
    if others.is_empty() {
        return Err(why);
    }
    // Near copies are looked for among passwords that are known, and depend on other systems.
    let nearly = finding.rules.iter().any(|rule| *rule == "similar");
    let own = hashed(sides, account).ok_or(why);
    for (other, together) in left(sides, &others)? {
        let (own, person) = own?;
        let same_person = together.persons.iter().all(|other| *other == person);
        if nearly || !same_person || !own.is_compared_with(&other) {
            return Err(why);
        }
    }
    Ok(())
}

/// The accounts that may have the same password still: those that are gone or have another one are
/// left out.
fn left<'v>(sides: Sides<'_, 'v>, accounts: &[Account<'v>]) -> Left<'v> {
    let mut left: BTreeMap<Hashed<'_>, Together> = BTreeMap::new();
    for account in accounts {
        match sides.has_changed(*account) {
            Ok(()) | Err(Why::Account) => {}
            Err(Why::System | Why::Untested | Why::NoPassword) => return Err(Why::OtherAccount),
            Err(_) => {
                let (how, person) = hashed(sides, *account).ok_or(Why::OtherAccount)?;
                let together = left.entry(how).or_default();
                together.accounts = together.accounts.saturating_add(1);
                together.persons.insert(person);
            }
        }
    }
    Ok(left)
}

fn hashed<'v>(sides: Sides<'_, 'v>, account: Account<'v>) -> Option<(Hashed<'v>, u32)> {
    let stored = sides.other.only(account)?;
    let class = sides.other.class_of(stored).filter(|class| !class.salted);
    let unsalted = class.map(|class| &*class.scheme);
    Some((Hashed { system: account.system, unsalted }, stored.person))
}
