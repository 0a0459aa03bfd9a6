//! Passwords of a Keycloak realm, in its export as JSON: `credentials` of an entry of `users`.

use serde_json::value::RawValue;
use strongpass_hash::{Hash, HashError, KeycloakCredential};
use zeroize::Zeroizing;

use super::Format;
use super::builder::{About, ExportBuilder};
use super::columns::{self, Column};
use super::object::{Members, Object, text};
use super::skipped::Why;

/// A credential, as it is there: since Keycloak 7 in two texts that are JSON themselves, before as
/// members of its own.
pub(super) struct Credential {
    kind: Zeroizing<String>,
    secret: Zeroizing<String>,
    data: Zeroizing<String>,
}

impl Credential {
    /// The credential that these members are, if they are one.
    pub(super) fn new(members: &Members<'_>) -> Option<Self> {
        let member = |name: &str| members.iter().find(|(key, _)| key == name).map(|(_, v)| *v);
        let kind = member("type").map(text).unwrap_or_default();
        if let Some((secret, data)) = member("secretData").zip(member("credentialData")) {
            return Some(Self { kind, secret: text(secret), data: text(data) });
        }
        let value = member("hashedSaltedValue")?.get();
        let salt = member("salt").map_or("null", RawValue::get);
        let secret = Zeroizing::new(format!("{{\"value\":{value},\"salt\":{salt}}}"));
        let rounds = member("hashIterations").map_or("0", RawValue::get);
        let algorithm = member("algorithm").map_or("null", RawValue::get);
        let data = format!("{{\"hashIterations\":{rounds},\"algorithm\":{algorithm}}}");
        Some(Self { kind, secret, data: data.into() })
    }

    /// Adds the password of the account that the cells are of; keys and one-time codes are none.
    pub(super) fn read(
        &self,
        line: u32,
        cells: &[(Column, &[u8])],
        builder: &mut ExportBuilder<'_>,
    ) {
        let previous = match self.kind.as_str() {
            "" | "password" => 0,
            "password-history" => 1,
            _ => return,
        };
        builder.is(Format::Json);
        let Some(account) = columns::account(cells) else {
            return builder.skip(line, None, Why::NoAccount);
        };
        let about = About { previous, ..columns::about(account, cells, builder) };
        let secret = self.hash().map_err(Why::from).and_then(|hash| builder.checked(hash));
        match secret {
            Ok(secret) => builder.load(line, account, secret, about),
            Err(why) => builder.skip(line, Some(account), why),
        }
    }

    fn hash(&self) -> Result<Hash, HashError> {
        let object =
            |json| serde_json::from_str::<Object<'_>>(json).map_err(|_| HashError::Unknown);
        let (secret, data) = (object(&self.secret)?, object(&self.data)?);
        let more = member(&data, "additionalParameters");
        let more: Option<Object<'_>> = more.and_then(|json| serde_json::from_str(json.get()).ok());
        let more = more.unwrap_or_else(|| Object(Vec::new()));
        let algorithm = first(&data, "algorithm");
        let number = |of: &Object<'_>, name| first(of, name).parse().unwrap_or_default();
        Hash::from_keycloak(&KeycloakCredential {
            algorithm: &algorithm,
            iterations: number(&data, "hashIterations"),
            salt: first(&secret, "salt").as_bytes(),
            value: first(&secret, "value").as_bytes(),
            argon2_type: &first(&more, "type"),
            memory: number(&more, "memory"),
            parallelism: number(&more, "parallelism"),
        })
    }
}

fn member<'t>(Object(members): &Object<'t>, name: &str) -> Option<&'t RawValue> {
    members.iter().find(|(key, _)| key == name).map(|(_, value)| *value)
}

/// A member as text; of a list, which the parameters of Argon2 are, the first.
fn first(object: &Object<'_>, name: &str) -> Zeroizing<String> {
    let Some(value) = member(object, name) else { return Zeroizing::default() };
    let list: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
    text(list.first().copied().unwrap_or(value))
}
