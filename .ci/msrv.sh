#!/usr/bin/env bash
# The oldest Rust that Cargo.toml promises: .ci/msrv.sh
# With that toolchain here, everything is compiled with it; else this says so. Clippy compares every
# item of the standard library with `rust-version` in any case (`incompatible_msrv`).

set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never

oldest=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
[[ -n $oldest ]] || { echo 'Cargo.toml names no rust-version' >&2; exit 1; }
if cargo "+$oldest" --version > /dev/null 2>&1; then
    CARGO_TARGET_DIR=target/msrv cargo "+$oldest" check --locked --workspace --all-targets
    printf 'compiles with %s\n' "$oldest"
else
    printf 'NOT RUN: Rust %s is not here (%s is); clippy alone looked at what is newer\n' \
        "$oldest" "$(rustc --version)"
fi
# Packages that ask for more would fail for whoever has only that.
cargo metadata --format-version 1 --locked |
    grep -o '"rust_version":"[0-9.]*"' | sed 's/.*:"\(.*\)"/\1/' | sort -uV | tail -n 1 |
    while read -r most; do
        newest=$(printf '%s\n%s\n' "$oldest" "$most" | sort -V | tail -n 1)
        printf 'the packages ask for %s at the most\n' "$most"
        [[ $newest == "$oldest" ]]
    done
