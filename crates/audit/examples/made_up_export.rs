//! A made-up pwdump file: `made_up_export WORDS RULES ACCOUNTS SEED`. Three in ten accounts have a
//! password that one of the rules makes of one of the words, the others a random one.

#![expect(clippy::disallowed_methods, reason = "an example opens files")]

use std::error::Error;
use std::io::{BufWriter, Write, stdout};
use std::{env, fs};

use strongpass_audit::RuleFile;
use strongpass_hash::Unsalted;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [words, rules, accounts, seed] = arguments.as_slice() else {
        return Err("usage: made_up_export WORDS RULES ACCOUNTS SEED".into());
    };
    let words = fs::read_to_string(words)?;
    let words: Vec<&str> = words.lines().collect();
    let rules = RuleFile::parse(&String::from_utf8_lossy(&fs::read(rules)?)).rules;
    let mut state: u64 = seed.parse()?;
    let mut out = BufWriter::new(stdout().lock());
    let mut guess = Vec::new();
    for number in 1..=accounts.parse::<u64>()? {
        let is_guess = next(&mut state) % 10 < 3;
        guess.clear();
        if is_guess {
            while guess.is_empty() {
                let word = pick(&words, &mut state).ok_or("no words")?;
                let rule = pick(&rules, &mut state).ok_or("no rules")?;
                if !rule.apply(&word.chars().collect::<Vec<_>>(), &mut guess) {
                    guess.clear();
                }
            }
        } else {
            guess.extend(format!("{:016x}~", next(&mut state)).chars());
        }
        write!(out, "person{number:07}:{number}:aad3b435b51404eeaad3b435b51404ee:")?;
        for byte in Unsalted::Nt.digest(guess.iter().copied()) {
            write!(out, "{byte:02x}")?;
        }
        out.write_all(b":::\n")?;
    }
    Ok(out.flush()?)
}

/// `SplitMix64` (Steele, Lea and Flood 2014).
const fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn pick<'a, T>(all: &'a [T], state: &mut u64) -> Option<&'a T> {
    let place = next(state) % u64::try_from(all.len()).ok()?.max(1);
    all.get(usize::try_from(place).ok()?)
}
