//! Near copies: tried against what is kept, for as long as the caller lets it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use strongpass_gate::Search;
use strongpass_policy::near_copies;
use zeroize::Zeroizing;

use super::{Fingerprint, Scope, hashes_of};
use crate::config::system::System;
use crate::crypto::kdf::Kdf;
use crate::error::HistoryError;
use crate::keys::derived::{Derived, Hasher, Salt};
use crate::keys::ring::KeyRing;
use crate::store::history::History;
use crate::store::rows::Record;

/// How much work the search for near copies may be.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// How many threads: every core in a command; 1 in a PAM module, where none is started.
    pub threads: usize,
    /// Asked before each try; `false` ends the search. A budget of time belongs here, because the
    /// library has no clock.
    pub proceed: &'a (dyn Fn() -> bool + Sync),
}

impl std::fmt::Debug for Effort<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Effort").field("threads", &self.threads).finish_non_exhaustive()
    }
}

impl History {
    /// Searches for near copies of the password in use within `scope`, the likeliest first, and
    /// keeps what it finds in the fingerprint for [`uses_of`](Self::uses_of). Each try costs one
    /// Argon2id, for nothing weaker is stored; if nothing is kept of the account, it costs nothing.
    ///
    /// # Errors
    /// If the history cannot be read, or there is no memory for the slow hash.
    pub fn look_near(
        &mut self,
        fingerprint: &mut Fingerprint,
        scope: Scope<'_>,
        effort: Effort<'_>,
    ) -> Result<Search, HistoryError> {
        let person = self.person(&fingerprint.account)?;
        let kept: Vec<&Record> =
            person.records.iter().filter(|record| scope.holds(&record.system)).collect();
        if kept.is_empty() {
            return Ok(Search { tried: 0, of: 0, found: false });
        }
        let systems: Vec<&str> = self.config.systems.keys().map(System::id).collect();
        let variants = near_copies(&fingerprint.password, &systems);
        let task = Task {
            hashes: hashes_of(&person.records, scope),
            variants: &variants,
            kept: &kept,
            keys: &self.keys,
            proceed: effort.proceed,
            next: AtomicUsize::new(0),
            tried: AtomicUsize::new(0),
            found: AtomicBool::new(false),
        };
        fingerprint.near = task.run(effort.threads)?;
        Ok(Search {
            tried: task.tried.load(Ordering::Relaxed),
            of: variants.len(),
            found: task.found.load(Ordering::Relaxed),
        })
    }
}

struct Task<'a> {
    variants: &'a [Zeroizing<String>],
    kept: &'a [&'a Record],
    hashes: Vec<(Salt, Kdf)>,
    keys: &'a KeyRing,
    proceed: &'a (dyn Fn() -> bool + Sync),
    next: AtomicUsize,
    tried: AtomicUsize,
    found: AtomicBool,
}

impl Task<'_> {
    fn run(&self, threads: usize) -> Result<Vec<Derived>, HistoryError> {
        let threads = threads.min(self.variants.len());
        if threads <= 1 {
            return self.work();
        }
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| self.work())).collect();
            let mut all = Vec::new();
            for worker in workers {
                let ended = || HistoryError::Hash { what: "a thread ended early".into() };
                all.extend(worker.join().map_err(|_| ended())??);
            }
            Ok(all)
        })
    }

    /// Takes the next variant until none is left, one is found, or the caller says enough.
    fn work(&self) -> Result<Vec<Derived>, HistoryError> {
        let mut hasher = Hasher::default();
        let mut made = Vec::new();
        while !self.found.load(Ordering::Relaxed) && (self.proceed)() {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(variant) = self.variants.get(at) else { break };
            for &(salt, kdf) in &self.hashes {
                let derived = hasher.derive(variant, salt, kdf)?;
                if self.kept.iter().any(|record| record.is_of(&derived, self.keys)) {
                    self.found.store(true, Ordering::Relaxed);
                }
                made.push(derived);
            }
            self.tried.fetch_add(1, Ordering::Relaxed);
        }
        Ok(made)
    }
}
