//! The schemes, a file for each family: how its text is read, and how a guess is hashed. Here is
//! which text and which scheme goes to which family.

pub(crate) mod kernel;

pub(crate) mod argon2;
pub(crate) mod bcrypt;
mod blowfish;
pub(crate) mod cisco;
pub(crate) mod dcc2;
pub(crate) mod derived;
mod des;
pub(crate) mod descrypt;
pub(crate) mod entra;
pub(crate) mod kerberos;
pub(crate) mod lm;
pub(crate) mod md5crypt;
pub(crate) mod mssql;
pub(crate) mod mysql;
pub(crate) mod nt;
pub(crate) mod oracle;
pub(crate) mod pbkdf2;
pub(crate) mod phpass;
pub(crate) mod plain;
pub(crate) mod scram;
pub(crate) mod scrypt;
pub(crate) mod sha1crypt;
pub(crate) mod shacrypt;
pub(crate) mod yescrypt;

use ::argon2::Algorithm;
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use crate::encoding::fields::cut;
use crate::stored::error::HashError;
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::{Quirk, Setting};

/// Reads a hash that starts with a dollar sign, of crypt(5), a PHC string or their kin, by the word
/// that follows.
pub(crate) fn parse_crypt(text: &[u8]) -> Result<Hash, HashError> {
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

/// What computes a scheme.
pub(crate) fn kernel(setting: &Setting) -> Result<Box<dyn kernel::Kernel + Send + '_>, HashError> {
    Ok(match setting.scheme() {
        Scheme::Nt => nt::kernel(setting),
        Scheme::Lm => lm::kernel(),
        Scheme::Dcc2 => dcc2::kernel(setting),
        Scheme::Md5 | Scheme::Smd5 | Scheme::PostgresMd5 => plain::before_salt::<Md5>(setting),
        Scheme::Sha1 | Scheme::Ssha | Scheme::MssqlSha1 | Scheme::OracleSha1 => {
            plain::before_salt::<Sha1>(setting)
        }
        Scheme::Sha256 | Scheme::Ssha256 => plain::before_salt::<Sha256>(setting),
        Scheme::Sha384 | Scheme::Ssha384 => plain::before_salt::<Sha384>(setting),
        Scheme::Sha512 | Scheme::Ssha512 | Scheme::MssqlSha512 => {
            plain::before_salt::<Sha512>(setting)
        }
        Scheme::WebMd5 => plain::after_salt_or_keyed::<Md5>(setting),
        Scheme::WebSha1 => plain::after_salt_or_keyed::<Sha1>(setting),
        Scheme::HmacSha256 => plain::keyed::<Sha256>(setting),
        Scheme::HmacSha512 => plain::keyed::<Sha512>(setting),
        Scheme::ColumnMd5 => plain::either_side::<Md5>(setting),
        Scheme::ColumnSha1 => plain::either_side::<Sha1>(setting),
        Scheme::ColumnSha256 => plain::either_side::<Sha256>(setting),
        Scheme::ColumnSha512 => plain::either_side::<Sha512>(setting),
        Scheme::MysqlSha1 => mysql::native_kernel(),
        Scheme::MysqlSha2 => shacrypt::long_salt_kernel(setting),
        Scheme::OraclePbkdf2 => derived::kernel::<Sha512>(setting, oracle::AROUND),
        Scheme::ScramSha1 => derived::kernel::<Sha1>(setting, scram::SHA1),
        Scheme::ScramSha256 => derived::kernel::<Sha256>(setting, scram::SHA256),
        Scheme::KerberosAes128 => derived::kernel::<Sha1>(setting, kerberos::AES128),
        Scheme::KerberosAes256 => derived::kernel::<Sha1>(setting, kerberos::AES256),
        Scheme::EntraSync => derived::kernel::<Sha256>(setting, entra::AROUND),
        Scheme::Descrypt => descrypt::kernel(setting),
        Scheme::Bigcrypt => descrypt::big_kernel(setting),
        Scheme::Bsdicrypt => descrypt::bsdi_kernel(setting),
        Scheme::Md5crypt | Scheme::Apr1 => md5crypt::kernel(setting),
        Scheme::Sha1crypt => sha1crypt::kernel(setting),
        Scheme::Sha256crypt => shacrypt::kernel(setting, sha_crypt::sha256_crypt)?,
        Scheme::Sha512crypt => shacrypt::kernel(setting, sha_crypt::sha512_crypt)?,
        Scheme::Bcrypt => bcrypt::kernel(setting, bcrypt::key)?,
        Scheme::Bcrypt2x => bcrypt::kernel(setting, bcrypt::signed_key)?,
        Scheme::BcryptSha256 => bcrypt::kernel(setting, bcrypt::django_key)?,
        Scheme::WordPress => bcrypt::kernel(setting, bcrypt::wordpress_key)?,
        Scheme::Scrypt => scrypt::kernel(setting)?,
        Scheme::Yescrypt | Scheme::GostYescrypt | Scheme::Sunmd5 => yescrypt::kernel(setting)?,
        Scheme::Pbkdf2Sha1 => pbkdf2::kernel::<Sha1>(setting),
        Scheme::Pbkdf2Sha256 => pbkdf2::kernel::<Sha256>(setting),
        Scheme::Pbkdf2Sha512 => pbkdf2::kernel::<Sha512>(setting),
        Scheme::Argon2d => argon2::kernel(setting, Algorithm::Argon2d)?,
        Scheme::Argon2i => argon2::kernel(setting, Algorithm::Argon2i)?,
        Scheme::Argon2id => argon2::kernel(setting, Algorithm::Argon2id)?,
        Scheme::Phpass => phpass::kernel::<Md5>(setting),
        Scheme::Drupal7 => phpass::kernel::<Sha512>(setting),
    })
}
