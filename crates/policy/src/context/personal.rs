//! Names that were given with the password: the person's, the school's, the system's.

use super::names::{NICKNAME, NameForm, account_forms, name_forms, words};
use crate::characters::fold::{Folded, fold_entry};
use crate::words::automaton::{Automaton, Begins, Four};
use crate::words::disguise::Disguise;
use crate::words::few::Few;
use crate::words::hits::{Hits, is_tidy, report};
use crate::words::list::{List, Tag};
use crate::words::matches::Match;
use crate::words::walk::{Found, walk};

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
            self.insert(word, least);
        }
    }

    /// Adds the forms of a person's name.
    pub(crate) fn add_name(&mut self, name: &str) {
        self.add(name, 3);
        self.add_forms(&name_forms(name), 3);
    }

    /// Adds the forms of an account's name, and the words of its domain.
    pub(crate) fn add_account(&mut self, account: &str) {
        self.add(account, 4);
        self.add_forms(&account_forms(account), 4);
    }

    fn add_forms(&mut self, forms: &[NameForm], least: usize) {
        for form in forms {
            // Where more can be meant, more letters are needed: three are what chance makes.
            let least = match form.pieces.len() {
                1 if form.cost < NICKNAME => least,
                1 => least.max(4),
                _ => SHORT_JOINED,
            };
            if let Some(keys) = fold_entry(&form.text()) {
                self.insert(keys, least);
            }
        }
    }

    fn insert(&mut self, word: Vec<u8>, least: usize) {
        let fits = word.len() >= least && self.words.len() < Self::MOST;
        let of_letters = word.iter().all(u8::is_ascii_lowercase);
        // Whatever holds one that counts anywhere is found by that.
        let is_found = |known: &Vec<u8>| {
            *known == word
                || known.len() >= 4 && word.windows(known.len()).any(|part| part == known)
        };
        if fits && of_letters && !self.words.iter().any(is_found) && !is_generic(&word) {
            self.words.push(word);
        }
    }

    /// Whether there is no name to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The names in a password.
    pub(crate) fn find(&self, folded: &Folded<'_>) -> Few<Match> {
        let mut hits = Hits::default();
        walk(self, folded, |found| {
            if counts(&found, folded) {
                hits.push(found.hit);
            }
        });
        report(hits.as_slice(), folded)
    }
}

/// Shorter joined forms are what chance makes.
const SHORT_JOINED: usize = 5;

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
    use crate::characters::fold::fold;

    #[track_caller]
    fn check(names: &[(&str, usize)], password: &str, found: &[&str]) {
        let mut personal = Personal::default();
        for &(name, least) in names {
            if least == 3 { personal.add_name(name) } else { personal.add_account(name) }
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
    fn names_as_people_use_them() {
        let all = [
            ("Kate Harper", "KateHarper1 kharper9 Harperk! KatherineH1 9repraH! k4t3!xq"),
            ("T Fielding", "TFielding2026! fieldingt9"),
            ("Amy Smith-Jones", "Smithjones1! SmithJones1! Amysmith1!"),
            ("Quexbarn Farm", "QuexbarnFarm1! 9Quexbarn!"),
            ("William Lee", "Billlee9! WLee2026 Billy7!x"),
            ("Jan van der Berg", "Vanderberg1! JBerg9!x Janberg1"),
            ("Sinéad O\u{2019}Brien", "Obrien7! SineadOB9 9!o'br13n#7"),
            ("Aylin Öztürk", "9!Oeztuerk#7 9!Ozturk#x7"),
            ("Jörg Müller", "Mueller12! Muller12! jm\u{fc}ller1"),
            ("Ceri McDonald", "McDonald9! mcdonaldc1"),
            ("Łukasz Țurcanu", "9!Lukasz#x7 9!Turcanu7#"),
            ("Bob Graham", "8o6Grah4m! 6r4h4m!x"),
        ];
        for (name, passwords) in all {
            let mut personal = Personal::default();
            personal.add_name(name);
            for password in passwords.split(' ') {
                assert!(!personal.find(&fold(password)).is_empty(), "{name}: {password}");
            }
        }
    }

    #[test]
    fn accounts_as_schools_issue_them() {
        for account in ["kharper", "harperk", "k.harper", "19harperk", "SCHOOL\\22kharper"] {
            let mut personal = Personal::default();
            personal.add_account(account);
            for password in ["Harper12!", "xq9!harper"] {
                assert!(!personal.find(&fold(password)).is_empty(), "{account}: {password}");
            }
            assert!(personal.find(&fold("vT7$kq2z")).is_empty());
        }
    }

    #[test]
    fn short_names_are_no_names_in_random_letters() {
        let mut personal = Personal::default();
        personal.add_name("Ed Sheldrake");
        personal.add_name("AJ Quill");
        for password in ["vK2!ed9QaJ", "qXaj7#zP4w", "9Tedk!2WqX"] {
            assert!(personal.find(&fold(password)).is_empty(), "{password}");
        }
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
