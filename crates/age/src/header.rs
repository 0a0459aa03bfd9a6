//! The head of an encrypted file: for whom it is, and a seal on that.

use base64ct::{Base64Unpadded, Encoding};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::AgeError;
use crate::file_key::FileKey;

/// How every file begins, of whatever version.
pub(super) const MAGIC: &[u8] = b"age-encryption.org/";
const VERSION: &[u8] = b"age-encryption.org/v1";
/// A file for more recipients is not a file of a school, and costs a key exchange for each.
const MOST_STANZAS: usize = 1_000;
/// How wide the body of a stanza is; a shorter line ends it.
const WIDTH: usize = 64;

/// A head that was understood, and what follows it.
pub(super) struct Header<'f> {
    stanzas: Vec<Stanza<'f>>,
    /// What the seal is on.
    sealed: &'f [u8],
    seal: Vec<u8>,
    pub(super) payload: &'f [u8],
}

/// The file key, encrypted for one recipient.
pub(super) struct Stanza<'f> {
    pub(super) arguments: Vec<&'f str>,
    pub(super) body: Vec<u8>,
}

impl<'f> Header<'f> {
    pub(super) fn parse(file: &'f [u8]) -> Result<Self, AgeError> {
        if !file.starts_with(MAGIC) {
            return Err(AgeError::NotAge);
        }
        let mut rest = file;
        if line(&mut rest)? != VERSION {
            return Err(AgeError::Version);
        }
        let mut stanzas = Vec::new();
        loop {
            let before = file.len() - rest.len();
            let first = line(&mut rest)?;
            if let Some(seal) = first.strip_prefix(b"--- ") {
                let seal = decoded(seal)?;
                let sealed = file.get(..before + 3).unwrap_or_default();
                let header = Self { stanzas, sealed, seal, payload: rest };
                return header.checked();
            }
            let arguments = first.strip_prefix(b"-> ").ok_or(AgeError::Header)?;
            if stanzas.len() == MOST_STANZAS {
                return Err(AgeError::Header);
            }
            stanzas.push(Stanza { arguments: arguments_of(arguments)?, body: body(&mut rest)? });
        }
    }

    /// A passphrase is alone: who knows it can be sure that whoever wrote the file knew it.
    fn checked(self) -> Result<Self, AgeError> {
        let lonely = !self.wants_passphrase() || self.stanzas.len() == 1;
        if self.stanzas.is_empty() || self.seal.len() != 32 || !lonely {
            return Err(AgeError::Header);
        }
        Ok(self)
    }

    /// The stanzas of a kind.
    pub(super) fn stanzas(&self, kind: &str) -> impl Iterator<Item = &Stanza<'f>> {
        self.stanzas.iter().filter(move |stanza| stanza.arguments.first() == Some(&kind))
    }

    pub(super) fn wants_passphrase(&self) -> bool {
        self.stanzas("scrypt").next().is_some()
    }

    /// Whether the head is as it was when that key sealed it.
    pub(super) fn verify(&self, file_key: &FileKey) -> Result<(), AgeError> {
        let mac = sealing(file_key)?.chain_update(self.sealed);
        mac.verify_slice(&self.seal).map_err(|_| AgeError::Damaged)
    }
}

/// A head with these stanzas, sealed.
pub(super) fn written(stanzas: &[String], file_key: &FileKey) -> Result<String, AgeError> {
    let mut text = String::from("age-encryption.org/v1\n");
    text.extend(stanzas.iter().map(String::as_str));
    text.push_str("---");
    let seal = sealing(file_key)?.chain_update(text.as_bytes()).finalize().into_bytes();
    text.push(' ');
    text.push_str(&encoded(&seal));
    text.push('\n');
    Ok(text)
}

/// A stanza as text; the bodies that we write are shorter than a line.
pub(super) fn stanza(arguments: &str, body: &[u8]) -> String {
    format!("-> {arguments}\n{}\n", encoded(body))
}

/// 32 bytes from others (HKDF with SHA-256, RFC 5869).
pub(super) fn derived(
    from: &[u8],
    salt: &[u8],
    purpose: &str,
) -> Result<Zeroizing<[u8; 32]>, AgeError> {
    let mut key = Zeroizing::new([0; 32]);
    let expanded = Hkdf::<Sha256>::new(Some(salt), from).expand(purpose.as_bytes(), &mut *key);
    expanded.map_err(|_| AgeError::Header)?;
    Ok(key)
}

/// Base64 without padding.
pub(super) fn encoded(bytes: &[u8]) -> String {
    Base64Unpadded::encode_string(bytes)
}

/// Bytes of Base64 without padding, in the one way to write them.
pub(super) fn decoded(text: &[u8]) -> Result<Vec<u8>, AgeError> {
    let text = str::from_utf8(text).map_err(|_| AgeError::Header)?;
    Base64Unpadded::decode_vec(text).map_err(|_| AgeError::Header)
}

fn sealing(file_key: &FileKey) -> Result<Hmac<Sha256>, AgeError> {
    let key = derived(&**file_key, &[], "header")?;
    Hmac::new_from_slice(&*key).map_err(|_| AgeError::Header)
}

/// Takes a line without its end.
fn line<'f>(rest: &mut &'f [u8]) -> Result<&'f [u8], AgeError> {
    let end = rest.iter().position(|&byte| byte == b'\n').ok_or(AgeError::Header)?;
    let (line, behind) = rest.split_at(end);
    *rest = behind.get(1..).unwrap_or_default();
    Ok(line)
}

fn arguments_of(line: &[u8]) -> Result<Vec<&str>, AgeError> {
    let text = str::from_utf8(line).map_err(|_| AgeError::Header)?;
    let arguments: Vec<&str> = text.split(' ').collect();
    let visible = |argument: &&str| {
        !argument.is_empty() && argument.bytes().all(|byte| byte.is_ascii_graphic())
    };
    if arguments.iter().all(visible) { Ok(arguments) } else { Err(AgeError::Header) }
}

fn body(rest: &mut &[u8]) -> Result<Vec<u8>, AgeError> {
    let mut text = Vec::new();
    loop {
        let line = line(rest)?;
        if line.len() > WIDTH {
            return Err(AgeError::Header);
        }
        text.extend(line);
        if line.len() < WIDTH {
            return decoded(&text);
        }
    }
}
