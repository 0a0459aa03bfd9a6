//! How far an audit looked, and at what: what a later one must know to say that something is fixed
//! or new, and not only that it was not looked for.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use strongpass_breached::BreachScheme;

use super::marks::{AccountMark, Marks, account_mark, names_mark};
use super::order::order_of;
use crate::attack::{Hashes, Search};
use crate::exports::Secret;

/// How far an audit looked, and at what. It stands in the JSON report.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Extent {
    /// A digest of the guesses and their order; none if passwords in use were among them.
    pub(crate) order: Option<String>,
    /// Which list of breached passwords was asked, and the scheme of its digests.
    pub(crate) breached: Option<BreachedExtent>,
    /// The kinds of findings that were looked for.
    pub(crate) kinds: Vec<String>,
    /// How far each scheme was searched, by its cost.
    pub(crate) classes: Vec<ClassExtent>,
    /// What was looked at on each system.
    pub(crate) systems: BTreeMap<String, SystemExtent>,
}

/// A list of breached passwords.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BreachedExtent {
    pub(crate) scheme: String,
    pub(crate) list: Option<String>,
}

/// How far one scheme was searched.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ClassExtent {
    pub(crate) scheme: String,
    pub(crate) cost: String,
    /// Whether every account has a hash of its own though the passwords are the same.
    pub(crate) salted: bool,
    /// Whether it could not be tested.
    pub(crate) failed: bool,
    /// Whether every account was asked for having no password.
    pub(crate) none: bool,
    /// So many guesses of the order were all tried …
    pub(crate) guesses: u64,
    /// … and this is how far something was found, though not all before was tried everywhere.
    pub(crate) reached: u64,
    /// The same in levels of names, by stage of the guesses.
    pub(crate) names: Vec<usize>,
    pub(crate) names_reached: Vec<usize>,
}

/// What was looked at on one system.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct SystemExtent {
    /// How many exports of it there were.
    pub(crate) exports: usize,
    pub(crate) formats: BTreeSet<String>,
    /// How many lines without an account's name may hold a password that was not tested.
    pub(crate) unread: usize,
    /// Accounts of which a password was not tested.
    pub(crate) untested: Marks,
    /// Accounts with a line that holds nothing to test.
    pub(crate) without: Marks,
    /// Accounts without a password, and those whose password can be read.
    pub(crate) blank: Marks,
    pub(crate) clear: Marks,
    /// By class: the accounts whose hash is of it.
    pub(crate) hashed: BTreeMap<usize, Marks>,
}

impl Extent {
    /// How far a search went, on everything that was exported.
    pub(crate) fn new(search: &Search<'_>, breached: Option<BreachScheme>) -> Self {
        let accounts = search.accounts;
        let mut systems: BTreeMap<String, SystemExtent> = BTreeMap::new();
        for export in accounts.exports {
            let system = systems.entry(export.system.to_string()).or_default();
            system.exports = system.exports.saturating_add(1);
            system.formats.extend(export.formats.iter().map(|format| format.id().to_owned()));
            for skipped in &export.skipped {
                let account = skipped.account.map(|account| account_mark(export.text(account)));
                let mark = account.map(|account| AccountMark { account, ..AccountMark::default() });
                match (skipped.why.leaves_untested(), mark) {
                    (true, Some(mark)) => system.untested.push(mark),
                    (true, None) => system.unread = system.unread.saturating_add(1),
                    (false, Some(mark)) => system.without.push(mark),
                    (false, None) => {}
                }
            }
        }
        let mut names = (u32::MAX, 0);
        for (id, export, credential) in accounts.credentials() {
            let Some(system) = systems.get_mut(&*export.system) else { continue };
            if credential.previous > 0 {
                continue;
            }
            let person = accounts.person(id);
            if names.0 != person {
                names = (person, names_mark(&accounts.called(person)));
            }
            let account = account_mark(export.text(credential.account));
            let mark = AccountMark { account, names: names.1, person };
            match &credential.secret {
                Secret::Blank => system.blank.push(mark),
                Secret::Clear(_) => system.clear.push(mark),
                Secret::Nt(_) | Secret::Hash(_) => match search.found.target_of(id) {
                    Some(target) => {
                        let class = search.found.class_of(target);
                        system.hashed.entry(class).or_default().push(mark);
                    }
                    None => system.untested.push(mark),
                },
            }
        }
        let breached = breached.map(|scheme| BreachedExtent { scheme: id_of(scheme), list: None });
        let order = order_of(search.stages);
        Self { order, breached, kinds: Vec::new(), classes: classes(search), systems }
    }
}

fn classes(search: &Search<'_>) -> Vec<ClassExtent> {
    let classes = search.targets.classes.iter().zip(&search.feeds).enumerate();
    let class = classes.map(|(at, (class, feed))| ClassExtent {
        scheme: class.scheme.id().to_owned(),
        cost: class.cost.to_string(),
        salted: matches!(class.hashes, Hashes::Salted(_)),
        failed: feed.failed.is_some(),
        none: search.tried_none(at),
        guesses: feed.rank,
        reached: feed.reached.guesses.max(feed.rank),
        names: search.levels_of_names(at),
        names_reached: feed.reached.names.clone(),
    });
    class.collect()
}

fn id_of(scheme: BreachScheme) -> String {
    let scheme = match scheme {
        BreachScheme::Nt => strongpass_hash::Scheme::Nt,
        BreachScheme::Sha1 => strongpass_hash::Scheme::Sha1,
    };
    scheme.id().to_owned()
}
