//! scrypt (RFC 7914), as crypt(5) `$7$`, Django, Werkzeug and PHC strings write it.

use scrypt::Params;

use crate::encoding::fields::{cut, cut_last, number};
use crate::encoding::radix64::{base64, crypt64, crypt64_number, six_bits};
use crate::schemes::kernel::{Kernel, scalar};
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads the rest of `$7$`: N, r and p in 11 characters, salt, digest.
pub(crate) fn parse_crypt(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Scrypt;
    let parameters = rest.split_at_checked(11).and_then(|(parameters, rest)| {
        let log_n = six_bits(*parameters.first()?)?;
        let r = crypt64_number(parameters.get(1..6)?)?;
        Some((log_n, r, crypt64_number(parameters.get(6..)?)?, rest))
    });
    let (log_n, r, p, rest) =
        parameters.or_malformed(scheme, "its parameters are cut short or damaged")?;
    // The salt is taken as it is written.
    let (salt, text) = cut_last(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    let digest = crypt64(text).filter(|digest| digest.len() == 32);
    let digest = digest.or_malformed(scheme, "its digest is not 43 characters of crypt(3)")?;
    with(log_n, r, p, salt, digest)
}

/// Reads the rest of `$scrypt$`: `ln=15,r=8,p=1`, salt and digest in Base64.
pub(crate) fn parse_phc(rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = Scheme::Scrypt;
    let (parameters, rest) = cut(rest, b'$').or_malformed(scheme, "its salt is missing")?;
    let (salt, text) = cut(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    let mut values = parameters.split(|byte| *byte == b',');
    let mut value = |name: &[u8]| number(values.next()?.strip_prefix(name)?);
    let read = (value(b"ln="), value(b"r="), value(b"p="));
    let (Some(log_n), Some(r), Some(p), None) = (read.0, read.1, read.2, values.next()) else {
        return Err(malformed(scheme, "its parameters are not ln, r and p"));
    };
    let (salt, digest) =
        base64(salt).zip(base64(text)).or_malformed(scheme, "salt and digest are not in Base64")?;
    with(u8::try_from(log_n).unwrap_or(u8::MAX), r, p, &salt, digest)
}

/// A hash of which the application has written N itself, not its logarithm.
pub(crate) fn from_parts(
    [n, r, p]: [&[u8]; 3],
    salt: &[u8],
    digest: Option<Vec<u8>>,
) -> Result<Hash, HashError> {
    let scheme = Scheme::Scrypt;
    let (Some(n), Some(r), Some(p)) = (number(n), number(r), number(p)) else {
        return Err(malformed(scheme, "N, r and p are not numbers"));
    };
    if !n.is_power_of_two() {
        return Err(malformed(scheme, "N is not a power of two"));
    }
    let log_n = u8::try_from(n.trailing_zeros()).unwrap_or(u8::MAX);
    with(log_n, r, p, salt, digest.or_malformed(scheme, "its digest is damaged")?)
}

/// A hash of which all parts are read.
pub(crate) fn with(
    log_n: u8,
    r: u32,
    p: u32,
    salt: &[u8],
    digest: Vec<u8>,
) -> Result<Hash, HashError> {
    let scheme = Scheme::Scrypt;
    if !(1..=63).contains(&log_n)
        || r == 0
        || p == 0
        || r.checked_mul(p).is_none_or(|rp| rp >= 1 << 30)
    {
        return Err(malformed(scheme, "N, r and p are not those of scrypt (RFC 7914)"));
    }
    if !(16..=256).contains(&digest.len()) {
        return Err(malformed(scheme, "its digest is cut short or too long"));
    }
    let cost = Cost::Scrypt { log_n, r, p, t: 0 };
    Ok(Hash {
        setting: Setting::new(scheme, cost, salt, digest.len()),
        digest: Digest::new(digest),
    })
}

pub(crate) fn kernel(setting: &Setting) -> Result<Box<dyn Kernel + Send + '_>, HashError> {
    let refused = HashError::Refused { scheme: Scheme::Scrypt };
    let Cost::Scrypt { log_n, r, p, .. } = setting.cost() else { return Err(refused) };
    let params = Params::new(log_n, r, p).map_err(|_| refused)?;
    let mut digest = vec![0; setting.len.into()];
    Ok(scalar(move |guess, each| {
        let outcome = scrypt::scrypt(guess, &setting.salt, &params, &mut digest);
        outcome.map_err(|_| HashError::Refused { scheme: Scheme::Scrypt })?;
        each(&digest);
        Ok(())
    }))
}
