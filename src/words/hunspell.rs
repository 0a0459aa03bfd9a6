//! `words build --hunspell`: the words of a spelling dictionary that this machine has.
//!
//! Where it is; `strongpass_tables` reads it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use strongpass_policy::{Compiler, List};
use strongpass_tables::SpellingDictionary;

use crate::exit::UsageError;

/// Where Debian, Fedora and macOS keep them.
const FOLDERS: [&str; 4] =
    ["/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/share/myspell", "/Library/Spelling"];

/// No dictionary is larger.
const MOST_BYTES: u64 = 64 << 20;

/// Adds the words of the dictionary of that name (`cy_GB`, `cy`) or file (`cy_GB.dic`); how many lines had
/// no word that can be an entry.
pub(super) fn add(compiler: &mut Compiler, wanted: &str) -> anyhow::Result<u64> {
    let path = find(wanted)?;
    let affixes = path.with_extension("aff");
    let dictionary = SpellingDictionary::parse(&read(&affixes)?)
        .map_err(|error| anyhow!("{}:{error}", affixes.display()))?;
    let bytes = read(&path)?;
    let mut skipped = 0;
    for words in dictionary.words(&bytes) {
        let mut any = false;
        for word in words {
            any |= compiler.add(List::Word, &word).is_ok();
        }
        skipped += u64::from(!any);
    }
    Ok(skipped)
}

/// The `.dic` file: as it is named, or in one of the folders, with or without its country.
fn find(wanted: &str) -> anyhow::Result<PathBuf> {
    let path = Path::new(wanted);
    if path.extension().is_some_and(|extension| extension == "dic") {
        return Ok(path.to_owned());
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if wanted.is_empty() || !wanted.chars().all(is_name) {
        let message =
            format!("--hunspell {wanted}: is not a language; give `cy_GB`, or a .dic file");
        return Err(UsageError(message).into());
    }
    let mut found: Vec<PathBuf> = Vec::new();
    for folder in FOLDERS {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        found.extend(paths.filter(|path| {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            path.extension().is_some_and(|extension| extension == "dic")
                && (stem == wanted || stem.starts_with(&format!("{wanted}_")))
        }));
    }
    // The dictionary of that very name before those of its countries.
    found.sort_by_key(|path| (path.as_os_str().len(), path.clone()));
    let language = wanted.split(['_', '-']).next().unwrap_or_default();
    found.into_iter().next().ok_or_else(|| {
        anyhow!(
            "there is no hunspell dictionary `{wanted}` in {}: install it (on Debian and Ubuntu, \
             `apt install hunspell-{language}`), or give the path of its .dic file",
            FOLDERS[..3].join(", ")
        )
    })
}

#[expect(clippy::disallowed_methods, reason = "a spelling dictionary is not a secret")]
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let name = || path.display().to_string();
    let bytes = fs::metadata(path).with_context(name)?.len();
    anyhow::ensure!(bytes <= MOST_BYTES, "{}: is larger than {MOST_BYTES} bytes", path.display());
    fs::read(path).with_context(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_told() {
        assert!(find("../x").is_err());
        assert!(find("zz_ZZ").unwrap_err().to_string().contains("apt install hunspell-zz"));
    }
}
