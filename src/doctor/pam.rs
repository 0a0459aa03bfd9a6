//! The PAM services of this computer: which of them set passwords, and what is said of their stacks.

use std::path::{Path, PathBuf};

use super::{Finding, Links, module, only_administrators_write, stack};
use crate::cli::DoctorArgs;
use crate::exit::UsageError;
use crate::pam_stack::{Kind, Line, Source, Stack};

/// Services that run the same lines.
pub(super) struct Group {
    pub(super) services: Vec<String>,
    pub(super) lines: Vec<Line>,
}

pub(super) fn findings(args: &DoctorArgs) -> anyhow::Result<Vec<Finding>> {
    let Some(source) = source(args)? else {
        return Ok(vec![Finding::note("pam", "there is no PAM on this computer", "", "")]);
    };
    let folder = args.pam_modules.clone().or_else(module::folder);
    let mut findings = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut paths: Vec<PathBuf> = Vec::new();
    for service in services(&source, &args.service)? {
        // Most services set no passwords; one that has no lines for it is no concern of ours, unless
        // somebody names it.
        let stack = if args.service.is_empty() {
            source.own_stack(&service)
        } else {
            source.stack(&service)
        };
        let stack = match stack {
            Ok(stack) => stack,
            Err(error) => {
                let what = format!("PAM ({service}): its configuration can be read");
                findings.push(Finding::failed("pam-lines", what, &error));
                continue;
            }
        };
        let Stack { lines, files } = stack;
        if !lines.iter().any(concerns_us) {
            continue;
        }
        paths.extend(files);
        match groups.iter_mut().find(|group| group.lines == lines) {
            Some(group) => group.services.push(service),
            None => groups.push(Group { services: vec![service], lines }),
        }
    }
    for line in groups.iter_mut().flat_map(|group| &mut group.lines) {
        look_for_module(line, folder.as_deref());
    }

    let installed = folder.map(|folder| folder.join(module::NAME)).filter(|path| path.exists());
    let asks = groups.iter().flat_map(|group| &group.lines).any(|line| line.ours().is_some());
    if !asks && installed.is_none() && args.service.is_empty() {
        let why = format!("{} is not installed.", module::NAME);
        let what = "PAM does not ask strongpass when a password is set";
        findings.push(Finding::note("pam", what, why, "See pam_strongpass(8) if it should."));
        return Ok(findings);
    }
    findings.extend(modules(&groups, installed));
    for group in &groups {
        findings.extend(stack::findings(group, args));
    }
    if groups.is_empty() {
        findings.push(Finding::note("pam", "no PAM service here sets passwords", "", ""));
    }
    paths.sort();
    paths.dedup();
    findings.extend(owners(&paths));
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
        return source.services();
    }
    if !named.iter().all(|name| source.has(name)) {
        let why = "--service: PAM has no service of that name";
        return Err(UsageError(why.into()).into());
    }
    Ok(named.to_vec())
}

/// Whether passwords may be set by it: what only denies, or asks nothing, is no concern of ours.
fn concerns_us(line: &Line) -> bool {
    line.stores() || line.ours().is_some() || matches!(line.kind, Kind::Unusable(_))
}

/// Notes of a line whether its module is there. Where no folder is known, it is taken to be.
fn look_for_module(line: &mut Line, folder: Option<&Path>) {
    let Kind::Module { path, is_installed, .. } = &mut line.kind else { return };
    *is_installed = match (path.starts_with('/'), folder) {
        (true, _) if path.contains("$ISA") => true,
        (true, _) => Path::new(path).exists(),
        (false, Some(folder)) => folder.join(&*path).exists(),
        (false, None) => true,
    };
}

/// The module that is installed, and all that lines name.
fn modules(groups: &[Group], installed: Option<PathBuf>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut paths: Vec<PathBuf> = installed.into_iter().collect();
    for line in groups.iter().flat_map(|group| &group.lines).filter(|line| line.ours().is_some()) {
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
