//! Folders as descriptors: openat(2), fstat(2).

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, FileType, Mode, OFlags, Stat, fstat, openat, readlinkat};

use super::how::How;
use crate::found::{Found, Kind, Rights};

#[derive(Debug)]
pub(crate) struct Folder(OwnedFd);

/// What a name in a folder stands for, before it is opened: neither a pipe nor a device notices.
#[derive(Debug)]
pub(crate) struct Thing(OwnedFd);

impl Folder {
    /// The folder where a path starts: `/`.
    pub(crate) fn start(path: &Path) -> io::Result<Self> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(openat(CWD, path, flags, Mode::empty())?))
    }

    pub(crate) fn found(&self) -> io::Result<Found> {
        Ok(found(&fstat(&self.0)?))
    }

    /// Looks at a name; a link is not followed.
    pub(crate) fn look(&self, name: &Path) -> io::Result<(Thing, Found)> {
        let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let thing = openat(&self.0, name, flags, Mode::empty())?;
        let found = found(&fstat(&thing)?);
        Ok((Thing(thing), found))
    }

    /// Opens a file that was looked at; a link that took its place is not followed.
    pub(crate) fn open(&self, name: &Path, how: How) -> io::Result<(File, Found)> {
        self.open_with(name, how, OFlags::empty())
    }

    /// Makes an empty file for its owner alone; an error if there is anything of that name.
    pub(crate) fn make(&self, name: &Path) -> io::Result<(File, Found)> {
        self.open_with(name, How::Write, OFlags::CREATE | OFlags::EXCL)
    }

    fn open_with(&self, name: &Path, how: How, more: OFlags) -> io::Result<(File, Found)> {
        let access = match how {
            How::Read => OFlags::RDONLY,
            How::Write => OFlags::RDWR,
        };
        let safe = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = openat(&self.0, name, access | safe | more, Mode::RUSR | Mode::WUSR)?;
        let found = found(&fstat(&file)?);
        Ok((File::from(file), found))
    }
}

impl Thing {
    /// Goes on below a folder.
    pub(crate) fn into_folder(self) -> Folder {
        Folder(self.0)
    }

    /// Where a link leads.
    pub(crate) fn target(&self) -> io::Result<PathBuf> {
        let target = readlinkat(&self.0, "", Vec::new())?;
        Ok(PathBuf::from(OsString::from_vec(target.into_bytes())))
    }
}

fn found(stat: &Stat) -> Found {
    let kind = match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        FileType::Fifo => Kind::Pipe,
        FileType::Socket => Kind::Socket,
        FileType::CharacterDevice | FileType::BlockDevice | FileType::Unknown => Kind::Device,
    };
    let mode = stat.st_mode & 0o7777;
    Found {
        kind,
        rights: Some(Rights { owner: stat.st_uid, group: stat.st_gid, mode }),
        identity: (stat.st_dev, stat.st_ino),
    }
}
