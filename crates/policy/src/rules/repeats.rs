//! The same piece again and again: `a1!a1!a1!`, `catcatcat`, `aaaaaaaa`; counting (`Ab1!Ab2!`,
//! `Aa1!Bb2!Cc3!`), or turned round (`Ab1!!1bA`).
//!
//! Whoever guesses the piece guesses its repetition, so it counts once. What is left, the piece and
//! whatever stands around, must still be as long as the policy asks for.

use super::chance::Chance;
use crate::characters::fold::Folded;
use crate::words::disguise::Disguise;
use crate::words::hits::Hit;
use crate::words::list::{List, Tag};

/// The longest piece that is looked for: a repeated sentence is long enough even when it counts once.
const LONGEST: usize = 64;
/// Fewer characters said again are what chance does.
const LEAST: usize = 3;
/// And where some are the next in order, or the one before, or all are turned round.
const LEAST_CHANGED: usize = 4;

/// The repetition that leaves fewer than `least` characters when it counts once. The last piece may lack
/// its last character (`cat cat`).
pub(crate) fn find(
    folded: &Folded<'_>,
    least: usize,
    chance: impl FnOnce() -> Chance,
) -> Option<Hit> {
    let keys = folded.keys();
    // At least this many characters must be repeated.
    let again = (keys.len() + 1).saturating_sub(least).max(LEAST);
    let alike = alike(keys);
    if alike < again {
        return None;
    }
    let most = LONGEST.min(keys.len().div_ceil(2)).min(keys.len().saturating_sub(again));
    let is_enough = |piece, again, counting| chance().is_enough_as_repeat(piece, again, counting);
    let same = |one, other| folded.is_same(one, other);
    let is_told_again = |piece: usize, (start, end): (usize, usize)| end - start + 1 >= 2 * piece;
    let (start, end) = if let Some((piece, found)) = (1..=most).find_map(|piece| {
        let found = run(keys.len(), piece, again, same)?;
        is_told_again(piece, found).then_some((piece, found))
    }) {
        is_enough(piece, found.1 - found.0 - piece, false).then_some(found)?
    } else if let Some((piece, found)) = (2..=most).find_map(|piece| {
        let near = |one, other| same(one, other) || step(keys, one, other).is_some();
        let found = run(keys.len(), piece, again.max(LEAST_CHANGED), near)?;
        let mut steps = (found.0..found.1 - piece).filter_map(|at| step(keys, at, at + piece));
        let first = steps.next();
        let counts = is_told_again(piece, found) && steps.all(|step| first == Some(step));
        counts.then_some((piece, found))
    }) {
        is_enough(piece, found.1 - found.0 - piece, true).then_some(found)?
    } else {
        let again = again.max(LEAST_CHANGED);
        let found = if alike < again { None } else { mirrored(keys.len(), again, same) }?;
        is_enough(keys.len(), (found.1 - found.0) / 2, false).then_some(found)?
    };
    let tag = Tag { list: List::Repeated, common: true };
    Some(Hit { start, end, letters: 0, disguise: Disguise::None, tag })
}

/// Whether one key is the next behind the other (1) or before it (255), in the alphabet or among the
/// digits.
fn step(keys: &[u8], one: usize, other: usize) -> Option<u8> {
    let (one, other) = (*keys.get(one)?, *keys.get(other)?);
    let step = other.wrapping_sub(one);
    let is_step = matches!(step, 1 | u8::MAX);
    (is_step && one.is_ascii_alphanumeric() && other.is_ascii_alphanumeric()).then_some(step)
}

/// The first row of keys that is the same backwards, if it is twice `again` long or longer.
fn mirrored(
    keys: usize,
    again: usize,
    is_same: impl Fn(usize, usize) -> bool,
) -> Option<(usize, usize)> {
    if again > keys / 2 {
        return None;
    }
    let mut centres = (again..=keys - again).flat_map(|at| [(at, at), (at, at + 1)]);
    centres.find_map(|(left, right)| {
        let pairs = (1..=left).take_while(|n| is_same(left - n, right + n - 1)).count();
        (pairs >= again).then_some((left - pairs, right + pairs))
    })
}

/// How many keys are like another one before, or more.
fn alike(keys: &[u8]) -> usize {
    let (mut seen, mut others) = (0_u64, 0);
    for key in keys {
        let bit = 1 << (key & 63);
        others += usize::from(seen & bit == 0);
        seen |= bit;
    }
    keys.len() - others
}

/// The first piece of keys that are nothing but that piece again and again; else all of them.
pub(crate) fn once(keys: &[u8]) -> &[u8] {
    let mut pieces = (1..=keys.len().div_ceil(2)).filter_map(|piece| keys.split_at_checked(piece));
    let is_all = |(first, rest): &(&[u8], &[u8])| {
        rest.len() + 1 >= first.len() && !rest.is_empty() && keys.starts_with(rest)
    };
    pieces.find(is_all).map_or(keys, |(first, _)| first)
}

/// The first row of keys of which each is like the one `piece` before it, `again` or more.
fn run(
    keys: usize,
    piece: usize,
    again: usize,
    is_like: impl Fn(usize, usize) -> bool,
) -> Option<(usize, usize)> {
    let is_same = |at: usize| is_like(at, at + piece);
    let last = keys.checked_sub(piece)?;
    // One of the keys that are looked at is in every row that is long enough.
    let again = again.max(piece - 1);
    let mut at = again - 1;
    while at < last {
        if !is_same(at) {
            at += again;
            continue;
        }
        let start = (0..at).rev().take_while(|&at| is_same(at)).last().unwrap_or(at);
        let end = (at..last).take_while(|&at| is_same(at)).last().map_or(at, |at| at + 1);
        if end - start >= again {
            return Some((start, end + piece));
        }
        at += again;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characters::fold::fold;

    fn found(password: &str, least: usize) -> Option<&str> {
        let folded = fold(password);
        let hit = find(&folded, least, || Chance::from_folded(&folded))?;
        let (start, end) = folded.span(hit.start, hit.end);
        password.get(start..end)
    }

    #[test]
    fn table() {
        for (password, least) in [
            ("a1!a1!a1!", 8),
            ("Ab1!Ab1!", 8),
            ("K4te!K4te!", 8),
            ("aaaaaaaaaaaaaaa", 15),
            ("               ", 8),
            ("passwordpassword", 15),
            ("dogdogdog", 8),
            ("cat cat cat", 8),
            ("the-the-the", 8),
            ("redredredred", 8),
            ("Kate!kate", 8),
            ("££££££££", 8),
        ] {
            assert_eq!(found(password, least), Some(password), "{password}");
        }
        for password in
            ["Ab1!Ab2!", "Aa1!Bb2!", "Aa1!Bb2!Cc3!", "Ab2!Ab1!", "Ab1!!1bA", "xY7!£!7Yx"]
        {
            assert_eq!(found(password, 8), Some(password), "{password}");
        }
        assert_eq!(found("9Ab1!!1bA£", 8), Some("Ab1!!1bA"));
        assert_eq!(found("vT7$kq2zz2qk$7Tv", 8), None);
        assert_eq!(found("vT7$kq2zz2qk$7Tv", 9), Some("vT7$kq2zz2qk$7Tv"));
        assert_eq!(found("vT7$kq2zvT7$kq3z", 8), None);
        assert_eq!(found("vT7$wU8%", 8), None);
        assert_eq!(found("7dogdogdog!", 8), Some("dogdogdog"));
        assert_eq!(found("x7kkk9Qz", 8), None);
        assert_eq!(found("x7kkkk9z", 8), Some("kkkk"));
        assert_eq!(found("vT7$kq2zvT7$kq2z", 8), None);
        assert_eq!(found("vT7$kq2zvT7$kq2z", 9), Some("vT7$kq2zvT7$kq2z"));
        assert_eq!(found("שלום7$vT", 8), None);
        assert_eq!(found("😂🐴🌧🏠T7q", 8), None);
        assert_eq!(found("😂🐴😂🐴😂🐴", 6), Some("😂🐴😂🐴😂🐴"));
        assert_eq!(found("coffee train fish coffee train fish", 8), None);
        for (all, piece) in
            [("aaa", "a"), ("cat-cat", "cat-"), ("cat", "cat"), ("", ""), ("aab", "aab")]
        {
            assert_eq!(once(all.as_bytes()), piece.as_bytes(), "{all}");
        }
        assert_eq!(found("", 8), None);
        assert_eq!(found("a", 8), None);
    }
}
