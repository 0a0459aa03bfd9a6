//! Halves of LM hashes in a potfile, joined to the passwords that they are of.

use std::collections::HashMap;

use strongpass_policy::Password;
use strongpass_tables::{Lines, cut, decode_text};
use zeroize::Zeroizing;

use super::potfile::decoded;
use crate::exports::Export;

/// The passwords of the exports' LM hashes of which a potfile has both halves, in small letters; an
/// LM hash has forgotten which were capitals.
///
/// hashcat and john guess the two halves of 7 characters on their own: `513c83693095fdde:WOMBAT4`
/// and `c2265b23734e0dac:1` are the password `wombat41` of the hash that is both.
pub fn lm_passwords(file: &[u8], exports: &[Export]) -> Vec<Password> {
    let mut halves: HashMap<[u8; 8], Zeroizing<Vec<u8>>> = HashMap::new();
    halves.insert([0xaa, 0xd3, 0xb4, 0x35, 0xb5, 0x14, 0x04, 0xee], Zeroizing::default());
    for line in Lines::new(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file)) {
        let Some((digits, plain)) = line_of_half(line.bytes) else { continue };
        halves.insert(digits, decoded(plain));
    }
    let mut passwords = Vec::new();
    for digest in exports.iter().flat_map(|export| export.lm.iter()) {
        let ([first, second], []) = digest.as_chunks::<8>() else { continue };
        if let Some((first, second)) = halves.get(first).zip(halves.get(second)) {
            let whole = Zeroizing::new([first.as_slice(), second].concat());
            let small = Zeroizing::new(decode_text(&whole).to_lowercase());
            passwords.push(Password::new(small.as_bytes()));
        }
    }
    passwords
}

/// Half of an LM hash, with john's tag or without, and what it is of.
fn line_of_half(line: &[u8]) -> Option<([u8; 8], &[u8])> {
    let (hash, plain) = cut(line, b':')?;
    let digits = hash.strip_prefix(b"$LM$").unwrap_or(hash);
    let digits = str::from_utf8(digits).ok().filter(|digits| digits.len() == 16)?;
    Some((u64::from_str_radix(digits, 16).ok()?.to_be_bytes(), plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ReadOptions;

    #[test]
    fn both_halves_are_one_password() {
        let line = |name: &str, lm: &str| {
            format!("{name}:1104:{lm}:0b27ac53354dde878f0c16b630e45b59:::\n")
        };
        let file = line("a", "513c83693095fddec2265b23734e0dac")
            + &line("b", "513c83693095fddeaad3b435b51404ee")
            + &line("c", "e52cac67419a9a22c2265b23734e0dac");
        let options = ReadOptions::default();
        let exports = [Export::read("network", "a", file.into_bytes(), &options)];
        let pot = b"513C83693095fdde:WOMBAT4\r\n$LM$c2265b23734e0dac:1\nnothing\n";
        let passwords = lm_passwords(pot, &exports);
        let texts: Vec<_> = passwords.iter().filter_map(Password::expose).collect();
        assert_eq!(texts, ["wombat41", "wombat4"]);
    }
}
