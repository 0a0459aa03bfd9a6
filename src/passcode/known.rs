//! The policy for passcodes that is in force, and what a thief may know.

use std::path::Path;

use anyhow::bail;
use strongpass_gate::{InForce, Trust};
use strongpass_policy::{Context, Day};
use strongpass_terminal::text;

use crate::cli::{ContextArgs, PolicyArg};
use crate::exit::UsageError;
use crate::setup;

/// Where a policy for passcodes is looked for.
const SYSTEM_POLICY: &str = "/etc/strongpass/passcode.toml";
/// No file of what is known is larger.
const MOST_BYTES: u64 = 1 << 20;

/// The policy that was named, or the one for passcodes on this machine, or the preset.
pub(super) fn policy(args: &PolicyArg) -> anyhow::Result<InForce> {
    let in_force = match &args.policy {
        Some(name) => setup::policy(Some(name))?,
        None => match InForce::read(Path::new(SYSTEM_POLICY), Trust::of_process()) {
            Ok(Some(found)) => found,
            Ok(None) => setup::policy(Some("passcode"))?,
            Err(error) => return Err(setup::failed(error)),
        },
    };
    if in_force.policy.passcode.is_none() {
        let name = text::printable(&in_force.policy.name).into_owned();
        let message = format!(
            "the policy \"{name}\" is not for passcodes: it has no [passcode]; \
             `strongpass policy show passcode` prints one that has"
        );
        return Err(UsageError(message).into());
    }
    Ok(in_force)
}

/// What a thief may know of everybody: what was given, and the year.
pub(super) fn context(args: &ContextArgs, today: Day) -> anyhow::Result<Context<'static>> {
    let mut context = Context::default();
    for known in &args.context {
        context = context.number(known);
    }
    if let Some(path) = &args.context_file {
        let bytes = setup::read(path, MOST_BYTES)?;
        let lines = str::from_utf8(&bytes)
            .map_err(|_| UsageError(format!("{}: is not UTF-8 text", path.display())))?;
        let lines = lines.strip_prefix('\u{feff}').unwrap_or(lines).lines().map(str::trim);
        let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
        if lines.peek().is_none() {
            bail!("{}: there is nothing in it", path.display());
        }
        context = lines.fold(context, Context::number);
    }
    Ok(context.year(today.year()))
}
