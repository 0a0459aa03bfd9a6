//! The PAM services of this computer: which of them set passwords, and what is said of their stacks.

use std::path::{Path, PathBuf};

use strongpass_pam_stack::{Groups, Kind, MODULE, Source, module_folder};

use crate::finding::Finding;
use crate::owners::{Links, only_administrators_write};
use crate::request::{DoctorError, Request};

mod look;
mod module;
mod remembering;
mod stack;

pub(crate) fn findings(request: &Request<'_>) -> Result<Vec<Finding>, DoctorError> {
    let Some(source) = source(request)? else {
        return Ok(vec![Finding::note("pam", "there is no PAM on this computer", "", "")]);
    };
    let folder = request.pam_modules.map(Path::to_owned).or_else(module_folder);
    let services = services(&source, request.services)?;
    let mut groups =
        Groups::read(&source, &services, !request.services.is_empty(), folder.as_deref());
    let mut findings: Vec<Finding> = Vec::new();
    for (service, error) in groups.unreadable.drain(..) {
        let what = format!("PAM ({service}): its configuration can be read");
        findings.push(Finding::failed("pam-lines", what, error));
    }

    let installed = folder.map(|folder| folder.join(MODULE)).filter(|path| path.exists());
    let asks = groups.lines().any(|line| line.ours().is_some());
    if !asks && installed.is_none() && request.services.is_empty() {
        let why = format!("{MODULE} is not installed.");
        let what = "PAM does not ask strongpass when a password is set";
        findings.push(Finding::note("pam", what, why, "See pam_strongpass(8) if it should."));
        return Ok(findings);
    }
    findings.extend(modules(&groups, installed));
    for group in &groups.readable {
        findings.extend(stack::findings(group, request));
    }
    if groups.readable.is_empty() {
        findings.push(Finding::note("pam", "no PAM service here sets passwords", "", ""));
    }
    findings.extend(owners(&groups.files));
    Ok(findings)
}

/// One line if all is well.
fn owners(paths: &[PathBuf]) -> Vec<Finding> {
    let findings = paths.iter().map(|path| only_administrators_write(path, Links::Followed));
    let complaints: Vec<Finding> = findings.filter(|finding| !finding.is_good()).collect();
    if !complaints.is_empty() || paths.is_empty() {
        return complaints;
    }
    let what = "only administrators can change PAM's configuration of passwords";
    vec![Finding::good("owners", format!("{what}: {} files", paths.len()))]
}

fn source(request: &Request<'_>) -> Result<Option<Source>, DoctorError> {
    let Some(path) = request.pam_config else { return Ok(Source::of_machine()) };
    let failed = |source| DoctorError::PamConfig { path: path.to_owned(), source };
    Source::at(path).map(Some).map_err(failed)
}

/// Those that were named, or all.
fn services(source: &Source, named: &[String]) -> Result<Vec<String>, DoctorError> {
    if named.is_empty() {
        return source.services().map_err(DoctorError::Stack);
    }
    if !named.iter().all(|name| source.has(name)) {
        return Err(DoctorError::NoService);
    }
    Ok(named.to_vec())
}

/// The module that is installed, and all that lines name.
fn modules(groups: &Groups, installed: Option<PathBuf>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut paths: Vec<PathBuf> = installed.into_iter().collect();
    for line in groups.lines().filter(|line| line.ours().is_some()) {
        match &line.kind {
            Kind::Module { path, is_installed: true, .. } if path.starts_with('/') => {
                paths.push(PathBuf::from(path));
            }
            Kind::Module { path, is_installed: false, .. } => {
                let what = format!("{path} is installed");
                let why = format!("{} asks it, so that passwords cannot be changed.", line.place);
                let remedy = "Install it, or take the line out.";
                findings.push(Finding::bad("pam-module", what, why, remedy));
            }
            Kind::Module { .. } | Kind::Substack | Kind::Unusable(_) => {}
        }
    }
    paths.sort();
    paths.dedup();
    findings.extend(paths.iter().flat_map(|path| module::findings(path)));
    findings
}
