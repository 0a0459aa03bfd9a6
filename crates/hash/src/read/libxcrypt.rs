//! What libxcrypt stores is read and matched here (tests only).

use std::ffi::CString;

use proptest::prelude::*;

use crate::arch::xcrypt::Xcrypt;
use crate::stored::hash::Hash;
use crate::stored::limits::Limits;

/// What libxcrypt stores for a password is read here, and matched by that password and not
/// by another.
fn agrees(setting: &str, password: &[u8], other: &[u8]) -> Result<(), TestCaseError> {
    let mut oracle = Xcrypt::oracle();
    let c_setting = CString::new(setting).unwrap();
    let stored = oracle.crypt(password, &c_setting).expect(setting).unwrap().to_vec();
    let hash = Hash::parse(&stored).expect(setting);
    let mut hasher = hash.setting.hasher(&Limits::default()).unwrap();
    prop_assert!(hasher.matches(&hash.digest, password).unwrap(), "{setting}");

    let same = oracle.crypt(other, &c_setting).expect(setting).unwrap() == stored;
    prop_assert_eq!(hasher.matches(&hash.digest, other).unwrap(), same, "{}", setting);
    Ok(())
}

fn password() -> impl Strategy<Value = Vec<u8>> {
    let any_length = proptest::collection::vec(1..=u8::MAX, 0..200);
    let usual = "[ -~£äéß€]{0,20}".prop_map(String::into_bytes);
    prop_oneof![usual, any_length]
}

fn salt(least: usize, most: usize) -> impl Strategy<Value = String> {
    proptest::string::string_regex(&format!("[./0-9A-Za-z]{{{least},{most}}}")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn des(password in password(), other in password(), salt in salt(2, 2)) {
        agrees(&salt, &password, &other)?;
    }

    #[test]
    fn bsdi(password in password(), other in password(), salt in salt(4, 4), rounds in 0_u8..26) {
        let rounds = char::from(b'A' + rounds);
        agrees(&format!("_{rounds}...{salt}"), &password, &other)?;
    }

    #[test]
    fn md5(password in password(), other in password(), salt in salt(1, 8)) {
        agrees(&format!("$1${salt}$"), &password, &other)?;
    }

    #[test]
    fn sha1(password in password(), other in password(), salt in salt(1, 64), rounds in 4_u32..99) {
        agrees(&format!("$sha1${rounds}${salt}$"), &password, &other)?;
    }

    #[test]
    fn sha2(
        password in password(),
        other in password(),
        salt in salt(1, 16),
        rounds in 1000_u32..1100,
    ) {
        agrees(&format!("$5$rounds={rounds}${salt}$"), &password, &other)?;
        agrees(&format!("$6$rounds={rounds}${salt}$"), &password, &other)?;
    }

    #[test]
    fn bcrypt(password in password(), other in password(), salt in salt(21, 21), kind in "[bxy]") {
        agrees(&format!("$2{kind}$04${salt}O"), &password, &other)?;
    }

    /// It departs from the others only for passwords with 0xff, a byte that UTF-8 has not.
    #[test]
    fn bcrypt_2a(password in "[ -~£äéß€]{0,40}", other in "[ -~]{0,9}", salt in salt(21, 21)) {
        agrees(&format!("$2a$04${salt}O"), password.as_bytes(), other.as_bytes())?;
    }

    #[test]
    fn scrypt(password in password(), other in password(), salt in salt(0, 40)) {
        agrees(&format!("$7$4/..../....{salt}$"), &password, &other)?;
    }

    #[test]
    fn nt(password in password(), other in password()) {
        agrees("$3$", &password, &other)?;
    }
}
