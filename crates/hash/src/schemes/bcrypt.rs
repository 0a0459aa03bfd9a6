//! bcrypt (Provos and Mazières 1999; crypt(5) `$2b$` and its elders) and what is built on it.

use base64ct::{Base64, Base64Bcrypt, Encoding as _};
use sha2::{Digest as _, Sha256, Sha384};
use zeroize::Zeroizing;

use crate::encoding::fields::number;
use crate::encoding::hex;
use crate::schemes::blowfish::{self, Words, repeated};
use crate::schemes::kernel::{Each, Kernel};
use crate::schemes::plain::hmac;
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::{Quirk, Setting};

/// Reads `$2b$10$` with 22 characters of salt and 31 of digest; `$2$`, `$2a$`, `$2x$`, `$2y$` too.
/// All are computed alike but `$2x$`: what `$2a$` does otherwise needs a byte that UTF-8 has not.
pub(crate) fn parse(text: &[u8]) -> Result<Hash, HashError> {
    match text {
        [b'$', b'2', b'x', b'$', rest @ ..] => parse_as(Scheme::Bcrypt2x, rest),
        [b'$', b'2', b'a' | b'b' | b'y', b'$', rest @ ..] => parse_as(Scheme::Bcrypt, rest),
        [b'$', b'2', b'$', ..] => {
            Err(HashError::Unsupported { what: "bcrypt of before 1998 ($2$)" })
        }
        _ => Err(HashError::Unknown),
    }
}

/// Reads the rest of `$wp$`: bcrypt without its first dollar sign.
pub(crate) fn parse_wordpress(rest: &[u8]) -> Result<Hash, HashError> {
    let rest = rest.strip_prefix(b"2y$").or_malformed(Scheme::WordPress, "`2y` is missing")?;
    let Hash { setting, digest } = parse_as(Scheme::WordPress, rest)?;
    Ok(Hash { setting: setting.with(Quirk::Trimmed), digest })
}

/// Reads what Django writes after `bcrypt_sha256$`: a whole bcrypt hash.
pub(crate) fn parse_over_sha256(text: &[u8]) -> Result<Hash, HashError> {
    match text {
        [b'$', b'2', b'a' | b'b' | b'y', b'$', rest @ ..] => parse_as(Scheme::BcryptSha256, rest),
        _ => Err(malformed(Scheme::BcryptSha256, "`$2b$` is missing")),
    }
}

fn parse_as(scheme: Scheme, rest: &[u8]) -> Result<Hash, HashError> {
    let [tens, ones, b'$', salt_and_digest @ ..] = rest else {
        return Err(malformed(scheme, "its cost is missing"));
    };
    let cost = number(&[*ones]).zip(number(&[*tens])).map(|(ones, tens)| tens * 10 + ones);
    let cost = cost.filter(|cost| (4..=31).contains(cost)).and_then(|cost| u8::try_from(cost).ok());
    let cost = cost.or_malformed(scheme, "its cost is not between 04 and 31")?;
    let parts = salt_and_digest.split_at_checked(22);
    let (salt, text) = parts.or_malformed(scheme, "its salt is cut short")?;
    let salt = decode_salt(salt).or_malformed(scheme, "its salt is damaged")?;
    let mut digest = [0; 23];
    let whole = Base64Bcrypt::decode(text, &mut digest).is_ok_and(|all| all.len() == 23);
    if !whole {
        return Err(malformed(scheme, "its digest is not 31 characters of bcrypt"));
    }
    let setting = Setting::new(scheme, Cost::Log2(cost), &salt, digest.len());
    Ok(Hash { setting, digest: Digest::new(digest) })
}

/// The last character has four bits too many. Some writers fill them; no reader minds.
fn decode_salt(text: &[u8]) -> Option<[u8; 16]> {
    let (whole, last) = text.split_at_checked(20)?;
    let mut salt = [0; 16];
    Base64Bcrypt::decode(whole, salt.get_mut(..15)?).ok()?;
    let [first, second] = last else { return None };
    let mut three = [0; 3];
    Base64Bcrypt::decode([*first, *second, b'.', b'.'], &mut three).ok()?;
    *salt.last_mut()? = *three.first()?;
    Some(salt)
}

/// The guesses hashed at once: more would wait for the memory of their boxes, of 4 KB each.
const TOGETHER: usize = 6;

/// A key is made of each guess as the product does: with its NUL, 72 bytes at the most.
pub(crate) fn kernel(
    setting: &Setting,
    make_key: fn(&[u8], &mut Key),
) -> Result<Box<dyn Kernel + Send + '_>, HashError> {
    let refused = HashError::Refused { scheme: setting.scheme() };
    let salt = <[u8; 16]>::try_from(&*setting.salt).map_err(|_| refused.clone())?;
    let cost @ 4..=31 = setting.cost().log2() else { return Err(refused) };
    Ok(Box::new(Bcrypt { cost, salt, make_key }))
}

struct Bcrypt {
    cost: u8,
    salt: [u8; 16],
    make_key: fn(&[u8], &mut Key),
}

impl Bcrypt {
    fn words(&self, guess: &[u8]) -> Words {
        let mut key = Key::new(Vec::with_capacity(80));
        (self.make_key)(guess, &mut key);
        repeated(key.iter().copied())
    }

    /// The last guess fills the places that are left over.
    fn together<const KEYS: usize>(&self, guesses: &[&[u8]], mut each: impl FnMut(usize, &[u8])) {
        let last = guesses.last().copied().unwrap_or_default();
        let guess = |at: usize| guesses.get(at).copied().unwrap_or(last);
        let keys = Zeroizing::new(std::array::from_fn::<_, KEYS, _>(|at| self.words(guess(at))));
        let digests = blowfish::bcrypt(self.cost, &self.salt, &keys);
        for (at, [digest @ .., _]) in digests.iter().take(guesses.len()).enumerate() {
            each(at, digest);
        }
    }
}

impl Kernel for Bcrypt {
    fn lanes(&self) -> usize {
        TOGETHER
    }

    fn digests(&mut self, guesses: &[&[u8]], each: &mut Each<'_>) -> Result<(), HashError> {
        for (group, guesses) in guesses.chunks(TOGETHER).enumerate() {
            let each = |at, digest: &[u8]| each(TOGETHER * group + at, digest);
            match guesses.len() {
                1 => self.together::<1>(guesses, each),
                _ => self.together::<TOGETHER>(guesses, each),
            }
        }
        Ok(())
    }
}

/// What bcrypt hashes.
pub(crate) type Key = Zeroizing<Vec<u8>>;

/// The password itself.
pub(crate) fn key(guess: &[u8], key: &mut Key) {
    key.extend(guess.iter().chain(&[0]).take(72));
}

/// The key that `crypt_blowfish` made until 2011: it took bytes for signed numbers, so that one
/// of 128 or more filled all before it in its word with ones. A key of 18 words is used whole.
pub(crate) fn signed_key(guess: &[u8], key: &mut Key) {
    let mut bytes = guess.iter().chain(&[0]).cycle();
    for _ in 0..18 {
        let word = bytes
            .by_ref()
            .take(4)
            .fold(0, |word: i32, byte| word << 8 | i32::from(byte.cast_signed()));
        key.extend(word.to_be_bytes());
    }
}

/// The SHA-256 in hexadecimal, which has no NUL and is short enough.
pub(crate) fn django_key(guess: &[u8], key: &mut Key) {
    key.extend_from_slice(&hex::encode(&Sha256::digest(guess)));
    key.push(0);
}

/// The HMAC-SHA-384 in Base64 (`wp_hash_password`).
pub(crate) fn wordpress_key(guess: &[u8], key: &mut Key) {
    key.resize(64, 0);
    // 48 bytes are 64 characters, always.
    let encoded = Base64::encode(&hmac::<Sha384>(b"wp-sha384", guess), key).is_ok();
    debug_assert!(encoded, "the room is too small");
    key.push(0);
}
