//! What records are made with: the parameters of Argon2id, HMAC, and the names of keys.

pub(crate) mod hex;
pub(crate) mod kdf;
pub(crate) mod key_id;
pub(crate) mod mac;
