//! Exports of every format, of made-up people, read and compared whole; and their hashes, made by
//! other tools, are those of the passwords that they were made of.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]
#![expect(clippy::disallowed_methods, reason = "a test reads its samples")]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use strongpass_audit::{AccountKind, AccountStatus, Credential, Export, Lm, ReadOptions, Secret};
use strongpass_hash::{Hash, HashError, Limits, Scheme};

#[path = "exports/documented.rs"]
mod documented;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/exports")
}

fn read(file: &str, options: &ReadOptions) -> Export {
    let path = folder().join(file);
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Export::read("system", file, bytes, options)
}

/// All that an export holds, as text.
fn shown(export: &Export) -> String {
    let formats: Vec<&str> = export.formats.iter().map(|format| format.id()).collect();
    let lines = export.lines;
    let mut shown = format!(
        "{}\n{} lines: {} loaded, {} skipped, {} blank, {} comments, {} beside\n\nloaded\n",
        formats.join(", "),
        lines.all,
        lines.loaded,
        lines.skipped,
        lines.blank,
        lines.comments,
        lines.beside,
    );
    for credential in &export.credentials {
        let account = printable(export.text(credential.account));
        write!(shown, "{:>4} {account}: {}", credential.line, secret(&credential.secret)).unwrap();
        for mark in marks(credential) {
            write!(shown, ", {mark}").unwrap();
        }
        for name in export.names(credential) {
            write!(shown, " \"{}\"", printable(name)).unwrap();
        }
        shown.push('\n');
    }
    shown.push_str("\nskipped\n");
    for skipped in &export.skipped {
        let account = skipped.account.map(|account| printable(export.text(account)));
        let account = account.unwrap_or_default();
        // How long a guess takes is measured elsewhere, and the figure may change.
        let is_cost = skipped.why.id() == "too-costly";
        let why = if is_cost { "too costly".to_owned() } else { skipped.why.to_string() };
        writeln!(shown, "{:>4} {account}: {why}", skipped.line).unwrap();
    }
    shown
}

/// Text without what would move the cursor of a terminal.
fn printable(text: &str) -> String {
    let escaped = |c: char| if c.is_control() { c.escape_unicode().to_string() } else { c.into() };
    text.chars().map(escaped).collect()
}

fn secret(secret: &Secret) -> String {
    match secret {
        Secret::Blank => "blank".to_owned(),
        Secret::Nt(_) => "nt".to_owned(),
        Secret::Hash(hash) => format!("{}, {}", hash.setting.scheme().id(), hash.setting.cost()),
        Secret::Clear(_) => "clear".to_owned(),
        _ => panic!("a new kind of secret"),
    }
}

fn marks(credential: &Credential) -> Vec<String> {
    let mut marks = Vec::new();
    if credential.previous > 0 {
        marks.push(format!("previous {}", credential.previous));
    }
    match credential.kind {
        AccountKind::Person => {}
        AccountKind::Machine => marks.push("machine".to_owned()),
        AccountKind::Service => marks.push("service".to_owned()),
    }
    if credential.status == AccountStatus::Disabled {
        marks.push("disabled".to_owned());
    }
    if credential.privileged {
        marks.push("privileged".to_owned());
    }
    match credential.lm {
        Lm::Absent => {}
        Lm::Short => marks.push("LM of 7 at most".to_owned()),
        Lm::Whole => marks.push("LM".to_owned()),
    }
    marks
}

/// The passwords of a system by account; others that are stored somewhere are under no name.
fn passwords(system: &str) -> HashMap<String, Vec<String>> {
    let mut passwords: HashMap<String, Vec<String>> = HashMap::new();
    let table = fs::read_to_string(folder().join("passwords.tsv")).unwrap();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let [of, account, password] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        if of == system || of.is_empty() {
            passwords.entry(account.to_owned()).or_default().push(password.to_owned());
        }
    }
    passwords
}

/// Whether a password is the one that is stored.
fn is(secret: &Secret, password: &str) -> bool {
    let matches = |hash: &Hash| {
        let mut hasher = match hash.setting.hasher(&Limits::default()) {
            // Only there by grace of the platform's libxcrypt.
            Err(HashError::NeedsLibcrypt { scheme: Scheme::GostYescrypt }) => return true,
            hasher => hasher.unwrap(),
        };
        hasher.matches(&hash.digest, password.as_bytes()).unwrap()
    };
    match secret {
        Secret::Blank => password.is_empty(),
        Secret::Nt(digest) => {
            let digits = format!("{:032x}", u128::from_be_bytes(*digest));
            matches(&Hash::unsalted(Scheme::Nt, digits.as_bytes()).unwrap())
        }
        Secret::Hash(hash) => matches(hash),
        Secret::Clear(clear) => clear.expose() == Some(password),
        _ => panic!("a new kind of secret"),
    }
}

/// Reads an export, compares it with what it must be read as, and each of its hashes with the
/// password that it was made of.
#[track_caller]
fn check_with(file: &str, system: &str, options: &ReadOptions) {
    let export = read(file, options);
    let expected = snapbox::Data::read_from(&folder().join(format!("{file}.read")), None);
    snapbox::assert_data_eq!(shown(&export), expected.raw());

    let passwords = passwords(system);
    for credential in &export.credentials {
        let account = export.text(credential.account);
        let login = account.rsplit_once('\\').map_or(account, |(_, login)| login);
        let login = login.split_once('@').map_or(login, |(login, _)| login);
        // Oracle writes names in capitals.
        let own = passwords.get(&login.to_lowercase()).filter(|_| credential.previous == 0);
        let is_anybodys = login.starts_with("line ");
        let anybodys = passwords.values().filter(|_| is_anybodys).flatten();
        let others = passwords.get("").into_iter().chain(own).flatten();
        let right = others.chain(anybodys).any(|password| is(&credential.secret, password));
        let is_blank = matches!(credential.secret, Secret::Blank);
        let place = format!("{file}:{}: {account}", credential.line);
        assert!(right || is_blank, "{place}: of none of the passwords");
    }
}

#[track_caller]
fn check(file: &str, system: &str) {
    check_with(file, system, &ReadOptions::default());
}

#[test]
fn windows() {
    check("network.ntds", "network");
    check("room12.sam", "network");
    check("network.csv", "network");
    check("smbpasswd", "network");
    check("latin1.ntds", "network");
    check("samba-ad.ldif", "network");
}

#[test]
fn what_other_programs_write_of_a_domain() {
    check("dcsync.txt", "network");
    check("network.ntds.kerberos", "network");
    check("krb5db.txt", "network");
    check("entra.csv", "network");
}

#[test]
fn hexadecimal_digits_alone_need_a_word() {
    check("views.txt", "network");
    let assumed = ReadOptions { assume: Some(Scheme::Nt), ..ReadOptions::default() };
    let export = read("views.txt", &assumed);
    let (named, bare) = (&export.credentials[7], &export.credentials[8]);
    assert_eq!((export.text(named.account), export.text(bare.account)), ("rkowalski", "line 10"));
    assert!(is(&named.secret, "Kowalski1!") && is(&bare.secret, "9Zx!mWq2"));
}

#[test]
fn unix() {
    check("server.shadow", "server");
    check("master.passwd", "server");
    check("htpasswd", "portal");
    check("old.shadow", "server");
    check("macos.txt", "server");
    check("dovecot.users", "directory");
    check("switch.cfg", "server");
}

#[test]
fn a_passwd_beside_a_shadow_gives_names_and_kinds() {
    let passwd = Some(fs::read(folder().join("server.passwd")).unwrap());
    let export = read("server.shadow", &ReadOptions { passwd, ..ReadOptions::default() });
    let of = |login: &str| {
        let is = |credential: &&Credential| export.text(credential.account) == login;
        let credential = export.credentials.iter().find(is).unwrap();
        let names: Vec<&str> = export.names(credential).collect();
        (names, credential.kind, credential.privileged)
    };
    assert_eq!(of("kharper"), (vec!["Kate Harper"], AccountKind::Person, false));
    assert_eq!(of("znibhriain"), (vec!["Zoë Ní Bhriain"], AccountKind::Person, false));
    assert_eq!(of("www-data").1, AccountKind::Service);
    assert_eq!(of("root"), (vec!["root"], AccountKind::Person, true));
    assert_eq!(of("visitor"), (vec![], AccountKind::Person, false));
}

#[test]
fn directories() {
    check("directory.ldif", "directory");
    check("opendj.ldif", "directory");
}

#[test]
fn web() {
    check("portal.json", "portal");
    check("pairs.txt", "portal");
    check("website.csv", "portal");
    check("drupal.csv", "portal");
    check("laravel.tsv", "portal");
    check("forum.json", "portal");
}

#[test]
fn databases() {
    check("postgresql.csv", "portal");
    check("psql.txt", "portal");
    check("roles.sql", "portal");
    check("logins.sql", "portal");
    check("show-create-user.sql", "portal");
    check("userlist.txt", "portal");
    check("mysql.tsv", "portal");
    check("mariadb.tsv", "portal");
    check("sqlserver.csv", "portal");
    check("oracle.csv", "portal");
}

#[test]
fn products() {
    check("realm.json", "portal");
    check("aspnet.csv", "portal");
    check("nextcloud.tsv", "portal");
    check("joomla.csv", "portal");
    check("koha.tsv", "portal");
    check("moodle.tsv", "portal");
    check("gibbon.csv", "portal");
    check("grafana.csv", "portal");
    check("gitlab.csv", "portal");
    check("gitea.csv", "portal");
    check("flask.csv", "portal");
}

#[test]
fn salts_in_a_column() {
    check("own-app.csv", "portal");
    let assumed = ReadOptions { assume: Some(Scheme::Md5), ..ReadOptions::default() };
    let export = read("own-app.csv", &assumed);
    let md5 = export.credentials.iter().find(|one| export.text(one.account) == "lchen").unwrap();
    assert!(is(&md5.secret, "Chelsea1905!"));
}

#[test]
fn faults() {
    check("faults.txt", "network");
    check("net-user.txt", "network");
    check("no-hashes.csv", "network");
}
