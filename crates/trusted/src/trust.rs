//! Who is trusted, and for whom.

use crate::folder::{effective_group, effective_user};

/// How much is trusted; the door chooses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Trust {
    /// For programs that act for everybody (PAM, a hook, root): no link is followed.
    Machine,
    /// For a person at the keyboard: links are followed, and what they lead to is judged alike; a
    /// group of which the person is the only member may write.
    Person,
}

impl Trust {
    /// [`Machine`](Self::Machine) if this process acts as root, else [`Person`](Self::Person).
    pub fn of_process() -> Self {
        if cfg!(unix) && effective_user() == 0 { Self::Machine } else { Self::Person }
    }
}

/// What others may do with a file, besides not writing to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Privacy {
    /// They may not read it.
    File,
    /// Nor list its folder.
    FileAndFolder,
}

/// For whom a file is opened, and what may not be done with it by others.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) trust: Trust,
    pub(crate) user: u32,
    pub(crate) group: u32,
    pub(crate) privacy: Option<Privacy>,
}

impl Terms {
    pub(crate) fn new(trust: Trust) -> Self {
        Self { trust, user: effective_user(), group: effective_group(), privacy: None }
    }
}
