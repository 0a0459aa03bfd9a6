//! The school's sentence, clause by clause: *a strong password has numbers, letters and symbols,
//! with 8 or more characters, does not contain a dictionary word and is only used on one system.*

#![expect(clippy::string_slice, clippy::unwrap_used, reason = "a test may panic")]

use strongpass_policy::{
    Answer, Context, Dictionary, Likeness, Outcome, Password, Policy, Rule, Use, Uses, Verdict,
};

fn dictionary() -> Dictionary {
    strongpass_wordlists::dictionary().unwrap()
}

fn judge(policy: &Policy, password: &str, context: &Context<'_>) -> Verdict {
    policy.check(&Password::new(password.as_bytes()), &dictionary(), context)
}

fn broken(verdict: &Verdict) -> Vec<&'static str> {
    verdict.violations().iter().map(|violation| violation.rule.id()).collect()
}

#[track_caller]
fn check(password: &str, rules: &[&str]) {
    let verdict = judge(&Policy::birchington(), password, &Context::default());
    assert_eq!(broken(&verdict), rules, "{password}");
}

/// The parts of a password that are reported, with list and disguise.
#[track_caller]
fn finds(password: &str, expected: &[(&str, &str, &str)]) {
    let verdict = judge(&Policy::birchington(), password, &Context::default());
    let matches: Vec<_> = verdict
        .violations()
        .iter()
        .flat_map(strongpass_policy::Violation::matches)
        .map(|m| (&password[m.span.start..m.span.end], m.list.id(), m.disguise.id()))
        .collect();
    assert_eq!(matches, expected, "{password}");
}

#[test]
fn has_8_or_more_characters() {
    check("vT7$kq2", &["length"]);
    check("vT7$kq2z", &[]);
    check("£T7$kqé", &["length"]); // 9 bytes, 7 characters
    check("", &["length", "numbers", "letters", "symbols"]);
}

#[test]
fn has_numbers() {
    check("vTx$kqwz", &["numbers"]);
    check("vTx$kqw٣", &[]); // Arabic-Indic three
    check("vTx$kqw²", &["numbers"]); // no decimal digit
}

#[test]
fn has_letters() {
    check("7394$825", &["letters"]);
    check("7394$8я5", &[]);
}

#[test]
fn has_symbols() {
    check("vT7kkq2z", &["symbols"]);
    for symbol in [" ", "£", "€", "~", "😀", "…"] {
        check(&format!("vT7{symbol}kq2z"), &[]);
    }
}

#[test]
fn does_not_contain_a_dictionary_word() {
    let word = &["dictionary-word"];
    for password in [
        "Football7!",
        "F00tball7!",
        "P@ssw0rd!",
        "llabtoof7!",
        "p.a.s.s.w.o.r.d1",
        "Ma£rgate!1",
        "Рassword1!", // Cyrillic Р
        "Café2026!",
        "Kate!92x",
        "Wr1t3r!9",
        "Birchington1!",
        "Xk9#horse!",
        "pässwörd1A!",
        "Ｐassword1!", // fullwidth P
        "horse-Battery9",
        "9k#Birchington",
    ] {
        check(password, word);
    }
    // As the design has it, without a number.
    check("Ma£rgate!", &["numbers", "dictionary-word"]);
    for password in ["vT7$kq2z", "hG7$kq9z", "9Zx!mWq2", "T4n3#Lq8", "qzcat7!x"] {
        check(password, &[]);
    }
}

#[test]
fn the_part_that_fails_is_named() {
    finds("Football7!", &[("Football", "word", "none")]);
    finds("F00tball7!", &[("F00tball", "word", "substituted")]);
    finds("llabtoof7!", &[("llabtoof", "word", "reversed")]);
    finds("p.a.s.s.w.o.r.d1", &[("p.a.s.s.w.o.r.d", "word", "split")]);
    finds("Ma£rgate!1", &[("Ma£rgate", "place", "split")]);
    finds("Garden47!", &[("Garden", "word", "none")]); // and not "gardena"
    finds("Kate!92x", &[("Kate", "name", "none")]);
    finds("Café2026!", &[("Café", "word", "none"), ("2026", "date", "none")]);
    finds("pässwörd1A!", &[("pässwörd", "word", "none")]);
    finds("horse-Battery9", &[("horse", "word", "none"), ("Battery", "word", "none")]);
    finds("9k#Birchington", &[("Birchington", "place", "none")]);
    finds("zq#Qwertyuiop1", &[("Qwertyuiop", "keyboard", "none")]);
    finds("zq#31/12/1999", &[("31/12/1999", "date", "none")]);
    finds("x!jjjjjjjjjj+", &[("jjjjjjjjjj", "keyboard", "none")]);
}

#[test]
fn short_words_count_only_where_people_write_them() {
    check("9!cat#xz", &["dictionary-word"]); // stands alone
    check("9!xcat#z", &[]);
    check("9!cAt#xz", &[]);
    check("9!zqhorseX", &["dictionary-word"]); // 5 letters: anywhere, any case
    check("9!zqhOrSeX", &["dictionary-word"]);
    check("9!gateXk7", &["dictionary-word"]); // 4 letters: tidy case, no letter beside them
    check("9!zqgateXk", &[]);
    check("9!gAtEXk7", &[]);
    check("9!zqgateXk7Hw3Lp9Rd", &[]); // and not in long passwords
}

#[test]
fn does_not_contain_a_name_of_yours() {
    let context =
        Context::default().account("SCHOOL\\k.qyzvork").name("Kit Qyzvork").system("Arbyx");
    let policy = Policy::birchington();
    assert_eq!(broken(&judge(&policy, "9!qyzvork#", &context)), ["personal"]);
    assert_eq!(broken(&judge(&policy, "9!qyZv0rk#", &context)), Vec::<&str>::new());
    assert_eq!(broken(&judge(&policy, "9!qyzv0rk#", &context)), ["personal"]);
    assert_eq!(broken(&judge(&policy, "9!xarbyx#", &context)), ["personal"]);
    assert_eq!(broken(&judge(&policy, "9!kq7#vTz", &context)), Vec::<&str>::new());
}

#[test]
fn is_only_used_on_one_system() {
    let policy = Policy::birchington();
    let used = |likeness| {
        [Use { system: "the school network".into(), day: "2026-09-01".into(), likeness }]
    };
    let (same, near) = (used(Likeness::Same), used(Likeness::Near));
    let verdict = judge(&policy, "vT7$kq2z", &Context::default().uses(Uses::Known(&same)));
    assert_eq!(broken(&verdict), ["one-system"]);
    assert_eq!(
        verdict.violations()[0].message(),
        "It is already used for the school network (since 2026-09-01)."
    );
    let verdict = judge(&policy, "vT7$kq2z", &Context::default().uses(Uses::Known(&near)));
    assert_eq!(broken(&verdict), ["similar"]);
    let verdict = judge(&policy, "vT7$kq2z", &Context::default().uses(Uses::Known(&[])));
    assert_eq!(verdict.outcome(), Outcome::Accept);
    assert!(verdict.clauses().any(|clause| clause == (Rule::OneSystem, Answer::Met)));
}

#[test]
fn could_not_check_is_never_strong() {
    for (uses, answer, outcome) in [
        (Uses::NotAsked, Answer::NotAsked, Outcome::Accept),
        // "When available" is about a history that nobody set up, not about one that fails.
        (Uses::Unavailable, Answer::Unavailable, Outcome::Unchecked),
    ] {
        let context = Context::default().uses(uses);
        let available = Policy::birchington();
        let verdict = judge(&available, "vT7$kq2z", &context);
        assert_eq!(verdict.outcome(), outcome);
        assert!(verdict.clauses().any(|clause| clause == (Rule::OneSystem, answer)));

        let required = Policy::from_toml("one_system = \"required\"").unwrap();
        assert_eq!(judge(&required, "vT7$kq2z", &context).outcome(), Outcome::Unchecked);
        // A known fault is worth more than an unknown.
        assert_eq!(judge(&required, "horse", &context).outcome(), Outcome::Reject);
        // A policy without the clause does not ask.
        let off = Policy::from_toml("one_system = \"off\"").unwrap();
        let verdict = judge(&off, "vT7$kq2z", &context);
        assert_eq!(verdict.outcome(), Outcome::Accept);
        assert_eq!(verdict.into_unchecked().outcome(), Outcome::Unchecked);
        assert_eq!(judge(&off, "horse", &context).into_unchecked().outcome(), Outcome::Reject);
    }
}

#[test]
fn is_not_nearly_the_old_password() {
    let policy = Policy::birchington();
    let old = Password::new(b"vT7$kq2z91");
    let used = [Use { system: "email".into(), day: "2026-09-01".into(), likeness: Likeness::Near }];
    for uses in
        [Uses::NotAsked, Uses::Unavailable, Uses::Known(&[]), Uses::Known(&used), Uses::Exact(&[])]
    {
        let context = Context::default().uses(uses).old_password(&old);
        for (new, message) in [
            ("vT7$kq2z91", "It is the same as the old password. Make a new one."),
            (
                "vT7$kq2z92",
                "It is nearly the same as the old password. Make a new one. Changing a number or \
                 the ending is easy to guess.",
            ),
        ] {
            let verdict = judge(&policy, new, &context);
            assert_eq!(broken(&verdict), ["similar"], "{uses:?}");
            assert!(verdict.clauses().any(|clause| clause == (Rule::Similar, Answer::Broken)));
            let violation = &verdict.violations()[0];
            assert_eq!(format!("{} {}", violation.message(), violation.remedy()), message);
        }
        // Nor does another password tell that near copies were looked for.
        let before = judge(&policy, "hG4&xr9mJb", &Context::default().uses(uses));
        let verdict = judge(&policy, "hG4&xr9mJb", &context);
        let answers = |verdict: &Verdict| verdict.clauses().collect::<Vec<_>>();
        assert_eq!(answers(&verdict), answers(&before), "{uses:?}");
    }
    let off = Policy::from_toml("one_system = \"off\"").unwrap();
    let verdict = judge(&off, "vT7$kq2z92", &Context::default().old_password(&old));
    assert_eq!(broken(&verdict), Vec::<&str>::new());
}

#[test]
fn every_failing_clause_is_reported_at_once_and_in_order() {
    check("horse", &["length", "numbers", "symbols", "dictionary-word"]);
}

#[test]
fn too_long_is_rejected_and_not_cut() {
    let long = "vT7$kq2z".repeat(64);
    check(&long, &[]);
    check(&format!("{long}x"), &["too-long"]);
}

#[test]
fn what_cannot_be_typed_is_rejected() {
    for hidden in ["\u{fffd}", "\0", "\t", "\u{7f}", "\u{200b}", "\u{202e}", "\u{feff}", "\u{2028}"]
    {
        check(&format!("vT7$kq2z{hidden}"), &["encoding"]);
    }
    let verdict = Policy::birchington().check(
        &Password::new(b"vT7$kq2z\xff"),
        &dictionary(),
        &Context::default(),
    );
    assert_eq!(broken(&verdict), ["encoding"]);
}

#[test]
fn common_passwords() {
    let aspire = Policy::preset("aspire").unwrap();
    let rules = |policy: &Policy, password| broken(&judge(policy, password, &Context::default()));
    assert_eq!(rules(&aspire, "Football99!"), ["common-password"]);
    assert_eq!(rules(&aspire, "P@ssw0rd!!"), ["common-password"]);
    assert_eq!(rules(&aspire, "12345678"), ["common-password"]);
    assert_eq!(rules(&aspire, "horse battery staple"), Vec::<&str>::new());

    let ncsc = Policy::preset("ncsc").unwrap();
    assert_eq!(rules(&ncsc, "Wainscot77!"), ["dictionary-word"]);
    assert_eq!(rules(&ncsc, "Aardvark-Kettle-Moss"), Vec::<&str>::new());

    let essentials = Policy::preset("cyber-essentials").unwrap();
    assert_eq!(rules(&essentials, "Football99!"), ["common-password"]);
    assert_eq!(rules(&essentials, "Football999!"), Vec::<&str>::new()); // 12 characters

    let nist = Policy::preset("nist-800-63b-4").unwrap();
    assert_eq!(rules(&nist, "unconstitutional"), ["common-password"]);
    assert_eq!(rules(&nist, "unconstitutional1"), Vec::<&str>::new());
    assert_eq!(rules(&nist, "Football99!"), ["length"]);

    let plus = Policy::preset("birchington-plus").unwrap();
    assert_eq!(rules(&plus, "Football99!"), ["length", "dictionary-word", "common-password"]);
}

#[test]
fn aspire_refuses_nothing_that_the_sentence_would_not() {
    let (aspire, sentence) = (Policy::preset("aspire").unwrap(), Policy::birchington());
    for password in corpus::make("human", 7, 20_000) {
        if judge(&aspire, &password, &Context::default()).outcome() == Outcome::Reject {
            let verdict = judge(&sentence, &password, &Context::default());
            assert_eq!(verdict.outcome(), Outcome::Reject, "{password}");
        }
    }
}

/// What people make of three characters and something that everybody knows.
const LITTLE: [&str; 24] = [
    // The same piece again, counting, or turned round.
    "a1!a1!a1!",
    "Ab1!Ab1!",
    "K4te!K4te!",
    "7Ab1!Ab1!",
    "Ab1!Ab2!",
    "Aa1!Bb2!Cc3!",
    "Ab1!!1bA",
    // A title, a form or the school, and the year.
    "MrT!2024",
    "Yr6!2025",
    "Yr62025!",
    "BPS!2025",
    "Yr6!!!2025",
    "Ad1!2025",
    // A month, a school year, a day.
    "Ab!092025",
    "Kt!09/2025",
    "Kt!2025-26",
    "6B!20252026",
    "kt!01/09/25",
    // Keys in order.
    "Ab!12345",
    "Ab!123456",
    "ab!12345678",
    "AB!@12345",
    "1qaz!QAZ",
    "!QAZ2wsx",
];

#[test]
fn little_beside_what_everybody_knows_is_refused_by_every_preset() {
    let dictionary = dictionary();
    let refused = |policy: &Policy, password: &str| {
        let password = Password::new(password.as_bytes());
        let verdict = policy.check(&password, &dictionary, &Context::default());
        let rules = broken(&verdict);
        rules.contains(&"dictionary-word") || rules.contains(&"common-password")
    };
    for preset in ["birchington", "birchington-plus", "aspire", "cyber-essentials", "ncsc"] {
        let policy = Policy::preset(preset).unwrap();
        for password in LITTLE {
            assert!(refused(&policy, password), "{preset}: {password}");
        }
        // As much is left as the policy asks for.
        let more = "hG4&xr9m!Jb£";
        for known in ["2025", "123456", "09/2025", "mmmm", ""] {
            let password = format!("{more}{known}");
            let is_long = preset != "birchington" && preset != "birchington-plus";
            assert!(!(is_long && refused(&policy, &password)), "{preset}: {password}");
        }
    }
    // Of fifteen characters what is known is not most; NIST compares the entire password.
    let nist = Policy::preset("nist-800-63b-4").unwrap();
    assert!(refused(&nist, "Ab1!Ab1!Ab1!Ab1!") && !refused(&nist, "hG4&xr9m!Jb2025"));
}

#[test]
fn what_is_known_is_named() {
    let aspire = Policy::preset("aspire").unwrap();
    let says = |password| judge(&aspire, password, &Context::default()).violations()[0].message();
    assert_eq!(says("Yr6!2025"), "It is little more than a date.");
    assert_eq!(says("Ab!123456"), "It is little more than a run of keys or characters in order.");
    assert_eq!(says("Ab1!Ab1!"), "It is little more than the same piece again and again.");
}

#[test]
fn an_allowed_word_is_no_violation() {
    let policy = Policy::from_toml("allow = [\"horse\"]").unwrap();
    let rules = |password| broken(&judge(&policy, password, &Context::default()));
    assert_eq!(rules("Xk9#horse!"), Vec::<&str>::new());
    assert_eq!(rules("Xk9#h0rse!"), Vec::<&str>::new());
    assert_eq!(rules("Xk9#horses!"), ["dictionary-word"]);
}

mod corpus;
