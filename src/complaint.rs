//! What is said of an error: what is wrong, where, and what to do where the operating system only says
//! what it did not do.

use std::error::Error;
use std::io::{self, ErrorKind};

/// The error and its causes on one line.
pub(crate) fn complaint(error: &anyhow::Error) -> String {
    let parts = error.chain().map(|cause| match cause.downcast_ref::<io::Error>() {
        Some(error) => of_system(error),
        None => without_cause(cause),
    });
    let mut parts: Vec<String> = parts.collect();
    // An error of the system that another one wraps.
    parts.dedup();
    parts.join(": ")
}

/// What an error says but for its cause, if it ends with that: the cause is said, too.
fn without_cause(error: &(dyn Error + 'static)) -> String {
    let text = error.to_string();
    let cause = error.source().map(|cause| format!(": {cause}"));
    match cause.and_then(|cause| text.strip_suffix(&cause).map(str::to_owned)) {
        Some(rest) => rest,
        None => text,
    }
}

/// What the operating system answered, and what to do. A library may have wrapped it with the name of
/// a file that was only there for the moment.
fn of_system(error: &io::Error) -> String {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the system says others in its own words")]
    let what = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder; correct the path",
        ErrorKind::NotADirectory => "a part of this path is a file, not a folder; correct the path",
        ErrorKind::IsADirectory => "this is a folder; give a file",
        ErrorKind::InvalidFilename => "no file can have this name; correct it",
        ErrorKind::PermissionDenied => {
            "you may not open it; ask its owner, or run the command as its owner"
        }
        ErrorKind::ReadOnlyFilesystem => {
            "nothing can be written on that disk; choose another place"
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "the disk is full; make room, or choose another place"
        }
        ErrorKind::FileTooLarge => {
            "the file would be too large for that disk; choose another place"
        }
        _ => return error.to_string(),
    };
    what.to_owned()
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn no_file_of_the_moment_is_named() {
        let error = tempfile::Builder::new().prefix(".of-the-moment").tempfile_in("/none/such");
        let error = error.context("list.csv").unwrap_err();
        assert!(format!("{error:#}").contains(".of-the-moment"));
        let said = complaint(&error);
        assert_eq!(said, "list.csv: there is no such file or folder; correct the path");
        let other = io::Error::from_raw_os_error(5);
        let text = other.to_string();
        assert_eq!(complaint(&anyhow::Error::new(other).context("a")), format!("a: {text}"));
    }

    #[test]
    fn the_words_of_a_library_stay() {
        let error = io::Error::new(ErrorKind::InvalidData, "it is no list");
        assert_eq!(complaint(&anyhow::Error::new(error).context("a.idx")), "a.idx: it is no list");
        // What says its cause itself does not say it twice.
        let error = tempfile::NamedTempFile::new().unwrap().persist("/none/such/file").unwrap_err();
        assert_eq!(
            complaint(&anyhow::Error::new(error).context("a")),
            "a: failed to persist temporary file: there is no such file or folder; correct the path"
        );
        let error = anyhow::anyhow!("one").context("two");
        assert_eq!(complaint(&error), "two: one");
    }
}
