//! The way to a file, one name at a time, each folder judged before the next name is looked at.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use crate::error::TrustError;
use crate::folder::{Folder, Thing};
use crate::found::{Found, Kind};
use crate::judge::judge;
use crate::trust::{Terms, Trust};

/// As many as Linux follows (`path_resolution(7)`).
const MOST_LINKS: usize = 40;

/// Where a way ends: the folder, and what the last name stands for.
#[derive(Debug)]
pub(crate) struct Reached {
    pub(crate) folder: Folder,
    pub(crate) of_folder: Found,
    /// The path of the folder, links resolved.
    pub(crate) beside: PathBuf,
    pub(crate) name: PathBuf,
    /// The path of the file for messages: as it was given, or with links resolved if there were any.
    pub(crate) path: PathBuf,
    /// `None` if there is nothing of that name.
    pub(crate) found: Option<Found>,
}

/// A name that is still to be looked at.
struct Name {
    name: OsString,
    /// Whether it is a part of where a link leads.
    is_of_link: bool,
}

/// Goes to where the path leads; `Ok(None)` if the folder is not there either.
pub(crate) fn walk(terms: &Terms, path: &Path) -> Result<Option<Reached>, TrustError> {
    let mut way = Way::start(terms, path)?;
    loop {
        let Some(Name { name, is_of_link }) = way.names.pop() else {
            return Err(TrustError::not_a_file(&way.at, Kind::Folder));
        };
        let here = way.at.join(&name);
        let (thing, found) = match way.folder.look(Path::new(&name)) {
            Ok(looked) => looked,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return way.absent(name, is_of_link);
            }
            Err(error) => return Err(TrustError::io("look at", &here, error)),
        };
        let is_last = way.names.is_empty();
        // The file itself is for the opener to judge.
        if matches!(found.kind, Kind::Folder | Kind::Link) {
            judge(terms, &here, &found)?;
        }
        match found.kind {
            Kind::Link => way.follow(terms, here, &thing, is_last)?,
            Kind::Folder if !is_last => {
                if name == ".." {
                    way.at.pop();
                } else {
                    way.at = here;
                }
                way.enter(thing, found);
            }
            Kind::File | Kind::Folder | Kind::Pipe | Kind::Socket | Kind::Device if is_last => {
                return Ok(Some(way.reached(name, Some(found))));
            }
            Kind::File | Kind::Folder | Kind::Pipe | Kind::Socket | Kind::Device => {
                let kind = found.kind.in_words();
                return Err(TrustError::NotAFolder { path: here, kind });
            }
        }
    }
}

struct Way {
    /// As it was given.
    given: PathBuf,
    folder: Folder,
    of_folder: Found,
    /// The path of `folder`.
    at: PathBuf,
    /// The next name is the last of these.
    names: Vec<Name>,
    /// The latest link that was followed, and where it leads.
    link: Option<(PathBuf, PathBuf)>,
    links: usize,
}

impl Way {
    fn start(terms: &Terms, path: &Path) -> Result<Self, TrustError> {
        let absolute = if path.is_absolute() {
            path.to_owned()
        } else {
            let here = std::env::current_dir()
                .map_err(|error| TrustError::io("find the folder of", path, error))?;
            here.join(path)
        };
        let (at, names) = parts(&absolute, false);
        let (folder, of_folder) = start_at(terms, &at)?;
        let given = path.to_owned();
        Ok(Self { given, folder, of_folder, at, names, link: None, links: 0 })
    }

    fn enter(&mut self, thing: Thing, found: Found) {
        self.folder = thing.into_folder();
        self.of_folder = found;
    }

    fn follow(
        &mut self,
        terms: &Terms,
        link: PathBuf,
        thing: &Thing,
        is_last: bool,
    ) -> Result<(), TrustError> {
        let target = thing.target().map_err(|error| TrustError::io("read", &link, error))?;
        if terms.trust == Trust::Machine || terms.privacy.is_some() && is_last {
            // What leads nowhere is said as such: an unmounted disk is another matter than a link.
            let target_is_there = link.parent().is_some_and(|beside| beside.join(&target).exists());
            return Err(if target_is_there {
                TrustError::Linked { link, target }
            } else {
                TrustError::Dangling { link, target }
            });
        }
        self.links += 1;
        if self.links > MOST_LINKS {
            return Err(TrustError::Loop { link });
        }
        let (start, mut names) = parts(&target, true);
        if target.is_absolute() {
            let (folder, found) = start_at(terms, &start)?;
            (self.folder, self.of_folder, self.at) = (folder, found, start);
        }
        self.names.append(&mut names);
        self.link = Some((link, target));
        Ok(())
    }

    fn absent(self, name: OsString, is_of_link: bool) -> Result<Option<Reached>, TrustError> {
        match self.link {
            Some((link, target)) if is_of_link => Err(TrustError::Dangling { link, target }),
            _ if self.names.is_empty() => Ok(Some(self.reached(name, None))),
            _ => Ok(None),
        }
    }

    fn reached(self, name: OsString, found: Option<Found>) -> Reached {
        let Self { given, folder, of_folder, at, link, .. } = self;
        let name = PathBuf::from(name);
        let path = if link.is_some() { at.join(&name) } else { given };
        Reached { folder, of_folder, beside: at, name, path, found }
    }
}

fn start_at(terms: &Terms, path: &Path) -> Result<(Folder, Found), TrustError> {
    let failed = |error| TrustError::io("open", path, error);
    let folder = Folder::start(path).map_err(failed)?;
    let found = folder.found().map_err(failed)?;
    judge(terms, path, &found)?;
    Ok((folder, found))
}

/// Where a path starts, and its names, the first one last.
fn parts(path: &Path, is_of_link: bool) -> (PathBuf, Vec<Name>) {
    let (mut start, mut names) = (PathBuf::new(), Vec::new());
    for part in path.components() {
        match part {
            Component::Prefix(_) | Component::RootDir => start.push(part),
            Component::CurDir => {}
            Component::ParentDir | Component::Normal(_) => {
                names.push(Name { name: part.as_os_str().to_owned(), is_of_link });
            }
        }
    }
    names.reverse();
    (start, names)
}
