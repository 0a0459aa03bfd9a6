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
        ($digest:ident, $group:expr) => {
            match $digest::on(set) {
                Some(on) => grouped($group(setting, on), scalar),
                None => scalar,
            }
        };
    }
    match setting.scheme() {
        Scheme::Md5crypt | Scheme::Apr1 => group!(Md5, crypt::md5),
        Scheme::Sha256crypt => group!(Sha256, crypt::sha::<Sha256>),
        Scheme::Sha512crypt => group!(Sha512, crypt::sha::<Sha512>),
        Scheme::Md5 | Scheme::Smd5 => group!(Md5, plain::before_salt::<Md5>),
        Scheme::Sha1 | Scheme::Ssha => group!(Sha1, plain::before_salt::<Sha1>),
        Scheme::Sha256 | Scheme::Ssha256 => group!(Sha256, plain::before_salt::<Sha256>),
        Scheme::Sha512 | Scheme::Ssha512 => group!(Sha512, plain::before_salt::<Sha512>),
        Scheme::WebMd5 => group!(Md5, plain::after_salt_or_keyed::<Md5>),
        Scheme::WebSha1 => group!(Sha1, plain::after_salt_or_keyed::<Sha1>),
        Scheme::HmacSha256 => group!(Sha256, plain::keyed_by_salt::<Sha256>),
        Scheme::HmacSha512 => group!(Sha512, plain::keyed_by_salt::<Sha512>),
        Scheme::Sha1crypt => group!(Sha1, mac::sha1_crypt),
        Scheme::Dcc2 => group!(Sha1, mac::dcc2),
        Scheme::Pbkdf2Sha1 => group!(Sha1, mac::pbkdf2::<Sha1>),
        Scheme::Pbkdf2Sha256 => group!(Sha256, mac::pbkdf2::<Sha256>),
        Scheme::Pbkdf2Sha512 => group!(Sha512, mac::pbkdf2::<Sha512>),
        Scheme::Phpass => group!(Md5, phpass::phpass::<Md5>),
        Scheme::Drupal7 => group!(Sha512, phpass::phpass::<Sha512>),
        _ => scalar,
    }
}
