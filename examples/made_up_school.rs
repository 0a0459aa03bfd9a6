//! Writes the exports of a made-up school: `made_up_school FOLDER PEOPLE [SEED]`.
//!
//! The same people have accounts on four systems: `network.ntds` (NT hashes), `server.shadow`
//! (sha512crypt), `email.ldif` ({SSHA}) and `web.csv` (PBKDF2 as Django writes it). `people.csv` says
//! who they are, and `truth.csv` which of their passwords are the same, nearly the same, and of
//! which kind. Nobody's name, password or hash is in it.
//!
//! What people choose: a frequent password, a word, a name or a place (one that is twice as frequent
//! is chosen twice as often), a string that no list of ours has, or a random one. They complete it
//! to satisfy "numbers, letters and symbols": mostly with a capital, a number that means something
//! to them (one, the year they were born in, a recent year, 123) or does not, and a symbol, half of
//! the time `!`. On another system 45 in 100 have the same, 20 nearly the same, the others one of
//! its own.

#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::format_collect,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "an example for tests and benches; it may panic"
)]

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use base64ct::{Base64, Encoding};
use md4::{Digest, Md4};
use sha1::Sha1;
use sha2::Sha256;

#[path = "../tests/corpus/mod.rs"]
mod corpus;

use corpus::Seeded;

const NAMES: &str = include_str!("../wordlists/names.txt");
const PASSWORDS: &str = include_str!("../wordlists/passwords.txt");
const WORDS: &str = include_str!("../wordlists/words.txt");
const PLACES: &str = include_str!("../wordlists/places.txt");

/// Iterations of PBKDF2: as many as Django had in 2012, so that a school is made within seconds.
const ITERATIONS: u32 = 10_000;

/// The heading of the list of people.
const PEOPLE: &str =
    "person,first name,last name,network,server,email,web,role,address 1,address 2,postcode";

const SYSTEMS: [&str; 4] = ["network", "server", "email", "web"];

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| args.get(at).and_then(|text| text.parse::<u64>().ok());
    let (Some(folder), Some(people)) = (args.first(), number(1)) else {
        eprintln!("made_up_school FOLDER PEOPLE [SEED]");
        std::process::exit(2);
    };
    let mut school = School::new(number(2).unwrap_or(1));
    let mut files: [Vec<u8>; 6] = Default::default();
    writeln!(files[3], "username,email,password")?;
    writeln!(files[4], "{PEOPLE}")?;
    writeln!(files[5], "account,system,kind,like network")?;
    for id in 0..people {
        school.person(id, &mut files)?;
    }
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    let names =
        ["network.ntds", "server.shadow", "email.ldif", "web.csv", "people.csv", "truth.csv"];
    for (name, bytes) in names.iter().zip(&files) {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}

/// Lines of a list, by rank.
struct Ranked(Vec<&'static str>);

impl Ranked {
    /// Lines of `list` that are letters only, the most frequent first.
    fn new(list: &'static str, most: usize) -> Self {
        let mut lines: Vec<(u32, &str)> = list
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(word, rank)| Some((rank.parse().ok()?, word)))
            .filter(|(_, word)| word.len() >= 4 && word.bytes().all(|b| b.is_ascii_alphabetic()))
            .collect();
        lines.sort_unstable();
        lines.truncate(most);
        Self(lines.into_iter().map(|(_, word)| word).collect())
    }

    /// Zipf's law: the n-th is chosen in proportion to 1/n.
    fn choose(&self, s: &mut Seeded) -> &'static str {
        let share = s.below(1 << 20) as f64 / f64::from(1 << 20);
        let rank = (self.0.len() as f64).powf(share) - 1.0;
        self.0[rank as usize]
    }
}

/// A base as people complete it.
fn complete(s: &mut Seeded, base: &str) -> String {
    let mut base = base.to_owned();
    match s.below(100) {
        0..=69 => base[..1].make_ascii_uppercase(),
        70..=74 => base.make_ascii_uppercase(),
        75..=79 => {
            base[..1].make_ascii_uppercase();
            let (letter, look) = [("a", "@"), ("o", "0"), ("e", "3"), ("i", "1")][s.below(4)];
            base = base.replacen(letter, look, 1);
        }
        _ => {}
    }
    let number = match s.below(100) {
        0..=14 => "1".to_owned(),
        15..=29 => s.below(10).to_string(),
        30..=39 => format!("{:02}", s.below(100)),
        40..=54 => format!("{:02}", (55 + s.below(50)) % 100),
        55..=64 => (2015 + s.below(12)).to_string(),
        65..=74 => (1955 + s.below(50)).to_string(),
        75..=89 => s.of(&["123", "12", "1234"]).to_owned(),
        _ => format!("{:03}", s.below(1000)),
    };
    let symbol = if s.percent(50) { '!' } else { s.char_of("?.@#$*£&-_") };
    match s.below(100) {
        0..=64 => format!("{base}{number}{symbol}"),
        65..=89 => format!("{base}{symbol}{number}"),
        _ => format!("{number}{base}{symbol}"),
    }
}

struct School {
    seeded: Seeded,
    names: Ranked,
    stems: Ranked,
    words: Ranked,
    places: Ranked,
}

impl School {
    fn new(seed: u64) -> Self {
        Self {
            seeded: Seeded::new(seed),
            names: Ranked::new(NAMES, 10_000),
            stems: Ranked::new(PASSWORDS, 20_000),
            words: Ranked::new(WORDS, 40_000),
            places: Ranked::new(PLACES, 4_000),
        }
    }

    /// A password and its kind.
    fn password(&mut self, first: &str, last: &str) -> (String, &'static str) {
        let s = &mut self.seeded;
        match s.below(100) {
            0..=4 => {
                let name = if s.percent(50) { first } else { last };
                (complete(s, name), "personal")
            }
            5..=44 => {
                let stem = self.stems.choose(s);
                (complete(s, stem), "frequent")
            }
            45..=59 => {
                let name = self.names.choose(s);
                (complete(s, name), "name")
            }
            60..=71 => {
                let word = self.words.0[s.below(self.words.0.len())];
                (complete(s, word), "word")
            }
            72..=76 => {
                let place = self.places.choose(s);
                (complete(s, place), "place")
            }
            77..=89 => (corpus::maker("human").expect("a kind")(s), "unlisted"),
            _ => (corpus::random(s, 12), "random"),
        }
    }

    /// Nearly the same: another number, another symbol, something more.
    fn near(&mut self, password: &str) -> String {
        let s = &mut self.seeded;
        let digit = password.rfind(|c: char| c.is_ascii_digit());
        let mut chars: Vec<char> = password.chars().collect();
        match (s.below(4), digit) {
            (0 | 1, Some(at)) => {
                let at = password[..at].chars().count();
                let next = (chars[at].to_digit(10).expect("a digit") + 1) % 10;
                chars[at] = char::from_digit(next, 10).expect("a digit");
            }
            (2, _) => chars.push(s.char_of("!1?2")),
            _ => {
                if let Some(last) = chars.iter_mut().rfind(|c| !c.is_alphanumeric()) {
                    *last = if *last == '!' { '?' } else { '!' };
                }
            }
        }
        chars.into_iter().collect()
    }

    fn person(&mut self, id: u64, files: &mut [Vec<u8>; 6]) -> io::Result<()> {
        let first = self.names.choose(&mut self.seeded);
        let last = self.names.0[self.seeded.below(self.names.0.len())];
        let account = format!("{}{last}{id}", &first[..1]);
        let (network, kind) = self.password(first, last);
        let mut passwords = vec![(network.clone(), kind, "same")];
        for _ in 1..SYSTEMS.len() {
            let choice = self.seeded.below(100);
            passwords.push(if choice < 45 {
                (network.clone(), kind, "same")
            } else if choice < 65 {
                (self.near(&network), kind, "near")
            } else {
                let (own, kind) = self.password(first, last);
                (own, kind, "other")
            });
        }
        let salt: String =
            (0..12).map(|_| self.seeded.char_of("abcdefghijklmnop01234567")).collect();
        let [ntds, shadow, ldif, web, people, truth] = files;
        let secret = |at: usize| passwords[at].0.as_str();
        writeln!(
            ntds,
            "SCHOOL\\{account}:{}:aad3b435b51404eeaad3b435b51404ee:{}:::",
            1000 + id,
            nt(secret(0))
        )?;
        writeln!(shadow, "{account}:{}:19700:0:99999:7:::", sha512crypt(secret(1), &salt))?;
        writeln!(
            ldif,
            "dn: uid={account},ou=people,dc=school,dc=test\nuid: {account}\ncn: {first} {last}\n\
             mail: {account}@school.test\nuserPassword:: {}\n",
            Base64::encode_string(ssha(secret(2), salt.as_bytes()).as_bytes()),
        )?;
        writeln!(web, "{account},{account}@school.test,{}", django(secret(3), &salt))?;
        let role = match id % 10 {
            _ if id == 0 => "Headteacher",
            0 => "Office",
            1..=6 => "Teacher",
            _ => "Teaching assistant",
        };
        writeln!(
            people,
            "{account},{first},{last},{account},{account},{account},{account},{role},{} Mill \
             Lane,Kentbury,KB1 2CD",
            id + 1
        )?;
        for (system, (_, kind, like)) in SYSTEMS.iter().zip(&passwords) {
            writeln!(truth, "{account},{system},{kind},{like}")?;
        }
        Ok(())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn nt(password: &str) -> String {
    let units: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    hex(&Md4::digest(units))
}

fn ssha(password: &str, salt: &[u8]) -> String {
    let mut digest = Sha1::new_with_prefix(password).chain_update(salt).finalize().to_vec();
    digest.extend_from_slice(salt);
    format!("{{SSHA}}{}", Base64::encode_string(&digest))
}

fn django(password: &str, salt: &str) -> String {
    let mut key = [0; 32];
    pbkdf2::pbkdf2_hmac::<Sha256>(password.as_bytes(), salt.as_bytes(), ITERATIONS, &mut key);
    format!("pbkdf2_sha256${ITERATIONS}${salt}${}", Base64::encode_string(&key))
}

fn sha512crypt(password: &str, salt: &str) -> String {
    use sha_crypt::{PasswordHasher, ShaCrypt};
    let hash = ShaCrypt::default().hash_password_with_salt(password.as_bytes(), salt.as_bytes());
    hash.expect("5,000 rounds").to_string()
}
