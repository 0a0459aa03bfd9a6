//! phpass and what Drupal 7 made of it: each digest is that of the one before and the password.

use sha2::Digest;
use zeroize::Zeroizing;

use super::group::{Group, LONGEST};
use super::message::{put, put_around, take};
use crate::arch::digests::InLanes;
use crate::lanes::chain::{Chain, Message};
use crate::lanes::line::{Line, Lines};
use crate::schemes::kernel::Each;
use crate::stored::setting::Setting;

/// phpass with MD5, or with Drupal's SHA-512.
pub(super) fn phpass<D: InLanes>(setting: &Setting, on: D::On) -> impl Group + Send {
    let chain = Chain {
        messages: vec![Message::default()],
        order: vec![0],
        rounds: 1_u32.checked_shl(setting.cost().log2().into()).unwrap_or(0),
        digest: Lines::default(),
    };
    Phpass::<D> { setting, on, chain, scratch: Vec::with_capacity(1 << 10).into() }
}

struct Phpass<'a, D: InLanes> {
    setting: &'a Setting,
    on: D::On,
    chain: Chain<D::Word>,
    scratch: Zeroizing<Vec<u8>>,
}

impl<D: InLanes> Group for Phpass<'_, D> {
    fn lanes(&self) -> usize {
        Line::<D::Word>::LANES
    }

    fn class(&self, guess: &[u8]) -> Option<usize> {
        (guess.len() <= LONGEST).then_some(guess.len())
    }

    fn digests(&mut self, guesses: &[&[u8]], each: &mut Each<'_>) {
        for (lane, guess) in guesses.iter().enumerate() {
            let first = D::Scalar::new().chain_update(&self.setting.salt).chain_update(guess);
            put::<D>(&mut self.chain.digest, lane, &first.finalize());
            for message in &mut self.chain.messages {
                put_around::<D>(message, lane, &[], &[guess], &mut self.scratch);
            }
        }
        D::follow(self.on, &mut self.chain, guesses.len());
        let digests = take::<D>(&self.chain.digest, &mut self.scratch);
        for (lane, digest) in digests.take(guesses.len()).enumerate() {
            each(lane, digest.get(..self.setting.len.into()).unwrap_or_default());
        }
    }
}
