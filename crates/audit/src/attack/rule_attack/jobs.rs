//! The work of a rule attack, in jobs that threads take one after the other.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use hashbrown::DefaultHashBuilder;
use strongpass_hash::{Batch, InstructionSet};

use super::hit::RuleHit;
use super::remaining::RemainingDigests;
use super::scalar::ScalarGuesser;
use super::workspace::{BATCHES_AT_ONCE, Workspace};
use crate::accounts::index;
use crate::attack::targets::Key;
use crate::guess::WordList;
use crate::rules::{HashcatRule, Part, Plan, Ruleset, WordClass};

/// A guess: the numbers of rule and word.
type Guess = (u32, u32);

pub(super) fn run(
    instructions: InstructionSet,
    targets: &RemainingDigests<'_>,
    (words, range): (&WordList, Range<usize>),
    rules: &Ruleset,
    stop: &AtomicBool,
) -> (Vec<RuleHit>, u64) {
    let jobs = jobs(words, range, rules);
    let (next, guesses) = (AtomicU32::new(0), AtomicU64::new(0));
    let found = Mutex::new(Vec::new());
    let work = || {
        let mut worker = Worker::new(instructions, targets, words, rules);
        while !stop.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index(number)) else { break };
            worker.take(number, job);
            guesses.fetch_add(job.guesses(), Ordering::Relaxed);
        }
        if let Ok(mut found) = found.lock() {
            found.append(&mut worker.hits);
        }
        targets.workspaces.put_back(worker.workspace);
    };
    if jobs.len() > 1 {
        rayon::broadcast(|_| work());
    } else {
        work();
    }
    (best(found.into_inner().unwrap_or_default()), guesses.into_inner())
}

/// Some words of one class, and some rules.
#[derive(Debug)]
struct Job<'a> {
    class: WordClass,
    members: &'a [u32],
    slice: usize,
    rules: Range<usize>,
}

/// Large enough to be worth taking, small enough that threads end together.
const GUESSES_OF_A_JOB: usize = 1 << 18;

/// So few words are not worth a plan that nobody made before.
const FEW: usize = 8;

impl Job<'_> {
    fn guesses(&self) -> u64 {
        let guesses = self.members.len().saturating_mul(self.rules.len());
        u64::try_from(guesses).unwrap_or(u64::MAX)
    }
}

fn jobs<'a>(words: &'a WordList, range: Range<usize>, rules: &Ruleset) -> Vec<Job<'a>> {
    let mut jobs = Vec::new();
    for (class, members) in words.groups(range) {
        for slice in 0..rules.slices() {
            let rules = rules.slice(slice);
            // Whole batches.
            let most = (GUESSES_OF_A_JOB / rules.len().max(1)).next_multiple_of(8 * Batch::WIDTH);
            for members in members.chunks(most) {
                jobs.push(Job { class, members, slice, rules: rules.clone() });
            }
        }
    }
    jobs
}

/// What a thread needs for its jobs.
struct Worker<'a> {
    instructions: InstructionSet,
    targets: &'a RemainingDigests<'a>,
    words: &'a WordList,
    rules: &'a Ruleset,
    plan: Option<(WordClass, usize, Arc<Plan>)>,
    alone: ScalarGuesser,
    workspace: Workspace,
    /// What the job at hand found.
    found: HashMap<u32, Guess, DefaultHashBuilder>,
    /// What earlier jobs found: target, job, guess.
    hits: Vec<(u32, u32, Guess)>,
}

impl<'a> Worker<'a> {
    fn new(
        instructions: InstructionSet,
        targets: &'a RemainingDigests<'a>,
        words: &'a WordList,
        rules: &'a Ruleset,
    ) -> Self {
        Self {
            instructions,
            targets,
            words,
            rules,
            plan: None,
            alone: ScalarGuesser::new(targets.unsalted()),
            workspace: targets.workspaces.take(),
            found: HashMap::default(),
            hits: Vec::new(),
        }
    }

    fn take(&mut self, number: u32, job: &Job<'_>) {
        let few = job.members.len() < FEW && !self.rules.is_planned(job.class, job.slice);
        if job.class == WordClass::Alone || few {
            let rules: Vec<u32> = (0..).take(job.rules.end).skip(job.rules.start).collect();
            self.make_alone(number, job.members, &rules);
        } else {
            let plan = self.plan(job);
            for members in job.members.chunks(BATCHES_AT_ONCE * Batch::WIDTH) {
                self.follow(number, job.class, &plan, members);
            }
        }
        let found = self.found.drain().map(|(target, guess)| (target, number, guess));
        self.hits.extend(found);
    }

    /// The plan of a job: mostly that of the job before it.
    fn plan(&mut self, job: &Job<'_>) -> Arc<Plan> {
        let last =
            self.plan.take().filter(|(class, slice, _)| (*class, *slice) == (job.class, job.slice));
        let make = || self.rules.plan(self.targets.unsalted(), job.class, job.slice);
        let plan = last.map_or_else(make, |(_, _, plan)| plan);
        self.plan = Some((job.class, job.slice, Arc::clone(&plan)));
        plan
    }

    /// Makes all guesses of a plan for a few batches of words.
    fn follow(&mut self, job: u32, class: WordClass, plan: &Plan, members: &[u32]) {
        self.workspace.make_room(members.len());
        let mut sides = std::mem::take(&mut self.workspace.sides);
        for (members, side) in members.chunks(Batch::WIDTH).zip(&mut sides) {
            let words = members.iter().map(|&member| self.word(member));
            side.fill(class, (plan.forms, plan.has_conditions()), words);
        }
        let each = || members.chunks(Batch::WIDTH).zip(&sides);
        let all: Vec<&Batch> = each().map(|(_, side)| &side.batch).collect();
        for part in &plan.parts {
            let Some(without) = part.without else {
                self.sweep(job, part, &all, members);
                continue;
            };
            for (members, side) in each() {
                if side.may_have(without) {
                    self.make_alone(job, members, &part.otherwise);
                } else {
                    self.sweep(job, part, &[&side.batch], members);
                }
            }
        }
        self.make_alone(job, members, &plan.alone);
        self.workspace.sides = sides;
    }

    fn sweep(&mut self, job: u32, part: &Part, batches: &[&Batch], members: &[u32]) {
        if part.recipes.is_empty() {
            return;
        }
        let first = self.targets.index(false);
        let second = self.targets.index(part.recipes.asks_second());
        let filters = [&first.filter, &second.filter];
        let mut candidates = std::mem::take(&mut self.workspace.candidates);
        let scratch = &mut self.workspace.scratch;
        self.instructions.sweep(&part.recipes, scratch, batches, filters, &mut candidates);
        for candidate in candidates.drain(..) {
            let found_in = if candidate.second { second } else { first };
            for target in found_in.with(candidate.check) {
                if !self.targets.wants(target, job) {
                    continue;
                }
                let place = index(candidate.batch) * Batch::WIDTH + index(candidate.word);
                let rule = part.rules.get(index(candidate.recipe));
                if let (Some(&rule), Some(&word)) = (rule, members.get(place)) {
                    self.verify(job, target, (rule, word));
                }
            }
        }
        self.workspace.candidates = candidates;
    }

    /// Makes the guess again, by the rule itself, and compares the whole digest.
    fn verify(&mut self, job: u32, target: u32, guess: Guess) {
        if self.has_earlier(target, guess) {
            return;
        }
        self.alone.set_word(self.word(guess.1));
        if let Some(digest) = self.rule(guess.0).and_then(|rule| self.alone.digest(rule)) {
            self.keep(job, target, guess, &digest);
        }
    }

    fn has_earlier(&self, target: u32, guess: Guess) -> bool {
        self.found.get(&target).is_some_and(|&earlier| earlier <= guess)
    }

    /// Keeps a guess if it has the digest.
    fn keep(&mut self, job: u32, target: u32, guess: Guess, digest: &Key) {
        if self.targets.is(target, digest) {
            self.targets.found(target, job);
            self.found.insert(target, guess);
        }
    }

    fn make_alone(&mut self, job: u32, members: &[u32], rules: &[u32]) {
        if rules.is_empty() {
            return;
        }
        let index = self.targets.index(false);
        for &word in members {
            self.alone.set_word(self.word(word));
            for &number in rules {
                let Some(rule) = self.rule(number) else { continue };
                let Some(digest) = self.alone.digest(rule) else { continue };
                let [check, _] = self.targets.unsalted().checks(&digest);
                for target in index.with(check) {
                    let guess = (number, word);
                    if self.targets.wants(target, job) && !self.has_earlier(target, guess) {
                        self.keep(job, target, guess, &digest);
                    }
                }
            }
        }
    }

    fn word(&self, number: u32) -> &'a str {
        self.words.get(index(number)).unwrap_or_default()
    }

    fn rule(&self, number: u32) -> Option<&'a HashcatRule> {
        self.rules.rules().get(index(number))
    }
}

/// The guess of the earliest job for each target, by target.
fn best(mut hits: Vec<(u32, u32, Guess)>) -> Vec<RuleHit> {
    hits.sort_unstable();
    hits.dedup_by_key(|hit| hit.0);
    let hit = |(target, _, (rule, word)): (u32, u32, Guess)| {
        let (word, rule) = (index(word), index(rule));
        RuleHit { target, word, rule }
    };
    hits.into_iter().map(hit).collect()
}
