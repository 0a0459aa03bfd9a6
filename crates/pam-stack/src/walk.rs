//! Every way through a stack: whether one of them stores a password that nobody has judged, or
//! forgets to remember it.
//!
//! Each module may answer anything that its control tells apart; libpam's `_pam_dispatch_aux`
//! decides how it goes on. A stack has few lines, and few states at each, so all are visited.

use std::collections::{BTreeSet, HashSet};

use crate::control::Action;
use crate::line::{Kind, Line, Ours};

/// What is wrong on some way through a stack. The numbers are places in the list of lines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Flaw {
    /// It stores before ours is asked.
    Before {
        /// The line that stores.
        stores: usize,
    },
    /// A line leaves ours out, and this one stores.
    Skipped {
        /// The line at fault.
        by: usize,
        /// The line that stores.
        stores: usize,
    },
    /// It stores, and may ask for another password than the judged one.
    Asks {
        /// The line that stores.
        stores: usize,
    },
    /// A line between ours and one that stores may ask for another password.
    Replaced {
        /// The line at fault.
        by: usize,
        /// The line that stores.
        stores: usize,
    },
    /// It leaves out more lines than there are, which libpam takes for a failure.
    JumpsTooFar {
        /// The line at fault.
        by: usize,
    },
    /// Our second line is reached though nothing was stored.
    RecordsTooMuch {
        /// Our second line.
        record: usize,
    },
    /// It stores, and our second line is not reached though all went well.
    NotRecorded {
        /// The line that stores.
        stores: usize,
    },
}

/// More states than any stack that people can follow has.
const MOST_STATES: usize = 300_000;

/// All flaws of a stack with our first line in it; `None` if there are too many ways through it.
pub fn flaws(lines: &[Line]) -> Option<BTreeSet<Flaw>> {
    let mut walk = Walk { lines, flaws: BTreeSet::new(), seen: HashSet::new(), open: Vec::new() };
    walk.visit(State::default());
    while let Some(state) = walk.open.pop() {
        if walk.seen.len() > MOST_STATES {
            return None;
        }
        walk.step(&state);
    }
    Some(walk.flaws)
}

/// What libpam thinks of the stack so far.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
enum Impression {
    #[default]
    None,
    Good,
    /// Good, but the answer to the program is not `PAM_SUCCESS`.
    Mixed,
    Bad,
}

/// What became of our first line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
enum Gate {
    #[default]
    Ahead,
    Skipped(usize),
    Refused,
    Passed,
}

#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
struct State {
    at: usize,
    gate: Gate,
    /// The line that may have asked for another password since ours passed one.
    replaced: Option<usize>,
    /// The last line that stored.
    stored: Option<usize>,
    recorded: bool,
    impression: Impression,
    /// The impression at the begin of each substack that we are in.
    before: Vec<Impression>,
}

struct Walk<'a> {
    lines: &'a [Line],
    flaws: BTreeSet<Flaw>,
    seen: HashSet<State>,
    open: Vec<State>,
}

/// What ours answers, besides success.
const REFUSALS: [&str; 10] = [
    "service_err",
    "system_err",
    "buf_err",
    "user_unknown",
    "maxtries",
    "authtok_err",
    "authtok_lock_busy",
    "try_again",
    "module_unknown",
    "perm_denied",
];

/// What `pam_unix` answers if it did not store (`pam_unix_passwd.c`). `ignore` is not among them.
const FAILURES_OF_UNIX: [&str; 12] = [
    "authtok_err",
    "authtok_recover_err",
    "authtok_lock_busy",
    "user_unknown",
    "perm_denied",
    "try_again",
    "abort",
    "auth_err",
    "buf_err",
    "conv_err",
    "system_err",
    "authinfo_unavail",
];

impl Walk<'_> {
    fn visit(&mut self, state: State) {
        if self.seen.insert(state.clone()) {
            self.open.push(state);
        }
    }

    fn step(&mut self, state: &State) {
        let Some(line) = self.lines.get(state.at) else {
            return self.end(state);
        };
        let mut state = state.clone();
        // Of each deeper level that begins here the impression is kept.
        if line.level >= state.before.len() {
            state.before.resize(line.level.saturating_add(1), state.impression);
        }
        match &line.kind {
            Kind::Substack => {
                // The next one begins anew.
                state.before.truncate(line.level.saturating_add(1));
                let at = state.at.saturating_add(1);
                self.visit(State { at, ..state });
            }
            Kind::Unusable(_) => self.go(&state, line.control.on("perm_denied"), false),
            Kind::Module { is_installed: false, .. } => {
                self.go(&state, line.control.on("module_unknown"), false);
            }
            Kind::Module { .. } => self.call(line, &state),
        }
    }

    /// All that a module may answer.
    fn call(&mut self, line: &Line, state: &State) {
        let mut failed = state.clone();
        let mut failures = line.control.on_failures();
        let mut succeeded = state.clone();
        match line.ours() {
            Some(Ours::Check) => {
                failed.gate = Gate::Refused;
                failures = REFUSALS.map(|value| line.control.on(value)).to_vec();
                succeeded.gate = Gate::Passed;
                succeeded.replaced = None;
            }
            Some(Ours::Record) => {
                if state.stored.is_none() && state.gate == Gate::Passed {
                    self.flaws.insert(Flaw::RecordsTooMuch { record: state.at });
                }
                // What it makes of it is in the log; it was reached.
                succeeded.recorded = true;
                failed.recorded = true;
            }
            None if line.stores() => {
                self.store(line, state);
                if line.module() == "pam_unix" {
                    failures = FAILURES_OF_UNIX.map(|value| line.control.on(value)).to_vec();
                }
                succeeded.stored = Some(state.at);
                succeeded.recorded = false;
            }
            None if line.asks_again() && state.gate == Gate::Passed => {
                let replaced = state.replaced.or(Some(state.at));
                self.go(&State { replaced, ..state.clone() }, line.control.on("success"), true);
            }
            // Their answers are known.
            None if line.module() == "pam_deny" => {
                return self.go(&failed, line.control.on("authtok_err"), false);
            }
            None if line.module() == "pam_permit" => failures.clear(),
            None => {}
        }
        for action in failures {
            self.go(&failed, action, false);
        }
        self.go(&succeeded, line.control.on("success"), true);
    }

    fn store(&mut self, line: &Line, state: &State) {
        let stores = state.at;
        let takes_the_given = line.takes_the_given();
        self.flaws.extend(match (state.gate, state.replaced) {
            (Gate::Ahead, _) => Some(Flaw::Before { stores }),
            (Gate::Skipped(by), _) => Some(Flaw::Skipped { by, stores }),
            (Gate::Passed, Some(by)) => Some(Flaw::Replaced { by, stores }),
            (Gate::Passed | Gate::Refused, _) if !takes_the_given => Some(Flaw::Asks { stores }),
            // After a refusal there is no password to be taken.
            (Gate::Passed | Gate::Refused, _) => None,
        });
    }

    /// Goes on as libpam does after an action.
    fn go(&mut self, state: &State, action: Action, is_success: bool) {
        let level = self.lines.get(state.at).map_or(0, |line| line.level);
        let mut next = state.clone();
        let is_open = matches!(state.impression, Impression::None | Impression::Good);
        let mut last = state.at;
        match action {
            Action::Ignore => {}
            Action::Ok | Action::Done => {
                if is_open {
                    next.impression = if is_success { Impression::Good } else { Impression::Mixed };
                }
                if action == Action::Done && next.impression != Impression::Bad {
                    last = self.last_of(level, last);
                }
            }
            Action::Bad => next.impression = Impression::Bad,
            Action::Die => {
                next.impression = Impression::Bad;
                last = self.last_of(level, last);
            }
            Action::Reset => {
                next.impression = state.before.get(level).copied().unwrap_or_default();
            }
            Action::Jump(lines) => {
                let (end, left) = self.jump(level, last, lines);
                last = end;
                if left > 0 {
                    self.flaws.insert(Flaw::JumpsTooFar { by: state.at });
                    next.impression = Impression::Bad;
                }
            }
        }
        next.at = last.saturating_add(1);
        if let Some(at) = self.our_line_between(state.at, next.at)
            && matches!(state.gate, Gate::Ahead | Gate::Refused)
            && at != state.at
        {
            next.gate = Gate::Skipped(state.at);
        }
        // A shallower line: the substacks that it ends are over.
        let level = self.lines.get(next.at).map_or(0, |line| line.level);
        next.before.truncate(level.saturating_add(1));
        self.visit(next);
    }

    /// Our first line, if it is behind `from` and before `to`.
    fn our_line_between(&self, from: usize, to: usize) -> Option<usize> {
        let from = from.saturating_add(1);
        let between = self.lines.get(from..to)?;
        let at = between.iter().position(|line| line.ours() == Some(Ours::Check))?;
        Some(from.saturating_add(at))
    }

    /// The last line behind `at` that is no shallower: where a decision is made.
    fn last_of(&self, level: usize, at: usize) -> usize {
        let behind = self.lines.iter().skip(at.saturating_add(1));
        at.saturating_add(behind.take_while(|line| line.level >= level).count())
    }

    /// Leaves out `count` lines, a substack being one: the last one left out, and how many there
    /// were too few.
    fn jump(&self, level: usize, at: usize, lines: usize) -> (usize, usize) {
        let level_of = |at: usize| self.lines.get(at).map(|line| line.level);
        let (mut at, mut left) = (at, lines);
        while left > 0 && level_of(at.saturating_add(1)).is_some_and(|next| next >= level) {
            at = at.saturating_add(1);
            while level_of(at.saturating_add(1)).is_some_and(|next| next > level) {
                at = at.saturating_add(1);
            }
            left = left.saturating_sub(1);
        }
        (at, left)
    }

    fn end(&mut self, state: &State) {
        if let (Impression::Good, Some(stores), false) =
            (state.impression, state.stored, state.recorded)
        {
            self.flaws.insert(Flaw::NotRecorded { stores });
        }
    }
}
