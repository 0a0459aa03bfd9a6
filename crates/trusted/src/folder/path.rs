//! Folders as paths, where there is no `O_PATH`.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::how::How;
use crate::found::{Found, Kind};

#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

/// What a name in a folder stands for.
#[derive(Debug)]
pub(crate) struct Thing(PathBuf);

impl Folder {
    /// The folder where a path starts: `/`, or `C:\`.
    pub(crate) fn start(path: &Path) -> io::Result<Self> {
        Ok(Self(path.to_owned()))
    }

    pub(crate) fn found(&self) -> io::Result<Found> {
        Ok(found(&self.0.symlink_metadata()?))
    }

    /// Looks at a name; a link is not followed.
    pub(crate) fn look(&self, name: &Path) -> io::Result<(Thing, Found)> {
        let path = self.0.join(name);
        let found = found(&path.symlink_metadata()?);
        Ok((Thing(path), found))
    }

    /// Opens a file that was looked at; the caller compares what was opened with what it saw.
    pub(crate) fn open(&self, name: &Path, how: How) -> io::Result<(File, Found)> {
        let file =
            OpenOptions::new().read(true).write(how == How::Write).open(self.0.join(name))?;
        let found = found(&file.metadata()?);
        Ok((file, found))
    }

    /// Makes an empty file for its owner alone; an error if there is anything of that name.
    pub(crate) fn make(&self, name: &Path) -> io::Result<(File, Found)> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(self.0.join(name))?;
        let found = found(&file.metadata()?);
        Ok((file, found))
    }
}

impl Thing {
    /// Goes on below a folder.
    pub(crate) fn into_folder(self) -> Folder {
        Folder(self.0)
    }

    /// Where a link leads.
    pub(crate) fn target(&self) -> io::Result<PathBuf> {
        self.0.read_link()
    }
}

#[cfg(unix)]
fn found(metadata: &Metadata) -> Found {
    use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};

    let file_type = metadata.file_type();
    let kind = if file_type.is_fifo() {
        Kind::Pipe
    } else if file_type.is_socket() {
        Kind::Socket
    } else {
        kind(metadata)
    };
    let (owner, group) = (metadata.uid(), metadata.gid());
    let rights = crate::found::Rights { owner, group, mode: metadata.mode() & 0o7777 };
    let identity = (metadata.dev(), metadata.ino());
    Found { kind, rights: Some(rights), identity }
}

#[cfg(not(unix))]
fn found(metadata: &Metadata) -> Found {
    Found { kind: kind(metadata), rights: None, identity: (0, 0) }
}

fn kind(metadata: &Metadata) -> Kind {
    let file_type = metadata.file_type();
    if file_type.is_file() {
        Kind::File
    } else if file_type.is_dir() {
        Kind::Folder
    } else if file_type.is_symlink() {
        Kind::Link
    } else {
        Kind::Device
    }
}
