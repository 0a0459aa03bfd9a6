//! The crypt(3) schemes on DES: descrypt, bigcrypt and BSDi's (crypt(5)).

use crate::encoding::radix64::{crypt64_number, is_crypt64, six_bits};
use crate::schemes::des::Key;
use crate::schemes::kernel::{Kernel, scalar, simple};
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// The characters of a digest of 64 bits.
const DIGEST: usize = 11;

/// Reads `_` with 19 characters, 13 characters, or 13 and a multiple of 11.
pub(crate) fn parse(text: &[u8]) -> Result<Hash, HashError> {
    if let Some(rest) = text.strip_prefix(b"_") {
        return parse_bsdi(rest);
    }
    let (salt, digests) = text.split_at_checked(2).ok_or(HashError::Unknown)?;
    let salt_bits = crypt64_number(salt).ok_or(HashError::Unknown)?;
    let (pieces, rest) = digests.as_chunks::<DIGEST>();
    let scheme = match pieces.len() {
        1 => Scheme::Descrypt,
        2..=16 => Scheme::Bigcrypt,
        _ => return Err(HashError::Unknown),
    };
    if !rest.is_empty() || !is_crypt64(digests) {
        return Err(HashError::Unknown);
    }
    let blocks: Option<Vec<[u8; 8]>> = pieces.iter().map(decode).collect();
    let blocks = blocks.ok_or(HashError::Unknown)?;
    let salt = salt_bits.to_le_bytes();
    let setting = Setting::new(scheme, Cost::Fixed, &salt, blocks.len() * 8);
    Ok(Hash { setting, digest: Digest::new(blocks.concat()) })
}

fn parse_bsdi(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Bsdicrypt;
    let fields = rest.get(..4).zip(rest.get(4..8)).zip(rest.get(8..));
    let fields = fields.and_then(|((rounds, salt), digest)| {
        let digest = <[u8; DIGEST]>::try_from(digest).ok()?;
        Some((crypt64_number(rounds)?, crypt64_number(salt)?, decode(&digest)?))
    });
    let (rounds, salt, block) =
        fields.or_malformed(scheme, "it is not 20 characters of crypt(3)")?;
    if rounds == 0 {
        return Err(malformed(scheme, "it has no rounds"));
    }
    let setting = Setting::new(scheme, Cost::Rounds(rounds), &salt.to_le_bytes(), 8);
    Ok(Hash { setting, digest: Digest::new(block) })
}

/// Six bits a character, high bits first; two are left over and are zero.
fn decode(text: &[u8; DIGEST]) -> Option<[u8; 8]> {
    let mut bits = 0_u128;
    for character in text {
        bits = bits << 6 | u128::from(six_bits(*character)?);
    }
    if bits.trailing_zeros() < 2 {
        return None;
    }
    u64::try_from(bits >> 2).ok().map(u64::to_be_bytes)
}

/// The first two characters of a digest, as the salt of the next.
fn next_salt(block: u64) -> u32 {
    let character = |shift: u32| u32::try_from(block >> shift & 63).unwrap_or(0);
    character(58) | character(52) << 6
}

pub(crate) fn kernel(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let salt = salt(setting);
    simple(move |guess| Key::new(shifted(guess)).encrypt(0, salt, 25).to_be_bytes())
}

pub(crate) fn big_kernel(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let salt = salt(setting);
    scalar(move |guess, each| {
        each(&bigcrypt(guess, salt).concat());
        Ok(())
    })
}

pub(crate) fn bsdi_kernel(setting: &Setting) -> Box<dyn Kernel + Send + '_> {
    let (salt, rounds) = (salt(setting), setting.cost().rounds());
    simple(move |guess| bsdi_key(guess).encrypt(0, salt, rounds).to_be_bytes())
}

fn salt(setting: &Setting) -> u32 {
    setting.salt.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

fn bigcrypt(guess: &[u8], mut salt: u32) -> Vec<[u8; 8]> {
    // An empty password is one empty piece.
    let pieces = guess.chunks(8).chain(guess.is_empty().then_some(guess)).take(16);
    let block = |piece| {
        let block = Key::new(shifted(piece)).encrypt(0, salt, 25);
        salt = next_salt(block);
        block.to_be_bytes()
    };
    pieces.map(block).collect()
}

/// The key of a whole password: each 8 characters are mixed into the encryption of those before.
fn bsdi_key(guess: &[u8]) -> Key {
    let (first, rest) = guess.split_at_checked(8).unwrap_or((guess, &[]));
    let mut bits = shifted(first);
    for piece in rest.chunks(8) {
        bits = Key::new(bits).encrypt(bits, 0, 1) ^ shifted(piece);
    }
    Key::new(bits)
}

/// The first eight characters, each without its eighth bit and moved up by one.
fn shifted(piece: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(piece) {
        *to = from << 1;
    }
    u64::from_be_bytes(bytes)
}
