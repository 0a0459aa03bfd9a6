//! What is said of two audits of which the truth is known: never "fixed" of what did not change, never
//! "new" of what was there.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use base64ct::{Base64, Encoding as _};
use proptest::prelude::*;
use serde_json::Value;
use strongpass_audit::{
    Audit, Bounds, Changes, Checkpoint, Earlier, Export, HashcatRule, Names, People, ReadOptions,
    Report, ReportJson, Shapes, Stage, Words,
};
use strongpass_breached::{BreachScheme, Seen};
use strongpass_hash::{Hash, InstructionSet, Limits, Scheme, Setting};
use strongpass_policy::{Dictionary, Policy, WordList};
use strongpass_report::{Header, Moment, Responsibility};
use strongpass_tables::headings::ChosenColumns;

/// Systems whose hashes have no salt, a salt and no salt again.
const SYSTEMS: [&str; 4] = ["network", "email", "web", "room"];

/// Accounts of five people on each system; one has another name in email, and on the network there
/// are two of one person.
const ACCOUNTS: [[&str; 5]; 4] = [
    ["awren", "bfinch", "cteal", "dlark", "dlark.admin"],
    ["awren", "b.finch", "cteal", "dlark", "ekite"],
    ["awren", "bfinch", "ct", "dlark", "ekite"],
    ["awren", "bfinch", "cteal", "dlark", "ekite"],
];

const PEOPLE: &str = "person,account,first name,last name\n\
    1,awren,Anna,Wren\n2,bfinch;email=b.finch,Bea,Finch\n3,cteal;web=ct,Cora,Teal\n\
    4,dlark;dlark.admin,Dan,Lark\n5,ekite,Eve,Kite\n";

/// Passwords: the first ones are words in shapes, then names of people, near copies of others,
/// none, and those that nobody guesses.
const PASSWORDS: [&str; 22] = [
    "kestrel",
    "Kestrel1",
    "margate",
    "Margate1!",
    "Badger",
    "badger1",
    "Ramsgate1!",
    "Kestrel",
    "Wren1!",
    "Finch1",
    "Anna",
    "cteal",
    "Dlark1!",
    "Hobby1!",
    "Kestrel2",
    "Margate2!",
    "awren1!",
    "",
    "vT7$kq2zPw",
    "9fGh+oqaMx",
    "unlisted~1",
    "unlisted~2",
];
const WORDS: usize = 8;
const STRONG: usize = 18;

/// What the list of breached passwords has.
const LISTED: [&str; 4] = ["kestrel", "9fGh+oqaMx", "Wren1!", "Margate2!"];

/// What one system has at one time: by account the number of a password, and of its salt.
type Stored = [Option<(usize, u32)>; 5];

/// What is audited, and how far.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that may differ")]
struct Run {
    systems: [bool; 4],
    /// The names in the exports are others.
    renamed: bool,
    people: bool,
    guesses: Option<u64>,
    /// It is stopped after so many time slices, and taken up again or not.
    stopped: Option<usize>,
    taken_up: bool,
    list: Option<bool>,
    other_words: bool,
}

fn run() -> impl Strategy<Value = Run> {
    let guesses = prop_oneof![Just(None), (0_u64..60).prop_map(Some), Just(Some(20))];
    let stopped = prop_oneof![2 => Just(None), 1 => (1_usize..40).prop_map(Some)];
    let systems = prop::array::uniform4(prop::bool::weighted(0.8));
    let rare = || prop::bool::weighted(0.15);
    let list = prop::option::of(rare());
    (systems, rare(), any::<bool>(), guesses, stopped, any::<bool>(), list, rare()).prop_map(
        |(mut systems, renamed, people, guesses, stopped, taken_up, list, other_words)| {
            systems[0] |= systems == [false; 4];
            Run { systems, renamed, people, guesses, stopped, taken_up, list, other_words }
        },
    )
}

/// The passwords of a system, then and now.
fn stored() -> impl Strategy<Value = (Stored, Stored)> {
    let account = (
        prop::option::weighted(0.9, 0..PASSWORDS.len()),
        prop_oneof![3 => Just(None), 2 => prop::option::weighted(0.9, 0..PASSWORDS.len()).prop_map(Some)],
        any::<bool>(),
    );
    prop::array::uniform5(account).prop_map(|accounts| {
        let then = accounts.map(|(password, _, _)| password.map(|password| (password, 0)));
        let now = accounts.map(|(password, change, salted_anew)| {
            let new = change.unwrap_or(password)?;
            Some((new, u32::from(salted_anew || change.is_some())))
        });
        (then, now)
    })
}

fn hashed(system: usize, account: usize, (password, salt): (usize, u32)) -> String {
    let password = PASSWORDS[password].as_bytes();
    let digest = |setting: &Setting| {
        let mut digest = Vec::new();
        let mut hasher = setting.hasher(&Limits::default()).unwrap();
        hasher.digests(&[password], &mut |_, bytes| digest = bytes.to_vec()).unwrap();
        digest
    };
    let unsalted = |scheme| digest(&Setting::unsalted(scheme).unwrap());
    match system {
        0 | 3 => {
            let digest = unsalted(Scheme::Nt);
            digest.iter().fold("$NT$".to_owned(), |text, byte| format!("{text}{byte:02x}"))
        }
        1 => {
            let before = format!("pbkdf2_sha256$1$salt{account}x{salt}$");
            let empty = format!("{before}{}", Base64::encode_string(&[0; 32]));
            let setting = Hash::parse(empty.as_bytes()).unwrap().setting;
            before + &Base64::encode_string(&digest(&setting))
        }
        _ => format!("{{SHA}}{}", Base64::encode_string(&unsalted(Scheme::Sha1))),
    }
}

fn exports(run: &Run, stored: &[Stored; 4]) -> Vec<Export> {
    let audited = (0..4).filter(|system| run.systems[*system]);
    let exports = audited.map(|system| {
        let mut file = String::from("username,name,password\n");
        for (account, password) in stored[system].iter().enumerate() {
            let Some(password) = password else { continue };
            let name = if run.renamed { "Rae Hobby" } else { "Ivy Owl" };
            let hash = hashed(system, account, *password);
            writeln!(file, "{},{name},{hash}", ACCOUNTS[system][account]).unwrap();
        }
        // A system without accounts would be no export.
        writeln!(file, "zz,Zed,{}", hashed(system, 9, (STRONG + 2, 0))).unwrap();
        let name = SYSTEMS[system];
        let export = Export::read(name, name, file.into_bytes(), &ReadOptions::default());
        assert!(export.skipped.is_empty(), "{:?}", export.skipped);
        export
    });
    exports.collect()
}

fn stages(run: &Run) -> Vec<Stage> {
    let words = ["kestrel", "margate", "badger", "ramsgate"];
    let others = ["margate", "kestrel"];
    let words: &[&str] = if run.other_words { &others } else { &words };
    let rules = [":", "c", "$1", "c$1", "c$1$!"];
    let rules = rules.iter().map(|rule| HashcatRule::parse(rule).unwrap());
    let words = Words::listed(words.iter().copied());
    vec![Stage { words, shapes: Shapes::listed(rules.collect()), personal: true }]
}

fn audit(run: &Run, stored: &[Stored; 4]) -> Report {
    let exports = exports(run, stored);
    let people = if run.people { PEOPLE } else { "account\nnobody\n" };
    let (people, _) = People::read(people.as_bytes(), &ChosenColumns::default()).unwrap();
    let dictionary: Dictionary = {
        let mut list = WordList::compiler();
        list.add_line(strongpass_policy::List::Place, "margate\t300").unwrap();
        WordList::open(list.finish().unwrap()).unwrap().into()
    };
    let (policy, stages) = (Policy::birchington(), stages(run));
    let audit = Audit {
        exports: &exports,
        people: &people,
        policy: &policy,
        dictionary: &dictionary,
        stages: &stages,
        limits: Limits::default(),
        instructions: InstructionSet::best(),
    };
    let mut look_up = |digests: &[u8], found: &mut dyn FnMut(usize, Seen)| {
        let nt = Setting::unsalted(Scheme::Nt).unwrap();
        let mut hasher = nt.hasher(&Limits::default()).unwrap();
        for listed in LISTED.iter().skip(usize::from(run.list == Some(true))) {
            hasher
                .digests(&[listed.as_bytes()], &mut |_, listed| {
                    for (number, digest) in digests.chunks(16).enumerate() {
                        if digest == listed {
                            found(number, Seen::exactly(7));
                        }
                    }
                })
                .unwrap();
        }
        Ok::<(), Infallible>(())
    };
    let mut go = |stopped: Option<usize>, resume: Option<&Checkpoint>| {
        let stop = AtomicBool::new(false);
        let (mut slices, mut last) = (0, None);
        let bounds = Bounds { guesses: run.guesses, stop: &stop };
        let look_up: &mut strongpass_audit::LookUp<'_, Infallible> = &mut look_up;
        let breached = run.list.is_some().then_some((BreachScheme::Nt, look_up));
        let report = audit.run(&bounds, resume, breached, &mut |_, checkpoint| {
            slices += 1;
            if stopped == Some(slices) {
                last = Some(checkpoint());
                stop.store(true, Ordering::Relaxed);
            }
        });
        (report.unwrap(), last)
    };
    let mut report = match go(run.stopped, None) {
        (_, Some(checkpoint)) if run.taken_up => go(None, Some(&checkpoint)).0,
        (report, _) => report,
    };
    if let Some(other) = run.list {
        report.name_breached_list(format!("list {other}"));
    }
    report
}

fn json(report: &Report, day: u64) -> Vec<u8> {
    let made = Moment::from_unix_seconds(day * 86_400);
    let header = Header::new(&Responsibility::default(), made, "to test", vec![], vec![]);
    serde_json::to_vec(&ReportJson::new(report, &header, &Names::default(), None)).unwrap()
}

/// What is called fixed and new, as (account, system, kind, group, systems).
fn changes(before: &[u8], now: &Report) -> Value {
    let earlier = [Earlier::from_bytes(before).unwrap()];
    serde_json::to_value(Changes::since(&earlier, now).unwrap()).unwrap()
}

/// The place of the account of a finding.
fn place(finding: &Value) -> (usize, usize) {
    let system = SYSTEMS.iter().position(|name| finding["system"] == *name).unwrap();
    (system, ACCOUNTS[system].iter().position(|name| finding["account"] == *name).unwrap_or(9))
}

/// What is untrue of findings that only the first of two audits has, and that are called gone in the
/// second.
fn untrue(
    gone: &Value,
    findings: &[Value],
    run: &Run,
    here: &[Stored; 4],
    there: &[Stored; 4],
) -> Vec<String> {
    let password = |stored: &[Stored; 4], (system, account): (usize, usize)| {
        stored[system].get(account).copied().flatten().map(|(password, _)| password)
    };
    let person = |(system, account): (usize, usize)| {
        let names = if run.people { &ACCOUNTS[3] } else { &ACCOUNTS[system] };
        let same = run.people && system == 0 && account == 4;
        names.get(if same { 3 } else { account }).copied().unwrap_or("zz")
    };
    let is_same = |place| password(here, place) == password(there, place);
    let mut untrue = Vec::new();
    for finding in gone.as_array().unwrap() {
        let own = place(finding);
        let others = || findings.iter().filter(|other| other["kind"] == finding["kind"]);
        let bad = match finding["kind"].as_str().unwrap() {
            "guessed" | "name" | "blank" | "breached" => is_same(own),
            "shared" => {
                is_same(own)
                    && others().any(|other| {
                        other["group"] == finding["group"]
                            && place(other) != own
                            && is_same(place(other))
                    })
            }
            "reused" => {
                is_same(own)
                    && others().any(|other| {
                        let system =
                            finding["systems"].as_array().unwrap().contains(&other["system"]);
                        let other = place(other);
                        system && other.0 != own.0 && person(other) == person(own) && is_same(other)
                    })
            }
            // Nobody changes how systems store passwords.
            _ => true,
        };
        if bad || password(there, own).is_none() && own.1 != 9 {
            untrue.push(finding.to_string());
        }
    }
    untrue
}

fn findings(report: &[u8]) -> Vec<Value> {
    let report: Value = serde_json::from_slice(report).unwrap();
    report["findings"].as_array().unwrap().clone()
}

fn told(changes: &Value, what: &str) -> BTreeSet<(String, String)> {
    let findings = changes[what].as_array().unwrap().iter();
    let guessed =
        findings.filter(|finding| ["guessed", "name"].iter().any(|k| finding["kind"] == *k));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    guessed.map(|finding| (text(&finding["account"]), text(&finding["system"]))).collect()
}

fn time(stored: &[(Stored, Stored); 4]) -> ([Stored; 4], [Stored; 4]) {
    (stored.each_ref().map(|(then, _)| *then), stored.each_ref().map(|(_, now)| *now))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn nothing_unchanged_is_fixed_or_new(
        stored in prop::array::uniform4(stored()),
        (first, second) in (run(), run()),
    ) {
        let (then, now) = time(&stored);
        let (before, after) = (audit(&first, &then), audit(&second, &now));
        let (before, written) = (json(&before, 20_000), json(&after, 20_100));
        let changes = changes(&before, &after);
        let fixed = untrue(&changes["fixed"], &findings(&before), &first, &then, &now);
        prop_assert!(fixed.is_empty(), "not fixed: {fixed:#?}");
        let new = untrue(&changes["new"], &findings(&written), &second, &now, &then);
        prop_assert!(new.is_empty(), "not new: {new:#?}");
    }

    #[test]
    fn all_that_changed_is_told_where_both_looked_as_far(
        stored in prop::array::uniform4(stored()),
        like in run(),
    ) {
        let (then, now) = time(&stored);
        let run = Run {
            systems: [true; 4], renamed: false, guesses: None, stopped: None, other_words: false, ..like
        };
        let (before, after) = (audit(&run, &then), audit(&run, &now));
        let changes = changes(&json(&before, 20_000), &after);
        let (fixed, new) = (told(&changes, "fixed"), told(&changes, "new"));
        for system in 0..4 {
            for account in 0..5 {
                let (Some((was, _)), Some((is, _))) = (then[system][account], now[system][account])
                else { continue };
                let name = (ACCOUNTS[system][account].to_owned(), SYSTEMS[system].to_owned());
                if was < WORDS && is >= STRONG {
                    prop_assert!(fixed.contains(&name), "{name:?} is fixed: {changes:#}");
                }
                if was >= STRONG && is < WORDS {
                    prop_assert!(new.contains(&name), "{name:?} is new: {changes:#}");
                }
            }
        }
    }
}
