//! From an export of hashed passwords to a list of accounts that need attention.
//!
//! An audit can only prove failure. What it did not guess may still be weak, so a [`Report`] says how
//! far it looked, and no word of it is "strong".
//!
//! # What it never does
//! - It opens no file and asks no clock: bytes come in, a [`Report`] goes out.
//! - It never shows a password, its length or its hash; what it found dies with the search.

#![forbid(unsafe_code)]

mod book;
mod breached;
mod export;
mod finding;
mod formats;
mod guess;
mod judge;
mod people;
mod potfile;
mod progress;
mod report;
mod rules;
mod search;
mod secret;
mod skipped;
mod sweep;
mod target;
mod text;

use std::collections::HashMap;
use std::fmt;

use strongpass_hash::{InstructionSet, Limits, Scheme, Setting};
use strongpass_policy::{Dictionary, Policy};

use crate::book::Book;
use crate::judge::Judge;
use crate::search::Search;
use crate::target::Targets;

pub use breached::{
    BreachError, BreachFile, BreachIndex, BreachList, BuildError, BuildProgress, Built,
    Completeness, Seen, build_index,
};
pub use export::{Credential, Export, Format, Kind, Lines, Lm, ReadOptions, Secret, Status, Text};
pub use finding::{Finding, FindingKind, Severity};
pub use guess::{Shapes, Stage, Words};
pub use people::{People, PeopleError, PeopleFault, PeopleNote};
pub use potfile::{PotFault, pot_entries};
pub use progress::{Bounds, Progress};
pub use report::{Coverage, ExportSummary, Report};
pub use rules::{Rule, RuleError, RuleFault, RuleFile};
pub use search::{Checkpoint, CheckpointError, ResumeError};
pub use skipped::{Foreign, Skipped, Why};

/// What is audited, and with what.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "the caller fills it in")]
pub struct Audit<'a> {
    /// What was read.
    pub exports: &'a [Export],
    /// Who is who, as far as somebody wrote it down.
    pub people: &'a People,
    /// What a password must be.
    pub policy: &'a Policy,
    /// The words it must not contain.
    pub dictionary: &'a Dictionary,
    /// What to guess, in this order.
    pub stages: &'a [Stage],
    /// What one guess may cost; the exports were read with the same.
    pub limits: Limits,
    /// What guesses are hashed with; it changes nothing but the time.
    pub instructions: InstructionSet,
}

/// Looks digests of this scheme up in a list of breached passwords, all at once: they stand one
/// behind the other, and it tells the number of each that is there and how often it was seen. An
/// error ends the audit, because "could not look" is never "not breached".
pub type Breached<'a, E> = (Scheme, &'a mut LookUp<'a, E>);

/// The look-up of [`Breached`].
pub type LookUp<'a, E> = dyn FnMut(&[u8], &mut dyn FnMut(usize, Seen)) -> Result<(), E> + 'a;

/// What is told while a search goes on: how far it is, and how to take it up again.
pub type Watch<'a> = &'a mut dyn FnMut(Progress, &dyn Fn() -> Checkpoint);

/// Why an audit ended without a report.
#[derive(Debug)]
#[non_exhaustive]
pub enum AuditError<E> {
    /// The checkpoint does not fit.
    Resume(ResumeError),
    /// The list of breached passwords does not answer.
    Breached(E),
}

impl<E: fmt::Display> fmt::Display for AuditError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resume(error) => error.fmt(f),
            Self::Breached(error) => error.fmt(f),
        }
    }
}

impl<E: std::error::Error> std::error::Error for AuditError<E> {}

impl Audit<'_> {
    /// Searches, from the beginning or from a checkpoint, and says what was found. Uses the threads
    /// of the rayon pool it is called in; the report does not depend on their number.
    ///
    /// # Errors
    /// If the checkpoint is of something else, or if the list of breached passwords fails.
    pub fn run<E>(
        &self,
        bounds: &Bounds<'_>,
        resume: Option<&Checkpoint>,
        breached: Option<Breached<'_, E>>,
        watch: Watch<'_>,
    ) -> Result<Report, AuditError<E>> {
        let book = Book::new(self.exports, self.people);
        let targets = Targets::of(&book);
        let mut search =
            Search::new(&book, &targets, self.stages, (self.limits, self.instructions));
        if let Some(checkpoint) = resume {
            search.resume(checkpoint, bounds.stop).map_err(AuditError::Resume)?;
        }
        search.run(bounds, &mut |search, progress| watch(progress, &|| search.checkpoint()));
        search.end();
        let breached = match breached {
            Some(list) => look_up(&search, list).map_err(AuditError::Breached)?,
            None => HashMap::new(),
        };
        let (policy, dictionary) = (self.policy, self.dictionary);
        let judge = Judge { search: &search, policy, dictionary, breached: &breached };
        Ok(self.report(&search, judge.findings()))
    }

    fn report(&self, search: &Search<'_>, findings: Vec<Finding>) -> Report {
        let exports = self.exports.iter().map(|export| {
            let (accounts, former) = judge::counts(export);
            let name =
                |skipped: &Skipped| skipped.account.map(|account| export.text(account).to_owned());
            ExportSummary {
                system: export.system.to_string(),
                file: export.file.clone(),
                formats: export.formats.clone(),
                lines: export.lines.all,
                accounts,
                former,
                skipped: export.skipped.iter().map(|s| (s.clone(), name(s))).collect(),
            }
        });
        let coverage: Vec<Coverage> = search.coverage();
        Report {
            exports: exports.collect(),
            complete: coverage.iter().all(|class| class.complete && class.failed.is_none()),
            coverage,
            findings,
            persons: book::number(search.book.persons().count()),
            crowds: search.book.crowds(),
        }
    }
}

/// By credential: how often its password has been breached. The digests of exports are looked up
/// as they are; passwords that were guessed are hashed for it.
fn look_up<E>(search: &Search<'_>, list: Breached<'_, E>) -> Result<HashMap<u32, Seen>, E> {
    let (scheme, seen_of) = list;
    let (mut ids, mut digests) = (Vec::new(), Vec::new());
    for (id, _, credential) in search.book.credentials() {
        let before = digests.len();
        match &credential.secret {
            _ if credential.previous > 0 => {}
            Secret::Nt(digest) if scheme == Scheme::Nt => digests.extend_from_slice(digest),
            Secret::Hash(hash) if hash.setting.scheme() == scheme => {
                digests.extend_from_slice(hash.digest.bytes());
            }
            Secret::Blank | Secret::Nt(_) | Secret::Hash(_) | Secret::Clear(_) => {
                digests.extend(search.digest_of_found(id, scheme).unwrap_or_default());
            }
        }
        if digests.len() > before {
            ids.push(id);
        }
    }
    let mut seen = HashMap::new();
    seen_of(&digests, &mut |number, times| {
        seen.extend(ids.get(number).map(|id| (*id, times)));
    })?;
    Ok(seen)
}

impl Search<'_> {
    /// The digest that a password would have which was found.
    fn digest_of_found(&self, id: u32, scheme: Scheme) -> Option<Vec<u8>> {
        let (secret, _) = self.found.of(id)?;
        let text = self.secrets.text(secret).filter(|text| !text.is_empty())?;
        let setting = Setting::unsalted(scheme)?;
        let mut hasher = setting.hasher(&self.limits).ok()?;
        let mut found = None;
        let digested = hasher.digests(&[text.as_bytes()], &mut |_, digest| {
            found = Some(digest.to_vec());
        });
        digested.ok().and(found)
    }
}

impl Search<'_> {
    fn coverage(&self) -> Vec<Coverage> {
        let mut classes = Vec::new();
        let mut target = 0_u32;
        for (class, feed) in self.targets.classes.iter().zip(&self.feeds) {
            let end = target.saturating_add(book::number(class.len()));
            let holders = |target: &u32| self.targets.holders(*target).len();
            classes.push(Coverage {
                scheme: class.scheme,
                cost: class.cost,
                accounts: (target..end).map(|target| holders(&target)).sum(),
                found: (target..end)
                    .filter(|target| self.found.secret(*target).is_some())
                    .map(|target| holders(&target))
                    .sum(),
                guesses: feed.rank,
                complete: feed.done,
                failed: feed.failed.as_ref().map(ToString::to_string),
            });
            target = end;
        }
        classes
    }
}
