//! Encrypted files in the format of age (<https://c2sp.org/age>): to recipients, or with a
//! passphrase.
//!
//! ```
//! use strongpass_age::{Identity, Key, open, seal};
//! # let text = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
//! let identity: Identity = text.parse()?; // AGE-SECRET-KEY-1…
//!
//! let file = seal(b"for your eyes", &[identity.recipient()])?;
//! assert_eq!(&**open(&file, &[Key::Identity(identity)])?, b"for your eyes");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! This is the part of the format that schools use, over well-kept primitives: X25519 (RFC 7748),
//! HKDF (RFC 5869), scrypt (RFC 7914), ChaCha20-Poly1305 (RFC 8439), Bech32 (BIP 173). The `age`
//! crate would add 113 packages to the command, a framework for translations and two older
//! generations of digests among them; this adds 18. All public test vectors of the format are in
//! `tests/vectors`.
//!
//! # What it never does
//! - It opens no file, and holds nothing: bytes in, bytes out.
//! - It gives out nothing of a file that was changed or cut short, not even its good beginning.
//! - It does not copy what it decrypts to memory that is not wiped.

#![forbid(unsafe_code)]

use zeroize::Zeroizing;

mod armor;
mod error;
mod file_key;
mod header;
mod keys;
mod payload;

pub use error::{AgeError, KeyError};
use file_key::random;
use header::Header;
pub use keys::{Identity, Passphrase, Recipient};

/// What opens a file.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Key {
    /// The secret key of a recipient.
    Identity(Identity),
    /// A passphrase.
    Passphrase(Passphrase),
}

/// Whether a file says of itself that it is encrypted in this format.
pub fn is_age(file: &[u8]) -> bool {
    file.starts_with(header::MAGIC) || armor::is_armor(file)
}

/// Whether it is opened with a passphrase.
///
/// # Errors
/// If it is not such a file.
pub fn wants_passphrase(file: &[u8]) -> Result<bool, AgeError> {
    let plain = armor::unarmored(file)?;
    Ok(Header::parse(&plain)?.wants_passphrase())
}

/// Encrypts for all of these recipients; each of them can open it.
///
/// # Errors
/// If there is no recipient, or no random bytes.
pub fn seal(plain: &[u8], recipients: &[Recipient]) -> Result<Vec<u8>, AgeError> {
    if recipients.is_empty() {
        return Err(AgeError::NoMatch);
    }
    let file_key = random::<16>()?;
    let stanzas = recipients.iter().map(|recipient| recipient.wrap(&file_key));
    let stanzas: Vec<String> = stanzas.collect::<Result<_, _>>()?;
    payload::seal(plain, &file_key, header::written(&stanzas, &file_key)?)
}

/// Encrypts with a passphrase; that takes 256 MB of memory and about a second, as does opening it.
///
/// # Errors
/// If there are no random bytes.
pub fn seal_with(plain: &[u8], passphrase: &Passphrase) -> Result<Vec<u8>, AgeError> {
    let file_key = random::<16>()?;
    let stanza = passphrase.wrap(&file_key)?;
    payload::seal(plain, &file_key, header::written(&[stanza], &file_key)?)
}

/// What is in an encrypted file, all of it or nothing.
///
/// # Errors
/// If it is not such a file, if none of the keys opens it, or if it was changed.
pub fn open(file: &[u8], keys: &[Key]) -> Result<Zeroizing<Vec<u8>>, AgeError> {
    let plain = armor::unarmored(file)?;
    let header = Header::parse(&plain)?;
    let mut found = None;
    for key in keys {
        found = match key {
            Key::Identity(identity) => identity.unwrap(&header)?,
            Key::Passphrase(passphrase) => passphrase.unwrap(&header)?,
        };
        if found.is_some() {
            break;
        }
    }
    let file_key = found.ok_or(AgeError::NoMatch)?;
    header.verify(&file_key)?;
    payload::open(header.payload, &file_key)
}

#[cfg(test)]
mod tests;
