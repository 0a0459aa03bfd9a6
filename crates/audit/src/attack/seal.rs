//! A checkpoint as a file: it says nothing to whoever has not the exports that it is of.
//!
//! The guesses are public. A checkpoint that said after which of them something was found would tell
//! a password, or leave a dozen to choose from. So the whole of it is sealed:
//! ```text
//! strongpass-checkpoint 3
//! ```
//! and a line feed, 16 random bytes of salt, 12 of nonce, then ChaCha20-Poly1305 (RFC 8439) under
//! Argon2id(SHA-256 of all exports, salt). Whoever takes a search up has the exports anyway. Its
//! length depends on how many hashes there are, and on nothing that was found.
//!
//! The key is a slow one because the hashes of an export may be few and without salt: who knows all
//! of an export but one password could try passwords on the checkpoint, at the price of a guess in
//! the history.

use std::error::Error;
use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit, Nonce, Tag};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::checkpoint::{Checkpoint, ClassState, LogEntry};
use super::time_slice::{SliceKind, TimeSlice};
use crate::accounts::number;
use crate::exports::Export;

/// The first line; it is sealed with the rest, so that no version is taken for another.
const HEADING: &[u8] = b"strongpass-checkpoint 3\n";
const NAME: &[u8] = b"strongpass-checkpoint ";

const SALT: usize = 16;
const NONCE: usize = 12;
const TAG: usize = 16;

/// As the history hashes passwords: 19 MiB and 2 passes.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// Why a checkpoint cannot be written, or is not one of these exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckpointError {
    /// It is something else.
    Foreign,
    /// An earlier version wrote it, which sealed nothing.
    Plain,
    /// Another version wrote it.
    Version,
    /// It does not open: the exports are others, or a byte of it was changed.
    Sealed,
    /// There is no memory for the key.
    Memory,
    /// The system has no random numbers to give.
    Random,
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Foreign => {
                "this is not a checkpoint of an audit; give another name, or delete it to start again"
            }
            Self::Plain => {
                "an earlier version wrote this checkpoint, and whoever reads it can tell passwords \
                 from it; delete it to start again"
            }
            Self::Version => {
                "another version of this program wrote this checkpoint; go on with that version, or \
                 delete it to start again"
            }
            Self::Sealed => {
                "this checkpoint does not open with these exports; give the same files in the same \
                 order as when it was begun; if they are the same, it is damaged: delete it to \
                 start again"
            }
            Self::Memory => {
                "there is no memory to seal a checkpoint (19 MiB); make room, or go without \
                 --checkpoint"
            }
            Self::Random => {
                "the system gave no random numbers to seal a checkpoint with; see why getrandom(2) \
                 fails on this computer"
            }
        })
    }
}

impl Error for CheckpointError {}

impl Checkpoint {
    /// The checkpoint as a file that only these exports open, another one each time.
    ///
    /// # Errors
    /// If there is no memory for the key, or there are no random numbers.
    pub fn seal(&self, exports: &[Export]) -> Result<Vec<u8>, CheckpointError> {
        let mut random = [0; SALT + NONCE];
        getrandom::fill(&mut random).map_err(|_| CheckpointError::Random)?;
        let mut file = [HEADING, &random].concat();
        let start = file.len();
        // Room for all of it: what is not sealed yet is never copied elsewhere.
        file.reserve_exact(self.room() + TAG);
        self.write(&mut file);
        file.resize(start + self.room(), 0);
        let (salt, nonce) = random.split_first_chunk().ok_or(CheckpointError::Foreign)?;
        let text = file.get_mut(start..).unwrap_or_default();
        let nonce = Nonce::try_from(nonce).map_err(|_| CheckpointError::Foreign)?;
        let tag = cipher(exports, salt)?
            .encrypt_inout_detached(&nonce, HEADING, text.into())
            .map_err(|_| CheckpointError::Memory)?;
        file.extend_from_slice(&tag);
        Ok(file)
    }

    /// The checkpoint of a file that [`seal`](Self::seal) made of the same exports.
    ///
    /// # Errors
    /// If it is something else, of another version, of other exports, or changed.
    pub fn open(file: &[u8], exports: &[Export]) -> Result<Self, CheckpointError> {
        let Some(rest) = file.strip_prefix(HEADING) else {
            return Err(match file {
                [b'{', ..] => CheckpointError::Plain,
                _ if file.starts_with(NAME) => CheckpointError::Version,
                _ => CheckpointError::Foreign,
            });
        };
        let parts = rest.split_first_chunk::<SALT>().and_then(|(salt, rest)| {
            let (nonce, rest) = rest.split_first_chunk::<NONCE>()?;
            let (text, tag) = rest.split_last_chunk::<TAG>()?;
            Some((salt, nonce, text, tag))
        });
        let (salt, nonce, text, tag) = parts.ok_or(CheckpointError::Sealed)?;
        let mut text = Zeroizing::new(text.to_vec());
        cipher(exports, salt)?
            .decrypt_inout_detached(
                &Nonce::from(*nonce),
                HEADING,
                text.as_mut_slice().into(),
                &Tag::from(*tag),
            )
            .map_err(|_| CheckpointError::Sealed)?;
        Self::read(&text).ok_or(CheckpointError::Foreign)
    }

    /// As many bytes as it may need, whatever is found: each target is found once at the most.
    fn room(&self) -> usize {
        HEAD + self.classes.len() * STATE + usize::try_from(self.targets).unwrap_or(0) * ENTRY
    }

    fn write(&self, into: &mut Vec<u8>) {
        into.extend(self.of.to_le_bytes());
        into.extend(self.targets.to_le_bytes());
        into.extend(count(self.classes.len()));
        into.extend(count(self.log.len()));
        for state in &self.classes {
            let ClassState { rank, spent, everyone, over, .. } = *state;
            for number in [rank, spent].into_iter().chain(state.places().map(wide)) {
                into.extend(number.to_le_bytes());
            }
            into.extend(everyone.to_le_bytes());
            into.push(u8::from(over));
        }
        for LogEntry { class, slice, targets } in &self.log {
            into.extend(class.to_le_bytes());
            into.push(slice.kind.number());
            into.extend(slice.at.0.to_le_bytes());
            into.extend(slice.at.1.to_le_bytes());
            into.extend(count(targets.len()));
            for target in targets {
                into.extend(target.to_le_bytes());
            }
        }
    }

    fn read(text: &[u8]) -> Option<Self> {
        let mut reader = Reader(text);
        let (of, targets) = (reader.u64()?, reader.u32()?);
        let (classes, log) = (reader.u32()?, reader.u32()?);
        let mut checkpoint = Self { of, targets, classes: Vec::new(), log: Vec::new() };
        for _ in 0..classes {
            let (rank, spent) = (reader.u64()?, reader.u64()?);
            let mut places = [0; 8];
            for place in &mut places {
                *place = usize::try_from(reader.u64()?).ok()?;
            }
            let everyone = reader.u32()?;
            let [over] = reader.array()?;
            let over = over > 0;
            let state = ClassState { rank, spent, everyone, over, ..ClassState::default() };
            checkpoint.classes.push(state.at(places));
        }
        for _ in 0..log {
            let class = reader.u32()?;
            let [kind] = reader.array()?;
            let kind = SliceKind::ALL.into_iter().find(|known| known.number() == kind)?;
            let at = (reader.u64()?, reader.u64()?);
            let targets = (0..reader.u32()?).map(|_| reader.u32()).collect::<Option<_>>()?;
            checkpoint.log.push(LogEntry { class, slice: TimeSlice { kind, at }, targets });
        }
        Some(checkpoint)
    }
}

/// What is before the classes, a class, and an entry of one target, in bytes.
const HEAD: usize = 8 + 4 + 4 + 4;
const STATE: usize = 10 * 8 + 4 + 1;
const ENTRY: usize = 4 + 1 + 16 + 4 + 4;

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn count(length: usize) -> [u8; 4] {
    number(length).to_le_bytes()
}

impl SliceKind {
    const ALL: [Self; 5] = [Self::Personal, Self::Common, Self::Everyone, Self::Own, Self::Similar];

    const fn number(self) -> u8 {
        match self {
            Self::Personal => 0,
            Self::Common => 1,
            Self::Everyone => 2,
            Self::Own => 3,
            Self::Similar => 4,
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*array)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }
}

fn cipher(exports: &[Export], salt: &[u8; SALT]) -> Result<ChaCha20Poly1305, CheckpointError> {
    let mut all = Sha256::new();
    for export in exports {
        all.update(export.checksum.as_slice());
    }
    let all = Zeroizing::new(<[u8; 32]>::from(all.finalize()));
    let (memory, passes, lanes) = COST;
    let mut key = Zeroizing::new([0; 32]);
    Params::new(memory, passes, lanes, Some(key.len()))
        .and_then(|params| {
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
                all.as_slice(),
                salt,
                key.as_mut_slice(),
            )
        })
        .map_err(|_| CheckpointError::Memory)?;
    Ok(ChaCha20Poly1305::new(&Key::from(*key)))
}
