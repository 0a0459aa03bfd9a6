//! The words behind `pam_strongpass.so` on a line of the stack.

use strongpass_policy::nearest;

/// What the line asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arguments {
    /// Which of the two lines it is.
    pub task: Task,
    /// How often a new password is asked for, at most.
    pub retry: u32,
    /// A preset or a file.
    pub policy: Option<String>,
    /// The id of the system that this stack sets the password of.
    pub system: Option<String>,
    /// A file in place of `/etc/strongpass/history.toml`.
    pub history_config: Option<String>,
    /// What becomes of a weak password.
    pub weak: Weak,
    /// Whether more is written to the log.
    pub debug: bool,
    /// A test of what becomes of a panic; only a build with debug assertions knows the argument.
    pub panic: bool,
}

/// Which of the two lines it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Task {
    /// Before the module that stores: judges the new password.
    Check,
    /// Behind the module that stores: remembers the new password, or says why not in the log.
    Record,
    /// The same, but the stack fails if it cannot.
    RecordOrFail,
}

/// What becomes of a weak password.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Weak {
    /// It is refused.
    Refused,
    /// Root is warned and may use it all the same.
    WarnedOfToRoot,
    /// Everybody is warned; nothing is refused. To see what would happen.
    WarnedOf,
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            task: Task::Check,
            retry: 3,
            policy: None,
            system: None,
            history_config: None,
            weak: Weak::Refused,
            debug: false,
            panic: false,
        }
    }
}

/// What libpam itself or other modules understand: `pam_get_authtok(3)` reads `use_authtok`,
/// `use_first_pass` and `authtok_type=` from the same line.
const STANDARD: [&str; 5] =
    ["authtok_type", "try_first_pass", "type", "use_authtok", "use_first_pass"];

const OURS: [&str; 8] =
    ["audit_only", "debug", "history_config", "policy", "record", "retry", "system", "warn_root"];

/// An argument that only a build with debug assertions knows, and that no installed module has.
const FOR_TESTS: &str = "debug_panic";

const MOST_TRIES: u32 = 99;

impl Arguments {
    /// Reads the words behind the module's name.
    ///
    /// # Errors
    /// A mistake is told with the name of the argument, never with its value.
    pub fn parse(line: &[String]) -> Result<Self, String> {
        let mut arguments = Self::default();
        for argument in line {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (argument.as_str(), None),
            };
            arguments.take(name, value)?;
        }
        Ok(arguments)
    }

    fn take(&mut self, name: &str, value: Option<&str>) -> Result<(), String> {
        match (name, value) {
            ("audit_only", None) => self.weak = self.weak.max(Weak::WarnedOf),
            ("warn_root", None) => self.weak = self.weak.max(Weak::WarnedOfToRoot),
            ("debug", None) => self.debug = true,
            ("record", None) => self.task = Task::Record,
            ("record", Some("required")) => self.task = Task::RecordOrFail,
            ("record", Some(_)) => return Err("use `record` or `record=required`".into()),
            ("retry", Some(value)) => self.retry = tries(value)?,
            ("policy", Some(value)) => self.policy = Some(filled(name, value)?),
            ("system", Some(value)) => self.system = Some(filled(name, value)?),
            ("history_config", Some(value)) if value.starts_with('/') => {
                self.history_config = Some(value.to_owned());
            }
            ("history_config", Some(_)) => {
                return Err("`history_config=` takes a path from `/`".into());
            }
            ("authtok_type" | "type", Some(_))
            | ("try_first_pass" | "use_authtok" | "use_first_pass", None) => {}
            (FOR_TESTS, None) if cfg!(debug_assertions) => self.panic = true,
            _ => return Err(unknown(name, value.is_some())),
        }
        Ok(())
    }
}

fn filled(name: &str, value: &str) -> Result<String, String> {
    if value.is_empty() { Err(format!("`{name}=` needs a value")) } else { Ok(value.to_owned()) }
}

fn tries(value: &str) -> Result<u32, String> {
    let tries = value.parse().ok().filter(|tries| (1..=MOST_TRIES).contains(tries));
    tries.ok_or_else(|| format!("`retry=` takes a number from 1 to {MOST_TRIES}"))
}

fn unknown(name: &str, has_value: bool) -> String {
    let known = || OURS.into_iter().chain(STANDARD);
    if known().any(|known| known == name) {
        let needs = if has_value { "takes no value" } else { "needs a value" };
        return format!("the argument `{name}` {needs}");
    }
    let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
    match nearest(&name, known()) {
        Some(near) => format!("unknown argument `{name}`: did you mean `{near}`?"),
        None => format!("unknown argument `{name}`: use one of {}", OURS.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, String> {
        Arguments::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[track_caller]
    fn refuse(line: &str, message: &str) {
        assert_eq!(parse(line).unwrap_err(), message);
    }

    #[test]
    fn every_argument_is_read() {
        let line = "retry=5 policy=ncsc system=email history_config=/srv/h.toml warn_root debug \
                    record use_authtok try_first_pass use_first_pass authtok_type=UNIX type=UNIX";
        let expected = Arguments {
            task: Task::Record,
            retry: 5,
            policy: Some("ncsc".into()),
            system: Some("email".into()),
            history_config: Some("/srv/h.toml".into()),
            weak: Weak::WarnedOfToRoot,
            debug: true,
            panic: false,
        };
        assert_eq!(parse(line), Ok(expected));
        assert_eq!(parse(""), Ok(Arguments::default()));
        assert_eq!(parse("record=required").unwrap().task, Task::RecordOrFail);
        assert_eq!(parse("audit_only warn_root").unwrap().weak, Weak::WarnedOf);
        assert_eq!(parse("policy=/a=b").unwrap().policy.as_deref(), Some("/a=b"));
    }

    #[test]
    fn mistakes_are_named_and_values_are_not() {
        refuse("retyr=3", "unknown argument `retyr`: did you mean `retry`?");
        refuse("warnroot", "unknown argument `warnroot`: did you mean `warn_root`?");
        let all = "audit_only, debug, history_config, policy, record, retry, system, warn_root";
        refuse("zzzzzz=1", &format!("unknown argument `zzzzzz`: use one of {all}"));
        refuse("retry=0", "`retry=` takes a number from 1 to 99");
        refuse("retry=100", "`retry=` takes a number from 1 to 99");
        refuse("retry=-1", "`retry=` takes a number from 1 to 99");
        refuse("retry", "the argument `retry` needs a value");
        refuse("debug=1", "the argument `debug` takes no value");
        refuse("use_authtok=1", "the argument `use_authtok` takes no value");
        refuse("authtok_type", "the argument `authtok_type` needs a value");
        refuse("policy=", "`policy=` needs a value");
        refuse("system=", "`system=` needs a value");
        refuse("history_config=h.toml", "`history_config=` takes a path from `/`");
        refuse("record=sometimes", "use `record` or `record=required`");
        refuse("RETRY=3", &parse("RETRY=4").unwrap_err());
        assert!(!parse("\u{1b}[31m=x").unwrap_err().contains('\u{1b}'));
    }

    #[test]
    fn an_installed_module_cannot_be_made_to_panic() {
        assert_eq!(parse(FOR_TESTS).is_ok(), cfg!(debug_assertions));
    }
}
