use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use strongpass_report::{Block, List, Moment, Readers, Responsibility, page};

use super::*;
use crate::accounts::{Listed, PersonDetails};
use crate::report::{ExportSummary, Severity};

const SYSTEMS: [&str; 4] = ["network", "server", "email", "web"];

fn finding(person: u32, system: &str, kind: FindingKind) -> AuditFinding {
    AuditFinding {
        account: format!("p{person}"),
        system: system.into(),
        person,
        kind,
        rules: Vec::new(),
        how: None,
        found_by: None,
        group: (kind == FindingKind::Shared).then_some(3),
        systems: if kind == FindingKind::Reused { vec!["email".into()] } else { Vec::new() },
        seen: None,
        scheme: None,
        cost: None,
        severity: Severity::new(kind.ease(), false, false),
        disabled: false,
        privileged: false,
        kind_of_account: None,
    }
}

/// People of these roles, with an account each on these systems, and these findings.
fn report(
    roles: &[&str],
    systems: &[&str],
    findings: Vec<AuditFinding>,
    is_listed: bool,
) -> Report {
    let persons = (0..).zip(roles).map(|(number, role)| {
        let address = ["1 Mill Lane", "Flat 2", "Rear", "Kent", "Margate", "CT9 1AA"];
        let details = PersonDetails {
            first_name: Some("Zebedee".into()),
            last_name: Some(format!("Quillfeather-{number}")),
            role: Some((*role).to_owned()),
            email: Some(format!("p{number}@school.example")),
            address: address.map(str::to_owned).into(),
            ..PersonDetails::default()
        };
        let accounts = systems.iter().map(|on| ((*on).into(), format!("p{number}"))).collect();
        ListedPerson { number, details, accounts }
    });
    let export = |system: &&str| ExportSummary {
        system: (*system).to_owned(),
        file: "file".into(),
        formats: Vec::new(),
        lines: 0,
        accounts: roles.len(),
        former: 0,
        skipped: Vec::new(),
    };
    let mut findings = findings;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Report {
        exports: systems.iter().map(export).collect(),
        coverage: Vec::new(),
        findings,
        persons: u32::try_from(roles.len()).unwrap(),
        crowds: 0,
        listed: is_listed.then(|| Listed { persons: persons.collect(), unlisted: 0, absent: 0 }),
        asked_breached: false,
        extent: crate::report::Extent::default(),
        interrupted: false,
    }
}

fn header() -> Header {
    let made = Moment::from_unix_seconds(1_795_305_600);
    Header::new(&Responsibility::default(), made, "to test", Vec::new(), Vec::new())
}

fn document(report: &Report, merge_small: bool) -> Document {
    Telling::new(report, &Names::default(), None, merge_small).document(&header(), None)
}

/// All that is told without names.
fn told_to_all(document: &Document) -> String {
    let sections = document.sections.iter().filter(|section| section.readers == Readers::All);
    // As it is told, not as it is kept.
    let told = Document {
        school: None,
        title: String::new(),
        answer: document.answer.clone(),
        header: header(),
        sections: Vec::new(),
    };
    let mut text = page(&told);
    for section in sections {
        let Section { title, readers, blocks } = section;
        text.extend([title.as_str(), if *readers == Readers::All { " all" } else { " few" }]);
        for block in blocks {
            if let Block::Figures(figures) = block {
                text.extend(figures.iter().map(|figure| figure.shown() + &figure.label));
            } else if let Block::Bars(bars) = block {
                text.extend(bars.rows.iter().map(|bar| {
                    let count = bar.count;
                    let told = (bars.count(count), bars.share(count), bars.length(count));
                    format!("{} {told:?}", bar.label)
                }));
            } else {
                text.extend([format!("{block:?}")]);
            }
        }
    }
    text
}

fn list(document: &Document) -> &List {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let mut lists =
        blocks.filter_map(|block| if let Block::List(list) = block { Some(list) } else { None });
    lists.next().unwrap()
}

/// 90 people on four systems, each with three findings on each.
fn school() -> (Vec<&'static str>, Vec<AuditFinding>) {
    let roles = (0..90).map(|n| if n < 60 { "Teacher" } else { "Pupil" }).collect();
    let kinds = [FindingKind::Guessed, FindingKind::Shared, FindingKind::Reused];
    let findings = (0..90).flat_map(|person| {
        SYSTEMS.iter().flat_map(move |system| kinds.map(|kind| finding(person, system, kind)))
    });
    (roles, findings.collect())
}

#[test]
fn ninety_people_are_ninety_figures_and_ninety_rows() {
    let (roles, findings) = school();
    let report = report(&roles, &SYSTEMS, findings, true);
    let document = document(&report, false);
    assert_eq!(document.answer, "All 90 people need another password.");
    let list = list(&document);
    assert_eq!(list.rows.len(), 90);
    assert_eq!(
        list.columns,
        ["Name", "Role", "Account", "network", "server", "email", "web", "When"]
    );
    let first = &list.rows[0].cells;
    let expected = [
        "Zebedee Quillfeather-0",
        "Teacher",
        "p0",
        "G S3 R",
        "G S3 R",
        "G S3 R",
        "G S3 R",
        "this week",
    ];
    assert_eq!(first, &expected);
    // Each code that is used is explained, and no other.
    let codes: Vec<&str> = list.key.iter().map(|code| code.sign).collect();
    assert_eq!(codes, ["G", "S", "R"]);
    let text = told_to_all(&document);
    assert!(text.contains("\"Teacher\", \"60\", \"60\", \"0\", \"0\""), "{text}");
    assert!(text.contains("For governors: the stored passwords of 90 people on 4 systems"));
    assert!(!text.contains("Quillfeather"), "{text}");
}

#[test]
fn without_a_list_of_people_accounts_are_counted() {
    let (roles, findings) = school();
    let report = report(&roles, &SYSTEMS, findings, false);
    let document = document(&report, false);
    assert_eq!(document.answer, "All 360 accounts need another password.");
    let list = list(&document);
    // One name of an account on four systems is one row.
    assert_eq!(list.rows.len(), 90);
    assert_eq!(list.columns, ["Account", "network", "server", "email", "web", "When"]);
    let letters = Telling::new(&report, &Names::default(), None, false).letters().into_bytes();
    assert_eq!(String::from_utf8(letters).unwrap().lines().count(), 361);
}

#[test]
fn a_person_gets_one_letter_with_an_address() {
    let (roles, findings) = school();
    let report = report(&roles, &SYSTEMS, findings, true);
    let letters = Telling::new(&report, &Names::default(), None, false).letters().into_bytes();
    let letters = String::from_utf8(letters).unwrap();
    assert_eq!(letters.lines().count(), 91);
    let first = letters.lines().nth(1).unwrap();
    let begin = "p0,\"network; server; email; web\",this week,\"On network, server, email, web: Your \
                 password can be guessed. On";
    assert!(first.starts_with(begin), "{first}");
    let end = "Zebedee Quillfeather-0,Teacher,p0@school.example,1 Mill Lane,Flat 2,Rear,Kent,\
               \"Margate, CT9 1AA\"";
    assert!(first.ends_with(end), "{first}");
    // It never says with whom somebody shares a password.
    assert!(!letters.contains("S3") && !letters.contains("group"));
    let names = Names::pseudonyms(&report);
    let telling = Telling::new(&report, &names, None, false);
    let letters = String::from_utf8(telling.letters().into_bytes()).unwrap();
    let page = page(&telling.document(&header(), None));
    for text in [letters, page, String::from_utf8(telling.csv().into_bytes()).unwrap()] {
        assert!(!text.contains("Quillfeather") && !text.contains("Mill Lane"), "{text}");
    }
}

#[test]
fn who_must_act_stands_before_what_changed() {
    let (roles, findings) = school();
    let report = report(&roles, &SYSTEMS, findings, true);
    let earlier = br#"{"version":1,"header":{"made":"2026-06-01T08:00:00Z"},"findings":[]}"#;
    let earlier = crate::Earlier::from_bytes(earlier);
    let Ok(earlier) = earlier else { panic!("{earlier:?}") };
    let names = Names::default();
    let earlier = [earlier];
    let changes = Changes::since(&earlier, &report).unwrap();
    let telling = Telling::new(&report, &names, Some(&changes), false);
    let document = telling.document(&header(), None);
    let titles: Vec<&str> = document.sections.iter().map(|it| it.title.as_str()).collect();
    let place = |title: &str| titles.iter().position(|it| *it == title).unwrap();
    assert!(place("Who must act") < place("Since the last audit"), "{titles:?}");
    assert!(place("What to do") < place("Who must act"), "{titles:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]
    /// Every school of these sizes is told; among those that are told alike, no count from 1 to 4 is
    /// the only one possible, whatever is added up or taken away.
    #[test]
    fn merged_counts_are_not_worked_out(
        teachers in 20_usize..24,
        pupils in 10_usize..13,
        blank in any::<bool>(),
        is_listed in any::<bool>(),
    ) {
        let grave = if blank { FindingKind::Blank } else { FindingKind::Guessed };
        let roles: Vec<&str> = std::iter::repeat_n("Teacher", teachers)
            .chain(std::iter::repeat_n("Pupil", pupils))
            .collect();
        let mut alike: BTreeMap<String, Vec<BTreeSet<usize>>> = BTreeMap::new();
        let all = (0..=teachers).flat_map(|a| (0..=pupils).map(move |b| (a, b)));
        for (of_teachers, of_pupils) in all {
            for week in [0, 1, 3, 4, 9, 14, of_teachers + of_pupils] {
                let concerned = of_teachers + of_pupils;
                if week > concerned {
                    continue;
                }
                let members = (0..of_teachers).chain(teachers..teachers + of_pupils);
                let findings = members.enumerate().map(|(number, person)| {
                    let kind = if number < week { grave } else { FindingKind::Reused };
                    finding(u32::try_from(person).unwrap(), "network", kind)
                });
                let report = report(&roles, &["network", "email"], findings.collect(), is_listed);
                let total = if is_listed { roles.len() } else { 2 * roles.len() };
                let counts = [of_teachers, of_pupils, week, concerned - week, total - concerned];
                let sets = alike.entry(told_to_all(&document(&report, true)));
                let sets = sets.or_insert_with(|| vec![BTreeSet::new(); counts.len()]);
                for (set, count) in sets.iter_mut().zip(counts) {
                    set.insert(count);
                }
            }
        }
        prop_assert!(alike.len() > 4, "{}", alike.len());
        for (told, sets) in alike {
            for set in sets {
                let only = set.first().filter(|_| set.len() == 1);
                prop_assert!(only.is_none_or(|count| !(1..5).contains(count)), "{:?} {}", set, told);
            }
        }
    }
}
