#!/usr/bin/env bash
# Runs every fuzz target for some seconds: .ci/fuzz.sh [SECONDS]
# Needs a nightly toolchain, or any with RUSTC_BOOTSTRAP; says so and leaves if it cannot build.

set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-20}

if cargo +nightly --version > /dev/null 2>&1; then
    fuzz() { cargo +nightly fuzz "$@"; }
    echo 'fuzz.sh: with the nightly toolchain'
elif RUSTC_BOOTSTRAP=1 rustc -Zsanitizer=address --print cfg > /dev/null 2>&1; then
    fuzz() { RUSTC_BOOTSTRAP=1 cargo fuzz "$@"; }
    echo 'fuzz.sh: without a nightly toolchain; RUSTC_BOOTSTRAP=1 lets this one do'
else
    echo 'fuzz.sh: NOT RUN: no toolchain here has sanitizers'
    exit 0
fi
if ! command -v cargo-fuzz > /dev/null; then
    cargo install --locked --quiet cargo-fuzz
fi

fuzz build
for target in fold dictionary policy hash export lists age workbook; do
    seeds=fuzz/seeds/$target corpus=fuzz/corpus/$target
    mkdir -p "$corpus"
    options=(-max_total_time="$seconds" -timeout=120 -print_final_stats=1)
    if [[ -f fuzz/$target.dict ]]; then options+=(-dict="fuzz/$target.dict"); fi
    folders=("$corpus")
    if [[ -d $seeds ]]; then folders+=("$seeds"); fi
    if [[ $target == export ]]; then folders+=(tests/exports); fi
    if [[ $target == workbook ]]; then folders+=(crates/tables/tests/workbooks); fi
    log=fuzz/target/$target.log
    echo "fuzz.sh: $target, $seconds seconds"
    fuzz run "$target" "${folders[@]}" -- "${options[@]}" 2> "$log" || {
        tail -n 60 "$log"
        exit 1
    }
    grep -a 'stat::number_of_executed_units' "$log"
done
