//! Which policy and which words are in force, and files that are read as they are.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use strongpass_gate::{GateError, InForce, Trust};
use strongpass_policy::{Dictionary, WordList};
use strongpass_report::{Logo, School};

use crate::exit::UsageError;

/// The policy of that name or file, or the one for this machine, or the school's sentence.
pub(crate) fn policy(wanted: Option<&str>) -> anyhow::Result<InForce> {
    InForce::find(wanted, Trust::of_process()).map_err(failed)
}

/// The policy in that file, whatever its name.
pub(crate) fn policy_file(path: &Path) -> anyhow::Result<InForce> {
    let found = InForce::read(path, Trust::of_process()).map_err(failed)?;
    found.ok_or_else(|| anyhow!("{}: there is no such file; correct the path", path.display()))
}

/// The built-in dictionary with the lists of the policy and of the call.
pub(crate) fn dictionary(in_force: &InForce, more: &[PathBuf]) -> anyhow::Result<Dictionary> {
    in_force.dictionary(more).map_err(failed)
}

/// The school that the policy names, with its logo.
pub(crate) fn school(in_force: &InForce) -> anyhow::Result<Option<School>> {
    let Some(school) = &in_force.policy.school else { return Ok(None) };
    let most = u64::try_from(Logo::MOST_BYTES).unwrap_or(u64::MAX);
    let logo = in_force.logo().map(|path| -> anyhow::Result<Logo> {
        let wrong = |why: String| UsageError(format!("{}: {why}", path.display()));
        if !path.is_file() {
            let why = "there is no such logo; correct `logo` in the policy, or leave it out";
            return Err(wrong(why.into()).into());
        }
        let bytes = read(&path, most)?;
        Ok(Logo::from_bytes(bytes).map_err(|error| wrong(error.to_string()))?)
    });
    Ok(Some(School { name: school.name.clone(), logo: logo.transpose()? }))
}

/// Opens a compiled list.
pub(crate) fn word_list(path: &Path) -> anyhow::Result<WordList> {
    strongpass_gate::word_list(path, None, Trust::of_process()).map_err(failed)
}

/// What is wrong with the call or the configuration is told from what is wrong with this computer.
pub(crate) fn failed(error: GateError) -> anyhow::Error {
    if error.is_mistake() { UsageError(error.to_string()).into() } else { error.into() }
}

/// Reads a whole file that may not be larger than `most` bytes, holds no secret and decides nothing
/// about passwords.
#[expect(clippy::disallowed_methods, reason = "it holds no secret")]
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
