//! Bytes into lanes and out of them.

use std::slice::ChunksExact;

use sha2::Digest as _;
use zeroize::{Zeroize as _, Zeroizing};

use crate::arch::digests::InLanes;
use crate::lanes::chain::Message;
use crate::lanes::line::{Line, Lines, Order, Word};

/// Pads a message to whole blocks; `before` bytes came before it and are counted.
pub(super) fn pad<D: InLanes>(message: &mut Vec<u8>, before: usize) {
    let word = D::Word::BYTES;
    let bits = u64::try_from(before + message.len()).unwrap_or(u64::MAX) * 8;
    message.push(0x80);
    let blocks = (message.len() + 2 * word).next_multiple_of(16 * word);
    message.resize(blocks - 8, 0);
    message.extend(match D::ORDER {
        Order::LittleEndian => bits.to_le_bytes(),
        Order::BigEndian => bits.to_be_bytes(),
    });
}

/// Makes the message of one lane: what is before the hole and what is behind it.
pub(super) fn put_around<D: InLanes>(
    message: &mut Message<D::Word>,
    lane: usize,
    before: &[&[u8]],
    behind: &[&[u8]],
    scratch: &mut Zeroizing<Vec<u8>>,
) {
    scratch.clear();
    scratch.extend(before.iter().copied().flatten());
    let hole = scratch.len();
    scratch.resize(hole + D::START.len() * D::Word::BYTES, 0);
    scratch.extend(behind.iter().copied().flatten());
    pad::<D>(scratch, 0);
    put::<D>(&mut message.lines, lane, scratch);
    let first = hole / D::Word::BYTES;
    let bits = u32::try_from(hole % D::Word::BYTES).unwrap_or(0) * 8;
    message.hole = (first, bits);
    for (end, place) in message.ends.iter_mut().zip([first, first + D::START.len()]) {
        end.set(lane, message.lines.get(place).map(|line| line.get(lane)).unwrap_or_default());
    }
}

/// Writes the words of one lane; there are then as many lines as words.
pub(super) fn put<D: InLanes>(lines: &mut Vec<Line<D::Word>>, lane: usize, bytes: &[u8]) {
    let words = bytes.chunks(D::Word::BYTES);
    if lines.capacity() < words.len() {
        // Not by growing, which leaves a copy behind.
        let mut room = Vec::with_capacity(words.len());
        room.extend_from_slice(lines);
        lines.zeroize();
        *lines = room;
    }
    lines.resize_with(words.len(), Line::default);
    for (line, word) in lines.iter_mut().zip(words) {
        line.set(lane, D::Word::read(word, D::ORDER));
    }
}

/// Writes the same words for all lanes.
pub(super) fn put_all<D: InLanes>(lines: &mut Vec<Line<D::Word>>, bytes: &[u8]) {
    lines.clear();
    let words = bytes.chunks(D::Word::BYTES);
    lines.extend(words.map(|word| Line::splat(D::Word::read(word, D::ORDER))));
}

/// The digests of all lanes.
pub(super) fn take<'b, D: InLanes>(
    lines: &[Line<D::Word>],
    bytes: &'b mut Vec<u8>,
) -> ChunksExact<'b, u8> {
    let digest = D::START.len() * D::Word::BYTES;
    bytes.resize(Line::<D::Word>::LANES * digest, 0);
    for (lane, digest) in bytes.chunks_exact_mut(digest).enumerate() {
        for (line, word) in lines.iter().zip(digest.chunks_exact_mut(D::Word::BYTES)) {
            line.get(lane).put(D::ORDER, word);
        }
    }
    bytes.chunks_exact(digest)
}

/// Adds the bytes of one lane, where there are zeros, from that byte on.
pub(super) fn blend<D: InLanes>(lines: &mut [Line<D::Word>], lane: usize, bytes: &[u8], at: usize) {
    let word = D::Word::BYTES;
    let bits = u32::try_from(at % word).unwrap_or(0) * 8;
    let mut left = D::Word::default();
    let mut lines = lines.iter_mut().skip(at / word);
    for (chunk, line) in bytes.chunks(word).zip(&mut lines) {
        let [here, next] = D::Word::read(chunk, D::ORDER).split(D::ORDER, bits);
        line.add(lane, left, here);
        left = next;
    }
    if let Some(line) = lines.next() {
        line.add(lane, left, D::Word::default());
    }
}

/// The states after the block of the keys, with the inner and the outer pad (RFC 2104).
pub(super) fn keyed<D: InLanes>(on: D::On, keys: &[Zeroizing<Vec<u8>>]) -> [Lines<D::Word>; 2] {
    [0x36, 0x5c].map(|padding| {
        let mut message = Lines::default();
        let mut block = Zeroizing::new(Vec::with_capacity(16 * D::Word::BYTES));
        for (lane, key) in keys.iter().enumerate() {
            let long = key.len() > 16 * D::Word::BYTES;
            let digest = long.then(|| D::Scalar::digest(key));
            let key = digest.as_ref().map_or(key.as_slice(), |digest| digest.as_slice());
            block.clear();
            block.extend(key.iter().map(|byte| byte ^ padding));
            block.resize(16 * D::Word::BYTES, padding);
            put::<D>(&mut message, lane, &block);
        }
        let states: Vec<_> = D::START.iter().copied().map(Line::splat).collect();
        let mut states = Lines::from(states);
        D::absorb(on, &mut states, &message, keys.len());
        states
    })
}

/// Makes HMACs of inner digests, with room for a message.
pub(super) fn outer<D: InLanes>(
    on: D::On,
    keyed: &[Line<D::Word>],
    digests: &mut [Line<D::Word>],
    message: &mut Vec<Line<D::Word>>,
    lanes: usize,
) {
    let mut padded = vec![0; D::START.len() * D::Word::BYTES];
    pad::<D>(&mut padded, 16 * D::Word::BYTES);
    put_all::<D>(message, &padded);
    message.iter_mut().zip(&*digests).for_each(|(to, from)| *to = *from);
    digests.copy_from_slice(keyed);
    D::absorb(on, digests, message, lanes);
}
