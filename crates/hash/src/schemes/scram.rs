//! SCRAM (RFC 5802, RFC 7677): what a server keeps, by PostgreSQL, RFC 5803 and Dovecot.

use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

use crate::encoding::fields::{cut, number};
use crate::encoding::radix64::base64;
use crate::schemes::derived::{Around, Secret};
use crate::schemes::plain::hmac;
use crate::stored::cost::Cost;
use crate::stored::digest::Digest;
use crate::stored::error::{HashError, OrMalformed as _, malformed};
use crate::stored::hash::Hash;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// Reads `SCRAM-SHA-256$rounds:salt$StoredKey:ServerKey` (PostgreSQL, RFC 5803).
pub(crate) fn parse(text: &[u8]) -> Result<Hash, HashError> {
    let (name, rest) = cut(text, b'$').ok_or(HashError::Unknown)?;
    let scheme = scheme(name)?;
    let fields = cut(rest, b'$').and_then(|(first, last)| {
        let ((rounds, salt), (stored, server)) = (cut(first, b':')?, cut(last, b':')?);
        Some([rounds, salt, stored, server])
    });
    from_fields(scheme, fields.or_malformed(scheme, "a part is missing")?)
}

/// Reads the rest of Dovecot's `{SCRAM-SHA-256}`: the same parts between commas.
pub(crate) fn parse_dovecot(name: &[u8], rest: &[u8]) -> Result<Hash, HashError> {
    let scheme = scheme(name)?;
    let mut fields = rest.split(|byte| *byte == b',');
    let four: [Option<&[u8]>; 4] = std::array::from_fn(|_| fields.next());
    let ([Some(rounds), Some(salt), Some(stored), Some(server)], None) = (four, fields.next())
    else {
        return Err(malformed(scheme, "it has not four parts"));
    };
    from_fields(scheme, [rounds, salt, stored, server])
}

fn scheme(name: &[u8]) -> Result<Scheme, HashError> {
    match name {
        b"SCRAM-SHA-1" => Ok(Scheme::ScramSha1),
        b"SCRAM-SHA-256" => Ok(Scheme::ScramSha256),
        _ => Err(HashError::Unsupported { what: "SCRAM with this digest" }),
    }
}

fn from_fields(
    scheme: Scheme,
    [rounds, salt, stored, server]: [&[u8]; 4],
) -> Result<Hash, HashError> {
    let len = if scheme == Scheme::ScramSha1 { 20 } else { 32 };
    let rounds = number(rounds).filter(|rounds| *rounds > 0);
    let rounds = rounds.or_malformed(scheme, "its rounds are not a number")?;
    let salt = base64(salt).filter(|salt| !salt.is_empty());
    let salt = salt.or_malformed(scheme, "its salt is not in Base64")?;
    let key = |text| base64(text).filter(|key| key.len() == len);
    let keys = key(stored).zip(key(server));
    let (stored, _) = keys.or_malformed(scheme, "its keys are cut short or damaged")?;
    let setting = Setting::new(scheme, Cost::Rounds(rounds), &salt, len);
    Ok(Hash { setting, digest: Digest::new(stored) })
}

/// The steps with SHA-1.
pub(crate) const SHA1: Around = Around { keys, finish: finish_sha1 };

/// The steps with SHA-256.
pub(crate) const SHA256: Around = Around { keys, finish: finish_sha256 };

/// The guess as it is, and after `SASLprep` (RFC 4013) where that makes a difference: `PostgreSQL`
/// takes the former where a character is prohibited.
fn keys(guess: &[u8]) -> [Option<Secret>; 2] {
    let prepared = str::from_utf8(guess).ok().filter(|text| !text.is_ascii()).map(prepare);
    let prepared = prepared.filter(|prepared| prepared.as_slice() != guess);
    [Some(guess.to_vec().into()), prepared]
}

/// Mapping and normalisation of `SASLprep` (RFC 3454, B.1 and C.1.2, then NFKC).
fn prepare(text: &str) -> Secret {
    let is_nothing = |c: char| {
        let marks = ['\u{ad}', '\u{34f}', '\u{1806}', '\u{2060}', '\u{feff}'];
        marks.contains(&c)
            || matches!(c, '\u{180b}'..='\u{180d}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}')
    };
    let space = |c: char| match c {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            ' '
        }
        _ => c,
    };
    let mut bytes = Secret::new(Vec::with_capacity(text.len() * 4));
    for c in text.chars().filter(|c| !is_nothing(*c)).map(space).nfkc() {
        bytes.extend(c.encode_utf8(&mut [0; 4]).bytes());
    }
    bytes
}

fn finish_sha1(_: &Setting, salted: &[u8]) -> Secret {
    Secret::new(Sha1::digest(hmac::<Sha1>(salted, b"Client Key")).to_vec())
}

fn finish_sha256(_: &Setting, salted: &[u8]) -> Secret {
    Secret::new(Sha256::digest(hmac::<Sha256>(salted, b"Client Key")).to_vec())
}
