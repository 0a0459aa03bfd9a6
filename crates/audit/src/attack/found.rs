//! What has been found of each target, and how.

use std::collections::HashMap;

use zeroize::Zeroizing;

use super::targets::Targets;
use super::time_slice::SliceKind;
use crate::accounts::{AccountIndex, index, number};

/// How a password was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// It is among what many people choose.
    Common,
    /// It is made of the person's own name or account.
    Personal,
    /// It was found on another account first.
    Elsewhere,
    /// It is nearly what the person has elsewhere.
    Similar,
    /// It is stored so that it can be read.
    Clear,
}

impl From<SliceKind> for How {
    fn from(kind: SliceKind) -> Self {
        match kind {
            SliceKind::Personal => Self::Personal,
            SliceKind::Common => Self::Common,
            SliceKind::Everyone | SliceKind::Own => Self::Elsewhere,
            SliceKind::Similar => Self::Similar,
        }
    }
}

const NOTHING: u32 = u32::MAX;

/// The secret of each target, as far as it is known.
#[derive(Debug)]
pub(crate) struct Found {
    /// By target: the number of its secret.
    secret: Vec<u32>,
    how: Vec<How>,
    /// By credential: its target.
    target: Vec<u32>,
    /// By class: one past its last target.
    ends: Vec<u32>,
    /// Credentials whose password is stored in clear text, with their secrets; sorted.
    clear: Vec<(u32, u32)>,
    /// By target: the word of some person that its password is made of, and its cost.
    names: HashMap<u32, (Zeroizing<String>, usize)>,
    count: usize,
}

impl Found {
    pub(crate) fn new(accounts: &AccountIndex<'_>, targets: &Targets) -> Self {
        let mut target = vec![NOTHING; accounts.len()];
        for id in 0..number(targets.len()) {
            for holder in targets.holders(id) {
                if let Some(slot) = target.get_mut(index(*holder)) {
                    *slot = id;
                }
            }
        }
        let mut end = 0_usize;
        let ends = targets.classes.iter().map(|class| {
            end = end.saturating_add(class.len());
            number(end)
        });
        let ends = ends.collect();
        let secret = vec![NOTHING; targets.len()];
        let how = vec![How::Common; targets.len()];
        Self { secret, how, target, ends, clear: Vec::new(), names: HashMap::new(), count: 0 }
    }

    /// How many targets have been found.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The secret of a target, if it has been found.
    pub(crate) fn secret(&self, target: u32) -> Option<u32> {
        self.secret.get(index(target)).copied().filter(|secret| *secret != NOTHING)
    }

    /// The target of a credential; none if nothing is to be guessed there.
    pub(crate) fn target_of(&self, credential: u32) -> Option<u32> {
        self.target.get(index(credential)).copied().filter(|target| *target != NOTHING)
    }

    /// Which class a target belongs to.
    pub(crate) fn class_of(&self, target: u32) -> usize {
        self.ends.partition_point(|end| *end <= target)
    }

    /// What is known of a credential: its secret and how it was come by.
    pub(crate) fn of(&self, credential: u32) -> Option<(u32, How)> {
        if let Ok(place) = self.clear.binary_search_by_key(&credential, |(id, _)| *id) {
            return self.clear.get(place).map(|(_, secret)| (*secret, How::Clear));
        }
        let target = self.target_of(credential)?;
        Some((self.secret(target)?, *self.how.get(index(target))?))
    }

    pub(crate) fn set(&mut self, target: u32, secret: u32, how: How) {
        if let (Some(slot), Some(place)) =
            (self.secret.get_mut(index(target)), self.how.get_mut(index(target)))
        {
            (*slot, *place) = (secret, how);
            self.count = self.count.saturating_add(1);
        }
    }

    /// Marks what was found by way of another account as found in the order of guesses, if that is
    /// where it was met now; says whether it did.
    pub(super) fn is_in_order_too(&mut self, target: u32, kind: SliceKind) -> bool {
        let now = How::from(kind);
        let how = self.how.get_mut(index(target));
        let how = how.filter(|how| matches!(how, How::Elsewhere | How::Similar));
        match (how, now) {
            (Some(how), How::Common | How::Personal) => {
                *how = now;
                true
            }
            _ => false,
        }
    }

    /// Keeps the word of some person that a password is made of.
    pub(super) fn set_name(&mut self, target: u32, name: Option<(Zeroizing<String>, usize)>) {
        self.names.extend(name.map(|name| (target, name)));
    }

    /// The word of some person that the password of a target is made of, and its cost.
    pub(super) fn name(&self, target: u32) -> Option<(&str, usize)> {
        self.names.get(&target).map(|(word, cost)| (word.as_str(), *cost))
    }

    /// Credentials come in rising order.
    pub(crate) fn set_clear(&mut self, credential: u32, secret: u32) {
        self.clear.push((credential, secret));
    }
}
