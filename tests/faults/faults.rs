//! Everything that is wrong, a row each.

mod breached;
mod etc;
mod harm;
mod history;
mod inputs;
mod rules;
mod surroundings;

pub(crate) use harm::BEHIND_A_LINK;

use crate::ask::Under;
use crate::doors::{Door, Thing};
use crate::sandbox::{Probe, Sandbox};

/// What the exit code must say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Must {
    /// All is well, and the password is strong.
    Accept,
    /// The door could see that the password is not to be used.
    Refuse,
    /// Either of the next and the one before: what is wrong does not always keep from looking.
    NotAccept,
    /// The door cannot look, or cannot tell; it names what is wrong and what to do.
    NotCheck,
}

/// What it takes to bring it about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Needs {
    Nothing,
    /// Mounts of one's own.
    Mounts,
    /// A file of another owner.
    Root,
}

/// What is done to a file.
type Harm = fn(&Sandbox, &str);

/// Which files are harmed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Files {
    These(&'static [&'static str]),
    /// The one that the door is asked about.
    OfTheDoor,
}

#[derive(Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) needs: Needs,
    /// Whether the doors are told where the configuration is.
    pub(crate) named: bool,
    pub(crate) probe: Probe,
    pub(crate) files: Files,
    pub(crate) harm: Harm,
    /// Whether the test holds the lock of the history meanwhile.
    pub(crate) locked: bool,
    pub(crate) under: Under,
    pub(crate) concerns: fn(&Door) -> bool,
    pub(crate) must: Must,
    /// One of these is named.
    pub(crate) says: &'static [&'static str],
}

impl Fault {
    /// Something that a door cannot look past.
    const fn new(
        name: &'static str,
        concerns: fn(&Door) -> bool,
        says: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            needs: Needs::Nothing,
            named: true,
            probe: Probe::Strong,
            files: Files::These(&[]),
            harm: |_, _| {},
            locked: false,
            under: Under::Usual,
            concerns,
            must: Must::NotCheck,
            says,
        }
    }

    /// A row for each way to harm those files.
    fn of_files(
        files: &'static [&'static str],
        concerns: fn(&Door) -> bool,
        says: &'static [&'static str],
        harms: &[(&'static str, Harm)],
    ) -> Vec<Self> {
        let files = Files::These(files);
        let row = |&(name, harm)| Self { files, harm, ..Self::new(name, concerns, says) };
        harms.iter().map(row).collect()
    }

    pub(crate) fn apply(&self, sandbox: &Sandbox, door: &Door) {
        match self.files {
            Files::These(files) => files.iter().for_each(|file| (self.harm)(sandbox, file)),
            Files::OfTheDoor => (self.harm)(sandbox, door.file().unwrap()),
        }
    }
}

/// Nothing is wrong: what is strong is accepted, and nothing else.
pub(crate) fn controls() -> Vec<Fault> {
    let accept = |name| Fault { must: Must::Accept, ..Fault::new(name, |_| true, &[]) };
    let refuse = |name, probe, concerns| Fault {
        probe,
        must: Must::Refuse,
        ..Fault::new(name, concerns, &[])
    };
    vec![
        accept("all is well"),
        etc::unnamed(accept("all is well in /etc")),
        refuse("a weak password", Probe::Weak, judges),
        refuse("a used password", Probe::Used, compares),
        refuse("a stolen password", Probe::Stolen, looks_up_its_password),
    ]
}

pub(crate) fn all() -> Vec<Fault> {
    let kinds = [
        rules::faults,
        breached::faults,
        history::faults,
        etc::faults,
        inputs::faults,
        surroundings::faults,
    ];
    kinds.into_iter().flat_map(|faults| faults()).collect()
}

/// Whether a door judges by a policy and words.
fn rules(door: &Door) -> bool {
    door.looks_at(Thing::Policy) || door.looks_at(Thing::Passcode)
}

/// Whether it asks the list of breached passwords.
fn looks_up(door: &Door) -> bool {
    door.looks_at(Thing::Policy)
}

/// Whether it asks the list about the password that it is given.
fn looks_up_its_password(door: &Door) -> bool {
    looks_up(door) && judges(door)
}

/// Whether it judges the password that it is given.
fn judges(door: &Door) -> bool {
    rules(door) && !["starters --fill", "generate", "audit"].contains(&door.name)
}

/// Whether it opens the history.
fn remembers(door: &Door) -> bool {
    door.looks_at(Thing::History)
}

/// Whether it asks the history before it says yes.
fn compares(door: &Door) -> bool {
    remembers(door) && judges(door)
}

/// Whether it writes to the history.
fn records(door: &Door) -> bool {
    door.looks_at(Thing::Record)
}
