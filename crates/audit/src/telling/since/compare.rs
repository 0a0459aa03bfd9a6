//! Whether an audit that does not have a finding would have it, if it were there.
//!
//! The same is asked in both directions: of what was found then and is not found now (is it fixed?),
//! and of what is found now and was not found then (is it new?). Where it is not certain, the answer
//! is why.

use super::pairs::{self, PairsOfGroups};
use super::sides::Sides;
use super::view::{Account, StoredAs, View, matter};
use super::why::Why;
use crate::telling::finding::FindingJson;

/// Whether the other audit would have this finding, if it were so there.
pub(super) fn is_gone<'v>(
    sides: Sides<'_, 'v>,
    groups: &PairsOfGroups<'v>,
    finding: &'v FindingJson<'v>,
) -> Result<(), Why> {
    let account = Account::of(finding);
    let stored = sides.other.tested(account)?;
    if !sides.other.looked_for(&finding.kind) {
        return Err(Why::Kind);
    }
    match matter(&finding.kind) {
        "guessed" => sides.is_not_guessed(account, finding),
        "blank" => {
            let tried = stored.iter().all(|(_, stored)| match stored.as_what {
                StoredAs::Blank | StoredAs::Clear => true,
                StoredAs::Hash(class) => {
                    sides.other.class(class).is_some_and(|class| class.none && !class.failed)
                }
            });
            if tried { Ok(()) } else { Err(Why::Extent) }
        }
        "lm-hash" if sides.other.has(account, "blank") => Err(Why::NoPassword),
        "lm-hash" => is_exported_alike(sides, account),
        "weak-scheme" => is_stored_well(sides, account, finding),
        "breached" => is_not_listed(sides, account),
        "history-reuse" => sides.has_changed(account),
        "shared" => pairs::is_not_shared(sides, groups, account, finding),
        "reused" => pairs::is_not_reused(sides, account, finding),
        _ => Err(Why::Kind),
    }
}

/// Whether exports of the two audits say the same about how passwords are stored.
fn is_exported_alike<'v>(sides: Sides<'_, 'v>, account: Account<'v>) -> Result<(), Why> {
    let formats = |view: &View<'v>| view.system(account.system).map(|system| &system.formats);
    if formats(sides.has) == formats(sides.other) { Ok(()) } else { Err(Why::Stored) }
}

fn is_stored_well<'v>(
    sides: Sides<'_, 'v>,
    account: Account<'v>,
    finding: &FindingJson<'v>,
) -> Result<(), Why> {
    is_exported_alike(sides, account)?;
    let is_same = |stored| match (sides.other.class_of(stored), finding.scheme.as_deref()) {
        (Some(class), Some(scheme)) => {
            class.scheme == scheme && Some(&*class.cost) == finding.cost.as_deref()
        }
        (None, None) => stored.as_what == StoredAs::Clear,
        _ => false,
    };
    let mut stored = sides.other.tested(account)?.iter();
    if stored.any(|(_, stored)| is_same(*stored)) { Err(Why::Judged) } else { Ok(()) }
}

fn is_not_listed<'v>(sides: Sides<'_, 'v>, account: Account<'v>) -> Result<(), Why> {
    let changed = sides.has_changed(account);
    let (Some(here), Some(there)) = (sides.has.only(account), sides.other.only(account)) else {
        return changed;
    };
    let (asked, other) = (&sides.has.extent.breached, &sides.other.extent.breached);
    let scheme = asked.as_ref().map(|asked| asked.scheme.as_str());
    let is_looked_up = |view: &View<'v>, stored| {
        let class = view.class_of(stored);
        class.is_some_and(|class| Some(&*class.scheme) == scheme && !class.salted)
    };
    let looked_up = is_looked_up(sides.has, here) && is_looked_up(sides.other, there);
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
