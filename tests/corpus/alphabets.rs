//! Random passwords over the alphabets that generators use, of a given length.
//!
//! All but `printable` meet "numbers, letters and symbols", as a generator is set to for a policy that
//! asks for them; what does not is made again.

use std::iter::repeat_with;

use super::{Seeded, meets_classes};

/// Letters, digits and the symbols above the digits: password managers, and many a script.
const SIGNS_8: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*";
/// Letters, digits and `-_.:!` without what looks alike: Chrome.
const CHROME: &str = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789-_.:!";
/// Letters, digits, minus and underline: `KeePass`, where few symbols are ticked.
const KEEPASS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const HEX: &str = "0123456789abcdef";
const SYMBOLS: &str = "!@#$%^&*-_.?+=";

pub const ALPHABETS: [&str; 6] = ["printable", "signs-8", "chrome", "keepass", "base64", "hex"];

/// A random password of `length` characters over one of [`ALPHABETS`].
pub fn over(s: &mut Seeded, alphabet: &str, length: usize) -> String {
    let make = |s: &mut Seeded| match alphabet {
        "printable" => super::random(s, length),
        "signs-8" => of(s, SIGNS_8, length),
        "chrome" => of(s, CHROME, length),
        "keepass" => of(s, KEEPASS, length),
        "base64" => with_symbol(s, BASE64, length),
        _ => with_symbol(s, HEX, length),
    };
    if alphabet == "printable" {
        return make(s);
    }
    repeat_with(|| make(s)).find(|password| meets_classes(password)).unwrap_or_default()
}

fn of(s: &mut Seeded, set: &str, length: usize) -> String {
    let set = set.as_bytes();
    (0..length).map(|_| char::from(set[s.below(set.len())])).collect()
}

/// A symbol behind it, or in it.
fn with_symbol(s: &mut Seeded, set: &str, length: usize) -> String {
    let mut password = of(s, set, length - 1);
    let at = if s.percent(50) { length - 1 } else { s.below(length) };
    password.insert(at, s.char_of(SYMBOLS));
    password
}
