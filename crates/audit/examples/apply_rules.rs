//! Every word of a file changed by every rule of another, as `hashcat --stdout WORDS -r RULES`
//! prints them: `cargo run -p strongpass-audit --example apply_rules -- WORDS RULES`.
//!
//! Characters below 256 are written as one byte, since bytes are what hashcat counts in.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr,
    reason = "an example opens files and prints"
)]

use std::error::Error;
use std::io::{BufWriter, Write, stdout};
use std::{env, fs};

use strongpass_audit::RuleFile;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [words, rules] = arguments.as_slice() else {
        return Err("usage: apply_rules WORDS RULES".into());
    };
    let file = RuleFile::parse(&fs::read_to_string(rules)?);
    for error in &file.errors {
        eprintln!("{rules}: {error}");
    }
    let mut out = BufWriter::new(stdout().lock());
    let mut guess = Vec::new();
    for word in fs::read_to_string(words)?.lines() {
        let word: Vec<char> = word.chars().collect();
        for rule in &file.rules {
            if !rule.apply(&word, &mut guess) {
                continue;
            }
            for &character in &guess {
                match u8::try_from(character) {
                    Ok(byte) => out.write_all(&[byte])?,
                    Err(_) => write!(out, "{character}")?,
                }
            }
            out.write_all(b"\n")?;
        }
    }
    Ok(out.flush()?)
}
