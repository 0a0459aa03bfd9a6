//! One audit from beginning to end: search, look up, judge, report.

use std::collections::HashMap;
use std::fmt;

use strongpass_hash::{InstructionSet, Limits};
use strongpass_policy::{Dictionary, Policy};

use crate::accounts::{AccountIndex, People, number};
use crate::attack::{Bounds, Checkpoint, Progress, ResumeError, Search, Targets};
use crate::exports::{Export, Skipped};
use crate::guess::Stage;
use crate::report::{
    AccountJudge, AuditFinding, Breached, ExportSummary, Extent, Report, counts, look_up, measure,
};

/// What is audited, and with what.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "the caller fills it in")]
pub struct Audit<'a> {
    /// What was read.
    pub exports: &'a [Export],
    /// Who is who, as far as someone wrote it down.
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
        let accounts = AccountIndex::new(self.exports, self.people);
        let targets = Targets::new(&accounts);
        let mut search =
            Search::new(&accounts, &targets, self.stages, (self.limits, self.instructions));
        if let Some(checkpoint) = resume {
            search.resume(checkpoint, bounds.stop).map_err(AuditError::Resume)?;
        }
        search.run(bounds, &mut |search, progress| watch(progress, &|| search.checkpoint()));
        search.end();
        let asked = breached.as_ref().map(|(scheme, _)| *scheme);
        let breached = match breached {
            Some(list) => look_up(&search, list).map_err(AuditError::Breached)?,
            None => HashMap::new(),
        };
        let (policy, dictionary) = (self.policy, self.dictionary);
        let judge = AccountJudge { search: &search, policy, dictionary, breached: &breached };
        let report = self.report(&search, judge.findings());
        let mut report = Report {
            asked_breached: asked.is_some(),
            extent: Extent::new(&search, asked),
            ..report
        };
        report.extent.kinds = report.kinds_looked_for();
        Ok(report)
    }

    fn report(&self, search: &Search<'_>, findings: Vec<AuditFinding>) -> Report {
        let exports = self.exports.iter().map(|export| {
            let (accounts, former) = counts(export);
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
        Report {
            exports: exports.collect(),
            coverage: measure(search),
            findings,
            persons: number(search.accounts.persons().count()),
            crowds: search.accounts.crowds(),
            listed: search.accounts.listed(),
            asked_breached: false,
            interrupted: false,
            extent: Extent::default(),
        }
    }
}
