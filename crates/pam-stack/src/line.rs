//! The lines that libpam runs for a service, and what is known of their modules.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::control::Control;

/// The lines of a service, and the files that they were read from.
#[derive(Default, Debug)]
pub struct Stack {
    /// In their order.
    pub lines: Vec<Line>,
    /// In the order of reading.
    pub files: Vec<PathBuf>,
}

/// One line of a stack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Where it is.
    pub place: Place,
    /// How many substacks it is in.
    pub level: usize,
    /// What becomes of the answer.
    pub control: Control,
    /// What it runs.
    pub kind: Kind,
}

/// What a line runs.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Kind {
    /// A module.
    Module {
        /// As it is written: a name, or a path.
        path: String,
        /// The words behind it.
        arguments: Vec<String>,
        /// Whether libpam can load it; if not, the line fails.
        is_installed: bool,
    },
    /// The lines that follow, one level deeper, count as one.
    Substack,
    /// Libpam understands no module of it: the line always fails.
    Unusable(String),
}

/// Where a line is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<Path>,
    /// The number of the line, from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.display(), self.line)
    }
}

impl Line {
    /// `pam_unix` of `/lib/security/pam_unix.so`; nothing of a line without a module.
    pub fn module(&self) -> &str {
        let Kind::Module { path, .. } = &self.kind else { return "" };
        let name = path.rsplit('/').next().unwrap_or(path);
        name.strip_suffix(".so").unwrap_or(name)
    }

    /// The words behind the module.
    pub fn arguments(&self) -> &[String] {
        if let Kind::Module { arguments, .. } = &self.kind { arguments } else { &[] }
    }

    /// Whether that is one of its arguments.
    pub fn has(&self, argument: &str) -> bool {
        self.arguments().iter().any(|have| have == argument)
    }

    /// The module if it is ours, and which of our two lines it is.
    pub fn ours(&self) -> Option<Ours> {
        let arguments = self.arguments().iter();
        let records = arguments
            .filter_map(|argument| argument.split('=').next())
            .any(|name| name == "record");
        let which = if records { Ours::Record } else { Ours::Check };
        (self.module() == "pam_strongpass").then_some(which)
    }

    /// Whether it stores passwords, as one of the modules that are known to.
    pub fn stores(&self) -> bool {
        STORES.iter().any(|(name, _)| *name == self.module())
    }

    /// Whether passwords may be set by it: what only denies, or asks nothing, sets none.
    pub(crate) fn concerns_passwords(&self) -> bool {
        self.stores() || self.ours().is_some() || matches!(self.kind, Kind::Unusable(_))
    }

    /// Notes whether its module is there. Where no folder is known, it is taken to be.
    pub(crate) fn look_for_module(&mut self, folder: Option<&Path>) {
        let Kind::Module { path, is_installed, .. } = &mut self.kind else { return };
        *is_installed = match (path.starts_with('/'), folder) {
            (true, _) if path.contains("$ISA") => true,
            (true, _) => Path::new(path).exists(),
            (false, Some(folder)) => folder.join(&*path).exists(),
            (false, None) => true,
        };
    }

    /// Whether a module that stores takes the password that it is given and never asks for another.
    pub(crate) fn takes_the_given(&self) -> bool {
        let known = STORES.iter().find(|(name, _)| *name == self.module());
        known.is_some_and(|(_, arguments)| {
            arguments.is_empty() || arguments.iter().any(|argument| self.has(argument))
        })
    }

    /// Whether a module that judges passwords may ask for another one than it is given.
    pub(crate) fn asks_again(&self) -> bool {
        let Some((name, tries)) = CHECKERS.iter().find(|(name, _)| *name == self.module()) else {
            return false;
        };
        if *name == "pam_passwdqc" {
            return !self.has("use_authtok") && !self.has("use_first_pass");
        }
        let said = self.arguments().iter().find_map(|argument| argument.strip_prefix("retry="));
        let tries = said.and_then(|tries| tries.parse().ok()).unwrap_or(*tries);
        tries > 1 && !self.has("use_authtok")
    }
}

/// The two lines that are ours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Ours {
    /// Before what stores: judges.
    Check,
    /// Behind what stores: remembers.
    Record,
}

/// The modules that store passwords, and the arguments of which one is needed so that they store
/// the password that was judged. Nothing is needed where a module never asks if there is one.
const STORES: [(&str, &[&str]); 11] = [
    // Asks for another one when its own rules refuse the given one.
    ("pam_unix", &["use_authtok"]),
    ("pam_unix2", &["use_authtok"]),
    ("pam_tcb", &["use_authtok"]),
    // These ask in any case.
    ("pam_sss", &["use_authtok"]),
    ("pam_krb5", &["use_authtok"]),
    ("pam_winbind", &["use_authtok", "try_authtok"]),
    ("pam_smbpass", &["use_authtok", "try_authtok"]),
    // Debian's profile of nslcd's module, which takes what is there, has `try_first_pass`.
    ("pam_ldap", &["use_authtok", "try_authtok", "try_first_pass"]),
    ("pam_mysql", &["use_authtok", "try_first_pass", "use_first_pass"]),
    ("pam_pgsql", &["use_authtok", "try_first_pass", "use_first_pass"]),
    ("pam_systemd_home", &[]),
];

/// Modules that judge passwords, and how often they ask unless `retry=` says so. One that asks
/// once only refuses the password that it is given; `pam_passwdqc` asks for its own in any case.
const CHECKERS: [(&str, u32); 4] =
    [("pam_pwquality", 1), ("pam_cracklib", 1), ("pam_pwhistory", 1), ("pam_passwdqc", 3)];
