#!/usr/bin/env bash
# What comes in from outside: licences, sources, duplicates and, where there is a database, advisories:
#     .ci/deny.sh
# Without cargo-deny it is built, which takes some minutes once.

set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never

readonly VERSION=0.20.2

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
if ! command -v cargo-deny > /dev/null; then
    # Not optimised: it is asked once.
    cargo install --quiet --locked --debug --root "$tools" --version "$VERSION" cargo-deny
    export PATH=$PATH:$tools/bin
fi

cargo deny --locked check licenses bans sources

# Yanked versions are in the registry's index, advisories in a repository of their own.
if timeout 60 cargo deny --locked fetch db > "$tools/log" 2>&1 ||
    compgen -G "${CARGO_HOME:-$HOME/.cargo}/advisory-dbs/*/crates" > /dev/null; then
    cargo deny --locked check --disable-fetch advisories
else
    printf 'NOT CHECKED: advisories of RustSec; there is no database here, and none to be fetched:\n'
    grep -m 1 -e 'fatal' -e 'error' -e 'ERROR' "$tools/log" || true
fi
