//! What the module needs of its host: libpam, behind a trait.

use strongpass_policy::Password;

/// What the module needs of libpam.
pub(crate) trait Pam {
    /// The account whose password is set; libpam may ask for it.
    fn user(&mut self) -> Result<String, Code>;
    /// The program that sets it, such as `passwd`.
    fn service(&self) -> String;
    /// Whether it is root who asks, for whomever.
    fn requester_is_root(&self) -> bool;
    /// Whether there is a terminal at which somebody can be asked.
    fn has_terminal(&self) -> bool;
    /// What the list of accounts says of the person: the GECOS field.
    fn real_name(&mut self, user: &str) -> Option<String>;
    /// The new password: the one that a module before this one asked for, or a first question.
    fn ask(&mut self) -> Result<Password, Code>;
    /// The second question, "retype"; [`Code::TRY_AGAIN`] if the answers differ.
    fn retype(&mut self) -> Result<(), Code>;
    /// The new password, without a question.
    fn given(&self) -> Option<Password>;
    /// The password so far, if a module asked for it.
    fn old(&self) -> Option<Password>;
    /// Takes the new password away, from later modules too.
    fn forget(&mut self);
    /// Shows a message.
    fn tell(&mut self, tone: Tone, message: &str);
    /// Writes to the system's log.
    fn log(&mut self, level: Level, message: &str);
}

/// What a hook answers libpam.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Code(pub(crate) i32);

/// From `security/_pam_types.h`; libpam passes others through, too.
impl Code {
    pub(crate) const SUCCESS: Self = Self(0);
    pub(crate) const SERVICE_ERR: Self = Self(3);
    pub(crate) const SYSTEM_ERR: Self = Self(4);
    pub(crate) const USER_UNKNOWN: Self = Self(10);
    pub(crate) const MAXTRIES: Self = Self(11);
    pub(crate) const AUTHTOK_ERR: Self = Self(20);
    pub(crate) const AUTHTOK_LOCK_BUSY: Self = Self(22);
    pub(crate) const TRY_AGAIN: Self = Self(24);
    pub(crate) const CONV_AGAIN: Self = Self(30);
    pub(crate) const INCOMPLETE: Self = Self(31);
}

/// How a message is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tone {
    Error,
    Remark,
}

/// How much a line of the log matters, as in syslog(3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Level {
    Critical,
    Error,
    Warning,
    Notice,
    Info,
    Debug,
}

impl Level {
    pub(crate) fn priority(self) -> i32 {
        match self {
            Self::Critical => 2,
            Self::Error => 3,
            Self::Warning => 4,
            Self::Notice => 5,
            Self::Info => 6,
            Self::Debug => 7,
        }
    }
}

/// What libpam asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flags {
    /// `None` if it asks for neither or for both.
    pub(crate) pass: Option<Pass>,
    pub(crate) silent: bool,
    /// A person has to choose a new password to get in; the program runs as root.
    pub(crate) expired: bool,
}

/// Libpam goes through the whole stack twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pass {
    Preliminary,
    Update,
}

impl Flags {
    const SILENT: i32 = 0x8000;
    const PRELIM_CHECK: i32 = 0x4000;
    const UPDATE_AUTHTOK: i32 = 0x2000;
    const CHANGE_EXPIRED_AUTHTOK: i32 = 0x20;

    pub(crate) fn from_bits(bits: i32) -> Self {
        let has = |flag| bits & flag != 0;
        let pass = match (has(Self::PRELIM_CHECK), has(Self::UPDATE_AUTHTOK)) {
            (true, false) => Some(Pass::Preliminary),
            (false, true) => Some(Pass::Update),
            _ => None,
        };
        Self { pass, silent: has(Self::SILENT), expired: has(Self::CHANGE_EXPIRED_AUTHTOK) }
    }
}
