//! Stored hashes as they come: whole, damaged, hostile, or no hash at all.

#![expect(clippy::panic, reason = "a test may panic")]

use proptest::prelude::*;
use strongpass_hash::{Hash, HashError, Scheme};

fn parse(text: &str) -> Result<Hash, HashError> {
    Hash::parse(text.as_bytes())
}

/// Every stored hash of `vectors.tsv`.
fn vectors() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("vectors.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.rsplit('\t').next())
}

#[test]
fn what_is_no_hash_is_told_apart() {
    let ambiguous = "567667e52888a59d0abcf0c066db867b";
    for (text, error) in [
        ("", HashError::Empty),
        ("*", HashError::NoPassword),
        ("!", HashError::NoPassword),
        ("!!", HashError::NoPassword),
        ("!*", HashError::NoPassword),
        ("x", HashError::NoPassword),
        // Django's `make_password(None)`.
        ("!6AOxWBpAyRXzLhLRAIbgrtSzCyqeSCJhHrPZlYzL", HashError::NoPassword),
        ("{SASL}jsmith@SCHOOL.LOCAL", HashError::Elsewhere),
        ("{CLEARTEXT}Blue-Badger7", HashError::ClearText { at: 11 }),
        ("{plain}Blue-Badger7", HashError::ClearText { at: 7 }),
        (ambiguous, HashError::Ambiguous),
        (&ambiguous.to_uppercase(), HashError::Ambiguous),
        ("Blue-Badger7", HashError::Unknown),
        ("Kestrel 92", HashError::Unknown),
        // 13 characters, but of 66 bits, not 64.
        ("/069KOe9EezT7", HashError::Unknown),
        ("$", HashError::Unknown),
        ("$$", HashError::Unknown),
        ("$10$salt$digest", HashError::Unknown),
        ("{", HashError::Unknown),
        ("{}", HashError::Unknown),
        ("{GSSAPI}jsmith", HashError::Unknown),
        ("{CRYPT}{CRYPT}{CRYPT}/069KOe9EezT6", HashError::Unknown),
        ("U$", HashError::Unknown),
        ("U$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0", HashError::Unknown),
        ("whirlpool$salt$00", HashError::Unknown),
        ("argon2$whirlpool$00", HashError::Unknown),
        ("plain:sha1$salt$00", HashError::Unknown),
    ] {
        assert_eq!(parse(text), Err(error), "{text}");
    }
}

/// The flag to use is in the message.
#[test]
fn an_ambiguous_hash_says_what_to_do() {
    let message = HashError::Ambiguous.to_string();
    for flag in ["--as nt", "--as md5", "--as lm"] {
        assert!(message.contains(flag), "{message}");
    }
}

#[test]
fn variants_that_nobody_computes_are_named() {
    for text in [
        "$2$04$abcdefghijklmnopqrstuuNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe",
        "0x0300000102030405060708090a0b0c0d0e0f",
        "H:00000000000000000000000000000000",
        "{CRAM-MD5}66bd0b5a2f2a8a2f1d4c1f6e9b8a7c6d",
        "{AES}AQIDBA==",
        "$krb5db$23$kharper$SCHOOL.EXAMPLE$00",
        "SCRAM-SHA-512$4096:AAAA$AAAA:AAAA",
        "pbkdf2:md5:1000$salt$00000000000000000000000000000000",
        "$argon2id$v=18$m=64,t=1,p=1$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Ng",
        "$argon2id$v=19$m=64,t=1,p=1,data=c29t$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Ng",
    ] {
        assert!(matches!(parse(text), Err(HashError::Unsupported { .. })), "{text}");
    }
}

/// It is known whose hash it would have been.
#[track_caller]
fn refused(hashes: &[(Scheme, String)]) {
    for (scheme, text) in hashes {
        match parse(text) {
            Err(HashError::Malformed { scheme: found, .. }) => assert_eq!(found, *scheme, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

fn sha512crypt(before: &str, after: &str) -> String {
    let digest = "1rpB3qJVZ5n0cJ4eJhPrDR7Hyl3sv5qRi58GnqrPaEf8WLIPxYNWHSintNDLu7lp\
                  n5ZoIyAGjog7Rr.ZO64x9.";
    format!("$6${before}${digest}{after}")
}

fn argon2(parameters: &str) -> String {
    format!("$argon2id$v=19${parameters}$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Ng")
}

fn hex(digits: usize) -> String {
    "0".repeat(digits)
}

#[test]
fn a_hash_that_is_cut_short_or_goes_on_is_refused() {
    refused(&[
        (Scheme::Sha512crypt, "$6$/6k.2IU/".to_owned()),
        (Scheme::Sha512crypt, "$6$/6k.2IU/$".to_owned()),
        (Scheme::Sha512crypt, sha512crypt("/6k.2IU/", ".")),
        (Scheme::Sha512crypt, sha512crypt("/6k.2IU/", "\n")),
        (Scheme::Sha512crypt, sha512crypt("/6k.2IU/", ":19700:0")),
        (Scheme::Md5crypt, "$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We".to_owned()),
        (Scheme::Apr1, "$apr1$s79ctf4t$kOZqtFDiqMq49b1rnGBLV/0".to_owned()),
        (Scheme::Bcrypt, "$2b$04$abcdefghijklmnopqrstuuNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJ".to_owned()),
        (Scheme::Bcrypt, "$2b$04$abcdefghijklmnopqrst".to_owned()),
        (Scheme::Bcrypt, "$2b$".to_owned()),
        (Scheme::Yescrypt, "$y$j9T$".to_owned()),
        (Scheme::Yescrypt, "$y$j9T$/6k.2IU/$IC9MPT3XVnz/QBOdPYuZO6oMRb9cdspxdH6Blf/E/8".to_owned()),
        (Scheme::Bsdicrypt, "_J9../6k.rb8rjEjJYe ".to_owned()),
        (Scheme::Nt, "$NT$567667e52888a59d0abcf0c066db867".to_owned()),
        (Scheme::Nt, "$3$567667e52888a59d0abcf0c066db867b".to_owned()),
        (Scheme::Ssha, "{SSHA}CeLswZ8GdCQ43dhVEFzVncI1".to_owned()),
        (Scheme::WebSha1, format!("sha1$salt${}", hex(39))),
        (Scheme::WebSha1, "sha1$salt".to_owned()),
        (Scheme::Sha1, format!("sha1$${}", hex(41))),
        (Scheme::Phpass, "$P$5Blue1234Ycvh9r2OjbW3YSC5pHoSb".to_owned()),
        (Scheme::Drupal7, "$S$5Blue1234".to_owned() + &".".repeat(42)),
        (Scheme::Pbkdf2Sha256, "pbkdf2_sha256$1000$salt".to_owned()),
        (Scheme::Pbkdf2Sha256, "pbkdf2:sha256:1000$salt".to_owned()),
        (Scheme::Scrypt, format!("scrypt:1024:8:1$salt${}", hex(30))),
        (Scheme::Scrypt, "scrypt$1024$salt$8$5".to_owned()),
        (Scheme::Scrypt, "$7$CU..../...".to_owned()),
        (Scheme::Dcc2, "$DCC2$10240#tom".to_owned()),
        (Scheme::Sha1crypt, "$sha1$24$salt$CXt0Sdcyq.pOW4s9fdvaSWzb8A8s".to_owned()),
    ]);
}

#[test]
fn letters_that_the_scheme_has_not_are_refused() {
    refused(&[
        (Scheme::Sha512crypt, sha512crypt("/6k.2IU/", "").replace('x', "-")),
        (Scheme::Bcrypt, "$2b$04$abcdefghijklmnopqrst+uNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe".to_owned()),
        (Scheme::Ssha, "{SSHA}CeLswZ8GdCQ43dhVEFzV!cI1vB1dKwUA".to_owned()),
        (Scheme::Md5crypt, "$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.Wez".to_owned()),
    ]);
}

#[test]
fn parameters_that_no_program_writes_are_refused() {
    refused(&[
        (Scheme::Sha512crypt, sha512crypt("rounds=999$/6k.2IU/", "")),
        (Scheme::Sha512crypt, sha512crypt("rounds=1000000000$/6k.2IU/", "")),
        (Scheme::Sha512crypt, sha512crypt("rounds=99999999999999999999$/6k.2IU/", "")),
        (Scheme::Sha512crypt, sha512crypt("rounds=-1$/6k.2IU/", "")),
        (Scheme::Sha512crypt, sha512crypt("rounds=05000$/6k.2IU/", "")),
        (Scheme::Sha512crypt, sha512crypt("seventeen.letters", "")),
        (Scheme::Md5crypt, "$1$ninechars$oMAbHl9KEaJXeZklNR.We0".to_owned()),
        (Scheme::Bcrypt, "$2b$32$abcdefghijklmnopqrstuuNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe".to_owned()),
        (Scheme::Bcrypt, "$2b$03$abcdefghijklmnopqrstuuNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe".to_owned()),
        (Scheme::Bcrypt, "$2b$4$abcdefghijklmnopqrstuuNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe".to_owned()),
        (Scheme::Bsdicrypt, "_....zzzzI6MhG9ryc0A".to_owned()),
        (Scheme::Phpass, "$P$zBlue1234Ycvh9r2OjbW3YSC5pHoSb0".to_owned()),
        (Scheme::Scrypt, format!("scrypt:1000:8:1$salt${}", hex(128))),
        (Scheme::Scrypt, format!("scrypt:1:8:1$salt${}", hex(128))),
        (Scheme::Scrypt, format!("scrypt:1024:0:1$salt${}", hex(128))),
        (Scheme::Scrypt, format!("scrypt:1024:65536:65536$salt${}", hex(128))),
        (Scheme::Scrypt, format!("$scrypt$ln=64,r=8,p=1$c2FsdA${}", "A".repeat(43))),
        (Scheme::Pbkdf2Sha256, format!("pbkdf2:sha256:0$salt${}", hex(64))),
        (Scheme::Pbkdf2Sha256, format!("pbkdf2:sha256:4294967296$salt${}", hex(64))),
        (Scheme::Argon2id, argon2("m=7,t=1,p=1")),
        (Scheme::Argon2id, argon2("m=64,t=0,p=1")),
        (Scheme::Argon2id, argon2("m=64,t=1,p=0")),
        (Scheme::Argon2id, argon2("m=4294967295,t=1,p=4294967295")),
        (Scheme::Argon2id, argon2("t=1,m=64,p=1")),
        (Scheme::Yescrypt, "$y$j9T.$/6k.$".to_owned() + &".".repeat(43)),
        (Scheme::Yescrypt, "$y$jzzzzzzzzzz$/6k.$".to_owned() + &".".repeat(43)),
        (Scheme::Sunmd5, "$md5,rounds=4294967295$/6k.$$".to_owned() + &".".repeat(22)),
    ]);
}

#[test]
fn the_name_of_an_ldap_scheme_may_be_in_any_case() {
    let lower = parse("{ssha}CeLswZ8GdCQ43dhVEFzVncI1vB1dKwUA").unwrap();
    assert_eq!(Ok(lower), parse("{SSHA}CeLswZ8GdCQ43dhVEFzVncI1vB1dKwUA"));
    let crypt = parse("{Crypt}$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0").unwrap();
    assert_eq!(Ok(crypt), parse("$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0"));
    assert_eq!(parse("{crypt}*"), Err(HashError::NoPassword));
}

/// What is stored in two ways is one digest, so that a shared password is seen.
#[test]
fn spellings_of_one_digest_are_equal() {
    let hex = "f7c3bc1d808e04732adf679965ccc34ca7ae3441";
    let sha1 = parse("{SHA}98O8HYCOBHMq32eZZczDTKeuNEE=").unwrap();
    for text in [hex.to_owned(), hex.to_uppercase(), format!("sha1$${hex}")] {
        assert_eq!(parse(&text).as_ref(), Ok(&sha1), "{text}");
    }
    // A salt of nothing is not a salt.
    assert_eq!(parse("{SSHA}98O8HYCOBHMq32eZZczDTKeuNEE=").as_ref(), Ok(&sha1));
    assert_eq!(Hash::unsalted(Scheme::Sha1, hex.as_bytes()), Ok(sha1));

    let usual = "$5$/6k.2IU/5UE08g.1$PknrQRK98iTGJQxYk7nIPbwPggHMVG9mPxLkUbkj3JA";
    let said = usual.replacen("$5$", "$5$rounds=5000$", 1);
    assert_eq!(parse(usual), parse(&said));
    let old = argon2("m=64,t=1,p=1").replacen("$v=19", "$v=16", 1);
    assert_eq!(parse(&old), parse(&old.replacen("$v=16", "", 1)));
    // A salt of bcrypt has four bits too many.
    let clean = parse("$2b$04$abcdefghijklmnopqrstuuNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe").unwrap();
    let dirty = parse("$2b$04$abcdefghijklmnopqrstueNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe").unwrap();
    assert_ne!(clean.setting, dirty.setting, "the upper two bits count");
    let dirty = parse("$2b$04$abcdefghijklmnopqrstuvNx2T1DFeyyKJ3RWFk8h7KIfU8E7/aJe").unwrap();
    assert_eq!(clean.setting, dirty.setting, "the lower four do not");
}

#[test]
fn settings_that_differ_in_anything_are_not_equal() {
    let settings: Vec<_> = [
        "$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0",
        "$1$/6k.2IU$oMAbHl9KEaJXeZklNR.We0",
        "$apr1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0",
        "$P$5Blue1234Ycvh9r2OjbW3YSC5pHoSb0",
        "$H$5Blue1234Ycvh9r2OjbW3YSC5pHoSb0",
        "U$P$5Blue1234Ycvh9r2OjbW3YSC5pHoSb0",
        "$P$6Blue1234Ycvh9r2OjbW3YSC5pHoSb0",
        "$3$$567667e52888a59d0abcf0c066db867b",
        "$NT$567667e52888a59d0abcf0c066db867b",
        "pbkdf2:sha256:1$salt$00000000000000000000000000000000",
        "pbkdf2:sha256:1$salt$000000000000000000000000000000000000",
        "$argon2i$m=64,t=1,p=1$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Ng",
        "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$MTIzNDU2Nzg5MDEyMzQ1Ng",
    ]
    .iter()
    .map(|text| parse(text).unwrap().setting)
    .collect();
    for (at, one) in settings.iter().enumerate() {
        assert_eq!(settings.iter().filter(|other| *other == one).count(), 1, "{at}");
    }
}

#[test]
fn digits_alone_are_read_by_their_number_or_by_request() {
    for (scheme, digits) in [
        (Scheme::Sha1, 40),
        (Scheme::Sha256, 64),
        (Scheme::Sha384, 96),
        (Scheme::Sha512, 128),
        (Scheme::Nt, 32),
        (Scheme::Lm, 32),
        (Scheme::Md5, 32),
    ] {
        let text = "5E".repeat(digits / 2);
        let hash = Hash::unsalted(scheme, text.as_bytes()).unwrap();
        assert_eq!(hash.setting.scheme(), scheme);
        assert_eq!(hash.digest.bytes(), vec![0x5e; digits / 2]);
        if digits > 32 {
            assert_eq!(parse(&text), Ok(hash));
        }
        for wrong in ["5".repeat(digits - 1), "5".repeat(digits + 2), text.replace('5', "g")] {
            let refused = Hash::unsalted(scheme, wrong.as_bytes());
            assert!(matches!(refused, Err(HashError::Malformed { .. })), "{scheme}");
        }
    }
    let refused = Hash::unsalted(Scheme::Bcrypt, b"00").unwrap_err();
    assert!(refused.to_string().contains("salt"), "{refused}");
}

#[test]
fn no_error_tells_a_part_of_the_hash() {
    for stored in vectors() {
        for damaged in
            [stored.replace(['a', 'A'], "!"), format!("{stored}!"), stored.replacen('$', "", 1)]
        {
            let Err(error) = parse(&damaged) else { continue };
            let told = format!("{error} {error:?}");
            let pieces = damaged.as_bytes().windows(9).filter(|piece| {
                piece.iter().any(u8::is_ascii_digit) && piece.iter().any(u8::is_ascii_uppercase)
            });
            for piece in pieces {
                let piece = String::from_utf8_lossy(piece);
                assert!(!told.contains(&*piece), "{told}: {piece} of {damaged}");
            }
        }
    }
}

/// A setting must fit in memory once for each of a million salts.
#[test]
fn settings_are_small() {
    assert!(size_of::<strongpass_hash::Setting>() <= 48);
    assert!(size_of::<Hash>() <= 64);
}

fn stored() -> impl Strategy<Value = Vec<u8>> {
    let all: Vec<Vec<u8>> = vectors().map(|stored| stored.as_bytes().to_vec()).collect();
    proptest::sample::select(all)
}

/// Whatever it is: an answer, never a panic; and what is accepted can be asked everything.
fn no_panic(text: &[u8]) {
    let Ok(hash) = Hash::parse(text) else { return };
    let (setting, told) = (&hash.setting, hash.setting.storage());
    assert!(!told.problem.is_empty() && !told.fix.is_empty());
    // Not to be computed: refused before anything is allocated.
    let nothing = strongpass_hash::Limits { memory_kib: 0, time: std::time::Duration::ZERO };
    assert!(setting.hasher(&nothing).is_err());
    assert!(!format!("{hash:?} {}", setting.cost()).is_empty());
}

proptest! {
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        no_panic(&bytes);
    }

    #[test]
    fn any_text_like_a_hash(text in "[$_{}U]{0,2}[a-z0-9A-Z]{0,12}[$:}#,=]{0,2}[ -~]{0,140}") {
        no_panic(text.as_bytes());
    }

    #[test]
    fn damaged_hashes(
        mut stored in stored(),
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0..4), 1..4),
    ) {
        for (place, byte, edit) in edits {
            let place = place.index(stored.len() + 1);
            match (edit, stored.get_mut(place)) {
                (0, Some(old)) => *old = byte,
                (1, Some(_)) => drop(stored.remove(place)),
                (2, _) => stored.truncate(place),
                _ => stored.insert(place, byte),
            }
        }
        no_panic(&stored);
    }

    #[test]
    fn two_hashes_mixed(one in stored(), other in stored(), cut in any::<proptest::sample::Index>()) {
        let mut mixed = one[..cut.index(one.len())].to_vec();
        mixed.extend(&other[cut.index(other.len())..]);
        no_panic(&mixed);
    }
}
