//! The conversation: whether all is ready; ask, check, explain; remember.

use strongpass_gate::{Decision, Gate, GateError, Question, today};
use strongpass_history::ConfiguredHistory;
use strongpass_pam_stack::{Arguments, Task, Weak};
use strongpass_policy::{OneSystem, Password, Violation, is_unseen};

use crate::host::{Code, Flags, Level, Pam, Pass, Tone};
use crate::ready::{self, NotReady};

const NOT_SET_UP: &str = "Password checking is not set up correctly on this computer, so the \
                          password cannot be changed. Please tell IT.";
const BUSY: &str = "The password history is in use by another program, so the password cannot be \
                    changed now. Please try again in a moment.";
const UNCHECKED: &str = "The password could not be checked, so it was not changed. Please tell IT.";
const UNRECORDED: &str = "The new password could not be recorded. Please tell IT.";
const SAME_AGAIN: &str = "That is the password that was refused just now.";

/// Programs that answer libpam's questions themselves, from a list, also at a terminal.
const ANSWERING: [&str; 2] = ["chpasswd", "newusers"];

/// What `debug` writes to the log first; `strongpass doctor` looks for it in the installed file.
const VERSION: &str =
    concat!("pam_strongpass version ", env!("CARGO_PKG_VERSION"), ", asked whether all is ready");

/// Answers one call of the hook. Whatever is not a success leaves no new password behind, so that
/// later modules with `use_authtok` refuse as well.
pub(crate) fn run(pam: &mut impl Pam, flags: Flags, line: &[String]) -> Code {
    let Some(pass) = flags.pass else {
        pam.log(Level::Error, "called with neither or both of PRELIM_CHECK and UPDATE_AUTHTOK");
        return Code::SERVICE_ERR;
    };
    let arguments = match Arguments::parse(line) {
        Ok(arguments) => arguments,
        Err(why) => {
            let mut session = Session { pam, flags, arguments: &Arguments::default() };
            session.explain(&NotReady::NotSetUp(why));
            session.pam.forget();
            return Code::SERVICE_ERR;
        }
    };
    let mut session = Session { pam, flags, arguments: &arguments };
    if pass == Pass::Preliminary && arguments.debug {
        session.pam.log(Level::Debug, VERSION);
    }
    let result = match (pass, arguments.task) {
        (Pass::Preliminary, _) => session.prepare(),
        (Pass::Update, Task::Check) => session.change(),
        (Pass::Update, Task::Record) => {
            // The password has been changed: that cannot be undone here.
            let _logged = session.record();
            return Code::SUCCESS;
        }
        (Pass::Update, Task::RecordOrFail) => session.record(),
    };
    result.err().map_or(Code::SUCCESS, |code| {
        session.pam.forget();
        code
    })
}

/// One rule that a password breaks.
struct Fault {
    /// The id, for the log.
    rule: &'static str,
    /// What is wrong.
    message: String,
    /// What to do.
    remedy: String,
}

impl From<&Violation> for Fault {
    fn from(violation: &Violation) -> Self {
        let (message, remedy) = (violation.message(), violation.remedy());
        Self { rule: violation.rule.id(), message, remedy }
    }
}

struct Session<'a, P: Pam> {
    pam: &'a mut P,
    flags: Flags,
    arguments: &'a Arguments,
}

impl<P: Pam> Session<'_, P> {
    /// Looks whether everything is there, before anybody types.
    fn prepare(&mut self) -> Result<(), Code> {
        let ready = self.look_around();
        ready.map_err(|why| {
            self.explain(&why);
            if matches!(why, NotReady::Busy(_)) { Code::AUTHTOK_LOCK_BUSY } else { Code::TRY_AGAIN }
        })
    }

    fn look_around(&mut self) -> Result<(), NotReady> {
        let needs_memory = match self.arguments.task {
            Task::Check => {
                let gate = ready::gate(self.arguments)?;
                gate.open_breached().map_err(|error| NotReady::of(&error))?;
                if !gate.asks_for_uses() {
                    return Ok(());
                }
                gate.in_force().policy.one_system == OneSystem::Required
            }
            Task::Record => false,
            Task::RecordOrFail => true,
        };
        match ready::memory(self.arguments, &self.pam.service())? {
            None if needs_memory => Err(NotReady::new(
                "a history is required, and none is configured; see `strongpass history --help`",
            )),
            Some(memory) if needs_memory && memory.system.is_none() => Err(NotReady::new(
                "a history is required, and nobody said which system this service belongs to: \
                 name it in [pam] of the history's configuration, or with `system=`",
            )),
            Some(memory) => {
                if memory.system.is_none() {
                    self.pam.log(
                        Level::Warning,
                        "nobody said which system this service belongs to: new passwords are \
                         compared with the history, but not recorded",
                    );
                }
                self.try_out(&memory).map_err(|error| NotReady::of(&error))
            }
            None => Ok(()),
        }
    }

    /// Opens the history and closes it again; where the stack fails unless the password is recorded,
    /// there must be a turn to write, too.
    fn try_out(&self, memory: &ConfiguredHistory) -> Result<(), GateError> {
        let history = memory.open()?;
        if self.arguments.task == Task::RecordOrFail {
            history.await_turn()?;
        }
        Ok(())
    }

    /// Says that nothing can be checked, and why: to the person, in the words to repeat to IT, and
    /// to the log.
    fn explain(&mut self, why: &NotReady) {
        let (level, message) = match why {
            NotReady::NotSetUp(_) => (Level::Critical, NOT_SET_UP),
            NotReady::Busy(_) => (Level::Error, BUSY),
        };
        let why = why.to_string();
        self.pam.log(level, &format!("not ready: {}", plain(&why)));
        self.say(Tone::Error, message);
        self.say(Tone::Error, &format!("For IT: {}", plain(&why)));
    }

    /// Asks for a new password until a strong one was typed twice, or the tries are spent.
    fn change(&mut self) -> Result<(), Code> {
        let misconfigured = |session: &mut Self, why: NotReady| {
            session.explain(&why);
            Code::SERVICE_ERR
        };
        let service = self.pam.service();
        let loaded = ready::gate(self.arguments);
        let mut gate = loaded.map_err(|why| misconfigured(self, why))?;
        if gate.asks_for_uses() {
            let memory = ready::memory(self.arguments, &service);
            if let Some(memory) = memory.map_err(|why| misconfigured(self, why))? {
                // No thread is started in another program's process.
                gate = gate.with_memory(memory, 1);
            }
        }
        let user = self.user()?;
        let judge = Judge { gate, user, service };

        // A module before this one asked for it: it is not for us to ask again.
        let was_given = self.pam.given().is_some();
        let tries = if was_given { 1 } else { self.arguments.retry };
        let mut refused: Option<Password> = None;
        for _ in 0..tries {
            let password = self.ask()?;
            if refused.as_ref().is_some_and(|refused| refused.expose() == password.expose()) {
                // A program that answers every question alike would do so for ever, and whoever started
                // it was not asked again.
                if self.pam.has_terminal() && !ANSWERING.contains(&judge.service.as_str()) {
                    self.say(Tone::Error, SAME_AGAIN);
                }
                break;
            }
            let faults = self.judge(&judge, &password)?;
            if self.refuses(&judge, &faults) {
                self.pam.forget();
                refused = Some(password);
                continue;
            }
            match if was_given { Ok(()) } else { self.pam.retype() } {
                Ok(()) => {
                    self.debug("accepted");
                    return Ok(());
                }
                // Libpam has said that they differ.
                Err(Code::TRY_AGAIN) => self.debug("the two answers differ"),
                Err(code) => return Err(self.unanswered(code)),
            }
        }
        Err(if tries > 1 { Code::MAXTRIES } else { Code::AUTHTOK_ERR })
    }

    fn user(&mut self) -> Result<String, Code> {
        let user = self.pam.user().map_err(|code| match code {
            Code::CONV_AGAIN => Code::INCOMPLETE,
            code => code,
        })?;
        // NIS has used such names for other things than people.
        if user.is_empty() || user.starts_with(['-', '+']) {
            self.pam.log(Level::Error, "the user name is empty or begins with - or +");
            return Err(Code::USER_UNKNOWN);
        }
        Ok(user)
    }

    fn ask(&mut self) -> Result<Password, Code> {
        self.pam.ask().map_err(|code| self.unanswered(code))
    }

    fn unanswered(&mut self, code: Code) -> Code {
        if code == Code::CONV_AGAIN {
            return Code::INCOMPLETE;
        }
        self.pam.log(Level::Info, &format!("no new password was given (code {})", code.0));
        Code::AUTHTOK_ERR
    }

    /// All that is wrong with a password, in rule order; nothing if it is accepted.
    fn judge(&mut self, judge: &Judge, password: &Password) -> Result<Vec<Fault>, Code> {
        let real_name = self.pam.real_name(&judge.user);
        let name = real_name.as_deref().and_then(full_name);
        let old = self.pam.old();
        let decision = judge.gate.decide(
            password,
            &Question {
                accounts: &[&judge.user],
                names: name.as_slice(),
                old: old.as_ref(),
                ..Question::default()
            },
        );
        match &decision {
            Decision::Accepted(_) => Ok(Vec::new()),
            Decision::Refused(refused) => {
                for why in decision.reasons() {
                    let why = NotReady::of(why).to_string();
                    self.pam.log(Level::Error, &format!("could not check: {}", plain(&why)));
                }
                Ok(refused.verdict().violations().iter().map(Fault::from).collect())
            }
            Decision::CouldNotCheck(unchecked) => Err(self.unchecked(unchecked.reasons())),
        }
    }

    fn unchecked(&mut self, reasons: &[GateError]) -> Code {
        let reasons: Vec<NotReady> = reasons.iter().map(NotReady::of).collect();
        if let [why @ NotReady::Busy(_)] = reasons.as_slice() {
            self.explain(why);
            return Code::AUTHTOK_LOCK_BUSY;
        }
        self.say(Tone::Error, UNCHECKED);
        for why in reasons {
            let why = why.to_string();
            self.pam.log(Level::Critical, &format!("could not check: {}", plain(&why)));
            self.say(Tone::Error, &format!("For IT: {}", plain(&why)));
        }
        Code::SYSTEM_ERR
    }

    /// Tells the person and the log what is wrong; whether that is a reason to refuse.
    fn refuses(&mut self, judge: &Judge, faults: &[Fault]) -> bool {
        if faults.is_empty() {
            return false;
        }
        let is_warning = match self.arguments.weak {
            Weak::Refused => false,
            // Who has to choose a new password at login is not root, though the program is.
            Weak::WarnedOfToRoot => self.pam.requester_is_root() && !self.flags.expired,
            Weak::WarnedOf => true,
        };
        let (tone, lead, done) = if is_warning {
            (Tone::Remark, "Weak, but accepted", "accepted though weak")
        } else {
            // What desktops and scripts look for in what passwd prints.
            (Tone::Error, "BAD PASSWORD", "refused")
        };
        let rules: Vec<&str> = faults.iter().map(|fault| fault.rule).collect();
        let (rules, user) = (rules.join(","), plain(&judge.user));
        let service = plain(&judge.service);
        self.pam
            .log(Level::Notice, &format!("{done}: user={user} service={service} rules={rules}"));
        for Fault { message, remedy, .. } in faults {
            let whole = format!("{lead}: {message} {remedy}");
            if whole.len() <= MOST_BYTES {
                self.say(tone, &whole);
            } else {
                self.say(tone, &format!("{lead}: {message}"));
                self.say(tone, remedy);
            }
        }
        !is_warning
    }

    /// Remembers the password that a module before this one has just stored.
    fn record(&mut self) -> Result<(), Code> {
        let service = self.pam.service();
        let memory = match ready::memory(self.arguments, &service) {
            Ok(Some(memory)) => memory,
            Ok(None) if self.arguments.task == Task::Record => {
                self.debug("no history is configured");
                return Ok(());
            }
            Ok(None) => return Err(self.unrecorded("no history is configured")),
            Err(why) => return Err(self.unrecorded(&why.to_string())),
        };
        let user = self.user()?;
        let Some(password) = self.pam.given() else {
            return Err(self.unrecorded("no module before this one left a new password"));
        };
        let recorded = today().and_then(|today| memory.record(&user, &password, today));
        recorded.map_err(|why| self.unrecorded(&NotReady::of(&why).to_string()))?;
        self.debug("recorded");
        Ok(())
    }

    fn unrecorded(&mut self, why: &str) -> Code {
        let why = plain(why);
        self.pam.log(Level::Error, &format!("the new password was not recorded: {why}"));
        if self.arguments.task == Task::RecordOrFail {
            self.say(Tone::Error, UNRECORDED);
            self.say(Tone::Error, &format!("For IT: {why}"));
        }
        Code::SYSTEM_ERR
    }

    fn say(&mut self, tone: Tone, message: &str) {
        if !self.flags.silent {
            self.pam.tell(tone, fitting(message));
        }
    }

    fn debug(&mut self, message: &str) {
        if self.arguments.debug {
            self.pam.log(Level::Debug, message);
        }
        if self.arguments.panic {
            panic_for_tests(self.pam.given().as_ref());
        }
    }
}

/// By what a password is judged, and for whom.
struct Judge {
    gate: Gate,
    user: String,
    service: String,
}

/// The first field of GECOS; the others are rooms and telephone numbers.
fn full_name(gecos: &str) -> Option<&str> {
    gecos.split(',').next().map(str::trim).filter(|name| !name.is_empty())
}

/// For the test that no panic reaches the host; with the secret in it, which must not be seen.
#[expect(clippy::panic, reason = "no installed module does it; see `Arguments`")]
fn panic_for_tests(secret: Option<&Password>) {
    panic!("{}", secret.and_then(Password::expose).unwrap_or_default());
}

/// Without what could forge a line of the log or move a cursor.
fn plain(text: &str) -> String {
    text.chars().map(|c| if is_unseen(c) { ' ' } else { c }).take(400).collect()
}

/// A message has fewer than `PAM_MAX_MSG_SIZE` (512) bytes, with its NUL.
const MOST_BYTES: usize = 511;

/// As much of a message as may be shown.
fn fitting(message: &str) -> &str {
    message.get(..message.floor_char_boundary(MOST_BYTES)).unwrap_or(message)
}

#[cfg(test)]
mod tests;
