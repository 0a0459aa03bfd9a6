//! Salted schemes over lanes: every instruction set of this processor gives what one guess after
//! the other gives, which is `RustCrypto`'s doing.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use base64ct::{Base64, Base64Bcrypt, Encoding as _};
use proptest::prelude::*;
use strongpass_hash::{Hash, InstructionSet, Limits, Scheme, Setting};

/// A stored hash of each scheme and shape of salt, with low costs.
const STORED: &[&str] = &[
    "md5$a$",
    "md5$/6k.2IU/5UE$",
    "sha1$/6k.2IU/5UE08g.$",
    "sha1$a salt of more than a block, as nobody has, who would have read so far$",
    "sha256$/6k.2IU/5$",
    "sha512$/6k.2IU/5UE08g.$",
    "$DCC2$1#a#",
    "$DCC2$3#somebody with a long name#",
    "$sha1$1$s$",
    "$sha1$5$/6k.2IU/5UE08g.1$",
    "pbkdf2:sha1:1$s$",
    "pbkdf2:sha1:3$salt$0000000000",
    "pbkdf2:sha256:1$s$",
    "pbkdf2:sha256:4$a salt of more than a block, as nobody has but 389 Directory Server$0000",
    "pbkdf2:sha512:1$s$",
    "pbkdf2:sha512:4$salt$00000000000000",
    "$1$$",
    "$1$/6k.2IU/$",
    "$apr1$s79ct$",
    "$5$rounds=1000$$",
    "$5$rounds=1000$a$",
    "$5$rounds=1001$/6k.2IU/$",
    "$5$rounds=1042$/6k.2IU/5UE08g.1$",
    "$6$rounds=1000$$",
    "$6$rounds=1000$a$",
    "$6$rounds=1001$/6k.2IU/$",
    "$6$rounds=1042$/6k.2IU/5UE08g.1$",
    "$P$5saltsalt",
    "$H$6saltsalt",
    "$S$5saltsalt",
    "U$S$5saltsalt",
];

/// The settings, with digests that no password gives.
fn settings() -> Vec<Setting> {
    let setting = |stored: &&str| {
        let digest = match stored {
            _ if stored.starts_with("$6$") => ".".repeat(86),
            _ if stored.starts_with("$5$") => ".".repeat(43),
            _ if stored.starts_with("$1") || stored.starts_with("$a") => ".".repeat(22),
            _ if stored.starts_with("$sha1") => ".".repeat(28),
            _ if stored.starts_with("$DCC2") => "0".repeat(32),
            _ if stored.starts_with("$P") || stored.starts_with("$H") => ".".repeat(22),
            _ if stored.contains("$S$") => ".".repeat(43),
            _ if stored.starts_with("md5$") => "0".repeat(32),
            _ if stored.starts_with("sha1$") => "0".repeat(40),
            _ if stored.starts_with("sha256$") => "0".repeat(64),
            _ if stored.starts_with("sha512$") => "0".repeat(128),
            // More than two digests of SHA-512, with an end of another length.
            _ => "0".repeat(260),
        };
        Hash::parse((stored.to_string() + &digest).as_bytes()).unwrap().setting
    };
    // A digest of zeros, then a salt, in one Base64; and digests without a salt.
    let ldap = [("SMD5", 16), ("SSHA", 20), ("SSHA256", 32), ("SSHA512", 64)];
    let ldap = ldap.into_iter().flat_map(|(name, digest)| {
        [1, 8, 61].map(move |salt| {
            let text = Base64::encode_string(&vec![b'a'; digest + salt]);
            Hash::parse(format!("{{{name}}}{text}").as_bytes()).unwrap().setting
        })
    });
    let unsalted = [Scheme::Md5, Scheme::Sha1, Scheme::Sha256, Scheme::Sha512];
    let unsalted = unsalted.into_iter().filter_map(Setting::unsalted);
    STORED.iter().map(setting).chain(ldap).chain(unsalted).collect()
}

/// The digests of a block, each with the place of its guess.
fn digests(setting: &Setting, set: InstructionSet, guesses: &[&[u8]]) -> Vec<(usize, Vec<u8>)> {
    let mut hasher = setting.hasher_on(set, &Limits::default()).unwrap();
    let mut digests = Vec::new();
    let mut each = |guess, digest: &[u8]| digests.push((guess, digest.to_vec()));
    hasher.digests(guesses, &mut each).unwrap();
    digests.sort();
    digests
}

/// Whatever the instructions, a block gives what its guesses give alone.
#[track_caller]
fn check(setting: &Setting, guesses: &[Vec<u8>]) {
    let guesses: Vec<&[u8]> = guesses.iter().map(Vec::as_slice).collect();
    let alone = |(place, guess): (usize, &&[u8])| {
        let found = digests(setting, InstructionSet::portable(), &[guess]);
        found.into_iter().map(move |(_, digest)| (place, digest))
    };
    let mut alone: Vec<_> = guesses.iter().enumerate().flat_map(alone).collect();
    alone.sort();
    for set in InstructionSet::available() {
        assert!(digests(setting, set, &guesses) == alone, "{setting:?} with {set}");
    }
}

/// `count` guesses of one length, all different if possible.
fn guesses(count: usize, length: usize, seed: u64) -> Vec<Vec<u8>> {
    let mut state = seed;
    let mut byte = || {
        // Knuth's MMIX.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let [.., high] = state.to_le_bytes();
        high.max(1)
    };
    (0..count).map(|_| (0..length).map(|_| byte()).collect()).collect()
}

#[test]
fn every_length() {
    for setting in settings() {
        for length in (0..=27).chain([47, 55, 56, 63, 64, 65, 100, 111, 112, 127, 128, 129, 255]) {
            check(&setting, &guesses(4, length, 1));
        }
    }
}

#[test]
fn every_lane() {
    for setting in settings() {
        for count in [1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 96] {
            check(&setting, &guesses(count, 9, 2));
        }
    }
}

/// bcrypt is our own whatever the block; another implementation judges.
#[test]
fn bcrypt_is_bcrypt() {
    for (cost, salt) in [(4, [0; 16]), (5, *b"abcdefghijklmnop"), (4, [0xff; 16])] {
        let text = Base64Bcrypt::encode_string(&salt);
        let stored = format!("$2b${cost:02}${text}{}", ".".repeat(31));
        let setting = Hash::parse(stored.as_bytes()).unwrap().setting;
        for (count, length) in [(1, 0), (2, 1), (5, 8), (6, 71), (7, 72), (13, 80)] {
            let guesses = guesses(count, length, 5);
            let expected = |(place, guess): (usize, &Vec<u8>)| {
                let key: Vec<u8> = guess.iter().copied().chain([0]).take(72).collect();
                (place, bcrypt::bcrypt(cost, salt, &key)[..23].to_vec())
            };
            let expected: Vec<_> = guesses.iter().enumerate().map(expected).collect();
            let guesses: Vec<&[u8]> = guesses.iter().map(Vec::as_slice).collect();
            assert!(digests(&setting, InstructionSet::best(), &guesses) == expected, "{stored}");
        }
    }
}

#[test]
fn lengths_may_be_mixed() {
    for setting in settings() {
        let mut mixed: Vec<_> = (0..12).flat_map(|length| guesses(length, length, 3)).collect();
        mixed.rotate_left(17);
        check(&setting, &mixed);
        // What is left in lanes from one block is not in the next.
        let mut hasher = setting.hasher_on(InstructionSet::best(), &Limits::default()).unwrap();
        for length in [20, 3, 60, 8] {
            let guesses = guesses(5, length, 4);
            let guesses: Vec<&[u8]> = guesses.iter().map(Vec::as_slice).collect();
            let mut found = Vec::new();
            hasher.digests(&guesses, &mut |at, digest| found.push((at, digest.to_vec()))).unwrap();
            found.sort();
            assert!(found == digests(&setting, InstructionSet::portable(), &guesses));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn any_block(
        which in any::<prop::sample::Index>(),
        guesses in prop::collection::vec(prop::collection::vec(0_u8.., 0..20), 1..70),
    ) {
        check(which.get(&settings()), &guesses);
    }
}
