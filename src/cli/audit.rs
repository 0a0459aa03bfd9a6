//! The flags of `audit`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueHint};
use strongpass_hash::InstructionSet;
use strongpass_tables::headings::ChosenColumn;

use super::{Hint, PolicyArg, column};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  strongpass audit network=dc1.ntds
  strongpass audit network=dc1.ntds email=ldap.ldif web=users.csv --people staff.csv
  strongpass audit network=dc1.ntds --words our-words.txt --breached pwned-passwords-ntlm.txt
  strongpass audit network=dc1.ntds --budget 1h --html report.html --letters letters.csv
  strongpass audit /etc/shadow --checkpoint shadow.state --budget 8h
  strongpass audit network=dc1.ntds --wordlist words.txt --rules best64.rule --no-defaults

What can be exported from where, and how: audit.md and formats.md in /usr/share/doc/strongpass. No
password, length or hash is in any output. \"Nothing found\" never means \"strong\": the report says
how far it looked.")]
pub(crate) struct AuditArgs {
    /// Exports of hashed passwords, each with the name of its system; by default its file's name
    #[arg(required = true, value_name = "[SYSTEM=]EXPORT", value_hint = ValueHint::FilePath)]
    pub(crate) exports: Vec<String>,
    #[command(flatten)]
    pub(crate) policy: PolicyArg,
    /// Who is who: a CSV or workbook of people with their accounts, names, roles and addresses; the
    /// report is then about people, not accounts
    #[arg(long, value_name = "CSV", value_hint = ValueHint::FilePath)]
    pub(crate) people: Option<PathBuf>,
    /// Which column of --people holds what, if its heading does not say so: account=HEADING,
    /// name=HEADING … (may be repeated)
    #[arg(long, value_name = "WHAT=HEADING", value_parser = column, requires = "people")]
    pub(crate) column: Vec<ChosenColumn>,
    /// Words of the school and the town, one a line, or a list made by `strongpass words build`:
    /// guessed first, and refused like any word (may be repeated)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) words: Vec<PathBuf>,
    /// More words to guess with, the likeliest first, one a line (may be repeated)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) wordlist: Vec<PathBuf>,
    /// What to do with the words of --wordlist: rules in hashcat's language (may be repeated)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "wordlist")]
    pub(crate) rules: Vec<PathBuf>,
    /// Guess only with --wordlist and --rules, and with what is found
    #[arg(long, requires = "wordlist")]
    pub(crate) no_defaults: bool,
    /// What hashcat or john found already: every entry is verified anew (may be repeated)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) potfile: Vec<PathBuf>,
    /// The list of breached passwords of Have I Been Pwned as downloaded, NTLM or SHA-1, or an
    /// index of it made by `strongpass words breached`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) breached: Option<PathBuf>,
    /// The list is a part of it on purpose: do not refuse it because it ends early
    #[arg(long, requires = "breached")]
    pub(crate) breached_partial: bool,
    /// What hashes in hexadecimal are that do not say it: nt, lm, md5, sha1, sha256, sha512 …
    #[arg(long = "as", value_name = "SCHEME")]
    pub(crate) assume: Option<String>,
    /// The /etc/passwd that belongs to an /etc/shadow: full names, and whose accounts these are
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) passwd: Option<PathBuf>,
    /// How long to guess at most: 90s, 10m, 8h
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = duration)]
    pub(crate) budget: Duration,
    /// How many guesses of the common order each account gets at most
    #[arg(long, value_name = "N")]
    pub(crate) guesses: Option<u64>,
    /// Keep here how far it is, and go on from there if it exists
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) checkpoint: Option<PathBuf>,
    /// Threads; by default one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// What to hash with, of what this processor has; it changes nothing but the time
    #[arg(long, value_name = "avx512|avx2|portable", value_parser = instructions)]
    pub(crate) instructions: Option<InstructionSet>,
    /// Skip hashes that want more memory for a guess than this, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub(crate) max_memory: u64,
    /// Skip hashes of which one guess takes longer than this
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub(crate) max_cost: Duration,
    #[command(flatten)]
    pub(crate) output: crate::report::ReportArgs,
    /// Compare with the JSON report of an earlier audit: fixed, new, still open, not certain. May be
    /// repeated: it is compared with the last one, and the figures of all are a trend
    #[arg(long, value_name = "JSON", value_hint = ValueHint::FilePath)]
    pub(crate) since: Vec<PathBuf>,
    /// Write a CSV to mail a letter to each person from, with names and addresses of --people; it
    /// never says whom they share with
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) letters: Option<PathBuf>,
    /// Name nobody: people are numbered, and FILE says who is who
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) pseudonymise: Option<PathBuf>,
    /// Tell counts as ranges where nobody is named, so that small ones cannot be worked out
    #[arg(long)]
    pub(crate) merge_small: bool,
}

/// `90s`, `10m`, `8h`, `1d`; a number alone is seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, Hint> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let unit = match unit.to_ascii_lowercase().as_str() {
        "" | "s" | "sec" | "second" | "seconds" => 1.0,
        "ms" => 0.001,
        "m" | "min" | "minute" | "minutes" => 60.0,
        "h" | "hour" | "hours" => 3600.0,
        "d" | "day" | "days" => 86_400.0,
        _ => return Err(Hint::new("use seconds, minutes or hours, such as 90s, 10m or 8h")),
    };
    let seconds = number.trim().parse::<f64>().ok().map(|number| number * unit);
    let seconds = seconds.filter(|seconds| (0.0..=31_536_000.0).contains(seconds));
    seconds
        .map(Duration::from_secs_f64)
        .ok_or_else(|| Hint::new("use a time such as 90s, 10m or 8h"))
}

fn instructions(name: &str) -> Result<InstructionSet, Hint> {
    InstructionSet::named(name).ok_or_else(|| {
        let available: Vec<&str> = InstructionSet::available().map(InstructionSet::name).collect();
        Hint::new(format!("this processor has {}", available.join(", ")))
    })
}
