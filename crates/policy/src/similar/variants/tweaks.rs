//! The search for near copies, judged by published tweaks of leaked passwords.
//!
//! The tweaks are the first 100 of the 323 rules that Das et al. ("The Tangled Web of Password
//! Reuse", NDSS 2014) ranked by how often people use them, as Cloudflare's Might I Get Pwned lists
//! them (`cloudflare/migp-go`, `pkg/mutator/dasrules.go`, BSD-3-Clause), written here in a form of
//! our own. The two published programs disagree whether an inserted string goes to the start or to
//! the end, so both readings must be undone.

use super::near_copies;

/// `c` toggles the case of the first letter; `-N` drops the last N characters and `+N` the first N;
/// `a>b` replaces every a by b; `x]` puts x at the one end, `[x` at the other.
const TWEAKS: &str = "\
c -1 -2 -3 [0 1] [a [q 0] +1 a] 5] 123] +2 2] 7] [z 9] +3 [00 6] 3] 8] 11] 4] [w b] q] 00] 99] 12] \
s] 98] [1 [s 78] [l p] 89] 000] 90] z] 10] 23] 01] m] r] [x [000 k] e] 22] f] n] 88] w] [19 [c 13] \
[m [p 456] 21] [y 777] d] [b [10 0>o 08] 07] [g 007] [d y] [h 77] t] [k 55] [f 09] c] A] 56] j] v] \
45] 67] i] o>0 001] [A [t 101] l] [01 92] [r g]";

enum Reading {
    ClosingIsEnd,
    ClosingIsStart,
}

fn apply(tweak: &str, old: &str, reading: &Reading) -> String {
    let chars: Vec<char> = old.chars().collect();
    let count = |digits: &str| digits.parse::<usize>().unwrap().min(chars.len());
    let toggled = |c: char| {
        if c.is_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() }
    };
    let put = |text: &str, at_end: bool| {
        if at_end { format!("{old}{text}") } else { format!("{text}{old}") }
    };
    let closing_is_end = matches!(reading, Reading::ClosingIsEnd);
    if tweak == "c" {
        let first = chars.iter().position(|c| c.is_alphabetic()).unwrap();
        chars.iter().enumerate().map(|(at, &c)| if at == first { toggled(c) } else { c }).collect()
    } else if let Some(digits) = tweak.strip_prefix('-') {
        chars[..chars.len() - count(digits)].iter().collect()
    } else if let Some(digits) = tweak.strip_prefix('+') {
        chars[count(digits)..].iter().collect()
    } else if let Some((from, to)) = tweak.split_once('>') {
        old.replace(from, to)
    } else if let Some(text) = tweak.strip_suffix(']') {
        put(text, closing_is_end)
    } else {
        put(tweak.strip_prefix('[').unwrap(), !closing_is_end)
    }
}

#[test]
fn the_list_is_whole() {
    let tweaks: Vec<&str> = TWEAKS.split_whitespace().collect();
    assert_eq!(tweaks.len(), 100);
    for (at, tweak) in tweaks.iter().enumerate() {
        assert!(!tweaks[..at].contains(tweak), "{tweak} is there twice");
    }
    assert_eq!(apply("[q", "Kes!", &Reading::ClosingIsEnd), "qKes!");
    assert_eq!(apply("456]", "Kes!", &Reading::ClosingIsEnd), "Kes!456");
    assert_eq!(apply("456]", "Kes!", &Reading::ClosingIsStart), "456Kes!");
    assert_eq!(apply("-2", "Kes!", &Reading::ClosingIsEnd), "Ke");
    assert_eq!(apply("+3", "Kes!", &Reading::ClosingIsEnd), "!");
    assert_eq!(apply("c", "4kes", &Reading::ClosingIsEnd), "4Kes");
}

#[test]
fn nine_in_ten_published_tweaks_are_undone() {
    let bases = [
        "Kestrel!92",
        "wagtail#Moss4",
        "Lantern.1987",
        "vT7$kq2z",
        "pebble-oak-71!",
        "Zoë?Kes41",
        "M0untain@Hut",
        "2Foxes&Hounds",
        "bluebell77#",
        "Harbour_Light12",
    ];
    let mut most = 0;
    for reading in [Reading::ClosingIsEnd, Reading::ClosingIsStart] {
        for base in bases {
            let tweaks = TWEAKS.split_whitespace().map(|tweak| apply(tweak, base, &reading));
            // A tweak that changes nothing is found as the same password.
            let changed: Vec<String> = tweaks.filter(|new| new != base).collect();
            let undone = |new: &String| {
                let variants = near_copies(new, &["network", "email", "vpn"]);
                most = most.max(variants.len());
                variants.iter().position(|variant| variant.as_str() == base)
            };
            let ranks: Vec<usize> = changed.iter().filter_map(undone).collect();
            let share = ranks.len() * 100 / changed.len();
            assert!(share >= 93, "{base}: {share} % of {}", changed.len());
            // In a module, on one slow core, there is time for some 20 of them.
            let early = ranks.iter().filter(|&&rank| rank < 20).count() * 100 / changed.len();
            assert!(early >= 88, "{base}: {early} % within 20 tries");
        }
    }
    assert!(most <= super::copies::LIMIT, "{most}");
}
