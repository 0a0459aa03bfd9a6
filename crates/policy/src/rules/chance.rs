//! How likely chance makes it that an entry stands in a password, against how likely a person does.
//!
//! In a long enough row of random letters stands a word, too. So a find is weighed. Against it: how many
//! entries have so many letters, in how many places they could stand, in how many ways a disguise could
//! have been as slight, and how few people write words like that. For it: what each of its characters is
//! worth, of the alphabet that this password is made of; that no letter stands beside it; and that the
//! password is in order, letters with letters and digits with digits, as people leave it. It counts when
//! the balance is above [`ENOUGH`].
//!
//! So one question decides for every alphabet and length: of hexadecimal digits, six in a row spell a
//! word easily; of printable ASCII, four hardly do. All is in eighths of a bit. What people do was fitted
//! on made-up passwords (`tests/judgement.rs`): at most 0.7 % of random ones may be refused.

use crate::characters::fold::{Folded, is_rare};
use crate::words::disguise::Disguise;
use crate::words::hits::is_tidy;
use crate::words::walk::Found;

/// A bit, in the unit used here.
pub(crate) const BIT: u32 = 8;

/// A find is worth so much more than it costs, or it says nothing.
const ENOUGH: u32 = 60;
/// About as many words as are shipped; a larger list has more of every length.
const SHIPPED: usize = 170_000;
/// Longer passwords hold more of everything.
const EACH_MORE: u32 = 2;
const MOST_MORE: u32 = 40;
/// Few people mix capitals and small letters in a word, or write it backwards, or hide it.
const UNTIDY: u32 = 2 * BIT;
const BACKWARDS: u32 = 3 * BIT;
const SHORT_BACKWARDS: u32 = 6 * BIT;
const BACKWARDS_SWAPPED: u32 = BIT;
const SWAPPED: u32 = 2 * BIT;
const SPLIT: u32 = 20;
/// Four letters within others, or where capitals and small letters are mixed anyway.
const LOOSE: u32 = 2 * BIT;
const SHORT_IN_MIXED: u32 = 2 * BIT;
/// Fewer people count than say the same again.
const COUNTING: u32 = 3 * BIT;
/// For each change from one kind of character to another less than chance would make.
const ORDER: u32 = 28;
const MOST_ORDER: u32 = 10 * BIT;

/// What a password is made of, as far as it tells from which characters it was drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chance {
    /// What a given character is worth.
    each: u32,
    /// What it is worth that no letter stands before a word, or none behind it.
    bound: u32,
    /// Capitals and small letters in plenty: then case is worth something of its own.
    is_cased: bool,
    is_hex: bool,
    keys: usize,
    /// What it is worth that characters of one kind stand together.
    order: u32,
}

impl Chance {
    pub(crate) fn from_folded(folded: &Folded<'_>) -> Self {
        let kinds = Kinds::from_folded(folded);
        let keys = folded.keys().len();
        let (capitals, small) = (kinds.count(Kind::Capital), kinds.count(Kind::Small));
        let (digits, signs) = (kinds.count(Kind::Digit), kinds.count(Kind::Sign));
        let others = kinds.count(Kind::Other);
        let is_cased = capitals >= 2 && small >= 2;
        // Nobody writes these digits in both cases.
        let is_hex = capitals.min(small) == 0 && digits >= 2 && kinds.up_to_f == capitals + small;
        let of_letters = match (capitals + small, is_hex, is_cased) {
            (0, ..) => 0,
            (_, true, _) => 6,
            (_, _, true) => 52,
            _ => 26,
        };
        let of_digits = if digits > 0 { 10 } else { 0 };
        let of_symbols = match (signs, others) {
            (0, 0) => 0,
            _ if is_hex => 1,
            (_, 0) => 8,
            _ => 32,
        };
        let each = log2(of_letters + of_digits + of_symbols);
        let bound = each.saturating_sub(log2(of_digits + of_symbols));
        let order = if is_hex { 0 } else { kinds.order(keys) };
        Self { each, bound, is_cased, is_hex, keys, order }
    }

    /// Whether a find is more than chance, in a list of that many entries.
    pub(crate) fn is_enough(&self, found: &Found<'_>, folded: &Folded<'_>, entries: usize) -> bool {
        let hit = &found.hit;
        let length = units(found.len());
        let bounds = self.bounds(found);
        let places = log2((self.keys + 1).saturating_sub(hit.end - hit.start));
        let cost = (self.entries(found) + log2(entries / SHIPPED)).min(log2(entries))
            + self.case(length, is_tidy(hit, folded))
            + places
            + disguise(found)
            + self.short(found, bounds)
            + (units(self.keys.saturating_sub(8)) * EACH_MORE).min(MOST_MORE);
        length * self.each + bounds + self.order >= ENOUGH + cost
    }

    /// Whether a row of keys, or of digits, of that length is more than chance, which with
    /// sixteen different digits it may not be.
    pub(crate) fn is_enough_as_run(&self, length: usize) -> bool {
        let kinds = match length {
            ..=5 => 190,
            6 => 2_100,
            _ => 600,
        };
        !self.is_hex || self.is_enough_of(kinds, length)
    }

    /// Whether a date of six digits, or a year of four, is more than chance.
    pub(crate) fn is_enough_as_date(&self, digits: usize) -> bool {
        !self.is_hex || self.is_enough_of(if digits < 6 { 100 } else { 110_000 }, digits)
    }

    /// Whether it is more than chance that `again` characters repeat a piece of that length, or that each
    /// is the same or the next if they are `counting`.
    pub(crate) fn is_enough_as_repeat(&self, piece: usize, again: usize, counting: bool) -> bool {
        let ways = log2(self.keys) + log2(piece) + if counting { COUNTING } else { 0 };
        let each = self.each.saturating_sub(if counting { BIT } else { 0 });
        units(again) * each >= ENOUGH + ways
    }

    fn case(&self, length: u32, is_tidy: bool) -> u32 {
        match (self.is_cased, is_tidy) {
            (false, true) => 0,
            (false, false) => UNTIDY,
            (true, true) => log2(3),
            (true, false) => UNTIDY + length * BIT,
        }
    }

    /// What is against short entries besides.
    fn short(&self, found: &Found<'_>, bounds: u32) -> u32 {
        match (found.hit.disguise, found.len()) {
            (Disguise::None, ..=4) => {
                let loose = if found.len() == 4 && bounds == 0 { LOOSE } else { 0 };
                loose + if self.is_cased { SHORT_IN_MIXED } else { 0 }
            }
            (Disguise::Reversed, ..=4) => SHORT_BACKWARDS,
            _ => 0,
        }
    }

    fn is_enough_of(&self, kinds: usize, length: usize) -> bool {
        let places = log2((self.keys + 1).saturating_sub(length));
        units(length) * self.each >= ENOUGH + log2(kinds) + places
    }

    /// How many entries have that many letters: counted in the lists that are shipped.
    fn entries(&self, found: &Found<'_>) -> u32 {
        let is_swapped =
            matches!(found.hit.disguise, Disguise::Swapped | Disguise::ReversedSwapped);
        let all = match (found.len(), self.is_hex, is_swapped) {
            (0..=3, false, _) => 318,
            (4, false, _) => 2_800,
            (5, false, _) => 9_000,
            (_, false, _) => 22_000,
            (..=4, true, false) => 13,
            (_, true, false) => 24,
            (_, true, true) => 1_300,
        };
        log2(all).saturating_sub(if found.hit.tag.common { 2 * BIT } else { 0 })
    }

    /// No letter before it and none behind it.
    fn bounds(&self, found: &Found<'_>) -> u32 {
        let keys = found.keys();
        let before = found.hit.start.checked_sub(1).and_then(|at| keys.get(at));
        let after = keys.get(found.hit.end);
        let bounds = [before, after].map(|key| !key.is_some_and(u8::is_ascii_lowercase));
        units(bounds.into_iter().filter(|bound| *bound).count()) * self.bound
    }
}

/// How many ways of writing it are as slight as this one.
fn disguise(found: &Found<'_>) -> u32 {
    match found.hit.disguise {
        Disguise::None => 0,
        Disguise::Reversed if found.len() <= 4 => 0,
        Disguise::Reversed => BACKWARDS,
        Disguise::Swapped => swaps(found) + SWAPPED,
        Disguise::ReversedSwapped => BACKWARDS_SWAPPED + SWAPPED + swaps(found),
        Disguise::Split => gaps(found) + SPLIT,
    }
}

/// What kind of character a key was.
#[derive(Clone, Copy)]
enum Kind {
    Digit,
    Capital,
    Small,
    /// A symbol that generators with few symbols use.
    Sign,
    Other,
}

impl Kind {
    const fn from_key(key: u8) -> Self {
        match key {
            b'0'..=b'9' => Self::Digit,
            b'A'..=b'Z' => Self::Capital,
            b'a'..=b'z' => Self::Small,
            b'!' | b'@' | b'#' | b'$' | b'%' | b'^' | b'&' | b'*' | b'-' | b'_' | b'.' | b'+'
            | b'/' | b'=' | b'?' | b':' => Self::Sign,
            _ => Self::Other,
        }
    }

    /// Where its count stands: a password has no more than 3,072 keys.
    #[expect(clippy::as_conversions, reason = "how Rust gives the number of a variant")]
    const fn shift(self) -> u32 {
        self as u32 * 12
    }
}

/// How many characters there are of each kind, and how often one follows another.
#[derive(Default)]
struct Kinds {
    counts: u64,
    changes: usize,
    up_to_f: usize,
}

impl Kinds {
    fn from_folded(folded: &Folded<'_>) -> Self {
        let mut kinds = Self::default();
        let mut last = u32::MAX;
        let mut add = |key: u8| {
            #[expect(
                clippy::as_conversions,
                clippy::cast_possible_truncation,
                clippy::indexing_slicing,
                reason = "done while compiling, for keys up to 255"
            )]
            static SHIFTS: [u8; 256] = {
                let (mut shifts, mut key) = ([0; 256], 0);
                while key < 256 {
                    shifts[key] = Kind::from_key(key as u8).shift() as u8;
                    key += 1;
                }
                shifts
            };
            let shift = SHIFTS.get(usize::from(key)).copied().map_or(0, u32::from);
            kinds.counts += 1 << shift;
            kinds.up_to_f += usize::from(matches!(key | 0x20, b'a'..=b'f'));
            // Symbols are of one kind here.
            let kind = shift.min(Kind::Sign.shift());
            kinds.changes += usize::from(kind != last);
            last = kind;
        };
        if folded.is_ascii() {
            folded.typed().bytes().for_each(add);
        } else {
            for (at, key) in folded.keys().iter().enumerate() {
                add(if folded.is_upper(at) { key.to_ascii_uppercase() } else { *key });
            }
        }
        kinds
    }

    fn count(&self, kind: Kind) -> usize {
        usize::try_from(self.counts >> kind.shift() & 0xfff).unwrap_or(0)
    }

    /// People write a word, then digits, then a symbol; chance goes from one kind to another most of the
    /// time.
    fn order(&self, keys: usize) -> u32 {
        let symbols = self.count(Kind::Sign) + self.count(Kind::Other);
        let counts =
            [self.count(Kind::Digit), self.count(Kind::Capital), self.count(Kind::Small), symbols];
        let pairs: usize = counts.iter().map(|count| count * count).sum();
        let all = (keys * keys).max(1);
        // As many as chance would make, less those there are and one.
        let expected = keys.saturating_sub(1) * 8 * (all - pairs) / all;
        let fewer = expected.saturating_sub(self.changes * 8);
        (units(fewer) * ORDER / 8).min(MOST_ORDER)
    }
}

/// A few letters swapped of all that could be, or any of them.
fn swaps(found: &Found<'_>) -> u32 {
    let keys = found.keys().get(found.hit.start..found.hit.end).unwrap_or_default();
    let swapped = keys.iter().filter(|key| !key.is_ascii_lowercase());
    let (usual, rare) =
        swapped.fold(
            (0, 0),
            |(usual, rare), &key| {
                if is_rare(key) { (usual, rare + 1) } else { (usual + 1, rare) }
            },
        );
    let length = units(keys.len());
    // One of the letters, and one of the characters that look like it.
    let each = 2 * BIT * usual + 3 * BIT * rare + BIT;
    let any = if rare == 0 { 7 * length } else { 10 * length + BIT };
    each.min(any)
}

/// Other characters between the letters: the same number each time, or anywhere.
fn gaps(found: &Found<'_>) -> u32 {
    let hit = &found.hit;
    let others = hit.end - hit.start - hit.letters;
    let keys = found.keys().get(hit.start..hit.end).unwrap_or_default();
    let is_every_second =
        keys.iter().enumerate().all(|(at, key)| key.is_ascii_lowercase() == (at % 2 == 0));
    if is_every_second {
        return BIT;
    }
    // In how many ways they can be put between the letters.
    let ways = (1..=others).map(|n| log2(hit.letters - 2 + n) - log2(n));
    BIT + ways.fold(0, u32::saturating_add)
}

fn units(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX / 1024)
}

/// The logarithm in eighths of a bit, to a tenth of a bit.
pub(crate) fn log2(n: usize) -> u32 {
    let n = n.max(1);
    let whole = n.ilog2();
    let rest = n - (1 << whole);
    whole * BIT + units((rest * 8) >> whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms() {
        assert_eq!([1, 2, 4, 6, 1024].map(log2), [0, 8, 16, 20, 80]);
    }
}
