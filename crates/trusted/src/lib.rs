//! Opens the files that decide about passwords, if nobody but a trusted user could have written
//! them.
//!
//! Whoever can write a policy, a list of words, the configuration of the history, its database, its
//! lock or its keys decides which passwords are accepted. So each of these files is opened here: the
//! path is walked one name at a time, each folder and the file are looked at through descriptors, and
//! what was looked at is what is read.
//!
//! ```
//! use strongpass_trusted::{Opener, Trust};
//! # let folder = std::env::temp_dir().join(format!("strongpass-trusted-{}", std::process::id()));
//! # std::fs::create_dir(&folder)?;
//! # let path = folder.join("policy.toml");
//! # std::fs::write(&path, "min_length = 12")?;
//! let opener = Opener::new(Trust::Machine);
//! assert_eq!(opener.read(&path, 1 << 20)?.unwrap(), b"min_length = 12");
//! // Only a name that does not exist is "absent"; whatever else goes wrong is an error.
//! assert_eq!(opener.read(&folder.join("none.toml"), 1 << 20)?, None);
//! # std::fs::remove_dir_all(folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is trusted
//! - The owner of the file, of each folder on the way and of each link is root or the effective
//!   user.
//! - Neither group nor others may write to the file or to a folder. A folder with the sticky bit,
//!   such as `/tmp`, may be on the way: nobody can replace another's file there. For a person (see
//!   [`Trust`]) the group may write if it is the person's own.
//! - It is a regular file. A named pipe or a device is refused without waiting for it.
//!
//! # What it never does
//! - It never takes a link that leads nowhere, a folder that may not be searched or a name below a
//!   file for "there is no such file".
//! - It never follows a link for [`Trust::Machine`], nor to a [private](Opener::private) file.
//!
//! # Quirks
//! - Access control lists are seen only as the mode shows them: its group bits are then the most that
//!   any entry allows (acl(5)).
//! - On Unix other than Linux the folders are looked at by path, and on Windows owners and lists of
//!   access are not looked at.

#![forbid(unsafe_code)]

mod error;
mod folder;
mod found;
mod judge;
mod opener;
mod trust;
mod walk;

pub use error::TrustError;
pub use opener::Opener;
pub use trust::Trust;
