//! Services that run the same lines, told of together.

use std::path::{Path, PathBuf};

use crate::error::StackError;
use crate::line::{Line, Stack};
use crate::source::Source;

/// Services that run the same lines.
#[derive(Debug)]
pub struct Group {
    /// Their names.
    pub services: Vec<String>,
    /// The lines, each with whether its module is installed.
    pub lines: Vec<Line>,
}

/// The services that set passwords.
#[derive(Default, Debug)]
pub struct Groups {
    /// Those whose lines could be read.
    pub readable: Vec<Group>,
    /// Those whose lines could not be read.
    pub unreadable: Vec<(String, StackError)>,
    /// All files that lines came from, sorted.
    pub files: Vec<PathBuf>,
}

impl Groups {
    /// Reads the lines of services. Most services set no passwords, and are left out; one that has
    /// no lines for it counts with those of `other` only if someone named it.
    ///
    /// `folder` is where libpam looks for modules.
    pub fn read(
        source: &Source,
        services: &[String],
        are_named: bool,
        folder: Option<&Path>,
    ) -> Self {
        let mut groups = Self::default();
        for service in services {
            let stack = if are_named { source.stack(service) } else { source.own_stack(service) };
            match stack {
                Ok(stack) => groups.take(service, stack),
                Err(error) => groups.unreadable.push((service.clone(), error)),
            }
        }
        for line in groups.readable.iter_mut().flat_map(|group| &mut group.lines) {
            line.look_for_module(folder);
        }
        groups.files.sort();
        groups.files.dedup();
        groups
    }

    fn take(&mut self, service: &str, stack: Stack) {
        let Stack { lines, files } = stack;
        if !lines.iter().any(Line::concerns_passwords) {
            return;
        }
        self.files.extend(files);
        match self.readable.iter_mut().find(|group| group.lines == lines) {
            Some(group) => group.services.push(service.to_owned()),
            None => self.readable.push(Group { services: vec![service.to_owned()], lines }),
        }
    }

    /// All lines of all services.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.readable.iter().flat_map(|group| &group.lines)
    }
}
