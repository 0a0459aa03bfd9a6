//! Argon2 (RFC 9106), as PHC strings write it.

use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::encoding::fields::{cut, number};
use crate::encoding::radix64::base64;
use crate::schemes::kernel::{Kernel, scalar};
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::{Quirk, Setting};

/// Reads the rest of `$argon2id$`: `v=19$m=65536,t=3,p=4$salt$digest`; without `v` it is the
/// version before RFC 9106.
pub(crate) fn parse(name: &[u8], rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = match name {
        b"argon2d" => Scheme::Argon2d,
        b"argon2i" => Scheme::Argon2i,
        _ => Scheme::Argon2id,
    };
    let (quirk, rest) = if let Some(rest) = rest.strip_prefix(b"v=19$") {
        (Quirk::None, rest)
    } else if let Some(rest) = rest.strip_prefix(b"v=16$") {
        (Quirk::Argon2V10, rest)
    } else if rest.starts_with(b"v=") {
        return Err(HashError::Unsupported { what: "this version of Argon2" });
    } else {
        (Quirk::Argon2V10, rest)
    };
    let (parameters, rest) = cut(rest, b'$').or_malformed(scheme, "its salt is missing")?;
    let (salt, text) = cut(rest, b'$').or_malformed(scheme, "its digest is missing")?;
    let cost = parameters_of(scheme, parameters)?;
    let decoded = base64(salt).zip(base64(text));
    let (salt, digest) = decoded.or_malformed(scheme, "salt or digest is not in Base64")?;
    let Hash { setting, digest } = from_parts(scheme, cost, &salt, digest)?;
    Ok(Hash { setting: setting.with(quirk), digest })
}

/// A hash of which the application has written the parts in its own way.
pub(crate) fn from_parts(
    scheme: Scheme,
    [kib, passes, lanes]: [u32; 3],
    salt: &[u8],
    digest: Vec<u8>,
) -> Result<Hash, HashError> {
    if !(8..=256).contains(&salt.len()) || !(16..=256).contains(&digest.len()) {
        return Err(malformed(scheme, "salt or digest is cut short or too long"));
    }
    let cost = cost(scheme, kib, passes, lanes)?;
    let setting = Setting::new(scheme, cost, salt, digest.len());
    Ok(Hash { setting, digest: Digest::new(digest) })
}

fn parameters_of(scheme: Scheme, parameters: &[u8]) -> Result<[u32; 3], HashError> {
    let mut values = parameters.split(|byte| *byte == b',');
    let mut value = |name: &[u8]| number(values.next()?.strip_prefix(name)?);
    let read = (value(b"m="), value(b"t="), value(b"p="));
    let (Some(kib), Some(passes), Some(lanes)) = read else {
        return Err(malformed(scheme, "its parameters are not m, t and p"));
    };
    if values.next().is_some() {
        return Err(HashError::Unsupported { what: "Argon2 with a key or associated data" });
    }
    Ok([kib, passes, lanes])
}

fn cost(scheme: Scheme, kib: u32, passes: u32, lanes: u32) -> Result<Cost, HashError> {
    let enough = lanes.checked_mul(8).is_some_and(|least| kib >= least);
    if !enough || passes == 0 || !(1..=Params::MAX_P_COST).contains(&lanes) {
        return Err(malformed(scheme, "m, t and p are not those of Argon2 (RFC 9106)"));
    }
    Ok(Cost::Argon2 { kib, passes, lanes })
}

/// The memory is allocated once and used for all guesses.
pub(crate) fn kernel(
    setting: &Setting,
    algorithm: Algorithm,
) -> Result<Box<dyn Kernel + Send + '_>, HashError> {
    let refused = HashError::Refused { scheme: setting.scheme() };
    let Cost::Argon2 { kib, passes, lanes } = setting.cost() else { return Err(refused) };
    let params = Params::new(kib, passes, lanes, Some(setting.len.into()));
    let params = params.map_err(|_| refused.clone())?;
    let blocks = params.block_count();
    let old = setting.quirk == Quirk::Argon2V10;
    let version = if old { Version::V0x10 } else { Version::V0x13 };
    let argon2 = Argon2::new(algorithm, version, params);

    let mut memory = Vec::new();
    let room = memory.try_reserve_exact(blocks);
    room.map_err(|_| HashError::OutOfMemory { kib: kib.into() })?;
    memory.resize(blocks, Block::new());
    let mut digest = vec![0; setting.len.into()];
    Ok(scalar(move |guess, each| {
        let memory = memory.as_mut_slice();
        let outcome =
            argon2.hash_password_into_with_memory(guess, &setting.salt, &mut digest, memory);
        outcome.map_err(|_| refused.clone())?;
        each(&digest);
        Ok(())
    }))
}
