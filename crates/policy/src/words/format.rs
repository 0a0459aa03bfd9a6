//! What the writer and the reader of a compiled list have in common; see
//! [`dictionary`](super::dictionary) for the whole format.

/// How a file begins.
pub(crate) const MAGIC: [u8; 8] = *b"spwords3";

/// How one began that still had a count for each cell.
pub(crate) const MAGIC_WITH_COUNTS: [u8; 8] = *b"spwords2";

/// The most keys of an entry.
pub(crate) const MAX_ENTRY: usize = 48;

/// FNV-1a over words of eight bytes: finds damage, not malice.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let rest = rest.iter().map(|&byte| u64::from(byte));
    let words = words.iter().map(|&word| u64::from_le_bytes(word)).chain(rest);
    words.fold(0xcbf2_9ce4_8422_2325, |hash, word| {
        let hash = (hash ^ word).wrapping_mul(0x0100_0000_01b3);
        hash ^ (hash >> 32)
    })
}
