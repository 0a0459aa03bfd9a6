//! What errors say: what is wrong, where, what to do, and where to read more.

use std::fs;
use std::process::Stdio;

use super::{Place, helps, prepared};

/// For every option and argument that is a path: nothing there, no folder on the way, a file in place of a
/// folder, a folder in place of a file.
#[test]
fn a_path_that_leads_nowhere_is_named_with_what_to_do() {
    let place = prepared();
    fs::create_dir(place.0.path().join("folder")).unwrap();
    let audit = "audit --policy birchington bad.ntlm --as nt --no-defaults --wordlist weak.txt";
    let calls = [
        "check --policy birchington --stdin --words PATH",
        "check --policy birchington --batch PATH",
        "check --policy birchington --stdin --history --account k --system email --history-config PATH",
        "starters --policy birchington PATH",
        "starters --policy birchington blank.csv --fill -o PATH",
        "starters --policy birchington good.csv --slips PATH",
        "passcode audit PATH",
        "passcode audit good-register.csv --html PATH",
        "audit --policy birchington PATH",
        &format!("{audit} --people PATH"),
        &format!("{audit} --words PATH"),
        "audit --policy birchington bad.ntlm --as nt --wordlist PATH",
        "audit --policy birchington bad.ntlm --as nt --wordlist words.txt --rules PATH",
        &format!("{audit} --potfile PATH"),
        &format!("{audit} --breached PATH"),
        &format!("{audit} --passwd PATH"),
        &format!("{audit} --since PATH"),
        &format!("{audit} --html PATH"),
        &format!("{audit} --json=PATH"),
        &format!("{audit} --checkpoint PATH"),
        "words build PATH -o new.fst",
        "words build words.txt -o PATH",
        "words breached PATH -o new.idx",
        "words info PATH",
        "words export PATH",
        "words test kestrel --words PATH",
        "history import PATH --history-config history.toml",
        "history status --history-config PATH",
        "policy check PATH",
    ];
    place.put("blank.csv", "Account,Password\nk.harper,\n");
    for call in calls {
        for path in ["none/such", "good.txt/such", "folder"] {
            let (status, said) = place.ran(&call.replace("PATH", path), b"vT7$kq2z", Stdio::null());
            assert!(matches!(status, Some(2 | 3)), "{call} {path}: {status:?} {said}");
            let here = place.0.path().display().to_string();
            let said = said.replace(&here, "");
            let said = said.lines().find(|line| line.starts_with("strongpass: ")).unwrap();
            let part = path.split('/').next().unwrap();
            assert!(said.contains(part), "{call} {path}: {said}");
            let remedies =
                ["; correct the path", "; give a file", "; give the path", "; make it", "; see "];
            let others = ["; make it first", "choose another", "; use the single file"];
            let says_what_to_do = remedies.iter().chain(&others).any(|what| said.contains(what));
            assert!(says_what_to_do, "{call} {path}: {said}");
            for passing in ["os error", ".tmp", ".strongpass-", "temporary"] {
                assert!(!said.contains(passing), "{call} {path}: {said}");
            }
        }
    }
}

/// What a help or an error tells people to read is what the Debian package installs, where it says.
#[test]
fn documents_that_are_named_are_shipped() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let shipped = fs::read_to_string(root.join("contrib/deb/build.sh")).unwrap();
    assert!(shipped.contains("for page in docs/[a-z]*.md; do"));
    let mut named = 0;
    let mut read = |text: &str, from: &str| {
        assert!(!text.contains("docs/"), "{from}: {text}");
        for part in text.split("/usr/share/doc/strongpass/").skip(1) {
            let name: String =
                part.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
            assert!(root.join(format!("docs/{name}.md")).exists(), "{from}: {name}");
            named += 1;
        }
    };
    for (call, help) in helps() {
        read(&help, &call.join(" "));
    }
    let place = Place::new();
    for (name, text) in
        [("names.txt", "Full name: Kim\n"), ("zero.ntlm", "\0\0"), ("line", "k:x y z\n")]
    {
        place.put(name, text);
        read(&place.ran(&format!("audit {name} --guesses 10"), b"", Stdio::null()).1, name);
    }
    for folder in ["contrib", "tests/exports"] {
        for file in fs::read_dir(root.join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path
                .extension()
                .is_some_and(|end| end == "toml" || end == "service" || end == "report")
            {
                read(&fs::read_to_string(&path).unwrap(), &path.display().to_string());
            }
        }
    }
    assert!(named > 5, "{named}");
}
