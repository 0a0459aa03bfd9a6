//! Compiles the text lists beside it into one; any line that is not an entry stops the build.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use strongpass_policy::{List, WordList};

const LISTS: [(&str, List); 8] = [
    ("words.txt", List::Word),
    ("profanity.txt", List::Word),
    ("languages.txt", List::Word),
    ("names.txt", List::Name),
    ("places.txt", List::Place),
    ("school.txt", List::Local),
    ("keyboard.txt", List::Keyboard),
    ("passwords.txt", List::Password),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut compiler = WordList::compiler();
    for (file, list) in LISTS {
        println!("cargo::rerun-if-changed={file}");
        let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        for (number, line) in text.lines().enumerate() {
            compiler
                .add_line(list, line)
                .map_err(|error| format!("{file}:{}: {error}", number + 1))?;
        }
    }
    let out = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(Path::new(&out).join("words.fst"), compiler.finish()?)?;
    fs::write(Path::new(&out).join("common"), common()?)?;
    Ok(())
}

/// Words of four to six letters that most people know and nobody minds, one a line.
fn common() -> Result<String, Box<dyn Error>> {
    /// The SCOWL size up to which words are widely known.
    const MOST_RANK: u32 = 35;
    let [(words, _), (rude, _), ..] = LISTS;
    let rude = fs::read_to_string(rude)?;
    let rude: Vec<&str> = rude.lines().filter_map(|line| line.split('\t').next()).collect();
    let mut common = String::new();
    for line in fs::read_to_string(words)?.lines() {
        let Some((word, rank)) = line.split_once('\t') else { continue };
        let is_short = (4..=6).contains(&word.len());
        let is_plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_short
            && is_plain
            && rank.parse::<u32>()? <= MOST_RANK
            && !rude.iter().any(|rude| rude.len() > 2 && word.contains(rude))
        {
            common.push_str(word);
            common.push('\n');
        }
    }
    Ok(common)
}
