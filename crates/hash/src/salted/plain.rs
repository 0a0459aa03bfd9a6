//! One digest, or one HMAC (RFC 2104), of the password and a salt.

use zeroize::Zeroizing;

use super::group::{Group, LONGEST};
use super::message::{blend, keyed, outer, pad, put_all, take};
use crate::arch::digests::InLanes;
use crate::lanes::line::{Line, Lines, Word};
use crate::schemes::kernel::Each;
use crate::stored::setting::Setting;

/// The password, then the salt, if there is one.
pub(super) fn before_salt<D: InLanes>(setting: &Setting, on: D::On) -> impl Group + Send + use<D> {
    Plain::<D>::new(on, vec![Shape::digest(&[], &setting.salt)])
}

/// An HMAC of the password, with the salt as key.
pub(super) fn keyed_by_salt<D: InLanes>(
    setting: &Setting,
    on: D::On,
) -> impl Group + Send + use<D> {
    Plain::<D>::new(on, vec![Shape::hmac(&setting.salt, on)])
}

/// Two readings of one text: the salt, then the password; or an HMAC.
pub(super) fn after_salt_or_keyed<D: InLanes>(
    setting: &Setting,
    on: D::On,
) -> impl Group + Send + use<D> {
    let shapes = vec![Shape::digest(&setting.salt, &[]), Shape::hmac(&setting.salt, on)];
    Plain::<D>::new(on, shapes)
}

/// The salt before the password and behind it.
pub(super) fn either_side<D: InLanes>(setting: &Setting, on: D::On) -> impl Group + Send + use<D> {
    let shapes = vec![Shape::digest(&[], &setting.salt), Shape::digest(&setting.salt, &[])];
    Plain::<D>::new(on, shapes)
}

/// What is digested.
struct Shape<D: InLanes> {
    before: Vec<u8>,
    behind: Vec<u8>,
    /// The state that it starts from.
    start: Lines<D::Word>,
    /// The state from which the digest is digested again.
    again: Option<Lines<D::Word>>,
}

impl<D: InLanes> Shape<D> {
    fn digest(before: &[u8], behind: &[u8]) -> Self {
        let start: Vec<_> = D::START.iter().copied().map(Line::splat).collect();
        Self { before: before.into(), behind: behind.into(), start: start.into(), again: None }
    }

    fn hmac(key: &[u8], on: D::On) -> Self {
        let keys = vec![Zeroizing::new(key.to_vec()); Line::<D::Word>::LANES];
        let [start, again] = keyed::<D>(on, &keys);
        Self { before: Vec::new(), behind: Vec::new(), start, again: Some(again) }
    }

    /// The bytes before the message that count for its length: the key's.
    const fn counted(&self) -> usize {
        if self.again.is_some() { 16 * D::Word::BYTES } else { 0 }
    }
}

struct Plain<D: InLanes> {
    on: D::On,
    shapes: Vec<Shape<D>>,
    message: Lines<D::Word>,
    state: Lines<D::Word>,
    scratch: Zeroizing<Vec<u8>>,
}

impl<D: InLanes> Plain<D> {
    fn new(on: D::On, shapes: Vec<Shape<D>>) -> Self {
        let (message, state) = (Lines::default(), Lines::default());
        Self { on, shapes, message, state, scratch: Vec::with_capacity(1 << 10).into() }
    }
}

impl<D: InLanes> Group for Plain<D> {
    fn lanes(&self) -> usize {
        Line::<D::Word>::LANES
    }

    fn class(&self, guess: &[u8]) -> Option<usize> {
        (guess.len() <= LONGEST).then_some(guess.len())
    }

    fn digests(&mut self, guesses: &[&[u8]], each: &mut Each<'_>) {
        let Self { on, shapes, message, state, scratch } = self;
        let len = guesses.first().map_or(0, |guess| guess.len());
        for shape in shapes {
            scratch.clear();
            scratch.extend(&shape.before);
            scratch.resize(shape.before.len() + len, 0);
            scratch.extend(&shape.behind);
            pad::<D>(scratch, shape.counted());
            put_all::<D>(message, scratch);
            for (lane, guess) in guesses.iter().enumerate() {
                blend::<D>(message, lane, guess, shape.before.len());
            }
            state.clone_from(&shape.start);
            D::absorb(*on, state, message, guesses.len());
            if let Some(again) = &shape.again {
                outer::<D>(*on, again, state, message, guesses.len());
            }
            for (lane, digest) in take::<D>(state, scratch).take(guesses.len()).enumerate() {
                each(lane, digest);
            }
        }
    }
}
