//! The shapes people give a word so that a policy takes it, as rules in hashcat's language with what
//! each costs.
//!
//! A cost is in bits: the binary logarithm of one in how many people who complete a word do it this
//! way. The shares are round numbers after what is published on passwords made under composition
//! policies (Shay et al. 2010, "Encountering Stronger Password Requirements"; Ur et al. 2015, "'I
//! Added '!' at the End to Make It Secure'"; Komanduri et al. 2011): most begin with the capital,
//! put digits and one symbol at the end, prefer `!` and `1`, recent years and few swaps of letters.

/// The dearest rule that is made: one in 2^19 people. All words in all rules are some eight thousand
/// million guesses, which NT hashes take a core less than a minute for.
const DEAREST: f64 = 19.0;

/// How a word is written, and how many bits that costs.
const CASES: [(&str, f64); 4] = [("c", 0.9), ("", 1.5), ("u", 4.5), ("t", 8.0)];

/// Swaps of letters. The first is none.
const SWAPS: [(&str, f64); 12] = [
    ("", 0.25),
    ("sa@", 4.5),
    ("so0", 4.5),
    ("se3", 5.0),
    ("sa@so0", 6.0),
    ("si1", 6.0),
    ("si!", 6.5),
    ("ss$", 6.5),
    ("sa4", 7.0),
    ("se3so0", 7.0),
    ("ss5", 7.5),
    ("sa@se3so0si1", 8.0),
];

/// What is done to the whole word before anything is added.
const WHOLE: [(&str, f64); 3] = [("", 0.1), ("d", 7.0), ("r", 7.5)];

/// Symbols at the end, the likeliest first; `£` because the keyboards are British.
const SYMBOLS: [(char, f64); 14] = [
    ('!', 1.2),
    ('?', 3.8),
    ('.', 4.0),
    ('@', 4.0),
    ('*', 4.3),
    ('#', 4.3),
    ('$', 4.5),
    ('£', 4.5),
    ('%', 5.5),
    ('&', 5.5),
    ('-', 5.5),
    ('_', 5.5),
    ('+', 6.0),
    ('=', 6.5),
];

/// What stands behind the word, as a pattern: `N` digits, `S` a symbol.
const ENDINGS: [(&str, f64); 12] = [
    ("N", 1.8),
    ("NS", 1.5),
    ("SN", 4.0),
    ("", 4.0),
    ("S", 4.5),
    ("NSS", 6.0),
    ("SNS", 7.0),
    ("SS", 7.0),
    ("NN", 6.5),
    ("SSN", 7.5),
    ("NSN", 7.5),
    ("SSS", 8.0),
];

/// Every shape with its cost in whole bits, the cheapest first; each rule once.
///
/// `this_year` is the newest year that people may have put into a password.
pub(crate) fn rules(this_year: u16) -> Vec<(u8, String)> {
    let digits = digits(this_year);
    let endings = endings(&digits);
    let mut rules = Vec::new();
    for (whole, whole_cost) in WHOLE {
        for (case, case_cost) in CASES {
            for (swap, swap_cost) in SWAPS {
                let head = whole_cost + case_cost + swap_cost;
                for (tail, tail_cost) in &endings {
                    let cost = head + tail_cost;
                    if cost <= DEAREST {
                        // The case last, so that a swap meets the letter that the list has.
                        rules.push((cost, [whole, swap, case, tail].concat()));
                    }
                }
                // A few put the digits first.
                for (number, cost) in &digits {
                    let cost = head + cost + 5.0;
                    if cost <= DEAREST {
                        rules.push((cost, format!("{whole}{swap}{case}{}", before(number))));
                    }
                }
            }
        }
    }
    rules.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    rules.into_iter().map(|(cost, rule)| (bits(cost), rule)).collect()
}

/// The number of bits as a level.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped before; floats have no other way"
)]
pub(crate) fn bits(cost: f64) -> u8 {
    cost.round().clamp(0.0, 255.0) as u8
}

/// Numbers that people add, with what each costs.
fn digits(this_year: u16) -> Vec<(String, f64)> {
    const SINGLE: [f64; 10] = [5.0, 1.2, 3.2, 3.4, 4.2, 4.0, 4.4, 3.4, 4.2, 4.0];
    const FREQUENT: [(&str, f64); 14] = [
        ("123", 4.5),
        ("1234", 5.5),
        ("12", 5.0),
        ("01", 5.5),
        ("11", 6.0),
        ("21", 6.0),
        ("22", 6.2),
        ("99", 6.2),
        ("007", 7.0),
        ("321", 7.5),
        ("69", 6.5),
        ("100", 7.5),
        ("12345", 7.5),
        ("111", 7.5),
    ];
    let mut all: Vec<(String, f64)> = FREQUENT.map(|(n, cost)| (n.to_owned(), cost)).into();
    let mut add = |number: String, cost: f64| {
        if !all.iter().any(|(known, _)| *known == number) {
            all.push((number, cost));
        }
    };
    for (digit, cost) in (0..).zip(SINGLE) {
        add(format!("{digit}"), cost);
    }
    // This year and the last ones; then the years in which staff were born, met or married.
    for age in 0..=this_year.saturating_sub(1940) {
        let year = this_year.saturating_sub(age);
        let cost = match age {
            0 => 4.5,
            1 | 2 => 5.5,
            3..=6 => 7.0,
            7..=70 => 8.5,
            _ => 10.0,
        };
        add(year.to_string(), cost);
        add(format!("{:02}", year % 100), if age < 3 { 6.0 } else { 7.0 });
    }
    for number in 0..100 {
        add(format!("{number:02}"), 7.5);
    }
    for number in 0..1000 {
        add(format!("{number:03}"), 12.0);
    }
    all
}

/// All endings that are not too dear, as hashcat functions, with their cost.
fn endings(digits: &[(String, f64)]) -> Vec<(String, f64)> {
    let numbers: Vec<(String, f64)> = digits.iter().map(|(n, cost)| (after(n), *cost)).collect();
    let symbols: Vec<(String, f64)> =
        SYMBOLS.iter().map(|(symbol, cost)| (format!("${symbol}"), *cost)).collect();
    let mut all = Vec::new();
    for (pattern, cost) in ENDINGS {
        let mut grown = vec![(String::new(), cost)];
        for part in pattern.chars() {
            let parts = if part == 'N' { &numbers } else { &symbols };
            let longer = grown.iter().flat_map(|(ending, cost)| {
                parts.iter().map(move |(part, more)| ([ending.as_str(), part], cost + more))
            });
            // Of a million pairs of numbers most are too dear: they need not be written.
            let few = longer.filter(|(_, cost)| *cost <= DEAREST);
            grown = few.map(|(parts, cost)| (parts.concat(), cost)).collect();
        }
        all.extend(grown);
    }
    // `NN` writes some numbers twice over: the cheaper way stays.
    all.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    all.dedup_by(|later, first| later.0 == first.0);
    all
}

/// `2026` as `$2$0$2$6`.
fn after(text: &str) -> String {
    text.chars().flat_map(|c| ['$', c]).collect()
}

/// `2026` as `^6^2^0^2`: what is prepended last stands first.
fn before(text: &str) -> String {
    text.chars().rev().flat_map(|c| ['^', c]).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn cost(rule: &str) -> Option<u8> {
        rules(2026).into_iter().find(|(_, known)| known == rule).map(|(cost, _)| cost)
    }

    #[test]
    fn likelier_shapes_cost_less() {
        let order = ["c$1$!", "c$2$0$2$6$!", "sa@c$1$!", "c$7$3$9"];
        let costs: Vec<u8> = order.iter().map(|rule| cost(rule).expect(rule)).collect();
        assert!(costs.is_sorted_by(|a, b| a < b), "{costs:?}");
    }

    #[test]
    fn each_rule_is_made_once_the_cheapest_first() {
        let rules = rules(2026);
        assert!(rules.is_sorted_by_key(|(cost, _)| *cost));
        let distinct: HashSet<&str> = rules.iter().map(|(_, rule)| rule.as_str()).collect();
        assert_eq!(distinct.len(), rules.len());
    }

    #[test]
    fn a_number_in_front_is_the_right_way_round() {
        assert_eq!(before("12"), "^2^1");
        assert!(cost("c^2^1").is_some());
    }

    #[test]
    fn all_shapes_together_are_no_more_than_everybody() {
        let share: f64 = rules(2026).iter().map(|(cost, _)| (-f64::from(*cost)).exp2()).sum();
        // Whole bits are up to half a bit off, and so is each of the sums that they are made of.
        assert!((0.3..2.0).contains(&share), "{share}");
    }
}
