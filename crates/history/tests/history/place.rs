//! A private directory for one test, with a history that hashes quickly in it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use strongpass_history::{Account, Config, Day, Fingerprint, History, Kdf, Scope, System};
use strongpass_policy::{Password, Use};

/// Removed with all its content when the test ends.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path =
            std::env::temp_dir().join(format!("strongpass-{name}-{}-{number}", std::process::id()));
        make_private(&path);
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn config(&self) -> Config {
        config_in(&self.0)
    }

    pub(crate) fn create(&self) -> History {
        History::create(&self.config(), day("2026-09-01")).unwrap()
    }

    pub(crate) fn open(&self) -> History {
        History::open(&self.config()).unwrap()
    }

    /// Every byte of every file of the history: database, log, index, lock, keys.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for directory in ["store", "keys"] {
            for entry in std::fs::read_dir(self.0.join(directory)).unwrap() {
                bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
            }
        }
        bytes
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

pub(crate) fn make_private(path: &Path) {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().mode(0o700).create(path).unwrap();
}

/// The least that Argon2id can do: these tests are about everything else.
pub(crate) fn quick() -> Kdf {
    Kdf::new(8, 1, 1).unwrap()
}

pub(crate) fn config_in(path: &Path) -> Config {
    let mut config = Config::from_toml(
        "[systems]\nnetwork = \"the school network\"\nemail = \"email\"\nvpn = \"the VPN\"\n",
    )
    .unwrap();
    config.store = path.join("store/history.db");
    config.keys = path.join("keys/history.keys");
    config.kdf = quick();
    // As long as a configuration allows: nobody fails here because the machine is slow.
    config.wait = Duration::from_mins(10);
    config
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn account(name: &str) -> Account {
    name.parse().unwrap()
}

pub(crate) fn system(id: &str) -> System {
    id.parse().unwrap()
}

pub(crate) fn fingerprint(history: &mut History, name: &str, password: &str) -> Fingerprint {
    history.fingerprint(&account(name), &Password::new(password.as_bytes())).unwrap()
}

pub(crate) fn record(history: &mut History, name: &str, on: &str, password: &str, today: &str) {
    let mut fingerprint = fingerprint(history, name, password);
    history.record(&mut fingerprint, &system(on), day(today)).unwrap();
}

/// Where a password is in use exactly.
pub(crate) fn uses(history: &mut History, name: &str, password: &str) -> Vec<Use> {
    let mut fingerprint = fingerprint(history, name, password);
    history.uses_of(&mut fingerprint, Scope::Every).unwrap()
}

/// `system day` of each use that is remembered of an account.
pub(crate) fn remembered(history: &mut History, name: &str) -> Vec<String> {
    let uses = history.uses(&account(name)).unwrap();
    uses.iter().map(|used| format!("{} {}", used.system, used.day)).collect()
}

pub(crate) fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
