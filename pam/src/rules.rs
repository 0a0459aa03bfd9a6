//! The policy in force and its words.

use std::path::{Path, PathBuf};

use strongpass_policy::{Dictionary, OneSystem, Policy, WordList, nearest};

use crate::setup::{self, NotReady};

/// Where the policy of this machine is looked for, as the command does.
const SYSTEM_POLICY: &str = "/etc/strongpass/policy.toml";

/// No compiled list is larger.
const MOST_LIST_BYTES: u64 = 64 << 20;

/// What a password is judged by.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) policy: Policy,
    pub(crate) dictionary: Dictionary,
}

impl Rules {
    /// The preset or file of that name, or the policy of this machine, or the school's sentence;
    /// with all the word lists that it names, each compared with its checksum.
    pub(crate) fn load(wanted: Option<&str>) -> Result<Self, NotReady> {
        let (policy, file) = policy(wanted)?;
        let mut dictionary = strongpass_wordlists::dictionary()
            .map_err(|error| NotReady::new(format!("the built-in word list: {error}")))?;
        let beside = file.as_deref().and_then(Path::parent).unwrap_or_else(|| Path::new("/"));
        for (words, language) in policy.word_files() {
            dictionary.push(word_list(&beside.join(words), language)?);
        }
        Ok(Self { policy, dictionary })
    }

    /// Whether it matters that a password is used elsewhere, or was used before.
    pub(crate) fn asks_for_uses(&self) -> bool {
        self.policy.one_system != OneSystem::Off
    }
}

fn policy(wanted: Option<&str>) -> Result<(Policy, Option<PathBuf>), NotReady> {
    let preset = wanted.and_then(Policy::preset);
    if let Some(policy) = preset {
        return Ok((policy, None));
    }
    let path = match wanted {
        None => Path::new(SYSTEM_POLICY),
        Some(path) if path.starts_with('/') => Path::new(path),
        // A relative path would mean another file in each directory that `passwd` is started from.
        Some(name) => {
            return Err(NotReady::new(match nearest(name, Policy::PRESETS) {
                Some(near) => format!("`policy=`: no such preset: did you mean `{near}`?"),
                None => "`policy=` takes a path from `/`, or a preset of `strongpass policy list`"
                    .to_owned(),
            }));
        }
    };
    match setup::read_text(path)? {
        Some(text) => {
            let policy =
                Policy::from_toml(&text).map_err(|error| NotReady::mistake(path, &error))?;
            Ok((policy, Some(path.to_owned())))
        }
        None if wanted.is_none() => Ok((Policy::birchington(), None)),
        None => Err(NotReady::at(path, &"there is no such file; correct `policy=`")),
    }
}

fn word_list(path: &Path, language: Option<&str>) -> Result<WordList, NotReady> {
    let bytes = setup::read(path, MOST_LIST_BYTES)?.ok_or_else(|| {
        let make = "there is no such word list; make it with `strongpass words build`";
        NotReady::at(path, &language.map_or(make.to_owned(), Policy::missing_language))
    })?;
    WordList::open(bytes).map_err(|error| NotReady::at(path, &error))
}
