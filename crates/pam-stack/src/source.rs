//! Where libpam is configured, and the stack of a service: files included, lines in their order.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::control::Control;
use crate::error::StackError;
use crate::file;
use crate::line::{Kind, Line, Place, Stack};

pub(crate) mod groups;
mod text;

/// The configuration of libpam: a folder with a file for each service, or one file for all.
#[derive(Debug)]
pub struct Source {
    /// Where a file is looked for, best first.
    folders: Vec<PathBuf>,
    /// The one file, whose lines begin with the service.
    file: Option<PathBuf>,
}

/// The service whose lines are those of services that have none.
const OTHER: &str = "other";
/// No configuration file is larger.
const MOST_BYTES: u64 = 1 << 20;
/// Libpam's `PAM_SUBSTACK_MAX_LEVEL`.
const DEEPEST: usize = 16;
/// No stack is longer; files may include one another.
const MOST_LINES: usize = 400;

impl Source {
    /// The one of this machine, if it has any.
    pub fn of_machine() -> Option<Self> {
        let folders = ["/etc/pam.d", "/usr/lib/pam.d"].map(PathBuf::from).to_vec();
        if folders.iter().any(|folder| folder.is_dir()) {
            return Some(Self { folders, file: None });
        }
        let file = PathBuf::from("/etc/pam.conf");
        file.is_file().then_some(Self { folders, file: Some(file) })
    }

    /// A folder like `/etc/pam.d`, or a file like `/etc/pam.conf`.
    ///
    /// # Errors
    /// If there is no such file, or it may not be looked at.
    pub fn at(path: &Path) -> io::Result<Self> {
        if fs::metadata(path)?.is_dir() {
            return Ok(Self { folders: vec![path.to_owned()], file: None });
        }
        let folder = path.parent().map(|parent| parent.join("pam.d"));
        Ok(Self { folders: folder.into_iter().collect(), file: Some(path.to_owned()) })
    }

    /// The names of all services, sorted, without files that are only parts of others.
    ///
    /// # Errors
    /// [`StackError`] if a file cannot be read.
    pub fn services(&self) -> Result<Vec<String>, StackError> {
        let mut names = Vec::new();
        if let Some(file) = &self.file {
            for (_, line) in lines_of(file)? {
                let service = text::words(&line).into_iter().next().unwrap_or_default();
                names.push(service.to_ascii_lowercase());
            }
        } else {
            for folder in self.folders.iter().filter(|folder| folder.is_dir()) {
                names.extend(names_in(folder)?);
            }
            let parts = self.parts(&names);
            names.retain(|name| !parts.contains(name));
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The `password` lines that libpam runs for a service: its own, or else those of `other`.
    ///
    /// # Errors
    /// [`StackError`] if a file cannot be read, or there are too many lines.
    pub fn stack(&self, service: &str) -> Result<Stack, StackError> {
        let own = self.own_stack(service)?;
        let is_left_open = own.lines.is_empty() && service != OTHER && self.has(OTHER);
        if is_left_open { self.own_stack(OTHER) } else { Ok(own) }
    }

    /// Whether there is anything under that name.
    pub fn has(&self, service: &str) -> bool {
        match &self.file {
            Some(_) => self.services().is_ok_and(|names| names.iter().any(|name| name == service)),
            None => self.path_of(service).is_some(),
        }
    }

    /// The `password` lines that a service itself has.
    ///
    /// # Errors
    /// As [`stack`](Self::stack).
    pub fn own_stack(&self, service: &str) -> Result<Stack, StackError> {
        let mut reader = Reader { source: self, stack: Stack::default() };
        if let Some(file) = &self.file {
            reader.stack.files.push(file.clone());
            for (number, line) in lines_of(file)? {
                let words = text::words(&line);
                let Some((name, words)) = words.split_first() else { continue };
                if name.eq_ignore_ascii_case(service) {
                    let place = Place { file: file.as_path().into(), line: number };
                    reader.line(place, words, Depth::default())?;
                }
            }
        } else {
            let path =
                self.path_of(service).ok_or_else(|| StackError::NoService(service.to_owned()))?;
            reader.file(&path, Depth::default())?;
        }
        Ok(reader.stack)
    }

    /// Where libpam finds the file of that name.
    fn path_of(&self, name: &str) -> Option<PathBuf> {
        let paths = self.folders.iter().map(|folder| folder.join(name));
        paths.into_iter().find(|path| path.is_file())
    }

    /// The files that others include.
    fn parts(&self, names: &[String]) -> Vec<String> {
        let mut parts = Vec::new();
        for path in names.iter().filter_map(|name| self.path_of(name)) {
            for (_, line) in lines_of(&path).unwrap_or_default() {
                let words = text::words(&line);
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                match words.as_slice() {
                    ["@include", part] => parts.push((*part).to_owned()),
                    [_, control, part, ..] if is_include(control) => parts.push((*part).to_owned()),
                    _ => {}
                }
            }
        }
        parts
    }
}

/// What may be a service in a folder: what package managers and editors leave beside is none.
fn names_in(folder: &Path) -> Result<Vec<String>, StackError> {
    let mut names = Vec::new();
    let failed = |error| StackError::from_io(folder, error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_left_over = name.starts_with('.')
            || name.ends_with('~')
            || [".dpkg-", ".pam-", ".rpm", ".ucf-", ".bak", ".orig"]
                .iter()
                .any(|end| name.contains(end));
        if !is_left_over && entry.path().is_file() {
            names.push(name);
        }
    }
    Ok(names)
}

fn lines_of(path: &Path) -> Result<Vec<(usize, String)>, StackError> {
    let bytes = file::read(path, MOST_BYTES)?;
    let text = String::from_utf8_lossy(&bytes);
    text::lines(&text).ok_or_else(|| StackError::NeverEnds(path.to_owned()))
}

fn is_include(control: &str) -> bool {
    ["include", "substack"].iter().any(|word| control.eq_ignore_ascii_case(word))
}

/// How deep a file is.
#[derive(Clone, Copy, Default)]
struct Depth {
    includes: usize,
    substacks: usize,
}

struct Reader<'a> {
    source: &'a Source,
    stack: Stack,
}

impl Reader<'_> {
    fn file(&mut self, path: &Path, depth: Depth) -> Result<(), StackError> {
        let file: Arc<Path> = path.into();
        self.stack.files.push(path.to_owned());
        for (number, line) in lines_of(path)? {
            let place = Place { file: Arc::clone(&file), line: number };
            self.line(place, &text::words(&line), depth)?;
        }
        Ok(())
    }

    /// Takes a line in if it is one of `password`. What libpam cannot use stays in the stack as a
    /// line that fails; a line of no known type does so only in a file that was included for
    /// `password`.
    fn line(&mut self, place: Place, words: &[String], depth: Depth) -> Result<(), StackError> {
        if self.stack.lines.len() >= MOST_LINES {
            return Err(StackError::TooLong { place, most: MOST_LINES });
        }
        let mut words = words.iter().map(String::as_str);
        let first = words.next().unwrap_or_default();
        if first == "@include" {
            // Debian's own: all types, and no line of its own in the stack.
            let part = words.next().unwrap_or_default();
            if let Err(why) = self.include(part, depth, 0) {
                self.unusable(place, depth, Control::parse("required"), why);
            }
            return Ok(());
        }
        let kind = first.strip_prefix('-').unwrap_or(first);
        if !kind.eq_ignore_ascii_case("password") {
            let is_known =
                ["auth", "account", "session"].iter().any(|known| kind.eq_ignore_ascii_case(known));
            if !is_known && depth.includes > 0 {
                let why = format!(
                    "`{first}` is not a type; libpam knows auth, account, password and session"
                );
                self.unusable(place, depth, Control::parse("required"), why);
            }
            return Ok(());
        }
        let Some(control) = words.next() else {
            self.unusable(place, depth, Control::parse("required"), "there is no control".into());
            return Ok(());
        };
        let path = words.next().unwrap_or_default();
        if is_include(control) {
            let deeper = usize::from(control.eq_ignore_ascii_case("substack"));
            if deeper > 0 {
                self.push(place.clone(), depth, Control::parse("optional"), Kind::Substack);
            }
            if let Err(why) = self.include(path, depth, deeper) {
                self.unusable(place, depth, Control::parse("default=bad"), why);
            }
        } else if path.is_empty() {
            self.unusable(place, depth, Control::parse(control), "there is no module".into());
        } else if path.contains('\r') || words.clone().any(|argument| argument.contains('\r')) {
            let why = "it ends like a line of Windows: save the file with Unix line ends";
            self.unusable(place, depth, Control::parse(control), why.into());
        } else {
            let arguments = words.map(str::to_owned).collect();
            let kind = Kind::Module { path: path.to_owned(), arguments, is_installed: true };
            self.push(place, depth, Control::parse(control), kind);
        }
        Ok(())
    }

    /// Reads another file for this place.
    fn include(&mut self, name: &str, depth: Depth, deeper: usize) -> Result<(), String> {
        let includes = depth.includes.saturating_add(1);
        let substacks = depth.substacks.saturating_add(deeper);
        if includes >= DEEPEST {
            return Err(format!("files include one another more than {DEEPEST} deep"));
        }
        let path = if name.starts_with('/') {
            Some(PathBuf::from(name)).filter(|path| path.is_file())
        } else {
            self.source.path_of(name).filter(|_| !name.is_empty())
        };
        let path =
            path.ok_or_else(|| format!("the file `{name}`, which it includes, is not there"))?;
        self.file(&path, Depth { includes, substacks }).map_err(|error| error.to_string())
    }

    fn unusable(&mut self, place: Place, depth: Depth, control: Control, why: String) {
        self.push(place, depth, control, Kind::Unusable(why));
    }

    fn push(&mut self, place: Place, depth: Depth, control: Control, kind: Kind) {
        self.stack.lines.push(Line { place, level: depth.substacks, control, kind });
    }
}
