//! The register's file: opened, and decrypted if need be.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use strongpass_age::{Identity, Key, Passphrase, Recipient};
use strongpass_terminal::text as speech;
use zeroize::Zeroizing;

use crate::exit::UsageError;
use crate::{input, secret_file};

/// No register is larger.
const MOST: u64 = 32 << 20;
/// No file of keys is larger.
const MOST_KEYS: u64 = 1 << 20;

/// A register as it was read, and how to write one like it.
pub(super) struct File {
    pub(super) text: Zeroizing<Vec<u8>>,
    pub(super) lock: Lock,
}

/// How a register was protected.
pub(super) enum Lock {
    /// Not at all.
    Plain,
    /// For these recipients, whose keys were given.
    Recipients(Vec<Recipient>),
    Passphrase(Passphrase),
}

impl Lock {
    /// A register protected in the same way.
    pub(super) fn apply_to(&self, text: &[u8]) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        Ok(Zeroizing::new(match self {
            Self::Plain => text.to_vec(),
            Self::Recipients(recipients) => strongpass_age::seal(text, recipients)?,
            Self::Passphrase(passphrase) => strongpass_age::seal_with(text, passphrase)?,
        }))
    }
}

/// Opens the register and decrypts it if it is encrypted; a workbook becomes the table in it.
pub(super) fn open(path: &Path, identities: &[PathBuf]) -> anyhow::Result<File> {
    let File { text, lock } = decrypted(path, identities)?;
    Ok(File { text: secret_file::as_table(path, text, MOST)?, lock })
}

fn decrypted(path: &Path, identities: &[PathBuf]) -> anyhow::Result<File> {
    let name = || path.display().to_string();
    let file = secret_file::whole(path, MOST)?;
    if !strongpass_age::is_age(&file) {
        warn_of_readers(path);
        return Ok(File { text: file, lock: Lock::Plain });
    }
    if strongpass_age::wants_passphrase(&file).with_context(name)? {
        let passphrase = ask(&format!("Passphrase of {} (it is not shown): ", name()))?;
        let keys = [Key::Passphrase(passphrase)];
        let text = strongpass_age::open(&file, &keys).with_context(name)?;
        let [key] = keys;
        let Key::Passphrase(passphrase) = key else { return Err(anyhow!("no passphrase")) };
        return Ok(File { text, lock: Lock::Passphrase(passphrase) });
    }
    if identities.is_empty() {
        let message = format!("{}: is encrypted; say which key opens it: --identity FILE", name());
        return Err(UsageError(message).into());
    }
    let mut keys = Vec::new();
    for identity in identities {
        keys.extend(keys_of(identity)?);
    }
    let recipients = keys.iter().map(Identity::recipient).collect();
    let keys: Vec<Key> = keys.into_iter().map(Key::Identity).collect();
    let text = strongpass_age::open(&file, &keys).with_context(name)?;
    Ok(File { text, lock: Lock::Recipients(recipients) })
}

fn ask(question: &str) -> anyhow::Result<Passphrase> {
    let typed = input::prompt(question)?;
    let typed = typed.expose().context("what was typed is not text, or is too long")?;
    Ok(Passphrase::new(Zeroizing::new(typed.to_owned())))
}

/// The keys in a file from `age-keygen`, which may itself be encrypted with a passphrase.
fn keys_of(path: &Path) -> anyhow::Result<Vec<Identity>> {
    let name = || path.display().to_string();
    let mut bytes = secret_file::whole(path, MOST_KEYS)?;
    if strongpass_age::is_age(&bytes) {
        let passphrase = ask(&format!("Passphrase of {} (it is not shown): ", name()))?;
        bytes = strongpass_age::open(&bytes, &[Key::Passphrase(passphrase)]).with_context(name)?;
    }
    let lines = str::from_utf8(&bytes).unwrap_or_default().lines();
    let lines = lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Result<Vec<Identity>, _> = lines.map(str::parse).collect();
    keys.ok().filter(|keys| !keys.is_empty()).ok_or_else(|| {
        let message = format!("{}: has not only keys of `age-keygen` in it", name());
        UsageError(message).into()
    })
}

/// Says so if others on this computer can read the register, and how to encrypt it.
fn warn_of_readers(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map(|metadata| metadata.permissions().mode());
        if path == Path::new("-") || !mode.is_ok_and(|mode| mode & 0o077 != 0) {
            return;
        }
        let name = path.display();
        speech::remark(&format!(
            "Warning: {name} is not encrypted, and others on this computer can read it. This \
             encrypts it with a\npassphrase, which `strongpass` asks for when it reads it; then \
             delete the file that is open:\n  age -p -o {name}.age {name}"
        ));
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_keys_or_an_error() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let key = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
        fs::write(&file, format!("# created\n{key}\n")).unwrap();
        assert_eq!(keys_of(file.path()).unwrap().len(), 1);
        for text in ["", "# only this\n", "AGE-PLUGIN-X-1ABC\n", &format!("{key}\nx\n")] {
            fs::write(&file, text).unwrap();
            let why = keys_of(file.path()).unwrap_err().to_string();
            assert!(why.ends_with("has not only keys of `age-keygen` in it"), "{why}");
        }
    }
}
