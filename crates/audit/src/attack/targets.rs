//! What is to be found, arranged so that a guess is hashed as seldom as possible.

use std::collections::{BTreeMap, HashMap};

use strongpass_hash::{Cost, Digest, Scheme, Setting};

use crate::accounts::{AccountIndex, index, number};
use crate::exports::Secret;

/// Every stored hash of all exports, each distinct one once, by scheme and setting.
#[derive(Debug, Default)]
pub(crate) struct Targets {
    pub(crate) classes: Vec<TargetClass>,
    /// Where the holders of each target begin in `holders`.
    starts: Vec<u32>,
    /// Credentials, by target.
    holders: Vec<u32>,
}

/// All hashes of one scheme and cost.
#[derive(Debug)]
pub(crate) struct TargetClass {
    pub(crate) scheme: Scheme,
    pub(crate) cost: Cost,
    pub(crate) hashes: Hashes,
}

/// How the hashes of a class are told apart.
#[derive(Debug)]
pub(crate) enum Hashes {
    /// Without salt: one guess is hashed once for all accounts.
    Unsalted(UnsaltedDigests),
    /// Each salt needs its own hashing.
    Salted(Vec<SaltGroup>),
}

/// The distinct digests of an unsalted scheme, sorted; the target of the n-th is `first + n`.
#[derive(Debug)]
pub(crate) struct UnsaltedDigests {
    pub(crate) setting: Setting,
    pub(crate) first: u32,
    /// The first 16 bytes of each, which is all of an NT hash: enough to tell any two apart.
    pub(crate) digests: Vec<Key>,
}

/// The digests under one salt; nearly always one.
#[derive(Debug)]
pub(crate) struct SaltGroup {
    pub(crate) setting: Setting,
    pub(crate) targets: Vec<(Digest, u32)>,
}

/// The first bytes of a digest.
pub(crate) type Key = [u8; 16];

/// What is stored under one setting: digests and who holds them.
type Stored<'a> = (&'a Setting, Vec<(&'a Digest, u32)>);

impl Targets {
    /// Arranges all that can be guessed; what is blank or in clear text is none of it.
    pub(crate) fn new(accounts: &AccountIndex<'_>) -> Self {
        let mut unsalted: BTreeMap<Scheme, (Setting, Vec<(Key, u32)>)> = BTreeMap::new();
        let mut nt = Vec::new();
        let mut salted: BTreeMap<(Scheme, Cost), Vec<Stored<'_>>> = BTreeMap::new();
        let mut places: HashMap<&Setting, usize> = HashMap::new();
        for (id, _, credential) in accounts.credentials() {
            match &credential.secret {
                Secret::Blank | Secret::Clear(_) => {}
                Secret::Nt(digest) => nt.push((*digest, id)),
                Secret::Hash(hash) if is_plain(&hash.setting) => {
                    let setting = hash.setting.clone();
                    let list = unsalted.entry(setting.scheme()).or_insert((setting, Vec::new()));
                    list.1.push((key(hash.digest.bytes()), id));
                }
                Secret::Hash(hash) => {
                    let class = (hash.setting.scheme(), hash.setting.cost());
                    let groups = salted.entry(class).or_default();
                    let place = *places.entry(&hash.setting).or_insert(groups.len());
                    if place == groups.len() {
                        groups.push((&hash.setting, Vec::new()));
                    }
                    if let Some((_, digests)) = groups.get_mut(place) {
                        digests.push((&hash.digest, id));
                    }
                }
            }
        }
        let mut targets = Self::default();
        if !nt.is_empty()
            && let Some(setting) = Setting::unsalted(Scheme::Nt)
        {
            unsalted.entry(Scheme::Nt).or_insert((setting, Vec::new())).1.append(&mut nt);
        }
        for (setting, pairs) in unsalted.into_values() {
            targets.add_unsalted(setting, pairs);
        }
        for ((scheme, cost), groups) in salted {
            let groups = groups.into_iter();
            let groups = groups.map(|(setting, pairs)| targets.group(setting, pairs)).collect();
            targets.classes.push(TargetClass { scheme, cost, hashes: Hashes::Salted(groups) });
        }
        targets
    }

    /// How many targets there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The credentials that hold a target.
    pub(crate) fn holders(&self, target: u32) -> &[u32] {
        let at = index(target);
        let start = self.starts.get(at).copied().map_or(usize::MAX, index);
        let end = self.starts.get(at.saturating_add(1)).copied().map_or(self.holders.len(), index);
        self.holders.get(start..end).unwrap_or_default()
    }

    fn add_unsalted(&mut self, setting: Setting, mut pairs: Vec<(Key, u32)>) {
        pairs.sort_unstable();
        let first = number(self.starts.len());
        self.starts.reserve_exact(pairs.len());
        self.holders.reserve_exact(pairs.len());
        let mut digests = Vec::with_capacity(pairs.len());
        for same in pairs.chunk_by(|a, b| a.0 == b.0) {
            self.starts.push(number(self.holders.len()));
            self.holders.extend(same.iter().map(|(_, id)| *id));
            digests.extend(same.first().map(|(digest, _)| *digest));
        }
        let (scheme, cost) = (setting.scheme(), setting.cost());
        let hashes = Hashes::Unsalted(UnsaltedDigests { setting, first, digests });
        self.classes.push(TargetClass { scheme, cost, hashes });
    }

    fn group(&mut self, setting: &Setting, mut pairs: Vec<(&Digest, u32)>) -> SaltGroup {
        pairs.sort_unstable();
        let mut targets = Vec::new();
        for same in pairs.chunk_by(|a, b| a.0 == b.0) {
            let target = number(self.starts.len());
            self.starts.push(number(self.holders.len()));
            self.holders.extend(same.iter().map(|(_, id)| *id));
            targets.extend(same.first().map(|(digest, _)| ((*digest).clone(), target)));
        }
        SaltGroup { setting: setting.clone(), targets }
    }
}

impl UnsaltedDigests {
    /// The target that has this digest.
    pub(crate) fn target(&self, digest: &[u8]) -> Option<u32> {
        let place = self.digests.binary_search(&key(digest)).ok()?;
        self.first.checked_add(number(place))
    }
}

impl TargetClass {
    /// Nanoseconds that one guess costs for one salt.
    pub(crate) fn price(&self) -> u64 {
        let setting = match &self.hashes {
            Hashes::Unsalted(hashes) => Some(&hashes.setting),
            Hashes::Salted(groups) => groups.first().map(|group| &group.setting),
        };
        let price = setting.map(Setting::price).unwrap_or_default();
        u64::try_from(price.as_nanos()).unwrap_or(u64::MAX).max(1)
    }

    /// How many targets it has.
    pub(crate) fn len(&self) -> usize {
        match &self.hashes {
            Hashes::Unsalted(hashes) => hashes.digests.len(),
            Hashes::Salted(groups) => groups.iter().map(|group| group.targets.len()).sum(),
        }
    }
}

/// Whether it is the one setting of a scheme without salt, and not a product's own way with it.
fn is_plain(setting: &Setting) -> bool {
    Setting::unsalted(setting.scheme()).as_ref() == Some(setting)
}

/// The first 16 bytes; a shorter digest is filled up with zeros.
pub(crate) fn key(digest: &[u8]) -> Key {
    let mut key = [0; 16];
    for (to, from) in key.iter_mut().zip(digest) {
        *to = *from;
    }
    key
}
