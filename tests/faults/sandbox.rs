//! A school in a folder: a policy, words, a history, files to check. Every door says yes to it.

use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File, Permissions};
use std::io::Cursor;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time;

use sha1::{Digest as _, Sha1};
use strongpass_breached::{Completeness, build_index};
use strongpass_history::{Config, Day, History};
use strongpass_policy::{List, Password, WordList};
use tempfile::TempDir;

use crate::libpam;

/// What a door is asked about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Probe {
    /// Strong, and used nowhere.
    Strong,
    /// Strong by itself, and used for email.
    Used,
    /// With a dictionary word in it.
    Weak,
    /// Strong by itself, and in the list of breached passwords.
    Stolen,
}

impl Probe {
    pub(crate) fn password(self) -> &'static str {
        match self {
            Self::Strong => "mR7$vk4!xQ",
            Self::Used => "Zw!nq82#Kf",
            Self::Weak => "Xk9#horse!",
            Self::Stolen => "qT8&nd5?Lw",
        }
    }

    pub(crate) fn passcode(self) -> &'static str {
        if self == Self::Weak { "123456" } else { "739164" }
    }
}

/// What takes long to make and is the same in every sandbox.
struct Made {
    words: Vec<u8>,
    /// An index of breached passwords, and the list that it was built from.
    index: Vec<u8>,
    list: Vec<u8>,
    light: Kept,
    heavy: Kept,
    programs: TempDir,
}

/// A history in which k.harper uses one password for email.
struct Kept {
    store: Vec<u8>,
    keys: Vec<u8>,
}

/// As little as the configuration allows.
const LIGHT: &str = "memory_kib = 7168\npasses = 6\n";
/// A quarter of a gigabyte at once.
const HEAVY: &str = "memory_kib = 262144\npasses = 1\n";

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let mut compiler = WordList::compiler();
        compiler.add(List::Local, "zorblat").unwrap();
        let programs = tempfile::tempdir().unwrap();
        libpam::compile_host(programs.path());
        let shim = programs.path().join("shim.so");
        libpam::compile("faults/shim.c", &shim, &["-shared", "-fPIC", "-ldl"]);
        let list = list_of_breached();
        let mut index = Cursor::new(Vec::new());
        build_index(&*list, &mut index, Completeness::Partial, &mut |_| true).unwrap();
        Made {
            words: compiler.finish().unwrap(),
            index: index.into_inner(),
            list,
            light: Kept::new(LIGHT),
            heavy: Kept::new(HEAVY),
            programs,
        }
    })
}

/// Made-up passwords and the one that was stolen, as Have I Been Pwned would list them.
fn list_of_breached() -> Vec<u8> {
    let made_up = (0..3_000).map(|number| format!("made up {number}"));
    let all = made_up.chain([Probe::Stolen.password().to_owned()]);
    let digest = |text: String| {
        let mut line = String::new();
        for byte in Sha1::digest(text) {
            write!(line, "{byte:02X}").unwrap();
        }
        line + ":17\r\n"
    };
    let mut lines: Vec<String> = all.map(digest).collect();
    lines.sort_unstable();
    lines.concat().into()
}

impl Kept {
    fn new(kdf: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::from_toml(&configuration(folder.path(), kdf)).unwrap();
        let today = time::UNIX_EPOCH.elapsed().unwrap().as_secs();
        let today = Day::from_unix_seconds(today);
        let mut history = History::create(&config, today).unwrap();
        let password = Password::new(Probe::Used.password().as_bytes());
        let account = "k.harper".parse().unwrap();
        let mut used = history.fingerprint(&account, &password).unwrap();
        history.record(&mut used, &"email".parse().unwrap(), today).unwrap();
        drop(history);
        let read = |path: &Path| fs::read(path).unwrap();
        Self { store: read(&config.store), keys: read(&config.keys) }
    }
}

fn configuration(folder: &Path, kdf: &str) -> String {
    let folder = folder.display();
    format!(
        "store = \"{folder}/store/history.db\"\nkeys = \"{folder}/keys/history.keys\"\n\
         near_budget_ms = 0\nwait_ms = 100\n[kdf]\n{kdf}\
         [systems]\nnetwork = \"the network\"\nemail = \"email\"\n[pam]\nschool = \"network\"\nrecorded = \"network\"\n"
    )
}

/// The folder; removed with what is in it.
pub(crate) struct Sandbox {
    folder: TempDir,
    pub(crate) probe: Probe,
    /// Whether the doors are told where the configuration is, or find it in /etc/strongpass.
    pub(crate) named: bool,
}

impl Sandbox {
    pub(crate) fn new(probe: Probe, named: bool) -> Self {
        let sandbox = Self { folder: tempfile::tempdir().unwrap(), probe, named };
        for folder in ["etc", "etc/strongpass", "keys"] {
            sandbox.make_folder(folder, 0o755);
        }
        for folder in ["store", "pam.d", "elsewhere"] {
            sandbox.make_folder(folder, 0o700);
        }
        // What a program must find in a private /etc.
        for file in ["passwd", "group", "nsswitch.conf", "ld.so.cache", "ld.so.conf"] {
            fs::copy(Path::new("/etc").join(file), sandbox.path("etc").join(file)).ok();
        }
        sandbox.write(
            "etc/strongpass/policy.toml",
            "title = \"The school's sentence\"\nmin_length = 9\nwords = [\"school.fst\"]\n\
             [breached]\nlist = \"stolen.idx\"\npartial = true\n",
        );
        sandbox.write(
            "etc/strongpass/passcode.toml",
            "title = \"Phones\"\nwords = [\"school.fst\"]\n[passcode]\nmin_digits = 6\n",
        );
        sandbox.write("etc/strongpass/school.fst", &made().words);
        sandbox.write("etc/strongpass/stolen.idx", &made().index);
        sandbox.remember(&made().light, LIGHT);
        sandbox.write_questions();
        sandbox
    }

    fn remember(&self, kept: &Kept, kdf: &str) {
        self.write("etc/strongpass/history.toml", configuration(self.folder.path(), kdf));
        for (file, bytes) in [("store/history.db", &kept.store), ("keys/history.keys", &kept.keys)]
        {
            self.write(file, bytes);
            self.set_mode(file, 0o600);
        }
    }

    /// The files that ask for a verdict.
    fn write_questions(&self) {
        let (password, passcode) = (self.probe.password(), self.probe.passcode());
        self.write("batch.txt", format!("{password}\n"));
        self.write("new.csv", format!("Account,Password\nj.fenn,{password}\n"));
        self.write("blank.csv", "Account,Password\nj.fenn,\nk.harper,\n");
        self.write(
            "register.csv",
            format!("Device,Holder,Passcode,Set on,Known by\nPhone 1,J Fenn,{passcode},,\n"),
        );
        // Of a random password, as Debian stores it.
        let hash = "$y$j9T$aaaaaaaaaaaaaaaaaaaaa.$U2lIMmMB9eVFwYBeJTcF4zScvyKXMTblW7Ean6ro5uD";
        self.write("export.shadow", format!("j.fenn:{hash}:19700:0:99999:7:::\n"));
        self.write("few.txt", "kestrel\n");
        let module = libpam::module();
        let (module, named) = (module.display(), |file: &str| {
            let path = self.path("etc/strongpass").join(file);
            if self.named { path.display().to_string() } else { String::new() }
        });
        let mut line = String::new();
        if self.named {
            let (policy, history) = (named("policy.toml"), named("history.toml"));
            line = format!("policy={policy} history_config={history} system=network");
        }
        let check = format!("password requisite {module} {line}\n");
        self.write("pam.d/school", &check);
        self.write(
            "pam.d/recorded",
            check + &format!("password required {module} {line} record=required\n"),
        );
    }

    /// With a slow hash that wants a quarter of a gigabyte.
    pub(crate) fn with_a_heavy_history(&self) {
        self.remember(&made().heavy, HEAVY);
    }

    /// With the list itself in place of the index.
    pub(crate) fn with_the_list(&self) {
        self.write("etc/strongpass/stolen.idx", &made().list);
    }

    /// Keys that are whole, and belong to another history.
    pub(crate) fn with_other_keys(&self) {
        self.write("keys/history.keys", &made().heavy.keys);
    }

    /// As a writer does; until the file is closed.
    pub(crate) fn lock_history(&self) -> File {
        let lock = File::create(self.path("store/history.db.lock")).unwrap();
        lock.lock().unwrap();
        lock
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    pub(crate) fn set_mode(&self, name: &str, mode: u32) {
        fs::set_permissions(self.path(name), Permissions::from_mode(mode)).unwrap();
    }

    fn make_folder(&self, name: &str, mode: u32) {
        DirBuilder::new().mode(mode).create(self.path(name)).unwrap();
        self.set_mode(name, mode);
    }
}

/// The program that plays libpam's other side.
pub(crate) fn host() -> PathBuf {
    made().programs.path().join("host")
}

/// The library that makes a computer misbehave.
pub(crate) fn shim() -> PathBuf {
    made().programs.path().join("shim.so")
}
