//! Every subcommand, flag and help text; nothing else.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

mod audit;
mod deferred;
mod doctor;
mod hint;
mod hook;
mod new_accounts;
mod passcode;

pub(crate) use audit::AuditArgs;
use deferred::Deferred;
pub(crate) use doctor::DoctorArgs;
pub(crate) use hint::{Hint, column};
pub(crate) use hook::{HookArgs, HookCommand};
pub(crate) use new_accounts::NewAccountsArgs;
pub(crate) use passcode::{
    ContextArgs, PasscodeCheckArgs, PasscodeCommand, PasscodeGenerateArgs, PasscodePolicyArgs,
    RegisterArgs,
};

/// Says whether a password is strong by your school's own rule, why not, and what to do.
#[derive(Parser, Debug)]
#[command(version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "\
Exit codes: 0 accepted or nothing found, 1 rejected or something found,
            2 wrong usage or configuration, 3 could not check.

A password is typed at a hidden prompt or read from standard input; it is never an argument.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one of it in a run")]
pub(crate) enum Command {
    /// Test a password, or a file of passwords
    Check(Deferred<CheckArgs>),
    /// Make passwords that the policy accepts
    Generate(Deferred<GenerateArgs>),
    /// Show, explain and verify policies
    #[command(subcommand)]
    Policy(Deferred<PolicyCommand>),
    /// Build and look into word lists
    #[command(subcommand)]
    Words(Deferred<WordsCommand>),
    /// Remember where passwords are used, and forget it
    #[command(subcommand)]
    #[command(after_help = HISTORY_HELP)]
    History(Deferred<HistoryCommand>),
    /// Check or fill in the passwords of new accounts, before they are made
    #[command(visible_alias = "starters")]
    NewAccounts(Deferred<NewAccountsArgs>),
    /// Find weak, shared and reused passwords in exports of hashed ones
    Audit(Deferred<AuditArgs>),
    /// Passcodes of phones: test one, make some, audit the register
    #[command(subcommand)]
    Passcode(Deferred<PasscodeCommand>),
    /// Answer another program that is about to set a password
    #[command(subcommand)]
    Hook(Deferred<HookCommand>),
    /// Verify that everything is in order
    Doctor(Deferred<DoctorArgs>),
    /// Print the manual page, or write all of them
    Man(ManArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
}

/// `1.5`, `1.5s` or `800ms`.
fn seconds(text: &str) -> Result<Duration, Hint> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (text.strip_suffix('s').unwrap_or(text), 1.0),
    };
    let seconds = number.parse::<f64>().ok().map(|number| number * unit);
    let seconds = seconds.filter(|seconds| (0.0..=600.0).contains(seconds));
    seconds
        .map(Duration::from_secs_f64)
        .ok_or_else(|| Hint::new("use 0 to 600 seconds, such as 1.5"))
}

#[derive(Args, Debug)]
pub(crate) struct PolicyArg {
    /// A preset (see `strongpass policy list`) or a policy file; by default
    /// /etc/strongpass/policy.toml if there is one, else `birchington`
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) policy: Option<String>,
}

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
#[command(after_help = "\
Examples:
  strongpass check                                  type a new password, see what to change
  strongpass check --show                           … and which part of it fails
  printf %s \"$new\" | strongpass check --stdin --json --account k.harper
  strongpass check --batch passwords.txt            one verdict a line, in order
  strongpass check --history --account k.harper --system email")]
pub(crate) struct CheckArgs {
    /// Refused, without repeating it as the usual error would
    #[arg(hide = true)]
    pub(crate) password: Option<std::ffi::OsString>,
    #[command(flatten)]
    pub(crate) policy: PolicyArg,
    /// The account the password is for: its name may not be in it
    #[arg(long, value_name = "NAME")]
    pub(crate) account: Option<String>,
    /// A name of the person or the school that may not be in it (may be repeated)
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Vec<String>,
    /// The system the password is for: its name may not be in it
    #[arg(long, value_name = "SYSTEM")]
    pub(crate) system: Option<String>,
    /// A word list made by `strongpass words build`, besides the built-in one (may be repeated)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) words: Vec<PathBuf>,
    /// Read the password from standard input, without a prompt
    #[arg(long, conflicts_with_all = ["batch", "show"])]
    pub(crate) stdin: bool,
    /// Check a file of passwords, one a line (`-`: standard input)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(conflicts_with_all = ["show", "spans", "estimate", "history"])]
    pub(crate) batch: Option<PathBuf>,
    /// Threads to check a batch with; by default one for each core
    #[arg(long, value_name = "N", requires = "batch", conflicts_with = "stdin")]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Ask the history whether the account uses or used it, or nearly the same, on any system
    #[arg(long, requires = "account", requires = "system")]
    pub(crate) history: bool,
    /// Record it in the history if it is accepted, in one step
    #[arg(long, requires = "history")]
    pub(crate) record: bool,
    #[command(flatten)]
    pub(crate) file: HistoryArg,
    /// How long to search the history for near copies, in seconds; by default as configured
    #[arg(long, value_name = "SECONDS", requires = "history")]
    #[arg(value_parser = seconds)]
    pub(crate) near_budget: Option<Duration>,
    /// Answer in JSON
    #[arg(long, conflicts_with = "show")]
    pub(crate) json: bool,
    /// Say in JSON where in the password each word is: this gives part of it away
    #[arg(long, requires = "json")]
    pub(crate) spans: bool,
    /// Estimate how long it would resist guessing (always done at the prompt)
    #[arg(long)]
    pub(crate) estimate: bool,
    /// Show the password, with the part that fails underlined
    #[arg(long)]
    pub(crate) show: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  strongpass generate                               one password
  strongpass generate -n 30 --policy birchington-plus
  strongpass generate --style easy                  without Shift, in groups
  strongpass generate --style sentence              of the first letters of a sentence of yours
  strongpass generate --policy passcode             a code for a phone

Every password that the policy accepts, of that style and length, is equally likely; only one of a
sentence is as good as the sentence.
The characters are on British and American keyboards alike; l, I, O, 0 and 1 are left out.")]
pub(crate) struct GenerateArgs {
    #[command(flatten)]
    pub(crate) policy: PolicyArg,
    /// How many
    #[arg(short, long, value_name = "N", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub(crate) number: u32,
    /// How many characters; by default 12, or as many as the policy asks for
    #[arg(short, long, value_name = "L")]
    #[arg(value_parser = clap::value_parser!(u16).range(4..=128))]
    pub(crate) length: Option<u16>,
    /// What they look like
    #[arg(long, value_enum, default_value_t)]
    pub(crate) style: GenerateStyle,
    /// Answer in JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What passwords look like.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum GenerateStyle {
    /// Letters, digits and symbols as they come
    #[default]
    Random,
    /// Small letters and digits in groups of five, without Shift
    Easy,
    /// Three words, where the policy allows dictionary words
    Words,
    /// The first letters of a sentence that you type, which is not shown
    Sentence,
}

#[derive(Subcommand, Debug)]
pub(crate) enum PolicyCommand {
    /// List the presets
    List,
    /// Print a policy as a file to start your own from
    #[command(after_help = "\
Example:
  strongpass policy show birchington > policy.toml")]
    Show(PolicyName),
    /// Verify a policy file
    Check {
        /// The policy file
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Say in plain English what a policy asks for
    Explain(PolicyName),
}

#[derive(Args, Debug)]
pub(crate) struct PolicyName {
    /// A preset or a policy file; by default the one in force
    #[arg(value_name = "NAME|FILE")]
    pub(crate) policy: Option<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum WordsCommand {
    /// Compile a list of your own: street, school, staff and house names
    #[command(after_help = "\
Example:
  strongpass words build our-words.txt -o school.fst
  strongpass check --words school.fst

A list has one word a line; lines that begin with # are comments. A line of several words counts
as each of them and as all of them in one. A list that is not UTF-8 is read as Windows-1252 (\"ANSI\").

The words of another language, for `languages` in a policy, are those of a hunspell dictionary:
  strongpass words build --hunspell pl_PL -o /etc/strongpass/languages/pl.fst")]
    Build {
        /// Text files, one word a line
        #[arg(required_unless_present = "hunspell", value_hint = ValueHint::FilePath)]
        lists: Vec<PathBuf>,
        /// A spelling dictionary of this machine, such as `cy_GB`, or a .dic file
        #[arg(long, value_name = "LANGUAGE|FILE")]
        hunspell: Vec<String>,
        /// The file to write
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: PathBuf,
    },
    /// Build an index of breached passwords, a seventh of the list's size
    #[command(after_help = "\
Examples:
  strongpass words breached pwned-passwords-ntlm.txt -o breached.idx
  unzip -p pwned.zip | strongpass words breached - -o breached.idx
  strongpass words info breached.idx
  strongpass audit network=dc1.ntds --breached breached.idx

The list is that of Have I Been Pwned, NTLM or SHA-1, sorted by hash. All of it is tested while it is
read: every line, their order, both ends, and that there is no hole. The index takes 5.2 bytes for
each hash and knows counts by their number of digits. A hash of the list is always found; of those
that are not in it, fewer than one of 10,000,000,000. `audit` takes the list itself, too, with no
index: choose what there is room for.")]
    Breached {
        /// The list of breached passwords (`-`: standard input)
        #[arg(value_hint = ValueHint::FilePath)]
        list: PathBuf,
        /// The file to write
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: PathBuf,
        /// The list is a part of it on purpose: do not refuse it because it ends early
        #[arg(long)]
        partial: bool,
    },
    /// Look words up, not passwords (arguments can be seen by others); exit 1 if one is missing
    Test {
        /// The words
        #[arg(required = true)]
        word: Vec<String>,
        /// A compiled list, besides the built-in one (may be repeated)
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        words: Vec<PathBuf>,
    },
    /// Say what is in a compiled list or an index, and whether it is whole
    Info {
        /// The compiled list or index; by default the built-in list
        #[arg(value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
    /// Print the words of a compiled list, one a line, for other programs
    Export {
        /// The compiled list
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
}

const HISTORY_HELP: &str = "\
Set up, as root:
  edit /etc/strongpass/history.toml (systems and their titles), then
  strongpass history init
  systemctl enable --now strongpass-expire.timer

Kept is a keyed slow fingerprint for each password that was recorded, never a password. What that
means, for whom and how long, is in /usr/share/doc/strongpass/privacy.md.";

#[derive(Subcommand, Debug)]
pub(crate) enum HistoryCommand {
    /// Make an empty history and its keys
    Init(HistoryArg),
    /// Record that an account uses a password on a system, once the system has accepted it
    #[command(after_help = "\
Example:
  printf %s \"$new\" | strongpass history record --account k.harper --system network")]
    Record {
        /// The account: `kharper`, `SCHOOL\kharper` and `kharper@school.uk` are one
        #[arg(long, value_name = "NAME")]
        account: String,
        /// The system, as declared in the configuration
        #[arg(long, value_name = "SYSTEM")]
        system: String,
        #[command(flatten)]
        file: HistoryArg,
    },
    /// List on which systems an account uses passwords, and since when; nothing else is known
    Uses {
        /// The account
        account: String,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        file: HistoryArg,
    },
    /// Forget an account, or an account on one system, beyond recovery
    Forget {
        /// The account
        account: String,
        /// Only on this system
        #[arg(long, value_name = "SYSTEM")]
        system: Option<String>,
        #[command(flatten)]
        file: HistoryArg,
    },
    /// Forget what has not been used for long; run daily
    Expire {
        /// The clock was ahead and is right now: later days become today
        #[arg(long)]
        reset_clock: bool,
        #[command(flatten)]
        file: HistoryArg,
    },
    /// Make a new key; the older ones still verify
    RotateKey {
        /// Drop older keys that nothing is under any more
        #[arg(long)]
        drop_unused: bool,
        #[command(flatten)]
        file: HistoryArg,
    },
    /// Verify the history and say what is in it, without names
    Status {
        /// Answer in JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        file: HistoryArg,
    },
    /// Write all records to standard output, to move them to another host
    Export(HistoryArg),
    /// Read records that were exported elsewhere
    Import {
        /// The export (`-`: standard input)
        #[arg(value_hint = ValueHint::FilePath)]
        input: PathBuf,
        #[command(flatten)]
        file: HistoryArg,
    },
}

#[derive(Args, Debug)]
pub(crate) struct HistoryArg {
    /// The configuration of the history; by default /etc/strongpass/history.toml
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) history_config: Option<PathBuf>,
}

impl HistoryCommand {
    /// The configuration that was named.
    pub(crate) fn file(&self) -> &HistoryArg {
        match self {
            Self::Init(file)
            | Self::Export(file)
            | Self::Record { file, .. }
            | Self::Uses { file, .. }
            | Self::Forget { file, .. }
            | Self::Expire { file, .. }
            | Self::RotateKey { file, .. }
            | Self::Status { file, .. }
            | Self::Import { file, .. } => file,
        }
    }
}

#[derive(Args, Debug)]
pub(crate) struct ManArgs {
    /// Write the pages of all subcommands into this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) dir: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  strongpass completions bash > /etc/bash_completion.d/strongpass")]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}
