//! The manners of the command when something is missing: a reader, room on the disk, or anything to
//! look at; and when what was typed may be a password.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

#[path = "manners/errors.rs"]
mod errors;

/// The command with an environment in which only `args` count.
fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    command.env_clear().args(args).stdin(Stdio::null());
    command
}

/// A folder with a history that has records, and files with something to find, with nothing to find
/// and with nothing in them.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        let here = place.0.path().display();
        place.put(
            "history.toml",
            &format!(
                "store = \"{here}/kept/history.db\"\nkeys = \"{here}/keys/history.keys\"\n\n\
                 [systems]\nnetwork = \"The network\"\nemail = \"Email\"\n"
            ),
        );
        place.put("good.txt", "vT7$kq2z\nhG7$kq9z\n");
        place.put("bad.txt", &"Football7!\n".repeat(100_000));
        place.put("good.csv", "Account,Password\nk.harper,vT7$kq2zWp4\n");
        place.put("bad.csv", "Account,Password\nk.harper,Football7!\n");
        place.put("good-register.csv", "Device,Passcode\nPhone 1,839174\n");
        place.put("bad-register.csv", "Device,Passcode\nPhone 1,123456\n");
        // The hash of "password", and of something that is not guessed.
        place.put("bad.ntlm", "k.harper:8846f7eaee8fb117ad06bdd830b7586c\n");
        place.put("words.txt", "kestrel\n");
        place.put("weak.txt", "password\n");
        place
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    fn command(&self, call: &str) -> Command {
        let args: Vec<&str> = call.split(' ').collect();
        let mut command = command(&args);
        command.current_dir(self.0.path());
        command
    }

    /// Does it, and expects that exit code.
    #[track_caller]
    fn does(&self, call: &str, stdin: &[u8], code: i32) {
        let (status, stderr) = self.ran(call, stdin, Stdio::null());
        assert_eq!(status, Some(code), "{call}: {stderr}");
    }

    fn ran(&self, call: &str, stdin: &[u8], stdout: impl Into<Stdio>) -> (Option<i32>, String) {
        let (input, mut typed) = io::pipe().unwrap();
        typed.write_all(stdin).unwrap();
        drop(typed);
        let output = self.command(call).stdin(input).stdout(stdout).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(!stderr.contains("panicked"), "{call}: {stderr}");
        (output.status.code(), stderr)
    }
}

const HISTORY: &str = "--history-config history.toml";

/// Calls that say something, what is typed, and the exit code if someone hears it.
fn calls() -> Vec<(String, &'static str, i32)> {
    let mut calls = Vec::new();
    let mut add = |call: &str, stdin, code| {
        calls.push((call.replace("HISTORY", HISTORY), stdin, code));
    };
    for json in ["", " --json"] {
        add(&format!("check --policy birchington{json}"), "vT7$kq2z", 0);
        add(&format!("check --policy birchington{json}"), "horse", 1);
        add(&format!("check --policy birchington --batch good.txt{json}"), "", 0);
        add(&format!("check --policy birchington --batch bad.txt{json}"), "", 1);
        add(&format!("starters --policy birchington bad.csv{json}"), "", 1);
        add(&format!("passcode check{json}"), "839174", 0);
        add(&format!("passcode check{json}"), "123456", 1);
        add(&format!("passcode audit good-register.csv{json}"), "", 0);
        add(&format!("passcode audit bad-register.csv{json}"), "", 1);
        add(&format!("passcode generate -n 3{json}"), "", 0);
        add(&format!("generate --policy birchington -n 3{json}"), "", 0);
        add(
            &format!(
                "audit --policy birchington bad.ntlm --as nt --no-defaults --wordlist weak.txt{json}"
            ),
            "",
            1,
        );
        add(&format!("doctor --policy birchington --pam-config pam.d{json}"), "", 0);
        add(&format!("history status HISTORY{json}"), "", 0);
        add(&format!("history uses k.harper HISTORY{json}"), "", 0);
    }
    add(
        "audit --policy birchington bad.ntlm --as nt --no-defaults --wordlist weak.txt --csv -",
        "",
        1,
    );
    add(
        "audit --policy birchington bad.ntlm --as nt --no-defaults --wordlist weak.txt --html -",
        "",
        1,
    );
    // Without --json it says nothing there if nothing is wrong.
    add("starters --policy birchington good.csv --json", "", 0);
    add("history export HISTORY", "", 0);
    add("history rotate-key HISTORY", "", 0);
    add("history expire HISTORY", "", 0);
    add("history forget nobody HISTORY", "", 0);
    add("policy list", "", 0);
    add("policy show birchington", "", 0);
    add("policy explain birchington", "", 0);
    add("passcode explain", "", 0);
    add("words test kestrel", "", 0);
    add("words test xyzzyplugh", "", 1);
    add("words info", "", 0);
    add("words info own.fst", "", 0);
    add("words export own.fst", "", 0);
    add("man", "", 0);
    add("completions bash", "", 0);
    add("--help", "", 0);
    add("--version", "", 0);
    add("check --help", "", 0);
    calls
}

/// With a history of one account, a list of words, and no PAM.
fn prepared() -> Place {
    let place = Place::new();
    fs::create_dir(place.0.path().join("pam.d")).unwrap();
    place.does(&format!("history init {HISTORY}"), b"", 0);
    let record = format!("history record --account k.harper --system network {HISTORY}");
    place.does(&record, b"vT7$kq2z", 0);
    place.does("words build words.txt -o own.fst", b"", 0);
    place
}

/// What nobody hears is not a yes, and a no stays a no.
fn unheard(code: i32) -> i32 {
    if code == 1 { 1 } else { 3 }
}

#[test]
fn calls_that_are_heard() {
    let place = prepared();
    for (call, stdin, code) in calls() {
        place.does(&call, stdin.as_bytes(), code);
    }
}

#[test]
fn a_reader_that_went_away_makes_no_yes() {
    let place = prepared();
    for (call, stdin, code) in calls() {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let (status, stderr) = place.ran(&call, stdin.as_bytes(), writer);
        assert_eq!(status, Some(unheard(code)), "{call}: {stderr}");
        // He knows that he went.
        assert!(!stderr.contains("pipe"), "{call}: {stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_makes_no_yes() {
    let place = prepared();
    for (call, stdin, code) in calls() {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let (status, stderr) = place.ran(&call, stdin.as_bytes(), full);
        assert_eq!(status, Some(unheard(code)), "{call}: {stderr}");
        assert!(stderr.contains("standard output: the disk is full"), "{call}: {stderr}");
    }
}

/// Also what is not an output at all: a file that is open for reading only.
#[test]
fn what_cannot_be_written_to_makes_no_yes() {
    let place = prepared();
    for (call, stdin, code) in calls() {
        let file = fs::File::open(place.0.path().join("words.txt")).unwrap();
        let (status, stderr) = place.ran(&call, stdin.as_bytes(), file);
        assert_eq!(status, Some(unheard(code)), "{call}: {stderr}");
        assert!(stderr.contains("standard output: "), "{call}: {stderr}");
    }
}

/// The bad line comes long after the reader has gone.
#[test]
fn a_batch_is_answered_to_its_end_without_a_reader() {
    let place = Place::new();
    place.put("late.txt", &format!("{}Football7!\n", "vT7$kq2z\n".repeat(300_000)));
    for threads in ["1", "2"] {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let call = format!("check --policy birchington --batch late.txt --threads {threads}");
        assert_eq!(place.ran(&call, b"", writer), (Some(1), String::new()), "{threads}");
    }
}

/// The work is done whether or not someone hears of it.
#[test]
fn keys_are_dropped_without_a_reader() {
    let place = prepared();
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    // Rows are sealed anew when their password is seen: then the older key is not in use any more.
    place.does(&format!("history forget k.harper {HISTORY}"), b"", 0);
    let call = format!("history rotate-key --drop-unused {HISTORY}");
    assert_eq!(place.ran(&call, b"", writer), (Some(3), String::new()));
    let status = place.command(&format!("history status --json {HISTORY}")).output().unwrap();
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
    assert_eq!(status["keys"].as_array().unwrap().len(), 1, "{status}");
}

/// What was found is in the checkpoint until it was told.
#[cfg(target_os = "linux")]
#[test]
fn a_checkpoint_is_kept_until_the_report_is_told() {
    let place = Place::new();
    let call = "audit --policy birchington bad.ntlm --as nt --no-defaults --wordlist weak.txt \
                --checkpoint state";
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    assert_eq!(place.ran(call, b"", full).0, Some(1));
    let state = place.0.path().join("state");
    assert!(state.exists());
    place.does(call, b"", 1);
    assert!(!state.exists());
}

/// There is nothing wrong with nothing, but nothing was checked either.
#[test]
fn nothing_to_look_at_is_no_yes() {
    let place = prepared();
    place.put("empty", "");
    place.put("mark", "\u{feff}");
    place.put("heading.csv", "Account,Password\n");
    place.put("register.csv", "Device,Passcode\n\n");
    place.put("people.csv", "account,first name\n");
    place.put("users.csv", "username,password\n");
    place.put("comment", "# nothing\n");
    place.put("none.export", "strongpass-history 1\nend 0\n");
    for (call, why) in [
        ("check --policy birchington --batch empty", "empty: it has no lines"),
        ("check --policy birchington --batch mark", "mark: it has no lines"),
        ("check --policy birchington --batch - --json", "-: it has no lines"),
        ("starters heading.csv", "heading.csv: there is nobody in it"),
        ("starters heading.csv --json", "heading.csv: there is nobody in it"),
        ("starters heading.csv --fill -o new.csv", "heading.csv: there is nobody in it"),
        ("starters empty", "empty:1: does not look like"),
        ("passcode audit register.csv", "register.csv: it lists no devices"),
        ("passcode audit register.csv --json", "register.csv: it lists no devices"),
        ("passcode audit empty", "empty:1: "),
        ("passcode audit good-register.csv --leavers empty", "empty: names nobody"),
        ("passcode check --context-file comment", "comment: there is nothing in it"),
        ("audit empty", "empty: is empty"),
        ("audit users.csv", "users.csv"),
        ("audit users.csv --json", "users.csv"),
        ("audit bad.ntlm --as nt --people people.csv", "people.csv: there is nobody in it"),
        ("audit bad.ntlm --as nt --people empty", "empty: 1: no column"),
        ("audit bad.ntlm --as nt --potfile empty", "empty: it has no passwords"),
        ("audit bad.ntlm --as nt --words comment", "comment: it has no words"),
        ("audit bad.ntlm --as nt --wordlist empty", "empty: it has no words"),
        ("audit bad.ntlm --as nt --wordlist words.txt --rules empty", "empty: it has no rules"),
        ("audit bad.ntlm --as nt --breached empty", "empty: "),
        ("audit bad.ntlm --as nt --since empty", "empty: is not the JSON report"),
        ("words build empty -o x.fst", "these lists have no words"),
        ("words breached empty -o x.idx", "empty"),
        ("words info empty", "empty: "),
        ("words test ", "a word to look up is empty"),
        ("history import none.export HISTORY", "none.export: no record is in it"),
        ("history import empty HISTORY", "empty:1: "),
    ] {
        let call = call.replace("HISTORY", HISTORY);
        let (status, stderr) = place.ran(&call, b"", Stdio::null());
        assert_eq!(status, Some(3), "{call}: {stderr}");
        assert!(stderr.contains(why), "{call}: {stderr}");
    }
}

/// A password in place of a subcommand, an option, a value or an argument is not repeated, in
/// whatever command: the help of each says what it takes.
#[test]
fn what_may_be_a_password_is_not_repeated() {
    const PASSWORD: &str = "vT7$kq2zWp4&";
    let mut tried = 0;
    for (path, help) in helps() {
        let mut try_with = |more: &[&str]| {
            let args: Vec<&str> =
                path.iter().map(String::as_str).chain(more.iter().copied()).collect();
            let place = tempfile::tempdir().unwrap();
            let ran = command(&args).current_dir(place.path()).output().unwrap();
            let said = [ran.stdout, ran.stderr].concat();
            let said = String::from_utf8(said).unwrap();
            assert!(!said.contains(PASSWORD.strip_prefix('v').unwrap()), "{args:?}: {said}");
            assert_ne!(ran.status.code(), None, "{args:?}");
            tried += 1;
        };
        let option = format!("--{PASSWORD}");
        let short = format!("-{PASSWORD}");
        try_with(&[&option]);
        try_with(&[&short]);
        // What is asked for is not a file: of those the name is shown.
        let usage = help.lines().find(|line| line.starts_with("Usage: ")).unwrap();
        let takes_file = ["FILE", "EXPORT", "REGISTER", "LIST", "INPUT"]
            .iter()
            .any(|name| usage.contains(name) && !usage.contains("NAME|FILE"));
        if !takes_file {
            try_with(&[PASSWORD]);
            try_with(&[PASSWORD, PASSWORD]);
            try_with(&["--", PASSWORD]);
        }
        for line in help.lines().map(str::trim_start).filter(|line| line.starts_with('-')) {
            let Some((name, rest)) = line.split_once("--").map(|(_, rest)| {
                rest.split_at(rest.find([' ', '=', '[', '<']).unwrap_or(rest.len()))
            }) else {
                continue;
            };
            let name = format!("--{name}");
            let is_file = ["<FILE>", "<DIR>", "<CSV>", "<JSON>", "<DIR|FILE>", "[=<FILE>]"]
                .iter()
                .any(|value| rest.trim_start().starts_with(value));
            // Behind a flag that takes no value it is an argument.
            let is_argument = rest.trim().is_empty() || rest.starts_with("  ");
            if !(is_file || is_argument && takes_file) {
                try_with(&[&name, PASSWORD]);
                try_with(&[&format!("{name}={PASSWORD}")]);
            }
            try_with(&[&format!("{name}{PASSWORD}")]);
        }
    }
    assert!(tried > 300, "{tried}");
}

/// Every subcommand as words, with its help.
fn helps() -> Vec<(Vec<String>, String)> {
    let (mut helps, mut to_ask) = (Vec::new(), vec![Vec::new()]);
    while let Some(path) = to_ask.pop() {
        let args = path.iter().map(String::as_str).chain(["--help"]);
        let help = command(&args.collect::<Vec<_>>()).output().unwrap().stdout;
        let help = String::from_utf8(help).unwrap();
        let list = help.split_once("\nCommands:\n").map_or("", |(_, list)| list);
        for line in list.lines().take_while(|line| !line.is_empty()) {
            // What goes on from the line before stands further to the right.
            if line.starts_with("   ") {
                continue;
            }
            let name = line.split_whitespace().next().unwrap().to_owned();
            to_ask.push([&path[..], &[name]].concat());
        }
        helps.push((path, help));
    }
    assert!(helps.len() > 30, "{}", helps.len());
    helps
}

/// Names that hold what shows nothing, or what a terminal obeys, in every kind of report.
#[test]
fn what_shows_nothing_is_shown() {
    let unseen: Vec<char> =
        "\u{ad}\u{34f}\u{115f}\u{17b4}\u{180e}\u{9b}\u{200d}\u{202e}\u{2066}\u{2800}\u{3164}\
                             \u{fe0f}\u{feff}\u{e0041}\u{7f}"
            .chars()
            .collect();
    let name: String = unseen.iter().flat_map(|&c| ['k', c]).collect();
    let place = Place::new();
    place.put("starters.csv", &format!("Account,Password\n{name},Football7!\n"));
    place.put("register.csv", &format!("Device,Holder,Passcode\n{name},{name},123456\n"));
    place.put("names.ntlm", &format!("{name}:8846f7eaee8fb117ad06bdd830b7586c\n"));
    let audit = "audit --policy birchington names.ntlm --as nt --no-defaults --wordlist weak.txt";
    let mut said = Vec::new();
    for call in [
        "starters --policy birchington starters.csv",
        "starters --policy birchington starters.csv --json",
        "passcode audit register.csv",
        "passcode audit register.csv --json",
        "passcode audit register.csv --csv -",
        "passcode audit register.csv --html -",
        audit,
        &format!("{audit} --json"),
        &format!("{audit} --csv -"),
        &format!("{audit} --html -"),
        &format!("{audit} --letters letters.csv"),
    ] {
        let output = place.command(call).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{call}");
        said.push((call.to_owned(), [output.stdout, output.stderr].concat()));
    }
    said.push(("letters".into(), fs::read(place.0.path().join("letters.csv")).unwrap()));
    for (call, bytes) in said {
        let text = String::from_utf8(bytes).unwrap();
        // The mark by which a spreadsheet knows UTF-8.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        assert!(text.contains('k'), "{call}: the name is in it");
        for c in &unseen {
            assert!(!text.contains(*c), "{call}: {c:?}");
        }
    }
}
