//! `words`: build and look into word lists.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use strongpass_policy::{Compiler, List, WordList};
use strongpass_tables::{DecodedText, LineBlocks, decode_text, lines_of};
use strongpass_terminal::text;

use crate::cli::WordsCommand;
use crate::exit::{Exit, UsageError};
use crate::{output, setup};

/// No text list is larger.
const MAX_TEXT_BYTES: u64 = 256 << 20;

mod breached;
mod hunspell;
mod whole_file;

use whole_file::{is_same, write_whole};

pub(crate) fn run(command: &WordsCommand) -> anyhow::Result<Exit> {
    match command {
        WordsCommand::Build { lists, hunspell, output } => build(lists, hunspell, output),
        WordsCommand::Breached { list, output, partial } => breached::build(list, output, *partial),
        WordsCommand::Test { word, words } => test(word, words),
        WordsCommand::Info { file } => info(file.as_deref()),
        WordsCommand::Export { file } => export(file),
    }
}

fn build(lists: &[PathBuf], dictionaries: &[String], output: &Path) -> anyhow::Result<Exit> {
    let mut compiler = WordList::compiler();
    let mut skipped = 0_u64;
    for path in lists {
        if is_same(path, output) {
            let message = format!("{}: is a list; write to another file", output.display());
            return Err(UsageError(message).into());
        }
        add_file(&mut compiler, path, &mut skipped)?;
    }
    for dictionary in dictionaries {
        skipped += hunspell::add(&mut compiler, dictionary)?;
    }
    if compiler.is_empty() {
        anyhow::bail!("these lists have no words");
    }
    let entries = compiler.len();
    write_whole(output, &compiler.finish()?)?;
    let skipped = match skipped {
        0 => String::new(),
        1 => "; 1 line was no word".to_owned(),
        n => format!("; {n} lines were no words"),
    };
    text::remark(&format!("{}: {entries} entries{skipped}", output.display()));
    Ok(Exit::Yes)
}

/// Adds the words of a text file, one a line; a line that is not a word is told and counted.
pub(crate) fn add_file(
    compiler: &mut Compiler,
    path: &Path,
    skipped: &mut u64,
) -> anyhow::Result<()> {
    let name = || path.display().to_string();
    let file = File::open(path).with_context(name)?;
    if file.metadata().with_context(name)?.len() > MAX_TEXT_BYTES {
        anyhow::bail!("{}: is larger than {MAX_TEXT_BYTES} bytes; split it", path.display());
    }
    let mut source = LineBlocks::new(file);
    let (mut number, mut is_ansi) = (0_u64, false);
    while let Some(block) = source.next_block().with_context(name)? {
        for line in lines_of(block) {
            number += 1;
            let text = decode_text(line);
            if matches!(text, DecodedText::Owned(_)) && !is_ansi {
                is_ansi = true;
                let file = path.display();
                text::remark(&format!(
                    "{file}:{number}: is not UTF-8; read as Windows-1252 (\"ANSI\")"
                ));
            }
            let text = text.trim_start_matches('\u{feff}').trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            if let Err(error) = compiler.add_phrase(List::Local, text) {
                *skipped += 1;
                text::remark(&format!("{}:{number}: skipped: {error}", path.display()));
            }
        }
    }
    Ok(())
}

fn test(words: &[String], lists: &[PathBuf]) -> anyhow::Result<Exit> {
    // Its rule is not asked, only its words.
    let dictionary = setup::dictionary(&setup::policy(Some("birchington"))?, lists)?;
    if words.iter().any(|word| word.trim().is_empty()) {
        anyhow::bail!("a word to look up is empty");
    }
    let entries: Vec<_> = words.iter().map(|word| dictionary.entry(word)).collect();
    let exit = if entries.iter().all(Option::is_some) { Exit::Yes } else { Exit::No };
    Ok(output::to_people(exit, |out| {
        for (number, (word, entry)) in words.iter().zip(&entries).enumerate() {
            match entry {
                Some(entry) => {
                    write!(out, "{}: {}", text::printable(word), entry.list.id())?;
                    if entry.rank > 0 {
                        write!(out, " (rank {})", entry.rank)?;
                    }
                    writeln!(out)?;
                }
                None if is_word(word) => {
                    writeln!(out, "{}: in no list", text::printable(word))?;
                }
                // It may be a password.
                None => writeln!(out, "word {}: in no list", number + 1)?,
            }
        }
        Ok(())
    }))
}

/// Whether it has nothing in it that words do not have.
fn is_word(text: &str) -> bool {
    text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '\u{2019}'))
}

fn info(file: Option<&Path>) -> anyhow::Result<Exit> {
    if let Some(path) = file
        && let Some(index) = breached::index(path)?
    {
        return breached::info(path, index);
    }
    let list = match file {
        Some(path) => setup::word_list(path)?,
        None => WordList::built_in(strongpass_wordlists::BUILT_IN)?,
    };
    list.verify()?;
    let mut counts: BTreeMap<List, usize> = BTreeMap::new();
    let mut common = 0_usize;
    list.for_each(|_, entry| {
        *counts.entry(entry.list).or_default() += 1;
        common += usize::from(entry.common);
    });
    let (walked, ranks) = list.size();
    Ok(output::to_people(Exit::Yes, |out| {
        writeln!(out, "entries    {:8}", list.len())?;
        for (list, count) in &counts {
            writeln!(out, "  {:8} {count:8}", list.id())?;
        }
        writeln!(out, "frequent passwords among them {common}")?;
        writeln!(out, "bytes      {:8}  automaton {walked}, ranks {ranks}", walked + ranks)?;
        Ok(writeln!(out, "checksum   good")?)
    }))
}

fn export(file: &Path) -> anyhow::Result<Exit> {
    let list = setup::word_list(file)?;
    list.verify()?;
    Ok(output::to_programs(Exit::Yes, |out| Ok(out.write_all(&listed(&list))?)))
}

/// The entries as they are compared, one a line: small letters without accents.
fn listed(list: &WordList) -> Vec<u8> {
    let mut entries = Vec::new();
    list.for_each(|entry, _| {
        entries.extend_from_slice(entry);
        entries.push(b'\n');
    });
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_built_can_be_listed() {
        let mut compiler = WordList::compiler();
        for line in ["King Ethelbert", "\u{c9}mile Road", "kestrel\t7", "CT7 9QX"] {
            compiler.add_phrase(List::Local, line).unwrap();
        }
        let list = WordList::open(compiler.finish().unwrap()).unwrap();
        let expected =
            "ct7 9qx\nct79qx\nemile\nemileroad\nethelbert\nkestrel\nking\nkingethelbert\nroad\n";
        assert_eq!(String::from_utf8(listed(&list)).unwrap(), expected);
    }
}
