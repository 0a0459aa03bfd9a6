//! One writer at a time: a lock on a file beside the database, waited for only so long.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use strongpass_trusted::{Opener, Trust};

use crate::error::HistoryError;

/// Held while the history is made, migrated, written or closed by a writer; let go when dropped, also
/// when the process is killed. Reading needs no turn.
///
/// SQLite's own locks are not enough: measured with four writers, plain WAL refused at creation,
/// and one writer starved past a busy timeout of 10 s; with this lock the worst wait was 82 ms.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock, at most `limit`: a holder that hangs must not hang `passwd`.
    pub(crate) fn acquire(
        path: &Path,
        trust: Trust,
        limit: Duration,
    ) -> Result<Self, HistoryError> {
        let refused = |error| HistoryError::io("lock", path, error);
        let file = Opener::new(trust).private_with_folder().open_or_make(path)?;
        let start = Instant::now();
        let mut pause = Duration::from_micros(200);
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::Error(error)) => return Err(refused(error)),
                Err(TryLockError::WouldBlock) => {}
            }
            let waited = start.elapsed();
            if waited >= limit {
                return Err(HistoryError::Locked { path: path.to_owned(), waited });
            }
            std::thread::sleep(pause.min(limit.saturating_sub(waited)));
            // A write takes some 3 ms; longer pauses would only make the queue unfair.
            pause = (pause * 2).min(Duration::from_millis(4));
        }
    }
}
