//! The same piece again and again: `a1!a1!a1!`, `catcatcat`, `aaaaaaaa`.
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
    if !may_repeat(keys, again) {
        return None;
    }
    let mut pieces = 1..=LONGEST.min(keys.len().div_ceil(2)).min(keys.len().saturating_sub(again));
    let (start, end, piece) = pieces.find_map(|piece| {
        let (start, end) = run(folded, piece, again)?;
        (end - start + 1 >= 2 * piece).then_some((start, end, piece))
    })?;
    if !chance().is_enough_as_repeat(piece, end - start - piece) {
        return None;
    }
    let tag = Tag { list: List::Repeated, common: true };
    Some(Hit { start, end, letters: 0, disguise: Disguise::None, tag })
}

/// Whether this many keys, or more, are like another one before.
fn may_repeat(keys: &[u8], again: usize) -> bool {
    let (mut seen, mut others) = (0_u64, 0);
    for key in keys {
        let bit = 1 << (key & 63);
        others += usize::from(seen & bit == 0);
        seen |= bit;
    }
    keys.len() - others >= again
}

/// The first piece of keys that are nothing but that piece again and again; else all of them.
pub(crate) fn once(keys: &[u8]) -> &[u8] {
    let mut pieces = (1..=keys.len().div_ceil(2)).filter_map(|piece| keys.split_at_checked(piece));
    let is_all = |(first, rest): &(&[u8], &[u8])| {
        rest.len() + 1 >= first.len() && !rest.is_empty() && keys.starts_with(rest)
    };
    pieces.find(is_all).map_or(keys, |(first, _)| first)
}

/// The first row of keys of which each is the same as the one `piece` before it, `again` or more.
fn run(folded: &Folded<'_>, piece: usize, again: usize) -> Option<(usize, usize)> {
    let is_same = |at: usize| folded.is_same(at, at + piece);
    let last = folded.keys().len().checked_sub(piece)?;
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
