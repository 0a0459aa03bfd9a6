//! Finds all that is wrong with each row: by itself, and compared with the others.

use std::collections::HashMap;

use strongpass_policy::Password;

use super::account::{Given, NewAccount, Secret};
use super::finding::{NewAccountFinding, NewAccountFindingKind as Kind};
use crate::checker::Checker;

/// All that is wrong, in the order of the rows.
pub(super) fn findings<'a>(
    rows: &'a [NewAccount<'_>],
    checker: Checker<'_>,
) -> Vec<NewAccountFinding<'a>> {
    let passwords = together(rows.iter().map(|account| account.secret.password()));
    let names: Vec<Option<String>> =
        rows.iter().map(|account| Some(account.accounts.first()?.to_lowercase())).collect();
    let names = together(names.iter().map(Option::as_deref));

    let mut findings = Vec::new();
    for (i, account) in rows.iter().enumerate() {
        let others = |groups: &Groups| -> Option<(usize, usize)> {
            let (first, second, count) = *groups.get(i)?.as_ref()?;
            let other = rows.get(if first == i { second } else { first })?;
            Some((other.line, count - 1))
        };
        findings.extend(judge_alone(account, checker));
        findings.extend(others(&passwords).map(|others| {
            NewAccountFinding::common(account, Kind::Shared, "The same password", others)
        }));
        findings.extend(others(&names).map(|others| {
            NewAccountFinding::common(account, Kind::DuplicateAccount, "The same account", others)
        }));
    }
    findings
}

/// What is wrong with a row by itself.
fn judge_alone<'a>(
    account: &'a NewAccount<'_>,
    checker: Checker<'_>,
) -> Option<NewAccountFinding<'a>> {
    let finding = |kind, message: &str| Some(NewAccountFinding::new(account, kind, message));
    match &account.secret {
        Secret::Made(_) | Secret::Kept => None,
        Secret::Blank => finding(Kind::Blank, "There is no password; --fill makes one."),
        Secret::Hashed => finding(
            Kind::Hashed,
            "This is not a password but the hash of one; it cannot be checked.",
        ),
        Secret::Misplaced(why) => finding(Kind::Columns, why),
        Secret::Given(given) => {
            let password = match given {
                Given::InFile(bytes) => Password::new(bytes),
                Given::Copied(bytes) => Password::new(bytes),
            };
            let verdict = checker.check(&password, &account.context());
            NewAccountFinding::from_verdict(account, checker.policy(), &verdict)
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
