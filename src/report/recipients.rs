//! For whom reports are encrypted.

use std::path::Path;

use strongpass_age::{KeyError, Recipient};

use crate::exit::UsageError;
use crate::setup;

/// No list of recipients is larger.
const MOST_BYTES: u64 = 1 << 20;

/// The recipients that were named: each `age1…` itself, or a file with one on each line.
pub(super) fn read(named: &[String]) -> anyhow::Result<Vec<Recipient>> {
    let mut recipients = Vec::new();
    for name in named {
        if is_file(name) {
            let bytes = setup::read(Path::new(name), MOST_BYTES).map_err(|error| {
                // What was typed may be a password.
                let why = "--encrypt-to: it is not a recipient of age, and no file has that name: give what \
                           `age-keygen` prints (age1…), or a file with one recipient on each line";
                if setup::names_nothing(&error) { UsageError(why.into()).into() } else { error }
            })?;
            let before = recipients.len();
            for (number, line) in (1..).zip(String::from_utf8_lossy(&bytes).lines()) {
                let line = line.trim();
                if !line.is_empty() && !line.starts_with('#') {
                    recipients.push(recipient(&format!("{name}:{number}"), line)?);
                }
            }
            if recipients.len() == before {
                return Err(UsageError(format!("{name}: has no recipient in it")).into());
            }
        } else {
            recipients.push(recipient(name, name)?);
        }
    }
    recipients.dedup();
    Ok(recipients)
}

/// Whether a name is that of a file, not a recipient or a key that someone took for one.
fn is_file(name: &str) -> bool {
    let key = ["age1", "AGE-", "ssh-"].iter().any(|begin| name.starts_with(begin));
    !key || Path::new(name).exists()
}

fn recipient(place: &str, text: &str) -> anyhow::Result<Recipient> {
    // A secret key is not repeated, wherever it was put.
    let place = if place.starts_with("AGE-") { "the recipient" } else { place };
    text.parse().map_err(|why: KeyError| UsageError(format!("{place}: {why}")).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

    #[test]
    fn recipients_are_named_or_listed() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let name = file.path().to_str().unwrap().to_owned();
        std::fs::write(&name, format!("# head\n\n {ONE}\r\n")).unwrap();
        assert_eq!(read(std::slice::from_ref(&name)).unwrap(), read(&[ONE.into()]).unwrap());
        assert_eq!(read(&[name.clone(), ONE.into()]).unwrap().len(), 1);
        let why = |name: &str| read(&[name.into()]).unwrap_err().to_string();
        std::fs::write(&name, format!("{ONE}\nk.harper\n")).unwrap();
        assert!(why(&name).starts_with(&format!("{name}:2: is not a recipient")));
        std::fs::write(&name, "").unwrap();
        assert!(why(&name).ends_with("has no recipient in it"));
        let secret = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
        assert!(why(secret).contains("secret key") && !why(secret).contains("GFPYY"));
        assert!(why("age1zvkyg").contains("age1zvkyg"));
    }
}
