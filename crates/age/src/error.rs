//! Why a file cannot be opened or made.

use std::fmt;

/// Why a file cannot be opened or made. Nothing of what is in it is repeated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum AgeError {
    /// It is not a file of this kind.
    NotAge,
    /// It is one of a later version.
    Version,
    /// The part that says for whom it is cannot be understood.
    Header,
    /// The lines of text around it are not in order.
    Armor,
    /// It is for someone else, or the passphrase is another one.
    NoMatch,
    /// It would take more memory than a passphrase is worth.
    TooCostly,
    /// It was cut short or changed since it was made.
    Damaged,
    /// The operating system gives no random bytes.
    NoRandom,
}

impl fmt::Display for AgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAge => "is not encrypted with age",
            Self::Version => "is encrypted with a later version of age; use `age -d` and a pipe",
            Self::Header => "has a head that cannot be understood; was it cut or joined?",
            Self::Armor => "is not as `age --armor` writes it; was it cut, or changed by a mailer?",
            Self::NoMatch => "is encrypted for another key, or with another passphrase",
            Self::TooCostly => "asks for more than 1 GB of memory to try a passphrase",
            Self::Damaged => "was cut short or changed since it was encrypted",
            Self::NoRandom => "cannot be encrypted: the operating system gives no random bytes",
        })
    }
}

impl std::error::Error for AgeError {}

/// Why a text is not the key that it should be: words that follow its name. They do not repeat it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum KeyError {
    /// A secret key stands where a recipient should.
    Secret,
    /// A key for SSH.
    Ssh,
    /// It is not a recipient.
    NotRecipient,
    /// It is not an identity that can be used here.
    NotIdentity,
    /// A character is wrong or missing.
    Mistyped,
    /// A recipient of another kind.
    OtherKind,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Secret => {
                "is a secret key; a recipient begins with age1 (`age-keygen -y` prints it)"
            }
            Self::Ssh => "is a key for SSH, which cannot be used here; make one with `age-keygen`",
            Self::NotRecipient => "is not a recipient; a recipient begins with age1",
            Self::NotIdentity => "is not an identity; an identity begins with AGE-SECRET-KEY-1",
            Self::Mistyped => "is mistyped; a character is wrong or missing",
            Self::OtherKind => {
                "is not of the kind that `age-keygen` makes by itself; only that can be used here"
            }
        })
    }
}

impl std::error::Error for KeyError {}
