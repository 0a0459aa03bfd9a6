//! Which passwords of the exports are in a list of breached passwords.

use std::collections::HashMap;

use strongpass_breached::{BreachScheme, Seen};
use strongpass_hash::{Scheme, Setting};

use crate::attack::Search;
use crate::exports::Secret;

/// Looks digests of this scheme up in a list of breached passwords, all at once: they stand one
/// behind the other, and it tells the number of each that is there and how often it was seen. An
/// error ends the audit, because "could not look" is never "not breached".
pub type Breached<'a, E> = (BreachScheme, &'a mut LookUp<'a, E>);

/// The look-up of [`Breached`].
pub type LookUp<'a, E> = dyn FnMut(&[u8], &mut dyn FnMut(usize, Seen)) -> Result<(), E> + 'a;

/// By credential: how often its password has been breached. The digests of exports are looked up
/// as they are; passwords that were guessed are hashed for it.
pub(crate) fn look_up<E>(
    search: &Search<'_>,
    list: Breached<'_, E>,
) -> Result<HashMap<u32, Seen>, E> {
    let (listed, seen_of) = list;
    let scheme = match listed {
        BreachScheme::Nt => Scheme::Nt,
        BreachScheme::Sha1 => Scheme::Sha1,
    };
    let (mut ids, mut digests) = (Vec::new(), Vec::new());
    for (id, _, credential) in search.accounts.credentials() {
        let before = digests.len();
        match &credential.secret {
            _ if credential.previous > 0 => {}
            Secret::Nt(digest) if scheme == Scheme::Nt => digests.extend_from_slice(digest),
            Secret::Hash(hash) if hash.setting.scheme() == scheme => {
                digests.extend_from_slice(hash.digest.bytes());
            }
            Secret::Blank | Secret::Nt(_) | Secret::Hash(_) | Secret::Clear(_) => {
                digests.extend(digest_of_recovered(search, id, scheme).unwrap_or_default());
            }
        }
        if digests.len() > before {
            ids.push(id);
        }
    }
    let mut seen = HashMap::new();
    seen_of(&digests, &mut |number, times| {
        seen.extend(ids.get(number).map(|id| (*id, times)));
    })?;
    Ok(seen)
}

/// The digest that the password of a credential has, if it was recovered.
fn digest_of_recovered(search: &Search<'_>, id: u32, scheme: Scheme) -> Option<Vec<u8>> {
    let (secret, _) = search.found.of(id)?;
    let text = search.secrets.text(secret).filter(|text| !text.is_empty())?;
    let setting = Setting::unsalted(scheme)?;
    let mut hasher = setting.hasher(&search.limits).ok()?;
    let mut found = None;
    let digested = hasher.digests(&[text.as_bytes()], &mut |_, digest| {
        found = Some(digest.to_vec());
    });
    digested.ok().and(found)
}
