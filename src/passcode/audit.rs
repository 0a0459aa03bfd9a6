//! `passcode audit`: which devices need a new code, without showing one.

use anyhow::{anyhow, bail};

use super::columns::Layout;
use super::judge::Judge;
use super::people::Leavers;
use super::register::Lock;
use super::report::Account;
use super::{register, replace};
use crate::cli::RegisterArgs;
use crate::clock::Moment;
use crate::generate::Generator;
use crate::report::{Extra, Outputs};
use crate::{Exit, output, setup};

pub(super) fn run(args: &RegisterArgs) -> anyhow::Result<Exit> {
    let outputs = Outputs::of(&args.report, args.replace.is_some())?;
    let in_force = super::policy(&args.policy)?;
    let dictionary = setup::dictionary(&in_force, &[])?;
    let policy = &in_force.policy;
    let made = Moment::now()?;
    let today = args.as_of.unwrap_or_else(|| made.day());
    let known = super::context(&args.context, today)?;
    let leavers = match &args.leavers {
        Some(path) => Leavers::read(path)?,
        None => Leavers::default(),
    };
    let digits = replace::digits(policy, args.length);
    let generator = Generator::new(policy, &dictionary, digits)?;

    let file = register::open(&args.register, &args.identity)?;
    let sealed = !matches!(file.lock, Lock::Plain);
    if let Some(path) = &args.replace {
        outputs.must_be_new(path, sealed)?;
    }
    let name = args.register.display().to_string();
    let in_place = |error| anyhow!("{name}:{error}");
    let layout = Layout::of(&file.text).map_err(in_place)?;
    let (devices, skipped) = register::read(&file.text, &layout).map_err(in_place)?;
    if devices.is_empty() && skipped.is_empty() {
        bail!("{name}: there is no device in it; nothing was checked");
    }

    let max_age = args.max_age;
    let judge =
        Judge { policy, dictionary: &dictionary, known: &known, leavers: &leavers, max_age, today };
    let judged = judge.all(&devices);
    let mut replaced = None;
    if args.replace.is_some() {
        let (text, count) = replace::register(&file.text, &devices, &judged, &judge, generator)?;
        replaced = Some((text, count));
    }
    let account = Account {
        args,
        name: &name,
        policy,
        made,
        columns: &layout.columns,
        devices: &devices,
        judged: &judged,
        skipped: &skipped,
        leavers: &leavers,
        replaced: replaced.as_ref().map(|(_, count)| *count),
    };
    // A register that was encrypted stays so, for whom it was.
    let written = replaced.as_ref().map(|(text, _)| file.lock.applied_to(text)).transpose()?;
    let written = written.as_ref().map(|bytes| bytes.as_slice());
    let more = args.replace.as_deref().zip(written);
    let more = more.map(|(path, bytes)| Extra { path, bytes, sealed });
    let found = judged.iter().any(|judged| !judged.findings.is_empty());
    let exit = match (skipped.is_empty(), found) {
        (false, _) => Exit::Unable,
        (true, true) => Exit::No,
        (true, false) => Exit::Yes,
    };
    let document = || account.document();
    let written = outputs.write(document, &account.json(), || account.csv(), more.as_slice());
    Ok(output::settle(exit, written))
}
