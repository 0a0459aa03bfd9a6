//! Guesses hashed under one setting.

use std::fmt;

use md5::{Digest as _, Md5};
use zeroize::Zeroizing;

use crate::arch::instructions::InstructionSet;
use crate::encoding::hex;
use crate::schemes::kernel::{Each, Kernel};
use crate::stored::digest::Digest;
use crate::stored::error::HashError;
use crate::stored::limits::Limits;
use crate::stored::setting::{Quirk, Setting};
use crate::{salted, schemes};

/// Hashes guesses under one setting. It keeps the memory that a scheme works in, so one is made
/// for a run of blocks; each thread has its own.
pub struct Hasher<'a> {
    setting: &'a Setting,
    kernel: Box<dyn Kernel + Send + 'a>,
}

impl Setting {
    /// Makes ready to hash guesses.
    ///
    /// # Errors
    /// If a guess would cost more than the limits, or what computes the scheme is not there.
    pub fn hasher(&self, limits: &Limits) -> Result<Hasher<'_>, HashError> {
        self.hasher_on(InstructionSet::best(), limits)
    }

    /// Makes ready to hash guesses with these instructions.
    ///
    /// # Errors
    /// Like [`Self::hasher`].
    pub fn hasher_on(&self, set: InstructionSet, limits: &Limits) -> Result<Hasher<'_>, HashError> {
        self.check(limits)?;
        let scalar = schemes::kernel(self)?;
        Ok(Hasher { setting: self, kernel: salted::kernel(self, set, scalar) })
    }
}

impl Hasher<'_> {
    /// The number of guesses that are hashed together: a block is best a multiple of it.
    pub fn lanes(&self) -> usize {
        self.kernel.lanes()
    }

    /// Hashes guesses, in UTF-8, and hands back each digest with the place of its guess. The
    /// order is any. A guess that cannot be a password there has no digest: a NUL in crypt(3), a
    /// letter that the code page of LM lacks. Where a stored hash can be read in two ways, a
    /// guess has two digests.
    ///
    /// # Errors
    /// If what computes the scheme fails: out of memory, refused by libxcrypt. The guesses of
    /// this block then count as not tried.
    pub fn digests(&mut self, guesses: &[&[u8]], each: &mut Each<'_>) -> Result<(), HashError> {
        match self.setting.quirk {
            Quirk::Trimmed => {
                let trimmed: Vec<&[u8]> = guesses.iter().map(|guess| trim(guess)).collect();
                self.without_nul(&trimmed, each)
            }
            Quirk::OverMd5 => self.changed(guesses, |guess| Some(md5_hex(guess)), each),
            Quirk::Utf16 => self.changed(guesses, utf16, each),
            Quirk::None | Quirk::WideBytes | Quirk::Argon2V10 => self.without_nul(guesses, each),
        }
    }

    /// Whether a guess gives that digest.
    ///
    /// # Errors
    /// Like [`Self::digests`].
    pub fn matches(&mut self, digest: &Digest, guess: &[u8]) -> Result<bool, HashError> {
        let mut matches = false;
        self.digests(&[guess], &mut |_, found| matches |= found == digest.bytes())?;
        Ok(matches)
    }

    /// Hashes what becomes of the guesses; those of which nothing becomes have no digest.
    fn changed(
        &mut self,
        guesses: &[&[u8]],
        change: impl Fn(&[u8]) -> Option<Zeroizing<Vec<u8>>>,
        each: &mut Each<'_>,
    ) -> Result<(), HashError> {
        let changed = guesses.iter().enumerate();
        let changed = changed.filter_map(|(at, guess)| Some((at, change(guess)?)));
        let (places, changed): (Vec<usize>, Vec<_>) = changed.unzip();
        let changed: Vec<&[u8]> = changed.iter().map(|guess| guess.as_slice()).collect();
        self.without_nul(&changed, &mut |at, digest| {
            if let Some(place) = places.get(at) {
                each(*place, digest);
            }
        })
    }

    /// Leaves out guesses that a scheme would cut at their NUL.
    fn without_nul(&mut self, guesses: &[&[u8]], each: &mut Each<'_>) -> Result<(), HashError> {
        let has_nul = |guess: &&[u8]| guess.contains(&0);
        if !self.setting.scheme().takes_c_strings() || !guesses.iter().any(has_nul) {
            return self.kernel.digests(guesses, each);
        }
        let whole = guesses.iter().copied().enumerate().filter(|(_, guess)| !has_nul(guess));
        let (places, whole): (Vec<usize>, Vec<&[u8]>) = whole.unzip();
        self.kernel.digests(&whole, &mut |at, digest| {
            if let Some(place) = places.get(at) {
                each(*place, digest);
            }
        })
    }
}

impl fmt::Debug for Hasher<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Hasher({:?})", self.setting)
    }
}

/// Without the white space that PHP's `trim` takes off, NUL included.
fn trim(mut text: &[u8]) -> &[u8] {
    const WHITE: &[u8] = b" \t\n\r\0\x0b";
    while let [first, rest @ ..] = text
        && WHITE.contains(first)
    {
        text = rest;
    }
    while let [rest @ .., last] = text
        && WHITE.contains(last)
    {
        text = rest;
    }
    text
}

fn md5_hex(text: &[u8]) -> Zeroizing<Vec<u8>> {
    hex::encode(&Md5::digest(text))
}

/// UTF-16LE, if the guess is text.
fn utf16(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let text = str::from_utf8(text).ok()?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 * text.len()));
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    Some(bytes)
}
