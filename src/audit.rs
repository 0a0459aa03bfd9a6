//! `audit`: reads exports, watches the search, hands the report on.

use std::fs;
use std::io::IsTerminal;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use strongpass_audit::{
    Audit, AuditError, Bounds, Changes, Checkpoint, Earlier, EarlierError, Export, Names, People,
    Progress, ReadOptions, Report, ReportJson, Telling,
};
use strongpass_breached::Seen;
use strongpass_hash::{InstructionSet, Limits, Scheme};
use strongpass_report::{Header, Moment, School};
use strongpass_terminal::text;

use crate::cli::AuditArgs;
use crate::exit::{Exit, UsageError};
use crate::report::{Extra, Outputs};
use crate::{clock, memory, output, private, secret_file, setup};

mod guesses;
mod waiting;

/// No export is larger: names are counted in 32 bits.
const MOST: u64 = (1 << 32) - 1;

/// No report of an earlier audit is larger.
const MOST_EARLIER: u64 = 1 << 30;

/// So many remarks on the list of people are made.
const MOST_NOTES: usize = 5;

/// How often a checkpoint is written.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(10);

pub(crate) fn run(args: &AuditArgs) -> anyhow::Result<Exit> {
    let in_force = setup::policy(args.policy.policy.as_deref())?;
    let school = setup::school(&in_force)?;
    let made = clock::now()?;
    let besides: Vec<&Path> =
        [&args.letters, &args.pseudonymise].into_iter().flatten().map(PathBuf::as_path).collect();
    let outputs = Outputs::from_args(&args.output, !besides.is_empty())?;
    for path in besides {
        outputs.must_be_new(path, false)?;
    }
    let since: Vec<Earlier> =
        args.since.iter().map(|path| earlier(path)).collect::<Result<_, _>>()?;
    let limits = Limits { memory_kib: args.max_memory.saturating_mul(1024), time: args.max_cost };
    let exports = exports(args, limits, made)?;
    let people = people(args, &exports)?;
    let mut guesses = guesses::Guesses::read(args, &exports, &in_force, year(made))?;
    let mut breached = guesses::breached(args, &in_force, &mut guesses.lists)?;

    let stop = Arc::new(AtomicBool::new(false));
    let interrupted = Arc::new(AtomicBool::new(false));
    let register = |flag| signal_hook::flag::register(signal_hook::consts::SIGINT, flag);
    let flags = [register(Arc::clone(&interrupted))?, register(Arc::clone(&stop))?];
    let audit = Audit {
        exports: &exports,
        people: &people,
        policy: &in_force.policy,
        dictionary: &guesses.dictionary,
        stages: &guesses.stages,
        limits,
        instructions: args.instructions.unwrap_or_else(InstructionSet::best),
    };
    let resume = match args.checkpoint.as_deref() {
        Some(path) => read_checkpoint(path, &exports)?,
        None => None,
    };
    // Asked before the first guess: what was found is not lost because a file is gone.
    let list = breached.as_ref().map(|(_, path)| guesses::identity(path)).transpose()?;
    let mut report = search(args, &audit, &stop, resume.as_ref(), breached.as_mut())?;
    if let Some(list) = list {
        report.name_breached_list(list);
    }
    report.interrupted = interrupted.load(Ordering::Relaxed);
    for flag in flags {
        signal_hook::low_level::unregister(flag);
    }

    let header = Header::new(
        &args.output.responsibility(),
        made,
        "to find weak, shared and reused passwords, so that they are changed",
        guesses.lists,
        exports.iter().map(|export| format!("{} ({})", export.system, export.file)).collect(),
    )
    .judged_by(format!("{}: {}", in_force.policy.name, in_force.policy.title));
    // A large export needs the room for its report.
    drop((exports, people, guesses.dictionary, guesses.stages));
    let verdict = verdict(&report);
    let about = (&header, school.as_ref());
    let written = write(args, &outputs, &report, &since, about);
    // What was not told can be had again from the checkpoint; else it has done its work, and what is
    // left of people is the report.
    let done = args.checkpoint.as_deref().filter(|_| report.is_finished() && written.is_ok());
    let removed = done.map_or(Ok(()), |path| {
        fs::remove_file(path).or_else(absent_is_fine).with_context(|| path.display().to_string())
    });
    Ok(output::settle(verdict, written.and(removed)))
}

fn verdict(report: &Report) -> Exit {
    if !report.findings.is_empty() {
        Exit::No
    } else if report.tested_all() {
        Exit::Yes
    } else {
        Exit::Unable
    }
}

fn year(made: Moment) -> u16 {
    u16::try_from(made.day().year()).unwrap_or(u16::MAX)
}

fn absent_is_fine(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

fn earlier(path: &Path) -> anyhow::Result<Earlier> {
    let name = path.display();
    Earlier::from_bytes(&setup::read(path, MOST_EARLIER)?).map_err(|error| {
        if matches!(error, EarlierError::Version(_)) {
            return UsageError(format!("{name}: {error}")).into();
        }
        anyhow::Error::new(error).context(name.to_string())
    })
}

fn exports(args: &AuditArgs, limits: Limits, made: Moment) -> anyhow::Result<Vec<Export>> {
    let assume = match args.assume.as_deref() {
        None => None,
        Some(id) => Some(Scheme::from_id(id).ok_or_else(|| {
            let why = "--as: no scheme has that name; the usual ones are nt, lm, md5, sha1, sha256 \
                       and sha512, and /usr/share/doc/strongpass/formats.md has them all";
            UsageError(why.into())
        })?),
    };
    let passwd = args.passwd.as_deref().map(|path| setup::read(path, MOST)).transpose()?;
    let options = ReadOptions { assume, limits, today: Some(made.days()), passwd };
    let mut exports = Vec::new();
    for argument in &args.exports {
        let (system, path) = named(argument);
        let file = path.display().to_string();
        warn_of_others(&path, "this export is as good as passwords");
        let bytes = mem::take(&mut *secret_file::whole(&path, MOST)?);
        // Readers of rows and of JSON copy clear text to the stack.
        let export = memory::wiping_stack(|| Export::read(&system, &file, bytes, &options));
        if export.credentials.is_empty() {
            let why = export.skipped.first().map(|s| format!(":{}: {}", s.line, s.why));
            let nothing = if export.lines.all == 0 {
                ": is empty"
            } else {
                ": no account with a password is in it (/usr/share/doc/strongpass/formats.md)"
            };
            return Err(anyhow!("{file}{}", why.unwrap_or_else(|| nothing.into())));
        }
        exports.push(export);
    }
    Ok(exports)
}

/// `email=ldap.ldif` is the system and the file; a file alone is the system of its name.
fn named(argument: &str) -> (String, PathBuf) {
    match argument.split_once('=') {
        Some((system, path)) if !system.is_empty() && !system.contains('/') => {
            (system.to_owned(), path.into())
        }
        _ => {
            let path = Path::new(argument);
            let stem = path.file_stem().unwrap_or(path.as_os_str());
            (stem.to_string_lossy().into_owned(), path.to_owned())
        }
    }
}

/// Complains if others on this computer can read a file. That a group may read what root keeps, as
/// the group `shadow` may, is the system's own arrangement.
fn warn_of_others(path: &Path, why: &str) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let Some(data) = fs::metadata(path).ok().filter(fs::Metadata::is_file) else { return };
        let unwanted = if data.uid() == 0 { 0o004 } else { 0o044 };
        if data.mode() & unwanted != 0 {
            let name = text::printable(&path.display().to_string()).into_owned();
            let who = if data.mode() & 0o004 == 0 { "its group" } else { "others" };
            let whose = if data.uid() == 0 { "o" } else { "go" };
            text::remark(&format!(
                "{name}: {who} can read it, and {why}: chmod {whose}-rwx {name}"
            ));
        }
    }
}

fn people(args: &AuditArgs, exports: &[Export]) -> anyhow::Result<People> {
    let Some(path) = args.people.as_deref() else { return Ok(People::default()) };
    let name = path.display();
    let file = secret_file::table(path, MOST)?;
    let (people, notes) =
        People::read(&file, &args.column.clone().into()).with_context(|| name.to_string())?;
    if people.is_empty() {
        return Err(anyhow!("{name}: there is nobody in it"));
    }
    for note in notes.iter().take(MOST_NOTES) {
        text::remark(&format!("{name}:{note}"));
    }
    if let more @ 1.. = notes.len().saturating_sub(MOST_NOTES) {
        text::remark(&format!("{name}: and {more} more of these"));
    }
    for line in people.missing_from(exports).to_string().lines() {
        text::remark(&format!("{name}: {}", text::printable(line)));
    }
    Ok(people)
}

fn search(
    args: &AuditArgs,
    audit: &Audit<'_>,
    stop: &Arc<AtomicBool>,
    resume: Option<&Checkpoint>,
    breached: Option<&mut guesses::Breached>,
) -> anyhow::Result<Report> {
    let started = Instant::now();
    let timer = waiting::Timer::start(args.budget, Arc::clone(stop));
    let bar = waiting::Bar::new(args.budget, std::io::stderr().is_terminal());
    let mut written: Option<Instant> = None;
    let mut failed = None;
    let mut watch = |progress: Progress, checkpoint: &dyn Fn() -> Checkpoint| {
        bar.show(&progress, started.elapsed());
        let Some(path) = args.checkpoint.as_deref() else { return };
        let is_due = written.is_none_or(|at| at.elapsed() >= CHECKPOINT_EVERY);
        if is_due || stop.load(Ordering::Relaxed) {
            written = Some(Instant::now());
            let sealed = checkpoint().seal(audit.exports).map_err(anyhow::Error::from);
            if let Err(error) = sealed.and_then(|sealed| private::replace(path, &sealed)) {
                failed = Some(error);
                stop.store(true, Ordering::Relaxed);
            }
        }
    };
    let bounds = Bounds { guesses: args.guesses, stop };
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = args.threads {
        pool = pool.num_threads(threads.into());
    }
    let pool = pool.build()?;
    let (list, path) = breached.map(|(list, path)| (list, &*path)).unzip();
    let report = match list {
        Some(list) => {
            let scheme = list.scheme();
            let mut seen_of =
                |digests: &[u8], found: &mut dyn FnMut(usize, Seen)| list.seen_of(digests, found);
            pool.install(|| audit.run(&bounds, resume, Some((scheme, &mut seen_of)), &mut watch))
        }
        None => pool.install(|| audit.run(&bounds, resume, None, &mut watch)),
    };
    drop(timer);
    bar.end();
    match failed {
        Some(error) => Err(error),
        None => report.map_err(|error| match (error, path) {
            (AuditError::Breached(error), Some(path)) => {
                anyhow::Error::new(error).context(path.display().to_string())
            }
            (error, _) => error.into(),
        }),
    }
}

#[expect(clippy::disallowed_methods, reason = "a checkpoint holds no password")]
fn read_checkpoint(path: &Path, exports: &[Export]) -> anyhow::Result<Option<Checkpoint>> {
    let name = || path.display().to_string();
    match fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(name),
        Ok(bytes) => Checkpoint::open(&bytes, exports).map(Some).with_context(name),
    }
}

fn write(
    args: &AuditArgs,
    outputs: &Outputs,
    report: &Report,
    since: &[Earlier],
    (header, school): (&Header, Option<&School>),
) -> anyhow::Result<()> {
    let mut names =
        if args.pseudonymise.is_some() { Names::pseudonyms(report) } else { Names::default() };
    let mut changes = Changes::since(since, report);
    if let Some(changes) = &mut changes {
        names.add(changes.accounts());
        changes.call_accounts(&names);
        if changes.not_compared.is_some() || !changes.said_how_far {
            text::remark(&format!("--since: {}", changes.in_words()));
        }
    }
    let content = Telling::new(report, &names, changes.as_ref(), args.merge_small);
    let letters = args.letters.as_deref().map(|path| (path, content.letters().into_bytes()));
    let key = args.pseudonymise.as_deref().map(|path| (path, names.key().into_bytes()));
    let more = letters.iter().chain(&key);
    let more = more.map(|(path, bytes)| Extra { path, bytes, sealed: false });
    let more: Vec<Extra<'_>> = more.collect();
    let json = ReportJson::new(report, header, &names, changes.as_ref());
    outputs.write(|| content.document(header, school), &json, || content.csv(), &more)
}
