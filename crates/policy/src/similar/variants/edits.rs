//! Changes of characters: ends, case, look-alikes, order.

use super::blocks::{Kind, blocks, kind};
use super::copies::Variants;

/// Toggles the case of the first letter.
pub(super) fn first_case(list: &mut Variants) {
    let Some(at) = list.base().iter().position(|c| c.is_alphabetic()) else { return };
    let toggled = list.base().get(at).copied().map(toggle);
    list.replace(at..at + 1, toggled);
}

/// Drops one, two and three characters at the end, and the last run of one kind as a whole.
pub(super) fn drop_ends(list: &mut Variants) {
    let length = list.base().len();
    let blocks = blocks(list.base());
    let starts = blocks.iter().rev().take(2).map(|block| block.range.start);
    for end in (1..=3).map(|count| length.saturating_sub(count)).chain(starts) {
        if end > 0 {
            list.replace(end..length, []);
        }
    }
}

/// Drops one, two and three characters at the start, and the first run of one kind as a whole.
pub(super) fn drop_starts(list: &mut Variants) {
    let first = blocks(list.base()).first().map_or(0, |block| block.range.end);
    for end in [1, 2, 3, first] {
        if end < list.base().len() {
            list.replace(0..end, []);
        }
    }
}

/// Puts another frequent symbol in place of the last one.
pub(super) fn swap_last_symbol(list: &mut Variants) {
    let Some(at) = list.base().iter().rposition(|&c| kind(c) == Kind::Symbols) else { return };
    for symbol in ['!', '?', '.', '#', '@', '£', '$', '*'] {
        list.replace(at..at + 1, [symbol]);
    }
}

/// Adds each ending.
pub(super) fn append(list: &mut Variants, endings: &[&str]) {
    let length = list.base().len();
    for ending in endings {
        list.replace(length..length, ending.chars());
    }
}

/// Adds each beginning.
pub(super) fn prepend(list: &mut Variants, beginnings: &[&str]) {
    for beginning in beginnings {
        list.replace(0..0, beginning.chars());
    }
}

/// Puts a look-alike for a letter, or the letter for it: everywhere.
pub(super) fn substitute(list: &mut Variants) {
    for (letter, sign) in LOOK_ALIKES {
        for (from, to) in [(sign, letter), (letter, sign)] {
            if list.base().iter().any(|c| c.to_ascii_lowercase() == from) {
                let base = list.base.clone();
                list.add(base.iter().map(|&c| if c.to_ascii_lowercase() == from { to } else { c }));
            }
        }
    }
}

/// Moves the last run to the front, the first to the end, and exchanges the last two, for example
/// `Kestrel!92` ↔ `92Kestrel!` ↔ `Kestrel92!`.
pub(super) fn move_blocks(list: &mut Variants) {
    let blocks = blocks(list.base());
    let count = blocks.len();
    if count < 2 {
        return;
    }
    let present: Vec<usize> = (0..count).collect();
    let mut orders = vec![rotated(&present, count - 1), rotated(&present, 1)];
    let mut exchanged = present.clone();
    exchanged.swap(count - 1, count - 2);
    orders.push(exchanged);
    if count > 2 {
        orders.extend([rotated(&present, count - 2), rotated(&present, 2)]);
        orders.push(present.iter().rev().copied().collect());
    }
    let base = list.base.clone();
    for order in orders {
        let runs = order.iter().filter_map(|&at| blocks.get(at));
        let runs = runs.filter_map(|block| base.get(block.range.clone()));
        list.add(runs.flatten().copied());
    }
}

fn rotated(order: &[usize], by: usize) -> Vec<usize> {
    let mut order = order.to_vec();
    order.rotate_left(by);
    order
}

/// All small, all capital, and as in a sentence.
pub(super) fn whole_case(list: &mut Variants) {
    let base = list.base.clone();
    list.add(base.iter().flat_map(|c| c.to_lowercase()));
    list.add(base.iter().flat_map(|c| c.to_uppercase()));
    let first = base.iter().take(1).flat_map(|c| c.to_uppercase());
    list.add(first.chain(base.iter().skip(1).flat_map(|c| c.to_lowercase())));
}

/// Writes it twice, once if it is twice, and backwards.
pub(super) fn double_or_halve(list: &mut Variants) {
    let base = list.base.clone();
    let (first, second) = base.split_at(base.len() / 2);
    if first == second {
        list.add(first.iter().copied());
    }
    list.add(base.iter().chain(base.iter()).copied());
    list.add(base.iter().rev().copied());
}

fn toggle(c: char) -> char {
    let mut other = [' '; 2];
    let mut count = 0;
    let mut keep = |c| {
        if let Some(place) = other.get_mut(count) {
            *place = c;
        }
        count += 1;
    };
    if c.is_uppercase() {
        c.to_lowercase().for_each(&mut keep);
    } else {
        c.to_uppercase().for_each(&mut keep);
    }
    // ß has no capital of one character.
    if count == 1 { other[0] } else { c }
}

/// A letter and what stands for it, the most frequent first.
const LOOK_ALIKES: [(char, char); 9] = [
    ('o', '0'),
    ('e', '3'),
    ('a', '@'),
    ('i', '1'),
    ('s', '$'),
    ('a', '4'),
    ('s', '5'),
    ('l', '1'),
    ('i', '!'),
];
