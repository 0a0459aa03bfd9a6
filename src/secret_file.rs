//! Secrets from files and from standard input: read once, into memory that is wiped.
//!
//! The readers of the standard library keep what they read: [`io::Stdin`] and `BufReader` in a buffer
//! of their own, `fs::read` in every piece of memory that a growing `Vec` leaves behind. `clippy.toml`
//! forbids them in this crate.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use strongpass_tables::workbook_to_csv;
use zeroize::Zeroizing;

use crate::memory;

/// So much is read first of what does not tell its size.
const FIRST: usize = 1 << 12;

/// Standard input as a file: what is read from it is kept by nobody else.
#[expect(clippy::disallowed_methods, reason = "for its descriptor; nothing is read through it")]
pub(crate) fn stdin() -> io::Result<File> {
    #[cfg(unix)]
    let stdin = std::os::fd::AsFd::as_fd(&io::stdin()).try_clone_to_owned();
    #[cfg(windows)]
    let stdin = std::os::windows::io::AsHandle::as_handle(&io::stdin()).try_clone_to_owned();
    stdin.map(File::from)
}

/// Opens a file; `-` is standard input.
pub(crate) fn open(path: &Path) -> anyhow::Result<File> {
    let opened = if path == Path::new("-") { stdin() } else { File::open(path) };
    opened.with_context(|| path.display().to_string())
}

/// A whole file (`-`: standard input) of at most `most` bytes.
pub(crate) fn whole(path: &Path, most: u64) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let name = || path.display().to_string();
    let most = usize::try_from(most).unwrap_or(usize::MAX >> 1);
    let file = open(path)?;
    let metadata = file.metadata().with_context(name)?;
    // Files of /proc say that they are empty, and pipes say nothing.
    let size = usize::try_from(metadata.len()).ok().filter(|&size| metadata.is_file() && size > 0);
    // With one byte of room the end is seen, and that a file is larger than it was.
    let (first, limit) = match size {
        Some(size) => (size.min(most) + 1, size.min(most) + 1),
        None => (FIRST, most + 1),
    };
    let bytes = read_up_to(file, first, limit).with_context(name)?;
    if bytes.len() > most {
        bail!("{}: is larger than {}; split it", path.display(), megabytes(most));
    }
    if size.is_some_and(|size| bytes.len() > size) {
        bail!("{}: grew while it was read; try again", path.display());
    }
    Ok(bytes)
}

/// A whole file that is to be a table: of a workbook the table that it holds, as CSV.
pub(crate) fn table(path: &Path, most: u64) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    as_table(path, whole(path, most)?, most)
}

/// The table in a file that was read: of a workbook the one that it holds, as CSV.
pub(crate) fn as_table(
    path: &Path,
    file: Zeroizing<Vec<u8>>,
    most: u64,
) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    // Unpacking leaves copies on the stack.
    let table = memory::wiping_stack(|| workbook_to_csv(&file, most));
    let table = table.map_err(|error| anyhow!(error.in_file(&path.display().to_string())))?;
    Ok(table.unwrap_or(file))
}

/// All that comes, but not more than `most` bytes: what has as many may have been cut off.
pub(crate) fn up_to(source: impl Read, most: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    read_up_to(source, most.min(FIRST), most)
}

/// Reads into memory of `first` bytes. Where that is not enough, all is copied to a larger piece and
/// the smaller one is wiped: a vector that grows by itself leaves copies behind.
fn read_up_to(mut source: impl Read, first: usize, most: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = zeros(first)?;
    let mut filled = 0;
    loop {
        if filled == bytes.len() {
            if filled == most {
                break;
            }
            let mut larger = zeros(filled.saturating_mul(2).max(FIRST).min(most))?;
            for (to, from) in larger.iter_mut().zip(bytes.iter()) {
                *to = *from;
            }
            bytes = larger;
        }
        match source.read(bytes.get_mut(filled..).unwrap_or_default()) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

/// Zeroed memory, or an error: being short of memory is not a reason to crash.
fn zeros(size: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(size).map_err(|_| io::Error::from(ErrorKind::OutOfMemory))?;
    bytes.resize(size, 0);
    Ok(Zeroizing::new(bytes))
}

fn megabytes(bytes: usize) -> String {
    if bytes.is_multiple_of(1 << 20) {
        format!("{} MB", bytes >> 20)
    } else {
        format!("{bytes} bytes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives at most `most` bytes a read, and is interrupted before each.
    struct Drip<'a> {
        bytes: &'a [u8],
        most: usize,
        interrupted: bool,
    }

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.interrupted = !self.interrupted;
            if self.interrupted {
                return Err(ErrorKind::Interrupted.into());
            }
            let n = self.bytes.len().min(self.most).min(into.len());
            let (now, later) = self.bytes.split_at(n);
            into[..n].copy_from_slice(now);
            self.bytes = later;
            Ok(n)
        }
    }

    #[test]
    fn whatever_comes_in_pieces_is_whole() {
        let text: Vec<u8> = (0..=255).cycle().take(3 * FIRST + 1).collect();
        for most in [1, 7, FIRST, 10 * FIRST] {
            let drip = |bytes| Drip { bytes, most, interrupted: false };
            assert_eq!(up_to(drip(&text), usize::MAX).unwrap().as_slice(), text);
            assert_eq!(up_to(drip(&text), FIRST + 1).unwrap().as_slice(), &text[..=FIRST]);
            assert_eq!(up_to(drip(&text), 0).unwrap().as_slice(), b"");
            assert_eq!(up_to(drip(b""), 9).unwrap().as_slice(), b"");
        }
    }

    #[test]
    fn a_file_has_a_bound() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, [b'x'; 100]).unwrap();
        assert_eq!(whole(file.path(), 100).unwrap().len(), 100);
        let error = whole(file.path(), 99).unwrap_err().to_string();
        assert!(error.ends_with(": is larger than 99 bytes; split it"), "{error}");
        assert_eq!(megabytes(32 << 20), "32 MB");
    }

    #[test]
    fn a_file_without_a_size_is_read_to_its_end() {
        let status = whole(Path::new("/proc/self/status"), 1 << 20);
        assert!(cfg!(not(target_os = "linux")) || status.unwrap().starts_with(b"Name:"));
    }

    #[test]
    fn too_much_is_an_error_and_no_crash() {
        assert_eq!(zeros(usize::MAX).unwrap_err().kind(), ErrorKind::OutOfMemory);
    }
}
