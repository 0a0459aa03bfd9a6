//! The crypt(3) schemes whose rounds digest the password, the salt and the digest before in turn:
//! MD5 crypt (Kamp 1994), SHA-256 crypt and SHA-512 crypt (Drepper 2007).

use md5::Md5;
use sha2::Digest;
use sha2::digest::Output;
use zeroize::Zeroizing;

use super::group::{Group, LONGEST};
use super::message::{put, put_around, take};
use crate::arch::digests::InLanes;
use crate::arch::instructions::InstructionSet;
use crate::lanes::chain::{Chain, Message};
use crate::lanes::line::{Line, Lines};
use crate::schemes::kernel::Each;
use crate::schemes::md5crypt;
use crate::stored::setting::Setting;

/// SHA-256 crypt or SHA-512 crypt.
pub(super) fn sha<D: InLanes>(setting: &Setting, on: D::On) -> impl Group + Send {
    let salts = sha_salts::<D::Scalar>(&setting.salt);
    let start = move |guess: &[u8], start: &mut Start| {
        start_sha::<D::Scalar>(guess, &setting.salt, &salts, start);
    };
    Crypt::<D, _>::new(on, setting.cost().rounds(), start)
}

/// MD5 crypt, or Apache's.
pub(super) fn md5(setting: &Setting, on: InstructionSet) -> impl Group + Send {
    let magic = md5crypt::magic(setting.scheme());
    let start = move |guess: &[u8], start: &mut Start| {
        fill(&mut start.digest, md5crypt::first(guess, &setting.salt, magic).iter().copied());
        fill(&mut start.password, guess.iter().copied());
        fill(&mut start.salt, setting.salt.iter().copied());
    };
    Crypt::<Md5, _>::new(on, md5crypt::ROUNDS, start)
}

/// What the rounds start from.
struct Start {
    digest: Zeroizing<Vec<u8>>,
    password: Zeroizing<Vec<u8>>,
    salt: Zeroizing<Vec<u8>>,
}

impl Start {
    /// With room for all, so that nothing is left behind by growing.
    fn new() -> Self {
        let room = || Zeroizing::new(Vec::with_capacity(LONGEST));
        Self { digest: room(), password: room(), salt: room() }
    }
}

struct Crypt<D: InLanes, F> {
    on: D::On,
    start_of: F,
    start: Start,
    chain: Chain<D::Word>,
    scratch: Zeroizing<Vec<u8>>,
}

impl<D: InLanes, F> Crypt<D, F> {
    fn new(on: D::On, rounds: u32, start_of: F) -> Self {
        let order = |round: usize| {
            let every = |rounds: usize| usize::from(round.is_multiple_of(rounds));
            every(2) | every(3) << 1 | every(7) << 2
        };
        let chain = Chain {
            messages: (0..8).map(|_| Message::default()).collect(),
            order: (0..2 * 3 * 7).map(order).collect(),
            rounds,
            digest: Lines::default(),
        };
        let scratch = Vec::with_capacity(1 << 10).into();
        Self { on, start_of, start: Start::new(), chain, scratch }
    }
}

impl<D: InLanes, F: FnMut(&[u8], &mut Start)> Group for Crypt<D, F> {
    fn lanes(&self) -> usize {
        Line::<D::Word>::LANES
    }

    fn class(&self, guess: &[u8]) -> Option<usize> {
        (guess.len() <= LONGEST).then_some(guess.len())
    }

    fn digests(&mut self, guesses: &[&[u8]], each: &mut Each<'_>) {
        for (lane, guess) in guesses.iter().enumerate() {
            (self.start_of)(guess, &mut self.start);
            let Start { digest, password, salt } = &self.start;
            put::<D>(&mut self.chain.digest, lane, digest);
            for (which, message) in self.chain.messages.iter_mut().enumerate() {
                let salt: &[u8] = if which & 2 == 0 { salt } else { b"" };
                let again: &[u8] = if which & 4 == 0 { password } else { b"" };
                let [before, behind]: [&[&[u8]]; 2] = match which & 1 {
                    0 => [&[password, salt, again], &[]],
                    _ => [&[], &[salt, again, password]],
                };
                put_around::<D>(message, lane, before, behind, &mut self.scratch);
            }
        }
        D::follow(self.on, &mut self.chain, guesses.len());
        let digests = take::<D>(&self.chain.digest, &mut self.scratch);
        for (lane, digest) in digests.take(guesses.len()).enumerate() {
            each(lane, digest);
        }
    }
}

/// The salt for the rounds of SHA-2 crypt depends on one byte of the first digest only.
fn sha_salts<D: Digest + Clone>(salt: &[u8]) -> Vec<Output<D>> {
    let mut digest = (0..16).fold(D::new(), |digest, _| digest.chain_update(salt));
    let mut salts = Vec::with_capacity(256);
    for _ in 0..256 {
        salts.push(digest.clone().finalize());
        digest.update(salt);
    }
    salts
}

fn start_sha<D: Digest>(guess: &[u8], salt: &[u8], salts: &[Output<D>], start: &mut Start) {
    let within = D::new().chain_update(guess).chain_update(salt).chain_update(guess).finalize();
    let mut first = D::new().chain_update(guess).chain_update(salt);
    for piece in guess.chunks(within.len()) {
        first.update(within.get(..piece.len()).unwrap_or_default());
    }
    let mut bits = guess.len();
    while bits != 0 {
        first.update(if bits & 1 == 1 { &within } else { guess });
        bits >>= 1;
    }
    let first = first.finalize();
    let password = guess.iter().fold(D::new(), |digest, _| digest.chain_update(guess)).finalize();
    let salts = first.first().and_then(|byte| salts.get(usize::from(*byte)));
    fill(&mut start.salt, salts.into_iter().flatten().copied().cycle().take(salt.len()));
    fill(&mut start.password, password.iter().copied().cycle().take(guess.len()));
    fill(&mut start.digest, first.iter().copied());
}

fn fill(buffer: &mut Vec<u8>, bytes: impl Iterator<Item = u8>) {
    buffer.clear();
    buffer.extend(bytes);
}
