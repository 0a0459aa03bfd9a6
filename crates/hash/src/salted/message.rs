//! Bytes into lanes and out of them.

use zeroize::Zeroizing;

use crate::arch::InLanes;
use crate::lanes::chain::Message;
use crate::lanes::line::{Line, Word};

/// Pads a message to whole blocks, with so many bytes counted that came before.
pub(super) fn pad<D: InLanes>(message: &mut Vec<u8>, before: usize) {
    let word = D::Word::BYTES;
    let bits = u64::try_from(before + message.len()).unwrap_or(u64::MAX) * 8;
    message.push(0x80);
    let blocks = (message.len() + 2 * word).next_multiple_of(16 * word);
    message.resize(blocks - 8, 0);
    bits.write(D::ORDER, message);
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

/// Adds the bytes of one lane.
pub(super) fn take<D: InLanes>(lines: &[Line<D::Word>], lane: usize, bytes: &mut Vec<u8>) {
    for line in lines {
        line.get(lane).write(D::ORDER, bytes);
    }
}
