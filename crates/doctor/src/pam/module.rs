//! What is said of the installed `pam_strongpass.so`: whether it is of this version.

use std::path::Path;

use strongpass_pam_stack::module_version;

use crate::finding::Finding;
use crate::owners::{Links, only_administrators_write};

/// What is to be said of the module in that file, which is there.
pub(crate) fn findings(path: &Path) -> Vec<Finding> {
    let what = format!("{} is of this version", path.display());
    let installed = match module_version(path) {
        Ok(version) => version,
        Err(error) => return vec![Finding::failed("pam-module", what, error)],
    };
    let remedy = "Install the module and the command from one package.";
    let own = env!("CARGO_PKG_VERSION");
    let finding = match installed {
        Some(version) if version == own => Finding::good("pam-module", what),
        Some(version) => {
            let why = format!("It is {version}, and this command {own}.");
            Finding::bad("pam-module", what, why, remedy)
        }
        None => {
            let why = "It does not say which version it is, as our module does.";
            Finding::bad("pam-module", what, why, remedy)
        }
    };
    vec![finding, only_administrators_write(path, Links::Followed)]
}
