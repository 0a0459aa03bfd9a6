//! From what was found to what must be said: a finding for each matter of each account.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use strongpass_breached::Seen;
use strongpass_hash::{Grade, Storage};
use strongpass_policy::{Context, Dictionary, Policy, Rule, near_copies};

use super::finding::{AuditFinding, FindingKind, Severity};
use crate::accounts::MOST_OF_PERSON;
use crate::attack::{How, Search};
use crate::exports::{AccountKind, AccountStatus, Credential, Export, Lm, Secret};

/// What the audit's findings are judged by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AccountJudge<'a> {
    pub(crate) search: &'a Search<'a>,
    pub(crate) policy: &'a Policy,
    pub(crate) dictionary: &'a Dictionary,
    /// By credential: how often a breach list has its password.
    pub(crate) breached: &'a HashMap<u32, Seen>,
}

/// What many accounts have in common, worked out once.
struct Common {
    /// By export: what its name says about its passwords.
    systems: Vec<Context<'static>>,
}

/// What two credentials have in common if they have the same password.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Token {
    /// It is known.
    Secret(u32),
    /// It is not, but the digest is the same.
    Target(u32),
}

impl AccountJudge<'_> {
    /// All findings, the most urgent first, then in the order of the exports.
    pub(crate) fn findings(&self) -> Vec<AuditFinding> {
        let groups = self.groups();
        let reuse = self.reuse();
        let exports = self.search.accounts.exports;
        let common = Common {
            systems: exports.iter().map(|e| Context::default().system(&e.system)).collect(),
        };
        let has_former = exports.iter().any(|export| counts(export).1 > 0);
        let had_before = if has_former { self.had_before() } else { BTreeSet::new() };
        // Sorting a million of them would hold half of them twice.
        let mut sorted: BTreeMap<Reverse<Severity>, Vec<AuditFinding>> = BTreeMap::new();
        let mut findings = Vec::new();
        for (id, export, credential) in self.search.accounts.credentials() {
            if credential.previous > 0 {
                continue;
            }
            let blank = self.is_blank(id, credential);
            if blank {
                findings.push(self.finding(id, export, credential, FindingKind::Blank));
            } else {
                findings.extend(self.guessed(&common, id, export, credential));
                if let Some(group) = self.token(id).and_then(|token| groups.get(&token)) {
                    let mut finding = self.finding(id, export, credential, FindingKind::Shared);
                    finding.group = Some(*group);
                    findings.push(finding);
                }
                if let Some((systems, near)) = reuse.get(&id) {
                    let mut finding = self.finding(id, export, credential, FindingKind::Reused);
                    finding.systems.clone_from(systems);
                    finding.rules = vec![if *near { Rule::Similar } else { Rule::OneSystem }];
                    findings.push(finding);
                }
                if let Some(seen) = self.breached.get(&id) {
                    let mut finding = self.finding(id, export, credential, FindingKind::Breached);
                    finding.seen = Some(*seen);
                    findings.push(finding);
                }
                if had_before.contains(&id) {
                    findings.push(self.finding(id, export, credential, FindingKind::HistoryReuse));
                }
            }
            findings.extend(self.storage(id, export, credential, blank));
            for finding in findings.drain(..) {
                sorted.entry(Reverse(finding.severity)).or_default().push(finding);
            }
        }
        let all = sorted.into_values().reduce(|mut urgent, mut others| {
            urgent.append(&mut others);
            urgent
        });
        all.unwrap_or_default()
    }

    fn finding(
        &self,
        id: u32,
        export: &Export,
        credential: &Credential,
        kind: FindingKind,
    ) -> AuditFinding {
        let privileged = self.search.accounts.privileged(id);
        let disabled = credential.status == AccountStatus::Disabled;
        let setting = match &credential.secret {
            Secret::Hash(hash) => Some(&hash.setting),
            Secret::Blank | Secret::Nt(_) | Secret::Clear(_) => None,
        };
        let nt = matches!(credential.secret, Secret::Nt(_)).then_some(strongpass_hash::Scheme::Nt);
        AuditFinding {
            account: export.text(credential.account).to_owned(),
            system: export.system.clone(),
            person: self.search.accounts.person(id),
            kind,
            rules: Vec::new(),
            how: None,
            found_by: None,
            group: None,
            systems: Vec::new(),
            seen: None,
            scheme: setting.map(strongpass_hash::Setting::scheme).or(nt),
            cost: setting.map(strongpass_hash::Setting::cost),
            severity: Severity::new(kind.ease(), privileged, disabled),
            disabled,
            privileged,
            kind_of_account: match credential.kind {
                AccountKind::Person => None,
                AccountKind::Machine => Some("machine"),
                AccountKind::Service => Some("service"),
            },
        }
    }

    /// A password that is known breaks these clauses.
    fn guessed(
        &self,
        common: &Common,
        id: u32,
        export: &Export,
        credential: &Credential,
    ) -> Option<AuditFinding> {
        let (secret, how) = self.search.found.of(id)?;
        let rules = self.broken(common, id, secret);
        let named = rules.contains(&Rule::Personal);
        // A computer makes its password itself, unless someone gave it its name for one.
        if credential.kind == AccountKind::Machine && how == How::Clear && !named {
            return None;
        }
        let kind = if named { FindingKind::Name } else { FindingKind::Guessed };
        let mut finding = self.finding(id, export, credential, kind);
        finding.how = Some(match how {
            How::Clear => "stored in clear text",
            _ if named => "its own name or account",
            How::Similar => "nearly the password of another account",
            How::Common | How::Personal | How::Elsewhere => "likely passwords",
        });
        finding.found_by = self.search.found_by(id);
        finding.rules = rules;
        Some(finding)
    }

    fn broken(&self, common: &Common, id: u32, secret: u32) -> Vec<Rule> {
        let Some(password) = self.search.secrets.get(secret) else { return Vec::new() };
        let (accounts, names) = self.search.accounts.called(self.search.accounts.person(id));
        let system =
            self.search.accounts.export_of(id).and_then(|export| common.systems.get(export));
        let mut context = system.cloned().unwrap_or_default();
        for account in &accounts {
            context = context.account(account);
        }
        for name in &names {
            context = context.name(name);
        }
        let verdict = self.policy.check(password, self.dictionary, &context);
        let mut rules: Vec<Rule> = verdict.violations().iter().map(|v| v.rule).collect();
        rules.dedup();
        rules
    }

    fn is_blank(&self, id: u32, credential: &Credential) -> bool {
        let found = || self.search.found.of(id);
        matches!(credential.secret, Secret::Blank)
            || found().is_some_and(|(secret, _)| self.search.secrets.text(secret) == Some(""))
    }

    fn token(&self, id: u32) -> Option<Token> {
        if let Some((secret, _)) = self.search.found.of(id) {
            return (self.search.secrets.text(secret) != Some("")).then_some(Token::Secret(secret));
        }
        self.search.found.target_of(id).map(Token::Target)
    }

    /// Passwords in use by two accounts or more, numbered by their first account. One person's on
    /// several systems are reused, not shared.
    fn groups(&self) -> HashMap<Token, u32> {
        let persons = self.search.accounts.credentials().filter(|(_, _, credential)| {
            credential.kind != AccountKind::Machine && credential.previous == 0
        });
        let mut holders: Vec<(Token, u32)> =
            persons.filter_map(|(id, _, _)| Some((self.token(id)?, id))).collect();
        holders.sort_unstable();
        let shared = holders.chunk_by(|one, other| one.0 == other.0).filter(|same| {
            same.len() > 1 && {
                let owners: BTreeSet<Owner> = same.iter().map(|(_, id)| self.owner(*id)).collect();
                let persons: BTreeSet<u32> = owners.iter().map(|owner| owner.person).collect();
                let systems: BTreeSet<usize> = owners.iter().map(|owner| owner.export).collect();
                persons.len() > 1 || owners.len() > systems.len()
            }
        });
        let mut shared: Vec<(u32, Token)> =
            shared.filter_map(|same| same.first().map(|(token, id)| (*id, *token))).collect();
        shared.sort_unstable();
        (1..).zip(shared).map(|(group, (_, token))| (token, group)).collect()
    }

    fn owner(&self, id: u32) -> Owner {
        let accounts = self.search.accounts;
        let account =
            accounts.credential(id).map(|(export, c)| export.text(c.account).to_lowercase());
        let export = accounts.export_of(id).unwrap_or(usize::MAX);
        Owner { person: accounts.person(id), export, account: account.unwrap_or_default() }
    }

    /// By credential: the systems on which its person has the same password, or nearly.
    fn reuse(&self) -> BTreeMap<u32, (Vec<String>, bool)> {
        let accounts = self.search.accounts;
        let mut reuse = BTreeMap::new();
        if accounts.exports.len() < 2 {
            return reuse;
        }
        for person in accounts.persons() {
            let current = accounts.credentials_of(person).filter(|id| {
                accounts.credential(*id).is_some_and(|(_, credential)| credential.previous == 0)
            });
            let known: Vec<(u32, &str, Token)> = current
                .filter_map(|id| Some((id, &*accounts.credential(id)?.0.system, self.token(id)?)))
                .collect();
            let mut same: BTreeMap<Token, BTreeSet<&str>> = BTreeMap::new();
            for (_, system, token) in &known {
                same.entry(*token).or_default().insert(system);
            }
            let on_one =
                known.iter().all(|(_, system, _)| Some(system) == known.first().map(|k| &k.1));
            if on_one {
                continue;
            }
            let near = self.near(&same);
            for (id, system, token) in &known {
                let others = |of: &BTreeMap<Token, BTreeSet<&str>>| {
                    let systems = of.get(token).into_iter().flatten();
                    systems
                        .filter(|other| *other != system)
                        .map(|other| (*other).to_owned())
                        .collect::<BTreeSet<String>>()
                };
                let same = others(&same);
                let (mut systems, near) =
                    if same.is_empty() { (others(&near), true) } else { (same, false) };
                if !systems.is_empty() {
                    systems.insert((*system).to_owned());
                    reuse.insert(*id, (systems.into_iter().collect(), near));
                }
            }
        }
        reuse
    }

    /// By password of one person: the systems that have nearly the same. `systems` are those of
    /// each.
    fn near<'s>(
        &self,
        systems: &BTreeMap<Token, BTreeSet<&'s str>>,
    ) -> BTreeMap<Token, BTreeSet<&'s str>> {
        let mut near: BTreeMap<Token, BTreeSet<&str>> = BTreeMap::new();
        let secrets = || systems.iter().filter(|(token, _)| matches!(token, Token::Secret(_)));
        if secrets().nth(1).is_none() {
            return near;
        }
        // The copies of each are made once, and looked up among the others.
        for (token, own) in secrets().take(MOST_OF_PERSON) {
            let Token::Secret(secret) = token else { continue };
            let text = self.search.secrets.text(*secret).unwrap_or_default();
            for copy in near_copies(text, &self.search.systems) {
                let Some(other) = self.search.secrets.find(&copy).map(Token::Secret) else {
                    continue;
                };
                if let Some(theirs) = systems.get(&other).filter(|_| other != *token) {
                    near.entry(*token).or_default().extend(theirs);
                    near.entry(other).or_default().extend(own);
                }
            }
        }
        near
    }

    /// Credentials whose password in use is one of the account's former ones. Exports of histories
    /// have been wrong, so a former password alone is never a finding.
    fn had_before(&self) -> BTreeSet<u32> {
        let accounts = self.search.accounts;
        let mut had = BTreeSet::new();
        for person in accounts.persons() {
            let (former, current): (Vec<u32>, Vec<u32>) =
                accounts.credentials_of(person).partition(|id| {
                    accounts.credential(*id).is_some_and(|(_, credential)| credential.previous > 0)
                });
            let of = |id: u32| self.token(id).map(|token| (self.owner(id), token));
            let former: BTreeSet<(Owner, Token)> = former.into_iter().filter_map(of).collect();
            if !former.is_empty() {
                let again = |id: &u32| of(*id).is_some_and(|it| former.contains(&it));
                had.extend(current.into_iter().filter(again));
            }
        }
        had
    }

    /// What is wrong with how a password is stored, whatever it is.
    fn storage(
        &self,
        id: u32,
        export: &Export,
        credential: &Credential,
        blank: bool,
    ) -> Vec<AuditFinding> {
        let mut findings = Vec::new();
        let lm_only = match &credential.secret {
            Secret::Hash(hash) => hash.setting.scheme() == strongpass_hash::Scheme::Lm,
            Secret::Blank | Secret::Nt(_) | Secret::Clear(_) => false,
        };
        if (credential.lm != Lm::Absent || lm_only) && !blank {
            let mut finding = self.finding(id, export, credential, FindingKind::LmHash);
            if credential.lm == Lm::Short && self.policy.min_length > 7 {
                finding.rules = vec![Rule::Length];
            }
            findings.push(finding);
        }
        let storage = match &credential.secret {
            Secret::Hash(hash) if !lm_only => hash.setting.storage(),
            Secret::Clear(_) if credential.kind == AccountKind::Machine => return findings,
            Secret::Clear(_) => Storage::clear_text(),
            Secret::Hash(_) | Secret::Blank | Secret::Nt(_) => return findings,
        };
        if storage.grade > Grade::Good {
            findings.push(self.finding(id, export, credential, FindingKind::WeakScheme));
        }
        findings
    }
}

/// One account: a person's, in an export, by name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Owner {
    person: u32,
    export: usize,
    account: String,
}

/// How many accounts an export has, former passwords left out, and how many former ones.
pub(crate) fn counts(export: &Export) -> (usize, usize) {
    let former = export.credentials.iter().filter(|credential| credential.previous > 0).count();
    (export.credentials.len().saturating_sub(former), former)
}
