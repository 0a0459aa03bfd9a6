//! What the school decides about the history, as a TOML file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use strongpass_policy::{ConfigError, nearest};
use strongpass_trusted::Trust;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::crypto::kdf::Kdf;
use system::{System, SystemError};

pub(crate) mod account;
pub(crate) mod system;

/// Where the history is, which systems there are, and how long what is remembered.
///
/// ```
/// use strongpass_history::Config;
/// let config = Config::from_toml(
///     "remember = 3\n[systems]\nnetwork = \"the school network\"\n[pam]\nsshd = \"network\"\n",
/// )?;
/// assert_eq!(config.remember, 3);
/// assert_eq!(config.expire_after_days, 400);
/// assert_eq!(config.title(config.pam_system("sshd").unwrap()), "the school network");
/// assert_eq!(
///     config.system("netwrok").unwrap_err().to_string(),
///     "no system has that name: did you mean `network`?"
/// );
/// # Ok::<(), strongpass_policy::ConfigError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Config {
    /// The database. Its directory is for it alone.
    pub store: PathBuf,
    /// The key ring, best on another disk or at least in another directory.
    pub keys: PathBuf,
    /// The systems and their titles, as people call them.
    pub systems: BTreeMap<System, String>,
    /// Which system a PAM service sets the password of.
    pub pam: BTreeMap<String, System>,
    /// How many passwords are remembered for each account and system.
    pub remember: u32,
    /// How many days after its last use a record is forgotten.
    pub expire_after_days: u32,
    /// How long near copies may be searched for.
    pub near_budget: Duration,
    /// How long a lock that another program holds is waited for.
    pub wait: Duration,
    /// The slow hash of new records.
    pub kdf: Kdf,
    /// Which files are trusted. The file does not say; the door does.
    pub trust: Trust,
}

impl Default for Config {
    /// No system is declared.
    fn default() -> Self {
        Self {
            store: PathBuf::from("/var/lib/strongpass/history.db"),
            keys: PathBuf::from("/etc/strongpass/history.keys"),
            systems: BTreeMap::new(),
            pam: BTreeMap::new(),
            remember: 5,
            expire_after_days: 400,
            near_budget: Duration::from_millis(1_500),
            wait: Duration::from_secs(5),
            kdf: Kdf::default(),
            trust: Trust::of_process(),
        }
    }
}

impl Config {
    /// Reads the file. What it does not say is as in [`Config::default`].
    ///
    /// # Errors
    /// If it is not TOML, has an unknown key or an unusable value, or names an undeclared system.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        let table = DeTable::parse(text).map_err(|error| {
            ConfigError::new(text, error.span().unwrap_or_default(), error.message().to_owned())
        })?;
        let table = table.get_ref();
        let reader = Reader { text };
        let mut config = Self::default();
        // The other tables name systems, so these come first.
        if let Some(value) = table.get("systems") {
            config.systems = reader.systems(value)?;
        }
        for (key, value) in table {
            match reader.key(key, &KEYS)? {
                "store" => config.store = reader.path(value)?,
                "keys" => config.keys = reader.path(value)?,
                "remember" => config.remember = reader.number(value, 1..=100)?,
                "expire_after_days" => {
                    config.expire_after_days = reader.number(value, 1..=3_650)?;
                }
                "near_budget_ms" => config.near_budget = reader.milliseconds(value)?,
                "wait_ms" => config.wait = reader.milliseconds(value)?,
                "kdf" => config.kdf = reader.kdf(value)?,
                "pam" => config.pam = reader.pam(value, &config)?,
                // `systems` was read first.
                _ => {}
            }
        }
        Ok(config)
    }

    /// The declared system of that id.
    ///
    /// # Errors
    /// If there is none; the error names the nearest one.
    pub fn system(&self, id: &str) -> Result<System, SystemError> {
        let found = id.parse::<System>().ok().filter(|system| self.systems.contains_key(system));
        found.ok_or_else(|| {
            let ids = || self.systems.keys().map(System::id);
            SystemError::Undeclared {
                nearest: nearest(id, ids()).map(str::to_owned),
                declared: ids().map(str::to_owned).collect(),
            }
        })
    }

    /// What people call a system; its id if it is no longer declared.
    pub fn title<'a>(&'a self, system: &'a System) -> &'a str {
        self.systems.get(system).map_or_else(|| system.id(), String::as_str)
    }

    /// The system that a PAM service sets the password of.
    pub fn pam_system(&self, service: &str) -> Option<&System> {
        self.pam.get(service)
    }
}

const KEYS: [&str; 9] = [
    "store",
    "keys",
    "systems",
    "pam",
    "remember",
    "expire_after_days",
    "near_budget_ms",
    "wait_ms",
    "kdf",
];
const KDF_KEYS: [&str; 3] = ["memory_kib", "passes", "lanes"];

type Value<'v> = Spanned<DeValue<'v>>;

/// Takes values out of the parsed file; each mistake is an error with its place.
struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn error(&self, value: &Value<'_>, message: impl Into<String>) -> ConfigError {
        ConfigError::new(self.text, value.span(), message.into())
    }

    fn key<'k>(
        &self,
        key: &Spanned<Cow<'_, str>>,
        keys: &[&'k str],
    ) -> Result<&'k str, ConfigError> {
        let name = key.get_ref().as_ref();
        keys.iter().copied().find(|known| *known == name).ok_or_else(|| {
            let hint = match nearest(name, keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use one of: {}", keys.join(", ")),
            };
            ConfigError::new(self.text, key.span(), format!("unknown key `{name}`: {hint}"))
        })
    }

    fn string<'v>(&self, value: &'v Value<'_>) -> Result<&'v str, ConfigError> {
        value.get_ref().as_str().ok_or_else(|| self.error(value, "this must be \"text\""))
    }

    fn table<'v>(&self, value: &'v Value<'_>) -> Result<&'v DeTable<'v>, ConfigError> {
        value.get_ref().as_table().ok_or_else(|| self.error(value, "this must be a table"))
    }

    /// A relative path would mean another file in each directory that a program is started from.
    fn path(&self, value: &Value<'_>) -> Result<PathBuf, ConfigError> {
        let path = PathBuf::from(self.string(value)?);
        let usable = path.is_absolute() && path.file_name().is_some();
        usable.then_some(path).ok_or_else(|| self.error(value, "this must be a path from `/`"))
    }

    fn number(&self, value: &Value<'_>, range: RangeInclusive<u32>) -> Result<u32, ConfigError> {
        let number = value.get_ref().as_integer();
        let number = number.and_then(|n| u32::from_str_radix(n.as_str(), n.radix()).ok());
        number.filter(|n| range.contains(n)).ok_or_else(|| {
            let (from, to) = (range.start(), range.end());
            self.error(value, format!("this must be a number from {from} to {to}"))
        })
    }

    fn milliseconds(&self, value: &Value<'_>) -> Result<Duration, ConfigError> {
        Ok(Duration::from_millis(self.number(value, 0..=600_000)?.into()))
    }

    fn kdf(&self, value: &Value<'_>) -> Result<Kdf, ConfigError> {
        let present = Kdf::default();
        let (mut memory, mut passes, mut lanes) =
            (present.memory_kib(), present.passes(), present.lanes());
        for (key, value) in self.table(value)? {
            match self.key(key, &KDF_KEYS)? {
                "memory_kib" => memory = self.number(value, 7_168..=4_194_304)?,
                "passes" => passes = self.number(value, 1..=255)?,
                _ => lanes = self.number(value, 1..=255)?,
            }
        }
        Kdf::within(Kdf::FLOOR, memory, passes, lanes).map_err(|what| self.error(value, what))
    }

    fn systems(&self, value: &Value<'_>) -> Result<BTreeMap<System, String>, ConfigError> {
        let mut systems = BTreeMap::new();
        for (key, value) in self.table(value)? {
            let system = key
                .get_ref()
                .parse::<System>()
                .map_err(|error| ConfigError::new(self.text, key.span(), error.to_string()))?;
            let title = self.string(value)?.trim();
            if title.is_empty() || title.len() > 200 || title.chars().any(char::is_control) {
                return Err(self.error(value, "a title is 1 to 200 bytes on one line"));
            }
            systems.insert(system, title.to_owned());
        }
        Ok(systems)
    }

    fn pam(
        &self,
        value: &Value<'_>,
        config: &Config,
    ) -> Result<BTreeMap<String, System>, ConfigError> {
        let mut services = BTreeMap::new();
        for (key, value) in self.table(value)? {
            let system = config
                .system(self.string(value)?)
                .map_err(|error| self.error(value, error.to_string()))?;
            services.insert(key.get_ref().clone().into_owned(), system);
        }
        Ok(services)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn refuse(text: &str, place: (usize, usize), message: &str) {
        let error = Config::from_toml(text).unwrap_err();
        assert_eq!(((error.line, error.column), error.message.as_str()), (place, message));
    }

    #[test]
    fn every_key_is_read() {
        let config = Config::from_toml(
            "store = \"/srv/h.db\"\nkeys = \"/srv/k\"\nremember = 7\nexpire_after_days = 30\n\
             near_budget_ms = 0\nwait_ms = 20\n[kdf]\nmemory_kib = 65536\npasses = 3\nlanes = 2\n\
             [systems]\nemail = \" e-mail \"\nnetwork = \"the network\"\n[pam]\npasswd = \"network\"",
        )
        .unwrap();
        let network: System = "network".parse().unwrap();
        let expected = Config {
            store: "/srv/h.db".into(),
            keys: "/srv/k".into(),
            systems: BTreeMap::from([
                ("email".parse().unwrap(), "e-mail".into()),
                (network.clone(), "the network".into()),
            ]),
            pam: BTreeMap::from([("passwd".into(), network)]),
            remember: 7,
            expire_after_days: 30,
            near_budget: Duration::ZERO,
            wait: Duration::from_millis(20),
            kdf: Kdf::new(65_536, 3, 2).unwrap(),
            trust: Trust::of_process(),
        };
        assert_eq!(config, expected);
        assert_eq!(Config::from_toml("").unwrap(), Config::default());
    }

    #[test]
    fn the_shipped_example_is_the_default_with_systems() {
        let example = include_str!("../../../contrib/history.toml");
        let config = Config::from_toml(example).unwrap();
        assert!(config.systems.len() >= 6);
        assert!(!config.pam.is_empty());
        let Config { systems, pam, .. } = config.clone();
        assert_eq!(config, Config { systems, pam, ..Config::default() });
    }

    #[test]
    fn mistakes_have_a_place_and_a_remedy() {
        refuse("\nremembr = 5", (2, 1), "unknown key `remembr`: did you mean `remember`?");
        refuse("zzzz = 5", (1, 1), &format!("unknown key `zzzz`: use one of: {}", KEYS.join(", ")));
        refuse("remember = 0", (1, 12), "this must be a number from 1 to 100");
        refuse("remember = \"5\"", (1, 12), "this must be a number from 1 to 100");
        refuse("store = \"history.db\"", (1, 9), "this must be a path from `/`");
        refuse("store = \"/\"", (1, 9), "this must be a path from `/`");
        refuse("keys = 1", (1, 8), "this must be \"text\"");
        refuse("systems = 1", (1, 11), "this must be a table");
        refuse("[kdf]\npases = 1", (2, 1), "unknown key `pases`: did you mean `passes`?");
        refuse(
            "kdf = { passes = 1 }",
            (1, 7),
            "too weak: memory_kib × passes must be 38912 or more",
        );
        refuse("[kdf]\nmemory_kib = 8", (2, 14), "this must be a number from 7168 to 4194304");
        refuse("[systems]\nemail = \"\"", (2, 9), "a title is 1 to 200 bytes on one line");
        refuse(
            "[systems]\n\"E mail\" = \"x\"",
            (2, 1),
            "the id of a system is 1 to 32 of a-z, 0-9 and `-`, and starts with a letter",
        );
        refuse(
            "[systems]\nemail = \"x\"\n[pam]\nsshd = \"emial\"",
            (4, 8),
            "no system has that name: did you mean `email`?",
        );
        refuse(
            "[pam]\nsshd = \"email\"",
            (2, 8),
            "no system has that name: declare it in the configuration, under [systems]",
        );
    }

    #[test]
    fn an_undeclared_system_is_named_safely() {
        let config = Config::from_toml("[systems]\nvpn = \"VPN\"\nmis = \"MIS\"").unwrap();
        assert_eq!(
            config.system("telephone").unwrap_err().to_string(),
            "no system has that name: use one of mis, vpn, or declare it under [systems]"
        );
        assert!(!config.system("\u{1b}[31m").unwrap_err().to_string().contains('\u{1b}'));
        let gone: System = "gone".parse().unwrap();
        assert_eq!(config.title(&gone), "gone");
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,80}|([a-z_]{1,12} = [\"a-z0-9\\[\\]]{1,12}\\n?){0,4}") {
            drop(Config::from_toml(&text));
        }
    }
}
