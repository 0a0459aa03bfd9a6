#!/usr/bin/env bash
# The rule files that come with hashcat make what hashcat makes of them, over ASCII words:
# .ci/rules.sh APPLY_RULES, the built example of crates/audit. Installs hashcat from Debian.

set -euo pipefail
ours=$(realpath "$1")

as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }
if ! command -v hashcat > /dev/null || [[ ! -e /etc/OpenCL/vendors/pocl.icd ]]; then
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get -qq update < /dev/null
    # Without an OpenCL hashcat does not even print.
    as_root apt-get -qq install --yes --no-install-recommends \
        hashcat hashcat-data ocl-icd-libopencl1 pocl-opencl-icd < /dev/null
fi

cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
rules=/usr/share/hashcat/rules
compared=0
# A word alone at a time: of several at once, hashcat 6.2.6 prints some with pieces of others.
for word in password 'Hello World' A1-b2_c3 Summer2024 '[]^_{|}~' MiXeDcAsE kayak; do
    printf '%s\n' "$word" > word
    for file in best64 dive T0XlCv2 rockyou-30000 generated2; do
        # What `L` makes beyond ASCII has a case here and none there.
        fold() { LC_ALL=C tr '\300-\326\330-\336' '\340-\366\370-\376'; }
        hashcat --stdout word -r "$rules/$file.rule" < /dev/null | fold > theirs
        "$ours" word "$rules/$file.rule" | fold > ours
        cmp theirs ours || {
            printf '%s: not what hashcat makes of %s\n' "$file.rule" "$word" >&2
            exit 1
        }
        compared=$((compared + $(wc -l < ours)))
    done
done
((compared > 1000000))
printf '%d guesses as hashcat makes them\n' "$compared"
