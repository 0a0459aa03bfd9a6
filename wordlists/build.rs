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
    Ok(())
}
