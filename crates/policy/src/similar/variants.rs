//! Near copies of a password, the likeliest first: what people change when they reuse one.
//!
//! The order follows what is known of how people derive passwords (Das et al. 2014, "The Tangled Web
//! of Password Reuse"; Zhang et al. 2010; Pal et al. 2022), read backwards: given the new password,
//! what was the old one?

use zeroize::Zeroizing;

mod blocks;
mod copies;
mod edits;
mod rolls;
#[cfg(test)]
mod tweaks;

use copies::Variants;

/// The near copies of `password`, without itself, each once, some sixty and at most a hundred;
/// `systems` are names that people put into a password (`Kestrel!email`).
///
/// ```
/// let copies = strongpass_policy::near_copies("Kestrel!93", &[]);
/// assert!(copies.iter().any(|copy| copy.as_str() == "Kestrel!92"));
/// ```
pub fn near_copies(password: &str, systems: &[&str]) -> Vec<Zeroizing<String>> {
    let mut list = Variants::new(password);
    rolls::numbers_by(&mut list, &[-1, 1]);
    edits::first_case(&mut list);
    edits::drop_ends(&mut list);
    edits::drop_starts(&mut list);
    edits::swap_last_symbol(&mut list);
    edits::append(&mut list, &["1", "!", "2", "12", "123"]);
    rolls::calendar(&mut list);
    rolls::systems(&mut list, systems);
    edits::substitute(&mut list);
    edits::move_blocks(&mut list);
    rolls::numbers_by(&mut list, &[-2, 2, -3, 3, -10, 10]);
    edits::whole_case(&mut list);
    edits::double_or_halve(&mut list);
    edits::prepend(&mut list, &["1", "!", "123"]);
    edits::append(&mut list, &["0", "3", "?", ".", "01", "a", "s", "99", "7", "#", "@", "5"]);
    list.found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::blocks::Kind::{self, Digits, Letters, Symbols};
    use super::blocks::blocks;
    use super::copies::LIMIT;
    use super::*;

    const SYSTEMS: [&str; 3] = ["network", "email", "vpn"];

    #[track_caller]
    fn undoes(new: &str, old: &str) {
        let found = near_copies(new, &SYSTEMS).iter().position(|variant| variant.as_str() == old);
        assert!(found.is_some(), "{new} → {old}");
    }

    #[test]
    fn what_people_do_is_undone() {
        for (old, new) in [
            ("Kestrel!92", "Kestrel!93"),
            ("Kestrel!99", "Kestrel!100"),
            ("Kestrel!09", "Kestrel!10"),
            ("Kestrel!9", "Kestrel!10"),
            ("7Kestrel!92", "8Kestrel!92"),
            ("kestrel!92", "Kestrel!92"),
            ("Kestrel!92", "Kestrel!921"),
            ("Kestrel!92", "Kestrel!92abc"),
            ("Kestrel92!", "Kestrel92?"),
            ("Kestrel92!", "Kestrel92"),
            ("Kestrel!92", "92!Kestrel"),
            ("Kestrel!92", "Kestrel92!"),
            ("Kestrel!92", "xKestrel!92"),
            ("Autumn!2025", "Winter!2025"),
            ("Winter!2025", "Spring!2026"),
            ("Summer!2025", "Summer!2026"),
            ("MARCH.77.x", "APRIL.77.x"),
            ("December.77", "January.77"),
            ("Fri-day!7", "fri-day!7"),
            ("Monday#77x", "Tuesday#77x"),
            ("Kestrel!network9", "Kestrel!email9"),
            ("VPN!Kestrel9", "EMAIL!Kestrel9"),
            ("Kestrel!92", "K3str3l!92"),
            ("passion#Foot", "passi0n#F00t"),
            ("P@ssion9", "Passion9"),
            ("KESTREL!92", "Kestrel!92"),
            ("Kes!9", "Kes!9Kes!9"),
            ("Kes!9Kes!9", "Kes!9"),
            ("29!lertseK", "Kestrel!92"),
            ("Zoë!92", "zoë!92"),
            // A year that was added is dropped; one that was dropped could not be guessed back.
            ("Kestrel!", "Kestrel!2021"),
        ] {
            undoes(new, old);
        }
    }

    #[test]
    fn another_password_is_not_near() {
        for variant in near_copies("Kestrel!92", &SYSTEMS) {
            assert!(!["Lantern!92", "vT7$kq2z", "Kestrel#Moss"].contains(&variant.as_str()));
        }
    }

    #[test]
    fn typical_ones_have_some_sixty() {
        for password in ["Kestrel!92", "horse-Battery9", "vT7$kq2z", "Autumn!2025"] {
            let count = near_copies(password, &SYSTEMS).len();
            assert!((45..=80).contains(&count), "{password}: {count}");
        }
    }

    #[test]
    fn runs_are_found() {
        let text: Vec<char> = "Ab1é!?2".chars().collect();
        let kinds: Vec<Kind> = blocks(&text).iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [Letters, Digits, Letters, Symbols, Digits]);
    }

    proptest! {
        #[test]
        fn any_password_has_distinct_copies(password in "\\PC{0,40}") {
            let variants = near_copies(&password, &SYSTEMS);
            prop_assert!(variants.len() <= LIMIT);
            for (at, variant) in variants.iter().enumerate() {
                prop_assert!(variant.as_str() != password && !variant.is_empty());
                prop_assert!(!variants[..at].contains(variant));
                prop_assert_eq!(variant.capacity(), 8 * password.chars().count() + 64);
            }
        }

        #[test]
        fn the_longest_password_is_no_trouble(piece in "[a-z0-9!]{1,9}") {
            let password = piece.repeat(512 / piece.len());
            prop_assert!(near_copies(&password, &SYSTEMS).len() <= LIMIT);
        }
    }
}
