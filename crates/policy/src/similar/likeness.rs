//! How like two passwords are that are both at hand, as when one is changed.

use zeroize::Zeroizing;

use super::variants::near_copies;
use crate::characters::nfc::nfc;
use crate::password::Password;

/// How like two passwords are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Likeness {
    /// The same.
    Same,
    /// So near that who knows one guesses the other.
    Near,
}

/// How like the new password is to the old one, which the person has just typed; `None` if it is
/// another password. Nothing is kept of either.
///
/// Near are: one that differs by little (an edit distance of 1 in 4 characters, at most 3); one that
/// shares a part of 5 characters and half its length; one with the same letters once digits and
/// symbols at its ends are dropped and look-alikes undone; one read backwards; a near copy as the
/// history would try it.
pub(crate) fn likeness(old: &Password, new: &Password) -> Option<Likeness> {
    let (old, new) = (nfc(old.expose()?), nfc(new.expose()?));
    if old.is_empty() || new.is_empty() {
        return None;
    }
    if old == new {
        return Some(Likeness::Same);
    }
    let (small_old, small_new) = (small(&old), small(&new));
    let near = is_close(&small_old, &small_new)
        || shares_a_part(&small_old, &small_new)
        || has_same_stem(&small_old, &small_new)
        || small_old.iter().rev().eq(small_new.iter())
        || near_copies(&new, &[]).iter().any(|variant| **variant == *old)
        || near_copies(&old, &[]).iter().any(|variant| **variant == *new);
    near.then_some(Likeness::Near)
}

/// In small letters, in a buffer that does not grow.
fn small(text: &str) -> Zeroizing<Vec<char>> {
    let mut letters = Zeroizing::new(Vec::with_capacity(3 * text.len()));
    letters.extend(text.chars().flat_map(char::to_lowercase));
    letters
}

fn is_close(old: &[char], new: &[char]) -> bool {
    let limit = (old.len().max(new.len()) / 4).min(3);
    old.len().abs_diff(new.len()) <= limit && distance(old, new) <= limit
}

/// Levenshtein's distance. Ours, because a crate would copy the characters into memory that is not
/// wiped; this row of numbers says nothing of them.
fn distance(old: &[char], new: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=new.len()).collect();
    for (at, from) in old.iter().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (place, to) in row.iter_mut().zip(std::iter::once(None).chain(new.iter().map(Some))) {
            let above = *place;
            if let Some(to) = to {
                left = (left + 1).min(above + 1).min(diagonal + usize::from(from != to));
            }
            diagonal = above;
            *place = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

fn shares_a_part(old: &[char], new: &[char]) -> bool {
    let wanted = (old.len().min(new.len()).div_ceil(2)).max(5);
    old.windows(wanted).any(|part| new.windows(wanted).any(|other| part == other))
}

fn has_same_stem(old: &[char], new: &[char]) -> bool {
    let (old, new) = (stem(old), stem(new));
    old.len() >= 4 && old == new
}

/// The letters between the first and the last one, look-alikes undone.
fn stem(text: &[char]) -> Zeroizing<Vec<char>> {
    let mut letters = Zeroizing::new(Vec::with_capacity(text.len()));
    let ends =
        (text.iter().position(|c| c.is_alphabetic()), text.iter().rposition(|c| c.is_alphabetic()));
    if let (Some(first), Some(last)) = ends {
        let inside = text.get(first..=last).unwrap_or_default();
        letters.extend(inside.iter().filter_map(|&c| match c {
            '0' => Some('o'),
            '1' | '!' => Some('i'),
            '3' => Some('e'),
            '4' | '@' => Some('a'),
            '5' | '$' => Some('s'),
            '7' => Some('t'),
            c => c.is_alphabetic().then_some(c),
        }));
    }
    letters
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn like(old: &str, new: &str) -> Option<Likeness> {
        likeness(&Password::new(old.as_bytes()), &Password::new(new.as_bytes()))
    }

    #[test]
    fn near_ones() {
        for (old, new) in [
            ("Kestrel!92", "kestrel!92"),
            ("Kestrel!92", "Kestrel!93"),
            ("Kestrel!92", "Kestrel#2026"),
            ("Kestrel!92", "2026#Kestrel"),
            ("Kestrel!92", "K3str3l-7741"),
            ("Kestrel!92", "29!lertseK"),
            ("Kestrel!92", "Kesterl!92"),
            ("Autumn!2025", "Winter!2026"),
            ("Wagtail-Moss-41", "Wagtail-Fern-41"),
            ("Zoë!Kes92", "Zoe\u{308}!kes92"),
        ] {
            assert_eq!(like(old, new), Some(Likeness::Near), "{old} {new}");
            assert_eq!(like(new, old), Some(Likeness::Near), "{new} {old}");
        }
        assert_eq!(like("Zoë!Kes92", "Zoe\u{308}!Kes92"), Some(Likeness::Same));
    }

    #[test]
    fn other_ones() {
        for (old, new) in [
            ("Kestrel!92", "Lantern?41"),
            ("Kestrel!92", "Pebble#Oak7"),
            ("vT7$kq2z", "hG7$kq9z!x"),
            ("", "Kestrel!92"),
            ("", ""),
        ] {
            assert_eq!(like(old, new), None, "{old} {new}");
        }
        let unreadable = Password::new(&[0xff]);
        assert_eq!(likeness(&unreadable, &unreadable), None);
    }

    proptest! {
        #[test]
        fn random_ones_are_not_like(old in "[!-~]{12}", new in "[!-~]{12}") {
            prop_assert_eq!(like(&old, &new), None);
        }

        #[test]
        fn never_panics(old in "\\PC{0,30}", new in "\\PC{0,30}") {
            let same = old.nfc_eq(&new);
            prop_assert_eq!(like(&old, &new) == Some(Likeness::Same), same && !old.is_empty());
        }
    }

    trait NfcEq {
        fn nfc_eq(&self, other: &str) -> bool;
    }

    impl NfcEq for String {
        fn nfc_eq(&self, other: &str) -> bool {
            use unicode_normalization::UnicodeNormalization as _;
            self.nfc().eq(other.nfc())
        }
    }
}
