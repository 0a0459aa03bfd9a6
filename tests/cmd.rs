//! The manners of the command: what it says to people and to scripts, where, and how it ends.
//!
//! `tests/cmd/*.md` are transcripts. `$` is a command for `sh` with `strongpass` on its path, and
//! `>` its next line; then follow standard output, standard error (`!`) and the exit status (`?`)
//! if it is not 0. A transcript has a folder to itself, empty at its beginning. To write down what
//! the command says now: `SNAPSHOTS=overwrite cargo test --test cmd`, then read the difference.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test reads what it likes"
)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use run::{check, command, strongpass};
use snapbox::data::DataFormat;

#[path = "cmd/run.rs"]
mod run;

/// Every transcript is a test.
macro_rules! transcripts {
    ($($name:ident)*) => {
        const TRANSCRIPTS: &[&str] = &[$(stringify!($name)),*];
        $(#[test] fn $name() { transcript(stringify!($name)); })*
    };
}

transcripts! { a_password a_batch breached generate in_json names own_words passcodes policies stolen wrong_usage }

#[test]
fn every_transcript_is_replayed() {
    let paths = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let names = paths.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let mut names: Vec<_> = names.map(|path| path.file_stem().unwrap().to_owned()).collect();
    names.sort();
    let mut replayed = TRANSCRIPTS.to_vec();
    replayed.sort_unstable();
    assert_eq!(names, replayed);
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd")
}

fn transcript(name: &str) {
    let path = folder().join(name).with_extension("md");
    let expected = snapbox::Data::read_from(&path, Some(DataFormat::Text));
    let actual = replay(&fs::read_to_string(&path).unwrap());
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS").normalize_paths(false);
    assert.eq(actual, expected);
}

/// The transcript with what the commands say now in place of what they are expected to say.
fn replay(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut replayed = String::new();
    let mut in_console = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let is_fence = line.starts_with("```");
        in_console = if is_fence { line == "```console" } else { in_console };
        if is_fence || !in_console {
            writeln!(replayed, "{line}").unwrap();
        } else if let Some(first) = line.strip_prefix("$ ") {
            let mut command = vec![first];
            while let Some(next) = lines.next_if(|line| line.starts_with("> ")) {
                command.push(next.trim_start_matches("> "));
            }
            let command = command.join("\n");
            writeln!(replayed, "$ {}", command.replace('\n', "\n> ")).unwrap();
            replayed.push_str(&in_shell(&command, folder.path()));
        }
    }
    replayed
}

/// What a command for `sh` says, as a transcript has it.
fn in_shell(command: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_strongpass")).parent().unwrap();
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([binary.to_owned()].into_iter().chain(env::split_paths(&path)));
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir(folder).stdin(Stdio::null());
    let output = shell.env_clear().env("PATH", path.unwrap()).output().unwrap();
    let mut said = String::from_utf8(output.stdout).unwrap();
    for line in String::from_utf8(output.stderr).unwrap().lines() {
        writeln!(said, "! {line}").unwrap();
    }
    match output.status.code() {
        Some(0) => {}
        Some(status) => writeln!(said, "? {status}").unwrap(),
        None => writeln!(said, "? {}", output.status).unwrap(),
    }
    said
}

/// Passwords and what a batch says of them; seven, so that no block begins with the same one.
const ANSWERS: [(&str, &str); 7] = [
    ("vT7$kq2z", "accept"),
    ("Xk9#h0rse!", "reject dictionary-word"),
    ("", "reject length,numbers,letters,symbols"),
    ("9Zx!mWq2", "accept"),
    ("7394$825", "reject letters"),
    ("horse", "reject length,numbers,symbols,dictionary-word"),
    ("vTx$kqwz£", "reject numbers"),
];

/// A batch of that many lines, and the answers to it.
fn batch(lines: usize) -> (String, String) {
    let (passwords, answers): (Vec<_>, Vec<_>) =
        ANSWERS.iter().cycle().take(lines).copied().unzip();
    (passwords.join("\n") + "\n", answers.join("\n") + "\n")
}

#[test]
fn a_batch_keeps_its_order_with_any_number_of_threads() {
    // Above two blocks of a megabyte, each cut into many pieces.
    let (passwords, answers) = batch(280_001);
    assert!(passwords.len() > 2 << 20);
    for threads in ["1", "2", "7"] {
        let ran = check(&["--batch", "-", "--threads", threads], passwords.as_bytes());
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(1), ""));
        // Not `assert_eq!`, which would print all of it.
        let wrong = ran.stdout.lines().zip(answers.lines()).position(|(said, right)| said != right);
        assert_eq!(wrong, None, "the first wrong line, with {threads} threads");
        assert!(ran.stdout == answers, "{threads} threads: not as many answers as lines");
    }
}

#[test]
fn a_batch_in_json_numbers_its_lines() {
    let (passwords, answers) = batch(110_000);
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(&file, passwords).unwrap();
    let ran = check(&["--batch", file.path().to_str().unwrap(), "--json"], b"");
    assert_eq!(ran.status, Some(1));
    assert_eq!(ran.stdout.lines().count(), answers.lines().count());
    for (number, (line, answer)) in (1_u64..).zip(ran.json().iter().zip(answers.lines())) {
        let (verdict, rules) = answer.split_once(' ').unwrap_or((answer, ""));
        let rules: Vec<&str> = rules.split(',').filter(|rule| !rule.is_empty()).collect();
        let right = serde_json::json!({ "line": number, "verdict": verdict, "rules": rules });
        assert_eq!(*line, right);
    }
}

/// A script may write a line, wait for its answer, and go on.
#[test]
fn a_batch_answers_each_line_when_it_comes() {
    let mut command = command(&["check", "--policy", "birchington", "--batch", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for (password, answer) in ANSWERS.iter().cycle().take(30) {
        writeln!(input, "{password}").unwrap();
        let mut said = String::new();
        output.read_line(&mut said).unwrap();
        assert_eq!(said.trim_end(), *answer);
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn spans_are_in_characters() {
    let part = |password: &str| {
        let judged = check(&["--stdin", "--json", "--spans"], password.as_bytes()).json();
        let span = judged[0]["violations"][0]["matches"][0]["span"].clone();
        let [start, end] = serde_json::from_value::<[usize; 2]>(span).unwrap();
        password.chars().skip(start).take(end - start).collect::<String>()
    };
    assert_eq!(part("9#horse!Qx"), "horse");
    assert_eq!(part("é£9漢horse#1"), "horse");
    assert_eq!(part("😀9#Café!zq"), "Café");
    assert_eq!(part("9#Ｈｏｒｓｅ!Qx"), "Ｈｏｒｓｅ");
    assert_eq!(part("£p.a.s.s.w.o.r.d1"), "p.a.s.s.w.o.r.d");
    let ran = check(&["--stdin", "--json"], "9#horse!Qx".as_bytes());
    assert!(!ran.stdout.contains("span"), "{}", ran.stdout);
}

/// Made-up passwords, each with the words in it as they are in a dictionary.
const SECRETS: [(&str, &[&str]); 30] = [
    ("Xk9#h0rse!", &["horse"]),
    ("9#nedraG!Qx", &["garden"]),
    ("Whitstable1!", &["whitstable"]),
    ("F00tball7!", &["football"]),
    ("llabtoof7!", &["football"]),
    ("h.o.r.s.e.s.9", &["horses"]),
    ("Ma£rgate!1", &["margate"]),
    ("Café2026!x", &["cafe", "2026"]),
    ("Kate!92xQ", &["kate"]),
    ("Wr1t3r!9z", &["writer"]),
    ("horse-Battery9", &["horse", "battery"]),
    ("zq#Qwertyuiop1", &["qwertyuiop"]),
    ("zq#31/12/1999", &["31/12/1999"]),
    ("Ｄragon£77", &["dragon"]),
    ("Мonkey£771", &["monkey"]),
    ("Garden47!", &["garden"]),
    ("Summer2031!", &["summer"]),
    ("9!qyzvork#", &["qyzvork"]),
    ("9!qyzv0rk#", &["qyzvork"]),
    ("9!xarbyx#Z", &["arbyx"]),
    ("football", &["football"]),
    ("8817263549", &[]),
    ("!£$%^&*()_", &[]),
    ("vT7$kq2", &[]),
    ("vT7$kq2z", &[]),
    ("hG7$kq9zWp4&", &[]),
    ("vT7$kq\u{7}2z", &[]),
    ("vT7$kq\u{202e}2z", &[]),
    ("vT7$kq2z漢字£😀", &[]),
    ("Tr0ub4dor&31\u{1b}[31m", &[]),
];

#[test]
fn no_output_has_the_secret_or_the_word() {
    let folder = tempfile::tempdir().unwrap();
    let damaged = folder.path().join("damaged.fst");
    fs::write(&damaged, "no list").unwrap();
    let names = ["--account", "k.qyzvork", "--name", "Qyzvork", "--system", "Arbyx"];
    let ways: [&[&str]; 8] = [
        &["--policy", "birchington", "--stdin"],
        &["--policy", "birchington", "--stdin", "--estimate"],
        &["--policy", "birchington", "--stdin", "--json"],
        &["--policy", "birchington", "--stdin", "--json", "--spans", "--estimate"],
        &["--policy", "birchington-plus", "--batch", "-"],
        &["--policy", "birchington-plus", "--batch", "-", "--json"],
        &["--policy", "nist-800-63b-4", "--stdin"],
        &["--stdin", "--words", damaged.to_str().unwrap()],
    ];
    for (secret, words) in SECRETS {
        for way in ways {
            let ran = strongpass(&[&["check"], &names[..], way].concat(), secret.as_bytes());
            // Folded, so that another way of writing it gives nothing away either.
            let said = (ran.stdout + &ran.stderr).to_lowercase();
            for hidden in words.iter().copied().chain([secret]) {
                assert!(!said.contains(&hidden.to_lowercase()), "{hidden} in {way:?}:\n{said}");
            }
        }
        let rejected = strongpass(&[&["check"], &names[..], ways[0]].concat(), secret.as_bytes());
        let expected = if words.is_empty() { rejected.status } else { Some(1) };
        assert_eq!(rejected.status, expected, "{secret}: its word was not even found");
    }
}

#[test]
fn what_is_generated_is_accepted() {
    for (policy, length) in
        [("birchington", "8"), ("birchington", "12"), ("birchington-plus", "20"), ("passcode", "6")]
    {
        let args = ["generate", "-n", "2000", "--policy", policy, "--length", length];
        let ran = strongpass(&args, b"");
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
        let mut made: Vec<&str> = ran.stdout.lines().collect();
        assert!(made.iter().all(|password| password.chars().count().to_string() == length));
        let checked =
            strongpass(&["check", "--policy", policy, "--batch", "-"], ran.stdout.as_bytes());
        assert_eq!((checked.status, checked.stdout), (Some(0), "accept\n".repeat(2000)));

        made.sort_unstable();
        made.dedup();
        // Of 10^6 codes two in 2000 are the same now and then; of the others never.
        assert!(made.len() > 1900, "{policy}: {} different ones of 2000", made.len());
    }
}

#[test]
fn what_is_generated_in_json_is_accepted() {
    let made = strongpass(&["generate", "-n", "200", "--policy", "birchington", "--json"], b"");
    let made = made.json();
    assert_eq!(made.len(), 200);
    let mut passwords = String::new();
    for line in &made {
        let password = line["password"].as_str().unwrap();
        let right =
            serde_json::json!({ "version": 1, "policy": "birchington", "password": password });
        assert_eq!(*line, right);
        writeln!(passwords, "{password}").unwrap();
    }
    assert_eq!(check(&["--batch", "-"], passwords.as_bytes()).status, Some(0));
}

#[test]
fn colour_is_for_those_who_want_it() {
    let coloured = |variables: &[&str], password: &str| {
        let mut command = command(&["check", "--policy", "birchington"]);
        command.envs(variables.iter().map(|name| (name, "1")));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    };
    for password in ["vT7$kq2z", "Xk9#h0rse!"] {
        let plain = coloured(&[], password);
        assert!(!plain.contains('\u{1b}'));
        let forced = coloured(&["CLICOLOR_FORCE"], password);
        assert!(forced.contains("\u{1b}["));
        // Colour says nothing that the words do not.
        assert_eq!(anstream::adapter::strip_str(&forced).to_string(), plain);
        assert_eq!(coloured(&["CLICOLOR_FORCE", "NO_COLOR"], password), plain);
    }
}

/// Subcommands whose help must have examples; others may.
const WITH_EXAMPLES: [&str; 5] = ["check", "generate", "policy show", "words build", "completions"];

/// Every subcommand as words, with its help: first the command itself.
fn helps() -> Vec<(Vec<String>, String)> {
    let mut helps = Vec::new();
    let mut to_ask = vec![Vec::new()];
    while let Some(subcommand) = to_ask.pop() {
        let args = subcommand.iter().map(String::as_str).chain(["--help"]);
        let ran = strongpass(&args.collect::<Vec<_>>(), b"");
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{subcommand:?}");
        let list = ran.stdout.split_once("\nCommands:\n").map_or("", |(_, list)| list);
        for line in list.lines().take_while(|line| !line.is_empty()) {
            // What goes on from the line before stands further to the right.
            if line.starts_with("   ") {
                continue;
            }
            let name = line.split_whitespace().next().unwrap().to_owned();
            to_ask.push([&subcommand[..], &[name]].concat());
        }
        helps.push((subcommand, ran.stdout));
    }
    helps
}

#[test]
fn help_has_usage_and_examples_that_are_understood() {
    let helps = helps();
    for name in WITH_EXAMPLES {
        assert!(helps.iter().any(|(subcommand, _)| subcommand.join(" ") == name), "no {name}");
    }
    for (subcommand, help) in helps {
        let name = subcommand.join(" ");
        assert!(help.contains("\nUsage: strongpass"), "{name}");
        let examples = help.split_once("\nExample").map_or("", |(_, examples)| examples);
        let examples = examples.lines().skip(1).take_while(|line| line.starts_with("  "));
        let examples: Vec<&str> = examples.collect();
        assert!(!examples.is_empty() || !WITH_EXAMPLES.contains(&name.as_str()), "{name}");
        for example in examples {
            // Without what is said about it, and where its output goes.
            let (_, call) = example.split_once("strongpass ").expect(example);
            let call = call.split("  ").next().unwrap().split(['<', '>', '|']).next().unwrap();
            let args: Vec<&str> = call.split_whitespace().chain(["--help"]).collect();
            assert_eq!(strongpass(&args, b"").status, Some(0), "{example}");
        }
    }
}

#[test]
fn the_manual_and_the_completions_have_every_subcommand() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    let to_folder = strongpass(&["man", "--dir", pages.to_str().unwrap()], b"");
    assert_eq!((to_folder.status, to_folder.stdout.as_str()), (Some(0), ""));
    let shells = ["bash", "zsh", "fish", "powershell", "elvish"];
    let scripts = shells.map(|shell| strongpass(&["completions", shell], b""));
    let manual = strongpass(&["man"], b"");
    assert!(manual.stdout.contains(".TH strongpass"));
    let helps = helps();
    for ran in scripts.iter().chain([&manual]) {
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
        for (subcommand, _) in helps.iter().filter(|(subcommand, _)| subcommand.len() == 1) {
            // roff writes a hyphen that may be copied as `\-`.
            assert!(ran.stdout.replace("\\-", "-").contains(&subcommand[0]), "{subcommand:?}");
        }
    }
    for (subcommand, _) in helps {
        let page = [&["strongpass".to_owned()], &subcommand[..]].concat().join("-") + ".1";
        assert!(fs::metadata(pages.join(&page)).is_ok_and(|page| page.len() > 100), "{page}");
    }
}

#[test]
fn doctor_finds_this_build_in_order() {
    // Whatever the stacks of this computer are.
    let none = tempfile::tempdir().unwrap();
    let pam = ["--pam-config", none.path().to_str().unwrap()];
    let ran = strongpass(&[&["doctor", "--policy", "birchington"], &pam[..]].concat(), b"");
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""), "{}", ran.stdout);
    assert!(ran.stdout.ends_with("Everything is in order.\n"), "{}", ran.stdout);
}
