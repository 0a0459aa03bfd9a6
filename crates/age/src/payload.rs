//! The payload of an encrypted file: chunks of 64 KiB under the STREAM construction (Hoang,
//! Reyhanitabar, Rogaway and Vizár 2015, ePrint 2015/189). Each chunk is sealed with its number and
//! whether it is the last, so that none can be left out, moved or added.

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit, Nonce, Tag};
use zeroize::Zeroizing;

use crate::error::AgeError;
use crate::file_key::{FileKey, random};
use crate::header::derived;

const CHUNK: usize = 64 << 10;
const TAG: usize = 16;
const NONCE: usize = 16;

/// Adds what is encrypted behind its head.
pub(super) fn seal(plain: &[u8], file_key: &FileKey, head: String) -> Result<Vec<u8>, AgeError> {
    let nonce = random::<NONCE>()?;
    let mut stream = Stream::new(file_key, &nonce)?;
    let mut file = head.into_bytes();
    // Room for all of it: text that is not encrypted yet is never copied elsewhere.
    file.reserve_exact(NONCE + plain.len() + (plain.len() / CHUNK + 1) * TAG);
    file.extend_from_slice(&*nonce);
    let mut rest = plain;
    loop {
        let (chunk, behind) = rest.split_at(rest.len().min(CHUNK));
        let start = file.len();
        file.extend_from_slice(chunk);
        let written = file.get_mut(start..).unwrap_or_default();
        let tag = stream.seal(written, behind.is_empty())?;
        file.extend_from_slice(&tag);
        if behind.is_empty() {
            return Ok(file);
        }
        rest = behind;
    }
}

/// Decrypts what is behind the head.
pub(super) fn open(payload: &[u8], file_key: &FileKey) -> Result<Zeroizing<Vec<u8>>, AgeError> {
    let (nonce, mut rest) = payload.split_first_chunk::<NONCE>().ok_or(AgeError::Damaged)?;
    let mut stream = Stream::new(file_key, nonce)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(rest.len()));
    loop {
        let (chunk, behind) = rest.split_at(rest.len().min(CHUNK + TAG));
        let (text, tag) = chunk.split_last_chunk::<TAG>().ok_or(AgeError::Damaged)?;
        // Only an empty file ends in an empty chunk.
        if text.is_empty() && !plain.is_empty() {
            return Err(AgeError::Damaged);
        }
        let start = plain.len();
        plain.extend_from_slice(text);
        let written = plain.get_mut(start..).unwrap_or_default();
        stream.open(written, tag, behind.is_empty())?;
        if behind.is_empty() {
            return Ok(plain);
        }
        rest = behind;
    }
}

/// The cipher and the number of the next chunk.
struct Stream {
    cipher: ChaCha20Poly1305,
    number: u64,
}

impl Stream {
    fn new(file_key: &FileKey, nonce: &[u8; NONCE]) -> Result<Self, AgeError> {
        let key = derived(&**file_key, nonce, "payload")?;
        Ok(Self { cipher: ChaCha20Poly1305::new(&Key::from(*key)), number: 0 })
    }

    /// Eleven bytes of number, and whether it is the last.
    fn nonce(&mut self, last: bool) -> Nonce {
        let mut nonce = [0; 12];
        let (_, number) = nonce.split_at_mut(3);
        let (number, end) = number.split_at_mut(8);
        number.copy_from_slice(&self.number.to_be_bytes());
        end.fill(u8::from(last));
        self.number += 1;
        Nonce::from(nonce)
    }

    fn seal(&mut self, chunk: &mut [u8], last: bool) -> Result<Tag, AgeError> {
        let nonce = self.nonce(last);
        self.cipher.encrypt_inout_detached(&nonce, &[], chunk.into()).map_err(|_| AgeError::Damaged)
    }

    fn open(&mut self, chunk: &mut [u8], tag: &[u8; TAG], last: bool) -> Result<(), AgeError> {
        let nonce = self.nonce(last);
        self.cipher
            .decrypt_inout_detached(&nonce, &[], chunk.into(), &Tag::from(*tag))
            .map_err(|_| AgeError::Damaged)
    }
}
