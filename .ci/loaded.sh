#!/usr/bin/env bash
# `cargo test` on a machine that is busy with something else: .ci/loaded.sh [TIMES]
# Not a part of .ci/run: three times take as long as all the rest. For a change of a test that waits.

set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never

cargo test --no-run
busy=()
trap 'kill "${busy[@]}"' EXIT
for _ in 1 2; do
    while :; do :; done &
    busy+=($!)
done
for ((turn = 1; turn <= ${1:-3}; turn++)); do
    begun=$SECONDS
    cargo test --quiet
    printf 'loaded.sh: turn %d was green in %d s\n' "$turn" $((SECONDS - begun))
done
