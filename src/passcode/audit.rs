//! `passcode audit`: which devices need a new code, without showing one.

use anyhow::anyhow;
use rayon::prelude::*;
use strongpass_registers::{
    Checker, Criteria, Judged, Leavers, Register, RegisterJudge, RegisterReport, replace_codes,
};
use strongpass_report::Document;

use super::file::{self, Lock};
use super::known;
use crate::cli::RegisterArgs;
use crate::exit::Exit;
use crate::report::{Extra, Outputs};
use crate::{clock, generate, output, secret_file, setup};

/// No list of leavers is larger.
const MOST_LEAVERS: u64 = 10 << 20;

pub(super) fn run(args: &RegisterArgs) -> anyhow::Result<Exit> {
    let outputs = Outputs::from_args(&args.report, args.replace.is_some())?;
    let in_force = known::policy(&args.policy)?;
    let school = setup::school(&in_force)?;
    let dictionary = setup::dictionary(&in_force, &[])?;
    let policy = &in_force.policy;
    let made = clock::now()?;
    let today = args.as_of.unwrap_or_else(|| made.day());
    let known = known::context(&args.context, today)?;
    let leavers = leavers(args)?;
    let digits = args.length.map(usize::from);
    let digits = digits.or_else(|| policy.passcode.map(|passcode| passcode.min_digits));
    let generator = generate::new(Checker::new(policy, &dictionary), digits)?;

    let file = file::open(&args.register, &args.identity)?;
    let sealed = !matches!(file.lock, Lock::Plain);
    if let Some(path) = &args.replace {
        outputs.must_be_new(path, sealed)?;
    }
    let name = args.register.display().to_string();
    let register = register(args, &file.text)?;

    let criteria = Criteria {
        policy,
        dictionary: &dictionary,
        known: &known,
        leavers: &leavers,
        max_age: args.max_age,
        today,
    };
    let judge = RegisterJudge::new(&criteria, &register.devices);
    let judged: Vec<Judged> = judge.entries().par_iter().map(|entry| judge.judge(entry)).collect();
    let replaced = match &args.replace {
        Some(_) => {
            let replaced =
                replace_codes(&file.text, &register.devices, &judged, &criteria, generator);
            Some(replaced.map_err(generate::failed)?)
        }
        None => None,
    };
    let report = RegisterReport {
        responsibility: &args.report.responsibility(),
        name: &name,
        policy,
        made,
        register: &register,
        judged: &judged,
        leavers: args.leavers.is_some().then_some(&leavers),
        ages_asked: args.max_age.is_some(),
        context_given: !args.context.context.is_empty() || args.context.context_file.is_some(),
        replaced: replaced.as_ref().map(|(_, count)| *count),
    };
    // A register that was encrypted stays so, for whom it was.
    let written = replaced.as_ref().map(|(text, _)| file.lock.apply_to(text)).transpose()?;
    let written = written.as_ref().map(|bytes| bytes.as_slice());
    let more = args.replace.as_deref().zip(written);
    let more = more.map(|(path, bytes)| Extra { path, bytes, sealed });
    let document = || Document { school: school.clone(), ..report.document() };
    let written = outputs.write(document, &report.json(), || report.csv(), more.as_slice());
    Ok(output::settle(verdict(&register, &judged), written))
}

fn register(args: &RegisterArgs, text: &[u8]) -> anyhow::Result<Register> {
    let name = args.register.display().to_string();
    let register = Register::from_bytes(text, &args.column.clone().into())
        .map_err(|error| anyhow!(error.in_file(&name)))?;
    if args.leavers.is_some() && !register.names_people() {
        // Nothing would be found, and it would look as if nobody had left.
        return Err(anyhow!(
            "{name}: no column says who has a device, so it cannot be compared with --leavers; say \
             which does, with --column holder=HEADING"
        ));
    }
    Ok(register)
}

fn verdict(register: &Register, judged: &[Judged]) -> Exit {
    let found = judged.iter().any(|judged| !judged.findings.is_empty());
    match (register.skipped.is_empty(), found) {
        (false, _) => Exit::Unable,
        (true, true) => Exit::No,
        (true, false) => Exit::Yes,
    }
}

fn leavers(args: &RegisterArgs) -> anyhow::Result<Leavers> {
    let Some(path) = &args.leavers else { return Ok(Leavers::default()) };
    let file = secret_file::table(path, MOST_LEAVERS)?;
    let name = path.display().to_string();
    Leavers::from_bytes(&file).map_err(|error| anyhow!(error.in_file(&name)))
}
