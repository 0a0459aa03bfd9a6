//! How far each scheme was searched, and what more would add.

use std::collections::BTreeSet;

use strongpass_hash::{Cost, Scheme};

use crate::accounts::number;
use crate::attack::Search;

/// How far a scheme was searched. "Nothing found" is never "strong".
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Coverage {
    /// The scheme.
    pub scheme: Scheme,
    /// What a guess costs.
    pub cost: Cost,
    /// The systems that store passwords like this.
    pub systems: Vec<String>,
    /// How many stored passwords it has, former ones included.
    pub accounts: usize,
    /// How many of them have been found.
    pub found: usize,
    /// How many guesses of the common order each account got, the likeliest first; its own names
    /// and what was found on other accounts came on top.
    pub guesses: u64,
    /// Why no more was tried.
    pub ended: Ended,
    /// An estimate: how many more would be found in ten times the time, or with ten times the guesses
    /// if it was a limit of guesses that ended the search. `None` if nothing was left to try or to
    /// find.
    pub expected_more: Option<usize>,
    /// Why the scheme could not be tested here.
    pub failed: Option<String>,
}

/// Why the search of a scheme ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Ended {
    /// There was nothing left to try.
    Everything,
    /// Each account had as many guesses as were asked for.
    Limit,
    /// The search was stopped before.
    Stopped,
}

impl Coverage {
    /// Whether the scheme can be computed here and its turn came before time was over.
    pub const fn was_reached(&self) -> bool {
        let is_finished = !matches!(self.ended, Ended::Stopped);
        self.failed.is_none() && (is_finished || self.guesses > 0 || self.found == self.accounts)
    }
}

/// How far each scheme was searched, in the order of the targets.
pub(crate) fn measure(search: &Search<'_>) -> Vec<Coverage> {
    let mut classes = Vec::new();
    let mut target = 0_u32;
    for (place, (class, feed)) in search.targets.classes.iter().zip(&search.feeds).enumerate() {
        let end = target.saturating_add(number(class.len()));
        let holders = |target: &u32| search.targets.holders(*target).len();
        let systems: BTreeSet<&str> = (target..end)
            .flat_map(|target| search.targets.holders(target))
            .filter_map(|holder| search.accounts.export_of(*holder))
            .filter_map(|export| search.accounts.exports.get(export))
            .map(|export| &*export.system)
            .collect();
        classes.push(Coverage {
            scheme: class.scheme,
            cost: class.cost,
            systems: systems.into_iter().map(str::to_owned).collect(),
            accounts: (target..end).map(|target| holders(&target)).sum(),
            found: (target..end)
                .filter(|target| search.found.secret(*target).is_some())
                .map(|target| holders(&target))
                .sum(),
            guesses: feed.rank,
            ended: match feed {
                feed if !feed.done => Ended::Stopped,
                feed if feed.is_limited => Ended::Limit,
                _ => Ended::Everything,
            },
            expected_more: search.expected_of_more(place),
            failed: feed.failed.as_ref().map(ToString::to_string),
        });
        target = end;
    }
    classes
}
