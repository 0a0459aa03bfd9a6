//! yescrypt (crypt(5) `$y$`), gost-yescrypt (`$gy$`) and Sun MD5 (`$md5`).

use std::ffi::CString;

use yescrypt::{Mode, Params};
use zeroize::Zeroizing;

use crate::arch::xcrypt::Xcrypt;
use crate::encoding::fields::{cut, cut_last, number};
use crate::encoding::radix64::{crypt64, is_crypt64, six_bits};
use crate::schemes::kernel::{Kernel, scalar};
use crate::schemes::md5crypt;
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads `$y$`, given whole and without its first word: parameters, salt, digest.
pub(crate) fn parse(text: &[u8], rest: &[u8]) -> Result<Hash, HashError> {
    parse_as(Scheme::Yescrypt, text, rest)
}

/// Reads `$gy$`.
pub(crate) fn parse_gost(text: &[u8], rest: &[u8]) -> Result<Hash, HashError> {
    parse_as(Scheme::GostYescrypt, text, rest)
}

fn parse_as(scheme: Scheme, text: &[u8], rest: &[u8]) -> Result<Hash, HashError> {
    let (parameters, rest) = cut(rest, b'$').or_malformed(scheme, "its salt is missing")?;
    let (salt, digest) = cut(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    let (_, cost) = read_parameters(parameters)
        .or_malformed(scheme, "its parameters are not those of yescrypt")?;
    if salt.len() > 86 || !is_crypt64(salt) {
        return Err(malformed(scheme, "its salt is not characters of crypt(3)"));
    }
    let bytes = crypt64(digest).filter(|bytes| bytes.len() == 32);
    let bytes = bytes.or_malformed(scheme, "its digest is not 43 characters of crypt(3)")?;
    let salt = text.strip_suffix(digest).unwrap_or(text);
    Ok(Hash { setting: Setting::new(scheme, cost, salt, 32), digest: Digest::new(bytes) })
}

/// Flags and cost: numbers in a variable length; those after `r` are optional.
fn read_parameters(mut text: &[u8]) -> Option<(u32, Cost)> {
    let flags = read_number(&mut text, 0)?;
    let log_n = u8::try_from(read_number(&mut text, 1)?).ok().filter(|log_n| *log_n <= 63)?;
    let r = read_number(&mut text, 1)?;
    let optional = if text.is_empty() { 0 } else { read_number(&mut text, 1)? };
    let p = if optional & 1 == 0 { 1 } else { read_number(&mut text, 2)? };
    let t = if optional & 2 == 0 { 0 } else { read_number(&mut text, 1)? };
    // Upgrades and a ROM would follow; libxcrypt has neither.
    let known = optional <= 3 && text.is_empty() && r.checked_mul(p)? < 1 << 30;
    known.then_some((flags, Cost::Scrypt { log_n, r, p, t }))
}

/// A number from that minimum on: the first character says how many follow.
fn read_number(text: &mut &[u8], minimum: u32) -> Option<u32> {
    let (first, rest) = text.split_first()?;
    let first = u32::from(six_bits(*first)?);
    let (mut number, mut start, mut end, mut more) = (minimum, 0, 47, 0_u32);
    while first > end {
        number = number.checked_add((end + 1 - start).checked_shl(more * 6)?)?;
        start = end + 1;
        end = start + (62 - end) / 2;
        more += 1;
    }
    number = number.checked_add((first - start).checked_mul(1_u32.checked_shl(more * 6)?)?)?;
    let (following, rest) = rest.split_at_checked(usize::try_from(more).ok()?)?;
    for character in following {
        more -= 1;
        number = number.checked_add(u32::from(six_bits(*character)?) << (more * 6))?;
    }
    *text = rest;
    Some(number)
}

/// Reads Sun MD5: `$md5`, perhaps `,rounds=N`, salt, one dollar sign or two, digest. The salt
/// with its dollar signs is hashed as it is written.
pub(crate) fn parse_sun(text: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Sunmd5;
    let (salt, digest) = cut_last(text, b'$').or_malformed(scheme, "its digest is missing")?;
    let rest = text.strip_prefix(b"$md5").unwrap_or(text);
    let rounds = match rest.strip_prefix(b",rounds=") {
        Some(rest) => cut(rest, b'$').and_then(|(rounds, _)| number(rounds)),
        None => Some(0),
    };
    let rounds = rounds.and_then(|rounds| rounds.checked_add(4096));
    let rounds = rounds.or_malformed(scheme, "its rounds are not a number")?;
    let digest = crypt64(digest).and_then(|bytes| md5crypt::reorder(&bytes, &md5crypt::ORDER));
    let digest = digest.or_malformed(scheme, "its digest is not 22 characters of crypt(3)")?;
    let salt = [salt, b"$"].concat();
    Ok(Hash { setting: Setting::new(scheme, Cost::Rounds(rounds), &salt, 16), digest })
}

/// The platform's libxcrypt where it is there: it is several times faster at yescrypt, and the
/// only one for the other two.
pub(crate) fn kernel(setting: &Setting) -> Result<Box<dyn Kernel + Send + '_>, HashError> {
    kernel_with(setting, Xcrypt::new(setting.scheme()))
}

fn kernel_with(
    setting: &Setting,
    xcrypt: Option<Xcrypt>,
) -> Result<Box<dyn Kernel + Send + '_>, HashError> {
    let scheme = setting.scheme();
    match xcrypt {
        Some(xcrypt) => by_libxcrypt(setting, xcrypt),
        None if scheme == Scheme::Yescrypt => portable(setting),
        None => Err(HashError::NeedsLibcrypt { scheme }),
    }
}

fn by_libxcrypt(
    setting: &Setting,
    mut xcrypt: Xcrypt,
) -> Result<Box<dyn Kernel + Send + '_>, HashError> {
    let refused = HashError::Refused { scheme: setting.scheme() };
    let sun = setting.scheme() == Scheme::Sunmd5;
    // With a digest after it (any), there is no doubt where the salt of Sun MD5 ends.
    let any_digest = if sun { b"......................".as_slice() } else { b"" };
    let text = CString::new([&setting.salt, any_digest].concat()).map_err(|_| refused.clone())?;
    Ok(scalar(move |guess, each| {
        let output = xcrypt.crypt(guess, &text).map_err(|_| refused.clone())?;
        // A guess that is too long for libxcrypt is not a password there.
        let Some(output) = output else { return Ok(()) };
        let digest = output.strip_prefix(&*setting.salt).and_then(crypt64);
        let digest = digest.map(Zeroizing::new).ok_or_else(|| refused.clone())?;
        let digest = if sun {
            md5crypt::reorder(&digest, &md5crypt::ORDER)
        } else {
            Some(Digest::new(digest.as_slice()))
        };
        each(digest.ok_or_else(|| refused.clone())?.bytes());
        Ok(())
    }))
}

fn portable(setting: &Setting) -> Result<Box<dyn Kernel + Send + '_>, HashError> {
    let refused = HashError::Refused { scheme: Scheme::Yescrypt };
    let fields = setting.salt.strip_prefix(b"$y$").and_then(|text| cut(text, b'$'));
    let fields = fields.and_then(|(parameters, rest)| {
        let (flags, cost) = read_parameters(parameters)?;
        Some((flags, cost, crypt64(rest.strip_suffix(b"$")?)?))
    });
    let Some((flags, Cost::Scrypt { log_n, r, p, t }, salt)) = fields else {
        return Err(refused);
    };
    let only = HashError::NeedsLibcrypt { scheme: Scheme::Yescrypt };
    let mode = Mode::try_from(flags).map_err(|_| only.clone())?;
    let params = Params::new_with_all_params(mode, 1 << log_n, r, p, t, 0).map_err(|_| only)?;
    let mut digest = [0; 32];
    Ok(scalar(move |guess, each| {
        let outcome = yescrypt::yescrypt(guess, &salt, &params, &mut digest);
        outcome.map_err(|_| refused.clone())?;
        each(&digest);
        Ok(())
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CRYPT64: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    fn digest(kernel: &mut dyn Kernel, guess: &[u8]) -> Option<Vec<u8>> {
        let mut found = None;
        kernel.digests(&[guess], &mut |_, digest| found = Some(digest.to_vec())).ok()?;
        found
    }

    #[test]
    fn parameters_are_read_as_the_reference_writes_them() {
        let cost = |log_n, r, p, t| Cost::Scrypt { log_n, r, p, t };
        for (text, expected) in [
            ("j9T", cost(12, 32, 1, 0)),
            ("j95.0", cost(12, 8, 4, 0)),
            ("j75/.", cost(10, 8, 1, 1)),
            ("j750..", cost(10, 8, 2, 1)),
            ("jBT", cost(14, 32, 1, 0)),
            // 48 is the last of one character, 49 the first of two.
            ("j/j", cost(2, 48, 1, 0)),
            ("j/k.", cost(2, 49, 1, 0)),
        ] {
            assert_eq!(
                read_parameters(text.as_bytes()).map(|(_, cost)| cost),
                Some(expected),
                "{text}"
            );
        }
        // Cut short, with something after them, with upgrades (g) or a ROM, and 2^64.
        for text in ["", "j", "j9", "j9k", "j9T.", "j951", "j9T..0", "j953/2", "jC559", "jzzzzzz"] {
            assert_eq!(read_parameters(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn without_libxcrypt_only_yescrypt_is_computed() {
        let known = "$y$j/5$/6k.$KeP.wshUmuTA0CuHMPXVZ24ApdHI7VDmiJbRM/X0Fi4";
        let hash = Hash::parse(known.as_bytes()).unwrap();
        let mut kernel = kernel_with(&hash.setting, None).unwrap();
        let digest = digest(&mut *kernel, b"Blue-Badger7");
        assert_eq!(digest.as_deref(), Some(hash.digest.bytes()));

        for (scheme, stored) in [
            (Scheme::GostYescrypt, "$gy$j/5$/6k.$lJcSmRNTcQeyDPaP2fICPfY8z7fF5F76nbng8uQ6cO7"),
            (Scheme::Sunmd5, "$md5$/6k.$$dCtaL8M.sSfAgX0VoIO901"),
        ] {
            let setting = Hash::parse(stored.as_bytes()).unwrap().setting;
            let error = kernel_with(&setting, None).err();
            assert_eq!(error, Some(HashError::NeedsLibcrypt { scheme }));
        }
    }

    proptest! {
        #[test]
        fn parameters_are_read_as_the_crate_writes_them(
            (log_n, r, p, t) in (1_u8..=40, 1_u32..100_000, 1_u32..9_000, 0_u32..9_000),
        ) {
            if let Ok(params) = Params::new_with_all_params(Mode::Rw, 1 << log_n, r, p, t, 0) {
                let text = params.to_string();
                let expected = Some(Cost::Scrypt { log_n, r, p, t });
                prop_assert_eq!(read_parameters(text.as_bytes()).map(|read| read.1), expected);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Without libxcrypt the digests are the same.
        #[test]
        fn the_portable_one_agrees_with_libxcrypt(
            (log_n, r, p, t) in (4_usize..9, 1_usize..33, 1_usize..3, 0_usize..3),
            salt in "([./0-9A-Za-z]{4}){0,10}",
            guess in "[ -~£äéß€]{0,80}",
        ) {
            let optional = match (p > 1, t > 0) {
                (false, false) => vec![],
                (true, false) => vec![0, p - 2],
                (false, true) => vec![1, t - 1],
                (true, true) => vec![2, p - 2, t - 1],
            };
            let values = [vec![log_n - 1, r - 1], optional].concat();
            let text: String = values.iter().map(|value| char::from(CRYPT64[*value])).collect();
            let stored = format!("$y$j{text}${salt}${}", ".".repeat(43));
            let setting = Hash::parse(stored.as_bytes()).unwrap().setting;

            let xcrypt = Xcrypt::new(Scheme::Yescrypt).expect("this test needs libxcrypt");
            let theirs = digest(&mut *by_libxcrypt(&setting, xcrypt).unwrap(), guess.as_bytes());
            let ours = digest(&mut *portable(&setting).unwrap(), guess.as_bytes());
            prop_assert!(ours.is_some());
            prop_assert_eq!(ours, theirs, "{}", stored);
        }
    }
}
