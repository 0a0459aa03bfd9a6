//! What an audit says about itself is true: what it looked for, why it ended, where its reports are.

#![expect(clippy::disallowed_methods, reason = "a test reads what it likes")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use sha1::Digest as _;

/// The NT hash of `Kestrel!92`, and of one that no list has.
const EXPORT: &str = "awren:1001:aad3b435b51404eeaad3b435b51404ee:NT_WEAK:::\n\
                      bfinch:1002:aad3b435b51404eeaad3b435b51404ee:0123456789abcdef0123456789abcdef:::\n";

/// A folder with an export of two accounts and a list with the password of the first.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text: Vec<u8> = "Kestrel!92".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let weak = format!("{:032x}", u128::from_be_bytes(md4::Md4::digest(&text).into()));
    fs::write(folder.path().join("network.ntds"), EXPORT.replace("NT_WEAK", &weak)).unwrap();
    fs::write(folder.path().join("words"), "Kestrel!92\n").unwrap();
    fs::write(folder.path().join("nobodys"), "Avocet-77\n").unwrap();
    folder
}

fn audit(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    command.current_dir(folder).args(["audit", "--policy", "birchington"]).args(more);
    command
}

/// With these guesses alone.
fn try_these(folder: &Path, words: &str, more: &[&str]) -> Output {
    let mut command = audit(folder, &["network.ntds", "--no-defaults", "--wordlist", words]);
    command.args(more).output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn said(bytes: &[u8]) -> String {
    // Lines are wrapped where they are.
    String::from_utf8_lossy(bytes).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn why_it_ended_is_told() {
    let folder = folder();
    let ended = |output: &Output| {
        let report = json(output);
        let class = &report["coverage"][0];
        (class["ended"].as_str().unwrap().to_owned(), report["summary"]["complete"] == true)
    };
    let all = try_these(folder.path(), "words", &["--json"]);
    assert_eq!(ended(&all), ("everything".to_owned(), true));
    let limited = ["network.ntds", "--guesses", "100", "--html", "report.html", "--json"];
    let some = audit(folder.path(), &limited).output().unwrap();
    assert_eq!(ended(&some), ("guesses".to_owned(), false));
    let page = fs::read(folder.path().join("report.html")).unwrap();
    assert!(said(&page).contains("as many guesses as were asked for"));
}

#[test]
fn what_was_not_looked_for_is_not_counted() {
    let folder = folder();
    let output = try_these(folder.path(), "words", &["--json", "--html", "report.html"]);
    let kinds = &json(&output)["summary"]["kinds"];
    assert_eq!(kinds["guessed"], 1);
    assert_eq!(kinds["breached"], Value::Null);
    assert_eq!(kinds["history-reuse"], Value::Null);
    assert_eq!(kinds["shared"], 0);
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(
        said(page.as_bytes()).contains("Not checked: in lists of stolen passwords ("),
        "{page}"
    );
    assert!(!page.contains("0 %</td>") || !page.contains("stolen passwords</th>"));
    let digest = sha1::Sha1::digest(b"Kestrel!92");
    let digest: Vec<String> = digest.iter().map(|byte| format!("{byte:02X}")).collect();
    let digest = digest.concat();
    fs::write(folder.path().join("stolen"), format!("{digest}:7\n")).unwrap();
    let asked = ["--json", "--breached", "stolen", "--breached-partial"];
    let kinds = &json(&try_these(folder.path(), "words", &asked))["summary"]["kinds"];
    assert_eq!(kinds["breached"], 1);
}

/// The answer counts as people do.
#[test]
fn the_answer_speaks_of_whom_there_is() {
    let folder = folder();
    let answer = |export: &str| {
        fs::write(folder.path().join("network.ntds"), export).unwrap();
        said(&try_these(folder.path(), "words", &[]).stdout)
    };
    let both = fs::read_to_string(folder.path().join("network.ntds")).unwrap();
    let lines: Vec<&str> = both.lines().collect();
    assert!(answer(&both).contains(
        "1 of 2 accounts needs another password. That does not prove that the other one is strong"
    ));
    assert!(answer(&format!("{}\n", lines[0])).contains("The account needs another password."));
    assert!(answer(&format!("{}\n", lines[1])).contains("that the password is strong"));
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_the_first_guess() {
    let folder = folder();
    for option in ["--html", "--csv", "--json", "--letters", "--pseudonymise"] {
        let path = format!("{option}=missing/report");
        // Were it to look at the export first, it would complain of that.
        let output = audit(folder.path(), &["nowhere.ntds", &path]).output().unwrap();
        let error = said(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{option}: {error}");
        assert!(error.contains("missing"), "{option}: {error}");
        assert!(!error.contains("nowhere.ntds"), "{option}: {error}");
        assert!(!error.contains("tmp"), "{option}: {error}");
    }
    // And looking leaves nothing behind.
    let output = audit(folder.path(), &["nowhere.ntds", "--html", "report.html"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 3);
}

/// A disk that is full when the reports are written takes those that fit.
#[cfg(unix)]
#[test]
fn a_full_disk_costs_only_the_report_that_does_not_fit() {
    let folder = folder();
    let run = env!("CARGO_BIN_EXE_strongpass");
    let script = format!(
        "trap '' XFSZ; ulimit -f 16; exec {run} audit network.ntds --policy birchington \
         --no-defaults --wordlist words --html report.html --csv report.csv"
    );
    let output =
        Command::new("sh").arg("-c").arg(script).current_dir(folder.path()).output().unwrap();
    let error = said(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "what was found holds: {error}");
    assert!(error.contains("report.html: "), "{error}");
    assert!(error.contains("report.csv: written"), "{error}");
    assert!(!folder.path().join("report.html").exists());
    assert!(fs::read_to_string(folder.path().join("report.csv")).unwrap().contains("awren"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "nothing half written stays");
}

/// Who else can read an export is told with what mends it; a folder, or what the system gives to a
/// group of its own, is left as it is.
#[cfg(unix)]
#[test]
fn the_remedy_for_an_open_export_fits_it() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

    let folder = folder();
    let path = folder.path().join("network.ntds");
    let remedy = |mode: u32| {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        said(&try_these(folder.path(), "words", &[]).stderr)
    };
    let is_root = fs::metadata(&path).unwrap().uid() == 0;
    let open = if is_root { "others can read it" } else { "can read it" };
    assert!(remedy(0o644).contains(open));
    assert!(remedy(0o644).contains("-rwx network.ntds"));
    assert_eq!(remedy(0o640).contains("chmod"), !is_root);
    assert!(!remedy(0o600).contains("chmod"));
    for place in ["/", "/tmp"] {
        let output = audit(folder.path(), &[place]).output().unwrap();
        assert!(!said(&output.stderr).contains("chmod"), "{place}");
        assert_ne!(output.status.code(), Some(0));
    }
}

#[test]
fn names_that_people_use_are_understood_or_explained() {
    let folder = folder();
    let hashes = folder.path().join("hashes");
    fs::write(hashes, "8846f7eaee8fb117ad06bdd830b7586c\n").unwrap();
    for name in ["nt", "ntlm", "NTLM", "NTHash"] {
        let output = audit(folder.path(), &["hashes", "--as", name, "--guesses", "1", "--json"])
            .output()
            .unwrap();
        assert_eq!(json(&output)["coverage"][0]["scheme"], "nt", "{name}");
    }
    for budget in ["5 minutes", "5min", "300s", "1 hour"] {
        let output = try_these(folder.path(), "words", &["--budget", budget]);
        assert_eq!(output.status.code(), Some(1), "{budget}: {}", said(&output.stderr));
    }
    let refused = |more: &[&str]| {
        let output = try_these(folder.path(), "words", more);
        assert_eq!(output.status.code(), Some(2), "{more:?}");
        said(&output.stderr)
    };
    assert!(refused(&["--budget", "soon"]).contains("such as"));
    assert!(refused(&["--as", "windows"]).contains("formats.md"));
    let error = refused(&["--encrypt-to", "bob", "--html", "report.html"]);
    assert!(error.contains("age-keygen") && !error.contains("bob"), "{error}");
}
