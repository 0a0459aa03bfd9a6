//! Guesses under one salt, side by side: the kernels that use lanes.

mod crypt;
mod group;
mod mac;
mod message;
mod phpass;
mod plain;

use md5::Md5;
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use self::group::grouped;
use crate::arch::digests::InLanes;
use crate::arch::instructions::InstructionSet;
use crate::schemes::kernel::Kernel;
use crate::schemes::{entra, kerberos, oracle, scram};
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// A kernel that uses lanes, where that is faster; what fits none of them is computed one after the other.
#[expect(clippy::wildcard_enum_match_arm, reason = "lanes are written for some schemes")]
pub(crate) fn kernel<'a>(
    setting: &'a Setting,
    set: InstructionSet,
    scalar: Box<dyn Kernel + Send + 'a>,
) -> Box<dyn Kernel + Send + 'a> {
    macro_rules! group {
        ($digest:ident, $group:expr $(, $more:expr)?) => {
            match $digest::on(set) {
                Some(on) => grouped($group(setting, on $(, $more)?), scalar),
                None => scalar,
            }
        };
    }
    match setting.scheme() {
        Scheme::Md5crypt | Scheme::Apr1 => group!(Md5, crypt::md5),
        Scheme::Sha256crypt | Scheme::MysqlSha2 => group!(Sha256, crypt::sha::<Sha256>),
        Scheme::Sha512crypt => group!(Sha512, crypt::sha::<Sha512>),
        Scheme::Md5 | Scheme::Smd5 | Scheme::PostgresMd5 => group!(Md5, plain::before_salt::<Md5>),
        Scheme::Sha1 | Scheme::Ssha | Scheme::MssqlSha1 | Scheme::OracleSha1 => {
            group!(Sha1, plain::before_salt::<Sha1>)
        }
        Scheme::Sha256 | Scheme::Ssha256 => group!(Sha256, plain::before_salt::<Sha256>),
        Scheme::Sha512 | Scheme::Ssha512 | Scheme::MssqlSha512 => {
            group!(Sha512, plain::before_salt::<Sha512>)
        }
        Scheme::ColumnMd5 => group!(Md5, plain::either_side::<Md5>),
        Scheme::ColumnSha1 => group!(Sha1, plain::either_side::<Sha1>),
        Scheme::ColumnSha256 => group!(Sha256, plain::either_side::<Sha256>),
        Scheme::ColumnSha512 => group!(Sha512, plain::either_side::<Sha512>),
        Scheme::WebMd5 => group!(Md5, plain::after_salt_or_keyed::<Md5>),
        Scheme::WebSha1 => group!(Sha1, plain::after_salt_or_keyed::<Sha1>),
        Scheme::HmacSha256 => group!(Sha256, plain::keyed_by_salt::<Sha256>),
        Scheme::HmacSha512 => group!(Sha512, plain::keyed_by_salt::<Sha512>),
        Scheme::Sha1crypt => group!(Sha1, mac::sha1_crypt),
        Scheme::Dcc2 => group!(Sha1, mac::dcc2),
        Scheme::Pbkdf2Sha1 => group!(Sha1, mac::pbkdf2::<Sha1>),
        Scheme::Pbkdf2Sha256 => group!(Sha256, mac::pbkdf2::<Sha256>),
        Scheme::Pbkdf2Sha512 => group!(Sha512, mac::pbkdf2::<Sha512>),
        Scheme::OraclePbkdf2 => group!(Sha512, mac::derived::<Sha512>, oracle::AROUND),
        Scheme::ScramSha1 => group!(Sha1, mac::derived::<Sha1>, scram::SHA1),
        Scheme::ScramSha256 => group!(Sha256, mac::derived::<Sha256>, scram::SHA256),
        Scheme::KerberosAes128 => group!(Sha1, mac::derived::<Sha1>, kerberos::AES128),
        Scheme::KerberosAes256 => group!(Sha1, mac::derived::<Sha1>, kerberos::AES256),
        Scheme::EntraSync => group!(Sha256, mac::derived::<Sha256>, entra::AROUND),
        Scheme::Phpass => group!(Md5, phpass::phpass::<Md5>),
        Scheme::Drupal7 => group!(Sha512, phpass::phpass::<Sha512>),
        _ => scalar,
    }
}
