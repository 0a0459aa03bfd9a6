//! `new-accounts`: the passwords of new accounts, checked or made before the accounts are.

use std::io::Write as _;
use std::path::Path;

use anyhow::anyhow;
use serde::Serialize;
use strongpass_gate::BreachLookUp;
use strongpass_registers::{Checker, NewAccountFinding, NewAccountFindingKind, NewAccounts, Paper};
use strongpass_report::{JSON_VERSION, write_json};
use strongpass_terminal::text;

use crate::cli::NewAccountsArgs;
use crate::exit::Exit;
use crate::output::{self, Output};
use crate::{generate, private, secret_file, setup};

/// No file of accounts is larger.
const MOST: u64 = 10 << 20;

pub(crate) fn run(args: &NewAccountsArgs) -> anyhow::Result<Exit> {
    for path in [&args.output, &args.slips].into_iter().flatten() {
        private::must_be_new(path)?;
    }
    let in_force = setup::policy(args.policy.policy.as_deref())?;
    let dictionary = setup::dictionary(&in_force, &args.words)?;
    let breached = BreachLookUp::find(&in_force).map_err(setup::failed)?;
    let look_up = |password: &_| breached.ask(password);
    let policy = &in_force.policy;
    let checker = Checker::new(policy, &dictionary).with_breached(&look_up);

    let name = args.file.display().to_string();
    let file = secret_file::table(&args.file, MOST)?;
    let mut accounts =
        NewAccounts::from_bytes(&file, args.format.map(Into::into), &args.column.clone().into())
            .map_err(|error| anyhow!(error.in_file(&name)))?;
    if args.fill {
        let length = args.length.map(usize::from);
        let filled = accounts.fill(generate::new(checker, length)?);
        complain_of(&breached);
        filled.map_err(generate::failed)?;
    }
    let report = Report {
        version: JSON_VERSION,
        file: name,
        format: accounts.format().id(),
        policy: &policy.name,
        rows: accounts.count(),
        filled: accounts.filled(),
        kept: accounts.kept(),
        findings: accounts.findings(checker),
    };
    complain_of(&breached);
    let of_policy = in_force.policy.school.as_ref().map(|school| school.name.as_str());
    let school = args.school.as_deref().or(of_policy);
    let written = write_files(args, school, &accounts, &report);
    let exit = output::settle(report.write(args.json), written);
    text::remark(&report.summary());
    Ok(exit)
}

/// Says which list of breached passwords did not answer, and why.
fn complain_of(breached: &BreachLookUp) {
    if let Some(failure) = breached.failure() {
        text::complain(&failure.to_string());
    }
}

/// Writes what was asked for: the rows, and the slips of those with nothing to change.
fn write_files(
    args: &NewAccountsArgs,
    school: Option<&str>,
    accounts: &NewAccounts<'_>,
    report: &Report<'_>,
) -> anyhow::Result<()> {
    let rows = args.output.as_ref().map(|path| (path, accounts.filled_in()));
    let paper: Paper = args.paper.map(Into::into).unwrap_or_default();
    let slips =
        args.slips.as_ref().map(|path| (path, accounts.slips(&report.findings, school, paper)));
    let mut files: Vec<(&Path, &[u8])> = Vec::new();
    files.extend(rows.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())));
    files.extend(slips.iter().map(|(path, (page, _))| (path.as_path(), page.as_bytes())));
    private::write_all(&files)?;
    if let Some((path, (_, count))) = &slips {
        let (slips, sheets) = (counted(*count, "slip"), counted(Paper::sheets(*count), "sheet"));
        text::remark(&format!("{}: {slips} on {sheets} of {}", path.display(), paper.name()));
    }
    Ok(())
}

fn counted(count: usize, what: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {what}{end}")
}

/// All that is said about a file.
#[derive(Serialize)]
struct Report<'a> {
    version: u8,
    file: String,
    format: &'static str,
    policy: &'a str,
    rows: usize,
    /// Rows that were given a new password.
    filled: usize,
    /// Rows whose account keeps the password that it has.
    kept: usize,
    findings: Vec<NewAccountFinding<'a>>,
}

impl Report<'_> {
    fn exit(&self) -> Exit {
        let unknown = [
            NewAccountFindingKind::Columns,
            NewAccountFindingKind::Hashed,
            NewAccountFindingKind::Unchecked,
        ];
        if self.findings.iter().any(|finding| unknown.contains(&finding.kind)) {
            Exit::Unable
        } else if self.findings.is_empty() {
            Exit::Yes
        } else {
            Exit::No
        }
    }

    /// Says it, and gives the exit code.
    fn write(&self, as_json: bool) -> Exit {
        if as_json {
            return output::to_programs(self.exit(), |out| {
                write_json(out, self)?;
                Ok(writeln!(out)?)
            });
        }
        output::to_people(self.exit(), |out| self.say(out))
    }

    fn say(&self, out: &mut Output) -> anyhow::Result<()> {
        let file = text::printable(&self.file);
        for finding in &self.findings {
            let (line, account) = (finding.line, text::printable(finding.account));
            let account = if account.is_empty() { "(no name)".into() } else { account };
            let what = match finding.rules.as_slice() {
                [] => String::new(),
                rules => format!("{}: ", rules.join(", ")),
            };
            writeln!(out, "{file}:{line}: {account}: {what}{}", finding.message)?;
        }
        Ok(())
    }

    /// In how many rows there is anything to change, as a sentence.
    fn summary(&self) -> String {
        let mut lines: Vec<usize> = self.findings.iter().map(|finding| finding.line).collect();
        lines.dedup();
        let more = |count: usize, what: &str| match count {
            0 => String::new(),
            count => format!(", {count} {what}"),
        };
        let (filled, kept) = (more(self.filled, "filled in"), more(self.kept, "left as they are"));
        let rows = counted(self.rows, "row");
        format!("{rows}{filled}{kept}, {} with something to change", lines.len())
    }
}
