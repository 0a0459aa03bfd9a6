//! Rules make what hashcat makes: see `rules/regenerate.sh`.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use strongpass_audit::HashcatRule;

#[test]
fn rules_make_what_hashcat_makes() {
    let words: Vec<Vec<char>> =
        include_str!("rules/words.txt").lines().map(|word| word.chars().collect()).collect();
    let mut guess = Vec::new();
    let mut made = 0;
    // Not `lines()`: a rule may make a carriage return.
    for line in include_str!("rules/golden.tsv").split_terminator('\n') {
        let mut fields = line.split('\t');
        let text = fields.next().unwrap();
        let rule = HashcatRule::parse(text).unwrap();
        let mut ours: Vec<String> = Vec::new();
        for word in &words {
            if rule.apply(word, &mut guess) {
                ours.push(guess.iter().collect());
            }
        }
        let theirs: Vec<&str> = fields.collect();
        assert_eq!(ours, theirs, "{text}");
        made += ours.len();
    }
    assert!(made > 3_000, "{made}");
}

#[track_caller]
fn makes(word: &str, rule: &str, expected: Option<&str>) {
    let (word, mut guess): (Vec<char>, _) = (word.chars().collect(), Vec::new());
    let accepted = HashcatRule::parse(rule).unwrap().apply(&word, &mut guess);
    let guess: String = guess.iter().collect();
    assert_eq!(accepted.then_some(guess.as_str()), expected, "{rule}");
}

/// hashcat would change or cut single bytes of these.
#[test]
fn characters_are_what_is_changed() {
    makes("élan", "c", Some("Élan"));
    makes("ÉLAN", "E", Some("Élan"));
    makes("straße", "u", Some("STRAßE"));
    makes("żółw", "t", Some("ŻÓŁW"));
    makes("£5€", "r", Some("€5£"));
    makes("naïve", "T2 D3", Some("naÏe"));
    makes("café", "$é sé€ i0£", Some("£caf€€"));
    makes("caña", "x22 q", Some("ññaa"));
    makes("😀x", "d }", Some("x😀x😀"));
    makes("é€", "+0 L1 R1", Some("ê€"));
    makes("a", "R0 R0 R0 R0 R0 R0 R0 -0", Some("ÿ"));
    makes("é", "_1 /é (é )é =0é", Some("é"));
    makes("é", "_2", None);
    makes("é", "!é", None);
}

#[test]
fn memory_is_the_word_until_something_is_remembered() {
    makes("word", "u 4", Some("WORDword"));
    makes("word", "r X022", Some("drwoow"));
    makes("word", "Q", None);
}

#[test]
fn no_guess_grows_without_end() {
    let word = "x".repeat(255);
    for rule in ["d", "p9", "f", "q", "$y", "^y", "i3y", "z1", "Z1", "y1", "Y1"] {
        makes(&word, rule, Some(&word));
    }
    for rule in ["4", "6", "X010"] {
        makes(&word, rule, None);
    }
    makes("", "d f q $a [ [ ] { } k K D0 z3 Z3 r c p9", Some(""));
}
