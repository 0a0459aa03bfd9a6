//! Which policy is in force, and its words.

use std::path::{Path, PathBuf};

use strongpass_breached::Completeness;
use strongpass_policy::{Breached, Dictionary, Policy, WordList, nearest};
use strongpass_trusted::{Opener, Trust};

use crate::error::{FileKind, GateError};
use crate::files::read_configuration;

/// No compiled list is larger: a million cells and their entries.
const MOST_LIST_BYTES: u64 = 64 << 20;

/// A policy and the file it is from, if any.
#[derive(Debug)]
#[non_exhaustive]
pub struct InForce {
    /// The policy.
    pub policy: Policy,
    /// The file that it was read from.
    pub file: Option<PathBuf>,
    /// Which files are trusted.
    pub trust: Trust,
}

impl InForce {
    /// Where a policy for the whole computer is looked for.
    pub const OF_MACHINE: &str = "/etc/strongpass/policy.toml";

    /// The preset or file of that name, or the policy of this computer, or the school's sentence.
    ///
    /// # Errors
    /// If there is neither a preset nor a file of that name, or the file is not trusted, cannot be
    /// read or has a mistake. It is not an error if no name was given and this computer has no policy.
    pub fn find(wanted: Option<&str>, trust: Trust) -> Result<Self, GateError> {
        let Some(wanted) = wanted else {
            return Self::of_machine(Path::new(Self::OF_MACHINE), trust);
        };
        if let Some(policy) = Policy::preset(wanted) {
            return Ok(Self { policy, file: None, trust });
        }
        let unknown = || GateError::UnknownPolicy {
            name: wanted.to_owned(),
            nearest: nearest(wanted, Policy::PRESETS),
        };
        match Self::read(Path::new(wanted), trust) {
            // There can be no file of that name; what was typed may be a password.
            Err(GateError::Untrusted(error)) if error.names_nothing() => Err(unknown()),
            found => found?.ok_or_else(unknown),
        }
    }

    fn of_machine(path: &Path, trust: Trust) -> Result<Self, GateError> {
        let preset = || Self { policy: Policy::birchington(), file: None, trust };
        Ok(Self::read(path, trust)?.unwrap_or_else(preset))
    }

    /// The policy in that file, whatever its name; `None` if there is no such file.
    ///
    /// # Errors
    /// If it is not trusted, cannot be read or has a mistake.
    pub fn read(path: &Path, trust: Trust) -> Result<Option<Self>, GateError> {
        let Some(text) = read_configuration(path, trust)? else { return Ok(None) };
        let mut policy = Policy::from_toml(&text)
            .map_err(|error| GateError::Mistake { path: path.to_owned(), error })?;
        // Only the preset itself goes by its name, whosever it is; a file that changes it goes by its
        // own.
        let mut rules = policy.clone();
        rules.school = None;
        if Policy::preset(&policy.name).is_some_and(|preset| preset != rules) {
            let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
            policy.name = stem.chars().filter(|c| !c.is_control()).collect();
        }
        Ok(Some(Self { policy, file: Some(path.to_owned()), trust }))
    }

    fn beside(&self, name: &str) -> PathBuf {
        let folder = self.file.as_deref().and_then(Path::parent);
        folder.unwrap_or_else(|| Path::new("")).join(name)
    }

    /// The list of breached passwords that the policy names, beside its file, and whether it must be
    /// whole; `None` if it names none.
    pub fn breached_list(&self) -> Option<(PathBuf, Completeness)> {
        let Breached { list, partial } = self.policy.breached.as_ref()?;
        let whole = if *partial { Completeness::Partial } else { Completeness::Whole };
        Some((self.beside(list), whole))
    }

    /// The school's logo that the policy names, beside its file.
    pub fn logo(&self) -> Option<PathBuf> {
        let logo = self.policy.school.as_ref()?.logo.as_deref()?;
        Some(self.beside(logo))
    }

    /// The word lists that the policy names, beside its file, each with its language if it is one
    /// of a language.
    pub fn words(&self) -> impl Iterator<Item = (PathBuf, Option<&str>)> {
        self.policy.word_files().map(|(words, language)| (self.beside(&words), language))
    }

    /// The built-in words with the lists of the policy and `more`, each compared with its checksum.
    ///
    /// # Errors
    /// If one of them is missing, not trusted or damaged.
    pub fn dictionary(&self, more: &[PathBuf]) -> Result<Dictionary, GateError> {
        let mut dictionary = strongpass_wordlists::dictionary().map_err(GateError::BuiltIn)?;
        for (path, language) in self.words() {
            dictionary.push(word_list(&path, language, self.trust)?);
        }
        for path in more {
            dictionary.push(word_list(path, None, self.trust)?);
        }
        Ok(dictionary)
    }
}

/// Opens a compiled list, which may be that of a language.
///
/// # Errors
/// If it is missing, not trusted or damaged.
pub fn word_list(path: &Path, language: Option<&str>, trust: Trust) -> Result<WordList, GateError> {
    let bytes = Opener::new(trust).read(path, MOST_LIST_BYTES)?;
    let missing = || match language {
        Some(code) => {
            GateError::MissingLanguage { path: path.to_owned(), language: code.to_owned() }
        }
        None => GateError::Missing { path: path.to_owned(), kind: FileKind::Words },
    };
    WordList::open(bytes.ok_or_else(missing)?)
        .map_err(|error| GateError::Words { path: path.to_owned(), error })
}
