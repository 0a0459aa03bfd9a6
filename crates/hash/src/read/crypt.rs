//! Texts that start with a dollar sign: crypt(5), PHC strings and their kin.

use crate::encoding::fields::cut;
use crate::schemes::{
    argon2, bcrypt, cisco, dcc2, kerberos, md5crypt, mysql, nt, pbkdf2, phpass, scrypt, sha1crypt,
    shacrypt, yescrypt,
};
use crate::stored::error::HashError;
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Quirk;

/// Reads a hash by the word between its first two dollar signs.
pub(crate) fn parse(text: &[u8]) -> Result<Hash, HashError> {
    let unsigned = text.strip_prefix(b"$").ok_or(HashError::Unknown)?;
    if unsigned.starts_with(b"md5,") || unsigned.starts_with(b"md5$") {
        return yescrypt::parse_sun(text);
    }
    let (word, rest) = cut(unsigned, b'$').ok_or(HashError::Unknown)?;
    match word {
        b"y" => yescrypt::parse(text, rest),
        b"gy" => yescrypt::parse_gost(text, rest),
        b"7" => scrypt::parse_crypt(rest),
        b"2" | b"2a" | b"2b" | b"2x" | b"2y" => bcrypt::parse(text),
        b"wp" => bcrypt::parse_wordpress(rest),
        b"6" => shacrypt::parse_512(rest),
        b"5" => shacrypt::parse_256(rest),
        b"sha1" => sha1crypt::parse(rest),
        b"1" => md5crypt::parse(rest),
        b"apr1" => md5crypt::parse_apache(rest),
        b"3" => nt::parse_crypt(rest),
        b"NT" => Hash::unsalted(Scheme::Nt, rest),
        b"DCC2" => dcc2::parse(rest),
        b"P" => phpass::parse(rest).map(|hash| with(hash, Quirk::Trimmed)),
        b"H" => phpass::parse(rest),
        b"S" => phpass::parse_drupal(rest),
        b"argon2id" | b"argon2i" | b"argon2d" => argon2::parse(word, rest),
        b"pbkdf2" | b"pbkdf2-sha1" | b"pbkdf2-sha256" | b"pbkdf2-sha512" => {
            pbkdf2::parse(word, rest)
        }
        b"scrypt" => scrypt::parse_phc(rest),
        b"cisco4" => cisco::parse_4(rest),
        b"8" => cisco::parse_8(rest),
        b"9" => cisco::parse_9(rest),
        b"ml" => pbkdf2::parse_macos(rest),
        b"A" => mysql::parse_caching(rest),
        b"mysql" => mysql::parse_starred(rest.strip_prefix(b"A$").ok_or(HashError::Unknown)?),
        b"krb5db" => kerberos::parse(rest),
        _ => Err(HashError::Unknown),
    }
}

/// Reads `U$`: an older MD5, hashed once more when Drupal or phpBB was upgraded.
pub(crate) fn parse_upgraded(text: &[u8]) -> Result<Hash, HashError> {
    let rest = text.strip_prefix(b"U").unwrap_or(text);
    let (word, rest) =
        cut(rest.strip_prefix(b"$").unwrap_or(rest), b'$').ok_or(HashError::Unknown)?;
    let hash = match word {
        b"S" => phpass::parse_drupal(rest),
        b"P" | b"H" => phpass::parse(rest),
        _ => Err(HashError::Unknown),
    }?;
    Ok(with(hash, Quirk::OverMd5))
}

fn with(hash: Hash, quirk: Quirk) -> Hash {
    Hash { setting: hash.setting.with(quirk), digest: hash.digest }
}
