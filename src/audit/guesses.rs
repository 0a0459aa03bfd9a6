//! What an audit guesses with, and what it looks up: lists and rules from files.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};
use strongpass_audit::{
    Export, HashcatRule, RuleFile, Shapes, Stage, Words, joined_names, lm_passwords, pot_entries,
};
use strongpass_breached::{BreachFile, Completeness};
use strongpass_gate::{BreachedPasswords, GateError, InForce};
use strongpass_policy::{Dictionary, DictionaryError, Password, WordList};
use strongpass_tables::{LineBlocks, decode_text, lines_of};
use strongpass_terminal::text;
use zeroize::Zeroizing;

use crate::cli::AuditArgs;
use crate::exit::UsageError;
use crate::{memory, secret_file, setup, words};

/// No list of words or rules is larger.
const MOST: u64 = 8 << 30;

/// How many faults of a rule file are shown.
const SHOWN: usize = 5;

/// Everything that guesses are made of.
pub(super) struct Guesses {
    /// The built-in words, those of the policy and those of the school.
    pub(super) dictionary: Dictionary,
    pub(super) stages: Vec<Stage>,
    /// What was used, for the head of the report.
    pub(super) lists: Vec<String>,
}

impl Guesses {
    pub(super) fn read(
        args: &AuditArgs,
        exports: &[Export],
        in_force: &InForce,
        year: u16,
    ) -> anyhow::Result<Self> {
        let mut dictionary = setup::dictionary(in_force, &[])?;
        let mut lists = vec![format!("built-in words of strongpass {}", env!("CARGO_PKG_VERSION"))];
        let mut school: Vec<String> = Vec::new();
        for path in &args.words {
            let (list, names) = school_list(path)?;
            list.for_each(|word, _| school.extend(str::from_utf8(word).map(str::to_owned)));
            school.extend(names);
            dictionary.push(list);
            lists.push(path.display().to_string());
        }
        let mut stages = Vec::new();
        stages.extend(found_before(args, exports, &mut lists)?);
        if !args.no_defaults {
            let words = Words::ranked(
                &dictionary,
                strongpass_wordlists::frequent_passwords(),
                school.iter().map(String::as_str),
            );
            stages.push(Stage { words, shapes: Shapes::usual(year), personal: true });
        }
        stages.extend(own_lists(args, &mut lists)?);
        Ok(Self { dictionary, stages, lists })
    }
}

/// A list of the school: compiled, or text that is compiled here. Of a text, also the names of several
/// words with a capital for each, which a compiled list does not have any more.
fn school_list(path: &Path) -> anyhow::Result<(WordList, Vec<String>)> {
    match setup::word_list(path) {
        Err(error) if is_text(&error) => {}
        done => return Ok((done?, Vec::new())),
    }
    let mut compiler = WordList::compiler();
    words::add_file(&mut compiler, path, &mut 0)?;
    if compiler.is_empty() {
        bail!("{}: it has no words", path.display());
    }
    let name = || path.display().to_string();
    let list = WordList::open(compiler.finish()?).with_context(name)?;
    Ok((list, names_in(path).with_context(name)?))
}

/// What is made of the names of several words in a text.
fn names_in(path: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut source = LineBlocks::new(File::open(path)?);
    while let Some(block) = source.next_block()? {
        names.extend(lines_of(block).flat_map(|line| joined_names(&decode_text(line))));
    }
    Ok(names)
}

/// Whether a file was found to be no compiled list.
fn is_text(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref();
    matches!(error, Some(GateError::Words { error: DictionaryError::NotAList, .. }))
}

/// What other programs found: guesses, each to be verified.
fn found_before(
    args: &AuditArgs,
    exports: &[Export],
    lists: &mut Vec<String>,
) -> anyhow::Result<Vec<Stage>> {
    let mut guesses: Vec<Zeroizing<String>> = Vec::new();
    let mut joined: Vec<Password> = Vec::new();
    for path in &args.potfile {
        let bytes = secret_file::whole(path, MOST)?;
        let (entries, faults) = memory::wiping_stack(|| pot_entries(&bytes));
        for fault in faults.iter().take(SHOWN) {
            text::remark(&format!("{}:{fault}", path.display()));
        }
        if entries.is_empty() {
            bail!("{}: it has no passwords", path.display());
        }
        joined.extend(lm_passwords(&bytes, exports));
        let texts = entries.iter().filter_map(|entry| entry.expose());
        guesses.extend(texts.map(|text| Zeroizing::new(text.to_owned())));
        lists.push(path.display().to_string());
    }
    let mut stages = Vec::new();
    if !guesses.is_empty() {
        let words = Words::listed(guesses.iter().map(|guess| guess.as_str()));
        let shapes = Shapes::listed(vec![HashcatRule::default()]);
        stages.push(Stage { words: words.of_passwords(), shapes, personal: false });
    }
    if !joined.is_empty() {
        let words = Words::listed(joined.iter().filter_map(|password| password.expose()));
        let words = words.of_passwords();
        stages.push(Stage { words, shapes: Shapes::capitals(), personal: false });
    }
    Ok(stages)
}

/// The lists and rules of whoever runs the audit.
fn own_lists(args: &AuditArgs, lists: &mut Vec<String>) -> anyhow::Result<Option<Stage>> {
    if args.wordlist.is_empty() {
        return Ok(None);
    }
    let mut rules = Vec::new();
    for path in &args.rules {
        let bytes = setup::read(path, MOST)?;
        let file = RuleFile::parse(&String::from_utf8_lossy(&bytes));
        for fault in file.errors.iter().take(SHOWN) {
            text::remark(&format!("{}:{fault}: skipped", path.display()));
        }
        if file.errors.len() > SHOWN {
            let more = file.errors.len() - SHOWN;
            text::remark(&format!("{}: {more} more rules were skipped", path.display()));
        }
        if file.rules.is_empty() {
            let name = path.display();
            if file.errors.is_empty() {
                bail!("{name}: it has no rules");
            }
            return Err(UsageError(format!("{name}: none of its rules is known")).into());
        }
        rules.extend(file.rules);
        lists.push(path.display().to_string());
    }
    if rules.is_empty() {
        rules.push(HashcatRule::default());
    }
    let mut words = Words::default();
    for path in &args.wordlist {
        if add_lines(&mut words, path).with_context(|| path.display().to_string())? == 0 {
            bail!("{}: it has no words", path.display());
        }
        lists.push(path.display().to_string());
    }
    Ok(Some(Stage { words, shapes: Shapes::listed(rules), personal: false }))
}

/// Adds the lines of a file that are not empty, and says how many there are; the file itself is
/// never in memory as a whole.
fn add_lines(words: &mut Words, path: &Path) -> std::io::Result<u64> {
    let mut count = 0;
    let mut source = LineBlocks::new(File::open(path)?);
    while let Some(block) = source.next_block()? {
        let lines = String::from_utf8_lossy(block);
        for word in lines.lines().filter(|word| !word.is_empty()) {
            words.push_next(word);
            count += 1;
        }
    }
    Ok(count)
}

/// The list of breached passwords, where it lies, or an index of it; and its path.
pub(super) type Breached = (BreachFile<File>, PathBuf);

/// Opens the list that was named, or else that of the policy, and does not believe it before it was
/// tested; the report says which it was.
pub(super) fn breached(
    args: &AuditArgs,
    in_force: &InForce,
    lists: &mut Vec<String>,
) -> anyhow::Result<Option<Breached>> {
    let Some(path) = &args.breached else {
        let of_policy = BreachedPasswords::find(in_force).map_err(setup::failed)?;
        let of_policy = of_policy.map(BreachedPasswords::into_file);
        lists.extend(of_policy.iter().map(|(file, path)| format!("{} ({file})", path.display())));
        return Ok(of_policy);
    };
    let name = || path.display().to_string();
    let whole = if args.breached_partial { Completeness::Partial } else { Completeness::Whole };
    let file = File::open(path).with_context(name)?;
    let file = BreachFile::open(file, whole).with_context(name)?;
    lists.push(format!("{} ({file})", path.display()));
    Ok(Some((file, path.clone())))
}

/// How much of a list of breached passwords is read at each place to tell it from others.
const SAMPLE: u64 = 1 << 16;

/// What tells a list of breached passwords from another one: its length, and a digest of pieces of
/// it. The whole of it would take minutes to read.
pub(super) fn identity(path: &Path) -> anyhow::Result<String> {
    identity_of(path).with_context(|| path.display().to_string())
}

#[expect(clippy::disallowed_methods, reason = "a list that everybody may read")]
fn identity_of(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut state = Sha256::new();
    let mut piece = Vec::new();
    for part in 0..16 {
        let start = (length / 16).saturating_mul(part);
        file.seek(SeekFrom::Start(start))?;
        piece.clear();
        (&mut file).take(SAMPLE).read_to_end(&mut piece)?;
        state.update(&piece);
    }
    let last = length.saturating_sub(SAMPLE);
    file.seek(SeekFrom::Start(last))?;
    piece.clear();
    (&mut file).take(SAMPLE).read_to_end(&mut piece)?;
    state.update(&piece);
    let digest = state.finalize();
    let digest = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    Ok(format!("{length} bytes, {digest:016x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lists_of_one_length_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let written = |name: &str, list: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, list).unwrap();
            identity(&path).unwrap()
        };
        let list = vec![b'A'; 3 << 20];
        let mut other = list.clone();
        other[(3 << 20) / 4] = b'B';
        assert_eq!(written("one", &list), written("copy", &list));
        assert_ne!(written("one", &list), written("other", &other));
        assert_ne!(written("one", &list), written("longer", &[&*list, b"A"].concat()));
    }

    #[test]
    fn a_list_is_read_in_pieces_and_nothing_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words.txt");
        // Some pieces, a line as long as one, and no end of line at the end.
        let lines: Vec<String> = (0..300_000).map(|n| format!("word{n}é")).collect();
        let long = "x".repeat(1 << 20);
        let text = format!("{}\r\n\n{long}\nlast", lines.join("\n"));
        std::fs::write(&path, text).unwrap();
        let mut words = Words::default();
        assert_eq!(add_lines(&mut words, &path).unwrap(), 300_002);
        let expected = lines.iter().map(String::as_str).chain([long.as_str(), "last"]);
        assert!(words.iter().eq(expected));
    }
}
