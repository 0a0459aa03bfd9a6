//! What is known of a file, a folder or a link.

/// What the operating system says of something that has a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    pub(crate) kind: Kind,
    /// Who may do what with it; `None` where this is not looked at.
    pub(crate) rights: Option<Rights>,
    /// The device and the number of the file there: what tells it from all others.
    pub(crate) identity: (u64, u64),
}

/// What kind of thing a name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(not(unix), expect(dead_code, reason = "pipes and sockets have no names there"))]
pub(crate) enum Kind {
    File,
    Folder,
    Link,
    Pipe,
    Socket,
    Device,
}

impl Kind {
    /// With its article, for a message.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Link => "a link",
            Self::Pipe => "a named pipe",
            Self::Socket => "a socket",
            Self::Device => "a device",
        }
    }
}

/// Owner, group and mode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Rights {
    pub(crate) owner: u32,
    pub(crate) group: u32,
    /// Without the kind of the file: at most `07777`.
    pub(crate) mode: u32,
}
