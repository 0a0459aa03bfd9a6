//! Names that were given with the password: the person's, the school's, the system's.

use crate::automaton::{Automaton, Begins, Four};
use crate::context::words;
use crate::dictionary::{List, Tag};
use crate::fold::Folded;
use crate::hits::{Hits, report};
use crate::rules::words::is_tidy;
use crate::verdict::Match;
use crate::walk::{Disguise, Found, walk};

/// The words of those names, folded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Personal {
    words: Vec<Vec<u8>>,
}

impl Personal {
    /// More words than anybody's names have; the rest is not looked at.
    const MOST: usize = 64;

    /// Adds the words of `name` that have at least `least` letters.
    pub(crate) fn add(&mut self, name: &str, least: usize) {
        for word in words(name) {
            let fits = word.len() >= least && self.words.len() < Self::MOST;
            if fits && !self.words.contains(&word) && !is_generic(&word) {
                self.words.push(word);
            }
        }
    }

    /// Whether there is no name to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The names in a password.
    pub(crate) fn find(&self, folded: &Folded<'_>) -> Vec<Match> {
        let mut hits = Hits::default();
        walk(self, folded, |found| {
            if counts(&found, folded) {
                hits.push(found.hit);
            }
        });
        report(hits.as_slice(), folded)
    }
}

/// Parts of addresses that belong to nobody.
fn is_generic(word: &[u8]) -> bool {
    [&b"www"[..], b"com", b"org", b"gov", b"net", b"sch", b"mail", b"user"].contains(&word)
}

/// As for dictionary words, one letter shorter: there are few names, so they hit by chance rarely.
fn counts(found: &Found<'_>, folded: &Folded<'_>) -> bool {
    let hit = &found.hit;
    let tidy = || is_tidy(hit, folded);
    match (hit.disguise, found.len()) {
        (Disguise::None, 0..=3) => tidy(),
        (Disguise::None | Disguise::Reversed | Disguise::Split, 4..) => true,
        (Disguise::Swapped | Disguise::ReversedSwapped, 4..) => hit.letters >= 2 && tidy(),
        _ => false,
    }
}

/// All words at once: which of them are still alive, and how many letters were taken.
impl Automaton for &Personal {
    type State = (u64, u8);

    fn may_begin(self, _: Four) -> Begins {
        Begins::BOTH
    }

    fn root(self) -> (u64, u8) {
        (u64::MAX, 0)
    }

    fn step(self, (alive, depth): (u64, u8), key: u8) -> Option<((u64, u8), u8)> {
        let mut next = 0;
        let mut ends = false;
        for (i, word) in self.words.iter().enumerate().filter(|(i, _)| alive >> i & 1 == 1) {
            if word.get(usize::from(depth)) == Some(&key) {
                next |= 1 << i;
                ends |= word.len() == usize::from(depth) + 1;
            }
        }
        let tag = Tag { list: List::Personal, common: false };
        (next != 0).then_some(((next, depth.checked_add(1)?), if ends { tag.number() } else { 0 }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    #[track_caller]
    fn check(names: &[(&str, usize)], password: &str, found: &[&str]) {
        let mut personal = Personal::default();
        for &(name, least) in names {
            personal.add(name, least);
        }
        let matches = personal.find(&fold(password));
        let parts: Vec<&str> =
            matches.iter().map(|m| password.get(m.span.start..m.span.end).unwrap()).collect();
        assert_eq!(parts, found, "{password}");
    }

    #[test]
    fn table() {
        let account = [("BIRCHINGTON\\k.harper", 4)];
        check(&account, "xharper9!", &["harper"]);
        check(&account, "xHaRpEr9!", &["HaRpEr"]);
        check(&account, "reprah9!x", &["reprah"]);
        check(&account, "h@rp3r9!", &["h@rp3r"]);
        check(&account, "h.a.r.p.e.r9", &["h.a.r.p.e.r"]);
        check(&account, "kx9!birchington", &["birchington"]);
        check(&account, "zq9!vTk", &[]);
        check(&[("kharper@birchington.kent.sch.uk", 4)], "kent9!sch!", &["kent"]);
        check(&[("Kate", 3), ("Harper", 3)], "9Kate!zq", &["Kate"]);
        check(&[("Amy Lee", 3)], "9!Amyzq", &["Amy"]);
        check(&[("Amy Lee", 3)], "9!aMyzq", &[]);
        check(&[("Amy Lee", 3)], "9!AmyLeezq", &["AmyLee"]);
        check(&[("Zoë", 3)], "zoe9!qqq", &["zoe"]);
        check(&[("Jo", 3)], "jo9!qqqq", &[]);
        check(&[("", 3)], "jo9!qqqq", &[]);
    }

    #[test]
    fn many_names_are_bounded() {
        let mut personal = Personal::default();
        for i in 0..200_u8 {
            let letters = [b'a' + i % 26, b'a' + i / 26, b'x', b'y'];
            personal.add(str::from_utf8(&letters).unwrap(), 4);
        }
        assert_eq!(personal.words.len(), Personal::MOST);
        assert_eq!(personal.find(&fold("9!aaxy")).len(), 1);
    }
}
