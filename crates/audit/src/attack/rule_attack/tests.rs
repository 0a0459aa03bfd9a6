//! A sweep finds what one guess after the other would find, whatever the instructions and however
//! many threads.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use rayon::ThreadPoolBuilder;
use strongpass_hash::{InstructionSet, Unsalted};

use super::hit::RuleHit;
use super::{RemainingDigests, try_rules};
use crate::attack::targets::Key;
use crate::guess::WordList;
use crate::rules::{HashcatRule, RuleFile, Ruleset};

const UNSALTED: Unsalted = Unsalted::Nt;

fn digest(guess: &str) -> Key {
    UNSALTED.digest(guess.chars())
}

static GO_ON: AtomicBool = AtomicBool::new(false);

fn guess(rule: &HashcatRule, word: &str) -> Option<String> {
    let (word, mut guess): (Vec<char>, _) = (word.chars().collect(), Vec::new());
    rule.apply(&word, &mut guess).then(|| guess.iter().collect())
}

/// Every guess, and how it is made first.
fn guesses(words: &[&str], rules: &[HashcatRule]) -> BTreeMap<String, Vec<(usize, usize)>> {
    let mut guesses: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (word_number, word) in words.iter().enumerate() {
        for (rule_number, rule) in rules.iter().enumerate() {
            if let Some(guess) = guess(rule, word) {
                guesses.entry(guess).or_default().push((word_number, rule_number));
            }
        }
    }
    guesses
}

/// Sweeps with every instruction set and with several threads, for every guess there is and for
/// some that are not.
#[track_caller]
fn finds_all(words: &[&str], rules: &[HashcatRule]) {
    let guesses = guesses(words, rules);
    let digests: Vec<Key> = guesses.keys().map(|guess| digest(guess)).collect();
    let others = (0..guesses.len()).map(|number| digest(&format!("nobody's guess {number}")));
    let all: Vec<Key> = digests.iter().copied().chain(others).collect();
    let list: WordList = words.iter().collect();
    let rules = Ruleset::from(rules.to_vec());
    let sweep = |set, threads| -> Vec<RuleHit> {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut targets = RemainingDigests::new(UNSALTED, &all);
        let run = || try_rules(set, &mut targets, (&list, 0..words.len()), &rules, &GO_ON);
        let (hits, tried) = pool.install(run);
        assert_eq!(tried, u64::try_from(words.len() * rules.rules().len()).unwrap());
        assert_eq!(targets.left(), all.len() - hits.len());
        hits
    };
    let hits = sweep(InstructionSet::portable(), 1);
    for set in InstructionSet::available() {
        for threads in [1, 3] {
            assert_eq!(sweep(set, threads), hits, "{set}, {threads} threads");
        }
    }
    let found: Vec<u32> = hits.iter().map(|hit| hit.target).collect();
    let missed = (0..).zip(&guesses).find(|(number, _)| !found.contains(number));
    assert_eq!(missed, None);
    assert_eq!(found.len(), guesses.len());
    for (hit, (text, ways)) in hits.iter().zip(&guesses) {
        assert!(ways.contains(&(hit.word, hit.rule)), "{hit:?}: {text:?} is made by {ways:?}");
    }
}

/// Of every length that lanes treat differently, and of characters that they do not.
const WORDS: [&str; 24] = [
    "",
    "a",
    "Z9",
    "cat",
    "pass",
    "Hello",
    "ab cd",
    "letmein",
    "password",
    "Birchington",
    "Summer Term",
    "antidisestab",
    "thirteenchars",
    "fourteen chars",
    "a sentence of 27 characters",
    "a sentence of 28 characters!",
    "élan",
    "ÿµßÀ×÷",
    "Łódź",
    "naïve café",
    "ſtraſſe",
    "\u{212a}ELVIN",
    "horse😀staple",
    "a line that is longer than any that lanes hash, which is 59 characters",
];

#[test]
fn every_function_of_the_rule_language() {
    let rules: Vec<HashcatRule> = [
        include_str!("../../../tests/rules/functions.rule"),
        include_str!("../../../tests/rules/rejections.rule"),
    ]
    .map(|text| RuleFile::parse(text).rules)
    .concat();
    assert!(rules.len() > 350);
    finds_all(&WORDS, &rules);
}

#[test]
fn many_words_of_one_length() {
    let words: Vec<String> = (0..1_000).map(|number| format!("word{number:04}")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let rules = RuleFile::parse(":\nc\nu\n$1\n$1 $2\nr\nsw7 u\nsw7 u $1\n@0\nE\n+3 u\nL1 T1");
    finds_all(&words, &rules.rules);
}

#[test]
fn only_the_words_of_the_range() {
    let words: WordList = WORDS.iter().collect();
    let digests = WORDS.map(digest);
    let mut targets = RemainingDigests::new(UNSALTED, &digests);
    let rules = Ruleset::from(vec![HashcatRule::default()]);
    let mut run = |range| -> Vec<usize> {
        let best = InstructionSet::best();
        let (hits, _) = try_rules(best, &mut targets, (&words, range), &rules, &GO_ON);
        hits.iter().map(|hit| hit.word).collect()
    };
    assert_eq!(run(3..7), [3, 4, 5, 6]);
    // What was found is not looked for again.
    assert_eq!(run(0..9), [0, 1, 2, 7, 8]);
    assert_eq!(run(20..99), [20, 21, 22, 23]);
    assert_eq!(run(9..9), [0; 0]);
    assert_eq!(run(0..24).len(), 11);
    assert_eq!(run(0..24), [0; 0]);
}

/// Plans of this many rules are made and dropped again.
#[test]
fn more_rules_than_plans_are_kept_of() {
    let number = |n: usize| format!("{n:05}");
    let after = |n| number(n).chars().flat_map(|c| ['$', c]).collect::<String>();
    let rules: Vec<HashcatRule> =
        (0..40_000).map(|n| HashcatRule::parse(&after(n)).unwrap()).collect();
    let words: WordList =
        ["cat", "dog", "cow", "hen", "owl", "elk", "fox", "ant", "bee"].iter().collect();
    let planted = [("cat", 0), ("fox", 39_999), ("bee", 20_480)];
    let digests = planted.map(|(word, n)| digest(&format!("{word}{}", number(n))));
    let mut targets = RemainingDigests::new(UNSALTED, &digests);
    let set = InstructionSet::best();
    let (hits, tried) = try_rules(set, &mut targets, (&words, 0..9), &Ruleset::from(rules), &GO_ON);
    let found: Vec<_> = hits.iter().map(|hit| (words.get(hit.word).unwrap(), hit.rule)).collect();
    assert_eq!((found.as_slice(), tried), (planted.as_slice(), 360_000));
}

#[test]
fn a_stopped_sweep_has_done_nothing_more() {
    let words: WordList = WORDS.iter().collect();
    let digests = WORDS.map(digest);
    let mut targets = RemainingDigests::new(UNSALTED, &digests);
    let rules = Ruleset::from(vec![HashcatRule::default()]);
    let (best, stop) = (InstructionSet::best(), AtomicBool::new(true));
    let (hits, guesses) = try_rules(best, &mut targets, (&words, 0..24), &rules, &stop);
    assert_eq!((hits.len(), guesses, targets.left()), (0, 0, 24));
}

fn rule() -> impl Strategy<Value = HashcatRule> {
    let line = prop::string::string_regex(
        r"([:lucCtrdfq{}\[\]kKEM46Q]|[TD'LR+\-.,pzZyY<>_][0-9]|[$^@e!/()][a-cA1 é€😀]|s[a-cA ][a-cA1é😀 ]|[xO*][0-4][0-4]|[io=%3][0-4][a-c1 é]|X[0-3]{3}){1,5}",
    );
    line.unwrap().prop_filter_map("a rule", |line| HashcatRule::parse(&line).ok())
}

proptest! {
    #[test]
    fn any_rule_on_any_word(
        words in prop::collection::vec("[a-cA-C1 éÉ€ſ😀]{0,12}|[a-d]{0,40}", 1..60),
        rules in prop::collection::vec(rule(), 1..20),
    ) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        finds_all(&words, &rules);
    }
}
