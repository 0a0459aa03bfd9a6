//! The name of an account without its domain.

/// An account's name without its domain: what one person has on several systems.
pub(crate) fn local(account: &str) -> &str {
    let account = account.rsplit_once('\\').map_or(account, |(_, account)| account);
    account.split_once('@').map_or(account, |(local, _)| local)
}
