//! The PAM services of this computer: which of them set passwords, and what is said of their stacks.

use std::path::PathBuf;

use strongpass_pam_stack::{Groups, Kind, MODULE, Source, module_folder};

use super::{Finding, Links, module, only_administrators_write, stack};
use crate::cli::DoctorArgs;
use crate::exit::UsageError;

pub(super) fn findings(args: &DoctorArgs) -> anyhow::Result<Vec<Finding>> {
    let Some(source) = source(args)? else {
        return Ok(vec![Finding::note("pam", "there is no PAM on this computer", "", "")]);
    };
    let folder = args.pam_modules.clone().or_else(module_folder);
    let services = services(&source, &args.service)?;
    let mut groups = Groups::read(&source, &services, !args.service.is_empty(), folder.as_deref());
    let mut findings: Vec<Finding> = Vec::new();
    for (service, error) in groups.unreadable.drain(..) {
        let what = format!("PAM ({service}): its configuration can be read");
        findings.push(Finding::failed("pam-lines", what, &error.into()));
    }

    let installed = folder.map(|folder| folder.join(MODULE)).filter(|path| path.exists());
    let asks = groups.lines().any(|line| line.ours().is_some());
    if !asks && installed.is_none() && args.service.is_empty() {
        let why = format!("{MODULE} is not installed.");
        let what = "PAM does not ask strongpass when a password is set";
        findings.push(Finding::note("pam", what, why, "See pam_strongpass(8) if it should."));
        return Ok(findings);
    }
    findings.extend(modules(&groups, installed));
    for group in &groups.readable {
        findings.extend(stack::findings(group, args));
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

fn source(args: &DoctorArgs) -> anyhow::Result<Option<Source>> {
    let Some(path) = &args.pam_config else { return Ok(Source::of_machine()) };
    let source = Source::at(path);
    let name = path.display();
    Ok(Some(source.map_err(|error| UsageError(format!("--pam-config: {name}: {error}")))?))
}

/// Those that were named, or all.
fn services(source: &Source, named: &[String]) -> anyhow::Result<Vec<String>> {
    if named.is_empty() {
        return Ok(source.services()?);
    }
    if !named.iter().all(|name| source.has(name)) {
        let why = "--service: PAM has no service of that name";
        return Err(UsageError(why.into()).into());
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
