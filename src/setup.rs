//! Which policy and which words are in force.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use strongpass_policy::{Dictionary, Policy, WordList, nearest};

use crate::{UsageError, text};

/// Where a policy for the whole machine is looked for.
pub(crate) const SYSTEM_POLICY: &str = "/etc/strongpass/policy.toml";

/// No policy file is larger.
const MAX_POLICY_BYTES: u64 = 1 << 20;
/// No compiled list is larger: a million cells and their entries.
const MAX_LIST_BYTES: u64 = 64 << 20;

/// A policy and the file it is from, if any.
pub(crate) struct InForce {
    pub(crate) policy: Policy,
    pub(crate) file: Option<PathBuf>,
}

/// The policy of that name or file, or the one for this machine, or the school's sentence.
pub(crate) fn policy(wanted: Option<&str>) -> anyhow::Result<InForce> {
    let Some(wanted) = wanted else {
        let system = Path::new(SYSTEM_POLICY);
        // Anything but "there is none" is an error: an unreadable policy is no weaker policy.
        return match read(system, MAX_POLICY_BYTES) {
            Err(error) if is_absent(&error) => {
                Ok(InForce { policy: Policy::birchington(), file: None })
            }
            Err(error) => Err(error),
            Ok(bytes) => parse(system, bytes),
        };
    };
    if let Some(policy) = Policy::preset(wanted) {
        return Ok(InForce { policy, file: None });
    }
    let path = Path::new(wanted);
    match policy_file(path) {
        // What was typed may be a password.
        Err(error) if names_nothing(&error) => {
            Err(UsageError(match nearest(wanted, Policy::PRESETS) {
                Some(name) => format!("no preset or file has that name: did you mean `{name}`?"),
                None => "no preset or file has that name; see `strongpass policy list`".into(),
            })
            .into())
        }
        done => done,
    }
}

/// The policy in that file, whatever its name.
pub(crate) fn policy_file(path: &Path) -> anyhow::Result<InForce> {
    parse(path, read(path, MAX_POLICY_BYTES)?)
}

fn parse(path: &Path, bytes: Vec<u8>) -> anyhow::Result<InForce> {
    let name = path.display();
    let content = String::from_utf8(bytes)
        .map_err(|_| UsageError(format!("{name}: is not UTF-8 text; save it as UTF-8")))?;
    let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
    let mut policy =
        Policy::from_toml(content).map_err(|error| UsageError(format!("{name}:{error}")))?;
    // Only the preset itself goes by its name; a file that changes it goes by its own.
    if Policy::preset(&policy.name).is_some_and(|preset| preset != policy) {
        let stem = path.file_stem().unwrap_or(path.as_os_str());
        policy.name = text::printable(&stem.to_string_lossy()).into_owned();
    }
    Ok(InForce { policy, file: Some(path.to_owned()) })
}

/// The built-in dictionary with the lists of the policy and of the call.
pub(crate) fn dictionary(in_force: &InForce, more: &[PathBuf]) -> anyhow::Result<Dictionary> {
    let mut dictionary = strongpass_wordlists::dictionary()?;
    let beside = in_force.file.as_deref().and_then(Path::parent).unwrap_or_else(|| Path::new(""));
    for (words, language) in in_force.policy.word_files() {
        dictionary.push(list_of(&beside.join(words), language)?);
    }
    for path in more {
        dictionary.push(word_list(path)?);
    }
    Ok(dictionary)
}

/// Opens a compiled list; if it is one of a language and not there, the error says how to make it.
pub(crate) fn list_of(path: &Path, language: Option<&str>) -> anyhow::Result<WordList> {
    word_list(path).map_err(|error| match language {
        Some(code) if is_absent(&error) => {
            UsageError(format!("{}: {}", path.display(), Policy::missing_language(code))).into()
        }
        _ => error,
    })
}

/// Opens a compiled list.
pub(crate) fn word_list(path: &Path) -> anyhow::Result<WordList> {
    WordList::open(read(path, MAX_LIST_BYTES)?).with_context(|| path.display().to_string())
}

/// Reads a whole file that may not be larger than `most` bytes.
pub(crate) fn read(path: &Path, most: u64) -> anyhow::Result<Vec<u8>> {
    let name = || path.display().to_string();
    let file = fs::File::open(path).with_context(name)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).with_context(name)?;
    if u64::try_from(bytes.len()).is_ok_and(|len| len > most) {
        return Err(anyhow!("{}: is larger than {most} bytes", path.display()));
    }
    Ok(bytes)
}

/// Whether there can be no file of the name that was given.
pub(crate) fn names_nothing(error: &anyhow::Error) -> bool {
    let kinds = [ErrorKind::NotFound, ErrorKind::NotADirectory, ErrorKind::InvalidFilename];
    let io = error.downcast_ref::<std::io::Error>();
    io.is_some_and(|error| kinds.contains(&error.kind()))
}

pub(crate) fn is_absent(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<std::io::Error>();
    io.is_some_and(|error| error.kind() == ErrorKind::NotFound)
}
