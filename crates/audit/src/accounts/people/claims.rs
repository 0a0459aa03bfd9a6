//! Who has an account, on which systems: looked up at one stroke, however many rows name it.

use std::collections::HashMap;

use super::fault::PeopleFault;

/// Someone has an account.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) person: usize,
    pub(super) line: u32,
    /// The account as it is written.
    pub(super) written: String,
}

/// Who has an account of one name.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// On that system, in small letters.
    on: HashMap<String, Claim>,
    /// On all systems.
    on_all: Option<Claim>,
    /// Two different persons of those above, with their lines: more are never asked for.
    persons: Vec<(usize, u32)>,
    /// Two different persons to whom it only follows from an address.
    following: Vec<usize>,
}

impl Claims {
    pub(super) fn on(&self, system: &str) -> Option<&Claim> {
        self.on.get(system)
    }

    pub(super) fn on_all(&self) -> Option<&Claim> {
        self.on_all.as_ref()
    }

    /// Everybody who has it as it is written, with the system if it is of one.
    pub(super) fn written(&self) -> impl Iterator<Item = (Option<&str>, &Claim)> {
        let on = self.on.iter().map(|(system, claim)| (Some(system.as_str()), claim));
        on.chain(self.on_all.iter().map(|claim| (None, claim)))
    }

    /// Whose it is on a system, in small letters.
    pub(super) fn person(&self, system: &str) -> Option<usize> {
        let written = self.on(system).or_else(|| self.on_all());
        // What follows from addresses of two people says nothing.
        let following = || self.following.first().filter(|_| self.following.len() == 1);
        written.map(|claim| claim.person).or_else(|| following().copied())
    }

    /// Who has it, as it is written, on the same system or on all.
    pub(super) fn written_for(&self, system: Option<&str>) -> Option<usize> {
        match system {
            Some(system) => self.on(system).or_else(|| self.on_all()).map(|claim| claim.person),
            None => self.persons.first().map(|(person, _)| *person),
        }
    }

    /// Someone has it on a system, or on all; the first line that says so is kept.
    pub(super) fn write(&mut self, system: Option<&str>, claim: Claim) -> Result<(), PeopleFault> {
        let other = match system {
            Some(system) => {
                let others = self.on(system).into_iter().chain(self.on_all());
                others.map(|other| (other.person, other.line)).find(|it| it.0 != claim.person)
            }
            None => self.persons.iter().copied().find(|it| it.0 != claim.person),
        };
        if let Some((_, by)) = other {
            return Err(PeopleFault::Claimed { by });
        }
        if self.persons.len() < 2 && self.persons.iter().all(|it| it.0 != claim.person) {
            self.persons.push((claim.person, claim.line));
        }
        match system {
            Some(system) if self.on.contains_key(system) => {}
            Some(system) => {
                self.on.insert(system.to_owned(), claim);
            }
            None => {
                self.on_all.get_or_insert(claim);
            }
        }
        Ok(())
    }

    /// It may be someone's, because of an address.
    pub(super) fn follow(&mut self, person: usize) {
        if self.following.len() < 2 && !self.following.contains(&person) {
            self.following.push(person);
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.on.len()
            + usize::from(self.on_all.is_some())
            + self.persons.len()
            + self.following.len()
    }
}
