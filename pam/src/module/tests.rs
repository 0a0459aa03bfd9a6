//! What a test cannot bring about in a real stack: who asks, the old password, the log.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use strongpass_history::{Config, Day, History};

use super::*;

const CHECK: i32 = 0x2000;
const EXPIRED: i32 = 0x20;

/// A host that answers from a script.
#[derive(Default)]
struct Scripted {
    answers: Vec<&'static str>,
    old: Option<&'static str>,
    is_root: bool,
    has_terminal: bool,
    service: &'static str,
    gecos: Option<&'static str>,
    user: &'static str,
    token: Option<String>,
    retyped: usize,
    said: Vec<String>,
    log: Vec<(Level, String)>,
}

impl Pam for Scripted {
    fn user(&mut self) -> Result<String, Code> {
        if self.user.is_empty() { Err(Code::CONV_AGAIN) } else { Ok(self.user.to_owned()) }
    }

    fn service(&self) -> String {
        if self.service.is_empty() { "passwd".into() } else { self.service.into() }
    }

    fn has_terminal(&self) -> bool {
        self.has_terminal
    }

    fn requester_is_root(&self) -> bool {
        self.is_root
    }

    fn real_name(&mut self, _: &str) -> Option<String> {
        self.gecos.map(str::to_owned)
    }

    fn ask(&mut self) -> Result<Password, Code> {
        if let Some(given) = self.given() {
            return Ok(given);
        }
        if self.answers.is_empty() {
            return Err(Code::CONV_AGAIN);
        }
        let answer = self.answers.remove(0);
        self.token = Some(answer.to_owned());
        Ok(Password::new(answer.as_bytes()))
    }

    fn retype(&mut self) -> Result<(), Code> {
        self.retyped += 1;
        Ok(())
    }

    fn given(&self) -> Option<Password> {
        self.token.as_ref().map(|token| Password::new(token.as_bytes()))
    }

    fn old(&self) -> Option<Password> {
        self.old.map(|old| Password::new(old.as_bytes()))
    }

    fn forget(&mut self) {
        self.token = None;
    }

    fn tell(&mut self, _: Tone, message: &str) {
        self.said.push(message.to_owned());
    }

    fn log(&mut self, level: Level, message: &str) {
        self.log.push((level, message.to_owned()));
    }
}

/// A directory for one test; removed when it ends.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("strongpass-module-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).unwrap();
        // Whatever the umask is: what a group may write is not trusted.
        set_mode(&path, 0o755);
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        set_mode(&path, 0o644);
        path.to_str().unwrap().to_owned()
    }
}

fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

impl Drop for Place {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

fn call(line: &str, mut host: Scripted, flags: i32) -> (Code, Scripted) {
    let line: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    if host.user.is_empty() {
        host.user = "k.harper";
    }
    let code = run(&mut host, Flags::from_bits(flags), &line);
    (code, host)
}

/// With a policy that asks for none, so that the answers do not hang on this machine's history.
fn without_history(line: &str, host: Scripted, flags: i32) -> (Code, Scripted) {
    let place = Place::new();
    let policy = place.write("policy.toml", "one_system = \"off\"\n");
    call(&format!("{line} policy={policy}"), host, flags)
}

fn typed(answers: &[&'static str]) -> Scripted {
    Scripted { answers: answers.to_vec(), ..Scripted::default() }
}

#[test]
fn root_is_refused_unless_the_line_says_otherwise() {
    let weak = |is_root| Scripted { is_root, ..typed(&["horse"]) };
    for (line, is_root, flags, expected) in [
        ("retry=1", true, CHECK, Code::AUTHTOK_ERR),
        ("retry=1 warn_root", true, CHECK, Code::SUCCESS),
        ("retry=1 warn_root", false, CHECK, Code::AUTHTOK_ERR),
        ("retry=1 warn_root", true, CHECK | EXPIRED, Code::AUTHTOK_ERR),
        ("retry=1 audit_only", false, CHECK | EXPIRED, Code::SUCCESS),
    ] {
        let (code, host) = without_history(line, weak(is_root), flags);
        assert_eq!(code, expected, "{line} {is_root} {flags:x}");
        assert_eq!(host.token.is_some(), expected == Code::SUCCESS, "{line}");
        let lead =
            if expected == Code::SUCCESS { "Weak, but accepted: " } else { "BAD PASSWORD: " };
        assert!(host.said.iter().all(|said| said.starts_with(lead)), "{:?}", host.said);
        assert_eq!(host.said.len(), 4);
    }
}

#[test]
fn the_log_has_rules_user_and_service_only() {
    let weak = Scripted { user: "k.harper\nroot: x", ..typed(&["Xk9#horse!"]) };
    let (_, host) = without_history("retry=1", weak, CHECK);
    let line = "refused: user=k.harper root: x service=passwd rules=dictionary-word";
    assert_eq!(host.log, [(Level::Notice, line.to_owned())]);
    let (_, host) = without_history("audit_only", typed(&["horse"]), CHECK);
    let line = "accepted though weak: user=k.harper service=passwd \
                rules=length,numbers,symbols,dictionary-word";
    assert_eq!(host.log, [(Level::Notice, line.to_owned())]);
    let (_, host) = without_history("debug", typed(&["vT7$kq2z"]), CHECK);
    assert_eq!(host.log, [(Level::Debug, "accepted".to_owned())]);
    let (_, host) = without_history("", typed(&["vT7$kq2z"]), CHECK);
    assert_eq!(host.log, []);
}

#[test]
fn the_real_name_counts() {
    let gecos = Some("Zebedee Quillfeather,Room 4,01843 555");
    let host = Scripted { gecos, ..typed(&["vT7$quillfeather"]) };
    let (code, host) = without_history("retry=1", host, CHECK);
    assert_eq!(code, Code::AUTHTOK_ERR);
    let line = "refused: user=k.harper service=passwd rules=dictionary-word,personal";
    assert_eq!(host.log, [(Level::Notice, line.to_owned())]);
    for (gecos, name) in [("", None), (" ,x", None), ("A B,x", Some("A B")), ("A", Some("A"))] {
        assert_eq!(full_name(gecos), name);
    }
}

#[test]
fn libpam_has_to_say_what_it_wants() {
    for flags in [0, CHECK | 0x4000, 0x8000] {
        let (code, host) = without_history("", typed(&["vT7$kq2z"]), flags);
        assert_eq!((code, host.token), (Code::SERVICE_ERR, None));
    }
}

/// It was typed twice for the module that asked.
#[test]
fn a_password_that_was_given_is_not_retyped() {
    let given = || Some("vT7$kq2z".to_owned());
    let (code, host) = without_history("", Scripted { token: given(), ..typed(&[]) }, CHECK);
    assert_eq!((code, host.retyped, host.token), (Code::SUCCESS, 0, given()));
    let (code, host) = without_history("", typed(&["vT7$kq2z"]), CHECK);
    assert_eq!((code, host.retyped, host.token), (Code::SUCCESS, 1, given()));
}

#[test]
fn a_conversation_that_is_not_ready_is_waited_for() {
    let (code, _) = without_history("", typed(&[]), CHECK);
    assert_eq!(code, Code::INCOMPLETE);
}

/// The old password is compared in memory, whether there is a history or not.
#[test]
fn the_old_password_and_a_near_copy_of_it_are_refused() {
    let place = Place::new();
    let path = |name: &str| place.0.join(name).display().to_string();
    let config = format!("store = \"{}\"\nkeys = \"{}\"\n", path("h/h.db"), path("k/keys"));
    let today = Day::from_unix_seconds(1_800_000_000);
    drop(History::create(&Config::from_toml(&config).unwrap(), today).unwrap());
    let line = format!("policy=birchington history_config={}", place.write("h.toml", &config));
    let changing = || Scripted { old: Some("vT7$kq2z91"), ..typed(&["vT7$kq2z92", "hG4&xr9m!Jb"]) };
    let (code, host) = call(&line, changing(), CHECK);
    assert_eq!((code, host.token.as_deref()), (Code::SUCCESS, Some("hG4&xr9m!Jb")));
    let like_old = "BAD PASSWORD: It is nearly the same as the old password. Make a new one. \
                    Changing a number or the ending is easy to guess.";
    assert_eq!(host.said, [like_old]);
    let logged = "refused: user=k.harper service=passwd rules=similar";
    assert_eq!(host.log, [(Level::Notice, logged.to_owned())]);
    // A policy that does not ask for uses does not ask for this one.
    let (code, host) = without_history("", changing(), CHECK);
    assert_eq!((code, host.token.as_deref()), (Code::SUCCESS, Some("vT7$kq2z92")));
}

/// What goes wrong between the two passes is not announced and never a yes, nor where weak
/// passwords are only warned of.
#[test]
fn a_history_that_is_lost_in_between_is_no_yes() {
    for more in ["", "audit_only", "warn_root"] {
        let place = Place::new();
        let path = |name: &str| place.0.join(name).display().to_string();
        let config = format!("store = \"{}\"\nkeys = \"{}\"\n", path("h/h.db"), path("k/keys"));
        let today = Day::from_unix_seconds(1_800_000_000);
        drop(History::create(&Config::from_toml(&config).unwrap(), today).unwrap());
        let config = place.write("h.toml", &config);
        let line = format!("policy=birchington history_config={config} {more}");
        let prepared = call(&line, typed(&[]), 0x4000);
        assert_eq!(prepared.0, Code::SUCCESS);
        std::fs::remove_file(path("h/h.db")).unwrap();
        let host = Scripted { is_root: true, ..typed(&["hG4&xr9m!Jb"]) };
        let (code, host) = call(&line, host, CHECK);
        assert_eq!((code, host.token), (Code::SYSTEM_ERR, None), "{more}");
        assert_eq!(host.said[0], UNCHECKED);
        assert!(host.said[1].contains("make it with `strongpass history init`"), "{:?}", host.said);
    }
}

/// From a pipe nobody was asked again.
#[test]
fn only_who_sits_at_a_terminal_is_told_of_the_same_again() {
    for (service, has_terminal, is_told) in
        [("passwd", true, true), ("passwd", false, false), ("chpasswd", true, false)]
    {
        let host = Scripted { has_terminal, service, ..typed(&["Xk9#horse!"; 3]) };
        let (code, host) = without_history("retry=3", host, CHECK);
        assert_eq!((code, host.answers.len()), (Code::MAXTRIES, 1), "{service}");
        assert!(host.said[0].starts_with("BAD PASSWORD: "), "{:?}", host.said);
        assert_eq!(host.said[1..] == [SAME_AGAIN], is_told, "{service}: {:?}", host.said);
        assert_eq!(host.said.len(), if is_told { 2 } else { 1 }, "{service}: {:?}", host.said);
    }
}

#[test]
fn messages_fit() {
    let long = "£".repeat(400);
    assert_eq!(fitting(&long).len(), 510);
    assert_eq!(fitting(&"£".repeat(250)).len(), 500);
    for message in [NOT_SET_UP, BUSY, UNCHECKED, SAME_AGAIN] {
        assert!(message.len() < 256 && message.ends_with('.'), "{message}");
    }
}
