//! What is said of one stack: whether our lines are where they do their work.

use strongpass_gate::{InForce, Trust};
use strongpass_pam_stack::{Action, Arguments, Group, Kind, Line, Ours, Weak, flaws};
use strongpass_policy::Policy;

use super::look::Look;
use super::remembering;
use crate::finding::Finding;
use crate::finding::failure::Failure;
use crate::request::Request;

/// How many services are named before the rest is counted.
const MOST_NAMES: usize = 6;

const ASKED: &str = "every new password is judged";
const HOLDS: &str = "the password that was judged is the one that is stored";

pub(crate) fn findings(group: &Group, request: &Request<'_>) -> Vec<Finding> {
    let look = Look { lines: &group.lines, title: title(&group.services) };
    let mut findings = look.unusable();
    let checks: Vec<&Line> = look.ours(Ours::Check).collect();
    if checks.is_empty() {
        findings.extend(look.not_asked());
        return findings;
    }
    if !group.lines.iter().any(Line::stores) {
        let what = format!("{}: no line of it is known to store passwords", look.title);
        findings.push(Finding::note("pam-asked", what, "", ""));
    }
    let Some(flaws) = flaws(&group.lines) else {
        let what = format!("{}: every way through the stack can be followed", look.title);
        findings.push(Finding::unknown("pam-asked", what, "There are too many.", "Simplify it."));
        return findings;
    };
    let jumps = look.about("pam-lines", "PAM can use every line", &flaws);
    findings.extend(Some(jumps).filter(|finding| !finding.is_good()));
    findings.push(look.about("pam-asked", ASKED, &flaws));
    findings.push(look.about("pam-holds", HOLDS, &flaws));
    findings.extend(checks.iter().filter_map(|line| look.control(line)));
    findings.extend(look.all_ours().flat_map(|line| look.arguments(line)));
    findings.extend(look.checkers());
    findings.extend(remembering::findings(&look, &group.services, &flaws, request.history_config));
    findings
}

/// `PAM (chpasswd, login, passwd)`.
fn title(services: &[String]) -> String {
    let named: Vec<&str> = services.iter().take(MOST_NAMES).map(String::as_str).collect();
    match services.len().saturating_sub(MOST_NAMES) {
        0 => format!("PAM ({})", named.join(", ")),
        more => format!("PAM ({} and {more} more)", named.join(", ")),
    }
}

impl Look<'_> {
    fn unusable(&self) -> Vec<Finding> {
        let unusable = self.lines.iter().filter_map(|line| match &line.kind {
            Kind::Unusable(why) => Some((line, why)),
            Kind::Module { .. } | Kind::Substack => None,
        });
        let finding = |(line, why): (&Line, &String)| {
            let what = format!("{}: PAM can use every line", self.title);
            let why = format!("{}: {why}.", line.place);
            Finding::bad("pam-lines", what, why, "Correct it: as it is, it always fails.")
        };
        unusable.map(finding).collect()
    }

    fn not_asked(&self) -> Option<Finding> {
        let what = format!("{}: {ASKED}", self.title);
        let stores = self.name(self.lines.iter().position(Line::stores)?);
        let why = format!("No line asks pam_strongpass, and {stores} stores any password.");
        let is_debian = self.lines.iter().any(|line| line.place.file.ends_with("common-password"));
        let remedy = if is_debian {
            "Run: pam-auth-update --enable strongpass strongpass-record".to_owned()
        } else {
            "Put `password requisite pam_strongpass.so` before it; see pam_strongpass(8)."
                .to_owned()
        };
        Some(Finding::bad("pam-asked", what, why, remedy))
    }

    /// What becomes of a refusal, and of a yes, is for the control of the line to say.
    fn control(&self, line: &Line) -> Option<Finding> {
        const REFUSALS: [&str; 5] =
            ["authtok_err", "maxtries", "try_again", "service_err", "system_err"];
        let holds = |value: &&str| matches!(line.control.on(value), Action::Die | Action::Bad);
        let goes_on = matches!(line.control.on("success"), Action::Ok | Action::Jump(_));
        if REFUSALS.iter().all(holds) && goes_on {
            return None;
        }
        let what = format!("{}: a refusal is final", self.title);
        let why = if goes_on {
            format!("{} goes on after a refusal.", line.place)
        } else {
            format!("{} ends the stack with a yes before anything is stored.", line.place)
        };
        Some(Finding::bad("pam-control", what, why, "Make it `password requisite`."))
    }

    /// The arguments of a line of ours, and the policy that they name.
    fn arguments(&self, line: &Line) -> Vec<Finding> {
        let place = &line.place;
        let what = format!("{}: the arguments of pam_strongpass are understood", self.title);
        let arguments = match Arguments::parse(line.arguments()) {
            Ok(arguments) => arguments,
            Err(why) => {
                let remedy = "Correct it: as it is, no password can be changed.";
                let end = if why.ends_with('?') { "" } else { "." };
                let why = format!("{place}: {why}{end}");
                return vec![Finding::bad("pam-arguments", what, why, remedy)];
            }
        };
        if line.ours() == Some(Ours::Record) {
            return Vec::new();
        }
        let mut findings = Vec::new();
        let accepted = match arguments.weak {
            Weak::Refused => None,
            Weak::WarnedOfToRoot => Some("weak passwords are accepted if root sets them"),
            Weak::WarnedOf => Some("weak passwords are accepted"),
        };
        if let Some(accepted) = accepted {
            let what = format!("{}: {accepted}", self.title);
            let why = format!("{place} says so.");
            let remedy = "Take out warn_root and audit_only when it is to be the rule.";
            findings.push(Finding::note("pam-arguments", what, why, remedy));
        }
        if let Some(policy) = &arguments.policy {
            let what = format!("{}: the policy that {place} names can be used", self.title);
            if let Err(error) = policy_and_words(policy) {
                findings.push(Finding::failed("pam-arguments", what, error));
            }
        }
        findings
    }

    /// Others that judge passwords, besides.
    fn checkers(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for module in ["pam_pwquality", "pam_cracklib", "pam_passwdqc"] {
            let lines: Vec<String> = self
                .lines
                .iter()
                .filter(|line| line.module() == module)
                .map(|line| line.place.to_string())
                .collect();
            let profile = module.strip_prefix("pam_").unwrap_or(module);
            match lines.as_slice() {
                [] => {}
                [line] => {
                    let what = format!("{}: {module} judges passwords, too", self.title);
                    let why = format!("{line}: people have to satisfy both.");
                    let remedy = format!("To have one rule: pam-auth-update --disable {profile}");
                    findings.push(Finding::note("pam-checkers", what, why, remedy));
                }
                lines => {
                    let what = format!("{}: {module} is asked once at most", self.title);
                    let why = format!("It is on {} lines: {}.", lines.len(), lines.join(", "));
                    let remedy = "Take all of them out but one, or all.";
                    findings.push(Finding::bad("pam-checkers", what, why, remedy));
                }
            }
        }
        findings
    }
}

/// Loads a policy as the module does, which takes no path but one from `/`.
fn policy_and_words(policy: &str) -> Result<(), Failure> {
    let is_known = Policy::preset(policy).is_some() || policy.starts_with('/');
    if !is_known {
        let why = format!("`policy={policy}` is neither a preset nor a path from `/`");
        return Err(Failure { why, is_denied: false });
    }
    let in_force = InForce::find(Some(policy), Trust::Machine)?;
    in_force.dictionary(&[])?;
    Ok(())
}
