#!/usr/bin/env bash
# strongpass beside hashcat and john, in turn, on the same made-up exports, words and rules:
#
#     benches/peers.sh [ROUNDS] > benches/record/peers.txt
#
# NT: hashcat (Debian's `hashcat` with `pocl-opencl-icd`), and john if $JOHN names a jumbo build;
# Debian's john does not know NT. Crypt: Debian's john. From the start of each command to its written
# result: wall time, CPU time, peak memory, accounts found; medians of ROUNDS. Fails if strongpass
# missed what a peer found, or found what is not there.
#
# Needs: apt-get install hashcat pocl-opencl-icd john wbritish-insane time whois

set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5}
words=${WORDS:-/usr/share/dict/british-english-insane}
rules=${RULES:-/usr/share/hashcat/rules/best64.rule}
target=${CARGO_TARGET_DIR:-target}
strongpass=$target/release/strongpass
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for tool in hashcat john mkpasswd /usr/bin/time; do
    command -v "$tool" > /dev/null || { echo "peers.sh: $tool is missing" >&2; exit 2; }
done
cargo build --quiet --release --bin strongpass
cargo build --quiet --release -p strongpass-audit --example made_up_export

# measured NAME COMMAND…: runs it, and appends `NAME wall cpu memory` to the figures.
measured() {
    local name=$1
    shift
    local status=0
    /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" > "$work/out" 2> "$work/err" < /dev/null ||
        status=$?
    # 1 is "found something" for strongpass, "not all were found" for hashcat.
    ((status <= 1)) || { cat "$work/out" "$work/err" >&2; exit 1; }
    awk -v name="$name" 'END { print name, $1, $2 + $3, $4 / 1024 }' "$work/time" >> "$work/figures"
}

median() { # NAME COLUMN
    awk -v name="$1" -v column="$2" '$1 == name { print $column }' "$work/figures" | sort -n |
        awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

# The accounts of an export whose hash is in a list of hashes.
holders() { # EXPORT HASHES
    awk -F: 'NR == FNR { known[$1]; next } $4 in known { print $1 }' "$2" "$1" | sort
}

guessed() { # JSON: the accounts that were guessed
    tr '{' '\n' < "$1" | sed -nE 's/^"account":"([^"]*)".*"kind":"(guessed|name)".*/\1/p' | sort -u
}

strongpass() { # NAME EXPORT THREADS OPTION…
    measured "$1" "$strongpass" audit "$2" --no-defaults --threads "$3" --budget 1h --json "${@:4}"
    mv "$work/out" "$work/$1.json"
}

hashcat_nt() { # NAME EXPORT
    : > "$work/$1.hashcat"
    cut -d: -f4 "$2" > "$work/hashes"
    measured "$1" hashcat -m 1000 -a 0 --quiet --potfile-disable --outfile-format 1 -w 3 \
        -o "$work/$1.hashcat" "$work/hashes" "$words" -r "$rules"
    sort -u "$work/$1.hashcat" > "$work/$1.found"
    holders "$2" "$work/$1.found" > "$work/$1.accounts"
}

line() { printf '%-34s %8s %8s %9s %9s\n' "$@"; }

row() { # LABEL NAME FOUND
    line "$1" "$(median "$2" 2)" "$(median "$2" 3)" "$(median "$2" 4)" "$3"
}

compare_nt() { # ACCOUNTS
    local export=$work/network-$1.ntds
    "$target/release/examples/made_up_export" "$words" "$rules" "$1" 7 > "$export"
    chmod 600 "$export"
    local round
    for ((round = 0; round < rounds; round++)); do
        strongpass "strongpass1-$1" "network=$export" 1 --wordlist "$words" --rules "$rules"
        strongpass "strongpass2-$1" "network=$export" 2 --wordlist "$words" --rules "$rules"
        hashcat_nt "hashcat-$1" "$export"
        if [[ -n ${JOHN:-} ]]; then
            rm -f "$work/john.pot"
            measured "john-$1" "$JOHN" --format=NT --wordlist="$words" --rules=best64 \
                --pot="$work/john.pot" --no-log --dupe-suppression=0 "$export"
        fi
    done
    guessed "$work/strongpass1-$1.json" > "$work/ours"
    guessed "$work/strongpass2-$1.json" > "$work/ours-2"
    cmp "$work/ours" "$work/ours-2"
    local missed
    missed=$(comm -13 "$work/ours" "$work/hashcat-$1.accounts" | wc -l)
    row "$1 accounts: hashcat, 2 cores" "hashcat-$1" "$(wc -l < "$work/hashcat-$1.accounts")"
    [[ -z ${JOHN:-} ]] || row "$1 accounts: john" "john-$1" "$(wc -l < "$work/john.pot")"
    row "$1 accounts: strongpass, 1 thread" "strongpass1-$1" "$(wc -l < "$work/ours")"
    row "$1 accounts: strongpass, 2 threads" "strongpass2-$1" "$(wc -l < "$work/ours-2")"
    awk -v hashcat="$(median "hashcat-$1" 3)" -v ours="$(median "strongpass1-$1" 3)" \
        -v one="$(median "strongpass1-$1" 2)" -v two="$(median "strongpass2-$1" 2)" \
        'BEGIN { printf "    CPU time: %.1f × hashcat; two threads: %.2f × one (wall)\n", hashcat / ours, one / two }'
    if ((missed > 0)); then
        echo "peers.sh: strongpass missed $missed accounts that hashcat found" >&2
        exit 1
    fi
}

# The crypt family: some words, on five salts, of which two have one of the words.
compare_crypt() { # NAME JOHN-FORMAT WORDS
    local name=$1 export=$work/$1.shadow list=$work/$1.words round n password cracked=0
    awk -v most="$3" 'length >= 6 && length <= 10 && /^[a-z]+$/ && ++n % 10 == 0 && n <= 10 * most' "$words" > "$list"
    for ((round = 0; round < rounds; round++)); do
        : > "$export"
        for n in 1 2 3 4 5; do
            password=$(sed -n "$((n * $3 / 3))p" "$list")
            printf 'person%d:%s:19700:0:99999:7:::\n' \
                "$n" "$(mkpasswd -s -m "$name" <<< "${password:-#$n no word}")" >> "$export"
        done
        chmod 600 "$export"
        strongpass "strongpass-$name" "server=$export" 1 --wordlist "$list"
        # It keeps what it found in its pot, so every round has other salts.
        measured "john-$name" env OMP_NUM_THREADS=1 john --format="$2" --wordlist="$list" "$export"
        cracked=$(john --show "$export" | sed -nE 's/^([0-9]+) password hash.* cracked.*/\1/p')
    done
    guessed "$work/strongpass-$name.json" > "$work/ours"
    row "$name: john, 1 thread" "john-$name" "$cracked"
    row "$name: strongpass, 1 thread" "strongpass-$name" "$(wc -l < "$work/ours")"
    awk -v john="$(median "john-$name" 3)" -v ours="$(median "strongpass-$name" 3)" \
        'BEGIN { printf "    CPU time: %.2f × john\n", john / ours }'
    if [[ $(wc -l < "$work/ours") != "$cracked" || $cracked -lt 2 ]]; then
        echo "peers.sh: $name: both should have found the same, two at least" >&2
        exit 1
    fi
}

hashcat --version | sed 's/^/hashcat /'
echo "$(wc -l < "$words") words × $(grep -cvE '^(#|$)' "$rules") rules; medians of $rounds rounds in turn"
line '' 'wall s' 'CPU s' 'MiB' found
for accounts in ${ACCOUNTS:-1 10000 1000000}; do
    compare_nt "$accounts"
done
# Debian's john has kernels for md5crypt and bcrypt; SHA-2 it leaves to libxcrypt.
compare_crypt sha512crypt crypt 1000
compare_crypt sha256crypt crypt 1000
compare_crypt md5crypt md5crypt 10000
compare_crypt bcrypt bcrypt 40
