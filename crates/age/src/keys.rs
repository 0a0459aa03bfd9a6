//! Who can open a file: recipients and their identities, and passphrases.

use std::fmt;
use std::str::FromStr;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit, Nonce, Tag};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::error::{AgeError, KeyError};
use crate::file_key::{FileKey, random};
use crate::header::{Header, Stanza, decoded, derived, encoded, stanza};

/// Someone for whom files are encrypted: `age1…`, as `age-keygen` prints it. It is not a secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recipient(PublicKey);

/// What opens the files of a recipient: `AGE-SECRET-KEY-1…`.
pub struct Identity(StaticSecret);

/// What opens a file that was made with `age -p`.
pub struct Passphrase(Zeroizing<String>);

const TO_KEY: &str = "age-encryption.org/v1/X25519";
const TO_PASSPHRASE: &[u8] = b"age-encryption.org/v1/scrypt";
/// 256 MB and about a second: what `age` itself asks for.
const WORK: u8 = 18;
/// 1 GB.
const MOST_WORK: u8 = 20;

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(..)")
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// Reads `age1…`.
impl FromStr for Recipient {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        if text.starts_with("AGE-SECRET-KEY-") {
            return Err(KeyError::Secret);
        }
        if text.starts_with("ssh-") {
            return Err(KeyError::Ssh);
        }
        if !text.starts_with("age1") {
            return Err(KeyError::NotRecipient);
        }
        match bech32_of(text, "age") {
            Some(bytes) => Ok(Self(PublicKey::from(*bytes))),
            None if text.len() == 62 => Err(KeyError::Mistyped),
            None => Err(KeyError::OtherKind),
        }
    }
}

impl Recipient {
    /// The file key, encrypted for this recipient.
    pub(super) fn wrap(&self, file_key: &FileKey) -> Result<String, AgeError> {
        let mine = StaticSecret::from(*random::<32>()?);
        let share = PublicKey::from(&mine);
        let key = exchanged(&mine, &self.0, &share, &self.0)?;
        let text = encoded(share.as_bytes());
        Ok(stanza(&format!("X25519 {text}"), &wrapped(&key, file_key)?))
    }
}

/// Reads `AGE-SECRET-KEY-1…`.
impl FromStr for Identity {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let bytes = text.starts_with("AGE-").then(|| bech32_of(text, "age-secret-key-")).flatten();
        bytes.map(|bytes| Self(StaticSecret::from(*bytes))).ok_or(KeyError::NotIdentity)
    }
}

impl Identity {
    /// For whom files are encrypted that this opens.
    pub fn recipient(&self) -> Recipient {
        Recipient(PublicKey::from(&self.0))
    }

    pub(super) fn unwrap(&self, header: &Header<'_>) -> Result<Option<FileKey>, AgeError> {
        let mut found = None;
        // All are looked at: a file with one that is wrong is not opened.
        for stanza in header.stanzas("X25519") {
            let [_, share] = *stanza.arguments else { return Err(AgeError::Header) };
            let share = decoded(share.as_bytes())?;
            let share = <[u8; 32]>::try_from(share).map_err(|_| AgeError::Header)?;
            let share = PublicKey::from(share);
            let body = body(stanza)?;
            let key = exchanged(&self.0, &share, &share, &self.recipient().0)?;
            found = found.or_else(|| unwrapped(&key, body));
        }
        Ok(found)
    }
}

impl Passphrase {
    /// A passphrase as it was typed.
    pub fn new(text: Zeroizing<String>) -> Self {
        Self(text)
    }

    pub(super) fn wrap(&self, file_key: &FileKey) -> Result<String, AgeError> {
        let salt = random::<16>()?;
        let key = self.key(&*salt, WORK)?;
        let text = encoded(&*salt);
        Ok(stanza(&format!("scrypt {text} {WORK}"), &wrapped(&key, file_key)?))
    }

    pub(super) fn unwrap(&self, header: &Header<'_>) -> Result<Option<FileKey>, AgeError> {
        let Some(stanza) = header.stanzas("scrypt").next() else { return Ok(None) };
        let [_, salt, work] = *stanza.arguments else { return Err(AgeError::Header) };
        let salt = decoded(salt.as_bytes())?;
        let digits = work.bytes().all(|byte| byte.is_ascii_digit());
        if salt.len() != 16 || !digits || work.starts_with('0') {
            return Err(AgeError::Header);
        }
        let body = body(stanza)?;
        let work = work.parse().map_err(|_| AgeError::TooCostly)?;
        let key = self.key(&salt, work)?;
        Ok(unwrapped(&key, body))
    }

    /// scrypt (RFC 7914), which takes `2^work` KiB.
    fn key(&self, salt: &[u8], work: u8) -> Result<Zeroizing<[u8; 32]>, AgeError> {
        if work > MOST_WORK {
            return Err(AgeError::TooCostly);
        }
        let parameters = scrypt::Params::new(work, 8, 1).map_err(|_| AgeError::Header)?;
        let mut key = Zeroizing::new([0; 32]);
        let salt = [TO_PASSPHRASE, salt].concat();
        scrypt::scrypt(self.0.as_bytes(), &salt, &parameters, &mut *key)
            .map_err(|_| AgeError::Header)?;
        Ok(key)
    }
}

/// The key that two come to together; `share` and `recipient` are what both of them know.
fn exchanged(
    mine: &StaticSecret,
    theirs: &PublicKey,
    share: &PublicKey,
    recipient: &PublicKey,
) -> Result<Zeroizing<[u8; 32]>, AgeError> {
    let shared = mine.diffie_hellman(theirs);
    if !shared.was_contributory() {
        return Err(AgeError::Header);
    }
    let salt = [*share.as_bytes(), *recipient.as_bytes()].concat();
    derived(shared.as_bytes(), &salt, TO_KEY)
}

fn body<'s>(stanza: &'s Stanza<'_>) -> Result<&'s [u8; 32], AgeError> {
    // Of another length it could have been made to open with many keys.
    stanza.body.as_slice().try_into().map_err(|_| AgeError::Header)
}

/// The file key, encrypted: 16 bytes and their tag. A wrapping key is used once, so that the nonce
/// need not differ.
fn wrapped(key: &[u8; 32], file_key: &FileKey) -> Result<[u8; 32], AgeError> {
    let mut text = file_key.clone();
    let cipher = ChaCha20Poly1305::new(&Key::from(*key));
    let tag = cipher
        .encrypt_inout_detached(&Nonce::default(), &[], text.as_mut_slice().into())
        .map_err(|_| AgeError::Header)?;
    let mut body = [0; 32];
    let (left, right) = body.split_at_mut(16);
    left.copy_from_slice(&*text);
    right.copy_from_slice(&tag);
    Ok(body)
}

fn unwrapped(key: &[u8; 32], body: &[u8; 32]) -> Option<FileKey> {
    let (left, right) = body.split_first_chunk::<16>()?;
    let mut text = Zeroizing::new(*left);
    let tag = Tag::try_from(right).ok()?;
    let cipher = ChaCha20Poly1305::new(&Key::from(*key));
    let opened =
        cipher.decrypt_inout_detached(&Nonce::default(), &[], text.as_mut_slice().into(), &tag);
    opened.ok().map(|()| text)
}

/// The 32 bytes of a key in Bech32 (BIP 173) with that beginning.
fn bech32_of(text: &str, begin: &str) -> Option<Zeroizing<[u8; 32]>> {
    let parsed = CheckedHrpstring::new::<Bech32>(text).ok()?;
    if parsed.hrp() != Hrp::parse(begin).ok()? {
        return None;
    }
    let mut bytes = Zeroizing::new([0; 32]);
    let mut given = parsed.byte_iter();
    for slot in bytes.iter_mut() {
        *slot = given.next()?;
    }
    given.next().is_none().then_some(bytes)
}
