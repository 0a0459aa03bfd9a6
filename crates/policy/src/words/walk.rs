//! Finds the entries of a word list in a folded password, disguises included.
//!
//! The walk is a product: the automaton of the list × the letters that each cell may stand for. No
//! spelling is ever enumerated: a branch lives only while some entry goes on like it, so the work
//! is bounded by cells × the length of the longest entry × a small factor.

use zeroize::Zeroizing;

use super::automaton::{Automaton, Four};
use super::disguise::Disguise;
use super::format::MAX_ENTRY;
use super::hits::Hit;
use super::list::Tag;
use crate::characters::fold::{Block, Folded, is_either, is_rare, read_as};

/// What the walk found, for the rule to decide whether it counts.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) hit: Hit,
    /// All keys of the password.
    keys: &'a [u8],
    /// A bit for each key that was read, the last one lowest: whether it stands for an l and might
    /// stand for an i.
    ells: u64,
}

impl Found<'_> {
    /// All keys of the password.
    pub(crate) fn keys(&self) -> &[u8] {
        self.keys
    }

    /// How many letters the entry has.
    pub(crate) fn len(&self) -> usize {
        if self.hit.disguise == Disguise::Split {
            self.hit.letters
        } else {
            self.hit.end - self.hit.start
        }
    }

    /// Whether the entry is of letters only: others are looked for as they are.
    pub(crate) fn is_word(&self) -> bool {
        self.hit.disguise != Disguise::None || self.hit.letters == self.len()
    }

    /// Whether it is found forwards too, because it reads the same backwards.
    #[inline]
    pub(crate) fn is_twice(&self) -> bool {
        let backwards = matches!(self.hit.disguise, Disguise::Reversed | Disguise::ReversedSwapped);
        let mut half = 0..self.len() / 2;
        backwards && half.all(|n| self.letter(n) == self.letter(self.len() - 1 - n))
    }

    /// The entry, folded.
    pub(crate) fn entry(&self) -> Zeroizing<Vec<u8>> {
        let keys = self.keys.get(self.hit.start..self.hit.end).unwrap_or_default();
        Zeroizing::new(match self.hit.disguise {
            Disguise::None => keys.to_vec(),
            Disguise::Split => keys.iter().copied().filter(u8::is_ascii_lowercase).collect(),
            Disguise::Reversed | Disguise::Swapped | Disguise::ReversedSwapped => {
                (0..keys.len()).map(|n| self.letter(n)).collect()
            }
        })
    }

    /// The letter as which the key was read that was read after `n` others.
    fn letter(&self, n: usize) -> u8 {
        let forwards = self.hit.disguise == Disguise::Swapped;
        let last = self.len() - 1;
        let at = self.hit.start + if forwards { n } else { last - n };
        let is_ell = u32::try_from(last - n).ok().and_then(|bit| self.ells.checked_shr(bit));
        match self.keys.get(at) {
            Some(_) if is_ell.is_some_and(|ells| ells & 1 == 1) => b'l',
            Some(&key) => read_as(key),
            None => 0,
        }
    }
}

/// Fewer real letters make no disguised entry count, of whatever list.
const LEAST_LETTERS: usize = 1;

/// Walks the keys of a password from every start, forwards, backwards and over the letters alone,
/// and calls `each` for every entry found; but for those that count nowhere: disguised ones with
/// fewer than [`LEAST_LETTERS`], and three letters of a list that do not stand alone.
pub(crate) fn walk<A: Automaton>(automaton: A, folded: &Folded<'_>, each: impl FnMut(Found<'_>)) {
    // Behind the last key is a 0, which ends an entry of three letters.
    let blocks = folded.blocks();
    let has_pieces = !matches!(blocks, [block] if is_one_piece(block));
    let keys = folded.keys();
    let mut walk = Walk { automaton, keys, each, has_pieces, start: 0, longest_row: None };
    let mut four = Four::default();
    for (block, first) in blocks.iter().zip((0..).step_by(size_of::<Block>())) {
        // First where an entry may begin, then what begins there: neither waits for the other.
        let mut begins = 0_u32;
        for (at, &key) in block.iter().enumerate() {
            four = four.push(key);
            begins |= automaton.may_begin(four).bits() << (at * 2);
        }
        while begins != 0 {
            let bit = begins.trailing_zeros();
            begins &= begins - 1;
            let at = first + usize::try_from(bit / 2).unwrap_or(0);
            if bit.is_multiple_of(2) { walk.forwards(at) } else { walk.backwards(at) }
        }
    }
    if has_pieces {
        walk.pieces();
    }
}

/// Whether all letters stand in one row, and not just three of them.
fn is_one_piece(block: &Block) -> bool {
    let letters = letters(block);
    let lowest = letters & letters.wrapping_neg();
    // In a row of ones, the lowest carries past the highest.
    letters & (letters + lowest) == 0 && letters != lowest * 0b111
}

/// A bit for each key that is a letter, eight keys at a time (Warren, Hacker's Delight, §6-1).
fn letters(block: &Block) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let (halves, _) = block.as_chunks();
    halves.iter().rev().fold(0, |letters, half| {
        let keys = u64::from_le_bytes(*half);
        // What is added carries into the highest bit of a byte, from ASCII never past it.
        let ascii = keys & (EACH * 0x7f);
        let from_a = ascii + EACH * u64::from(0x80 - b'a');
        let beyond_z = ascii + EACH * u64::from(0x7f - b'z');
        let highest = (from_a & !beyond_z & !keys) >> 7 & EACH;
        // Gathers the lowest bits of eight bytes in the last.
        letters << 8 | highest.wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

const FORWARDS: bool = true;
const BACKWARDS: bool = false;

struct Walk<'a, A, F> {
    automaton: A,
    keys: &'a [u8],
    each: F,
    /// Whether there may be something else between letters, or three letters alone.
    has_pieces: bool,
    /// The key that was read first.
    start: usize,
    /// How many letters in a row an entry has at most at its beginning that are an i or an l.
    longest_row: Option<usize>,
}

/// Where a reading of the keys has come to.
#[derive(Clone, Copy)]
struct Place<S> {
    state: S,
    /// How many keys were read, and how many of them are letters.
    read: usize,
    letters: usize,
    /// As in [`Found`].
    ells: u64,
}

impl<S> Place<S> {
    /// Where `letters` were read for themselves.
    fn plain(state: S, letters: usize) -> Self {
        Self { state, read: letters, letters, ells: 0 }
    }
}

/// Keys in reading direction.
trait Keys: Iterator<Item = u8> + Clone {}

impl<I: Iterator<Item = u8> + Clone> Keys for I {}

impl<A: Automaton, F: FnMut(Found<'_>)> Walk<'_, A, F> {
    /// Reads on from four keys, the last of which is at `at`.
    #[inline]
    fn forwards(&mut self, at: usize) {
        let Some(start) = at.checked_sub(3) else { return };
        self.start = start;
        self.plain::<FORWARDS>(self.keys.get(start..).unwrap_or_default().iter().copied());
    }

    /// Reads on backwards from four keys, the last of which is at `at`.
    #[inline]
    fn backwards(&mut self, at: usize) {
        self.start = at;
        let keys = self.keys.get(..=at).unwrap_or_default();
        self.plain::<BACKWARDS>(keys.iter().rev().copied());
    }

    /// Reads letters for themselves.
    #[inline]
    fn plain<const FORWARD: bool>(&mut self, mut keys: impl Keys) {
        let automaton = self.automaton;
        let (mut state, mut read) = (automaton.root(), 0);
        loop {
            let rest = keys.clone();
            let Some(key) = keys.next() else { return };
            if !key.is_ascii_lowercase() {
                return self.aside::<FORWARD>(Place::plain(state, read), rest);
            }
            let Some((next, tag)) = automaton.step(state, key) else { return };
            state = next;
            read += 1;
            if tag != 0 {
                let disguise = if FORWARD { Disguise::None } else { Disguise::Reversed };
                self.found(&Place::plain(state, read), disguise, tag);
            }
        }
    }

    /// Reads a digit or symbol and what follows it: for the letters that they may stand for, past
    /// them, and for themselves.
    #[inline(never)]
    fn aside<const FORWARD: bool>(&mut self, place: Place<A::State>, keys: impl Keys) {
        let Some(key) = keys.clone().next() else { return };
        let automaton = self.automaton;
        let goes_on = |key| automaton.step(place.state, key).is_some();
        let letter = read_as(key);
        // Whoever turns a word round takes the usual swaps.
        let is_swap = letter != key && (FORWARD || !is_rare(key));
        if is_swap
            && (goes_on(letter) || is_either(key) && goes_on(b'l'))
            && (place.letters >= LEAST_LETTERS || self.has_letters::<FORWARD>(&place))
            && !(place.read == 0 && self.is_barren(keys.clone()))
        {
            self.swapped::<FORWARD>(place, keys.clone());
        }
        if !FORWARD {
            return;
        }
        // Where fewer letters were read, the first four have something in between.
        if self.has_pieces && place.read >= 4 {
            self.past(place, keys.clone());
        }
        // An entry with digits or symbols of its own is looked for as it is, forwards.
        if goes_on(key) {
            self.literal(place, keys);
        }
    }

    /// Whether the keys ahead have the real letters that a disguised entry still needs.
    fn has_letters<const FORWARD: bool>(&self, place: &Place<A::State>) -> bool {
        let ahead = if FORWARD {
            let start = self.start + place.read;
            start..self.keys.len().min(start + MAX_ENTRY)
        } else {
            let end = self.start + 1 - place.read;
            end.saturating_sub(MAX_ENTRY)..end
        };
        let ahead = self.keys.get(ahead).unwrap_or_default();
        let needed = LEAST_LETTERS.saturating_sub(place.letters);
        ahead.iter().filter(|key| key.is_ascii_lowercase()).take(needed).count() == needed
    }

    /// Whether no entry begins with as many an i or l as there are keys ahead that may stand for
    /// them: none of its real letters would be reached, and all ways are tried in vain.
    fn is_barren(&mut self, ahead: impl Keys) -> bool {
        let is_row = |key: &u8| is_either(*key);
        let row = ahead.take(MAX_ENTRY).take_while(is_row).count();
        let automaton = self.automaton;
        let longest = || longest_row(automaton, automaton.root(), MAX_ENTRY);
        row > 4 && row > *self.longest_row.get_or_insert_with(longest)
    }

    /// Reads on, each digit or symbol as the letter that it may stand for.
    fn swapped<const FORWARD: bool>(&mut self, mut place: Place<A::State>, mut keys: impl Keys) {
        while let Some(key) = keys.next() {
            let mut letter = read_as(key);
            if !letter.is_ascii_lowercase() || !FORWARD && is_rare(key) {
                return;
            }
            place.letters += usize::from(letter == key);
            place.ells <<= 1;
            if is_either(key) && self.automaton.step(place.state, b'l').is_some() {
                if let Some(as_i) = self.swap::<FORWARD>(place, letter) {
                    self.swapped::<FORWARD>(as_i, keys.clone());
                }
                letter = b'l';
                place.ells |= 1;
            }
            let Some(next) = self.swap::<FORWARD>(place, letter) else { return };
            place = next;
        }
    }

    #[inline]
    fn swap<const FORWARD: bool>(
        &mut self,
        mut place: Place<A::State>,
        letter: u8,
    ) -> Option<Place<A::State>> {
        let (next, tag) = self.automaton.step(place.state, letter)?;
        place.state = next;
        place.read += 1;
        if tag != 0 {
            let disguise = if FORWARD { Disguise::Swapped } else { Disguise::ReversedSwapped };
            self.found(&place, disguise, tag);
        }
        Some(place)
    }

    /// Reads on over the letters, past everything else.
    fn past(&mut self, mut place: Place<A::State>, keys: impl Keys) {
        for key in keys {
            place.read += 1;
            if !key.is_ascii_lowercase() {
                continue;
            }
            place.letters += 1;
            let Some((next, tag)) = self.automaton.step(place.state, key) else { return };
            place.state = next;
            if tag != 0 && place.letters < place.read {
                self.found(&place, Disguise::Split, tag);
            }
        }
    }

    /// Reads on, every key for itself.
    fn literal(&mut self, mut place: Place<A::State>, keys: impl Keys) {
        for key in keys {
            let Some((next, tag)) = self.automaton.step(place.state, key) else { return };
            place.state = next;
            place.read += 1;
            place.letters += usize::from(key.is_ascii_lowercase());
            if tag != 0 {
                self.found(&place, Disguise::None, tag);
            }
        }
    }

    /// Looks for what four keys in a row do not show: three letters that stand alone, and words
    /// with something else between their first four letters.
    fn pieces(&mut self) {
        // The last four letters, how many there were, and how many of them in a row up to here.
        let (mut letters, mut seen, mut row) = (Four::default(), 0_usize, 0_usize);
        for (at, &key) in self.keys.iter().enumerate() {
            if key.is_ascii_lowercase() {
                letters = letters.push_letter(key);
                (seen, row) = (seen + 1, row + 1);
                let is_between = row < 4 && row < seen && seen >= 4;
                if is_between && self.automaton.may_begin(letters).forwards() {
                    self.split(at);
                }
            } else {
                if row == 3 {
                    self.three(at - 3);
                }
                row = 0;
            }
        }
    }

    /// Reads past what is between four letters, the last of which is at `at`.
    #[inline(never)]
    fn split(&mut self, at: usize) {
        let before = self.keys.iter().enumerate().take(at + 1).rev();
        let letters = before.filter(|(_, key)| key.is_ascii_lowercase());
        let Some((start, _)) = letters.take(4).last() else { return };
        self.start = start;
        let keys = self.keys.get(start..).unwrap_or_default();
        self.past(Place::plain(self.automaton.root(), 0), keys.iter().copied());
    }

    /// Reads three letters that stand alone, unless they were read for what follows them.
    #[inline(never)]
    fn three(&mut self, start: usize) {
        let Some(&[a, b, c, d]) = self.keys.get(start..).and_then(|keys| keys.first_chunk()) else {
            return;
        };
        let three = Four::default().push_letter(a).push_letter(b).push_letter(c);
        let is_read = self.automaton.may_begin(three.push(d)).forwards();
        if !is_read && self.automaton.may_begin(three.push(0)).forwards() {
            self.start = start;
            self.plain::<FORWARDS>([a, b, c].into_iter());
        }
    }

    /// An entry ends here.
    #[inline(never)]
    fn found(&mut self, place: &Place<A::State>, disguise: Disguise, tag: u8) {
        let &Place { read, letters, ells, .. } = place;
        let backwards = matches!(disguise, Disguise::Reversed | Disguise::ReversedSwapped);
        let start = if backwards { self.start + 1 - read } else { self.start };
        if let Some(tag) = Tag::from_number(tag) {
            let hit = Hit { start, end: start + read, letters, disguise, tag };
            (self.each)(Found { hit, keys: self.keys, ells });
        }
    }
}

/// How many steps lead on from a state over an i or an l alone.
fn longest_row<A: Automaton>(automaton: A, state: A::State, most: usize) -> usize {
    let Some(most) = most.checked_sub(1) else { return 0 };
    let next = [b'i', b'l'].into_iter().filter_map(|letter| automaton.step(state, letter));
    next.map(|(next, _)| 1 + longest_row(automaton, next, most)).max().unwrap_or(0)
}
