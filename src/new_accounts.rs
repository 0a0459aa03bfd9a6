//! `starters`: the passwords of new accounts, checked or made before the accounts are.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;

use anyhow::{anyhow, bail};
use strongpass_policy::{Dictionary, Outcome, Password, Policy};
use zeroize::Zeroizing;

use crate::cli::StartersArgs;
use crate::generate::Generator;
use crate::{Exit, output, private, secret_file, setup, text};

mod finding;
mod headings;
mod layout;
mod people;
mod slips;

use finding::{Finding, Kind, Report};
use layout::Layout;
use people::{Secret, Starter};

/// No file of accounts is larger.
const MOST: u64 = 10 << 20;
/// So many draws in a row that another row has already, or that hold a name: there are no more.
const MOST_DRAWS: usize = 1_000;

pub(crate) fn run(args: &StartersArgs) -> anyhow::Result<Exit> {
    for path in [&args.output, &args.slips].into_iter().flatten() {
        private::must_be_new(path)?;
    }
    let in_force = setup::policy(args.policy.policy.as_deref())?;
    let dictionary = setup::dictionary(&in_force, &args.words)?;
    let policy = &in_force.policy;

    let name = args.file.display().to_string();
    let file = secret_file::whole(&args.file, MOST)?;
    let in_place = |error| anyhow!("{name}:{error}");
    let layout = Layout::of(&file, args.format).map_err(in_place)?;
    let mut starters = people::read(&file, &layout).map_err(in_place)?;
    if starters.is_empty() {
        bail!("{name}: there is nobody in it; nothing was checked");
    }
    let blank = starters.iter().filter(|starter| matches!(starter.secret, Secret::Blank)).count();
    if args.fill {
        let length = args.length.map(usize::from);
        let generator = Generator::new(policy, &dictionary, length)?;
        fill(&mut starters, policy, &dictionary, generator)?;
    }
    let kept = starters.iter().filter(|starter| matches!(starter.secret, Secret::Kept)).count();
    let report = Report {
        version: finding::VERSION,
        file: name,
        format: layout.format.id(),
        policy: &policy.name,
        rows: starters.len(),
        filled: if args.fill { blank } else { 0 },
        kept,
        findings: findings(&starters, policy, &dictionary),
    };
    let written = write_files(args, &file, &starters, &report);
    let exit = output::settle(report.write(args.json), written);
    text::remark(&report.summary());
    Ok(exit)
}

/// Gives a password to every row that has none: one that the policy accepts for that person, that
/// no other row has, and that no spreadsheet takes for a formula.
fn fill(
    starters: &mut [Starter<'_>],
    policy: &Policy,
    dictionary: &Dictionary,
    mut generator: Generator<'_>,
) -> anyhow::Result<()> {
    // Numbers instead of copies of secrets; if two numbers are equal by chance, another is drawn.
    let numbers = RandomState::new();
    let given = starters.iter().filter_map(|starter| starter.secret.password());
    let mut taken: HashSet<u64> = given.map(|password| numbers.hash_one(password)).collect();
    for starter in starters.iter_mut().filter(|s| matches!(s.secret, Secret::Blank)) {
        let context = starter.context();
        let mut draws = 0;
        starter.secret = loop {
            let made = generator.generate()?;
            let is_formula = made.starts_with(['=', '+', '-', '@']);
            let verdict = policy.check(&Password::new(made.as_bytes()), dictionary, &context);
            let is_new = taken.insert(numbers.hash_one(made.as_bytes()));
            // A new password is used nowhere, so "only used on one system" holds by itself.
            if is_new && !is_formula && verdict.outcome() != Outcome::Reject {
                break Secret::Made(made);
            }
            draws += 1;
            if draws == MOST_DRAWS {
                bail!("there are too few different passwords of that length for so many rows");
            }
        };
    }
    Ok(())
}

/// All that is wrong, in the order of the rows.
fn findings<'a>(
    starters: &'a [Starter<'_>],
    policy: &Policy,
    dictionary: &Dictionary,
) -> Vec<Finding<'a>> {
    let passwords = together(starters.iter().map(|starter| starter.secret.password()));
    let names: Vec<Option<String>> =
        starters.iter().map(|starter| Some(starter.accounts.first()?.to_lowercase())).collect();
    let accounts = together(names.iter().map(Option::as_deref));

    let mut findings = Vec::new();
    for (i, starter) in starters.iter().enumerate() {
        let others = |groups: &Groups| -> Option<(usize, usize)> {
            let (first, second, count) = *groups.get(i)?.as_ref()?;
            let other = starters.get(if first == i { second } else { first })?;
            Some((other.line, count - 1))
        };
        findings.extend(of_secret(starter, policy, dictionary));
        findings.extend(
            others(&passwords)
                .map(|others| Finding::common(starter, Kind::Shared, "The same password", others)),
        );
        findings.extend(others(&accounts).map(|others| {
            Finding::common(starter, Kind::DuplicateAccount, "The same account", others)
        }));
    }
    findings
}

/// What is wrong with a row by itself.
fn of_secret<'a>(
    starter: &'a Starter<'_>,
    policy: &Policy,
    dictionary: &Dictionary,
) -> Option<Finding<'a>> {
    let finding = |kind, message: &str| Some(Finding::new(starter, kind, message));
    match &starter.secret {
        Secret::Made(_) | Secret::Kept => None,
        Secret::Blank => finding(Kind::Blank, "There is no password; --fill makes one."),
        Secret::Hashed => finding(
            Kind::Hashed,
            "This is not a password but the hash of one; it cannot be checked.",
        ),
        Secret::Misplaced(why) => finding(Kind::Columns, why),
        Secret::Given(given) => {
            let password = match given {
                people::Given::InFile(bytes) => Password::new(bytes),
                people::Given::Copied(bytes) => Password::new(bytes),
            };
            let verdict = policy.check(&password, dictionary, &starter.context());
            Finding::of_verdict(starter, policy, &verdict)
        }
    }
}

/// For each item that others equal: the first two of them, and how many they are.
type Groups = Vec<Option<(usize, usize, usize)>>;

fn together<T: std::hash::Hash + Eq>(items: impl Iterator<Item = Option<T>> + Clone) -> Groups {
    let mut groups: HashMap<T, (usize, usize, usize)> = HashMap::new();
    for (i, item) in items.clone().enumerate() {
        let Some(item) = item else { continue };
        let group = groups.entry(item).or_insert((i, i, 0));
        group.2 += 1;
        if group.2 == 2 {
            group.1 = i;
        }
    }
    let of = |item: Option<T>| groups.get(&item?).copied().filter(|&(_, _, count)| count > 1);
    items.map(of).collect()
}

/// Writes what was asked for: the rows, and the slips of those with nothing to change.
fn write_files(
    args: &StartersArgs,
    file: &[u8],
    starters: &[Starter<'_>],
    report: &Report<'_>,
) -> anyhow::Result<()> {
    let rows = args.output.as_ref().map(|path| (path, filled_in(file, starters)));
    let slips = args.slips.as_ref().map(|path| {
        let found: HashSet<usize> = report.findings.iter().map(|finding| finding.line).collect();
        let good: Vec<&Starter<'_>> = starters
            .iter()
            .filter(|s| s.secret.password().is_some() && !found.contains(&s.line))
            .collect();
        (path, slips::page(&good), good.len())
    });
    let mut files: Vec<(&Path, &[u8])> = Vec::new();
    files.extend(rows.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())));
    files.extend(slips.iter().map(|(path, page, _)| (path.as_path(), page.as_bytes())));
    private::write_all(&files)?;
    if let Some((path, _, count)) = &slips {
        text::remark(&format!("{}: {count} slips", path.display()));
    }
    Ok(())
}

/// The file with the new passwords in their places, and otherwise as it was.
fn filled_in(file: &[u8], starters: &[Starter<'_>]) -> Zeroizing<Vec<u8>> {
    let made = |starter: &Starter<'_>| {
        if let Secret::Made(made) = &starter.secret { made.len() } else { 0 }
    };
    let room = file.len() + starters.iter().map(made).sum::<usize>();
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    let mut copied = 0;
    for starter in starters {
        if let Secret::Made(made) = &starter.secret {
            bytes.extend_from_slice(file.get(copied..starter.place.start).unwrap_or_default());
            bytes.extend_from_slice(made.as_bytes());
            copied = starter.place.end;
        }
    }
    bytes.extend_from_slice(file.get(copied..).unwrap_or_default());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_have_in_common() {
        let items = [Some("a"), None, Some("b"), Some("a"), None, Some("a")];
        let groups = together(items.into_iter());
        let a = Some((0, 3, 3));
        assert_eq!(groups, [a, None, None, a, None, a]);
    }
}
