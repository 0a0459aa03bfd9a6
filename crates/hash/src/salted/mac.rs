//! What repeats an HMAC over the password: PBKDF2 (RFC 8018) and NetBSD's SHA-1 crypt.

use sha1::Sha1;
use zeroize::Zeroizing;

use super::group::Group;
use super::message::{keyed, outer, pad, put_all, take};
use crate::arch::digests::{MacInLanes, Vectors};
use crate::lanes::chain::Macs;
use crate::lanes::line::{Line, Lines, Word};
use crate::schemes::dcc2;
use crate::schemes::derived::{Around, Secret, plain_digest};
use crate::schemes::kernel::Each;
use crate::schemes::sha1crypt;
use crate::stored::setting::Setting;

/// PBKDF2.
pub(super) fn pbkdf2<D: MacInLanes>(setting: &Setting, on: D::On) -> impl Group + Send {
    Repeated::<D, _>::pbkdf2(setting, on, |guess: &[u8]| Some(guess.to_vec().into()))
}

/// PBKDF2 over the NT hash.
pub(super) fn dcc2(setting: &Setting, on: Vectors) -> impl Group + Send {
    let key = |guess: &[u8]| dcc2::key(guess, &setting.salt).map(|key| key.to_vec().into());
    Repeated::<Sha1, _>::pbkdf2(setting, on, key)
}

/// PBKDF2 with a step before it and one after it. What may stand for several keys, or for none,
/// fits no group.
pub(super) fn derived<D: MacInLanes>(
    setting: &Setting,
    on: D::On,
    around: Around,
) -> impl Group + Send {
    let key = move |guess: &[u8]| match (around.keys)(guess) {
        [Some(key), None] => Some(key),
        _ => None,
    };
    let derived = Repeated::<D, _>::pbkdf2(setting, on, key);
    Repeated { finish: around.finish, ..derived }
}

/// SHA-1 crypt.
pub(super) fn sha1_crypt(setting: &Setting, on: Vectors) -> impl Group + Send {
    let key = |guess: &[u8]| Some(guess.to_vec().into());
    Repeated::<Sha1, _>::new(setting, on, key, vec![sha1crypt::first(setting)], Take::Last)
}

/// What becomes of the HMACs.
#[derive(Clone, Copy)]
enum Take {
    Last,
    Sum,
}

struct Repeated<'a, D: MacInLanes, K> {
    setting: &'a Setting,
    on: D::On,
    key: K,
    /// What is hashed first, for each piece of the output.
    firsts: Vec<Vec<u8>>,
    take: Take,
    finish: fn(&Setting, &[u8]) -> Secret,
    macs: Macs<D::Word>,
    message: Lines<D::Word>,
}

impl<'a, D: MacInLanes, K> Repeated<'a, D, K> {
    fn pbkdf2(setting: &'a Setting, on: D::On, key: K) -> Self {
        let pieces = usize::from(setting.len).div_ceil(D::START.len() * D::Word::BYTES);
        let first = |piece: u32| [&setting.salt, piece.to_be_bytes().as_slice()].concat();
        let firsts = (1..).take(pieces).map(first).collect();
        Self::new(setting, on, key, firsts, Take::Sum)
    }

    fn new(setting: &'a Setting, on: D::On, key: K, firsts: Vec<Vec<u8>>, take: Take) -> Self {
        let macs = Macs { rounds: setting.cost().rounds().saturating_sub(1), ..Macs::default() };
        let (finish, message) = (plain_digest, Lines::default());
        Self { setting, on, key, firsts, take, finish, macs, message }
    }

    /// The HMAC of a message.
    fn mac(&mut self, message: &[u8], lanes: usize) {
        let mut message = message.to_vec();
        pad::<D>(&mut message, 16 * D::Word::BYTES);
        put_all::<D>(&mut self.message, &message);
        self.macs.last.clone_from(&self.macs.inner);
        D::absorb(self.on, &mut self.macs.last, &self.message, lanes);

        outer::<D>(self.on, &self.macs.outer, &mut self.macs.last, &mut self.message, lanes);
    }
}

impl<D: MacInLanes, K> Group for Repeated<'_, D, K>
where
    K: Fn(&[u8]) -> Option<Zeroizing<Vec<u8>>>,
{
    fn lanes(&self) -> usize {
        Line::<D::Word>::LANES
    }

    fn class(&self, guess: &[u8]) -> Option<usize> {
        (self.key)(guess).map(|_| 0)
    }

    fn digests(&mut self, guesses: &[&[u8]], each: &mut Each<'_>) {
        let keys: Vec<_> = guesses.iter().filter_map(|guess| (self.key)(guess)).collect();
        [self.macs.inner, self.macs.outer] = keyed::<D>(self.on, &keys);
        let mut outputs = vec![Zeroizing::new(Vec::with_capacity(320)); guesses.len()];
        let mut scratch = Zeroizing::new(Vec::new());
        for first in std::mem::take(&mut self.firsts) {
            self.mac(&first, guesses.len());
            self.macs.sum.clone_from(&self.macs.last);
            D::repeat(self.on, &mut self.macs, guesses.len());
            let result = match self.take {
                Take::Last => &self.macs.last,
                Take::Sum => &self.macs.sum,
            };
            for (output, digest) in outputs.iter_mut().zip(take::<D>(result, &mut scratch)) {
                output.extend(digest);
            }
            self.firsts.push(first);
        }
        for (lane, output) in outputs.iter().enumerate() {
            let derived = output.get(..self.setting.len.into()).unwrap_or_default();
            each(lane, &(self.finish)(self.setting, derived));
        }
    }
}
