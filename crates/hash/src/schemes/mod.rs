//! The schemes, a file for each family: how its text is read, and how a guess is hashed.

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
