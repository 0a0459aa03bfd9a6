//! The kinds of lists, and what is known of an entry of one.

/// Which kind of list an entry is from; a person is told, and scripts see [`id`](Self::id). When an
/// entry is in several, the first of these names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
#[non_exhaustive]
pub enum List {
    /// An ordinary word.
    Word,
    /// A first name or a surname.
    Name,
    /// A town, county or country.
    Place,
    /// Days, months, football clubs, what a school talks about; a school's own list.
    Local,
    /// A run of neighbouring keys, or characters in order.
    Keyboard,
    /// A frequent password, or its letters.
    Password,
    /// A date: found by rule, not stored.
    Date,
    /// The same piece again and again: found by rule, not stored.
    Repeated,
    /// A name that was given with the password: the person's, the school's, the system's.
    Personal,
}

impl List {
    /// The stable name of the list in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Name => "name",
            Self::Place => "place",
            Self::Local => "local",
            Self::Keyboard => "keyboard",
            Self::Password => "password",
            Self::Date => "date",
            Self::Repeated => "repeated",
            Self::Personal => "personal",
        }
    }
}

/// What a compiled list says of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Tag {
    pub(crate) list: List,
    /// Whether it is a frequent password, whatever else it is.
    pub(crate) common: bool,
}

impl Tag {
    /// Above the highest tag, below the lowest label.
    pub(crate) const END: u8 = 16;

    /// The lists in the order of their numbers, from 1; personal names are only in memory.
    const NUMBERED: [List; 7] = [
        List::Word,
        List::Name,
        List::Place,
        List::Local,
        List::Keyboard,
        List::Password,
        List::Personal,
    ];

    /// Its number in a file; 0 is "no entry ends here".
    pub(crate) fn number(self) -> u8 {
        let list = Self::NUMBERED.into_iter().zip(1..).find(|&(list, _)| list == self.list);
        list.map_or(0, |(_, number)| number) | u8::from(self.common) << 3
    }

    pub(crate) fn from_number(number: u8) -> Option<Self> {
        let list = usize::from(number & 7).checked_sub(1)?;
        Some(Self { list: *Self::NUMBERED.get(list)?, common: number & 8 != 0 })
    }
}

/// What is known about an entry of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_structs, reason = "complete by definition")]
pub struct Entry {
    /// The list that names it.
    pub list: List,
    /// Whether it is a frequent password, whatever else it is.
    pub common: bool,
    /// How frequent it is: smaller is more frequent; 0 if its source does not say.
    pub rank: u32,
}

impl Entry {
    pub(crate) fn tag(self) -> u8 {
        Tag { list: self.list, common: self.common }.number()
    }
}
