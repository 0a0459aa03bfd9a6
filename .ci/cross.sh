#!/usr/bin/env bash
# What a page in the browser and a filter on Windows will be made of compiles for them: .ci/cross.sh
# Installs a compiler for those targets, with its standard library in source, from Debian.

set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never

# All but the history and the PAM module below a verdict: the gate asks a history through a trait.
readonly CRATES=(policy registers tables report breached trusted wordlists gate)
readonly PACKAGES=(rustc-web rust-web-src lld-22 gcc-mingw-w64-x86-64)

as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }
if ! dpkg-query --show "${PACKAGES[@]}" > /dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get -qq update < /dev/null
    as_root apt-get -qq install --yes --no-install-recommends "${PACKAGES[@]}" < /dev/null
fi

# Debian's compiler is an ordinary release: asking it to build the standard library needs the switch.
export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=target/cross
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22

compile() {
    local target=$1
    shift
    cargo build --quiet --locked -Zbuild-std=std,panic_abort --target "$target" \
        "${@/#/--package=strongpass-}"
    printf '%s: compiles: %s\n' "$target" "$*"
}

compile wasm32-unknown-unknown "${CRATES[@]}"
compile x86_64-pc-windows-gnu "${CRATES[@]}"
