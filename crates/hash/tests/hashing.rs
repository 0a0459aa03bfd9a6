//! What becomes of a guess: what schemes read of it, leave out of it or cannot take.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::time::Duration;

use strongpass_hash::{Hash, HashError, Limits, Scheme, Setting};

/// The digests of some guesses, each with the place of its guess.
#[track_caller]
fn digests(setting: &Setting, guesses: &[&[u8]]) -> Vec<(usize, Vec<u8>)> {
    let mut hasher = setting.hasher(&Limits::default()).unwrap();
    let mut digests = Vec::new();
    let mut each = |guess, digest: &[u8]| digests.push((guess, digest.to_vec()));
    hasher.digests(guesses, &mut each).unwrap();
    digests.sort();
    digests
}

/// Whether two guesses are the same password under that hash.
#[track_caller]
fn same(stored: &str, one: &str, other: &str) -> bool {
    let setting = Hash::parse(stored.as_bytes()).unwrap().setting;
    let digests = digests(&setting, &[one.as_bytes(), other.as_bytes()]);
    let [(0, one), (1, other)] = digests.as_slice() else { panic!("{} digests", digests.len()) };
    one == other
}

const BCRYPT: &str = "$2b$04$abcdefghijklmnopqrstuuNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe";
const DES: &str = "/069KOe9EezT6";
const BSDI: &str = "_0...zzzzI6MhG9ryc0A";
const YESCRYPT: &str = "$y$j/5$$9eehpP8.TkxdXzSEHMljDQgzTn09eGLwItEuHc29Ml7";
const SSHA: &str = "{SSHA}CeLswZ8GdCQ43dhVEFzVncI1vB1dKwUA";
const LM: &str = "{LANMAN}aad3b435b51404eeaad3b435b51404ee";

#[test]
fn schemes_read_what_they_say() {
    let a = |count| "a".repeat(count);
    // The first eight characters, seven bits of each.
    assert!(same(DES, "Blue-Badger7", "Blue-Bad"));
    assert!(!same(DES, "Blue-Badger7", "Blue-Ba"));
    assert!(same(DES, "é", "C)"));
    let reads = Scheme::Descrypt.reads_only().unwrap();
    assert_eq!((reads.first, reads.case, reads.eighth_bit), (Some(8), true, false));
    // All characters, seven bits of each.
    assert!(!same(BSDI, &a(100), &a(101)));
    assert!(same(BSDI, "é", "C)"));
    let reads = Scheme::Bsdicrypt.reads_only().unwrap();
    assert_eq!((reads.first, reads.case, reads.eighth_bit), (None, true, false));
    // 72 bytes.
    assert!(same(BCRYPT, &a(72), &a(73)));
    assert!(!same(BCRYPT, &a(71), &a(72)));
    assert_eq!(Scheme::Bcrypt.reads_only().unwrap().first, Some(72));
    // 14 characters in capitals; letters with accents too.
    assert!(same(LM, "Kestrel!92Kestrel", "kESTREL!92kEST"));
    assert!(!same(LM, "Kestrel!92Kest", "Kestrel!92Kess"));
    assert!(same(LM, "zoë", "ZOË"));
    let reads = Scheme::Lm.reads_only().unwrap();
    assert_eq!((reads.first, reads.case, reads.eighth_bit), (Some(14), false, true));
    // Everything.
    assert!(!same(YESCRYPT, &a(510), &a(511)));
    assert!(!same(SSHA, &a(1_000), &a(1_001)));
    assert_eq!(Scheme::Yescrypt.reads_only(), None);
}

#[test]
fn bigcrypt_reads_128_characters() {
    let two_pieces = [DES, "jMnVR0A198M"].concat();
    let a = |count| "a".repeat(count);
    assert!(!same(&two_pieces, &a(16), &a(17)));
    assert!(!same(&two_pieces, &a(127), &a(128)));
    assert!(same(&two_pieces, &a(128), &a(129)));
    assert_eq!(Scheme::Bigcrypt.reads_only().unwrap().first, Some(128));
}

/// A C string ends at its NUL; to hash what is before it would be another password.
#[test]
fn a_nul_is_in_no_password_of_crypt() {
    let guesses: [&[u8]; 4] = [b"Blue\0Badger", b"Blue", b"\0", b"Badger"];
    for stored in [BCRYPT, DES, BSDI, YESCRYPT, "$1$s$2xHurlvfjQIoSZhKA8RiV/"] {
        let setting = Hash::parse(stored.as_bytes()).unwrap().setting;
        let places: Vec<_> = digests(&setting, &guesses).into_iter().map(|(at, _)| at).collect();
        assert_eq!(places, [1, 3], "{stored}");
        let alone = digests(&setting, &[b"Badger"]);
        assert_eq!(digests(&setting, &guesses)[1].1, alone[0].1, "{stored}");
    }
    let setting = Hash::parse(SSHA.as_bytes()).unwrap().setting;
    assert_eq!(digests(&setting, &guesses).len(), 4);
}

#[test]
fn what_is_no_text_is_no_password_of_windows() {
    for scheme in [Scheme::Nt, Scheme::Lm] {
        let setting = Setting::unsalted(scheme).unwrap();
        let digests = digests(&setting, &[b"Zo\xeb", "Zoë".as_bytes(), b"\xff"]);
        assert_eq!(digests.len(), 1, "{scheme}");
        assert_eq!(digests[0].0, 1, "{scheme}");
    }
    // Page 850 has no euro; Windows then stores no LM hash.
    let lm = Setting::unsalted(Scheme::Lm).unwrap();
    assert_eq!(digests(&lm, &["€uro".as_bytes()]), []);
    // FreeBSD's takes bytes.
    let stored = b"$3$$567667e52888a59d0abcf0c066db867b";
    assert_eq!(digests(&Hash::parse(stored).unwrap().setting, &[b"\xff"]).len(), 1);
}

/// `ZOË£7` in page 850 is 5A 4F D3 9C 37; the digest is of passlib's DES.
#[test]
fn lm_takes_code_page_850() {
    let hash = Hash::unsalted(Scheme::Lm, b"ad2523b1009e7877aad3b435b51404ee").unwrap();
    assert!(
        hash.setting
            .hasher(&Limits::default())
            .unwrap()
            .matches(&hash.digest, "zoë£7".as_bytes())
            .unwrap()
    );
}

/// A surrogate pair is two units of UTF-16. The digest is of passlib's MD4.
#[test]
fn nt_takes_utf_16() {
    let hash = Hash::unsalted(Scheme::Nt, b"e5e8549bebeb38af1e7390c987434c5b").unwrap();
    let mut hasher = hash.setting.hasher(&Limits::default()).unwrap();
    let guess = "🦡 Blue-Badger7 Blue-Badger7 Blue-Badger7 Blue-Badger7 🦡";
    assert!(hasher.matches(&hash.digest, guess.as_bytes()).unwrap());
}

#[test]
fn wordpress_trims() {
    let stored = "$P$5Blue1234Ycvh9r2OjbW3YSC5pHoSb0";
    assert!(same(stored, "Kestrel!92", " \t\n\r\0\x0bKestrel!92 "));
    assert!(!same(stored, "Kestrel!92", "Kestrel !92"));
    assert!(same(stored, "", "  "));
    let bcrypt = "$wp$2y$04$abcdefghijklmnopqrstuuNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe";
    assert!(same(bcrypt, "Kestrel!92", " \tKestrel!92\n"));
    assert!(!same(bcrypt, "Kestrel!92", "kestrel!92"));
    // phpBB does not, and neither does a hash that was made of another.
    for prefix in ["$H$", "U$P$"] {
        let stored = stored.replacen("$P$", prefix, 1);
        assert!(!same(&stored, "Kestrel!92", "Kestrel!92 "), "{prefix}");
    }
}

/// libxcrypt takes 511 bytes; `passwd` cannot have set more.
#[test]
fn no_password_of_libxcrypt_is_longer_than_511_bytes() {
    let setting = Hash::parse(YESCRYPT.as_bytes()).unwrap().setting;
    let long = b"a".repeat(100_000);
    let guesses = [&long[..511], &long[..512], &long, b"a"];
    let places: Vec<_> = digests(&setting, &guesses).into_iter().map(|(at, _)| at).collect();
    assert_eq!(places, [0, 3]);
}

/// Old Werkzeug and Django write the same text for different digests.
#[test]
fn a_text_of_two_readings_gives_two_digests() {
    let stored = "sha1$OldSalt8$0123456789012345678901234567890123456789";
    let setting = Hash::parse(stored.as_bytes()).unwrap().setting;
    let digests = digests(&setting, &[b"Blue-Badger7", b"Kestrel!92"]);
    let places: Vec<_> = digests.iter().map(|(at, _)| *at).collect();
    assert_eq!(places, [0, 0, 1, 1]);
    assert_ne!(digests[0].1, digests[1].1);
}

/// A block gives what its guesses give one by one.
#[test]
fn a_block_is_its_guesses() {
    let words: Vec<String> = (0..67).map(|n| "Kestrel!92".repeat(n % 9) + &n.to_string()).collect();
    let guesses: Vec<&[u8]> = words.iter().map(String::as_bytes).collect();
    for line in include_str!("vectors.tsv").lines().filter(|line| line.contains("\tempty\t")) {
        let stored = line.rsplit('\t').next().unwrap();
        let setting = Hash::parse(stored.as_bytes()).unwrap().setting;
        // The slow ones have no block worth the name.
        if setting.price() > Duration::from_micros(50) {
            continue;
        }
        let mut one_by_one = Vec::new();
        for (at, guess) in guesses.iter().enumerate() {
            one_by_one
                .extend(digests(&setting, &[guess]).into_iter().map(|(_, bytes)| (at, bytes)));
        }
        one_by_one.sort();
        assert_eq!(digests(&setting, &guesses), one_by_one, "{stored}");
        assert_eq!(digests(&setting, &[]), []);
    }
}

#[test]
fn absurd_costs_are_refused_before_they_are_paid() {
    let many = "$6$rounds=999999999$/6k.2IU/$".to_owned() + &".".repeat(86);
    let huge = "$argon2id$v=19$m=8388608,t=1,p=1$c29tZXNhbHQ$".to_owned() + &"A".repeat(43);
    let scrypt = format!("scrypt:1073741824:8:1$salt${}", "0".repeat(128));
    let yescrypt = "$y$jQT$$".to_owned() + &".".repeat(43);
    for (stored, parts) in [
        ("$2b$31$abcdefghijklmnopqrstuuNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe", ["cost 31", "--max-cost"]),
        (&many, ["999,999,999 rounds", "--max-cost"]),
        (&huge, ["8,388,608 KiB", "--max-memory"]),
        (&scrypt, ["N = 2^30, r = 8, p = 1", "--max-memory"]),
        (&yescrypt, ["r = 32", "--max-memory"]),
    ] {
        let setting = Hash::parse(stored.as_bytes()).unwrap().setting;
        let refused = setting.hasher(&Limits::default()).unwrap_err();
        assert_eq!(setting.check(&Limits::default()), Err(refused.clone()));
        let message = refused.to_string();
        assert!(parts.iter().all(|part| message.contains(part)), "{message}");
    }
}

#[test]
fn limits_are_the_callers() {
    let bcrypt = Hash::parse(BCRYPT.as_bytes()).unwrap().setting;
    let hurried = Limits { time: Duration::from_micros(10), ..Limits::default() };
    assert!(matches!(bcrypt.check(&hurried), Err(HashError::TooCostly { .. })));
    let least = Limits { time: bcrypt.price(), memory_kib: 0 };
    assert_eq!(bcrypt.check(&least), Ok(()));

    let stored = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$".to_owned() + &"A".repeat(43);
    let argon2 = Hash::parse(stored.as_bytes()).unwrap().setting;
    assert!(matches!(argon2.check(&least), Err(HashError::TooMuchMemory { .. })));
    assert_eq!(argon2.check(&Limits { memory_kib: 64, ..Limits::default() }), Ok(()));
}
