//! The passcode policies of a device management, compared with ours clause by clause.

use std::error::Error;
use std::fmt;

use serde::Serialize;
use serde_json::Value;
use strongpass_policy::Policy;
use strongpass_report::JSON_VERSION;

use clauses::{clauses, remarks};
use settings::{Settings, settings_of};

mod clauses;
mod profile;
mod settings;

pub use clauses::{ManagedClause, ManagedRemark};

/// The passcode policies in a file that a device management exported: JSON of Intune (Microsoft
/// Graph), or a configuration profile of Apple, which Jamf writes, too.
///
/// ```
/// use strongpass_policy::Policy;
/// use strongpass_registers::DeviceManagement;
///
/// let file = br#"{"displayName": "iPads", "passcodeRequired": true, "passcodeMinimumLength": 4}"#;
/// let management = DeviceManagement::from_bytes(file)?;
/// let policy = Policy::preset("passcode").expect("a preset");
/// let comparison = management.compare("ipads.json", &policy);
/// assert_eq!(comparison.managed[0].name, "iPads");
/// assert!(!comparison.enforces_all());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct DeviceManagement {
    policies: Vec<Settings>,
}

impl DeviceManagement {
    /// Reads a file.
    ///
    /// # Errors
    /// If it is neither JSON nor a property list that can be read, or says nothing of passcodes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DeviceManagementError> {
        let policies = settings_of(&read(bytes)?);
        if policies.is_empty() {
            return Err(DeviceManagementError { line: None, why: NO_SETTING });
        }
        Ok(Self { policies })
    }

    /// Which clauses of a policy for passcodes it enforces, and which it does not. A policy without
    /// `[passcode]` asks for as many digits as characters.
    pub fn compare<'a>(&'a self, file: &'a str, policy: &'a Policy) -> ManagementReport<'a> {
        let fewest = policy.passcode.map_or(policy.min_length, |passcode| passcode.min_digits);
        let managed = self.policies.iter().map(|settings| ManagedPolicy {
            name: &settings.name,
            clauses: clauses(settings, fewest),
            remarks: remarks(settings),
        });
        ManagementReport {
            version: JSON_VERSION,
            file,
            policy: &policy.name,
            not_enforceable: clauses::NOT_ENFORCEABLE,
            managed: managed.collect(),
        }
    }
}

/// All that is said about a file, for people and, as JSON, for programs.
#[derive(Serialize, Debug)]
#[non_exhaustive]
pub struct ManagementReport<'a> {
    version: u8,
    /// The name of the file.
    pub file: &'a str,
    /// The name of the policy that it was compared with.
    pub policy: &'a str,
    /// Clauses that no device management can enforce.
    pub not_enforceable: &'static [&'static str],
    /// Each policy in the file.
    pub managed: Vec<ManagedPolicy<'a>>,
}

impl ManagementReport<'_> {
    /// Whether every clause that a device management can enforce is enforced.
    pub fn enforces_all(&self) -> bool {
        self.managed.iter().flat_map(|managed| &managed.clauses).all(|clause| clause.enforced)
    }
}

/// One policy of a device management.
#[derive(Serialize, Debug)]
#[non_exhaustive]
pub struct ManagedPolicy<'a> {
    /// What it is called; may be empty.
    pub name: &'a str,
    /// What it enforces of ours.
    pub clauses: Vec<ManagedClause>,
    /// What else it is set to.
    pub remarks: Vec<ManagedRemark>,
}

/// Why a file is not one of a device management. It does not repeat what is in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DeviceManagementError {
    line: Option<usize>,
    why: &'static str,
}

impl DeviceManagementError {
    /// The error with the name of the file before it, and the line if one is to blame.
    pub fn in_file(&self, name: &str) -> String {
        match self.line {
            Some(line) => format!("{name}:{line}: {}", self.why),
            None => format!("{name}: {}", self.why),
        }
    }
}

impl fmt::Display for DeviceManagementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.why)
    }
}

impl Error for DeviceManagementError {}

const EMPTY: &str = "is empty";
const NOT_JSON: &str = "is not valid JSON";
const NOT_KNOWN: &str = "\
is neither a policy of Intune (JSON) nor a profile of Apple (.mobileconfig); export one of them";
const NO_SETTING: &str = "\
has no known setting for passcodes: it needs passcodeMinimumLength or passwordMinimumLength \
(Intune), a payload com.apple.mobiledevice.passwordpolicy (Apple, Jamf) or \
com.apple.configuration.passcode.settings";

/// What a file says, JSON or a property list.
fn read(bytes: &[u8]) -> Result<Value, DeviceManagementError> {
    let failed = |why| DeviceManagementError { line: None, why };
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
    match text {
        [b'{' | b'[', ..] => serde_json::from_slice(text)
            .map_err(|error| DeviceManagementError { line: Some(error.line()), why: NOT_JSON }),
        [] => Err(failed(EMPTY)),
        _ if profile::is_one(text) => profile::read(text).map_err(failed),
        _ => Err(failed(NOT_KNOWN)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_something_else_are_told() {
        let why = |bytes: &[u8]| DeviceManagement::from_bytes(bytes).unwrap_err().in_file("x");
        assert_eq!(why(b""), "x: is empty");
        assert_eq!(why(b"Device,Passcode\n"), format!("x: {NOT_KNOWN}"));
        assert_eq!(why(b"{\n\"a\": }"), "x:2: is not valid JSON");
        assert_eq!(why(b"{}"), format!("x: {NO_SETTING}"));
        assert!(why(b"bplist00\xd1").contains("plutil -convert xml1"));
        assert!(why(b"<?xml version=\"1.0\"?><plist><dict>").starts_with("x: "));
    }
}
