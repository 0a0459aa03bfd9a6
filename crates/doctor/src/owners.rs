//! Who may change what a verdict rests on: as the doors see it that open these files.

use std::path::Path;

use strongpass_trusted::{Opener, Trust};

use crate::finding::Finding;

/// Whether links on the way to a file are followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Links {
    /// By libpam, to its modules and its own configuration.
    Followed,
    /// By no door that acts for everybody.
    Refused,
}

/// Whether nobody but root can change or exchange a file; one that is not of the system (below
/// `/etc`, `/lib`, `/usr`) may also belong to whoever runs this.
pub(crate) fn only_administrators_write(path: &Path, links: Links) -> Finding {
    let what = format!("only administrators can change {}", path.display());
    if !cfg!(unix) {
        return Finding::note("owners", what, "This is not looked at on this system.", "");
    }
    let opener = Opener::new(match links {
        Links::Followed => Trust::Person,
        Links::Refused => Trust::Machine,
    });
    let is_of_system = ["/etc", "/lib", "/lib64", "/usr"].iter().any(|top| path.starts_with(top));
    let opener = if is_of_system { opener.for_root() } else { opener };
    match opener.check(path) {
        Ok(true) => Finding::good("owners", what),
        Ok(false) => Finding::bad("owners", what, "It is not there.", ""),
        Err(error) => Finding::failed("owners", what, error),
    }
}
