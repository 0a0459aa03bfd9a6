//! Why a file is not trusted, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::found::Kind;

/// What is wrong with a file that decides about passwords. `Display` says what, where and what to
/// do; [`remedy`](Self::remedy) is the last part alone.
///
/// None of them means that there is no such file.
#[derive(Debug)]
#[non_exhaustive]
pub enum TrustError {
    /// The operating system refused.
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// The refusal.
        source: io::Error,
    },
    /// A link leads to something that is not there, such as a disk that is not mounted.
    Dangling {
        /// The link.
        link: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// There is a link where none is followed.
    Linked {
        /// The link.
        link: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// Links lead to one another without end.
    Loop {
        /// One of them.
        link: PathBuf,
    },
    /// It is a folder, a pipe, a socket or a device.
    NotAFile {
        /// Where it is.
        path: PathBuf,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// It is on the way to the file, and is not a folder.
    NotAFolder {
        /// Where it is.
        path: PathBuf,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// It belongs to someone who is neither root nor the effective user.
    Owner {
        /// The file, folder or link.
        path: PathBuf,
        /// The number of its owner.
        owner: u32,
        /// The number of the user for whom it was to be opened.
        trusted: u32,
        /// Whether it is a folder on the way.
        is_folder: bool,
    },
    /// Others may write to it.
    Writable {
        /// The file or folder.
        path: PathBuf,
        /// Its mode.
        mode: u32,
        /// Whether it is a folder on the way.
        is_folder: bool,
    },
    /// Others may read it, or more, and it is a secret.
    Exposed {
        /// The file or folder.
        path: PathBuf,
        /// Its mode.
        mode: u32,
        /// Whether it is the folder of the file.
        is_folder: bool,
    },
    /// It is larger than such a file can be.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most bytes.
        most: u64,
    },
    /// It was exchanged while it was looked at.
    Changed {
        /// The file.
        path: PathBuf,
    },
}

impl TrustError {
    /// What to do about it, as one sentence without a full stop.
    pub fn remedy(&self) -> String {
        match self {
            _ if self.is_denied() => "run as root, or as a user who may read it".into(),
            Self::Io { .. } | Self::Changed { .. } => "see to that, then try again".into(),
            Self::Dangling { link, .. } => format!(
                "mount or restore what it leads to; if it is not needed, run `rm {}`",
                quoted(link)
            ),
            Self::Linked { .. } => {
                "put the file itself in its place, or give the path without the link".into()
            }
            Self::Loop { link } => format!("correct or remove {}", link.display()),
            Self::NotAFile { .. } => "give the path of a regular file".into(),
            Self::NotAFolder { .. } => "correct the path".into(),
            Self::Owner { trusted, is_folder: true, .. } => format!(
                "keep the file in a folder of {}, such as /etc/strongpass",
                if *trusted == 0 { "root" } else { "root or your own" }
            ),
            Self::Owner { path, trusted, .. } => {
                let user = if *trusted == 0 { "root".into() } else { trusted.to_string() };
                format!("see what it says, then run `chown -h {user} {}`", quoted(path))
            }
            Self::Writable { path, is_folder: true, .. } => format!(
                "run `chmod go-w {}`; if others must write there, keep the file elsewhere, such as \
                 in /etc/strongpass",
                quoted(path)
            ),
            Self::Writable { path, .. } => {
                format!("see what it says, then run `chmod go-w {}`", quoted(path))
            }
            Self::Exposed { path, mode, is_folder: true } if is_shared(path, *mode) => {
                "keep the file in a folder of its own, such as /var/lib/strongpass".into()
            }
            Self::Exposed { path, is_folder: true, .. } => {
                format!("run `chmod 0700 {}`", quoted(path))
            }
            Self::Exposed { path, .. } => format!("run `chmod 0600 {}`", quoted(path)),
            Self::TooLarge { .. } => "see whether it is the right file".into(),
        }
    }

    /// Whether this user may not look at it: another one may see that all is well.
    pub fn is_denied(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::PermissionDenied)
    }

    /// Whether there can be no file of the name that was given: it is too long, or it goes on below
    /// a file. It is an error all the same, and not "absent".
    pub fn names_nothing(&self) -> bool {
        if let Self::Io { source, .. } = self {
            source.kind() == io::ErrorKind::InvalidFilename
        } else {
            matches!(self, Self::NotAFolder { .. })
        }
    }

    pub(crate) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { doing, path: path.to_owned(), source }
    }

    pub(crate) fn not_a_file(path: &Path, kind: Kind) -> Self {
        Self::NotAFile { path: path.to_owned(), kind: kind.in_words() }
    }
}

impl fmt::Display for TrustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { doing, path, source } => {
                write!(f, "cannot {doing} {}: {source}", path.display())
            }
            Self::Dangling { link, target } => {
                let (link, target) = (link.display(), target.display());
                write!(f, "{link} is a link to {target}, which is not there")
            }
            Self::Linked { link, target } => {
                let (link, target) = (link.display(), target.display());
                write!(f, "{link} is a link to {target}, and links are not followed here")
            }
            Self::Loop { link } => write!(f, "{} is a link that leads in circles", link.display()),
            Self::NotAFile { path, kind } => write!(f, "{} is {kind}", path.display()),
            Self::NotAFolder { path, kind } => {
                write!(f, "{} is {kind}, not a folder", path.display())
            }
            Self::Owner { path, owner, is_folder, .. } => {
                let changes =
                    if *is_folder { "could exchange what is in it" } else { "could change it" };
                write!(f, "{} belongs to user {owner}, who {changes}", path.display())
            }
            Self::Writable { path, mode, .. } => {
                write!(f, "others may change {}: its mode is {mode:04o}", path.display())
            }
            Self::Exposed { path, mode, .. } => {
                write!(f, "others may read or change {}: its mode is {mode:04o}", path.display())
            }
            Self::TooLarge { path, most } => {
                write!(f, "{} is larger than {most} bytes", path.display())
            }
            Self::Changed { path } => {
                write!(f, "{} was exchanged while it was opened", path.display())
            }
        }?;
        write!(f, "; {}", self.remedy())
    }
}

// What the operating system said is a part of the sentence, and so no source of its own.
impl std::error::Error for TrustError {}

/// Whether a folder is there for many: to close it to others would break other programs.
fn is_shared(path: &Path, mode: u32) -> bool {
    const MANY: [&str; 4] = ["/usr/lib", "/usr/local", "/var/lib", "/var/tmp"];
    let depth = path.components().filter(|part| matches!(part, Component::Normal(_))).count();
    mode & 0o1000 != 0 || depth < 2 || MANY.iter().any(|shared| path == Path::new(shared))
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+@%:,".contains(c);
    if text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exposed(path: &str, mode: u32) -> String {
        TrustError::Exposed { path: path.into(), mode, is_folder: true }.remedy()
    }

    #[test]
    fn no_remedy_closes_a_folder_that_others_need() {
        let elsewhere = "keep the file in a folder of its own, such as /var/lib/strongpass";
        for path in ["/", "/etc", "/tmp", "/srv", "/var/lib"] {
            assert_eq!(exposed(path, 0o755), elsewhere, "{path}");
        }
        assert_eq!(exposed("/srv/exchange", 0o1777), elsewhere);
        let own = "run `chmod 0700 /var/lib/strongpass`";
        assert_eq!(exposed("/var/lib/strongpass", 0o755), own);
    }

    #[test]
    fn commands_can_be_copied() {
        let file = |path: &str| {
            TrustError::Exposed { path: path.into(), mode: 0o644, is_folder: false }.remedy()
        };
        assert_eq!(
            file("/etc/strongpass/history.keys"),
            "run `chmod 0600 /etc/strongpass/history.keys`"
        );
        assert_eq!(file("/srv/a b's"), "run `chmod 0600 '/srv/a b'\\''s'`");
    }
}
