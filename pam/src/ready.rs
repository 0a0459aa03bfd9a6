//! What a line of the stack asks of the gate, and what it means that this is not in order.

use std::fmt;
use std::path::Path;

use strongpass_gate::{FileKind, Gate, GateError, InForce, Trust};
use strongpass_history::ConfiguredHistory;
use strongpass_pam_stack::Arguments;
use strongpass_policy::{Policy, nearest};

/// Why no password can be checked at present, on one line, for the log and for IT. It holds names
/// of files and settings, and nothing of a person.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum NotReady {
    /// Someone has to set something right.
    NotSetUp(String),
    /// Another program holds the history: it will pass.
    Busy(String),
}

impl fmt::Display for NotReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::NotSetUp(why) | Self::Busy(why)) = self;
        f.write_str(why)
    }
}

impl NotReady {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self::NotSetUp(why.into())
    }

    /// As the gate says it; what was named on the line is to be corrected there.
    pub(crate) fn of(error: &GateError) -> Self {
        let no_file = |path: &dyn fmt::Display, argument: &str| {
            Self::new(format!("{path}: there is no such file; correct `{argument}=`"))
        };
        #[expect(clippy::wildcard_enum_match_arm, reason = "whatever it is, it is not a yes")]
        match error {
            GateError::UnknownPolicy { name, .. } => no_file(name, "policy"),
            GateError::Missing { path, kind: FileKind::History } => {
                no_file(&path.display(), "history_config")
            }
            GateError::NoSystem => Self::new(
                "nobody said which system this service belongs to: name it in [pam] of the \
                 history's configuration, or with `system=`",
            ),
            _ if error.is_busy() => Self::Busy(error.on_one_line()),
            _ => Self::new(error.on_one_line()),
        }
    }
}

/// The policy of the line and its words, without the history.
pub(crate) fn gate(arguments: &Arguments) -> Result<Gate, NotReady> {
    let wanted = arguments.policy.as_deref();
    // A relative path would mean another file in each directory that `passwd` is started from.
    if let Some(name) = wanted.filter(|name| !name.starts_with('/'))
        && Policy::preset(name).is_none()
    {
        return Err(NotReady::new(match nearest(name, Policy::PRESETS) {
            Some(near) => format!("`policy=`: no such preset: did you mean `{near}`?"),
            None => "`policy=` takes a path from `/`, or a preset of `strongpass policy list`"
                .to_owned(),
        }));
    }
    InForce::find(wanted, Trust::Machine)
        .and_then(|in_force| Gate::new(in_force, &[]))
        .map_err(|error| NotReady::of(&error))
}

/// The history of the line, for the system that the service sets the password of; `None` if none
/// is configured.
pub(crate) fn memory(
    arguments: &Arguments,
    service: &str,
) -> Result<Option<ConfiguredHistory>, NotReady> {
    let wanted = arguments.history_config.as_deref().map(Path::new);
    let found =
        ConfiguredHistory::find(wanted, Trust::Machine).map_err(|error| NotReady::of(&error))?;
    let Some(memory) = found else {
        return match arguments.system {
            None => Ok(None),
            Some(_) => Err(NotReady::new(format!(
                "{}: `system=` needs a history, and there is no such file; see strongpass(1)",
                ConfiguredHistory::OF_MACHINE
            ))),
        };
    };
    let file = memory.file.clone();
    let memory = memory.of_system(arguments.system.as_deref(), Some(service));
    memory.map(Some).map_err(|error| NotReady::new(format!("{}: {error}", file.display())))
}
