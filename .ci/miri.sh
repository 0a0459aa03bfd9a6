#!/usr/bin/env bash
# The parts that hold secrets, and what the module makes of libpam's words, in Miri, which finds
# undefined behaviour: .ci/miri.sh
# Needs a nightly toolchain with Miri (`rustup component add miri --toolchain nightly`). Without one
# it says so, and runs the same tests in valgrind, which sees less: invalid reads, writes and frees.

set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never

# Small ones: Miri is some hundred times slower, and knows neither libpam nor SQLite nor libxcrypt.
readonly TESTS=(
    'strongpass-policy password::tests:: fold::tests::table fold::tests::spans_are'
    'strongpass-history seal::tests:: mac::tests:: hex::tests:: kdf::tests::parameters account::tests::one_person'
    'strongpass-pam-stack arguments::tests::'
    'pam_strongpass libpam_has_to_say messages_fit'
)

# cargo's own message comes without it, in one line; rustup's comes with a stack of calls.
has_miri() { cargo +nightly miri --version > /dev/null 2>&1; }

in_miri() {
    # Tests of the module write a policy into a folder.
    MIRIFLAGS=-Zmiri-disable-isolation CARGO_TARGET_DIR=target/miri \
        cargo +nightly miri test --locked --package "$1" --lib -- "${@:2}"
}

in_valgrind() {
    local test
    test=$(cargo test --locked --package "$1" --lib --no-run --message-format=json 2> /dev/null |
        sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1)
    valgrind --quiet --error-exitcode=9 "$test" --test-threads 1 "${@:2}"
}

if has_miri; then
    run=in_miri
else
    printf 'NOT RUN: Miri; no nightly toolchain here has it. In valgrind instead:\n'
    run=in_valgrind
fi
for line in "${TESTS[@]}"; do
    read -ra words <<< "$line"
    log=$("$run" "${words[@]}" 2>&1) || {
        printf '%s\n' "$log"
        exit 1
    }
    printf '%s: %s\n' "${words[0]}" "$(grep -m 1 '^test result' <<< "$log")"
    # A filter that nothing matches would be a test that asserts nothing.
    grep -q '^test result: ok\. [1-9]' <<< "$log"
done
